"""A counterparty at work: edits of a Word file as people make them, each with what a review is to find.

Every edit takes the tree of the document and returns the findings that it makes, as (source, kind, section). Silent
edits change the text without a mark; tracked ones leave Word's marks with an author.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random

from lxml import etree

from ccclauses.ooxml.namespaces import make, w
from ccclauses.ooxml.package import Package, read_package, serialize_xml, write_package

Expected = tuple[str, str, str]
AUTHOR, DATE = "Counsel Two", "2026-02-03T10:00:00Z"


class Draft:
    """A Word file being edited."""

    def __init__(self, package: Package, seed: int = 0) -> None:
        self.parts = dict(package.parts)
        self.main = package.main_part
        self.root = package.xml(self.main)
        self.body = self.root.find(w("body"))
        self.random = Random(seed)
        self.used: set[etree._Element] = set()

    def saved(self) -> bytes:
        """The bytes of the file as it is now."""
        self.parts[self.main] = serialize_xml(self.root)
        return write_package(self.parts)

    def package(self) -> Package:
        return read_package(self.saved())

    # -- places ------------------------------------------------------------------------------------------------

    def sections(self) -> dict[str, list[etree._Element]]:
        """The blocks of each clause, its heading first, by the id of the clause."""
        out: dict[str, list[etree._Element]] = {}
        current = ""
        for block in self.body:
            style = block.find(f"{w('pPr')}/{w('pStyle')}") if block.tag == w("p") else None
            name = style.get(w("val")) if style is not None else ""
            if name.startswith(("Heading", "Schedule")) and not name.startswith("ScheduleLevel"):
                anchor = next((m.get(w("name")) for m in block.iter(w("bookmarkStart"))), "")
                current = anchor[4:].replace("_", "-") if anchor.startswith("_cc_") else ""
            if current:
                out.setdefault(current, []).append(block)
        return out

    def paragraph(self, test: Callable[[str], bool] = lambda text: len(text) > 60) -> tuple[str, etree._Element]:
        """A paragraph of a clause that was not edited yet, has plain words, and passes the test."""
        found = [
            (section, block)
            for section, blocks in self.sections().items()
            for block in blocks[1:]
            if block.tag == w("p") and block not in self.used and test(text_of(block)) and len(list(block.iter(w("r")))) == 1
        ]
        section, block = self.random.choice(found)
        self.used.add(block)
        return section, block

    def clause(self, least: int = 3) -> tuple[str, list[etree._Element]]:
        """A clause of which nothing was edited yet."""
        found = [(s, bs) for s, bs in self.sections().items() if len(bs) > least and not self.used & set(bs)]
        section, blocks = self.random.choice(found)
        self.used.update(blocks)
        return section, blocks


def without_schedules(package: Package) -> Package:
    """The file with nothing but the headings of its schedules left: enough to try an edit, and quick to read."""
    draft = Draft(package)
    inside = False
    for block in list(draft.body):
        anchors = [m.get(w("name"), "") for m in block.iter(w("bookmarkStart"))]
        heading = any(re.fullmatch(r"_cs_[a-z_]+", a) for a in anchors)
        inside = inside or heading
        if inside and not heading and block.tag != w("sectPr") and block.find(f"{w('pPr')}/{w('sectPr')}") is None:
            draft.body.remove(block)
    return draft.package()


def text_of(block: etree._Element) -> str:
    """The words of a block."""
    return "".join(t.text or "" for t in block.iter(w("t")))


def set_text(block: etree._Element, text: str) -> None:
    """Give a paragraph of one run other words."""
    words = list(block.iter(w("t")))
    words[0].text = text
    for other in words[1:]:
        other.text = ""


def tracked(kind: str) -> etree._Element:
    mark = make(kind)
    mark.set(w("id"), "9001")
    mark.set(w("author"), AUTHOR)
    mark.set(w("date"), DATE)
    return mark


def track_text(block: etree._Element, new: str) -> None:
    """Replace the words of a paragraph of one run, tracked word by word."""
    run = next(block.iter(w("r")))
    parent, old = run.getparent(), text_of(block)
    head = len(common(old, new))
    tail = len(common(old[head:][::-1], new[head:][::-1]))
    pieces = [("", old[:head]), ("del", old[head : len(old) - tail]), ("ins", new[head : len(new) - tail]), ("", old[len(old) - tail :])]
    place = parent.index(run)
    parent.remove(run)
    for kind, words in pieces:
        if not words:
            continue
        copy = deepcopy(run)
        set_text(copy, words)
        if kind == "del":
            for t in copy.iter(w("t")):
                t.tag = w("delText")
        element = copy
        if kind:
            element = tracked(kind)
            element.append(copy)
        parent.insert(place, element)
        place += 1


def common(a: str, b: str) -> str:
    n = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return a[:n]


# --------------------------------------------------------------------------------------------------- edits

_NUMBER = re.compile(r"\b(\d{1,3})\b")


def has_number(text: str) -> bool:
    return bool(_NUMBER.search(text)) and len(text) > 30


def changed_number(text: str) -> str:
    return _NUMBER.sub(lambda m: str(int(m[1]) + 48), text, count=1)


def change_number(draft: Draft) -> list[Expected]:
    section, block = draft.paragraph(has_number)
    set_text(block, changed_number(text_of(block)))
    return [("silent", "reworded", section)]


def change_number_tracked(draft: Draft) -> list[Expected]:
    section, block = draft.paragraph(has_number)
    track_text(block, changed_number(text_of(block)))
    return [("tracked", "reworded", section)]


def change_number_in_split_runs(draft: Draft) -> list[Expected]:
    """Word cuts runs as it likes; the number changes in one of many."""
    section, block = draft.paragraph(has_number)
    run = next(block.iter(w("r")))
    parent, place = run.getparent(), run.getparent().index(run)
    text = changed_number(text_of(block))
    parent.remove(run)
    for start in range(0, len(text), 7):
        copy = deepcopy(run)
        set_text(copy, text[start : start + 7])
        parent.insert(place, copy)
        place += 1
    return [("silent", "reworded", section)]


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.])\s+(?=[A-Z])", text)


def several(text: str) -> bool:
    return len(_sentences(text)) > 1


def delete_sentence(draft: Draft) -> list[Expected]:
    section, block = draft.paragraph(several)
    set_text(block, " ".join(_sentences(text_of(block))[:-1]))
    return [("silent", "reworded", section)]


def delete_sentence_tracked(draft: Draft) -> list[Expected]:
    section, block = draft.paragraph(several)
    track_text(block, " ".join(_sentences(text_of(block))[:-1]))
    return [("tracked", "reworded", section)]


def add_words(draft: Draft) -> list[Expected]:
    section, block = draft.paragraph()
    set_text(block, text_of(block).rstrip(".;") + ", so far as this is commercially reasonable.")
    return [("silent", "reworded", section)]


def delete_paragraph(draft: Draft) -> list[Expected]:
    section, block = draft.paragraph()
    block.getparent().remove(block)
    return [("silent", "deleted", section)]


def delete_paragraph_tracked(draft: Draft) -> list[Expected]:
    section, block = draft.paragraph()
    track_deletion(block)
    return [("tracked", "deleted", section)]


def track_deletion(block: etree._Element) -> None:
    """Delete a paragraph of one run with its mark, tracked."""
    track_text(block, "")
    properties = block.find(w("pPr"))
    marks = properties.find(w("rPr"))
    if marks is None:
        marks = etree.SubElement(properties, w("rPr"))
    marks.append(tracked("del"))


NEW = "The Provider bears no liability of any kind for an event that a third party has caused, whatever its cause."


def paste_paragraph(draft: Draft) -> list[Expected]:
    section, block = draft.paragraph()
    copy = without_anchors(deepcopy(block))
    set_text(copy, f"{NEW} ({draft.random.randint(100, 999)})")
    block.addnext(copy)
    draft.used.add(copy)
    return [("silent", "new", section)]


def paste_paragraph_tracked(draft: Draft) -> list[Expected]:
    section, block = draft.paragraph()
    copy = without_anchors(deepcopy(block))
    set_text(copy, f"{NEW} [{draft.random.randint(100, 999)}]")
    properties = copy.find(w("pPr"))
    marks = properties.find(w("rPr"))
    if marks is None:
        marks = etree.SubElement(properties, w("rPr"))
    marks.append(tracked("ins"))
    run = next(copy.iter(w("r")))
    mark = tracked("ins")
    run.addprevious(mark)
    mark.append(run)
    block.addnext(copy)
    draft.used.add(copy)
    return [("tracked", "new", section)]


def without_anchors(block: etree._Element) -> etree._Element:
    for mark in list(block.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        mark.getparent().remove(mark)
    return block


def repeat_paragraph(draft: Draft) -> list[Expected]:
    """A paragraph pasted twice."""
    section, block = draft.paragraph()
    copy = without_anchors(deepcopy(block))
    block.addnext(copy)
    draft.used.add(copy)
    return [("silent", "new", section)]


def split_paragraph(draft: Draft) -> list[Expected]:
    section, block = draft.paragraph(lambda t: several(t) and all(len(s.split()) > 3 for s in _sentences(t)))
    first, *rest = _sentences(text_of(block))
    copy = without_anchors(deepcopy(block))
    set_text(block, first)
    set_text(copy, " ".join(rest))
    block.addnext(copy)
    draft.used.add(copy)
    return [("silent", "split", section)]


def merge_paragraphs(draft: Draft) -> list[Expected]:
    candidates = [
        (section, a, b)
        for section, blocks in draft.sections().items()
        for a, b in zip(blocks[1:], blocks[2:])
        if a.tag == b.tag == w("p") and not {a, b} & draft.used and min(len(text_of(a)), len(text_of(b))) > 60
        and len(list(a.iter(w("r")))) == len(list(b.iter(w("r")))) == 1
    ]
    section, a, b = draft.random.choice(candidates)
    set_text(a, f"{text_of(a)} {text_of(b)}")
    b.getparent().remove(b)
    draft.used.update((a, b))
    return [("silent", "merged", section)]


def move_paragraph(draft: Draft) -> list[Expected]:
    section, block = draft.paragraph()
    blocks = [b for b in draft.sections()[section][1:] if b is not block and b.tag == w("p")]
    if len(blocks) < 3:
        other = [b for s, bs in draft.sections().items() if s != section for b in bs[2:] if b.tag == w("p")]
        draft.random.choice(other).addnext(block)
    else:
        target = blocks[-1] if blocks.index(min(blocks, key=lambda b: abs(b.getparent().index(b) - b.getparent().index(block)))) < len(blocks) / 2 else blocks[0]
        target.addnext(block)
    return [("silent", "moved", section)]


def swap_clauses(draft: Draft) -> list[Expected]:
    """Two clauses beside each other change places; the shorter one counts as moved."""
    sections = list(draft.sections().items())
    pairs = [(a, b) for a, b in zip(sections, sections[1:]) if not draft.used & {*a[1], *b[1]} and len(a[1]) != len(b[1])
             and a[1][-1].getnext() is b[1][0]]
    (one, first), (other, second) = draft.random.choice(pairs)
    draft.used.update((*first, *second))
    for block in second:
        first[0].addprevious(block)
    return [("silent", "moved", one if units(first) < units(second) else other)]


def units(blocks: list[etree._Element]) -> int:
    return sum(len(list(b.iter(w("tr")))) if b.tag == w("tbl") else 1 for b in blocks)


def delete_clause(draft: Draft) -> list[Expected]:
    section, blocks = draft.clause()
    for block in blocks:
        block.getparent().remove(block)
    return [("silent", "deleted", section)]


def retype_heading(draft: Draft) -> list[Expected]:
    section, blocks = draft.clause()
    set_text(blocks[0], f"{text_of(blocks[0])} and related matters")
    return [("silent", "retitled", section)]


def edit_cell(draft: Draft) -> list[Expected]:
    found = [(s, t) for s, bs in draft.sections().items() for b in bs if b.tag == w("tbl") and b not in draft.used for t in b.iter(w("t")) if plain(t)]
    section, words = draft.random.choice(found)
    draft.used.add(next(words.iterancestors(w("tbl"))))
    words.text = "as the Provider sees fit"
    return [("silent", "reworded", section)]


def plain(words: etree._Element) -> bool:
    """Whether some words of a table stand beside no field."""
    return len(words.text or "") > 2 and next(next(words.iterancestors(w("p"))).iter(w("fldChar")), None) is None


def hide_words(draft: Draft) -> list[Expected]:
    """A sentence in hidden text after what can be seen."""
    section, block = draft.paragraph()
    run = next(block.iter(w("r")))
    copy = deepcopy(run)
    properties = copy.find(w("rPr"))
    if properties is None:
        properties = etree.Element(w("rPr"))
        copy.insert(0, properties)
    properties.append(make("vanish"))
    set_text(copy, " This paragraph does not bind the Provider.")
    run.addnext(copy)
    return [("silent", "hidden", section)]


def comment(draft: Draft) -> list[Expected]:
    section, block = draft.paragraph()
    id_ = str(draft.random.randint(1, 10_000))
    run = next(block.iter(w("r")))
    start, end = make("commentRangeStart"), make("commentRangeEnd")
    for mark in (start, end):
        mark.set(w("id"), id_)
    run.addprevious(start)
    run.addnext(end)
    reference = make("r")
    etree.SubElement(reference, w("commentReference")).set(w("id"), id_)
    end.addnext(reference)
    add_comment(draft, id_, "We can't accept this.")
    return [("comment", "comment", section)]


_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def add_comment(draft: Draft, id_: str, text: str) -> None:
    name = "word/comments.xml"
    if name not in draft.parts:
        draft.parts[name] = serialize_xml(make("comments"))
        types = etree.fromstring(draft.parts["[Content_Types].xml"])
        etree.SubElement(types, f"{{{types.nsmap[None]}}}Override", PartName=f"/{name}", ContentType=_COMMENTS)
        draft.parts["[Content_Types].xml"] = serialize_xml(types)
        rels_name = "word/_rels/document.xml.rels"
        rels = etree.fromstring(draft.parts[rels_name])
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
        etree.SubElement(rels, f"{{{rels.nsmap[None]}}}Relationship", Id="rIdComments", Type=kind, Target="comments.xml")
        draft.parts[rels_name] = serialize_xml(rels)
    root = etree.fromstring(draft.parts[name])
    element = etree.SubElement(root, w("comment"))
    for key, value in (("id", id_), ("author", AUTHOR), ("date", DATE)):
        element.set(w(key), value)
    paragraph = etree.SubElement(element, w("p"))
    etree.SubElement(etree.SubElement(paragraph, w("r")), w("t")).text = text
    draft.parts[name] = serialize_xml(root)


def change_term_everywhere(draft: Draft, term: str = "Provider", new: str = "Supplier") -> list[Expected]:
    for words in draft.root.iter(w("t")):
        if words.text:
            words.text = re.sub(rf"\b{term}\b", new, words.text)
    return [("silent", "term", new)]


def change_header(draft: Draft) -> list[Expected]:
    name = next(n for n in sorted(draft.parts) if re.fullmatch(r"word/header\d+\.xml", n) and b"<w:t" in draft.parts[n])
    old = draft.parts[name]
    new = re.sub(rb"(<w:t[^>]*>)[^<]+", rb"\1Revised terms", old, count=1)
    for other in draft.parts:
        if re.fullmatch(r"word/header\d+\.xml", other):
            draft.parts[other] = re.sub(rb"(<w:t[^>]*>)[^<]+", rb"\1Revised terms", draft.parts[other], count=1)
    assert new != old
    return [("silent", "reworded", "file")]


def wrong_reference(draft: Draft) -> list[Expected]:
    """The number that a live reference shows is typed over."""
    for section, blocks in draft.sections().items():
        for block in blocks[1:]:
            separates = [c for c in block.iter(w("fldChar")) if c.get(w("fldCharType")) == "separate"]
            if block.tag == w("p") and block not in draft.used and separates:
                shown = separates[0].getparent().getnext()
                next(shown.iter(w("t"))).text = "97.8"
                draft.used.add(block)
                return [("silent", "field", section)]
    raise AssertionError("no reference to change")


SILENT: tuple[Callable[[Draft], list[Expected]], ...] = (
    change_number,
    change_number_in_split_runs,
    delete_sentence,
    add_words,
    delete_paragraph,
    paste_paragraph,
    repeat_paragraph,
    split_paragraph,
    merge_paragraphs,
    move_paragraph,
    swap_clauses,
    delete_clause,
    retype_heading,
    edit_cell,
    hide_words,
    comment,
    change_header,
    wrong_reference,
)
TRACKED: tuple[Callable[[Draft], list[Expected]], ...] = (
    change_number_tracked,
    delete_sentence_tracked,
    delete_paragraph_tracked,
    paste_paragraph_tracked,
)
EDITS = (*SILENT, *TRACKED)


# --------------------------------------------------------------------------------------------------- what programs do


def strip_anchors(draft: Draft) -> None:
    """Every bookmark gone, as after a passage through some editors."""
    for mark in list(draft.root.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        mark.getparent().remove(mark)


def flatten_styles(draft: Draft) -> None:
    """Every paragraph in the default style, its number typed as text."""
    from ccclauses.read.docx import read_docx

    document = read_docx(draft.package(), view="all")
    numbers = iter([p for b in document.blocks for p in _paragraphs(b)])
    for element in _elements(draft.body):
        read = next(numbers)
        if read.number:
            run = make("r")
            words = etree.SubElement(run, w("t"))
            words.text = read.number + "\t"
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            marks = element.find(f"{w('pPr')}/{w('rPr')}")
            marked = None if marks is None else next((m for m in marks if m.tag in (w("ins"), w("del"))), None)
            if marked is not None:  # a paragraph that comes or goes takes its number with it
                mark = tracked(marked.tag.rpartition("}")[2])
                mark.append(run)
                words.tag = w("delText") if marked.tag == w("del") else w("t")
                run = mark
            properties = element.find(w("pPr"))
            properties.addnext(run) if properties is not None else element.insert(0, run)
        for properties in element.findall(w("pPr")):
            for child in properties:
                if child.tag != w("rPr"):
                    properties.remove(child)


def _paragraphs(block) -> list:  # type: ignore[no-untyped-def, type-arg]
    return [p for cell in block.cells for p in cell] if hasattr(block, "cells") else [block]


def _elements(body: etree._Element) -> Iterator[etree._Element]:
    return body.iter(w("p"))


def plain_fields(draft: Draft) -> None:
    """Fields become the text that they show, as after a copy and paste as text."""
    for element in list(draft.root.iter(w("fldChar"), w("instrText"))):
        run = element.getparent()
        run.remove(element)
        if not [c for c in run if c.tag != w("rPr")]:
            run.getparent().remove(run)
    for link in list(draft.root.iter(w("hyperlink"))):
        place = link.getparent().index(link)
        for child in reversed(list(link)):
            link.getparent().insert(place, child)
        link.getparent().remove(link)


def rebuild(draft: Draft) -> None:
    """The file made anew by copy and paste: no anchors, no fields, no styles, numbers typed."""
    flatten_styles(draft)
    plain_fields(draft)
    strip_anchors(draft)


DISGUISES: dict[str, Callable[[Draft], None]] = {
    "as it is": lambda draft: None,
    "no anchors": strip_anchors,
    "no fields": plain_fields,
    "flattened": flatten_styles,
    "rebuilt": rebuild,
}
