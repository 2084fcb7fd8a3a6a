"""The small predicate language of `applies_when`, `when` and constraints: facts, parameters, frameworks.

takes_payments                      a fact is true
not home_working                    a fact is not true
framework gdpr                      a framework is switched on
clause step-in                      a clause is in the annex
seats >= 50                         a number, period, sum or choice compared with a literal
backup_interval <= rpo              ... or with another name
{any: [...]}, {all: [...]}          either, or each; a bare list means `all`
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from .quantity import Duration, Money, Percentage

OPERATORS: dict[str, Callable[[object, object], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "!=": operator.ne,
    "=": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}
_NAME = r"[a-z][a-z0-9_]*"
_TEST = re.compile(
    rf"(?P<negated>not\s+)?(?:(?P<kind>framework|clause)\s+(?P<id>[a-z][a-z0-9_-]*)"
    rf"|(?P<name>{_NAME})(?:\s*(?P<operator><=|>=|!=|=|<|>)\s*(?P<operand>[^\s<>=!].*?))?)"
)


class ConditionError(ValueError):
    """A condition that is not of the language; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison, or the bare truth of a fact, framework or clause."""

    kind: Literal["name", "framework", "clause"]
    name: str
    operator: str = ""
    operand: str = ""
    negated: bool = False

    def __str__(self) -> str:
        head = self.name if self.kind == "name" else f"{self.kind} {self.name}"
        text = f"{head} {self.operator} {self.operand}" if self.operator else head
        return f"not {text}" if self.negated else text


@dataclass(frozen=True, slots=True)
class Condition:
    """Tests and nested conditions, joined by `all` or `any`; an empty `all` is always true."""

    join: Literal["all", "any"] = "all"
    parts: tuple[Test | Condition, ...] = ()

    def tests(self) -> Iterator[Test]:
        """Each single test, in reading order."""
        for part in self.parts:
            if isinstance(part, Test):
                yield part
            else:
                yield from part.tests()

    def __str__(self) -> str:
        texts = [str(p) if isinstance(p, Test) or len(p.parts) < 2 else f"({p})" for p in self.parts]
        return (" and " if self.join == "all" else " or ").join(texts)


ALWAYS = Condition()


def parse_test(text: str) -> Test:
    """Read one test; raise `ConditionError` when it is none."""
    match = _TEST.fullmatch(text.strip())
    if not match:
        raise ConditionError(
            "a condition is a fact, `not` a fact, `framework` or `clause` with its name, or a comparison such as `seats >= 50`"
        )
    return Test(
        match["kind"] or "name",  # type: ignore[arg-type]
        match["id"] or match["name"],
        match["operator"] or "",
        match["operand"] or "",
        bool(match["negated"]),
    )


def holds(condition: Condition, judge: Callable[[Test], bool]) -> bool:
    """Whether the condition is true when `judge` says of each test whether it is, leaving `not` to this function."""
    results = (judge(p) != p.negated if isinstance(p, Test) else holds(p, judge) for p in condition.parts)
    return all(results) if condition.join == "all" else any(results)


def comparable(value: object) -> object:
    """A value in a form that orders against others of its kind: hours for periods, plain numbers for the rest."""
    match value:
        case Duration():
            return value.hours
        case Money():
            return value.amount
        case Percentage():
            return value.value
    return value
