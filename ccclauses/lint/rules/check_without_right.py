"""Finds a duty whose check is a paragraph that gives the client nothing to check with.

Why it matters
    What nobody may look at is taken on trust. A check is a right to inspect, to call for evidence or to refuse what is
    handed over, not another promise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ...model.library.clause import Clause
from ...model.library.library import Library
from ..paragraphs import forms_with, named_texts, said_form
from ..subject import Finding

CODE = "S12"
SEVERITY = Severity.ERROR
_RIGHT = re.compile(
    r"\bClient\b[^.;]{0,80}\bmay\b|\bmay (?:call|inspect|ask|require|carry out|test|read)\b|\blet the Client\b"
    r"|\b(?:confirm|accept)s? or (?:reject|refuse)s?\b"
    r"|\b(?:of|on|at) (?:(?:a|an|the|its|each|every) (?:Client[’']s )?(?:request|call)|request)\b"
    r"|\b(?:a|the) request\b"
)


def check_clause(clause: Clause, library: Library) -> Iterator[Finding]:
    """Each duty of the provider whose check gives the client no right.

    What the client owes, it owes to the provider, who sees for itself whether it was done.
    """
    for duty, form in ((d, f) for d in clause.duties for f in forms_with(d, clause, library)):
        texts = named_texts(duty.check, clause, library, form) if duty.obligor == "provider" else ()
        if texts and not any(_RIGHT.search(text) for text in texts):
            message = f"{said_form(form)}`{duty.check}`, the check of `{duty.paragraph}`, gives the client no right"
            hint = "name the paragraph by which the client may inspect or call for evidence"
            yield Finding(message=message, at=duty.at, hint=hint)
