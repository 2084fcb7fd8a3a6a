"""What a command takes from the environment: its limits, the moment that files carry, what programs it calls are given."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from ..common.limits import Limits, limits, read_limits, set_limits
from ..common.outside import Outside, outside, set_outside
from ..model.diagnostic import Diagnostic


def take_environment() -> list[Diagnostic]:
    """Set what this process is given by its environment, and report what in it is not a limit."""
    found, problems = read_limits(os.environ)
    set_limits(found)
    set_outside(Outside(made=moment(), environment=os.environ))
    return problems


def moment() -> datetime | None:
    """The moment of SOURCE_DATE_EPOCH (seconds since 1970, https://reproducible-builds.org); None where it is not one."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit() and len(epoch) <= 11:
        try:
            return datetime.fromtimestamp(int(epoch), timezone.utc)
        except (OverflowError, ValueError, OSError):
            pass
    return None


def given() -> tuple[Limits, datetime | None]:
    """What a process elsewhere must be given to work as this one does."""
    return limits(), outside().made


def as_given(what: tuple[Limits, datetime | None], fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
    """Call a function in a process elsewhere, which is given the same first."""
    set_limits(what[0])
    set_outside(Outside(made=what[1], environment=os.environ))
    return fn(*args, **kwargs)
