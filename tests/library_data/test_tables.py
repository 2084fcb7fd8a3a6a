"""The shipped tables: laws, frameworks, constraints and facts say what they should."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from ccclauses.common.resources import library_folder
from ccclauses.common.workdays import CUT_OFF
from ccclauses.load.library.conditions import CONTRACT_NAMES
from ccclauses.load.library.library import load_library
from ccclauses.model.library.condition import Named
from ccclauses.model.words.quantity import Duration
from ccclauses.resolve.judge import literal
from ccclauses.resolve.situation import DEAL_NAMES

FAMILIES = {"common_law", "us", "civil_law", "mixed"}
LAWS = "GB-EAW US-NY US-DE US-CA IE DE FR NL ES IN PH SG AU ZA CA-ON CA-QC".split()
LABELS = {
    "Service Credit": {"GB-EAW", "AU"},
    "Liquidated Damages": {"US-NY", "US-DE", "US-CA", "IE", "SG", "IN", "PH", "CA-ON"},
    "Contractual Penalty": {"DE", "FR", "NL", "ES", "CA-QC"},
    "Conventional Penalty": {"ZA"},
}
# Where more than the credit can be claimed, and where it can't.
DAMAGES = {
    "credited": {"GB-EAW", "DE", "AU"},
    "exhausts": {"US-NY", "US-DE", "US-CA", "IE", "SG", "CA-ON"},
    "excluded": {"FR", "IN", "CA-QC"},
    "in_addition": {"NL", "ES", "PH"},
    "election": {"ZA"},
}
ROWS = {
    "gdpr": 38,
    "uk_gdpr": 9,
    "pci_dss_4_0_1": 49,
    "hipaa": 24,
    "glba_safeguards": 16,
    "ccpa_cpra": 15,
    "nydfs_500": 16,
    "nist_800_53r5": 28,
    "nist_800_88r2": 6,
    "iso_27001_2022": 42,
    "soc2_tsc": 18,
    "dora": 33,
    "nis2": 16,
    "eba_outsourcing": 18,
    "fca_sysc8": 13,
    "in_certin": 5,
    "in_dpdp": 8,
    "ph_dpa": 13,
    "za_popia": 7,
    "ca_pipeda": 7,
    "au_apra": 12,
    "eu_ai_act": 4,
}
# Framework → the hours above which a build stops, and above which it warns.
BREACH_NOTICE = {
    "gdpr": (72, 24),
    "uk_gdpr": (72, 24),
    "dora": (24, 4),
    "nis2": (24, 12),
    "in_certin": (6, 4),
    "in_dpdp": (72, 24),
    "ph_dpa": (72, 24),
    "za_popia": (24, 4),
    "hipaa": (1440, 120),
    "nydfs_500": (72, 24),
    "glba_safeguards": (720, 72),
    "pci_dss_4_0_1": (24, 8),
    "ca_pipeda": (72, 48),
}


@pytest.fixture(scope="module")
def library():
    found, _ = load_library(library_folder())
    return found


def test_the_tables_load_without_a_problem():
    tables = ("laws.yaml", "constraints.yaml", "facts.yaml", "frameworks")
    problems = [str(p) for p in load_library(library_folder())[1] if any(t in Path(p.at.file).parts for t in tables)]
    assert not problems


def test_every_version_of_a_clause_has_its_reason(library):
    """In plain sentences, without the words of internal notes: a board reads them, and a counterparty may."""
    for clause in library.clauses.values():
        assert [c.version for c in clause.changes] == list(range(2, clause.version + 1)), clause.id
        for change in clause.changes:
            sentences = re.split(r"(?<=\.) (?=[A-Z])", change.reason)
            assert len(sentences) <= 3 and change.reason[0].isupper() and change.reason.endswith("."), change
            assert not re.search(r"posture|baseline|walk|fallback|[{}#`]", change.reason), change


def test_every_governing_law_is_there(library):
    assert list(library.laws) == LAWS
    assert {law.family for law in library.laws.values()} == FAMILIES
    assert {label: {i for i, law in library.laws.items() if law.credit_label == label} for label in LABELS} == LABELS
    assert {kind: {i for i, law in library.laws.items() if law.damages == kind} for kind in DAMAGES} == DAMAGES


def test_every_law_says_the_same_things(library):
    switches = {frozenset(law.switches) for law in library.laws.values()}
    assert len(switches) == 1, "a clause may test any switch under any law"
    for law in library.laws.values():
        assert law.warnings and law.switches["seat"] and law.switches["courts"]
        assert law.page == ("Letter" if law.id.startswith(("US-", "CA-")) or law.id == "PH" else "A4")


def test_a_law_under_which_courts_read_penalties_down_or_need_a_notice_says_so(library):
    yes = {
        switch: {i for i, law in library.laws.items() if law.switches[switch] == "yes"}
        for switch in (
            "fault",
            "reservation",
            "negotiated_recital",
            "notice_of_default",
            "notice_waived",
            "legitimate_interest",
        )
    }
    assert yes == {
        "fault": {"DE"},
        "reservation": {"DE"},
        "negotiated_recital": {"DE"},
        "notice_of_default": set(),
        "notice_waived": {"FR", "NL", "ES", "PH", "CA-QC"},
        "legitimate_interest": {"GB-EAW", "AU"},
    }


def test_the_text_and_the_calendar_end_a_business_day_at_the_same_hour(library):
    hour = f"{CUT_OFF:%H:%M}"
    (business_day,) = (d for d in library.definitions.values() if d.term == "Business Day")
    assert f"after {hour} there" in business_day.text
    for variant in (
        v for v in library.clauses["interpretation"].variants if v.form != "short"
    ):  # which has the definition alone
        assert f"if stated in Business Days, at {hour} on that day" in " ".join(variant.text.split())


def test_calendars_and_time_zones_exist(library):
    from zoneinfo import ZoneInfo

    import holidays

    for law in library.laws.values():
        ZoneInfo(law.switches["time_zone"])
        country, _, region = law.switches["calendar"].partition("-")
        assert holidays.country_holidays(country, subdiv=region or None, years=2026)


def test_a_reference_never_says_its_word_twice(library):
    for numbering in library.numberings.values():
        assert (len(numbering.clause), len(numbering.schedule)) == (4, 4)
        for level in (*numbering.clause, *numbering.schedule):
            word = level.text.split("%")[0].strip(" (")
            assert not (word and level.noun), "the label holds the word already"


def test_every_row_of_every_framework_is_there(library):
    assert {f.id: len(f.references) for f in library.frameworks.values()} == ROWS
    ids = Counter(r.id for f in library.frameworks.values() for r in f.references.values())
    assert sum(ids.values()) == 397 and max(ids.values()) == 1
    for framework in library.frameworks.values():
        assert framework.title and framework.short and framework.jurisdiction and framework.note


def test_shorts_tell_frameworks_apart(library):
    assert max(Counter(f.short for f in library.frameworks.values()).values()) == 1


@pytest.mark.parametrize(("framework", "hours"), BREACH_NOTICE.items())
def test_breach_notice_has_its_two_ceilings(library, framework, hours):
    found = {}
    for constraint in library.constraints:
        tests = list(constraint.limit.tests()) if constraint.limit else []
        if [t.name for t in tests] == ["breach_notice"] and str(constraint.when) == f'framework("{framework}")':
            found[constraint.severity] = Duration.parse(tests[0].operand.text).hours
    assert found == {"error": hours[0], "warning": hours[1]}


def test_breach_notice_under_apra_depends_on_the_function(library):
    found = {
        (str(c.when), c.severity): str(c.limit) for c in library.constraints if c.id.startswith("breach-notice-au-apra")
    }
    assert found == {
        ('framework("au_apra")', "error"): 'breach_notice <= "72 hours"',
        ('framework("au_apra") and not critical_function', "warning"): 'breach_notice <= "24 hours"',
        ('framework("au_apra") and critical_function', "error"): 'breach_notice <= "24 hours"',
        ('framework("au_apra") and critical_function', "warning"): 'breach_notice <= "12 hours"',
    }


def test_every_constraint_gives_its_reason_and_source(library):
    for constraint in library.constraints:
        assert constraint.reason.endswith(".") and constraint.source, constraint.id
        if constraint.severity == "note":
            assert not constraint.limit and not constraint.rule


def test_a_limit_can_draw_a_value_in(library):
    """A shipped limit is a single comparison that a default can be drawn to, in the parameter's own range."""
    for constraint in library.constraints:
        for test in constraint.limit.tests() if constraint.limit else ():
            assert test.operator in ("<=", ">=", "==") and not test.negated, constraint.id
            parameter = library.parameter(test.name)
            if constraint.severity != "error" or isinstance(test.operand, Named) or parameter.type == "choice":
                continue
            bound = literal(test.operand, next(iter(parameter.values.values())))
            if test.operator == ">=" and parameter.maximum is not None:
                assert _size(bound) <= _size(parameter.maximum), constraint.id
            if test.operator == "<=" and parameter.minimum is not None:
                assert _size(bound) >= _size(parameter.minimum), constraint.id


def _size(value):
    from ccclauses.model.library.condition import comparable

    return comparable(value)


def test_the_names_of_conditions_are_known_to_whoever_reads_them(library):
    assert DEAL_NAMES == CONTRACT_NAMES
    page = (library_folder().parent / "docs/reference/conditions.md").read_text(encoding="utf-8")
    assert [n for n in CONTRACT_NAMES if f"`{n}`" not in page] == []
