"""Three versions of a list of lines become one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ccclauses.amend.same import merge

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
