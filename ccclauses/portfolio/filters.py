"""Which holdings are asked for: `breach_notice > 24 hours`, `clause breach-handling < 3`, `dora < all`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date

from ..model.diagnostic import Diagnostic, Position, nearest
from ..model.findings.portfolio import Holding
from ..model.library.clause import Value
from ..model.library.condition import OPERATORS
from ..model.library.library import Library
from ..model.words.quantity import Duration, Money, Percentage, QuantityError
from ..resolve.judge import Incomparable, compare

_TEXTS = (
    "supplier", "client", "reference", "date", "version", "status", "posture", "review", "month", "year", "file", "changed",
    "remark",
)  # fmt: skip
_DATES, _SUMS = ("date", "review"), ("month", "year")
_FORMS = {
    "duration": (Duration, "period", "24 hours"),
    "money": (Money, "sum", "GBP 100,000"),
    "percentage": (Percentage, "share", "10 %"),
    "date": (date, "date", "2027-02-01"),
    "integer": (int, "whole number", "3"),
}
_FILTER = re.compile(r"\s*(?P<name>[\w-]+)\s*(?P<sign><=|>=|!=|==|=|<|>|~)\s*(?P<operand>.+?)\s*")
_WITH_UNIT = {"duration": "{} hours", "money": "GBP {}", "percentage": "{} %"}
Asked = Callable[[Holding], bool]


def read_filter(text: str, library: Library) -> tuple[Asked | None, Diagnostic | None]:
    """What a filter asks, or what is wrong with it.

    A name is a column, a value, a clause (its version) or a framework (its covered contract terms). `~` asks whether a
    text is contained. A holding that has no such value is never chosen, save by `!=`.
    """
    match = _FILTER.fullmatch(text)
    at = Position(file="--where")
    if not match:
        return None, Diagnostic(
            rule="filter", message=f"`{text}` is not a filter", at=at, hint="write it as `breach_notice > 24 hours`"
        )
    name, sign, operand = match["name"], match["sign"], match["operand"]
    parameters = {name: p for c in library.clauses.values() for name, p in c.parameters.items()}
    known = {*_TEXTS, *parameters, *library.clauses, *library.frameworks}
    if name not in known:
        return None, Diagnostic(
            rule="filter",
            message=f"`{name}` is not a column, value, clause or framework",
            at=at,
            hint=nearest(name, known),
        )
    sign = "==" if sign == "=" else sign
    wanted = _typed(operand)
    wrong = "" if sign == "~" else _misfit(name, operand, wanted, library)
    if wrong:
        parameter = parameters.get(name)
        kind = parameter.type if parameter else "money" if name in _SUMS else ""
        if isinstance(wanted, int) and kind in _WITH_UNIT:
            wrong, hint = f"`{operand}` has no unit", _WITH_UNIT[kind].format(operand)
        else:
            hint = _example(name, library)
        hint = f"write it as `{name} {match['sign']} {hint}`"
        return None, Diagnostic(rule="filter", message=wrong, at=at, hint=hint)

    def asked(holding: Holding) -> bool:
        found = _found(holding, name)
        if not found:
            return sign == "!="
        if sign == "~":
            return operand.casefold() in found.casefold()
        if name in library.frameworks:
            covered, _, whole = found.partition(" of ")
            left: Value = int(covered)
            right = int(whole) if operand == "all" else wanted
        elif name in library.clauses:
            left, right = _typed(found.partition(",")[0]), wanted  # "2, changed" is of version 2
        else:
            left, right = _typed(found), wanted
        if isinstance(left, str) and isinstance(right, str):
            return OPERATORS[sign](left.casefold(), right.casefold())
        if isinstance(left, Money) and isinstance(right, Money) and left.currency != right.currency:
            return sign == "!="
        try:
            return compare(left, sign, right)
        except Incomparable:
            return sign == "!="

    return asked, None


def chosen(holdings: Iterable[Holding], filters: Iterable[Asked]) -> list[Holding]:
    """The holdings that every filter asks for."""
    filters = list(filters)
    return [h for h in holdings if all(f(h) for f in filters)]


def silent(holdings: Iterable[Holding], text: str) -> list[str]:
    """The annexes of which a filter asks what is not known of them, by file."""
    match = _FILTER.fullmatch(text)
    name = match["name"] if match else ""
    asked = [h for h in holdings if h.kind == "annex"]
    if name in ("changed", "remark") or not any(_found(h, name) for h in asked):
        return []
    return [h.file for h in asked if not _found(h, name)]


def name_of(text: str) -> str:
    """What a filter asks about."""
    match = _FILTER.fullmatch(text)
    return match["name"] if match else text


def _kind(name: str, library: Library) -> str:
    """Of what form the values behind a name are; empty where any text will do."""
    parameter = library.parameter(name)
    if name in _DATES:
        return "date"
    if name in _SUMS:
        return "money"
    if name in library.clauses or name in library.frameworks:
        return "integer"
    return parameter.type if parameter and parameter.type in _FORMS else ""


def _misfit(name: str, operand: str, wanted: Value, library: Library) -> str:
    """What is wrong with an operand that no value behind the name can be compared with; empty when nothing is."""
    kind = _kind(name, library)
    if not kind or (name in library.frameworks and operand == "all"):
        return ""
    form, called, _ = _FORMS[kind]
    return "" if isinstance(wanted, form) else f"`{operand}` is no {called}"


def _example(name: str, library: Library) -> str:
    return _FORMS[_kind(name, library)][2]


def _found(holding: Holding, name: str) -> str:
    if name == "changed":
        return "yes" if holding.changed else "no"
    if name == "remark":
        return "; ".join((*([holding.problem] if holding.problem else []), *holding.remarks))
    if name in _TEXTS:
        return str(getattr(holding, name))
    return holding.values.get(name) or holding.clauses.get(name) or holding.coverage.get(name) or ""


def _typed(text: str) -> Value:
    if re.fullmatch(r"-?[0-9]{1,15}", text):
        return int(text)
    with suppress(ValueError):
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    for kind in (Duration, Money, Percentage):
        with suppress(QuantityError):
            return kind.parse(text.replace("\u00a0", " "))
    return text
