"""A consequence reaches its duty and a check is a right: faults are found."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from ccclauses.common.resources import library_folder
from ccclauses.lint.engine import all_rules
from ccclauses.lint.paragraphs import paragraphs_of
from ccclauses.load.library.library import load_library

LIBRARY, _ = load_library(library_folder())
RULES = {rule.name: rule for rule in all_rules()}
BREACH = LIBRARY.clauses["breach-handling"]


def told(name: str, clause) -> list[str]:
    return [finding.message for finding in RULES[name].check_clause(clause, LIBRARY)]


def with_duty(clause, index: int, **changes):
    duties = list(clause.duties)
    duties[index] = replace(duties[index], **changes)
    return replace(clause, duties=tuple(duties))


def swapped(others) -> list[tuple[str, int, str]]:
    """Each duty with each other paragraph of its clause that could be named as its consequence by mistake."""
    return [
        (clause.id, index, label)
        for clause in LIBRARY.clauses.values()
        for index, duty in enumerate(clause.duties)
        if not clause.failure_of(duty)  # its consequence is the credit table
        for label in sorted(others(clause) - {duty.consequence})
    ]


def found(case: tuple[str, int, str]) -> bool:
    clause, index, label = case
    faulty = with_duty(LIBRARY.clauses[clause], index, consequence=label)
    return bool(told("unreached-duty", faulty))


def test_a_consequence_that_was_swapped_for_any_other_paragraph_is_found():
    cases = swapped(lambda clause: set(paragraphs_of(clause)))[::5]
    assert sum(map(found, cases)) / len(cases) > 0.9


# What is said of every duty of the annex, or of every duty of its clause ("if logs required here are missing or late"): to
# name it is no fault.
OF_MANY = {
    ("interpretation", "relief"),
    ("general-mechanism", "failure"),
    ("logging-monitoring", "log-gap"),
    ("insurance", "insurance-default"),
}


def test_a_consequence_that_was_swapped_for_that_of_another_duty_is_mostly_found():
    cases = [
        (clause, index, label)
        for clause, index, label in swapped(lambda c: {d.consequence for d in c.duties if "#" not in d.consequence})
        if (clause, label) not in OF_MANY
    ]
    assert len(cases) > 30
    assert sum(map(found, cases)) / len(cases) > 0.6


# A neighbour that speaks of what follows something else, or of what follows nothing.
FIFTEEN = [
    ("changes", "unable", "consent-silence"),
    ("chief-security-officer", "report", "cso-vacancy"),
    ("screening", "rescreen", "screening-removal"),
    ("home-working", "home-check", "site-loss"),
    ("payment-data", "attestation", "sad-purge"),
    ("data-location", "storage", "transfer-stop"),
    ("subcontracting", "flow-down", "sub-stop"),
    ("breach-handling", "breach-notice", "breach-costs"),
    ("data-misuse", "misuse-recover", "misuse-remove"),
    ("general-mechanism", "legal-hold", "presumption"),
    ("audit", "audit-access", "audit-refusal"),
    ("step-in", "step-in-plan", "step-in-notice"),
    ("penalties", "credit-payment", "credit-start"),
    ("exit", "return", "exit-silence"),
    ("dispute-resolution", "tiers", "perform-on"),
]


@pytest.mark.parametrize("clause, paragraph, wrong", FIFTEEN)
def test_a_wrong_consequence_is_found(clause, paragraph, wrong):
    duties = LIBRARY.clauses[clause].duties
    assert found((clause, next(i for i, d in enumerate(duties) if d.paragraph == paragraph), wrong))


def test_a_reworded_consequence_that_forgets_its_duty_is_found():
    """What follows each failure is said once; if it spoke of badges only, the duties of every clause would be without it."""
    mechanism = LIBRARY.clauses["general-mechanism"]
    old, new = "The Provider's breach of a duty in this Annex", "A badge that is late"
    variants = tuple(replace(v, text=v.text.replace(old, new)) for v in mechanism.variants)
    parts = tuple(replace(p, text=p.text.replace(old, new)) for p in mechanism.parts)
    changed = replace(mechanism, variants=variants, parts=parts)
    assert changed != mechanism
    library = replace(LIBRARY, clauses=MappingProxyType({**LIBRARY.clauses, mechanism.id: changed}))
    silent = "".join(f.message for f in RULES["unreached-duty"].check_clause(LIBRARY.clauses["training"], library))
    assert "`retrain`" in silent and "`join`" in silent
    assert not told("unreached-duty", LIBRARY.clauses["training"])


@pytest.mark.parametrize("check", ["breach-contents", "publicity", "breach-costs"])
def test_a_check_that_is_no_right_is_found(check):
    assert told("check-without-right", with_duty(BREACH, 0, check=check))


def test_a_consequence_in_a_clause_that_is_not_there_is_left_to_loading():
    gone = replace(BREACH, duties=tuple(replace(d, consequence="gone#late", failure="") for d in BREACH.duties))
    assert not told("unreached-duty", replace(gone, failures=MappingProxyType({})))
