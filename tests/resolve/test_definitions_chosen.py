"""The definitions that may be used, facts, and what a governing law has to say."""

from __future__ import annotations

import pytest
from small_library import (
    asked,
    at,
    clause,
    definition,
    law,
    library,
    profile,
    resolved,
    told,
    when,
)

from ccclauses.model.diagnostic import Severity

TWICE = {
    "Breach": definition("Breach", when=when("not takes_payments")),
    "Breach (takes_payments)": definition("Breach", when=when("takes_payments"), at=at("definitions.yaml", 9)),
    "Site": definition("Site"),
}


@pytest.mark.parametrize(("pays", "line"), [(False, 1), (True, 9)])
def test_the_definition_whose_condition_holds_is_chosen(pays, line):
    resolution = resolved(profile(facts={"takes_payments": asked(pays)}), library(clause("a"), definitions=TWICE))
    assert [(d.term, d.at.line) for d in resolution.definitions] == [("Breach", line), ("Site", 1)]


def test_two_definitions_at_once_are_an_error():
    lib = library(clause("a"), definitions={**TWICE, "Breach (2)": definition("Breach", at=at("definitions.yaml", 20))})
    (problem,) = told(profile(), lib)
    assert (problem.rule, problem.message) == (
        "twice-defined",
        "`Breach` is defined twice for this profile, here and at definitions.yaml:1:1",
    )


def test_facts_fall_back_to_their_defaults():
    facts = resolved(profile(facts={"seats": asked(12)}), library(clause("a"))).facts
    assert dict(facts) == {"takes_payments": False, "records_calls": True, "seats": 12}


def test_what_is_to_be_known_of_the_law_is_told():
    lib = library(clause("a"), laws={"GB-EAW": law("GB-EAW", "common_law", warnings=("Mind the tiers.",))})
    (problem,) = told(profile(), lib)
    assert (problem.rule, problem.severity, problem.message) == ("law", Severity.NOTE, "GB-EAW: Mind the tiers.")
