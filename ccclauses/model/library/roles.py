"""The parts that a parameter may play for the program: what code asks a library for, whatever the parameter is called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# Role → the types of parameter that may play it, and what for.
ROLES: Mapping[str, tuple[tuple[str, ...], str]] = MappingProxyType(
    {
        "business_day_calendar": (("text",), "the place whose public holidays are not Business Days"),
        "time_zone": (("text",), "the time zone of clock times"),
        "allowed_countries": (("countries",), "where work may be done; by default where the deal has it done"),
        "courts": (("text", "choice"), "the courts that decide; by default those usual under the law"),
        "seat": (("text", "choice"), "the seat of an arbitration; by default that usual under the law"),
        "arbitration_rules": (("text", "choice"), "the rules of an arbitration; by default those usual under the law"),
        "mediation_body": (("text", "choice"), "who mediates; by default the body usual under the law"),
        "at_risk_month": (("percentage",), "the share of the Monthly Charges that credits of a month may reach"),
        "annual_cap": (("percentage",), "the share of a year's charges that credits of a year may reach"),
        "credit_start": (("duration",), "the first months of the Services, in which Classes B and C carry no credit"),
        "repeat_after": (("integer",), "months with a credit after which a failure is a repeated one"),
        "repeat_window": (("duration",), "the months in which they are counted"),
        "dispute_window": (("duration",), "the time for disputing a statement"),
        "change_request_reply": (("duration",), "the time for answering a request for change"),
        "breach_notice": (("duration",), "a key term: notice of a breach"),
        "report_period": (("duration", "choice"), "a key term: how often reports are due"),
        "audits": (("integer",), "a key term: audits each year"),
        "recovery_time": (("duration",), "a key term: how soon the Services are back"),
        "recovery_point": (("duration",), "a key term: how much data may be lost"),
        "transition": (("duration",), "a key term: how long the exit lasts"),
        "first_performance": (("duration",), "how soon what recurs is first due, where its own period is longer"),
        "access_removal": (("duration",), "how soon a leaver loses access"),
    }
)
# What people ask for first, in the order of asking.
KEY_TERMS = (
    "breach_notice",
    "report_period",
    "audits",
    "at_risk_month",
    "annual_cap",
    "recovery_time",
    "recovery_point",
    "transition",
)
# What every credit is calculated with.
CREDIT_ROLES = ("at_risk_month", "annual_cap", "repeat_after", "repeat_window", "credit_start")
