"""A team's own review of a clause, as it is recorded; nothing shipped is legal advice, so that only a team can give it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..diagnostic import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Who approved which content of a clause, and when; `content` is the hash of what was read."""

    clause: str
    version: int
    content: str
    date: date
    by: str
    note: str = ""
    at: Position
