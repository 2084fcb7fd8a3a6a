"""Finds above, below, herein and hereof, and references to a clause or schedule that the text does not have.

Why it matters
    “As stated above” points nowhere once a paragraph moves. A number that is gone points at nothing.

Flagged
    The Provider shall report as stated above within 5 days.
    The rules herein apply.
    The Provider shall report under clause Error! Reference source not found.

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
    r"(?<!\bdate )(?<!\bdates )(?<!\bfirst )\b(?:(?:as )?(?:stated|set out|set forth|described|mentioned|provided|defined|listed|named|"
    r"specified) (?:above|below)"
    r"|(?:the )?(?:above|below|foregoing)[- ](?:mentioned|named|listed|described|paragraph|clause|section)s?"
    r"|herein(?:above|below)?|hereof|hereto|hereunder|hereinafter)\b",
    re.IGNORECASE,
)
# What Word prints in the place of a reference whose target is gone.
_BROKEN = re.compile(
    r"Error! (?:Reference source not found|Bookmark not defined|No bookmark name given|No text of specified style in document"
    r"|Hyperlink reference not valid|Unknown document property name)\.?|\b(?:clause|section|paragraph) 0\b(?!\.\d)",
    re.IGNORECASE,
)
_TYPED = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)\.?\s+\S")
_SCHEDULE = re.compile(
    r"\b(?P<noun>Schedule|Annex|Appendix|Exhibit) (?P<number>\d{1,2}|[A-Z])\b(?! (?:of|to) (?:the |that )?[A-Z])"
)
# The heading of a schedule: alone, or with its title behind a mark; a sentence may begin with its name too.
_HEADING = re.compile(
    r"(?P<noun>Schedule|Annex|Appendix|Exhibit|SCHEDULE|ANNEX|APPENDIX|EXHIBIT) (?P<number>\d{1,2}|[A-Z])\b(?P<alone>\s*(?:$|[:.–—(-]))?"
)
_NUMBER = re.compile(
    r"\b(?:[Cc]lauses?|[Ss]ections?|[Pp]aragraphs?) (?P<number>\d+(?:\.\d+)+)\b(?! (?:of|to) (?:the |that )?[A-Z])"
)


def check(subject: Subject) -> Iterator[Finding]:
    """Each such word, and each number that no paragraph of the text has."""
    for match, sentence in matches(_PATTERN, subject):
        hint = "refer to the paragraph by its number, as a live reference"
        yield Finding(message=f"“{match[0]}” names no paragraph", words=match[0], passage=sentence.passage, hint=hint)
    for passage in subject.passages:  # what Word prints there has the end of a sentence in it
        for match in _BROKEN.finditer(passage.text):
            hint = "set the reference anew"
            yield Finding(message=f"“{match[0]}” leads nowhere", words=match[0], passage=passage, hint=hint)
    typed = (m[1] for p in subject.passages if (m := _TYPED.match(p.text)))
    numbers = {p.number for p in subject.passages if p.number} | set(typed)
    if not subject.library:
        yield from _schedules(subject)
    if subject.library or not any("." in n for n in numbers):
        return
    tops = {n.split(".")[0] for n in numbers}
    for match, sentence in matches(_NUMBER, subject):
        number = match["number"]
        there = any(n == number or n.startswith((f"{number}.", f"{number}(")) for n in numbers)
        # A law has sections too; a clause is one of this text.
        if not there and (number.split(".")[0] in tops or match[0][:6].casefold() == "clause"):
            yield Finding(message=f"there is no {match[0]} in this text", words=match[0], passage=sentence.passage)


def _schedules(subject: Subject) -> Iterator[Finding]:
    """Each reference to a schedule that is not there, in a text that has others called so."""
    there = set(subject.schedules)
    for passage in subject.passages:
        heading = _HEADING.match(passage.text)
        if heading and (passage.heading or heading["alone"] is not None) or (heading := _HEADING.match(passage.number)):
            there.add(f"{heading['noun'].capitalize()} {heading['number']}")
    nouns = {name.split()[0] for name in there}
    for match, sentence in matches(_SCHEDULE, subject):
        if match["noun"] in nouns and match[0] not in there:
            yield Finding(message=f"there is no {match[0]} in this text", words=match[0], passage=sentence.passage)
