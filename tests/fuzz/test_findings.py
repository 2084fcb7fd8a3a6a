"""Inputs that once ended a reader with an exception, as small as they could be made; the larger ones stand with what they broke."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import fuzz_readers as fuzz  # noqa: E402
from fuzz_seeds import read_zip, seeds  # noqa: E402

from ccclauses.load.spreadsheet.workbook import read_sheet  # noqa: E402
from ccclauses.ooxml.package.package import write_package  # noqa: E402

_UNREADABLE = """id: breach
extends: breach
version: 4
variants:
  - posture: [strict, standard, baseline]
    text: |
      1. [#notify] One.
      2. [#credit] Two {{ a b }}.
      3. [#records-credit] Three.
      4. [#prevent] Four.
"""
_NO_HEADING = "# frame.yaml\n" + (fuzz.SMALL / "frame.yaml").read_text(encoding="utf-8").replace(
    "schedule-parameters", "x"
)
FOUND = {
    "a schedule with an introduction and without a heading": ("tables", _NO_HEADING),
    "a text that can't be read with a credit in it": ("own_clause", _UNREADABLE),
    "a list as the name of a role": ("style_map", "{[a]: Normal, title: Title}"),
    "a list among what a base includes": ("base_profile", "include: [[a]]"),
    "a key of a base that is a list": ("base_profile", "exclude: {[a]: b}"),
}


@pytest.mark.parametrize("name", FOUND)
def test_it_is_read_or_told(name):
    reader, text = FOUND[name]
    fuzz.READERS[reader](text.encode())


def test_what_openpyxl_says_of_a_workbook_is_not_printed(capsys):
    parts = read_zip(seeds("events_xlsx")[0])
    styles = parts["xl/styles.xml"]
    parts["xl/styles.xml"] = re.sub(b"<cellStyleXfs.*</cellStyleXfs>", b'<cellStyleXfs count="1"/>', styles)
    rows, problems = read_sheet(write_package(parts), "events.xlsx")
    assert not rows and [d.rule for d in problems] == ["unreadable-file"]
    assert capsys.readouterr() == ("", "")
