"""Tracked edits of paragraphs in place, of their words and of the marks between them; earlier changes stay as they are.

A run that another author inserted is deleted inside that insertion (ECMA-376 Part 1, 17.13.5.14 and 17.13.5.18), so
that each change keeps its author.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from ...compare.wording import change_words
from ...ooxml.namespaces import XML_SPACE, make, w
from ...ooxml.shown.colours import Theme
from ...ooxml.shown.shown import form_choice, text_of
from ...ooxml.style_sheet import StyleSheet
from ...read.word.looks import Ground, Looks
from ...redline.text.marks import Marker, mark_paragraph

_GONE = frozenset({w("del"), w("moveFrom")})
_ADDED = frozenset({w("ins"), w("moveTo")})
_SIGNS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "\u2011"}
_OWN, _PAGE = Looks(StyleSheet(None), Theme.of(None)), Ground()  # formatting of a run's own, whatever its styles say
MARK = "\uf8ff"  # a paragraph mark is in a text as one private character
_FIRST_FIELD = 0xE000  # fields are in a text as one private character each


@dataclass(slots=True)
class Piece:
    """Words of one run, or a whole field, as they are in a paragraph."""

    runs: list[etree._Element]
    text: str
    shown: str = ""  # of a field: what it shows


class Fields:
    """One private character for each field, the same for equal codes on both sides.

    With `shown`, fields are distinguished by what they show too.
    """

    def __init__(self, *, shown: bool = False) -> None:
        self.known: dict[tuple[str, str], str] = {}
        self.shown = shown

    def character(self, code: str, shown: str) -> str:
        """The character that represents a field of that code."""
        key = (" ".join(code.split()), " ".join(shown.split()) if self.shown else "")
        return self.known.setdefault(key, chr(_FIRST_FIELD + len(self.known)))


def pieces(paragraph: etree._Element, fields: Fields) -> list[Piece]:
    """The words of a paragraph that are not deleted, run by run; runs are split until each holds one text or sign."""
    out: list[Piece] = []
    open_: list[etree._Element] | None = None
    depth, code, shown, seen_end = 0, "", "", False
    for run in list(runs_of(paragraph)):
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
                    out.append(Piece([single], fields.character(f"unseen {text}", "") if _is_unseen(single) else text))
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
                    out.append(Piece(open_, fields.character(code, shown), shown))
                    open_ = None
    return out


def runs_of(element: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph that are not deleted, whatever holds them."""
    for child in element:
        if child.tag == w("r"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _GONE and child.tag not in (w("pPr"), w("p")):
            yield from runs_of(child)


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


def _is_unseen(run: etree._Element) -> bool:
    """Whether the words of a run can't be seen, or are struck through, by its own formatting: they don't equal plain ones."""
    properties = run.find(w("rPr"))
    if properties is None:
        return False
    look = _OWN.of(properties, "", _PAGE, None)
    return look.hidden or look.faint or look.struck


def _text(run: etree._Element) -> str:
    return "".join(text_of(c) if c.tag == w("t") else _SIGNS.get(c.tag, "") for c in run)


# ------------------------------------------------------------------------------------- edits


def stream(paragraphs: Sequence[etree._Element], fields: Fields) -> list[Piece]:
    """The words of neighbouring paragraphs, with a sign for each mark between them that is not deleted."""
    out: list[Piece] = []
    for number, paragraph in enumerate(paragraphs):
        out += pieces(paragraph, fields)
        if number < len(paragraphs) - 1 and not is_deleted(paragraph):
            out.append(Piece([paragraph], MARK))
    return out


def is_deleted(paragraph: etree._Element) -> bool:
    """Whether a paragraph's mark is deleted, so that the paragraph is gone or runs into the next."""
    marks = paragraph.find(f"{w('pPr')}/{w('rPr')}")
    return marks is not None and any(m.tag in _GONE for m in marks)


def rewrite(
    paragraphs: Sequence[etree._Element], wanted: Sequence[Piece], fields: Fields, marker: Marker
) -> list[tuple[etree._Element, etree._Element]]:
    """Track the changes that make the words of neighbouring paragraphs, and where each ends, those of `wanted`.

    Return each paragraph of `wanted` whose mark had to be put in, with the paragraph that it became.
    """
    have = stream(paragraphs, fields)
    at, target = 0, 0
    here = _Place(list(paragraphs), marker)
    for word in change_words("".join(p.text for p in have), "".join(p.text for p in wanted)):
        gone = len(word.before) if word.kind != "insert" else 0
        taken = list(cut(have, at, at + gone))
        at += gone
        if word.kind == "equal":
            target += len(word.after)
        for piece in taken:
            here.passed(piece, deleted=word.kind != "equal")
        if word.kind != "equal" and word.after:
            for piece in cut(loose(wanted), target, target + len(word.after)):
                here.insert(piece)
            target += len(word.after)
    return here.parted


class _Place:
    """Where an edit stands: in which paragraph, and behind which element of it."""

    def __init__(self, paragraphs: list[etree._Element], marker: Marker) -> None:
        self.paragraphs, self.marker = paragraphs, marker
        self.last: etree._Element | None = None
        self.open: etree._Element | None = None  # our insertion that goes on here
        self.parted: list[tuple[etree._Element, etree._Element]] = []

    def passed(self, piece: Piece, *, deleted: bool) -> None:
        """Go behind what is there, and track its deletion."""
        self.open = None
        if piece.text == MARK:
            if deleted:
                mark_paragraph(piece.runs[0], "del", self.marker)
            del self.paragraphs[: self.paragraphs.index(piece.runs[0]) + 1]
            self.last = None
        for run in piece.runs if piece.text != MARK else ():
            self.last = delete_run(run, self.marker) if deleted else run

    def insert(self, piece: Piece) -> None:
        """Track the insertion of words, a field or a paragraph mark."""
        if piece.text == MARK:
            self._split(piece.runs[0])
            return
        runs = _copy(piece, self.last)
        if self.open is None:
            self.open = _insert(runs, self.last, self.paragraphs[0], self.marker)
        else:
            self.open.extend(runs)
        self.last = self.open

    def _split(self, like: etree._Element) -> None:
        """Put a paragraph mark here, its properties those of a paragraph as sent; what is behind keeps its own."""
        behind = self._paragraph()
        first = make("p")
        properties = like.find(w("pPr"))
        if properties is not None:
            first.append(deepcopy(properties))
            for child in first[0].findall(w("rPr")) + first[0].findall(w("sectPr")) + first[0].findall(w("pPrChange")):
                first[0].remove(child)
        if self.last is not None:
            top = _split_after(self.last, behind, self.marker)
            first.extend([c for c in behind[: behind.index(top) + 1] if c.tag != w("pPr")])
        mark_paragraph(first, "ins", self.marker)
        behind.addprevious(first)
        self.parted.append((like, first))
        self.last = self.open = None

    def _paragraph(self) -> etree._Element:
        """The paragraph of the place; of those that run into each other, the one that holds the element before it."""
        if self.last is None:
            return self.paragraphs[0]
        return next(self.last.iterancestors(w("p")))


def _split_after(element: etree._Element, paragraph: etree._Element, marker: Marker) -> etree._Element:
    """Part what holds an element behind it; return the child of the paragraph that ends with it."""
    while element.getparent() is not paragraph:
        parent = element.getparent()
        rest = list(element.itersiblings())
        if rest:
            second = etree.Element(parent.tag, attrib=dict(parent.attrib), nsmap=parent.nsmap)
            if parent.tag in _ADDED:
                second.set(w("id"), marker.number())
            second.extend(rest)
            parent.addnext(second)
        element = parent
    return element


def loose(wanted: Sequence[Piece]) -> list[Piece]:
    """Copies of the pieces, which may be cut without harm to where they came from."""
    holder = make("p")
    out = []
    for piece in wanted:
        runs = [deepcopy(r) for r in piece.runs]
        holder.extend(runs)
        out.append(Piece(runs, piece.text, piece.shown))
    return out


def cut(have: list[Piece], start: int, end: int) -> Iterator[Piece]:
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


# What was tracked there, and what may hide words or strike them through.
_NOT_COPIED = ("rPrChange", "vanish", "color", "sz", "szCs", "strike", "dstrike")


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
            for name in _NOT_COPIED:
                for child in copy.findall(w(name)):
                    copy.remove(child)
            run.insert(0, copy)
    return runs


def delete_run(run: etree._Element, marker: Marker) -> etree._Element:
    """Track the deletion of a run; return what now is in its place."""
    mark = marker.element("del")
    run.addprevious(mark)
    mark.append(run)
    for old, new in (("t", "delText"), ("instrText", "delInstrText")):
        for text in run.iter(w(old)):
            text.tag = w(new)
    return mark


def _insert(
    runs: list[etree._Element], after: etree._Element | None, paragraph: etree._Element, marker: Marker
) -> etree._Element:
    """Track the insertion of runs behind an element, or at the start of the paragraph."""
    mark = marker.element("ins")
    mark.extend(runs)
    if after is None:
        properties = paragraph.find(w("pPr"))
        paragraph.insert(0 if properties is None else 1, mark)
        return mark
    if after.getparent().tag in _ADDED:  # ours is between the two halves of their insertion, never inside it
        after = _split_after(after, after.getparent().getparent(), marker)
    after.addnext(mark)
    return mark
