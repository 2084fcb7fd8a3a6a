"""Names and ids that are free in an agreement: pure functions from what is taken to a map of new names."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Mapping

from lxml import etree

from ...model.annex import ANCHOR_LIMIT
from ...ooxml.namespaces import w
from ...ooxml.package.record import ANNEX_STYLE

PREFIX = "_a{}"


def free_bookmarks(wanted: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """New names for the annex's bookmarks where one of them is taken: all get one prefix, so that they stay together.

    A name has at most 40 characters; a longer one ends in a digest, so that two that begin alike stay two.
    """
    wanted, known = list(dict.fromkeys(wanted)), {t.casefold() for t in taken}
    if not any(name.casefold() in known for name in wanted):
        return {}
    for number in range(2, 10_000):
        prefix = PREFIX.format(number)
        made = {name: _short(prefix + name) for name in wanted}
        if not any(name.casefold() in known for name in made.values()):
            return made
    raise AssertionError("ten thousand annexes in one agreement")


def _short(name: str) -> str:
    if len(name) <= ANCHOR_LIMIT:
        return name
    return f"{name[: ANCHOR_LIMIT - 7]}_{hashlib.sha256(name.encode()).hexdigest()[:6]}"


def free_styles(styles: Mapping[str, str], ids: Iterable[str], names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """For each style of the annex (id → name) an id and a name that no style of the agreement has, in any case."""
    taken_ids = {i.casefold() for i in ids}
    taken_names = {part.strip().casefold() for n in names for part in n.split(",")}
    out: dict[str, tuple[str, str]] = {}
    for old, name in styles.items():
        words = name if name.startswith(ANNEX_STYLE) else f"{ANNEX_STYLE}{name}"
        new = _free(f"cc{old}", taken_ids, "")
        shown = _free(words, taken_names, " ")
        taken_ids.add(new.casefold())
        taken_names.add(shown.casefold())
        out[old] = (new, shown)
    return out


def _free(wanted: str, taken: set[str], gap: str) -> str:
    name, number = wanted, 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted}{gap}{number}"
    return name


def free_numbers(wanted: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """New numbers above every one that is taken."""
    used = [int(t) for t in taken if t.lstrip("-").isdigit()]
    following = max(used, default=0) + 1
    return {old: str(following + n) for n, old in enumerate(dict.fromkeys(wanted))}


def free_codes(count: int, first: int, taken: Iterable[str]) -> list[str]:
    """So many codes of eight hexadecimal digits, as lists bear them, that nobody has yet."""
    known = {t.upper() for t in taken}
    out: list[str] = []
    while len(out) < count:
        code = f"{first:08X}"
        first += 1
        if code not in known:
            out.append(code)
    return out


def next_id(roots: Iterable[etree._Element], *tags: str, apart: Container[etree._Element] = ()) -> int:
    """One above every `w:id` that elements of these names bear in any part; those `apart` don't count."""
    found = [e.get(w("id"), "") for root in roots for e in root.iter(*map(w, tags)) if e not in apart]
    return 1 + max((int(f) for f in found if f.lstrip("-").isdigit()), default=0)
