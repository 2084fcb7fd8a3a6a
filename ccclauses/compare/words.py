"""The word-level difference of two token sequences: exact, weighted by characters, then tidied within a budget.

Pure functions on sequences; nothing here knows Word or clauses. `compare/align.py` decides which texts face each
other, this module what changed inside. Three steps, each usable alone:

    tokens = tokenize(text)                 words, spaces and signs; joined they are the text again
    ops = diff_tokens(a, b, weights…)       the fewest changed characters
    ops = tidy(ops, …, budget)              islands too small to help a reader are given up, cheapest first

`wording.change_words` does all three on two texts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import LCSseq

# Scripts that put no space between words: a numeral and a word in katakana are one token each, any other sign with the
# marks above and below it is one. So a changed word is a change of its own and not one of its whole sentence.
_UNSPACED = "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARKS = "\u0e30-\u0e3a\u0e45-\u0e4e\u0eb0-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b6-\u17d3\u0f71-\u0f84\u3099-\u309c"
UNSPACED = (
    "[\u0e50-\u0e59\u0ed0-\u0ed9\u0f20-\u0f29\u1040-\u1049\u17e0-\u17e9]+|[〇零一二三四五六七八九十百千万萬億亿兆两兩壹贰叁肆伍陆柒捌玖拾佰仟]+|[\u30a0-\u30ff]+"
    f"|[\u0e40-\u0e44\u0ec0-\u0ec4]?[{_UNSPACED}][{_MARKS}]*"
)
WORD = f"[^\\W{_UNSPACED}]+"
TOKEN = re.compile(rf"\d+(?:[.,:]\d+)+|{UNSPACED}|{WORD}|\s|[^\w\s]")
SENTENCE_END = frozenset(".!?;:\n。！？；：")
# rapidfuzz keeps one bit for each pair of symbols to trace the way back: 200 million are 25 MB.
MAX_CELLS = 200_000_000
SHARE_CELLS = 4_000_000_000  # comparing without the way back needs no memory, a second for this many
ANCHOR = 6  # tokens in a row that, when met once on either side, tie two long sequences together

Kind = Literal["equal", "delete", "insert"]


@dataclass(frozen=True, slots=True)
class Op:
    """A stretch of both sequences; "delete" has an empty side b, "insert" an empty side a."""

    kind: Kind
    a0: int
    a1: int
    b0: int
    b1: int


def tokenize(text: str) -> list[str]:
    """Return the words, numbers, single spaces and single signs that `text` is made of."""
    return TOKEN.findall(text)


# ------------------------------------------------------------- the exact part


def diff_tokens(a: Sequence[Hashable], b: Sequence[Hashable], *, weights: Sequence[int] | None = None) -> list[Op]:
    """Return the ops that turn `a` into `b` and keep as much weight as possible.

    `weights` (whole numbers from 1) belong to the tokens of `a`; without them a word weighs twice its length and a
    space one, so that words win over spaces. Deletions come before insertions at the same place.
    """
    numbers: dict[Hashable, int] = {}
    first = [numbers.setdefault(token, len(numbers)) for token in a]
    second = [numbers.setdefault(token, len(numbers)) for token in b]
    heavy = [1] * len(numbers)
    for at, token in enumerate(a):
        heavy[first[at]] = _default_weight(token) if weights is None else max(1, weights[at])
    matched: list[tuple[int, int, int]] = []
    _match(first, 0, len(first), second, 0, len(second), heavy, matched)
    return _ops(matched, len(a), len(b))


def _default_weight(token: Hashable) -> int:
    text = token if isinstance(token, str) else "--"
    return 1 if text.isspace() else 2 * min(len(text), 12)


def _ops(matched: Sequence[tuple[int, int, int]], end_a: int, end_b: int) -> list[Op]:
    """Turn runs (start in a, start in b, length) into ops that cover both sequences."""
    ops: list[Op] = []
    i = j = 0
    for a0, b0, size in [*matched, (end_a, end_b, 0)]:
        if a0 > i:
            ops.append(Op("delete", i, a0, j, j))
        if b0 > j:
            ops.append(Op("insert", a0, a0, j, b0))
        i, j = a0 + size, b0 + size
        if size:
            if ops and ops[-1].kind == "equal":
                ops[-1] = Op("equal", ops[-1].a0, i, ops[-1].b0, j)
            else:
                ops.append(Op("equal", a0, i, b0, j))
    return ops


def _match(
    a: list[int], a0: int, a1: int, b: list[int], b0: int, b1: int, heavy: list[int], out: list[tuple[int, int, int]]
) -> None:
    """Append the matching runs of a[a0:a1] and b[b0:b1], in order."""
    head = 0
    while a0 + head < a1 and b0 + head < b1 and a[a0 + head] == b[b0 + head]:
        head += 1
    tail = 0
    while a1 - tail > a0 + head and b1 - tail > b0 + head and a[a1 - tail - 1] == b[b1 - tail - 1]:
        tail += 1
    if head:
        out.append((a0, b0, head))
    lo_a, hi_a, lo_b, hi_b = a0 + head, a1 - tail, b0 + head, b1 - tail
    if lo_a < hi_a and lo_b < hi_b:
        _match_middle(a, lo_a, hi_a, b, lo_b, hi_b, heavy, out)
    if tail:
        out.append((hi_a, hi_b, tail))


def _match_middle(
    a: list[int], a0: int, a1: int, b: list[int], b0: int, b1: int, heavy: list[int], out: list[tuple[int, int, int]]
) -> None:
    size_a, size_b = sum(heavy[t] for t in a[a0:a1]), sum(heavy[t] for t in b[b0:b1])
    if size_a * size_b <= MAX_CELLS:
        out.extend(_weighted_runs(a, a0, a1, b, b0, b1, heavy))
    elif (a1 - a0) * (b1 - b0) <= MAX_CELLS:
        out.extend(
            (block.src_start + a0, block.dest_start + b0, block.src_end - block.src_start)
            for block in LCSseq.opcodes(a[a0:a1], b[b0:b1])
            if block.tag == "equal"
        )
    else:
        _match_anchored(a, a0, a1, b, b0, b1, heavy, out)


def _weighted_runs(
    a: list[int], a0: int, a1: int, b: list[int], b0: int, b1: int, heavy: list[int]
) -> list[tuple[int, int, int]]:
    """Find the heaviest common subsequence by writing a token of weight n as n symbols of its own.

    A token counts as matched when all its symbols face those of one token; a token torn between two is given up,
    and the gap it leaves is searched once more, by tokens.
    """
    symbols_a, starts_a = _spelled(a, a0, a1, heavy)
    symbols_b, starts_b = _spelled(b, b0, b1, heavy)
    runs: list[tuple[int, int, int]] = []
    i, j = a0, b0
    for block in LCSseq.opcodes(symbols_a, symbols_b):
        if block.tag != "equal":
            continue
        at_a, at_b = starts_a.get(block.src_start), starts_b.get(block.dest_start)
        if at_a is None or at_b is None:  # the block opens inside a token: skip to the next one
            step = 1
            while block.src_start + step < block.src_end and (
                block.src_start + step not in starts_a or block.dest_start + step not in starts_b
            ):
                step += 1
            at_a, at_b = starts_a.get(block.src_start + step), starts_b.get(block.dest_start + step)
            if at_a is None or at_b is None or block.src_start + step >= block.src_end:
                continue
            room = block.src_end - block.src_start - step
        else:
            room = block.src_end - block.src_start
        size = 0
        while (
            at_a + size < a1 and at_b + size < b1 and heavy[a[at_a + size]] <= room and a[at_a + size] == b[at_b + size]
        ):
            room -= heavy[a[at_a + size]]
            size += 1
        if size:
            _fill(a, i, at_a, b, j, at_b, runs)
            runs.append((at_a, at_b, size))
            i, j = at_a + size, at_b + size
    _fill(a, i, a1, b, j, b1, runs)
    return runs


def _fill(a: list[int], a0: int, a1: int, b: list[int], b0: int, b1: int, runs: list[tuple[int, int, int]]) -> None:
    """Append what whole tokens still match in the gap."""
    if a0 < a1 and b0 < b1 and not set(a[a0:a1]).isdisjoint(b[b0:b1]):
        runs.extend(
            (block.src_start + a0, block.dest_start + b0, block.src_end - block.src_start)
            for block in LCSseq.opcodes(a[a0:a1], b[b0:b1])
            if block.tag == "equal"
        )


def _spelled(tokens: list[int], lo: int, hi: int, heavy: list[int]) -> tuple[list[int], dict[int, int]]:
    symbols: list[int] = []
    starts: dict[int, int] = {}
    for at in range(lo, hi):
        starts[len(symbols)] = at
        base = tokens[at] << 6
        symbols.extend(range(base, base + min(heavy[tokens[at]], 63)))
    return symbols, starts


def _match_anchored(
    a: list[int], a0: int, a1: int, b: list[int], b0: int, b1: int, heavy: list[int], out: list[tuple[int, int, int]]
) -> None:
    """Tie two long sequences together where they share rare stretches; without any, cut both in halves."""
    shingles_a, shingles_b = _unique_shingles(a, a0, a1), _unique_shingles(b, b0, b1)
    pairs = sorted((i, shingles_b[s]) for s, i in shingles_a.items() if s in shingles_b)
    chain = longest_increasing(pairs)
    if not chain:
        middle_a, middle_b = (a0 + a1) // 2, (b0 + b1) // 2
        _match(a, a0, middle_a, b, b0, middle_b, heavy, out)
        _match(a, middle_a, a1, b, middle_b, b1, heavy, out)
        return
    i, j = a0, b0
    for at_a, at_b in chain:
        if at_a < i or at_b < j:
            continue
        _match(a, i, at_a, b, j, at_b, heavy, out)
        out.append((at_a, at_b, 1))
        i, j = at_a + 1, at_b + 1
    _match(a, i, a1, b, j, b1, heavy, out)


def _unique_shingles(tokens: list[int], lo: int, hi: int) -> dict[tuple[int, ...], int]:
    seen: dict[tuple[int, ...], int] = {}
    for at in range(lo, hi - ANCHOR + 1):
        shingle = tuple(tokens[at : at + ANCHOR])
        seen[shingle] = -1 if shingle in seen else at
    return {shingle: at for shingle, at in seen.items() if at >= 0}


def longest_increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest chain of `pairs` (sorted by the first number) that rises in both numbers."""
    tails: list[int] = []
    holders: list[int] = []
    before: list[int] = []
    for at, (_, second) in enumerate(pairs):
        place = bisect_left(tails, second)
        before.append(holders[place - 1] if place else -1)
        tails[place : place + 1] = [second]
        holders[place : place + 1] = [at]
    chain: list[tuple[int, int]] = []
    at = holders[-1] if holders else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def changed_weight(ops: Sequence[Op], weights_a: Sequence[int], weights_b: Sequence[int]) -> int:
    """Return the weight of everything deleted and inserted."""
    return sum(sum(weights_a[op.a0 : op.a1]) for op in ops if op.kind == "delete") + sum(
        sum(weights_b[op.b0 : op.b1]) for op in ops if op.kind == "insert"
    )


def shared_words(a: Sequence[Hashable], b: Sequence[Hashable]) -> float:
    """Return the share of words, from 0 to 1, that two token sequences have in common and in order."""
    first, second = ([t for t in tokens if isinstance(t, str) and t[:1].isalnum()] for tokens in (a, b))
    if len(first) * len(second) > SHARE_CELLS:  # a sample from the same places says enough
        size = int(SHARE_CELLS**0.5)
        first, second = first[:size], second[:size]
    total = len(first) + len(second)
    return 2 * LCSseq.similarity(first, second) / total if total else 1.0


# ----------------------------------------------------------- the readable part


def slide(ops: Sequence[Op], a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Op]:
    """Move lone insertions and deletions, at no cost, to where a sentence or a word begins."""
    out = list(ops)
    for at in range(1, len(out) - 1):
        left, op, right = out[at - 1 : at + 2]
        if op.kind == "equal" or left.kind != "equal" or right.kind != "equal":
            continue
        side, lo, hi = (a, op.a0, op.a1) if op.kind == "delete" else (b, op.b0, op.b1)
        back = 0
        while back < left.a1 - left.a0 and side[lo - 1 - back] == side[hi - 1 - back]:
            back += 1
        ahead = 0
        while ahead < right.a1 - right.a0 and side[lo + ahead] == side[hi + ahead]:
            ahead += 1
        # Prefer the best edge, then the place nearest to where it was.
        shift = max(range(-back, ahead + 1), key=lambda s: (_edge(side, lo + s, hi + s), -abs(s)))
        if shift:
            out[at - 1] = Op("equal", left.a0, left.a1 + shift, left.b0, left.b1 + shift)
            out[at] = Op(op.kind, op.a0 + shift, op.a1 + shift, op.b0 + shift, op.b1 + shift)
            out[at + 1] = Op("equal", right.a0 + shift, right.a1, right.b0 + shift, right.b1)
    return [op for op in out if op.a1 > op.a0 or op.b1 > op.b0]


def _edge(side: Sequence[Hashable], lo: int, hi: int) -> int:
    """Judge how natural a change of side[lo:hi] reads; higher is better."""
    before = side[lo - 1] if lo else "\n"
    last = side[hi - 1]
    if before in SENTENCE_END or not isinstance(before, str):
        return 4 if last in SENTENCE_END or not isinstance(last, str) else 2
    if _space(before) and lo > 1 and side[lo - 2] in SENTENCE_END:
        return 4 if _space(last) and hi - lo > 1 and side[hi - 2] in SENTENCE_END else 3
    if _space(side[lo]) and last in SENTENCE_END:
        return 4  # " A sentence." added after another
    if _space(before) and _space(last):
        return 2  # "word " put between words
    return 1 if _space(side[lo]) else 0


def _space(token: Hashable) -> bool:
    return isinstance(token, str) and token.isspace()


def tidy(
    ops: Sequence[Op],
    a: Sequence[Hashable],
    weights: Sequence[int],
    budget: int,
    *,
    fixed: frozenset[Hashable] = frozenset(),
) -> list[Op]:
    """Give up islands of equal text between changes, most helpful to a reader first, while `budget` lasts.

    An island of weight n costs 2n more changed weight. Islands holding a token of `fixed` stay.
    """
    islands = []
    for at in range(1, len(ops) - 1):
        op = ops[at]
        if op.kind != "equal":
            continue
        cost = 2 * sum(weights[op.a0 : op.a1])
        around = _change_weight(ops, at, -1) + _change_weight(ops, at, 1)
        if cost > around or (fixed and not fixed.isdisjoint(a[op.a0 : op.a1])):
            continue
        words = sum(1 for token in a[op.a0 : op.a1] if isinstance(token, str) and token[:1].isalnum())
        islands.append((0 if not words else cost, cost, at))
    given_up = set()
    for _, cost, at in sorted(islands):
        if cost <= budget:
            budget -= cost
            given_up.add(at)
    return _merged([Op("delete", op.a0, op.a1, op.b0, op.b1) if at in given_up else op for at, op in enumerate(ops)])


def _change_weight(ops: Sequence[Op], at: int, step: int) -> int:
    """Return how many tokens change right next to an island."""
    total, at = 0, at + step
    while 0 <= at < len(ops) and ops[at].kind != "equal":
        total += ops[at].a1 - ops[at].a0 + ops[at].b1 - ops[at].b0
        at += step
    return total


def _merged(ops: Sequence[Op]) -> list[Op]:
    """Join neighbouring changes into at most one deletion and one insertion."""
    out: list[Op] = []
    i = j = 0
    a0 = b0 = 0
    for op in [*ops, None]:
        if op is None or op.kind == "equal":
            if i > a0:
                out.append(Op("delete", a0, i, b0, b0))
            if j > b0:
                out.append(Op("insert", i, i, b0, j))
            if op is None:
                break
            out.append(op)
            a0, b0 = op.a1, op.b1
        i, j = op.a1, op.b1
    return out
