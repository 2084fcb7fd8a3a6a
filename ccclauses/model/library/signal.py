"""Words that shift a duty without any figure in it, as a library groups them, and what a change of them is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..diagnostic import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A group of words; a star in one represents any ending. `replaced` counts them only where they give way to others."""

    id: str
    label: str
    effect: str
    words: tuple[str, ...]
    counts: Literal["always", "replaced"] = "always"
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    """A change of such words: those that were there and those that are; one of both is empty where they came or went."""

    label: str
    effect: str
    before: str
    after: str

    def __str__(self) -> str:
        if not self.before or not self.after:
            changed = f"“{self.before or self.after}” {'dropped' if self.before else 'added'}"
        else:
            changed = f"“{self.before}” → “{self.after}”"
        return f"{self.label} ({self.effect}): {changed}"
