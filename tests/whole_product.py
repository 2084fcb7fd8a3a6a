"""How much is tried: a sample, so that the suite takes a minute, or all where CCCLAUSES_WHOLE_PRODUCT is set, as CI does."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")

WHOLE_PRODUCT = bool(os.environ.get("CCCLAUSES_WHOLE_PRODUCT"))
EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.yaml"))
FEW = EXAMPLES if WHOLE_PRODUCT else [p for p in EXAMPLES if p.stem == "startup-full"]  # the least of the examples

# Tests that take seconds, most of them because they start processes or read whole annexes again and again.
takes_long = pytest.mark.skipif(not WHOLE_PRODUCT, reason="takes long; tried where CCCLAUSES_WHOLE_PRODUCT is set")


def sample(values: Iterable[T], every: int = 3) -> list[T]:
    """All values, or the first and every so-manieth after it."""
    return list(values)[:: 1 if WHOLE_PRODUCT else every]
