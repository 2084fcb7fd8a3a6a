"""Every obligation in the data stands in the text with its figures, and every duty of the text stands in the data."""

from __future__ import annotations

import re

import pytest

from ccclauses.common.resources import library_folder
from ccclauses.derive.handbook import handbook_of
from ccclauses.lint.paragraphs import sentences_of
from ccclauses.load.library.library import load_library
from ccclauses.model.annex import ClauseBlock, Paragraph, Reference, Term, Value
from ccclauses.model.library.form import FULL
from ccclauses.model.obligation import Obligation
from ccclauses.model.words.periods import rhythms_in, same_period, says
from ccclauses.model.words.quantity import Duration

from .conftest import EXAMPLES, annex_of

LIBRARY, _ = load_library(library_folder())
DUTY = re.compile(r"\b(?:Provider|Client|party) shall\b")


def paragraphs_of(clause: ClauseBlock) -> list[Paragraph]:
    return [b for b in clause.blocks if isinstance(b, Paragraph)]


def whole(paragraphs: list[Paragraph], index: int) -> list[Paragraph]:
    """A paragraph and those below it."""
    end = index + 1
    while end < len(paragraphs) and (not paragraphs[end].level or paragraphs[end].level > paragraphs[index].level):
        end += 1
    return paragraphs[index:end]


def label_of(identifier: str) -> str:
    return identifier.partition("/")[0].partition("#")[2]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_each_obligation_stands_in_the_paragraph_that_it_names(path):
    annex = annex_of(path)
    clauses = {c.id: paragraphs_of(c) for c in annex.clauses}
    anchored = {p.anchor: whole(every, n) for every in clauses.values() for n, p in enumerate(every) if p.anchor}
    for one in annex.obligations:
        paragraphs = clauses[one.clause]
        index = next(i for i, p in enumerate(paragraphs) if p.label == label_of(one.id))
        text = whole(paragraphs, index)
        assert text[0].full_number == one.number, one.id
        # A period may stand elsewhere in the clause ("with the data"), in a paragraph that the text points to, or in the
        # definition of a term that it uses; it never stands in the data alone.
        pointed = [p for q in text for i in q.inlines if isinstance(i, Reference) for p in anchored.get(i.target, ())]
        terms = {i.term for p in text for i in p.inlines if isinstance(i, Term)}
        defined = [i for d in annex.definitions if d.term in terms for i in d.inlines]
        inlines = [i for p in (*paragraphs, *pointed) for i in p.inlines] + defined
        assert set(one.parameters) <= {i.parameter for i in inlines if isinstance(i, Value)}, one.id
        above = next((p for p in reversed(paragraphs[:index]) if p.level and p.level < text[0].level), text[0])
        # Personnel and the Chief Security Officer are the Provider's: the annex says whose people they are.
        obligor = "Provider|Personnel|Chief Security Officer" if one.obligor == "provider" else "Client"
        assert re.search(
            rf"{obligor}|[Ee]ach party|[Tt]he parties|either party", above.text + " ".join(p.text for p in text)
        ), one.id


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_each_duty_of_the_text_is_in_the_data(path):
    annex = annex_of(path)
    stated = {(o.clause, label_of(o.id)) for o in annex.obligations}
    # What follows a failure is data as a credit, or as the consequence of the duty that was missed.
    follows = {(s.clause, s.paragraph) for s in annex.sanctions.values()}
    consequences = {o.consequence for o in annex.obligations} | {o.check for o in annex.obligations}
    missing = []
    for clause in annex.clauses:
        paragraphs = paragraphs_of(clause)
        for index, paragraph in enumerate(paragraphs):
            if not DUTY.search(paragraph.text):
                continue
            above = [p for p in reversed(paragraphs[:index]) if p.level and p.level < paragraph.level][:1]
            family = {p.label for p in (*above, *whole(paragraphs, index)) if p.label}
            known = any((clause.id, label) in stated | follows for label in family)
            if not known and paragraph.full_number not in consequences:
                missing.append(f"{clause.id}#{paragraph.label}: {paragraph.text[:90]}")
    assert not missing


# --- what a duty says, its paragraph says; and the other way round ---


def said_by(one: Obligation, clauses: dict[str, list[Paragraph]]) -> str:
    """The paragraph of an obligation with those below it."""
    paragraphs = clauses[one.clause]
    index = next(i for i, p in enumerate(paragraphs) if p.label == label_of(one.id))
    return " ".join(p.text for p in whole(paragraphs, index))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_period_that_no_parameter_sets_is_said_by_the_paragraph(path):
    annex = annex_of(path)
    clauses = {c.id: paragraphs_of(c) for c in annex.clauses}
    fixed = 0
    for one in annex.obligations:
        set_ = [annex.parameters[p].value for p in one.parameters]
        for slot in ("every", "within", "before"):
            period = getattr(one.deadline, slot)
            if period is None or period in set_ or (set_ and not isinstance(set_[0], Duration)):
                continue
            fixed += 1
            assert says(said_by(one, clauses), period, recurs=slot == "every"), one.id
    assert fixed >= 5


# Not an act: a right, what a credit is reckoned by, a share, or a way to say "always".
NO_ACT = re.compile(
    r"\b(?:may|payable monthly|credit the|are calculated|day belongs|Business Day belongs|represents|warrants that|cover|include|states each measure|runs? at|[Mm]onthly [A-Z]|monthly figure|yearly number)\b"
)
ALWAYS = re.compile(
    r"\bat every hour(?: of every day)?|\bfrom \d\d:\d\d to \d\d:\d\d every day|\bfrom \d\d:\d\d to \d\d:\d\d on (?:each|every) \w+(?: \w+)?"
)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_each_act_that_the_text_repeats_is_in_the_calendar(path):
    annex = annex_of(path)
    calendar = next(r for r in handbook_of(annex, LIBRARY).registers if r.id == "calendar")
    rows = {row[-1].text.split(maxsplit=1)[-1] for row in calendar.table.rows}
    assert rows == {o.number.split(maxsplit=1)[-1] for o in annex.obligations if o.deadline.every}
    missing, seen = [], 0
    for clause in annex.clauses:
        paragraphs = paragraphs_of(clause)
        for index, paragraph in enumerate(paragraphs):
            family = {p.label for p in whole(paragraphs, index)} - {""}
            rhythms = [
                o.deadline.every for o in annex.obligations if o.clause == clause.id and label_of(o.id) in family
            ]
            for sentence in sentences_of(paragraph.text):
                if NO_ACT.search(sentence):
                    continue
                for said in rhythms_in(ALWAYS.sub("", sentence)):
                    seen += 1
                    if not any(every and same_period(every, said.period) for every in rhythms):
                        missing.append(f"{clause.id}#{paragraph.label}: {said.words}: {sentence[:90]}")
    assert not missing and seen >= (20 if annex.form == FULL else 8)
