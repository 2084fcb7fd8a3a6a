"""ReadDocument → units: headings, paragraphs and table rows in comparable form, each in its part of the document.

Numbers are no part of a text: those that Word counts are not in it, those that were typed are taken off, and a live
reference that shows the right number counts as the number that was sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from ...compare.contents import tidy_text
from ...read.sections import Heading, clause_anchor, headings, typed_number
from ...read.word.document import ReadDocument, ReadParagraph, ReadRow

OURS = ("_cc_", "_cs_", "_cd_")
# Fields that a program fills in anew on its own.
_LIVE = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "DATE", "TIME", "SAVEDATE", "PRINTDATE", "FILENAME"})
CELLS = " | "  # between the cells of a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A heading, a paragraph or a row. `section` is its place in `Units.sections`."""

    kind: Literal["heading", "paragraph", "row"]
    text: str
    number: str = ""
    typed: str = ""  # a number that was typed and taken off the text
    whole: str = ""  # the text with it
    anchors: tuple[str, ...] = ()
    hidden: str = ""
    faint: str = ""
    struck: str = ""
    references: tuple[tuple[str, str], ...] = ()  # what each live reference shows, and its target
    wrong: tuple[str, ...] = ()  # live references that show another number than that of their target
    mended: str = ""  # the text with the right numbers in those
    comments: tuple[str, ...] = ()
    section: int = 0
    header: bool = False
    table: int = 0  # of a row: which table of the document
    cells: tuple[str, ...] = ()  # of a row: the words of each cell
    numbers: tuple[str, ...] = ()  # of a row: those of the paragraphs in it
    place: int = 0  # among the blocks of the document


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A clause, schedule or other part of the document."""

    id: str
    kind: Literal["front", "clause", "schedule"]
    number: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """The units of a document in order, its parts, the entries of its contents list and what its anchors number."""

    units: tuple[Unit, ...]
    parts: tuple[Part, ...]
    contents: tuple[str, ...]
    contents_heading: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)


def read_units(document: ReadDocument, sent: Units | None = None) -> Units:
    """The units of a document; `sent` is what it is compared with, whose numbers its references are reported in."""
    numbers = _numbers(document)
    known = sent.numbers if sent else {}
    entries = _entries(document)
    titles = {entry_title(t) for t in _titles(document)} | set(sent.contents if sent else ())
    skipped = _typed_contents(document, sent) if sent else frozenset()
    heads = headings(document)
    heading = ""
    units: list[Unit] = []
    parts = [Part(id="front:title", kind="front", number="", title="Title page")]
    for place, block in enumerate(document.blocks):
        if isinstance(block, ReadRow):
            unit = _row(block, numbers, known)
        elif place in skipped or (block.contents and (sent is None or entry_title(block.text) in titles)):
            heading = heading or (units[-1].text if units else "")
            continue
        else:
            unit = _paragraph(block, numbers, known, heads.get(place))
        if not unit.text and not unit.hidden.strip() and not unit.typed:
            continue
        part = _part(unit) if unit.kind == "heading" else None
        if part:
            parts.append(part)
        units.append(replace(unit, section=len(parts) - 1, place=place))
    return Units(
        units=tuple(units), parts=tuple(parts), contents=tuple(entries), contents_heading=heading, numbers=numbers
    )


def entry_title(text: str) -> str:
    """The words of an entry of a contents list or of a heading, without number and page."""
    pieces = [p.strip() for p in text.split("\t") if p.strip()]
    if len(pieces) > 1 and pieces[-1].isdigit():
        pieces = pieces[:-1]
    words = tidy_text(pieces[-1] if pieces else "")
    _, words = typed_number(words, heading=True)
    return re.sub(r"[\s.]*\d*$", "", words).casefold()


def _typed_contents(document: ReadDocument, sent: Units) -> frozenset[int]:
    """The places of a contents list that became plain text: what follows its heading and was in the list, each once."""
    if any(isinstance(b, ReadParagraph) and b.contents for b in document.blocks):
        return frozenset()
    waiting: list[str] = []
    found: set[int] = set()
    for place, block in enumerate(document.blocks):
        if isinstance(block, ReadRow) or block.contents:
            continue
        if tidy_text(block.text) == sent.contents_heading and not waiting and not found:
            waiting = list(sent.contents)
        elif waiting and entry_title(block.text) in waiting:
            waiting.remove(entry_title(block.text))
            found.add(place)
        elif found and block.text.strip():
            break
    return frozenset(found)


def _entries(document: ReadDocument) -> list[str]:
    return [entry_title(b.text) for b in document.blocks if isinstance(b, ReadParagraph) and b.contents]


def _titles(document: ReadDocument) -> Iterable[str]:
    return (b.text for b in document.blocks if isinstance(b, ReadParagraph) and b.heading and not b.contents)


def _numbers(document: ReadDocument) -> dict[str, str]:
    """The number of each anchored paragraph, as a reference gives it."""
    return {a: p.full_number.rstrip(".") for p in document.paragraphs() if p.full_number for a in p.anchors}


def _part(heading: Unit) -> Part | None:
    clause = clause_anchor(heading.anchors)
    if clause:
        return Part(id=clause[4:].replace("_", "-"), kind="clause", number=heading.number, title=heading.text)
    for anchor in heading.anchors:
        if anchor.startswith("_cs_"):
            id_ = anchor[4:].replace("_", "-")
            return Part(id=f"schedule:{id_}", kind="schedule", number=heading.number, title=heading.text)
    slug = re.sub(r"\W+", "-", heading.text.casefold()).strip("-")[:40]
    counted = bool(heading.number or heading.typed)
    return Part(
        id=f"{'heading' if counted else 'front'}:{slug}",
        kind="clause" if counted else "front",
        number=heading.number or heading.typed,
        title=heading.text,
    )


def _paragraph(
    paragraph: ReadParagraph, numbers: Mapping[str, str], known: Mapping[str, str], heading: Heading | None
) -> Unit:
    seen = words_of(paragraph, numbers, known)
    whole = tidy_text(seen.text)
    number = paragraph.number and (paragraph.full_number or paragraph.number).rstrip(".")
    typed, text, mended = "", whole, seen.mended
    if not number:
        found, rest = typed_number(seen.text, heading=heading is not None)
        if found:
            typed, text = tidy_text(found).rstrip("."), tidy_text(rest)
            mended = mended[len(seen.text) - len(rest) :]
    return Unit(
        kind="heading" if heading else "paragraph",
        text=text,
        whole=whole,
        number=number,
        typed=typed,
        anchors=ours(paragraph),
        hidden=tidy_text(paragraph.hidden),
        faint=tidy_text(paragraph.faint),
        struck=tidy_text(paragraph.struck),
        references=seen.references,
        wrong=seen.wrong,
        mended=tidy_text(mended),
        comments=paragraph.comments,
    )


def _row(row: ReadRow, numbers: Mapping[str, str], known: Mapping[str, str]) -> Unit:
    cells = [[words_of(p, numbers, known) for p in cell] for cell in row.cells]
    paragraphs = [p for cell in row.cells for p in cell]
    texts = tuple(tidy_text(" ".join(s.text for s in cell)) for cell in cells)
    text = CELLS.join(texts)
    return Unit(
        kind="row",
        text=text if text.strip(" |") else "",
        whole=text,
        anchors=tuple(a for p in paragraphs for a in ours(p)),
        hidden=tidy_text(" ".join(p.hidden for p in paragraphs)),
        faint="" if row.header else tidy_text(" ".join(p.faint for p in paragraphs)),
        struck=tidy_text(" ".join(p.struck for p in paragraphs)),
        references=tuple(r for cell in cells for s in cell for r in s.references),
        wrong=tuple(w for cell in cells for s in cell for w in s.wrong),
        mended=CELLS.join(tidy_text(" ".join(s.mended for s in cell)) for cell in cells),
        comments=tuple(c for p in paragraphs for c in p.comments),
        header=row.header,
        table=row.table,
        cells=texts,
        numbers=tuple(p.number for p in paragraphs if p.shown.strip()),
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """The words of a paragraph that can be seen, and its live references."""

    text: str
    references: tuple[tuple[str, str], ...]
    wrong: tuple[str, ...]
    mended: str


def words_of(paragraph: ReadParagraph, numbers: Mapping[str, str], known: Mapping[str, str]) -> Seen:
    """The words of a paragraph with its live references told in the numbers that were sent."""
    text: list[str] = []
    mended: list[str] = []
    references: list[tuple[str, str]] = []
    wrong: list[str] = []
    for segment in paragraph.segments:
        if segment.hidden and not segment.object:
            continue
        if segment.object:
            text.append(f"[{segment.object}]")
        elif segment.field in _LIVE:
            text.append("#")
        elif segment.target:
            shown = tidy_text(segment.text).rstrip(".")
            was, now = (known or numbers).get(segment.target, ""), numbers.get(segment.target, "")
            references.append((shown, segment.target))
            if shown == tidy_text(now) and was:
                text.append(was)
            else:
                text.append(segment.text)
                if known and was and shown != tidy_text(was):
                    wrong.append(f"the reference shows {shown}, and points to {now or was}")
                    mended += (*text[len(mended) : -1], was)
        else:
            text.append(segment.text)
    mended += text[len(mended) :]
    return Seen("".join(text), tuple(references), tuple(wrong), "".join(mended))


def ours(paragraph: ReadParagraph) -> tuple[str, ...]:
    """The anchors that our own writer puts."""
    return tuple(a for a in paragraph.anchors if a.startswith(OURS))
