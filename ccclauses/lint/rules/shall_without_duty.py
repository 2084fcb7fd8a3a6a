"""Finds “shall” that imposes no duty: “shall mean”, “shall apply”, “shall prevail”.

Why it matters
    “Shall” says that a party has a duty. Where nobody has one, the present tense says it, and a reader need not
    ask who owes what.

Flagged
    “Site” shall mean a building.
    This Annex shall prevail over the Agreement.
    The term shall commence on 1 May 2026.

Accepted
    “Site” means a building.
    The Provider shall keep a log for 12 months.
    This Annex prevails.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import any_of, told
from ..subject import Finding, Subject

CODE = "L01"
SEVERITY = Severity.ERROR
_PATTERN = any_of(
    r"shall (?:not )?(?:mean|apply|prevail|be deemed|have the meanings?|constitute|be construed|be interpreted)",
    r"shall (?:not )?(?:be governed|be binding|survive|commence|terminate automatically|become effective|take effect)",
    r"shall (?:not )?(?:take precedence|be void|be null)",
)
_HINT = "use the present tense: “means”, “applies”, “prevails”"


def check(subject: Subject) -> Iterator[Finding]:
    """Each “shall” before a verb of effect."""
    yield from told(_PATTERN, subject, "imposes no duty", _HINT)
