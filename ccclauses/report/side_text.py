"""One side of a comparison → text, a paragraph a line: what git's textconv filter prints."""

from __future__ import annotations

from collections.abc import Iterator

from ..compare.contents import Contents, Part
from ..model.annex import plain_text


def write_side(contents: Contents) -> str:
    """Headings, paragraphs with their numbers, definitions and values as plain lines."""
    return "\n".join(_lines(contents)) + "\n"


def _lines(contents: Contents) -> Iterator[str]:
    for part in contents.parts:
        yield from _part(part)
    if contents.definitions:
        yield "Definitions"
        yield from (f"  {term} {plain_text(inlines)}" for term, inlines in contents.definitions.items())
    values = [
        entry for entry in (contents.values or {}).values() if "@" in entry.name
    ]  # an annex prints its values anyway
    if values:
        yield "Values"
        yield from (f"  {entry.label}: {entry.text}" for entry in values)


def _part(part: Part) -> Iterator[str]:
    if part.lines or part.title:
        yield f"{part.number} {part.title}".strip()
    yield from (
        f"  {line.number}  {plain_text(line.inlines)}" if line.number else f"  {plain_text(line.inlines)}"
        for line in part.lines
    )
