"""The calendar of an annex as an iCalendar file (RFC 5545): one event a duty and date, or a rule where it is exact.

Each event keeps its UID from one build to the next, so that importing again moves events instead of doubling them.
Nothing is stamped with the clock: equal calendars give equal bytes.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from ...derive.obligations import (
    DutyCalendar,
    Occurrence,
    by_obligation,
    consequence_text,
    deadline_text,
    duty_text,
    paragraph_noun,
)
from ...model.annex import Annex

ALARMS = (timedelta(days=7), timedelta(days=1))
_UID_SPACE = uuid.UUID("6d1c2f6e-6b4e-5b7e-9a55-2f8d3c1f0b7a")
_SLOT = timedelta(minutes=30)  # how long before its end a timed deadline shows in the day


def write_ics(duties: DutyCalendar, annex: Annex, alarms: Sequence[timedelta] = ALARMS) -> bytes:
    """The iCalendar file of the dated duties; `alarms` are the times before each at which to be reminded."""
    calendar = Calendar()
    calendar.add("prodid", "-//ccclauses//obligations//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{annex.title} {annex.reference}".strip())
    if any(o.clock for o in duties.occurrences):
        calendar.add_component(_time_zone(duties))
    stamp = datetime.combine(annex.date, time(0), tzinfo=timezone.utc)
    for occurrences in by_obligation(duties.occurrences).values():
        if occurrences[0].rule:
            calendar.add_component(_event(occurrences[0], annex, duties, stamp, alarms, repeats=len(occurrences)))
        else:
            for occurrence in occurrences:
                calendar.add_component(_event(occurrence, annex, duties, stamp, alarms))
    return bytes(calendar.to_ical())


def uid(occurrence: Occurrence, annex: Annex, *, rule: bool) -> str:
    """The name of an event for ever: made of the deal, the duty and which of its dates it is."""
    deal = f"{annex.reference}|{annex.client.name}|{annex.provider.name}"
    return str(uuid.uuid5(_UID_SPACE, f"{deal}|{occurrence.obligation.id}|{'rule' if rule else occurrence.number}"))


def sequence(version: str) -> int:
    """A number that rises with the version of the annex, so that programs take the newer event."""
    major, minor = [*(int(n[:4]) for n in re.findall(r"\d+", version)), 0, 0][:2]
    return major * 10_000 + minor


def _event(
    occurrence: Occurrence,
    annex: Annex,
    duties: DutyCalendar,
    stamp: datetime,
    alarms: Sequence[timedelta],
    repeats: int = 0,
) -> Event:
    obligation = occurrence.obligation
    event = Event()
    event.add("uid", uid(occurrence, annex, rule=bool(repeats)))
    event.add("dtstamp", stamp)
    event.add("sequence", sequence(annex.version))
    obligor = annex.provider.name if obligation.obligor == "provider" else annex.client.name
    event.add("summary", f"{obligor}: {duty_text(obligation)} ({paragraph_noun(annex)}{obligation.number})")
    event.add("description", "\n".join(_description(occurrence, annex)))
    event.add("categories", [obligation.obligor.capitalize()])
    event.add("transp", "TRANSPARENT")
    if occurrence.clock:
        end = datetime.combine(occurrence.due, occurrence.clock, tzinfo=ZoneInfo(duties.time_zone))
        event.add("dtstart", end - _SLOT if occurrence.clock >= time(0, 30) else end)
        event.add("dtend", end)
    else:
        event.add("dtstart", occurrence.due)
        event.add("dtend", occurrence.due + timedelta(days=1))
    if repeats and occurrence.rule:
        rule: dict[str, object] = {"freq": occurrence.rule.frequency, "interval": occurrence.rule.interval}
        if occurrence.rule.month_day:
            rule["bymonthday"] = occurrence.rule.month_day
        event.add("rrule", {**rule, "count": repeats})
    for before in alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"Due soon: {duty_text(obligation)}")
        alarm.add("trigger", -before)
        event.add_component(alarm)
    return event


def _description(occurrence: Occurrence, annex: Annex) -> Iterator[str]:
    obligation, noun = occurrence.obligation, paragraph_noun(annex)
    other = annex.client.name if obligation.obligor == "provider" else annex.provider.name
    yield f"Owed to: {other}"
    yield f"Deadline: {deadline_text(obligation)}"
    if occurrence.rule is None and occurrence.first != occurrence.last:
        yield f"Period: {occurrence.first} to {occurrence.last}"
    if occurrence.clock:
        yield f"Due at {occurrence.clock:%H:%M} at the place of the Business Days"
    yield f"Evidence: {obligation.evidence}"
    if obligation.check:
        yield f"Right to verify: {noun}{obligation.check}"
    if missed := consequence_text(obligation, annex):
        yield f"If missed: {missed}"
    if occurrence.assumed:
        yield f"Note: {occurrence.assumed}"


# --- the time zone ---


def _time_zone(duties: DutyCalendar) -> Timezone:
    """The clock of the place for the years of the calendar, each change of it as it happens."""
    zone = ZoneInfo(duties.time_zone)
    start = datetime(duties.start.year - 1, 1, 1, tzinfo=timezone.utc)
    end = datetime(duties.until.year + 2, 1, 1, tzinfo=timezone.utc)
    component = Timezone()
    component.add("tzid", duties.time_zone)
    component.add_component(_observance(start, zone, start.astimezone(zone).utcoffset()))
    moment = start
    while moment < end:
        following = moment + timedelta(days=1)
        before, after = moment.astimezone(zone).utcoffset(), following.astimezone(zone).utcoffset()
        if before != after:
            component.add_component(_observance(_change(moment, following, zone), zone, before))
        moment = following
    return component


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The minute at which the offset changes between two moments."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) // 2
        middle = middle.replace(second=0, microsecond=0)
        before, after = (middle, after) if middle.astimezone(zone).utcoffset() == old else (before, middle)
    return after


def _observance(moment: datetime, zone: ZoneInfo, before: timedelta | None) -> TimezoneStandard | TimezoneDaylight:
    """The clock that is kept from `moment`; its start is reported on the clock that was kept until then."""
    local = moment.astimezone(zone)
    component = TimezoneDaylight() if local.dst() else TimezoneStandard()
    old = before or timedelta(0)
    component.add("dtstart", moment.replace(tzinfo=None) + old)
    component.add("tzoffsetfrom", old)
    component.add("tzoffsetto", local.utcoffset())
    component.add("tzname", local.tzname())
    return component
