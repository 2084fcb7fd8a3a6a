"""A signed file → what is known of it: its annex, its profile, and what the old library made of that profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from ..model.annex import Annex, Paragraph, Value
from ..model.library.clause import Value as ParameterValue
from ..model.library.library import Library
from ..model.profile import Profile
from ..ooxml.package.package import Package
from ..read.recover import recover_annex
from ..read.values import parse_value
from ..review.judge.known import known_from_annex, known_from_words, with_values
from .composing import Composed, can_be_set, composed, fitted, fitting
from .evidence import Evidence, Unreadable, gather
from .merging.numbers import renumbered
from .merging.same import masked, printed, same_blocks, same_clause
from .papers import Paper

_SAME = (
    "the fingerprint that the file was built with, which is that of this profile and this library; it does not tell what was "
    "edited since"
)
_UNKNOWN = (
    "what the old library said is not known: name it with --from, or put the profile and the annex as data (.json) that "
    "the file was built from beside it"
)
_ALONE = "its own law, frameworks and values, since no profile of it was found: facts and postures are not known"
_OTHER = (
    "its fingerprint is that of another profile or library: what differs may be of another version and not negotiated"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A signed annex with its profile; `old` is what it was before it was negotiated, None where that can't be known.

    `made` says that the profile was made from the annex, so that facts and postures are not those of the deal but as
    near as its words tell. `undecided` are clauses whose wording fits several postures.
    """

    package: Package
    agreement: Package | None  # the agreement in which the annex stands
    signed: Annex
    profile: Profile
    old: Annex | None
    under_old: Composed | None  # what the old library makes of the profile; None where only its annex is known
    built: Annex | None  # the annex as data that the file was built from
    made: bool
    postures: Mapping[str, tuple[str, ...]]  # of a made profile: the postures that the words of each clause fit
    values: Mapping[str, ParameterValue]  # that the parties agreed besides what the profile says
    went_by: tuple[str, ...]


def read_known(paper: Paper, old: Library | None, new: Library, base: Path | None) -> Known:
    """What is known of a signed file; raises `Unreadable`."""
    found = gather(paper, old or new, base)
    return _by_words(found, old) if found.profile is None else _by_profile(found, found.profile, old)


def _by_profile(found: Evidence, profile: Profile, old: Library | None) -> Known:
    told = list(found.told)
    made, before = None, found.built
    if old is not None:
        made, problems = composed(profile, old)
        if made is None:
            raise Unreadable(f"its profile makes no annex under the old library: {problems[0].message}")
        before = made.annex
    elif before is None:
        told.append(_UNKNOWN)
    fingerprint = before.fingerprint if before else ""
    signed = _recovered(found, before or found.agreed)
    values = signed_values(signed, before, found.library) if before else {}
    if values:
        profile = with_values(profile, values)
        if old is not None:
            again, _ = composed(profile, old)
            made = again or made
            before = made.annex if made else before
        signed = _recovered(found, before, values)
    if fingerprint and found.agreed is None and signed.fingerprint:
        told.append(_SAME if signed.fingerprint == fingerprint else _OTHER)
    return Known(
        package=found.package,
        agreement=found.agreement,
        signed=enriched(signed, before),
        profile=profile,
        old=before,
        under_old=made,
        built=found.built,
        made=False,
        postures={},
        values=values,
        went_by=tuple(told),
    )


def _by_words(found: Evidence, old: Library | None) -> Known:
    """What the annex itself tells: its law, frameworks, clauses and values. Postures are reported from its words."""
    data, library = found.agreed or found.built, found.library
    if data:
        known = known_from_annex(data, library, found.name)
    else:
        known = known_from_words(found.document, found.first, library, found.name)
    profile, made = fitted(known.profile, library), None
    fits: Mapping[str, tuple[str, ...]] = {}
    if old is not None:
        rested = replace(old, constraints=known.library.constraints)
        profile, fits, made = fitting(_bounded(profile, known.annex, rested), known.annex, rested)
        if made is None:
            raise Unreadable("what it says makes no annex under the old library")
    likely = found.built or (made.annex if made else None)
    signed = _recovered(found, likely or data or known.annex)
    return Known(
        package=found.package,
        agreement=found.agreement,
        signed=enriched(signed, likely),
        profile=profile,
        old=made.annex if made else None,
        under_old=made,
        built=found.built,
        made=True,
        postures=fits,
        values={},
        went_by=(*found.told, _ALONE, *([] if made else [_UNKNOWN])),
    )


def _bounded(profile: Profile, annex: Annex, library: Library) -> Profile:
    """The profile without the clauses that the annex does not hold: its facts kept them out."""
    held = {c.id for c in annex.clauses}
    at = profile.at("exclude")
    exclude = {c: ("not in the signed annex", at) for c in library.clauses if c not in held}
    bounded = replace(profile, exclude=MappingProxyType(exclude))
    return bounded if composed(bounded, library)[0] else profile


def _recovered(
    found: Evidence, sent: Annex | None, values: Mapping[str, ParameterValue] = MappingProxyType({})
) -> Annex:
    known = {name: e.value for name, e in found.agreed.parameters.items()} if found.agreed else {}
    annex, _ = recover_annex(found.document, found.library, sent, {**known, **values})
    assert annex is not None  # it was found once
    return annex


def signed_values(signed: Annex, before: Annex, library: Library) -> dict[str, ParameterValue]:
    """The values of a signed annex that it was not built with; a clause goes before the schedule of values."""
    found: dict[str, ParameterValue] = {}
    for name, entry in signed.parameters.items():
        base, parameter = before.parameters.get(name), library.parameter(name)
        if base is None or parameter is None or entry.value == base.value:
            continue
        if can_be_set(entry.value, parameter):
            found[name] = entry.value
    was = {p.anchor: p for p in before.paragraphs() if p.anchor}
    for paragraph in signed.paragraphs():
        facing = was.get(paragraph.anchor)
        for now, then in zip(_values(paragraph), _values(facing) if facing else ()):
            parameter = library.parameter(now.parameter)
            if now.parameter != then.parameter or parameter is None or printed((now,)) == printed((then,)):
                continue
            value = parse_value(now.text, parameter)
            if value is not None:
                found[now.parameter] = value
    return found


def _values(paragraph: Paragraph) -> list[Value]:
    return [i for i in paragraph.inlines if isinstance(i, Value)]


def enriched(signed: Annex, before: Annex | None) -> Annex:
    """The signed annex with what a Word file can't hold, taken from what it was built as wherever both say the same."""
    if before is None:
        return renumbered(signed)
    was = {c.id: c for c in before.clauses}
    alike = {c.id for c in signed.clauses if c.id in was and same_clause(c, was[c.id])}
    schedules = {s.id: s for s in before.schedules}
    terms = {d.term: d for d in before.definitions}
    duties = {
        c.id: tuple(o for o in (before if c.id in alike else signed).obligations if o.clause == c.id)
        for c in signed.clauses
    }
    return renumbered(
        replace(
            signed,
            language=signed.language or before.language,
            law=before.law,
            currency=signed.currency or before.currency,
            calendar=before.calendar,
            time_zone=signed.time_zone or before.time_zone,
            page=before.page,
            numbering=before.numbering,
            contacts=before.contacts,
            groups=before.groups,
            headings=before.headings,
            clauses=tuple(
                was[c.id] if c.id in alike else replace(c, joined=c.id in was and was[c.id].joined)
                for c in signed.clauses
            ),
            preliminaries=(
                before.preliminaries
                if same_blocks(before.preliminaries, signed.preliminaries)
                else signed.preliminaries
            ),
            key_terms=before.key_terms if same_blocks((before.key_terms,), (signed.key_terms,)) else signed.key_terms,
            key_values=before.key_values if same_blocks(before.key_values, signed.key_values) else signed.key_values,
            testimonium=before.testimonium
            if same_blocks(before.testimonium, signed.testimonium)
            else signed.testimonium,
            execution=signed.execution or before.execution,
            definitions=tuple(
                terms[d.term] if d.term in terms and masked(d.inlines) == masked(terms[d.term].inlines) else d
                for d in signed.definitions
            ),
            schedules=tuple(
                (
                    replace(
                        s,
                        landscape=schedules[s.id].landscape,
                        blocks=schedules[s.id].blocks if same_blocks(s.blocks, schedules[s.id].blocks) else s.blocks,
                    )
                    if s.id in schedules
                    else s
                )
                for s in signed.schedules
            ),
            parameters=MappingProxyType(
                {
                    n: before.parameters[n] if n in before.parameters and before.parameters[n].value == e.value else e
                    for n, e in signed.parameters.items()
                }
            ),
            obligations=tuple(o for c in signed.clauses for o in duties[c.id]),
            sanctions=MappingProxyType(
                {n: p for n, p in before.sanctions.items() if p.clause in alike}
                | {n: p for n, p in signed.sanctions.items() if p.clause not in alike}
            ),
            credit_rules=before.credit_rules or signed.credit_rules,
            coverage=before.coverage,
        )
    )
