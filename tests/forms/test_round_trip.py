"""A short annex in Word: written without contents list, read back clause by clause, with and without its anchors."""

from __future__ import annotations

import re

import pytest
from small_forms import built, read, write_library

from ccclauses.compare.annexes import compare_annexes
from ccclauses.model.annex import Table
from ccclauses.ooxml.package.package import read_package, write_package
from ccclauses.read.recover import recover_annex
from ccclauses.read.word.docx import read_docx


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    library, _ = read(write_library(tmp_path_factory.mktemp("forms") / "library"))
    return built(library, "settings: {leaver_revoke: 3 hours}"), library


def recovered(data, library, sent=None):
    annex, notes = recover_annex(read_docx(read_package(data), name="annex.docx"), library, sent)
    return annex, [str(n) for n in notes]


def without(data, pattern):
    package = read_package(data)
    text, count = re.subn(pattern, "", package.parts["word/document.xml"].decode())
    assert count
    return write_package({**package.parts, "word/document.xml": text.encode()})


def test_the_credits_are_in_the_key_terms(case):
    annex = case[0].annex
    credits = [b for b in annex.key_values if isinstance(b, Table) and b.title == "Credits"]
    assert [row[0].text for t in credits for row in t.rows] == ["Class A, late notice", "Class B, people and Devices"]
    assert credits[0].rows[1][1].text == "2.1 (person)"


def test_a_short_annex_has_no_contents_list(case):
    text = read_package(case[0].data).parts["word/document.xml"].decode()
    assert "TOC" not in text and "pageBreakBefore" not in text


def test_nothing_is_lost(case):
    made, library = case
    annex, notes = recovered(made.data, library)
    assert notes == [] and annex.form == "short"
    assert [(c.id, c.number, c.title, c.joined) for c in annex.clauses] == [
        (c.id, c.number, c.title, c.joined) for c in made.annex.clauses
    ]
    assert compare_annexes(made.annex, annex).empty
    assert {o.id for o in annex.obligations} == {o.id for o in made.annex.obligations}
    assert annex.sanctions == made.annex.sanctions
    assert annex.credit_rules.table() == made.annex.credit_rules.table()
    assert {n: e.value for n, e in annex.parameters.items()} == {n: e.value for n, e in made.annex.parameters.items()}


@pytest.mark.parametrize(
    "pattern",
    [
        r"<w:bookmark(Start|End)\b[^>]*/>",
        r'<w:bookmarkStart [^>]*w:name="_cc_(records|breach|card_data)"/>',
    ],
    ids=["all anchors", "those of joined clauses"],
)
def test_joined_clauses_are_told_apart_by_their_words(case, pattern):
    made, library = case
    annex, _ = recovered(without(made.data, pattern), library)
    assert annex.form == "short"
    assert [(c.id, c.number, len(c.blocks)) for c in annex.clauses] == [
        (c.id, c.number, len(c.blocks)) for c in made.annex.clauses
    ]
