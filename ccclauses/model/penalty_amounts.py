"""What each kind of penalty comes to before repeats and caps, with its step in words."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING

from .penalty_wording import counted
from .quantity import Money, Percentage, plain

if TYPE_CHECKING:
    from .penalty import CreditRules, Figure, Measure, PenaltySchedule

# Shortfall in percentage points below the target → share of the weight. The first tier ends before its bound, the
# second includes it, so that "less than 1", "1 to 2" and "more than 2" are what the wording says.
SHORTFALL_TIERS = ((Decimal(1), Decimal(25)), (Decimal(2), Decimal(50)), (None, Decimal(100)))

# Wide enough that no product of a ledger is rounded on the way; the default context would round at 28 digits.
EXACT = Context(prec=60)


def to_places(amount: Decimal, places: int, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """The amount to so many decimals, however large it is."""
    precision = Context(prec=max(EXACT.prec, amount.adjusted() + places + 2))
    return amount.quantize(Decimal(1).scaleb(-places), rounding=rounding, context=precision)


def figure_share(figure: Figure, base: Decimal, rules: CreditRules) -> tuple[Decimal, str]:
    """A sum, or a share of the Monthly Charges, with the text that shows it."""
    if isinstance(figure.value, Percentage):
        amount = figure.value.of(base)
        return amount, f"{figure.value.wording()} × {rules.money(base)} = {rules.money(amount)}"
    assert isinstance(figure.value, Money)
    return figure.value.amount, rules.money(figure.value.amount)


def _unit_rate(figure: Figure, base: Decimal, rules: CreditRules) -> tuple[Decimal, str]:
    """The sum for one unit and how it is written in a product."""
    if isinstance(figure.value, Percentage):
        return figure.value.of(base), f"{figure.value.wording()} × {rules.money(base)}"
    assert isinstance(figure.value, Money)
    return figure.value.amount, rules.money(figure.value.amount)


def _late_raw(schedule: PenaltySchedule, measure: Measure, rules: CreditRules, base: Decimal) -> tuple[Decimal, str]:
    assert schedule.rate
    rate, text = _unit_rate(schedule.rate, base, rules)
    amount = rate * measure.units
    return amount, f"{counted(measure.units, f'started {schedule.per}')} of delay × {text} = {rules.money(amount)}."


def _fixed_raw(schedule: PenaltySchedule, measure: Measure, rules: CreditRules, base: Decimal) -> tuple[Decimal, str]:
    assert schedule.rate
    rate, text = _unit_rate(schedule.rate, base, rules)
    amount = rate * measure.units
    return amount, f"{counted(measure.units, schedule.per)} × {text} = {rules.money(amount)}."


def _bands_raw(schedule: PenaltySchedule, measure: Measure, rules: CreditRules, base: Decimal) -> tuple[Decimal, str]:
    amount, below, parts = Decimal(0), 0, []
    for band in schedule.bands:
        within = (measure.units if band.up_to is None else min(measure.units, band.up_to)) - below
        if within <= 0:
            break
        rate, text = _unit_rate(band.rate, base, rules)
        amount += rate * within
        parts.append(f"{within:,} × {text}")
        below += within
    return amount, f"{counted(measure.units, schedule.per)}: {' + '.join(parts) or 'none'} = {rules.money(amount)}."


def _severity_raw(
    schedule: PenaltySchedule, measure: Measure, rules: CreditRules, base: Decimal
) -> tuple[Decimal, str]:
    figure = dict(schedule.severities).get(measure.severity)
    if figure is None:
        return Decimal(0), f"No credit is agreed for Severity {measure.severity}."
    amount, text = figure_share(figure, base, rules)
    return amount, f"Severity {measure.severity}: {text}."


def shortfall_share(points: Decimal) -> Decimal:
    """The percent of the weight that a shortfall of that many percentage points costs."""
    if points <= 0:
        return Decimal(0)
    (first, low), (second, middle), (_, full) = SHORTFALL_TIERS
    assert first is not None and second is not None
    return low if points < first else middle if points <= second else full


def _shortfall_raw(
    schedule: PenaltySchedule, measure: Measure, rules: CreditRules, base: Decimal
) -> tuple[Decimal, str]:
    assert schedule.rate and schedule.target and measure.measured
    assert isinstance(schedule.rate.value, Percentage) and isinstance(schedule.target.value, Percentage)
    points = max(schedule.target.value.value - measure.measured.value, Decimal(0))
    share = shortfall_share(points)
    at_risk = rules.at_risk_month.of(base)
    amount = schedule.rate.value.of(at_risk) * share / 100
    return amount, (
        f"{measure.measured.wording()} against {schedule.target.value.wording()} is {plain(points)} percentage points "
        f"short, so {plain(share)}% of the weight: {plain(share)}% × {schedule.rate.value.wording()} × At-Risk Amount "
        f"{rules.at_risk_month.wording()} × {rules.money(base)} = {rules.money(amount)}."
    )


RAW = {
    "late": _late_raw,
    "fixed": _fixed_raw,
    "bands": _bands_raw,
    "severity": _severity_raw,
    "shortfall": _shortfall_raw,
}


def event_caps(schedule: PenaltySchedule, rules: CreditRules, base: Decimal) -> Iterable[tuple[Decimal, str]]:
    """The caps of one event: its own, and for a shortfall the whole weight, which a repeat can't exceed."""
    if schedule.kind == "shortfall":
        assert schedule.rate and isinstance(schedule.rate.value, Percentage)
        at_risk = rules.at_risk_month.of(base)
        weight = schedule.rate.value.of(at_risk)
        share = schedule.rate.value.wording()
        yield weight, f"Whole weight {share} × {rules.money(at_risk)} = {rules.money(weight)}"
    if schedule.event_cap:
        cap, text = figure_share(schedule.event_cap, base, rules)
        yield cap, f"Event cap {text}"


def repeat_text(schedule: PenaltySchedule, measure: Measure, rules: CreditRules, raw: Decimal, amount: Decimal) -> str:
    factor = plain(schedule.repeat_multiplier)
    product = (
        " × ".join([factor] * measure.earlier)
        if measure.earlier <= 3
        else f"{factor} to the power of {measure.earlier}"
    )
    return (
        f"{counted(measure.earlier, 'earlier failure')} of this kind within {schedule.repeat_window.wording()}: "
        f"{rules.money(raw)} × {product} = {rules.money(amount)}."
    )
