"""What a person decided about the verdicts on a supplier's paper: written, read, and refused where it is of another paper."""

import hashlib

import pytest

from ccclauses.load.corrections import corrections_text, load_corrections
from ccclauses.model.findings.assessment import Correction

QUESTIONS = ("audit-right", "breach-notice")
GIVEN = {
    "audit-right": Correction(verdict="met", was="partly", why='2.2 goes: "next draft"'),
    "breach-notice": Correction(verdict="met", was="met"),
}


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "terms.txt"
    path.write_text("1.1 Provider shall notify Customer.")
    return path


def written(tmp_path, paper, more="", digest=""):
    path = tmp_path / "corrections.yaml"
    path.write_text(corrections_text(digest or hashlib.sha256(paper.read_bytes()).hexdigest(), GIVEN) + more)
    return path


def test_what_is_written_is_read_again(tmp_path, paper):
    assert load_corrections(written(tmp_path, paper), QUESTIONS, paper) == (GIVEN, [])
    assert str(GIVEN["audit-right"]) == 'set by a person; the program said partly: 2.2 goes: "next draft"'
    assert str(GIVEN["breach-notice"]) == "accepted by a person"


def test_none_are_a_file_too(tmp_path, paper):
    path = tmp_path / "none.yaml"
    path.write_text(corrections_text(hashlib.sha256(paper.read_bytes()).hexdigest(), {}))
    assert load_corrections(path, QUESTIONS, paper) == ({}, [])


def test_those_of_another_paper_are_refused_as_a_whole(tmp_path, paper):
    given, problems = load_corrections(written(tmp_path, paper, digest="0" * 64), QUESTIONS, paper)
    assert given == {} and [p.rule for p in problems] == ["other-paper"]


def test_every_correction_that_can_not_be_is_told_where_it_stands(tmp_path, paper):
    more = "  - {question: audit-rigth, verdict: met, was: met}\n  - {question: audit-right, verdict: met, was: met}\n"
    _, problems = load_corrections(written(tmp_path, paper, more), QUESTIONS, paper)
    assert [(p.rule, p.at.line) for p in problems] == [("unknown-question", 6), ("corrected-twice", 7)]
    assert "audit-right" in problems[0].hint
