"""Every clause of the shipped library reads at every posture under every law, without a deal."""

import pytest

from ccclauses.common.resources import library_folder
from ccclauses.derive.rungs import ladder_rungs
from ccclauses.load.library.library import load_library

LIBRARY, _ = load_library(library_folder())


@pytest.mark.parametrize("law", LIBRARY.laws.values(), ids=lambda law: law.id)
def test_every_clause_has_every_rung(law):
    for clause in LIBRARY.clauses.values():
        rungs = ladder_rungs(clause, LIBRARY, law)
        assert [r.posture for r in rungs] == list(LIBRARY.postures), clause.id
        for rung in rungs:
            assert rung.lines and all(line.text.strip() for line in rung.lines), clause.id
            assert "{" not in rung.text and not any("\ue000" <= c <= "\uf8ff" for c in rung.text), clause.id


def test_values_and_references_are_in_the_words():
    (strict, *_) = ladder_rungs(LIBRARY.clauses["breach-handling"], LIBRARY, LIBRARY.laws["GB-EAW"])
    assert strict.values["breach_notice"] == "4 hours" and "at the latest 4 hours after becoming Aware" in strict.text
    assert "until the report under paragraph 10" in strict.text
