"""Clauses that are added, removed, moved, renumbered or reworded, and what of a paragraph moved."""

from __future__ import annotations

from comparing import compare, part, told

NOTICE = part("notice", "The Provider shall notify the Client within 24 hours of each breach.", number="1")
AUDIT = part(
    "audit", "The Client may audit each Site once in each year.", "An audit needs ten days of notice.", number="2"
)
EXIT = part("exit", "The Provider shall return all data when the Agreement ends.", number="3")


def kinds(comparison):
    return {c.id: (c.kind, *c.also) for c in comparison.clauses if c.kind != "unchanged"}


def renumbered(clause, number):
    lines = [line.inlines[0].text for line in clause.lines]
    return part(clause.id, *lines, title=clause.title, number=number)


def test_equal_sides_have_no_change():
    comparison = compare([NOTICE, AUDIT, EXIT], [NOTICE, AUDIT, EXIT])
    assert comparison.empty and kinds(comparison) == {}


def test_added_and_removed_clauses():
    comparison = compare([NOTICE, AUDIT], [NOTICE, renumbered(EXIT, "2")])
    assert kinds(comparison) == {"audit": ("removed",), "exit": ("added",)}
    assert [c.id for c in comparison.clauses] == ["notice", "exit", "audit"]


def test_a_new_number_alone_is_no_change():
    before, after = [NOTICE, AUDIT, EXIT], [AUDIT, EXIT]
    after = [renumbered(AUDIT, "1"), renumbered(EXIT, "2")]
    assert kinds(compare(before, after)) == {"notice": ("removed",), "audit": ("renumbered",), "exit": ("renumbered",)}
    report = told(before, after)
    assert "Audit" not in report and "Notice: removed" in report
    assert "1 Audit: was 2" in told(before, after, "all")


def test_a_new_number_alone_is_a_change_when_comparing_exactly():
    report = told([NOTICE, EXIT], [NOTICE, renumbered(EXIT, "2")], "all", exact=True)
    assert "2.1  renumbered, was 3.1: The Provider shall return" in report


def test_a_moved_clause_is_told_once():
    comparison = compare([NOTICE, AUDIT, EXIT], [EXIT, NOTICE, AUDIT])
    assert kinds(comparison) == {"exit": ("moved",)}
    assert "3 Exit: moved" in told([NOTICE, AUDIT, EXIT], [EXIT, NOTICE, AUDIT])


def test_a_clause_without_an_id_is_known_by_its_heading_or_its_words():
    same_heading = part("", *(line.inlines[0].text for line in AUDIT.lines), title="AUDIT")
    assert [c.kind for c in compare([AUDIT], [same_heading]).clauses] != ["added", "removed"]
    other_heading = part("", *(line.inlines[0].text for line in AUDIT.lines), title="Inspections")
    report = told([AUDIT], [other_heading])
    assert "Inspections: reworded, was 2, headed “Audit” before" in report


def test_a_moved_paragraph_is_no_deletion():
    first, second, third = (
        "A notice is in writing and signed.",
        "Silence is refusal in each case.",
        "Time runs in whole days.",
    )
    report = told([part("x", first, second, third)], [part("x", second, third, first)])
    assert "1.3  moved from 1.1: A notice is in writing and signed." in report.replace("[-", "").replace("-]", "")
    assert "[-" not in report and "[+" not in report


def test_a_paragraph_that_moved_to_another_clause_is_told_at_both_places():
    moving = "The Client may inspect the log on any Business Day."
    before = [part("a", moving, "First rule of clause a."), part("b", "Only rule of clause b.", number="2")]
    after = [part("a", "First rule of clause a."), part("b", "Only rule of clause b.", moving, number="2")]
    report = told(before, after)
    assert "1.1  moved to 2.2" in report and "2.2  moved from 1.1" in report


def test_a_moved_paragraph_shows_what_changed_on_the_way():
    before = "The Client may inspect the log of all events on any Business Day within 24 hours."
    after = before.replace("24", "48")
    rest = ["One further rule stands here.", "Another further rule stands there."]
    report = told([part("a", before, *rest)], [part("a", *rest, after)])
    assert "within [-24-][+48+] hours" in report and "moved from 1.1" in report


def test_a_moved_sentence_is_a_move():
    moving = "The Client may inspect it on any Business Day."
    first = "The Provider shall keep a log of each event and of each person who took part in it."
    second = "The log stays where only the Chief Security Officer can change it, for one year after its last entry."
    before, after = part("a", f"{first} {moving}", second), part("a", first, f"{second} {moving}")
    report = told([before], [after])
    assert f"[< {moving}<](to 1.2)" in report and f"[> {moving}>](from 1.1)" in report
    assert "[-" not in report and "[+" not in report


def test_a_sentence_that_many_paragraphs_share_does_not_move():
    boilerplate = "The Credit follows the rules of the next clause."
    before = part(
        "a", f"One duty of the Provider. {boilerplate}", f"Two duties of the Provider. {boilerplate}", "Third."
    )
    after = part("a", "One duty of the Provider.", "Two duties of the Provider.", f"Third. {boilerplate}")
    assert "[<" not in told([before], [after])


def test_a_paragraph_split_in_two():
    text = "The Provider shall keep a log of each event."
    more = "The Client may read the log at any time."
    report = told([part("a", f"{text} {more}")], [part("a", text, more)])
    assert report.count("split in two") == 1 and "[-" not in report and "[+" not in report


def test_marks_of_a_word_processor_are_no_change():
    before = part("a", 'The "Client" - and its staff - may act.', title="Acts")
    after = part("a", "The “Client” –  and\u00a0its staff – may act.", title="Acts ")
    assert compare([before], [after]).empty
    exact = compare([before], [after], exact=True)
    assert not exact.empty
