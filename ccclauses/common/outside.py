"""What a run is given from outside and no input file says. The commands set it; nothing else reads a clock or the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """`made` is the moment that files carry as that of their making (None: that of their document's date); `environment`
    is handed to the programs that are called."""

    made: datetime | None = None
    environment: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


_current = Outside()


def outside() -> Outside:
    """What this run is given."""
    return _current


def set_outside(new: Outside) -> None:
    """Set what this run is given, for this process."""
    global _current
    _current = new
