"""Finds a credit or a period whose row in the handbook can't be filled.

Why it matters
    The handbook says of each credit what one unit is and when the failure begins and ends, and of each period what starts
    it and who knows that. Where the data give no answer, the parties would have to quarrel about it.

Flagged
    A credit for delay that no duty of the library names, so that nothing says which deadline was missed.
    A period of the Provider that starts when the Client decides something, and that nobody has to tell it.

Accepted
    A credit for delay that the duty with the deadline names.
    A period that starts with the Client's notice of its decision.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...derive.handbook import knower
from ...model.diagnostic import Severity
from ...model.library.clause import Clause
from ...model.library.library import Library
from ..subject import Finding

CODE = "S14"
SEVERITY = Severity.ERROR


def check_clause(clause: Clause, library: Library) -> Iterator[Finding]:
    """Each failure by lateness without a duty, and each period whose start the obligor can't know."""
    named = {other.failure_of(duty) for other in library.clauses.values() for duty in other.duties if not duty.standing}
    for spec in clause.failures.values():
        if spec.cls in ("notice", "C") and not spec.any_other and spec.name not in named:
            message = f"no duty names the failure `{spec.name}`, so nothing says when it begins and ends"
            yield Finding(
                message=message, at=spec.at, hint="name it as `failure` of the duty whose deadline it answers"
            )
    for duty in clause.duties:
        if not duty.standing and not knower(duty.trigger, duty.obligor, duty.counts_from):
            message = f"the {duty.obligor} can't know that its period starts: “{duty.trigger}”"
            yield Finding(message=message, at=duty.at, hint="let the period start with a notice, or with what it knows")
