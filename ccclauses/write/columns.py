"""Column widths of tables: the shares that a table asks for, but no column narrower than its longest word."""

from __future__ import annotations

from ..model.annex import Table

CHARACTER = 108  # twips of an average character in a table's small type, on the safe side
PADDING = 200  # twips of a cell's margins


def column_widths(table: Table, total: int) -> tuple[int, ...]:
    """The width of each column in twips; together they are exactly `total`."""
    count = len(table.header)
    shares = table.widths if len(table.widths) == count and sum(table.widths) else (1,) * count
    least = [_longest_word(table, column) * CHARACTER + PADDING for column in range(count)]
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
    """Characters of the longest word of a column; beyond 24 a word may break."""
    longest = max(map(len, table.header[column].split()), default=1)
    for row in table.rows:
        for word in row[column].text.split():
            if len(word) > longest:
                longest = len(word)
    return min(24, longest)
