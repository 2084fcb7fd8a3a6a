"""Tracked edits of single paragraphs and rows in place: the changes that already stand in them stay as they are.

A run that another author inserted is deleted inside that insertion (ECMA-376 Part 1, 17.13.5.14 and 17.13.5.18), so
that each change keeps its author.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from ..compare.wording import change_words
from ..ooxml.namespaces import XML_SPACE, make, w
from ..ooxml.shown import form_choice, text_of
from ..redline.marks import Marker

_GONE = frozenset({w("del"), w("moveFrom")})
_ADDED = frozenset({w("ins"), w("moveTo")})
_SIGNS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "\u2011"}
_FIRST_FIELD = 0xE000  # fields stand in a text as one private character each


@dataclass(slots=True)
class Piece:
    """Words of one run, or a whole field, as they stand in a paragraph."""

    runs: list[etree._Element]
    text: str
    shown: str = ""  # of a field: what it shows


class Fields:
    """One private character for each field, the same for equal codes on both sides."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def character(self, code: str) -> str:
        """The character that stands for a field of that code."""
        return self.known.setdefault(" ".join(code.split()), chr(_FIRST_FIELD + len(self.known)))


def pieces(paragraph: etree._Element, fields: Fields) -> list[Piece]:
    """The words of a paragraph that are not deleted, run by run; runs are split until each holds one text or sign."""
    out: list[Piece] = []
    open_: list[etree._Element] | None = None
    depth, code, shown, seen_end = 0, "", "", False
    for run in list(_runs(paragraph)):
        for single in _single(run):
            mark = single.find(w("fldChar"))
            kind = mark.get(w("fldCharType"), "") if mark is not None else ""
            if kind == "begin":
                depth += 1
                if depth == 1:
                    open_, code, shown, seen_end = [], f"{form_choice(mark)} ", "", False
            if open_ is None:
                text = _text(single)
                if text:
                    out.append(Piece([single], text))
                continue
            open_.append(single)
            if kind == "separate":
                seen_end = True
            elif seen_end:
                shown += _text(single)
            else:
                code += "".join(t.text or "" for t in single.iter(w("instrText")))
            if kind == "end":
                depth -= 1
                if not depth:
                    out.append(Piece(open_, fields.character(code), shown))
                    open_ = None
    return out


def _runs(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == w("r"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _GONE and child.tag not in (w("pPr"), w("p")):
            yield from _runs(child)


def _single(run: etree._Element) -> list[etree._Element]:
    """A run as runs of one child each, put in its place."""
    children = [c for c in run if c.tag != w("rPr")]
    if len(children) < 2:
        return [run]
    out = []
    properties = run.find(w("rPr"))
    for child in children:
        single = make("r")
        if properties is not None:
            single.append(deepcopy(properties))
        single.append(child)
        run.addprevious(single)
        out.append(single)
    run.getparent().remove(run)
    return out


def _text(run: etree._Element) -> str:
    return "".join(text_of(c) if c.tag == w("t") else _SIGNS.get(c.tag, "") for c in run)


# ------------------------------------------------------------------------------------- edits


def rewrite(paragraph: etree._Element, wanted: Sequence[Piece], fields: Fields, marker: Marker) -> None:
    """Track the changes that make the words of a paragraph those of `wanted`."""
    have = pieces(paragraph, fields)
    at, target = 0, 0
    last: etree._Element | None = None
    for word in change_words("".join(p.text for p in have), "".join(p.text for p in wanted)):
        gone = len(word.before) if word.kind != "insert" else 0
        taken = list(_cut(have, at, at + gone))
        at += gone
        if word.kind == "equal":
            last = taken[-1].runs[-1] if taken else last
            target += len(word.after)
            continue
        for piece in taken:
            for run in piece.runs:
                last = delete_run(run, marker)
        if word.after:
            new = [_copy(p, last) for p in _cut(_loose(wanted), target, target + len(word.after))]
            last = _insert([r for runs in new for r in runs], last, paragraph, marker)
            target += len(word.after)


def _loose(wanted: Sequence[Piece]) -> list[Piece]:
    """Copies of the pieces, which may be cut without harm to where they came from."""
    holder = make("p")
    out = []
    for piece in wanted:
        runs = [deepcopy(r) for r in piece.runs]
        holder.extend(runs)
        out.append(Piece(runs, piece.text, piece.shown))
    return out


def _cut(have: list[Piece], start: int, end: int) -> Iterator[Piece]:
    """The pieces of a stretch of text; those at its ends are split."""
    at = 0
    index = 0
    while index < len(have):
        piece = have[index]
        size = len(piece.text)
        for cut in (start - at, end - at):
            if 0 < cut < size:
                have[index : index + 1] = _halves(piece, cut)
                piece = have[index]
                size = len(piece.text)
        if start <= at and at + size <= end and size:
            yield piece
        at += size
        index += 1


def _halves(piece: Piece, cut: int) -> list[Piece]:
    run = piece.runs[0]
    second = deepcopy(run)
    for half, words in ((run, piece.text[:cut]), (second, piece.text[cut:])):
        text = half.find(w("t"))
        text.text = words
        text.set(XML_SPACE, "preserve")
    run.addnext(second)
    return [Piece([run], piece.text[:cut]), Piece([second], piece.text[cut:])]


def _copy(piece: Piece, like: etree._Element | None) -> list[etree._Element]:
    """The runs of a piece to be inserted, looking like their neighbour."""
    look = like.find(f".//{w('rPr')}") if like is not None else None
    runs = [deepcopy(r) for r in piece.runs]
    for run in runs:
        old = run.find(w("rPr"))
        if old is not None and look is not None:
            run.remove(old)
        if look is not None:
            copy = deepcopy(look)
            for change in copy.findall(w("rPrChange")):
                copy.remove(change)
            run.insert(0, copy)
    return runs


def delete_run(run: etree._Element, marker: Marker) -> etree._Element:
    """Track the deletion of a run; return what now stands in its place."""
    mark = marker.element("del")
    run.addprevious(mark)
    mark.append(run)
    for old, new in (("t", "delText"), ("instrText", "delInstrText")):
        for text in run.iter(w(old)):
            text.tag = w(new)
    return mark


def _insert(runs: list[etree._Element], after: etree._Element | None, paragraph: etree._Element, marker: Marker) -> etree._Element:
    """Track the insertion of runs behind an element, or at the start of the paragraph."""
    mark = marker.element("ins")
    mark.extend(runs)
    if after is None:
        properties = paragraph.find(w("pPr"))
        paragraph.insert(0 if properties is None else 1, mark)
        return mark
    place = after
    parent = place.getparent()
    if parent.tag in _ADDED:
        # Ours stands between the two halves of their insertion, never inside it.
        rest = list(place.itersiblings())
        if rest:
            second = deepcopy(parent)
            for child in list(second):
                second.remove(child)
            second.extend(rest)
            parent.addnext(second)
        place = parent
    place.addnext(mark)
    return mark


def delete_paragraph(paragraph: etree._Element, marker: Marker) -> None:
    """Track the deletion of a paragraph with its mark."""
    for run in list(_runs(paragraph)):
        delete_run(run, marker)
    _mark(paragraph, "del", marker)


def inserted_paragraph(source: etree._Element, marker: Marker, bookmarks: Mapping[str, etree._Element]) -> etree._Element:
    """A copy of a paragraph as a tracked insertion; `bookmarks` are those that the file has, by name.

    Of a bookmark that stands in a paragraph whose deletion is tracked, the start moves to the copy: whichever of the two
    stays in the end, references find it.
    """
    copy = deepcopy(source)
    ids: dict[str, str] = {}
    moved = []
    for mark in list(copy.iter(w("bookmarkStart"))):
        known = bookmarks.get(mark.get(w("name"), ""))
        if known is None:
            ids[mark.get(w("id"), "")] = marker.number()
        elif _is_deleted(known):
            moved.append(known)
    for mark in list(copy.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        id_ = mark.get(w("id"), "")
        if id_ in ids:
            mark.set(w("id"), ids[id_])
        else:
            mark.getparent().remove(mark)
    place = 0 if copy.find(w("pPr")) is None else 1
    copy[place:place] = moved
    for section in copy.findall(f"{w('pPr')}/{w('sectPr')}"):
        section.getparent().remove(section)
    for run in list(_runs(copy)):
        mark = marker.element("ins")
        run.addprevious(mark)
        mark.append(run)
    _mark(copy, "ins", marker)
    return copy


def _is_deleted(bookmark: etree._Element) -> bool:
    """Whether the paragraph around a bookmark is deleted with its mark."""
    paragraph = next(bookmark.iterancestors(w("p")), None)
    return paragraph is not None and paragraph.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is not None


def inserted_row(source: etree._Element, marker: Marker, bookmarks: Mapping[str, etree._Element]) -> etree._Element:
    """A copy of a table row as a tracked insertion."""
    copy = deepcopy(source)
    for paragraph in list(copy.iter(w("p"))):
        paragraph.getparent().replace(paragraph, inserted_paragraph(paragraph, marker, bookmarks))
    mark_row(copy, "ins", marker)
    return copy


def delete_row(row: etree._Element, marker: Marker) -> None:
    """Track the deletion of a table row."""
    for paragraph in row.iter(w("p")):
        for run in list(_runs(paragraph)):
            delete_run(run, marker)
    mark_row(row, "del", marker)


def mark_row(row: etree._Element, kind: str, marker: Marker) -> None:
    """Say that a row is new or gone; its properties are made where it has none."""
    properties = row.find(w("trPr"))
    if properties is None:
        properties = make("trPr")
        exceptions = row.find(w("tblPrEx"))
        row.insert(0 if exceptions is None else 1, properties)
    change = properties.find(w("trPrChange"))
    element = marker.element(kind)
    if change is not None:
        change.addprevious(element)
    else:
        properties.append(element)


def _mark(paragraph: etree._Element, kind: str, marker: Marker) -> None:
    """Say that the paragraph's mark is new or gone; another author's word on it stays."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = make("pPr")
        paragraph.insert(0, properties)
    run = properties.find(w("rPr"))
    if run is None:
        run = make("rPr")
        later = next((c for c in properties if c.tag in (w("sectPr"), w("pPrChange"))), None)
        if later is not None:
            later.addprevious(run)
        else:
            properties.append(run)
    first = [c for c in run if c.tag == w("ins")] if kind == "del" else []
    run.insert(len(first), marker.element(kind))
