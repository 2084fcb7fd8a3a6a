"""Changed words × the groups of a library's signals → what is called out: triggers, conditions, parties, substitutions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...compare.wording import change_words, token_changes
from ...model.findings.comparison import WordChange
from ...model.library.signal import Callout, Signal

_LONGEST = 8  # words of a stretch that is named as what took the place of a signal
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Found:
    signal: Signal
    word: str  # as the library writes it: "notify" and "notifies" are one
    text: str
    start: int
    end: int


class Signals:
    """The signals of a library, ready to be looked for; of several that begin at one place the longest counts."""

    def __init__(self, signals: Iterable[Signal]) -> None:
        self.signals = tuple(signals)
        words = [(signal, word) for signal in self.signals for word in signal.words]
        words.sort(key=lambda pair: -len(pair[1]))
        self._of = words
        parts = (f"(\\b{_pattern(word)}(?!\\w))" for _, word in words)
        self._pattern = re.compile("|".join(parts), re.IGNORECASE) if words else None

    def changed(self, before: str, after: str) -> tuple[Callout, ...]:
        """What is called out between two texts, each group once for each change of it."""
        if self._pattern is None or not before or not after or before == after:
            return ()
        words, stretches = token_changes(before, after), change_words(before, after)
        old, new = self._touched(before, words, "before"), self._touched(after, words, "after")
        out: list[Callout] = []
        for signal in self.signals:
            was, now = ([f for f in side if f.signal is signal] for side in (old, new))
            if signal.counts == "always" or not _turned_round(was, now):
                was, now = _without_common(was, now)
            for one, other in zip(was, now):
                if one.word != other.word:
                    out.append(_callout(signal, one.text, other.text))
            for one in was[len(now) :]:
                instead = _instead(one, stretches, "before", "after")
                if instead or signal.counts == "always":
                    out.append(_callout(signal, one.text, instead))
            for other in now[len(was) :]:
                instead = _instead(other, stretches, "after", "before")
                if instead or signal.counts == "always":
                    out.append(_callout(signal, instead, other.text))
        return tuple(dict.fromkeys(out))

    def _touched(self, text: str, words: Sequence[WordChange], side: str) -> list[_Found]:
        """The signals of a text that a change of words touches."""
        assert self._pattern is not None
        spans = list(_spans(words, side))
        return [
            _Found(*self._of[(m.lastindex or 1) - 1], m[0], m.start(), m.end())
            for m in self._pattern.finditer(text)
            if any(_meets(m.span(), span) for span in spans)
        ]


def _pattern(word: str) -> str:
    return r"\s+".join(re.escape(part).replace(r"\*", r"\w*") for part in word.split())


def _callout(signal: Signal, before: str, after: str) -> Callout:
    return Callout(label=signal.label, effect=signal.effect, before=before, after=after)


def _spans(words: Sequence[WordChange], side: str) -> Iterable[_Span]:
    at = 0
    for word in words:
        size = len(getattr(word, side))
        if word.kind != "equal":
            yield at, at + size
        at += size


def _meets(found: _Span, span: _Span) -> bool:
    """Whether a change touches a word; an insertion has no width on the other side, so it must be inside of it."""
    return (span[0] < found[1] and span[1] > found[0]) or (span[0] == span[1] and found[0] < span[0] < found[1])


def _turned_round(was: list[_Found], now: list[_Found]) -> bool:
    """Whether the same words came back in another order: the Provider's duty to the Client made the Client's."""
    before, after = ([f.word for f in side] for side in (was, now))
    return before != after and Counter(before) == Counter(after)


def _without_common(was: list[_Found], now: list[_Found]) -> tuple[list[_Found], list[_Found]]:
    common = Counter(f.word for f in was) & Counter(f.word for f in now)
    out = []
    for side in (was, now):
        left, kept = Counter(common), []
        for found in side:
            if left[found.word] > 0:
                left[found.word] -= 1
            else:
                kept.append(found)
        out.append(kept)
    return out[0], out[1]


def _instead(found: _Found, words: Sequence[WordChange], side: str, other: str) -> str:
    """The few words that are in the place of a signal on the other side; none where it came or went alone."""
    for word, span in zip([w for w in words if w.kind != "equal"], _spans(words, side)):
        text = " ".join(getattr(word, other).split())
        if _meets((found.start, found.end), span) and text and len(text.split()) <= _LONGEST:
            return text
    return ""
