"""Counting: the numbers of headings and paragraphs, and the numbers that references give in full context.

The full context is that of Word's `REF … \\w`: the labels from the level that holds the heading's number down to the
paragraph's own, without a full stop at the end (ISO/IEC 29500-1, 17.16.5.50).
"""

from __future__ import annotations

import re
from functools import lru_cache

from ...model.library.library import Level

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def numeral(number: int, style: str) -> str:
    """A number in one of Word's number formats; letters go on as a…z, aa, bb as Word does."""
    if style in ("lowerLetter", "upperLetter"):
        repeats, index = divmod(number - 1, 26)
        letters = chr(ord("a") + index) * (repeats + 1)
        return letters.upper() if style == "upperLetter" else letters
    if style in ("lowerRoman", "upperRoman"):
        out = ""
        for value, letters in _ROMAN:
            out += letters * (number // value)
            number %= value
        return out.upper() if style == "upperRoman" else out
    return str(number)


class Counter:
    """Counts the paragraphs under one list of levels, as Word's multi-level list does.

    Full numbers begin at `from_level`: a schedule's paragraphs are cited without the schedule's own number.
    """

    def __init__(self, levels: tuple[Level, ...], from_level: int = 1) -> None:
        self.labels, self.whole = _read(levels)
        self.root = from_level - 1
        self.counts = [0] * len(levels)

    def next(self, level: int) -> tuple[str, str]:
        """Count one more paragraph of a level (1 is the heading): its own label and its full number."""
        index = level - 1
        self.counts[index] += 1
        self.counts[index + 1 :] = [0] * (len(self.counts) - level)
        return self._label(index), self._full(index)

    def _label(self, index: int) -> str:
        # A level that was skipped counts as one, as in Word.
        return "".join(p if isinstance(p, str) else numeral(self.counts[p[0]] or 1, p[1]) for p in self.labels[index])

    def _full(self, index: int) -> str:
        own = self._label(index).rstrip(".")
        return own if index <= self.root or self.whole[index] else self._full(index - 1) + own


@lru_cache(maxsize=64)
def _read(levels: tuple[Level, ...]) -> tuple[tuple[tuple[str | tuple[int, str], ...], ...], tuple[bool, ...]]:
    """The pieces of each level's label, and whether it holds the heading's number."""
    return tuple(_pieces(level.text, levels) for level in levels), tuple("%1" in level.text for level in levels)


def _pieces(text: str, levels: tuple[Level, ...]) -> tuple[str | tuple[int, str], ...]:
    """A label's text as words and (level, format) pairs."""
    parts = re.split(r"%(\d)", text)
    return tuple(p if i % 2 == 0 else (int(p) - 1, levels[int(p) - 1].format) for i, p in enumerate(parts) if p)
