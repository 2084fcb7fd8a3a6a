"""Each subject that a short annex must serve is in the sentence that the documentation names."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest

from ccclauses.common.resources import examples_folder, library_folder
from ccclauses.compose.annex import compose_annex
from ccclauses.compose.numbers.anchors import paragraph_anchor
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile
from ccclauses.model.annex import Annex, Paragraph
from ccclauses.resolve import resolve_profile

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "short-form.md"
ROW = re.compile(r"^\| (.+?) \| `([a-z-]+)#([a-z0-9-]+)` \| (.+?) \| `([a-z-]+)` \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE.read_text("utf-8"))
LIBRARY, _ = load_library(library_folder())
# Clauses that no example of the short form has: an option each.
OPTIONS = {"pen-testing", "payment-data", "service-provider-terms", "regulator-access", "insurance"} | {
    "continuity-testing",
    "step-in",
}


@lru_cache(maxsize=None)
def annex_of(example: str) -> Annex:
    profile, problems = load_profile(examples_folder() / f"{example}.yaml", LIBRARY)
    assert profile, problems
    resolution, problems = resolve_profile(profile, LIBRARY)
    assert resolution, problems
    annex, problems = compose_annex(resolution)
    assert annex and annex.form == "short", problems
    return annex


@pytest.mark.parametrize(("subject", "clause", "label", "words", "example"), ROWS, ids=[row[0] for row in ROWS])
def test_the_sentence_serves_its_subject(subject, clause, label, words, example):
    blocks = [b for c in annex_of(example).clauses for b in c.blocks if isinstance(b, Paragraph)]
    (paragraph,) = (b for b in blocks if b.anchor == paragraph_anchor(clause, label))
    assert words in paragraph.text


def test_every_clause_of_the_outline_serves_a_subject():
    members = {member.clause for _, member in LIBRARY.forms["short"].members()}
    assert members - OPTIONS == {clause for _, clause, _, _, _ in ROWS}


def test_a_short_annex_has_fifteen_clauses_to_a_reader():
    annex = annex_of("startup-baseline")
    assert len(annex.headed) == 15 < len(annex.clauses)
