"""Units of two documents → which answer to which: by anchors first, then by equal and like texts, whatever their order.

Nothing is lost: every unit of either side is in exactly one pair, alone when nothing answers to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ...compare.align import align, similarity
from ...compare.words import longest_increasing
from ...read.sections import LONGEST_HEADING
from .units import Unit

How = Literal["anchor", "number and heading", "likeness", "none"]
Found = tuple[tuple[int, ...], tuple[int, ...], How]
SAME_ANCHOR = 0.3  # share of common words below which an anchor was carried to another text
SAME_PLACE = 0.15  # the same where no other text could answer, and the number is the same
ELSEWHERE = 0.6  # share of common words from which a text that stands elsewhere is the same
CONTINUED = 0.85  # share of common words from which two texts together are the one they face
MOST_PAIRS = 40_000  # unanswered texts that are weighed one by one


@dataclass(frozen=True, slots=True)
class Pair:
    """Units a of the one side answer to units b of the other; one side is empty when nothing answers."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    how: How = "none"
    moved: bool = False


def match_units(a: Sequence[Unit], b: Sequence[Unit]) -> list[Pair]:
    """The pairs in the order of `b`, those that are gone where they stood."""
    found: list[Found] = []
    anchored = _by_anchor(a, b)
    steady = longest_increasing(sorted(anchored))
    found += [((i,), (j,), "anchor") for i, j in anchored]
    taken_a, taken_b = {i for i, _ in anchored}, {j for _, j in anchored}
    start_a = start_b = 0
    for i, j in [*steady, (len(a), len(b))]:
        left = [x for x in range(start_a, i) if x not in taken_a]
        right = [y for y in range(start_b, j) if y not in taken_b]
        aligned = _aligned(a, b, left, right, split=True)
        found += aligned + _alone(a, b, left, right, aligned)
        start_a, start_b = i + 1, j + 1
    found += _rows_of_one_table(a, b, found)
    left = _rest(len(a), (x for pair in found for x in pair[0]))
    right = _rest(len(b), (y for pair in found for y in pair[1]))
    found += _elsewhere(a, b, left, right)
    return _ordered(_grown(a, b, found), len(a), len(b))


def _rest(count: int, taken: Iterable[int]) -> list[int]:
    known = set(taken)
    return [i for i in range(count) if i not in known]


def _by_anchor(a: Sequence[Unit], b: Sequence[Unit]) -> list[tuple[int, int]]:
    """Units that carry one anchor on both sides, once on each."""
    places = [_once((anchor, n) for n, u in enumerate(side) for anchor in u.anchors) for side in (a, b)]
    texts = [Counter(u.text for u in side) for side in (a, b)]
    pairs: dict[int, int] = {}
    back: dict[int, int] = {}
    for anchor, i in places[0].items():
        j = places[1].get(anchor)
        if j is None or i in pairs or j in back or (a[i].kind == "row") != (b[j].kind == "row"):
            continue
        # A paragraph that is gone leaves its anchor to the one after it, whose own text stood elsewhere before.
        met = texts[0][b[j].text]
        carried = a[i].text != b[j].text and met == texts[1][b[j].text] > 0
        is_gone = texts[1][a[i].text] < texts[0][a[i].text]
        if carried and (is_gone or (met == 1 and a[i].kind != "heading")):
            continue
        # A heading of joined clauses carries the anchor of the first: another first clause takes it to another paragraph.
        headings = a[i].kind == b[j].kind == "heading"
        if a[i].text == b[j].text or headings or similarity(a[i].text, b[j].text) >= SAME_ANCHOR:
            pairs[i], back[j] = j, i
    return list(pairs.items())


def _once(places: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, list[int]] = {}
    for anchor, n in places:
        found.setdefault(anchor, []).append(n)
    return {anchor: ns[0] for anchor, ns in found.items() if len(ns) == 1}


def _aligned(
    a: Sequence[Unit], b: Sequence[Unit], left: Sequence[int], right: Sequence[int], *, split: bool, least: float = 0.25
) -> list[Found]:
    if not left or not right:
        return []
    links = align(
        [a[i].text for i in left],
        [b[j].text for j in right],
        may_pair=lambda x, y: (a[left[x]].kind == "row") == (b[right[y]].kind == "row"),
        split=split,
        least=least,
    )
    out: list[Found] = []
    for link in links:
        if link.matched:
            i, j = tuple(left[link.a0 : link.a1]), tuple(right[link.b0 : link.b1])
            out.append((i, j, _how(a[i[0]], b[j[0]])))
    return out


def _alone(
    a: Sequence[Unit], b: Sequence[Unit], left: Sequence[int], right: Sequence[int], found: Sequence[Found]
) -> list[Found]:
    """The only texts of a stretch on either side that nothing answers to, where both have one number."""
    i = [x for x in left if all(x not in f[0] for f in found)]
    j = [y for y in right if all(y not in f[1] for f in found)]
    if len(i) != 1 or len(j) != 1:
        return []
    one, other = a[i[0]], b[j[0]]
    number = one.number or one.typed
    if "row" in (one.kind, other.kind) or not number or number != (other.number or other.typed):
        return []
    is_title = one.kind == "heading" and len(other.text.split()) <= LONGEST_HEADING
    return [((i[0],), (j[0],), "likeness")] if is_title or similarity(one.text, other.text) >= SAME_PLACE else []


def _how(one: Unit, other: Unit) -> How:
    same_number = (one.number or one.typed) and (one.number or one.typed) == (other.number or other.typed)
    return "number and heading" if one.text.casefold() == other.text.casefold() and same_number else "likeness"


def _rows_of_one_table(a: Sequence[Unit], b: Sequence[Unit], found: Sequence[Found]) -> list[Found]:
    """Rows of tables that answer to each other and share cells, though a column that came or went makes them unlike."""
    tables = {(a[i[0]].table, b[j[0]].table) for i, j, _ in found if a[i[0]].kind == "row"}
    left: dict[int, list[int]] = {}
    for i in _rest(len(a), (x for pair in found for x in pair[0])):
        left.setdefault(a[i].table, []).append(i)
    out: list[Found] = []
    right = _rest(len(b), (y for pair in found for y in pair[1]))
    for j in right if left else ():
        for one, other in tables:
            if other != b[j].table or b[j].kind != "row":
                continue
            like = [i for i in left.get(one, ()) if _share_cells(a[i], b[j])]
            if like:
                left[one].remove(like[0])
                out.append(((like[0],), (j,), "likeness"))
                break
    return out


def _share_cells(one: Unit, other: Unit) -> bool:
    """Whether two rows of unlike width have half of the narrower one's cells in common."""
    shared = {c for c in one.cells if c} & set(other.cells)
    widths = len(one.cells), len(other.cells)
    return widths[0] != widths[1] and bool(shared) and 2 * len(shared) >= min(widths)


def _elsewhere(a: Sequence[Unit], b: Sequence[Unit], left: list[int], right: list[int]) -> list[Found]:
    """Pairs among what is left, which stand elsewhere: equal texts, then texts alike."""
    out: list[Found] = []
    by_text: dict[tuple[str, bool], list[int]] = {}
    for j in right:
        by_text.setdefault((b[j].text, b[j].kind == "row"), []).append(j)
    gone: set[int] = set()
    for i in left:
        same = by_text.get((a[i].text, a[i].kind == "row"))
        if same and a[i].text:
            out.append(((i,), (same.pop(0),), "likeness"))
            gone.add(i)
    left = [i for i in left if i not in gone]
    used = {j for _, js, _ in out for j in js}
    right = [j for j in right if j not in used]
    more = _aligned(a, b, left, right, split=False, least=ELSEWHERE)
    out += more
    left = [i for i in left if i not in {x for p in more for x in p[0]}]
    right = [j for j in right if j not in {y for p in more for y in p[1]}]
    if len(left) * len(right) > MOST_PAIRS:
        return out
    counted_b = {j: Counter(b[j].text.split()) for j in right}
    scored = []
    for i in left:
        words = Counter(a[i].text.split())
        for j in right:
            total = sum(words.values()) + sum(counted_b[j].values())
            if (a[i].kind == "row") != (b[j].kind == "row") or not total:
                continue
            if 2 * sum((words & counted_b[j]).values()) / total + 0.15 >= ELSEWHERE:
                scored.append((similarity(a[i].text, b[j].text), i, j))
    for likeness, i, j in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if likeness >= ELSEWHERE and i in left and j in right:
            out.append(((i,), (j,), "likeness"))
            left.remove(i)
            right.remove(j)
    return out


def _grown(a: Sequence[Unit], b: Sequence[Unit], found: list[Found]) -> list[Found]:
    """The pairs, those by anchor joined with a neighbour that continues them: a paragraph split in two, or two made one."""
    left = set(_rest(len(a), (x for p in found for x in p[0])))
    right = set(_rest(len(b), (y for p in found for y in p[1])))
    out: list[Found] = []
    for i, j, how in found:
        if how == "anchor" and len(i) == len(j) == 1 and a[i[0]].text != b[j[0]].text:
            for step in (1, -1):
                x, y = i[0] + step, j[0] + step
                if y in right and _continues(a[i[0]].text, b[j[0]].text, b[y].text, step) and b[y].kind == b[j[0]].kind:
                    j = tuple(sorted((*j, y)))
                    right.discard(y)
                elif (
                    x in left and _continues(b[j[0]].text, a[i[0]].text, a[x].text, step) and a[x].kind == a[i[0]].kind
                ):
                    i = tuple(sorted((*i, x)))
                    left.discard(x)
                if len(i) + len(j) > 2:
                    break
        out.append((i, j, how))
    return out


def _continues(whole: str, piece: str, more: str, step: int) -> bool:
    """Whether `more` holds what `piece` lacks of `whole`."""
    if len(more.split()) < 2:
        return False
    joined = f"{piece} {more}" if step > 0 else f"{more} {piece}"
    return similarity(whole, joined) > max(similarity(whole, piece), CONTINUED)


def _ordered(found: list[Found], count_a: int, count_b: int) -> list[Pair]:
    found.sort(key=lambda p: p[0])
    steady = {i for i, _ in longest_increasing([(p[0][0], p[1][0]) for p in found])}
    pairs = [Pair(i, j, how, moved=i[0] not in steady) for i, j, how in found]
    paired = {x for p in pairs for x in p.a}
    gone = [x for x in range(count_a) if x not in paired]
    by_b = {p.b[0]: p for p in pairs}
    follow = {y for p in pairs for y in p.b[1:]}
    out: list[Pair] = []
    for j in range(count_b):
        if j in follow:
            continue
        pair = by_b.get(j, Pair((), (j,)))
        while gone and pair.a and not pair.moved and gone[0] < pair.a[0]:
            out.append(Pair((gone.pop(0),), ()))
        out.append(pair)
    return out + [Pair((x,), ()) for x in gone]
