"""Column widths of tables: the shares that a table asks for, but no column narrower than its longest word."""

from __future__ import annotations

from functools import lru_cache

from ...model.annex import Reference, Table

PADDING = 200  # twips of a cell's margins
LONGEST = 24  # characters; a longer word may break


def column_widths(table: Table, total: int, size: int) -> tuple[int, ...]:
    """The width of each column in twips, together exactly `total`; `size` is that of the type, in half-points."""
    count = len(table.header)
    shares = table.widths if len(table.widths) == count and any(table.widths) else (1,) * count
    character = size * 10 * 0.57  # an average one, on the safe side
    least = [int(_longest_word(table, column) * character) + PADDING for column in range(count)]
    room = total - sum(least)
    if room < 0:  # words will break whatever is done; give each column its part of the want
        widths = [total * need // sum(least) for need in least]
    else:
        widths = _shared(shares, least, total)
    widths[-1] += total - sum(widths)
    return tuple(widths)


def _shared(shares: tuple[int, ...], least: list[int], total: int) -> list[int]:
    """The shares of `total`, with what the narrow columns need taken from the others in proportion."""
    fixed: set[int] = set()
    while True:
        free = total - sum(least[i] for i in fixed)
        parts = sum(s for i, s in enumerate(shares) if i not in fixed)
        widths = [least[i] if i in fixed else free * s // max(1, parts) for i, s in enumerate(shares)]
        short = {i for i, width in enumerate(widths) if i not in fixed and width < least[i]}
        if not short:
            return widths
        fixed |= short


def _longest_word(table: Table, column: int) -> int:
    """Characters of the longest word of a column; a reference is one word, since a no-break space holds it together."""
    found = _longest_of(table.header[column])
    for row in table.rows:
        for inline in row[column].inlines:
            length = len(inline.noun) + len(inline.text) if type(inline) is Reference else _longest_of(inline.text)
            if length > found:
                found = length
                if found >= LONGEST:
                    return LONGEST
    return found


@lru_cache(maxsize=20_000)  # most cells hold words of the library, which every annex has again
def _longest_of(text: str) -> int:
    return max(map(len, text.split()), default=1)
