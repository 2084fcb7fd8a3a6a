"""A part of the annex → what its panel shows: its values with their fields, why it is there, its ladder, laws, and our notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ...api.ladder import LadderStep, ladder
from ...api.leaving import Fallen, leave_out
from ...approvals import best_review, folders_of, read_approvals
from ...compose.texts.wording import value_text
from ...deals.state import Shown
from ...model.annex import plain_text
from ...model.library.clause import Clause, Negotiation, Parameter, Value
from ...model.library.library import Library
from ...model.profile import ResolvedClause, Setting
from ...resolve.judge import said
from .annex_parts import Part, mentions

TABS = (("value", "Value"), ("why", "Why"), ("ladder", "Ladder"), ("laws", "Laws"), ("us", "For us only"))
_AXES = {
    "form": "the length of the annex",
    "law": "the law of the contract",
    "language": "its language",
    "posture": "your position",
}
_NAME = re.compile(r"`([A-Za-z0-9_.-]+)`")
_ASKED, _LEFT = re.compile(r"^asked for by the profile \(.*\)$"), re.compile(r"^excluded by the profile \([^()]*\): ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A value of a clause with all that is at its field."""

    name: str
    label: str
    unit: str
    value: str  # as a person writes it
    choices: tuple[tuple[str, str], ...]  # what is written and what it means
    bounds: str
    source: str  # where the value comes from, in a sentence
    also: tuple[tuple[str, str], ...]  # ids and titles of the other parts that print it
    usual: str  # what the house position or the plain posture has, where that differs
    usual_value: str  # what is to be saved to go back to it
    seen: str  # what the profile says of it; empty where it says nothing
    rungs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A requirement that the clause answers; `asked`: of a law or standard that this deal answers to."""

    framework: str
    ref: str
    duty: str
    asked: bool
    checked: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClausePanel:
    """One clause of the library in the panel; `values` are its fields, and the rest is there when its tab is open."""

    id: str
    title: str
    summary: str
    posture: str  # the label of the chosen one
    topic: str
    also_in_topic: tuple[str, ...]  # titles of the other clauses whose wording moves with it
    fields: tuple[Field, ...] = ()
    why: tuple[str, ...] = ()
    steps: tuple[LadderStep, ...] = ()
    laws: tuple[Law, ...] = ()
    notes: Negotiation = Negotiation()
    drafting: str = ""
    rung_note: str = ""
    review: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the words of a part lead to: where its references point, and what its defined terms mean."""

    references: tuple[tuple[str, str], ...]  # the anchor and what is printed
    terms: tuple[tuple[str, str, str], ...]  # the anchor, the term and its meaning


def words_of(found: Shown, part: Part) -> Words:
    """The references and the defined terms of a part, each once, so that nobody needs to reach them one by one."""
    assert found.annex
    meanings = {d.anchor: (d.term, plain_text(d.inlines)) for d in found.annex.definitions}
    cells = (cell.pieces for item in part.items for row in item.rows for cell in row)
    pieces = [p for item in part.items for p in item.pieces] + [p for cell in cells for p in cell]
    terms = dict.fromkeys(p.target for p in pieces if p.kind == "term" and p.target in meanings)
    return Words(
        references=tuple({p.target: p.text for p in pieces if p.kind == "reference"}.items()),
        terms=tuple((anchor, *meanings[anchor]) for anchor in terms),
    )


def clause_panels(found: Shown, usual: Shown | None, part: Part, tab: str) -> tuple[ClausePanel, ...]:
    """The clauses of a part, each with what the tab shows of it."""
    assert found.resolution
    chosen = {c.clause.id: c for c in found.resolution.clauses}
    return tuple(_panel(found, usual, chosen[c], part, tab) for c in part.clauses if c in chosen)


def _panel(found: Shown, usual: Shown | None, resolved: ResolvedClause, part: Part, tab: str) -> ClausePanel:
    clause, library = resolved.clause, found.library
    assert found.resolution
    topic = library.topics[clause.topic]
    beside = [c.clause.title for c in found.resolution.clauses if c.clause.topic == clause.topic and c is not resolved]
    posture = library.postures.get(resolved.posture)
    panel = ClausePanel(
        id=clause.id,
        title=clause.title,
        summary=clause.summary or clause.purpose,
        posture=posture.label if posture else resolved.posture,
        topic=topic.title,
        also_in_topic=tuple(beside),
        fields=tuple(_fields(found, usual, clause, part)) if tab == "value" else (),
        why=tuple(_why(found, resolved)) if tab == "why" else (),
        steps=ladder_of(found, clause.id) if tab == "ladder" else (),
        laws=tuple(_laws(found, clause)) if tab == "laws" else (),
        notes=clause.negotiation if tab == "us" else Negotiation(),
        drafting=clause.notes if tab == "us" else "",
        rung_note=resolved.variant.note if tab == "us" else "",
        review=_review(found, clause) if tab == "us" else "",
    )
    return panel


# -- values ----------------------------------------------------------------------------------------------------------------


def _fields(found: Shown, usual: Shown | None, clause: Clause, part: Part) -> Iterator[Field]:
    assert found.resolution and found.annex
    for parameter in clause.parameters.values():
        setting = found.resolution.settings.get(parameter.name)
        if setting is None:
            continue
        printed = parameter.name in found.annex.parameters or parameter.name in part.parameters
        if printed or found.said(f"settings.{parameter.name}"):
            yield field_of(found, usual, parameter, setting, part.id)


def field_of(found: Shown, usual: Shown | None, parameter: Parameter, setting: Setting, part: str) -> Field:
    """One value with its field. Its bounds and its sources are in the words of the page."""
    theirs = usual.resolution.settings.get(parameter.name) if usual and usual.resolution else None
    differs = theirs is not None and theirs.value != setting.value
    assert found.annex
    return Field(
        name=parameter.name,
        label=parameter.label,
        unit=parameter.unit,
        value=written_value(setting.value),
        choices=choices_of(parameter),
        bounds=bounds_of(parameter),
        source=source_of(setting, found.library),
        also=mentions(found.annex, parameter.name, but=part),
        usual=value_text(parameter, theirs.value, found.annex.language) if theirs and differs else "",
        usual_value=_way_back(found, parameter.name, theirs) if theirs and differs else "",
        seen=found.said(f"settings.{parameter.name}"),
        rungs=tuple(
            (found.library.postures[p].label, value_text(parameter, v, found.annex.language))
            for p, v in parameter.values.items()
            if p in found.library.postures
        ),
    )


def written_value(value: Value) -> str:
    """A value as a person writes it and reads it in a field."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return said(value)


def choices_of(parameter: Parameter) -> tuple[tuple[str, str], ...]:
    """What a value may be, where there is nothing else to write."""
    if parameter.type == "boolean":
        return (("yes", "Yes"), ("no", "No"))
    return tuple(parameter.choices.items())


def bounds_of(parameter: Parameter) -> str:
    """Its range: "1 hour to 72 hours"; empty where it has none."""
    if parameter.minimum is None or parameter.maximum is None:
        return ""
    return f"{said(parameter.minimum)} to {said(parameter.maximum)}"


def source_of(setting: Setting, library: Library) -> str:
    """Where a value came from, in a sentence without keys."""
    if setting.source == "profile":
        return "Set for this deal"
    if setting.source == "posture":
        label = next((p.label for p in library.postures.values() if f"the {p.id} posture" == setting.because), "")
        return f"From our {label} position" if label else sentence(setting.because, library)
    return sentence(setting.because, library)


def sentence(text: str, library: Library) -> str:
    """A reason of the library in the words of the page: titles and labels in place of names."""

    def name(match: re.Match[str]) -> str:
        word = match[1]
        parameter = library.parameter(word)
        if word in library.clauses:
            return f"“{library.clauses[word].title}”"
        if parameter:
            return f"“{parameter.label}”"
        if word in library.topics:
            return f"“{library.topics[word].title}”"
        if word in library.frameworks:
            return library.frameworks[word].short
        if word in library.postures:
            return library.postures[word].label
        if word in library.facts:
            return f"“{library.facts[word].question}”"
        return word

    said_ = _NAME.sub(name, _ASKED.sub("you asked for it", _LEFT.sub("you left it out: ", text)))
    return said_[:1].upper() + said_[1:]


def _way_back(found: Shown, name: str, usual: Setting) -> str:
    """What to save so that a value is the usual one again: nothing, where the deal's posture gives it anyway."""
    assert found.resolution
    owner = found.library.owners[name].id
    posture = next((c.posture for c in found.resolution.clauses if c.clause.id == owner), "")
    own = usual.parameter.values.get(posture)
    return "" if own == usual.value and found.said(f"settings.{name}") else written_value(usual.value)


# -- why, laws, notes --------------------------------------------------------------------------------------------------------


def _why(found: Shown, resolved: ResolvedClause) -> Iterator[str]:
    for reason in resolved.because:
        yield sentence(reason, found.library)
    axes = [_AXES[axis] for axis in resolved.chosen_by.split(", ") if axis in _AXES]
    if axes:
        yield f"It has other wordings; this one is chosen by {' and '.join(axes)}"


def _laws(found: Shown, clause: Clause) -> Iterator[Law]:
    assert found.annex and found.profile
    answered = {(r.framework, r.ref): r for f in (found.annex.coverage,) for r in f}
    for framework, references in clause.maps_to.items():
        known = found.library.frameworks.get(framework)
        for ref in references:
            row = answered.get((framework, ref))
            reference = known.references.get(ref) if known else None
            if known and reference:
                yield Law(
                    framework=known.short,
                    ref=ref,
                    duty=reference.duty,
                    asked=framework in found.profile.frameworks,
                    checked=reference.checked,
                    paragraphs=tuple(r.text for r in row.paragraphs) if row else (),
                )


def _review(found: Shown, clause: Clause) -> str:
    assert found.profile
    given, _ = read_approvals(folders_of(found.profile))
    return best_review(clause, given.get(clause.id, ())).text() if given else ""


# -- the ladder and leaving out: they compose the deal anew ----------------------------------------------------------------------


def ladder_of(found: Shown, clause: str) -> tuple[LadderStep, ...]:
    """The ladder of a clause in this deal; remembered as long as the deal stays as it is."""
    return _ladder(_Key(found), clause)


def fallen_of(found: Shown, clause: str) -> Fallen:
    """What falls with a clause."""
    return _fallen(_Key(found), clause)


@dataclass(frozen=True, slots=True)
class _Key:
    """A deal as a key: what it says, and the library that it is read against."""

    found: Shown

    @property
    def key(self) -> tuple[str, str, str]:
        profile = self.found.profile
        return (self.found.text, self.found.library.fingerprint, profile.fingerprint if profile else "")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=64)
def _ladder(key: _Key, clause: str) -> tuple[LadderStep, ...]:
    profile = key.found.profile
    return ladder(profile, key.found.library, clause) if profile else ()


@lru_cache(maxsize=64)
def _fallen(key: _Key, clause: str) -> Fallen:
    profile = key.found.profile
    return leave_out(profile, key.found.library, clause) if profile else Fallen()
