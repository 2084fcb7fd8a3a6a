"""Library → Contents: clause by clause and posture by posture, on what its files say.

Wordings are compared as they are written, with their conditions, since a posture's text holds more than any one annex
prints. Values, duties, failures and framework references are compared as the data that they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ..model.annex import Entry, Inline, Text
from ..model.library.clause import Clause, Duty, FailureSpec, Parameter
from ..model.library.clause import Part as TextPart
from ..model.library.condition import Condition
from ..model.library.form import FULL, Form
from ..model.library.library import Framework, Law, Library
from ..resolve.judge import said
from .contents import Contents, Line, Part

_NUMBERED = re.compile(r"\s*\d+\.\s+(?:\[#(?P<label>[\w-]+)\]\s*)?(?P<text>.*)")
_STATEMENT = re.compile(r"\s*\{%-?\s*(?P<words>.*?)\s*-?%\}\s*")
_DASHES = re.compile(r"[|:\-\s]+")


def library_contents(library: Library) -> Contents:
    """The whole library in comparable form."""
    parts = [*_tables(library), *(_clause(c) for c in library.clauses.values())]
    parts += [_framework(f) for f in library.frameworks.values()]
    parts += [_law(law) for law in library.laws.values()]
    return Contents(
        parts=tuple(parts),
        definitions={key: _words(f"{d.text} {_condition(d.when)}") for key, d in library.definitions.items()},
        values=_values(library.clauses.values(), library),
        coverage={
            (framework, ref): _duty(library, framework, ref)
            for clause in library.clauses.values()
            for framework, references in clause.maps_to.items()
            for ref in references
        },
    )


def clause_contents(clause: Clause, library: Library) -> Contents:
    """One clause of the library in comparable form."""
    return Contents(
        parts=(_clause(clause),),
        values=_values((clause,), library),
        coverage={
            (framework, ref): _duty(library, framework, ref)
            for framework, references in clause.maps_to.items()
            for ref in references
        },
    )


def _duty(library: Library, framework: str, ref: str) -> str:
    known = library.frameworks.get(framework)
    return known.references[ref].duty if known and ref in known.references else ""


def _words(text: str) -> tuple[Inline, ...]:
    return (Text(" ".join(text.split())),)


def _condition(when: Condition) -> str:
    return f"(when {when})" if when.parts else ""


def _fields(fields: Mapping[str, object]) -> Iterator[Line]:
    """A line for each field that says something, facing the same field of the other side."""
    for name, value in fields.items():
        if value not in ("", None, (), 0):
            yield Line(number=f"{name}:", group=f"field {name}", inlines=_words(str(value)))


# ------------------------------------------------------------------------------------- clauses


def _clause(clause: Clause) -> Part:
    negotiation = clause.negotiation
    lines = [
        *_fields({f"version {c.version}": c.reason for c in clause.changes}),
        *_fields(
            {
                "topic": clause.topic,
                "purpose": clause.purpose,
                "summary": clause.summary,
                "applies when": str(clause.applies_when) if clause.applies_when.parts else "",
                "requires": ", ".join(clause.requires),
                "conflicts": ", ".join(clause.conflicts),
                "preferred": negotiation.preferred,
                "acceptable": negotiation.acceptable,
                "walk away": negotiation.walk_away,
                "shareable": negotiation.shareable,
                "notes": clause.notes,
                "review, months": clause.review_months,
            }
        ),
        *_wordings(clause),
        *(_part_lines(clause.parts)),
        *(
            Line(number="parameter", group="parameters", inlines=_words(_parameter(p)))
            for p in clause.parameters.values()
        ),
        *(Line(number="duty", group="duties", inlines=_words(_said_duty(d))) for d in clause.duties),
        *(Line(number="failure", group="failures", inlines=_words(_failure(p))) for p in clause.failures.values()),
        *(
            Line(number="answers", group="answers", inlines=_words(f"{framework} {ref}: {', '.join(labels)}"))
            for framework, references in clause.maps_to.items()
            for ref, labels in references.items()
        ),
    ]
    return Part(id=clause.id, title=clause.title, version=clause.version, lines=tuple(lines))


def _wordings(clause: Clause) -> Iterator[Line]:
    """The lines of each variant, once for each of its postures."""
    for variant in clause.variants:
        laws = f" under {', '.join(variant.laws)}" if variant.laws else ""
        language = "" if variant.language == "en" else f" in {variant.language}"
        form = "" if variant.form == FULL else f", {variant.form} form"
        for posture in variant.postures:
            group = f"{posture}{laws}{language}{form}"
            yield from source_lines(variant.text, group)
            if variant.note:
                yield Line(number=f"{group}, note", group=f"note {group}", inlines=_words(variant.note))


def _part_lines(parts: Iterable[TextPart]) -> Iterator[Line]:
    for part in parts:
        laws = f" under {', '.join(part.laws)}" if part.laws else ""
        form = f", {part.form} form" if part.form else ""
        yield from source_lines(part.text, f"part {part.name}{laws}{form}")


def source_lines(text: str, group: str) -> Iterator[Line]:
    """The paragraphs, conditions and table rows of a clause text, as written."""
    label = ""
    words: list[str] = []

    def paragraph() -> Iterator[Line]:
        if words:
            yield Line(number=f"{group} #{label}" if label else group, group=group, inlines=_words(" ".join(words)))

    for source in text.split("\n"):
        numbered, statement = _NUMBERED.fullmatch(source), _STATEMENT.fullmatch(source)
        row = source.strip().startswith("|")
        if numbered or statement or row or not source.strip():
            yield from paragraph()
            label, words = "", []
        if numbered:
            label, words = numbered["label"] or "", [numbered["text"]]
        elif statement:
            yield Line(number=group, group=group, inlines=_words(f"({statement['words']})"))
        elif row:
            if not _DASHES.fullmatch(source):
                yield Line(number=group, group=group, inlines=_words(source.strip().strip("|")))
        elif source.strip():
            words.append(source.strip())
    yield from paragraph()


def _parameter(parameter: Parameter) -> str:
    """What a parameter is; its values and its range are compared as values."""
    told = [f"{parameter.name}: {parameter.label}", parameter.type, parameter.unit]
    told += [
        f"{parameter.stricter} is stricter" if parameter.stricter != "none" else "",
        f"zero: {parameter.zero}" if parameter.zero else "",
    ]
    told += [f"{name}: {words}" for name, words in parameter.choices.items()] + [parameter.note]
    return "; ".join(t for t in told if t)


def _said_duty(duty: Duty) -> str:
    when = next((f"{k} {v}" for k in ("within", "every", "before", "standing") if (v := getattr(duty, k))), "")
    if duty.every and duty.within:
        when = f"every {duty.every}, within {duty.within} of its end"
    if duty.every and duty.before:
        when = f"every {duty.every}, {duty.before} before"
    told = [
        f"#{duty.paragraph}: {duty.obligor} to {duty.action} {duty.object}",
        f"on {duty.trigger}",
        f"counts from {duty.counts_from}" if duty.counts_from else "",
        when,
        f"evidence: {duty.evidence}",
        f"check: {duty.check}",
        f"consequence: {duty.consequence}",
        f"failure: {duty.failure}" if duty.failure else "",
        _condition(duty.when),
        f"for {', '.join(duty.postures)}" if duty.postures else "",
        f"in the {duty.form} form" if duty.form else "",
    ]
    return "; ".join(t for t in told if t)


def _failure(failure: FailureSpec) -> str:
    per = " per hour" if failure.per == "hour" else ""
    return f"{failure.name}: {failure.label}, #{failure.paragraph}, class {failure.cls}{per}, {failure.unit}"


def _values(clauses: Iterable[Clause], library: Library) -> dict[str, Entry]:
    """Every value of every posture, and every range, by a name of its own."""
    found: dict[str, Entry] = {}
    for clause in clauses:
        for parameter in clause.parameters.values():
            found.update({e.name: e for e in _entries(parameter, clause, library)})
    return found


def _entries(parameter: Parameter, clause: Clause, library: Library) -> Iterator[Entry]:
    for posture in library.postures:
        if posture in parameter.values:
            value = parameter.values[posture]
            name, label = f"{parameter.name}@{posture}", f"{parameter.label} ({posture})"
            yield Entry(
                name=name, label=label, clause=clause.id, value=value, text=said(value), stricter=parameter.stricter
            )
    if parameter.minimum is not None or parameter.maximum is not None:
        ends = " to ".join(said(v) if v is not None else "any" for v in (parameter.minimum, parameter.maximum))
        yield Entry(
            name=f"{parameter.name}@range", label=f"{parameter.label} (range)", clause=clause.id, value=ends, text=ends
        )
    for variant in clause.variants:
        if parameter.name in variant.settings:
            where = ", ".join((*variant.postures, *variant.laws, *((variant.form,) if variant.form != FULL else ())))
            name, value = f"{parameter.name}@{where}!", variant.settings[parameter.name]
            label = f"{parameter.label} (wording for {where})"
            yield Entry(
                name=name, label=label, clause=clause.id, value=value, text=said(value), stricter=parameter.stricter
            )


# ------------------------------------------------------------------------------------- tables


def _said_form(form: Form) -> str:
    """A form on one line: what proposes it, its headings with their clauses, its schedules."""
    told = [f"{form.title}: {form.meaning}", *(f"{r.because} {_condition(r.when)}" for r in form.propose)]
    told += [
        f"{a.title}: {', '.join(f'{m.clause} {_condition(m.when)}'.strip() if m.when else m.clause for m in a.of)}"
        for a in form.outline
    ]
    told += [f"schedules: {', '.join(form.schedules)}"] if form.schedules else []
    return "; ".join(told)


def _tables(library: Library) -> Iterator[Part]:
    yield _table(
        "topics",
        "Topics",
        ((t.id, f"{t.title}, in {library.groups.get(t.group, t.group)}") for t in library.topics.values()),
    )
    yield _table("forms", "Forms", ((f.id, _said_form(f)) for f in library.forms.values()))
    yield _table("postures", "Postures", ((p.id, f"{p.label}: {p.meaning}") for p in library.postures.values()))
    yield _table(
        "facts",
        "Facts",
        ((f.name, f"{f.question} ({f.type}, usually {said(f.default)})") for f in library.facts.values()),
    )
    yield _table(
        "constraints",
        "Rules across clauses",
        (
            (
                c.id,
                "; ".join(str(x) for x in (c.limit, c.rule, c.severity, c.reason, c.source) if x)
                + f" {_condition(c.when)}",
            )
            for c in library.constraints
        ),
    )
    yield Part(
        id="table:frame", title="Texts around the clauses", kind="front", lines=tuple(_part_lines(library.frame))
    )
    yield _table("numberings", "Numbering schemes", ((name, said_levels) for name, said_levels in _numberings(library)))


def _numberings(library: Library) -> Iterator[tuple[str, str]]:
    for name, numbering in library.numberings.items():
        for where, levels in (("clauses", numbering.clause), ("schedules", numbering.schedule)):
            yield f"{name}, {where}", "; ".join(f"{x.noun}{x.text} ({x.format})" for x in levels)


def _table(id_: str, title: str, rows: Iterable[tuple[str, str]]) -> Part:
    lines = tuple(Line(number=name, group=name, inlines=_words(text)) for name, text in rows)
    return Part(id=f"table:{id_}", title=title, kind="front", lines=lines)


def _framework(framework: Framework) -> Part:
    lines = [*_fields({"title": framework.title, "jurisdiction": framework.jurisdiction, "note": framework.note})]
    for ref, row in framework.references.items():
        deadline = f", deadline {row.deadline}" if row.deadline else ""
        text = f"{row.duty} ({row.kind.replace('_', ' ')}{deadline}; for {', '.join(row.topics)}; {row.checked})"
        lines.append(Line(number=ref, group=f"row {ref}", inlines=_words(text)))
    return Part(
        id=f"framework:{framework.id}", title=f"Framework {framework.short}", kind="schedule", lines=tuple(lines)
    )


def _law(law: Law) -> Part:
    fields = {
        "name": law.name,
        "family": law.family,
        "numbering": law.numbering,
        "page": law.page,
        "language": law.language,
        "credit label": law.credit_label,
        "damages": law.damages,
        **law.switches,
        **{f"warning {n}": text for n, text in enumerate(law.warnings, 1)},
    }
    return Part(id=f"law:{law.id}", title=f"Law {law.short}", kind="schedule", lines=tuple(_fields(fields)))
