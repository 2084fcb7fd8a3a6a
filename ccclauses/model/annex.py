"""The annex: the one document in the middle, which `compose` makes, `read` recovers and every writer only reads.

Numbers and reference texts in it are computed, so a writer never counts; it also carries what a writer needs to
make them live again in Word (labels, anchors, the numbering scheme).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from datetime import date as Day  # the annex has a `date` of its own
from typing import Literal, Union

from .credits.credit import CreditRules, Sanction
from .diagnostic import Position
from .library.clause import EMPTY
from .library.clause import Value as ParameterValue
from .library.form import FULL
from .library.library import Numbering
from .obligation import Obligation
from .profile import Company, Contact, Role

ANCHOR_LIMIT = 40  # characters in a Word bookmark's name


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """The printed value of a parameter."""

    parameter: str
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """A use of the defined term `term`, printed as `text` (a plural, say)."""

    term: str
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A live reference to the paragraph, clause or schedule whose anchor is `target`.

    `noun` ("clause ", "Section ") is typed before the number; `text` is the number, computed in full context.
    """

    target: str
    noun: str
    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasised words."""

    text: str


Inline = Union[Text, Value, Term, Reference, Emphasis]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph. `level` 0 is unnumbered; 2, 3 and 4 are the levels below a heading. `number` is its own label, "(a)".

    `full_number` is the number as a reference gives it, "4.2(a)". `label` is the template's name for the paragraph and
    `anchor` the bookmark that references point to, empty where nothing does.
    """

    level: int = 0
    number: str = ""
    full_number: str = ""
    label: str = ""
    anchor: str = ""
    role: str = "body"  # the style role: body, lead, note, recital, example-step …
    inlines: tuple[Inline, ...]
    at: Position | None = None

    @property
    def text(self) -> str:
        """The words of the paragraph without its number."""
        return plain_text(self.inlines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table cell of one or more paragraphs' worth of inlines."""

    inlines: tuple[Inline, ...]

    @property
    def text(self) -> str:
        """The words of the cell."""
        return plain_text(self.inlines)


Align = Literal["left", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with one header row. `widths` are shares of the text width; `align` is left or right for each column."""

    title: str  # a short description, which is also the alternative text
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    align: tuple[Align, ...]
    at: Position | None = None


Block = Union[Paragraph, Table]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseBlock:
    """A clause as it appears in the annex: the number and title of its heading, its paragraphs and tables.

    A clause that is `joined` has no heading of its own: it goes on under that of the clause before it, whose number and
    title it bears, and its paragraphs are counted on.
    """

    id: str
    version: int
    topic: str
    group: str
    number: str  # as the heading prints it: "4", "§ 4", "Section 4."
    title: str
    anchor: str
    blocks: tuple[Block, ...]
    joined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionBlock:
    """A definition as it is in the annex."""

    term: str
    anchor: str
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A schedule: `id` names it, `number` is printed ("Schedule 2"), its paragraphs number afresh."""

    id: str
    number: str
    title: str
    anchor: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBlock:
    """A place to sign: on whose side, the words over it, and its lines, each a label and what is already filled in."""

    side: Role
    lead: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one place says of a parameter: the printed number of the paragraph, its words and their value."""

    place: str
    text: str
    value: ParameterValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A parameter as the annex holds it: its printed value, its typed value, the clause that prints it."""

    name: str
    label: str
    clause: str
    value: ParameterValue
    text: str
    stricter: Literal["lower", "higher", "none"] = "none"  # which direction protects the client more
    role: str = ""  # what the program needs it for (model.roles)
    apart: tuple[Said, ...] = ()  # each place with what it says, where the places of an agreed text differ

    def at(self, number: str) -> ParameterValue:
        """What counts in the paragraph of that number: what it or a paragraph below it says, else the value."""
        return next((s.value for s in self.apart if s.place == number or s.place.startswith(f"{number}(")), self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """A framework reference and the paragraphs (anchors) that answer it; none means it is not covered.

    `lacking` says what the annex would have to hold too; `deadline` is that of the framework, `own_deadline` what the
    annex promises in the paragraphs.
    """

    framework: str
    ref: str
    kind: str
    duty: str
    checked: str
    paragraphs: tuple[Reference, ...]
    evidence: str
    topics: tuple[str, ...]
    lacking: tuple[str, ...] = ()
    deadline: str = ""
    own_deadline: str = ""

    @property
    def state(self) -> Literal["covered", "partly", "open", "not asked"]:
        """Whether the annex meets the requirement, in part or not at all, or whether the deal does without it."""
        if self.paragraphs:
            return "partly" if self.lacking else "covered"
        return "open" if self.lacking else "not asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The annex as it stood before an amendment, and the last day on which it did."""

    annex: Annex
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """The whole annex, ready to be written; see the module."""

    title: str
    reference: str
    version: str
    date: date
    status: Literal["draft", "final"]
    classification: str
    language: str
    law: str
    currency: str
    calendar: str
    time_zone: str
    page: Literal["A4", "Letter"]
    numbering: Numbering
    client: Company
    provider: Company
    agreement: str
    contacts: tuple[Contact, ...]
    preliminaries: tuple[Block, ...]  # parties, background, operative words; a paragraph of role "heading" heads each
    key_terms: Table  # the deal
    groups: Mapping[str, str]  # id → heading, in order
    clauses: tuple[ClauseBlock, ...]
    definitions: tuple[DefinitionBlock, ...]
    schedules: tuple[Schedule, ...]
    signatures: bool
    key_values: tuple[Block, ...] = ()  # what follows the deal in the key terms: principal values, credits
    testimonium: tuple[Block, ...] = ()
    execution: tuple[SignatureBlock, ...] = ()
    headings: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    parameters: Mapping[str, Entry] = field(default_factory=lambda: EMPTY)
    obligations: tuple[Obligation, ...] = ()
    sanctions: Mapping[str, Sanction] = field(default_factory=lambda: EMPTY)
    credit_rules: CreditRules | None = None
    coverage: tuple[CoverageRow, ...] = ()
    terms: Mapping[str, str] = field(default_factory=lambda: EMPTY)  # our term → that of the agreement
    fingerprint: str = ""  # of library, profile and settings together
    form: str = FULL
    earlier: tuple[Earlier, ...] = ()  # of an amended annex: what it was before each amendment, oldest first
    services_start: Day | None = None  # of an amended annex, with which no profile is read
    term_months: int | None = None

    def on(self, day: Day) -> Annex:
        """The annex as it stood on a day: what a duty, a failure or a price of that day follows."""
        return next((e.annex for e in self.earlier if day <= e.until), self)

    @property
    def compact(self) -> bool:
        """Whether it is so short that it needs no contents list and no page of its own for its parts."""
        return self.form != FULL

    @property
    def headed(self) -> tuple[ClauseBlock, ...]:
        """The clauses with a heading and a number of their own, which are those that a reader counts."""
        return tuple(c for c in self.clauses if not c.joined)

    def playing(self, role: str) -> str:
        """The name of the parameter that plays a role (`model.roles`); empty when none of this annex does."""
        return next((e.name for e in self.parameters.values() if role and e.role == role), "")

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph of the preliminaries, clauses and schedules, in reading order."""
        for blocks in (self.preliminaries, *(c.blocks for c in self.clauses), *(s.blocks for s in self.schedules)):
            yield from (b for b in blocks if isinstance(b, Paragraph))


def plain_text(inlines: tuple[Inline, ...]) -> str:
    """The words of some inlines, references with their noun."""
    return "".join(i.noun + i.text if isinstance(i, Reference) else i.text for i in inlines)
