"""Printed values → typed values: what an annex prints, read back with the library's parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from ..common.places import country_code, place_code, zone_at
from ..compare.contents import tidy_text
from ..compose.texts.local_money import plain_sum
from ..compose.texts.wording import typographic, value_text
from ..model.library.clause import EMPTY, Parameter, Value
from ..model.library.library import Library
from ..model.words.quantity import Duration, Money, Percentage, QuantityError, parse_decimal
from ..model.words.words import MONTHS

_DAY_FIRST = re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]+) (?P<year>\d{4})")
_MONTH_FIRST = re.compile(r"(?P<month>[A-Z][a-z]+) (?P<day>\d{1,2}), (?P<year>\d{4})")


def parameters_by_label(library: Library) -> Mapping[str, Parameter]:
    """Each parameter of a library by the label that its annexes print, as texts are compared."""
    return {tidy_text(p.label): p for c in library.clauses.values() for p in c.parameters.values()}


def earlier_by_label(library: Library) -> Mapping[str, Parameter]:
    """What an earlier library's annexes printed, by that label; none plays a role, since its meaning may have been another."""
    return {
        tidy_text(label): replace(known, label=label, role="")
        if (known := library.parameter(earlier.name))
        else Parameter(name=earlier.name, type=earlier.type or "text", label=label, values=EMPTY, at=earlier.at)
        for earlier in library.earlier_values.values()
        for label in earlier.labels
    }


def parse_value(text: str, parameter: Parameter) -> Value | None:
    """The typed value that a printed text represents; None when it represents none."""
    text = " ".join(text.replace("\u00a0", " ").split())
    unit = " ".join(parameter.unit.split())
    if unit and text.endswith(f" {unit}"):
        text = text[: -len(unit) - 1]
    if parameter.zero and text == parameter.zero:
        return _zero(parameter)
    try:
        match parameter.type:
            case "duration":
                # "every month" and "24-hour" are ways to print one month and 24 hours.
                period = text.removeprefix("every ").replace("-", " ")
                return Duration.parse(period if period[:1].isdigit() else f"1 {period}")
            case "money":
                return Money.parse(plain_sum(text))
            case "percentage":
                return Percentage.parse(text)
            case "integer":
                return int(text.replace(",", ""))
            case "decimal":
                return parse_decimal(text)
            case "boolean":
                return {"yes": True, "no": False}.get(text)
            case "date":
                return parse_date(text)
            case "list":
                return tuple(_items(text))
            case "countries":
                codes = tuple(country_code(name) for name in _items(text))
                return codes if all(codes) else None
            case "choice":
                return next(
                    (name for name, words in parameter.choices.items() if text in (words, typographic(words), name)),
                    None,
                )
    except (QuantityError, ValueError):
        return None
    code = {"business_day_calendar": place_code, "time_zone": zone_at}.get(parameter.role, str)(text)
    return code or text


def _items(text: str) -> list[str]:
    """The items of a printed series: "A, B and C"."""
    head, _, last = text.rpartition(" and ")
    return [item.strip() for item in (*head.split(", "), last) if item.strip()]


def _zero(parameter: Parameter) -> Value | None:
    """The zero that a parameter prints in words."""
    samples = [v for v in (*parameter.values.values(), parameter.minimum) if v is not None]
    for sample in samples:
        zero: Value | None = None
        match sample:
            case Duration():
                zero = Duration(0, sample.unit, sample.calendar)
            case int():
                zero = 0
        if zero is not None and value_text(parameter, zero, "en-GB") == parameter.zero:
            return zero
    return None


def parse_date(text: str) -> date | None:
    """A date in words or as ISO 8601 writes it; None for anything else."""
    match = _DAY_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text)
    try:
        if match:
            return date(int(match["year"]), MONTHS.index(match["month"]) + 1, int(match["day"]))
        return date.fromisoformat(text)
    except ValueError:
        return None
