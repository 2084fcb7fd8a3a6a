"""What failed, as values: an entry of the ledger once it is read, and the term that it must lie in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ..model.credits.credit import Sanction
from ..model.diagnostic import Position
from ..model.obligation import Obligation
from ..model.words.quantity import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """The term of the agreement; `last` is its last day, None while it has no end."""

    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One failure as the ledger tells it, counted as its class counts.

    `began` is on the clock of the place; `days` holds the day of each counted unit of time (for hours the day on which
    the failure began, as often as hours count), `units` how many units fail alike. `act` names the act or omission that
    it states; `outside` counts the months with a credit that the ledger does not list. An event in dispute as a whole is
    listed and not counted.
    """

    id: str
    sanction: Sanction
    obligation: Obligation | None
    began: datetime
    days: tuple[date, ...]
    units: int = 1
    unit: str = ""
    fact: str
    act: str
    outside: int = 0
    damages: Money | None = None
    disputed: bool = False
    note: str = ""
    until: date | None = None  # the last day of the terms under which it is, where those were amended since
    at: Position

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each month in which it counts; that in which it began when nothing counts."""
        return tuple(sorted({d.replace(day=1) for d in self.days})) or (self.began.date().replace(day=1),)
