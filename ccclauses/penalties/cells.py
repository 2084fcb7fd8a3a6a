"""The cells of a ledger's row: numbers, sums and moments, each problem told with its cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from typing import TypeVar
from zoneinfo import ZoneInfo

from ..common.workdays import WorkCalendar
from ..model.annex import Annex
from ..model.diagnostic import Diagnostic
from ..model.words.quantity import QuantityError
from .event import Term
from .ledger import Row

T = TypeVar("T")
_OFFSET = re.compile(r"[+-](?P<hours>\d{2})(?::?(?P<minutes>\d{2}))?", re.ASCII)
_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ](?P<clock>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2}|[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*)?)?"
)


class Refused(Exception):
    """A row that can't be calculated; its reason is already told."""


class Cells:
    """The row of a ledger; gathers each problem in it before the row is refused."""

    def __init__(
        self, row: Row, annex: Annex, work: WorkCalendar, as_of: datetime, term: Term | None, problems: list[Diagnostic]
    ) -> None:
        self.row, self.annex, self.work, self.term = row, annex, work, term
        self.as_of = as_of.astimezone(timezone.utc)
        self.problems, self.before = problems, len(problems)

    def problem(self, rule: str, column: str, message: str, hint: str = "") -> None:
        named = f"column `{column}`: {message}" if column else message
        self.problems.append(Diagnostic(rule=rule, message=named, at=self.row.place(column), hint=hint))

    def refuse(self, rule: str, column: str, message: str, hint: str = "") -> Refused:
        self.problem(rule, column, message, hint)
        return Refused()

    def stop(self) -> None:
        if len(self.problems) > self.before:
            raise Refused

    def parsed(self, column: str, parse: Callable[[str], T]) -> T | None:
        text = self.row.text(column)
        if re.match(r"[-\u2212]\s*\d", text):
            self.problem("negative-value", column, f"`{text}` is negative", "nothing in a ledger is below zero")
            return None
        try:
            return parse(text)
        except QuantityError as problem:
            self.problem("wrong-value", column, f"`{text}`: {problem}")
            return None

    def number(self, column: str, default: int) -> int:
        text = self.row.text(column)
        if not text:
            return default
        if re.fullmatch(r"\d{1,3}(,\d{3}){1,3}|\d{1,12}", text):
            return int(text.replace(",", ""))
        if re.match(r"[-\u2212]\s*\d", text):
            self.problem("negative-value", column, f"`{text}` is negative", "nothing in a ledger is below zero")
        else:
            self.problem("wrong-value", column, f"`{text}` is not a whole number")
        return default

    def moment(self, column: str, *, day_of: Callable[[date], datetime] | None = None) -> datetime | None:
        """The moment in a column, or None where it is empty or wrong. `day_of` says what a bare date represents."""
        text = self.row.text(column)
        if not text:
            return None
        match = _MOMENT.fullmatch(text)
        if not match:
            hint = "write `2026-03-31T22:15+02:00`, or `2026-03-31 22:15 Europe/Madrid`"
            self.problem("wrong-time", column, f"`{text}` is not a date and time", hint)
            return None
        try:
            day = date.fromisoformat(match["day"])
            if not 1900 <= day.year <= 9000:
                raise ValueError
            if match["clock"] is None:
                if day_of:
                    return self.not_future(column, day_of(day).astimezone(timezone.utc), day)
                hint = "hours are counted, so write the time with its offset, such as `T22:15+02:00`"
                self.problem("missing-time", column, f"`{text}` has no time of day", hint)
                return None
            local = datetime.combine(day, _clock(match["clock"]))
        except ValueError:
            self.problem("wrong-time", column, f"`{text}` is not a date and time that exists")
            return None
        moment = self._zoned(column, local, match["zone"] or self.row.text("time_zone"))
        return moment and self.not_future(column, moment, None)

    def _zoned(self, column: str, local: datetime, zone: str) -> datetime | None:
        """The local time in its zone; a time that the clocks skip or show twice needs an offset."""
        if not zone:
            hint = "add an offset such as `+02:00`, a zone such as `Europe/Madrid`, or a column `time_zone`"
            self.problem("missing-time-zone", column, "the time has no time zone", hint)
            return None
        if zone == "Z" or zone[0] in "+-":
            sign = -1 if zone[0] == "-" else 1
            match = _OFFSET.fullmatch("+00" if zone == "Z" else zone)
            hours, minutes = (int(match["hours"]), int(match["minutes"] or 0)) if match else (24, 0)
            if hours > 23 or minutes > 59:
                self.problem("unknown-time-zone", column, f"`{zone}` is not an offset from UTC", "write it as `+02:00`")
                return None
            offset = timezone(sign * timedelta(hours=hours, minutes=minutes))
            return local.replace(tzinfo=offset).astimezone(timezone.utc)
        try:
            named = ZoneInfo(zone)
        except (ValueError, OSError, KeyError):
            hint = "write its IANA name, such as `Europe/Madrid`"
            self.problem("unknown-time-zone", column, f"unknown time zone `{zone}`", hint)
            return None
        early, late = local.replace(tzinfo=named), local.replace(tzinfo=named, fold=1)
        if early.utcoffset() != late.utcoffset():
            hint = "write the offset from UTC, such as `+02:00`"
            self.problem(
                "unclear-time", column, f"the clocks of {zone} change at that time, so it is not one moment", hint
            )
            return None
        return early.astimezone(timezone.utc)

    def not_future(self, column: str, moment: datetime, day: date | None) -> datetime | None:
        now = self.work.local(self.as_of)
        if (day > now.date()) if day else (moment > self.as_of):
            message = f"`{self.row.text(column)}` lies after {now:%Y-%m-%d %H:%M} ({self.work.time_zone})"
            self.problem("future-event", column, message, "a statement tells what has happened")
            return None
        return moment

    def shown(self, moment: datetime) -> str:
        """A moment on the clock of the place; the end of a day is shown as 24:00 of that day."""
        local = self.work.local(moment)
        if local.time() == time(0):
            return f"{local.date() - timedelta(days=1)} 24:00 {local:%Z}"
        return f"{local:%Y-%m-%d %H:%M %Z}"

    def as_written(self, column: str, moment: datetime) -> str:
        """The moment, or the bare date that the row gives."""
        text = self.row.text(column)
        return text if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else self.shown(moment)


def _clock(text: str) -> time:
    """A time of day; `fromisoformat` of Python 3.10 takes only three or six digits of a second's fraction."""
    head, _, fraction = text.partition(".")
    clock = time.fromisoformat(head)
    return clock.replace(microsecond=int(fraction.ljust(6, "0"))) if fraction else clock
