"""Finds a second verb for duties beside the usual one: “will”, “must”, “agrees to”, “is responsible for”.

Why it matters
    A reader asks whether “must” binds more than “shall”. One verb for all duties of a document answers that.

Flagged
    The Provider shall keep a log. The Provider shall report breaches. The Provider will train its staff.

Accepted
    The Provider shall keep a log. By signing, each party agrees to enter into this Agreement.
    The Provider shall keep a log. The Provider shall train its staff.
    The Provider will keep a log. The Client will pay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import ACTOR, PARTIES, matches
from ..subject import Finding, Subject

CODE = "L02"
SEVERITY = Severity.ERROR
_MIXED = re.compile(
    rf"\b(?:{ACTOR}|{PARTIES}) shall\b[^.;:]*?\band (?P<verb>must|will(?! receive\b))(?= (?:not )?[a-z])"
)
_DUTY = re.compile(
    rf"(?<!which the )(?<!which )(?<!that the )(?<!whom the )\b(?:{ACTOR}|{PARTIES}) (?:also |then |each )?(?P<verb>shall|will(?! receive\b)|must|undertakes? to"
    r"|covenants? to|agrees to(?! (?:this|these|the|enter|be bound)\b)|(?:is|are) (?:responsible for|obliged to))\b"
)


def check(subject: Subject) -> Iterator[Finding]:
    """Each duty in another verb than the one that the text uses most."""
    found = [(m["verb"], m[0], s) for m, s in matches(_DUTY, subject)]
    found += [(m["verb"], f"and {m['verb']}", s) for m, s in matches(_MIXED, subject)]
    counts = Counter(verb for verb, _, _ in found)
    if len(counts) < 2:
        return
    usual = "shall" if subject.clause else counts.most_common(1)[0][0]
    for verb, words, sentence in found:
        if verb != usual:
            hint = f"say “{usual}”, as the rest of the text does"
            message = f"“{words}”: this text says “{usual}” for duties"
            yield Finding(message=message, words=words, passage=sentence.passage, hint=hint)
