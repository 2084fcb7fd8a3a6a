"""What the text of one clause may name, and what each name prints there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..model.clause import Definition, Law, Part, Variant, closest
from ..model.condition import comparable
from ..model.diagnostic import Diagnostic
from ..model.penalty import PenaltySchedule
from ..model.profile import Resolution
from ..model.quantity import Duration, Printed
from . import marks
from .opening import printed_detail
from .template import ATTRIBUTES, Scope, Template, parse_template

_LAW_FIELDS = {"id", "family", "name", "short", "credit_label", "damages", "language"}
_parsed = lru_cache(maxsize=8192)(parse_template)


def parsed(source: Variant | Part | Definition) -> tuple[Template | None, list[Diagnostic]]:
    """The text of a wording, part or definition as a template, parsed once."""
    return _parsed(source.text, source.at.file, source.text_line, source.text_column)


def chosen_parts(parts: tuple[Part, ...], law: Law) -> dict[str, Part]:
    """For each name the part that suits the governing law best."""
    chosen: dict[str, Part] = {}
    for part in parts:
        best = closest(chosen[part.name].laws, law) if part.name in chosen else 0
        if closest(part.laws, law) > best:
            chosen[part.name] = part
    return chosen


def is_law_value(law: Law, key: str) -> bool:
    """Whether `law.key` stands for something."""
    return key in _LAW_FIELDS or key in law.switches


def law_value(law: Law, key: str) -> str:
    """What `law.key` stands for: a field of the law, or one of its switches; raises KeyError for neither."""
    return getattr(law, key) if key in _LAW_FIELDS else law.switches[key]


@dataclass(frozen=True, slots=True)
class ClauseScope(Scope):
    """The scope of one clause (or of a frame text, with an empty `clause`)."""

    resolution: Resolution
    clause: str
    file: str
    parts: Mapping[str, Part]
    penalties: Mapping[str, PenaltySchedule]
    schedules: frozenset[str]
    clauses: frozenset[str]
    details: Mapping[str, str]  # what a text of the frame may print of the profile
    role: str  # of the party that a text of the frame describes

    def names(self) -> Mapping[str, object]:
        return {**self.resolution.settings, **self.penalties}

    def truth(self, name: str) -> object:
        space, _, key = name.partition(".")
        if key:
            return self._namespace(space, key)
        return comparable(self.resolution.settings[name].value)

    def _namespace(self, space: str, key: str) -> object:
        if space == "fact":
            return comparable(self.resolution.facts[key])
        if space == "law":
            return law_value(self.resolution.law, key)
        return self.details[f"{space}.{key}"]

    def printed(self, name: str, attribute: str) -> str:
        if attribute and f"{name}.{attribute}" in self.details:
            return printed_detail(f"{name}.{attribute}", self.details[f"{name}.{attribute}"], self.role)
        if attribute and name in ("law", "fact"):
            return str(self._namespace(name, attribute))
        if name in self.penalties:
            if attribute == "label":
                return self.penalties[name].label
            if attribute != "wording":
                raise KeyError(name)
            return "".join(
                marks.value(piece.parameter, text=piece.text) if isinstance(piece, Printed) else piece
                for piece in self.penalties[name].wording()
            )
        value = self.resolution.settings[name].value
        if attribute and (attribute not in ATTRIBUTES or not isinstance(value, Duration)):
            raise KeyError(name)
        return marks.value(name, attribute)

    def call(self, function: str, argument: str) -> object:
        return _CALLS[function](self, argument)

    def include(self, name: str) -> Template | None:
        part = self.parts.get(name)
        return parsed(part)[0] if part else None

    def _reference(self, argument: str) -> str:
        clause, hash_, label = argument.partition("#")
        if hash_ or clause in self.clauses:
            if clause not in self.clauses:
                raise LookupError(f"clause `{clause}` is not in the annex; require it, or test for it with has()")
            return marks.reference(argument)
        if clause in self.resolution.library.clauses:
            raise LookupError(f"clause `{clause}` is not in the annex; require it, or test for it with has()")
        return marks.reference(f"{self.clause}#{argument}")

    def _schedule(self, argument: str) -> str:
        if argument not in self.schedules:
            raise LookupError(f"there is no schedule `{argument}`; there are {', '.join(sorted(self.schedules))}")
        return marks.reference(f"schedule:{argument}")

    def _has(self, argument: str) -> bool:
        if argument not in self.resolution.library.clauses:
            raise LookupError(f"the library has no clause `{argument}`")
        return argument in self.clauses

    def _framework(self, argument: str) -> bool:
        if argument not in self.resolution.library.frameworks:
            raise LookupError(f"the library has no framework `{argument}`")
        return argument in self.resolution.profile.frameworks


_CALLS: dict[str, Callable[[ClauseScope, str], object]] = {
    "ref": ClauseScope._reference,
    "schedule": ClauseScope._schedule,
    "has": ClauseScope._has,
    "framework": ClauseScope._framework,
}
