"""Penalties as values: the text that promises a credit, the sum it comes to and its worked example share one source.

`build_rules` and `build_schedule` make the values out of settings in force. `PenaltySchedule.wording` is what a clause
prints after "shall credit the Client"; `PenaltySchedule.amount` reckons one event up to its own cap. What happens among
the events of a month (overlap, month and year caps, rounding) is in `settlement`.

Every sum keeps full precision until it is rounded once, in `settlement`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Literal, Protocol

from .clause import PenaltySpec
from .penalty_amounts import EXACT, RAW, event_caps, repeat_text, to_places
from .penalty_wording import Wording, counted, is_zero, plural, wording_of
from .quantity import Duration, Money, Percentage, Printed, minor_units

PenaltyKind = Literal["late", "fixed", "bands", "severity", "shortfall"]
StepRule = Literal[
    "charges", "rate", "repeat", "event_cap", "overlap", "sum", "month_cap", "annual_cap", "rounding", "earn_back"
]
Damages = Literal["in_addition", "credited", "exhausts", "excluded", "election"]

DELAY_UNITS = ("hour", "day", "week", "Business Day")
ILLUSTRATIVE_CHARGES = Decimal(100_000)  # Monthly Charges of a worked example when a profile gives none
SHOWN_PLACES = 6  # decimals to which a sum that is not yet rounded is shown
_BEYOND_SENSE = Decimal(10) ** 24  # a repeated rate this high is only met on its way to a cap
EARN_BACK_MONTHS = 3  # consecutive months without a credit that earn one back


class HasValue(Protocol):
    """What is asked of a setting: its value in force."""

    @property
    def value(self) -> object: ...


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a penalty and the name of the parameter it comes from."""

    parameter: str
    value: Money | Percentage | Duration

    def printed(self) -> Printed:
        """The figure as a clause prints it."""
        return Printed(self.parameter, self.value.wording())


@dataclass(frozen=True, slots=True)
class Band:
    """A marginal band of a count: `rate` holds for each one up to and including `up_to`; None is without end."""

    up_to: int | None
    rate: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRules:
    """What holds for every credit of an annex. The fields named like parameters are printed under those names."""

    currency: str  # ISO 4217; its minor unit is the rounding
    monthly_charges: Money | None = None  # net of tax, for a full month, before credits
    at_risk_month: Percentage  # of the Monthly Charges
    annual_cap: Percentage  # of the charges of a contract year
    repeat_multiplier: Decimal = Decimal(1)  # for each earlier failure in the window
    repeat_window: Duration = Duration(0, "months")
    earn_back: Percentage = Percentage(Decimal(0))  # of one month's credits that may be earned back
    damages: Damages = "credited"  # how credits stand to damages under the governing law
    credit_label: str = "Service Credit"

    @property
    def charges(self) -> Decimal:
        """The Monthly Charges, or the illustrative sum when they are unknown."""
        return self.monthly_charges.amount if self.monthly_charges else ILLUSTRATIVE_CHARGES

    @property
    def credit_labels(self) -> str:
        """The label for several credits: "Service Credits", "Contractual Penalties", "Liquidated Damages"."""
        return self.credit_label if self.credit_label.endswith("s") else plural(self.credit_label, 2)

    @property
    def illustrative(self) -> bool:
        """Whether `charges` is only an illustration."""
        return self.monthly_charges is None

    def money(self, amount: Decimal) -> str:
        """An amount as the statement prints it; a sum that is not yet rounded shows its further digits."""
        places = minor_units(self.currency)
        if amount >= _BEYOND_SENSE:
            return f"{self.currency} {amount:.6E}"
        shown = to_places(amount, SHOWN_PLACES)
        if shown == to_places(amount, places):
            return Money(shown, self.currency).wording()
        return f"{self.currency} {shown:,.{SHOWN_PLACES}f}".rstrip("0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What happened, in the units of a schedule: started units of delay or a count, a severity, or a measured share.

    Delay is counted after any grace period. `earlier` counts the failures of its kind in the repeat window before it.
    """

    units: int = 0
    severity: int = 0
    measured: Percentage | None = None
    earlier: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a calculation: the rule applied, the step in words and numbers, and the sum after it."""

    rule: StepRule
    text: str
    result: Decimal
    bit: bool = False  # whether a cap lowered the sum here


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """One event reckoned up to its own cap; `amount` is not rounded."""

    steps: tuple[Step, ...]
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltySchedule:
    """How one penalty is reckoned, with the numbers in force; see `PenaltySpec` for the kinds.

    `month_cap` is the At-Risk share, which caps a penalty that has no `event_cap` of its own.
    """

    name: str
    clause: str
    label: str
    paragraph: str  # label of the paragraph that promises it
    kind: PenaltyKind
    rate: Figure | None = None  # late, fixed, shortfall
    per: str = "event"
    bands: tuple[Band, ...] = ()
    severities: tuple[tuple[int, Figure], ...] = ()
    target: Figure | None = None
    event_cap: Figure | None = None
    month_cap: Figure
    grace: Figure | None = None
    repeat_multiplier: Decimal = Decimal(1)
    repeat_window: Duration = Duration(0, "months")
    overlap: Literal["adds", "highest"] = "highest"
    earn_back: Percentage | None = None  # None: never earned back

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters behind its numbers."""
        figures = (
            self.rate,
            *(b.rate for b in self.bands),
            *(f for _, f in self.severities),
            self.target,
            self.event_cap,
            self.grace,
        )
        return tuple(dict.fromkeys(f.parameter for f in figures if f))

    def wording(self) -> Wording:
        """What the penalty amounts to, to follow "shall credit the Client"."""
        return wording_of(self)

    def amount(self, measure: Measure, rules: CreditRules, charges: Decimal | None = None) -> Calculation:
        """What one event comes to: rate, repeats, event cap. `charges` are those of its month, else the rules' own."""
        base = rules.charges if charges is None else charges
        with localcontext(EXACT):
            raw, text = RAW[self.kind](self, measure, rules, base)
            steps = [Step(rule="rate", text=text, result=raw)]
            amount = raw
            if measure.earlier and self.repeat_multiplier != 1 and raw:
                amount = raw * self.repeat_multiplier**measure.earlier
                steps.append(Step(rule="repeat", text=repeat_text(self, measure, rules, raw, amount), result=amount))
            for cap, cap_text in event_caps(self, rules, base):
                bit = amount > cap
                outcome = f"cap applied: {rules.money(cap)}" if bit else f"not exceeded: {rules.money(amount)}"
                amount = min(amount, cap)
                steps.append(Step(rule="event_cap", text=f"{cap_text}; {outcome}.", result=amount, bit=bit))
        return Calculation(steps=tuple(steps), amount=amount)

    def worked_example(self, rules: CreditRules) -> tuple[str, ...]:
        """The steps of an example event, reckoned by `amount`; the numbers in them are recomputable."""
        measure, fact = self.example()
        calculation = self.amount(measure, rules)
        return (charges_text(rules), f"Example: {fact}", *(s.text for s in calculation.steps))

    def example(self) -> tuple[Measure, str]:
        """An event that shows the rule at work, and what happened in words."""
        measure = _example_measure(self)
        return measure, _example_fact(self, measure)


def charges_text(rules: CreditRules) -> str:
    """The sentence that says on which Monthly Charges an example rests."""
    if rules.illustrative:
        return f"Monthly Charges, for illustration only: {rules.money(rules.charges)}."
    return f"Monthly Charges: {rules.money(rules.charges)}."


# --- worked examples ---

_EXAMPLE_DELAY = {
    "hour": (8, "7 hours 25 minutes"),
    "day": (3, "2 days 6 hours"),
    "week": (2, "9 days"),
    "Business Day": (3, "3 Business Days"),
}


def _example_measure(schedule: PenaltySchedule) -> Measure:
    """An event that shows the rule at work: a repeat where repeats count, a count that reaches the second band."""
    earlier = 1 if schedule.repeat_multiplier != 1 else 0
    match schedule.kind:
        case "late":
            return Measure(units=_EXAMPLE_DELAY.get(schedule.per, (3, ""))[0], earlier=earlier)
        case "bands":
            first = schedule.bands[0].up_to
            return Measure(units=1000 if first is None else first * 3 + first // 5, earlier=earlier)
        case "severity":
            return Measure(severity=[s for s, _ in schedule.severities][:2][-1], earlier=earlier)
        case "shortfall":
            assert schedule.target and isinstance(schedule.target.value, Percentage)
            return Measure(
                measured=Percentage(max(schedule.target.value.value - Decimal("1.8"), Decimal(0))), earlier=earlier
            )
    return Measure(units=1 if schedule.per == "event" else 3, earlier=earlier)


def _example_fact(schedule: PenaltySchedule, measure: Measure) -> str:
    match schedule.kind:
        case "late":
            late = _EXAMPLE_DELAY.get(schedule.per, (3, f"3 {plural(schedule.per, 3)}"))[1]
            after = (
                f" after a grace period of {schedule.grace.value.wording()}"
                if schedule.grace and not is_zero(schedule.grace)
                else ""
            )
            return f"the Provider performs {late} late{after}."
        case "severity":
            return f"one event of Severity {measure.severity}."
        case "shortfall":
            assert measure.measured
            return f"the measured share of the month is {measure.measured.wording()}."
    return f"{counted(measure.units, schedule.per)} affected." if schedule.per != "event" else "one event."


# --- building from settings ---


def build_rules(
    settings: Mapping[str, HasValue],  # by role
    *,
    currency: str,
    monthly_charges: Money | None = None,
    damages: Damages = "credited",
    credit_label: str = "Service Credit",
) -> CreditRules | tuple[str, ...]:
    """The credit rules out of the settings in force, or what is wrong with them, one message each."""
    reader = _Reader(settings, currency)
    at_risk, annual = reader.percentage("at_risk_month"), reader.percentage("annual_cap")
    multiplier = settings["repeat_multiplier"].value if "repeat_multiplier" in settings else Decimal(1)
    window = settings["repeat_window"].value if "repeat_window" in settings else Duration(0, "months")
    earn_back = reader.percentage("earn_back") if "earn_back" in settings else Percentage(Decimal(0))
    if not isinstance(multiplier, (Decimal, int)) or multiplier < 1:
        reader.problems.append("`repeat_multiplier` is a number of at least 1")
    if not isinstance(window, Duration):
        reader.problems.append("`repeat_window` is a period, such as `6 months`")
    if monthly_charges and monthly_charges.currency not in ("", currency):
        reader.problems.append(f"the monthly charges are in {monthly_charges.currency}, the contract is in {currency}")
    if reader.problems:
        return tuple(reader.problems)
    assert at_risk and annual and earn_back and isinstance(window, Duration) and isinstance(multiplier, (Decimal, int))
    return CreditRules(
        currency=currency,
        monthly_charges=Money(monthly_charges.amount, currency) if monthly_charges else None,
        at_risk_month=at_risk,
        annual_cap=annual,
        repeat_multiplier=Decimal(multiplier),
        repeat_window=window,
        earn_back=earn_back,
        damages=damages,
        credit_label=credit_label,
    )


def build_schedule(
    spec: PenaltySpec,
    clause_id: str,
    settings: Mapping[str, HasValue],
    rules: CreditRules,
    *,
    month_cap: str = "at_risk_month",
) -> PenaltySchedule | tuple[str, ...]:
    """The schedule of a penalty with the numbers in force, or what is wrong with it, one message each.

    `settings` are by name; `month_cap` is the name of the parameter with the role `at_risk_month`.
    """
    reader = _Reader(settings, rules.currency)
    needs_rate = spec.kind in ("late", "fixed", "shortfall")
    rate = (
        reader.figure(spec.rate, *((Percentage,) if spec.kind == "shortfall" else (Money, Percentage)))
        if needs_rate
        else None
    )
    bands = tuple(
        Band(up_to, figure) for up_to, name in spec.bands if (figure := reader.figure(name, Money, Percentage))
    )
    severities = tuple(
        (s, figure) for s, name in sorted(spec.severities.items()) if (figure := reader.figure(name, Percentage))
    )
    target = reader.figure(spec.target, Percentage) if spec.kind == "shortfall" else None
    event_cap = reader.figure(spec.event_cap, Money, Percentage) if spec.event_cap else None
    grace = reader.figure(spec.grace, Duration) if spec.grace else None
    if spec.kind == "late" and spec.per not in DELAY_UNITS:
        reader.problems.append(
            f"a late penalty counts per {', '.join(DELAY_UNITS[:-1])} or {DELAY_UNITS[-1]}, not per {spec.per}"
        )
    if spec.kind == "bands":
        reader.problems += _band_problems(spec)
    if spec.kind == "severity" and not spec.severities:
        reader.problems.append("a penalty by severity names a parameter for each severity")
    if reader.problems:
        return tuple(f"penalty `{spec.name}`: {p}" for p in reader.problems)
    return PenaltySchedule(
        name=spec.name,
        clause=clause_id,
        label=spec.label,
        paragraph=spec.paragraph,
        kind=spec.kind,
        rate=rate,
        per=spec.per,
        bands=bands,
        severities=severities,
        target=target,
        event_cap=event_cap,
        month_cap=Figure(month_cap, rules.at_risk_month),
        grace=grace,
        repeat_multiplier=rules.repeat_multiplier if spec.repeats else Decimal(1),
        repeat_window=rules.repeat_window,
        overlap=spec.overlap,
        earn_back=rules.earn_back if spec.earn_back else None,
    )


def _band_problems(spec: PenaltySpec) -> Iterable[str]:
    bounds = [up_to for up_to, _ in spec.bands]
    if not bounds:
        yield "a penalty by bands lists its bands"
    elif bounds[-1] is not None:
        yield "the last band is without end (`null`)"
    finite = [b for b in bounds[:-1] if b is not None]
    if len(finite) != len(bounds[:-1]) or finite != sorted(set(finite)) or any(b < 1 for b in finite):
        yield "the bands rise, each above the one before, and only the last is without end"


class _Reader:
    """Reads settings by name and type, and gathers what is wrong."""

    def __init__(self, settings: Mapping[str, HasValue], currency: str) -> None:
        self.settings, self.currency = settings, currency
        self.problems: list[str] = []

    def figure(self, name: str, *kinds: type) -> Figure | None:
        """The setting of that name if it is of one of the kinds; money takes the contract's currency."""
        if not name or name not in self.settings:
            self.problems.append(f"no value for the parameter `{name}`" if name else "a parameter is missing")
            return None
        value = self.settings[name].value
        if not isinstance(value, (Money, Percentage, Duration)) or not isinstance(value, kinds):
            wanted = " or ".join(
                {Money: "a sum of money", Percentage: "a percentage", Duration: "a period"}[k] for k in kinds
            )
            self.problems.append(f"`{name}` must be {wanted}")
            return None
        if isinstance(value, Money):
            if value.currency not in ("", self.currency):
                self.problems.append(f"`{name}` is in {value.currency}, the contract is in {self.currency}")
                return None
            value = Money(value.amount, self.currency)
        return Figure(name, value)

    def percentage(self, name: str) -> Percentage | None:
        """The percentage of that name."""
        figure = self.figure(name, Percentage)
        return figure.value if figure and isinstance(figure.value, Percentage) else None
