"""The library's words with an agreement's own terms in place of ours: "the Supplier" for "the Provider".

A profile names them (`terms: {Provider: Supplier}`), so that an annex reads like the agreement that it becomes a part of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from ...model.words.plurals import plural

_KEPT = r"(?P<kept>\{\{.*?\}\}|\{%.*?%\}|\[#[^\]]*\])"  # what a template says to the program and not to the reader
_VOWEL = re.compile(r"[aeio]|u(?!ni|s[ae]|til)", re.I)


def renaming(terms: Mapping[str, str]) -> tuple[Callable[[str], str], ...]:
    """What prints the agreement's terms in place of the library's; nothing where there are none."""
    return (_renaming(tuple(terms.items())),) if terms else ()


def worded(text: str, terms: Mapping[str, str]) -> str:
    """Words of the program's own with the agreement's terms in them."""
    for change in renaming(terms):
        text = change(text)
    return text


@lru_cache(maxsize=64)
def _renaming(terms: tuple[tuple[str, str], ...]) -> Callable[[str], str]:
    forms: dict[str, str] = {}
    for old, new in terms:
        for one, other in ((old, new), (plural(old, 2), plural(new, 2))):
            forms |= {one: other, one.upper(): other.upper()}
    longest = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))  # "Client Data" before "Client"
    pattern = re.compile(
        rf"{_KEPT}|(?:\b(?P<article>[Aa]n?)(?P<gap>\s+))?(?<![\w-])(?P<term>{longest})(?P<s>['’]s?)?(?![\w-])"
    )

    def change(text: str) -> str:
        return pattern.sub(lambda match: match["kept"] or _renamed(match, forms[match["term"]]), text)

    return change


def _renamed(match: re.Match[str], new: str) -> str:
    """The new term with its article and possessive: "a Client's" becomes "an Authority's"."""
    article = match["article"] or ""
    if article:
        article = article[0] + ("n" if _VOWEL.match(new) else "") + match["gap"]
    possessive = match["s"] or ""
    if possessive:
        mark = possessive[0]
        possessive = mark if new.endswith("s") and possessive == mark else f"{mark}s"
    return f"{article}{new}{possessive}"


def terms_written(terms: Iterable[tuple[str, str]]) -> str:
    """The terms in one line, as the properties of a Word file keep them."""
    return "; ".join(f"{old}={new}" for old, new in terms)


def terms_read(text: str) -> dict[str, str]:
    """The terms that such a line states."""
    return {m[1].strip(): m[2].strip() for m in re.finditer(r"([^=;,]{1,60})=([^=;,]{1,60})", text)}
