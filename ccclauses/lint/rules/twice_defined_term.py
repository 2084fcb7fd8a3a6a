"""Finds a term that is defined twice.

Why it matters
    Two definitions of one term are a dispute in waiting.

Flagged
    “Site” means a building. The Provider shall guard each Site. “Site” means a floor.

Accepted
    “Site” means a building. The Provider shall guard each Site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Position, Severity
from ..subject import Finding, Subject

CODE = "L21"
SEVERITY = Severity.ERROR


def check(subject: Subject) -> Iterator[Finding]:
    """Each further definition of a term."""
    first: dict[str, Position] = {}
    for term, at in subject.defined:
        if term in first:
            message = f"“{term}” is defined twice, here and at line {first[term].line}"
            yield Finding(message=message, at=at, hint="keep one definition")
        first.setdefault(term, at)
    for term, at in first.items():
        head, *parts = re.split("[ -]", term)
        if not parts or not head[:1].isupper():
            continue
        # A pattern that begins with plain letters is found many times as quickly as one that begins with `\b`.
        spelt = re.compile(
            "[ -]?".join((re.escape(head), *(f"(?:{re.escape(p)}|{re.escape(p.lower())})" for p in parts))) + r"\b"
        )
        for match in spelt.finditer(subject.text):
            inside = match.start() and re.match(r"\w", subject.text[match.start() - 1])
            if match[0].casefold() != term.casefold() and not inside:
                message = f"“{match[0]}” is “{term}” in another spelling"
                yield Finding(message=message, words=match[0], at=at, hint="spell the term one way")
                break
