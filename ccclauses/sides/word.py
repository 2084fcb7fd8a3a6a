"""A Word file → something that can be compared: its headings, paragraphs, rows and definitions, in reading order.

The bookmarks of our own annexes say which clause a heading begins; any other file is cut at its headings. An annex is
compared with a Word file as the Word file that it would be, so that both sides have the same form.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

from ..compare.annexes import GENERATED, annex_contents
from ..compare.contents import Contents, Line, Part, tidy_text
from ..model.annex import Annex, Inline, Reference, Text, Value, plain_text
from ..model.diagnostic import Diagnostic, Position, Severity
from ..ooxml.package.package import Package, check_comparable, read_package
from ..ooxml.package.parse import PackageError
from ..read.sections import SCHEDULE_ANCHOR as SCHEDULE
from ..read.sections import Heading, headings, typed_number
from ..read.within import alone
from ..read.word.document import ReadBlock, ReadDocument, ReadParagraph, ReadRow
from ..read.word.docx import read_docx

_DEFINED = re.compile(r"\s*[“\"„](?P<term>[^“”\"]{1,80})[”\"“]\s+(?=(?:shall )?means?\b|has the meaning|is |are )")
# By the style alone: what is in the field of a contents list need not be an entry, and would not be compared.
_ENTRY_STYLE = re.compile(r"TOC ?\d", re.IGNORECASE)


def word_contents(path: Path, name: str) -> tuple[Contents | None, list[Diagnostic]]:
    """What a Word file says, with its tracked changes accepted; a note tells of what that leaves out."""
    try:
        whole = read_package(path)
        check_comparable(whole)
        package, around = alone(whole)
        document = read_docx(package, name=name)
    except PackageError as problem:
        return None, [Diagnostic(rule="word-file", message=f"{path.name}: {problem}", at=Position(file=name))]
    return document_contents(document), list(_notes(package, document, name, around))


def _notes(package: Package, document: ReadDocument, name: str, around: tuple[str, ...]) -> Iterator[Diagnostic]:
    from ..ooxml.revisions import has_revisions

    told = [*around, *document.notes]
    if has_revisions(package.xml(package.main_part)):
        told.append("it holds tracked changes; it is compared as it reads with all of them accepted")
    if document.comments:
        told.append(f"its {len(document.comments)} comment{'s' if len(document.comments) > 1 else ''} are not compared")
    at = Position(file=name)
    yield from (Diagnostic(rule="word-file", severity=Severity.NOTE, message=message, at=at) for message in told)


def annex_as_word(annex: Annex) -> Contents:
    """An annex in the form in which its own Word file reads, with the values that the annex knows."""
    from ..pipeline import HOUSE_STYLES, house_style
    from ..write.word.docx import write_docx

    style, problems = house_style(HOUSE_STYLES[0], None, None)
    assert style is not None, problems
    contents = document_contents(read_docx(read_package(write_docx(annex, style))))
    known = annex_contents(annex)
    printed = {
        tidy_text(plain_text(line.inlines)): line.inlines
        for part in known.parts
        for line in part.lines
        if any(isinstance(i, Value) for i in line.inlines)
    }
    return replace(
        contents,
        parts=tuple(replace(p, lines=tuple(_with_values(line, printed) for line in p.lines)) for p in contents.parts),
        values=known.values,
        names=contents.names,
    )


def _with_values(line: Line, printed: dict[str, tuple[Inline, ...]]) -> Line:
    found = printed.get(tidy_text(plain_text(line.inlines)))
    if found is None:
        return line
    # In Word the noun of a reference is typed before its field.
    flat: list[Inline] = []
    for inline in found:
        flat += [Text(inline.noun), replace(inline, noun="")] if isinstance(inline, Reference) else [inline]
    return replace(line, inlines=tuple(flat))


def covered_in(annex: Annex, anchors: Container[str]) -> dict[tuple[str, str], str]:
    """The framework references of an annex that paragraphs with these anchors still answer."""
    return {(r.framework, r.ref): r.duty for r in annex.coverage if any(p.target in anchors for p in r.paragraphs)}


# ------------------------------------------------------------------------------------- reading


def document_contents(document: ReadDocument) -> Contents:
    """A Word file in comparable form."""
    cutter = _Cutter(document)
    parts, definitions = cutter.cut()
    return Contents(
        parts=(*parts, *_stories(document)),
        definitions=definitions,
        values=None,
        coverage=None,
        exposure=None,
        references=cutter.references,
        names=cutter.names,
    )


def _stories(document: ReadDocument) -> Iterator[Part]:
    """Headers, footers, notes, text boxes and drawings; what several headers repeat stands once."""
    seen: dict[tuple[str, str], ReadParagraph] = {}
    for paragraph in document.stories:
        if paragraph.shown.strip():
            seen.setdefault((paragraph.story, tidy_text(paragraph.shown)), paragraph)
    for story in sorted({s for s, _ in seen}):  # programs keep these parts of a file in any order
        lines = tuple(Line(inlines=_inlines(p)) for (kind, _), p in seen.items() if kind == story)
        yield Part(id=f"front:{story}", title=f"{story.capitalize()}s", kind="front", lines=lines)


class _Cutter:
    """Cuts the blocks of a document into parts at its headings."""

    def __init__(self, document: ReadDocument) -> None:
        found = headings(document)
        self.blocks = [
            (block, found.get(place))
            for place, block in enumerate(document.blocks)
            if isinstance(block, ReadRow) or not _ENTRY_STYLE.fullmatch(block.style)
        ]
        self.ours = any(heading.anchor for heading in found.values())
        self.references: dict[str, Reference] = {}
        self.names: dict[str, str] = {}

    def cut(self) -> tuple[list[Part], dict[str, tuple[Inline, ...]]]:
        """The parts in order, and the definitions, which are compared by their terms."""
        first = Part(id="beginning", title="Beginning", lines=())
        parts = [Part(id="front:title", title="Title page", kind="front", lines=()) if self.ours else first]
        lines: list[Line] = []
        definitions: dict[str, tuple[Inline, ...]] = {}
        for block, head in self.blocks:
            if isinstance(block, ReadParagraph):
                if head is not None:
                    heading = self._part(block, head)
                    parts[-1] = replace(parts[-1], lines=tuple(lines))
                    parts.append(heading)
                    lines = []
                    self._name(block, heading)
                    continue
                self._name(block, parts[-1])
                defined = _DEFINED.match(block.text)
                if defined:
                    definitions[_free(defined["term"].strip(), definitions)] = _without(_inlines(block), defined.end())
                    continue
            lines += self._line(block, parts[-1])
        parts[-1] = replace(parts[-1], lines=tuple(lines))
        # Headings of groups are no clauses; in a file of another make they may be all that is known of a part.
        kept = [p for p in parts if p.lines or not (p.kind == "front" or p is parts[0])]
        return kept, definitions

    def _part(self, paragraph: ReadParagraph, heading: Heading) -> Part:
        kind: Literal["front", "clause", "schedule"] = "front" if self.ours else "clause"
        if heading.anchor:
            kind = "schedule" if heading.kind == "schedule" else "clause"
        number = paragraph.full_number or heading.number
        return Part(id=heading.anchor, number=number.rstrip("."), title=heading.title, kind=kind, lines=())

    def _name(self, paragraph: ReadParagraph, part: Part) -> None:
        """Remember what the bookmarks of a paragraph are, for references that point to them."""
        number = (paragraph.full_number or paragraph.number).rstrip(".")
        for anchor in paragraph.anchors:
            self.names[anchor] = (
                f"{part.number} {part.title}".strip() if anchor == part.id else f"{number} ({part.title})"
            )

    def _line(self, block: ReadBlock, part: Part) -> Iterator[Line]:
        generated = GENERATED.get(part.id.removeprefix(SCHEDULE)) if part.id.startswith(SCHEDULE) else None
        if isinstance(block, ReadRow):
            inlines: list[Inline] = []
            for index, cell in enumerate(block.cells):
                inlines += [Text(" | ")] if index else []
                for nth, paragraph in enumerate(cell):
                    inlines += [*([Text(" ")] if nth else []), *self._seen(paragraph)]
            core = None
            if generated:
                columns = range(len(block.texts)) if block.header else generated[0]
                core = " | ".join(block.texts[c] for c in columns if c < len(block.texts))
            told = generated is not None and (generated[1] or block.header)
            if part.kind == "front" and any(isinstance(i, Reference) for i in inlines):
                core, told = "", True  # a key term that a clause prints too
            yield Line(inlines=tuple(inlines), core=core, told=told)
            return
        if not block.shown.strip():
            return
        inline = self._seen(block)
        number = block.number if part.kind == "schedule" else block.full_number or block.number
        if not number:
            text = plain_text(inline)
            number, rest = typed_number(text)
            inline = _without(inline, len(text) - len(rest)) if number else inline
        # The steps of the worked example, whose numbers all follow from values.
        example = part.id == f"{SCHEDULE}penalties" and block.level == 3
        yield Line(number=number, inlines=inline, core="" if example else None, told=example)

    def _seen(self, paragraph: ReadParagraph) -> tuple[Inline, ...]:
        inlines = _inlines(paragraph)
        for inline in inlines:
            if isinstance(inline, Reference):
                self.references.setdefault(inline.target, inline)
        return inlines


def _inlines(paragraph: ReadParagraph) -> tuple[Inline, ...]:
    return tuple(
        Reference(s.target, "", s.text)
        if s.target
        else Text(f"[{s.object}]" if s.object else s.text.replace("\t", " "))
        for s in paragraph.segments
    )


def _without(inlines: tuple[Inline, ...], count: int) -> tuple[Inline, ...]:
    """The inlines without their first characters."""
    out: list[Inline] = []
    for inline in inlines:
        size = len(plain_text((inline,)))
        if count >= size:
            count -= size
            continue
        out.append(Text(inline.text[count:]) if count and isinstance(inline, Text) else inline)
        count = 0
    return tuple(out)


def _free(term: str, taken: dict[str, tuple[Inline, ...]]) -> str:
    """A term, told apart from an earlier definition of the same term."""
    return term if term not in taken else f"{term} (again)"
