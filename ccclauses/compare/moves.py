"""Changes of all parts → the same changes, with what only stands elsewhere now told as a move.

A paragraph or a sentence that is gone in one place and new in one other has moved, also from one clause to another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..model.findings.comparison import ClauseChange, ParagraphChange, WordChange
from .align import similarity
from .contents import tidy_text
from .wording import change_words, joined

MOVED_WORDS = 5  # words that a stretch must have for its reappearance elsewhere to be a move
MOVED_LIKENESS = 0.8  # share of common words from which a paragraph that was also reworded is the same
_GRAM = 4

MoveKind = Literal["moved_from", "moved_to"]
At = tuple[int, int]  # index of the part, index of the paragraph


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A whole paragraph (no `word`) or a sentence of one that only one side has."""

    at: At
    word: int | None
    text: str


def with_moves(parts: Sequence[ClauseChange]) -> tuple[ClauseChange, ...]:
    """The parts with their moves marked and neighbouring changes of words joined."""
    places = {(i, j): _place(part, p) for i, part in enumerate(parts) for j, p in enumerate(part.paragraphs)}
    changes = {(i, j): p for i, part in enumerate(parts) for j, p in enumerate(part.paragraphs)}
    pairs = _equal_stretches(changes)
    pairs += _alike_paragraphs(changes, taken={s.at for pair in pairs for s in pair if s.word is None})
    for gone, come in pairs:
        changes[gone.at] = _marked(changes[gone.at], gone, "moved_from", places[come.at][1])
        changes[come.at] = _marked(changes[come.at], come, "moved_to", places[gone.at][0])
        if gone.word is None and come.word is None:
            changes[come.at] = _followed(changes[gone.at], changes[come.at])
    return tuple(
        replace(part, paragraphs=tuple(_finished(changes[i, j]) for j in range(len(part.paragraphs))))
        for i, part in enumerate(parts)
    )


def _finished(change: ParagraphChange) -> ParagraphChange:
    return replace(change, words=tuple(joined(change.words))) if change.words else change


def _place(part: ClauseChange, paragraph: ParagraphChange) -> tuple[str, str]:
    """Where a paragraph comes before and after, in words."""
    return (
        _told(paragraph.before_number, part.before_number, part.before_title or part.title),
        _told(paragraph.after_number, part.after_number, part.after_title or part.title),
    )


def _told(number: str, part_number: str, title: str) -> str:
    if not number:
        return f"{part_number} {title}".strip()
    # The paragraphs of a schedule count afresh, and numbers of wordings are no places by themselves.
    own = any(number.startswith(own.strip(".")) for own in part_number.split("; "))
    return number if own else f"{title}, {number}"


def _equal_stretches(changes: dict[At, ParagraphChange]) -> list[tuple[_Stretch, _Stretch]]:
    """Stretches that stand once among what is gone and once among what is new."""
    gone, come = _once(_stretches(changes, "delete")), _once(_stretches(changes, "insert"))
    return [(gone[text], come[text]) for text in gone if text in come]


def _stretches(changes: dict[At, ParagraphChange], kind: str) -> Iterator[_Stretch]:
    for at, change in changes.items():
        if change.follows:
            continue
        if change.kind == ("removed" if kind == "delete" else "added"):
            yield _Stretch(at, None, change.before or change.after)
            continue
        for index, word in enumerate(change.words):
            if word.kind == kind:
                yield _Stretch(at, index, word.before or word.after)


def _once(stretches: Iterator[_Stretch]) -> dict[str, _Stretch]:
    seen: dict[str, _Stretch | None] = {}
    for stretch in stretches:
        if len(stretch.text.split()) >= MOVED_WORDS:
            key = tidy_text(stretch.text)
            seen[key] = None if key in seen else stretch
    return {text: stretch for text, stretch in seen.items() if stretch}


def _alike_paragraphs(changes: dict[At, ParagraphChange], taken: set[At]) -> list[tuple[_Stretch, _Stretch]]:
    """Whole paragraphs that moved and were reworded a little on the way."""
    gone = [s for s in _stretches(changes, "delete") if s.word is None and s.at not in taken]
    come = [s for s in _stretches(changes, "insert") if s.word is None and s.at not in taken]
    owners: dict[tuple[str, ...], list[int]] = {}
    for index, stretch in enumerate(come):
        for gram in _grams(stretch.text):
            owners.setdefault(gram, []).append(index)
    scored = []
    for i, stretch in enumerate(gone):
        # Word sequences that many paragraphs share say nothing about where one of them went.
        candidates = {j for gram in _grams(stretch.text) for j in owners.get(gram, ()) if len(owners[gram]) <= 3}
        scored += [(similarity(stretch.text, come[j].text), i, j) for j in sorted(candidates)]
    pairs: list[tuple[_Stretch, _Stretch]] = []
    left, right = set(range(len(gone))), set(range(len(come)))
    for likeness, i, j in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if likeness >= MOVED_LIKENESS and i in left and j in right and len(gone[i].text.split()) >= MOVED_WORDS:
            pairs.append((gone[i], come[j]))
            left.discard(i)
            right.discard(j)
    return pairs


def _grams(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[k : k + _GRAM]) for k in range(len(words) - _GRAM + 1)}


def _marked(change: ParagraphChange, stretch: _Stretch, kind: MoveKind, place: str) -> ParagraphChange:
    """The paragraph with the stretch told as moved from, or to, `place`."""
    if stretch.word is None:
        words = tuple(replace(w, kind=kind) for w in change.words)
        return replace(change, kind="moved", place=place, words=words)
    word: WordChange = replace(change.words[stretch.word], kind=kind, place=place)
    return replace(change, words=(*change.words[: stretch.word], word, *change.words[stretch.word + 1 :]))


def _followed(gone: ParagraphChange, come: ParagraphChange) -> ParagraphChange:
    """The paragraph at its new place, with what it was before and what changed on the way."""
    return replace(
        come,
        before=gone.before,
        before_number=gone.before_number,
        words=change_words(gone.before, come.after),
    )
