"""Comparison → text for the terminal, Markdown and JSON; the HTML report is in `diff_html`."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from typing import Literal

from ..model.comparison import ClauseChange, Comparison, DefinitionChange, Exposure, ParagraphChange, ValueChange, WordChange
from ..model.quantity import Money

Only = Literal["all", "substantive", "values"]
Line = tuple[str, str]  # a style and a text: head, added, removed, changed, note, plain
KIND_WORDS = {
    "added": "added",
    "removed": "removed",
    "moved": "moved",
    "renumbered": "renumbered",
    "reworded": "reworded",
    "split": "split in two",
    "merged": "merged",
}


def shown_parts(comparison: Comparison, only: Only) -> Iterator[ClauseChange]:
    """The parts that a reader asked for: `all` keeps renumbered ones, `values` those in which a value differs."""
    for part in comparison.parts:
        if part.kind == "unchanged" or (part.kind == "renumbered" and only != "all"):
            continue
        if only == "values" and not any(p.values for p in part.paragraphs):
            continue
        yield part


def shown_paragraphs(part: ClauseChange, only: Only) -> Iterator[ParagraphChange]:
    """The paragraphs of a part that a reader asked for."""
    return (p for p in part.changed if only != "values" or p.values)


def different(comparison: Comparison, only: Only) -> bool:
    """Whether there is anything to show; a clause that only has another number is no difference unless asked for."""
    if only == "values":
        return bool(comparison.values)
    rest = comparison.definitions or comparison.values or comparison.coverage
    return bool(rest) or comparison.exposure_before != comparison.exposure_after or any(shown_parts(comparison, only))


def heading(part: ClauseChange) -> str:
    """The heading of a part with what happened to it: "4 Incident notification: reworded, moved (was 7)"."""
    happened = [KIND_WORDS[k] for k in (part.kind, *part.also) if k in KIND_WORDS and k != "renumbered"]
    if part.before_number and part.after_number and part.before_number != part.after_number:
        happened.append(f"was {part.before_number}")
    if part.before_title and part.after_title and part.before_title != part.after_title:
        happened.append(f"headed “{part.before_title}” before")
    if part.before_version and part.after_version and part.before_version != part.after_version:
        happened.append(f"version {part.before_version} → {part.after_version}")
    return f"{part.number} {part.title}".strip() + (f": {', '.join(happened)}" if happened else "")


def exposure_lines(comparison: Comparison) -> list[str]:
    """What the credits may come to at most, where it differs."""
    out = []
    for period in ("month", "year"):
        was, now = getattr(comparison.exposure_before, period), getattr(comparison.exposure_after, period)
        if was != now:
            out.append(f"Most that the credits of a {period} can come to: {_money(was)} → {_money(now)}")
    return out


def _money(amount: Money | None) -> str:
    return amount.wording() if amount else "not stated"


def inline(words: Iterable[WordChange]) -> str:
    """Changed words in the style of a text outline: [-old-] and [+new+]."""
    out = []
    for word in words:
        if word.kind == "equal":
            out.append(word.before)
            continue
        mark = {"moved_from": "[<{}<]", "moved_to": "[>{}>]"}.get(word.kind)
        if mark:
            out.append(mark.format(word.before or word.after))
            continue
        out.append(f"[-{word.before}-]" if word.before else "")
        out.append(f"[+{word.after}+]" if word.after else "")
    return "".join(out)


def paragraph_line(paragraph: ParagraphChange) -> Line:
    """One paragraph: its number and its words."""
    number = paragraph.after_number or paragraph.before_number
    prefix = f"{number}  " if number else ""
    if paragraph.kind == "moved" and not paragraph.after:
        return "note", f"{paragraph.before_number}  moved to {paragraph.after_number or 'another place'}: {paragraph.before}"
    style = {"added": "added", "removed": "removed"}.get(paragraph.kind, "changed")
    told = f"{KIND_WORDS[paragraph.kind]}: " if paragraph.kind in ("moved", "split", "merged") else ""
    return style, prefix + told + inline(paragraph.words)


def report_lines(comparison: Comparison, only: Only = "substantive") -> Iterator[Line]:
    """The whole report as styled lines."""
    if not different(comparison, only):
        yield "plain", f"No differences between {comparison.before} and {comparison.after}."
        return
    yield "plain", f"{comparison.before} → {comparison.after}: {summary(comparison, only)}"
    if comparison.values:
        yield "head", "Values"
        yield from (("changed", f"  {value}") for value in comparison.values)
    lines = exposure_lines(comparison)
    if lines and only != "values":
        yield "head", "Exposure"
        yield from (("changed", f"  {line}") for line in lines)
    for part in shown_parts(comparison, only):
        yield "head", heading(part)
        for paragraph in shown_paragraphs(part, only):
            style, text = paragraph_line(paragraph)
            yield style, f"  {text}"
            yield from (("note", f"    refers to {new} and no longer to {old}") for old, new in paragraph.references)
    if only == "values":
        return
    if comparison.definitions:
        yield "head", "Definitions"
        yield from ((definition_style(d), f"  “{d.term}” {d.kind}: {inline(d.words)}") for d in comparison.definitions)
    if comparison.coverage:
        yield "head", "Coverage"
        yield from (("removed" if c.kind == "lost" else "added", f"  {c.framework} {c.ref} {c.kind}: {c.duty}") for c in comparison.coverage)


def definition_style(definition: DefinitionChange) -> str:
    """The style of a definition's line."""
    return {"added": "added", "removed": "removed"}.get(definition.kind, "changed")


def summary(comparison: Comparison, only: Only = "substantive") -> str:
    """The differences counted in a sentence."""
    parts = list(shown_parts(comparison, only))
    counts = {kind: sum(kind in (p.kind, *p.also) for p in parts) for kind in ("added", "removed", "reworded", "moved", "renumbered")}
    told = [f"{n} {KIND_WORDS[kind]}" for kind, n in counts.items() if n and (kind != "renumbered" or only == "all")]
    if comparison.values:
        told.append(f"{len(comparison.values)} value{'s' if len(comparison.values) > 1 else ''} changed")
    if comparison.definitions and only != "values":
        told.append(f"{len(comparison.definitions)} definition{'s' if len(comparison.definitions) > 1 else ''} changed")
    return ", ".join(told) or "other differences"


def write_diff_text(comparison: Comparison, only: Only = "substantive") -> str:
    """The report as plain text."""
    return "\n".join(text for _, text in report_lines(comparison, only)) + "\n"


def write_diff_markdown(comparison: Comparison, only: Only = "substantive") -> str:
    """The report in Markdown: deletions struck through, insertions in bold."""
    out = [f"# {_escape(comparison.before)} → {_escape(comparison.after)}", ""]
    if not different(comparison, only):
        return "\n".join([*out, "No differences.", ""])
    out += [f"{summary(comparison, only)[:1].upper()}{summary(comparison, only)[1:]}.", ""]
    if comparison.values:
        out += ["## Values", "", "| Value | Before | After | |", "| --- | --- | --- | --- |", *map(_value_row, comparison.values), ""]
    if only != "values":
        lines = exposure_lines(comparison)
        out += ["## Exposure", "", *(f"- {_escape(line)}" for line in lines), ""] if lines else []
    for part in shown_parts(comparison, only):
        out += [f"## {_escape(heading(part))}", ""]
        for paragraph in shown_paragraphs(part, only):
            number = paragraph.after_number or paragraph.before_number
            told = f"*{KIND_WORDS[paragraph.kind]}* " if paragraph.kind != "reworded" else ""
            out += [f"- {_escape(number)} {told}{_marked(paragraph.words) or _escape(paragraph.before)}".replace("-  ", "- ")]
        out.append("")
    if comparison.definitions and only != "values":
        out += ["## Definitions", "", *(f"- “{_escape(d.term)}” {d.kind}: {_marked(d.words)}" for d in comparison.definitions), ""]
    if comparison.coverage and only != "values":
        out += ["## Coverage", "", *(f"- {c.framework} {_escape(c.ref)} {c.kind}: {_escape(c.duty)}" for c in comparison.coverage), ""]
    return "\n".join(out)


def _value_row(value: ValueChange) -> str:
    direction = "" if value.direction == "different" else value.direction
    return f"| {_escape(value.label)} | {_escape(value.before) or '–'} | {_escape(value.after) or '–'} | {direction} |"


def _escape(text: str) -> str:
    for sign in "\\`*_[]<>|#~":
        text = text.replace(sign, f"\\{sign}")
    return text


def _marked(words: Iterable[WordChange]) -> str:
    out = []
    for word in words:
        if word.kind == "equal":
            out.append(_escape(word.before))
            continue
        for text, mark in ((word.before, "~~"), (word.after, "**")):
            if text.strip():
                # Marks stand at the words, since spaces inside them end the emphasis.
                lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
                out.append(f"{lead}{mark}{_escape(text.strip())}{mark}{trail}")
            else:
                out.append(text)
    return "".join(out)


def comparison_dict(comparison: Comparison, only: Only = "substantive") -> dict[str, object]:
    """The report as plain JSON values."""

    def exposure(e: Exposure) -> dict[str, str | None]:
        return {"month": e.month.wording() if e.month else None, "year": e.year.wording() if e.year else None}

    parts = []
    for part in shown_parts(comparison, only):
        row = dataclasses.asdict(part)
        row["paragraphs"] = [dataclasses.asdict(p) for p in shown_paragraphs(part, only)]
        parts.append(row)
    return {
        "before": comparison.before,
        "after": comparison.after,
        "different": different(comparison, only),
        "summary": summary(comparison, only) if different(comparison, only) else "no differences",
        "values": [dataclasses.asdict(v) for v in comparison.values],
        "exposure": {"before": exposure(comparison.exposure_before), "after": exposure(comparison.exposure_after)},
        "parts": parts,
        "definitions": [dataclasses.asdict(d) for d in comparison.definitions] if only != "values" else [],
        "coverage": [dataclasses.asdict(c) for c in comparison.coverage] if only != "values" else [],
    }


def write_diff_json(comparison: Comparison, only: Only = "substantive") -> str:
    """The report as JSON."""
    return json.dumps(comparison_dict(comparison, only), indent=2, ensure_ascii=False) + "\n"
