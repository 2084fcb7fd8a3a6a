"""Finds hereinafter, aforesaid, witnesseth, thereof and their kin.

Why it matters
    They add no meaning and put off everyone who is no lawyer.

Flagged
    The Provider shall keep the aforesaid log for 12 months.
    Witnesseth: the parties agree.

Accepted
    The Provider hereby assigns the recordings to the Client.
    The Provider shall keep that log for 12 months.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import any_of, told
from ..subject import Finding, Subject

CODE = "L31"
SEVERITY = Severity.WARNING
_PATTERN = any_of(
    "hereinafter|hereinbefore|herewith|heretofore|hereunto|aforesaid|aforementioned|forthwith|witnesseth",
    "thereof|therein|thereto|thereunder|whereof|wherein|whereas",
    "the said",
    "in witness whereof|notwithstanding the foregoing|to wit",
)
_HINT = "leave it out, or say “this”, “that”, “of it”"


def check(subject: Subject) -> Iterator[Finding]:
    """Each word or phrase of the kind; “hereby” marks an act that the contract itself performs, and is fine."""
    yield from told(_PATTERN, subject, "is out of date", _HINT)
