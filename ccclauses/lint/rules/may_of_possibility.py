"""Finds “may” that speaks of a possibility instead of a permission.

Why it matters
    In a contract “may” gives a right. “May occur” makes a reader look for who has it.

Flagged
    Delays may occur on public holidays.
    The log may contain errors.

Accepted
    The Client may inspect the log.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import ACTOR, PARTIES, matches
from ..subject import Finding, Subject

CODE = "L04"
SEVERITY = Severity.WARNING
_PATTERN = re.compile(
    r"(?<!as )\bmay (?:also )?(?:occur|arise|contain|include|result|affect|cause|change|vary|exist|happen|become"
    r"|experience|suffer|reveal|be (?:possible|necessary|available|affected|subject|exposed))\b",
    re.IGNORECASE,
)
_SUFFERED = re.compile(r"may (?:also )?(?:experience|suffer)")  # of whomever: nobody has a right to an outage
_NEGATED = re.compile(r"\b(?:[Nn]o|[Nn]othing|[Nn]either|[Nn]one)\b[^,;:]*$")  # "no extension may cause …" forbids
_PARTY = re.compile(rf"(?:{ACTOR}|{PARTIES}|[Pp]arties|[Pp]arty)(?: (?:may|shall)\b.*\band)?\s*$")


def check(subject: Subject) -> Iterator[Finding]:
    """Each place at which the text does this; a party that may change something has a right."""
    for match, sentence in matches(_PATTERN, subject):
        before = sentence.text[: match.start()]
        given = _PARTY.search(before) and not _SUFFERED.match(match[0])
        if not given and not _NEGATED.search(before):
            message = f"“{match[0]}” is a possibility, not a right"
            hint = "say “can”, “might”, or state the condition"
            yield Finding(message=message, words=match[0], passage=sentence.passage, hint=hint)
