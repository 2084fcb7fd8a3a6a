"""Conditions as values: they hold as their own words read in logic, and are printed as they are written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ccclauses.model.library import condition as language
from ccclauses.model.library.condition import ALWAYS, Condition, Listed, Named, Written, holds

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
    one, two = language.Test("name", "a"), language.Test("name", "b", negated=True)
    three = language.Test("name", "seats", ">", Written("5", quoted=False))
    assert str(Condition("all", (one, Condition("any", (two, three))))) == "a and (not b or seats > 5)"
    assert str(Condition("any", (one, Condition("all", (two,))))) == "a or not b"


def test_each_kind_of_test_is_printed_as_it_is_written():
    listed = Listed((Written("DE"), Named("client_country")))
    assert str(language.Test("framework", "gdpr", negated=True)) == 'not framework("gdpr")'
    assert str(language.Test("clause", "step-in")) == 'has("step-in")'
    assert str(language.Test("name", "law.id", "in", listed, negated=True)) == 'law.id not in ["DE", client_country]'
    assert str(language.Test("name", "work_countries", "contains", Written("IN"))) == '"IN" in work_countries'
    assert language.Test("name", "law.id", "in", listed).names == ("law.id", "client_country")


def test_no_condition_always_holds():
    assert holds(ALWAYS, lambda t: False) and not holds(Condition("any"), lambda t: True)
