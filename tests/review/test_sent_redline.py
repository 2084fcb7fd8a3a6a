"""A redline that was sent: what it tracked already is ours, whatever they made of it; what they added is told."""

import pytest
from read.test_docx import p, package, r

from ccclauses.review.find.findings import review


def ins(author: str, words: str, date: str = "2026-01-01T00:00:00Z") -> str:
    return f'<w:ins w:id="1" w:author="{author}" w:date="{date}">{words}</w:ins>'


def gone(author: str, words: str, date: str = "2026-01-01T00:00:00Z") -> str:
    return f'<w:del w:id="2" w:author="{author}" w:date="{date}"><w:r><w:delText xml:space="preserve">{words}</w:delText></w:r></w:del>'


OURS = ins("Client", r("in writing ")) + gone("Client", "by phone ")
SENT = p(r("The Provider shall notify the Client ") + OURS + r("within 24 hours."))
TITLE = p(r("Notices"))


def told(returned: str, **how: bool) -> list[tuple[str, tuple[str, ...]]]:
    found = review(package(TITLE + SENT), package(TITLE + returned), **how).findings
    return [(f"{f.source} {f.kind}: {f.before} > {f.after}", f.authors) for f in found]


def test_nothing_came_back_changed():
    assert told(SENT) == []


def test_what_is_still_tracked_is_still_open():
    assert told(SENT, all_open=True) != []


def test_a_silent_edit_beside_our_changes_is_told_alone():
    before = "The Provider shall notify the Client in writing within 24 hours."
    assert told(SENT.replace("24 hours", "72 hours")) == [
        (f"silent reworded: {before} > {before.replace('24', '72')}", ())
    ]


@pytest.mark.parametrize("date", ["2026-01-02T00:00:00Z", ""])
def test_their_tracked_change_within_our_insertion_is_theirs(date):
    inside = ins("Client", r("in ") + gone("Supplier", "writing ", date)) + gone("Client", "by phone ")
    before = "The Provider shall notify the Client in writing within 24 hours."
    assert told(SENT.replace(OURS, inside)) == [
        (f"tracked reworded: {before} > {before.replace('writing ', '')}", ("Supplier",))
    ]


def test_words_put_into_our_insertion_are_silent():
    inside = OURS.replace("in writing ", "in writing or orally ")
    assert [t.split(":")[0] for t, _ in told(SENT.replace(OURS, inside))] == ["silent reworded"]


def test_a_change_of_ours_that_they_accepted_or_undid():
    assert told(SENT.replace(OURS, r("in writing "))) == []
    assert [t.split(":")[0] for t, _ in told(SENT.replace(OURS, r("by phone ")))] == ["silent reworded"]


def test_a_reference_with_another_ending_is_the_same_reference():
    field = '<w:fldSimple w:instr="REF one \\r">{}</w:fldSimple>'
    numbering = (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    counted = p(
        '<w:bookmarkStart w:id="9" w:name="one"/>' + r("Notices to the Client"),
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
    )
    same = package(counted + p(r("As paragraph ") + field.format(r("1..")) + r(" says.")), numbering=numbering)
    assert not review(same, same).findings
