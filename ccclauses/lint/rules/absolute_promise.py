"""Finds ensure, guarantee, at all times, under no circumstances.

Why it matters
    Nobody controls every result at every moment. Say what the party does, or mean the guarantee.

Flagged
    The Provider shall ensure that no data is lost.
    The Provider shall at all times keep a log.

Accepted
    The plan lists the steps that ensure accountability.
    The Provider shall ensure that each Subcontractor signs a written agreement.
    Under no circumstances will either party be liable for lost profits.
    The Provider shall back up Client Data every 24 hours.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import PARTIES, any_of, told
from ..subject import Finding, Subject

CODE = "L38"
SEVERITY = Severity.WARNING
_PATTERN = any_of(
    # "Steps that ensure accountability" are steps; only a party that shall ensure something promises a result.
    r"(?:shall|must|will|agrees? to|undertakes? to)(?: not)?(?: at all times| \w+ly| first| also)? (?:ensure|guarantee)"
    # Whom it engages it can bind, and what it sends it controls.
    r"(?! to\b)(?! that (?:[^.;:]{0,80} )?(?:sign|signs|executes?|enters?|(?:is|are) (?:also )?bound|has agreed|have agreed|commits?|committed)\b)",
    rf"(?:{PARTIES}) guarantees",
    r"(?:shall|must|will) (?:prevent|avoid|exclude|eliminate) (?:all|any|every)",
    "at all times",
    "under no circumstances(?! (?:will|shall|may) (?:[^.;:]{0,60} )?be liable)",
    "in all circumstances",
    "without exception",
)
_HINT = "say what the party does, how often and by when"


def check(subject: Subject) -> Iterator[Finding]:
    """Each promise of a result, and each “at all times”."""
    yield from told(_PATTERN, subject, "promises a result that nobody controls", _HINT)
