"""A portfolio as a text, a self-contained HTML page, a workbook or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from html import escape

from ..model.penalty_wording import counted
from ..model.portfolio import Holding
from .diff_html import STYLE, table
from .text_table import text_table
from .workbook import Column, Sheet, write_workbook

_COLUMNS = {
    "Supplier": 28, "Reference": 18, "Date": 12, "Status": 9, "Clauses": 9, "Posture": 26, "Coverage": 34, "Next review": 12,
    "Most in a month": 18, "Most in a year": 18, "File": 34, "Remark": 40,
}  # fmt: skip

_MOST = "Most in a month / year"
_PRINTED = ("Supplier", "File", "Date", "Posture", "Coverage", "Next review", _MOST, "Remark")  # in a terminal


def _row(h: Holding) -> tuple[str, ...]:
    posture = f"{h.posture} ({h.posture_share})" if h.posture else ""
    coverage = ", ".join(f"{name} {share}" for name, share in h.coverage.items())
    remark = h.problem or ("holds tracked changes or comments" if h.changed else "")
    clauses = str(len(h.clauses)) if h.clauses else ""
    return (
        h.supplier,
        h.reference,
        h.date,
        h.status,
        clauses,
        posture,
        coverage,
        h.review,
        h.month,
        h.year,
        h.file,
        remark,
    )


def write_portfolio_table(holdings: Sequence[Holding], width: int | None) -> str:
    """A row for each annex, fitted to `width` characters or one line each; a column that is empty throughout is left out."""
    rows = [(h, dict(zip(_COLUMNS, _row(h)))) for h in holdings]
    cells = [{t: _most(h) if t == _MOST else row[t] for t in _PRINTED} for h, row in rows]
    titles = [t for t in _PRINTED if any(c[t] for c in cells)]
    lines = text_table(titles, [[c[t] for t in titles] for c in cells], width) if cells else []
    return "\n".join([*(line.rstrip() for line in lines), counted(len(holdings), "annex") + "."]) + "\n"


def _most(h: Holding) -> str:
    return " / ".join(filter(None, (h.month, h.year)))


def write_portfolio_text(holdings: Sequence[Holding]) -> str:
    """A block for each annex."""
    out = []
    for h in holdings:
        cells = [
            f"  {title}: {cell}" for title, cell in zip(_COLUMNS, _row(h)) if cell and title not in ("Supplier", "File")
        ]
        out += [f"{h.file}: {h.supplier}".rstrip(": "), *cells]
    return "\n".join([*out, counted(len(holdings), "annex") + "."]) + "\n"


def write_portfolio_html(holdings: Sequence[Holding], title: str) -> str:
    """One page without scripts: the table, then the clause versions and values of each annex to open."""
    rows = (
        [f'<a href="#h{i}">{escape(c)}</a>' if n == 10 else escape(c) for n, c in enumerate(_row(h))]
        for i, h in enumerate(holdings)
    )
    details = []
    for i, h in enumerate(holdings):
        if h.clauses:
            versions = ", ".join(f"{escape(c)} {escape(v)}" for c, v in h.clauses.items())
            values = "".join(f"<tr><td>{escape(n)}</td><td>{escape(v)}</td></tr>" for n, v in h.values.items())
            details.append(
                f'<details id="h{i}"><summary>{escape(h.supplier)} – {escape(h.file)}</summary><p>{versions}</p><table>{values}</table></details>'
            )
    name = escape(title)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{name}</title>\n<style>{STYLE} body {{ max-width: none; }} td:nth-child(3), td:nth-child(8), td:nth-child(9), td:nth-child(10) {{ white-space: nowrap; }} details:target {{ outline: 2px solid var(--link); }}</style>\n</head>\n<body>\n"
        f"<h1>{name}</h1>\n{table('annexes', counted(len(holdings), 'annex'), _COLUMNS, rows)}\n<h2>Clause versions and values</h2>\n"
        + "\n".join(details)
        + "\n</body>\n</html>\n"
    )


def write_portfolio_xlsx(holdings: Sequence[Holding], title: str, day: date) -> bytes:
    """Three sheets: the annexes, the versions of their clauses, their values."""
    names = sorted({n for h in holdings for n in h.values})
    clauses = sorted({c for h in holdings for c in h.clauses})
    who = (Column(title="Supplier", width=28), Column(title="File", width=34))
    sheets = (
        Sheet(
            title="Annexes",
            columns=[Column(title=t, width=w) for t, w in _COLUMNS.items()],
            rows=[_row(h) for h in holdings],
        ),
        Sheet(
            title="Clauses",
            columns=(*who, *(Column(title=c, width=12) for c in clauses)),
            rows=[(h.supplier, h.file, *(h.clauses.get(c, "") for c in clauses)) for h in holdings],
        ),
        Sheet(
            title="Values",
            columns=(*who, *(Column(title=n, width=16) for n in names)),
            rows=[(h.supplier, h.file, *(h.values.get(n, "") for n in names)) for h in holdings],
        ),
    )
    return write_workbook(sheets, title=title, creator="ccclauses", day=day)


def write_portfolio_json(holdings: Sequence[Holding]) -> str:
    """All that is known of each annex."""
    return json.dumps({"annexes": [asdict(h) for h in holdings]}, ensure_ascii=False, indent=2) + "\n"
