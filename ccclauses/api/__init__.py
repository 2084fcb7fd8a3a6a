"""What the commands, the page and a program of yours call: one function a task, from paths or values to a frozen value.

A function that can't give its value raises `InputError` with every problem; what it was warned of on the way is in the
`problems` of what it gives. Nothing here prints, exits, or asks what day it is where you say it.
"""

from __future__ import annotations

import importlib
from typing import Any

# Name → the module that it comes from, imported when the name is first used.
_HOMES = {
    "build": "..pipeline",
    "check": ".deals",
    "explain": ".deals",
    "coverage": ".deals",
    "read_deal": ".deals",
    "diff": ".negotiation",
    "redline": ".negotiation",
    "review": ".negotiation",
    "respond": ".negotiation",
    "verify": ".verification",
    "amend": ".amendment",
    "obligations": ".performance",
    "penalties": ".performance",
    "batch": ".many",
    "Batch": ".many",
    "Built": "..pipeline",
    "Deal": ".deals",
    "DealAmended": ".amendment",
    "Diagnostic": "..model.diagnostic",
    "InputError": "..model.diagnostic",
    "Reviewed": ".negotiation",
}
__all__ = list(_HOMES)  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name], __name__), name)
