"""Finds a fact that does not say what is assumed while it is not known, or why it is asked.

Why it matters
    A buyer who does not know yet still gets an annex, and it must err on the side that protects the buyer; and people answer
    a question with more care when they are told what it is for.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Severity
from ...model.library.library import Library
from ..subject import Finding

CODE = "S16"
SEVERITY = Severity.WARNING


def check_library(library: Library) -> Iterator[Finding]:
    """Each fact of the library without `unknown` or `why`."""
    for fact in library.facts.values():
        if fact.unknown is None:
            hint = "write `unknown:` with the value that protects the client"
            yield Finding(
                message=f"`{fact.name}` does not say what is assumed while it is not known", at=fact.at, hint=hint
            )
        if not fact.why:
            hint = "write `why:` with one sentence in a buyer's words"
            yield Finding(message=f"`{fact.name}` does not say why it is asked", at=fact.at, hint=hint)
