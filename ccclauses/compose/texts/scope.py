"""What the text of one clause may name, and what each name prints there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ...model.credits.credit import Sanction
from ...model.diagnostic import Diagnostic
from ...model.library.clause import Part, Variant
from ...model.library.form import FULL
from ...model.library.library import Definition, Law, closest, law_value
from ...model.profile import Resolution
from ...model.words.quantity import Duration
from ...resolve.judge import Judge
from ...resolve.selection import annex_order
from ...syntax.texts import references_in
from ..parts.opening import printed_detail
from . import marks
from .template import Scope, Template, parse_template

RENDITIONS = ("every", "hyphenated")  # in which a period is printed otherwise
_parsed = lru_cache(maxsize=8192)(parse_template)


def parsed(source: Variant | Part | Definition) -> tuple[Template | None, list[Diagnostic]]:
    """The text of a wording, part or definition as a template, parsed once."""
    return _parsed(source.text, source.at.file, source.text_line, source.text_column)


def chosen_parts(parts: tuple[Part, ...], law: Law, form: str = FULL) -> dict[str, Part]:
    """For each name the part that suits best: by its form before one for any, then by the governing law."""
    chosen: dict[str, Part] = {}
    fits: dict[str, tuple[int, int]] = {}
    for part in parts:
        fit = (2 if part.form == form else 0 if part.form else 1, closest(part.laws, law))
        if all(fit) and fit > fits.get(part.name, (0, 0)):
            chosen[part.name], fits[part.name] = part, fit
    return chosen


@dataclass(frozen=True, slots=True)
class ClauseScope(Scope):
    """The scope of one clause (or of a frame text, with an empty `clause`)."""

    resolution: Resolution
    clause: str
    file: str
    parts: Mapping[str, Part]
    sanctions: Mapping[str, Sanction]
    conditions: Judge
    schedules: frozenset[str]
    clauses: frozenset[str]
    details: Mapping[str, str]  # what a text of the frame may print of the profile
    role: str  # of the party that a text of the frame describes

    def names(self) -> Mapping[str, object]:
        return {**self.resolution.settings, **self.sanctions}

    def judge(self) -> Judge:
        return self.conditions

    def printed(self, name: str, attribute: str) -> str:
        if f"{name}.{attribute}" in self.details:
            return printed_detail(f"{name}.{attribute}", self.details[f"{name}.{attribute}"], self.role)
        if name == "law":
            return law_value(self.resolution.law, attribute)
        if name in self.sanctions:
            if attribute not in ("label", "wording"):
                raise KeyError(name)
            return self.sanctions[name].label if attribute == "label" else self.sanctions[name].wording()
        value = self.resolution.settings[name].value
        if attribute and (attribute not in RENDITIONS or not isinstance(value, Duration)):
            raise KeyError(name)
        return marks.value(name, attribute)

    def call(self, function: str, argument: str) -> str:
        return self._reference(argument) if function == "ref" else self._schedule(argument)

    def include(self, name: str) -> Template | None:
        part = self.parts.get(name)
        return parsed(part)[0] if part else None

    def _reference(self, argument: str) -> str:
        names, last = references_in(argument)
        if len(names) == 1:
            return self._one(argument)
        if last == " to ":
            names = self._ends(*names)
        there = [n for n in names if not self._lacks(n)] or [names[0]]
        *others, end = [self._one(n) for n in there]
        return f"{', '.join(others)}{last}{end}" if others else end

    def _one(self, name: str) -> str:
        if self._lacks(name):
            clause = name.partition("#")[0]
            raise LookupError(f"clause `{clause}` is not in the annex; require it, or test for it with has()")
        whole = "#" in name or name in self.clauses
        return marks.reference(name if whole else f"{self.clause}#{name}")

    def _lacks(self, name: str) -> bool:
        """Whether a name is that of a clause, or of a paragraph of one, which is not in the annex."""
        clause, hash_, _ = name.partition("#")
        return clause not in self.clauses and bool(hash_ or clause in self.resolution.library.clauses)

    def _ends(self, first: str, last: str) -> list[str]:
        """The ends of a range of clauses; where an end is not in the annex, the nearest clause inside."""
        if "#" in first or "#" in last:
            return [first, last]
        order = annex_order(self.resolution.library, self.resolution.form)
        within = order[order.index(first) : order.index(last) + 1]
        there = [c for c in within if c in self.clauses]
        return [there[0], there[-1]] if len(there) > 1 else there or [first]

    def _schedule(self, argument: str) -> str:
        if argument not in self.schedules:
            raise LookupError(f"there is no schedule `{argument}`; there are {', '.join(sorted(self.schedules))}")
        return marks.reference(f"schedule:{argument}")
