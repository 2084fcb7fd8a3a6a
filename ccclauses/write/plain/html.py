"""Annex → one HTML page that a person would like to read: self-contained, linked, printable, in light and dark.

Every paragraph has an id that stays the same while its clause does, references jump, definitions show where a term is
used, and a value can say where it came from. Nothing is loaded from anywhere, and no script runs. The markup is that of
the templates `annex.html`, `annex_contents.html` and `annex_body.html`; the values below are what they show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ...common.markup import render, render_page
from ...model.annex import Annex, DefinitionBlock, Emphasis, Inline, Reference, Table, Term, Text, Value, plain_text
from ..labels import label, signature_rows, title_details
from .blocks import Heading, Item, Placed, walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words of a paragraph: what they are, what they lead to and what they say of themselves."""

    kind: Literal["text", "reference", "value", "term", "emphasis"]
    text: str
    target: str = ""  # an anchor, or the parameter of a value
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    """A cell of a table."""

    pieces: tuple[Piece, ...]
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """A heading, definition, paragraph or table as the page shows it; the first row of a table is its header."""

    kind: Literal["heading", "definition", "numbered", "paragraph", "table"]
    id: str
    level: int = 0
    number: str = ""
    title: str = ""
    style: str = ""
    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[ShownCell, ...], ...] = ()


def write_html(annex: Annex, *, provenance: Mapping[str, str] | None = None) -> str:
    """The annex as a page; `provenance` says for a parameter, in a sentence, where its value came from."""
    body, contents = _body_values(annex, provenance or {}, meanings=True), _contents_values(annex)
    return render_page("annex.html", language=_line(annex.language), title=annex.title, **contents, **body)


def annex_contents(annex: Annex) -> str:
    """The contents list as markup, with a link to each heading."""
    return render("annex_contents.html", **_contents_values(annex))


def annex_body(annex: Annex, *, provenance: Mapping[str, str] | None = None, meanings: bool = True) -> str:
    """The annex itself as markup, for a page of one's own; `meanings` gives each use of a term its definition."""
    return render("annex_body.html", **_body_values(annex, provenance or {}, meanings=meanings))


def shown_items(annex: Annex) -> Iterator[tuple[Item, ShownItem]]:
    """Each heading, definition, paragraph and table in reading order with what a page shows of it, for a page of one's own."""
    words = _Words(annex, {}, meanings=False)
    return ((item, words.item(item)) for item in walk(annex))


def _contents_values(annex: Annex) -> dict[str, Any]:
    headings = tuple(_heading(item) for item in walk(annex) if isinstance(item, Heading))
    return {"contents_label": _line(label(annex, "contents")), "headings": headings}


def _body_values(annex: Annex, provenance: Mapping[str, str], *, meanings: bool) -> dict[str, Any]:
    words = _Words(annex, provenance, meanings)
    return {
        "annex": annex,
        "details": title_details(annex),
        "draft": label(annex, "watermark") if annex.status == "draft" else "",
        "items": tuple(words.item(item) for item in walk(annex)),
        "signatures": tuple(_signatures(annex)) if annex.signatures else (),
    }


class _Words:
    """What the words of one page share: the definitions that terms show, and where values came from."""

    def __init__(self, annex: Annex, provenance: Mapping[str, str], meanings: bool) -> None:
        self.provenance = provenance
        self.terms = {
            d.term: (_line(d.anchor), _line(f"{d.term} {plain_text(d.inlines)}") if meanings else "")
            for d in annex.definitions
        }

    def item(self, item: Item) -> ShownItem:
        """A part of the annex as the page shows it."""
        if isinstance(item, Heading):
            return _heading(item)
        if isinstance(item, DefinitionBlock):
            return ShownItem(
                kind="definition", id=_line(item.anchor), title=item.term, pieces=self.pieces(item.inlines)
            )
        return self.table(item.block, item.id) if isinstance(item.block, Table) else self.paragraph(item)

    def paragraph(self, placed: Placed) -> ShownItem:
        """A paragraph with its id, and its number where it has one of its own."""
        block, id_ = placed.block, _line(placed.id)
        assert not isinstance(block, Table)
        pieces = self.pieces(block.inlines)
        if block.level >= 2 and block.number:
            return ShownItem(kind="numbered", id=id_, level=block.level, number=block.number, pieces=pieces)
        if block.number and not block.level:  # a party or a recital
            return ShownItem(kind="numbered", id=id_, level=2, number=block.number, pieces=pieces)
        style = "note" if block.role == "note" else "in" if placed.part == "clause" else ""
        return ShownItem(kind="paragraph", id=id_, style=style, pieces=pieces)

    def table(self, table: Table, id_: str) -> ShownItem:
        """A table with its header row and caption."""
        header = ((Piece(kind="text", text=text),) for text in table.header)
        rows = (header, *((self.pieces(cell.inlines) for cell in row) for row in table.rows))
        cells = (
            tuple(ShownCell(pieces=pieces, right=align == "right") for align, pieces in zip(table.align, row))
            for row in rows
        )
        return ShownItem(kind="table", id=_line(id_), title=table.title, rows=tuple(cells))

    def pieces(self, inlines: tuple[Inline, ...]) -> tuple[Piece, ...]:
        """Inlines as the page shows them."""
        return tuple(map(self.piece, inlines))

    def piece(self, inline: Inline) -> Piece:
        """One inline as the page shows it."""
        if isinstance(inline, Text):
            return Piece(kind="text", text=inline.text)
        if isinstance(inline, Reference):
            return Piece(kind="reference", text=inline.noun + inline.text, target=_line(inline.target))
        if isinstance(inline, Value):
            source = _line(self.provenance.get(inline.parameter, ""))
            return Piece(kind="value", text=inline.text, target=_line(inline.parameter), title=source)
        if isinstance(inline, Term) and inline.term in self.terms:
            anchor, meaning = self.terms[inline.term]
            return Piece(kind="term", text=inline.text, target=anchor, title=meaning)
        return Piece(kind="emphasis" if isinstance(inline, Emphasis) else "text", text=inline.text)


def _heading(item: Heading) -> ShownItem:
    return ShownItem(kind="heading", id=_line(item.anchor), level=item.level, number=item.number, title=item.title)


def _signatures(annex: Annex) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """For each place to sign the words over it and its lines; the client's on the left, the provider's on the right."""
    for row in signature_rows(annex):
        yield from ((block.lead, block.lines) if block else ("", ()) for block in row)


def _line(text: str) -> str:
    """Text on one line, for an attribute."""
    return " ".join(text.split())
