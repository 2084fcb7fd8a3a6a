"""The values in two texts → those that differ, as values: money, percentages, periods, dates and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...model.findings.comparison import WordChange
from ...model.findings.review import QuantityChange, QuantityKind
from ...model.words.words import MONTHS, NUMBER_WORD, UNIT_OF_TIME

_MONTH = f"(?:{'|'.join(MONTHS)})"
_COUNT = r"\d[\d,]*(?:\.\d+)?"
_UNIT = rf"(?:{UNIT_OF_TIME}|quarter)s?"
_FOUND = re.compile(
    rf"(?P<date>\d{{1,2}} {_MONTH} \d{{4}}|{_MONTH} \d{{1,2}}, \d{{4}}|\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}\b)"
    rf"|(?P<money>(?:(?-i:\b[A-Z]{{3}})|[€$£₹¥])\s?{_COUNT}(?:\s(?:million|billion|thousand|lakh|crore)\b)?|\b{_COUNT}\s?(?:EUR|USD|GBP|CHF|INR|euros?|dollars?|pounds?)\b)"
    rf"|(?P<percentage>\b{_COUNT}\s?(?:%|per ?cent\b|percent\b))"
    rf"|(?P<period>\b(?:{_COUNT}|{NUMBER_WORD}(?: \({_COUNT}\))?)[ -](?:(?:business|working|calendar|clear) )?{_UNIT}\b)"
    rf"|(?P<number>\b{_COUNT}\b)",
    re.IGNORECASE,
)
_KINDS: tuple[QuantityKind, ...] = ("date", "money", "percentage", "period", "number")


@dataclass(frozen=True, slots=True)
class _Found:
    kind: QuantityKind
    text: str
    start: int
    end: int


def changed_quantities(
    before: str, after: str, words: Sequence[WordChange], parties: Sequence[str] = ()
) -> tuple[QuantityChange, ...]:
    """The values that a change of words touches, those of one kind paired in order."""
    old, new = list(_touched(before, words, "before")), list(_touched(after, words, "after"))
    out: list[QuantityChange] = []
    for found in old:
        other = next((n for n in new if n.kind == found.kind), None) or next(
            (n for n in new if "number" in (n.kind, found.kind)), None
        )
        if other:
            new.remove(other)
        if other is None or other.text != found.text:
            out.append(QuantityChange(kind=found.kind, before=found.text, after=other.text if other else ""))
    out += [QuantityChange(kind=n.kind, before="", after=n.text) for n in new]
    for party in parties:
        if before.count(party) != after.count(party):
            was, now = before.count(party) > after.count(party), ""
            out.append(QuantityChange(kind="party", before=party if was else now, after=now if was else party))
    return tuple(out)


def _touched(text: str, words: Sequence[WordChange], side: str) -> Iterator[_Found]:
    spans = []
    at = 0
    for word in words:
        size = len(getattr(word, side))
        if word.kind != "equal":
            spans.append((at, at + size))
        at += size
    for match in _FOUND.finditer(text):
        # An insertion has no width on the other side; what it touches there it is inside of.
        if any(
            start < match.end() and end > match.start() or (start == end and match.start() < start < match.end())
            for start, end in spans
        ):
            kind = next(k for k in _KINDS if match[k] is not None)
            yield _Found(kind, match[0], match.start(), match.end())


def standing_alone(quantity: str) -> re.Pattern[str]:
    """A pattern of a quantity that is not an end of a longer one: "4 hours" is not in "24 hours"."""
    return re.compile(rf"(?<![\d.,]){re.escape(quantity)}(?!\w)")
