"""What holds for every profile: resolving twice gives the same, and no value in force is looser than a hard ceiling."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from small_library import (
    asked,
    at,
    clause,
    constraint,
    framework,
    hours,
    library,
    parameter,
    profile,
    when,
)

from ccclauses.model.diagnostic import errors
from ccclauses.model.library.condition import Named
from ccclauses.model.words.quantity import Duration
from ccclauses.resolve import resolve

NAMES = ("one", "two", "three")
FRAMEWORKS = ("aa", "bb", "cc")
HOURS = st.integers(1, 96).map(lambda n: Duration(n, "hours"))

limits = st.builds(
    lambda name, hours, on, number: (number, name, hours, on),
    st.sampled_from(NAMES),
    st.integers(1, 96),
    st.sampled_from(FRAMEWORKS),
    st.integers(0, 9999),
)


@st.composite
def deals(draw):
    ceilings = draw(st.lists(limits, max_size=6, unique_by=lambda c: c[0]))
    constraints = [
        constraint(f"c{number}", when=when(f'framework("{on}")'), limit=when(f'{name} <= "{count} hours"'))
        for number, name, count, on in ceilings
    ]
    if draw(st.booleans()):
        constraints.append(constraint("chain", limit=when("one <= two")))
    # Each clause requires only later ones, so that there is no circle.
    clauses = [
        clause(
            name,
            parameter(name, hours(*draw(st.tuples(*[st.integers(1, 96)] * 3)))),
            applies_when=when(draw(st.sampled_from(("takes_payments", "records_calls", "not takes_payments")))),
            requires=tuple(other for other in NAMES[number + 1 :] if draw(st.booleans())),
            maps_to={draw(st.sampled_from(FRAMEWORKS)): {"art 1": ("a",)}},
        )
        for number, name in enumerate(NAMES)
    ]
    lib = library(
        *clauses,
        constraints=tuple(constraints),
        frameworks={f: framework(f, art_1="contract_term") for f in FRAMEWORKS},
    )
    asked_for = draw(st.dictionaries(st.sampled_from(NAMES), HOURS, max_size=2))
    deal = profile(
        posture=draw(st.sampled_from(("strict", "standard", "baseline"))),
        frameworks=tuple(draw(st.lists(st.sampled_from(FRAMEWORKS), unique=True))),
        facts={"takes_payments": asked(draw(st.booleans()))},
        settings={name: asked(value) for name, value in asked_for.items()},
        exclude={c: ("so", at("deal.yaml", 9)) for c in draw(st.lists(st.sampled_from(NAMES), max_size=1))},
    )
    return deal, lib


@given(deals())
def test_resolving_is_deterministic_and_within_its_ceilings(deal_and_library):
    deal, lib = deal_and_library
    resolution, problems = resolve(deal, lib)
    assert (resolution, problems) == resolve(deal, lib)
    assert (resolution is None) == bool(errors(problems))
    if resolution is None:
        return
    present = {c.clause.id for c in resolution.clauses}
    assert present.isdisjoint(deal.exclude)
    assert present | {o.clause.id for o in resolution.left_out} == set(lib.clauses)
    assert all(c.because for c in resolution.clauses)
    assert all(required in present for c in resolution.clauses for required in c.clause.requires)
    for rule in lib.constraints:
        on = all(t.name in deal.frameworks for t in rule.when.tests())
        for test in rule.limit.tests():
            if not on or test.name not in resolution.settings:
                continue
            value = resolution.settings[test.name].value
            if not isinstance(test.operand, Named):
                assert value.hours <= Duration.parse(test.operand.text).hours
            elif test.operand.name in resolution.settings:
                assert value.hours <= resolution.settings[test.operand.name].value.hours


@given(deals(), st.permutations(range(7)))
def test_the_order_of_the_constraints_does_not_matter(deal_and_library, order):
    deal, lib = deal_and_library
    shuffled = replace(lib, constraints=tuple(lib.constraints[i] for i in order if i < len(lib.constraints)))
    one, other = resolve(deal, lib)[0], resolve(deal, shuffled)[0]
    assert (one is None) == (other is None)
    if one and other:
        assert {n: s.value for n, s in one.settings.items()} == {n: s.value for n, s in other.settings.items()}
