"""Each framework alone, with each law and posture, resolves without an error and within its ceilings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccclauses.common.resources import library_folder
from ccclauses.load.library.library import load_library
from ccclauses.model.diagnostic import Position, errors
from ccclauses.model.library.condition import Condition
from ccclauses.model.profile import Asked, Company, Processing, Profile
from ccclauses.model.words.quantity import Money
from ccclauses.resolve import resolve
from ccclauses.resolve.situation import judge_of

HERE = Position(file="deal.yaml")


@pytest.fixture(scope="module")
def library():
    return load_library(library_folder())[0]


def deal(**fields):
    plain = Profile(
        file="deal.yaml",
        title="Annex",
        reference="R-1",
        version="1",
        date=date(2026, 3, 1),
        status="draft",
        classification="Confidential",
        agreement="Agreement",
        agreement_reference="",
        agreement_date=None,
        client=Company(name="Client", country="GB"),
        provider=Company(name="Provider", country="IN"),
        law="GB-EAW",
        language="en-GB",
        calendar="GB-ENG",
        time_zone="Europe/London",
        currency="GBP",
        monthly_charges=Money(Decimal(240_000), "GBP"),
        term_start=None,
        term_months=None,
        frameworks=(),
        facts={},
        posture="standard",
        postures={},
        include={},
        exclude={},
        settings={},
        libraries=(),
        template="",
        page="A4",
        approved_only=False,
        signatures=True,
        contacts=(),
        sites=(),
        subcontractors=(),
        processing=Processing(),
    )
    return replace(plain, **fields)


def test_each_framework_under_each_law_and_posture_resolves(library):
    failed = []
    for framework in ("", *library.frameworks):
        for law in library.laws:
            for posture in library.postures:
                request = deal(frameworks=(framework,) if framework else (), law=law, posture=posture)
                failed += [f"{framework} {law} {posture}: {p}" for p in errors(resolve(request, library)[1])]
    assert not failed


def test_all_frameworks_together_resolve(library):
    for posture in library.postures:
        assert not errors(resolve(deal(frameworks=tuple(library.frameworks), posture=posture), library)[1])


def test_every_contract_term_of_a_framework_is_answered_when_it_is_on(library):
    missing = []
    for framework in library.frameworks.values():
        resolution, _ = resolve(deal(frameworks=(framework.id,)), library)
        answered = {ref for c in resolution.clauses for ref in c.clause.maps_to.get(framework.id, ())}
        missing += [
            f"{framework.id} {r.ref}"
            for r in framework.references.values()
            if r.kind == "contract_term" and r.ref not in answered
        ]
    assert not missing


def test_conflicts_between_frameworks_are_explained(library):
    def notes(*frameworks, **facts):
        request = deal(frameworks=frameworks, facts={n: Asked(value=v, at=HERE) for n, v in facts.items()})
        return {p.rule for p in resolve(request, library)[1]}

    assert "erase-or-keep" in notes("gdpr", "hipaa") and "erase-or-keep" not in notes("gdpr")
    assert "confidence-or-report" in notes("in_certin")
    assert "clauses-above-annex" in notes("gdpr", "dora", cross_border=True)
    assert "screening-or-local-law" in notes("gdpr", "pci_dss_4_0_1")
    assert "monitoring-or-works-council" in notes("gdpr", "dora")
    assert "record-or-leave-out" in notes("pci_dss_4_0_1", takes_payments=True)


@st.composite
def deals(draw, library):
    facts = {
        fact.name: Asked(
            value=draw(st.booleans() if fact.type == "boolean" else st.sampled_from((1, 12, 500))), at=HERE
        )
        for fact in library.facts.values()
    }
    postures = st.sampled_from(sorted(library.postures))
    return deal(
        frameworks=tuple(draw(st.lists(st.sampled_from(sorted(library.frameworks)), unique=True, max_size=6))),
        law=draw(st.sampled_from(sorted(library.laws))),
        posture=draw(postures),
        postures=draw(st.dictionaries(st.sampled_from(sorted(library.topics)), postures, max_size=8)),
        facts=facts,
    )


@settings(deadline=None, max_examples=80)
@given(data=st.data())
def test_any_choice_resolves_within_its_ceilings(library, data):
    request = data.draw(deals(library))
    resolution, problems = resolve(request, library)
    # The one combination of facts and postures that contradicts itself.
    assert {p.rule for p in errors(problems)} <= {"fallback-needs-home-work"}
    if resolution is None:
        return
    assert (resolution, problems) == resolve(request, library)
    judge = judge_of(resolution)
    for constraint in library.constraints:
        if constraint.limit and constraint.severity == "error" and judge.applies(constraint.when):
            assert all(
                t.name not in resolution.settings or judge.applies(Condition("all", (t,)))
                for t in constraint.limit.tests()
            )
