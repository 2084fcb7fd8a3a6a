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
from ...model.words import NUMBERS
from ..patterns import matches
from ..subject import Finding, Subject

CODE = "L25"
SEVERITY = Severity.ERROR
_FACTORS = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_WORD = "|".join(sorted((*NUMBERS, *_FACTORS), key=len, reverse=True))
_PATTERN = re.compile(
    rf"\b(?P<words>(?:{_WORD})(?:(?: and |[ -])(?:{_WORD}))*) ?\((?P<digits>\d[\d,]*)\)", re.IGNORECASE
)


def check(subject: Subject) -> Iterator[Finding]:
    """Each number that stands twice, and whether the two disagree."""
    for match, sentence in matches(_PATTERN, subject):
        message = f"“{match[0]}” {'is written twice' if _agree(match) else 'contradicts itself'}"
        yield Finding(message=message, words=match[0], passage=sentence.passage, hint="write it once, in digits")


def fix(text: str) -> str:
    """The digits alone, where the two agree; which of two that disagree was meant is not for a machine to say."""

    def one(match: re.Match[str]) -> str:
        return match["digits"] if _agree(match) else match[0]

    return _PATTERN.sub(one, text)


def _agree(match: re.Match[str]) -> bool:
    """Whether the words and the digits are one number."""
    whole = part = 0
    for word in re.split(r"[ -]", match["words"].casefold().replace(" and ", " ")):
        if word == "hundred":
            part = (part or 1) * 100
        elif word in _FACTORS:
            whole, part = whole + (part or 1) * _FACTORS[word], 0
        else:
            part += NUMBERS[word]
    return whole + part == int(match["digits"].replace(",", ""))
