"""Assessed papers → what people read: text for a terminal, one HTML page, a workbook, JSON; one paper or several."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ...common.markup import render_page
from ...model.findings.assessment import HARMS, AssessedPaper, AssessedPoint, AssessVerdict, PaperAnswer
from ..workbook import CellValue, Column, Sheet, write_workbook

_VERDICTS: tuple[AssessVerdict, ...] = ("met", "partly", "missing", "unsure")
CAUTION = (
    "Not found does not mean not there: the cues know many phrasings and not all. Read each sentence before you rely on it. "
    "This is not legal advice."
)


def theirs(answer: PaperAnswer) -> str:
    """What they say in a line: the value where there is one, else the verdict's reason."""
    value = answer.value.text if answer.value else ""
    clock = f" from {answer.value.clock}" if answer.value and answer.value.clock else ""
    return f"{value}{clock}" if value else "; ".join(answer.reasons)


def with_correction(point: AssessedPoint) -> str:
    """What they say in a line, and what a person decided about it."""
    return "; ".join(filter(None, (theirs(point.answer), str(point.correction or ""))))


def quoted(point: AssessedPoint, paper: AssessedPaper, place: int = 0) -> str:
    """The sentence that decides, with its number in their paper."""
    found = point.answer.found
    sentence = found[place].sentence if place < len(found) else point.answer.nearest if not found else None
    if sentence is None:
        return ""
    number = paper.paper.passages[sentence.passage].number
    text = sentence.text if len(sentence.text) <= 400 else f"{sentence.text[:399]}…"
    return f"{number.rstrip('.')}: {text}" if number and not text.startswith(number) else text


def summary(paper: AssessedPaper) -> str:
    """How many points of each verdict: "12 met, 9 partly, 20 not found, 3 to be read"."""
    names: dict[AssessVerdict, str] = {"met": "met", "partly": "partly", "missing": "not found", "unsure": "to be read"}
    return ", ".join(f"{paper.count(v)} {name}" for v, name in names.items())


def write_text(paper: AssessedPaper) -> str:
    """The report for a terminal."""
    return "".join(f"{line}\n" for line in _lines(paper))


def _lines(paper: AssessedPaper) -> Iterator[str]:
    yield f"{paper.paper.name}: {summary(paper)}."
    for note in paper.paper.notes:
        yield f"  note: {note}"
    harm = ""
    for point in paper.points:
        if point.harm != harm:
            harm = point.harm
            yield ""
            yield f"{HARMS[point.harm].capitalize()}"
        ours = f"; we ask {point.ours}" if point.ours else ""
        yield f"  {point.number:2} {point.answer.question.id}: {point.answer.verdict}. {theirs(point.answer)}{ours}"
        if point.correction:
            yield f"     {point.correction}"
        if point.required:
            yield f"     required by {', '.join(point.required[:4])}"
        if words := quoted(point, paper):
            yield f"     {'nearest: ' if point.answer.verdict == 'missing' else ''}{words}"
    if paper.coverage:
        yield ""
        yield "Frameworks, as far as their paper answers"
        for name, met, of in coverage_counts(paper):
            yield f"  {name}: {met} of {of} references met"
    yield ""
    yield CAUTION


def coverage_counts(paper: AssessedPaper) -> list[tuple[str, int, int]]:
    """For each framework how many of the references that were asked about are met, and how many were asked about."""
    out: dict[str, list[str]] = {}
    for line in paper.coverage:
        if line.verdict != "not asked":
            out.setdefault(line.framework, []).append(line.verdict)
    return [(name, verdicts.count("met"), len(verdicts)) for name, verdicts in out.items()]


def as_data(paper: AssessedPaper) -> dict[str, Any]:
    """The report as data."""
    return {
        "paper": paper.paper.name,
        "language": paper.paper.language,
        "notes": list(paper.paper.notes),
        "counts": {v: paper.count(v) for v in _VERDICTS},
        "points": [_point(p, paper) for p in paper.points],
        "frameworks": [
            {"framework": c.framework, "ref": c.ref, "duty": c.duty, "verdict": c.verdict, "points": list(c.points)}
            for c in paper.coverage
        ],
    }


def _point(point: AssessedPoint, paper: AssessedPaper) -> dict[str, Any]:
    answer, value = point.answer, point.answer.value
    return {
        "number": point.number,
        "question": answer.question.id,
        "ask": answer.question.ask,
        "clause": answer.question.clause,
        "harm": point.harm,
        "verdict": answer.verdict,
        "rung": answer.rung,
        "value": {"text": value.text, "number": value.number, "unit": value.unit, "clock": value.clock}
        if value
        else None,
        "ours": point.ours,
        "reasons": list(answer.reasons),
        "flags": list(answer.flags),
        "required": list(point.required),
        "correction": {"was": c.was, "why": c.why} if (c := point.correction) else None,
        "passages": [
            {
                "paragraph": f.sentence.passage + 1,
                "number": paper.paper.passages[f.sentence.passage].number,
                "text": f.sentence.text,
                "score": f.score,
            }
            for f in answer.found
        ],
        "propose": [f"{w.number} {w.text}".strip() for w in point.wording],
    }


def write_json(papers: Sequence[AssessedPaper]) -> str:
    """One paper as a report, several as a list of reports."""
    data = [as_data(p) for p in papers]
    return json.dumps(data[0] if len(data) == 1 else data, indent=2, ensure_ascii=False) + "\n"


def write_html(papers: Sequence[AssessedPaper]) -> str:
    """The report as one page; several papers begin with the table that sets them side by side."""
    return render_page(
        "assessment.html",
        language="en",
        title=papers[0].paper.name if len(papers) == 1 else f"{len(papers)} papers",
        wide=True,
        papers=papers,
        harms=HARMS,
        theirs=theirs,
        quoted=quoted,
        summary=summary,
        coverage_counts=coverage_counts,
        side=side_by_side(papers) if len(papers) > 1 else [],
        caution=CAUTION,
    )


def side_by_side(papers: Sequence[AssessedPaper]) -> list[tuple[str, str, list[PaperAnswer | None]]]:
    """For each question what we ask and the answer of each paper, in the order of the questions."""
    asked: dict[str, str] = {}
    by: list[Mapping[str, AssessedPoint]] = [{p.answer.question.id: p for p in paper.points} for paper in papers]
    for points in by:
        for id_, point in points.items():
            asked.setdefault(id_, point.ours)
    return [
        (id_, ours, [points[id_].answer if id_ in points else None for points in by])
        for id_, ours in sorted(asked.items())
    ]


def cell(answer: PaperAnswer | None) -> str:
    """An answer in the cell of a table."""
    if answer is None:
        return ""
    value = answer.value.text if answer.value else ""
    return f"{answer.verdict}: {value}" if value else answer.verdict


_COLUMNS = (
    Column(title="No.", width=6),
    Column(title="Point", width=18),
    Column(title="Harm", width=24),
    Column(title="Verdict", width=10),
    Column(title="Theirs", width=26),
    Column(title="Ours", width=22),
    Column(title="Their words", width=70),
    Column(title="Required by", width=30),
    Column(title="To propose", width=70),
)


def write_xlsx(papers: Sequence[AssessedPaper], day: date) -> bytes:
    """A workbook: a sheet for each paper, and the table side by side where there are several."""
    sheets: list[Sheet] = []
    rows: list[tuple[CellValue, ...]]
    if len(papers) > 1:
        columns = (
            Column(title="Point", width=22),
            Column(title="Ours", width=24),
            *(Column(title=p.paper.name[:60], width=26) for p in papers),
        )
        rows = [(id_, ours, *(cell(a) for a in answers)) for id_, ours, answers in side_by_side(papers)]
        sheets.append(Sheet(title="Side by side", columns=columns, rows=rows))
    for number, paper in enumerate(papers, 1):
        rows = [
            (
                p.number,
                p.answer.question.id,
                HARMS[p.harm],
                p.answer.verdict,
                with_correction(p),
                p.ours,
                quoted(p, paper),
                ", ".join(p.required),
                "\n".join(f"{w.number} {w.text}".strip() for w in p.wording),
            )
            for p in paper.points
        ]
        sheets.append(Sheet(title=_sheet_name(paper.paper.name, number), columns=_COLUMNS, rows=rows))
    return write_workbook(sheets, title="Assessment of suppliers' papers", creator="", day=day)


def _sheet_name(name: str, number: int) -> str:
    return f"{number} {''.join(c for c in name if c not in '[]:*?/' + chr(92))}"[:31]
