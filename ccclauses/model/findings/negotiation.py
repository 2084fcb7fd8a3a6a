"""The rounds of a negotiation as values: the papers that went back and forth, and what moved between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Side = Literal["sent", "returned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One paper of the negotiation: round, side, file in the folder, SHA-256, name it came under, day it was kept."""

    round: int
    side: Side
    file: str
    sha256: str
    name: str
    kept: str

    def __str__(self) -> str:
        return f"round {self.round} {self.side}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How a clause or value is at each stage; empty where the stage left it alone."""

    name: str
    at: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The stages of a negotiation in order, and what moved."""

    stages: tuple[Stage, ...]
    clauses: tuple[Move, ...]
    values: tuple[Move, ...]
