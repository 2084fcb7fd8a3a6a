"""The language of conditions: what is read is printed again, and the joins are those of logic."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccclauses.model import condition as language
from ccclauses.model.condition import ALWAYS, Condition, ConditionError, holds, parse_test


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("takes_payments", language.Test("name", "takes_payments")),
        ("not home_working", language.Test("name", "home_working", negated=True)),
        ("framework gdpr", language.Test("framework", "gdpr")),
        ("not clause step-in", language.Test("clause", "step-in", negated=True)),
        ("seats >= 50", language.Test("name", "seats", ">=", "50")),
        ("breach_notice<=24 hours", language.Test("name", "breach_notice", "<=", "24 hours")),
        ("law != DE", language.Test("name", "law", "!=", "DE")),
    ],
)
def test_a_test_is_read_and_printed(text, test):
    assert parse_test(f" {text} ") == test
    assert parse_test(str(test)) == test


@pytest.mark.parametrize("text", ["", "Seats", "seats >=", ">= 50", "framework GDPR", "seats => 50", "law == DE", "a b"])  # fmt: skip
def test_what_is_no_test_is_refused(text):
    with pytest.raises(ConditionError):
        parse_test(text)


TESTS = st.builds(language.Test, kind=st.just("name"), name=st.sampled_from("abc"), negated=st.booleans())
CONDITIONS = st.recursive(
    TESTS,
    lambda parts: st.builds(Condition, st.sampled_from(["all", "any"]), st.lists(parts, min_size=1, max_size=3).map(tuple)),
    max_leaves=8,
).map(lambda c: c if isinstance(c, Condition) else Condition("all", (c,)))  # fmt: skip


@given(CONDITIONS, st.fixed_dictionaries({n: st.booleans() for n in "abc"}))
def test_a_condition_holds_as_its_own_words_read_in_logic(condition, facts):
    assert holds(condition, lambda t: facts[t.name]) == eval(str(condition), {}, facts)  # noqa: S307
    assert {t.name for t in condition.tests()} <= set(facts)


def test_a_condition_is_printed_with_brackets_only_where_several_are_joined():
    one, two, three = map(parse_test, ("a", "not b", "seats > 5"))
    assert str(Condition("all", (one, Condition("any", (two, three))))) == "a and (not b or seats > 5)"
    assert str(Condition("any", (one, Condition("all", (two,))))) == "a or not b"


def test_no_condition_always_holds():
    assert holds(ALWAYS, lambda t: False) and not holds(Condition("any"), lambda t: True)
