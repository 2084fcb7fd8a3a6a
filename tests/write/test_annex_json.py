"""JSON of an annex: what is written and read again is equal, and what is wrong is told in plain words."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest
from annex_sample import SCHEMES, sample_annex
from hypothesis import given
from hypothesis import strategies as st

from ccclauses.model.annex import Entry, Paragraph, Text, Value
from ccclauses.model.credits.credit import CreditRules, OwnSum, Sanction
from ccclauses.model.words.quantity import Duration, Money, Percentage
from ccclauses.write.data.annex_json import read_json, write_json


def full_annex():
    sanction = Sanction(
        name="late",
        clause="c",
        label="Late",
        paragraph="p",
        cls="C",
        unit="report",
        counted="unit",
        tolerance=2,
        own=OwnSum(rate=Decimal("2.50"), most=None),
    )
    rules = CreditRules(currency="EUR", at_risk_month=Percentage(Decimal("15")), annual_cap=Percentage(Decimal("1E+1")))
    values = (
        "text",
        3,
        True,
        Decimal("0.10"),
        date(2026, 2, 28),
        Duration(10, "days", "business"),
        ("GB", "DE"),
        Money(Decimal("5"), "EUR"),
    )
    entries = {f"p{i}": Entry(name=f"p{i}", label="L", clause="c", value=v, text="t") for i, v in enumerate(values)}
    return dataclasses.replace(
        sample_annex(),
        sanctions=MappingProxyType({"late": sanction}),
        credit_rules=rules,
        parameters=MappingProxyType(entries),
    )


@pytest.mark.parametrize("scheme", SCHEMES)
def test_written_and_read_is_equal(scheme):
    annex = sample_annex(scheme)
    again, found = read_json(write_json(annex))
    assert found == [] and again == annex
    assert write_json(again) == write_json(annex)


def test_every_kind_of_value_comes_back_as_it_was():
    annex = full_annex()
    again, found = read_json(write_json(annex))
    assert found == [] and again == annex
    assert [type(e.value) for e in again.parameters.values()] == [type(e.value) for e in annex.parameters.values()]
    assert str(again.credit_rules.annual_cap.value) == "1E+1"  # the very digits


@pytest.mark.parametrize(
    "annex", (full_annex(), dataclasses.replace(full_annex(), clauses=(), title="“É”\n\u2028\x01"))
)
def test_a_value_stands_on_each_line(annex):
    text = write_json(annex)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"


SMALL = dataclasses.replace(sample_annex(), clauses=(), schedules=(), definitions=())


WORDS = st.text(st.one_of(st.characters(exclude_categories=("Cs", "Cc", "Cn")), st.sampled_from("\t\n\r\x85")))


@given(WORDS, WORDS)
def test_any_words_come_back(title, words):
    block = Paragraph(level=0, inlines=(Text(words), Value("p", title)))
    annex = dataclasses.replace(SMALL, title=title, preliminaries=(block,))
    again, found = read_json(json.dumps(json.loads(write_json(annex)), ensure_ascii=True))
    assert found == [] and again == annex


RAGGED = {"type": "Table", "title": "", "header": ["a"], "rows": [[]], "widths": [1], "align": ["left"]}


def period(amount: int) -> dict[str, object]:
    value = {"type": "Duration", "amount": amount, "unit": "days", "calendar": "business"}
    return {"type": "Entry", "name": "x", "label": "X", "clause": "c", "value": value, "text": "x"}


def changed(**members: object) -> str:
    return json.dumps({**json.loads(write_json(sample_annex())), **members})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is not JSON"),
        ("{", "the file is not JSON"),
        ('{"a": 1, "a": 2}', "`a` appears twice in one object"),
        ('{"a": NaN}', "`NaN` is not a number"),
        ('{"a": 1.5}', "the number 1.5 has a fraction"),
        ("[]", "not an annex"),
        ("[" * 100_000, "the file"),
        (changed(format=3), "another format"),
        (changed(status="done"), "status: `done` is not one of draft, final"),
        (changed(date="2026-02-30"), "date: this is to be a date"),
        (changed(title=7), "title: this is to be text"),
        (changed(titel="x"), "Annex has no `titel`"),
        (changed(clauses={}), "clauses: this is to be a list"),
        (changed(clauses=[{"type": "Schedule"}]), "clauses[0]: `Schedule` was found where ClauseBlock is expected"),
        (changed(preliminaries=[{"type": "Paragraf"}]), "preliminaries[0]: `Paragraf` is not a type that belongs here"),
        (
            changed(preliminaries=[{"type": "Paragraph", "inlines": [7]}]),
            "preliminaries[0].inlines[0]: this value does not belong here",
        ),
        (changed(preliminaries=[{"type": ["Paragraph"]}]), "is not a type that belongs here"),
        (changed(client={"type": "Company", "name": "x"}), "client.country: this is missing"),
        (changed(headings=[1]), "headings: this is to be an object"),
        (changed(title="\ud800"), "title: the character U+D800 can't be written"),
        (changed(headings={"\x1b": "x"}), "headings: the character U+001B can't be written"),
        (
            changed(credit_rules={"type": "decimal", "value": "1"}),
            "credit_rules: `decimal` is not a type that belongs here",
        ),
        (
            changed(preliminaries=[RAGGED]),
            "preliminaries[0]: each row of the table is to have as many cells as its header",
        ),
    ],
)
def test_what_is_wrong_is_told(text, words):
    annex, found = read_json(text, "sent.json")
    assert annex is None
    assert any(words in d.message for d in found), found
    assert all(d.at.file == "sent.json" for d in found)


def test_all_problems_are_told_at_once():
    _, found = read_json(changed(status="done", title=7, date="x"))
    assert len(found) == 3


def test_a_syntax_error_has_its_place():
    _, found = read_json('{\n "a": }')
    assert (found[0].at.line, found[0].at.column) == (2, 7)


def test_an_annex_of_the_first_format_is_read_with_what_its_duties_count_from():
    """A part of an annex as it was written before deadlines said what they count from."""
    text = (Path(__file__).parent / "data" / "annex-format-1.json").read_text("utf-8")
    assert "counts_from" not in text and not any("role" in e for e in json.loads(text)["parameters"].values())
    annex, problems = read_json(text)
    assert problems == []
    timed = [o for o in annex.obligations if o.deadline.within or o.deadline.every or o.deadline.before]
    assert len(timed) == 15 and all(o.deadline.counts_from for o in timed)
    assert {str(o.deadline.counts_from) for o in timed} == {"annex_date", "event", "services_start"}
    again, problems = read_json(write_json(annex))
    assert (again, problems) == (annex, [])


@pytest.mark.parametrize("obligations", [7, [7], [{"deadline": 7}], [{"deadline": {"every": 7}}]])
def test_a_broken_annex_of_the_first_format_is_reported_as_any_other(obligations):
    text = (Path(__file__).parent / "data" / "annex-format-1.json").read_text("utf-8")
    annex, problems = read_json(json.dumps({**json.loads(text), "obligations": obligations}))
    assert annex is None and problems and all("obligations" in p.message for p in problems)
