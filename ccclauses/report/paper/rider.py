"""Points of an assessed paper → a rider in Word that prevails over the paper: our wording for what is missing or weak."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ...model.annex import Annex, DefinitionBlock, plain_text
from ...model.findings.assessment import AssessedPaper, AssessedPoint, Wording
from ...model.words.words import with_references
from ...write.word.docx import document_properties, header_values
from ...write.word.house_style import HouseStyle
from ..word import WordReport

OPENING = (
    "This Rider forms part of {paper} (the “Paper”) between {client} (the “Client”) and {provider} (the “Provider”). "
    "Where the Paper uses other words for a party, those words mean that party here."
)
PREVAILS = "Where this Rider and the Paper differ, this Rider prevails. Otherwise the Paper applies unchanged."


def write_rider(
    paper: AssessedPaper, chosen: Sequence[AssessedPoint], annex: Annex, style: HouseStyle, day: date
) -> bytes:
    """The rider as a Word file: an opening, then a heading and our paragraphs for each clause that a point asks for."""
    client, provider = annex.client.name or "the client", annex.provider.name or "the supplier"
    front = replace(annex, title=f"Rider to {paper.paper.name}", date=day)
    report = WordReport(
        style,
        properties=document_properties(front),
        values=header_values(front),
        day=day,
        page=annex.page,
        language=annex.language,
    )
    report.title_block("Rider", f"to {paper.paper.name}")
    report.paragraph(OPENING.format(paper=paper.paper.name, client=client, provider=provider))
    report.paragraph(PREVAILS)
    parts = _parts(chosen)
    numbers = {w.number: f"{n}.{m}" for n, (_, words) in enumerate(parts, 1) for m, w in enumerate(_seconds(words), 1)}
    said = " ".join(w.text for _, words in parts for w in words)
    for title, words in parts:
        report.paragraph(title, "clause")
        for line in words:
            report.paragraph(_renumbered(line.text, numbers), f"level_{min(4, max(2, line.level))}")
    defined = _defined(said, annex)
    if defined:
        report.paragraph("Definitions", "clause")
        for definition in defined:
            report.paragraph(f"“{definition.term}” {_renumbered(plain_text(definition.inlines), numbers)}")
    return report.data()


def _parts(chosen: Sequence[AssessedPoint]) -> list[tuple[str, list[Wording]]]:
    """Our paragraphs by the title of their clause, each once."""
    out: dict[str, dict[Wording, None]] = {}
    for point in chosen:
        for words in point.wording:
            out.setdefault(point.title, {}).setdefault(words)
    return [(title, list(words)) for title, words in out.items()]


def _seconds(words: Sequence[Wording]) -> list[Wording]:
    return [w for w in words if w.level <= 2]


def _renumbered(text: str, numbers: dict[str, str]) -> str:
    """The text with references to what the rider holds by their new numbers, and the others left to be completed."""

    def new(kind: str, number: str) -> str:
        base = re.match(r"[\d.]+", number)
        known = numbers.get(base[0]) if base else None
        said = f"{kind} " if kind else ""
        if known is None:
            return f"[{said}{number} of our annex: to be completed]"
        return f"{said}{known}{number[len(base[0]) :] if base else ''}"

    return with_references(text, new).replace("this Annex", "this Rider").replace("This Annex", "This Rider")


def _defined(said: str, annex: Annex) -> list[DefinitionBlock]:
    """The definitions of the words used, and of those that they use in turn, in the order of the annex."""
    wanted: set[str] = set()
    while more := {
        d.term for d in annex.definitions if d.term not in wanted and re.search(rf"\b{re.escape(d.term)}s?\b", said)
    }:
        wanted |= more
        said = " ".join(plain_text(d.inlines) for d in annex.definitions if d.term in more)
    return [d for d in annex.definitions if d.term in wanted]
