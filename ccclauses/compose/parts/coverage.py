"""Which paragraphs of an annex meet a requirement of a framework, and what the annex lacks of what it takes.

A requirement is met when every paragraph is there that the clauses of the library cite for it, and every rule that its
row names holds for the values in force. A paragraph is not asked where the deal or its law does without it: its clause
does not apply, or it is in a branch of the wording that depends on facts alone. Whoever leaves it out by choice (a clause
excluded, a posture, a form, a value) lacks it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...model.library.clause import Clause, Part
from ...model.library.condition import Condition
from ...model.library.library import Constraint, FrameworkReference, closest
from ...model.profile import Resolution
from ...resolve.judge import Incomparable, Judge, NotInForce, said
from ...syntax.texts import Choose, Include, Steps, Words, read_text
from ..texts.scope import chosen_parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """How an annex stands to a requirement: the paragraphs that answer it, and in words what is lacking."""

    paragraphs: tuple[str, ...]  # "clause#label"
    lacking: tuple[str, ...]


Way = tuple[tuple[Condition, bool], ...]


class Requirements:
    """Judges the requirements of frameworks for one annex; `present` holds its paragraphs as "clause#label"."""

    def __init__(self, resolution: Resolution, judge: Judge, present: Container[str]) -> None:
        self.resolution, self.judge, self.present = resolution, judge, present
        self.chosen = {r.clause.id: r for r in resolution.clauses}
        self.rules = {c.id: c for c in resolution.library.constraints}

    def met(self, framework: str, reference: FrameworkReference) -> Met:
        """How the annex stands to a requirement."""
        paragraphs: list[str] = []
        lacking: list[str] = []
        for clause in self.resolution.library.clauses.values():
            for label in clause.maps_to.get(framework, {}).get(reference.ref, ()):
                key = f"{clause.id}#{label}"
                if key in self.present:
                    paragraphs.append(key)
                elif why := self._why_lacking(clause, label):
                    lacking.append(why)
        if not any(reference.ref in c.maps_to.get(framework, {}) for c in self.resolution.library.clauses.values()):
            lacking.append("no clause of the library answers it")
        lacking += self._beyond(reference)
        return Met(paragraphs=tuple(paragraphs), lacking=tuple(dict.fromkeys(lacking)))

    def _why_lacking(self, clause: Clause, label: str) -> str:
        """Why a cited paragraph is lacking; empty where nobody asks for it."""
        resolved = self.chosen.get(clause.id)
        if resolved is None:
            return f"the clause on {clause.title} is left out" if self.judge.applies(clause.applies_when) else ""
        named = f"“{clause.title}” without {_duty(clause, label)}"
        parts: dict[str, list[Part]] = {}
        for part in resolved.clause.parts:
            parts.setdefault(part.name, []).append(part)
        here = list(_ways(label, parts, resolved.variant.text))
        if here:
            return f"{named}, by a value of this deal" if any(map(self._by_choice, here)) else ""
        others = (v for v in clause.variants if not v.laws or closest(v.laws, self.resolution.law))
        return named if any(next(_ways(label, parts, v.text), None) is not None for v in others) else ""

    def _by_choice(self, way: Way) -> bool:
        """Whether a paragraph fell away by a value that is looser than the strict one, and not by the facts alone."""
        owners = self.resolution.library.owners
        for condition, wanted in way:
            names = {n for t in condition.tests() for n in (t.name, *t.names)}
            if self.judge.applies(condition) != wanted:
                chosen = [owners[n].parameters[n] for n in names if n in owners]
                strict = next(iter(self.resolution.postures), "")
                if all(
                    self.resolution.settings[p.name].value == p.values.get(strict)
                    for p in chosen
                    if p.name in self.resolution.settings
                ):
                    return False
        return True

    def _beyond(self, reference: FrameworkReference) -> Iterator[str]:
        for name in reference.rules:
            rule = self.rules[name]
            if not self.judge.applies(rule.when):
                continue
            for words in broken(rule, self.judge):
                yield words


class Promised:
    """The paragraphs that the wordings of a resolution would print, as "clause#label", told without composing them."""

    def __init__(self, resolution: Resolution, judge: Judge) -> None:
        self.judge = judge
        self.form, self.law = resolution.form.id, resolution.law
        self.chosen = {r.clause.id: r for r in resolution.clauses}

    def __contains__(self, key: object) -> bool:
        clause, _, label = str(key).partition("#")
        resolved = self.chosen.get(clause)
        if resolved is None:
            return False
        parts = {n: [p] for n, p in chosen_parts(resolved.clause.parts, self.law, self.form).items()}
        ways = _ways(label, parts, resolved.variant.text)
        return any(all(self.judge.applies(test) == wanted for test, wanted in way) for way in ways)


def broken(rule: Constraint, judge: Judge) -> Iterator[str]:
    """What breaks a rule, in words: "breach_notice is 96 hours, not at most 72 hours"."""
    condition = rule.limit or rule.rule
    if condition is None:
        return
    for test in condition.tests():
        try:
            if judge.test(test) == test.negated:
                asked = said(judge.operand(test)) if test.operator else ""
                how = {"<=": "at most", ">=": "at least", "<": "less than", ">": "more than", "!=": "other than"}
                wanted = f", not {how.get(test.operator, '')} {asked}" if asked else ""
                yield f"`{test.name}` is {said(judge.value(test.name))}{wanted.replace('not other than', 'and must be other than')}"
        except (NotInForce, Incomparable):
            continue


def _duty(clause: Clause, label: str) -> str:
    duty = next((d for d in clause.duties if d.paragraph == label), None)
    return f"the duty to {duty.action} {duty.object}" if duty else f"its paragraph on {label.replace('-', ' ')}"


def _ways(label: str, parts: Mapping[str, Sequence[Part]], text: str) -> Iterator[Way]:
    """The ways to a paragraph through the branches of a wording: each condition, and whether it must hold."""

    def walk(steps: Steps, way: Way) -> Iterator[Way]:
        for step in steps:
            if isinstance(step, Words) and f"[#{label}]" in step.text:
                yield way
            elif isinstance(step, Choose):
                passed = way
                for branch in step.branches:
                    yield from walk(branch.steps, (*passed, (branch.when, True)))
                    passed = (*passed, (branch.when, False))
            elif isinstance(step, Include):
                for other in parts.get(step.part, ()):
                    yield from walk(read_text(other.text)[0], way)

    yield from walk(read_text(text)[0], ())
