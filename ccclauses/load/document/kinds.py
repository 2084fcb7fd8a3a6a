"""The kinds of values that contracts use: periods, sums, dates, countries, places, blocks of text."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ...model.library.condition import comparable
from ...model.words.quantity import Duration, Money, Percentage, QuantityError, parse_decimal
from ..places import COUNTRIES, CURRENCIES, PLACES
from .located import (
    Node,
    ScalarNode,
    block_start,
    first_refused,
    position,
    refused_character,
)
from .reading import BAD, Reader, listed, quoted
from .schema import LINE, Choice, Json, Kind, Known, ListOf, Scalar


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Quantity(Scalar):
    """A value that `parse` reads from a text, raising `QuantityError` with what would be right."""

    wanted: str = field()
    parse: Callable[[str], Any]
    json: Json = field(default_factory=lambda: {"type": ["string", "number"]})

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        try:
            return self.parse(text)
        except QuantityError as problem:
            # Beside a digit of another script what it would be looks the same: which character it is has to be said.
            foreign = any(c.isdecimal() and not c.isascii() for c in text)
            hint = ("" if foreign else would_be(self.wanted, text)) or str(problem)
            return reader.problem("wrong-type", node, f"{quoted(text)} was found where {self.wanted} is expected", hint)

    def schema(self, known: Known) -> Json:
        return dict(self.json)


def would_be(wanted: str, text: str) -> str:
    """What to write for a text that a person would understand as such a value; empty where nobody would."""
    from ..profile.typed import READ_ALONE, READERS  # only when something is wrong

    typed = READERS[wanted](text, READ_ALONE) if len(text) <= _READABLE else None
    if typed is None or not typed.meanings:
        return ""
    coded = wanted in ("a date", "a country", "a place", "a number of months")  # which nobody reads without their name
    said = [f"`{m.text}`{f' for {m.shown}' if coded else ''}" for m in typed.meanings]
    if typed.why:
        return f"did you mean {said[0]}?" if len(said) == 1 else ""
    return f"write {said[0]}" if len(said) == 1 else f"write {', or '.join(said)}, whichever is meant"


_READABLE = 60  # characters of a value that a hint is given for


def _whole(text: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,15}", text):
        raise QuantityError("a whole number is written in digits only, such as `120`")
    return int(text)


def _decimal(text: str) -> Decimal:
    if not re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?", text):
        raise QuantityError("a number is written in digits, such as `1.5`")
    return parse_decimal(text)


def _ascii(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """A parser that accepts only a short text in ASCII: other scripts have digits too, which would print otherwise."""

    def checked(text: str) -> Any:
        if strange := next((c for c in text if not c.isascii()), ""):
            name = unicodedata.name(strange, "a sign without a name").lower()
            raise QuantityError(f"it holds U+{ord(strange):04X} ({name}); write plain digits, letters and spaces")
        return parse(text if len(text) <= 40 else "")

    return checked


def _yes_no(text: str) -> bool:
    word = text.lower()
    if word in ("yes", "true", "on"):
        return True
    if word in ("no", "false", "off"):
        return False
    raise QuantityError("write `yes` or `no`")


_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def _date(text: str) -> date:
    match = _ISO_DATE.fullmatch(text)
    if not match:
        raise QuantityError("a date is written year-month-day, such as `2026-03-31`")
    year, month, day = map(int, match.groups())
    if not 1900 <= year <= 2200:
        raise QuantityError("the year must lie between 1900 and 2200")
    if not 1 <= month <= 12:
        raise QuantityError(f"there is no month {month}; a date is written year-month-day")
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise QuantityError(f"{calendar.month_name[month]} {year} has {days} days")
    return date(year, month, day)


_TEXT_OR_NUMBER: Json = {"type": ["string", "number"]}
WHOLE = Quantity(
    "a whole number", _whole, {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^[+-]?[0-9]+$"}]}
)
DECIMAL = Quantity("a number", _decimal)
YES_NO = Quantity("yes or no", _yes_no, {"enum": ["yes", "no", True, False]})
DATE = Quantity("a date", _date, {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})
DURATION = Quantity("a period", _ascii(Duration.parse), {
    "type": "string",
    "pattern": "^[0-9.]+ *([Ss]econd|[Mm]inute|[Hh]our|([Bb]usiness |[Cc]alendar )?[Dd]ay|[Ww]eek|[Mm]onth|[Yy]ear)s?$",
})  # fmt: skip
PERCENTAGE = Quantity("a percentage", _ascii(Percentage.parse))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Sum(Scalar):
    """A sum of money. In a library it has no currency, which is the contract's; in a profile it may have one."""

    with_currency: bool
    wanted = "a sum of money"

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        try:
            money = Money.parse(text if text.isascii() and len(text) <= 40 else "")
        except QuantityError as problem:
            hint = (would_be(self.wanted, text) if self.with_currency else "") or str(problem)
            return reader.problem("wrong-type", node, f"{quoted(text)} was found where {self.wanted} is expected", hint)
        if money.currency and not self.with_currency:
            return reader.problem(
                "currency",
                node,
                f"{quoted(text)} names a currency",
                "write the amount alone; the currency is the contract's",
            )
        if money.currency and money.currency not in CURRENCIES:
            hint = near_currency(money.currency) or "write the ISO 4217 code, such as `GBP 1,500.00`"
            return reader.problem("unknown-currency", node, f"unknown currency {quoted(money.currency)}", hint)
        return money

    def schema(self, known: Known) -> Json:
        return dict(_TEXT_OR_NUMBER)


def near_currency(text: str) -> str:
    """The currency that a mistyped code most likely means: the same letters in another order or case."""
    letters = sorted(text.upper())
    same = sorted(code for code in CURRENCIES if sorted(code) == letters)
    return f"did you mean `{same[0]}`?" if same else ""


class _Country(Scalar):
    wanted = "a country"

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        if text in COUNTRIES:
            return text
        if text.upper() in ("EU", "EEA"):
            hint = "list the member states that are meant, such as `[DE, FR, IE]`"
            return reader.problem("unknown-country", node, f"{quoted(text)} is not one country", hint)
        hint = would_be(self.wanted, text) or "write its ISO 3166 code of two letters, such as `GB` or `DE`"
        return reader.problem("unknown-country", node, f"unknown country {quoted(text)}", hint)

    def schema(self, known: Known) -> Json:
        return {"enum": list(COUNTRIES)}


class _Currency(Scalar):
    wanted = "a currency"

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        if text in CURRENCIES:
            return text
        hint = would_be(self.wanted, text) or near_currency(text) or "write its ISO 4217 code, such as `GBP` or `EUR`"
        return reader.problem("unknown-currency", node, f"unknown currency {quoted(text)}", hint)

    def schema(self, known: Known) -> Json:
        return {"enum": sorted(CURRENCIES)}


class _Place(Scalar):
    wanted = "a place"

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        country, _, part = text.partition("-")
        if country in COUNTRIES and (not part and "-" not in text or part in PLACES.get(country, ())):
            return text
        hint = "write the ISO 3166 code of a country or of a part of it, such as `GB-ENG`, `DE` or `US-NY`"
        if country in COUNTRIES:
            parts = [f"{country}-{p}" for p in PLACES.get(country, ())]
            hint = f"write one of {listed([country, *parts], 60)}" if parts else f"write `{country}`"
        elif meant := would_be(self.wanted, text):
            hint = meant
        return reader.problem(
            "unknown-place", node, f"{quoted(text)} is not a place whose Business Days are known", hint
        )

    def schema(self, known: Known) -> Json:
        return {"type": "string", "pattern": "^[A-Z]{2}(-[A-Z0-9]{1,3})?$"}


class _TimeZone(Scalar):
    wanted = "a time zone"

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        import zoneinfo

        try:
            # The name becomes a path inside the time-zone database, so anything but a plain name is not asked for.
            if re.fullmatch(r"[A-Za-z][A-Za-z0-9_+/-]*", text):
                zoneinfo.ZoneInfo(text)
                return text
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            pass
        hint = would_be(self.wanted, text) or "write its name in the IANA database, such as `Europe/London`"
        return reader.problem("unknown-time-zone", node, f"unknown time zone {quoted(text)}", hint)

    def schema(self, known: Known) -> Json:
        return {"type": "string"}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Language(Scalar):
    """A language tag (BCP 47) in which the library has texts; `offered` are the tags of its texts."""

    offered: frozenset[str]
    wanted = "a language"

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        spoken = {tag.partition("-")[0] for tag in self.offered}
        code = text.partition("-")[0]
        if re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", text) and (code in spoken or not spoken):
            return text
        meant = would_be(self.wanted, text)
        known = "the clauses are written in " + " and ".join(f"`{s}`" for s in sorted(spoken))
        hint = (
            meant
            if any(f"`{s}" in meant for s in spoken)
            else f"{known}; leave the key out for the language of the law"
        )
        return reader.problem("unknown-language", node, f"there is no text in {quoted(text)}", hint)

    def schema(self, known: Known) -> Json:
        return {"type": "string"}


COUNTRY, CURRENCY, PLACE, TIME_ZONE = _Country(), _Currency(), _Place(), _TimeZone()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Identifier(Scalar):
    """An id: lower-case letters, digits and `joint`, at most `longest` characters."""

    joint: str = "-"
    longest: int = 36

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        if re.fullmatch(rf"[a-z][a-z0-9]*(?:{self.joint}[a-z0-9]+)*", text) and len(text) <= self.longest:
            return text
        joint = "hyphens" if self.joint == "-" else "underscores"
        hint = f"use lower-case letters, digits and {joint}, starting with a letter, at most {self.longest} characters"
        return reader.problem("bad-id", node, f"{quoted(text)} can't be an id here", hint)

    def schema(self, known: Known) -> Json:
        return {"type": "string", "pattern": rf"^[a-z][a-z0-9]*({self.joint}[a-z0-9]+)*$", "maxLength": self.longest}


@dataclass(frozen=True, slots=True)
class Written:
    """A template text and where it begins in its file."""

    text: str
    line: int
    column: int


class _Template(Kind):
    """A template: a literal block, or one line."""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        hint = "write `text: |` and the text below it, indented"
        if not isinstance(node, ScalarNode):
            return reader.expected(node, "a text", hint)
        if not node.value.strip():
            return reader.expected(node, "a text", hint)
        lines = node.end_mark.line - node.start_mark.line
        if node.style == ">" or (node.style != "|" and lines):
            return reader.problem("folded-text", node, "the text is folded, which loses its lines", hint)
        if node.style == '"' and first_refused(node.value):
            reader.diagnostics.append(refused_character(first_refused(node.value), position(node)))
            return BAD
        line, column = block_start(node, reader.texts.get(node.start_mark.name, ""))
        return Written(node.value, line, column)

    def schema(self, known: Known) -> Json:
        return {"type": "string"}


TEMPLATE = _Template()


TYPES: dict[str, str] = {
    "text": "words",
    "integer": "a whole number",
    "decimal": "a number",
    "boolean": "yes or no",
    "duration": "a period, such as `24 hours` or `10 Business Days`",
    "money": "a sum of money, in the contract's currency",
    "percentage": "a percentage, such as `98 %`",
    "date": "a date, such as `2026-03-31`",
    "choice": "one of the listed choices",
    "list": "a list of words",
    "countries": "a list of ISO 3166 codes",
}

_OF_TYPE: dict[str, Kind] = {
    "text": LINE,
    "integer": WHOLE,
    "decimal": DECIMAL,
    "boolean": YES_NO,
    "duration": DURATION,
    "percentage": PERCENTAGE,
    "date": DATE,
    "list": ListOf(LINE, single=True, unique=True),
    "countries": ListOf(COUNTRY, single=True, unique=True),
}


def kind_of(type_: str, choices: Mapping[str, str], *, with_currency: bool = False) -> Kind:
    """The kind that reads the values of a parameter or fact of that type."""
    if type_ == "choice":
        return Choice(choices)
    return Sum(with_currency) if type_ == "money" else _OF_TYPE[type_]


def in_range(value: Any, minimum: Any, maximum: Any) -> bool:
    """Whether a value lies between two bounds, each of which may be absent."""
    known = comparable(value)
    return not (
        (minimum is not None and known < comparable(minimum)) or (maximum is not None and known > comparable(maximum))
    )


def check_range(name: str, value: Any, minimum: Any, maximum: Any, node: Node, reader: Reader) -> bool:
    """Report a value that lies outside its range."""
    if in_range(value, minimum, maximum):
        return True
    if minimum is None or maximum is None:
        bound = f"at least {printed(minimum)}" if maximum is None else f"at most {printed(maximum)}"
        reader.problem("out-of-range", node, f"`{name}` is {printed(value)}", f"it must be {bound}")
    else:
        reader.problem("out-of-range", node, f"`{name}` is {printed(value)}",
                       f"it must lie between {printed(minimum)} and {printed(maximum)}")  # fmt: skip
    return False


def printed(value: Any) -> str:
    """A typed value as a message or a form prints it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)
