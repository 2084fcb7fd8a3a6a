"""Finds above, below, herein and hereof, and references to a clause that the text does not have.

Why it matters
    “As stated above” points nowhere once a paragraph moves. A number that is gone points at nothing.

Flagged
    The Provider shall report as stated above within 5 days.
    The rules herein apply.

Accepted
    The Provider shall report under clause 4.2 within 5 days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import matches
from ..subject import Finding, Subject

CODE = "L22"
SEVERITY = Severity.ERROR
_PATTERN = re.compile(
    r"(?<!\bdate )(?<!\bdates )\b(?:(?:as )?(?:stated|set out|set forth|described|mentioned|provided|defined|listed|named|"
    r"specified) (?:above|below)"
    r"|(?:the )?(?:above|below|foregoing)[- ](?:mentioned|named|listed|described|paragraph|clause|section)s?"
    r"|herein(?:above|below)?|hereof|hereto|hereunder|hereinafter)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(?:[Cc]lauses?|[Ss]ections?|[Pp]aragraphs?) (?P<number>\d+(?:\.\d+)+)\b(?! (?:of|to) (?:the |that )?[A-Z])"
)


def check(subject: Subject) -> Iterator[Finding]:
    """Each such word, and each number that no paragraph of the text has."""
    for match, sentence in matches(_PATTERN, subject):
        hint = "refer to the paragraph by its number, as a live reference"
        yield Finding(message=f"“{match[0]}” points nowhere", words=match[0], passage=sentence.passage, hint=hint)
    numbers = {p.number for p in subject.passages if p.number}
    if subject.library or not any("." in n for n in numbers):
        return
    tops = {n.split(".")[0] for n in numbers}
    for match, sentence in matches(_NUMBER, subject):
        number = match["number"]
        there = any(n == number or n.startswith((f"{number}.", f"{number}(")) for n in numbers)
        if number.split(".")[0] in tops and not there:
            yield Finding(message=f"there is no {match[0]} in this text", words=match[0], passage=sentence.passage)
