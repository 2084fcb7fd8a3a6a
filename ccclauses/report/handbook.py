"""A handbook as a Word file and as a workbook, each with the notice that the contract prevails; equal ones give equal bytes."""

from __future__ import annotations

from dataclasses import replace

from ..model.annex import Annex
from ..model.handbook import Handbook
from ..write.labels import title_details
from ..write.word.docx import document_properties, header_values
from ..write.word.house_style import HouseStyle
from .word import WordReport
from .workbook import Column, Sheet, write_workbook

_CHARACTERS = 130  # of all columns of a sheet together
_TITLE_LIMIT = 31  # characters that a sheet's name may have
_FORBIDDEN = str.maketrans({c: " " for c in r"[]:*?/\\"})


def write_handbook_docx(handbook: Handbook, annex: Annex, style: HouseStyle) -> bytes:
    """The handbook as a Word file in a house style, on landscape pages, a section for each table."""
    front = replace(annex, title=handbook.title, status="final")
    report = WordReport(
        style,
        properties=document_properties(front),
        values=header_values(front),
        day=annex.date,
        page=annex.page,
        language=annex.language,
        landscape=True,
    )
    parties = f"{annex.client.name} – {annex.provider.name}"
    report.title_block(handbook.title, parties, title_details(front))
    report.paragraph("The contract prevails", "heading")
    report.paragraph(handbook.notice)
    for register in handbook.registers:
        report.paragraph(register.title, "heading")
        report.paragraph(register.lead)
        rows = [tuple(cell.text for cell in row) for row in register.table.rows]
        report.table(register.table.title, register.table.header, rows, widths=register.table.widths)
    return report.data()


def write_handbook_xlsx(handbook: Handbook, annex: Annex) -> bytes:
    """The handbook as a workbook: the notice on the first sheet, then a sheet for each table."""
    rows = [(handbook.notice,), *((f"{r.title}: {r.lead}",) for r in handbook.registers)]
    sheets = [Sheet(title="Read first", columns=(Column(title=handbook.title, width=100),), rows=rows)]
    for register in handbook.registers:
        total = sum(register.table.widths) or 1
        columns = tuple(
            Column(title=title, width=max(10, _CHARACTERS * width // total))
            for title, width in zip(register.table.header, register.table.widths)
        )
        values = [tuple(cell.text for cell in row) for row in register.table.rows]
        sheets.append(Sheet(title=_sheet_title(register.title), columns=columns, rows=values))
    return write_workbook(sheets, title=handbook.title, creator=annex.client.name, day=annex.date)


def _sheet_title(title: str) -> str:
    return " ".join(title.replace("Compliance matrix: ", "").translate(_FORBIDDEN).split())[:_TITLE_LIMIT]
