"""Whether a condition holds for one profile: what each name represents, and how two values compare."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Union

from ..model.diagnostic import nearest
from ..model.library.clause import Parameter, Value
from ..model.library.condition import OPERATORS, Condition, Listed, Named, Operand, Test, Written, comparable, holds
from ..model.words.periods import RHYTHMS
from ..model.words.quantity import Duration, Money, Percentage, QuantityError, parse_decimal

Compared = Union[Value, tuple[Value, ...]]  # what a comparison meets: a value, or several of which one is meant


class NotInForce(LookupError):
    """A condition names something that has no value here: a parameter of a clause that is not in the annex, say."""


class Incomparable(ValueError):
    """A condition compares two things that have no order between them; the message names both."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges conditions. `value` gives what a name represents, else raises `NotInForce`; `parameter` may give None."""

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

    def operand(self, test: Test) -> Compared:
        """The other side of a comparison: values, and literals typed by the name that they are compared with."""
        if isinstance(test.operand, Listed):
            return tuple(self._value(item, test.name) for item in test.operand.items)
        return self._value(test.operand, test.name)

    def _value(self, operand: Operand | None, name: str) -> Value:
        if isinstance(operand, Named):
            return self.value(operand.name)
        assert isinstance(operand, Written)
        parameter = self.parameter(name)
        return literal(operand, self.value(name), parameter.choices if parameter else {})

    def _choices(self, test: Test) -> Mapping[str, str]:
        return next((p.choices for name in test.names if (p := self.parameter(name)) and p.choices), {})


def literal(written: Written, like: Value, choices: Mapping[str, str] = MappingProxyType({})) -> Value:
    """A literal read as a value of the same type as `like`: a number is alone, all else in quotation marks."""
    text, number = written.text, isinstance(like, (int, Decimal)) and not isinstance(like, bool)
    try:
        if number != written.quoted and not isinstance(like, bool):
            match like:
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
                case _ if not choices or text in choices:
                    return text
    except (QuantityError, ValueError) as problem:
        raise Incomparable(f"{written} can't be compared with {said(like)}") from problem
    hint = nearest(text, choices)
    raise Incomparable(f"{written} can't be compared with {said(like)}{hint and f'; {hint}'}")


def compare(left: Compared, sign: str, right: Compared, choices: Mapping[str, str] = MappingProxyType({})) -> bool:
    """Whether `left sign right`; choices order by their place in `choices`, and `in` looks for each item of a list."""
    if sign == "contains":
        return compare(right, "in", left, choices)
    if sign == "in":
        if not isinstance(right, tuple):
            raise Incomparable(f"{said(right)} is not a list")
        return all(
            any(compare(l, "==", r, choices) for r in right) for l in (left if isinstance(left, tuple) else (left,))
        )
    if isinstance(left, str) and isinstance(right, Duration):
        left = RHYTHMS.get(left, left)
    if isinstance(right, str) and isinstance(left, Duration):
        right = RHYTHMS.get(right, right)
    if _kind(left) is not _kind(right) or (isinstance(left, tuple) and sign not in ("==", "!=")):
        raise Incomparable(f"{said(left)} can't be compared with {said(right)}")
    if isinstance(left, Money) and isinstance(right, Money) and left.currency and right.currency:
        if left.currency != right.currency:
            raise Incomparable(f"{said(left)} can't be compared with {said(right)}")
    one, other = comparable(left), comparable(right)
    if isinstance(one, str) and sign not in ("==", "!="):
        order = list(choices)
        if one not in order or other not in order:
            raise Incomparable(f"`{one}` and `{other}` have no order")
        one, other = order.index(one), order.index(other)
    return OPERATORS[sign](one, other)


def _kind(value: Compared) -> type:
    return Decimal if isinstance(value, int) and not isinstance(value, bool) else type(value)


def said(value: Compared) -> str:
    """A value in a message, in the words of the profile."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Duration() | Money() | Percentage():
            return value.wording()
        case tuple():
            return ", ".join(map(str, value)) or "none"
        case date():
            return value.isoformat()
    return str(value)
