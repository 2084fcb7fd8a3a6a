"""Functions of the library's own values that remember what they made.

The library is read once in a process, and its values never change, so a value is known again by its identity. Hashing one
by what it holds would cost more than making the result anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import TypeVar

A = TypeVar("A")
K = TypeVar("K", bound=Hashable)
R = TypeVar("R")
_MOST = 8192  # results that are kept: those of the library's clauses, settings and definitions under a few laws


class _Same:
    """A value that equals itself alone. It keeps the value, so that no other can take its identity."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value


def remembered(make: Callable[[A, K], R]) -> Callable[[A, K], R]:
    """`make`, which is asked once for each first argument, by its identity, and each second one, by its worth."""

    @lru_cache(maxsize=_MOST)
    def known(same: _Same, key: K) -> R:
        return make(same.value, key)  # type: ignore[arg-type]  # what was wrapped below

    @wraps(make)
    def found(value: A, key: K) -> R:
        return known(_Same(value), key)

    return found
