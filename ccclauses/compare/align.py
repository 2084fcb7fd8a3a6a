"""The alignment of two sequences of texts: which paragraph, row or clause of one side answers to which of the other.

Pure functions on strings, always in order, near linear:

1. equal heads and tails, then texts met once on either side, then the longest chain of them that rises on both
   sides, again inside each gap;
2. in the gaps left, pairs that share rare word sequences, chained the same way;
3. in what is then small, the monotone alignment of most shared words; a large rest without any shared trait is cut
   into windows, so that two unlike files cost no more than two alike;
4. neighbours that continue a pair join it: a text split in two, or two merged.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from .words import TOKEN, longest_increasing

WINDOW = 2_500  # pairs of texts that are weighed one by one; more are cut into windows
ROUNDS = 8  # how often gaps are searched for texts that are unique inside them
GRAM = 4  # words in a row that count as a trait of a text
LEAST = 0.25  # share of common words below which two texts are strangers
REACH = 3  # how far from a pair its continuation may stand
CONTINUES = 0.6  # share of a neighbour's words that a pair must explain before the neighbour joins it


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch a[a0:a1] that answers to b[b0:b1]; an empty side means added or removed."""

    a0: int
    a1: int
    b0: int
    b1: int

    @property
    def matched(self) -> bool:
        """Return whether both sides hold something."""
        return self.a1 > self.a0 and self.b1 > self.b0


def align(
    a: Sequence[str],
    b: Sequence[str],
    *,
    may_pair: Callable[[int, int], bool] | None = None,
    split: bool = True,
    least: float = LEAST,
) -> list[Link]:
    """Return links that cover both sequences in order; matched ones are 1:1, or 1:n and n:1 with `split`.

    `may_pair(i, j)` forbids pairs (a table never answers to a paragraph); equal texts are taken as permitted.
    `least` is the share of common words below which two texts are not paired.
    """
    aligner = _Aligner(a, b, may_pair or (lambda i, j: True), least)
    pairs: list[tuple[int, int]] = []
    aligner.chain_equal(0, len(a), 0, len(b), pairs, ROUNDS)
    links = _cover(pairs, len(a), len(b))
    return aligner.join_neighbours(links) if split else links


def similarity(a: str, b: str) -> float:
    """Return the share of words two texts have in common and in order, from 0 to 1."""
    first, second = _words(a), _words(b)
    if not first and not second:
        return 1.0
    return 2 * LCSseq.similarity(first, second) / (len(first) + len(second))


def _words(text: str) -> list[str]:
    return [token for token in TOKEN.findall(text) if not token.isspace()]


def _cover(pairs: Sequence[tuple[int, int]], end_a: int, end_b: int) -> list[Link]:
    links: list[Link] = []
    i = j = 0
    for at_a, at_b in [*pairs, (end_a, end_b)]:
        links.extend(Link(at, at + 1, j, j) for at in range(i, at_a))
        links.extend(Link(at_a, at_a, at, at + 1) for at in range(j, at_b))
        if at_a < end_a or at_b < end_b:
            links.append(Link(at_a, at_a + 1, at_b, at_b + 1))
        i, j = at_a + 1, at_b + 1
    return links


class _Aligner:
    """The texts of one call, with their words counted once."""

    def __init__(self, a: Sequence[str], b: Sequence[str], may_pair: Callable[[int, int], bool], least: float):
        self.a, self.b, self.may_pair, self.least = a, b, may_pair, least
        self._numbers: dict[str, int] = {}
        self._words_a: dict[int, list[int]] = {}
        self._words_b: dict[int, list[int]] = {}

    def words_a(self, at: int) -> list[int]:
        return self._numbered(self._words_a, self.a, at)

    def words_b(self, at: int) -> list[int]:
        return self._numbered(self._words_b, self.b, at)

    def _numbered(self, known: dict[int, list[int]], texts: Sequence[str], at: int) -> list[int]:
        if at not in known:
            numbers = self._numbers
            known[at] = [numbers.setdefault(word, len(numbers)) for word in _words(texts[at])]
        return known[at]

    # ------------------------------------------------------ equal texts

    def chain_equal(self, a0: int, a1: int, b0: int, b1: int, out: list[tuple[int, int]], rounds: int) -> None:
        """Append the pairs of a[a0:a1] and b[b0:b1], in order."""
        a, b = self.a, self.b
        while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
            out.append((a0, b0))
            a0, b0 = a0 + 1, b0 + 1
        tail = []
        while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
            a1, b1 = a1 - 1, b1 - 1
            tail.append((a1, b1))
        if a0 < a1 and b0 < b1:
            chain = longest_increasing(self._unique_pairs(a0, a1, b0, b1)) if rounds else []
            if chain:
                for at_a, at_b in [*chain, (a1, b1)]:
                    self.chain_equal(a0, at_a, b0, at_b, out, rounds - 1)
                    if at_a < a1:
                        out.append((at_a, at_b))
                    a0, b0 = at_a + 1, at_b + 1
            else:
                self._chain_alike(a0, a1, b0, b1, out)
        out.extend(reversed(tail))

    def _unique_pairs(self, a0: int, a1: int, b0: int, b1: int) -> list[tuple[int, int]]:
        once_a, once_b = _once(self.a, a0, a1), _once(self.b, b0, b1)
        return sorted((i, once_b[text]) for text, i in once_a.items() if text in once_b and text.strip())

    # ------------------------------------------------------ alike texts

    def _chain_alike(self, a0: int, a1: int, b0: int, b1: int, out: list[tuple[int, int]]) -> None:
        if (a1 - a0) * (b1 - b0) <= WINDOW:
            self._weigh(a0, a1, b0, b1, out)
            return
        chain = self._trait_chain(a0, a1, b0, b1)
        for at_a, at_b in [*chain, (a1, b1)]:
            self._windows(a0, at_a, b0, at_b, out)
            if at_a < a1:
                out.append((at_a, at_b))
            a0, b0 = at_a + 1, at_b + 1

    def _trait_chain(self, a0: int, a1: int, b0: int, b1: int) -> list[tuple[int, int]]:
        """Return the heaviest rising chain of pairs that share word sequences met once on either side."""
        owners_a = _gram_owners(self.words_a, a0, a1)
        owners_b = _gram_owners(self.words_b, b0, b1)
        votes: dict[tuple[int, int], int] = {}
        for gram, i in owners_a.items():
            j = owners_b.get(gram, -1)
            if i >= 0 and j >= 0:
                votes[i, j] = votes.get((i, j), 0) + 1
        strong = {pair: n for pair, n in votes.items() if n >= 2 and self._score(*pair) > 0}
        return _heaviest_increasing(strong)

    def _windows(self, a0: int, a1: int, b0: int, b1: int, out: list[tuple[int, int]]) -> None:
        """Weigh a gap piece by piece, along its diagonal."""
        pieces = max(1, round(((a1 - a0) * (b1 - b0) / WINDOW) ** 0.5))
        if pieces > 1:  # a lopsided gap needs more cuts before its windows are small
            pieces = max(pieces, -(-(a1 - a0) * (b1 - b0) // (WINDOW * pieces)))
        for piece in range(pieces):
            self._weigh(
                a0 + (a1 - a0) * piece // pieces,
                a0 + (a1 - a0) * (piece + 1) // pieces,
                b0 + (b1 - b0) * piece // pieces,
                b0 + (b1 - b0) * (piece + 1) // pieces,
                out,
            )

    def _weigh(self, a0: int, a1: int, b0: int, b1: int, out: list[tuple[int, int]]) -> None:
        """Append the monotone pairs that share the most words."""
        wide = b1 - b0
        if a0 >= a1 or not wide:
            return
        scores = [[self._score(i, j) for j in range(b0, b1)] for i in range(a0, a1)]
        best = [[0.0] * (wide + 1)]
        for row in scores:
            above, line = best[-1], [0.0]
            for j in range(wide):
                value = max(above[j + 1], line[j])
                if row[j] and above[j] + row[j] > value:
                    value = above[j] + row[j]
                line.append(value)
            best.append(line)
        found = []
        i, j = a1 - a0, wide
        while i and j:
            if best[i][j] == best[i - 1][j]:
                i -= 1
            elif best[i][j] == best[i][j - 1]:
                j -= 1
            else:
                i, j = i - 1, j - 1
                found.append((a0 + i, b0 + j))
        out.extend(reversed(found))

    def _score(self, i: int, j: int) -> float:
        """Return what pairing two texts is worth: shared words, more when little else is there; 0 for strangers."""
        if self.a[i] == self.b[j]:
            return 0.5 + 2.0 * len(self.words_a(i))
        first, second = self.words_a(i), self.words_b(j)
        total = len(first) + len(second)
        if not first or not second or not self.may_pair(i, j):
            return 0.0
        if 2 * min(len(first), len(second)) < self.least * total:
            return 0.0
        shared = LCSseq.similarity(first, second)
        share = 2 * shared / total
        return shared * (0.5 + share) if share >= self.least else 0.0

    # ------------------------------------------------- splits and merges

    def join_neighbours(self, links: Sequence[Link]) -> list[Link]:
        """Let an unmatched neighbour join a pair whose other side holds its words."""
        out = list(links)
        at = 0
        while at < len(out):
            link = out[at]
            if link.matched and not self._same(link):
                at = self._join(out, at)
            at += 1
        return out

    def _same(self, link: Link) -> bool:
        return link.a1 - link.a0 == link.b1 - link.b0 == 1 and self.a[link.a0] == self.b[link.b0]

    def _join(self, out: list[Link], at: int) -> int:
        """Grow out[at] over its unmatched neighbours of either side; return where it ends up."""
        for step in (-1, 1):
            grown = True
            while grown:
                grown = False
                for reach in range(1, REACH + 1):
                    far = at + step * reach
                    if not 0 <= far < len(out) or out[far].matched or not self._continues(out[at], out[far], step):
                        continue
                    # What is between the pair and its continuation was put there, and comes along.
                    lo, hi = min(at, far), max(at, far)
                    if not self._may_join(out[lo : hi + 1], out[at]):
                        continue
                    out[lo : hi + 1] = [Link(out[lo].a0, out[hi].a1, out[lo].b0, out[hi].b1)]
                    at, grown = lo, True
                    break
        return at

    def _may_join(self, links: Sequence[Link], pair: Link) -> bool:
        """Return whether all but the pair are left over, on one side, and may face the pair's other side."""
        lone = [link for link in links if link is not pair]
        if any(link.matched for link in lone):
            return False
        return all(link.a0 == link.a1 and self.may_pair(pair.a0, link.b0) for link in lone) or all(
            link.b0 == link.b1 and self.may_pair(link.a0, pair.b0) for link in lone
        )

    def _continues(self, pair: Link, lone: Link, step: int) -> bool:
        """Return whether a text that is left over continues the pair: its words are on the pair's other side."""
        adds_b = lone.b1 > lone.b0
        # Only one side may grow: 1:n or n:1 reads as a split or a merge, n:m as a muddle.
        if (pair.a1 - pair.a0 > 1) if adds_b else (pair.b1 - pair.b0 > 1):
            return False
        i, j = (pair.a0, lone.b0) if adds_b else (lone.a0, pair.b0)
        words, other = (self.words_b(j), self.words_a(i)) if adds_b else (self.words_a(i), self.words_b(j))
        if not words or not self.may_pair(i, j):
            return False
        size = len(words)
        # A single word is reported from a coincidence by its place: the very end, or start, less a closing sign.
        ends = (other[-size:], other[-size - 1 : -1]) if step > 0 else (other[:size],)
        if any(words == end for end in ends):
            return True
        grown = Link(min(pair.a0, lone.a0), max(pair.a1, lone.a1), min(pair.b0, lone.b0), max(pair.b1, lone.b1))
        return size >= 2 and self._shared(grown) - self._shared(pair) >= CONTINUES * size

    def _shared(self, link: Link) -> int:
        first = [word for at in range(link.a0, link.a1) for word in self.words_a(at)]
        second = [word for at in range(link.b0, link.b1) for word in self.words_b(at)]
        return LCSseq.similarity(first, second)


def _once(texts: Sequence[str], lo: int, hi: int) -> dict[str, int]:
    seen: dict[str, int] = {}
    for at in range(lo, hi):
        seen[texts[at]] = -1 if texts[at] in seen else at
    return {text: at for text, at in seen.items() if at >= 0}


def _gram_owners(words: Callable[[int], list[int]], lo: int, hi: int) -> dict[tuple[int, ...], int]:
    """Return which text holds each word sequence; -1 when several do."""
    owners: dict[tuple[int, ...], int] = {}
    for at in range(lo, hi):
        own = words(at)
        for gram in {tuple(own[k : k + GRAM]) for k in range(len(own) - GRAM + 1)}:
            owners[gram] = -1 if gram in owners else at
    return owners


def _heaviest_increasing(weights: dict[tuple[int, int], int]) -> list[tuple[int, int]]:
    """Return the chain of pairs, rising in both numbers, whose weights sum to the most."""
    # `ends` holds second numbers in order, `sums` the best sum of a chain that ends there: both only rise.
    ends: list[int] = []
    sums: list[int] = []
    last: list[tuple[int, int]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for pair in sorted(weights, key=lambda p: (p[0], -p[1])):
        place = bisect_right(ends, pair[1] - 1)
        before[pair] = last[place - 1] if place else None
        total = weights[pair] + (sums[place - 1] if place else 0)
        if place < len(ends) and ends[place] == pair[1] and sums[place] >= total:
            continue
        stop = place
        while stop < len(ends) and sums[stop] <= total:
            stop += 1
        ends[place:stop], sums[place:stop], last[place:stop] = [pair[1]], [total], [pair]
    chain: list[tuple[int, int]] = []
    at = last[-1] if last else None
    while at is not None:
        chain.append(at)
        at = before[at]
    return chain[::-1]
