"""The library's reason for each version since the signed one: told to the client, and in no paper that goes out."""

from __future__ import annotations

import json

import openpyxl
import pytest
from click.testing import CliRunner

from ccclauses.cli import cli
from ccclauses.ooxml.package.package import read_package
from ccclauses.report.amend.amend_summary import by_clause, write_summary_html, write_summary_text

from .annexes import BREACH, DAY, REWORDED, SMALL, VERSIONS, WRITING, case, changed, effect, read_library, sign, small
from .test_amend import TOLD

SECOND, THIRD = (c.reason for c in small().clauses["breach"].changes)
# The reasons that the new library gives for the clause on breaches.
NEW = (REWORDED, *VERSIONS)


@pytest.fixture(scope="module")
def new(tmp_path_factory):
    return changed(tmp_path_factory.mktemp("library") / "new", *NEW)


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    """The library at an earlier version, with the words of the small one, so that the signed annex is as it was built."""
    change = (BREACH, f"version: 3\nchanges:\n  2: {SECOND}\n  3: {THIRD}\n", "version: 1\n")
    return changed(tmp_path_factory.mktemp("library") / "older", change)


def reasons(parts):
    return {p.id: [(c.version, c.reason) for c in p.changes] for p in parts if p.changes}


def test_each_version_after_the_signed_one_gives_its_reason(tmp_path, new, older):
    signed = sign(tmp_path / "signed")
    library = read_library(new)
    found, _ = effect(signed, case(library, small()))
    assert reasons(found.amended) == {"breach": [(4, WRITING)]}
    found, _ = effect(signed, case(library, read_library(older)))
    assert reasons(found.amended) == {"breach": [(2, SECOND), (3, THIRD), (4, WRITING)]}


def test_a_clause_that_stays_as_signed_gives_the_reasons_too(tmp_path, new):
    found, _ = effect(sign(tmp_path / "signed", TOLD), case(read_library(new), small()))
    assert reasons(found.left) == {"breach": [(4, WRITING)]} and not reasons(found.amended)


def test_an_older_library_and_one_without_reasons_give_none(tmp_path, older):
    signed = sign(tmp_path / "signed")
    back = read_library(
        changed(
            tmp_path / "back",
            REWORDED,
            (BREACH, f"version: 3\nchanges:\n  2: {SECOND}\n  3: {THIRD}\n", "version: 2\n"),
        )
    )
    for new, old in ((back, small()), (back, read_library(older))):
        found, _ = effect(signed, case(new, old))
        assert "breach" in {a.id for a in found.amended} and not reasons(found.amended)


def test_annexes_of_several_versions_are_told_together(tmp_path, new, older):
    signed, library = sign(tmp_path / "signed"), read_library(new)
    effects = [effect(signed, case(library, old))[0] for old in (small(), read_library(older))]
    (row,) = by_clause(effects)
    assert [c.version for c in row.reasons] == [2, 3, 4] and row.changed == 2
    text = " ".join(write_summary_text(effects).split())
    assert text.count(WRITING) == 1 and f"version 2: {SECOND} version 3: {THIRD}" in text
    page = write_summary_html(effects, "Summary", DAY)
    assert page.count(WRITING) == 1 and f"Version 3: {THIRD}<br>Version 4: {WRITING}<br>" in page


def test_the_summaries_quote_the_reasons_and_no_paper_does(tmp_path, new):
    signed, out = sign(tmp_path / "signed"), tmp_path / "out"
    args = ["amend", signed, "--from", SMALL, "--library", new, "--out", out, "--date", DAY, "--format", "json"]
    done = CliRunner().invoke(cli, [str(a) for a in args])
    (told,) = (a for a in json.loads(done.stdout)["effects"][0]["amended"] if a["id"] == "breach")
    assert told["changes"] == [{"version": 4, "reason": WRITING}]
    rows = list(openpyxl.load_workbook(out / "summary.xlsx")["Clauses"].values)
    assert dict(zip(rows[0], rows[1]))["Why the library changed"] == f"Version 4: {WRITING}"
    assert WRITING in (out / "summary.html").read_text("utf-8")
    papers = [p for p in out.iterdir() if not p.name.startswith("summary.")]
    assert len(papers) == 4
    for path in papers:
        parts = read_package(path.read_bytes()).parts.values() if path.suffix == ".docx" else [path.read_bytes()]
        assert not any(b"can be proved" in part for part in parts), path


def test_a_clause_whose_words_are_those_that_were_signed_is_not_told(tmp_path):
    found, _ = effect(sign(tmp_path / "signed"), case(read_library(changed(tmp_path / "new", *VERSIONS)), small()))
    assert found.state == "unaffected"  # a version alone changes no annex
