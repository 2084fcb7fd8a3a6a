"""The examples of the cues as tests: what each says must be found in a sentence is found, or a diagnostic says what was."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Diagnostic, nearest
from ...model.findings.assessment import Cues, Line, PaperAnswer, Question
from ...model.library.library import Library
from ..paper.passages import paper_of
from .find import Finder
from .judge import answer


def check_cues(cues: Cues, library: Library) -> list[Diagnostic]:
    """Everything wrong with the cues: names that the library does not have, examples that come out otherwise."""
    return [problem for q in cues.questions.values() for problem in (*_names(q, library), *_examples(q, cues, library))]


def judged(question: Question, text: str, cues: Cues, library: Library) -> PaperAnswer:
    """The answer of a paper that consists of a text, a paragraph a line."""
    paper = paper_of("example", [Line(text=t) for t in text.split("\n")])
    return answer(question, Finder(paper), cues, library)


def _names(question: Question, library: Library) -> Iterator[Diagnostic]:
    if question.clause not in library.clauses and not library.now(question.clause):
        message = f"the library has no clause `{question.clause}`"
        hint = nearest(question.clause, library.clauses) or "name the clause that you would propose"
        yield Diagnostic(rule="unknown-clause", message=message, at=question.at, hint=hint)
    if question.parameter and library.parameter(question.parameter) is None:
        message = f"the library has no parameter `{question.parameter}`"
        hint = nearest(question.parameter, library.owners) or "leave the key out where words alone decide"
        yield Diagnostic(rule="unknown-parameter", message=message, at=question.at, hint=hint)
    if not question.examples:
        message = f"the question `{question.id}` has no examples"
        yield Diagnostic(
            rule="cue-without-example",
            message=message,
            at=question.at,
            hint="write one that is met and one that only looks alike",
        )


def _examples(question: Question, cues: Cues, library: Library) -> Iterator[Diagnostic]:
    for example in question.examples:
        found = judged(question, example.text, cues, library)
        value = found.value.text if found.value else ""
        if found.verdict == example.verdict and (not example.value or value == example.value):
            continue
        said = f"{found.verdict}{f' with {value}' if value else ''}"
        wanted = f"{example.verdict}{f' with {example.value}' if example.value else ''}"
        message = f"`{question.id}` finds {said} where the example says {wanted}: {'; '.join(found.reasons)}"
        yield Diagnostic(rule="cue-example", message=message, at=example.at, hint="mend the cue, or the example")
