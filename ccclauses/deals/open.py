"""What is open in a deal, in the order in which it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..model.profile import Resolution
from ..resolve.judge import said

OPEN_RULES = ("assumed-fact", "missing-key", "missing-currency")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """A fact that is assumed."""

    path: str
    label: str
    kind: Literal["missing", "assumed", "placeholder"]
    printed: str


def open_points(resolution: Resolution) -> Iterator[OpenPoint]:
    """The facts that nobody knows yet."""
    for name, asked in resolution.profile.facts.items():
        if asked.unknown and (fact := resolution.library.facts.get(name)):
            printed = said(resolution.facts[name]).capitalize()
            yield OpenPoint(path=f"facts.{name}", label=fact.question, kind="assumed", printed=printed)
