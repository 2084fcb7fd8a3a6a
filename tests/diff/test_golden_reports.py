"""Whole reports, in files that a person can review; rewrite one with what the failing test prints."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from ccclauses.cli.diff import diff
from ccclauses.compare.annexes import compare_annexes
from ccclauses.report.diff.diff_markdown import write_diff_markdown
from ccclauses.report.diff.diff_text import write_diff_text

GOLDEN = Path(__file__).parent / "golden"
sys.path.insert(0, str(Path(__file__).parent.parent / "compare"))
from comparing import SMALL, annex  # noqa: E402

# What a counterparty might bring back on every subject that a report has.
EDITS = {
    "security/breach.yaml": (
        ("3. [#prevent] The Provider shall tell nobody else before the Client agrees.", ""),
        (
            """  disclosure:
    label: Disclosure to others
    paragraph: prevent
    class: A
    unit: disclosure
""",
            "",
        ),
        ("2. [#credit] If a notice is late", "2. [#credit] If a notice is late or incomplete"),
    ),
    "security/access.yaml": (("title: Leavers and reviews", "title: Leavers, movers and reviews"),),
    "definitions.yaml": (("means", "shall mean"),),
}


@pytest.fixture(scope="module")
def comparison(tmp_path_factory):
    folder = tmp_path_factory.mktemp("golden")
    library = folder / "library"
    shutil.copytree(SMALL, library)
    for name, changes in EDITS.items():
        path = library / name
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        if name.endswith("breach.yaml"):  # the duty and the failure of the paragraph go with it
            text = text[: text.index("  - paragraph: prevent")]
        path.write_text(text, encoding="utf-8")
    before = annex(folder)
    after = annex(
        folder,
        ("leaver_revoke: 4 hours", "leaver_revoke: 12 hours"),
        ("frameworks: [gdpr, card_standard]", "frameworks: [gdpr]"),
        ("GBP 240,000.00", "GBP 200,000.00"),
        library=library,
    )
    return compare_annexes(before, after, names=("sent", "returned"))


def agree(name: str, text: str) -> None:
    path = GOLDEN / name
    assert path.exists() and text == path.read_text(encoding="utf-8"), text


def test_text(comparison):
    agree("report.txt", write_diff_text(comparison))


def test_everything_as_text(comparison):
    agree("report-all.txt", write_diff_text(comparison, "all"))


def test_markdown(comparison):
    agree("report.md", write_diff_markdown(comparison))


def test_a_ladder():
    result = CliRunner().invoke(diff, ["breach-handling@strict", "breach-handling@standard"])
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0] == "breach-handling@strict → breach-handling@standard" and lines[3] == "Values"
