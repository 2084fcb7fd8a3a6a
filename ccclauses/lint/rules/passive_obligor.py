"""Finds a duty in the passive voice that names no actor: “logs shall be kept”.

Why it matters
    A duty without an obligor binds nobody. The other side will say that it was somebody else’s.

Flagged
    Logs shall be kept for 12 months.
    All data must be encrypted within 5 days.

Accepted
    The Provider shall keep logs for 12 months.
    Logs shall be kept by the Provider for 12 months.
    The Provider guarantees that backups will be kept abroad. The audit shall be carried out by an independent body. Consent shall not be unreasonably withheld.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import ACTOR, PARTIES, matches
from ..subject import Finding, Subject

CODE = "L05"
SEVERITY = Severity.ERROR
_PATTERN = re.compile(
    r"\b(?:shall|must|will)(?: not)?(?: at all times| also| only)? be (?:\w+ly )?"
    r"(?P<verb>\w*(?:ed|kept|sent|made|given|held|built|paid|done|taken|written|set|put|read))\b"
)
# Words that describe a state, or a right, rather than something that somebody must do.
_STATES = re.compile(
    r"\b(?:entitled|deemed|construed|governed|interpreted|limited|bound|based|interested|required|permitted|allowed|"
    r"located|resolved|considered|needed|applied|employed|calculated|relieved|withheld|extended|renewed|satisfied|replaced|"
    r"increased|reduced|terminated|obliged|obligated|deprived|affected|informed)$|^held$"
)
# A party that promises that something will be done owes it.
_PROMISED = re.compile(
    rf"\b(?:{ACTOR}|{PARTIES}) (?:also |further )?(?:guarantees?|ensures?|warrants?|undertakes?|(?:shall|will|must) (?:ensure|procure)) that\b"
)
# "by" and who does it: a body, a person. What follows is not a means and no time.
_DONE_BY = re.compile(
    r"(?: out| up| in)?(?: \w+ly)? by (?!(?:no |the )?(?:latest|later|end|way|means|means of|badge|email|e-mail|post|\d))"
    r"(?:the |an? |its |their |each |any |either )?(?:\w+ ){0,3}?\w*(?:er|or|ers|ors|body|bodies|person|persons|people|staff|party|parties|"
    r"authority|authorities|court|company|team|engineer|engineers|Regulator|inspection|importer|exporter|services?)\b"
)
_NAMED = re.compile(rf"\bby (?:the |each |an? |its |both )?(?:{ACTOR}|(?:{PARTIES}))", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Finding]:
    """Each passive duty whose sentence names no party that owes it."""
    for match, sentence in matches(_PATTERN, subject):
        if (
            _STATES.search(match["verb"])
            or _NAMED.search(sentence.whole)
            or _PROMISED.search(sentence.whole)
            or _DONE_BY.match(sentence.text, match.end())
        ):
            continue
        hint = "name the party first: “The Provider shall …”"
        message = f"“{match[0]}” doesn’t say who must do it"
        yield Finding(message=message, words=match[0], passage=sentence.passage, hint=hint)
