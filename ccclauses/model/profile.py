"""What a client asks for (`Profile`) and what the library makes of it (`Resolution`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Day
from typing import Literal

from .diagnostic import Position
from .library.clause import EMPTY, Clause, Parameter, Value, Variant
from .library.form import FULL, Form
from .library.library import Definition, Law, Library, Numbering, Posture
from .words.quantity import Money

Role = Literal["client", "provider"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A party: its particulars as a contract states them, its country (ISO 3166-1) and signatories (name, capacity)."""

    name: str
    form: str = ""  # its legal form where the name doesn't tell: "a Delaware limited liability company"
    registration: str = ""  # register and number
    address: str = ""  # of the registered office
    represented_by: str = ""  # who acts for it under its constitution: "its Managing Director, Dr. Eva Braun"
    country: str
    signatories: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person to reach, for the contacts schedule."""

    party: Role
    role: str
    name: str
    email: str = ""
    phone: str = ""
    stand_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place of work or storage; `country` is ISO 3166-1."""

    name: str
    address: str = ""
    country: str
    purpose: str = ""
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A system in use at the start of the Services: what is kept in it, and what of it is backed up.

    `party` provides it: a Client System is the client's, a Provider System that of the provider or a subcontractor.
    `keeps` is empty for a system that keeps no Client Data; `backup` is "yes", "no" or "configuration".
    """

    party: Role = "provider"
    name: str
    keeps: str = ""
    backup: str = "no"
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Subcontractor:
    """An authorised subcontractor; `country` is ISO 3166-1."""

    name: str
    service: str
    country: str
    data: str = ""
    address: str = ""
    contact: str = ""  # the person to reach
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Processing:
    """The description of the processing that data protection law asks a contract to give."""

    subject: str = ""
    duration: str = ""
    nature: str = ""
    purpose: str = ""
    data: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A profile's value as it was written, typed, with its place.

    A fact that the client does not know is `unknown`, and its value the one that the library assumes then.
    """

    value: Value
    at: Position
    unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """What a deal still lacks before it can be signed.

    A value is `missing` and printed as the bracket `printed`, a fact is `assumed` because nobody knows it yet, or a sum is
    a `placeholder` of the library that nobody has confirmed. `path` is the dotted key at which it is answered, `label` what
    a person calls it, `why` what it is needed for.
    """

    path: str
    label: str
    kind: Literal["missing", "assumed", "placeholder"]
    printed: str
    at: Position
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureTerms:
    """What a profile agrees for one failure alone; what is None or empty stays as the library has it."""

    rate: Money | None = None
    per: str = ""  # certificate; day, hour or Business Day; certificate and day
    tolerance: int = 0  # of a calendar month, without a credit
    tolerance_of: str = ""  # what it counts, as written: "agent-days"; the units where nothing is
    event_cap: Money | None = None  # what its credits of a calendar month come to at most
    cls: str = ""
    unit: str = ""
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A requirements profile: parties, law, facts, frameworks, posture, settings. Right by construction after `load`."""

    file: str
    title: str
    reference: str
    version: str
    date: Day  # `Day.min` while it is open
    status: Literal["draft", "final"]
    classification: str
    agreement: str  # title of the master agreement
    agreement_reference: str
    agreement_date: Day | None
    client: Company
    provider: Company
    law: str
    language: str  # BCP 47
    calendar: str  # ISO 3166 place of the Business Days, such as GB-ENG
    time_zone: str  # IANA
    currency: str  # ISO 4217
    monthly_charges: Money | None
    term_start: Day | None
    term_months: int | None
    frameworks: tuple[str, ...]
    facts: Mapping[str, Asked]
    posture: str
    postures: Mapping[str, str]  # by topic
    include: Mapping[str, Position]
    exclude: Mapping[str, tuple[str, Position]]  # reason
    settings: Mapping[str, Asked]
    libraries: tuple[str, ...]
    template: str
    page: Literal["A4", "Letter"]
    approved_only: bool
    signatures: bool
    form: str = FULL
    max_pages: int | None = None
    deed: bool = False  # the parties execute the annex as a deed, where the law has deeds
    attach: tuple[str, ...] = ()  # tables of the handbook that the parties want in the contract: compliance_matrix
    contacts: tuple[Contact, ...]
    sites: tuple[Site, ...]
    subcontractors: tuple[Subcontractor, ...]
    systems: tuple[System, ...] = ()
    processing: Processing
    credits: Mapping[str, Asked] = field(default_factory=lambda: EMPTY)
    terms: Mapping[str, str] = field(default_factory=lambda: EMPTY)  # our term → that of the agreement
    failures: Mapping[str, FailureTerms] = field(default_factory=lambda: EMPTY)
    open: frozenset[str] = frozenset()  # law, currency, time_zone: those that represent what nobody has said
    confirmed: frozenset[str] = frozenset()  # sums of the library that the client has confirmed, by name
    places: Mapping[str, Position] = field(default_factory=lambda: EMPTY)
    unread: frozenset[str] = frozenset()  # settings, facts and keys that could not be read, of a profile with errors
    fingerprint: str = ""  # SHA-256 of the files it was read from

    def at(self, key: str) -> Position:
        """Where `key` (such as "law" or "parties.client") is in the file; its first line when it is not written."""
        return self.places.get(key, Position(file=self.file))


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The value in force of a parameter, where it came from, and the rule that drove it when one did."""

    parameter: Parameter
    value: Value
    source: Literal["profile", "variant", "posture", "constraint", "open"]  # open: nobody has given a value yet
    because: str  # one sentence for `explain`
    at: Position  # the profile line, the variant, the parameter or the constraint


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedClause:
    """A clause that is in the annex: its chosen variant and posture, and each reason why it is in.

    `heading` is what the annex prints above it: its own title, or that of an outline. A clause that is `joined` to the one
    before it has that one's heading, and its paragraphs are counted on. `chosen_by` says what decided the wording.
    """

    clause: Clause
    variant: Variant
    posture: str
    because: tuple[str, ...]
    heading: str
    joined: bool = False
    chosen_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A clause that is not in the annex, and why."""

    clause: Clause
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a profile comes to: the clauses in annex order, every setting with its source, the definitions that may be used."""

    profile: Profile
    library: Library
    law: Law
    numbering: Numbering
    postures: Mapping[str, Posture]
    clauses: tuple[ResolvedClause, ...]
    left_out: tuple[LeftOut, ...]
    settings: Mapping[str, Setting]
    facts: Mapping[str, Value]
    definitions: tuple[Definition, ...]

    @property
    def form(self) -> Form:
        """The form of the annex."""
        return self.library.forms[self.profile.form]
