"""A portfolio as a text, a self-contained HTML page, a workbook or JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from ..common.markup import render_page
from ..model.findings.portfolio import Holding
from ..model.words.plurals import counted
from ..model.words.quantity import Money, QuantityError
from ..write.plain.text_table import text_table
from .workbook import CellValue, Column, Sheet, write_workbook

_COLUMNS = {
    "Supplier": 28, "Reference": 18, "Date": 12, "Status": 9, "Clauses": 9, "Posture": 26, "Coverage": 34, "Next review": 12,
    "Most in a month": 18, "Most in a year": 18, "File": 34, "Remark": 40,
}  # fmt: skip

_MOST = "Most in a month / year"
_PRINTED = ("Supplier", "File", "Date", "Posture", "Coverage", "Next review", _MOST, "Remark")  # in a terminal


def _row(h: Holding) -> tuple[str, ...]:
    posture = f"{h.posture} ({h.posture_share})" if h.posture else ""
    coverage = ", ".join(f"{name} {share}" for name, share in h.coverage.items())
    remark = "; ".join(_remarks(h))
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


def _remarks(h: Holding) -> list[str]:
    same = f"same fingerprint as {h.same_as}" if h.same_as else ""
    return [r for r in (h.problem, same, *h.remarks) if r]


def counts_said(every: Sequence[Holding], found: Sequence[Holding] | None = None) -> str:
    """How many annexes there are, of which `found` were asked for, and how many files are none."""
    kinds = Counter(h.kind for h in every)
    chosen = f"{sum(h.kind == 'annex' for h in found):,} of " if found is not None else ""
    copies = sum(bool(h.same_as) for h in every)
    parts = [
        f"{chosen}{counted(kinds['annex'], 'annex')}{f' ({copies} with the fingerprint of another)' if copies else ''}",
        *([counted(kinds["contract"], "other contract")] if kinds["contract"] else []),
        *([f"{counted(kinds['unreadable'], 'file')} that can't be read"] if kinds["unreadable"] else []),
    ]
    return ", ".join(parts) + "."


def write_portfolio_table(holdings: Sequence[Holding], width: int | None, total: str) -> str:
    """A row for each annex, fitted to `width` characters or one line each; a column that is empty throughout is left out.

    `total` are the lines below it.
    """
    rows = [(h, dict(zip(_COLUMNS, _row(h)))) for h in holdings]
    cells = [{t: _most(h) if t == _MOST else row[t] for t in _PRINTED} for h, row in rows]
    titles = [t for t in _PRINTED if any(c[t] for c in cells)]
    lines = text_table(titles, [[c[t] for t in titles] for c in cells], width) if cells else []
    return "\n".join([*(line.rstrip() for line in lines), total]) + "\n"


def _most(h: Holding) -> str:
    return " / ".join(filter(None, (h.month, h.year)))


def write_portfolio_text(holdings: Sequence[Holding], total: str) -> str:
    """A block for each annex."""
    out = []
    for h in holdings:
        cells = [
            f"  {title}: {cell}" for title, cell in zip(_COLUMNS, _row(h)) if cell and title not in ("Supplier", "File")
        ]
        out += [f"{h.file}: {h.supplier}".rstrip(": "), *cells]
    return "\n".join([*out, total]) + "\n"


def write_portfolio_html(holdings: Sequence[Holding], title: str, total: str) -> str:
    """One page without scripts: the table, then the clause versions and values of each annex to open."""
    return render_page(
        "portfolio.html",
        language="en",
        title=title,
        wide=True,
        columns=tuple(_COLUMNS),
        narrow=("Date", "Next review", "Most in a month", "Most in a year"),
        rows=tuple((h, _row(h)) for h in holdings),
        total=total.splitlines(),
    )


def write_portfolio_xlsx(holdings: Sequence[Holding], title: str, day: date) -> bytes:
    """Three sheets: the annexes, the versions of their clauses, their values; dates, counts and sums as such."""
    names = sorted({n for h in holdings for n in h.values})
    clauses = sorted({c for h in holdings for c in h.clauses})
    who = (Column(title="Supplier", width=28), Column(title="File", width=34))
    sheets = (
        Sheet(
            title="Annexes",
            columns=[Column(title=t, width=_WORKBOOK[t], number_format=_FORMATS.get(t, "")) for t in _WORKBOOK],
            rows=[_typed_row(h) for h in holdings],
        ),
        Sheet(
            title="Clauses",
            columns=(*who, *(Column(title=c, width=12) for c in clauses)),
            rows=[(h.supplier, h.file, *(_number(h.clauses.get(c, "")) for c in clauses)) for h in holdings],
        ),
        _values_sheet(holdings, who, names),
    )
    return write_workbook(sheets, title=title, creator="ccclauses", day=day)


# A sum and its currency are apart, so that a program can add the sums.
_WORKBOOK = {t: w for t, w in _COLUMNS.items() if not t.startswith("Most")} | {"Currency": 10} | {
    t: w for t, w in _COLUMNS.items() if t.startswith("Most")
}  # fmt: skip
_FORMATS = {"Date": "yyyy-mm-dd", "Next review": "yyyy-mm-dd"} | {
    t: "#,##0.00" for t in _COLUMNS if t.startswith("Most")
}


def _typed_row(h: Holding) -> tuple[CellValue, ...]:
    cells: dict[str, CellValue] = dict(zip(_COLUMNS, _row(h)))
    month, year = _money(h.month), _money(h.year)
    currency = (month or year or Money(Decimal(0), "")).currency
    return tuple(
        {
            **cells,
            "Date": _day(h.date),
            "Next review": _day(h.review),
            "Clauses": len(h.clauses) or None,
            "Currency": currency,
            "Most in a month": month.amount if month else h.month,
            "Most in a year": year.amount if year else h.year,
        }[title]
        for title in _WORKBOOK
    )


def _values_sheet(holdings: Sequence[Holding], who: Sequence[Column], names: Sequence[str]) -> Sheet:
    """A column for each value: numbers, shares, dates and sums of one currency as such, anything else in words."""
    formats: dict[str, str] = {}
    cells: dict[str, list[CellValue]] = {}
    for name in names:
        texts = [h.values.get(name, "") for h in holdings]
        money = [_money(t) for t in texts]
        currencies = {m.currency for m in money if m}
        shares = [_SHARE.fullmatch(t) for t in texts]
        if any(texts) and all(m or not t for m, t in zip(money, texts)) and len(currencies) == 1 and currencies != {""}:
            cells[name] = [m.amount if m else None for m in money]
            formats[name] = f'"{currencies.pop()}" #,##0.00'
        elif any(texts) and all(s or not t for s, t in zip(shares, texts)):
            cells[name] = [Decimal(s[1]) / 100 if s else None for s in shares]
            formats[name] = "0.00%"
        else:
            cells[name] = [_number(t) if not _DAY.fullmatch(t) else _day(t) for t in texts]
            formats[name] = "yyyy-mm-dd" if any(_DAY.fullmatch(t) for t in texts) else ""
    return Sheet(
        title="Values",
        columns=(*who, *(Column(title=n, width=16, number_format=formats[n]) for n in names)),
        rows=[(h.supplier, h.file, *(cells[n][i] for n in names)) for i, h in enumerate(holdings)],
    )


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHARE = re.compile(r"(\d{1,9}(?:\.\d{1,9})?) ?%")
_WHOLE = re.compile(r"-?\d{1,15}")


def _number(text: str) -> CellValue:
    return int(text) if _WHOLE.fullmatch(text) else text or None


def _day(text: str) -> CellValue:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return text


def _money(text: str) -> Money | None:
    try:
        return Money.parse(text) if re.match(r"[A-Z]{3}\s", text) else None
    except QuantityError:
        return None


def write_portfolio_json(
    holdings: Sequence[Holding], every: Sequence[Holding], others: Sequence[str], unknown: Mapping[str, list[str]]
) -> str:
    """All that is known of each file that was asked for; how many there are of each kind, and what was not read.

    `unknown` are the annexes that could not be asked, by what was asked of them.
    """
    kinds = Counter(h.kind for h in every)
    whole = {
        "annexes": [asdict(h) for h in holdings],
        "counts": {"annexes": kinds["annex"], "other_contracts": kinds["contract"], "unreadable": kinds["unreadable"]},
        "not_read": list(others),
        "not_known": dict(unknown),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
