"""A sentence as cues read it: lower case, numbers in digits, blanks marked, unticked boxes and drafting notes gone."""

from __future__ import annotations

import re

from ...model.words.words import NUMBERS
from .roles import Names

ROLES = frozenset(("SUPPLIER", "CLIENT", "SUBP", "BLANK"))
_UNITS = r"(?:business|working|calendar|consecutive|full|clear|minutes?|hours?|days?|weeks?|months?|years?|quarters?|percent|per\b|audits?|inspections?|times?\b)"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_SMALL = sorted(NUMBERS, key=len, reverse=True)
_WORD = rf"(?:(?:twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:{_ONES}))?|{'|'.join(_SMALL)})"
_HUNDRED = rf"(?:(?:one|two|three|four|five|six|seven|eight|nine|a) hundred(?:(?: and)?[- ]{_WORD})?)"
_DOUBLED = re.compile(rf"\b(?:{_HUNDRED}|{_WORD})[- ]?\s*\(\s*(\d[\d,.]*)\s*\)", re.IGNORECASE)
_DOUBLED_DIGITS = re.compile(r"\b(\d+) \(\1\)")
_DOUBLED_BACK = re.compile(rf"\b(\d[\d,.]*)\s*\(\s*(?:{_HUNDRED}|{_WORD})\s*\)", re.IGNORECASE)
_IN_WORDS = re.compile(rf"\b({_HUNDRED}|{_WORD})(?=[- ]+{_UNITS})", re.IGNORECASE)
_NOTE = re.compile(r"\[\s*(?:drafting note|note to|guidance|instruction)[^\]]*\]", re.IGNORECASE)
_TICKED = re.compile(r"[\[(]\s*[xX✓✔]\s*[\])]|[☒☑✓✔]")
_UNTICKED = re.compile(r"(?:\[\s*\]|\(\s*\)|☐|□)(?:(?!\[\s*[xX]?\s*\]|\(\s*[xX]?\s*\)|[☐□☒☑|]).)*")
_BLANKS = re.compile(
    r"\{[^{}]{0,80}\}|_{3,}|\.{5,}|\[(?!\d{1,3}\])[^\[\]]{0,90}\]|<(?:insert|enter|number|name)[^<>]{0,60}>|\bXX+\b|\[[●•*]+\]|\bTBD\b|\bTBC\b",
    re.IGNORECASE,
)
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\u2011": "-", "\u00ad": ""}
)
_REDACTED = re.compile(r"\[\s*\*+\s*\]|\*{3,}")


def plain_of(text: str, names: Names) -> str:
    """The words of a text as cues read them."""
    text = text.translate(_QUOTES)
    text = _NOTE.sub(" ", text)
    text = _UNTICKED.sub(" ", _TICKED.sub(" ", text)) if re.search(r"\[\s*\]|\(\s*\)|[☐□]", text) else text
    text = _REDACTED.sub(" BLANK ", text)
    text = _BLANKS.sub(_blank, text)
    text = in_digits(text)
    text = names.replaced(text)
    return " ".join(re.sub(r"\w*[A-Z]\w*", _lower, text).split())


def _lower(match: re.Match[str]) -> str:
    return match[0] if match[0] in ROLES else match[0].lower()


def _blank(match: re.Match[str]) -> str:
    inside = match[0][1:-1].strip()
    if match[0][0] == "[" and not re.search(
        r"e\.g\.|number|insert|name|date|state|period|days|hours|^[Xx●•*]+$|^\W*$|amount|company|email|address|country|jurisdiction",
        inside,
        re.I,
    ):
        return f" {inside} "  # an editor's addition, not a blank
    return " BLANK "


def in_digits(text: str) -> str:
    """The text with its numbers in digits: "thirty (30) days" and "thirty days" are "30 days"."""
    text = _DOUBLED.sub(r"\1", text)
    text = _DOUBLED_BACK.sub(r"\1", _DOUBLED_DIGITS.sub(r"\1", text))
    return _IN_WORDS.sub(lambda m: str(_number(m[1])), text)


def _number(words: str) -> int:
    parts = re.split(r"[- ]+", words.lower())
    total = 0
    for part in parts:
        if part == "hundred":
            total = (total or 1) * 100
        elif part in ("a", "and"):
            total = total or (1 if part == "a" else total)
        else:
            total += NUMBERS.get({"fourty": "forty"}.get(part, part), 0)
    return total
