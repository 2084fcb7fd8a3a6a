"""The summary of a redline: its numbered changes and counts, as JSON and as one self-contained page."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import groupby

from ..redline.model import Change, Redline

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #ddd}
td.n{white-space:nowrap;color:#595959}del{color:#a3122a;text-decoration:line-through}ins{color:#0b5c22;text-decoration:underline}
p,td{overflow-wrap:anywhere;white-space:pre-wrap}
@media print{body{margin:0;max-width:none}}
"""


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
        "notes": list(result.notes),
    }


def report_text(result: Redline, before: str, after: str) -> str:
    """Return the summary for a terminal."""
    if not result.changes:
        lines = [f"{before} and {after} say the same."]
    else:
        lines = [f"{_count(len(result.changes))} from {before} to {after}: {_counts(result.counts)}."]
    lines += [f"note: {note}" for note in result.notes]
    return "\n".join(lines) + "\n"


def report_html(result: Redline, before: str, after: str) -> str:
    """Return the summary as one page that needs nothing else."""
    title = f"Changes from {before} to {after}"
    parts = [
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>",
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(_count(len(result.changes)))}{escape(': ' + _counts(result.counts) if result.counts else '')}.</p>",
    ]
    if result.notes:
        parts.append("<h2>Notes</h2><ul>" + "".join(f"<li>{escape(note)}</li>" for note in result.notes) + "</ul>")
    for where, changes in groupby(result.changes, key=lambda change: change.where):
        parts.append(f"<h2>{escape(where or 'Beginning')}</h2>")
        parts.append(
            '<table><thead><tr><th scope="col">No.</th><th scope="col">Change</th><th scope="col">Text</th></tr></thead><tbody>'
        )
        parts += [_row(change) for change in changes]
        parts.append("</tbody></table>")
    return "".join(parts) + "</main></body></html>\n"


def _row(change: Change) -> str:
    if change.kind in ("moved", "formatted"):
        text = escape(change.after)
    else:
        text = (f"<del>{escape(change.before)}</del> " if change.before else "") + (
            f"<ins>{escape(change.after)}</ins>" if change.after else ""
        )
    return (
        f'<tr id="change-{change.number}"><td class="n">{change.number}</td>'
        f'<td class="n">{escape(change.kind)}, {escape(change.category)}</td><td>{text}</td></tr>'
    )


def _count(number: int) -> str:
    return f"{number} change{'' if number == 1 else 's'}"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in counts.items())
