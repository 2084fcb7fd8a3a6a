"""The monthly statement of credits as a Word file: what is due, the months in a table, then every step with its paragraph."""

from __future__ import annotations

from dataclasses import replace

from ...model.annex import Annex
from ...penalties.statement_of import MonthStatement, Statement
from ...write.labels import title_details
from ...write.word.docx import document_properties, header_values
from ...write.word.house_style import HouseStyle
from ..word import WordReport
from .statement import caps_text, cited, due_text, events_text, with_paragraph

_DAMAGES = "Damages are not part of the amount credited. What the governing law makes of each claim:"


def write_statement_docx(statement: Statement, annex: Annex, style: HouseStyle) -> bytes:
    """The statement as a Word file in a house style, its sections numbered 1, 1.1, (a): no clause of the annex bears them."""
    front = replace(annex, title=statement.title, date=statement.as_of.date(), status="final")
    report = WordReport(
        style,
        properties=document_properties(front),
        values=header_values(front),
        day=front.date,
        page=annex.page,
        language=annex.language,
    )
    report.title_block(statement.title, f"{statement.client} – {statement.provider}", title_details(front))
    report.paragraph("Summary", "heading")
    report.paragraph(due_text(statement))
    _summary(report, statement)
    for month in statement.months:
        _month(report, statement, month)
    if statement.damages:
        report.paragraph("Damages", "clause")
        report.paragraph(_DAMAGES, "level_2")
        for line in statement.damages:
            report.paragraph(with_paragraph(line.text, line.paragraph), "level_2")
    if statement.notes:
        report.paragraph("Notes", "clause")
        for note in statement.notes:
            report.paragraph(note, "level_2")
    return report.data()


def _summary(report: WordReport, statement: Statement) -> None:
    money = statement.money
    rows = [(m.name, money(m.notice), money(m.other), caps_text(m), money(m.credit)) for m in statement.months]
    rows.append(("Total", "", "", "", money(statement.total)))
    report.table(
        "Credits by month",
        ("Month", "Late notice", "Other failures", "Caps reached", "Credit"),
        rows,
        widths=(22, 19, 19, 20, 20),
        numbers=frozenset({1, 2, 4}),
        total=True,
    )


def _month(report: WordReport, statement: Statement, month: MonthStatement) -> None:
    report.paragraph(month.name, "clause")
    for line in month.lines:
        report.paragraph(f"{line.sanction.label} ({events_text(line)}).", "level_2")
        for step in line.steps:
            report.paragraph(cited(step), "level_3")
    for event in month.disputed:
        left_out = "in dispute and left out until it is decided"
        report.paragraph(f"{event.sanction.label} (event {event.id}): {left_out}.", "level_2")
    report.paragraph("The month is settled as follows.", "level_2")
    for step in month.steps:
        report.paragraph(cited(step), "level_3")
    credit = f"Credit for {month.name}: {statement.money(month.credit)}."
    report.paragraph(f"{credit} Caps reached: {caps_text(month)}.", "level_2")
