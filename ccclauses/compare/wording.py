"""Two texts of a clause → what changed between them, at the boundaries that a lawyer would choose.

Sentences face sentences first; inside a pair, words do. A sentence that has little left in common with its counterpart
is replaced as a whole, since a reader can't follow scraps. Joined again, the changes are exactly the two texts.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from typing import Literal

from ..model.findings.comparison import WordChange
from .align import align
from .words import UNSPACED, WORD, Op, changed_weight, diff_tokens, shared_words, slide, tidy

# A number with its separators and a word with its apostrophes and hyphens are one token each.
TOKEN = re.compile(rf"\d+(?:[.,:/]\d+)*|{UNSPACED}|{WORD}(?:['’-]{WORD})*|\s|[^\w\s]")
LEAST_SHARED = 0.5  # share of common words below which a sentence is replaced as a whole
SLACK = 0.25  # how many more changed characters, as a share, readable stretches may cost
_SENTENCE_END = re.compile(r"[.!?][\"”’)\]]*(?=\s+[\"“‘„«(\[]?[A-ZÀ-Þ0-9§])|[。！？][」』”’）]*(?=\S)")
CELLS = " | "  # what is between the cells of a table row
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:[A-Za-z]|[A-Za-z]\.[A-Za-z]|Abs|Art|Arts|Co|Inc|Ltd|Mr|Mrs|Ms|Dr|Nr|No|no|nos|Rev|Sec|St|cf|vs)$"
)
_ABBREVIATION = 8  # characters; no abbreviation is as long with what comes before it
_LEAD = re.compile(r"\s*")
_KEPT: frozenset[Hashable] = frozenset({"within"})  # the period after it is a change of its own
# Words that don't help a reader when they alone are between two changes.
_FILLERS = frozenset("a an and as at be by for from in is it its of on or shall that the this to under with".split())


def change_words(before: str, after: str) -> tuple[WordChange, ...]:
    """What changed between two texts; sentences that only one side has are stretches of their own."""
    if before == after:
        return (_equal(before),) if before else ()
    cells, others = before.split(CELLS), after.split(CELLS)
    if len(cells) == len(others) > 1:
        rows = (change_words(old, new) for old, new in zip(cells, others))
        return tuple(
            joined(
                (w for i, row in enumerate(rows) for w in (*([_equal(CELLS)] if i else ()), *row)), sentences_apart=True
            )
        )
    left, right = sentences(before), sentences(after)
    links = align([s.strip() for s in left], [s.strip() for s in right])
    out: list[WordChange] = []
    for link in links:
        old, new = "".join(left[link.a0 : link.a1]), "".join(right[link.b0 : link.b1])
        if not old or not new:
            out.append(WordChange(kind="delete" if old else "insert", before=old, after=new))
            continue
        lead_old, lead_new = _LEAD.match(old)[0], _LEAD.match(new)[0]  # type: ignore[index]  # it matches anywhere
        if lead_old != lead_new:  # a first sentence that is no longer the first gains the space before it
            out += _one_sided(lead_old, lead_new)
            old, new = old[len(lead_old) :], new[len(lead_new) :]
        out += _inside(old, new)
    return tuple(joined(out, sentences_apart=True))


def token_changes(before: str, after: str) -> tuple[WordChange, ...]:
    """What changed between two texts word by word, whether or not a reader can follow it."""
    a, b = TOKEN.findall(before), TOKEN.findall(after)
    return tuple(_changes(diff_tokens(a, b), a, b))


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with the space before it; joined they are the text again."""
    ends = _SENTENCE_END.finditer(text)
    cuts = [m.end() for m in ends if not _ABBREVIATED.search(text[max(0, m.start() - _ABBREVIATION) : m.start()])]
    places = [0, *cuts, len(text)]
    return [text[a:b] for a, b in zip(places, places[1:]) if a < b]


def joined(words: Iterable[WordChange], *, sentences_apart: bool = False) -> list[WordChange]:
    """The same changes with neighbours joined: equal stretches, a deletion and the insertion after it.

    `sentences_apart` keeps whole sentences as they are, so that one that moved can still be recognised.
    """
    out: list[WordChange] = []
    for word in words:
        last = out[-1] if out else None
        if last and last.kind == word.kind == "equal":
            out[-1] = _equal(last.before + word.before)
        elif last and not sentences_apart and _CHANGED >= {last.kind, word.kind}:
            before, after = last.before + word.before, last.after + word.after
            out[-1] = WordChange(kind=_kind(before, after), before=before, after=after)
        else:
            out.append(word)
    return out


_CHANGED = frozenset({"delete", "insert", "replace"})


def _kind(before: str, after: str) -> Literal["replace", "delete", "insert"]:
    return "replace" if before and after else "delete" if before else "insert"


def _equal(text: str) -> WordChange:
    return WordChange(kind="equal", before=text, after=text)


def _one_sided(before: str, after: str) -> list[WordChange]:
    return [WordChange(kind=_kind(before, after), before=before, after=after)] if before or after else []


def _inside(before: str, after: str) -> list[WordChange]:
    """What changed between two sentences that answer to each other."""
    if before == after:
        return [_equal(before)]
    a, b = TOKEN.findall(before), TOKEN.findall(after)
    if shared_words(a, b) < LEAST_SHARED:
        return list(_whole(a, b))
    ops = diff_tokens(a, b)
    lengths = [len(token) for token in a]
    budget = int(changed_weight(ops, lengths, [len(token) for token in b]) * SLACK) + 8
    ops = slide(tidy(ops, a, lengths, budget, fixed=_KEPT), a, b)
    return list(_changes(_without_scraps(ops, a, b), a, b))


def _whole(a: list[str], b: list[str]) -> Iterator[WordChange]:
    """A sentence replaced between the words that both begin and end with."""
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    # A lone sign or space that happens to be the same is not an anchor for a reader.
    while head and not a[head - 1].isspace():
        head -= 1
    while tail and not (a[-tail].isspace() or not a[-tail][0].isalnum()):
        tail -= 1
    yield from (_equal(t) for t in ["".join(a[:head])] if t)
    yield from _one_sided("".join(a[head : len(a) - tail]), "".join(b[head : len(b) - tail]))
    yield from (_equal(t) for t in ["".join(a[len(a) - tail :])] if tail)


def _common(a: list[str], b: list[str]) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))


def _without_scraps(ops: list[Op], a: list[str], b: list[str]) -> list[Op]:
    """Give up an equal stretch of mere filler words between two changes of several words."""
    out: list[Op] = []
    for at, op in enumerate(ops):
        if op.kind == "equal" and 0 < at < len(ops) - 1:
            words = [t.casefold() for t in a[op.a0 : op.a1] if t[0].isalnum()]
            filler = len(words) <= 3 and all(w in _FILLERS for w in words) and _several(ops, at, a, b)
            if filler or words == ["business"]:  # "1 Business Day" and "3 Business Days" are one value each
                out += [Op("delete", op.a0, op.a1, op.b0, op.b0), Op("insert", op.a1, op.a1, op.b0, op.b1)]
                continue
        out.append(op)
    return out


def _several(ops: list[Op], at: int, a: list[str], b: list[str]) -> bool:
    """Whether the changes on both sides of ops[at] are of several words; a lone number stays a change of its own."""
    return all(_changed_words(ops, at, step, a, b) >= 2 for step in (-1, 1))


def _changed_words(ops: list[Op], at: int, step: int, a: list[str], b: list[str]) -> int:
    counts = [0, 0]
    at += step
    while 0 <= at < len(ops) and ops[at].kind != "equal":
        op = ops[at]
        counts[0] += sum(t[0].isalnum() for t in a[op.a0 : op.a1])
        counts[1] += sum(t[0].isalnum() for t in b[op.b0 : op.b1])
        at += step
    return max(counts)


def _changes(ops: list[Op], a: list[str], b: list[str]) -> Iterator[WordChange]:
    words = []
    for op in ops:
        before, after = "".join(a[op.a0 : op.a1]), "".join(b[op.b0 : op.b1])
        words.append(
            _equal(before)
            if op.kind == "equal"
            else WordChange(
                kind=op.kind,
                before=before if op.kind == "delete" else "",
                after=after if op.kind == "insert" else "",
            )
        )
    yield from joined(words)
