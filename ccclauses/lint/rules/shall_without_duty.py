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

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import PARTIES, any_of, matches
from ..subject import Finding, Subject

CODE = "L01"
SEVERITY = Severity.ERROR
_PATTERN = any_of(
    r"shall (?:not )?(?:mean|apply|prevail|be deemed|have the meanings?|constitute|be construed|be interpreted)",
    r"shall (?:not )?(?:be governed|be binding|survive|commence|terminate automatically|become effective|take effect)",
    r"shall (?:not )?(?:take precedence|be void|be null|belong to|vest in)",
    r"shall (?:not )?limit (?:or exclude )?the (?:liability|rights?)",
    r"shall remain (?:with|vested|the (?:sole |exclusive )?property|in (?:full )?(?:force|effect))",
)
# A party that shall apply a patch has a duty.
_PARTY = re.compile(rf"\b(?:{PARTIES}|[Pp]art(?:y|ies)|[Pp]ersonnel) $")
_HINT = "use the present tense: “means”, “applies”, “prevails”"


def check(subject: Subject) -> Iterator[Finding]:
    """Each “shall” before a verb of effect."""
    for match, sentence in matches(_PATTERN, subject):
        if not _PARTY.search(sentence.text[: match.start()]):
            message = f"“{match[0]}” imposes no duty"
            yield Finding(message=message, words=match[0], passage=sentence.passage, hint=_HINT)
