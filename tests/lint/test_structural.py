"""The rules over a clause's data find faults planted all over the shipped library, which has none itself."""

import re
from dataclasses import replace
from types import MappingProxyType

import pytest

from ccclauses.common.resources import library_folder
from ccclauses.lint.engine import all_rules
from ccclauses.lint.paragraphs import paragraphs_of
from ccclauses.lint.texts import library_subjects
from ccclauses.load.library.library import load_library
from ccclauses.model.library.form import FULL

LIBRARY, _ = load_library(library_folder())
RULES = {rule.code: rule for rule in all_rules()}
SUBJECTS = {clause.id: list(library_subjects(LIBRARY, [clause])) for clause in LIBRARY.clauses.values()}
BREACH = LIBRARY.clauses["breach-handling"]
DUTIES = [(clause, index) for clause in LIBRARY.clauses.values() for index in range(len(clause.duties))]


def in_full(clause):
    """The clause with the wordings of the full form alone, which are a ladder."""
    return replace(clause, variants=tuple(v for v in clause.variants if v.form == FULL))


ACCESS = in_full(LIBRARY.clauses["access-control"])  # with two wordings


def told(code: str, clause, library=LIBRARY) -> list[str]:
    """What a rule says of a clause whose data were changed and whose texts were not."""
    rule = RULES[code]
    if rule.check_clause:
        return [f.message for f in rule.check_clause(clause, library)]
    return [f.message for s in SUBJECTS[clause.id] for f in rule.check(replace(s, clause=clause))]


def with_clauses(*clauses):
    return replace(LIBRARY, clauses=MappingProxyType({**LIBRARY.clauses, **{c.id: c for c in clauses}}))


def with_duty(clause, index: int, **changes):
    duties = list(clause.duties)
    duties[index] = replace(duties[index], **changes)
    return replace(clause, duties=tuple(duties))


def with_parameter(clause, parameter):
    return replace(clause, parameters=MappingProxyType({**clause.parameters, parameter.name: parameter}))


def with_failure(clause, spec):
    return replace(clause, failures=MappingProxyType({**clause.failures, spec.name: spec}))


def share(code: str, faulty: list) -> float:
    """The share of faulty clauses of which the rule says something."""
    assert len(faulty) > 20
    return sum(bool(told(code, clause)) for clause in faulty) / len(faulty)


@pytest.mark.parametrize("slot", ["action", "object", "trigger", "evidence", "check", "consequence"])
@pytest.mark.parametrize("words", ["", " ", "TBD", "n/a", "…", "to do"])
def test_an_empty_slot_and_a_stopgap_are_found(slot, words):
    assert told("S01", with_duty(BREACH, 0, **{slot: words})) == [
        f"the duty of `{BREACH.duties[0].paragraph}` has no {slot}"
    ]


@pytest.mark.parametrize("words", ["", "tbc", "none"])
def test_no_deadline_and_no_reason_for_that_is_found(words):
    assert told("S01", with_duty(BREACH, 0, within="", standing=words))


def test_a_clause_that_registers_nothing_is_found():
    assert told("S01", replace(BREACH, duties=()))


def test_a_wrong_obligor_is_found():
    other = {"provider": "client", "client": "provider"}
    # A paragraph in which the other party has a duty too fits either.
    faulty = [
        with_duty(c, i, obligor=other[c.duties[i].obligor])
        for c, i in DUTIES
        if not _obliges(other[c.duties[i].obligor], " ".join(paragraphs_of(c).get(c.duties[i].paragraph, ())))
    ]
    assert len(faulty) > 0.8 * len(DUTIES)
    assert share("S02", faulty) > 0.95


def _obliges(party: str, text: str) -> bool:
    return bool(re.search(rf"\b{party.capitalize()}\b[^.]*\bshall\b", text))


def test_the_period_of_another_duty_is_found():
    faulty = []
    for clause, index in DUTIES:
        duty = clause.duties[index]
        slot = next((s for s in ("within", "every", "before") if getattr(duty, s) in clause.parameters), "")
        periods = [p.name for p in clause.parameters.values() if p.type == "duration"]
        others = [name for name in periods if name != getattr(duty, slot, "")]
        if slot and others and not duty.postures and not duty.when.parts:
            faulty.append(with_duty(clause, index, **{slot: others[index % len(others)]}))
    # The rest are paragraphs with both periods.
    assert share("S02", faulty) > 0.85


def test_a_rhythm_that_the_data_lost_is_found():
    faulty = [
        with_duty(c, i, every="", standing="always")
        for c, i in DUTIES
        if c.duties[i].every
        and not (c.duties[i].within or c.duties[i].before)  # what follows an act: the act says how often
        and not any(
            d.every and d.paragraph == c.duties[i].paragraph and d.form == c.duties[i].form
            for n, d in enumerate(c.duties)
            if n != i
        )
    ]
    assert share("S13", faulty) > 0.85


def test_a_row_that_was_taken_out_is_found():
    faulty = []
    for clause, index in DUTIES:
        label = clause.duties[index].paragraph
        rows = [d.paragraph for d in clause.duties].count(label)
        if rows == 1 and label not in {p.paragraph for p in clause.failures.values()}:
            faulty.append(replace(clause, duties=clause.duties[:index] + clause.duties[index + 1 :]))
    assert share("S03", faulty) > 0.95


@pytest.mark.parametrize("clause", ["audit", "erasure", "penalties", "step-in", "training"])
def test_a_parameter_that_nothing_prints_is_found(clause):
    chosen = LIBRARY.clauses[clause]
    some = replace(next(iter(chosen.parameters.values())), name="quite_unused", role="")
    found = [f.message for f in RULES["S04"].check_library(with_clauses(with_parameter(chosen, some)))]
    assert found == ["`quite_unused` is printed nowhere"]


@pytest.mark.parametrize(
    "faulty",
    [
        with_duty(BREACH, 0, paragraph="gone"),
        with_duty(BREACH, 0, check="gone"),
        with_duty(BREACH, 0, consequence="gone"),
        with_failure(BREACH, replace(BREACH.failures["late_notice"], paragraph="gone")),
        replace(BREACH, maps_to=MappingProxyType({"gdpr": {"Art 33(2)": ("breach-notice", "gone")}})),
    ],
)
def test_a_label_that_no_wording_has_is_found(faulty):
    assert len(told("S05", faulty)) == 1


def test_values_of_two_postures_in_each_others_place_are_found():
    faulty = []
    for clause in LIBRARY.clauses.values():
        for parameter in clause.parameters.values():
            strict, loose = parameter.values.get("strict"), parameter.values.get("baseline")
            if parameter.stricter != "none" and strict != loose:
                values = MappingProxyType({**parameter.values, "strict": loose, "baseline": strict})
                faulty.append(with_parameter(clause, replace(parameter, values=values)))
    assert share("S06", faulty) == 1


def test_a_wording_that_sets_a_stricter_value_than_the_one_above_is_found():
    low = ACCESS.parameters["leaver_revoke"].minimum
    *above, last = ACCESS.variants
    settings = MappingProxyType({"leaver_revoke": low})
    assert told("S06", replace(ACCESS, variants=(*above, replace(last, settings=settings))))


def test_wordings_out_of_order_are_found():
    several = [c for c in map(in_full, LIBRARY.clauses.values()) if len(c.variants) > 1]
    assert several and all(told("S07", replace(c, variants=c.variants[::-1])) for c in several)


def test_a_wording_that_serves_the_ends_of_the_ladder_and_not_its_middle_is_found():
    strict, *_, loose = ACCESS.variants
    variants = (replace(strict, postures=("strict", "baseline")), replace(loose, postures=("standard",)))
    assert told("S07", replace(ACCESS, variants=variants))


def test_failures_that_count_one_breach_twice_are_found():
    faulty = [
        with_failure(clause, replace(spec, name="again"))
        for clause in LIBRARY.clauses.values()
        for spec in clause.failures.values()
    ]
    assert share("S08", faulty) == 1
