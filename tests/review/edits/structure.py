"""Edits of whole paragraphs and clauses: gone, new, moved, split, merged, retitled."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from ccclauses.ooxml.namespaces import make, w

from .draft import (
    Draft,
    Expected,
    NotHere,
    mark_paragraph,
    sentences,
    set_text,
    several,
    text_of,
    track_runs,
    track_text,
    tracked,
    without_anchors,
)

NEW = "The Provider bears no liability of any kind for an event that a third party has caused, whatever its cause."
FOREIGN = (
    "Force majeure. Neither party answers for a delay that weather, war, strike or a failure of networks brings about."
)


# ------------------------------------------------------------------------------------- gone and new


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
    mark_paragraph(block, "del")


def delete_three_tracked(draft: Draft) -> list[Expected]:
    """Three paragraphs in a row are deleted with one stroke."""
    section, blocks = _row_of(draft, 3)
    for block in blocks:
        track_runs(block, "del")
        mark_paragraph(block, "del")
    return [("tracked", "deleted", section)] * 3


def _pasted(draft: Draft, text: str) -> tuple[str, etree._Element]:
    section, block = draft.paragraph()
    copy = without_anchors(deepcopy(block))
    set_text(copy, f"{text} ({draft.random.randint(100, 999)})")
    block.addnext(copy)
    draft.used.add(copy)
    return section, copy


def paste_paragraph(draft: Draft) -> list[Expected]:
    section, _ = _pasted(draft, NEW)
    return [("silent", "new", section)]


def paste_foreign_paragraph(draft: Draft) -> list[Expected]:
    """A paragraph of another document, with a style that this file does not have and direct formatting."""
    section, copy = _pasted(draft, FOREIGN)
    properties = copy.find(w("pPr"))
    for child in list(properties):
        properties.remove(child)
    style = etree.SubElement(properties, w("pStyle"))
    style.set(w("val"), "OtherBodyText")
    run = next(copy.iter(w("r")))
    bold = make("rPr")
    bold.append(make("b"))
    run.insert(0, bold)
    return [("silent", "new", section)]


def paste_paragraph_tracked(draft: Draft) -> list[Expected]:
    section, copy = _pasted(draft, NEW)
    track_runs(copy, "ins")
    mark_paragraph(copy, "ins")
    return [("tracked", "new", section)]


def repeat_paragraph(draft: Draft) -> list[Expected]:
    """A paragraph pasted twice."""
    section, block = draft.paragraph()
    copy = without_anchors(deepcopy(block))
    block.addnext(copy)
    draft.used.add(copy)
    return [("silent", "new", section)]


def delete_clause(draft: Draft) -> list[Expected]:
    # A text box that goes with its clause is a finding of its own.
    section, blocks = draft.clause(fits=lambda bs: not any(True for b in bs for _ in b.iter(w("pict"))))
    for block in blocks:
        block.getparent().remove(block)
    return [("silent", "deleted", section)]


def delete_clause_tracked(draft: Draft) -> list[Expected]:
    section, blocks = draft.clause()
    for block in blocks:
        if block.tag == w("tbl"):
            for row in block.iter(w("tr")):
                _mark_row(row, "del")
        track_runs(block, "del")
        if block.tag == w("p"):
            mark_paragraph(block, "del")
    # A note or a text box that goes with its clause is a finding of its own: its words stand apart.
    beside = sum(1 for b in blocks for _ in b.iter(w("footnoteReference"), w("endnoteReference"), w("txbxContent")))
    return [("tracked", "deleted", section), *[("tracked", "deleted", "file")] * beside]


def _mark_row(row: etree._Element, kind: str) -> None:
    properties = row.find(w("trPr"))
    if properties is None:
        properties = make("trPr")
        row.insert(0, properties)
    properties.append(tracked(kind))


def _added(draft: Draft) -> list[etree._Element]:
    _, blocks = draft.clause(fits=lambda bs: bs[1].tag == w("p"))
    after = blocks[-1]
    made = []
    for text, like in (("Relief from duties", blocks[0]), (NEW, blocks[1]), (FOREIGN, blocks[1])):
        copy = without_anchors(deepcopy(like))
        for child in list(copy):
            if child.tag != w("pPr"):
                copy.remove(child)
        etree.SubElement(etree.SubElement(copy, w("r")), w("t")).text = text
        after.addnext(copy)
        after = copy
        made.append(copy)
    draft.used.update(made)
    return made


def add_clause(draft: Draft) -> list[Expected]:
    _added(draft)
    return [("silent", "new", "heading:relief-from-duties")]


def add_clause_tracked(draft: Draft) -> list[Expected]:
    for block in _added(draft):
        track_runs(block, "ins")
        mark_paragraph(block, "ins")
    return [("tracked", "new", "heading:relief-from-duties")]


# ------------------------------------------------------------------------------------- split and merged


def _split(draft: Draft, least: int = 4) -> tuple[str, etree._Element, etree._Element]:
    """A paragraph cut at the end of its first sentence: the new first part, and the rest, which keeps the mark."""
    section, block = draft.paragraph(lambda t: several(t) and all(len(s.split()) >= least for s in sentences(t)))
    first, *rest = sentences(text_of(block))
    copy = without_anchors(deepcopy(block))
    set_text(block, first)
    set_text(copy, " ".join(rest))
    block.addnext(copy)
    draft.used.add(copy)
    return section, block, copy


def split_paragraph(draft: Draft) -> list[Expected]:
    section, _, _ = _split(draft)
    return [("silent", "split", section)]


def split_paragraph_tracked(draft: Draft) -> list[Expected]:
    """As Word tracks it: a paragraph mark is new, and so is the space that a person deletes."""
    section, first, rest = _split(draft)
    mark_paragraph(first, "ins")
    gone = deepcopy(next(rest.iter(w("r"))))
    set_text(gone, " ")
    for words in gone.iter(w("t")):
        words.tag = w("delText")
    mark = tracked("del")
    mark.append(gone)
    next(rest.iter(w("r"))).addprevious(mark)
    return [("tracked", "split", section)]


def split_and_edit(draft: Draft) -> list[Expected]:
    """A paragraph is split, and the second part goes on in other words; beside fewer words of its own it'd be a new one."""
    section, _, rest = _split(draft, least=8)
    set_text(rest, text_of(rest).rstrip(".") + ", where the Provider agrees.")
    return [("silent", "split", section)]


def _row_of(draft: Draft, count: int) -> tuple[str, list[etree._Element]]:
    """Paragraphs of one run that follow each other in a clause."""
    found = []
    for section, blocks in draft.sections().items():
        for at in range(1, len(blocks) - count + 1):
            row = blocks[at : at + count]
            plain = all(b.tag == w("p") and len(list(b.iter(w("r")))) == 1 and len(text_of(b)) > 60 for b in row)
            if plain and not draft.used & set(row) and all(a.getnext() is b for a, b in zip(row, row[1:])):
                found.append((section, row))
    if not found:
        raise NotHere
    section, row = draft.random.choice(found)
    draft.used.update(row)
    return section, row


def merge_paragraphs(draft: Draft) -> list[Expected]:
    section, (a, b) = _row_of(draft, 2)
    set_text(a, f"{text_of(a)} {text_of(b)}")
    b.getparent().remove(b)
    return [("silent", "merged", section)]


def merge_paragraphs_tracked(draft: Draft) -> list[Expected]:
    """As Word tracks it: the mark of the first is gone, and a space is typed in its place."""
    section, (a, b) = _row_of(draft, 2)
    space = deepcopy(next(a.iter(w("r"))))
    set_text(space, " ")
    mark = tracked("ins")
    mark.append(space)
    list(a.iter(w("r")))[-1].addnext(mark)
    mark_paragraph(a, "del")
    return [("tracked", "merged", section)]


# ------------------------------------------------------------------------------------- moved


def move_paragraph(draft: Draft) -> list[Expected]:
    """A paragraph goes to the other end of its clause, or to another clause where its own is short."""
    section, block = draft.paragraph()
    blocks = [b for b in draft.sections()[section][1:] if b.tag == w("p")]
    place = blocks.index(block)
    if len(blocks) < 4 or max(place, len(blocks) - 1 - place) < 2:
        return _moved_away(draft, section, block)
    (blocks[-1] if place < len(blocks) / 2 else draft.sections()[section][0]).addnext(block)
    return [("silent", "moved", section)]


def _moved_away(draft: Draft, section: str, block: etree._Element) -> list[Expected]:
    other = [
        b
        for s, bs in draft.sections().items()
        if s != section
        for b in bs[2:]
        if b.tag == w("p") and b not in draft.used
    ]
    draft.random.choice(other).addnext(block)
    return [("silent", "moved", section)]


def move_paragraph_to_another_clause(draft: Draft) -> list[Expected]:
    section, block = draft.paragraph()
    return _moved_away(draft, section, block)


def move_and_edit(draft: Draft) -> list[Expected]:
    """A paragraph goes to another clause and is edited on the way."""
    section, block = draft.paragraph(lambda t: len(t) > 100 and " shall " in t)
    set_text(block, text_of(block).replace(" shall ", " may ", 1))
    return _moved_away(draft, section, block)


def move_paragraph_tracked(draft: Draft) -> list[Expected]:
    """As Word tracks a move: moveFrom where it stood, moveTo where it stands, under one name."""
    section, block = draft.paragraph()
    copy = without_anchors(deepcopy(block))
    _moved_away(draft, section, copy)
    draft.used.add(copy)
    name = f"move{draft.random.randint(1, 10**6)}"
    for paragraph, kind in ((block, "moveFrom"), (copy, "moveTo")):
        track_runs(paragraph, kind)
        mark_paragraph(paragraph, kind)
        start, end = tracked(f"{kind}RangeStart"), make(f"{kind}RangeEnd")
        start.set(w("name"), name)
        end.set(w("id"), start.get(w("id")))
        paragraph.insert(1, start)
        paragraph.append(end)
    return [("tracked", "moved", section)]


def cut_and_paste_tracked(draft: Draft) -> list[Expected]:
    """A paragraph moved by cut and paste, tracked as a deletion and an insertion."""
    section, block = draft.paragraph()
    copy = without_anchors(deepcopy(block))
    _moved_away(draft, section, copy)
    draft.used.add(copy)
    track_deletion(block)
    track_runs(copy, "ins")
    mark_paragraph(copy, "ins")
    return [("tracked", "moved", section)]


def swap_paragraphs(draft: Draft) -> list[Expected]:
    """Two neighbours change places: one of them counts as moved."""
    section, (a, b) = _row_of(draft, 2)
    a.addprevious(b)
    return [("silent", "moved", section)]


def swap_clauses(draft: Draft) -> list[Expected]:
    """Two clauses beside each other change places; the shorter one counts as moved."""
    sections = list(draft.sections().items())
    pairs = [
        (a, b)
        for a, b in zip(sections, sections[1:])
        if not draft.used & {*a[1], *b[1]} and units(a[1]) != units(b[1]) and a[1][-1].getnext() is b[1][0]
    ]
    if not pairs:
        raise NotHere
    (one, first), (other, second) = draft.random.choice(pairs)
    draft.used.update((*first, *second))
    for block in second:
        first[0].addprevious(block)
    return [("silent", "moved", one if units(first) < units(second) else other)]


def units(blocks: list[etree._Element]) -> int:
    return sum(len(list(b.iter(w("tr")))) if b.tag == w("tbl") else 1 for b in blocks)


# ------------------------------------------------------------------------------------- headings and numbers


def retype_heading(draft: Draft) -> list[Expected]:
    section, blocks = draft.clause()
    set_text(blocks[0], f"{text_of(blocks[0])} and related matters")
    return [("silent", "retitled", section)]


def retype_heading_tracked(draft: Draft) -> list[Expected]:
    section, blocks = draft.clause()
    track_text(blocks[0], "Matters of good faith")
    return [("tracked", "retitled", section)]


def replace_heading(draft: Draft) -> list[Expected]:
    section, blocks = draft.clause()
    set_text(blocks[0], "Matters of good faith")
    return [("silent", "retitled", section)]


def type_a_number(draft: Draft) -> list[Expected]:
    """Counting is switched off for the last paragraph of a clause, and another number is typed."""
    found = [
        (s, bs[-1])
        for s, bs in draft.sections().items()
        if bs[-1].tag == w("p")
        and bs[-1] not in draft.used
        and len(list(bs[-1].iter(w("r")))) == 1
        and len(text_of(bs[-1])) > 60
    ]
    if not found:
        raise NotHere
    section, block = draft.random.choice(found)
    draft.used.add(block)
    properties = block.find(w("pPr"))
    counting = make("numPr")
    number = etree.SubElement(counting, w("numId"))
    number.set(w("val"), "0")
    properties.find(w("pStyle")).addnext(counting)
    set_text(block, f"99.{draft.random.randint(20, 80)} {text_of(block)}")
    return [("silent", "renumbered", section)]
