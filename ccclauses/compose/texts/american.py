"""The library's words in American spelling, for annexes in American English (`en-US`), with the law's word for an annex and the
agreement's own terms.

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

from ...model.library.clause import EMPTY, Clause, Parameter
from ...model.library.library import Definition, Framework, Law, Library
from ...model.profile import Resolution, Setting
from ...model.remembered import remembered
from .terms import renaming

AMERICAN = "en-US"
ANNEX = "Annex"  # the word of the clause texts for the paper that they are in
SCHEDULES = "schedules"  # and for the schedules to it, together
T = TypeVar("T")
Change = Callable[[str], str]

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
_ANNEX = re.compile(rf"{_KEPT}|\bAnnex\b(?! [IVX\d])|\b(?P<schedules>schedules)\b")
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


@lru_cache(maxsize=16)
def _named(document: str, schedules: str) -> Change:
    """What prints a law's words for such a paper and its schedules: "this Exhibit" for "this Annex"; annexes of others keep theirs."""

    def change(text: str) -> str:
        if ANNEX not in text and SCHEDULES not in text:
            return text
        return _ANNEX.sub(lambda m: m["kept"] or (schedules if m["schedules"] else document), text)

    return change


def spelled_resolution(resolution: Resolution) -> Resolution:
    """The same resolution, every word of the library in the spelling of its profile's language and its law's own terms."""
    for change in _changes(resolution.profile.language, resolution.law, resolution.profile.terms):
        resolution = replace(
            resolution,
            law=_spelled(resolution.law, change, "credit_label"),
            clauses=tuple(
                replace(r, clause=_clause(r.clause, change), variant=_text(r.variant, change))
                for r in resolution.clauses
            ),
            settings=_each(resolution.settings, lambda s: _setting(s, change)),
            definitions=tuple(_definition(d, change) for d in resolution.definitions),
            library=_tables(resolution.library, change),
        )
    return resolution


def spelled_library(
    library: Library, language: str, law: Law | None = None, terms: Mapping[str, str] = EMPTY
) -> Library:
    """The same library as an annex of that language and law prints it, by which such an annex is read back."""
    for change in _changes(language, law, terms):
        definitions = [_definition(d, change) for d in library.definitions.values()]
        library = replace(
            _tables(library, change),
            clauses=_each(library.clauses, lambda c: _clause(c, change)),
            definitions=MappingProxyType({d.term: d for d in definitions}),
        )
    return library


def document_of(law: Law | None) -> str:
    """What a law calls such a paper."""
    return law.switches.get("document", ANNEX) if law else ANNEX


def _changes(language: str, law: Law | None, terms: Mapping[str, str]) -> tuple[Change, ...]:
    words = (document_of(law), law.switches.get("schedules", SCHEDULES) if law else SCHEDULES)
    return (
        *((american,) if language == AMERICAN else ()),
        *((_named(*words),) if words != (ANNEX, SCHEDULES) else ()),
        *renaming(terms),
    )


def _tables(library: Library, change: Change) -> Library:
    return replace(
        library,
        frame=tuple(_text(part, change) for part in library.frame),
        frameworks=_each(library.frameworks, lambda f: _framework(f, change)),
    )


@remembered
def _definition(definition: Definition, change: Change) -> Definition:
    return replace(_spelled(definition, change, "term", "text"), forms=tuple(map(change, definition.forms)))


@remembered
def _text(worded: T, change: Change) -> T:
    """A variant, or a part of the frame, with its text changed."""
    return _spelled(worded, change, "text")


@remembered
def _clause(clause: Clause, change: Change) -> Clause:
    return replace(
        _spelled(clause, change, "title"),
        parameters=_each(clause.parameters, lambda p: _parameter(p, change)),
        variants=tuple(_text(variant, change) for variant in clause.variants),
        parts=tuple(_spelled(part, change, "text") for part in clause.parts),
        failures=_each(clause.failures, lambda spec: _spelled(spec, change, "label")),
        duties=tuple(_spelled(d, change, "action", "object", "trigger", "standing", "evidence") for d in clause.duties),
    )


def _setting(setting: Setting, change: Change) -> Setting:
    """A setting; what a profile writes stays as it is."""
    value = setting.value
    ours = setting.source != "profile" and setting.parameter.type == "text" and isinstance(value, str)
    return replace(
        setting, parameter=_parameter(setting.parameter, change), value=change(str(value)) if ours else value
    )


@remembered
def _parameter(parameter: Parameter, change: Change) -> Parameter:
    if parameter.type == "text":
        said = {p: change(v) if isinstance(v, str) else v for p, v in parameter.values.items()}
        parameter = replace(parameter, values=MappingProxyType(said))
    return replace(_spelled(parameter, change, "label", "unit", "zero"), choices=_each(parameter.choices, change))


@remembered
def _framework(framework: Framework, change: Change) -> Framework:
    if change is not american:  # what a framework asks for is in its own words
        return framework
    return replace(framework, references=_each(framework.references, lambda r: _spelled(r, change, "duty")))


def _spelled(value: T, change: Change, *fields: str) -> T:
    """The value with these of its fields changed."""
    return replace(value, **{name: change(getattr(value, name)) for name in fields})  # type: ignore[type-var]  # T is any dataclass


def _each(values: Mapping[str, T], change: Callable[[T], T]) -> Mapping[str, T]:
    return MappingProxyType({name: change(value) for name, value in values.items()})
