"""Sentences of a contract: split with care for abbreviations, numbers, and references such as "Art. 28"."""

from __future__ import annotations

import re

# Words that a full stop follows without ending the sentence.
_ABBREVIATIONS = frozenset(
    "e.g i.e etc cf vs v no nos art arts para paras sec secs s ss cl cls ch fig approx incl nr abs lit inc ltd co corp "
    "rev ver mr mrs ms dr st jr sr u.s u.k u.s.c c.f.r ed eds vol pp p resp max min ref".split()
)
_END = re.compile(r"""([.!?])(["'”’)\]]*)(?=\s+["'“‘(\[]?[A-Z0-9§])""")
_LETTERED = re.compile(r"(?:Exhibit|Schedule|Appendix|Annex|Part|Section|Class|Group)\s+$")
_LAST_WORD = re.compile(r"([\w.]+)$")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """The start and end of each sentence of a paragraph, in characters; together they cover its words."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match[1] == "." and _abbreviates(text, match.start()):
            continue
        spans.append((start, match.end()))
        start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def _abbreviates(text: str, stop: int) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation, an initial or a numbered label."""
    match = _LAST_WORD.search(text[:stop])
    if not match:
        return False
    word = match[1]
    if _LETTERED.search(text[: match.start()]):
        return False  # "Exhibit D." ends a sentence
    # "1." at the start of a paragraph is a label; a lone capital is an initial.
    label = word.isdigit() and match.start() == 0
    return label or word.casefold() in _ABBREVIATIONS or (len(word) == 1 and word.isupper())


_ITEM = re.compile(r"[:;]\s|\s(?=\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s)")


def list_items(sentence: str) -> list[str]:
    """A sentence cut where a list inside it begins and goes on: at colons, semicolons and labels such as "(a)"."""
    return _ITEM.split(sentence)


def word_count(text: str) -> int:
    """How many words a text has; signs alone are none."""
    return sum(1 for token in text.split() if any(c.isalnum() for c in token))
