"""Yes, no, and the names that a list offers, by any of the words in which they are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ....model.diagnostic import nearest
from .reading import Habits, Meant, Typed, folded, one, several, unread

_YES = frozenset("yes y yep yeah true on ja j oui si sim tak ok sure correct 1".split()) | {"we do", "they do"}
_NO = frozenset("no n nope false off nein non nie never none 0".split()) | {"we dont", "they dont", "not at all"}
_UNKNOWN = frozenset(
    {"unknown", "i dont know", "dont know", "dont know yet", "i dont know yet", "do not know", "not known", "not known yet",
     "not sure", "unsure", "no idea", "tbc", "tbd", "to be confirmed", "?", "??", "dk", "weiss nicht", "open", "maybe"}
)  # fmt: skip


def yes_no(text: str, habits: Habits) -> Typed:
    """Yes or no."""
    word = folded(text).rstrip("!")
    if word in _YES or word.split(" ")[0] == "yes":
        return one(text, "yes", "Yes")
    if word in _NO or word.split(" ")[0] == "no" and not is_unknown(text):
        return one(text, "no", "No")
    return unread(text, f"we can't read “{text.strip()}” as yes or no", "yes")


def is_unknown(text: str) -> bool:
    """Whether somebody says that they do not know."""
    return folded(text).rstrip("!") in _UNKNOWN


def choice(
    text: str, names: Mapping[str, str], also: Mapping[str, Iterable[str]] | None = None, what: str = "choice"
) -> Typed:
    """One of the names, each with what it is called; `also` gives further names of each.

    Several are offered where the words fit several.
    """
    said, name = text.strip(), folded(text)
    if said in names:
        return one(text, said, names[said] or said)
    known: dict[str, list[str]] = {}
    for id_, label in names.items():
        for word in (id_, label, *(also or {}).get(id_, ())):
            if word and id_ not in known.setdefault(folded(word), []):
                known[folded(word)].append(id_)
    found = known.get(name, [])
    if not found and len(name) > 2:
        found = list(dict.fromkeys(i for k, ids in known.items() if k.startswith(f"{name} ") for i in ids))
    if not found and len(name) > 2:
        found = list(dict.fromkeys(i for k, ids in known.items() if f" {name} " in f" {k} " for i in ids))
    if 0 < len(found) <= 6:
        return several(text, [Meant(i, names[i] or i) for i in found])
    offered = list(names.values() if all(names.values()) and len(names) < 6 else names)
    shown = ", ".join(offered[:12])
    close = nearest(name, known) if len(name) > 3 else ""
    if close:
        ids = known[close.split("`")[1]]
        return several(text, [Meant(i, names[i] or i) for i in ids], why=f"there is no {what} “{said}”")
    return unread(text, f"there is no {what} “{said}”", shown)
