"""A table as lines of plain text, fitted to a width: for the text of an annex and for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

GAP = "  "
_LONGEST = 24  # characters; a longer word may break


def text_table(
    header: Sequence[str], rows: Sequence[Sequence[str]], width: int | None, align: Sequence[str] = ()
) -> list[str]:
    """The lines of a table at most `width` characters wide; without a width each row is one line.

    `align` holds "right" for the columns that are set to the right. Only a table with more columns than fit at one
    character each is wider.
    """
    every = [header, *rows]
    need = [max(1, *(len(row[i]) for row in every)) for i in range(len(header))]
    widths = need if width is None else _fitted(every, need, width - len(GAP) * (len(header) - 1))
    right = [i < len(align) and align[i] == "right" for i in range(len(header))]
    out = []
    for index, row in enumerate(every):
        cells = [textwrap.wrap(text, n) or [""] for text, n in zip(row, widths)]
        for line in range(max(map(len, cells))):
            words = [cell[line] if line < len(cell) else "" for cell in cells]
            out.append(GAP.join(w.rjust(n) if r else w.ljust(n) for w, n, r in zip(words, widths, right)))
        if index == 0:
            out.append(GAP.join("-" * n for n in widths))
    return out


def _fitted(rows: Sequence[Sequence[str]], need: list[int], room: int) -> list[int]:
    """Column widths in characters: what a column needs, or its part of the room by the length of its texts."""
    if sum(need) <= room:
        return need
    columns = range(len(need))
    least = [min(_LONGEST, max((len(word) for row in rows for word in row[i].split()), default=1)) for i in columns]
    while sum(least) > room and max(least) > 1:  # words will break; first those of the widest column
        least[least.index(max(least))] -= 1
    spare = max(0, room - sum(least))
    wish = [max(0, n - m) for n, m in zip(need, least)]
    return [m + spare * w // max(1, sum(wish)) for m, w in zip(least, wish)]
