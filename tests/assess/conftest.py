"""The shipped cues and library, read once, and a paper of a few lines judged by them."""

from collections.abc import Callable
from functools import lru_cache

import pytest

from ccclauses.assess.paper.passages import paper_of
from ccclauses.assess.run import assess
from ccclauses.common.resources import library_folder
from ccclauses.load.library.cues import load_cues
from ccclauses.load.library.library import load_library
from ccclauses.model.findings.assessment import Assessment, Cues, Line, PaperAnswer
from ccclauses.model.library.library import Library

Ask = Callable[..., PaperAnswer]


@lru_cache
def shipped() -> tuple[Library, Cues]:
    library, problems = load_library(library_folder())
    cues, more = load_cues(library_folder())
    assert not [p for p in problems + more if p.severity >= 30]
    return library, cues


def judged(text: str, *only: str) -> Assessment:
    library, cues = shipped()
    return assess(paper_of("paper", [Line(text=t) for t in text.split("\n")]), cues, library, only)


@pytest.fixture
def ask() -> Ask:
    """What a paper of these lines says to a question."""
    return lambda question, text: judged(text, question).answers[0]
