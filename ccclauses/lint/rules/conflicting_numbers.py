"""Finds the same duty with two different periods.

Why it matters
    Where clause 4 says 24 hours and clause 9 says 72, the longer one is what you get.

Flagged
    The Provider shall notify the Client of a breach within 24 hours. Later, the Provider shall notify the
      Client of a breach within 72 hours.

Accepted
    The Provider shall notify the Client of a breach within 24 hours. The Provider shall answer a request within
      72 hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import PARTIES, PERIOD, matches
from ..subject import Finding, Subject

CODE = "L36"
SEVERITY = Severity.ERROR
_DUTY = re.compile(
    rf"\b(?P<duty>(?:{PARTIES}) (?:shall|will|must) [^.;:]{{8,90}}? (?:within|for|every)) (?P<period>{PERIOD})"
    r"(?P<clock> (?:of|after|from|following) [^.;,]{1,40})?"
)
_PRONOUN = re.compile(r"\b(?:it|them|that|this|those|these)\b")
_SMALL = re.compile(r"\b(?:the|a|an|each|any|of|such|its)\b")


def check(subject: Subject) -> Iterator[Finding]:
    """Each duty that stands again, in the same words, with another period."""
    first: dict[str, tuple[str, str]] = {}
    if subject.clause:
        return  # the wordings of a ladder differ in their numbers by design, and each number is a parameter
    for match, sentence in matches(_DUTY, subject):
        clock = match["clock"] or ""
        if _PRONOUN.search(clock):
            continue  # what "of it" means is in another sentence
        duty = " ".join(_SMALL.sub(" ", match["duty"] + clock).casefold().split())
        period = " ".join(match["period"].casefold().split())
        before = first.setdefault(duty, (period, sentence.passage.number or f"line {sentence.passage.at.line}"))
        if before[0] != period:
            message = f"{match['period']} here, {before[0]} at {before[1]} for the same duty"
            hint = "keep the number in one place and refer to it"
            yield Finding(message=message, words=match["period"], passage=sentence.passage, hint=hint)
