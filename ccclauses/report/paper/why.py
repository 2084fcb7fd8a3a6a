"""Why a question was answered as it was: the passages in their order, the words that were found, the rule that decided."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.findings.assessment import Paper, PaperAnswer


def write_why(answer: PaperAnswer, paper: Paper) -> str:
    """The account of one answer."""
    return "".join(f"{line}\n" for line in _lines(answer, paper))


def _lines(answer: PaperAnswer, paper: Paper) -> Iterator[str]:
    question = answer.question
    yield f"{paper.name}, {question.id}: {question.ask}"
    rung = f", rung {answer.rung}" if answer.rung else ""
    yield f"  verdict: {answer.verdict}{rung}"
    for reason in answer.reasons:
        yield f"  because: {reason}"
    if answer.value:
        clock = f", from {answer.value.clock}" if answer.value.clock else ""
        yield f"  value: {answer.value.text}{clock}"
    yield f"  parties: supplier is {_names(paper.supplier)}; client is {_names(paper.client)}"
    for place, found in enumerate(answer.found, 1):
        passage = paper.passages[found.sentence.passage]
        where = f"paragraph {passage.index + 1}" + (f" ({passage.number})" if passage.number else "")
        yield f"  {place}. {where}, score {found.score:g}" + (f", under “{passage.heading}”" if passage.heading else "")
        yield f"     {found.sentence.text}"
        yield f"     read as: {found.sentence.plain}"
        if found.sentence.scope:
            yield f"     led in by: {found.sentence.scope}"
        yield f"     cue at {found.cue.at}, weight {found.cue.weight:g}:"
        for pattern, words in zip(found.cue.words, found.words):
            yield f"       {str(pattern)[:70]} found “{words.removeprefix('~')}”" + (
                " nearby" if words.startswith("~") else ""
            )
    if not answer.found and answer.nearest:
        yield f"  nearest, paragraph {answer.nearest.passage + 1}: {answer.nearest.text}"


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(names[-6:])
