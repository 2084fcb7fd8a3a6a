"""The alignment core on plain strings: which texts answer to which, and what changed inside."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from ccclauses.compare.align import Link, align, similarity
from ccclauses.compare.wording import change_words
from ccclauses.compare.words import diff_tokens, slide, tidy, tokenize

TOKENS = st.lists(st.sampled_from(["a", "b", "c", " ", ".", "notice"]), max_size=30)
TEXTS = st.lists(
    st.sampled_from(["", "one two three", "one two four", "fees are due", "fees were due", "x"]), max_size=12
)


def changes(before: str, after: str) -> list[tuple[str, str]]:
    return [(change.before, change.after) for change in change_words(before, after) if change.kind != "equal"]


def test_tokens_are_the_text():
    text = "Cap: €1,500.50 (10.5 %)\tper event."
    assert "".join(tokenize(text)) == text
    assert "1,500.50" in tokenize(text)


def test_a_changed_number_is_one_change():
    assert changes("a fee of 1,500.00 EUR", "a fee of 1,750.00 EUR") == [("1,500.00", "1,750.00")]


def test_a_change_takes_whole_words():
    assert changes("the Provider notifies", "the Provider notified") == [("notifies", "notified")]


def test_little_in_common_is_replaced_as_a_whole():
    assert changes("alpha beta gamma", "one two six") == [("alpha beta gamma", ""), ("", "one two six")]


def test_an_added_sentence_stands_alone():
    assert changes("A is due. C is due.", "A is due. B is due. C is due.") == [("", " B is due.")]


@settings(deadline=None)
@given(TOKENS, TOKENS, st.integers(0, 40))
def test_ops_cover_both_sides_and_equal_is_equal(a, b, budget):
    for ops in (diff_tokens(a, b), slide(tidy(diff_tokens(a, b), a, [1] * len(a), budget), a, b)):
        at = (0, 0)
        for op in ops:
            assert (op.a0, op.b0) == at
            at = (op.a1, op.b1)
            if op.kind == "equal":
                assert a[op.a0 : op.a1] == b[op.b0 : op.b1]
        assert at == (len(a), len(b))


@settings(deadline=None)
@given(TEXTS, TEXTS, st.booleans())
def test_links_cover_both_sides_in_order(a, b, split):
    at = (0, 0)
    for link in align(a, b, split=split):
        assert (link.a0, link.b0) == at
        at = (link.a1, link.b1)
        assert split or not link.matched or link.a1 - link.a0 == link.b1 - link.b0 == 1
    assert at == (len(a), len(b))


def test_changed_texts_pair_and_strangers_do_not():
    links = align(
        ["Fees are due monthly.", "Notices are in writing."],
        ["Nothing alike here at all", "Fees are due yearly.", "Notices are in writing."],
    )
    assert [link for link in links if link.matched] == [Link(0, 1, 1, 2), Link(1, 2, 2, 3)]


def test_a_split_text_pairs_with_both_halves():
    whole, half, other = (
        "Fees are due monthly. Interest runs from the due date.",
        "Fees are due monthly.",
        "Interest runs from the due date.",
    )
    assert align([whole], [half, other]) == [Link(0, 1, 0, 2)]
    assert align([half, other], [whole]) == [Link(0, 2, 0, 1)]


def test_a_text_split_by_an_insertion_pairs_with_both_halves():
    links = align(["See the plan. Enclosed."], ["See the plan.", "x = y", "Enclosed"])
    assert links == [Link(0, 1, 0, 3)]


def test_pairs_may_be_forbidden():
    assert not any(link.matched for link in align(["one two three"], ["one two four"], may_pair=lambda i, j: False))


def test_similarity_is_a_share_of_words():
    assert similarity("one two", "one two") == 1 and similarity("one", "two") == 0


def test_thousands_of_unlike_texts_take_a_moment():
    import random

    def texts(seed):
        drawn = random.Random(seed)
        return [" ".join(str(drawn.randrange(3000)) for _ in range(30)) for _ in range(2000)]

    start = time.perf_counter()
    align(texts(1), texts(2))
    assert time.perf_counter() - start < 10
