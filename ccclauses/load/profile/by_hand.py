"""What somebody types for a key of a profile, read forgivingly and held to what that key may hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import yaml

from ...common.places import country_name, place_name
from ...model.library.clause import Parameter
from ...model.library.library import Fact, Library
from ..document.kinds import check_range, printed
from ..document.reading import BAD, Reader
from ..document.schema import LINE, Choice, Kind, ListOf, MapOf, Name, Record
from .deal_format import UNKNOWN, Values
from .profile_format import profile_record
from .typed import READ_ALONE, READERS, Habits, Meant, Typed
from .typed.choices import choice, is_unknown
from .typed.reading import one, tidy, unread

_MOST = 4_000  # characters of an answer
# The keys that hold words of a sort which a profile itself takes as they are.
_SORTS = {"phone": "a telephone number"}


def read_by_hand(path: str, text: str, library: Library, habits: Habits = READ_ALONE) -> Typed:
    """What `text` means for the key at a dotted `path`: `parties.client.country`, `facts.seats`, `settings.breach_notice`,
    `contacts.0.phone`.

    A meaning is one that the profile accepts there, within the bounds of the library. Raises `LookupError` for a path
    that leads to no value.
    """
    kind, entry = kind_at(path, library)
    last = path.rpartition(".")[2]
    if last in _SORTS:
        return READERS[_SORTS[last]](text, habits)
    if path == "charges.monthly":
        habits = replace(habits, per=("month",))
    elif isinstance(entry, Parameter) and entry.unit:
        habits = replace(habits, per=(*habits.per, re.sub(r"^(?:for|in) each |^per ", "", entry.unit).lower()))
    elif isinstance(entry, Fact) and is_unknown(text):
        return one(text, UNKNOWN, f"not known yet; until it is, we assume {printed(entry.assumed)}")
    return read_as(kind, text, library, habits, entry)


def kind_at(path: str, library: Library) -> tuple[Kind, Fact | Parameter | None]:
    """The kind of value at a dotted path, and the fact or parameter of the library where it is one."""
    kind: Kind = profile_record(library)
    entry: Fact | Parameter | None = None
    for part in path.split("."):
        if isinstance(kind, Record):
            kind = kind.fields[part].kind
        elif isinstance(kind, Values):
            entry = kind.table[part]
            kind = kind.of(entry)
        elif isinstance(kind, MapOf):
            kind = kind.value
        elif isinstance(kind, ListOf) and part.isdigit():
            kind = kind.item
        elif path.startswith(("exclude.", "terms.")):
            kind = LINE
        else:
            raise LookupError(f"{path} leads to no value of a profile")
    if isinstance(kind, (Record, Values, MapOf)) or isinstance(kind, ListOf) and isinstance(kind.item, Record):
        raise LookupError(f"{path} is a group of values")
    return kind, entry


def read_as(
    kind: Kind, text: str, library: Library, habits: Habits = READ_ALONE, entry: Fact | Parameter | None = None
) -> Typed:
    """What a text means as a value of one kind."""
    if len(text) > _MOST:
        return unread(text[:60], "this is longer than a contract can print here", "a few words")
    if not tidy(text):
        return unread(text, "nothing is written here", "")
    if isinstance(kind, ListOf):
        return _list(kind, text, library, habits)
    read = READERS.get(getattr(kind, "wanted", ""))
    if isinstance(kind, Choice):
        typed = choice(text, {n: n for n in kind.meanings}, {n: (m,) for n, m in kind.meanings.items()}, kind.what)
    elif isinstance(kind, Name):
        typed = _name(kind.sort, text, library)
    elif read:
        typed = read(text, replace(habits, offered=habits.offered or _languages(kind)))
    else:
        typed = one(text, " ".join(text.split()) if "\n" not in text.strip() else text.strip())
    return _accepted(typed, kind, entry)


def _accepted(typed: Typed, kind: Kind, entry: Fact | Parameter | None) -> Typed:
    """The meanings that a profile takes; where it takes none, why not."""
    kept = []
    reason = ""
    for meant in typed.meanings:
        node = _node(meant.text)
        reader = Reader()
        value = kind.read(node, reader)
        if value is not BAD and entry is not None:
            minimum, maximum = (entry.minimum, entry.maximum) if isinstance(entry, Parameter) else (None, None)
            if isinstance(entry, Fact) and entry.type == "integer":
                minimum = 0
            if not check_range(entry.name, value, minimum, maximum, node, reader):
                value = BAD
        if value is BAD:
            problem = reader.diagnostics[0]
            outside = problem.rule == "out-of-range" and problem.hint
            reason = reason or (f"{meant.shown}: {problem.hint}" if outside else problem.hint or problem.message)
        else:
            kept.append(meant)
    if kept or not typed.meanings:
        return replace(typed, meanings=tuple(kept))
    return unread(typed.given, reason.replace("`", ""), _example(entry))


def _example(entry: Fact | Parameter | None) -> str:
    values = list(entry.values.values()) if isinstance(entry, Parameter) else []
    return str(values[(len(values) - 1) // 2]) if values else ""


def _list(kind: ListOf, text: str, library: Library, habits: Habits) -> Typed:
    """Several values in one text: on lines of their own, else between semicolons, else between commas and "and"."""
    for separator in (
        r"\s*\n\s*",
        r"\s*;\s*",
        r"\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+" if kind.item is not LINE else r"\s*,\s*",
    ):
        parts = [p.strip(" -•*\t") for p in re.split(separator, text.strip(" ;,\n[]")) if p.strip(" -•*\t")]
        whole = read_as(kind.item, text, library, habits) if len(parts) > 1 and kind.item is not LINE else None
        if whole and whole.meant:
            parts = [text]  # "Trinidad and Tobago" is one country
        if len(parts) > 1:
            break
    items: list[Meant] = []
    for part in parts:
        typed = read_as(kind.item, part, library, habits)
        if typed.meant is None:
            return replace(typed, given=text, meanings=typed.meanings if len(parts) == 1 else (),
                           why=typed.why or f"“{part}” can be read in two ways: {' or '.join(m.shown for m in typed.meanings)}")  # fmt: skip
        if typed.meant not in items:
            items.append(typed.meant)
    texts = tuple(m.text for m in items)
    return Typed(given=text, meanings=(Meant("; ".join(texts), ", ".join(m.shown for m in items), texts),))


def _name(sort: str, text: str, library: Library) -> Typed:
    """The name of a law, a framework, a posture and the like, by any of the words that people have for it."""
    also: Mapping[str, tuple[str, ...]] = {}
    match sort:
        case "law":
            names = {law.id: law.name for law in library.laws.values()}
            also = {
                id_: (law.short, place_name(id_), _of(law.name), id_[:2], country_name(id_[:2]))
                for id_, law in library.laws.items()
            }
            text = _LAW.sub("", text)
            text = _ADJECTIVES.get(text.strip().casefold(), text)
        case "framework":
            names = {f.id: f.short for f in library.frameworks.values()}
            also = {f.id: (f.title,) for f in library.frameworks.values()}
        case "clause":
            names = {c.id: c.title for c in library.clauses.values()}
        case "posture" | "form" | "topic" | "failure":
            tables = {
                "posture": library.postures,
                "form": library.forms,
                "topic": library.topics,
                "failure": library.failures,
            }
            names = {id_: id_.replace("_", " ").capitalize() for id_ in tables[sort]}
        case _:
            return one(text, " ".join(text.split()))
    return choice(text, names, also, sort)


_LAW = re.compile(r"^\s*(?:the )?laws? of (?:the )?(?:state of )?|\s+laws?\s*$", re.IGNORECASE)
_ADJECTIVES = {
    "english": "England and Wales", "english and welsh": "England and Wales", "uk": "England and Wales", "british": "England and Wales",
    "england": "England and Wales", "german": "Germany", "french": "France", "dutch": "Netherlands", "spanish": "Spain",
    "irish": "Ireland", "indian": "India", "philippine": "Philippines", "filipino": "Philippines", "singaporean": "Singapore",
    "australian": "Australia", "south african": "South Africa", "canadian": "Canada", "swiss": "Switzerland",
    "scots": "Scotland", "scottish": "Scotland", "american": "United States", "austrian": "Austria", "italian": "Italy",
}  # fmt: skip


def _of(name: str) -> str:
    """ "England and Wales" for "the law of England and Wales"."""
    return _LAW.sub("", name)


def _languages(kind: Kind) -> tuple[str, ...]:
    return tuple(getattr(kind, "offered", ()))


def _node(text: str) -> yaml.ScalarNode:
    mark = yaml.Mark("answer", 0, 0, 0, None, 0)
    return yaml.ScalarNode("", text, mark, mark, style='"')
