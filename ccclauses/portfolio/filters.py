"""Which holdings are asked for: `breach_notice > 24 hours`, `clause breach-handling < 3`, `dora < all`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress

from ..model.clause import Library, Value
from ..model.condition import OPERATORS
from ..model.diagnostic import Diagnostic, Position, nearest
from ..model.portfolio import Holding
from ..model.quantity import Duration, Money, Percentage, QuantityError
from ..resolve.judge import Incomparable, compare

_TEXTS = ("supplier", "client", "reference", "date", "version", "status", "posture", "review", "month", "year", "file")
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
            rule="filter", message=f"`{text}` is no filter", at=at, hint="write it as `breach_notice > 24 hours`"
        )
    name, sign, operand = match["name"], match["sign"], match["operand"]
    parameters = {name: p for c in library.clauses.values() for name, p in c.parameters.items()}
    known = {*_TEXTS, *parameters, *library.clauses, *library.frameworks}
    if name not in known:
        return None, Diagnostic(
            rule="filter",
            message=f"`{name}` is no column, value, clause or framework",
            at=at,
            hint=nearest(name, known),
        )
    sign = "=" if sign == "==" else sign
    wanted = _typed(operand)
    if isinstance(wanted, int) and sign != "~":
        kind = parameters[name].type if name in parameters else "money" if name in ("month", "year") else ""
        if kind in _WITH_UNIT:
            hint = f"write it as `{name} {sign} {_WITH_UNIT[kind].format(operand)}`"
            return None, Diagnostic(rule="filter", message=f"`{operand}` has no unit", at=at, hint=hint)

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


def _found(holding: Holding, name: str) -> str:
    if name in _TEXTS:
        return str(getattr(holding, name))
    return holding.values.get(name) or holding.clauses.get(name) or holding.coverage.get(name) or ""


def _typed(text: str) -> Value:
    if re.fullmatch(r"-?[0-9]{1,15}", text):
        return int(text)
    for kind in (Duration, Money, Percentage):
        with suppress(QuantityError):
            return kind.parse(text.replace("\u00a0", " "))
    return text
