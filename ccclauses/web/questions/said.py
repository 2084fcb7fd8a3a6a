"""Paths of a profile in the words of the page: no key is ever a label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...deals.folder import Deal
from ...deals.versions import Version, text_of
from ...load.document.edit import CantEdit, Written, written
from ...load.inputs import shipped_library
from ...model.library.library import Library
from .questions import FIELDS

_GROUPS = {
    "contacts": "People to call",
    "sites": "Sites",
    "subcontractors": "Subcontractors",
    "systems": "Systems",
    "frameworks": "Laws and standards",
    "include": "Clauses asked for",
    "processing": "The personal data",
    "credits": "Credits",
    "failures": "Credits",
    "terms": "Words of the contract",
}


def label_of(path: str, library: Library) -> str:
    """What a path is called: "Monthly price" for `charges.monthly`."""
    if path in FIELDS:
        return FIELDS[path].label
    top, _, rest = path.partition(".")
    if top in _GROUPS:
        return _GROUPS[top]
    if top == "facts" and rest in library.facts:
        return library.facts[rest].question
    if top == "settings" and (parameter := library.parameter(rest)):
        return parameter.label
    if top == "postures" and rest in library.topics:
        return f"Position on {library.topics[rest].title}"
    if top == "exclude" and rest in library.clauses:
        return f"{library.clauses[rest].title} left out"
    return rest.rpartition(".")[2].replace("_", " ").capitalize() if rest else top.replace("_", " ").capitalize()


def changed_between(deal: Deal, older: Version, newer: Version) -> str:
    """What a version changed, in a few words: "Monthly price" or "Monthly price and 2 more"."""
    try:
        before, after = written(text_of(deal, older)), written(text_of(deal, newer))
    except CantEdit:
        return "An edit of the file"
    library = shipped_library()
    labels = list(dict.fromkeys(label_of(path, library) for path in differing(before, after)))
    if not labels:
        return "A comment in the file"
    return labels[0] if len(labels) == 1 else f"{labels[0]} and {len(labels) - 1} more"


def differing(before: Written, after: Written, path: str = "") -> Iterator[str]:
    """The paths of all values that two texts say differently."""
    for key in dict.fromkeys((*after.keys(path), *before.keys(path))):
        inner = f"{path}.{key}" if path else key
        if after.keys(inner) or before.keys(inner):
            yield from differing(before, after, inner)
        elif after.get(inner) != before.get(inner):
            yield inner


_QUOTED = re.compile(r"`([^`]*)`")


def told_of(message: str, hint: str, library: Library) -> str:
    """A problem of a profile in the words of the page: a capital, a full stop, and labels in place of keys."""

    def named(match: re.Match[str]) -> str:
        text = match[1]
        if text in library.clauses:
            return f"“{library.clauses[text].title}”"
        if parameter := library.parameter(text):
            return f"“{parameter.label}”"
        if text in library.facts:
            return f"“{library.facts[text].question}”"
        if text in library.frameworks:
            return library.frameworks[text].short
        if text in FIELDS:
            return f"“{FIELDS[text].label}”"
        return text

    sentences = [_QUOTED.sub(named, part).strip().rstrip(".") for part in (message, hint) if part]
    return " ".join(f"{s[:1].upper()}{s[1:]}." for s in sentences)
