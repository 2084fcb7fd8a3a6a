"""Our answer on top of theirs: what accepting and rejecting it must give."""

from datetime import datetime, timezone

import pytest
from lxml import etree

from ccclauses.model.review import Answer
from ccclauses.ooxml.namespaces import w
from ccclauses.ooxml.package import Package, read_package, serialize_xml, write_package
from ccclauses.ooxml.revisions import accept_all
from ccclauses.read.docx import read_docx
from ccclauses.review.answering import decide
from ccclauses.review.findings import review
from ccclauses.review.respond import respond

from . import edits
from .test_edits import sent

OURS = "Client Legal"
DATE = datetime(2026, 2, 5, tzinfo=timezone.utc)
PUT_BACK = (
    edits.change_number,
    edits.change_number_tracked,
    edits.change_number_in_split_runs,
    edits.delete_sentence,
    edits.delete_sentence_tracked,
    edits.add_words,
    edits.delete_paragraph,
    edits.delete_paragraph_tracked,
    edits.paste_paragraph,
    edits.paste_paragraph_tracked,
    edits.delete_clause,
    edits.retype_heading,
    edits.edit_cell,
    edits.hide_words,
)


def returned(*made, seed=5) -> Package:
    draft = edits.Draft(sent(), seed=seed)
    for edit in made:
        edit(draft)
    return draft.package()


def answered(file: Package, policy="hold", given=None):
    found = review(sent(), file)
    package, points = respond(sent(), file, found, decide(found, policy, given), author=OURS, date=DATE)
    return read_package(write_package(package.parts)), points


def without_ours(package: Package) -> Package:
    """The file with our changes and comments undone, those of others as they are."""
    root = package.xml(package.main_part)
    for mark in list(root.iter(w("ins"), w("del"))):
        if mark.get(w("author")) != OURS:
            continue
        parent = mark.getparent()
        if parent.tag == w("rPr") or parent.tag == w("trPr"):
            owner = next(mark.iterancestors(w("p") if parent.tag == w("rPr") else w("tr")))
            if mark.tag == w("ins"):
                for start in list(owner.iter(w("bookmarkStart"))) if owner.getnext() is not None else ():
                    owner.getnext().append(start)  # a range that begins in what goes begins behind it
                owner.getparent().remove(owner)
            else:
                parent.remove(mark)
        elif mark.tag == w("ins"):
            parent.remove(mark)
        else:
            for old, new in (("delText", "t"), ("delInstrText", "instrText")):
                for text in mark.iter(w(old)):
                    text.tag = w(new)
            place = parent.index(mark)
            parent[place : place + 1] = list(mark)
    for mark in list(root.iter(w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))):
        mark.getparent().remove(mark)
    for table in [t for t in root.iter(w("tbl")) if t.find(w("tr")) is None]:
        table.getparent().remove(table)
    return read_package(write_package({**package.parts, package.main_part: serialize_xml(root)}))


def words(package: Package, view: str) -> list[str]:
    return ["".join(s.text for s in p.segments) for p in read_docx(package, view=view).paragraphs()]


@pytest.mark.parametrize("edit", PUT_BACK, ids=lambda e: e.__name__)
def test_a_refused_change_accepted_is_what_was_sent_and_rejected_what_came_back(edit):
    file = returned(edit)
    answer, points = answered(file)
    assert {p.done for p in points} == {"restored"}
    assert [f for f in review(sent(), answer, read_as="accepted").findings if f.source != "comment"] == []
    for view in ("accepted", "rejected", "all"):
        assert words(without_ours(answer), view) == words(file, view)


def test_many_changes_are_refused_at_once():
    file = returned(*PUT_BACK[:3], edits.delete_clause, edits.paste_paragraph_tracked, edits.delete_paragraph, seed=8)
    answer, points = answered(file)
    assert {p.done for p in points} == {"restored"}
    assert [f for f in review(sent(), answer, read_as="accepted").findings if f.source != "comment"] == []
    assert words(without_ours(answer), "all") == words(file, "all")


def test_their_changes_keep_their_author():
    file = returned(edits.change_number_tracked, edits.paste_paragraph_tracked)
    answer, _ = answered(file)

    def theirs(package: Package) -> str:
        marks = [m for m in package.xml(package.main_part).iter(w("ins"), w("del")) if m.get(w("author")) == edits.AUTHOR]
        return "".join("".join(m.itertext()) for m in marks)

    assert theirs(answer) == theirs(file) != ""


def test_each_refusal_has_a_comment_by_us_and_internal_notes_stay_inside():
    file = returned(edits.change_number, edits.delete_paragraph)
    answer, points = answered(file)
    comments = read_docx(answer).comments
    assert [c.author for c in comments] == [OURS] * len(points)
    assert all(c.text.startswith("Not agreed.") for c in comments)


def test_what_is_left_open_is_said_and_not_touched():
    file = returned(edits.add_words)
    answer, points = answered(file, "open")
    assert [p.done for p in points] == ["commented"]
    assert words(answer, "all") == words(file, "all")


def test_a_counter_puts_our_words_in_place_of_theirs():
    file = returned(edits.add_words)
    (number, finding), *_ = review(sent(), file).numbered()
    ours = finding.before.replace("shall", "shall promptly, within 2 days,", 1) + " This holds."
    answer, points = answered(file, "open", {number: Answer(decision="counter", text=ours)})
    assert [p.done for p in points] == ["countered"]
    assert ours in [" ".join(t.split()) for t in words(answer, "accepted")]
    assert words(without_ours(answer), "all") == words(file, "all")


def test_accepted_changes_stay_without_a_word():
    file = returned(edits.change_number)
    answer, points = answered(file, "open", {1: Answer(decision="accept")})
    assert [p.done for p in points] == ["left"]
    assert words(answer, "all") == words(file, "all")
    assert not read_docx(answer).comments


def test_ids_of_marks_are_their_own():
    answer, _ = answered(returned(*PUT_BACK[:6], edits.delete_clause, seed=8))
    ids = [m.get(w("id")) for m in answer.xml(answer.main_part).iter(w("ins"), w("del"))]
    theirs = [i for i in ids if i == "9001"]
    assert len(ids) - len(theirs) == len(set(ids) - {"9001"})
    assert etree.QName(answer.xml(answer.main_part)).localname == "document"


def test_references_still_find_a_paragraph_that_they_deleted_and_we_put_back():
    draft = edits.Draft(sent(), seed=5)
    targets = {s.target for p in read_docx(sent()).paragraphs() for s in p.segments if s.target}
    block = next(
        b
        for blocks in draft.sections().values()
        for b in blocks[1:]
        if b.tag == w("p") and {m.get(w("name")) for m in b.iter(w("bookmarkStart"))} & targets and len(list(b.iter(w("r")))) == 1
    )
    edits.track_deletion(block)
    answer, points = answered(draft.package())
    assert {p.done for p in points} == {"restored"}
    for package in (answer, without_ours(answer)):
        root = accept_all(package.xml(package.main_part)) if package is answer else package.xml(package.main_part)
        assert targets <= {m.get(w("name")) for m in root.iter(w("bookmarkStart"))} | {t for t in targets if t.startswith("_cs_")}
