"""Comparison → lines for a terminal: plain text, or spans with the style that each is shown in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from ...model.findings.comparison import Comparison, ParagraphChange, WordChange
from .diff_shown import Only, Shown, number_of, told_of

Style = Literal["plain", "head", "note", "removed", "added", "moved", "stricter", "looser"]
Span = tuple[Style, str]
_MARKS: dict[str, tuple[Style, str]] = {
    "delete": ("removed", "[-{}-]"),
    "insert": ("added", "[+{}+]"),
    "moved_from": ("moved", "[<{}<]"),
    "moved_to": ("moved", "[>{}>]"),
}


def write_diff_text(comparison: Comparison, only: Only = "substantive") -> str:
    """The report as plain text: removed words as [-old-], added ones as [+new+], moved ones as [<from<] and [>to>]."""
    return "".join("".join(text for _, text in line) + "\n" for line in report_lines(comparison, only))


def report_lines(comparison: Comparison, only: Only = "substantive") -> Iterator[list[Span]]:
    """The report as lines of styled spans."""
    shown = Shown(comparison, only)
    if not shown.different:
        yield [("plain", f"No differences between {comparison.before} and {comparison.after}.")]
        return
    yield [("head", f"{comparison.before} → {comparison.after}")]
    yield [("plain", f"{shown.summary[:1].upper()}{shown.summary[1:]}.")]
    yield from _values(shown)
    yield from _table("Exposure", ([("plain", f"{label}: {was} → {now}")] for label, was, now in shown.exposure))
    for part in shown.parts:
        yield []
        yield [("head", part.name), ("note", f": {part.happened}" if part.happened else "")]
        for paragraph in part.paragraphs:
            yield from _paragraph(paragraph)
    yield from _table(
        "Definitions", ([("plain", f"“{d.term}” {d.kind}: "), *word_spans(d.words)] for d in shown.definitions)
    )
    yield from _table(
        "Coverage",
        (
            [("removed" if c.kind == "lost" else "added", f"{c.kind}: {c.framework} {c.ref}"), ("plain", f" {c.duty}")]
            for c in shown.coverage
        ),
    )
    if shown.repeated:
        yield []
        yield [
            ("note", f"Repeated in {', '.join(_rows(name, n) for name, n in shown.repeated)}; `--only all` shows it.")
        ]


def _rows(name: str, count: int) -> str:
    return f"{name} ({count} row{'s' if count > 1 else ''})"


def _values(shown: Shown) -> Iterator[list[Span]]:
    if shown.values:
        yield []
        yield [("head", "Values")]
    for title, values in shown.values_by_part():
        if title:
            yield [("plain", f"  {title}")]
        for value in values:
            style: Style = "plain" if value.direction == "different" else value.direction
            text, _, direction = str(value).rpartition(", ") if style != "plain" else (str(value), "", "")
            yield [("plain", f"    {text}"), *([("plain", ", "), (style, direction)] if direction else [])]


def _table(heading: str, rows: Iterable[list[Span]]) -> Iterator[list[Span]]:
    lines = list(rows)
    if lines:
        yield []
        yield [("head", heading)]
        yield from ([("plain", "  "), *line] for line in lines)


def _paragraph(paragraph: ParagraphChange) -> Iterator[list[Span]]:
    number, told = number_of(paragraph), told_of(paragraph)
    spans: list[Span] = [("plain", f"  {number}  " if number else "  ")]
    if told:
        spans.append(("moved" if paragraph.kind == "moved" else "note", f"{told}: "))
    if paragraph.kind == "renumbered":
        spans.append(("plain", paragraph.after))
    yield [*spans, *word_spans(paragraph.words)]
    for was, now in paragraph.references:
        yield [("note", f"      now refers to {now}, before to {was}")]


def word_spans(words: Iterable[WordChange]) -> Iterator[Span]:
    """Changed words, each with its mark."""
    for word in words:
        if word.kind == "equal":
            yield "plain", word.before
        elif word.kind == "replace":
            yield "removed", f"[-{word.before}-]"
            yield "added", f"[+{word.after}+]"
        else:
            style, mark = _MARKS[word.kind]
            yield style, mark.format(word.before or word.after)
            if word.place:
                yield "note", f"({'to' if word.kind == 'moved_from' else 'from'} {word.place})"
