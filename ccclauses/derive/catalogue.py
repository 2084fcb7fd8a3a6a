"""Library → what a person looks up in it: clauses found by words, and one clause with its ladder, values and notes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from ..compose.texts.scope import chosen_parts
from ..model.library.clause import Clause, Parameter, Part, Variant
from ..model.library.form import FULL
from ..model.library.library import Law, Library, closest
from ..resolve.judge import said
from .explain import NOT_ADVICE
from .rungs import Rung, ladder_rungs

_WIDTH = 100
_ROW = {"primary": "", "secondary": ", summary seen", "unchecked": ", not checked"}


_TEXT_COUNTS = 5  # how often a word counts in a long text; what only mentions it often is not a nearer

Weighed = tuple[int, str]  # a text in which words are looked for, and what a word in it counts


def _rank(words: Sequence[str], texts: Sequence[Weighed]) -> int:
    """How well texts answer words: 0 unless every word is in one of them."""
    # Of what is short it counts that a word is there, not how often: an id only repeats its title.
    scores = [
        sum(weight * min(text.count(word), 1 if weight > 1 else _TEXT_COUNTS) for weight, text in texts)
        for word in words
    ]
    return sum(scores) if all(scores) else 0


def find_clauses(library: Library, words: str) -> list[Clause]:
    """The clauses that hold every one of the words, the nearest first; all clauses, as the library has them, for no words."""
    wanted = words.casefold().split()
    if not wanted:
        return list(library.clauses.values())
    found = ((_rank(wanted, _weighed(c, library)), -n, c) for n, c in enumerate(library.clauses.values()))
    return [clause for score, _, clause in sorted(found, key=lambda f: f[:2], reverse=True) if score]


def _weighed(clause: Clause, library: Library) -> list[Weighed]:
    topic = library.topics[clause.topic]
    labels = " ".join(f"{p.name} {p.label}" for p in clause.parameters.values())
    texts = (
        (100, f"{clause.id} {clause.title}"),
        (40, f"{topic.id} {topic.title}"),
        (20, f"{clause.purpose} {clause.summary}"),
        (10, labels),
        (2, library.groups[topic.group]),
        (1, " ".join([v.text for v in clause.variants] + [p.text for p in clause.parts])),
    )
    return [(weight, text.casefold()) for weight, text in texts]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingInfo:
    """A value that a profile may set: its subject, its bounds, what each posture takes, where it is printed, what it costs."""

    name: str
    label: str
    subject: str
    clause: str  # the id of its clause
    bounds: str
    values: tuple[tuple[str, str], ...]  # posture, value
    duties: tuple[str, ...]  # what it sets the time or measure of
    direction: str
    cost: str  # the class of credit that a failure costs; empty where none does

    def as_dict(self) -> dict[str, object]:
        """The setting as plain JSON values."""
        return {**asdict(self), "values": dict(self.values), "duties": list(self.duties)}


_DIRECTIONS = {
    "lower": "a smaller value asks more of the provider",
    "higher": "a greater value asks more of the provider",
}


def find_settings(library: Library, words: str = "") -> list[SettingInfo]:
    """The values that a profile may set, by subject; those that hold every one of the words, the nearest first."""
    wanted = words.casefold().split()
    clauses = sorted(library.clauses.values(), key=lambda c: library.topics[c.topic].order)
    known = [(setting_info(p, c, library), p) for c in clauses for p in c.parameters.values()]
    if not wanted:
        return [info for info, _ in known]
    scored = []
    for number, (info, parameter) in enumerate(known):
        texts = [
            (10, f"{info.name} {info.name.replace('_', ' ')} {info.label}".casefold()),
            (3, f"{info.subject} {info.clause} {' '.join(info.duties)}".casefold()),
            (1, f"{parameter.note} {' '.join(parameter.choices)}".casefold()),
        ]
        scored.append((_rank(wanted, texts), -number, info))
    return [info for score, _, info in sorted(scored, key=lambda f: f[:2], reverse=True) if score]


def setting_info(parameter: Parameter, clause: Clause, library: Library) -> SettingInfo:
    """One value that a profile may set, with what a negotiator wants to know of it."""
    name = parameter.name
    duties = [d for d in clause.duties if name in (d.within, d.every, d.before)]
    failing = {
        clause.failures[d.failure].cls: clause.failures[d.failure] for d in duties if d.failure in clause.failures
    }
    cost = "; ".join(
        ("credits for late notice" if cls == "notice" else f"a Class {cls} credit") + f" for each {failure.unit}"
        for cls, failure in failing.items()
    )
    return SettingInfo(
        name=name,
        label=parameter.label,
        subject=library.topics[clause.topic].title,
        clause=clause.id,
        bounds=bounds(parameter),
        values=tuple((p, said(parameter.values[p])) for p in library.postures if p in parameter.values),
        duties=tuple(dict.fromkeys(f"{d.obligor} to {d.action} {d.object}" for d in duties)),
        direction=_DIRECTIONS.get(parameter.stricter, ""),
        cost=cost,
    )


def bounds(parameter: Parameter) -> str:
    """What a parameter may be: its choices, its range with the unit, or its type."""
    if parameter.choices:
        return ", ".join(parameter.choices)
    if parameter.minimum is not None and parameter.maximum is not None:
        unit = f" {parameter.unit}" if parameter.unit else ""
        return f"{said(parameter.minimum)} to {said(parameter.maximum)}{unit}"
    return parameter.type


def ladder(clause: Clause, posture: str = "", law: Law | None = None) -> list[Variant]:
    """The wordings of a clause, each the fallback of the one above, for the posture and the law when they are given."""
    return [
        v for v in clause.variants if (not posture or posture in v.postures) and (law is None or closest(v.laws, law))
    ]


def parts_for(clause: Clause, law: Law | None = None) -> list[Part]:
    """The parts of a clause that depend on the law; for a given law of each name the one that serves it."""
    if law is None:
        return list(clause.parts)
    forms = dict.fromkeys(v.form for v in clause.variants)
    chosen = [part for form in forms for part in chosen_parts(clause.parts, law, form).values()]
    return [part for part in clause.parts if part in chosen]


def clause_dict(
    clause: Clause, library: Library, posture: str = "", law: Law | None = None, review: str = ""
) -> dict[str, object]:
    """One clause as plain JSON values; `review` says where it stands with the team."""
    postures = [posture] if posture else list(library.postures)
    return {
        "id": clause.id,
        "version": clause.version,
        "changes": [asdict(c) for c in clause.changes],
        "title": clause.title,
        "topic": clause.topic,
        "purpose": clause.purpose,
        "summary": clause.summary,
        "applies_when": str(clause.applies_when),
        "requires": list(clause.requires),
        "conflicts": list(clause.conflicts),
        "parameters": [
            {
                "name": p.name,
                "label": p.label,
                "type": p.type,
                "range": [said(p.minimum), said(p.maximum)]
                if p.minimum is not None and p.maximum is not None
                else None,
                "choices": dict(p.choices) or None,
                "stricter": p.stricter,
                "values": {name: said(p.values[name]) for name in postures if name in p.values},
            }
            for p in clause.parameters.values()
        ],
        "ladder": [
            {
                "postures": list(v.postures),
                "laws": list(v.laws),
                "language": v.language,
                "form": v.form,
                "text": v.text,
                "note": v.note,
            }
            for v in ladder(clause, posture, law)
        ],
        "parts": [
            {"name": p.name, "laws": list(p.laws), "form": p.form, "text": p.text} for p in parts_for(clause, law)
        ],
        "negotiation": {
            "preferred": clause.negotiation.preferred,
            "acceptable": clause.negotiation.acceptable,
            "walk_away": clause.negotiation.walk_away,
            "shareable": clause.negotiation.shareable,
        },
        "notes": clause.notes,
        "frameworks": [
            {"framework": framework, "ref": ref, "duty": duty, "checked": checked, "paragraphs": list(labels)}
            for framework, ref, duty, checked, labels in _references(clause, library)
        ],
        "at": str(clause.at),
        "review": review,
        "notice": NOT_ADVICE,
    }


def clause_text(
    clause: Clause,
    library: Library,
    posture: str = "",
    law: Law | None = None,
    *,
    source: bool = False,
    review: str = "",
) -> str:
    """One clause as a person reads it in a terminal; `source` shows the templates instead of the wording."""
    last = f"Review: {review}.\n" if review else ""
    return "\n".join(_lines(clause, library, posture, law, source)) + "\n" + last


def _wordings(clause: Clause, library: Library, posture: str, law: Law | None) -> Iterator[str]:
    """The ladder as a person reads it: under the given law, else the first of the library."""
    law = law or next(iter(library.laws.values()), None)
    forms = [f for f in library.forms.values() if clause.worded(f.id)]
    ladders = [(f, ladder_rungs(clause, library, law, f.id)) for f in forms] if law else []
    found = [(f, [r for r in rungs if posture in ("", r.posture)]) for f, rungs in ladders]
    if not any(shown for _, shown in found):
        yield from _source(clause, posture, law)
    for form, shown in found:
        if shown and law:
            yield from _rungs(
                shown, f"Wording under {law.name}" + (f", {form.title.lower()}" if len(forms) > 1 else "")
            )


def _rungs(shown: Sequence[Rung], title: str) -> Iterator[str]:
    yield title + (", each the fallback of the one above" if len(shown) > 1 else "")
    last = ""
    for rung in shown:
        yield f"  {rung.posture}"
        if rung.text == last:
            yield "    the same words and values"
        else:
            for line in rung.lines:
                number = f"{line.number} " if line.number else ""
                yield from _wrapped(number + line.text, "    " + "   " * max(0, line.level - 2))
        if rung.variant.note:
            yield from _wrapped(f"Note: {rung.variant.note}", "    ")
        last = rung.text


def _source(clause: Clause, posture: str, law: Law | None) -> Iterator[str]:
    """The templates as they are in the file."""
    rungs = ladder(clause, posture, law)
    yield "Wordings, each the fallback of the one above" if len(rungs) > 1 else "Wording"
    for variant in rungs:
        laws = f" under {', '.join(variant.laws)}" if variant.laws else ""
        form = "" if variant.form == FULL else f", {variant.form} form"
        yield f"  {', '.join(variant.postures)}{laws}{form}"
        yield textwrap.indent(variant.text.rstrip(), "    ")
        if variant.note:
            yield from _wrapped(f"Note: {variant.note}", "    ")
    for part in parts_for(clause, law):
        form = f", {part.form} form" if part.form else ""
        yield f"  part `{part.name}` under {', '.join(part.laws) or 'any other law'}{form}"
        yield textwrap.indent(part.text.rstrip(), "    ")


def _references(clause: Clause, library: Library) -> Iterator[tuple[str, str, str, str, tuple[str, ...]]]:
    for framework, references in clause.maps_to.items():
        known = library.frameworks.get(framework)
        for ref, labels in references.items():
            reference = known.references.get(ref) if known else None
            yield (
                known.short if known else framework,
                ref,
                reference.duty if reference else "",
                reference.checked if reference else "unchecked",
                labels,
            )


def _lines(clause: Clause, library: Library, posture: str, law: Law | None, source: bool) -> Iterator[str]:
    yield f"{clause.title} ({clause.id}, version {clause.version})"
    yield f"  topic: {library.topics[clause.topic].title}"
    yield from _section("Purpose", clause.purpose)
    yield from _section("In plain words", clause.summary)
    yield ""
    yield f"In an annex: {f'when {clause.applies_when}' if clause.applies_when.parts else 'always'}"
    if clause.requires:
        yield f"Requires: {', '.join(clause.requires)}"
    if clause.conflicts:
        yield f"Can't be combined with: {', '.join(clause.conflicts)}"
    if clause.parameters:
        yield ""
        yield "Values"
        for parameter in clause.parameters.values():
            yield from _parameter(parameter, [posture] if posture else list(library.postures))
    yield ""
    yield from _source(clause, posture, law) if source else _wordings(clause, library, posture, law)
    negotiation = clause.negotiation
    for heading, text in (
        ("Negotiation: preferred", negotiation.preferred),
        ("Negotiation: acceptable", negotiation.acceptable),
        ("Negotiation: walk away", negotiation.walk_away),
        ("Negotiation: what may be said to the other side", negotiation.shareable),
        ("Drafting notes", clause.notes),
    ):
        yield from _section(heading, text)
    if clause.changes:
        yield ""
        yield "What changed"
        for change in clause.changes:
            yield from _wrapped(str(change), "  ")
    references = list(_references(clause, library))
    if references:
        yield ""
        yield "Framework references"
        for framework, ref, duty, checked, labels in references:
            yield f"  {framework} {ref} ({', '.join(labels)}{_ROW[checked]}): {duty}"
    yield ""
    yield NOT_ADVICE


def _parameter(parameter: Parameter, postures: list[str]) -> Iterator[str]:
    if parameter.choices:
        bounds = f"one of {', '.join(parameter.choices)}"
    elif parameter.minimum is not None and parameter.maximum is not None:
        bounds = f"{said(parameter.minimum)} to {said(parameter.maximum)}"
    else:
        bounds = parameter.type
    unit = f" {parameter.unit}" if parameter.unit else ""
    yield f"  {parameter.name}: {parameter.label} ({bounds}{unit})"
    values = ", ".join(f"{p} {said(parameter.values[p])}" for p in postures if p in parameter.values)
    stricter = f"; {parameter.stricter} is stricter" if parameter.stricter != "none" else ""
    yield f"    {values or 'no default'}{stricter}"


def _section(heading: str, text: str) -> Iterator[str]:
    if text:
        yield ""
        yield heading
        yield from _wrapped(text, "  ")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
