"""What the writers of one story share: who marks, how content is carried, and how much tidying is still allowed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from ..carrier import Carrier
from ..model import RedlineOptions
from .marks import Marker
from .stream import Keys

# Beyond its share of the change, a document may spend a little on readable islands: a few characters, and never
# more than this share of a small change.
SPARE, SPARE_SHARE = 12, 0.06


@dataclass(slots=True)
class Purse:
    """How many extra characters of change the whole redline may spend on being readable."""

    share: float
    least: int = 0  # the fewest characters the changes so far need
    spent: int = 0

    def allowance(self, least: int, cost: int) -> int:
        """Return what a change that needs `least` and costs `cost` characters may add."""
        self.least += least
        self.spent += cost
        return int(self.least * (1 + self.share) + min(SPARE, SPARE_SHARE * self.least)) - self.spent

    def spend(self, added: int) -> None:
        """Take what tidying has added."""
        self.spent += added


class Notes:
    """What is behind note references; `notes.py` says it for the main story, others have none."""

    def matched(self, kind: str, before: str, after: str) -> None:
        """A reference of BEFORE answers to one of AFTER."""

    def deleted(self, kind: str, before: str) -> str:
        """Return the id in the redline of a note that only BEFORE has."""
        return before

    def inserted(self, kind: str, after: str) -> None:
        """A note that only AFTER has."""


@dataclass(slots=True)
class Scope:
    """One story of the redline under construction."""

    marker: Marker
    options: RedlineOptions
    carrier: Carrier
    before: Keys
    after: Keys
    purse: Purse
    notes: Notes
    renumber: Callable[[etree._Element], etree._Element]  # numbering of BEFORE in properties that are carried over
    remarks: list[str] = field(default_factory=list)  # for the reader of the redline
