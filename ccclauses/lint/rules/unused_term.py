"""Finds a defined term that the text never uses.

Why it matters
    A definition without use is left over from another deal, or hides that the clause which used it was struck.

Flagged
    “Site” means a building. “Vault” means a room. The Provider shall guard each Site.

Accepted
    “High-Risk Activity” means the control of aircraft. The Client shall not use the Services for High-Risk Activities.
    “Site” means a building. The Provider shall guard each Site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ...model.diagnostic import Severity
from ..subject import Finding, Subject, forms_of

CODE = "L20"
SEVERITY = Severity.ERROR


def check(subject: Subject) -> Iterator[Finding]:
    """Each definition of this text whose term stands nowhere else in it."""
    for term, at in subject.defined:
        if f"{term}” or “" in subject.text or f'{term}" or "' in subject.text:
            continue  # one of two names for the same thing
        forms = "|".join(map(re.escape, forms_of(term)))
        uses = re.finditer(rf"(?<!\w)(?:{forms})(?!\w)", subject.text)
        if sum(1 for _ in islice(uses, 2)) < 2:
            yield Finding(
                message=f"“{term}” is defined and never used", at=at, hint="use it, or take the definition out"
            )
