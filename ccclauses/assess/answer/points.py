"""Assessment × deal → the points of the report in the order of harm, with what we ask, why, and what to propose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ...compose.texts.wording import value_text
from ...model.annex import Annex, Paragraph
from ...model.findings.assessment import (
    HARMS,
    AssessedPaper,
    AssessedPoint,
    Assessment,
    Correction,
    FrameworkLine,
    Harm,
    PaperAnswer,
    Question,
    Wording,
)
from ...model.library.clause import EMPTY, Clause
from ...model.library.library import Library
from ...model.profile import Resolution
from ..judge.rung import BELOW

_WORST = ("missing", "partly", "unsure", "met")
_CONTRACT_TERM = "contract_term"


def assessed(
    assessment: Assessment,
    library: Library,
    resolution: Resolution | None = None,
    annex: Annex | None = None,
    shorter: Annex | None = None,
    corrections: Mapping[str, Correction] = EMPTY,
) -> AssessedPaper:
    """The report on a paper: against the deal where there is one, against the whole library where there is none.

    What is proposed is the wording of the `shorter` annex of the deal, where it has any for the point. `corrections` are a
    person's verdicts by the ids of the questions; they hold in place of the program's.
    """
    answers = [a for a in assessment.answers if resolution is None or _asked(a.question, library, resolution)]
    drafts = [
        replace(
            _point(_corrected(a, corrections), library, resolution, annex, shorter),
            correction=corrections.get(a.question.id),
        )
        for a in answers
    ]
    order = list(HARMS)
    drafts.sort(key=lambda p: order.index(p.harm))
    points = tuple(replace(p, number=n) for n, p in enumerate(drafts, 1))
    return AssessedPaper(paper=assessment.paper, points=points, coverage=tuple(_coverage(points, library, annex)))


def _corrected(answer: PaperAnswer, corrections: Mapping[str, Correction]) -> PaperAnswer:
    """The answer with a person's verdict, which no flag of the program's reading outweighs."""
    given = corrections.get(answer.question.id)
    if given is None or given.verdict == answer.verdict:
        return answer
    return replace(answer, verdict=given.verdict, flags=())


def _clauses(question: Question, library: Library) -> list[Clause]:
    """The clause that answers a question; where the library splits or renames it, those that took it over."""
    owner = library.owners.get(question.parameter) if question.parameter else None
    named = library.clauses.get(question.clause) or owner
    return [named] if named else [library.clauses[c] for c in library.now(question.clause)]


def _asked(question: Question, library: Library, resolution: Resolution) -> bool:
    present = {c.clause.id for c in resolution.clauses}
    clauses = _clauses(question, library)
    return not clauses or any(c.id in present for c in clauses)


def _point(
    answer: PaperAnswer, library: Library, resolution: Resolution | None, annex: Annex | None, shorter: Annex | None
) -> AssessedPoint:
    question = answer.question
    clauses = _clauses(question, library)
    required = tuple(_required(question, annex, library)) if annex else ()
    return AssessedPoint(
        number=0,
        answer=answer,
        title=clauses[0].title if clauses else question.clause,
        harm=_harm(answer, required),
        ours=_ours(question, library, resolution),
        required=required,
        wording=next((w for a in (shorter, annex) if a and (w := tuple(_wording(question, clauses, a)))), ()),
    )


def _harm(answer: PaperAnswer, required: Sequence[str]) -> Harm:
    if answer.verdict == "met":
        return "met"
    if answer.verdict == "unsure":
        return "unsure"
    if required and (answer.verdict == "missing" or "contrary" in answer.flags):
        return "mandatory"
    if answer.verdict == "missing":
        return "missing"
    stated = answer.value is not None and answer.value.number is not None
    return "below" if "contrary" in answer.flags or (answer.rung == BELOW and stated) else "partly"


def _ours(question: Question, library: Library, resolution: Resolution | None) -> str:
    """What we ask: the value of the deal, else the last rung of the ladder."""
    parameter = library.parameter(question.parameter) if question.parameter else None
    if parameter is None:
        return ""
    setting = resolution.settings.get(parameter.name) if resolution else None
    if setting:
        return value_text(parameter, setting.value, "en-GB")
    last = [p for p in library.postures if p in parameter.values]
    return f"at the least {value_text(parameter, parameter.values[last[-1]], 'en-GB')}" if last else ""


def _label(anchor: str) -> tuple[str, str]:
    """The clause and the label that a bookmark of ours names."""
    clause, _, label = anchor.removeprefix("_cc_").partition("__")
    return clause.replace("_", "-"), label.replace("_", "-")


def _required(question: Question, annex: Annex, library: Library) -> Iterator[str]:
    """The contract terms of the frameworks that are on and that our own paragraph answers.

    How often and on what notice the client may use a right of its own is ours to settle; no framework asks for it.
    """
    if question.client and question.parameter:
        return
    for row in annex.coverage:
        if row.kind == _CONTRACT_TERM and any(_answers(question, r.target, library) for r in row.paragraphs):
            yield f"{library.frameworks[row.framework].short} {row.ref}"


def _answers(question: Question, anchor: str, library: Library) -> bool:
    clause, label = _label(anchor)
    return label in question.answers and any(c.id == clause for c in _clauses(question, library))


def _wording(question: Question, clauses: Sequence[Clause], annex: Annex) -> Iterator[Wording]:
    """Our own paragraphs that say it, with what comes below them; where we name none, the whole clause."""
    ids = {c.id for c in clauses}
    for clause in annex.clauses:
        if clause.id not in ids:
            continue
        inside = not question.answers
        for block in clause.blocks:
            if not isinstance(block, Paragraph):
                continue
            if block.level <= 2 and question.answers:
                inside = block.label in question.answers
            if inside:
                yield Wording(number=block.full_number, text=block.text, level=block.level)


def _coverage(points: Sequence[AssessedPoint], library: Library, annex: Annex | None) -> Iterator[FrameworkLine]:
    for row in annex.coverage if annex else ():
        asked = [p for p in points if any(_answers(p.answer.question, r.target, library) for r in row.paragraphs)]
        worst = min((p.answer.verdict for p in asked), key=_WORST.index, default=None)
        yield FrameworkLine(
            framework=library.frameworks[row.framework].short,
            ref=row.ref,
            duty=row.duty,
            verdict=worst or "not asked",
            points=tuple(p.number for p in asked),
        )
