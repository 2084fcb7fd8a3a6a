"""A statement of credits as text, a workbook and JSON; each says the same, steps and paragraphs included."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from ...model.credits.credit import EXACT
from ...model.words.quantity import plain
from ...penalties.statement_of import CitedStep, Line, MonthStatement, Statement
from ..workbook import Column, Sheet, write_workbook

CAPS = {"maximum": "maximum", "month_cap": "monthly cap", "annual_cap": "annual cap"}


def caps_text(month: MonthStatement) -> str:
    """Which caps lowered the sum of a month, in words."""
    return ", ".join(CAPS[c] for c in month.caps) or "none"


def due_text(statement: Statement) -> str:
    """The sentence that says what is due, to whom."""
    return f"To be credited to {statement.client} on the next invoice: {statement.money(statement.total)}."


def cited(step: CitedStep) -> str:
    """A step and the paragraph that it rests on."""
    return with_paragraph(step.text, step.paragraph)


def events_text(line: Line) -> str:
    """The references of the events of a line: "E-1, E-2"."""
    return ", ".join(dict.fromkeys(e.id for e in line.events))


def with_paragraph(text: str, paragraph: str) -> str:
    """A text with the paragraph that it rests on in brackets."""
    return f"{text} [{paragraph}]" if paragraph else text


# --- text, for the terminal ---


def write_statement_text(statement: Statement) -> str:
    """The statement as plain text, one step a line with its paragraph."""
    out = [
        f"{statement.title}, {statement.reference}".rstrip(", "),
        f"{statement.client} – {statement.provider}; {statement.law}",
    ]
    for month in statement.months:
        out += ["", month.name]
        for line in month.lines:
            out.append(f"  {line.sanction.label} ({events_text(line)})")
            out += [f"    {cited(s)}" for s in line.steps]
        out += [f"  {e.id}: {e.sanction.label}: in dispute, left out" for e in month.disputed]
        out += [f"  {cited(s)}" for s in month.steps]
        out.append(f"  Credit: {statement.money(month.credit)}. Caps reached: {caps_text(month)}.")
    if statement.damages:
        out += [
            "",
            "Damages, not part of the credit",
            *(f"  {with_paragraph(d.text, d.paragraph)}" for d in statement.damages),
        ]
    return "\n".join([*out, "", *statement.notes, "", due_text(statement), ""])


# --- JSON ---


def statement_dict(statement: Statement) -> dict[str, Any]:
    """The statement as plain JSON values; sums are texts, so that nothing reads them as floats."""
    return {
        "title": statement.title,
        "reference": statement.reference,
        "client": statement.client,
        "provider": statement.provider,
        "law": statement.law,
        "currency": statement.currency,
        "as_of": statement.as_of.isoformat(),
        "time_zone": statement.time_zone,
        "business_days_of": statement.place,
        "annex_fingerprint": statement.fingerprint,
        "months": [_month_dict(statement, m) for m in statement.months],
        "damages": [
            {
                "event": d.event,
                "claimed": plain_sum(d.claimed),
                "credit": plain_sum(d.credit),
                "due": plain_sum(d.due),
                "why": d.text,
                "paragraph": d.paragraph,
            }
            for d in statement.damages
        ],
        "notes": list(statement.notes),
        "total": plain_sum(statement.total),
    }


def write_statement_json(statement: Statement) -> bytes:
    """The statement as a JSON file."""
    return (json.dumps(statement_dict(statement), indent=2, ensure_ascii=False) + "\n").encode()


def plain_sum(amount: Decimal) -> str:
    """A sum in digits, without exponent."""
    return f"{amount:f}" if amount == amount.quantize(Decimal("0.01"), context=EXACT) else plain(amount)


def _month_dict(statement: Statement, month: MonthStatement) -> dict[str, Any]:
    return {
        "month": f"{month.month:%Y-%m}",
        **({"terms_until": month.until.isoformat()} if month.until else {}),
        "paragraphs": [
            {
                "failure": x.sanction.name,
                "label": x.sanction.label,
                "class": x.sanction.cls,
                "paragraph": x.paragraph,
                "counted": x.count,
                "repeated": x.repeated,
                "amount": plain_sum(x.amount),
                "steps": [_step_dict(s) for s in x.steps],
                "events": [
                    {"event": e.id, "what": e.fact, "act": e.act, "row": {"file": e.at.file, "line": e.at.line}}
                    for e in x.events
                ],
            }
            for x in month.lines
        ],
        "counted_elsewhere": [e.id for e in month.counted_elsewhere],
        "disputed": [e.id for e in month.disputed],
        "steps": [_step_dict(s) for s in month.steps],
        "caps": list(month.caps),
        "late_notice": plain_sum(month.notice),
        "other": plain_sum(month.other),
        "credit": plain_sum(month.credit),
    }


def _step_dict(step: CitedStep) -> dict[str, Any]:
    return {"rule": step.rule, "text": step.text, "paragraph": step.paragraph, "cap_applied": step.bit}


# --- workbook ---


def write_statement_xlsx(statement: Statement) -> bytes:
    """The statement as a workbook: months, paragraphs, events, steps, damages."""
    money = (
        f'"{statement.currency}" #,##0.00'
        if not statement.money(Decimal(1)).endswith(" 1")
        else f'"{statement.currency}" #,##0'
    )
    months = Sheet(
        title="Months",
        columns=(
            Column(title="Month", width=14, number_format="mmmm yyyy"),
            Column(title="Late notice", width=20, number_format=money),
            Column(title="Other failures", width=20, number_format=money),
            Column(title="Caps reached", width=28),
            Column(title="Credit", width=20, number_format=money),
        ),
        rows=[
            *((m.month, m.notice, m.other, caps_text(m), m.credit) for m in statement.months),
            ("Total", None, None, "", statement.total),
        ],
    )
    paragraphs = Sheet(
        title="Paragraphs",
        columns=(
            Column(title="Month", width=14, number_format="mmmm yyyy"),
            Column(title="Paragraph", width=16),
            Column(title="Failure", width=40),
            Column(title="Class", width=10),
            Column(title="Events", width=24),
            Column(title="Counted", width=10),
            Column(title="Base doubled", width=12),
            Column(title="Credit", width=20, number_format=money),
        ),
        rows=[
            (
                m.month,
                x.paragraph,
                x.sanction.label,
                x.sanction.cls,
                ", ".join(dict.fromkeys(e.id for e in x.events)),
                x.count,
                "yes" if x.repeated else "",
                x.amount,
            )
            for m in statement.months
            for x in m.lines
        ],
    )
    events = Sheet(
        title="Events",
        columns=(
            Column(title="Month", width=14, number_format="mmmm yyyy"),
            Column(title="Event", width=16),
            Column(title="Failure", width=40),
            Column(title="What happened", width=60),
            Column(title="Note", width=40),
        ),
        rows=[
            (m.month, e.id, e.sanction.label, e.fact, f"{note}; {e.note}".strip("; "))
            for m in statement.months
            for note, found in (
                ("", [e for x in m.lines for e in x.events]),
                ("counts under another paragraph", m.counted_elsewhere),
                ("in dispute, left out", m.disputed),
            )
            for e in dict.fromkeys(found)
        ],
    )
    steps = Sheet(
        title="Steps",
        columns=(
            Column(title="Month", width=14, number_format="mmmm yyyy"),
            Column(title="Event", width=16),
            Column(title="Step", width=100),
            Column(title="Paragraph", width=24),
            Column(title="Result", width=20, number_format=money),
            Column(title="Cap applied", width=12),
        ),
        rows=list(_step_rows(statement)),
    )
    damages = Sheet(
        title="Damages",
        columns=(
            Column(title="Event", width=16),
            Column(title="Claimed", width=20, number_format=money),
            Column(title="Credit", width=20, number_format=money),
            Column(title="Remains", width=20, number_format=money),
            Column(title="Why", width=90),
            Column(title="Paragraph", width=24),
        ),
        rows=[(d.event, d.claimed, d.credit, d.due, d.text, d.paragraph) for d in statement.damages],
    )
    notes = Sheet(
        title="Notes",
        columns=(Column(title="Note", width=120),),
        rows=[(n,) for n in (due_text(statement), *statement.notes)],
    )
    title = f"{statement.title} {statement.reference}".strip()
    sheets = (months, paragraphs, events, steps, *((damages,) if statement.damages else ()), notes)
    return write_workbook(sheets, title=title, creator=statement.client, day=statement.as_of.date())


def _step_rows(statement: Statement) -> Iterable[tuple[date, str, str, str, Decimal | None, str]]:
    for month in statement.months:
        for line in month.lines:
            for s in line.steps:
                result = None if s.rule == "fact" else s.result
                yield month.month, events_text(line), s.text, s.paragraph, result, "yes" if s.bit else ""
        for s in month.steps:
            yield month.month, "", s.text, s.paragraph, s.result, "yes" if s.bit else ""
