"""Which paragraphs of a contract are in English: the rules judge no other language, and say so.

Told by the little words that a text can't do without. A paragraph that has none of them goes with the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_ENGLISH = frozenset(
    "the and shall this that with any not which from such its their must each other these of by be or if".split()
)
_OTHER = frozenset(
    # German, Dutch, the Nordic languages, French, Spanish, Portuguese, Italian, Polish
    "der das und nicht oder mit von zu ist auf für eine einer dem den werden wird "
    "het een niet voor van wordt zijn og det som ikke på til av er jeg et vi du och att är ett inte "
    "le les est une que pour dans avec sur qui aux et de la el los las del por con para y una se "
    "não em os uma dos da do il che di della sono nie jest się oraz na".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 0.08  # share of the little words of other languages in a text, and
_FEWEST = 2  # their count, below which they are parts of names


def in_english(paragraphs: Iterable[tuple[str, str, bool]]) -> tuple[list[tuple[str, str, bool]], list[int]]:
    """The paragraphs, those in another language without their words; and which those are, by their count from 1."""
    given = list(paragraphs)
    whole = _is_english("\n".join(text for _, text, _ in given))
    kept, others = [], []
    for count, (number, text, heading) in enumerate(given, 1):
        own = _is_english(text)
        other = text.strip() and (own is False or (own is None and whole is False))
        kept.append((number, "" if other else text, heading))
        if other:
            others.append(count)
    return kept, others


def _is_english(text: str) -> bool | None:
    """Whether a text is in English; None where nothing tells."""
    words = _WORD.findall(text)
    letters = sum(map(len, words))
    if letters and sum(len(w) for w in words if w.isascii()) < letters / 3:
        return False  # another script
    english = sum(word.casefold() in _ENGLISH for word in words)
    # In a name the next word has a capital: "Banco de la Plata".
    other = sum(word.casefold() in _OTHER for word, following in zip(words, words[1:]) if following.islower())
    if other > english and other >= max(_FEWEST, _LEAST * len(words)):
        return False
    return True if english else None
