"""Three versions of a list of lines become one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ccclauses.amend.merging.same import merge

LINES = st.lists(st.sampled_from("abcdef"), max_size=8)


def merged(base, own, other, frozen=()):
    return merge(base, own, other, tuple([(x,) for x in side] for side in (base, own, other)), frozen)


@settings(max_examples=200, deadline=None)
@given(base=LINES, one=LINES)
def test_what_only_one_side_changed_is_taken(base, one):
    assert merged(base, one, base) == (one, [])
    assert merged(base, base, one) == (one, [])
    assert merged(base, one, one) == (one, [])


@settings(max_examples=200, deadline=None)
@given(base=LINES, own=LINES, other=LINES)
def test_what_both_sides_changed_stays_and_is_told(base, own, other):
    found, clashes = merged(base, own, other)
    for clash in clashes:
        assert "".join(clash.own) in "".join(own) and "".join(clash.other) in "".join(other)
        assert "".join(clash.own) in "".join(found)
    if not clashes:
        assert set(found) <= {*own, *other}


def test_a_frozen_line_does_not_come_in():
    found, clashes = merged("abc", "abc", "abxc", [False, False, True, False])
    assert found == list("abc") and [c.other for c in clashes] == [("x",)]


# --- rows of a table, which have a name ---

ROWS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 2), max_size=6)


def by_rows(base, own, other):
    """The merge of three tables, each a mapping of names in order; the rows are told apart by their first cell."""
    sides = [[(name, str(value)) for name, value in sorted(side.items())] for side in (base, own, other)]
    found, clashes = merge(*sides, tuple(sides))
    return dict(found), clashes, [name for name, _ in found]


@settings(max_examples=300, deadline=None)
@given(base=ROWS, own=ROWS, other=ROWS)
def test_each_row_follows_the_one_who_changed_it(base, own, other):
    """Row by row: what only one side changed, added or took out is taken; a row that both changed is told."""
    expected, contested = {}, False
    for name in {*base, *own, *other}:
        was, ours, theirs = (side.get(name) for side in (base, own, other))
        contested |= len({was, ours, theirs}) == 3 or (was != ours and was != theirs and ours != theirs)
        value = ours if theirs == was or ours == theirs else theirs
        if value is not None:
            expected[name] = str(value)
    found, clashes, names = by_rows(base, own, other)
    assert len(names) == len(set(names))
    if contested:
        assert clashes
    else:
        assert (found, clashes) == (expected, [])


def test_rows_that_each_side_took_out_are_gone():
    assert by_rows({"a": 1, "b": 1}, {"b": 1}, {"a": 1}) == ({}, [], [])


def test_a_row_that_one_took_out_and_the_other_changed_is_told():
    for own, other in (({"a": 1}, {"a": 1, "b": 2}), ({"a": 1, "b": 2}, {"a": 1})):
        found, (clash,), _ = by_rows({"a": 1, "b": 1}, own, other)
        assert found == {n: str(v) for n, v in own.items()}
        assert clash.own == tuple(("b", "2") for _ in range("b" in own))


def test_rows_of_one_name_are_not_told_apart_by_it():
    base, own, other = ([("a", one), ("a", two)] for one, two in (("1", "2"), ("1", "3"), ("4", "2")))
    found, clashes = merge(base, own, other, (base, own, other))
    assert found == own and len(clashes) == 1
