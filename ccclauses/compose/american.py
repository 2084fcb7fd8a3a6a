"""The library's words in American spelling, for annexes in American English (`en-US`).

Only what the library says is respelled, before it is composed. Names, addresses and other words of a profile stay as
they are. So do names of bodies ("Centre for Effective Dispute Resolution"), and parameters and labels inside a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

from ..model.clause import Clause, Definition, Framework, Library, Parameter
from ..model.profile import Resolution

AMERICAN = "en-US"
T = TypeVar("T")

# British → American; a word is found with its capital too. A "centre" with a capital is part of a name.
_WORDS = {
    "analyse": "analyze", "analysed": "analyzed", "analysing": "analyzing", "behaviour": "behavior",
    "catalogue": "catalog", "cheque": "check", "colour": "color", "defence": "defense", "enrolment": "enrollment",
    "favour": "favor", "honour": "honor", "judgement": "judgment", "kilometre": "kilometer", "labelled": "labeled",
    "labour": "labor", "licence": "license", "offence": "offense", "programme": "program", "signalling": "signaling",
}  # fmt: skip
_STEMS = (
    "anonymi", "authori", "capitali", "categori", "critici", "minimi", "organi", "penali", "pseudonymi", "recogni",
    "saniti", "speciali", "synchroni",
)  # fmt: skip
_KEPT = r"(?P<kept>\{\{.*?\}\}|\{%.*?%\}|\[#[^\]]*\])"  # what a template says to the program and not to the reader
_BRITISH = re.compile(
    rf"{_KEPT}|\b(?P<word>{'|'.join(_WORDS)})(?P<plural>s?)\b|\bcentre(?P<centres>s?)\b"
    rf"|\b(?P<head>(?:un)?(?:{'|'.join(_STEMS)}))s(?P<tail>e[ds]?|ing|ations?|ational)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=32_768)
def american(text: str) -> str:
    """A text of the library in American spelling."""
    return _BRITISH.sub(_respelled, text)


def _respelled(match: re.Match[str]) -> str:
    if match["kept"] or match[0].lower() == "analyses":  # which is a noun in both
        return match[0]
    if match["head"]:
        return f"{match['head']}z{match['tail']}"
    if match["word"]:
        word = _WORDS[match["word"].lower()]
        return (word.capitalize() if match["word"][0].isupper() else word) + match["plural"]
    return match[0] if match[0][0] == "C" else f"center{match['centres']}"


def spelled_resolution(resolution: Resolution) -> Resolution:
    """The same resolution, with every word that the library may print in the spelling of its profile's language."""
    if resolution.profile.language != AMERICAN:
        return resolution
    return replace(
        resolution,
        clauses=tuple(
            replace(r, clause=_clause(r.clause), variant=_spelled(r.variant, "text")) for r in resolution.clauses
        ),
        settings=_each(resolution.settings, lambda s: replace(s, parameter=_parameter(s.parameter))),
        definitions=tuple(map(_definition, resolution.definitions)),
        library=_tables(resolution.library),
    )


def spelled_library(library: Library, language: str) -> Library:
    """The same library in the spelling of an annex's language, by which such an annex is read back."""
    if language != AMERICAN:
        return library
    definitions = map(_definition, library.definitions.values())
    return replace(
        _tables(library),
        clauses=_each(library.clauses, _clause),
        definitions=MappingProxyType({d.term: d for d in definitions}),
    )


def _tables(library: Library) -> Library:
    return replace(
        library,
        frame=tuple(_spelled(part, "text") for part in library.frame),
        frameworks=_each(library.frameworks, _framework),
    )


def _definition(definition: Definition) -> Definition:
    return replace(_spelled(definition, "term", "text"), forms=tuple(map(american, definition.forms)))


def _clause(clause: Clause) -> Clause:
    return replace(
        _spelled(clause, "title"),
        parameters=_each(clause.parameters, _parameter),
        variants=tuple(_spelled(variant, "text") for variant in clause.variants),
        parts=tuple(_spelled(part, "text") for part in clause.parts),
        penalties=_each(clause.penalties, lambda spec: _spelled(spec, "label")),
        duties=tuple(_spelled(d, "action", "object", "trigger", "standing", "evidence") for d in clause.duties),
    )


def _parameter(parameter: Parameter) -> Parameter:
    return replace(_spelled(parameter, "label", "unit", "zero"), choices=_each(parameter.choices, american))


def _framework(framework: Framework) -> Framework:
    return replace(framework, references=_each(framework.references, lambda r: _spelled(r, "duty")))


def _spelled(value: T, *fields: str) -> T:
    """The value with these of its fields respelled."""
    return replace(value, **{name: american(getattr(value, name)) for name in fields})  # type: ignore[type-var]  # T is any dataclass


def _each(values: Mapping[str, T], change: Callable[[T], T]) -> Mapping[str, T]:
    return MappingProxyType({name: change(value) for name, value in values.items()})
