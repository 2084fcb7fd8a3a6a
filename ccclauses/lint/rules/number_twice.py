"""Finds a number written in words and in digits: “ten (10) days”.

Why it matters
    Two spellings can disagree, and then neither is sure.

Flagged
    The Provider shall answer within ten (10) days of the request.
    The Provider shall answer within ten (12) days of the request.
    The Provider shall pay five hundred pounds (GBP 5,000) within 10 days of the request.
    The Provider shall bear one-third (25%) of the costs.

Accepted
    The Provider shall answer within 10 days of the request.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ...model.words.words import NUMBERS
from ..patterns import matches
from ..subject import Finding, Subject

CODE = "L25"
SEVERITY = Severity.ERROR
_FACTORS = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_WORD = "|".join(sorted((*NUMBERS, *_FACTORS), key=len, reverse=True))
_PATTERN = re.compile(
    rf"\b(?P<words>(?:{_WORD})(?:(?: and |[ -])(?:{_WORD}))*) ?\((?P<digits>\d[\d,]*)\)", re.IGNORECASE
)
# A sum or a share in words with another in digits behind it; that both agree is good practice in a letter of credit.
_WORTH = re.compile(
    rf"\b(?P<words>(?:{_WORD})(?:(?: and |[ -])(?:{_WORD}))*) (?P<unit>pounds(?: sterling)?|euros?|(?:US )?dollars?|rupees|francs|"
    r"per ?cent|percent) \((?:[A-Z]{3} ?|[€$£₹] ?)?(?P<digits>\d[\d,]*)(?:\.00)? ?(?:%|per ?cent)?\)",
    re.IGNORECASE,
)
_FRACTIONS = {"one-half": 50, "half": 50, "one-third": 33, "two-thirds": 66, "one-quarter": 25, "three-quarters": 75,
              "one-fifth": 20, "one-tenth": 10}  # fmt: skip
_SHARE = re.compile(
    rf"\b(?P<words>{'|'.join(_FRACTIONS)}) \((?P<digits>\d{{1,3}})(?:\.\d+)? ?(?:%|per ?cent)\)", re.IGNORECASE
)


def check(subject: Subject) -> Iterator[Finding]:
    """Each number that appears twice, and whether the two disagree."""
    for match, sentence in matches(_PATTERN, subject):
        message = f"“{match[0]}” {'is written twice' if _agree(match) else 'contradicts itself'}"
        yield Finding(message=message, words=match[0], passage=sentence.passage, hint="write it once, in digits")
    hint = "say which of the two is meant, once, in digits"
    for match, sentence in matches(_WORTH, subject):
        if not _agree(match):
            yield Finding(
                message=f"“{match[0]}” contradicts itself", words=match[0], passage=sentence.passage, hint=hint
            )
    for match, sentence in matches(_SHARE, subject):
        if abs(_FRACTIONS[match["words"].casefold()] - int(match["digits"])) > 1:
            yield Finding(
                message=f"“{match[0]}” contradicts itself", words=match[0], passage=sentence.passage, hint=hint
            )


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
