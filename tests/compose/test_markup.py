"""Rendered text becomes paragraphs and tables; what a client typed never becomes markup."""

import pytest

from ccclauses.compose.texts import marks
from ccclauses.compose.texts.markup import (
    Draft,
    DraftTable,
    MarkupError,
    OpenValue,
    parse_inlines,
    parse_markup,
    terms_of,
)
from ccclauses.model.annex import Emphasis, Reference, Term, Text

TERMS = terms_of(((("Security Breach", ("Security Breaches",)), ("Breach", ()), ("Client", ()))))


def outline(text: str) -> list[tuple[int, str, str]]:
    return [
        (d.level, d.label, "".join(i.text for i in d.inlines))
        for d in parse_markup(text, TERMS)
        if isinstance(d, Draft)
    ]


def test_levels_labels_and_continued_lines():
    text = "1. [#one] First\n   goes on.\n   1. deeper; and\n      1. deepest.\n2. Second."
    assert outline(text) == [
        (2, "one", "First goes on."),
        (3, "", "deeper; and"),
        (4, "", "deepest."),
        (2, "", "Second."),
    ]


def test_text_after_an_empty_line_is_an_unnumbered_paragraph():
    assert outline("1. One.\n\nTail of it.") == [(2, "", "One."), (0, "", "Tail of it.")]


@pytest.mark.parametrize("text", ["1. a\n  1. b", "1. a\n         1. b"])
def test_an_indentation_that_is_no_level_is_refused(text):
    with pytest.raises(MarkupError, match="levels are 0, 3 or 6"):
        parse_markup(text, TERMS)


def test_the_longest_term_wins_and_plurals_are_found():
    assert parse_inlines("Security Breaches and Clients", TERMS) == (
        Term("Security Breach", "Security Breaches"),
        Text(" and "),
        Term("Client", "Clients"),
    )


def test_a_term_is_not_found_inside_a_longer_word():
    assert parse_inlines("Clientele, Non-Client", TERMS) == (Text("Clientele, Non-Client"),)


def test_emphasis_forced_terms_and_escapes():
    assert parse_inlines(r"*must* **Client** 2 \* 3 \* 4", TERMS) == (
        Emphasis("must"),
        Text(" "),
        Term("Client", "Client"),
        Text(" 2 * 3 * 4"),
    )


def test_a_lone_star_is_a_star():
    assert parse_inlines("2 * 3", TERMS) == (Text("2 * 3"),)


def test_values_are_opaque():
    text = marks.value("party", text="**Client** {{ x }} *&* <w:t> [#a] |")
    assert parse_inlines(text, TERMS) == (OpenValue("party", "**Client** {{ x }} *&* <w:t> [#a] |", ""),)


def test_references_wait_for_their_numbers():
    assert parse_inlines(f"under {marks.reference('a#b')}.", TERMS) == (
        Text("under "),
        Reference("a#b", "", ""),
        Text("."),
    )


def test_tables_align_and_keep_their_cells():
    (table,) = parse_markup("| Class | Rate |\n|---|---:|\n| A | 1 |\n| B \\| C | 2 |", TERMS)
    assert isinstance(table, DraftTable)
    assert table.align == ("left", "right")
    assert [[("".join(i.text for i in c)) for c in row] for row in table.rows] == [["A", "1"], ["B | C", "2"]]


@pytest.mark.parametrize(
    "text, message", [("| a |\n| b |", "row of dashes"), ("| a | b |\n|---|---|\n| c |", "differ in their number")]
)
def test_a_broken_table_is_refused(text, message):
    with pytest.raises(MarkupError, match=message):
        parse_markup(text, TERMS)


def test_quotation_marks_are_printed_as_in_a_book_and_values_are_left_alone():
    name = 'O\'Neil & "Sons"'
    text = 'The Client\'s "record" of ' + marks.value("party", text=name) + "'s"
    assert [i.text for i in parse_inlines(text, TERMS)] == ["The ", "Client", "’s “record” of ", name, "’s"]
