"""Clause × posture × law → the wording as a person reads it, without a deal: each rung of a fallback ladder.

Values are those of the posture, money has no currency, facts are the library's defaults and no framework is on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..compose.numbers.numbering import Counter
from ..compose.texts import marks
from ..compose.texts.markup import Draft, DraftTable, MarkupError, OpenValue, parse_markup, terms_of
from ..compose.texts.scope import chosen_parts, parsed
from ..compose.texts.template import Scope, Template, render, render_all
from ..compose.texts.wording import value_text
from ..model.annex import Inline
from ..model.credits.credit import Sanction, build_sanction
from ..model.library.clause import Clause, Part, Value, Variant
from ..model.library.condition import Test
from ..model.library.form import FULL
from ..model.library.library import Law, Level, Library, is_law_value, law_value
from ..model.words.quantity import Duration
from ..resolve.judge import Judge, NotInForce
from ..resolve.variants import choose_variant

_LEVELS = (
    Level(format="decimal", text="%1", noun=""),
    Level(format="decimal", text="%2", noun=""),
    Level(format="lowerLetter", text="(%3)", noun=""),
    Level(format="lowerRoman", text="(%4)", noun=""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph of a rung: its level (0 is unnumbered), its number, the library's label for it, its words."""

    level: int
    number: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """The wording of a clause for one posture under one law."""

    posture: str
    law: str
    variant: Variant
    values: Mapping[str, str]  # of the clause's own parameters, as printed
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The wording with its numbers, indented by level."""
        return "\n".join(
            f"{'   ' * max(0, line.level - 2)}{line.number + ' ' if line.number else ''}{line.text}"
            for line in self.lines
        )


@dataclass(frozen=True, slots=True)
class Worth:
    """A value in force at a posture."""

    value: Value


@dataclass(frozen=True, slots=True)
class _ShownJudge(Judge):
    """Judges what there is without a deal; what only a deal could tell does not hold."""

    def test(self, test: Test) -> bool:
        try:
            return Judge.test(self, test)
        except NotInForce:
            return test.negated


@dataclass(frozen=True, slots=True)
class ShownScope(Scope):
    """What a clause's text may name when it is only shown."""

    clause: Clause
    library: Library
    law: Law
    settings: Mapping[str, Worth]
    parts: Mapping[str, Part]
    sanctions: Mapping[str, Sanction]
    form: str = FULL

    def names(self) -> Mapping[str, object]:
        return {**self.settings, **self.sanctions}

    def judge(self) -> Judge:
        return _ShownJudge((), self.library.clauses, self.value, self.library.parameter)

    def value(self, name: str) -> Value:
        """What a name of a condition represents at the posture; raises `NotInForce` for a term of the deal."""
        space, _, key = name.partition(".")
        if space == "law" and is_law_value(self.law, key):
            return law_value(self.law, key)
        if name == "form":
            return self.form
        if name in self.library.facts:
            return self.library.facts[name].default
        if name in self.settings:
            return self.settings[name].value
        raise NotInForce(name)

    def printed(self, name: str, attribute: str) -> str:
        if name == "law":
            return str(law_value(self.law, attribute))
        if name in self.sanctions:
            sanction = self.sanctions[name]
            return sanction.label if attribute == "label" else sanction.wording()
        value = self.settings[name].value
        owner = self.library.owner(name)
        assert owner is not None
        rendition = attribute if isinstance(value, Duration) else ""
        return marks.value(name, text=value_text(owner.parameters[name], value, "en-GB", rendition))

    def call(self, function: str, argument: str) -> str:
        if function == "schedule":
            return marks.value("", text=f"the schedule “{argument}”")
        clause, _, label = argument.partition("#")
        other = self.library.clauses.get(clause)
        if other is None or other.id == self.clause.id:
            return marks.reference(label or argument)
        return marks.value("", text=f"the clause “{other.title}”")

    def include(self, name: str) -> Template | None:
        part = self.parts.get(name)
        return parsed(part)[0] if part else None


def rung(clause: Clause, library: Library, posture: str, law: Law, form: str = FULL) -> Rung | None:
    """The wording of a clause for a posture under a law; None where the clause has none or its text can't be read."""
    variant = choose_variant(clause, posture, law, "en", form)
    if variant is None:
        return None
    scope = _scope(clause, library, posture, law, form, variant)
    settings = scope.settings
    template, _ = parsed(variant)
    if template is None:
        return None
    rendered, problems = render(template, scope)
    try:
        drafts = () if problems else parse_markup(rendered, terms_of(()))
    except MarkupError:
        drafts = ()
    if not drafts:
        return None
    values = {n: value_text(p, settings[n].value, "en-GB") for n, p in clause.parameters.items() if n in settings}
    return Rung(posture=posture, law=law.id, variant=variant, values=values, lines=_lines(drafts))


def _scope(clause: Clause, library: Library, posture: str, law: Law, form: str, variant: Variant) -> ShownScope:
    settings = {
        name: Worth(parameter.values[posture])
        for other in library.clauses.values()
        for name, parameter in other.parameters.items()
        if posture in parameter.values
    } | {name: Worth(value) for name, value in variant.settings.items()}
    parts = chosen_parts(clause.parts, law, form)
    return ShownScope(clause, library, law, settings, parts, shown_sanctions(clause), form)


def every_line(clause: Clause, library: Library, law: Law, form: str) -> Iterator[Line]:
    """The paragraphs that a clause may have under a law in a form: at each posture, under every condition."""
    for posture in library.postures:
        variant = choose_variant(clause, posture, law, "en", form)
        if variant is None:
            continue
        scope = _scope(clause, library, posture, law, form, variant)
        texts: tuple[Variant | Part, ...] = (variant, *scope.parts.values())
        for template in (parsed(text)[0] for text in texts):
            try:
                drafts = parse_markup(render_all(template, scope), terms_of(())) if template else ()
            except MarkupError:
                continue
            yield from _lines(drafts)


def ladder_rungs(clause: Clause, library: Library, law: Law, form: str = FULL) -> tuple[Rung, ...]:
    """The rungs of a clause under a law, the strictest first."""
    found = (rung(clause, library, posture, law, form) for posture in library.postures)
    return tuple(r for r in found if r)


def shown_sanctions(clause: Clause) -> dict[str, Sanction]:
    """The failures of a clause that carry a credit, as its texts may name them."""
    return {name: build_sanction(spec, clause.id) for name, spec in clause.failures.items()}


def _lines(drafts: tuple[Draft | DraftTable, ...]) -> tuple[Line, ...]:
    counter = Counter(_LEVELS, from_level=2)
    counter.next(1)
    numbered = [(d, counter.next(d.level) if isinstance(d, Draft) and d.level else ("", "")) for d in drafts]
    labels = {d.label: full for d, (_, full) in numbered if isinstance(d, Draft) and d.label}

    def words(inlines: tuple[Inline, ...]) -> str:
        return "".join(
            i.text
            if isinstance(i, OpenValue) or not hasattr(i, "target")
            else f"paragraph {labels.get(i.target, i.target)}"
            for i in inlines
        )

    out: list[Line] = []
    for draft, (own, _) in numbered:
        if isinstance(draft, Draft):
            out.append(Line(level=draft.level, number=own, label=draft.label, text=words(draft.inlines)))
        else:
            rows = (" | ".join(draft.header), *(" | ".join(words(c) for c in row) for row in draft.rows))
            out += [Line(level=0, number="", label="", text=row) for row in rows]
    return tuple(out)
