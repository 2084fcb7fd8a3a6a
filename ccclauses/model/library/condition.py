"""Conditions: the tests of `applies_when`, `when`, `limit`, `rule` and of `{% if %}` in clause texts, and how they hold.

takes_payments                            a fact or value is true: yes, not zero, not empty
not home_working                          … is not
framework("gdpr")                         a framework is switched on
has("step-in")                            a clause is in the annex
seats >= 50, notice <= "72 hours"         a value is compared with a literal of its kind, or with another value
law.id in ["DE", "FR"]                    … is one of several
"IN" in work_countries                    a list holds something
… and …, … or …, not (…)                  each, either, none

`syntax.conditions` reads them; docs/reference/conditions.md explains them to people. `not` before a bracket is carried to
the single tests, so that a condition is made of two kinds of nodes only.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, Union

from ..words.quantity import Duration, Money, Percentage

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "!=": operator.ne,
    "==": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}


@dataclass(frozen=True, slots=True)
class Named:
    """A name whose value is compared with: a fact, a parameter, a term of the deal, or what a law says (`law.family`)."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Written:
    """A literal as it is written; `quoted` tells `"72 hours"` and `"DE"` from `50` and `0.1`."""

    text: str
    quoted: bool = True

    def __str__(self) -> str:
        if not self.quoted:
            return self.text
        return f"'{self.text}'" if '"' in self.text else f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Listed:
    """Several literals or names of which one is meant: `["DE", "FR"]`."""

    items: tuple[Named | Written, ...]

    def __str__(self) -> str:
        return f"[{', '.join(map(str, self.items))}]"


Operand = Union[Named, Written, Listed]


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison, or the bare truth of a name, framework or clause.

    `operator` is empty for a bare truth; else one of `OPERATORS`, `in` (the value is among the operand's) or `contains`
    (the value is a list that holds the operand). `offset` is where it begins in the text it was read from.
    """

    kind: Literal["name", "framework", "clause"]
    name: str
    operator: str = ""
    operand: Operand | None = None
    negated: bool = False
    offset: int = field(default=0, compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The names whose values it asks for, in reading order."""
        if self.kind != "name":
            return ()
        items = self.operand.items if isinstance(self.operand, Listed) else (self.operand,)
        return (self.name, *(item.name for item in items if isinstance(item, Named)))

    def __str__(self) -> str:
        if self.kind != "name":
            text = f'{"has" if self.kind == "clause" else "framework"}("{self.name}")'
        elif self.operator in ("in", "contains"):
            sides = (self.name, self.operand) if self.operator == "in" else (self.operand, self.name)
            return f"{sides[0]} {'not ' if self.negated else ''}in {sides[1]}"
        else:
            text = f"{self.name} {self.operator} {self.operand}" if self.operator else self.name
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


def holds(condition: Condition, judge: Callable[[Test], bool]) -> bool:
    """Whether the condition is true when `judge` says of each test whether it is, leaving `not` to this function."""
    results = (judge(p) != p.negated if isinstance(p, Test) else holds(p, judge) for p in condition.parts)
    return all(results) if condition.join == "all" else any(results)


def comparable(value: object) -> Any:
    """A value in a form that orders against others of its kind: hours for periods, plain numbers for the rest."""
    match value:
        case Duration():
            return value.hours
        case Money():
            return value.amount
        case Percentage():
            return value.value
    return value
