"""Finds a definition that only points to a list, a schedule or a table.

Why it matters
    A term that means “what Schedule 4 lists” sends the reader away and says nothing. The list can be named where the
    term is used, or the thing defined by what it is.

Flagged
    “Required Insurance” means the insurance that this Annex lists.

Accepted
    “Required Insurance” means cyber and professional indemnity insurance for at least GBP 1,000,000 for each claim.
    “Site” means a place listed in Schedule 2 or added with the Client's consent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ...model.library.library import Library
from ..subject import Finding

CODE = "S15"
SEVERITY = Severity.WARNING
_POINTS = re.compile(
    r"\s*means (?:an?|the|each|any|those|what)?\s*(?:[\w-]+ ){0,4}(?:that|which) "
    r"(?:this \w+|\{\{.*?\}\}|the (?:schedule|table|list)[\w ]*) (?:lists?|names?|states?|sets out|gives)[^.;,]{0,20}\.?\s*"
)


def check_library(library: Library) -> Iterator[Finding]:
    """Each definition of which nothing else is said."""
    for definition in library.definitions.values():
        if _POINTS.fullmatch(" ".join(definition.text.split())):
            message = f"the definition of “{definition.term}” only points to where something is listed"
            hint = "say what it is, or name the list where the term is used"
            yield Finding(message=message, words=definition.term, at=definition.at, hint=hint)
