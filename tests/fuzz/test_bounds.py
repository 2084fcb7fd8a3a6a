"""The limits: one place, adjustable for a run, and workbooks that claim too much."""

from __future__ import annotations

import io
import zipfile
from dataclasses import fields
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from ccclauses.cli import cli
from ccclauses.common.limits import Limits, read_limits, under
from ccclauses.load.spreadsheet.workbook import read_sheet

ROOT = Path(__file__).parents[2]


def test_the_environment_changes_them():
    found, problems = read_limits({"CCCLAUSES_LIMITS": "text_bytes=16MiB, compared=100000"})
    assert not problems and (found.text_bytes, found.compared) == (16 << 20, 100_000)
    assert read_limits({}) == (Limits(), [])


@pytest.mark.parametrize(
    "word, told",
    [
        ("text_byte=1", "did you mean `text_bytes`?"),
        ("x", "sets no limit"),
        ("compared=-1", "sets no limit"),
        ("compared=0", "refuse everything"),
    ],
)
def test_what_is_no_limit_is_told(word, told):
    found, problems = read_limits({"CCCLAUSES_LIMITS": word})
    assert found == Limits() and told in str(problems[0])


def test_a_command_tells_it_and_stops(monkeypatch):
    monkeypatch.setenv("CCCLAUSES_LIMITS", "nothing")
    result = CliRunner().invoke(cli, ["schema", "profile"])
    assert result.exit_code == 2 and "sets no limit" in result.output


def test_each_limit_is_explained():
    page = (ROOT / "docs/explanation/security.md").read_text("utf-8")
    rows = {
        line.split("|")[1].strip(" `"): line.split("|")[2].strip()
        for line in page.splitlines()
        if line.startswith("| `")
    }
    for field in fields(Limits):
        value = field.default
        shown = f"{value >> 20} MiB" if value >= 1 << 20 and value % (1 << 20) == 0 else f"{value:,}"
        assert rows.get(field.name) == shown, field.name


def workbook(*cells: tuple[str, object]) -> bytes:
    book = openpyxl.Workbook()
    for place, value in cells:
        book.active[place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, change) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, change(old.read(entry)) if entry == name else old.read(entry))
    return out.getvalue()


def test_a_workbook_that_claims_a_million_rows_is_read_in_a_moment():
    with under(Limits(rows=1000)):
        rows, problems = read_sheet(workbook(("A1", "event"), ("XFD1048576", "far")), "f.xlsx")
    assert not problems and rows == [(1, ["event"])]


def test_formulas_are_not_reckoned():
    rows, _ = read_sheet(workbook(("A1", "=1+1"), ("B1", 0.25)), "f.xlsx")
    assert rows == [(1, ["", "0.25"])]


@pytest.mark.parametrize("data, told", [
    (b"", "not a workbook"),
    (b"PK\3\4" + b"\0" * 99, "not a workbook"),
    (with_part(workbook(("A1", 1)), "xl/worksheets/sheet1.xml", lambda d: b'<!DOCTYPE a [<!ENTITY b "c">]>' + d), "document type"),
    (with_part(workbook(("A1", 1)), "xl/worksheets/sheet1.xml", lambda d: d[:100]), "not a workbook"),
    (with_part(workbook(("A1", 1)), "xl/worksheets/sheet1.xml", lambda d: d + b" " * (3 << 20)), "too large"),
])  # fmt: skip
def test_a_workbook_is_refused_in_plain_words(data, told):
    with under(Limits(workbook_total=2 << 20)):
        rows, problems = read_sheet(data, "f.xlsx")
    assert rows == [] and told in problems[0].message
