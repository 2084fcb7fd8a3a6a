"""The wording is chosen by law id before family before any law, by posture and by language."""

from __future__ import annotations

import pytest
from small_library import at, clause, law, library, profile, resolved, told, variant

from ccclauses.resolve.variants import choose_variant

LADDER = clause(
    "penalties",
    variants=(
        variant("strict", at=at("p.yaml", 1)),
        variant("standard", "baseline", at=at("p.yaml", 2)),
        variant("standard", laws=("civil_law",), at=at("p.yaml", 3)),
        variant("standard", laws=("DE",), at=at("p.yaml", 4)),
        variant("standard", language="de", at=at("p.yaml", 5)),
        variant("standard", language="de-AT", laws=("DE",), at=at("p.yaml", 6)),
    ),
)


@pytest.mark.parametrize(
    ("posture", "law_id", "family", "language", "line"),
    [
        ("strict", "DE", "civil_law", "en-GB", 1),
        ("standard", "GB-EAW", "common_law", "en-GB", 2),
        ("standard", "FR", "civil_law", "en-GB", 3),
        ("standard", "DE", "civil_law", "en-GB", 4),
        ("standard", "FR", "civil_law", "de-DE", 5),
        ("standard", "DE", "civil_law", "de-AT", 6),
        ("baseline", "DE", "civil_law", "en-US", 2),
    ],
)
def test_the_closest_wording_is_chosen(posture, law_id, family, language, line):
    assert choose_variant(LADDER, posture, law(law_id, family), language).at.line == line


def test_of_wordings_that_suit_alike_the_first_is_chosen():
    """A better one that comes later is taken before it, a worse one never."""
    for order in ((1, 2, 3), (2, 1, 3), (3, 2, 1), (3, 1, 2)):
        laws = {1: ("DE",), 2: (), 3: ("DE", "FR")}
        variants = tuple(variant("strict", laws=laws[n], at=at("p.yaml", n)) for n in order)
        chosen = choose_variant(clause("penalties", variants=variants), "strict", law("DE", "civil_law"), "en-GB")
        assert chosen.at.line == next(n for n in order if n != 2)


def test_a_posture_per_topic_chooses_another_wording():
    resolution = resolved(profile(postures={"access": "strict"}), library(LADDER))
    assert (resolution.clauses[0].posture, resolution.clauses[0].variant.at.line) == ("strict", 1)


def test_a_clause_without_a_wording_is_an_error_that_says_what_there_is():
    lib = library(clause("penalties", variants=(variant("strict", laws=("DE",)),)))
    (problem,) = told(profile(), lib)
    assert str(problem) == (
        "penalties.yaml:1:1: error: clause `penalties` has no wording for the standard posture under GB-EAW law in "
        "`en-GB` [missing-variant]\n  hint: it has wordings for strict (DE, en)"
    )


def test_no_wording_in_the_language_is_an_error():
    lib = library(clause("penalties", variants=(variant(language="fr"),)))
    assert [p.rule for p in told(profile(), lib)] == ["missing-variant"]
