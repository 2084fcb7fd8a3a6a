"""What is judged of a supplier's own paper: the cues, the passages, and the answer to each question.

A cue is data that lawyers own: which words, in whose mouth, answer a question of our position. The text it is held
against is lower case, with the parties written SUPPLIER, CLIENT and SUBP, numbers in digits and blanks as BLANK.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..diagnostic import Position
from ..library.clause import EMPTY

AssessVerdict = Literal["met", "partly", "missing", "unsure"]
ValueKind = Literal["period", "interval", "rate", "money", "percent", "named"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A regular expression as written, compiled with its concepts filled in; `near` lets it match in the context too."""

    written: str
    regex: re.Pattern[str]
    near: bool = False
    at: Position

    def __str__(self) -> str:
        return f"~{self.written}" if self.near else self.written


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words that answer a question when they all stand together in one sentence; `unless` lets the cue fail."""

    words: tuple[Pattern, ...]
    weight: float
    unless: tuple[Pattern, ...] = ()
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueCue:
    """Which value a sentence states: its kind, the words it is near, and the words before or after which it is another.

    `names` maps a pattern to the name that it represents, for values that are no quantity: AES-256, France.
    """

    kind: ValueKind
    near: tuple[Pattern, ...] = ()
    avoid: tuple[Pattern, ...] = ()
    names: tuple[tuple[Pattern, str], ...] = ()
    needed: bool = True  # whether words without a value are less than we ask


@dataclass(frozen=True, slots=True, kw_only=True)
class CueExample:
    """A sentence of somebody's paper and what must be found in it."""

    text: str
    verdict: AssessVerdict
    value: str = ""
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A point of our position that a paper may answer, with everything by which the answer is found and judged.

    `met` are words of which one must be there for more than `partly`; `elsewhere` may stand anywhere in the paper, each
    of them must. `weak` words make it partly; `against` words say the opposite of what we ask. `count` are things of
    which `enough` must be named. `client` is true where the client's own duty or right answers.
    """

    id: str
    clause: str
    ask: str
    answers: tuple[str, ...] = ()  # the labels of the clause's paragraphs that say it
    parameter: str = ""
    find: tuple[Cue, ...]
    under: tuple[Pattern, ...] = ()  # words of the headings above it
    never: tuple[Pattern, ...] = ()
    tell: tuple[tuple[Pattern, float], ...] = ()
    value: ValueCue | None = None
    default: AssessVerdict = "met"
    met: tuple[Pattern, ...] = ()
    elsewhere: tuple[Pattern, ...] = ()
    weak: tuple[Pattern, ...] = ()
    against: tuple[Pattern, ...] = ()
    count: tuple[Pattern, ...] = ()
    enough: int = 0
    client: bool = False
    statement: bool = False  # a plain statement without a promise will do
    sure: float = 0.0  # the score below which it is unsure, not met
    harmless: tuple[Pattern, ...] = ()  # hedges and conditions that change nothing about this question
    why: str = ""  # why it matters, in a line for people
    abroad: tuple[tuple[str, Pattern], ...] = ()  # language → words by which its passages are shown, not judged
    examples: tuple[CueExample, ...] = ()
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What weakens any promise, whatever it is about: hedges, rights taken back, conditions that are harmless."""

    hedges: tuple[Pattern, ...] = ()
    taken_back: tuple[Pattern, ...] = ()
    conditions: tuple[Pattern, ...] = ()
    harmless: tuple[Pattern, ...] = ()
    no_promise: tuple[Pattern, ...] = ()
    apart: tuple[Pattern, ...] = ()  # headings under which nothing is answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """All cues of a library: the questions in order, the concepts that their patterns may name, the common habits."""

    questions: Mapping[str, Question] = field(default_factory=lambda: EMPTY)
    concepts: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    habits: Habits = Habits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph of a paper as it is read: its words, the number that a person sees, and whether it is a heading."""

    text: str
    number: str = ""
    heading: bool = False
    contents: bool = False
    row: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence: as it is written, as cues read it, and the words around it that give it its scope."""

    passage: int  # index of its passage
    text: str
    plain: str
    head: str = ""  # the heading that it is under and the title of its paragraph, as cues read them
    context: str = ""
    scope: str = ""  # of the context: the lead-in, whose parties are those of the sentence too


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph of a paper: where it is, under which heading, which lead-in it belongs to, and what it is."""

    index: int
    number: str
    text: str
    heading: str = ""
    lead: int = -1  # index of the passage that leads the list in, -1 outside lists
    kind: Literal["text", "heading", "item", "definition", "contents", "row"] = "text"
    embedded: bool = False  # within standard clauses that the paper repeats


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper ready to be judged. `notes` say what a reader must know first: language, roles, age."""

    name: str
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]
    blocks: Mapping[int, str]  # of each passage: what cues read of it with its lead-in and its list
    language: str = "en"
    supplier: tuple[str, ...] = ()
    client: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A value that a sentence states: its words, its number and unit, and when its clock starts."""

    text: str
    number: float | None = None
    unit: str = ""
    clock: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A sentence that answers a question: how well, by which words."""

    sentence: Sentence
    score: float
    cue: Cue
    words: tuple[str, ...]  # what each pattern of the cue matched


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAnswer:
    """What a paper says to a question. `found` is the best first; `reasons` say which rule decided."""

    question: Question
    verdict: AssessVerdict
    rung: str = ""
    value: Stated | None = None
    found: tuple[Found, ...] = ()
    reasons: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    nearest: Sentence | None = None  # of a missing answer: the passage that comes closest


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A paper judged."""

    paper: Paper
    answers: tuple[PaperAnswer, ...]


Harm = Literal["mandatory", "below", "missing", "partly", "unsure", "met"]
HARMS: Mapping[Harm, str] = {
    "mandatory": "required by a framework that applies, and not met",
    "below": "below our walk-away",
    "missing": "not found",
    "partly": "partly met",
    "unsure": "to be read by a person",
    "met": "met",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person decided about an answer: the verdict that holds, and why. `was` is what the program said then."""

    verdict: AssessVerdict
    was: AssessVerdict
    why: str = ""

    def __str__(self) -> str:
        said = "accepted by a person" if self.verdict == self.was else f"set by a person; the program said {self.was}"
        return f"{said}: {self.why}" if self.why else said


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A paragraph of ours that would answer: its number in our annex and its words."""

    number: str
    text: str
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedPoint:
    """One line of the report: what they say, what we ask, what it answers in the frameworks, what to propose."""

    number: int
    answer: PaperAnswer
    title: str
    harm: Harm
    ours: str = ""
    required: tuple[str, ...] = ()  # references of frameworks that are on: "EU GDPR Art 33(2)"
    wording: tuple[Wording, ...] = ()
    correction: Correction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkLine:
    """How far their paper answers one reference of a framework that is on."""

    framework: str
    ref: str
    duty: str
    verdict: Literal["met", "partly", "missing", "unsure", "not asked"]
    points: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedPaper:
    """Everything that a report on one paper says."""

    paper: Paper
    points: tuple[AssessedPoint, ...]
    coverage: tuple[FrameworkLine, ...] = ()

    def count(self, verdict: AssessVerdict) -> int:
        """How many points have that verdict."""
        return sum(p.answer.verdict == verdict for p in self.points)
