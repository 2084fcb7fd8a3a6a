"""Our answer on top of theirs: what accepting and rejecting it must give."""

from datetime import datetime, timezone

import pytest
from lxml import etree
from whole_product import sample
from word_pairs import package as word_package

from ccclauses.model.findings.review import Answer, Finding
from ccclauses.ooxml.namespaces import W, w
from ccclauses.ooxml.package.package import Package, read_package, serialize_xml, write_package
from ccclauses.ooxml.revisions import RANGE_MARKS, REVISIONS, accept_all, reject_all
from ccclauses.read.word.docx import read_docx
from ccclauses.review.answer.answering import decide
from ccclauses.review.answer.respond import respond
from ccclauses.review.find.findings import review

from . import edits
from .test_edits import FILES, edited, sent

OURS = "Client Legal"
DATE = datetime(2026, 2, 5, tzinfo=timezone.utc)


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
    theirs = [m for m in root.iter(*REVISIONS, *RANGE_MARKS) if m.get(w("author")) != OURS]
    hidden = [(m, m.tag) for m in theirs]
    gone = {m for m in theirs if m.tag == w("del")}
    hidden += [(t, t.tag) for t in root.iter(w("delText"), w("delInstrText")) if gone.intersection(t.iterancestors())]
    for element, tag in hidden:  # out of sight of what undoes every change
        element.tag = tag.replace("}", "}kept-")
    reject_all(root)
    for element, tag in hidden:
        element.tag = tag
    for mark in list(root.iter(w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))):
        mark.getparent().remove(mark)
    return read_package(write_package({**package.parts, package.main_part: serialize_xml(root)}))


def words(package: Package, view: str) -> list[str]:
    return ["".join(s.text for s in p.segments) for p in read_docx(package, view=view).paragraphs()]


def put_back(finding: Finding) -> bool:
    """Whether what a finding tells can be put back by tracked changes."""
    return (
        finding.source != "comment"
        and finding.kind not in ("renumbered", "file")
        and (finding.kind != "field" or bool(finding.faces))
    )


@pytest.mark.parametrize("number", sample(range(FILES), 6))
def test_a_refused_change_accepted_is_what_was_sent_and_rejected_what_came_back(number):
    file, _ = edited(number)
    answer, points = answered(file)
    assert [p.finding for p in points if p.done == "restored"] == [p.finding for p in points if put_back(p.finding)]
    assert [f for f in review(sent(), answer, read_as="accepted").findings if put_back(f)] == []
    for view in ("accepted", "rejected", "all"):
        assert words(without_ours(answer), view) == words(file, view)


@pytest.mark.parametrize("number", sample(range(FILES), 6))
@pytest.mark.parametrize("policy", ("open", "accept"))
def test_no_untracked_edit_stays_in_plain_text(number, policy):
    file, _ = edited(number)
    given = {n: Answer(decision="accept") for n, _ in review(sent(), file).numbered()} if policy == "accept" else None
    answer, points = answered(file, "open", given)
    silent = [p for p in points if p.finding.source == "silent"]
    trackable = [p for p in silent if put_back(p.finding)]
    assert {p.done for p in silent} <= {"shown", "commented"}
    assert [p.finding for p in trackable if p.done != "shown"] == []
    assert [f for f in review(sent(), answer).findings if f.source == "silent" and put_back(f)] == []
    assert words(answer, "accepted") == words(file, "accepted")
    ours = [c for c in read_docx(answer).comments if c.author == OURS]
    assert sum("came back untracked" in c.text for c in ours) == len(silent)


def test_rows_and_tables_that_are_gone_are_put_back_where_they_stood():
    package = sent()
    root = package.xml(package.main_part)
    first, second, third, *_ = root.iter(w("tbl"))
    for row in (first[2], first[3], second[-1]):  # a table begins with its properties and its columns
        assert row.tag == w("tr")
        row.getparent().remove(row)
    third.getparent().remove(third)
    file = read_package(write_package({**package.parts, package.main_part: serialize_xml(root)}))
    answer, points = answered(file)
    assert {p.done for p in points} == {"restored"} and len(points) >= 3
    assert words(answer, "accepted") == words(sent(), "accepted")
    assert words(without_ours(answer), "all") == words(file, "all")


def test_their_changes_keep_their_author():
    file = returned(edits.change_number_tracked, edits.paste_paragraph_tracked)
    answer, _ = answered(file)

    def theirs(package: Package) -> str:
        marks = [
            m for m in package.xml(package.main_part).iter(w("ins"), w("del")) if m.get(w("author")) == edits.AUTHOR
        ]
        return "".join("".join(m.itertext()) for m in marks)

    assert theirs(answer) == theirs(file) != ""


def test_each_refusal_has_a_comment_by_us_and_internal_notes_stay_inside():
    file = returned(edits.change_number, edits.delete_paragraph)
    answer, points = answered(file)
    comments = read_docx(answer).comments
    assert [c.author for c in comments] == [OURS] * len(points)
    assert all(c.text.startswith("Not agreed.") for c in comments)


def test_words_struck_through_by_formatting_are_told_and_stand_plain_again():
    file = returned(edits.strike_words)
    ((_, finding),) = review(sent(), file).numbered()
    assert (finding.source, finding.kind) == ("silent", "struck through") and finding.before == finding.after != ""
    assert finding.remark == "struck through by formatting, not deleted"
    answer, points = answered(file)
    assert [p.done for p in points] == ["restored"]
    assert not any(p.struck for p in read_docx(answer, view="accepted").paragraphs())


@pytest.mark.parametrize("emptied", sample((True, False)))
def test_a_line_gone_from_the_footer_is_put_back(emptied):
    draft = edits.Draft(sent(), seed=5)
    part = next(n for n in sorted(draft.parts) if n.startswith("word/footer") and b"<w:t" in draft.parts[n])
    root = etree.fromstring(draft.parts[part])
    for line in root.findall(w("p")):
        if emptied:
            for run in line.findall(w("r")):
                line.remove(run)
        else:
            root.remove(line)
    draft.parts[part] = serialize_xml(root)
    file = draft.package()
    gone = [f for f in review(sent(), file).findings if f.what == "footer"]
    assert [f.kind for f in gone] == ["deleted"] * len(gone) != []
    answer, points = answered(file)
    assert {p.done for p in points if p.finding.what == "footer"} == {"restored"}
    assert [f for f in review(sent(), answer, read_as="accepted").findings if f.what == "footer"] == []


def test_what_is_left_open_is_said_and_not_touched():
    file = returned(edits.change_number_tracked)
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
    file = returned(edits.change_number_tracked)
    answer, points = answered(file, "open", {1: Answer(decision="accept")})
    assert [p.done for p in points] == ["left"]
    assert words(answer, "all") == words(file, "all")
    assert not read_docx(answer).comments


def test_ids_of_marks_are_their_own():
    answer, _ = answered(edited(3)[0])
    ids = [m.get(w("id")) for m in answer.xml(answer.main_part).iter(w("ins"), w("del"))]
    assert len(ids) == len(set(ids))
    assert etree.QName(answer.xml(answer.main_part)).localname == "document"


def test_references_still_find_a_paragraph_that_they_deleted_and_we_put_back():
    draft = edits.Draft(sent(), seed=5)
    targets = {s.target for p in read_docx(sent()).paragraphs() for s in p.segments if s.target}
    block = next(
        b
        for blocks in draft.sections().values()
        for b in blocks[1:]
        if b.tag == w("p")
        and {m.get(w("name")) for m in b.iter(w("bookmarkStart"))} & targets
        and len(list(b.iter(w("r")))) == 1
    )
    edits.track_deletion(block)
    answer, points = answered(draft.package())
    assert {p.done for p in points} == {"restored"}
    for package in (answer, without_ours(answer)):
        root = accept_all(package.xml(package.main_part)) if package is answer else package.xml(package.main_part)
        assert targets <= {m.get(w("name")) for m in root.iter(w("bookmarkStart"))} | {
            t for t in targets if t.startswith("_cs_")
        }


@pytest.mark.parametrize("body", sample(("", "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>")))
def test_all_that_was_sent_is_put_back_into_a_file_whose_words_are_all_gone(body):
    file = sent()
    empty = f'<w:document xmlns:w="{W}"><w:body>{body}<w:sectPr/></w:body></w:document>'.encode()
    answer, _ = answered(read_package(write_package({**file.parts, file.main_part: empty})))
    asked, got = (
        [p.text for p in read_docx(package).paragraphs() if p.text and not p.contents] for package in (file, answer)
    )
    assert got == asked


def test_an_element_named_in_another_script_is_no_obstacle():
    file = sent()
    body = file.parts[file.main_part].replace(b"<w:body>", "<w:body><w:p><w:ز/></w:p>".encode())
    answer, _ = answered(read_package(write_package({**file.parts, file.main_part: body})))
    assert "ز".encode() in answer.parts[answer.main_part]


def box(words: str) -> str:
    """A box as Word writes it, for programs of today and, a second time, for those of yesterday."""
    inside = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    shape = (
        '<wp:extent cx="2000000" cy="900000"/><wp:docPr id="1" name="b"/><a:graphic><a:graphicData '
        f'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>{inside}'
        "</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
    )
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>{shape}</wp:anchor></w:drawing></mc:Choice>'
        f'<mc:Fallback><w:pict><v:shape style="width:100pt;height:50pt"><v:textbox>{inside}</v:textbox></v:shape></w:pict>'
        "</mc:Fallback></mc:AlternateContent>"
    )


BOX, OTHER_BOX = "The box says 24 hours.", "The box says 96 hours."


@pytest.mark.parametrize(("before", "after"), ((BOX, OTHER_BOX), (BOX, ""), ("", BOX)))
@pytest.mark.parametrize("alone", (False, True))
@pytest.mark.parametrize(("policy", "done"), (("hold", "restored"), ("open", "shown")))
def test_a_box_is_answered_once_and_in_both_its_forms(before, after, alone, policy, done):
    line = "" if alone else "<w:r><w:t>The Provider shall keep a log of each call.</w:t></w:r>"
    end = "<w:p><w:r><w:t>End of the text of this contract.</w:t></w:r></w:p>"
    file, other = (
        word_package(f"<w:p>{line}{f'<w:r>{box(words)}</w:r>' if words else ''}</w:p>{end}")
        for words in (before, after)
    )
    found = review(file, other)
    answer, points = respond(file, other, found, decide(found, policy), author=OURS, date=DATE)
    assert [p.done for p in points] == [done]
    answer = read_package(write_package(answer.parts))
    views = {view: [p.text for p in read_docx(answer, view=view).stories] for view in ("accepted", "rejected")}
    kept = (before, after) if policy == "hold" else (after, before)
    assert views == {"accepted": [w for w in kept[:1] if w], "rejected": [w for w in kept[1:] if w]}
    body = answer.parts[answer.main_part].decode()
    assert body.count("96") % 2 == 0 and body.count("24") % 2 == 0  # both forms of the box say the same
