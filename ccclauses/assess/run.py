"""A paper and the library with its cues → the paper judged, question by question."""

from __future__ import annotations

from collections.abc import Collection

from ..model.assessment import Assessment, Cues, Paper
from ..model.clause import Library
from .find import Finder
from .judge import answer


def assess(paper: Paper, cues: Cues, library: Library, only: Collection[str] = ()) -> Assessment:
    """The answer to each question, or to those `only`; a paper in another language is not judged."""
    finder = Finder(paper)
    asked = [q for q in cues.questions.values() if not only or q.id in only]
    return Assessment(paper=paper, answers=tuple(answer(q, finder, cues, library) for q in asked))
