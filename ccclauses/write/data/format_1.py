"""An annex as data in format 1 → the same in format 2, so that annexes that were signed with it can still be used.

Format 1 differs in two things. Its credits followed another scheme, which is no longer calculated: they are left out,
and remain stated in the words of the annex. Its duties said in the words of their trigger what they count from.
"""

from __future__ import annotations

import re
from typing import Any

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY_OF_YEAR = re.compile(rf"(?P<day>[1-9]\d?) (?P<month>{_MONTHS})")
_CALENDAR_PERIOD = re.compile(r"\beach (?:Reporting Period|calendar (?:week|month|quarter|year))\b")
_ONCE_FROM_START = re.compile(r"(?:the )?(?P<of>start of the Services|date of this Annex)(?:$| and each )")


def as_format_2(raw: dict[str, Any]) -> dict[str, Any]:
    """The members of an annex in format 1 as those of format 2; what is not as format 1 has it is left as it is."""
    annex = {name: member for name, member in raw.items() if name not in ("penalties", "credit_rules")}
    if isinstance(duties := annex.get("obligations"), list):
        annex["obligations"] = [_duty(d) if isinstance(d, dict) else d for d in duties]
    return annex


def _duty(raw: dict[str, Any]) -> dict[str, Any]:
    duty = {name: member for name, member in raw.items() if name != "penalty"}
    deadline, trigger = duty.get("deadline"), duty.get("trigger")
    if isinstance(deadline, dict) and isinstance(trigger, str) and {"every", "within", "before"} & set(deadline):
        duty["deadline"] = {**deadline, "counts_from": _counts_from(trigger, recurs="every" in deadline)}
    return duty


def _counts_from(trigger: str, *, recurs: bool) -> str | dict[str, Any]:
    """What a duty counts from, by the words by which its dates were calculated."""
    if named := _DAY_OF_YEAR.fullmatch(trigger):
        return {"type": "DayOfYear", "day": int(named["day"]), "month": _MONTHS.split("|").index(named["month"]) + 1}
    if trigger.startswith("each anniversary of the date of this Annex"):
        return "annex_date"
    if trigger.startswith("the last Business Day of each "):
        return "last_business_day"
    if recurs:
        return "calendar_period" if _CALENDAR_PERIOD.search(trigger) else "services_start"
    if once := _ONCE_FROM_START.match(trigger):
        return "annex_date" if once["of"].startswith("date") else "services_start"
    return "event"
