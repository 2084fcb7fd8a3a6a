"""What failures cost: one table of sums, which the annex prints, its example works and the calculator applies.

A Failure is counted by paragraph and calendar month. Each class has a base, a sum for each counted unit and a maximum;
`Sanction` says which sums a failure takes and how it is counted. All sums follow from one agreed share, the monthly
cap, and are rounded down once, when the table is made; nothing is rounded afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import ROUND_DOWN, Context, Decimal, localcontext
from types import MappingProxyType
from typing import Literal, Protocol

from ..library.clause import FailureSpec
from ..profile import FailureTerms
from ..words.plurals import counted as counted_of
from ..words.plurals import plural
from ..words.quantity import Duration, Money, Percentage, Printed, minor_units, plain

CreditClass = Literal["notice", "A", "B", "C"]
Counted = Literal["hour", "act", "day", "Business Day", "unit"]
Damages = Literal["in_addition", "credited", "exhausts", "excluded", "election"]

# Wide enough that no product of a ledger is rounded on the way; the default context would round at 28 digits.
EXACT = Context(prec=60)

UNITS_OF_CAP = 250  # the monthly cap is 250 units; every sum is a number of them
# Sum → units. That for a person is divided among the seats and is made apart, as is the day of Class C.
_UNITS = MappingProxyType(
    {
        "a_base": 30,
        "a_hour": 1,
        "a_act": 125,
        "a_most": 125,
        "b_base": 6,
        "b_other": 2,
        "b_most": 70,
        "c_base": 4,
        "c_most": 30,
    }
)
_UNITS_OF_SEATS = 75  # units that the sums of all seats for one day come to
FEWEST_SEATS = 12  # a smaller desk counts as one of twelve, so that one person never takes most of a month
NOTICE_OF_MONTH = Decimal("0.5")  # the monthly cap of late notice, of that of the other credits
NOTICE_OF_YEAR = Decimal("0.25")  # the yearly cap of late notice, of both yearly caps
_DIGITS = 3  # to which a sum is rounded down
PEOPLE = ("person", "Device")  # units whose sum follows the seats


class HasValue(Protocol):
    """What is asked of a setting: its value in force."""

    @property
    def value(self) -> object: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditTable:
    """The sums of an annex, in `currency`, or in percent of the Base Charges where `currency` is empty."""

    currency: str
    a_base: Decimal
    a_hour: Decimal
    a_act: Decimal
    a_most: Decimal
    b_base: Decimal
    b_person: Decimal
    b_other: Decimal
    b_most: Decimal
    c_base: Decimal
    c_day: Decimal
    c_most: Decimal
    month_notice: Decimal
    month: Decimal
    year_notice: Decimal
    year: Decimal

    def printed(self, name: str) -> Printed:
        """A sum as the annex prints it, under the name `credit_…` by which a Word file is read back."""
        return Printed(f"credit_{name}", self.money(getattr(self, name)))

    def money(self, amount: Decimal) -> str:
        """An amount in words: "GBP 36.20", or "0.25%" of the Base Charges."""
        return Money(amount, self.currency).wording() if self.currency else Percentage(amount).wording()


SUMS = tuple(f.name for f in fields(CreditTable) if f.name != "currency")
CLASS_SUMS = SUMS[:11]  # those of the classes; the others are caps


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRules:
    """What is agreed for every credit of an annex. The fields named like parameters are printed under those names."""

    currency: str  # ISO 4217
    monthly_charges: Money | None = None  # the Base Charges: net of tax, for a full month, before credits
    seats: int | None = None
    at_risk_month: Percentage  # of the Base Charges: the monthly cap of all credits but late notice
    annual_cap: Percentage  # of the Base Charges of a year: both yearly caps together
    repeat_after: int = 0  # months with a credit that double the next base; 0: no doubling
    repeat_window: int = 0  # calendar months that are looked back
    start_months: int = 0  # first months of the Services, in which Classes B and C carry no credit
    own: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))  # sum → what a profile sets
    by_invoices: bool = False  # whether the yearly caps fall with what is invoiced
    damages: Damages = "credited"  # how credits relate to damages under the governing law
    credit_label: str = "Credit"

    @property
    def credit_labels(self) -> str:
        """The label for several credits: "Credits", "Contractual Penalties", "Liquidated Damages"."""
        return self.credit_label if self.credit_label.endswith("s") else plural(self.credit_label, 2)

    def table(self, charges: Decimal | None = None) -> CreditTable:
        """The sums for the Base Charges, for other charges, or in percent where neither is known."""
        base = charges if charges is not None else self.monthly_charges.amount if self.monthly_charges else None
        return make_table(self, base)

    def money(self, amount: Decimal) -> str:
        """An amount in the currency of the contract, in words."""
        return Money(amount, self.currency).wording()


def make_table(rules: CreditRules, charges: Decimal | None) -> CreditTable:
    """The sums that follow from the agreed shares, with those that a profile sets itself in their place."""
    places = minor_units(rules.currency) if charges is not None else 12
    base = Decimal(100) if charges is None else charges

    def down(amount: Decimal, digits: int | None = None) -> Decimal:
        least = -places if digits is None or not amount else max(amount.adjusted() - digits + 1, -places)
        return amount.quantize(Decimal(1).scaleb(least), ROUND_DOWN).quantize(Decimal(1).scaleb(-places))

    with localcontext(EXACT):
        month, year = down(rules.at_risk_month.of(base)), down(rules.annual_cap.of(base) * 12)
        if charges is not None:
            month = rules.own.get("month", month)  # a cap in money: what follows from the cap follows from it
        unit = down(month / UNITS_OF_CAP, _DIGITS)
        sums = {name: unit * units for name, units in _UNITS.items()}
        share = down(unit * _UNITS_OF_SEATS / max(rules.seats, FEWEST_SEATS), _DIGITS) if rules.seats else 2 * unit
        notice = down(year * NOTICE_OF_YEAR)
        caps = {"month": month, "month_notice": down(month * NOTICE_OF_MONTH), "year_notice": notice}
        sums |= {"b_person": share, "c_day": min(unit, share), "year": year - notice, **caps}
    if charges is not None:
        sums |= {name: amount for name, amount in rules.own.items() if name in sums}
    currency = rules.currency if charges is not None else ""
    return CreditTable(currency=currency, **(sums if currency else {n: +s.normalize() for n, s in sums.items()}))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSum:
    """A sum that a profile agrees for one failure alone: its rate, and what one failure costs at most in a month."""

    rate: Decimal
    most: Decimal | None = None  # None: that of its class


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """What the failures of one paragraph in one month come to, with the steps in words; `bit`: the maximum applied."""

    text: str
    amount: Decimal
    bit: bool = False


# Row of the printed table → the sums that it takes: base, for each counted unit, at most.
ROWS = MappingProxyType(
    {
        "notice": ("a_base", "a_hour", "a_most"),
        "A hour": ("a_base", "a_hour", "a_most"),
        "A act": ("", "a_act", ""),
        "B person": ("b_base", "b_person", "b_most"),
        "B other": ("b_base", "b_other", "b_most"),
        "C": ("c_base", "c_day", "c_most"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """The credit for one kind of failure: which sums it takes and how it is counted.

    Class A counts each unit for itself; B, C and own sums count all units of a calendar month together.
    """

    name: str
    clause: str
    label: str
    paragraph: str  # label of the paragraph that carries the duty
    cls: CreditClass
    unit: str
    counted: Counted
    tolerance: int = 0  # of a calendar month, without a credit: units, or what is counted of them
    tolerance_counted: bool = False  # whether it is of what is counted, as 20 agent-days are
    own: OwnSum | None = None
    any_other: bool = False  # represents every deadline that no other failure names

    @property
    def row(self) -> str:
        """The row of the printed table in which it is."""
        return "own" if self.own else self.class_row

    @property
    def class_row(self) -> str:
        """The row of its class, whose maximum an own sum keeps."""
        if self.cls == "B":
            return "B person" if self.unit in PEOPLE else "B other"
        if self.cls == "A":
            return "A hour" if self.counted == "hour" else "A act"
        return self.cls

    @property
    def names(self) -> tuple[str, str, str]:
        """The names of its base, rate and maximum in the table; empty where it has none."""
        return ROWS[self.class_row]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names under which its sums are printed."""
        return () if self.own else tuple(f"credit_{name}" for name in self.names if name)

    @property
    def for_each_unit(self) -> bool:
        """Whether base and maximum are those of each unit, and not of all units of a month."""
        return self.cls in ("notice", "A") and not self.own

    @property
    def counted_noun(self) -> str:
        """What is counted, in the singular: "started hour", "started day", "Business Day", "month", or the unit."""
        return {"hour": "started hour", "day": "started day", "act": "calendar month"}.get(
            self.counted, self.unit if self.counted == "unit" else self.counted
        )

    @property
    def spared(self) -> str:
        """What carries no credit in a calendar month: "2 requests", "20 agent-days"; empty where nothing does."""
        if not self.tolerance:
            return ""
        time = {"hour": "-hour", "day": "-day", "Business Day": " Business Day"}.get(self.counted, "")
        return counted_of(self.tolerance, f"{self.unit}{time}" if self.tolerance_counted else self.unit)

    def sums(self, table: CreditTable) -> tuple[Decimal, Decimal, Decimal | None]:
        """Base, rate and maximum in money; None where nothing but the monthly cap ends it."""
        if self.own:
            most = getattr(table, self.names[2] or "a_most") if self.own.most is None else self.own.most
            return Decimal(0), self.own.rate, most
        base, rate, most = (getattr(table, name) if name else None for name in self.names)
        assert rate is not None
        return base or Decimal(0), rate, most

    def amount(self, count: int, table: CreditTable, *, repeated: bool = False, runs_on: bool = False) -> Calculation:
        """What so many counted units of one month come to: base, twice where repeated, and sums, up to the maximum.

        What only `runs_on` from an earlier month has had its base there.
        """
        if count <= 0:
            return Calculation(text=f"nothing counted = {table.money(Decimal(0))}", amount=Decimal(0))
        base, rate, most = self.sums(table)
        base = Decimal(0) if runs_on else base
        factor = 2 if repeated else 1
        with localcontext(EXACT):
            raw = base * factor + rate * count
        first = f"{'2 × ' if repeated else ''}{table.money(base)} + " if base else ""
        text = f"{first}{count:,} × {table.money(rate)} = {table.money(raw)}"
        if most is None or raw <= most:
            return Calculation(text=text, amount=raw)
        return Calculation(text=f"{text}; at most {table.money(most)}", amount=most, bit=True)

    def wording(self) -> str:
        """The credit in a sentence of a clause, to follow "shall credit the Client"."""
        if self.own:
            return f"the sum agreed for each {self.unit}"
        return f"the sum of {'late notice' if self.cls == 'notice' else f'Class {self.cls}'} for each {self.unit}"


def build_sanction(spec: FailureSpec, clause: str) -> Sanction:
    """The sanction of a failure as its clause lists it."""
    counted: Counted = "hour" if spec.cls == "A" and spec.per == "hour" else _COUNTED[spec.cls]
    return Sanction(
        name=spec.name,
        clause=clause,
        label=spec.label,
        paragraph=spec.paragraph,
        cls=spec.cls,
        unit=spec.unit,
        counted=counted,
        any_other=spec.any_other,
    )


def agreed(sanction: Sanction, terms: FailureTerms | None) -> Sanction:
    """The sanction with what a profile agrees for it alone: class, unit, tolerance, or a sum of its own."""
    if terms is None:
        return sanction
    cls: CreditClass = terms.cls or sanction.cls  # type: ignore[assignment]  # loading allows no other word
    counted: Counted = sanction.counted if cls == sanction.cls else _COUNTED[cls]
    moved = replace(
        sanction, cls=cls, counted=counted, unit=terms.unit or sanction.unit, tolerance=terms.tolerance or 0
    )
    if terms.rate is not None:
        unit, counted = _per(terms.per, moved)
        most = terms.event_cap.amount if terms.event_cap else None
        moved = replace(moved, unit=unit, counted=counted, own=OwnSum(rate=terms.rate.amount, most=most))
    return replace(moved, tolerance_counted=_is_time(terms.tolerance_of))


def _is_time(words: str) -> bool:
    """Whether a tolerance is of days or hours: "agent-days", "20 Business Days"."""
    return bool(re.search(r"(?:^|[\s-])(?:days?|hours?)$", words.casefold()))


def _per(per: str, sanction: Sanction) -> tuple[str, Counted]:
    """What an own sum is for and how it is counted: "certificate", "day", "agent-day", "certificate and day"."""
    words = re.split(r"\s+(?:and|per)\s+|-(?=day$|hour$)", per.strip()) if per.strip() else [sanction.unit]
    times: dict[str, Counted] = {"hour": "hour", "day": "day", "business day": "Business Day"}
    time = times.get(words[-1].casefold())
    unit = " ".join(words[:-1] if time else words) or sanction.unit
    return unit, time or "unit"


_COUNTED: Mapping[str, Counted] = MappingProxyType({"notice": "hour", "A": "act", "B": "day", "C": "Business Day"})


def build_rules(
    settings: Mapping[str, HasValue],
    *,
    currency: str,
    monthly_charges: Money | None = None,
    seats: int | None = None,
    own: Mapping[str, Decimal] | None = None,
    switches: Mapping[str, str] = MappingProxyType({}),
    damages: Damages = "credited",
    credit_label: str = "Credit",
) -> CreditRules | tuple[str, ...]:
    """The credit rules out of the settings in force, or what is wrong with them, one message each.

    `switches` are those of the governing law: `credit_repeats` and `credit_caps`.
    """
    problems: list[str] = []

    def share(name: str) -> Percentage:
        value = settings[name].value if name in settings else None
        if not isinstance(value, Percentage):
            problems.append(f"`{name}` must be a percentage" if value else f"no value for the parameter `{name}`")
            return Percentage(Decimal(0))
        return value

    month, year = share("at_risk_month"), share("annual_cap")
    after = settings["repeat_after"].value if "repeat_after" in settings else 0
    window = settings["repeat_window"].value if "repeat_window" in settings else Duration(0, "months")
    start = settings["credit_start"].value if "credit_start" in settings else Duration(0, "months")
    if not isinstance(start, Duration) or start.amount and start.unit != "months":
        problems.append("`credit_start` must be a number of months, such as `3 months`")
    if not isinstance(after, (int, Decimal)) or after < 0 or after != int(after):
        problems.append("`repeat_after` must be a whole number of months")
    if not isinstance(window, Duration) or window.amount and window.unit != "months":
        problems.append("`repeat_window` must be a number of months, such as `5 months`")
    if monthly_charges and monthly_charges.currency not in ("", currency):
        problems.append(f"the monthly charges are in {monthly_charges.currency}, the contract is in {currency}")
    if problems:
        return tuple(problems)
    assert isinstance(window, Duration) and isinstance(start, Duration)
    return CreditRules(
        currency=currency,
        monthly_charges=Money(monthly_charges.amount, currency) if monthly_charges else None,
        seats=seats,
        at_risk_month=month,
        annual_cap=year,
        repeat_after=0 if switches.get("credit_repeats") == "no" else int(after),  # type: ignore[call-overload]  # an integer by its role
        repeat_window=int(window.amount),
        start_months=int(start.amount),
        own=own or MappingProxyType({}),
        by_invoices=switches.get("credit_caps") == "invoices",
        damages=damages,
        credit_label=credit_label,
    )


def allowed_misses(target: Percentage, population: int) -> int:
    """How many of a population may miss a target: rounded down, and at least one unless the target is all of them."""
    if target.value >= 100 or population <= 0:
        return 0
    return max(1, int((100 - target.value) * population / 100))


def share_in_words(target: Percentage, population: int, noun: str = "") -> str:
    """A target as a small population meets it: "all but one of the 12 agents"; "95%" above twenty."""
    missing = allowed_misses(target, population)
    of = f" of the {population:,}{f' {plural(noun, population)}' if noun else ''}"
    if not missing:
        return f"all{of}"
    if population > 20:
        return f"{plain(target.value)}%{of}"
    numbers = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return f"all but {numbers[missing] if missing < len(numbers) else missing}{of}"
