"""Assessed papers → the report as a Word file: a table in the order of harm for each paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ...model.findings.assessment import HARMS, AssessedPaper
from ...write.word.house_style import HouseStyle
from ..word import WordReport
from .assessment import CAUTION, cell, coverage_counts, quoted, side_by_side, summary, with_correction

_NO_VALUES = ("title", "reference", "version", "date", "status", "classification", "client", "provider")


def write_docx(papers: Sequence[AssessedPaper], style: HouseStyle, day: date) -> bytes:
    """The report, landscape; several papers begin with the table that sets them side by side."""
    report = WordReport(
        style,
        properties={"dc:title": "Assessment"},
        values=dict.fromkeys(_NO_VALUES, "") | {"title": "Assessment", "date": day.isoformat()},
        day=day,
        landscape=True,
    )
    report.title_block("Assessment", ", ".join(p.paper.name for p in papers))
    report.paragraph(CAUTION)
    if len(papers) > 1:
        rows = [(id_, ours, *(cell(a) for a in answers)) for id_, ours, answers in side_by_side(papers)]
        report.paragraph("Side by side", "heading")
        report.table("Side by side", ("Point", "Ours", *(p.paper.name for p in papers)), rows)
    for paper in papers:
        report.paragraph(paper.paper.name, "heading")
        report.paragraph(f"{summary(paper)}.")
        for note in paper.paper.notes:
            report.paragraph(note)
        for harm, says in HARMS.items():
            points = [p for p in paper.points if p.harm == harm]
            if not points:
                continue
            rows = [
                (
                    str(p.number),
                    p.answer.question.ask,
                    with_correction(p),
                    p.ours,
                    quoted(p, paper),
                    ", ".join(p.required),
                )
                for p in points
            ]
            report.paragraph(f"{says[:1].upper()}{says[1:]}", "heading")
            report.table(says, ("No.", "Point", "Theirs", "Ours", "Their words", "Required by"), rows)
        for name, met, of in coverage_counts(paper):
            report.paragraph(f"{name}: {met} of {of} references met by their paper.")
    return report.data()
