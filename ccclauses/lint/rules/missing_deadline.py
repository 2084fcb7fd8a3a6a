"""Finds a duty to notify, report, deliver, return, answer or pay that has no moment.

Why it matters
    Without a number, a unit and an event that starts the clock, the duty is never late.

Flagged
    The Provider shall notify the Client of each incident.
    The Provider shall return the data to the Client.
    The Provider shall send the Client the report within 24.
    The Provider shall erase the data within 30 days.

Accepted
    The Provider shall notify the Client of each incident within 24 hours of Awareness.
    The Provider shall return the data before the Agreement ends.
    The Provider shall pay the fee by 30 June 2026.
    The Provider shall not notify the press.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import ACTOR, PARTIES, PERIOD, matches
from ..subject import Finding, Subject
from .vague_time import PATTERN as VAGUE_TIME

CODE = "L23"
SEVERITY = Severity.ERROR
_DUTY = re.compile(
    rf"\b(?:{ACTOR}|{PARTIES}) (?:shall|must|will|agrees to) (?:also |then |promptly |immediately )?"
    r"(?P<verb>notify|inform|report|return|respond|reply|answer|submit|deliver|remedy|correct|repair|reimburse|pay|"
    r"send|file|erase|destroy|delete|remediate|rectify|cure|restore|revoke|acknowledge|refund|escalate|"
    r"(?:provide|give|supply|furnish|present|issue)(?= (?:\S+ ){0,4}(?:reports?|notices?|cop(?:y|ies)|certificates?)\b))\b"
)
# What fixes a moment: a period, a date, an event before or at which the duty falls due, or a rhythm.
_OPEN = r"\d|an? (?:reasonable|agreed)|the (?:agreed|usual) "  # “within 24”, “within the agreed period”
_MOMENT = re.compile(
    rf"{PERIOD}|\b(?:before|until|during|when|whenever|while|upon|as soon as|prior to|after|in advance|no later|not later|"
    rf"within (?!{_OPEN})|on (?:the|each|every|signing|request|termination|expiry|demand|or before)|"
    r"by (?:the|\d\S*|close|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z][a-z]+ \d\S*)|on (?:or before )?\d{1,2} [A-Z][a-z]+|on demand|net \d+|"
    r"next invoice|at the (?:time|end|start|same|latest)|with (?:the|each|every|its|that)|"
    r"each (?:day|week|month|quarter|year|hour)|every|monthly|quarterly|annually|yearly|daily|weekly)\b",
    re.IGNORECASE,
)
_PERIOD_ALONE = re.compile(rf"\bwithin (?:a (?:period|maximum) of )?{PERIOD}")
# Any word that may start the clock; the clock of “within 30 days of the request” starts with the request.
_CLOCK = re.compile(
    r"\b(?:of|after|from|following|if|when|whenever|where|upon|once|on|unless|before|prior|since|each|every|any|until|"
    r"request(?:ed|s)?|notice|thereafter|later)\b",
    re.IGNORECASE,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Each such duty in a passage, its lead and its items, that names no moment."""
    for match, sentence in matches(_DUTY, subject):
        if sentence.passage.registered:
            continue
        alone = _PERIOD_ALONE.search(sentence.text)
        if alone and not _CLOCK.search(sentence.whole.replace(match[0], "")):
            message, hint = f"“{alone[0]}” of what?", "name the event that starts the clock"
            yield Finding(
                message=message, words=alone[0], passage=sentence.passage, hint=hint, severity=Severity.WARNING
            )
        if _MOMENT.search(sentence.whole):
            continue
        if VAGUE_TIME.search(sentence.text):
            continue  # for vague-time to tell
        hint = "say within how many hours or days, and of what event"
        message = f"the duty to {match['verb']} has no deadline"
        yield Finding(message=message, words=match[0], passage=sentence.passage, hint=hint)
