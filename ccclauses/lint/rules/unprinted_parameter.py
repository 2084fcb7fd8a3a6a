"""Finds a parameter that no text prints, tests or reckons with.

Why it matters
    A value that can be set and changes nothing misleads the person who sets it. A value of the deal is printed in the key
    terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ...model.library.library import Library
from ...model.library.roles import CREDIT_ROLES
from ..subject import Finding

CODE = "S04"
SEVERITY = Severity.WARNING


_NAME = re.compile(r"\b[a-z][a-z0-9_]*\b")
_TAG = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)


def check_library(library: Library) -> Iterator[Finding]:
    """Each parameter that no text, duty, condition or definition of the library names."""
    named = _named(library)
    for clause in library.clauses.values():
        for name, parameter in clause.parameters.items():
            if name not in named and parameter.key_terms != "deal":
                yield Finding(message=f"`{name}` is printed nowhere", at=parameter.at, hint="print it, or take it out")


def _named(library: Library) -> frozenset[str]:
    words: set[str] = set()
    for clause in library.clauses.values():
        for text in clause.texts:
            for tag in _TAG.findall(text.text):
                words.update(_NAME.findall(tag))
        for duty in clause.duties:
            words.update(duty.parameters)
            words.update(_NAME.findall(str(duty.when)))
        words.update(_NAME.findall(str(clause.applies_when)))
        words.update(name for v in clause.variants for name in v.settings)
        if clause.failures:
            words.update(library.roles[role] for role in CREDIT_ROLES if role in library.roles)
    for definition in library.definitions.values():
        for tag in _TAG.findall(definition.text):
            words.update(_NAME.findall(tag))
    return frozenset(words)
