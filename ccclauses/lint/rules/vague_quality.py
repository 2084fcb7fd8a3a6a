"""Finds adequate, appropriate, suitable, sufficient, robust, state of the art as the measure of a duty.

Why it matters
    Each party fills such a word with what it has. Nothing can be tested against it.

Flagged
    The Provider shall use adequate safeguards.
    The Provider shall keep robust access controls.

Accepted
    The officers may sign the documents that are necessary or appropriate to carry out the resolution.
    The Provider shall use the safeguards listed in Schedule 2.
    The Provider shall take the appropriate measures set out in Article 32 of the GDPR.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..subject import BINDING, Finding, Subject, matches

CODE = "L10"
SEVERITY = Severity.ERROR
_PATTERN = re.compile(r"""\b(?:adequate(?:ly)?(?! consideration)|(?<!necessary or )appropriate(?:ly)?|suitabl[ey]|sufficient(?:ly)?|robust|state[- ]of[- ]the[- ]art|satisfactory|satisfactorily|high[- ]quality)\b""", re.IGNORECASE)
_FINE = re.compile(r"""(?:Schedule|Exhibit|Appendix|Annex|Article|Art\.|Section|clause|Chapter|regulation|§) ?\w|(?:listed|set out|named|described) in""", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Finding]:
    """Each such word in a sentence that gives a duty or a right."""
    for match, sentence in matches(_PATTERN, subject):
        if _FINE.search(sentence.whole) or not BINDING.search(sentence.whole):
            continue
        yield Finding(message=f'“{match[0]}” can’t be tested', words=match[0], passage=sentence.passage, hint='name the measure, the number or the schedule that lists it')
