"""A supplier's answer in sentences of the other form: known as such, and put on the ladder."""

from __future__ import annotations

import pytest
from small_forms import built, profile_of, read, write_library

from ccclauses.compare.contents import tidy_text
from ccclauses.model.annex import Paragraph
from ccclauses.ooxml.package.package import read_package, write_package
from ccclauses.review.find.findings import review
from ccclauses.review.judge.judging import judge_review
from ccclauses.review.judge.known import Known


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return read(write_library(tmp_path_factory.mktemp("forms") / "library"))[0]


def words(annex, clause, label):
    return next(
        tidy_text(b.text)
        for c in annex.clauses
        if c.id == clause
        for b in c.blocks
        if isinstance(b, Paragraph) and b.label == label
    )


def answered(library, sent_form, change):
    """The judged review of what a supplier made of an annex: one sentence in other words."""
    made = built(library, form=sent_form)
    package = read_package(made.data)
    text = package.parts["word/document.xml"].decode()
    before, after = change
    assert before in text
    returned = {**package.parts, "word/document.xml": text.replace(before, after).encode()}
    known = Known(annex=made.annex, library=library, profile=profile_of(library, form=sent_form))
    judged = judge_review(review(package, read_package(write_package(returned))), known)
    return [f for s in judged.sections for f in s.findings if f.judgement]


def test_a_sentence_of_the_short_form_is_known_in_an_answer_to_the_full_one(library):
    full, short = (built(library, form=form).annex for form in ("full", "short"))
    before, after = words(full, "breach", "credit"), words(short, "breach", "credit")
    (finding,) = answered(library, "full", (before, after))
    assert finding.judgement.verdict == "rung"
    assert finding.judgement.reason.endswith("wording of the short form")


def test_so_is_one_of_the_full_form_with_a_value_of_theirs(library):
    full, short = (built(library, form=form).annex for form in ("full", "short"))
    after = words(full, "records", "report").replace("5 Business Days", "9 Business Days")
    (finding,) = answered(library, "short", (words(short, "records", "produce"), after))
    assert "wording of the full form" in finding.judgement.reason
    assert "Report after the end of each period" in finding.judgement.reason


def test_other_words_are_still_unknown(library):
    short = built(library, form="short").annex
    (finding,) = answered(library, "short", (words(short, "records", "produce"), "The Provider keeps what it likes."))
    assert finding.judgement.verdict == "unknown"
