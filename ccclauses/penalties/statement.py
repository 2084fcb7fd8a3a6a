"""Events to a statement: month by month in the order that the annex prints, each step with its paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timezone
from decimal import ROUND_DOWN, Decimal, localcontext
from zoneinfo import ZoneInfo

from ..common.workdays import add_months
from ..model.annex import Annex, Paragraph
from ..model.credits.credit import EXACT, NOTICE_OF_YEAR, CreditRules, CreditTable
from ..model.credits.settlement import Entry, ParagraphCredit, Settlement, Step, settle
from ..model.diagnostic import Diagnostic, Position
from ..model.words.plurals import counted
from ..model.words.quantity import minor_units
from .cited import _below, noun_of, number_of, paragraph_of
from .event import Event
from .statement_of import DAMAGES_WORDS, Charges, CitedStep, DamagesLine, Line, MonthStatement, Statement

# Rule → the label of the paragraph of the clauses on credits that states it, and its line in the list of steps there.
_RULES = {
    "amount": ("credit-order", 2),
    "one_act": ("credit-order", 1),
    "sum": ("credit-order", 3),
    "month_cap": ("credit-order", 3),
    "annual_cap": ("credit-order", 3),
    "repeat": ("repeat", 0),
    "dispute": ("dispute", 0),
    "damages": ("damages", 0),
}

_STACKED = ("exhausts", "excluded", "election")  # laws under which two sums for one loss are open to attack


def calculate_credits(
    annex: Annex,
    events: Sequence[Event],
    charges: Charges,
    *,
    as_of: datetime,
    law_name: str = "",
    used: Decimal = Decimal(0),
    used_notice: Decimal = Decimal(0),
    months: Iterable[date] | None = None,
    file: str = "",
) -> tuple[Statement | None, list[Diagnostic]]:
    """The statement of the events, or why it can't be made.

    `used` and `used_notice` are what was credited, outside these events, in the Contract Year of the last month stated:
    for late notice and for all other failures. All events are calculated, since earlier ones decide about repeats and
    caps; `months` says which months the statement shows. Of an amended annex each failure follows the terms of its day.
    """
    start = charges.term.first if charges.term else min((e.months[0] for e in events), default=date(2000, 1, 1))
    parts: list[_Reckoner] = []
    for until, terms in (*((e.until, e.annex) for e in annex.earlier), (None, annex)):
        own = [e for e in events if e.until == until]
        rules = terms.credit_rules
        if until and (rules is None or not own):
            continue
        if rules is None or not terms.sanctions:
            message = "this annex has no credits"
            return None, [Diagnostic(rule="no-credits", message=message, at=Position(file=file))]
        table = rules.table(None if rules.monthly_charges else charges.usual)
        if not table.currency:
            hint = "write `charges: {monthly: …}` in the profile, or give --charges AMOUNT"
            message = "the charges of a full month are not known, on which every sum rests"
            return None, [Diagnostic(rule="missing-charges", message=message, at=Position(file=file), hint=hint)]
        parts.append(_Reckoner(terms, rules, table, own, charges, start, until))
    return _statement(parts, months, law_name, as_of, (used_notice, used)), []


def _statement(
    parts: Sequence[_Reckoner],
    months: Iterable[date] | None,
    law_name: str,
    as_of: datetime,
    used: tuple[Decimal, Decimal],
) -> Statement:
    """All months in which something counts, in order, those asked for kept; `parts` are the terms, those in force last."""
    last = parts[-1]
    every = sorted({m for p in parts for e in p.events for m in e.months})
    shown = sorted(set(months)) if months is not None else every
    spent: dict[int, tuple[Decimal, Decimal]] = {}
    if shown:
        spent[last.year(shown[-1])] = used
    history: dict[tuple[str, str], set[date]] = {}  # paragraph → the months in which a credit was due under it
    settled: list[MonthStatement] = []
    for month in every:
        of_month = (Decimal(0), Decimal(0))
        for part in (p for p in parts if any(month in e.months for e in p.events)):
            of_year = spent.get(part.year(month), (Decimal(0), Decimal(0)))
            statement = part.month(month, of_year, of_month, history)
            spent[part.year(month)] = (of_year[0] + statement.notice, of_year[1] + statement.other)
            of_month = (of_month[0] + statement.notice, of_month[1] + statement.other)
            settled.append(statement)
    kept = [m for m in settled if m.month in shown]
    annex, rules = last.annex, last.rules
    return Statement(
        title=f"Statement of {rules.credit_labels}",
        reference=annex.reference,
        client=annex.client.name,
        provider=annex.provider.name,
        law=law_name or annex.law,
        currency=rules.currency,
        credit_label=rules.credit_label,
        as_of=as_of.astimezone(ZoneInfo(annex.time_zone)),
        time_zone=annex.time_zone,
        place=annex.calendar,
        months=tuple(kept),
        damages=tuple(last.damages(kept, law_name or annex.law)),
        notes=tuple(last.notes(kept)),
        total=sum((m.credit for m in kept), Decimal(0)),
        fingerprint=annex.fingerprint,
    )


class _Reckoner:
    """Settles months by the terms of one annex."""

    def __init__(
        self,
        annex: Annex,
        rules: CreditRules,
        table: CreditTable,
        events: Sequence[Event],
        charges: Charges,
        first: date,
        until: date | None,
    ) -> None:
        self.annex, self.rules, self.table, self.charges = annex, rules, table, charges
        self.events = sorted(events, key=lambda e: e.began.astimezone(timezone.utc))
        self.clauses = [c for c in annex.clauses if c.topic == "penalties"]
        self.first, self.until = first, until

    # -- one month ---------------------------------------------------------------------------------------------

    def month(
        self,
        month: date,
        of_year: tuple[Decimal, Decimal],
        of_month: tuple[Decimal, Decimal],
        history: dict[tuple[str, str], set[date]],
    ) -> MonthStatement:
        """A month settled; `of_year` and `of_month` are what late notice and all else have used of the caps."""
        happened = [e for e in self.events if month in e.months]
        counted = [e for e in happened if not e.disputed]
        entries = self._entries(month, counted)
        began = {e.id for e in counted if e.began.date().replace(day=1) == month}  # one that goes on counts once
        repeated = self._repeated(month, [e for e in counted if e.id in began], history)
        settlement = settle(
            entries,
            self.rules,
            self._table_of(month),
            repeated=repeated,
            used_notice=of_year[0],
            used_other=of_year[1],
            month_notice=of_month[0],
            month_other=of_month[1],
        )
        for group in settlement.paragraphs:
            if group.calculation.amount and began.intersection(group.events):
                history.setdefault(paragraph_of(group.sanction), set()).add(month)
        lines = self._lines(counted, settlement)
        return MonthStatement(
            month=month,
            lines=lines,
            steps=tuple(self._cited(s) for s in settlement.steps),
            notice=settlement.notice,
            other=settlement.other,
            caps=settlement.caps,
            counted_elsewhere=tuple(counted[i] for i in settlement.left_out),
            disputed=tuple(e for e in happened if e.disputed),
            until=self.until,
        )

    def _entries(self, month: date, events: Sequence[Event]) -> list[Entry]:
        """What each event adds to the month. On one named unit under one paragraph a day counts once."""
        seen: dict[tuple[str, str], set[date]] = {}
        entries = []
        for event in events:
            counted = [d for d in event.days if not self._spared(event, d)]
            days = [d for d in counted if d.replace(day=1) == month]
            if event.unit and event.sanction.counted in ("day", "Business Day"):
                before = seen.setdefault((event.sanction.name, event.unit.casefold()), set())
                days = [d for d in days if d not in before]
                before.update(days)
            entries.append(
                Entry(
                    event=event.id,
                    sanction=event.sanction,
                    each=len(days),
                    units=event.units,
                    act=event.act,
                    runs_on=any(d < month for d in counted),
                )
            )
        return entries

    def _spared(self, event: Event, day: date) -> bool:
        """Whether a day lies in the first months of the Services, in which Classes B and C carry no credit."""
        if event.sanction.cls not in ("B", "C") or not self.charges.term:
            return False
        return day < add_months(self.first, self.rules.start_months)

    def _why_nothing(self, event: Event) -> str:
        """Why an event counts nothing, where it happened before credits begin."""
        if not event.days or not all(self._spared(event, d) for d in event.days):
            return ""
        months = counted(self.rules.start_months, "month")
        return f"; no credit is due in the first {months} of the Services"

    def _repeated(
        self, month: date, events: Sequence[Event], history: Mapping[tuple[str, str], set[date]]
    ) -> frozenset[str]:
        """The sanctions whose base is doubled in a month, of the events that begin in it."""
        if not self.rules.repeat_after:
            return frozenset()
        first = add_months(month, -self.rules.repeat_window)
        names = set()
        for sanction in {e.sanction.name: e.sanction for e in events}.values():
            months = [m for m in history.get(paragraph_of(sanction), ()) if first <= m < month]
            outside = max((e.outside for e in events if e.sanction.name == sanction.name), default=0)
            if len(months) + outside >= self.rules.repeat_after:
                names.add(sanction.name)
        return frozenset(names)

    def _table_of(self, month: date) -> CreditTable:
        """The table, its yearly caps lowered to what is invoiced where the law ties them to it."""
        if not self.rules.by_invoices:
            return self.table
        first = add_months(self.first.replace(day=1), 12 * self.year(month))
        invoiced = self.charges.of_year(first)
        if invoiced is None:
            return self.table
        minor = Decimal(1).scaleb(-minor_units(self.rules.currency))
        with localcontext(EXACT):
            year = self.rules.annual_cap.of(invoiced).quantize(minor, ROUND_DOWN)
            notice = (year * NOTICE_OF_YEAR).quantize(minor, ROUND_DOWN)
        return replace(
            self.table,
            year_notice=min(notice, self.table.year_notice),
            year=min(year - notice, self.table.year),
        )

    def year(self, month: date) -> int:
        """The number of the Contract Year of a month, from 0; earlier months than the first belong to the first."""
        return max(0, ((month.year - self.first.year) * 12 + month.month - self.first.month) // 12)

    # -- lines and paragraphs ----------------------------------------------------------------------------------

    def _lines(self, events: Sequence[Event], settlement: Settlement) -> tuple[Line, ...]:
        lines = []
        for group in settlement.paragraphs:
            members = tuple(
                e
                for i, e in enumerate(events)
                if e.id in group.events and e.sanction.name == group.sanction.name and i not in settlement.left_out
            )
            lines.append(self._line(group, members))
        return tuple(lines)

    def _line(self, group: ParagraphCredit, events: tuple[Event, ...]) -> Line:
        sanction, calculation = group.sanction, group.calculation
        own = self._paragraph(sanction.clause, sanction.paragraph)
        facts = [
            CitedStep(
                rule="fact",
                text=f"{_capital(e.fact)}{'' if group.count else self._why_nothing(e)}.",
                paragraph=noun_of(self.annex) + e.obligation.number if e.obligation else own,
                result=Decimal(0),
            )
            for e in events
        ]
        rule = "repeat" if group.repeated and sanction.names[0] and not sanction.own else "amount"
        doubled = ", the base doubled" if rule == "repeat" else ""
        amount = CitedStep(
            rule=rule,
            text=f"{calculation.text}{doubled}.",
            paragraph=self._rule_paragraph(rule),
            result=calculation.amount,
            bit=calculation.bit,
        )
        return Line(
            sanction=sanction,
            paragraph=own,
            events=events,
            count=group.count,
            repeated=group.repeated,
            steps=(*facts, amount),
            amount=calculation.amount,
        )

    def _cited(self, step: Step) -> CitedStep:
        paragraph = self._rule_paragraph(step.rule)
        return CitedStep(rule=step.rule, text=step.text, paragraph=paragraph, result=step.result, bit=step.bit)

    def _rule_paragraph(self, rule: str) -> str:
        """The paragraph of the clauses on credits that states a rule; empty when none does."""
        label, line = _RULES[rule]
        # How repeats count may be said with how failures are counted, outside the clauses on credits.
        clauses = self.annex.clauses if rule == "repeat" else self.clauses
        for paragraphs in ([b for b in c.blocks if isinstance(b, Paragraph)] for c in clauses):
            for index, paragraph in enumerate(paragraphs):
                if paragraph.label == label:
                    steps = list(_below(paragraphs, index)) if line else []
                    found = steps[line - 1] if 0 < line <= len(steps) else paragraph
                    return noun_of(self.annex) + found.full_number
        return ""

    def _paragraph(self, clause: str, label: str) -> str:
        block = next((c for c in self.annex.clauses if c.id == clause), None)
        return number_of(self.annex, block, label) if block else ""

    # -- next to the months -------------------------------------------------------------------------------------

    def damages(self, months: Sequence[MonthStatement], law_name: str) -> Iterable[DamagesLine]:
        """Claims for damages, never added to the credits; one line says what the governing law makes of each."""
        reason = DAMAGES_WORDS[self.rules.damages]
        paragraph = self._rule_paragraph("damages")
        shares: dict[str, Decimal] = {}
        claims: dict[str, Event] = {}
        for month in months:
            for line in month.lines:
                for event, share in self._shares(month, line):
                    shares[event.id] = shares.get(event.id, Decimal(0)) + share
                    if event.damages:
                        claims[event.id] = event
        for name, event in claims.items():
            assert event.damages
            claimed, share = event.damages.amount, shares[name]
            beside = {"in_addition": claimed, "credited": max(claimed - share, Decimal(0))}
            due = beside.get(self.rules.damages, Decimal(0))
            money = self.rules.money
            text = f"Event {name}: damages of {money(claimed)} beside a credit of {money(share)} under {law_name}: "
            text += f"{reason}; {money(due)} remain." if self.rules.damages == "credited" else f"{reason}."
            yield DamagesLine(event=name, claimed=claimed, credit=share, due=due, text=text, paragraph=paragraph)

    def _shares(self, month: MonthStatement, line: Line) -> Iterable[tuple[Event, Decimal]]:
        """What each event of a line has of the credit that was due after the caps, by what it counts."""
        notice = line.sanction.cls == "notice"
        total = sum((x.amount for x in month.lines if (x.sanction.cls == "notice") is notice), Decimal(0))
        due = month.notice if notice else month.other
        counts = [len([d for d in e.days if d.replace(day=1) == month.month]) * e.units for e in line.events]
        minor = Decimal(1).scaleb(-minor_units(self.rules.currency))
        for event, count in zip(line.events, counts):
            with localcontext(EXACT):
                exact = due * line.amount * count / (total * sum(counts)) if total and any(counts) else Decimal(0)
                yield event, exact.quantize(minor, ROUND_DOWN)

    def notes(self, months: Sequence[MonthStatement]) -> Iterable[str]:
        yield f"Times are those of {self.annex.time_zone}; Business Days are those of {self.annex.calendar}."
        disputed = list(dict.fromkeys(e.id for m in months for e in m.disputed))
        if disputed:
            where = self._rule_paragraph("dispute")
            yield f"Left out until they are decided{f' ({where})' if where else ''}: {', '.join(disputed)}."
        for month in months:
            for event in month.counted_elsewhere:
                yield f"Event {event.id} ({event.sanction.label}) counts under another paragraph, as the same act."
        if self.rules.damages in _STACKED:
            yield from self._stacked(months)
        over = [m for m in months if {"month_cap", "annual_cap"} & set(m.caps)]
        if over:
            named = ", ".join(dict.fromkeys(f"{m.month:%B %Y}" for m in over))
            yield f"What exceeds a cap in {named} lapses and is not carried forward."

    def _stacked(self, months: Sequence[MonthStatement]) -> Iterable[str]:
        """A warning for each act that counts more than once, where two sums for one loss are not allowed."""
        by_act: dict[str, dict[str, None]] = {}
        for event, line in ((e, x) for m in months for x in m.lines if x.amount for e in x.events):
            by_act.setdefault(event.act, {})[line.sanction.label] = None
        for act, labels in by_act.items():
            if len(labels) > 1:
                yield (
                    f"Event {act} counts for several failures ({' and '.join(labels)}). Under the governing law two "
                    "sums can't be claimed for one loss, so each must be for a failure and a loss of its own."
                )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
