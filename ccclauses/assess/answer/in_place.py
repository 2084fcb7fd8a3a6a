"""Weak wording changed where it is: a looser period made ours, words given a period, a blank filled, a hedge struck out.

Only a sentence whose one fault this is; everything else gets our own paragraph. Each change is a tracked deletion or
insertion of words inside their paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from ...model.findings.assessment import AssessedPoint, Stated, ValueCue
from ...model.words.words import NUMBER_WORD
from ...ooxml.namespaces import XML_SPACE, make, w
from ...redline.text.marks import Marker
from ..judge.rung import BELOW
from ..judge.values import value_of
from ..paper.plain import in_digits

_UNIT = r"(?:minutes?|hours?|days?|weeks?|months?|years?|quarters?)"
_KIND = r"(?:(?:business|working|calendar|consecutive)[\s-]+)?"
_PERIOD = re.compile(
    rf"\b(?:{NUMBER_WORD}|(?:one|two|three) hundred(?: and {NUMBER_WORD})?)?\s*\(?\b\d*\)?[\s-]*{_KIND}{_UNIT}\b",
    re.IGNORECASE,
)
_EMPTY = re.compile(rf"(?:_{{2,}}|\[[^\[\]]{{0,60}}\]|\{{[^{{}}]{{0,60}}\}})\s*{_KIND}{_UNIT}\b", re.IGNORECASE)
_PROMPTLY = "(?:without (?:undue|unreasonable) delay|as soon as (?:reasonably )?(?:practicable|possible)|promptly|immediately|forthwith)"
_WORDS = re.compile(rf"\b{_PROMPTLY}(?:,? and {_PROMPTLY})*\b", re.IGNORECASE)
_HEDGE = re.compile(
    r",?\s*\b(?:if|where|when|whenever|to the extent) (?:(?:reasonably|technically|commercially) )?(?:possible|feasible|practicable)\b,?",
    re.IGNORECASE,
)
_OURS = re.compile(rf"\d+ {_KIND}{_UNIT}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Words of a paragraph, from `start` to before `end`, that go, and the words that come in their place."""

    start: int
    end: int
    new: str


def change_of(point: AssessedPoint, text: str) -> Change | None:
    """What makes their paragraph say what we ask; None where no change of a few words does."""
    answer = point.answer
    cue = answer.question.value
    if answer.verdict != "partly" or not answer.found or {"contrary", "taken back"} & {*answer.flags}:
        return None
    begin, end = _sentence(answer.found[0].sentence.text, text)
    ours = _ours(point.ours, text)
    found: list[Change] = []
    if "hedged" in answer.flags:
        hits = list(_HEDGE.finditer(text, begin, end)) if answer.rung != BELOW else []
        found = [Change(start=h.start(), end=h.end(), new="") for h in hits]
    elif cue is None or not ours:
        return None
    elif "placeholder" in answer.flags:
        found = [Change(start=h.start(), end=h.end(), new=ours) for h in _EMPTY.finditer(text, begin, end)]
    elif answer.value is None and cue.kind == "period" and not answer.question.client:
        hit = _WORDS.search(text, begin, end)
        found = [Change(start=hit.end(), end=hit.end(), new=f" and in any event within {ours}")] if hit else []
    elif answer.value is not None and answer.rung == BELOW:
        found = [Change(start=a, end=b, new=ours) for a, b in _stated(cue, answer.value, text, begin, end)]
    return found[0] if len(found) == 1 else None


def _sentence(words: str, text: str) -> tuple[int, int]:
    """Where the sentence is in the paragraph; the whole of it where it can't be reported."""
    hit = re.search(r"\s+".join(map(re.escape, words.split())), text)
    return hit.span() if hit else (0, len(text))


def _ours(asked: str, text: str) -> str:
    """Our period as their paper writes one; empty where we ask for no period."""
    if not _OURS.fullmatch(asked):
        return ""
    return asked if re.search(r"Business Days?\b", text) else asked.replace("Business Day", "business day")


def _stated(cue: ValueCue, value: Stated, text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The places where the value stands, however it is written: 96 hours, ninety-six (96) hours."""
    plain = ValueCue(kind="period")
    for match in _PERIOD.finditer(text, begin, end):
        said = value_of(plain, in_digits(match[0].strip()).lower())
        if said is not None and (said.number, said.unit) == (value.number, value.unit):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield start, match.end()


def text_of(paragraph: etree._Element) -> str:
    """The words of a paragraph as they are in it, with nothing trimmed."""
    return "".join(t.text or "" for t in paragraph.iter(w("t")))


def write_change(paragraph: etree._Element, change: Change, marker: Marker) -> list[etree._Element] | None:
    """Track the change in the paragraph and return its marks; None, and nothing changed, where its words lie too deep."""
    runs = _covered(paragraph, change)
    if runs is None:
        return None
    marks: list[etree._Element] = []
    for run, start, end in runs:
        words = run.find(w("t")).text or ""
        before, gone, after = words[:start], words[start:end], words[end:]
        if before:
            run.addprevious(_run(run, before))
        if gone:
            deletion = marker.element("del")
            deletion.append(_run(run, gone, "delText"))
            run.addprevious(deletion)
            marks.append(deletion)
        if run is runs[-1][0] and change.new:
            insertion = marker.element("ins")
            insertion.append(_run(run, change.new))
            run.addprevious(insertion)
            marks.append(insertion)
        if after:
            run.addprevious(_run(run, after))
        paragraph.remove(run)
    return marks


def _covered(paragraph: etree._Element, change: Change) -> list[tuple[etree._Element, int, int]] | None:
    """The runs that hold the words, each with the part of its text; None unless they are plain runs of the paragraph."""
    out: list[tuple[etree._Element, int, int]] = []
    place = 0
    for t in paragraph.iter(w("t")):
        words = t.text or ""
        start, end = max(change.start - place, 0), min(change.end - place, len(words))
        inserts = (
            change.start == change.end and 0 <= change.start - place <= len(words) and not out and change.start > place
        )
        if start < end or inserts:
            run = t.getparent()
            if run.getparent() is not paragraph or [c.tag for c in run if c.tag != w("rPr")] != [w("t")]:
                return None
            out.append((run, start, max(start, end)))
        place += len(words)
    return out or None


def _run(like: etree._Element, words: str, name: str = "t") -> etree._Element:
    run = make("r")
    looks = like.find(w("rPr"))
    if looks is not None:
        run.append(deepcopy(looks))
    text = make(name)
    text.text = words
    text.set(XML_SPACE, "preserve")
    run.append(text)
    return run
