"""Review → plain text: silent changes first, then tracked ones with who and when, then comments and notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..diff.diff_text import word_spans

if TYPE_CHECKING:
    from ...model.findings.review import Finding, Review, SectionReview, Source

_HEADS = {
    "silent": "SILENT CHANGES: made without tracking",
    "tracked": "Tracked changes",
    "comment": "Comments",
}


def write_review_text(review: Review) -> str:
    """The report for a terminal or a mail."""
    return "".join(f"{line}\n" for line in _lines(review))


def summary(review: Review) -> str:
    """How many findings of each source: "2 silent changes, 1 tracked change, no comments"."""
    names: dict[Source, str] = {"silent": "silent change", "tracked": "tracked change", "comment": "comment"}
    return ", ".join(
        f"{review.count(source) or 'no'} {name}{'' if review.count(source) == 1 else 's'}"
        for source, name in names.items()
    )


def exposure_lines(review: Review) -> list[tuple[str, str, str]]:
    """The sums at risk that changed: what for, before, after."""
    before, after = review.exposure_before, review.exposure_after
    if before is None or after is None or before == after:
        return []
    pairs = (("At risk in a month", before.month, after.month), ("Most in a year", before.year, after.year))
    return [(label, str(was or "unknown"), str(now or "unknown")) for label, was, now in pairs if was != now]


def _lines(review: Review) -> Iterator[str]:
    yield f"{review.sent} → {review.returned}: {summary(review)}."
    names = {id(f): n for n, f in review.numbered()}
    for source, head in _HEADS.items():
        if not any(f.source == source for f in review.findings):
            continue
        yield ""
        yield head
        for section in review.sections:
            found = [f for f in section.findings if f.source == source]
            if found:
                yield f"  {section_name(section)}"
            for finding in found:
                yield from (f"    {line}" for line in _finding(finding, names[id(finding)]))
    money = exposure_lines(review)
    if money:
        yield ""
        yield "Exposure"
        yield from (f"  {label}: {was} → {now}" for label, was, now in money)
    if review.lint:
        yield ""
        yield "What can't be enforced as it now reads"
        yield from (f"  {finding}" for finding in review.lint)
    if review.notes:
        yield ""
        yield "Notes"
        yield from (f"  {note}" for note in review.notes)


def section_name(section: SectionReview) -> str:
    """A part by number and heading, with the number that it has now and how it was found, where that tells anything."""
    now = f", now {section.after_number}" if section.after_number not in ("", section.number) else ""
    found = f" (found by {section.matched})" if section.matched not in ("anchor", "none") else ""
    return f"{section.number} {section.title}".strip() + now + found


def _finding(finding: Finding, name: int) -> Iterator[str]:
    who = ", ".join((*finding.authors, *(date[:10] for date in finding.dates)))
    yield f"[{name}] {' '.join(filter(None, (finding.number, finding.kind, finding.what)))}{f' by {who}' if who else ''}"
    if finding.source == "comment":
        if finding.before:
            yield f"  on “{_short(finding.before)}”"
        yield f"  {finding.after}{' (done)' if finding.done else ''}"
        yield from (f"  answer: {answer}" for answer in finding.thread)
        return
    if finding.words:
        yield f"  {''.join(text for _, text in word_spans(finding.words))}"
    elif finding.before == finding.after:
        yield f"  {_indented(finding.before)}"
    else:
        yield from (
            f"  {_indented(text)}"
            for text in (_marked("[-{}-]", finding.before), _marked("[+{}+]", finding.after))
            if text
        )
    yield from (f"  value: {value}" for value in finding.values)
    yield from (f"  note: {callout}" for callout in finding.callouts)
    if len(finding.places) > 1:
        yield f"  in {len(finding.places)} places: {_listed(finding.places)}"
    if finding.remark:
        yield f"  {finding.remark}"
    if finding.judgement:
        yield f"  {finding.judgement.verdict}: {finding.judgement.reason}"
        yield from (f"  breaks: {broken}" for broken in finding.judgement.breaks)


def _indented(text: str) -> str:
    """A text of several lines under the mark of its finding."""
    return text.replace("\n", "\n      ")


def _marked(mark: str, text: str) -> str:
    return mark.format(text) if text else ""


def _short(text: str, most: int = 100) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def _listed(places: Iterable[str], most: int = 8) -> str:
    shown = list(places)
    return ", ".join(shown[:most]) + (f" and {len(shown) - most} more" if len(shown) > most else "")
