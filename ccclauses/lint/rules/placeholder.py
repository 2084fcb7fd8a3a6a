"""Finds what was to be filled in: [●], TBD, XX, [insert name], «Amount», a drafting note, a line of underscores, an empty control.

Why it matters
    A signed placeholder is a gap that a court fills.

Flagged
    The cap is [●].
    The Provider shall report to [insert name] within TBD days.
    Name: ________
    The Provider shall pay «Amount» [NTD: confirm].
    The fee is Click or tap here to enter text.

Accepted
    The cap is EUR 10,000.00.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import told
from ..subject import Finding, Subject

CODE = "L33"
SEVERITY = Severity.ERROR
_PATTERN = re.compile(
    r"\[[●•▪]+\]|\[\]|\bTB[DCA]\b|\bXX+\b|_{4,}|\{\{?[^}]{0,60}\}?\}|<[A-Za-z][A-Za-z _-]{1,40}>|«[^»]{1,60}»"
    r"|\[(?:NTD|NTF|Note to [Dd]raft(?:er)?|Drafting [Nn]ote)\b[^\]]{0,200}\]"
    r"|\b(?:Click or tap (?:here )?to enter (?:text|a date)|Click here to enter (?:text|a date)|Choose an item|Enter text here)\b"
    r"|\[to be (?:agreed|confirmed|determined|completed|inserted)[^\]]{0,40}\]"
    r"|\[(?:insert|name|date|amount|enter|fill|specify|company|customer|client|provider|number|address)\b[^\]]{0,60}\]",
    re.IGNORECASE,
)
_HINT = "fill it in before anybody signs"


def check(subject: Subject) -> Iterator[Finding]:
    """Each gap."""
    yield from told(_PATTERN, subject, "still has to be filled in", _HINT)
