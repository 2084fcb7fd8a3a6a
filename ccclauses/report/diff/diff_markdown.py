"""Comparison → Markdown, for a ticket or a pull request: deletions struck through, insertions in bold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...model.findings.comparison import Comparison, ParagraphChange, ValueChange, WordChange
from .diff_shown import Only, Shown, number_of, told_of


def write_diff_markdown(comparison: Comparison, only: Only = "substantive") -> str:
    """The report in Markdown."""
    return "\n".join(_lines(Shown(comparison, only))) + "\n"


def _lines(shown: Shown) -> Iterator[str]:
    yield f"# {_escape(shown.comparison.before)} → {_escape(shown.comparison.after)}"
    yield ""
    yield f"{shown.summary[:1].upper()}{shown.summary[1:]}."
    if shown.values:
        yield from ("", "## Values", "", "| Clause | Value | Before | After | |", "| --- | --- | --- | --- | --- |")
        for title, values in shown.values_by_part():
            yield from (_value_row(title, value) for value in values)
    if shown.exposure:
        yield from ("", "## Exposure", "", "| | Before | After |", "| --- | --- | --- |")
        yield from (f"| {_escape(label)} | {_escape(was)} | {_escape(now)} |" for label, was, now in shown.exposure)
    for part in shown.parts:
        yield from ("", f"## {_escape(part.name)}", "")
        if part.happened:
            yield f"*{_escape(part.happened[:1].upper() + part.happened[1:])}.*"
            yield ""
        for paragraph in part.paragraphs:
            yield from _paragraph(paragraph)
    if shown.definitions:
        yield from ("", "## Definitions", "")
        yield from (f"- “{_escape(d.term)}” {d.kind}: {_marked(d.words)}" for d in shown.definitions)
    if shown.coverage:
        yield from ("", "## Coverage", "")
        yield from (f"- {c.kind}: {_escape(f'{c.framework} {c.ref}')} {_escape(c.duty)}" for c in shown.coverage)
    if shown.repeated:
        yield ""
        yield f"Repeated in {', '.join(f'{_escape(name)} ({n})' for name, n in shown.repeated)}."


def _paragraph(paragraph: ParagraphChange) -> Iterator[str]:
    number, told = number_of(paragraph), told_of(paragraph)
    words = _marked(paragraph.words) or _escape(paragraph.after)
    # The number is text of the contract, so it must not begin a list of Markdown's own.
    yield "- " + " ".join(x for x in (_escape(number), f"*{_escape(told)}:*" if told else "", words) if x)
    yield from (f"  - now refers to {_escape(now)}, before to {_escape(was)}" for was, now in paragraph.references)


def _value_row(title: str, value: ValueChange) -> str:
    told = "" if value.direction == "different" else value.direction
    cells = (title, value.label, value.before or "–", value.after or "–", told)
    return f"| {' | '.join(map(_escape, cells))} |"


def _escape(text: str) -> str:
    for sign in "\\`*_[]<>|#~":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", " ")


def _marked(words: Iterable[WordChange]) -> str:
    out = []
    for word in words:
        if word.kind == "equal":
            out.append(_escape(word.before))
            continue
        for text, mark in ((word.before, "~~"), (word.after, "**")):
            if text.strip():
                # Marks are at the words, since spaces inside them end the emphasis.
                lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
                out.append(f"{lead}{mark}{_escape(text.strip())}{mark}{trail}")
            else:
                out.append(text)
        if word.place:
            out.append(f" *({'to' if word.kind == 'moved_from' else 'from'} {_escape(word.place)})*")
    return "".join(out)
