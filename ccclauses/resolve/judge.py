"""Whether a condition holds for one profile: what each name stands for, and how two values compare."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..model.clause import Parameter, Value
from ..model.condition import OPERATORS, Condition, Test, comparable, holds
from ..model.periods import RHYTHMS
from ..model.quantity import Duration, Money, Percentage, QuantityError, parse_decimal

_TRUTHS = {"yes": True, "true": True, "no": False, "false": False}


class NotInForce(LookupError):
    """A condition names something that has no value here: a parameter of a clause that is not in the annex, say."""


class Incomparable(ValueError):
    """A condition compares two things that have no order between them; the message names both."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges conditions. `value` gives what a name stands for, else raises `NotInForce`; `parameter` may give None."""

    frameworks: Collection[str]
    clauses: Collection[str]
    value: Callable[[str], Value]
    parameter: Callable[[str], Parameter | None]

    def holds(self, condition: Condition) -> bool:
        """Whether the condition holds; `NotInForce` and `Incomparable` pass through."""
        return not condition.parts or holds(condition, self.test)

    def applies(self, condition: Condition) -> bool:
        """Whether the condition holds, where a name without a value means that it does not."""
        try:
            return self.holds(condition)
        except NotInForce:
            return False

    def test(self, test: Test) -> bool:
        """Whether a single test holds, leaving its `not` aside."""
        if test.kind == "framework":
            return test.name in self.frameworks
        if test.kind == "clause":
            return test.name in self.clauses
        left = self.value(test.name)
        if not test.operator:
            return bool(comparable(left))
        return compare(left, test.operator, self.operand(test), self._choices(test))

    def operand(self, test: Test) -> Value:
        """The right side of a comparison: what a name stands for, else the literal typed by the left side."""
        parameter = self.parameter(test.name)
        if parameter and test.operand in parameter.choices:
            return test.operand
        try:
            return self.value(test.operand)
        except NotInForce:
            if self.parameter(test.operand):
                raise
        return literal(test.operand, self.value(test.name))

    def _choices(self, test: Test) -> Mapping[str, str]:
        for name in (test.name, test.operand):
            parameter = self.parameter(name)
            if parameter and parameter.choices:
                return parameter.choices
        return {}


def literal(text: str, like: Value) -> Value:
    """A literal read as a value of the same type as `like`."""
    try:
        match like:
            case bool():
                return _TRUTHS[text.lower()]
            case int() | Decimal():
                return parse_decimal(text)
            case Duration():
                return RHYTHMS.get(text) or Duration.parse(text)
            case Money():
                return Money.parse(text)
            case Percentage():
                return Percentage.parse(text)
            case date():
                return date.fromisoformat(text)
            case tuple():
                return tuple(part.strip() for part in text.split(","))
    except (QuantityError, KeyError, ValueError) as problem:
        raise Incomparable(f"`{text}` can't be compared with {said(like)}") from problem
    return text.strip("'\"")


def compare(left: Value, sign: str, right: Value, choices: Mapping[str, str] | None = None) -> bool:
    """Whether `left sign right`; choices order by their place in `choices`, lists by what they hold."""
    if isinstance(left, tuple) or isinstance(right, tuple):
        return OPERATORS[sign](_set(left), _set(right))
    if isinstance(left, str) and isinstance(right, Duration):
        left = RHYTHMS.get(left, left)
    if isinstance(right, str) and isinstance(left, Duration):
        right = RHYTHMS.get(right, right)
    if _kind(left) is not _kind(right):
        raise Incomparable(f"{said(left)} can't be compared with {said(right)}")
    one, other = comparable(left), comparable(right)
    if isinstance(one, str) and OPERATORS[sign] not in (operator.eq, operator.ne):
        order = list(choices or ())
        if one not in order or other not in order:
            raise Incomparable(f"`{one}` and `{other}` have no order")
        one, other = order.index(one), order.index(other)
    return OPERATORS[sign](one, other)


def _kind(value: Value) -> type:
    return Decimal if isinstance(value, int) and not isinstance(value, bool) else type(value)


def _set(value: Value) -> frozenset[str]:
    return frozenset(value) if isinstance(value, tuple) else frozenset({str(value)})


def said(value: Value) -> str:
    """A value in a message, in the words of the profile."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Duration() | Money() | Percentage():
            return value.wording()
        case tuple():
            return ", ".join(value) or "none"
        case date():
            return value.isoformat()
    return str(value)
