"""The paragraph that describes a party → its particulars, found by the very text of the frame that prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

from ..common.places import place_code
from ..compose.parts.opening import DETAILS
from ..compose.texts.scope import chosen_parts, parsed
from ..compose.texts.template import Scope, Template, render
from ..compose.texts.wording import typographic
from ..model.library.library import Law, Library, law_value
from ..model.profile import Company
from ..resolve.judge import Judge

_OPEN, _CLOSE = "\ue010", "\ue011"  # around the name of a detail, while a pattern is made
_NAME = "\ue012"  # represents the name of the party, which is known
_TOKEN = re.compile(f"{_OPEN}([a-z]+){_CLOSE}")
_QUOTES = re.compile("[“”]")
_NOT_IN = {"form": "("}  # what would begin another detail
_OPTIONAL = ("form", "register", "number", "office", "represented")


def company_of(text: str, name: str, library: Library, law: Law | None) -> Company | None:
    """The party that a paragraph describes under a law; None where the paragraph is not worded as the frame words it."""
    if law is None:
        return None
    line, own = " ".join(text.split()), " ".join(name.split())
    if not line.startswith(own):
        return None
    for pattern in _patterns(_Key(library=library, law=law)):
        if match := pattern.fullmatch(_NAME + line[len(own) :]):
            found = {k: v.strip() for k, v in match.groupdict().items() if v}
            registration = ", no. ".join(filter(None, (found.get("register"), found.get("number"))))
            return Company(
                name=name,
                form=found.get("form", ""),
                registration=registration,
                address=found.get("office", ""),
                represented_by=found.get("represented", ""),
                country=place_code(found.get("country", "")),
            )
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Key:
    """What the patterns depend on, told apart by the library's fingerprint."""

    library: Library = field(compare=False)
    law: Law = field(compare=False)
    name: tuple[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", (self.library.fingerprint, self.law.id))


@lru_cache(maxsize=32)
def _patterns(key: _Key) -> tuple[re.Pattern[str], ...]:
    """A pattern for each set of details that a profile may give, those with the fewest first: a detail that
    a text leaves out would else be found in the words of another.
    """
    sets = (
        [n for n, there in zip(_OPTIONAL, given) if there] for given in product((True, False), repeat=len(_OPTIONAL))
    )
    made = {t: None for there in sorted(sets, key=len) for t in _texts(key, frozenset(there))}
    return tuple(map(_pattern, made))


def _texts(key: _Key, there: frozenset[str]) -> Iterator[str]:
    part = chosen_parts(key.library.frame, key.law).get("party")
    template = parsed(part)[0] if part else None
    if template is not None:
        details = {n: f"{_OPEN}{n}{_CLOSE}" for n in DETAILS["party"] if n not in _OPTIONAL or n in there}
        text, problems = render(template, _Details(details, key.law))
        if not problems:
            yield " ".join(typographic(text).split())


def _pattern(text: str) -> re.Pattern[str]:
    pieces = _TOKEN.split(text)
    out = [
        re.escape(p) if i % 2 == 0 else _NAME if p == "name" else "(?P<%s>[^[%s]+?)" % (p, _NOT_IN.get(p, ""))
        for i, p in enumerate(pieces)
    ]
    return re.compile(_QUOTES.sub("[“”]", "".join(out)) + r"(?:; and|\.)?")


@dataclass(frozen=True, slots=True)
class _Details(Scope):
    """Prints the names of details instead of what they are."""

    details: Mapping[str, str]
    law: Law

    def names(self) -> Mapping[str, object]:
        return self.details

    def judge(self) -> Judge:
        return Judge(frameworks=(), clauses=(), value=self._value, parameter=lambda name: None)

    def _value(self, name: str) -> str:
        space, _, key = name.partition(".")
        return law_value(self.law, key) if space == "law" else self.details.get(key, "")

    def printed(self, name: str, attribute: str) -> str:
        return self.details.get(attribute, "")

    def call(self, function: str, argument: str) -> str:
        return ""

    def include(self, name: str) -> Template | None:
        return None
