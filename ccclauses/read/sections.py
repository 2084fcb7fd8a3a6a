"""ReadDocument → its headings and its parts: title page, clauses, definitions, schedules. Every command cuts a file here.

Ours are distinguished by their anchors. Where those were stripped, headings do it: by style, else, in a file without any
heading in a style, by a number on the first level in front of a short line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from .word.document import ReadBlock, ReadDocument, ReadParagraph

Kind = Literal["front", "clause", "schedule", "definitions", "heading"]
CLAUSE_ANCHOR, SCHEDULE_ANCHOR, DEFINITION_ANCHOR = "_cc_", "_cs_", "_cd_"
LONGEST_HEADING = 14  # words; a longer line with a typed number is a paragraph

_NOUN = (
    r"§|Article|ARTICLE|Section|SECTION|Clause|CLAUSE|Schedule|SCHEDULE|Exhibit|EXHIBIT|Appendix|APPENDIX|Annex|ANNEX"
)
_TYPED = re.compile(
    rf"\s*(?P<number>(?:(?:{_NOUN})\s?)?(?:\d{{1,3}}(?:\.\d{{1,3}})+\.?|\d{{1,3}}\.(?=\s)|\d{{1,3}}(?=\t))"
    rf"|(?:{_NOUN})\s?(?:\d{{1,3}}|[A-Z])\.?(?=[\s:–-])"
    r"|\((?:[a-z]{1,3}|[ivxl]{1,6}|\d{1,2})\)|(?:[a-z]|[ivx]{1,4})\)|[IVXL]{1,6}\.)[\s:–-]+(?=\S)"
)
_LOOSE = re.compile(r"\s*(?P<number>\d{1,3})\s+(?=\S)")
_FIRST_LEVEL = re.compile(rf"(?:(?:{_NOUN})\s?)?\d{{1,3}}\.?|[IVXL]{{1,6}}\.")
_SCHEDULE = re.compile(
    r"(?P<number>(?:Schedule|Exhibit|Appendix|Annex|Anlage|Annexe|SCHEDULE|EXHIBIT|APPENDIX|ANNEX)\s+[A-Z0-9]{1,3})\b[\s:.–-]*(?P<title>.*)"
)
_SHORTENED = re.compile(r".{31}_[0-9a-f]{8}")  # an anchor that was too long for Word
_NAMED = ("definitions", "signatures", "key terms", "contents")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What makes a paragraph a heading: of what kind of part, with which number, counted or typed, and which words."""

    kind: Kind
    id: str = ""  # the clause or schedule that its anchor names
    number: str = ""
    title: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a document: its heading, what kind of part that makes it, and the blocks under it.

    A clause that is `joined` to the one before has its heading, and its anchor in its first paragraph.
    """

    kind: Kind
    id: str = ""
    number: str = ""
    title: str = ""
    anchor: str = ""
    blocks: tuple[ReadBlock, ...] = ()
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Cuts:
    """How a document shows its headings: by our anchors, by styles, or, where it has neither, by numbers."""

    anchored: bool
    styled: bool

    @classmethod
    def of(cls, paragraphs: Iterable[ReadParagraph]) -> Cuts:
        """Look for the best sign that the headings of a document have."""
        found = list(paragraphs)
        return cls(any(map(_heading_anchor, found)), any(p.heading for p in found))

    def heading(self, paragraph: ReadParagraph) -> Heading | None:
        """The heading that a paragraph of the body is; None for any other."""
        text = " ".join(paragraph.text.split())
        listed = paragraph.style.casefold().startswith("toc") or paragraph.contents
        if not text or (not paragraph.heading and (listed or "\t" in paragraph.text.strip())):
            return None
        anchor = _heading_anchor(paragraph)
        if anchor:
            kind: Kind = "clause" if anchor.startswith(CLAUSE_ANCHOR) else "schedule"
            id_ = anchor[len(CLAUSE_ANCHOR) :].replace("_", "-")
            return Heading(kind=kind, id=id_, number=paragraph.number, title=text, anchor=anchor)
        if not paragraph.heading and (self.anchored or self.styled):
            return None
        schedule = _SCHEDULE.fullmatch(text) if len(text.split()) <= LONGEST_HEADING else None
        if _SCHEDULE.match(paragraph.number):
            return Heading(kind="schedule", number=paragraph.number, title=text)
        if schedule and (paragraph.heading or not text.endswith((".", ";"))):
            return Heading(kind="schedule", number=schedule["number"], title=schedule["title"] or text)
        number, title = (paragraph.number, text) if paragraph.number else typed_number(text, heading=True)
        if paragraph.heading:
            counted = number and (not self.anchored or not paragraph.number or paragraph.level in (0, 1))
            return Heading(kind="clause", number=number, title=title) if counted else _named(title, number)
        if len(text.split()) > LONGEST_HEADING or text.endswith((".", ";", ":", ",")):
            return None
        if paragraph.level == 1 or (not paragraph.level and _FIRST_LEVEL.fullmatch(number) and title[:1].isalpha()):
            return Heading(kind="clause", number=number, title=title)
        return _named(text) if text.casefold() in _NAMED else None


def headings(document: ReadDocument) -> dict[int, Heading]:
    """The headings of a document by their places among its blocks."""
    paragraphs = [(n, b) for n, b in enumerate(document.blocks) if isinstance(b, ReadParagraph)]
    cuts = Cuts.of(p for _, p in paragraphs)
    return {n: heading for n, p in paragraphs if (heading := cuts.heading(p))}


def typed_number(text: str, *, heading: bool = False) -> tuple[str, str]:
    """A number that was typed in front of a text, and the text without it; a heading may have one without a full stop."""
    found = _TYPED.match(text) or (_LOOSE.match(text) if heading else None)
    return (found["number"], text[found.end() :]) if found else ("", text)


def sections(document: ReadDocument) -> list[Section]:
    """The parts of a document in order; the first is what comes before any heading."""
    found = headings(document)
    out = [Section(kind="front")]
    blocks: list[list[ReadBlock]] = [[]]
    for place, block in enumerate(document.blocks):
        head = found.get(place)
        if head is None:
            blocks[-1].append(block)
            continue
        out.append(Section(kind=head.kind, id=head.id, number=head.number, title=head.title, anchor=head.anchor))
        blocks.append([])
    parts = [p for s, b in zip(out, blocks) for p in _divided(replace(s, blocks=tuple(b)))]
    return [s for s in parts if s.blocks or s.title]


def _divided(section: Section) -> Iterator[Section]:
    """A part with the clauses that are joined under its heading apart, where their anchors tell them."""
    starts = {
        n: a for n, b in enumerate(section.blocks) if isinstance(b, ReadParagraph) and (a := clause_anchor(b.anchors))
    }
    ends = [*starts, len(section.blocks)] if section.kind == "clause" else [len(section.blocks)]
    yield replace(section, blocks=section.blocks[: ends[0]])
    for start, end in zip(ends, ends[1:]):
        id_ = starts[start][len(CLAUSE_ANCHOR) :].replace("_", "-")
        yield replace(section, id=id_, anchor=starts[start], blocks=section.blocks[start:end], joined=True)


def clause_anchor(anchors: Iterable[str]) -> str:
    """The anchor of a clause among those of a paragraph; those of paragraphs name their label too, or end in a checksum."""
    own = (a for a in anchors if a.startswith(CLAUSE_ANCHOR))
    return next((a for a in own if "__" not in a and not _SHORTENED.fullmatch(a)), "")


def _heading_anchor(paragraph: ReadParagraph) -> str:
    """The anchor that makes a paragraph the heading of a clause or schedule; those of its paragraphs are longer."""
    for anchor in paragraph.anchors:
        if (
            anchor.startswith((CLAUSE_ANCHOR, SCHEDULE_ANCHOR))
            and "__" not in anchor
            and (paragraph.heading or paragraph.level == 1)
        ):
            return anchor
    return ""


def _named(title: str, number: str = "") -> Heading:
    """A heading that begins no clause."""
    return Heading(kind="definitions" if title.casefold() == "definitions" else "heading", number=number, title=title)
