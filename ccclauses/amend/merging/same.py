"""Whether two texts say the same, whatever the numbers in their references; and a merge of three versions of a list."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from ...compare.contents import masked, printed, tidy_text
from ...model.annex import Block, Cell, ClauseBlock, Inline, Paragraph

T = TypeVar("T")
Key = tuple[Hashable, ...]


def block_key(block: Block, words: Callable[[tuple[Inline, ...]], Hashable] = masked) -> Key:
    """A block as it is compared."""
    if isinstance(block, Paragraph):
        return ("paragraph", block.level, words(block.inlines))
    return ("table", block.header, *(row_key(row, words) for row in block.rows))


def row_key(row: tuple[Cell, ...], words: Callable[[tuple[Inline, ...]], Hashable] = masked) -> Key:
    """A row of a table as it is compared."""
    return tuple(words(cell.inlines) for cell in row)


def same_blocks(one: Sequence[Block], other: Sequence[Block]) -> bool:
    """Whether the blocks say the same; references that some program turned into words are compared by their numbers."""
    return any(
        [block_key(b, words) for b in one] == [block_key(b, words) for b in other] for words in (masked, printed)
    )


def same_clause(one: ClauseBlock, other: ClauseBlock) -> bool:
    """Whether two clauses say the same under the same heading."""
    return tidy_text(one.title) == tidy_text(other.title) and same_blocks(one.blocks, other.blocks)


@dataclass(frozen=True, slots=True)
class Clash(Generic[T]):
    """A stretch that both sides changed, and not alike: the first side's stands."""

    own: tuple[T, ...]
    other: tuple[T, ...]


def merge(
    base: Sequence[T],
    own: Sequence[T],
    other: Sequence[T],
    keys: tuple[Sequence[Key], Sequence[Key], Sequence[Key]],
    frozen: Sequence[bool] = (),
    settled: Callable[[T, T, T], T | None] | None = None,
) -> tuple[list[T], list[Clash[T]]]:
    """`own` with what `other` changed against `base`. What `own` changed stays; what both changed is a clash.

    `frozen` says of each item of `other` that it may not come in. `settled` makes one paragraph of three that all differ, or
    gives None where a person has to.
    """
    of_base, of_own, of_other = (list(k) for k in keys)
    to_own, to_other = _matches(of_base, of_own), _matches(of_base, of_other)
    out: list[T] = []
    clashes: list[Clash[T]] = []
    i = j = k = 0
    for at in [*(n for n in range(len(base)) if n in to_own and n in to_other), len(base)]:
        end_own, end_other = to_own.get(at, len(own)), to_other.get(at, len(other))
        ours, theirs = own[j:end_own], other[k:end_other]
        stretch = was, mine, now = of_base[i:at], of_own[j:end_own], of_other[k:end_other]
        held = any(frozen[k:end_other])
        if now == was or mine == now:
            out += ours
        elif mine == was and not held:
            out += theirs
        elif not held and (in_place := _by_place(base[i:at], ours, theirs, stretch, settled)) is not None:
            out += in_place[0]
            clashes += in_place[1]
        elif held or (named := _by_name(base[i:at], ours, theirs, stretch)) is None:
            out += ours
            clashes.append(Clash(tuple(ours), tuple(theirs)))
        else:
            out += named
        if at < len(base):
            out.append(own[end_own])
        i, j, k = at + 1, end_own + 1, end_other + 1
    return out, clashes


def _matches(base: Sequence[Key], side: Sequence[Key]) -> dict[int, int]:
    blocks = SequenceMatcher(None, base, side, autojunk=False).get_matching_blocks()
    return {b.a + n: b.b + n for b in blocks for n in range(b.size)}


def _by_place(
    base: Sequence[T],
    own: Sequence[T],
    other: Sequence[T],
    keys: tuple[list[Key], list[Key], list[Key]],
    settled: Callable[[T, T, T], T | None] | None,
) -> tuple[list[T], list[Clash[T]]] | None:
    """A stretch of as many paragraphs on each side, merged one by one; None where it is no such stretch."""
    was, ours, theirs = keys
    paragraphs = all(k[0] == "paragraph" for side in keys for k in side)
    if not paragraphs or not len(was) == len(ours) == len(theirs):
        return None
    out: list[T] = []
    clashes: list[Clash[T]] = []
    for then, mine, now, line, a, b in zip(was, ours, theirs, base, own, other):
        both = settled(line, a, b) if settled and len({then, mine, now}) == 3 else None
        if both is not None:
            out.append(both)
        elif mine == then:
            out.append(b)
        else:
            out.append(a)
            if now not in (then, mine):
                clashes.append(Clash((a,), (b,)))
    return out, clashes


def _by_name(
    base: Sequence[T], own: Sequence[T], other: Sequence[T], keys: tuple[list[Key], list[Key], list[Key]]
) -> list[T] | None:
    """A stretch that both sides changed, line by line of the same name; None where one line was changed by both.

    A row of a table is named by its first cell, so that a value and the row below it are distinguished.
    """
    if any(len({_name(k) for k in side}) != len(side) for side in keys):
        return None
    was, ours, theirs = (
        {_name(k): (k, item) for k, item in zip(side, lines)} for side, lines in zip(keys, (base, own, other))
    )
    out: list[T] = []
    for name, (key, item) in theirs.items():
        mine, then = ours.get(name), was.get(name)
        if mine is None:
            if then is not None and then[0] != key:
                return None  # the one took it out, the other changed it
            out += [item] if then is None else []
        elif then is not None and then[0] != mine[0]:
            if then[0] != key != mine[0]:
                return None
            out.append(mine[1])
        elif then is None and mine[0] != key:
            return None
        else:
            out.append(item)
    for name, (key, item) in ours.items():
        if name not in theirs:
            if name in was and was[name][0] != key:
                return None
            out += [item] if name not in was else []
    return out


def _name(key: Key) -> Hashable:
    return key[0] if len(key) > 1 and key[0] not in ("paragraph", "head") else key
