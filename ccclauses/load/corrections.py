"""A YAML or JSON file with what a person decided about the verdicts on one supplier's paper.

paper: 3f0c…                     the SHA-256 of the paper that was judged
corrections:
  - {question: audit-right, verdict: met, was: partly, why: "2.2 is gone from their new draft"}
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..model.diagnostic import Diagnostic, Position, nearest
from ..model.findings.assessment import AssessVerdict, Correction
from .document.located import decode, parse, read_bytes
from .document.reading import BAD, Reader
from .document.schema import PROSE, Choice, Field, ListOf, Record

VERDICTS = {
    "met": "their paper says it",
    "partly": "their paper says a part of it",
    "missing": "their paper does not say it",
    "unsure": "to be read again",
}


def _correction(
    *, question: str, verdict: AssessVerdict, was: AssessVerdict, why: str, at: Position
) -> tuple[str, Correction, Position]:
    return question, Correction(verdict=verdict, was=was, why=why), at


_CORRECTION = Record(
    "a correction",
    {
        "question": Field(PROSE, "which point, by its id in the report", required=True),
        "verdict": Field(Choice(VERDICTS, "verdict"), "what a person says", required=True),
        "was": Field(Choice(VERDICTS, "verdict"), "what the program said", required=True),
        "why": Field(PROSE, "why, for whoever reads the report", default=""),
    },
    _correction,
)
_FILE = Record(
    "a file of corrections",
    {
        "paper": Field(PROSE, "the SHA-256 of the paper that was judged", required=True),
        "corrections": Field(ListOf(_CORRECTION), "the corrections", default=()),
    },
)


def load_corrections(
    path: Path, questions: Collection[str], paper: Path
) -> tuple[Mapping[str, Correction], list[Diagnostic]]:
    """The corrections by question, and every problem; those of another paper than `paper` are refused as a whole."""
    data, problems = read_bytes(path)
    text, more = ("", []) if problems else decode(data, str(path))
    root, found = (None, []) if problems or more else parse(text, str(path))
    problems = [*problems, *more, *found]
    if root is None:
        return {}, problems
    reader = Reader(texts={str(path): text})
    read: Any = _FILE.read(root, reader)
    problems += reader.diagnostics
    if read is BAD or not isinstance(read, dict):
        return {}, problems
    if read["paper"] != hashlib.sha256(paper.read_bytes()).hexdigest():
        message = f"these corrections are of another paper than {paper.name}, or of another draft of it"
        hint = "judge the new draft anew; what was decided about the old one may not hold"
        return {}, [*problems, Diagnostic(rule="other-paper", message=message, at=Position(file=str(path)), hint=hint)]
    out: dict[str, Correction] = {}
    for question, correction, at in read["corrections"]:
        if question not in questions:
            message, hint = f"there is no question `{question}`", nearest(question, questions)
            problems.append(Diagnostic(rule="unknown-question", message=message, at=at, hint=hint))
        elif question in out:
            problems.append(
                Diagnostic(
                    rule="corrected-twice",
                    message=f"`{question}` is corrected twice",
                    at=at,
                    hint="keep one of the two",
                )
            )
        out[question] = correction
    return MappingProxyType(out), problems


def corrections_text(paper: str, corrections: Mapping[str, Correction]) -> str:
    """The file of those corrections; `paper` is the SHA-256 of the paper."""

    def said(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)  # every JSON text is YAML

    lines = [
        "# What a person decided about the verdicts on this paper; `ccclauses assess --corrections` reads this file.",
        f"paper: {paper}",
    ]
    lines.append("corrections:" if corrections else "corrections: []")
    for question, c in corrections.items():
        why = f", why: {said(c.why)}" if c.why else ""
        lines.append(f"  - {{question: {question}, verdict: {c.verdict}, was: {c.was}{why}}}")
    return "\n".join(lines) + "\n"
