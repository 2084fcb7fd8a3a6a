"""Finds a duty that names a penalty which its consequence doesn’t promise, or none where one is promised for it.

Why it matters
    The calculator, the calendar and the evidence register follow the data. A Credit that the text promises and no duty
    names is never claimed; one that only the data name is not owed.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.clause import Clause, Duty, Library
from ...model.diagnostic import Severity
from ..consequences import promised, speaks_of
from ..paragraphs import named_texts
from ..subject import Finding

CODE = "S11"
SEVERITY = Severity.ERROR


def check_clause(clause: Clause, library: Library) -> Iterator[Finding]:
    """Each duty whose penalty and consequence part."""
    for duty in clause.duties:
        here = promised(named_texts(duty.consequence, clause, library))
        if duty.penalty:
            if duty.penalty not in here | _next(duty, clause, library):
                message = f"`{duty.consequence}` doesn’t promise `{duty.penalty}`, which `{duty.paragraph}` names"
                hint = "print its wording there, or name the paragraph that does"
                yield Finding(message=message, at=duty.at, hint=hint)
        elif owed := [name for name in sorted(here) if speaks_of(duty, clause, library, name)]:
            message = f"`{duty.consequence}` promises `{owed[0]}` for `{duty.paragraph}`, whose duty names no penalty"
            yield Finding(message=message, at=duty.at, hint=f"add `penalty: {owed[0]}`")


def _next(duty: Duty, clause: Clause, library: Library) -> set[str]:
    """The penalties of the duties in the consequence: work is to stop, and a Credit follows if it goes on."""
    other, _, label = duty.consequence.rpartition("#")
    owner = library.clauses.get(other) if other else clause
    return {d.penalty for d in owner.duties if d.paragraph == label} if owner else set()
