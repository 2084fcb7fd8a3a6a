"""What the events of a month come to together: overlap, sum, month cap, what is left of the year, rounding.

`PenaltySchedule.amount` has reckoned each event up to its own cap; the order from there is the one of the annex.
The worked example of an annex is reckoned here too, by the functions that reckon a real statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, localcontext

from .penalty import Calculation, CreditRules, PenaltySchedule, Step, StepRule, charges_text
from .penalty_amounts import EXACT, to_places
from .quantity import minor_units


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One event reckoned: its name in the ledger, its schedule, its root cause and its calculation."""

    event: str
    schedule: PenaltySchedule
    cause: str  # events with one root cause carry the same word; empty stands alone
    calculation: Calculation


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A month settled: the steps after the single events, what each event counts for, and the credit, rounded."""

    steps: tuple[Step, ...]
    counted: tuple[Decimal, ...]  # for each failure in order, after the overlap rule
    credit: Decimal
    caps: tuple[str, ...]  # the rules of the caps that lowered the sum: event_cap, month_cap, annual_cap


def settle(
    failures: Sequence[Failure],
    rules: CreditRules,
    *,
    charges: Decimal | None = None,
    annual_charges: Decimal | None = None,
    used: Decimal = Decimal(0),
    before: dict[str, Decimal] | None = None,
) -> Settlement:
    """Settle the failures of one month.

    `charges` are the Monthly Charges of the month, `annual_charges` the base of the annual cap (twelve times those of
    the month when not given), `used` the credits already given in the contract year. `before` holds what each root
    cause counted for in earlier months, so that one cause never counts for more than its highest sum.
    """
    base = rules.charges if charges is None else charges
    with localcontext(EXACT):
        steps: list[Step] = []
        shares = _overlap(failures, rules, before or {}, steps)
        total = sum(shares, Decimal(0))
        if len(failures) != 1 or steps:
            terms = " + ".join(rules.money(s) for s in shares if s) or rules.money(Decimal(0))
            steps.append(Step(rule="sum", text=f"Sum of the month: {terms} = {rules.money(total)}.", result=total))
        month_cap = rules.at_risk_month.of(base)
        text = f"Monthly cap {rules.at_risk_month.wording()} × {rules.money(base)} = {rules.money(month_cap)}"
        total = _cap("month_cap", text, total, month_cap, rules, steps)
        annual_base = base * 12 if annual_charges is None else annual_charges
        annual_cap = rules.annual_cap.of(annual_base)
        left = max(annual_cap - used, Decimal(0))
        text = (
            f"Annual cap {rules.annual_cap.wording()} × {rules.money(annual_base)} = {rules.money(annual_cap)}; "
            f"used {rules.money(used)}; left {rules.money(left)}"
        )
        total = _cap("annual_cap", text, total, left, rules, steps)
        credit = round_money(total, rules.currency)
        steps.append(Step(rule="rounding", text=_rounding_text(total, credit, rules), result=credit))
    every_step = (*(s for f in failures for s in f.calculation.steps), *steps)
    caps = tuple(dict.fromkeys(s.rule for s in every_step if s.bit))
    return Settlement(steps=tuple(steps), counted=tuple(shares), credit=credit, caps=caps)


def round_money(amount: Decimal, currency: str) -> Decimal:
    """The amount to the minor unit of its currency, halves up: the one place where a sum is rounded."""
    return to_places(amount, minor_units(currency), ROUND_HALF_UP)


def _cap(rule: StepRule, text: str, total: Decimal, cap: Decimal, rules: CreditRules, steps: list[Step]) -> Decimal:
    bit = total > cap
    total = min(total, cap)
    outcome = "cap applied" if bit else "not exceeded"
    steps.append(Step(rule=rule, text=f"{text}; {outcome}: {rules.money(total)}.", result=total, bit=bit))
    return total


def _rounding_text(total: Decimal, credit: Decimal, rules: CreditRules) -> str:
    places = minor_units(rules.currency)
    unit = "whole units" if not places else f"{places} decimal places"
    return f"Rounded half up to {unit} of {rules.currency}: {rules.money(total)} gives {rules.money(credit)}."


def _overlap(
    failures: Sequence[Failure], rules: CreditRules, before: dict[str, Decimal], steps: list[Step]
) -> list[Decimal]:
    """What each failure counts for: of those with one root cause only the highest, save those that add."""
    shares = [f.calculation.amount for f in failures]
    groups: dict[str, list[int]] = {}
    for index, failure in enumerate(failures):
        if failure.cause and failure.schedule.overlap == "highest":
            groups.setdefault(failure.cause, []).append(index)
    for cause, members in groups.items():
        highest = max(members, key=lambda i: shares[i])
        earlier = before.get(cause, Decimal(0))
        if len(members) == 1 and not earlier:
            continue
        listed = ", ".join(f"{failures[i].schedule.label} {rules.money(shares[i])}" for i in members)
        counts = max(shares[highest] - earlier, Decimal(0))
        text = f"One root cause ({cause}): {listed}. Only the highest counts"
        text += f", less {rules.money(earlier)} counted in an earlier month" if earlier else ""
        for index in members:
            shares[index] = counts if index == highest else Decimal(0)
        steps.append(Step(rule="overlap", text=f"{text}: {rules.money(counts)}.", result=counts))
    return shares


# --- the worked example of an annex ---


def worked_example(schedules: Iterable[PenaltySchedule], rules: CreditRules) -> tuple[str, ...]:
    """The steps of one month in which several penalties of an annex meet, from the charges to the credit.

    It takes the first of each of these kinds that the annex holds: hourly lateness, a count by bands, a severity; and
    for an annex with none of them its first penalty. Empty when there is no penalty.
    """
    schedules = tuple(schedules)
    firsts: dict[str, PenaltySchedule] = {}
    for schedule in schedules:
        if schedule.kind in ("bands", "severity") or (schedule.kind == "late" and schedule.per == "hour"):
            firsts.setdefault(schedule.kind, schedule)
    chosen = [firsts[kind] for kind in ("late", "bands", "severity") if kind in firsts] or list(schedules[:1])
    if not chosen:
        return ()
    lines = [charges_text(rules)]
    failures: list[Failure] = []
    for schedule in chosen:
        measure, fact = schedule.example()
        if failures:  # one repeat is enough to show the multiplier
            measure = replace(measure, earlier=0)
        calculation = schedule.amount(measure, rules)
        lines += [f"{schedule.label}: {fact}", *(s.text for s in calculation.steps)]
        failures.append(Failure(event=schedule.name, schedule=schedule, cause="one incident", calculation=calculation))
    return (*lines, *(s.text for s in settle(failures, rules).steps))
