"""The summary of `amend` for the board as a Word file, to be sent round and commented on; it says what the page says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ...model.findings.amendment import Effect
from ...write.labels import written_date
from ...write.word.house_style import HouseStyle
from ..word import WordReport
from .amend_summary import ANNEXES, STATES, annex_row, by_clause, concern_rows, headline, money_change

_SHOWN = ("Supplier", "Reference", "Changed", "Left as signed", "Values to decide", "Most in a year", "To be signed by")
_FOR = "For the client alone"


def write_summary_docx(effects: Sequence[Effect], title: str, day: date, style: HouseStyle) -> bytes:
    """Counts, money, clauses, affected annexes, values to decide and what stays, on landscape pages in a house style."""
    said = written_date(day, "en-GB")
    report = WordReport(
        style,
        properties={"dc:title": title, "dc:language": "en-GB", "cp:category": _FOR},
        values={
            "title": title,
            "classification": _FOR,
            "date": said,
            "reference": "Summary of amendments",
            "version": f"of {said}",  # the shipped footers print "reference, version …"
        },
        day=day,
        landscape=True,
    )
    report.title_block(title, headline(effects), (("Date", said), ("Classification", _FOR)))
    if money := money_change(effects):
        report.paragraph(f"Credits of the amended annexes at most in a year: {'; '.join(money)}.")
    clauses = [
        (
            row.title,
            str(row.changed),
            str(row.left),
            "\n".join(f"{c}"[:1].upper() + f"{c}"[1:] for c in row.reasons) or row.why,
        )
        for row in by_clause(effects)
    ]
    _section(
        report, "What changed in the library", ("Clause", "Changed in", "Left as signed in", "Why"), clauses, {1, 2}
    )
    rows = [dict(zip(ANNEXES, annex_row(e))) for e in effects if e.state == "affected"]
    _section(report, "Affected annexes", _SHOWN, [tuple(row[name] for name in _SHOWN) for row in rows])
    decide = ("Supplier", "File", "Value", "In the annex", "Finding", "Reason")
    _section(report, "Values to decide", decide, list(concern_rows(effects)))
    left = [(e.supplier, e.file, part.name, f"{part.why}: {part.reason}") for e in effects for part in e.left]
    _section(report, "Left as signed", ("Supplier", "File", "Part", "Why"), left)
    rest = [e for e in effects if e.state in ("unknown", "unreadable") or e.problems]
    told = [(e.file, STATES[e.state], "; ".join(e.problems or e.went_by)) for e in rest]
    _section(report, "What could not be done, or is to be looked at", ("File", "State", "Reason"), told)
    return report.data()


def _section(
    report: WordReport,
    title: str,
    header: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    numbers: set[int] | frozenset[int] = frozenset(),
    widths: tuple[int, ...] = (),
) -> None:
    if rows:
        report.paragraph(title, "heading")
        report.table(title, header, rows, numbers=frozenset(numbers), widths=widths)
