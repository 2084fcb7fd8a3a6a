"""Finds an act of a clause that recurs, or is due within a period, and whose data under `duties` don’t say so.

Why it matters
    The calendar is made from the data. An act that the text promises every month and the data don’t is in no calendar,
    and nobody notices when it is left out.

What is looked at
    Each sentence of a clause that lays a duty on a party, or says what the Provider does: “each calendar month”, “every
    3 months”, “once a year”, “within 12 months”, and parameters printed as a rhythm. One of the duties of its paragraph
    must have the same `every` or `within`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ...model.library.clause import Duty, FixedPeriod
from ...model.words.periods import Said, periods_in, rhythms_in, same_period
from ..paragraphs import labels_around, sentences_of
from ..subject import Finding, Subject

CODE = "S13"
SEVERITY = Severity.ERROR
_ACT = re.compile(
    r"\bshall\b(?! credit\b)|"
    r"\bThe (?:Provider|Chief Security Officer|Client)\b(?: and the (?:[A-Z][a-z]+ ?)+)?\s*\b(?!may\b|represents\b)[a-z]+\b"
)
_RHYTHM = re.compile(r"\{\{\s*(\w+)\.every\s*\}\}|\bwithin the last \{\{\s*(\w+)\s*\}\}")
_WITHIN = re.compile(r"\b(?:within|(?:no|not) later than) (?=(\S+ [A-Za-z]+))")
# Words of a rhythm that say no more than "always", and those of a rate.
_NONE = re.compile(r"\bat every hour(?: of every day)?\b|\bfor each (?:started )?(?:hour|day|Business Day) of delay\b")
_TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}")


def check(subject: Subject) -> Iterator[Finding]:
    """Each rhythm or period of an act that no duty of its paragraph has."""
    if not subject.clause:
        return
    for passage, labels in labels_around(subject):
        duties = [d for d in subject.duties if d.paragraph in labels]
        for sentence in sentences_of(" ".join(_TAG.sub(" ", " ".join(passage.source)).split())):
            if not _ACT.search(sentence):
                continue
            for slot, words, wanted in _missing(_NONE.sub("", sentence), duties):
                message = f"“{words}” is in the data of no duty of this paragraph, and so in no calendar"
                hint = f"write `{slot}: {wanted}` in the duty that it is about, or add that duty"
                yield Finding(message=message, words=words, passage=passage, hint=hint)


def _missing(sentence: str, duties: list[Duty]) -> Iterator[tuple[str, str, str]]:
    """The slot, the words and what the slot should hold, for each period of a sentence that no duty has."""
    for match in _RHYTHM.finditer(sentence):
        name = match[1] or match[2]
        if not any(d.every == name for d in duties):
            yield "every", match[0], name
    for said in rhythms_in(sentence):
        if not _has(said, duties, "every"):
            yield "every", said.words, str(said.period)
    for match in _WITHIN.finditer(sentence):
        for said in periods_in(match[1]):
            if not _has(said, duties, "within"):
                yield "within", said.words, str(said.period)


def _has(said: Said, duties: list[Duty], slot: str) -> bool:
    fixed = (getattr(duty, slot) for duty in duties)
    return any(isinstance(f, FixedPeriod) and same_period(f.period, said.period) for f in fixed)
