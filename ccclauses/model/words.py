"""English words that texts and readers of texts share: months, numbers, units of time."""

from __future__ import annotations

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
