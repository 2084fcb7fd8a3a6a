"""Nouns in the number that a count asks for."""

from __future__ import annotations

_IRREGULAR = {"person": "people", "Person": "People"}


def plural(noun: str, count: int) -> str:
    """The noun for that many: "1 hour", "2 copies" without the number."""
    if count == 1:
        return noun
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def counted(count: int, noun: str) -> str:
    """A count and its noun: "1 hour", "3,200 records"."""
    return f"{count:,} {plural(noun, count)}"
