"""A paper and the library with its cues → the paper judged, question by question."""

from __future__ import annotations

from collections.abc import Collection

from ..model.findings.assessment import Assessment, Cues, Found, Paper, PaperAnswer, Question
from ..model.library.library import Library
from .judge.find import Finder
from .judge.judge import answer
from .paper.language import NAMES


def assess(paper: Paper, cues: Cues, library: Library, only: Collection[str] = ()) -> Assessment:
    """The answer to each question, or to those `only`; a paper in another language is not judged."""
    asked = [q for q in cues.questions.values() if not only or q.id in only]
    if paper.language != "en":
        return Assessment(paper=paper, answers=tuple(_not_judged(q, paper) for q in asked))
    finder = Finder(paper, cues.habits.apart)
    return Assessment(paper=paper, answers=tuple(answer(q, finder, cues, library) for q in asked))


def _not_judged(question: Question, paper: Paper) -> PaperAnswer:
    """The passages of a paper in another language that a person should read, by the words of that language."""
    pattern = next((p for code, p in question.abroad if code == paper.language), None)
    cue = question.find[0]
    found = [
        Found(sentence=s, score=1.0, cue=cue, words=(match[0],))
        for s in paper.sentences
        if paper.passages[s.passage].kind != "contents" and pattern and (match := pattern.regex.search(s.plain))
    ]
    reason = f"a paper in {NAMES.get(paper.language, 'another language')} is not judged"
    return PaperAnswer(question=question, verdict="unsure", found=tuple(found[:3]), reasons=(reason,))
