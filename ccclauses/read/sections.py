"""ReadDocument → its parts: title page, clauses, definitions, schedules, each under its heading.

Ours are told apart by their anchors. Where those were stripped, headings do it: by style, else by a typed number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .document import ReadBlock, ReadDocument, ReadParagraph

Kind = Literal["front", "clause", "schedule", "definitions", "heading"]
CLAUSE_ANCHOR, SCHEDULE_ANCHOR, DEFINITION_ANCHOR = "_cc_", "_cs_", "_cd_"
LONGEST_HEADING = 14  # words; a longer line with a typed number is a paragraph

_TYPED = re.compile(
    r"(?P<number>(?:§|Article|ARTICLE|Section|SECTION|Clause|CLAUSE)\s*\d+\.?|\d{1,3}\.?|[IVXL]{1,6}\.)\s+(?P<title>[^\W\d_].*)",
    re.DOTALL,
)
_SCHEDULE = re.compile(
    r"(?P<number>(?:Schedule|Exhibit|Appendix|Annex|Anlage|Annexe|SCHEDULE|EXHIBIT|APPENDIX|ANNEX)\s+[A-Z0-9]{1,3})\b[\s:.–-]*(?P<title>.*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a document: its heading, what kind of part that makes it, and the blocks under it."""

    kind: Kind
    id: str = ""  # the clause or schedule that its anchor names
    number: str = ""
    title: str = ""
    anchor: str = ""
    blocks: tuple[ReadBlock, ...] = ()


def sections(document: ReadDocument, style_names: Iterable[str] = ()) -> list[Section]:
    """The parts of a document in order; the first is what stands before any heading."""
    anchored = any(_heading_anchor(b) for b in document.blocks if isinstance(b, ReadParagraph))
    out: list[Section] = []
    head = Section(kind="front")
    blocks: list[ReadBlock] = []
    for block in document.blocks:
        found = _heading(block, anchored) if isinstance(block, ReadParagraph) else None
        if found is None:
            blocks.append(block)
            continue
        out.append(_closed(head, blocks))
        head, blocks = found, []
    out.append(_closed(head, blocks))
    return [s for s in out if s.blocks or s.title]


def _closed(head: Section, blocks: list[ReadBlock]) -> Section:
    return Section(
        kind=head.kind, id=head.id, number=head.number, title=head.title, anchor=head.anchor, blocks=tuple(blocks)
    )


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


def _heading(paragraph: ReadParagraph, anchored: bool) -> Section | None:
    """The part that a paragraph begins, if it is a heading."""
    text = " ".join(paragraph.text.split())
    if (
        not text
        or paragraph.style.casefold().startswith("toc")
        or "\t" in paragraph.text.strip()
        and not paragraph.heading
    ):
        return None
    anchor = _heading_anchor(paragraph)
    if anchor:
        kind: Kind = "clause" if anchor.startswith(CLAUSE_ANCHOR) else "schedule"
        id_ = anchor[len(CLAUSE_ANCHOR) :].replace("_", "-")
        return Section(kind=kind, id=id_, number=paragraph.number, title=text, anchor=anchor)
    schedule = _SCHEDULE.fullmatch(text)
    short = len(text.split()) <= LONGEST_HEADING
    if paragraph.heading:
        if _SCHEDULE.match(paragraph.number):
            return Section(kind="schedule", number=paragraph.number, title=text)
        if schedule and short:
            return Section(kind="schedule", number=schedule["number"], title=schedule["title"] or text)
        if paragraph.number and (paragraph.level in (0, 1) or not anchored):
            return Section(kind="clause", number=paragraph.number, title=text)
        typed = _TYPED.fullmatch(text)
        if typed and short:
            return Section(kind="clause", number=typed["number"], title=typed["title"])
        return _named(text)
    if anchored:
        return None
    # Styles were flattened: a short line with a typed or counted number on the first level heads a clause.
    if schedule and short and not text.endswith((".", ";")):
        return Section(kind="schedule", number=schedule["number"], title=schedule["title"] or text)
    if not short or text.endswith((".", ";", ":", ",")):
        return None
    if paragraph.level == 1:
        return Section(kind="clause", number=paragraph.number, title=text)
    typed = _TYPED.fullmatch(text)
    if typed:
        return Section(kind="clause", number=typed["number"], title=typed["title"])
    return _named(text) if text.casefold() in ("definitions", "signatures", "key terms", "contents") else None


def _named(text: str) -> Section:
    """A heading without a number."""
    return Section(kind="definitions" if text.casefold() == "definitions" else "heading", title=text)
