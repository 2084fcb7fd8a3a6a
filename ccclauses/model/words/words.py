"""English words that texts and readers of texts share: months, numbers, units of time."""

from __future__ import annotations

import re
from collections.abc import Callable

PARTY_TERMS = ("Client", "Provider")  # what the clause texts call the parties

MONTHS = "January February March April May June July August September October November December".split()
_UP_TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_TENS = "thirty forty fifty sixty seventy eighty ninety".split()
NUMBERS = dict(zip((*_UP_TO_TWENTY, *_TENS), (*range(21), *range(30, 100, 10))))
# A number below a hundred in words, and a unit of time, as parts of a regular expression without groups.
NUMBER_WORD = rf"(?:(?:twenty|{'|'.join(_TENS)})-(?:{'|'.join(_UP_TO_TWENTY[1:10])})|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
UNIT_OF_TIME = "(?:second|minute|hour|day|week|month|year)"


def number_of_words(words: str) -> int:
    """The value of what `NUMBER_WORD` finds: 48 for "forty-eight"."""
    return sum(NUMBERS[word] for word in words.lower().split("-"))


_REFERENCE = re.compile(
    r"\b(?:(?P<kind>[Cc]lauses?|[Pp]aragraphs?|Schedules?) (?P<number>\d+(?:\.\d+)*(?:\([a-z]+\))*)"
    r"|(?P<before>(?:under|in|with|by|which|of|see|from|to|and|or) )(?P<bare>\d{1,2}\.\d{1,2}(?:\([a-z]+\))*)(?![\d.]*\s*(?:%|per|hours?|days?|million)))"
)


def with_references(text: str, new: Callable[[str, str], str]) -> str:
    """A text of ours with each reference to a place of ours (“clause 4.2(a)”, “under 2.3”) as `new` says it.

    `new` is given the word before the number, empty for a bare number, and the number.
    """

    def said(match: re.Match[str]) -> str:
        if match["number"]:
            return new(match["kind"], match["number"])
        if re.search(r"\b(?:TLS|version|score)\b[^;]{0,20}$", text[: match.start()]):
            return match[0]
        return match["before"] + new("", match["bare"])

    return _REFERENCE.sub(said, text)
