"""The clause library as values: clauses with their variants, parameters, duties and failures, and the tables beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal, TypeVar, Union

from .condition import ALWAYS, Condition
from .counting import CountsFrom
from .diagnostic import Position, nearest
from .form import FULL, Form, Reason
from .quantity import Duration, Money, Percentage
from .signal import Signal

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
    """An obligation of a clause, as data beside the paragraph that states it; all eight slots of an enforceable duty.

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
    any_other: bool = False  # stands for every deadline of the provider that no other failure names
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Negotiation:
    """Notes for the negotiator: internal, save `shareable`, the reason that the counterparty may be told."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject of the library: its heading, its group in the annex, its order."""

    id: str
    title: str
    group: str
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A defined term; `text` is a template, `forms` are other spellings of the same term, such as the plural."""

    term: str
    forms: tuple[str, ...] = ()
    text: str
    text_line: int
    text_column: int = 1
    when: Condition = ALWAYS
    statutory: bool = False
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkReference:
    """One requirement of a framework; `duty` paraphrases it, `checked` says how its source was seen."""

    id: str
    ref: str
    kind: Literal["contract_term", "control", "deadline", "guidance"]
    duty: str
    topics: tuple[str, ...]
    deadline: str = ""
    rules: tuple[str, ...] = ()  # constraints that must hold too before the annex meets it
    checked: Literal["primary", "secondary", "unchecked"]
    checked_on: date | None = None  # where it was not with the rest of its framework
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """A law or standard that a profile may switch on."""

    id: str
    title: str
    short: str
    jurisdiction: str
    note: str
    references: Mapping[str, FrameworkReference]  # by ref
    suggest_when: tuple[Reason, ...] = ()  # when it is put to a client who has not switched it on, and why
    source: str = ""  # where its text is published
    checked_on: date | None = None  # when its requirements were last held against it
    at: Position

    def checked(self, reference: FrameworkReference) -> date | None:
        """When a requirement was last held against its source; None where it never was, or nobody wrote it down."""
        return None if reference.checked == "unchecked" else reference.checked_on or self.checked_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a numbering scheme in Word's own terms, and the word that a reference puts before it."""

    format: Literal["decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman"]
    text: str  # with %1 for the number of level 1
    noun: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """How a law's annexes count clauses (four levels) and schedules (the heading and three levels below)."""

    clause: tuple[Level, ...]
    schedule: tuple[Level, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A governing law: what is data about it. `id` is ISO 3166 (GB-EAW, US-NY, DE); `family` groups laws for wording."""

    id: str
    name: str  # "the law of England and Wales"
    short: str
    family: str
    numbering: str
    page: Literal["A4", "Letter"]
    language: str
    credit_label: str
    damages: Literal["in_addition", "credited", "exhausts", "excluded", "election"]
    switches: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    warnings: tuple[str, ...] = ()
    source: str = ""  # where its statutes and judgments are published
    checked_on: date | None = None  # when what is said of it was last held against them
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something about the deal that decides which clauses apply; `question` asks for it at intake and `why` says what for.

    `unknown` is what is assumed while the client does not know: the side that protects it. A fact with a `label` is a term
    of the deal too, and the key terms print it under that name.
    """

    name: str
    type: Literal["boolean", "integer", "choice"]
    question: str
    default: Value
    unknown: Value | None = None  # None, in a library of one's own that does not say: the default
    why: str = ""
    choices: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    label: str = ""
    at: Position

    @property
    def assumed(self) -> Value:
        """What is taken for true while nobody knows."""
        return self.default if self.unknown is None else self.unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """A rule over values. `limit` caps one parameter; `rule` must hold among several; each applies `when` its condition does.

    With neither, the reason itself is told whenever the condition holds, as a warning or a note.
    """

    id: str
    when: Condition = ALWAYS
    limit: Condition | None = None
    rule: Condition | None = None
    severity: Literal["error", "warning", "note"]
    reason: str
    source: str
    checked_on: date | None = None  # when it was last held against its source
    at: Position

    @property
    def of_law(self) -> bool:
        """Whether it rests on a law or standard, and not on the practice of drafting alone."""
        return not self.source.startswith("drafting practice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Posture:
    """A negotiating position, from the strictest (order 0) to the loosest; each is the fallback of the one before."""

    id: str
    label: str
    meaning: str
    order: int


_FULL_FORM = Form(
    id=FULL, title="Full form", meaning="Each clause whole, under a heading of its own.", at=Position(file="")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Everything that a clause library holds; `fingerprint` is the SHA-256 of its files."""

    clauses: Mapping[str, Clause]
    topics: Mapping[str, Topic]
    groups: Mapping[str, str]
    headings: Mapping[str, str]  # of the groups that have a heading of their own in an annex
    postures: Mapping[str, Posture]
    definitions: Mapping[str, Definition]
    frameworks: Mapping[str, Framework]
    laws: Mapping[str, Law]
    numberings: Mapping[str, Numbering]
    facts: Mapping[str, Fact]
    constraints: tuple[Constraint, ...]
    forms: Mapping[str, Form] = field(default_factory=lambda: EMPTY)
    earlier_values: Mapping[str, EarlierValue] = field(default_factory=lambda: EMPTY)  # by name
    signals: tuple[Signal, ...] = ()  # words whose change a review calls out
    frame: tuple[Part, ...] = ()  # the texts around the clauses: headings, how to read the annex, the schedules
    fingerprint: str
    scaled_for: str = ""  # the currency in whose size its sums stand; empty for the sums as its files have them
    owners: Mapping[str, Clause] = field(init=False, repr=False, compare=False)  # of each parameter
    roles: Mapping[str, str] = field(
        init=False, repr=False, compare=False
    )  # role → name of the parameter that plays it

    def __post_init__(self) -> None:
        owners = {name: clause for clause in self.clauses.values() for name in clause.parameters}
        object.__setattr__(self, "owners", MappingProxyType(owners))
        roles = {p.role: p.name for clause in self.clauses.values() for p in clause.parameters.values() if p.role}
        object.__setattr__(self, "roles", MappingProxyType(roles))
        if FULL not in self.forms:
            object.__setattr__(self, "forms", MappingProxyType({FULL: _FULL_FORM, **self.forms}))

    @property
    def terms(self) -> tuple[str, ...]:
        """The defined terms, each once; a term may have a definition for each form."""
        return tuple(dict.fromkeys(d.term for d in self.definitions.values()))

    @property
    def languages(self) -> frozenset[str]:
        """The languages that clauses have wordings in (BCP 47)."""
        return frozenset(v.language for clause in self.clauses.values() for v in clause.variants)

    @property
    def failures(self) -> Mapping[str, FailureSpec]:
        """The failures of all clauses that carry a credit; names are unique across the library."""
        return {name: spec for clause in self.clauses.values() for name, spec in clause.failures.items()}

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name; names are unique across the library."""
        owner = self.owners.get(name)
        return owner.parameters[name] if owner else None

    def by_role(self, values: Mapping[str, T]) -> dict[str, T]:
        """What is known of parameters, by name, as what is known of the roles that they play."""
        return {role: values[name] for role, name in self.roles.items() if name in values}

    def now(self, id_: str) -> tuple[str, ...]:
        """The clauses that took over one that the library no longer has, in the order of the library."""
        return tuple(clause.id for clause in self.clauses.values() if id_ in clause.formerly)

    def nearest_clause(self, id_: str) -> str:
        """For an id that the library does not have, what to write instead; an empty string if nothing is near."""
        now = " and ".join(f"`{clause}`" for clause in self.now(id_))
        return f"the earlier clause `{id_}` is now part of {now}" if now else nearest(id_, self.clauses)

    def owner(self, name: str) -> Clause | None:
        """The clause to which the parameter of that name belongs."""
        return self.owners.get(name)


_LAW_FIELDS = frozenset(("id", "family", "name", "short", "credit_label", "damages", "language"))


def is_law_value(law: Law, key: str) -> bool:
    """Whether `law.key` is something that clause texts and conditions may name."""
    return key in _LAW_FIELDS or key in law.switches


def law_value(law: Law, key: str) -> str:
    """What `law.key` is: a field of the law, or one of its switches; raises KeyError for neither."""
    return getattr(law, key) if key in _LAW_FIELDS else law.switches[key]


def closest(laws: tuple[str, ...], law: Law) -> int:
    """How well a wording's laws suit a governing law: 3 by its id, 2 by its family, 1 when for any law, 0 not at all."""
    if law.id in laws:
        return 3
    if law.family in laws:
        return 2
    return 0 if laws else 1
