"""Events to a statement: month by month in the order that the annex prints, each step with its paragraph."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from decimal import Decimal, localcontext

from ..model.annex import Annex, ClauseBlock, Paragraph, Value
from ..model.diagnostic import Diagnostic, Position
from ..model.penalty import EARN_BACK_MONTHS, CreditRules, Step
from ..model.penalty_amounts import EXACT
from ..model.quantity import Duration, Money
from ..model.settlement import Failure, round_money, settle
from ..workdays import add_months, add_period, month_end
from .events import Event, Term

# Rule → the paragraph of the clause on credits that states it, the place of its line in the list of steps there, and
# the role of the parameter by which the paragraph is known in a library that labels it otherwise.
_RULES = {
    "charges": ("", 0, ""),
    "repeat": ("repeat", 2, "repeat_multiplier"),
    "event_cap": ("caps", 3, "event_cap"),
    "overlap": ("reckoning", 4, ""),
    "sum": ("reckoning", 5, ""),
    "month_cap": ("caps", 6, "at_risk_month"),
    "annual_cap": ("caps", 7, "annual_cap"),
    "rounding": ("reckoning", 8, ""),
    "earn_back": ("earn-back", 0, "earn_back"),
    "measure": ("measure", 0, ""),
    "dispute": ("dispute", 0, "dispute_window"),
    "damages": ("damages", 0, ""),
}

_STACKED = ("exhausts", "excluded", "election")  # laws under which two sums for one loss are open to attack

_DAMAGES = {  # how a claim for damages stands beside the credit for the same failure
    "in_addition": "claimed beside the credit, because this Annex grants both expressly",
    "credited": "claimed with the credit set against them",
    "exhausts": "not claimed: the credit is the whole remedy in money for this loss",
    "excluded": "not claimed: no more than the credit can be claimed for the same failure",
    "election": "not added: the Client chooses either the credit or damages in its place",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedStep:
    """A step of the calculation and the paragraph of the annex that it rests on."""

    rule: str
    text: str
    paragraph: str
    result: Decimal
    bit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An event in its month: what it comes to by itself and what it counts for after the overlap rule."""

    event: Event
    earlier: int  # failures of its kind in the repeat window
    steps: tuple[CitedStep, ...]
    amount: Decimal
    counts: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthStatement:
    """A month: its charges, its events, the steps that settle them, and the credit. `caps` names the caps that bit."""

    month: date
    charges: Decimal
    lines: tuple[Line, ...]
    steps: tuple[CitedStep, ...]
    credit: Decimal
    caps: tuple[str, ...]
    disputed: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EarnBack:
    """A part of a month's credits that the provider has earned back, in the month in which it is due."""

    month: date
    earned_for: date
    step: CitedStep
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DamagesLine:
    """A claim for damages beside a credit, what of it may be claimed under the governing law, and why."""

    event: str
    claimed: Decimal
    credit: Decimal
    due: Decimal
    text: str
    paragraph: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What is due for the events of a ledger, ready to be sent with an invoice. Damages are no part of `total`."""

    title: str
    reference: str
    client: str
    provider: str
    law: str
    currency: str
    credit_label: str
    as_of: datetime
    time_zone: str
    place: str
    months: tuple[MonthStatement, ...]
    earned_back: tuple[EarnBack, ...]
    damages: tuple[DamagesLine, ...]
    notes: tuple[str, ...]
    total: Decimal
    fingerprint: str = ""

    def money(self, amount: Decimal) -> str:
        """A final amount of the statement in words."""
        return Money(amount, self.currency).wording()


@dataclass(frozen=True, slots=True, kw_only=True)
class Charges:
    """The Monthly Charges: what each month was invoiced at, and what a full month is otherwise."""

    by_month: Mapping[date, Decimal]
    usual: Decimal | None
    term: Term | None
    currency: str

    def of(self, month: date) -> tuple[Decimal, str] | None:
        """The charges of a month and how they are known; None when they are not."""
        return self._of(month, {})

    def _of(self, month: date, found: dict[date, tuple[Decimal, str] | None]) -> tuple[Decimal, str] | None:
        if month not in found:
            found[month] = self._without_services(month, found) if self.by_month.get(month) == 0 else self._full(month)
        return found[month]

    def _without_services(
        self, month: date, found: dict[date, tuple[Decimal, str] | None]
    ) -> tuple[Decimal, str] | None:
        before = [self._of(add_months(month, -n), found) for n in (1, 2, 3)]
        known = [b[0] for b in before if b]
        if len(known) < 3:
            return None
        with localcontext(EXACT):
            return sum(known, Decimal(0)) / 3, "a month without Services: the average of the three months before"

    def _full(self, month: date) -> tuple[Decimal, str] | None:
        if stated := self.by_month.get(month):
            return stated, "as stated"
        days, held = calendar.monthrange(month.year, month.month)[1], self._days_in_term(month)
        if self.usual is None or not held:
            return None
        if held == days:
            return self.usual, "a full month"
        with localcontext(EXACT):
            return self.usual * held / days, f"{Money(self.usual, self.currency).wording()} × {held} of {days} days"

    def _days_in_term(self, month: date) -> int:
        if self.term is None:
            return calendar.monthrange(month.year, month.month)[1]
        first = max(month, self.term.first)
        last = min(month_end(month), self.term.last or month_end(month))
        return max((last - first).days + 1, 0)


def reckon(
    annex: Annex,
    events: Sequence[Event],
    charges: Charges,
    *,
    as_of: datetime,
    law_name: str = "",
    used: Decimal = Decimal(0),
    months: Iterable[date] | None = None,
    file: str = "",
) -> tuple[Statement | None, list[Diagnostic]]:
    """The statement of the events, or why it can't be made.

    `used` is what was credited, outside these events, in the Contract Year of the last month stated. All events are
    reckoned, since earlier ones decide about repeats and caps; `months` says which months the statement shows.
    """
    rules = annex.credit_rules
    if rules is None or not annex.penalties:
        message = "this annex promises no credits"
        return None, [Diagnostic(rule="no-penalties", message=message, at=Position(file=file))]
    return _Reckoner(annex, rules, events, charges, as_of, used).statement(months, law_name or annex.law, file)


class _Reckoner:
    """Goes through the months in order, since each decides what is left for the next."""

    def __init__(
        self,
        annex: Annex,
        rules: CreditRules,
        events: Sequence[Event],
        charges: Charges,
        as_of: datetime,
        used: Decimal,
    ) -> None:
        self.annex, self.rules, self.charges, self.as_of, self.used = annex, rules, charges, as_of, used
        self.events = sorted(events, key=lambda e: e.began.astimezone(timezone.utc))
        self.clauses = [c for c in annex.clauses if c.topic == "penalties"]
        self.first = charges.term.first if charges.term else min((e.month for e in events), default=date(2000, 1, 1))
        self.missing: list[date] = []

    def statement(
        self, months: Iterable[date] | None, law_name: str, file: str
    ) -> tuple[Statement | None, list[Diagnostic]]:
        """All months that have an event, in order, those asked for kept."""
        every = sorted({e.month for e in self.events})
        shown = sorted(set(months)) if months is not None else every
        spent: dict[int, Decimal] = {}
        if shown:
            spent[self._year(shown[-1])] = self.used
        counted_before: dict[str, Decimal] = {}
        settled: list[MonthStatement] = []
        for month in every:
            statement = self._month(month, spent.get(self._year(month), Decimal(0)), counted_before)
            if statement is None:
                continue
            spent[self._year(month)] = spent.get(self._year(month), Decimal(0)) + statement.credit
            settled.append(statement)
        if self.missing:
            named = ", ".join(f"{m:%B %Y}" for m in sorted(set(self.missing)))
            hint = "write `monthly_charges` in the profile, or give --charges AMOUNT or --charges YYYY-MM=AMOUNT"
            message = f"the Monthly Charges of {named} are not known"
            return None, [Diagnostic(rule="missing-charges", message=message, at=Position(file=file), hint=hint)]
        earned = [e for e in self._earned_back(settled) if months is None or e.month in shown]
        kept = [m for m in settled if m.month in shown]
        with localcontext(EXACT):
            total = sum((m.credit for m in kept), Decimal(0)) - sum((e.amount for e in earned), Decimal(0))
        return (
            Statement(
                title=f"Statement of {self.rules.credit_labels}",
                reference=self.annex.reference,
                client=self.annex.client.name,
                provider=self.annex.provider.name,
                law=law_name,
                currency=self.rules.currency,
                credit_label=self.rules.credit_label,
                as_of=as_of_local(self.as_of, self.annex.time_zone),
                time_zone=self.annex.time_zone,
                place=self.annex.calendar,
                months=tuple(kept),
                earned_back=tuple(earned),
                damages=tuple(self._damages(kept, law_name)),
                notes=tuple(self._notes(kept)),
                total=total,
                fingerprint=self.annex.fingerprint,
            ),
            [],
        )

    # -- one month ---------------------------------------------------------------------------------------------

    def _month(self, month: date, used: Decimal, counted_before: dict[str, Decimal]) -> MonthStatement | None:
        base, annual = self._charges(month), self._annual(month)
        if base is None or annual is None:
            return None
        amount, how = base
        happened = [e for e in self.events if e.month == month]
        reckoned = [e for e in happened if not e.disputed]
        failures, earlier_counts = [], []
        for event in reckoned:
            earlier = self._earlier(event)
            calculation = event.schedule.amount(replace(event.measure, earlier=earlier), self.rules, amount)
            failures.append(
                Failure(event=event.id, schedule=event.schedule, cause=event.cause, calculation=calculation)
            )
            earlier_counts.append(earlier)
        settlement = settle(
            failures, self.rules, charges=amount, annual_charges=annual[0], used=used, before=counted_before
        )
        for failure, counts in zip(failures, settlement.counted):
            if failure.schedule.overlap == "highest":
                counted_before[failure.cause] = counted_before.get(failure.cause, Decimal(0)) + counts
        lines = tuple(
            Line(
                event=event,
                earlier=earlier,
                steps=self._line_steps(event, failure),
                amount=failure.calculation.amount,
                counts=counts,
            )
            for event, earlier, failure, counts in zip(reckoned, earlier_counts, failures, settlement.counted)
        )
        charges_step = CitedStep(
            rule="charges",
            text=f"Monthly Charges of {month:%B %Y}: {self.rules.money(amount)} ({how}).",
            paragraph=self._definition("Monthly Charges"),
            result=amount,
        )
        annual_step = CitedStep(
            rule="charges",
            text=f"Annual Charges: {annual[1]}.",
            paragraph=self._definition("Annual Charges"),
            result=annual[0],
        )
        steps = (charges_step, annual_step, *(self._cited(s, "") for s in settlement.steps))
        return MonthStatement(
            month=month,
            charges=amount,
            lines=lines,
            steps=steps,
            credit=settlement.credit,
            caps=settlement.caps,
            disputed=tuple(e for e in happened if e.disputed),
        )

    def _earlier(self, event: Event) -> int:
        """How many failures of the same kind, from other causes, began in the window before this one."""
        window = event.schedule.repeat_window
        back = Duration(-window.amount, window.unit)
        start = add_period(event.began.date(), back) if window.amount else event.began.date()
        began = event.began.astimezone(timezone.utc)
        causes = {
            e.cause
            for e in self.events
            if e.schedule.name == event.schedule.name
            and e.cause != event.cause
            and not e.disputed
            and e.began.date() >= start
            and e.began.astimezone(timezone.utc) < began
            and e.schedule.amount(e.measure, self.rules, Decimal(1)).amount
        }
        return len(causes) + event.outside

    def _charges(self, month: date) -> tuple[Decimal, str] | None:
        found = self.charges.of(month)
        if found is None:
            self.missing.append(month)
        return found

    def _annual(self, month: date) -> tuple[Decimal, str] | None:
        """Twelve times the average of the months of the Contract Year so far, as Annual Charges are defined."""
        start = add_months(self.first.replace(day=1), 12 * self._year(month))
        months = [add_months(start, n) for n in range(12) if add_months(start, n) <= month]
        known = [self._charges(m) for m in months]
        if None in known:
            return None
        sums = [k[0] for k in known if k]
        with localcontext(EXACT):
            total = sum(sums, Decimal(0))
            annual = total * 12 / len(sums)
        so_far = f"{len(sums)} month{'s' if len(sums) > 1 else ''} of the Contract Year so far"
        return annual, f"12 × {self.rules.money(total)} / {len(sums)} ({so_far}) = {self.rules.money(annual)}"

    def _year(self, month: date) -> int:
        """The number of the Contract Year of a month, from 0; a month belongs to the year in which it begins."""
        return ((month.year - self.first.year) * 12 + month.month - self.first.month) // 12

    # -- paragraphs --------------------------------------------------------------------------------------------

    def _line_steps(self, event: Event, failure: Failure) -> tuple[CitedStep, ...]:
        own = self._paragraph(event.schedule.clause, event.schedule.paragraph)
        rests_on = _noun(self.annex) + event.obligation.number if event.obligation else own
        fact = CitedStep(rule="fact", text=event.fact, paragraph=rests_on, result=Decimal(0))
        return (fact, *(self._cited(s, own) for s in failure.calculation.steps))

    def _cited(self, step: Step, own: str) -> CitedStep:
        paragraph = own if step.rule == "rate" else self._rule_paragraph(step.rule)
        return CitedStep(rule=step.rule, text=step.text, paragraph=paragraph, result=step.result, bit=step.bit)

    def _rule_paragraph(self, rule: str) -> str:
        """The paragraph of the clauses on credits that states a rule; empty when none does."""
        label, line, role = _RULES[rule]
        parameter = self.annex.playing(role)
        noun = _noun(self.annex)
        for paragraphs in ([b for b in c.blocks if isinstance(b, Paragraph)] for c in self.clauses if label):
            for index, paragraph in enumerate(paragraphs):
                if paragraph.label == label:
                    steps = list(_below(paragraphs, index)) if label == "reckoning" else []
                    return noun + (steps[line - 1] if 0 < line <= len(steps) else paragraph).full_number
        printing = (p for c in self.clauses for p in c.blocks if isinstance(p, Paragraph) and _prints(p, parameter))
        return next((noun + p.full_number for p in printing), "")

    def _paragraph(self, clause: str, label: str) -> str:
        block = next((c for c in self.annex.clauses if c.id == clause), None)
        return _number_of(self.annex, block, label) if block else ""

    def _definition(self, term: str) -> str:
        return f"definition of {term}" if any(d.term == term for d in self.annex.definitions) else ""

    # -- beside the months -------------------------------------------------------------------------------------

    def _earned_back(self, settled: Sequence[MonthStatement]) -> Iterable[EarnBack]:
        """Earn-back for each month with credits for measured targets that enough clean months follow."""
        failed = {m.month for m in settled for x in m.lines if x.event.schedule.earn_back and x.amount}
        for statement in settled:
            shares = [x.counts for x in statement.lines if x.event.schedule.earn_back]
            total = sum((x.counts for x in statement.lines), Decimal(0))
            back = add_months(statement.month, EARN_BACK_MONTHS)
            clean = all(add_months(statement.month, n) not in failed for n in range(1, EARN_BACK_MONTHS + 1))
            if not sum(shares, Decimal(0)) or not clean or not self._complete(back):
                continue
            with localcontext(EXACT):
                borne = statement.credit * sum(shares, Decimal(0)) / total
                exact = self.rules.earn_back.of(borne)
            amount = round_money(exact, self.rules.currency)
            if not amount:
                continue
            text = (
                f"{EARN_BACK_MONTHS} months without a missed target follow {statement.month:%B %Y}: "
                f"{self.rules.earn_back.wording()} × {self.rules.money(borne)} = {self.rules.money(exact)}, "
                f"rounded {self.rules.money(amount)}."
            )
            step = CitedStep(rule="earn_back", text=text, paragraph=self._rule_paragraph("earn_back"), result=amount)
            yield EarnBack(month=back, earned_for=statement.month, step=step, amount=amount)

    def _complete(self, month: date) -> bool:
        """Whether the month was over at the day of the statement."""
        return month_end(month) < as_of_local(self.as_of, self.annex.time_zone).date()

    def _damages(self, months: Sequence[MonthStatement], law_name: str) -> Iterable[DamagesLine]:
        """Claims for damages, never added to the credits; one line says what the governing law makes of each."""
        reason = _DAMAGES[self.rules.damages]
        paragraph = self._rule_paragraph("damages")
        for month in months:
            total = sum((x.counts for x in month.lines), Decimal(0))
            for line in month.lines:
                claim = line.event.damages
                if claim is None:
                    continue
                with localcontext(EXACT):
                    share = round_money(
                        month.credit * line.counts / total if total else Decimal(0), self.rules.currency
                    )
                beside = {"in_addition": claim.amount, "credited": max(claim.amount - share, Decimal(0))}
                due = beside.get(self.rules.damages, Decimal(0))
                money = self.rules.money
                text = f"Event {line.event.id}: damages of {money(claim.amount)} beside a credit of {money(share)} "
                text += f"under {law_name}: {reason}"
                text += f"; {money(due)} remain." if self.rules.damages == "credited" else "."
                yield DamagesLine(
                    event=line.event.id, claimed=claim.amount, credit=share, due=due, text=text, paragraph=paragraph
                )

    def _notes(self, months: Sequence[MonthStatement]) -> Iterable[str]:
        yield f"Times are those of {self.annex.time_zone}; Business Days are those of {self.annex.calendar}."
        yield "Sums keep full precision and are rounded once for each month."
        disputed = [e.id for m in months for e in m.disputed]
        if disputed:
            where = self._rule_paragraph("dispute")
            yield f"Left out until they are decided{f' ({where})' if where else ''}: {', '.join(disputed)}."
        if self.rules.damages in _STACKED:
            yield from self._stacked(months)
        over = [m for m in months if {"month_cap", "annual_cap"} & set(m.caps)]
        if over:
            named = ", ".join(f"{m.month:%B %Y}" for m in over)
            yield f"What exceeds a cap in {named} lapses and is not carried forward."

    def _stacked(self, months: Sequence[MonthStatement]) -> Iterable[str]:
        """A warning for each root cause that counts more than once, where two sums for one loss are not allowed."""
        by_cause: dict[str, list[Line]] = {}
        for line in (x for m in months for x in m.lines if x.counts):
            by_cause.setdefault(line.event.cause, []).append(line)
        for cause, lines in by_cause.items():
            if len(lines) > 1:
                labels = " and ".join(x.event.schedule.label for x in lines)
                yield (
                    f"Root cause {cause} counts for several failures ({labels}). Under the governing law two sums "
                    "can't be claimed for one loss, so each must be for a failure and a loss of its own."
                )


def as_of_local(moment: datetime, time_zone: str) -> datetime:
    """The moment of the statement on the clock of the place."""
    from zoneinfo import ZoneInfo

    return moment.astimezone(ZoneInfo(time_zone))


def _noun(annex: Annex) -> str:
    """The word before the number of a paragraph: "clause ", "Section "."""
    levels = annex.numbering.clause
    return levels[1].noun if len(levels) > 1 else ""


def _number_of(annex: Annex, block: ClauseBlock, label: str) -> str:
    found = next((b for b in block.blocks if isinstance(b, Paragraph) and b.label == label), None)
    return _noun(annex) + found.full_number if found else ""


def _prints(paragraph: Paragraph, parameter: str) -> bool:
    return any(isinstance(i, Value) and i.parameter == parameter for i in paragraph.inlines)


def _below(paragraphs: Sequence[Paragraph], index: int) -> Iterable[Paragraph]:
    """The paragraphs one level below the one at `index`, up to the next of its own level."""
    level = paragraphs[index].level
    for paragraph in paragraphs[index + 1 :]:
        if paragraph.level and paragraph.level <= level:
            return
        if paragraph.level == level + 1:
            yield paragraph
