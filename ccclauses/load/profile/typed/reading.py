"""What comes of reading something that a person typed: one meaning, two to choose from, or why it has none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_QUOTES = dict.fromkeys(map(ord, "‘’`´"), "'")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u2060\ufeff\u00ad"))


@dataclass(frozen=True, slots=True)
class Meant:
    """One meaning: `text` as a profile holds it ("2026-03-03"), `shown` as a person is reported of it ("3 March 2026").

    Of a list `items` are the texts of its entries.
    """

    text: str
    shown: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was read. One meaning and no `why`: it is taken. Several, or one with `why`: the person chooses, and nothing
    is saved before. None: `why` it can't be read, in a sentence, and an `example` of what can."""

    given: str
    meanings: tuple[Meant, ...] = ()
    why: str = ""
    example: str = ""
    note: str = ""  # what is worth asking although it was read: another currency than that of the deal

    @property
    def meant(self) -> Meant | None:
        """The one meaning; None while there is a choice to make or nothing was read."""
        return self.meanings[0] if len(self.meanings) == 1 and not self.why else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What is known of the deal and helps to read. Each may be empty.

    `currency` is added to a sum without one and decides what "$" means; `country` (of who types) decides the region of a
    telephone number and what "IST" means; `language` is that of the governing law; `today` is what "today" means.
    """

    currency: str = ""
    country: str = ""
    language: str = ""
    today: date | None = None
    per: tuple[str, ...] = ()  # what a sum is for, in words that may follow it: "month"
    offered: tuple[str, ...] = ()  # the languages that the library has texts in


READ_ALONE = Habits()
Read = Callable[[str, Habits], Typed]


def one(given: str, text: str, shown: str = "", note: str = "") -> Typed:
    """A text with one meaning."""
    return Typed(given=given, meanings=(Meant(text, shown or text),), note=note)


def several(given: str, meanings: Iterable[Meant], why: str = "") -> Typed:
    """A text with the meanings found, each once; with one alone and no `why` it is taken."""
    return Typed(given=given, meanings=tuple(dict.fromkeys(meanings)), why=why)


def unread(given: str, why: str, example: str) -> Typed:
    """A text without a meaning."""
    return Typed(given=given, why=why, example=example)


def tidy(text: str) -> str:
    """The text with plain spaces, dashes and quotes, without what nobody sees, and in one width of letters and digits."""
    text = unicodedata.normalize("NFKC", text).translate(_DASHES | _QUOTES | _UNSEEN)
    return re.sub(r"\s+", " ", text).strip(" \t")


def folded(name: str) -> str:
    """A name for comparing: small letters without accents, points and doubled spaces."""
    bare = unicodedata.normalize("NFD", tidy(name)).casefold()
    kept = (c for c in bare if unicodedata.category(c) != "Mn" and c not in ".,'\"")
    return " ".join("".join(kept).replace("&", " and ").replace("-", " ").replace("_", " ").split())
