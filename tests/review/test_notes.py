"""A note says what it says of the words that it stands behind: carried elsewhere, it says something else."""

import pytest
from read.test_docx import W, p, package, r

from ccclauses.read.word.docx import read_docx
from ccclauses.report.read_text import read_text
from ccclauses.review.find.findings import review

CALLS, INVOICES = "The Provider answers each call within one minute.", "The Client pays each invoice within ten days."
MARK = '<w:r><w:footnoteReference w:id="{}"/></w:r>'


def noted(*paragraphs: str, says: tuple[str, ...] = ("Except on holidays.",)):
    notes = "".join(f'<w:footnote w:id="{n}">{p(r(words))}</w:footnote>' for n, words in enumerate(says, 2))
    return package("".join(paragraphs), footnotes=f'<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>')


SENT = noted(p(r(CALLS) + MARK.format(2)), p(r(INVOICES)))


def told(after, before=SENT) -> list[tuple[str, str, str]]:
    return [(f.what, f.before, f.after) for f in review(before, after).findings]


def test_a_note_that_was_carried_to_other_words():
    after = noted(p(r(CALLS)), p(r(INVOICES) + MARK.format(2)))
    assert told(after) == [
        ("footnote", f"Except on holidays. (on “{CALLS}”)", f"Except on holidays. (on “{INVOICES}”)")
    ]


def test_a_note_that_nothing_refers_to_any_more_is_gone():
    after = noted(p(r(CALLS)), p(r(INVOICES)))
    assert ("footnote", "Except on holidays.", "") in told(after)
    assert "footnote" not in {
        s.story for s in read_docx(after).stories
    } and "not printed: “Except on holidays.”" in read_text(read_docx(after))


def test_an_endnote_that_nothing_refers_to():
    notes = f'<w:endnotes xmlns:w="{W}"><w:endnote w:id="2">{p(r("Unused."))}</w:endnote></w:endnotes>'
    (told,) = read_docx(package(p(r(CALLS)), endnotes=notes)).notes
    assert told.startswith("an endnote that nothing refers to")


def test_where_a_note_stands_is_printed():
    assert "footnote on “…der answers each call within one minute.”: Except on holidays." in read_text(read_docx(SENT))


@pytest.mark.parametrize(
    "after",
    [
        noted(p(r(CALLS.replace("one", "two")) + MARK.format(2)), p(r(INVOICES))),
        noted(p(r(CALLS.replace("Provider", "Supplier")) + MARK.format(2)), p(r(CALLS)), p(r(INVOICES))),
        noted(p(r("Calls and invoices.")), p(r(CALLS) + MARK.format(2)), p(r(INVOICES))),
    ],
)
def test_a_note_stays_where_its_words_changed_or_moved(after):
    assert "footnote" not in {what for what, _, _ in told(after)}


def test_notes_that_say_the_same_are_not_mixed_up():
    twice = noted(p(r(CALLS) + MARK.format(2)), p(r(INVOICES) + MARK.format(3)), says=("See above.", "See above."))
    assert told(twice, twice) == []
