"""Penalties as values: the text that promises a credit, the sum it comes to and its worked example share one source.

`build_rules` and `build_schedule` make the values out of settings in force. `PenaltySchedule.wording` is what a clause
prints after "shall credit the Client"; `PenaltySchedule.amount` reckons one event up to its own cap. What happens among
the events of a month (overlap, month and year caps, rounding) is in `settlement`.

Every sum keeps full precision until it is rounded once, in `settlement`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from typing import Literal, Protocol

from .clause import PenaltySpec
from .quantity import Duration, Money, Percentage, Printed, minor_units, plain

PenaltyKind = Literal["late", "fixed", "bands", "severity", "shortfall"]
Damages = Literal["in_addition", "credited", "exhausts", "excluded", "election"]
Wording = tuple[str | Printed, ...]

DELAY_UNITS = ("hour", "day", "week", "Business Day")
ILLUSTRATIVE_CHARGES = Decimal(100_000)  # Monthly Charges of a worked example when a profile gives none
SHOWN_PLACES = 6  # decimals to which a sum that is not yet rounded is shown
EARN_BACK_MONTHS = 3  # consecutive months without a credit that earn one back

# Shortfall in percentage points below the target → share of the weight. The first tier ends before its bound, the
# second includes it, so that "less than 1", "1 to 2" and "more than 2" are what the wording says.
SHORTFALL_TIERS = ((Decimal(1), Decimal(25)), (Decimal(2), Decimal(50)), (None, Decimal(100)))

# Wide enough that no product of a ledger is rounded on the way; the default context would round at 28 digits.
EXACT = Context(prec=60)


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
        shown = amount.quantize(Decimal(1).scaleb(-SHOWN_PLACES), context=EXACT)
        if shown == amount.quantize(Decimal(1).scaleb(-places), context=EXACT):
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

    rule: Literal[
        "charges", "rate", "repeat", "event_cap", "overlap", "sum", "month_cap", "annual_cap", "rounding", "earn_back"
    ]
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
        return _joined(_WORDING[self.kind](self))

    def amount(self, measure: Measure, rules: CreditRules, charges: Decimal | None = None) -> Calculation:
        """What one event comes to: rate, repeats, event cap. `charges` are those of its month, else the rules' own."""
        base = rules.charges if charges is None else charges
        with localcontext(EXACT):
            raw, text = _RAW[self.kind](self, measure, rules, base)
            steps = [Step(rule="rate", text=text, result=raw)]
            amount = raw
            if measure.earlier and self.repeat_multiplier != 1 and raw:
                amount = raw * self.repeat_multiplier**measure.earlier
                steps.append(Step(rule="repeat", text=_repeat_text(self, measure, rules, raw, amount), result=amount))
            for cap, cap_text in _event_caps(self, rules, base):
                bit = amount > cap
                outcome = f"cap applied: {rules.money(cap)}" if bit else f"not reached: {rules.money(amount)}"
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


def plural(noun: str, count: int) -> str:
    """The noun for that many: "1 hour", "2 copies" without the number."""
    if count == 1:
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def counted(count: int, noun: str) -> str:
    """A count and its noun: "1 hour", "3,200 records"."""
    return f"{count:,} {plural(noun, count)}"


# --- wording, one function for each kind ---


def _joined(pieces: Iterable[str | Printed]) -> Wording:
    """The pieces with neighbouring plain words run together."""
    done: list[str | Printed] = []
    for piece in pieces:
        if isinstance(piece, str) and done and isinstance(done[-1], str):
            done[-1] += piece
        elif piece:
            done.append(piece)
    return tuple(done)


def _rate(figure: Figure) -> tuple[str | Printed, ...]:
    """A rate with the base of a percentage."""
    return (
        (figure.printed(), " of the Monthly Charges") if isinstance(figure.value, Percentage) else (figure.printed(),)
    )


def _cap(schedule: PenaltySchedule) -> tuple[str | Printed, ...]:
    """The cap of a single event, or the share at risk in a month where the event has none."""
    if schedule.event_cap:
        return (", up to ", *_rate(schedule.event_cap), " for each event")
    return (", up to ", *_rate(schedule.month_cap), " for each month")


def _is_zero(figure: Figure | None) -> bool:
    return figure is not None and not (
        figure.value.amount if isinstance(figure.value, (Money, Duration)) else figure.value.value
    )


def _late_wording(schedule: PenaltySchedule) -> Iterable[str | Printed]:
    assert schedule.rate
    if _is_zero(schedule.rate):
        return (Printed(schedule.rate.parameter, "no sum"), " for delay")
    grace: tuple[str | Printed, ...] = ()
    if schedule.grace and not _is_zero(schedule.grace):
        grace = (" after the first ", schedule.grace.printed())
    return (
        *_rate(schedule.rate),
        f" for each started {schedule.per} of delay",
        *grace,
        " until performance",
        *_cap(schedule),
    )


def _fixed_wording(schedule: PenaltySchedule) -> Iterable[str | Printed]:
    assert schedule.rate
    if _is_zero(schedule.rate):
        return (Printed(schedule.rate.parameter, "no sum"), f" for each {schedule.per}")
    if schedule.per == "event" and schedule.event_cap:  # said once: for each event
        return (*_rate(schedule.rate), ", up to ", *_rate(schedule.event_cap), ", for each event")
    return (*_rate(schedule.rate), f" for each {schedule.per}", *_cap(schedule))


def _bands_wording(schedule: PenaltySchedule) -> Iterable[str | Printed]:
    noun, below = schedule.per, 0
    for index, band in enumerate(schedule.bands):
        if index:
            yield " and " if index == len(schedule.bands) - 1 else ", "
        yield from _rate(band.rate)
        if band.up_to is None:
            yield f" for each {noun} above {below:,}" if below else f" for each {noun}"
        elif not below:
            yield f" for each of the first {band.up_to:,} {plural(noun, band.up_to)}"
        else:
            yield f" for each {noun} from {below + 1:,} to {band.up_to:,}"
        below = band.up_to or below
    yield from _cap(schedule)


def _severity_wording(schedule: PenaltySchedule) -> Iterable[str | Printed]:
    for index, (severity, figure) in enumerate(schedule.severities):
        if index:
            yield " or " if index == len(schedule.severities) - 1 else ", "
        yield figure.printed()
        yield f" (Severity {severity})"
    yield " of the Monthly Charges for each event"
    yield from _cap(schedule)


def _shortfall_wording(schedule: PenaltySchedule) -> Iterable[str | Printed]:
    assert schedule.rate and schedule.target
    return (
        "up to ",
        schedule.rate.printed(),
        " of the At-Risk Amount for each month: all of it where the measured share is more than 2 percentage points"
        " below ",
        schedule.target.printed(),
        ", half of it where the share is 1 to 2 points below, and a quarter of it where the share is less than"
        " 1 point below",
    )


_WORDING = {
    "late": _late_wording,
    "fixed": _fixed_wording,
    "bands": _bands_wording,
    "severity": _severity_wording,
    "shortfall": _shortfall_wording,
}


# --- amounts, one function for each kind; each returns the raw sum and its step in words ---


def _share(figure: Figure, base: Decimal, rules: CreditRules) -> tuple[Decimal, str]:
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
    amount, text = _share(figure, base, rules)
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


_RAW = {
    "late": _late_raw,
    "fixed": _fixed_raw,
    "bands": _bands_raw,
    "severity": _severity_raw,
    "shortfall": _shortfall_raw,
}


def _event_caps(schedule: PenaltySchedule, rules: CreditRules, base: Decimal) -> Iterable[tuple[Decimal, str]]:
    """The caps of one event: its own, and for a shortfall the whole weight, which a repeat can't exceed."""
    if schedule.kind == "shortfall":
        assert schedule.rate and isinstance(schedule.rate.value, Percentage)
        at_risk = rules.at_risk_month.of(base)
        weight = schedule.rate.value.of(at_risk)
        share = schedule.rate.value.wording()
        yield weight, f"Whole weight {share} × {rules.money(at_risk)} = {rules.money(weight)}"
    if schedule.event_cap:
        cap, text = _share(schedule.event_cap, base, rules)
        yield cap, f"Event cap {text}"


def _repeat_text(schedule: PenaltySchedule, measure: Measure, rules: CreditRules, raw: Decimal, amount: Decimal) -> str:
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
                if schedule.grace and not _is_zero(schedule.grace)
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
    settings: Mapping[str, HasValue],
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
    assert at_risk and annual and earn_back and isinstance(window, Duration)
    return CreditRules(
        currency=currency,
        monthly_charges=Money(monthly_charges.amount, currency) if monthly_charges else None,
        at_risk_month=at_risk,
        annual_cap=annual,
        repeat_multiplier=Decimal(multiplier),  # type: ignore[arg-type]
        repeat_window=window,
        earn_back=earn_back,
        damages=damages,
        credit_label=credit_label,
    )


def build_schedule(
    spec: PenaltySpec, clause_id: str, settings: Mapping[str, HasValue], rules: CreditRules
) -> PenaltySchedule | tuple[str, ...]:
    """The schedule of a penalty with the numbers in force, or what is wrong with it, one message each."""
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
        month_cap=Figure("at_risk_month", rules.at_risk_month),
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
