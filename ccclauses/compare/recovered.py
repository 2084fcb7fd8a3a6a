"""Values found again in words: which way a value went, and what became of it in a text that only holds words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ..model.annex import Entry
from ..model.findings.comparison import Direction, ValueChange, WordChange
from ..model.library.clause import Value
from ..model.library.condition import comparable
from ..model.words.quantity import Duration, Money, Percentage, QuantityError, parse_decimal
from ..model.words.words import UNIT_OF_TIME

Span = tuple[str, int, int]
_PERIOD = re.compile(r"^(every )(?=[A-Za-z])")  # "every month" is every 1 month
_PARSERS: dict[type, Callable[[str], Value]] = {
    Duration: lambda text: Duration.parse(_PERIOD.sub(r"\g<1>1 ", text).removeprefix("every ").replace("-", " ")),
    Money: Money.parse,
    Percentage: Percentage.parse,
    int: lambda text: int(parse_decimal(text.replace(",", ""))),
}
_QUANTITY = re.compile(
    r"(?:(?-i:\b[A-Z]{3} ?)|[€£$] ?)\d[\d,]*(?:\.\d+)?"
    r"|\d[\d,]*(?:\.\d+)? ?(?:%|per ?cent)"
    rf"|\d+(?:\.\d+)?[ -](?:business |calendar |working )?(?:{UNIT_OF_TIME}|quarter)s?",
    re.IGNORECASE,
)
_TURNED: dict[Direction, Direction] = {"stricter": "looser", "looser": "stricter", "different": "different"}


def direction(old: Entry, value: Value, stricter: str = "none") -> Direction:
    """Whether the new value protects the client more, less, or in a way that the library doesn't rank."""
    stricter = stricter if stricter != "none" else old.stricter
    if stricter == "none" or type(old.value) is not type(value) or isinstance(value, (str, tuple, bool)):
        return "different"
    if isinstance(old.value, Money) and isinstance(value, Money) and old.value.currency != value.currency:
        return "different"
    one, other = comparable(old.value), comparable(value)
    if one == other:
        return "different"
    fell = other < one
    return "stricter" if fell == (stricter == "lower") else "looser"


def recovered_values(
    old_spans: Sequence[Span], new_spans: Sequence[Span], words: Sequence[WordChange], entries: Mapping[str, Entry]
) -> tuple[tuple[ValueChange, ...], bool]:
    """The values that the changed words of a paragraph replace, and whether they replace nothing else.

    Only one side knows where its values stand; what the other side has there counts when it reads as a value too.
    """
    known_before = bool(old_spans)
    found: list[ValueChange] = []
    inside = 0
    for name, start, end in old_spans or new_spans:
        other, changes = _other_side(words, start, end, known_before)
        entry = entries.get(name)
        if not changes or other is None or entry is None or type(entry.value) not in _PARSERS:
            continue
        try:
            value = _PARSERS[type(entry.value)](other)
        except QuantityError:
            continue
        inside += changes
        told, shown = direction(entry, value), value.wording() if isinstance(value, Duration) else other
        found.append(
            ValueChange(
                parameter=name,
                label=entry.label,
                clause=entry.clause,
                before=entry.text if known_before else shown,
                after=shown if known_before else entry.text,
                direction=told if known_before else _TURNED[told],
            )
        )
    return tuple(found), bool(found) and inside == sum(w.kind != "equal" for w in words)


def quantities(words: Sequence[WordChange], before: str, place: str) -> tuple[tuple[ValueChange, ...], bool]:
    """The periods, sums and percentages of a paragraph that became others, and whether nothing else changed.

    For two sides of which neither knows its values; `place` says where the paragraph stands.
    """
    found = []
    inside = 0
    for match in _QUANTITY.finditer(before):
        other, changes = _other_side(words, match.start(), match.end(), known_before=True)
        if not changes or not other or not _QUANTITY.fullmatch(other):
            continue
        if other.replace(" ", "") != match[0].replace(" ", ""):
            inside += changes
            found.append(ValueChange(parameter="", label=place, clause="", before=match[0], after=other))
    return tuple(found), bool(found) and inside == sum(w.kind != "equal" for w in words)


def _other_side(words: Sequence[WordChange], start: int, end: int, known_before: bool) -> tuple[str | None, int]:
    """What is on the other side of a stretch (None when a change reaches beyond it), and how many changes it holds.

    A change at its very start counts to it, since a value that grew a word in front is another value.
    """
    at, text, changes = 0, "", 0
    for word in words:
        here = word.before if known_before or word.kind == "equal" else word.after
        there = word.after if known_before else word.before
        until = at + len(here)
        if word.kind == "equal":
            text += here[max(0, start - at) : max(0, end - at)]
        elif here and at < end and until > start:
            if at < start or until > end:
                return None, changes
            text, changes = text + there, changes + 1
        elif not here and start <= at < end:
            text, changes = text + there, changes + 1
        at = until
    return text.strip(), changes
