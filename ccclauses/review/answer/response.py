"""Our answer to a returned file: the Word file with our changes in it, and its points as data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ...model.findings.review import Answer, Point, Review
from ...ooxml.package.package import write_package
from ..case import Case
from .answering import told
from .respond import respond


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """The bytes of the answered Word file, who answers, and each point with what was done about it."""

    data: bytes
    author: str
    points: tuple[Point, ...]
    returned: str

    @property
    def open(self) -> tuple[int, ...]:
        """The numbers of the points that are still open between the parties."""
        return tuple(p.number for p in self.points if p.is_open)

    def as_json(self, file: str) -> str:
        """The points as JSON, for the file that the answer is written to."""
        body = {
            "returned": self.returned,
            "answer": file,
            "by": self.author,
            "points": [_point(p) for p in self.points],
            "open": list(self.open),
        }
        return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def answer_case(case: Case, result: Review, answers: Mapping[int, Answer], *, author: str, date: datetime) -> Response:
    """Our answers written into their file; the author is by default the client of the annex."""
    name = author or (case.known.annex.client.name if case.known else "") or "Client"
    package, points = respond(case.sent, case.file, result, answers, author=name, date=date)
    return Response(data=write_package(package.parts), author=name, points=points, returned=result.returned)


def _point(p: Point) -> dict[str, object]:
    return {
        "finding": p.number,
        "clause": p.title,
        "paragraph": p.finding.number,
        "change": f"{p.finding.source} {p.finding.kind}",
        "before": p.finding.before,
        "after": p.finding.after,
        "values": [str(v) for v in p.finding.values],
        "called_out": [str(c) for c in p.finding.callouts],
        "verdict": p.finding.judgement.verdict if p.finding.judgement else "",
        "breaks": list(p.finding.judgement.breaks) if p.finding.judgement else [],
        "decision": p.answer.decision,
        "done": p.done,
        "told": told(p.finding, p.answer, p.done) if p.done != "listed" else "",
    }
