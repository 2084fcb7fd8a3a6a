"""Finds a duty whose consequence is a paragraph that doesn’t speak of its failure.

Why it matters
    A breach without a consequence costs nothing. The annex, the calendar and the evidence register name a paragraph as
    what follows, and nobody looks whether its words cover the case.

What is looked at
    A paragraph speaks of a duty when a sentence that says what follows (a Credit, a grade of Security Event, a
    Termination Event, a right of the other party) refers to the duty’s paragraph, speaks of every duty (“another duty
    of this clause”), or names the same event in words of the duty. A paragraph that is
    its own consequence says so after its duty. A failure that carries a credit has its consequence in the credit table.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Severity
from ...model.library.clause import Clause
from ...model.library.library import Library
from ..consequences import speaks_of
from ..paragraphs import forms_with, named_texts, said_form
from ..subject import Finding

CODE = "S10"
SEVERITY = Severity.ERROR


def check_clause(clause: Clause, library: Library) -> Iterator[Finding]:
    """Each duty of which its consequence says nothing."""
    for duty, form in ((d, f) for d in clause.duties for f in forms_with(d, clause, library)):
        texts = named_texts(duty.consequence, clause, library, form)
        # What the clause on credits says of every failure needs no word of this one.
        credited = clause.failure_of(duty) and "#" in duty.consequence
        if texts and not credited and not speaks_of(duty, clause, library, form):
            act = f"{duty.action} {duty.object}"
            message = f"{said_form(form)}`{duty.consequence}` says nothing of a failure of `{duty.paragraph}` ({act})"
            hint = "name the paragraph that says what follows, or refer to the duty there"
            yield Finding(message=message, at=duty.at, hint=hint)
