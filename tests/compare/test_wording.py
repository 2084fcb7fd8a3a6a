"""Where a lawyer would say that a change begins and ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccclauses.compare.wording import change_words, joined, sentences
from ccclauses.report.diff.diff_text import word_spans


def marked(before: str, after: str) -> str:
    return "".join(text for _, text in word_spans(joined(change_words(before, after))))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("within 24 hours of it", "within 72 hours of it", "within [-24-][+72+] hours of it"),
        ("a sum of GBP 1,000.00 each", "a sum of GBP 1,500.00 each", "a sum of GBP [-1,000.00-][+1,500.00+] each"),
        (
            "within 1 Business Day of it",
            "within 3 Business Days of it",
            "within [-1 Business Day-][+3 Business Days+] of it",
        ),
        ("at most 99.5% of calls", "at most 99.9% of calls", "at most [-99.5-][+99.9+]% of calls"),
        ("the Client's data", "the Provider's data", "the [-Client's-][+Provider's+] data"),
        ("a follow-up call", "a call-back call", "a [-follow-up-][+call-back+] call"),
        ("A comes first. B ends it.", "B ends it.", "[-A comes first. -]B ends it."),
        ("A comes first.", "A comes first. B ends it.", "A comes first.[+ B ends it.+]"),
        ("Scope | 24 hours | clause 3", "Scope | 72 hours | clause 3", "Scope | [-24-][+72+] hours | clause 3"),
    ],
)
def test_a_change_has_the_words_that_changed(before, after, expected):
    assert marked(before, after) == expected


def test_a_sentence_with_little_in_common_is_replaced_as_a_whole():
    before = "The Provider shall send the text of each statement that names the Client before publication."
    after = "The Provider shall not inform the public or the press without consent."
    assert marked(before, after) == (
        "The Provider shall [-send the text of each statement that names the Client before publication-]"
        "[+not inform the public or the press without consent+]."
    )


def test_abbreviations_and_numbers_end_no_sentence():
    assert sentences("See Art. 28 GDPR and no. 5 of it. Then act.") == [
        "See Art. 28 GDPR and no. 5 of it.",
        " Then act.",
    ]


words = st.lists(st.sampled_from("the Provider shall notify A. B. within 24 72 hours | ; of “it” , (a) Art. 5".split()))


@given(words, words)
def test_the_changes_are_the_two_texts(a, b):
    before, after = " ".join(a), " ".join(b)
    for changes in (change_words(before, after), joined(change_words(before, after))):
        assert "".join(c.before for c in changes) == before
        # An equal stretch stands on both sides and is told once.
        assert "".join(c.before if c.kind == "equal" else c.after for c in changes) == after


@given(words)
def test_equal_texts_have_no_change(a):
    text = " ".join(a)
    assert all(c.kind == "equal" for c in change_words(text, text))
