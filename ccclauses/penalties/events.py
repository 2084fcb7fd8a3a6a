"""Rows of a ledger to events that can be calculated; each row that can't be is refused with the reason and its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

from ..common.workdays import WorkCalendar, add_months
from ..model.annex import Annex, Paragraph
from ..model.credits.credit import Sanction
from ..model.diagnostic import Diagnostic, nearest
from ..model.obligation import Obligation
from ..model.words.plurals import counted
from ..model.words.quantity import Duration, Money
from .cells import Cells, Refused
from .delay import elapsed, fits, late_business_days, length, started_days, started_hours
from .event import Event, Term
from .ledger import Row
from .same_act import given_twice, with_root

AMOUNT_LIMIT = Decimal(10) ** 15
_MOST_EARLIER = 100
_TIMES = ("start", "due", "done", "stopped", "tolled", "at", "lasted", "count", "unit")
_COLUMNS_OF = {  # way of counting → the columns that say how long and how many
    "hour": _TIMES,
    "day": _TIMES,
    "Business Day": _TIMES,
    "act": ("at", "done", "count", "unit"),
    "unit": ("at", "count", "unit"),
    "late unit": ("start", "due", "done", "count", "unit"),
}
_OF_A_KIND = frozenset(c for columns in _COLUMNS_OF.values() for c in columns)
_MONTH = r"\d{4}-(0[1-9]|1[0-2])"
_NOON = time(12)


def read_events(
    rows: Sequence[Row], annex: Annex, work: WorkCalendar, *, as_of: datetime, term: Term | None = None
) -> tuple[list[Event], list[Diagnostic]]:
    """The events of the rows, by the moment at which each began, and what is wrong with the rows that gave none.

    Of an amended annex each row is read with the terms of its day: that on which its period or its failure began.
    """
    problems: list[Diagnostic] = []
    events: list[Event] = []
    for row in rows:
        try:
            terms, until = _terms_of(row, annex, work, as_of)
            event = _RowReader(row, terms, work, as_of, term, problems).event()
            events.append(replace(event, until=until))
        except Refused:
            continue
    problems += given_twice(events)
    acts = {e.id: e.act for e in events}
    rooted = [with_root(e, acts) for e in events]
    return sorted(rooted, key=lambda e: e.began.astimezone(timezone.utc)), problems


def _terms_of(row: Row, annex: Annex, work: WorkCalendar, as_of: datetime) -> tuple[Annex, date | None]:
    """The terms under which a row stands, and their last day; those in force where it tells no day that can be read."""
    if not annex.earlier:
        return annex, None
    reader = _RowReader(row, annex, work, as_of, None, [])
    column = next((c for c in ("start", "at", "due") if row.text(c)), "")
    text = row.text(column) if column else ""
    try:
        if re.fullmatch(_MONTH, text):
            day = date.fromisoformat(f"{text}-01")
        elif re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            day = date.fromisoformat(text)
        else:
            moment = reader.moment(column) if column else None
            day = work.local(moment).date() if moment else date.max
    except ValueError:
        day = date.max
    until = next((e.until for e in annex.earlier if day <= e.until), None)
    return annex.on(day), until


class _RowReader(Cells):
    """Reads one row; gathers each problem in it before the row is refused."""

    # -- what every event has ----------------------------------------------------------------------------------

    def event(self) -> Event:
        identifier = self.row.text("event")
        if not identifier:
            self.problem(
                "missing-value", "event", "the event has no reference", "give each incident a reference of its own"
            )
        self._currency()
        sanction, obligation = self._failure()
        late = bool({"due", "start"} & set(self.row.cells))
        columns = _COLUMNS_OF["late unit" if late and sanction.counted == "unit" else sanction.counted]
        for column in self.row.cells:
            if column in _OF_A_KIND and column not in columns:
                wanted = ", ".join(f"`{c}`" for c in columns)
                self.problem(
                    "wrong-column", column, f"`{column}` says nothing about `{sanction.name}`", f"it takes {wanted}"
                )
        disputed, excluded = self._excluded(sanction)
        outside, units = self.number("earlier", 0), self.number("count", 1)
        if outside > _MOST_EARLIER:
            self.problem(
                "wrong-value", "earlier", f"`{self.row.text('earlier')}` earlier months are more than {_MOST_EARLIER}"
            )
        damages = self._damages()
        if not late and (sanction.counted == "unit" or self.row.text("at")):
            began, days, fact = self._occurred(sanction, units)
        elif sanction.counted == "act":
            raise self.refuse("missing-value", "at", "when it happened is not said", "write a date, or a date and time")
        else:
            began, days, fact = self._late(sanction, obligation, excluded)
        self._within_term(began, "at" if self.row.text("at") else "due")
        self.stop()
        if units != 1 and (late or sanction.counted != "unit"):
            fact = f"{counted(units, sanction.unit)}: {fact}"
        return Event(
            id=identifier,
            sanction=sanction,
            obligation=obligation,
            began=began,
            days=tuple(days),
            units=units,
            unit=self.row.text("unit"),
            fact=f"{self.row.text('unit')}: {fact}" if self.row.text("unit") else fact,
            act=self.row.text("cause") or identifier,
            outside=outside,
            damages=damages,
            disputed=disputed,
            note=self.row.text("note"),
            at=self.row.at,
        )

    def _currency(self) -> None:
        currency = self.row.text("currency").upper()
        if currency and currency != self.annex.currency:
            self.problem("other-currency", "currency", f"the contract is in {self.annex.currency}, not in {currency}")

    def _failure(self) -> tuple[Sanction, Obligation | None]:
        """The failure that the row names, itself or through its duty or paragraph."""
        name = self.row.text("failure")
        sanctions = self.annex.sanctions
        if not name:
            raise self.refuse("missing-value", "failure", "the row does not say what failed", self._known())
        if name in sanctions:
            return sanctions[name], None
        key = _number(name)
        duties = [
            o
            for o in self.annex.obligations
            if name in (o.id, o.id.partition("/")[0]) or (key and key == _number(o.number))
        ]
        carrying = [o for o in duties if o.failure in sanctions]
        if not carrying and (printed := self._printed(name, key)):
            if len(printed) == 1:
                return printed[0], None
            named = ", ".join(f"`{s.name}` ({s.label})" for s in printed)
            raise self.refuse("unknown-duty", "failure", f"`{name}` carries several credits", f"name one of {named}")
        if carrying and len({o.failure for o in carrying}) == 1:
            return sanctions[carrying[0].failure], carrying[0] if len(carrying) == 1 else None
        if carrying:
            named = ", ".join(f"`{o.failure}`" for o in carrying)
            raise self.refuse("unknown-duty", "failure", f"`{name}` carries several credits", f"name one of {named}")
        rest = next((s for s in sanctions.values() if s.any_other), None)
        provider = [o for o in duties if o.obligor == "provider" and o.deadline.within]
        if rest and provider:
            return rest, provider[0] if len(provider) == 1 else None
        if duties:
            raise self.refuse("unknown-duty", "failure", f"the duty `{name}` carries no credit", self._known())
        hint = nearest(name, [*sanctions, *(o.id for o in self.annex.obligations if o.failure)])
        raise self.refuse("unknown-duty", "failure", f"unknown failure or duty `{name}`", hint or self._known())

    def _printed(self, name: str, key: tuple[str, ...]) -> list[Sanction]:
        """The failures that the document prints under a paragraph or a title: "31.1", "31(1)", "§ 31(1)"."""
        numbers = {
            (clause.id, block.label): _number(block.full_number)
            for clause in self.annex.clauses
            for block in clause.blocks
            if isinstance(block, Paragraph) and block.label
        }
        return [
            s
            for s in self.annex.sanctions.values()
            if (key and numbers.get((s.clause, s.paragraph)) == key) or s.label.casefold() == name.casefold()
        ]

    def _known(self) -> str:
        return f"this annex has credits for {', '.join(f'`{n}`' for n in self.annex.sanctions)}"

    def _excluded(self, sanction: Sanction) -> tuple[bool, list[Duration]]:
        """Whether the whole event is disputed, and the delay that does not count."""
        disputed = self.row.text("disputed").casefold()
        found = []
        for column in ("tolled", "disputed"):
            text = self.row.text(column)
            if not text or (column == "disputed" and disputed in ("yes", "no")):
                continue
            period = self.parsed(column, Duration.parse)
            if period is None:
                continue
            if sanction.counted in ("act", "unit"):
                hint = "write `yes` in `disputed` to leave the event out"
                self.problem("wrong-column", column, "only delay has a part that is left out", hint)
            elif not fits(period, sanction.counted):
                message = f"the delay of `{sanction.name}` is counted per {sanction.counted}"
                self.problem("wrong-unit", column, message, _unit_hint(sanction))
            else:
                found.append(period)
        return disputed == "yes", found

    def _damages(self) -> Money | None:
        if not self.row.text("damages"):
            return None
        money = self.parsed("damages", Money.parse)
        if money and money.amount > AMOUNT_LIMIT:
            self.problem("wrong-value", "damages", f"`{self.row.text('damages')}` is not a sum that a contract knows")
            return None
        if money and money.currency not in ("", self.annex.currency):
            self.problem(
                "other-currency", "damages", f"the contract is in {self.annex.currency}, not in {money.currency}"
            )
            return None
        return Money(money.amount, self.annex.currency) if money else None

    def _within_term(self, began: datetime, column: str) -> None:
        if self.term is None:
            return
        day = began.date()
        if day < self.term.first:
            message = f"the failure began on {day}, before the term began on {self.term.first}"
            self.problem("outside-term", column, message)
        elif self.term.last and day > self.term.last:
            message = f"the failure began on {day}, after the term ended on {self.term.last}"
            self.problem("outside-term", column, message)

    # -- what lasts ------------------------------------------------------------------------------------------

    def _late(
        self, sanction: Sanction, obligation: Obligation | None, excluded: list[Duration]
    ) -> tuple[datetime, list[date], str]:
        whole_days = sanction.counted != "hour"
        business = sanction.counted == "Business Day" or sanction.counted == "unit" and sanction.cls == "C"
        deadline = self._deadline(sanction, obligation, whole_days, business)
        at_noon = (lambda d: self.work.at(d, _NOON)) if whole_days else None
        done, stopped = self.moment("done", day_of=at_noon), self.moment("stopped", day_of=at_noon)
        self.stop()
        assert deadline
        end = min(m for m in (done, stopped, self.as_of) if m)
        if not done and deadline > self.as_of:
            message = f"the duty is due only at {self.shown(deadline)} and is not performed yet"
            raise self.refuse("future-event", "due", message, "enter it when it is late")
        days = self._days(sanction, deadline, end, excluded)
        parts = [f"due {self.shown(deadline)}"]
        if done and end == done:
            parts.append(f"done {self.as_written('done', done)}")
        elif stopped and end == stopped:
            parts.append(f"ended by notice of termination {self.as_written('stopped', stopped)}")
        else:
            parts.append(f"not done by {self.shown(self.as_of)}")
        late = elapsed(deadline, end)
        if late <= timedelta(0):
            parts.append("in time")
        elif not whole_days:
            parts.append(f"{counted(-(-late // timedelta(minutes=1)), 'minute')} late")
        for column in ("tolled", "disputed"):
            if self.row.text(column) and self.row.text(column).casefold() not in ("yes", "no"):
                reason = "caused by the Client" if column == "tolled" else "in dispute"
                parts.append(f"{self.row.text(column)} {reason} left out")
        fact = "; ".join(parts)
        if sanction.counted != "unit":  # a thing that is late counts once, however late it is
            fact += f": {counted(len(days), sanction.counted_noun)}"
        return self.work.local(deadline), days, fact

    def _days(self, sanction: Sanction, begin: datetime, end: datetime, excluded: list[Duration]) -> list[date]:
        if sanction.counted == "Business Day":
            return late_business_days(begin, end, self.work, excluded)
        if sanction.counted == "day":
            return started_days(begin, end, self.work, excluded)
        if sanction.counted == "unit":
            return [self.work.local(begin).date()] if elapsed(begin, end) > timedelta(0) else []
        return [self.work.local(begin).date()] * started_hours(begin, end, excluded)

    def _deadline(
        self, sanction: Sanction, obligation: Obligation | None, whole_days: bool, business: bool
    ) -> datetime | None:
        """When the duty was due: as the row says, or the period of the duty after its start."""
        if self.row.text("due") and self.row.text("start"):
            self.problem("wrong-column", "due", "the row has both `start` and `due`", "write one of them")
            return None
        if self.row.text("due"):
            last = (lambda d: self.work.end_of(d, business=business)) if whole_days else None
            return self.moment("due", day_of=last)
        if not self.row.text("start"):
            hint = "write `due`, or `start` to have the period of the duty counted"
            self.problem("missing-value", "due", f"when the duty behind `{sanction.name}` was due is not said", hint)
            return None
        periods = self._periods(sanction, obligation)
        at_noon = (lambda d: self.work.at(d, _NOON)) if whole_days else None
        start = self.moment("start", day_of=at_noon)
        if len(periods) != 1:
            found = ", ".join(sorted({p.wording() for p in periods})) or "none"
            hint = "name the duty's paragraph in `failure`, or write `due`"
            message = f"the duties behind `{sanction.name}` do not have one period: {found}"
            self.problem("unclear-deadline", "start", message, hint)
            return None
        done = self.moment("done", day_of=at_noon)
        if start and done and done < start:
            self.problem(
                "negative-value", "done", "the duty was performed before its period began", "check the two times"
            )
        return self.work.due(start, periods.pop()).astimezone(timezone.utc) if start else None

    def _periods(self, sanction: Sanction, obligation: Obligation | None) -> set[Duration]:
        behind = [o for o in self.annex.obligations if o.failure == sanction.name]
        # A duty of another clause that names this failure may have a period of its own; whoever means it names it.
        own = [o for o in behind if o.clause == sanction.clause]
        duties = [obligation] if obligation else own or behind
        return {o.deadline.within for o in duties if o.deadline.within}

    # -- what happens ----------------------------------------------------------------------------------------

    def _occurred(self, sanction: Sanction, units: int) -> tuple[datetime, list[date], str]:
        """An act at a moment, which counts once, or as long as it lasted; an act of Class A by calendar months."""
        began = self._occurrence()
        lasted = self.parsed("lasted", Duration.parse) if self.row.text("lasted") else None
        done = self.moment("done", day_of=lambda d: self.work.at(d, _NOON))
        if lasted and done:
            self.problem("wrong-column", "lasted", "the row has both `done` and `lasted`", "write one of them")
        if sanction.counted == "hour" and not (lasted or done):
            hint = "write `lasted`, such as `3 hours`, or `due` and `done`"
            self.problem("missing-value", "lasted", f"how long `{sanction.name}` lasted is not said", hint)
        if lasted and not fits(lasted, sanction.counted):
            message = f"`{sanction.name}` is counted per {sanction.counted}"
            self.problem("wrong-unit", "lasted", message, _unit_hint(sanction))
        self.stop()
        assert began
        local = self.work.local(began)
        when = f"in {local:%B %Y}" if re.fullmatch(_MONTH, self.row.text("at")) else f"on {local:%Y-%m-%d}"
        if sanction.counted == "unit":
            return local, [local.date()], f"{counted(units, sanction.unit)} {when}"
        if sanction.counted == "act":
            last = (self.work.local(done) if done else local).date().replace(day=1)
            first = local.date().replace(day=1)
            span = (last.year - first.year) * 12 + last.month - first.month
            months = [local.date(), *(add_months(first, n) for n in range(1, span + 1))]
            until = f" to {self.as_written('done', done)}" if done else ""
            return local, months, f"{when}{until}: {counted(len(months), 'calendar month')}"
        if lasted and sanction.counted == "Business Day":
            days = [self.work.next_business_day(local.date())]
            while len(days) < lasted.amount:
                days.append(self.work.add_business_days(days[-1], 1))
        else:
            end = began + length(lasted) if lasted else done
            days = self._days(sanction, began, end, []) if end else [local.date()]
        return local, days, f"{when}: {counted(len(days), sanction.counted_noun)}"

    def _occurrence(self) -> datetime | None:
        """When it happened; a month represents its first moment, since shares are measured by the month."""
        text = self.row.text("at")
        if not text:
            self.problem(
                "missing-value", "at", "when it happened is not said", "write a date, or a date and time with its zone"
            )
            return None
        if re.fullmatch(_MONTH, text) and 1900 <= int(text[:4]) <= 9000:
            first = date(int(text[:4]), int(text[5:]), 1)
            if self.term and self.term.first.strftime("%Y-%m") == text:  # the month in which the term begins
                first = self.term.first
            return self.not_future("at", self.work.at(first, _NOON).astimezone(timezone.utc), first)
        return self.moment("at", day_of=lambda d: self.work.at(d, _NOON))


def _number(text: str) -> tuple[str, ...]:
    """The parts of a paragraph's number however it is written: 31.1, 31(1) and § 31(1) are one."""
    bare = re.sub(r"^(?:§|clause|section|article|paragraph|art\.)\s*", "", text.strip(), flags=re.IGNORECASE)
    return tuple(re.findall(r"[0-9]+|[a-z]+", bare)) if re.fullmatch(r"[0-9]+[0-9a-z.() ]*", bare) else ()


def _unit_hint(sanction: Sanction) -> str:
    if sanction.counted == "Business Day":
        return "write Business Days, such as `2 Business Days`"
    return "write hours, days or weeks, such as `3 hours`"
