"""Finds a duty that the client takes on where the provider is meant: “the Client agrees”.

Why it matters
    In a supplier’s paper the client’s promises hide in the supplier’s duties.

Flagged
    The Client agrees that the Provider may change its policies.

Accepted
    The Provider may change its policies with the Client’s consent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..subject import Finding, Subject, matches

CODE = "L34"
SEVERITY = Severity.ERROR
_PATTERN = re.compile(r"""(?<!whom the )(?<!which the )(?<!that the )(?<!until the )(?<!unless the )(?<!if the )(?<!If the )\b(?:Client|Customer) (?:hereby )?(?:agrees|acknowledges|accepts|undertakes|warrants)\b""")


def check(subject: Subject) -> Iterator[Finding]:
    """Each place at which the text does this."""
    for match, sentence in matches(_PATTERN, subject):
        yield Finding(message=f'“{match[0]}”: the client promises here', words=match[0], passage=sentence.passage, hint='check who should bear this')
