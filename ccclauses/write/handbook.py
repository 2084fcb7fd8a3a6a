"""A handbook as a Word file and as a workbook, each with the notice that the contract prevails; equal ones give equal bytes."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..model.annex import Annex, Paragraph, Schedule, Text
from ..model.clause import Level, Numbering
from ..model.handbook import Handbook, Register
from .workbook import Column, Sheet, write_workbook

if TYPE_CHECKING:
    from .house_style import HouseStyle

_CHARACTERS = 130  # of all columns of a sheet together
_TITLE_LIMIT = 31  # characters that a sheet's name may have
_FORBIDDEN = str.maketrans({c: " " for c in r"[]:*?/\\"})


def write_handbook_docx(handbook: Handbook, annex: Annex, style: HouseStyle) -> bytes:
    """The handbook as a Word file in a house style, a part for each table."""
    from .docx import write_docx

    return write_docx(handbook_document(handbook, annex), style, draft=False)


def handbook_document(handbook: Handbook, annex: Annex) -> Annex:
    """The handbook in the shape of an annex, so that the writers of annexes write it."""
    return replace(
        annex,
        title=handbook.title,
        status="final",
        numbering=Numbering(clause=annex.numbering.clause, schedule=_parts(annex)),
        preliminaries=(Paragraph(inlines=(Text(handbook.notice),)),),
        key_terms=replace(annex.key_terms, header=(), rows=(), widths=(), align=()),
        groups=MappingProxyType({}),
        clauses=(),
        definitions=(),
        schedules=tuple(_part(r, n) for n, r in enumerate(handbook.registers, 1)),
        signatures=False,
        headings=MappingProxyType({"how-to-read": "The contract prevails"}),
    )


def _parts(annex: Annex) -> tuple[Level, ...]:
    """The numbering of schedules with headings that are no schedules of the contract: "Part 2"."""
    head, *rest = annex.numbering.schedule or (Level(format="decimal", text="", noun=""),)
    return (replace(head, format="decimal", text="Part %1"), *rest)


def _part(register: Register, number: int) -> Schedule:
    return Schedule(
        id=register.id,
        number=f"Part {number}",
        title=register.title,
        anchor=f"_ch_{register.id.replace('-', '_')}"[:40],
        blocks=(Paragraph(inlines=(Text(register.lead),)), register.table),
        landscape=register.landscape,
    )


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
    creator = annex.client.name
    return write_workbook(sheets, title=handbook.title, creator=creator, day=annex.date)


def _sheet_title(title: str) -> str:
    return " ".join(title.replace("Compliance matrix: ", "").translate(_FORBIDDEN).split())[:_TITLE_LIMIT]
