"""The clause library as values: clauses with their variants, parameters, duties and failures, and the tables next to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal, TypeVar, Union

from ..diagnostic import Position
from ..words.quantity import Duration, Money, Percentage
from .condition import ALWAYS, Condition
from .counting import CountsFrom
from .form import FULL

ParameterType = Literal[
    "text", "integer", "decimal", "boolean", "duration", "money", "percentage", "date", "choice", "list", "countries"
]
Value = Union[str, int, Decimal, bool, Duration, Money, Percentage, date, tuple[str, ...]]
Party = Literal["provider", "client"]

T = TypeVar("T")
EMPTY: Mapping[Any, Any] = MappingProxyType({})
_INCLUDED = re.compile(r'{%-?\s*include\s+"([^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value that a profile may set; `values` holds one for each posture.

    `minimum` and `maximum` bound it, `choices` maps each allowed choice to its printed wording, and
    `stricter` says which direction protects the client more. `zero` is what a value of zero means.
    """

    name: str
    type: ParameterType
    label: str
    values: Mapping[str, Value]
    unit: str = ""  # what an integer, decimal, percentage or sum counts: "calls per month", "of Desktops"
    minimum: Value | None = None
    maximum: Value | None = None
    choices: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    stricter: Literal["lower", "higher", "none"] = "none"
    zero: str = ""
    key_terms: Literal["", "deal", "principal", "full"] = ""  # in which part of the key terms it is printed
    role: str = ""  # what the program needs it for (model.roles), whatever its name
    note: str = ""
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierValue:
    """What annexes of an earlier library called a value; `type` is empty where the library still has a parameter of that name."""

    name: str
    labels: tuple[str, ...]
    type: ParameterType | Literal[""] = ""
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A named fragment whose wording depends on the governing law and the form; no laws, no form: any."""

    name: str
    laws: tuple[str, ...] = ()
    form: str = ""
    text: str
    text_line: int  # the line of the file on which `text` begins
    text_column: int = 1  # and the column at which its lines begin
    note: str = ""
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One wording of a clause: for its postures, under its laws (none means any), in its language, for its form."""

    postures: tuple[str, ...]
    laws: tuple[str, ...] = ()
    language: str = "en"
    form: str = FULL
    text: str
    text_line: int
    text_column: int = 1
    settings: Mapping[str, Value] = field(default_factory=lambda: EMPTY)
    note: str = ""  # internal, never printed in an annex
    at: Position


@dataclass(frozen=True, slots=True)
class FixedPeriod:
    """A period that a duty states itself and no parameter sets; its paragraph says it too."""

    period: Duration
    at: Position

    def __str__(self) -> str:
        return self.period.wording()


Due = Union[str, FixedPeriod]  # the name of a parameter, or the period itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """An obligation of a clause, as data next to the paragraph that states it; all eight slots of an enforceable duty.

    The deadline is one of: `within` a period after the trigger, `every` period (with `within` after its end, or `before`
    it), `before` (a period ahead of the trigger), or `standing` with the words that say why it has none. Its dates are
    counted from `counts_from`; None when it has none. `first` says by when after the start of the Services what counts from
    the previous act is done for the first time. The trigger is words, and nothing is calculated from it.
    """

    paragraph: str
    obligor: Party = "provider"
    action: str
    object: str
    trigger: str
    counts_from: CountsFrom | None = None
    within: Due = ""
    every: Due = ""
    first: Due = ""
    before: Due = ""
    standing: str = ""
    evidence: str
    check: str  # label of the paragraph that gives the other party its right to verify
    consequence: str  # label of the paragraph that says what follows a failure
    failure: str = ""
    when: Condition = ALWAYS
    postures: tuple[str, ...] = ()
    form: str = ""  # the form whose wording states it so; empty: any that prints its paragraph
    at: Position

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters on which its deadline rests."""
        return tuple(d for d in (self.every, self.first, self.within, self.before) if d and isinstance(d, str))


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureSpec:
    """A failure that carries a credit: its class and what is counted; `model.credit` makes a sanction of it.

    `notice` is late notice of a Security Breach, with caps of its own. Class B is counted by started days and C by
    Business Days; A by calendar months in which an act is done or continues, or by started hours.
    """

    name: str
    label: str
    paragraph: str  # label of the paragraph that carries the duty
    cls: Literal["notice", "A", "B", "C"]
    unit: str  # what is counted, in the singular: person, Device, system, Security Breach, report
    per: Literal["act", "hour"] = "act"  # of class A alone
    any_other: bool = False  # represents every deadline of the provider that no other failure names
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Negotiation:
    """Notes for the negotiator: internal, save `shareable`, the reason that the counterparty may be reported."""

    preferred: str = ""
    acceptable: str = ""
    walk_away: str = ""
    shareable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Why a version of a clause differs from the one before, in words that a board and a counterparty may read."""

    version: int
    reason: str

    def __str__(self) -> str:
        return f"version {self.version}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause of the library with all its variants, in falling order: each is the fallback of the one above."""

    id: str
    version: int
    changes: tuple[Change, ...] = ()  # internal, never printed in an annex; by version
    title: str
    topic: str
    purpose: str
    summary: str = ""
    negotiation: Negotiation = Negotiation()
    notes: str = ""
    applies_when: Condition = ALWAYS
    requires: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    extends: str = ""
    formerly: tuple[str, ...] = ()  # ids of earlier clauses that were renamed to this one, merged into it or divided
    maps_to: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=lambda: EMPTY)
    parameters: Mapping[str, Parameter] = field(default_factory=lambda: EMPTY)
    failures: Mapping[str, FailureSpec] = field(default_factory=lambda: EMPTY)
    parts: tuple[Part, ...] = ()
    variants: tuple[Variant, ...] = ()
    duties: tuple[Duty, ...] = ()
    allow: tuple[Allowance, ...] = ()
    review_months: int = 12
    replaces: Clause | None = None  # the shipped clause that a client's own library replaces
    at: Position

    def failure_of(self, duty: Duty) -> str:
        """The failure that carries a credit for a duty: the one that it names, else that of its paragraph."""
        at_paragraph = (name for name, spec in self.failures.items() if spec.paragraph == duty.paragraph)
        return duty.failure or next(at_paragraph, "")

    @property
    def texts(self) -> tuple[Variant | Part, ...]:
        """Every text of the clause: its wordings, then its parts."""
        return (*self.variants, *self.parts)

    def texts_of(self, form: str) -> tuple[Variant | Part, ...]:
        """The wordings that an annex of this form may print and the parts that they include; of every form when it is empty."""
        if not form:
            return (*self.parts, *self.variants)
        found: list[Variant | Part] = [v for v in self.variants if v.form == form]
        parts = [p for p in self.parts if p.form in ("", form)]
        for text in found:  # grows by the parts that a text includes, which may include others
            named = set(_INCLUDED.findall(text.text))
            found += [p for p in parts if p.name in named and p not in found]
        return tuple(found)

    def worded(self, form: str) -> bool:
        """Whether the clause has a wording for a form."""
        return any(v.form == form for v in self.variants)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """A lint rule that a clause may break, where, and why."""

    rule: str
    reason: str
    text: str = ""  # words that the finding must contain; empty means anywhere in the clause
    at: Position
