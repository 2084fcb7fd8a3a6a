"""A profile and a library → the annex that they make, where agreed values may break a rule and names may be gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from ..compose.annex import compose_annex
from ..model.annex import Annex
from ..model.diagnostic import Diagnostic, errors
from ..model.library.clause import Parameter
from ..model.library.clause import Value as ParameterValue
from ..model.library.library import Library
from ..model.profile import Profile, Resolution
from ..resolve import resolve
from .merging.same import same_clause

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The annex that a library makes of a profile, and the rules that the profile's own values break."""

    annex: Annex
    resolution: Resolution
    broken: tuple[Diagnostic, ...]


def composed(profile: Profile, library: Library) -> tuple[Composed | None, list[Diagnostic]]:
    """The annex of a profile whose values were agreed: a rule that they break is reported and does not stop it."""
    broken: list[Diagnostic] = []
    while True:
        resolution, found = resolve(profile, library)
        if resolution is not None:
            break
        rules = {d.rule for d in errors(found)} & {c.id for c in library.constraints}
        if not rules:
            return None, errors(found)
        broken += [d for d in errors(found) if d.rule in rules]
        library = replace(library, constraints=tuple(c for c in library.constraints if c.id not in rules))
    annex, problems = compose_annex(resolution)
    if annex is None:
        return None, errors(problems)
    advised = {c.id for c in library.constraints if c.severity == "warning"}
    broken += [d for d in found if d.rule in advised]
    return Composed(annex=annex, resolution=resolution, broken=tuple(broken)), []


def fitted(profile: Profile, library: Library) -> Profile:
    """The profile without what the library has no name for."""

    def known(given: Mapping[str, T], names: Iterable[str]) -> Mapping[str, T]:
        names = set(names)
        return MappingProxyType({k: v for k, v in given.items() if k in names})

    parameters = {p.name: p for c in library.clauses.values() for p in c.parameters.values()}
    settings = {
        name: asked
        for name, asked in profile.settings.items()
        if name in parameters and can_be_set(asked.value, parameters[name])
    }
    return replace(
        profile,
        frameworks=tuple(f for f in profile.frameworks if f in library.frameworks),
        facts=known(profile.facts, library.facts),
        postures=known(profile.postures, library.topics),
        include=known(profile.include, library.clauses),
        exclude=known(profile.exclude, library.clauses),
        settings=MappingProxyType(settings),
    )


def can_be_set(value: ParameterValue, parameter: Parameter) -> bool:
    """Whether a value that a file states is one that the parameter takes; what could not be read is its words."""
    if parameter.choices:
        return value in parameter.choices
    like = tuple(parameter.values.values())
    return not like or any(type(value) is type(v) for v in like)


def fitting(
    profile: Profile, signed: Annex, library: Library
) -> tuple[Profile, dict[str, tuple[str, ...]], Composed | None]:
    """The profile at the posture of each topic that the words of its clauses fit best, and which fit each clause."""
    by_posture = {p: composed(replace(profile, posture=p), library)[0] for p in library.postures}
    texts = {p: {c.id: c for c in made.annex.clauses} for p, made in by_posture.items() if made}
    fits = {
        c.id: tuple(p for p, known in texts.items() if c.id in known and same_clause(c, known[c.id]))
        for c in signed.clauses
    }
    votes: dict[str, dict[str, int]] = {}
    for id_, found in fits.items():
        clause = library.clauses.get(id_)
        topic = clause.topic if clause else ""
        for posture in found if topic else ():
            of_topic = votes.setdefault(topic, {})
            of_topic[posture] = of_topic.get(posture, 0) + 1
    order = [profile.posture, *library.postures]
    postures = {topic: max(of, key=lambda p: (of[p], -order.index(p))) for topic, of in votes.items()}
    profile = replace(profile, postures=MappingProxyType(postures))
    return profile, fits, composed(profile, library)[0]
