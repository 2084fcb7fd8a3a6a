"""A consequence reaches its duty and a check is a right: faults are found."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from ccclauses.lint.engine import all_rules
from ccclauses.lint.paragraphs import paragraphs_of
from ccclauses.load.library import load_library
from ccclauses.resources import library_folder

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
    assert sum(map(found, cases)) / len(cases) > 0.85


def test_a_consequence_that_was_swapped_for_that_of_another_duty_is_mostly_found():
    # Not all of these are faults: "another duty of this clause" and "use against this clause" speak of many duties.
    cases = swapped(lambda clause: {d.consequence for d in clause.duties if "#" not in d.consequence})
    assert sum(map(found, cases)) / len(cases) > 0.35


WRONG = [
    ("security-management", "risk", "policy-read"),
    ("access-control", "roles", "idle"),
    ("devices", "acceptable-use", "malware-updates"),
    ("vulnerabilities", "scans", "no-fix"),
]


@pytest.mark.parametrize("clause, paragraph, wrong", WRONG)
def test_a_wrong_consequence_is_found(clause, paragraph, wrong):
    duties = LIBRARY.clauses[clause].duties
    assert found((clause, next(i for i, d in enumerate(duties) if d.paragraph == paragraph), wrong))


def test_a_reworded_consequence_that_forgets_its_duty_is_found():
    old, new = "breach of a duty in this Annex", "late report"
    mechanism = LIBRARY.clauses["general-mechanism"]
    variants = tuple(replace(v, text=v.text.replace(old, new)) for v in mechanism.variants)
    parts = tuple(replace(p, text=p.text.replace(old, new)) for p in mechanism.parts)
    clauses = {**LIBRARY.clauses, mechanism.id: replace(mechanism, variants=variants, parts=parts)}
    library = replace(LIBRARY, clauses=MappingProxyType(clauses))
    found = RULES["unreached-duty"].check_clause(LIBRARY.clauses["workplace"], library)
    assert "`site-entry`" in "".join(f.message for f in found)


@pytest.mark.parametrize("check", ["breach-contents", "response-plan", "breach-costs"])
def test_a_check_that_is_no_right_is_found(check):
    assert told("check-without-right", with_duty(BREACH, 0, check=check))


def test_a_consequence_in_a_clause_that_is_not_there_is_left_to_loading():
    gone = replace(BREACH, duties=tuple(replace(d, consequence="gone#late", failure="") for d in BREACH.duties))
    assert not told("unreached-duty", replace(gone, failures=MappingProxyType({})))
