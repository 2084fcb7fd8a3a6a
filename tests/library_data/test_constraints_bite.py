"""Every shipped constraint bites: a deal that breaks it is told so, with its reason and its source, and one that keeps it is not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from full_deals import HERE, full_deal

from ccclauses.common.resources import library_folder
from ccclauses.load.library.library import load_library
from ccclauses.model.diagnostic import errors
from ccclauses.model.library import condition as conditions
from ccclauses.model.profile import Asked, Company, Site
from ccclauses.model.words.quantity import Duration, Money, Percentage
from ccclauses.resolve import resolve
from ccclauses.resolve.judge import literal

LIBRARY, _ = load_library(library_folder())


def hours(number):
    return Duration(number, "hours")


def days(number):
    return Duration(number, "days")


BUSINESS_5, BUSINESS_15 = (Duration(n, "days", "business") for n in (5, 15))
PCI = {"frameworks": ("pci_dss_4_0_1",), "facts": {"takes_payments": True}}
# The invariant, what breaks it, the rule that must say so.
INVARIANTS = [
    ("1 backups", {"rpo": hours(4), "backup_interval": hours(8)}, {}, "backup-within-rpo"),
    ("2 account", {"breach_notice": hours(48), "breach_report": hours(24)}, {}, "breach-notice-before-account"),
    (
        "3 reports",
        {"report_period": "weekly", "report_due": Duration(10, "days", "business")},
        {},
        "report-due-within-period",
    ),
    ("4 objection", {"sub_notice": days(30), "sub_objection": days(45)}, {}, "objection-within-notice"),
    ("5 notice", {"breach_notice": hours(12)}, {"frameworks": ("in_certin",)}, "breach-notice-in-certin"),
    ("6 floor", {"log_retention": days(100)}, {"frameworks": ("in_certin",)}, "certin-logs"),
    ("7 countries", {"allowed_countries": ("GB",)}, {"sites": "IN"}, "countries-approved"),
    ("8 return", {"data_return": days(60), "erase_due": days(10)}, {}, "return-before-erasure"),
    ("10 German month", {"at_risk_month": Percentage(Decimal(10))}, {"law": "DE"}, "german-month-cap"),
    ("10 German year", {"annual_cap": Percentage(Decimal(8))}, {"law": "DE"}, "german-year-cap"),
    ("10 year cap", {"annual_cap": Percentage(Decimal(1))}, {}, "month-cap-within-year"),
    ("11 currency", {"cyber_limit": Money(Decimal(500_000), "USD")}, {}, "one-currency"),
    ("12 payments", {"payment_method": "none"}, {"facts": {"takes_payments": True}}, "payments-need-a-method"),
    ("13 reviews", {"access_review": days(200)}, PCI, "pci-access-review"),
    ("13 cameras", {"cctv_retention": days(30)}, PCI, "pci-cameras"),
    ("13 logs", {"log_retention": days(180)}, PCI, "pci-log-retention"),
    ("13 online", {"log_online": days(30)}, PCI, "pci-log-online"),
    ("13 idle", {"idle_timeout": Duration(30, "minutes")}, PCI, "pci-idle-session"),
    ("14 step-in", {"step_in_enabled": True, "severable_part": ""}, {"include": "step-in"}, "step-in-names-its-part"),
    ("15 triage", {"alert_triage": hours(120), "patch_critical": days(3)}, {}, "triage-before-critical-patch"),
]

# Rules among values that are no invariant: what breaks each.
OTHER_RULES = {
    "storage-in-approved-countries": ({"storage_countries": ("US",)}, {}),
    "recordings-last-for-the-sample": ({"recording_retention": days(2)}, {"facts": {"records_calls": True}}),
    "erasure-after-the-stop": ({"newtech_erase": days(5), "stop_unapproved": hours(120)}, {}),
    "data-cap-above-cyber-cover": (
        {"data_cap": Money(Decimal(1000), ""), "cyber_limit": Money(Decimal(2000), "")},
        {"include": ["insurance"]},
    ),
    "data-cap-above-yearly-credits": ({"data_cap": Money(Decimal(1000), "")}, {}),
    "staff-tell-in-time": ({"agent_report": hours(8), "breach_notice": hours(8)}, {}),
    "backup-run-within-interval": ({"backup_run": hours(3), "backup_interval": hours(2)}, {}),
    "auditor-objection-before-audit": ({"auditor_objection": BUSINESS_5, "audit_notice": BUSINESS_5}, {}),
    "consent-within-notice-of-change": ({"material_notice": days(15)}, {}),
    "exports-outlast-requests": ({"export_retention": days(1)}, {}),
    "exit-plan-before-trial": ({"exit_plan_due": days(180), "exit_trial": Duration(6, "months")}, {}),
    "authority-before-client-test": ({"client_test_notice": days(3)}, {}),
    "invocation-before-recovery": ({"invoke": hours(24)}, {}),
    "insurance-outlasts-backups": ({"runoff": Duration(0, "months")}, {}),
    "fallback-needs-home-work": ({}, {"facts": {"bcp_home_only": True}}),
    "cso-proposed-before-vacancy-ends": ({"cso_replacement_notice": Duration(60, "days", "business")}, {}),
    "triage-before-high-patch": ({"alert_triage": hours(120), "patch_high": days(5)}, {}),
    "triage-before-medium-patch": ({"alert_triage": hours(120), "patch_medium": days(5)}, {}),
    "patches-in-order": ({"patch_critical": days(30), "patch_high": days(7)}, {}),
    "backups-expire-in-time": ({"backup_retention": days(90), "backup_expiry": days(60)}, {}),
    "payments-at-home": (
        {"payment_method": "auto_pause"},
        {"facts": {"takes_payments": True, "home_working": True}},
    ),
    "pci-payments": ({}, {"frameworks": ("pci_dss_4_0_1",)}),
    "dora-needs-ict": ({}, {"frameworks": ("dora",)}),
    "dora-subcontracting-general": (
        {"sub_mode": "general"},
        {"frameworks": ("dora",), "facts": {"critical_function": True}},
    ),
    "gdpr-foreign-law": ({}, {"frameworks": ("gdpr",), "facts": {"cross_border": True}, "law": "IN"}),
    "ad-hoc-needs-appointing-authority": ({"forum": "arbitration", "arbitration_rules": "uncitral"}, {}),
    "institution-appoints": ({"forum": "arbitration", "appointing_authority": "pca"}, {}),
    "expedited-needs-rules": ({"forum": "arbitration", "expedited": "agreed"}, {}),  # LCIA, as usual under English law
    "highly-expedited-is-icc": ({"forum": "arbitration", "expedited": "highly"}, {"law": "SG"}),
    "expedited-with-three": (
        {"forum": "arbitration", "expedited": "agreed", "arbitrators": "three"},
        {"law": "FR"},
    ),
}
RULES = {rule: (asked_for, fields) for _, asked_for, fields, rule in INVARIANTS} | OTHER_RULES


def deal(asked_for=(), facts=(), sites="", include=(), **fields):
    """A deal between two British companies with nothing but what is asked for."""
    fields.setdefault("provider", Company(name="Provider Ltd", country="GB"))
    return full_deal(
        LIBRARY,
        settings={name: Asked(value=value, at=HERE) for name, value in dict(asked_for).items()},
        facts={name: Asked(value=value, at=HERE) for name, value in dict(facts).items()},
        sites=(Site(name="Site", country=sites, at=HERE),) if sites else (),
        include=dict.fromkeys([include] if isinstance(include, str) else include, HERE),
        subcontractors=(),
        **fields,
    )


def told(request, rule):
    return [p for p in resolve(request, LIBRARY)[1] if p.rule == rule]


PLAIN = {p.rule for p in resolve(deal(), LIBRARY)[1]}  # what is told of a deal that breaks nothing


@pytest.mark.parametrize(("asked_for", "fields", "rule"), [i[1:] for i in INVARIANTS], ids=[i[0] for i in INVARIANTS])
def test_each_invariant_is_told_when_it_is_broken(asked_for, fields, rule):
    assert all(LIBRARY.parameter(name) for name in asked_for)
    request = deal(asked_for, **fields)
    assert told(request, rule)
    assert rule not in [p.rule for p in errors(resolve(replace(request, settings={}), LIBRARY)[1])]


def first(operand: conditions.Operand) -> conditions.Written:
    """A literal, or the first of several."""
    found = operand.items[0] if isinstance(operand, conditions.Listed) else operand
    assert isinstance(found, conditions.Written)
    return found


def met(condition: conditions.Condition) -> dict:
    """The fields of a deal that a condition holds for: each test of an `all`, the first of an `any`."""
    fields: dict = {"frameworks": (), "facts": {}, "include": ()}
    parts = condition.parts if condition.join == "all" else condition.parts[:1]
    for part in parts:
        if isinstance(part, conditions.Condition):
            more = met(part)
            fields |= more | {
                "frameworks": fields["frameworks"] + more["frameworks"],
                "facts": fields["facts"] | more["facts"],
                "include": fields["include"] + more["include"],
            }
        elif part.kind == "framework" and not part.negated:
            fields["frameworks"] += (part.name,)
        elif part.kind == "clause":
            fields["include"] += (part.name,)
        elif part.name == "law.id":
            fields["law"] = first(part.operand).text
        elif part.name == "client_country":
            fields["client"] = Company(name="Client plc", country=first(part.operand).text)
        elif part.name == "provider_country":
            fields["provider"] = Company(name="Provider Ltd", country=first(part.operand).text)
        elif part.name in LIBRARY.facts:
            fields["facts"][part.name] = not part.negated
    return fields


def beyond(test: conditions.Test) -> dict:
    """Values that break a limit: one step past its literal, or past the smallest value of the other side."""
    parameter = LIBRARY.parameter(test.name)
    if isinstance(test.operand, conditions.Named):
        other = LIBRARY.parameter(test.operand.name)
        return {test.name: parameter.maximum, other.name: min(other.values.values(), key=conditions.comparable)}
    if parameter.choices:
        names = list(parameter.choices)
        return {test.name: names[names.index(test.operand.text) + (1 if test.operator == "<=" else -1)]}
    bound, step = literal(test.operand, next(iter(parameter.values.values()))), 1 if test.operator == "<=" else -1
    if isinstance(bound, Duration):
        return {test.name: replace(bound, amount=bound.amount + step)}
    return {test.name: Percentage(bound.value + step)}


@pytest.mark.parametrize("constraint", LIBRARY.constraints, ids=lambda c: c.id)
def test_each_constraint_is_told_with_its_reason_and_source(constraint):
    if constraint.rule:
        asked_for, fields = RULES[constraint.id]
    else:
        fields = met(constraint.when)
        asked_for = {n: v for t in (constraint.limit.tests() if constraint.limit else ()) for n, v in beyond(t).items()}
    (problem,) = told(deal(asked_for, **fields), constraint.id)
    assert problem.severity.name.lower() == constraint.severity
    assert constraint.reason.rstrip(".") in problem.message and problem.message.endswith(f"Source: {constraint.source}")
    assert constraint.id not in PLAIN


def test_a_fallback_at_home_needs_a_clause_that_allows_it():
    (problem,) = told(deal(facts={"bcp_home_only": True}), "fallback-needs-home-work")
    assert '`has("home-working")` must hold' in problem.message


def test_a_rule_of_the_table_is_a_constraint():
    assert {c.id for c in LIBRARY.constraints if c.rule} == {r for r in RULES if _constraint(r).rule}


def _constraint(name):
    return next(c for c in LIBRARY.constraints if c.id == name)
