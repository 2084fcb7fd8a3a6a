"""Sentences of a contract: split with care for abbreviations, numbers, and references such as "Art. 28"."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Words that a full stop follows without ending the sentence.
_ABBREVIATIONS = frozenset(
    "e.g i.e etc cf vs v no nos art arts para paras sec secs s ss cl cls ch fig approx incl nr abs lit inc ltd co corp "
    "rev ver mr mrs ms dr st jr sr u.s u.k u.s.c c.f.r ed eds vol pp p resp max min ref".split()
)
_END = re.compile(r"""([.!?])(["'”’)\]]*)(?=\s+["'“‘(\[]?[A-Z0-9§])""")
_LETTERED = re.compile(r"(?:Exhibit|Schedule|Appendix|Annex|Part|Section|Class|Group)\s+$")
_LAST_WORD = re.compile(r"[\w.]+$")
_SPACE = re.compile(r"\s*")
_LONGEST = 5_000  # characters of a sentence; many rules look at all of it for each word that they find in it
_NEAR = (
    40  # characters before a full stop that are looked at; to look at all of them takes for ever in a long paragraph
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """The start and end of each sentence of a paragraph, in characters; together they cover its words."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match[1] == "." and _abbreviates(text, match.start()):
            continue
        spans += _cut(text, start, match.end())
        start = _SPACE.match(text, match.end()).end()  # type: ignore[union-attr]  # it matches anywhere
    if text[start:].strip():
        spans += _cut(text, start, len(text))
    return spans


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, in pieces where it is longer than any that is meant to be read as one."""
    while end - start > _LONGEST:
        space = text.rfind(" ", start + 1, start + _LONGEST)
        piece = space if space > 0 else start + _LONGEST
        yield start, piece
        start = piece
    yield start, end


def _abbreviates(text: str, stop: int) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation, an initial or a numbered label."""
    near = max(0, stop - _NEAR)
    match = _LAST_WORD.search(text[near:stop])
    if not match:
        return False
    word, begin = match[0], near + match.start()
    if _LETTERED.search(text[max(0, begin - _NEAR) : begin]):
        return False  # "Exhibit D." ends a sentence
    # "1." at the start of a paragraph is a label; a lone capital is an initial.
    label = word.isdigit() and begin == 0
    return label or word.casefold() in _ABBREVIATIONS or (len(word) == 1 and word.isupper())


_ITEM = re.compile(r"[:;]\s|\s(?=\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s)")


def list_items(sentence: str) -> list[str]:
    """A sentence cut where a list inside it begins and goes on: at colons, semicolons and labels such as "(a)"."""
    return _ITEM.split(sentence)


def word_count(text: str) -> int:
    """How many words a text has; signs alone are none."""
    return sum(1 for token in text.split() if any(c.isalnum() for c in token))
