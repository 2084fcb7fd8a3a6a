"""Quantities that a contract promises: periods, money and percentages, with their units and wording.

Money and percentages are `Decimal`; nothing here is a float.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal, cast

from .words import UNIT_OF_TIME

Unit = Literal["seconds", "minutes", "hours", "days", "weeks", "months", "years"]
Calendar = Literal["calendar", "business"]

# Nominal hours of a unit, for comparing periods of different units only; a due date is
# always counted on a calendar. A month is 30 days, a Business Day 7/5 of a day.
_HOURS = {
    "seconds": Decimal(1) / 3600,
    "minutes": Decimal(1) / 60,
    "hours": Decimal(1),
    "days": Decimal(24),
    "weeks": Decimal(168),
    "months": Decimal(720),
    "years": Decimal(8760),
}
_BUSINESS_DAY_HOURS = Decimal(24) * 7 / 5
_LONGEST = 100 * _HOURS["years"]

# Decimal places of the currencies that do not have two (ISO 4217).
_MINOR_UNITS = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
}

_DURATION = re.compile(
    r"(?P<amount>\d{1,12}(?:\.\d{1,6})?)\s*"  # more digits are no period, and Decimal can't divide them exactly
    rf"(?P<unit>(?:business |calendar )?day|{UNIT_OF_TIME})s?",
    re.IGNORECASE,
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MONEY = re.compile(rf"(?:(?P<before>[A-Za-z]{{3}})\s*)?(?P<amount>{_NUMBER})(?:\s*(?P<after>[A-Za-z]{{3}}))?")
_PERCENTAGE = re.compile(rf"(?P<value>{_NUMBER})\s*(?:%|per\s?cent)?")


class QuantityError(ValueError):
    """A text that is not the quantity it should be; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A piece of wording that prints the value of `parameter`."""

    parameter: str
    text: str


@dataclass(frozen=True, slots=True)
class Duration:
    """A contractual period of whole units; `calendar` says which days count. Zero means "none" or "at once".

    Raises `QuantityError` for more than a hundred years.
    """

    amount: int
    unit: Unit
    calendar: Calendar = "calendar"

    def __post_init__(self) -> None:
        # A longer one would lead out of the calendar, or be counted day by day for ever.
        if abs(self.hours) > _LONGEST:
            raise QuantityError("a period is at most 100 years")

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read "24 hours", "10 Business Days" or "6 months"; raise `QuantityError` otherwise."""
        match = _DURATION.fullmatch(text.strip())
        if not match:
            raise QuantityError(
                "a period is a whole number and a unit, such as `24 hours`, `10 Business Days` or `6 months`"
            )
        number, word = Decimal(match["amount"]), match["unit"].lower()
        if word == "hour" and number % 1:
            number, word = number * 60, "minute"
        if number % 1:
            raise QuantityError("a period counts whole units; write a smaller unit instead of a fraction")
        business = word == "business day"
        unit = "days" if word.endswith("day") else f"{word}s"
        return cls(int(number), cast(Unit, unit), "business" if business else "calendar")

    @property
    def hours(self) -> Decimal:
        """The nominal length in hours, for comparing periods; never for counting a due date."""
        return self.amount * (_BUSINESS_DAY_HOURS if self.calendar == "business" else _HOURS[self.unit])

    @property
    def unit_name(self) -> str:
        """The unit as printed, in the singular: "hour" or "Business Day"."""
        return "Business Day" if self.calendar == "business" else self.unit[:-1]

    def wording(self) -> str:
        """The period as a contract prints it: "24 hours", "1 Business Day"."""
        return f"{self.amount} {self.unit_name}{'' if self.amount == 1 else 's'}"

    def every(self) -> str:
        """The period as a rhythm: "every month", "every 3 months"."""
        return f"every {self.unit_name}" if self.amount == 1 else f"every {self.wording()}"

    def hyphenated(self) -> str:
        """The period as an adjective: "24-hour"."""
        return f"{self.amount}-{self.unit_name}"

    def __str__(self) -> str:
        return self.wording()


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money; `currency` is an ISO 4217 code, empty only where a library leaves it to the contract."""

    amount: Decimal
    currency: str = ""

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read "GBP 1,500.00", "1500 GBP" or "1500"; raise `QuantityError` otherwise."""
        match = _MONEY.fullmatch(text.strip())
        if not match or (match["before"] and match["after"]):
            raise QuantityError("money is an ISO 4217 currency and an amount, such as `GBP 1,500.00`")
        currency = (match["before"] or match["after"] or "").upper()
        # Three digits behind a point may be thousands, save in a currency that has three decimal places.
        if minor_units(currency) != 3 and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", match["amount"]):
            raise QuantityError(
                f"`{match['amount']}` can be read in two ways; write thousands with a comma or not at all"
            )
        return cls(Decimal(match["amount"].replace(",", "")), currency)

    @property
    def minor_units(self) -> int:
        """Decimal places of the currency."""
        return minor_units(self.currency)

    def wording(self) -> str:
        """The amount as a contract prints it: "GBP 1,500.00"."""
        return f"{self.currency} {self.amount:,.{self.minor_units}f}".strip()

    def __str__(self) -> str:
        return self.wording()


@dataclass(frozen=True, slots=True)
class Percentage:
    """A percentage; `value` is in percent, so `Percentage(Decimal("0.5"))` is 0.5 %."""

    value: Decimal

    @classmethod
    def parse(cls, text: str) -> Percentage:
        """Read "10 %" or "10"; raise `QuantityError` otherwise, and for what may be a share of one, such as "0.1"."""
        match = _PERCENTAGE.fullmatch(text.strip())
        if not match:
            raise QuantityError("a percentage is a number and a percent sign, such as `10 %`")
        share = Decimal(match["value"].replace(",", ""))
        # A spreadsheet holds 97.2 % as 0.972.
        if 0 < share <= 1 and text.strip()[-1].isdigit():
            raise QuantityError(
                f"`{match['value']}` can be read in two ways; write `{plain(share * 100)}%` or `{plain(share)}%`"
            )
        return cls(Decimal(match["value"].replace(",", "")))

    def of(self, amount: Decimal) -> Decimal:
        """That share of `amount`, unrounded."""
        return amount * self.value / 100

    def wording(self) -> str:
        """The percentage as a contract prints it: "8%"."""
        return f"{plain(self.value)}%"

    def __str__(self) -> str:
        return self.wording()


def plain(number: Decimal) -> str:
    """A decimal without exponent or trailing zeros: "0.5", "20"."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def minor_units(currency: str) -> int:
    """Decimal places of an ISO 4217 currency."""
    return _MINOR_UNITS.get(currency, 2)


def parse_decimal(text: str) -> Decimal:
    """Read a plain decimal number; raise `QuantityError` otherwise."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise QuantityError("a number is written in digits, such as `1.5`")
    return number
