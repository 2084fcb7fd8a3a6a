"""Finds a duty of the library’s data with an empty slot or a stopgap such as “tbd”, or a clause without any duty.

Why it matters
    Enforceable means: who, what, on what, when, by when, with which evidence, checked how, and what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ...model.library.clause import Clause
from ...model.library.library import Library
from ..subject import Finding

CODE = "S01"
SEVERITY = Severity.ERROR
_SLOTS = ("action", "object", "trigger", "evidence", "check", "consequence")
_STOPGAP = re.compile(r"\W*|t\.?b\.?[acd]\.?|to ?do|n\.?/?a\.?|none|nil|unknown|xx+|later|as applicable", re.IGNORECASE)


def check_clause(clause: Clause, library: Library) -> Iterator[Finding]:
    """Each empty slot of each duty."""
    for duty in clause.duties:
        for slot in _SLOTS:
            if _STOPGAP.fullmatch(getattr(duty, slot).strip()):
                yield Finding(message=f"the duty of `{duty.paragraph}` has no {slot}", at=duty.at)
        if not (duty.within or duty.every or duty.before) and _STOPGAP.fullmatch(duty.standing.strip()):
            hint = "name a parameter in `within`, `every` or `before`, or say in `standing` why there is no date"
            yield Finding(message=f"the duty of `{duty.paragraph}` has no deadline", at=duty.at, hint=hint)
    if not clause.duties and any("shall" in v.text for v in clause.texts):
        yield Finding(message=f"`{clause.id}` states duties and registers none", at=clause.at)
