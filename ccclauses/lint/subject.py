"""What rules are run over: the passages and sentences of a clause, an annex or any contract, with their places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..model.diagnostic import Diagnostic, Position, Severity
from ..model.library.clause import Clause, Duty
from ..model.library.library import Law, Library
from .sentences import split_sentences

# A drafting note is not a part of the contract.
_ASIDE = re.compile(r"\[[^\]]{60,}\]\.?|(?:Drafting [Nn]otes?|Notes?(?: to [Dd]raft(?:er)?)?): .*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph of a text. `lead` is the paragraph that a list item continues, `source` what is in the file."""

    text: str
    at: Position
    number: str = ""
    label: str = ""
    level: int = 0
    lead: str = ""
    heading: bool = False
    definition: bool = False
    registered: bool = False  # whether its duty is registered as data, with a deadline or why it has none
    source: tuple[str, ...] = ()  # the lines of the file, from that of `at` on
    printed: frozenset[str] = frozenset()  # parameters whose values it prints


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence and the passage it is in. `whole` begins with the lead of a list item."""

    text: str
    passage: Passage

    @property
    def whole(self) -> str:
        """The sentence with the words that introduce it when it is a list item."""
        return f"{self.passage.lead} {self.text}" if self.passage.lead else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule found: where, the words it is about, why, and what would be right."""

    message: str
    words: str = ""
    passage: Passage | None = None
    at: Position | None = None
    hint: str = ""
    severity: Severity | None = None  # None: that of the rule


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One text to be linted: a wording of a clause, an annex or a contract that somebody else wrote.

    `laws` are the governing laws under which the text may stand; `terms` the defined terms with their spellings.
    """

    name: str
    passages: tuple[Passage, ...]
    clause: Clause | None = None
    library: Library | None = None
    form: str = ""  # of the wording; empty for a text that any form may have
    laws: tuple[Law, ...] = ()
    terms: Mapping[str, str] = field(default_factory=dict)  # spelling → term
    defined: tuple[tuple[str, Position], ...] = ()  # terms that this text defines itself, in order
    schedules: frozenset[str] = frozenset()  # what the schedules outside the passages are called: "Schedule 2"
    house: bool = False  # whether our own rules of interpretation (days, "including") are in the document

    @property
    def duties(self) -> tuple[Duty, ...]:
        """The duties of the clause that hold in the form of this text."""
        duties = self.clause.duties if self.clause else ()
        return tuple(d for d in duties if not self.form or d.form in ("", self.form))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of every passage that is not a heading."""
        return tuple(
            Sentence(text=p.text[start:end], passage=p)
            for p in self.passages
            if not p.heading and not _ASIDE.fullmatch(p.text)
            for start, end in split_sentences(p.text)
        )

    @cached_property
    def text(self) -> str:
        """All passages in one text."""
        return "\n".join(p.text for p in self.passages)


def forms_of(term: str) -> tuple[str, ...]:
    """The spellings under which a defined term is used: itself, its plural and its singular."""
    forms = [term, f"{term}s", f"{term}es"]
    if term.endswith("y"):
        forms.append(f"{term[:-1]}ies")
    elif term.endswith("ies"):
        forms.append(f"{term[:-3]}y")
    elif term.endswith("s"):
        forms.append(term[:-1])
    return tuple(forms)


def place(finding: Finding, fallback: Position) -> Position:
    """Where a finding is shown: at its words in the source when they are found there, else at its passage."""
    if finding.at:
        return finding.at
    passage = finding.passage
    if passage is None:
        return fallback
    if finding.words:
        for offset, line in enumerate(passage.source):
            column = line.find(finding.words)
            if column >= 0:
                return Position(file=passage.at.file, line=passage.at.line + offset, column=column + 1)
    return passage.at


def diagnostic(finding: Finding, rule: str, severity: Severity, fallback: Position) -> Diagnostic:
    """A finding as a diagnostic."""
    return Diagnostic(
        rule=rule,
        message=finding.message,
        at=place(finding, fallback),
        severity=severity if finding.severity is None else finding.severity,
        hint=finding.hint,
    )
