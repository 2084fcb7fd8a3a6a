"""Finds a number written in words and in digits: “ten (10) days”.

Why it matters
    Two spellings can disagree, and then neither is sure.

Flagged
    The Provider shall answer within ten (10) days of the request.
    The Provider shall answer within ten (12) days of the request.

Accepted
    The Provider shall answer within 10 days of the request.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import matches
from ..subject import Finding, Subject

CODE = "L25"
SEVERITY = Severity.ERROR
_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty forty-five fifty sixty seventy seventy-two eighty ninety hundred"
).split()
_VALUES = dict(zip(_WORDS, [*range(21), 30, 40, 45, 50, 60, 70, 72, 80, 90, 100]))
_LONGEST_FIRST = "|".join(sorted(_WORDS, key=len, reverse=True))
_PATTERN = re.compile(rf"\b(?P<words>{_LONGEST_FIRST}) ?\((?P<digits>\d+)\)", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Finding]:
    """Each number that stands twice, and whether the two disagree."""
    for match, sentence in matches(_PATTERN, subject):
        disagree = _VALUES[match["words"].casefold()] != int(match["digits"])
        message = f"“{match[0]}” {'contradicts itself' if disagree else 'is written twice'}"
        yield Finding(message=message, words=match[0], passage=sentence.passage, hint="write it once, in digits")


def fix(text: str) -> str:
    """The digits alone, where the two agree; which of two that disagree was meant is not for a machine to say."""

    def one(match: re.Match[str]) -> str:
        agree = _VALUES[match["words"].casefold()] == int(match["digits"])
        return match["digits"] if agree else match[0]

    return _PATTERN.sub(one, text)
