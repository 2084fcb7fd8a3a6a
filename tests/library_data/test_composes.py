"""Every clause composes at every posture under every law, and no choice of frameworks, postures and facts spoils an annex."""

from __future__ import annotations

from dataclasses import replace

import pytest
from full_deals import HERE, faults, full_deal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whole_product import WHOLE_PRODUCT, sample

from ccclauses.common.resources import library_folder
from ccclauses.compose.annex import compose_annex
from ccclauses.lint.engine import lint_annex
from ccclauses.load.library.library import load_library
from ccclauses.model.annex import Paragraph, Reference, Term, Text, Value
from ccclauses.model.diagnostic import errors
from ccclauses.model.profile import Asked
from ccclauses.model.words.quantity import Duration, Percentage
from ccclauses.resolve import resolve

LIBRARY, _ = load_library(library_folder())
POSTURES = tuple(LIBRARY.postures)
ASKED = {clause: HERE for clause in LIBRARY.clauses}


def composed(profile):
    """The annex of a deal; the test fails at the first error, and at anything that no annex may hold."""
    resolution, problems = resolve(profile, LIBRARY)
    assert resolution is not None, [str(p) for p in errors(problems)]
    annex, found = compose_annex(resolution)
    assert annex is not None and not errors(problems + found), [str(p) for p in errors(problems + found)]
    assert list(faults(annex)) == []
    return annex


@pytest.mark.parametrize("law", sample(LIBRARY.laws))
def test_every_clause_composes_at_every_posture(law):
    for posture in POSTURES:
        annex = composed(full_deal(LIBRARY, law=law, posture=posture, include=ASKED))
        assert {c.id for c in annex.clauses} == set(LIBRARY.clauses)


@pytest.mark.parametrize("law", ["GB-EAW", "US-CA", "DE"])
def test_an_annex_with_every_clause_lints_clean(law):
    annex = composed(full_deal(LIBRARY, law=law, include=ASKED, frameworks=tuple(LIBRARY.frameworks)))
    assert [str(d) for d in lint_annex(annex, "annex")] == []


@pytest.mark.parametrize("framework", sample(LIBRARY.frameworks, 2))
def test_each_framework_builds_under_every_law(framework):
    at = list(LIBRARY.frameworks).index(framework)
    for number, law in enumerate(LIBRARY.laws):
        if not WHOLE_PRODUCT and (number + at) % 4:
            continue  # a sample builds every framework under a quarter of the laws, at one posture each
        for posture in POSTURES if WHOLE_PRODUCT else (POSTURES[number // 4 % len(POSTURES)],):
            annex = composed(full_deal(LIBRARY, law=law, posture=posture, frameworks=(framework,)))
            uncovered = [r.ref for r in annex.coverage if not r.paragraphs]
            assert not uncovered, (law, posture)


def dependents(clause: str) -> set[str]:
    """A clause and every clause that can't do without it."""
    found = {clause}
    while more := {c.id for c in LIBRARY.clauses.values() if found & set(c.requires)} - found:
        found |= more
    return found


@pytest.mark.parametrize("clause", sample(LIBRARY.clauses))
def test_an_annex_can_do_without_any_clause(clause):
    deal = full_deal(LIBRARY, law="GB-EAW", posture="standard", frameworks=("gdpr", "pci_dss_4_0_1"))
    left_out = dependents(clause)
    if len(left_out) < len(LIBRARY.clauses):
        annex = composed(replace(deal, exclude={c: ("it is not wanted", HERE) for c in left_out}))
        assert not left_out & {c.id for c in annex.clauses}


@pytest.mark.parametrize("mode", ["general", "specific"])
def test_a_chain_of_no_levels_lets_nobody_in(mode):
    settings_ = {"sub_mode": Asked(value=mode, at=HERE), "chain_depth": Asked(value=0, at=HERE)}
    for posture in POSTURES:
        annex = composed(full_deal(LIBRARY, posture=posture, settings=settings_))
        (clause,) = (c for c in annex.clauses if c.id == "subcontracting")
        first = next(b for b in clause.blocks if isinstance(b, Paragraph))
        assert "shall not use a Subcontractor, except" in "".join(getattr(i, "text", "") for i in first.inlines)


def other_values(parameter):
    """Values of a parameter inside its range, other than those of the postures."""
    low, high = parameter.minimum, parameter.maximum
    if parameter.choices:
        return st.sampled_from(sorted(parameter.choices))
    if (
        isinstance(low, Duration)
        and isinstance(high, Duration)
        and (low.unit, low.calendar) == (high.unit, high.calendar)
    ):
        return st.integers(low.amount, high.amount).map(lambda n: replace(low, amount=n))
    if isinstance(low, Percentage) and isinstance(high, Percentage):
        return st.integers(int(low.value), int(high.value)).map(lambda n: Percentage(low.value.__class__(n)))
    if type(low) is int and type(high) is int:
        return st.integers(low, high)
    return st.sampled_from(sorted(parameter.values.values(), key=str))


PARAMETERS = {n: p for c in LIBRARY.clauses.values() for n, p in c.parameters.items()}


@st.composite
def deals(draw):
    facts = {
        fact.name: Asked(
            value=draw(st.booleans() if fact.type == "boolean" else st.sampled_from((1, 12, 500))), at=HERE
        )
        for fact in LIBRARY.facts.values()
    }
    postures = st.sampled_from(POSTURES)
    named = draw(st.lists(st.sampled_from(sorted(PARAMETERS)), unique=True, max_size=6))
    return full_deal(
        LIBRARY,
        law=draw(st.sampled_from(sorted(LIBRARY.laws))),
        frameworks=tuple(draw(st.lists(st.sampled_from(sorted(LIBRARY.frameworks)), unique=True, max_size=6))),
        posture=draw(postures),
        postures=draw(st.dictionaries(st.sampled_from(sorted(LIBRARY.topics)), postures, max_size=8)),
        facts=facts,
        include={c: HERE for c in draw(st.lists(st.sampled_from(sorted(LIBRARY.clauses)), unique=True, max_size=4))},
        settings={name: Asked(value=draw(other_values(PARAMETERS[name])), at=HERE) for name in named},
    )


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(profile=deals())
def test_any_deal_is_refused_with_reasons_or_makes_a_sound_annex(profile):
    resolution, problems = resolve(profile, LIBRARY)
    if resolution is None:
        assert errors(problems)  # a constraint says which values contradict each other
        return
    annex, found = compose_annex(resolution)
    assert annex is not None, [str(p) for p in errors(found)]
    assert list(faults(annex)) == []


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(profile=deals())
def test_what_is_left_of_a_deal_without_its_own_values_always_builds(profile):
    facts = {name: fact for name, fact in profile.facts.items() if name != "bcp_home_only"}
    composed(replace(profile, settings={}, facts=facts))


@pytest.mark.parametrize(
    "inline",
    [
        Reference(target="_cc_gone", noun="clause ", text="9.9"),
        Term(term="Gone", text="Gone"),
        Value(parameter="breach_notice", text=""),
        Text("a trace of {{ breach_notice }}"),
        Text("two  spaces"),
        Text(""),
    ],
)
def test_the_judge_of_these_tests_sees_a_fault(inline):
    annex = composed(full_deal(LIBRARY))
    first, *others = annex.clauses
    spoiled = replace(first, blocks=(Paragraph(inlines=(inline,)), *first.blocks))
    assert list(faults(replace(annex, clauses=(spoiled, *others))))
