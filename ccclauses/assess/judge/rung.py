"""Where a stated value is on the ladder of a parameter of ours: the strictest posture that it satisfies."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from ...model.findings.assessment import Stated
from ...model.library.clause import Parameter, Value
from ...model.library.library import Library
from ...model.library.scale import priced
from ...model.words.quantity import Duration, Money, Percentage, QuantityError, Unit
from ...resolve.judge import Incomparable, compare

BELOW = "below"


def rung_of(parameter: Parameter, stated: Stated, library: Library) -> str | None:
    """The strictest posture that the value satisfies, `below` where it satisfies none; None where it can't be compared."""
    rungs = [(p, parameter.values[p]) for p in library.postures if p in parameter.values]
    if not rungs:
        return None
    value = typed(parameter, stated, rungs[0][1])
    if value is None:
        return None
    sign = {"lower": "<=", "higher": ">="}.get(parameter.stricter, "")
    try:
        if not sign:
            names = list(parameter.choices)
            own = [p for p, v in rungs if compare(value, "==", v, parameter.choices)]
            return own[0] if own else (rungs[0][0] if value in names and str(value) > str(rungs[0][1]) else BELOW)
        return next((p for p, v in rungs if compare(value, sign, priced(v, value, library), parameter.choices)), BELOW)
    except Incomparable:
        return None


def typed(parameter: Parameter, stated: Stated, like: Value) -> Value | None:
    """The stated value as one of the parameter's type; None where it is no such value."""
    try:
        if stated.number is None:
            if parameter.type == "choice":
                return next((c for c in parameter.choices if c == stated.text), None)
            return None
        if isinstance(like, Duration) and stated.unit.endswith("s"):
            business = stated.unit == "business_days"
            unit = {"business_days": "days", "quarters": "months"}.get(stated.unit, stated.unit)
            number = stated.number * 3 if stated.unit == "quarters" else stated.number
            if number != int(number):
                unit, number = {
                    "hours": ("minutes", number * 60),
                    "days": ("hours", number * 24),
                    "years": ("months", number * 12),
                }.get(unit, (unit, number))
            return Duration(int(number), cast(Unit, unit), "business" if business else "calendar")
        if isinstance(like, Money):
            return Money(Decimal(str(stated.number)), like.currency)
        if isinstance(like, Percentage):
            return Percentage(Decimal(str(stated.number)))
        if isinstance(like, int):
            return int(stated.number) if stated.number >= 1 else 0
    except QuantityError:
        return None
    return None
