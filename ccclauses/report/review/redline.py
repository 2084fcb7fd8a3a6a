"""The summary of a redline: its numbered changes and counts, as JSON and as one self-contained page."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from ...common.markup import render_page
from ...redline.model import Redline


def report_dict(result: Redline, before: str, after: str) -> dict[str, object]:
    """Return the summary as plain JSON values; `before` and `after` name the two sides."""
    return {
        "before": before,
        "after": after,
        "counts": result.counts,
        "total": len(result.changes),
        "changes": [
            {
                "number": change.number,
                "kind": change.kind,
                "category": change.category,
                "where": change.where,
                "before": change.before,
                "after": change.after,
            }
            for change in result.changes
        ],
        "untracked": [
            {"what": u.what, "before": u.before, "after": u.after, "words": u.words} for u in result.untracked
        ],
        "notes": list(result.notes),
    }


def report_text(result: Redline, before: str, after: str) -> str:
    """Return the summary for a terminal."""
    if not result.changes and not result.untracked:
        lines = [f"{before} and {after} say the same."]
    elif not result.changes:
        lines = [f"{before} and {after} differ, in nothing that can be tracked."]
    else:
        lines = [f"{_count(len(result.changes))} from {before} to {after}: {_counts(result.counts)}."]
    lines += [f"not tracked: {difference}" for difference in result.untracked]
    lines += [f"note: {note}" for note in result.notes]
    return "\n".join(lines) + "\n"


def report_html(result: Redline, before: str, after: str) -> str:
    """Return the summary as one page that needs nothing else."""
    total = _count(len(result.changes))
    parts = groupby(result.changes, key=lambda change: change.where or "Beginning")
    return render_page(
        "redline.html",
        language="en",
        title=f"Changes from {before} to {after}",
        summary=f"{total}: {_counts(result.counts)}" if result.counts else total,
        untracked=tuple(map(str, result.untracked)),
        notes=result.notes,
        parts=tuple((where, tuple(changes)) for where, changes in parts),
    )


def _count(number: int) -> str:
    return f"{number} change{'' if number == 1 else 's'}"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in counts.items())
