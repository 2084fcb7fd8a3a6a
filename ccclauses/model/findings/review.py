"""What a review finds, as values: each difference with its clause, who made it, what it means and what to answer."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..library.signal import Callout
from .comparison import Exposure, WordChange

Source = Literal["silent", "tracked", "comment"]
ChangeKind = Literal[
    "reworded",
    "retitled",
    "deleted",
    "new",
    "moved",
    "split",
    "merged",
    "renumbered",
    "field",
    "hidden",
    "struck through",
    "comment",
    "file",
]
Match = Literal["anchor", "number and heading", "likeness", "none"]
QuantityKind = Literal["money", "percentage", "period", "date", "number", "choice", "party"]
Faces = tuple[
    tuple[int, ...], tuple[int, ...]
]  # units of the sent file, and those of the returned one that answer to them
Verdict = Literal["preferred", "better", "rung", "between", "unknown", "below walk-away"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityChange:
    """A value that differs, told as a value; `parameter` is the library's name for it where that is known."""

    kind: QuantityKind
    before: str
    after: str
    parameter: str = ""
    label: str = ""

    def __str__(self) -> str:
        named = f"{self.label}: " if self.label else ""
        if not self.before or not self.after:
            return f"{named}{self.before or self.after} {'dropped' if self.before else 'added'}"
        return f"{named}{self.before} → {self.after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a difference means against the library. `rung` names the posture that a value or wording equals."""

    verdict: Verdict
    rung: str = ""
    reason: str = ""
    breaks: tuple[str, ...] = ()  # constraints, framework references and other clauses that it breaks
    shareable: str = ""  # the reason that the other side may be reported

    @property
    def acceptable(self) -> bool:
        """Whether it is on the ladder and breaks nothing."""
        return self.verdict in ("preferred", "rung", "between", "better") and not self.breaks


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One difference: where it is, what stood there and what is there now. Texts are tidied: one kind of quote and space."""

    source: Source
    kind: ChangeKind
    section: str  # id of the clause, schedule or other part
    number: str = ""  # of the paragraph, as it was sent or, when new, as it came back
    what: str = ""  # what it is when it is not a paragraph: "row of a table", "header", "definition of Incident"
    before: str = ""
    after: str = ""
    words: tuple[WordChange, ...] = ()
    values: tuple[QuantityChange, ...] = ()
    callouts: tuple[Callout, ...] = ()  # triggers, conditions, parties and the like that its words change
    authors: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    places: tuple[str, ...] = ()  # every place, when one change was made in several
    remark: str = ""
    thread: tuple[str, ...] = ()  # the answers to a comment
    done: bool = False
    judgement: Judgement | None = None
    faces: tuple[Faces, ...] = ()  # for answering; the returned file's units are those that it has when read accepted

    @property
    def of(self) -> tuple[int, ...]:
        """Which units of the sent file it is about."""
        return tuple(i for of, _ in self.faces for i in of)

    @property
    def at(self) -> tuple[int, ...]:
        """Which units of the returned file it is about."""
        return tuple(j for _, at in self.faces for j in at)

    @property
    def takes_wording(self) -> bool:
        """Whether it is about one paragraph that is in the returned file, where other wording can take its place."""
        return len(self.at) == 1 and "row" not in self.what.split()


def state(finding: Finding) -> str:
    """What a finding makes of its clause: "silent reworded", "comment"."""
    return finding.kind if finding.source == "comment" else f"{finding.source} {finding.kind}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionReview:
    """A clause, schedule or other part: how it was found again, and what differs in it."""

    id: str
    kind: Literal["front", "clause", "schedule"]
    number: str
    title: str
    after_number: str = ""
    matched: Match = "none"
    findings: tuple[Finding, ...] = ()
    also: tuple[str, ...] = ()  # what a change that was made in many places did here too

    @property
    def states(self) -> tuple[str, ...]:
        """What happened to it in a few words, the worst first; "unchanged" when nothing did."""
        found = {state(f) for f in self.findings}
        return tuple(sorted(found | set(self.also), key=lambda s: (not s.startswith("silent"), s))) or ("unchanged",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Everything that came back, in the order of the annex that was sent."""

    sent: str
    returned: str
    sections: tuple[SectionReview, ...]
    notes: tuple[str, ...] = ()
    exposure_before: Exposure | None = None
    exposure_after: Exposure | None = None
    lint: tuple[str, ...] = ()  # findings of the linter that the returned text introduces
    standing: tuple[
        int, ...
    ] = ()  # for answering: the returned unit in the place of each sent one; -1 where none is there

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, silent ones first."""
        found = [f for s in self.sections for f in s.findings]
        return tuple(sorted(found, key=lambda f: ("silent", "tracked", "comment").index(f.source)))

    def numbered(self) -> list[tuple[int, Finding]]:
        """Every finding with the number by which reports and answers name it."""
        return list(enumerate(self.findings, 1))

    def count(self, source: Source) -> int:
        """How many findings are of that source."""
        return sum(f.source == source for f in self.findings)


Decision = Literal["accept", "refuse", "counter", "open"]
Done = Literal["left", "restored", "shown", "countered", "commented", "listed"]


def digests(findings: Sequence[Finding]) -> tuple[str, ...]:
    """A name for each finding that stays when others come or go: a digest of its place and words, counted where two are alike."""
    seen: Counter[str] = Counter()
    out = []
    for f in findings:
        words = "\x1f".join((f.source, f.kind, f.section, f.number, f.what, f.before, f.after))
        digest = hashlib.sha256(words.encode()).hexdigest()[:12]
        seen[digest] += 1
        out.append(digest if seen[digest] == 1 else f"{digest}-{seen[digest]}")
    return tuple(out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What somebody on our side is asked before we answer."""

    name: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What we answer to a finding. `reason` goes to the other side in a comment; `text` is our wording for a counter.

    `only_us` and `ask` stay on our side: why we answered so, and whom we ask first.
    """

    decision: Decision
    reason: str = ""
    text: str = ""
    only_us: str = ""
    ask: Query | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A finding with its answer, and what was done about it in the file: for our own side, never for the other."""

    number: int
    section: str
    title: str
    finding: Finding
    answer: Answer
    done: Done

    @property
    def is_open(self) -> bool:
        """Whether the two sides still have to agree on it."""
        return self.answer.decision != "accept"
