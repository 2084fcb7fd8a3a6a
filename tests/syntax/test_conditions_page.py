"""The page on conditions tells the truth: each of its rows is run on the deal that it describes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccclauses.load.library.conditions import Askable, condition_problems
from ccclauses.load.library.library import load_library
from ccclauses.model.diagnostic import Position, Source
from ccclauses.model.library import condition as language
from ccclauses.model.library.clause import Parameter
from ccclauses.model.library.condition import Condition, Listed, Named, Written
from ccclauses.model.library.library import Fact
from ccclauses.model.words.quantity import Duration, Money, Percentage
from ccclauses.resolve.judge import Judge
from ccclauses.syntax.conditions import read_condition

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/conditions.md").read_text(encoding="utf-8")
AT = Position(file="deal")


def rows(mark: str) -> list[list[str]]:
    """The rows of the table under a mark, cell by cell."""
    table = PAGE.split(f"<!-- {mark} -->\n")[1].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.split("\n")[2:]]


def code(cell: str) -> str:
    return cell.strip("`")


READ = {
    "yes or no": lambda t: t == "yes",
    "whole number": int,
    "number": Decimal,
    "period": Duration.parse,
    "choice": str,
    "percentage": Percentage.parse,
    "sum": Money.parse,
    "date": date.fromisoformat,
    "countries": lambda t: tuple(t.split(", ")),
    "country": str,
}
TYPES = {
    "whole number": "integer", "number": "decimal", "period": "duration", "choice": "choice", "percentage": "percentage",
    "sum": "money", "date": "date", "countries": "countries",
}  # fmt: skip
DEAL = {code(name): READ[kind.partition(":")[0]](code(value)) for name, kind, value in rows("deal")}
DEAL |= {"law.id": "DE", "law.family": "civil_law"}
SMALL, _ = load_library(ROOT / "tests/library")


def _library():
    """The small library with the names of the page."""
    parameters, facts = {}, {}
    for name, kind, value in rows("deal"):
        sort, _, choices = kind.partition(":")
        named = {c: c for c in re.findall(r"`([^`]*)`", choices)}
        if sort == "yes or no":
            facts[code(name)] = Fact(name=code(name), type="boolean", question="?", default=False, at=AT)
        elif sort != "country" and code(name) != "work_countries":
            parameters[code(name)] = Parameter(
                name=code(name), type=TYPES[sort], label="A value", values={}, choices=named, at=AT
            )
    clauses = dict(SMALL.clauses)
    step_in = replace(clauses["records"], id="step-in", parameters=parameters)
    laws = {**SMALL.laws, "FR": replace(SMALL.laws["DE"], id="FR"), "NL": replace(SMALL.laws["DE"], id="NL"),
            "US-NY": replace(SMALL.laws["DE"], id="US-NY", family="us")}  # fmt: skip
    audit = replace(clauses["records"], id="audit", parameters={})
    return replace(SMALL, clauses={"step-in": step_in, "audit": audit}, facts=facts, laws=laws)


LIBRARY = _library()
JUDGE = Judge({"gdpr"}, {"step-in"}, DEAL.__getitem__, LIBRARY.parameter)


def problems(text: str) -> list[str]:
    condition, refused = read_condition(text)
    if condition is None:
        return [f"{p.message}; {p.hint}" for p in refused]
    found = condition_problems([(condition, Source(text, "page"))], Askable(LIBRARY))
    return [f"{p.message}; {p.hint}" for p in found]


@pytest.mark.parametrize(("test", "result", "meaning"), rows("examples"), ids=lambda cell: cell[:40])
def test_each_test_of_the_page_has_its_result(test, result, meaning):
    assert problems(code(test)) == []
    condition, _ = read_condition(code(test))
    assert condition and JUDGE.holds(condition) is (result == "true")


@pytest.mark.parametrize(("test", "message"), rows("refused"), ids=lambda cell: cell[:40])
def test_each_refusal_of_the_page_is_worded_as_it_says(test, message):
    assert problems(code(test)) == [message]


NAMES = st.sampled_from(["seats", "law.id", "notice_period"])
LITERALS = st.sampled_from([Written("72 hours"), Written("it's"), Written("5", quoted=False), Named("rate")])
TESTS = st.one_of(
    st.builds(language.Test, st.just("name"), NAMES, negated=st.booleans()),
    st.builds(language.Test, st.sampled_from(["framework", "clause"]), st.just("a-b"), negated=st.booleans()),
    st.builds(language.Test, st.just("name"), NAMES, st.sampled_from(["==", "<=", ">"]), LITERALS, st.booleans()),
    st.builds(
        language.Test, st.just("name"), NAMES, st.just("in"),
        st.lists(LITERALS, min_size=1, max_size=3).map(lambda i: Listed(tuple(i))), st.booleans(),
    ),
    st.builds(language.Test, st.just("name"), NAMES, st.just("contains"), st.just(Written("IN")), st.booleans()),
)  # fmt: skip


@given(st.lists(st.lists(TESTS, min_size=2, max_size=3), min_size=1, max_size=3))
def test_what_is_printed_is_read_again_as_the_same(groups):
    parts = tuple(Condition("any", tuple(group)) for group in groups)
    condition = Condition("all", parts) if len(parts) > 1 else parts[0]
    assert read_condition(str(condition)) == (condition, ())


def test_places_are_those_of_the_file_in_every_way_that_yaml_writes_a_text(tmp_path):
    base = (ROOT / "tests/load/broken/clauses/unknown-name-in-condition.yaml").read_text(encoding="utf-8")
    written = {
        "applies_when: seats > 1 or wrong": (7, 28),
        "applies_when: seats > 1 or\n  not wrong": (8, 7),
        "applies_when: >-\n  seats > 1 or\n  wrong": (9, 3),
        "applies_when: |\n    seats > 1 or wrong": (8, 18),
        "applies_when: 'seats > 1 or wrong'": (7, 29),
        "applies_when: \"region == 'far' or wrong\"": (7, 35),
    }
    for number, (lines, place) in enumerate(written.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        text = base.replace("applies_when: takes_payment\n", f"{lines}\n").replace("one mistake", "öne mistake")
        (folder / "unknown-name-in-condition.yaml").write_text(text, encoding="utf-8")
        (problem,) = load_library(ROOT / "tests/library", folder)[1]
        assert (problem.at.line, problem.at.column) == place, lines
        assert problem.rule == "unknown-name"
