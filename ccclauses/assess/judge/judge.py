"""Found sentences → the answer: met, partly, missing or unsure, with the value, the rung and the rule that decided.

Nothing is called met by the words alone: hedges, rights taken back, blanks, the contrary and any condition that is not
known to be harmless come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...model.findings.assessment import AssessVerdict, Cues, Found, Habits, PaperAnswer, Pattern, Question, Stated
from ...model.library.library import Library
from .find import Finder, nearest_of, spoken
from .rung import BELOW, rung_of
from .values import value_of

_MARGIN = 1.0  # how far below the best a passage may be and still have a say
_BESIDE = 6  # paragraphs around the best in which a right is taken back
_TAKEN = frozenset(("contrary", "taken back"))
_MARGIN_OF_VALUE = 0.8  # the same, for one that decides because it states a value
_SURE = 3.0  # words without a value must answer at least so well to be called met
_AROUND = 1800  # characters of the paragraph, with its list, in which a sentence is read
_BLANK = re.compile(r"\bBLANK\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What one passage comes to."""

    verdict: AssessVerdict
    rung: str
    value: Stated | None
    reasons: tuple[str, ...]
    flags: tuple[str, ...]


def answer(question: Question, finder: Finder, cues: Cues, library: Library) -> PaperAnswer:
    """What the paper says to the question."""
    found = finder.find(question)
    good = spoken(found)
    if not good:
        return PaperAnswer(
            question=question, verdict="missing", nearest=found[0].sentence if found else nearest_of(finder, question),
            reasons=("nothing in the paper answers",),
        )  # fmt: skip
    near = [f for f in good if f.score >= good[0].score - _MARGIN][:3]
    beside = [f for f in good if f not in near and abs(f.sentence.passage - good[0].sentence.passage) <= _BESIDE][:5]
    rulings = [(f, _rule(question, f, finder, cues.habits, library)) for f in near]
    taken = [(f, r) for f in beside if _TAKEN & {*(r := _rule(question, f, finder, cues.habits, library)).flags}]
    best, ruling = _deciding(question, [*rulings, *taken])
    ordered = (best, *(f for f in found if f is not best))  # also those that would not do alone: a person sees three
    return PaperAnswer(
        question=question, verdict=ruling.verdict, rung=ruling.rung, value=ruling.value, found=ordered[:3],
        reasons=ruling.reasons, flags=ruling.flags,
    )  # fmt: skip


def _deciding(question: Question, rulings: Sequence[tuple[Found, Ruling]]) -> tuple[Found, Ruling]:
    """The passage that decides: one that promises the opposite or takes back first, then one with a value, then the best."""
    for found, ruling in rulings:
        if _TAKEN & {*ruling.flags}:
            return found, ruling
    if question.value:
        for found, ruling in rulings:
            if ruling.value is not None and ruling.value.text and found.score >= rulings[0][0].score - _MARGIN_OF_VALUE:
                return found, ruling
    return rulings[0]


def _rule(question: Question, found: Found, finder: Finder, habits: Habits, library: Library) -> Ruling:
    sentence = found.sentence
    text = sentence.plain
    whole = f"{sentence.scope} . {text}" if sentence.scope else text
    block = finder.paper.blocks[sentence.passage]
    if len(block) > _AROUND:  # in so many words the contrary of everything stands somewhere
        block = whole
    stated = value_of(question.value, text, sentence.context) if question.value else None
    if question.value and stated is None and sentence.scope:
        stated = value_of(question.value, sentence.scope, "")
    if question.value and stated is None:
        # Beside it: the rest of its paragraph and the list that it leads in; a list item's neighbours are about other things.
        in_list = finder.paper.passages[sentence.passage].lead >= 0
        stated = value_of(question.value, finder.paragraph(sentence.passage) if in_list else block, "")
    rung = _rung(question, stated, library)
    flags: list[str] = []
    reasons: list[str] = []

    def ruled(verdict: AssessVerdict, *more: str) -> Ruling:
        return Ruling(
            verdict=verdict, rung=rung or (BELOW if verdict == "partly" and _measured(question) else ""), value=stated,
            reasons=(*reasons, *more), flags=tuple(flags),
        )  # fmt: skip

    against = _first(question.against, block)
    if against:
        flags.append("contrary")
        rung = BELOW
        return ruled("partly", f"the contrary: “{against}”")
    taken = _first(habits.taken_back, block)
    if taken:
        flags.append("taken back")
        return ruled("partly", f"taken back: “{taken}”")
    if _BLANK.search(text):
        if stated is None or question.value is None or not question.value.near:
            flags.append("placeholder")
            return ruled("partly", "a blank where the promise should be")
    hedge = _first(habits.hedges, whole, question.harmless)
    weak = _first(question.weak, block)
    if _measured(question) and (stated is None or not stated.text):
        return ruled("partly", "words without a value")
    if question.parameter and stated is not None:
        if rung == BELOW:
            return ruled("partly", f"{stated.text} is looser than our last rung")
        if rung is None and stated.number is not None:
            return ruled("unsure", f"{stated.text} can't be compared with our value")
    if hedge:
        flags.append("hedged")
        return ruled("partly", f"hedged: “{hedge}”")
    if weak:
        return ruled("partly", f"weakened: “{weak}”")
    promise = _first(habits.no_promise, text)
    if promise:
        return ruled("partly", f"no promise: “{promise}”")
    if question.count:
        there = [p for p in question.count if p.regex.search(block)]
        if len(there) < question.enough:
            return ruled("partly", f"{len(there)} of the {question.enough} things that must be named")
    if question.met and not _first(question.met, block):
        return ruled(
            "partly" if question.default == "met" else question.default, "without the words that make it complete"
        )
    for pattern in question.elsewhere:
        if not any(pattern.regex.search(s.plain) for s in finder.paper.sentences):
            return ruled("partly", "half of it: what must go with it is not in the paper")
    if not question.met and question.default != "met":
        return ruled(question.default, "this much at best")
    condition = _condition(whole, (*habits.harmless, *question.harmless), habits)
    if condition:
        flags.append("condition")
        return ruled("unsure", f"a condition that must be read: “{condition}”")
    if found.score < max(question.sure, 0.0 if _measured(question) else _SURE):
        return ruled("partly", f"the passage answers only loosely ({found.score:g}): read it")
    return ruled("met", f"{stated.text} satisfies our {rung} rung") if stated and rung else ruled("met")


def _measured(question: Question) -> bool:
    """Whether a value decides, and not the words alone."""
    return question.value is not None and question.value.needed and bool(question.parameter)


def _rung(question: Question, stated: Stated | None, library: Library) -> str | None:
    parameter = library.parameter(question.parameter) if question.parameter else None
    if stated is None or parameter is None:
        return None
    return rung_of(parameter, stated, library)


def _first(patterns: Iterable[Pattern], text: str, harmless: Sequence[Pattern] = ()) -> str:
    for pattern in patterns:
        for match in pattern.regex.finditer(text):
            if match[0].strip() and not any(p.regex.search(match[0]) for p in harmless):
                return match[0].strip()
    return ""


def _condition(text: str, harmless: Sequence[Pattern], habits: Habits) -> str:
    """The first condition that is not known to be harmless."""
    for pattern in habits.conditions:
        for match in pattern.regex.finditer(text):
            if not any(p.regex.search(match[0]) for p in harmless):
                return match[0].strip()
    return ""
