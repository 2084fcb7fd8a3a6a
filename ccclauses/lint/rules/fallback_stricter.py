"""Finds a wording that is below a looser one in its ladder, or skips a posture that another wording serves.

Why it matters
    Each wording is the fallback of the one above; out of order, the fallback asks for more.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Severity
from ...model.library.clause import Clause
from ...model.library.library import Library
from ..subject import Finding

CODE = "S07"
SEVERITY = Severity.ERROR


def check_clause(clause: Clause, library: Library) -> Iterator[Finding]:
    """Each wording whose strictest posture comes before the loosest of the wordings above it, for the same laws and form."""
    order = {p.id: p.order for p in library.postures.values()}
    last: dict[tuple[tuple[str, ...], str, str], int] = {}
    for variant in clause.variants:
        key = variant.laws, variant.language, variant.form
        ranks = [order[p] for p in variant.postures if p in order] or [0]
        if key in last and min(ranks) < last[key]:
            message = f"the wording for {', '.join(variant.postures)} is below a looser one"
            yield Finding(message=message, at=variant.at, hint="write the strictest first")
        last[key] = max(*ranks, last.get(key, 0))
