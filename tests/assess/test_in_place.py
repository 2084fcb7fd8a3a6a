"""Weak wording of theirs is changed where it stands: accepted it says what we ask, rejected it is theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest
from docx import Document

from ccclauses.assess.answer.points import assessed
from ccclauses.assess.answer.respond import Written, respond
from ccclauses.assess.paper.paper import read_paper
from ccclauses.assess.run import assess
from ccclauses.ooxml.package.package import Package, read_package
from ccclauses.read.word.docx import read_docx

from .conftest import shipped

PARTIES = "This Agreement is made between Brightline Ltd (“Processor”) and its customer (“Controller”)."


def answered(tmp_path: Path, question: str, *runs: str) -> tuple[Package, tuple[Written, ...]]:
    """Our answer to a question in a paper that consists of a sentence, written in these runs."""
    library, cues = shipped()
    document = Document()
    document.add_paragraph(PARTIES)
    theirs = document.add_paragraph()
    for n, words in enumerate(runs):
        theirs.add_run(words).bold = bool(n % 2)
    document.add_paragraph(
        "Processor processes the data of Controller with care and keeps records of what it does for it."
    )
    document.save(str(path := tmp_path / "theirs.docx"))
    paper, problems = read_paper(path)
    assert paper is not None, problems
    judged = assessed(assess(paper, cues, library, [question]), library)
    asked = [replace(p, ours="24 hours" if question == "breach-notice" else "30 days") for p in judged.points]
    return respond(read_package(path), judged, asked, author="Client", date=datetime(2026, 6, 30, tzinfo=timezone.utc))


def said(package: Package, view: str) -> str:
    return [p.text for p in read_docx(package, view=view).paragraphs()][1]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "theirs", "ours"),
    [
        (
            "breach-notice",
            "Processor shall notify Controller of any Personal Data Breach within ninety-six (96) hours of becoming aware of it.",
            "Processor shall notify Controller of any Personal Data Breach within 24 hours of becoming aware of it.",
        ),
        (
            "breach-notice",
            "Processor shall notify Controller without undue delay after becoming aware of a Personal Data Breach.",
            "Processor shall notify Controller without undue delay and in any event within 24 hours after becoming aware of a Personal Data Breach.",
        ),
        (
            "breach-notice",
            "Processor shall notify Controller of a Personal Data Breach within ____ hours of becoming aware of it.",
            "Processor shall notify Controller of a Personal Data Breach within 24 hours of becoming aware of it.",
        ),
        (
            "breach-notice",
            "Processor shall, where feasible, notify Controller of a Personal Data Breach within 24 hours of becoming aware of it.",
            "Processor shall notify Controller of a Personal Data Breach within 24 hours of becoming aware of it.",
        ),
        (
            "erase-due",
            "Processor shall delete all personal data within 180 days of termination of the Agreement.",
            "Processor shall delete all personal data within 30 days of termination of the Agreement.",
        ),
    ],
)
@pytest.mark.parametrize("cut", [0, 3])
def test_accepted_it_says_what_we_ask(question: str, theirs: str, ours: str, cut: int, tmp_path: Path) -> None:
    third = len(theirs) // 3
    runs = [theirs[:third], theirs[third : 2 * third], theirs[2 * third :]] if cut else [theirs]
    package, written = answered(tmp_path, question, *runs)
    assert said(package, "accepted") == ours
    assert said(package, "rejected") == theirs
    assert written[0].place == "in their paragraph 2"
    assert len(read_docx(package, view="all").comments) == 1


def test_a_right_taken_back_is_answered_with_our_own_paragraph(tmp_path: Path) -> None:
    theirs = "Controller may audit Processor, and its audit rights are satisfied by Processor's report."
    package, _ = answered(tmp_path, "audit-right", theirs)
    assert said(package, "accepted") == theirs == said(package, "rejected")


def test_two_equal_periods_are_left_alone(tmp_path: Path) -> None:
    theirs = (
        "Processor shall notify Controller of a Personal Data Breach within 96 hours of becoming aware of it and within "
        "96 hours of its end."
    )
    package, _ = answered(tmp_path, "breach-notice", theirs)
    assert said(package, "accepted") == theirs
