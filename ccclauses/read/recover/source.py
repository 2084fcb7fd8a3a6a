"""A Word file being recovered: its sections with the library's words for them, and paragraphs and tables as the annex has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from ...compare.contents import tidy_text
from ...compose.numbers.anchors import paragraph_anchor
from ...compose.texts.american import spelled_library
from ...compose.texts.terms import terms_read
from ...load.library.paragraphs import labels_of
from ...model.annex import (
    Align,
    Annex,
    Block,
    Cell,
    ClauseBlock,
    Inline,
    Paragraph,
    Reference,
    Table,
    Text,
    Value,
    plain_text,
)
from ...model.diagnostic import Diagnostic, Position, Severity
from ...model.library.clause import Clause
from ...model.library.clause import Value as ParameterValue
from ...model.library.form import FULL
from ...model.library.library import Law, Library
from ..sections import Section, sections
from ..units import pattern_of
from ..values import parameters_by_label
from ..word.document import ReadBlock, ReadDocument, ReadParagraph, ReadRow, Segment

SIGNATURES = ("signatures", "execution")


class Source:
    """The working memory of one recovery: what is read, what it is read with, and the notes on what was not found."""

    def __init__(
        self, document: ReadDocument, library: Library, sent: Annex | None, values: Mapping[str, ParameterValue]
    ) -> None:
        self.values = values
        self.document = document
        self.properties = dict(document.properties)
        self.language = self.properties.get("language", "en-GB")
        self.notes: list[Diagnostic] = []
        self.sections = sections(document)
        self.form = FULL  # that of the headings
        self.sums: Mapping[str, Decimal] = {}  # that the credit tables print
        self.listed = False  # whether a schedule of the annex lists every value
        self.law = self._law(library)
        self.terms = terms_read(self.properties.get("keywords", ""))
        self.library = library = spelled_library(library, self.language, self.law, self.terms)
        self.sent = {p.anchor: p for p in sent.paragraphs() if p.anchor} if sent else {}
        self.sent_texts = {tidy_text(p.text): p for p in sent.paragraphs()} if sent else {}
        self.sent_annex = sent
        levels = [lvl for n in library.numberings.values() for lvl in (*n.clause, *n.schedule)]
        self.labels = parameters_by_label(library)
        self.nouns = sorted({lvl.noun for lvl in levels if lvl.noun}, key=len, reverse=True)
        self.anchors: dict[str, Reference] = {}  # of labelled paragraphs, by anchor

    def _law(self, library: Library) -> Law | None:
        """The law that the key terms name."""
        names = {law.name: law for law in library.laws.values()}
        section = self.named("key terms")
        rows = (b.texts for b in section.blocks if isinstance(b, ReadRow)) if section else ()
        return next((names[tidy_text(r[1])] for r in rows if len(r) > 1 and tidy_text(r[1]) in names), None)

    def note(self, rule: str, message: str, severity: Severity = Severity.NOTE) -> None:
        """Tell what could not be found."""
        self.notes.append(
            Diagnostic(rule=rule, message=message, at=Position(file=self.document.name), severity=severity)
        )

    def named(self, *titles: str) -> Section | None:
        """The part with one of these headings, in lower case, that is neither clause nor schedule."""
        return next((s for s in self.sections if s.kind == "heading" and s.title.casefold() in titles), None)

    def front(self) -> tuple[ReadBlock, ...]:
        """What comes before the first heading."""
        return self.sections[0].blocks if self.sections and self.sections[0].kind == "front" else ()

    def known_clauses(self, clauses: tuple[ClauseBlock, ...]) -> Iterator[Clause]:
        """The library's clauses that the file has."""
        return (self.library.clauses[c.id] for c in clauses if c.id in self.library.clauses)

    def blocks(self, section: Section, clause: Clause | None, title: str) -> Iterator[Block]:
        """The paragraphs and tables of a section; `clause` is the library's, whose labels its paragraphs carry."""
        labels = _labels(clause) if clause else {}
        rows: list[ReadRow] = []
        for block in (*section.blocks, None):
            if rows and (not isinstance(block, ReadRow) or block.table != rows[0].table):
                if any(row.cells for row in rows):
                    yield self.table(rows, title)
                rows = []
            if isinstance(block, ReadRow):
                rows.append(block)
            elif block is not None and block.text.strip():
                yield self.paragraph(block, labels)

    def paragraph(self, read: ReadParagraph, labels: Mapping[str, str]) -> Paragraph:
        """A paragraph with its number, label, values and references."""
        anchor = next((a for a in read.anchors if a in labels), "")
        anchor = anchor or next((a for a in read.anchors if a.startswith(("_cc_", "_cs_"))), "")
        paragraph = Paragraph(
            level=read.level if read.level > 1 else 0,
            number=read.number,
            full_number=read.full_number,
            label=labels.get(anchor, ""),
            anchor=anchor,
            inlines=self.with_values(self.inlines(read.segments), anchor),
        )
        if anchor:
            self.anchors[anchor] = Reference(anchor, "", read.full_number)
        return paragraph

    def inlines(self, segments: tuple[Segment, ...]) -> tuple[Inline, ...]:
        """Segments as inlines; the word before a reference goes with it."""
        out: list[Inline] = []
        for segment in segments:
            if not segment.target:
                out.append(Text(segment.text))
                continue
            before = out[-1].text if out and isinstance(out[-1], Text) else ""
            noun = next((n for n in self.nouns if before.replace("\u00a0", " ").endswith(n)), "")
            if noun:
                out[-1:] = [Text(before[: -len(noun)])] if len(before) > len(noun) else []
            out.append(Reference(segment.target, noun, segment.text))
        return tuple(out)

    def with_values(self, inlines: tuple[Inline, ...], anchor: str) -> tuple[Inline, ...]:
        """The inlines with the values of the sent paragraph found again, when one answers to this one."""
        text = tidy_text(plain_text(inlines))
        sent = self.sent_texts.get(text) or self.sent.get(anchor)
        if sent is None or not any(isinstance(i, Value) for i in sent.inlines):
            return inlines
        if tidy_text(sent.text) == text:
            return sent.inlines
        match = pattern_of(sent.inlines).fullmatch(text)
        if not match:
            return inlines
        found = iter(match.groups())
        return tuple(replace(i, text=next(found)) if isinstance(i, (Value, Reference)) else i for i in sent.inlines)

    def table(self, rows: list[ReadRow], title: str) -> Table:
        def cells(row: ReadRow) -> tuple[Cell, ...]:
            return tuple(
                Cell(
                    inlines=tuple(
                        i for n, p in enumerate(c) for i in ((Text("\n"),) if n else ()) + self.inlines(p.segments)
                    )
                )
                for c in row.cells
            )

        width = max(len(r.cells) for r in rows)
        header = rows[0].texts + ("",) * (width - len(rows[0].texts))
        body = tuple(c + (Cell(inlines=()),) * (width - len(c)) for c in map(cells, rows[1:]))
        left: Align = "left"
        return Table(title=title, header=header, rows=body, widths=(1,) * width, align=(left,) * width)


def _labels(clause: Clause) -> dict[str, str]:
    """The labels of a clause's paragraphs by their anchors."""
    return {paragraph_anchor(clause.id, label): label for label in labels_of(clause)}


def tables_of(blocks: Iterable[Block]) -> list[Table]:
    """The tables among some blocks."""
    return [b for b in blocks if isinstance(b, Table)]


def after(inlines: tuple[Inline, ...], start: int) -> tuple[Inline, ...]:
    """The inlines from a character on."""
    out: list[Inline] = []
    for inline in inlines:
        if start >= len(inline.text):
            start -= len(inline.text)
            continue
        out.append(replace(inline, text=inline.text[start:]) if start else inline)
        start = 0
    return tuple(out)
