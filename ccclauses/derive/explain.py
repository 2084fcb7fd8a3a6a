"""Resolution → Explanation: each clause in and why, each left out and why, each value and where it came from."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from types import MappingProxyType

from ..model.diagnostic import Diagnostic, Position
from ..model.library.clause import Clause
from ..model.profile import Resolution, Setting
from ..resolve.judge import said
from ..resolve.placeholders import unconfirmed_sums

NOT_ADVICE = (
    "Nothing that is shipped is legal advice, and no lawyer has reviewed it: have your own review what you sign."
)

WIDTH = 110  # of the lines that a terminal shows

# Compared when a client's own clause replaces a shipped one, with the words for each.
_COMPARED = {
    "title": "title",
    "purpose": "purpose",
    "requires": "required clauses",
    "maps_to": "framework references",
    "parameters": "parameters",
    "failures": "failures",
    "parts": "parts",
    "variants": "wordings",
    "duties": "duties",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """The shipped clause that a client's own library replaces, and what differs."""

    version: int
    title: str
    purpose: str
    at: Position
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseIn:
    """A clause in the annex and each reason why."""

    id: str
    version: int
    title: str
    group: str
    posture: str
    laws: tuple[str, ...]  # those that the chosen wording is for; none means any
    heading: str  # above it in the annex
    chosen_by: str  # on which axes other wordings fell behind the chosen one; empty where there is no other
    because: tuple[str, ...]
    at: Position
    shipped: Shipped | None
    review: str = ""  # what the team's approvals say of it; empty where it keeps none


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseOut:
    """A clause left out, and why."""

    id: str
    title: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A value in force and where it came from."""

    name: str
    label: str
    clause: str
    value: str
    source: str
    because: str
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that a profile came to, for a person to follow."""

    title: str
    reference: str
    law: str
    form: str
    posture: str
    topic_postures: tuple[tuple[str, str], ...]
    frameworks: tuple[str, ...]
    facts: tuple[tuple[str, str, str], ...]  # name, value, and where it is written
    clauses: tuple[ClauseIn, ...]
    left_out: tuple[ClauseOut, ...]
    settings: tuple[Origin, ...]
    problems: tuple[Diagnostic, ...] = ()  # what the deal is warned of

    def as_dict(self) -> dict[str, object]:
        """The explanation as plain JSON values."""
        return {
            "title": self.title,
            "reference": self.reference,
            "law": self.law,
            "form": self.form,
            "posture": self.posture,
            "topic_postures": dict(self.topic_postures),
            "frameworks": list(self.frameworks),
            "facts": [{"name": n, "value": v, "from": a} for n, v, a in self.facts],
            "clauses": [_plain(c) for c in self.clauses],
            "left_out": [_plain(c) for c in self.left_out],
            "settings": [_plain(s) for s in self.settings],
            "notice": NOT_ADVICE,
        }

    def text(self) -> str:
        """The explanation as a person reads it in a terminal."""
        return "\n".join(_lines(self)) + "\n"

    def short_text(self) -> str:
        """The explanation on one screen."""
        return "\n".join(_short_lines(self)) + "\n"


def _short_lines(explanation: Explanation) -> Iterator[str]:
    """The clauses counted by their first reason, and the values that no posture set."""
    yield f"{_counted(len(explanation.clauses), 'clause')} are in the annex, each for a reason:"
    reasons: dict[str, list[str]] = {}
    for clause in explanation.clauses:
        reasons.setdefault(clause.because[0], []).append(clause.id)
    for reason, clauses in sorted(reasons.items(), key=lambda item: -len(item[1])):
        shown = ", ".join(clauses[:4]) + (f" and {len(clauses) - 4} more" if len(clauses) > 4 else "")
        yield from _wrapped(f"- {reason}: {shown}", "  ")
    yield f"{_counted(len(explanation.left_out), 'clause')} left out: {', '.join(o.id for o in explanation.left_out) or 'none'}"
    asked = [s for s in explanation.settings if s.source in ("profile", "constraint")]
    yield f"{_counted(len(explanation.settings), 'value')}; these don't come from the posture alone:"
    for setting in asked:
        yield f"  {setting.label}: {setting.value} ({setting.because})"
    yield NOT_ADVICE


def explain(resolution: Resolution, reviews: Mapping[str, str] = MappingProxyType({})) -> Explanation:
    """Why the annex of this resolution is what it is; `reviews` says of each clause where it stands with the team."""
    profile, library = resolution.profile, resolution.library
    sums = unconfirmed_sums(resolution)
    return Explanation(
        title=profile.title,
        reference=profile.reference,
        law=resolution.law.name,
        form=resolution.form.title,
        posture=profile.posture,
        topic_postures=tuple(profile.postures.items()),
        frameworks=tuple(library.frameworks[f].short for f in profile.frameworks),
        facts=tuple((name, said(value), _source_of_fact(resolution, name)) for name, value in resolution.facts.items()),
        clauses=tuple(
            ClauseIn(
                id=resolved.clause.id,
                version=resolved.clause.version,
                title=resolved.clause.title,
                group=library.groups[library.topics[resolved.clause.topic].group],
                posture=resolved.posture,
                laws=resolved.variant.laws,
                heading=resolved.heading,
                chosen_by=resolved.chosen_by,
                because=resolved.because,
                at=resolved.clause.at,
                shipped=_shipped(resolved.clause),
                review=reviews.get(resolved.clause.id, ""),
            )
            for resolved in resolution.clauses
        ),
        left_out=tuple(ClauseOut(id=o.clause.id, title=o.clause.title, because=o.because) for o in resolution.left_out),
        settings=tuple(
            _origin(resolved.clause, resolution.settings[name], unconfirmed=name in sums)
            for resolved in resolution.clauses
            for name in resolved.clause.parameters
        ),
    )


def _source_of_fact(resolution: Resolution, name: str) -> str:
    asked = resolution.profile.facts.get(name)
    if asked is None:
        return "not asked: the default"
    return f"not known yet, so this is assumed: {asked.at}" if asked.unknown else str(asked.at)


def _origin(clause: Clause, setting: Setting, *, unconfirmed: bool) -> Origin:
    return Origin(
        name=setting.parameter.name,
        label=setting.parameter.label,
        clause=clause.id,
        value=said(setting.value),
        source=setting.source,
        because=f"{setting.because}; a placeholder that nobody has confirmed yet" if unconfirmed else setting.because,
        at=setting.at,
    )


def _shipped(clause: Clause) -> Shipped | None:
    old = clause.replaces
    if not old:
        return None
    differs = tuple(words for name, words in _COMPARED.items() if _content(old, name) != _content(clause, name))
    return Shipped(version=old.version, title=old.title, purpose=old.purpose, at=old.at, differs=differs)


def _content(clause: Clause, name: str) -> object:
    value = getattr(clause, name)
    values = value.values() if hasattr(value, "values") else value
    return (list(value), [_unplaced(v) for v in values]) if not isinstance(value, str) else value


def _unplaced(value: object) -> object:
    """A value without the places it was read from, so that equal words in two files are equal."""
    if not is_dataclass(value) or not hasattr(value, "at"):
        return value
    return tuple(getattr(value, f.name) for f in fields(value) if f.name not in ("at", "text_line"))


def _plain(value: object) -> object:
    if isinstance(value, Position):
        return {"file": value.file, "line": value.line, "column": value.column}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value


def _lines(explanation: Explanation) -> Iterator[str]:
    yield f"{explanation.title} ({explanation.reference})" if explanation.reference else explanation.title
    yield f"  law         {explanation.law}"
    yield f"  form        {explanation.form}"
    postures = "".join(f", {posture} for {topic}" for topic, posture in explanation.topic_postures)
    yield f"  posture     {explanation.posture}{postures}"
    yield f"  frameworks  {', '.join(explanation.frameworks) or 'none'}"
    yield "  facts"
    width = max((len(name) for name, _, _ in explanation.facts), default=0)
    for name, value, origin in explanation.facts:
        yield f"    {name:<{width}}  {value}  ({origin})"
    yield ""
    yield f"In the annex: {_counted(len(explanation.clauses), 'clause')}"
    for clause in explanation.clauses:
        law = f", for {', '.join(clause.laws)}" if clause.laws else ""
        yield f"  {clause.id}: {clause.title} ({clause.posture}{law})"
        for reason in clause.because:
            yield from _wrapped(f"- {reason}", "    ")
        if clause.heading != clause.title:
            yield f"    - under the heading {clause.heading}"
        if clause.chosen_by:
            yield f"    - its wording is chosen by {clause.chosen_by}"
        if clause.shipped:
            yield f"    - replaces the shipped clause, version {clause.shipped.version} ({clause.shipped.at})"
            yield f"      which says: {clause.shipped.purpose}"
            yield f"      differs in: {', '.join(clause.shipped.differs) or 'nothing'}"
        if clause.review:
            yield from _wrapped(f"- review: {clause.review}", "    ")
    yield ""
    yield f"Left out: {_counted(len(explanation.left_out), 'clause')}"
    for out in explanation.left_out:
        yield f"  {out.id}: {out.title}"
        yield from _wrapped(f"- {out.because}", "    ")
    yield ""
    yield f"Values: {len(explanation.settings)}"
    last = ""
    for setting in explanation.settings:
        if setting.clause != last:
            last = setting.clause
            yield f"  {last}"
        yield f"    {setting.name} = {setting.value}: {setting.because} ({setting.at})"
    yield ""
    yield NOT_ADVICE


def _wrapped(text: str, indent: str) -> list[str]:
    # Only at spaces: a file:line:column that is broken in two can't be clicked.
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def why(resolution: Resolution, name: str) -> str:
    """Why a clause is in the annex or not, a value what it is, a fact or framework what it does; empty for an unknown name."""
    library, profile = resolution.library, resolution.profile
    for resolved in resolution.clauses:
        if resolved.clause.id == name:
            return f"`{name}` is in the annex: {'; '.join(resolved.because)}."
    for left in resolution.left_out:
        if left.clause.id == name:
            return f"`{name}` is not in the annex: {left.because}."
    if name in resolution.settings:
        setting = resolution.settings[name]
        others = ", ".join(f"{p} {said(v)}" for p, v in setting.parameter.values.items())
        taken = f" The postures take: {others}." if others else ""
        return (
            f"`{name}` ({setting.parameter.label}) is {said(setting.value)}: {setting.because}, at {setting.at}.{taken}"
        )
    if name in library.owners:
        owner = library.owners[name].id
        return f"`{name}` has no value in this annex. {why(resolution, owner)}"
    if name in library.facts:
        hanging = [
            c.id
            for c in library.clauses.values()
            if any(name in t.names or t.name == name for t in c.applies_when.tests())
        ]
        asked = profile.facts.get(name)
        if asked is None:
            source = "nothing is said, and so the default holds"
        elif asked.unknown:
            source = (
                f"the profile says that it is not known, at {asked.at}, and so the side that protects the client holds"
            )
        else:
            source = f"the profile says so, at {asked.at}"
        brings = f" It helps to decide over {', '.join(f'`{c}`' for c in hanging)}." if hanging else ""
        return f"`{name}` is {said(resolution.facts[name])}: {source}.{brings}"
    if name in library.frameworks:
        state = "on" if name in profile.frameworks else "off: the profile does not list it under `frameworks`"
        return f"`{name}` ({library.frameworks[name].short}) is {state}."
    return ""
