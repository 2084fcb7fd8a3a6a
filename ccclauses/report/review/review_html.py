"""Review → one self-contained HTML page for the lawyer who has a minute: what was changed silently first and loud.

No script and nothing loaded from elsewhere, so the file can be mailed and opened anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...common.markup import render, render_page
from .review_text import exposure_lines, section_name, summary

if TYPE_CHECKING:
    from ...model.findings.review import Finding, Review, SectionReview


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFinding:
    """A finding with the line above it: its number, what happened where, by whom."""

    finding: Finding
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSection:
    """A part of the annex that came back changed, its findings by how they were made."""

    id: str
    name: str
    states: str
    verdicts: tuple[str, ...]
    silent: tuple[ShownFinding, ...]
    tracked: tuple[ShownFinding, ...]
    comment: tuple[ShownFinding, ...]


def write_review_html(review: Review) -> str:
    """The report as a page."""
    return render_page("review.html", language="en", title=f"{review.sent} → {review.returned}", **_values(review))


def review_body(review: Review) -> str:
    """The report as markup, for a page of one's own."""
    return render("review_body.html", **_values(review))


def _values(review: Review) -> dict[str, Any]:
    numbers = {id(f): n for n, f in review.numbered()}
    return {
        "summary": summary(review),
        "has_views": any(f.words for f in review.findings),
        "parts": tuple(_shown(s, numbers) for s in review.sections if s.findings),
        "exposure": exposure_lines(review),
        "lint": review.lint,
        "notes": review.notes,
    }


def _shown(section: SectionReview, numbers: dict[int, int]) -> ShownSection:
    def made(source: str) -> tuple[ShownFinding, ...]:
        found = (f for f in section.findings if f.source == source)
        return tuple(ShownFinding(finding=f, head=_head(f, numbers[id(f)])) for f in found)

    return ShownSection(
        id="part-" + "".join(c if c.isalnum() else "-" for c in section.id),
        name=section_name(section),
        states=", ".join(section.states),
        verdicts=tuple(dict.fromkeys(f.judgement.verdict for f in section.findings if f.judgement)),
        silent=made("silent"),
        tracked=made("tracked"),
        comment=made("comment"),
    )


def _head(finding: Finding, number: int) -> str:
    who = ", ".join((*finding.authors, *finding.dates))
    what = " ".join(filter(None, (finding.number, finding.kind, finding.what)))
    return f"[{number}] {what}{f' by {who}' if who else ''}"
