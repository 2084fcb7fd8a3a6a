"""What a new library means for a folder of annexes: a text, a page for the board, a workbook, JSON.

It is for the client alone: it says postures, reasons and negotiated wording, which no amendment does.
"""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import quote

from ...common.markup import render_page
from ...compare.wording import change_words, joined
from ...model.findings.amendment import Amended, Concern, Effect, Left
from ...model.findings.comparison import Exposure, WordChange
from ...model.library.clause import Change
from ...model.words.quantity import Money
from ..workbook import CellValue, Column, Sheet, write_workbook

STATES = {
    "affected": "affected",
    "unaffected": "not affected",
    "unknown": "can't be told",
    "unreadable": "can't be read",
}
_WHAT = {"replaced": "is replaced", "inserted": "comes in", "deleted": "goes", "renumbered": "refers to other numbers"}
_CONCERN = {
    "unmet": "no longer allowed",
    "advised": "advised against",
    "out of range": "out of range",
    "moved": "library moved",
}
_BOARD = (
    "Supplier",
    "Reference",
    "File",
    "Changed",
    "Left as signed",
    "Values to decide",
    "Most in a year",
    "To be signed by",
)
_BY_CLAUSE = ("Clause", "Changed in", "Left as signed in")
_CHANGED = "What changed in the library"
_REASONS = 3  # of a clause, on the page of the board
ANNEXES = {
    "Supplier": 28,
    "Reference": 18,
    "State": 12,
    "Changed": 40,
    "Left as signed": 40,
    "Values to decide": 40,
    "Most in a year": 34,
    "To be signed by": 44,
    "File": 34,
    "Went by": 44,
    "Problems": 44,
}


def counted(effects: Sequence[Effect]) -> dict[str, int]:
    """How many annexes there are, in each state."""
    found: Counter[str] = Counter(e.state for e in effects)
    return {"annexes": len(effects), **{state: found[state] for state in STATES}}


def headline(effects: Sequence[Effect]) -> str:
    """The counts in a sentence."""
    found = counted(effects)
    to_sign = sum(bool(e.amended) for e in effects)
    told = ", ".join(f"{found[s]} {words}" for s, words in STATES.items() if found[s] or s == "affected")
    plural = "" if len(effects) == 1 else "es"
    return f"{len(effects)} annex{plural}: {told}; {to_sign} to be amended."


@dataclass(frozen=True, slots=True)
class ByClause:
    """A clause or definition that the library changed, over all annexes."""

    title: str
    changed: int  # in how many annexes
    left: int
    reasons: tuple[Change, ...]  # of the library, for each version since the earliest that was signed
    why: str  # what makes up the change
    about: str
    words: tuple[tuple[str, str], ...]  # that change, in the first annex that it changes


def by_clause(effects: Sequence[Effect]) -> list[ByClause]:
    """Each part of the library that changed, with what it means for all annexes together."""
    first: dict[tuple[str, str], Amended | Left] = {}
    changed: Counter[tuple[str, str]] = Counter()
    left: Counter[tuple[str, str]] = Counter()
    why: dict[tuple[str, str], dict[str, None]] = {}
    told: dict[tuple[str, str], set[Change]] = {}
    for effect in effects:
        for part in effect.amended:
            if part.kind in ("clause", "definition") and part.what != "renumbered":
                key: tuple[str, str] = (part.kind, part.id)
                first[key] = first[key] if isinstance(first.get(key), Amended) else part
                changed[key] += 1
                why.setdefault(key, {}).update(dict.fromkeys(part.why))
                told.setdefault(key, set()).update(part.changes)
        staying = {(str(x.kind), x.id): x for x in reversed(effect.left)}
        for key, stays in staying.items():
            first.setdefault(key, stays)
            left[key] += 1
            told.setdefault(key, set()).update(stays.changes)
    out = []
    for key, one in first.items():
        reasons = list(why.get(key, ()))
        more = f"; and {len(reasons) - _REASONS} more" if len(reasons) > _REASONS else ""
        about, words = (one.about, one.words) if isinstance(one, Amended) else ("", ())
        changes = tuple(sorted(told[key], key=lambda c: c.version))
        summed = "; ".join(reasons[:_REASONS]) + more
        out.append(ByClause(one.title, changed[key], left[key], changes, summed, about, words))
    return out


def money_change(effects: Sequence[Effect]) -> list[str]:
    """What the credits of the amended annexes can come to in a year, before and after, by currency."""
    sums: dict[str, list[Decimal]] = {}
    for effect in effects:
        for side, exposure in enumerate((effect.before, effect.after)):
            if effect.amended and exposure.year is not None:
                sums.setdefault(exposure.year.currency, [Decimal(0), Decimal(0)])[side] += exposure.year.amount
    return [
        f"{Money(one, currency)} → {Money(other, currency)}" if one != other else f"{Money(one, currency)}, unchanged"
        for currency, (one, other) in sorted(sums.items())
    ]


# ------------------------------------------------------------------------------------- text


def write_summary_text(effects: Sequence[Effect]) -> str:
    """A block for each annex, then the library's reasons, each once, and the counts."""
    out: list[str] = []
    for effect in effects:
        out.append(f"{effect.file}: {STATES[effect.state]}" + (f" ({effect.supplier})" if effect.supplier else ""))
        out += [f"  {line}" for line in _lines(effect)]
    out += _reasons(effects)
    out += [f"Credits at most in a year: {line}." for line in money_change(effects)]
    return "\n".join([*out, headline(effects)]) + "\n"


def write_deal_text(effect: Effect) -> str:
    """What an amendment of one deal changes, stays out of, and who signs it."""
    out = [f"{effect.file}: {'to be amended' if effect.amended else 'nothing changes'} ({effect.supplier})"]
    out += [f"  {line}" for line in _lines(effect)]
    out += [f"Credits at most in a year: {line}." for line in money_change([effect])]
    return "\n".join(out) + "\n"


def _lines(effect: Effect) -> Iterator[str]:
    yield from (
        f"{part.name} {_WHAT[part.what]}: {'; '.join(part.why)}"
        for part in effect.amended
        if part.kind in ("clause", "definition")
    )
    follow = [part.name for part in effect.amended if part.kind in ("schedule", "front")]
    if follow:
        yield f"follow: {', '.join(follow)}"
    yield from (f"{part.name} stays: {part.reason}" for part in effect.left)
    yield from (_said(c) for c in effect.concerns)
    yield from (f"problem: {p}" for p in effect.problems)
    if effect.signatories:
        yield f"to be signed by {', '.join(map(str, effect.signatories))}"
    if effect.terms:
        yield f"says of its amendment: {'; '.join(effect.terms)}"
    if effect.went_by:
        yield f"went by {'; '.join(effect.went_by)}"


def _reasons(effects: Sequence[Effect]) -> Iterator[str]:
    rows = [row for row in by_clause(effects) if row.reasons]
    if rows:
        yield "Why the library changed:"
    for row in rows:
        yield f"  {row.title}"
        for change in row.reasons:
            yield from textwrap.wrap(str(change), 100, initial_indent="    ", subsequent_indent="      ")


def _said(concern: Concern) -> str:
    return f"{concern.label}, {concern.value} ({_CONCERN[concern.kind]}): {concern.reason}"


# ------------------------------------------------------------------------------------- page


def write_summary_html(effects: Sequence[Effect], title: str, day: date) -> str:
    """One page without scripts: counts, clauses, annexes, then what stays and which values are to be decided."""
    rest = (e for e in effects if e.state in ("unknown", "unreadable") or e.problems)
    return render_page(
        "amendments.html",
        language="en",
        title=title,
        wide=True,
        day=day.isoformat(),
        headline=headline(effects),
        money=money_change(effects),
        clauses=tuple(map(_shown, by_clause(effects))),
        board=_BOARD,
        annexes=tuple(_board_row(e) for e in effects if e.state == "affected"),
        concerns=tuple(concern_rows(effects)),
        left=tuple((e, part) for e in effects for part in e.left),
        known=tuple((e.file, "; ".join(e.went_by), "; ".join(e.terms)) for e in effects if e.went_by),
        rest=tuple((e.file, STATES[e.state], "; ".join(e.problems or e.went_by)) for e in rest),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClause:
    """A changed part of the library as the page shows it."""

    title: str
    about: str
    changed: int
    left: int
    reasons: tuple[str, ...]
    why: str
    words: tuple[tuple[WordChange, ...], ...]


def _shown(row: ByClause) -> ShownClause:
    return ShownClause(
        title=row.title,
        about=row.about,
        changed=row.changed,
        left=row.left,
        reasons=tuple(_capital(str(change)) for change in row.reasons),
        why=row.why,
        words=tuple(tuple(joined(change_words(before, after))) for before, after in row.words),
    )


def _board_row(effect: Effect) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The cells of an affected annex, and the address and name of each paper written for it."""
    row = dict(zip(ANNEXES, annex_row(effect)))
    papers = tuple((quote(f), f.rpartition("-")[2]) for f in effect.files)
    return tuple(row[title] for title in _BOARD), papers


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def annex_row(effect: Effect) -> tuple[str, ...]:
    """What is shown of an annex: one text for each of the columns in `ANNEXES`."""
    return (
        effect.supplier,
        effect.reference,
        STATES[effect.state],
        "\n".join(p.name for p in effect.amended if p.kind in ("clause", "definition")),
        "\n".join(dict.fromkeys(p.name for p in effect.left)),
        "\n".join(f"{c.label}: {c.value} ({_CONCERN[c.kind]})" for c in effect.concerns),
        _money(effect.before, effect.after),
        "\n".join(map(str, effect.signatories)),
        effect.file,
        "; ".join(effect.went_by),
        "; ".join(effect.problems),
    )


def _money(before: Exposure, after: Exposure) -> str:
    if before.year == after.year:
        return str(before.year or "")
    return f"{before.year or 'not known'} → {after.year or 'not known'}"


def concern_rows(effects: Sequence[Effect]) -> Iterator[tuple[str, ...]]:
    """The values to decide: supplier, file, value, what the annex says, finding, reason."""
    for effect in effects:
        for c in effect.concerns:
            yield (effect.supplier, effect.file, c.label, c.value, _CONCERN[c.kind], c.reason)


# ------------------------------------------------------------------------------------- workbook, JSON


def write_summary_xlsx(effects: Sequence[Effect], title: str, day: date) -> bytes:
    """Sheets of annexes, changes, parts left as signed, values to decide, and clauses."""
    who = (Column(title="Supplier", width=28), Column(title="File", width=34))

    def rows(parts: Iterable[tuple[Effect, tuple[str, ...]]]) -> list[tuple[str, ...]]:
        return [(effect.supplier, effect.file, *cells) for effect, cells in parts]

    def amended(p: Amended) -> tuple[str, ...]:
        return (p.kind, p.number, p.title, p.what, "; ".join(p.why))

    def left(p: Left) -> tuple[str, ...]:
        return (p.kind, p.number, p.title, p.why, p.reason, p.signed, p.library)

    def concern(c: Concern) -> tuple[str, ...]:
        return (c.label, c.value, _CONCERN[c.kind], c.reason)

    sheets = (
        _sheet("Annexes", ANNEXES, [annex_row(e) for e in effects]),
        Sheet(
            title="Changes",
            columns=(*who, *_columns({"Kind": 12, "Number": 10, "Title": 34, "What": 12, "Why": 60})),
            rows=rows((e, amended(p)) for e in effects for p in e.amended),
        ),
        Sheet(
            title="Left as signed",
            columns=(
                *who,
                *_columns(
                    {"Kind": 12, "Number": 10, "Title": 34, "Why": 14, "Reason": 44, "Signed": 60, "Library": 60}
                ),
            ),
            rows=rows((e, left(p)) for e in effects for p in e.left),
        ),
        Sheet(
            title="Values",
            columns=(*who, *_columns({"Value": 40, "In the annex": 18, "Finding": 18, "Reason": 70})),
            rows=rows((e, concern(c)) for e in effects for c in e.concerns),
        ),
        _sheet(
            "Clauses",
            dict(zip((*_BY_CLAUSE, "Why the library changed", _CHANGED), (34, 12, 18, 70, 44))),
            [
                (r.title, r.changed, r.left, "\n".join(_capital(str(c)) for c in r.reasons), r.why)
                for r in by_clause(effects)
            ],
        ),
    )
    return write_workbook(sheets, title=title, creator="ccclauses", day=day)


def _sheet(title: str, columns: dict[str, int], rows: Sequence[Sequence[CellValue]]) -> Sheet:
    return Sheet(title=title, columns=_columns(columns), rows=rows)


def _columns(widths: dict[str, int]) -> tuple[Column, ...]:
    return tuple(Column(title=t, width=w) for t, w in widths.items())


def write_summary_json(effects: Sequence[Effect]) -> str:
    """All that is known of each annex; sums as texts."""
    data = {
        **counted(effects),
        "effects": [{**asdict(e), "before": _exposure(e.before), "after": _exposure(e.after)} for e in effects],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _exposure(exposure: Exposure) -> dict[str, str | None]:
    return {
        "month": str(exposure.month) if exposure.month else None,
        "year": str(exposure.year) if exposure.year else None,
    }
