"""What was written is what is read back: the annex that a Word file holds, from the file alone."""

import re

import pytest
from whole_product import FEW

from ccclauses.cli.common import load_inputs
from ccclauses.compare.annexes import compare_annexes
from ccclauses.model.annex import Paragraph, Text, Value
from ccclauses.ooxml.package.package import read_package, write_package
from ccclauses.pipeline import build_annex
from ccclauses.read.recover import recover_annex
from ccclauses.read.recover.duties import texts_by_label
from ccclauses.read.word.docx import read_docx


@pytest.fixture(scope="module", params=FEW, ids=lambda path: path.stem)
def case(request):
    profile, library, _ = load_inputs(request.param)
    built, _ = build_annex(profile, library)
    return built, library


@pytest.fixture(scope="module")
def read_back(case):
    built, library = case
    return recovered(built.data, library)


def recovered(data: bytes, library, sent=None):
    annex, notes = recover_annex(read_docx(read_package(data), name="annex.docx"), library, sent)
    return annex, [str(n) for n in notes]


def edited(data: bytes, *edits) -> bytes:
    """The file with its main part edited as text; each edit is a pattern and what takes its place, once."""
    package = read_package(data)
    text = package.parts["word/document.xml"].decode()
    for pattern, new in edits:
        text, count = re.subn(pattern, new, text, count=0 if pattern.startswith("(?#all)") else 1)
        assert count, pattern
    return write_package({**package.parts, "word/document.xml": text.encode()})


# A file tells no facts, so whether one of them calls for a clause that it lacks, or leaves a paragraph out, is not known.
GAINED = {"association-france": 1, "clinic-us": 1, "insurer-germany-desk": 1}


def test_nothing_is_lost(case, read_back, request):
    built, _ = case
    annex, notes = read_back
    comparison = compare_annexes(built.annex, annex)
    assert notes == [] and len(comparison.coverage) == GAINED.get(request.node.callspec.id, 0)
    if not comparison.coverage:
        assert comparison.empty
    assert annex.credit_rules == built.annex.credit_rules and annex.fingerprint == built.annex.fingerprint
    for name in ("reference", "version", "date", "status", "law", "currency", "calendar", "time_zone", "title"):
        assert getattr(annex, name) == getattr(built.annex, name), name


def test_values_are_typed(case, read_back):
    built, _ = case
    annex, _ = read_back
    assert {n: e.value for n, e in annex.parameters.items()} == {n: e.value for n, e in built.annex.parameters.items()}


def test_duties_and_credits_follow_the_paper(case, read_back):
    built, _ = case
    annex, _ = read_back
    found, known = {o.id: o for o in annex.obligations}, {o.id: o for o in built.annex.obligations}
    assert [found[id_] for id_ in known] == list(known.values())
    # A duty that the library has for another posture in the very same words can't be told apart on paper.
    assert len(found) - len(known) <= 2
    assert annex.sanctions == built.annex.sanctions
    assert annex.credit_rules.table() == built.annex.credit_rules.table()


def test_anchors_stripped(case):
    built, library = case
    data = edited(built.data, (r"(?#all)<w:bookmark(Start|End)\b[^>]*/>", ""))
    annex, notes = recovered(data, library)
    assert [c.id for c in annex.clauses] == [c.id for c in built.annex.clauses]
    # Clauses that are joined under one heading are found by their words.
    assert any("found by their heading" in n for n in notes) or any(c.joined for c in built.annex.clauses)


def test_a_silent_change_of_a_number_is_a_change_of_its_value(case):
    built, library = case
    (clause,) = [c for c in built.annex.clauses if c.id == "breach-handling"]
    (before,) = {
        i.text
        for b in clause.blocks
        for i in getattr(b, "inlines", ())
        if isinstance(i, Value) and i.parameter == "breach_notice"
    }
    data = edited(built.data, (f"at the latest {before} after becoming", "at the latest 96 hours after becoming"))
    annex, _ = recovered(data, library, built.annex)
    assert (annex.client, annex.provider) == (built.annex.client, built.annex.provider)  # country and all
    (clause,) = [c for c in annex.clauses if c.id == "breach-handling"]
    values = [
        i.text
        for b in clause.blocks
        for i in getattr(b, "inlines", ())
        if isinstance(i, Value) and i.parameter == "breach_notice"
    ]
    assert "96 hours" in values


def test_a_key_term_that_is_renamed_or_can_not_be_read_leaves_what_the_clause_says(case):
    built, library = case
    entry = built.annex.parameters["breach_notice"]
    for before, after in ((entry.label, "Time to tell"), (entry.text, "when it suits")):
        annex, _ = recovered(edited(built.data, (rf"(?#all)>{re.escape(before)}<", f">{after}<")), library)
        assert annex.parameters["breach_notice"].value == entry.value


def test_a_paragraph_says_what_those_below_it_say():
    levels = ((2, "first", "One:"), (3, "", "a;"), (3, "deep", "b:"), (4, "", "c."), (2, "second", "Two."))
    blocks = tuple(Paragraph(level=n, label=label, inlines=(Text(words),)) for n, label, words in levels)
    assert texts_by_label(blocks) == {"first": "One: a; b: c.", "deep": "b: c.", "second": "Two."}


def test_a_file_without_clauses_is_told(case):
    _, library = case
    from .test_docx import p, package, r

    annex, notes = recover_annex(read_docx(package(p(r("Dear all, thank you.")))), library)
    assert annex is None and notes[0].rule == "no-clauses"
