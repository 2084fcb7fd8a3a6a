"""The obligations of an annex as a workbook that a contract manager keeps, as CSV and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, time
from typing import Any

from ...derive.obligations import (
    DutyCalendar,
    Occurrence,
    Undated,
    consequence_text,
    deadline_text,
    duty_text,
    paragraph_noun,
)
from ...model.annex import Annex
from ..workbook import CellValue, Column, Sheet, write_csv, write_workbook

STATUSES = ("open", "in progress", "received", "accepted", "rejected", "waived")
_CLOSED = ("received", "accepted", "waived")
_WHY = {"event": "on the event", "running": "runs all the time", "standing": "always"}

_DATE = "yyyy-mm-dd"
COLUMNS = (
    Column(title="Due", width=12, number_format=_DATE),
    Column(title="Time", width=8),
    Column(title="Period from", width=12, number_format=_DATE),
    Column(title="Period to", width=12, number_format=_DATE),
    Column(title="Who owes", width=26),
    Column(title="To whom", width=26),
    Column(title="Duty", width=46),
    Column(title="Paragraph", width=14),
    Column(title="Deadline", width=40),
    Column(title="Evidence", width=36),
    Column(title="Right to verify", width=14),
    Column(title="If missed", width=46),
    Column(title="Status", width=13),
    Column(title="Done on", width=12, number_format=_DATE),
    Column(title="Comment", width=36),
)
_STATUS, _DONE = "M", "N"  # the letters of those two columns


def _rows(duties: DutyCalendar, annex: Annex) -> Iterator[tuple[CellValue, ...]]:
    """A row for each date, then for each duty without one."""
    entries: list[Occurrence | Undated] = [*duties.occurrences, *duties.undated]
    noun = paragraph_noun(annex)
    for entry in entries:
        o = entry.obligation
        owes, owed = (
            (annex.provider.name, annex.client.name)
            if o.obligor == "provider"
            else (annex.client.name, annex.provider.name)
        )
        dates: tuple[CellValue, ...] = (None, "", None, None)
        status, comment = "", _WHY[entry.why] if isinstance(entry, Undated) else entry.assumed
        if isinstance(entry, Occurrence):
            dates = (entry.due, _clock(entry.clock), entry.first, entry.last)
            status = STATUSES[0]
        check = f"{noun}{o.check}" if o.check else ""
        yield (
            *dates,
            owes,
            owed,
            duty_text(o),
            f"{noun}{o.number}",
            deadline_text(o),
            o.evidence,
            check,
            consequence_text(o, annex),
            status,
            None,
            comment,
        )


def _clock(clock: time | None) -> str:
    return f"{clock:%H:%M}" if clock else ""


def write_obligations_csv(duties: DutyCalendar, annex: Annex) -> bytes:
    """The rows of the workbook's first sheet as CSV."""
    return write_csv((c.title for c in COLUMNS), _rows(duties, annex))


def write_obligations_json(duties: DutyCalendar, annex: Annex) -> bytes:
    """The dated and undated duties as JSON."""
    return (json.dumps(obligations_dict(duties, annex), indent=2, ensure_ascii=False) + "\n").encode()


def obligations_dict(duties: DutyCalendar, annex: Annex) -> dict[str, Any]:
    """The dated and undated duties as plain JSON values."""
    return {
        "reference": annex.reference,
        "start": duties.start.isoformat(),
        "until": duties.until.isoformat(),
        "business_days_of": duties.place,
        "time_zone": duties.time_zone,
        "annex_fingerprint": annex.fingerprint,
        "dated": [
            {
                "due": x.due.isoformat(),
                "time": _clock(x.clock) or None,
                "period": [x.first.isoformat(), x.last.isoformat()],
                "occurrence": x.number,
                "note": x.assumed,
                **_duty_dict(x, annex),
            }
            for x in duties.occurrences
        ],
        "undated": [{"why": x.why, **_duty_dict(x, annex)} for x in duties.undated],
    }


def _duty_dict(entry: Occurrence | Undated, annex: Annex) -> dict[str, Any]:
    o = entry.obligation
    return {
        "duty": o.id,
        "paragraph": o.number,
        "obligor": o.obligor,
        "action": o.action,
        "object": o.object,
        "deadline": deadline_text(o),
        "evidence": o.evidence,
        "check": o.check,
        "consequence": consequence_text(o, annex),
        "failure": o.failure or None,
    }


def write_obligations_xlsx(duties: DutyCalendar, annex: Annex) -> bytes:
    """The workbook: obligations with a status to keep, evidence, contacts, parameters."""
    noun = paragraph_noun(annex)
    numbers = {c.id: c.number for c in annex.clauses}
    obligations = Sheet(title="Obligations", columns=COLUMNS, rows=list(_rows(duties, annex)), finish=_keep)
    evidence = Sheet(
        title="Evidence",
        columns=(
            Column(title="Paragraph", width=14),
            Column(title="Who keeps it", width=26),
            Column(title="Evidence", width=50),
            Column(title="Duty", width=50),
            Column(title="Deadline", width=40),
            Column(title="Right to verify", width=14),
            Column(title="Where it is kept", width=36),
        ),
        rows=[
            (
                f"{noun}{o.number}",
                annex.provider.name if o.obligor == "provider" else annex.client.name,
                o.evidence,
                duty_text(o),
                deadline_text(o),
                f"{noun}{o.check}" if o.check else "",
                "",
            )
            for o in annex.obligations
        ],
    )
    contacts = Sheet(
        title="Contacts",
        columns=(
            Column(title="Party", width=26),
            Column(title="Role", width=30),
            Column(title="Name", width=30),
            Column(title="Email", width=36),
            Column(title="Telephone", width=22),
            Column(title="Stand-in", width=30),
        ),
        rows=[
            (
                annex.client.name if c.party == "client" else annex.provider.name,
                c.role,
                c.name,
                c.email,
                c.phone,
                c.stand_in,
            )
            for c in annex.contacts
        ],
    )
    parameters = Sheet(
        title="Parameters",
        columns=(
            Column(title="Value", width=50),
            Column(title="In force", width=40),
            Column(title="Clause", width=14),
            Column(title="Name", width=28),
        ),
        rows=[(e.label, e.text, numbers.get(e.clause, ""), e.name) for e in annex.parameters.values()],
    )
    title = f"Obligations of {annex.title} {annex.reference}".strip()
    return write_workbook(
        (obligations, evidence, contacts, parameters), title=title, creator=annex.client.name, day=annex.date
    )


def _keep(page: Any) -> None:
    """The choice list of the status, and colours: overdue, due within a week, closed."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    last = max(page.max_row, 2)
    choices = DataValidation(type="list", formula1=f'"{",".join(STATUSES)}"', allow_blank=True)
    choices.error, choices.errorTitle = f"Choose one of: {', '.join(STATUSES)}.", "Status"
    choices.showErrorMessage = True
    choices.add(f"{_STATUS}2:{_STATUS}{last}")
    days = DataValidation(
        type="date",
        operator="greaterThan",
        formula1=str((date(1970, 1, 1) - date(1899, 12, 30)).days),
        allow_blank=True,
    )
    days.error, days.errorTitle, days.showErrorMessage = "Write a date.", "Done on", True
    days.add(f"{_DONE}2:{_DONE}{last}")
    page.add_data_validation(choices)
    page.add_data_validation(days)
    closed = "OR(" + ",".join(f'${_STATUS}2="{s}"' for s in _CLOSED) + ")"
    area = f"A2:{_DONE}{last}"
    for formula, colour in (
        (closed, "FFE2EFDA"),
        (f'AND(ISNUMBER($A2),$A2<TODAY(),${_DONE}2="")', "FFF8CBAD"),
        (f'AND(ISNUMBER($A2),$A2<=TODAY()+7,${_DONE}2="")', "FFFFF2CC"),
    ):
        page.conditional_formatting.add(
            area, FormulaRule(formula=[formula], fill=PatternFill(bgColor=colour), stopIfTrue=True)
        )
