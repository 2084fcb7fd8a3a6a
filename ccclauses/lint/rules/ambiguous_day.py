"""Finds “business day” and “working day” that the text does not define, and “day” in a text that says nothing of
days.

Why it matters
    Which days count differs by country, region and party.

Flagged
    The Provider shall answer within 5 business days of the request.
    The Provider shall answer within 5 days of the request.

Accepted
    The Provider shall answer within 5 calendar days of the request.
    “Business Day” means a day other than a Saturday, a Sunday or a public holiday in London. The Provider shall
      answer within 5 Business Days of the request.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ...model.words.words import NUMBER_WORD
from ..patterns import BINDING, matches
from ..subject import Finding, Subject

CODE = "L24"
SEVERITY = Severity.ERROR
_PATTERN = re.compile(r"\b(?:[Bb]usiness|[Ww]orking)[ -][Dd]ays?\b")
_DAYS = re.compile(
    r"\b\d+ days?\b"
    rf"|\b(?!(?:zero|one)\b){NUMBER_WORD} (?:\(\d+\) )?days?\b"
)
_SAYS_WHICH = re.compile(r"[Cc]alendar [Dd]ays?\b|[“\"][Dd]ays?[”\"]")


def check(subject: Subject) -> Iterator[Finding]:
    """Each spelling that no definition covers, once; and the first period in days where nothing says which count."""
    told: set[str] = set()
    for match, sentence in matches(_PATTERN, subject):
        word = match[0].rstrip("s")
        if match[0] in subject.terms or word in subject.terms or word in told:
            continue
        told.add(word)
        hint = "define it with the place whose holidays count, and write the term as it is defined"
        yield Finding(message=f"“{match[0]}” is not defined", words=match[0], passage=sentence.passage, hint=hint)
    if subject.house or subject.clause or subject.library or _SAYS_WHICH.search(subject.text):
        return
    for match, sentence in matches(_DAYS, subject):
        if not BINDING.search(sentence.whole):
            continue
        hint = "say once that days are calendar days, or write “calendar days” and “Business Days”"
        message = f"“{match[0]}”: the text doesn’t say whether every day counts"
        yield Finding(message=message, words=match[0], passage=sentence.passage, hint=hint, severity=Severity.WARNING)
        return
