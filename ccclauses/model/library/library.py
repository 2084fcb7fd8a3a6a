"""The clause library as a value: its clauses and the tables next to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

from ..diagnostic import Position, nearest
from .clause import EMPTY, Clause, EarlierValue, FailureSpec, Parameter, Part, T, Value
from .condition import ALWAYS, Condition
from .form import FULL, Form, Reason
from .signal import Signal


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

    With neither, the reason itself is reported whenever the condition holds, as a warning or a note.
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
