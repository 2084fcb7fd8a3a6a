"""A signed file → what is known of it: its annex, its profile, and what the old library made of that profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from ..compose.annex import compose_annex
from ..limits import LIMITS
from ..load.profile import load_profile, load_profile_text
from ..load.rows import check_columns, row_text
from ..model.annex import Annex, Paragraph, Value
from ..model.clause import Library, Parameter
from ..model.clause import Value as ParameterValue
from ..model.diagnostic import Diagnostic, errors
from ..model.profile import Profile, Resolution
from ..ooxml.package import Package, PackageError, read_package
from ..ooxml.revisions import has_revisions
from ..read.document import ReadDocument
from ..read.docx import read_docx
from ..read.recover import recover_annex
from ..read.values import parse_value
from ..resolve import resolve
from ..review.known import known_from_annex, known_from_word, with_values
from ..sides.annex import json_annex
from .numbers import renumbered
from .papers import Paper
from .same import masked, printed, same_blocks, same_clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The annex that a library makes of a profile, and the rules that the profile's own values break."""

    annex: Annex
    resolution: Resolution
    broken: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A signed annex with its profile; `old` is what it was before it was negotiated, None where that can't be known.

    `made` says that the profile was made from the annex, so that facts and postures are not those of the deal but as
    near as its words tell. `undecided` are clauses whose wording fits several postures.
    """

    package: Package
    signed: Annex
    profile: Profile
    old: Annex | None
    under_old: Composed | None  # what the old library makes of the profile; None where only its annex is known
    built: Annex | None  # the annex as data that the file was built from
    made: bool
    postures: Mapping[str, tuple[str, ...]]  # of a made profile: the postures that the words of each clause fit
    values: Mapping[str, ParameterValue]  # that the parties agreed besides what the profile says
    went_by: tuple[str, ...]


_SAME = "the fingerprint of the file, which is that of this profile and this library"
_OTHER = (
    "its fingerprint is that of another profile or library: what differs may be of another version and not negotiated"
)


class Unreadable(Exception):
    """Why a file can't be read as an annex, in one sentence."""


def read_known(paper: Paper, old: Library | None, new: Library, base: Path | None) -> Known:
    """What is known of a signed file; raises `Unreadable`."""
    library = old or new
    package, document, told = _word(paper)
    first, _ = recover_annex(document, library)
    if first is None or not any(c.id in library.clauses for c in first.clauses):
        raise Unreadable("no clause of this library was found in it")
    built = _as_data(paper.built, told)
    if built and built.fingerprint != first.fingerprint:
        told.append(
            f"{paper.built.name if paper.built else ''} was passed over: it is not what the file was built from"
        )
        built = None
    agreed = _as_data(paper.agreed, told)
    profile = _profile(paper, first.fingerprint, library, base, told)
    if profile is not None:
        return _by_profile(profile, built, agreed, old, package, document, library, told)
    return _by_words(paper, built, agreed, old, package, document, library, told)


# ------------------------------------------------------------------------------------- files


def _word(paper: Paper) -> tuple[Package, ReadDocument, list[str]]:
    try:
        if paper.path.stat().st_size > LIMITS.word_bytes:
            raise Unreadable("the file is too large")
        package = read_package(paper.path.read_bytes())
        document = read_docx(package, name=paper.name)
        tracked = has_revisions(package.xml(package.main_part))
    except PackageError as problem:
        raise Unreadable(str(problem)) from None
    except OSError as problem:
        raise Unreadable(f"the file can't be read: {problem.strerror or problem}") from None
    told = ["the words of the signed file"]
    if tracked:
        told.append("it holds tracked changes, which are taken as accepted")
    return package, document, told


def _as_data(path: Path | None, told: list[str]) -> Annex | None:
    if path is None:
        return None
    annex, problems = json_annex(path, path.name)
    told.append(f"the annex as data in {path.name}" if annex else f"{path.name} can't be read: {problems[0].message}")
    return annex


def _profile(paper: Paper, fingerprint: str, library: Library, base: Path | None, told: list[str]) -> Profile | None:
    """The best profile there is for a file: one beside it, else the row of the batch that built it."""
    for path in paper.profiles:
        profile, problems = load_profile(path, library)
        if profile is not None:
            told.append(f"the profile {path.name}")
            return profile
        told.append(f"{path.name} was passed over: {errors(problems)[0].message}")
    entry = next((e for e in paper.manifest if fingerprint and e.annex == fingerprint), None)
    if entry is None:
        return None
    if base is None:
        told.append(f"a batch built it from its row {entry.row}; its profile is known when --profile names the base")
        return None
    titles = tuple(entry.differs)
    lists, problems = check_columns(titles, library, "manifest.json")
    text = row_text({t: (entry.differs[t], n) for n, t in enumerate(titles, 1)}, lists, base.name).text
    profile, found = load_profile_text(text, str(base.with_name(f"manifest.json#{entry.row}")), library)
    wrong = errors([*problems, *found])
    if wrong or profile is None:
        told.append(f"row {entry.row} of the batch was passed over: {wrong[0].message}")
        return None
    told.append(f"row {entry.row} of the batch that built it, on {base.name}")
    return profile


# ------------------------------------------------------------------------------------- composing


def composed(profile: Profile, library: Library) -> tuple[Composed | None, list[Diagnostic]]:
    """The annex of a profile whose values were agreed: a rule that they break is told and does not stop it."""
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

    def known(given: Mapping[str, object], names: Iterable[str]) -> Mapping[str, object]:
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
    """Whether a value that a file states is one that the parameter takes: what could not be read stands as its words."""
    if parameter.choices:
        return value in parameter.choices
    like = tuple(parameter.values.values())
    return not like or any(type(value) is type(v) for v in like)


# ------------------------------------------------------------------------------------- with a profile


def _by_profile(
    profile: Profile,
    built: Annex | None,
    agreed: Annex | None,
    old: Library | None,
    package: Package,
    document: ReadDocument,
    library: Library,
    told: list[str],
) -> Known:
    made = None
    before = built
    if old is not None:
        made, problems = composed(profile, old)
        if made is None:
            raise Unreadable(f"its profile makes no annex under the old library: {problems[0].message}")
        before = made.annex
    elif built is None:
        told.append("what the old library said is not known: name it with --from")
    fingerprint = before.fingerprint if before else ""
    signed = _recovered(document, library, before or agreed, agreed)
    values = signed_values(signed, before, library) if before else {}
    if values:
        profile = with_values(profile, values)
        if old is not None:
            again, _ = composed(profile, old)
            made = again or made
            before = made.annex if made else before
        signed = _recovered(document, library, before, agreed, values)
    if fingerprint and agreed is None and signed.fingerprint:
        told.append(_SAME if signed.fingerprint == fingerprint else _OTHER)
    return Known(
        package=package,
        signed=enriched(signed, before),
        profile=profile,
        old=before,
        under_old=made,
        built=built,
        made=False,
        postures={},
        values=values,
        went_by=tuple(told),
    )


def _recovered(
    document: ReadDocument,
    library: Library,
    sent: Annex | None,
    agreed: Annex | None,
    values: Mapping[str, ParameterValue] | None = None,
) -> Annex:
    known = {name: e.value for name, e in agreed.parameters.items()} if agreed else {}
    annex, _ = recover_annex(document, library, sent, {**known, **(values or {})})
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
            clauses=tuple(was[c.id] if c.id in alike else c for c in signed.clauses),
            preliminaries=(
                before.preliminaries
                if same_blocks(before.preliminaries, signed.preliminaries)
                else signed.preliminaries
            ),
            key_terms=before.key_terms if same_blocks((before.key_terms,), (signed.key_terms,)) else signed.key_terms,
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
            penalties=MappingProxyType(
                {n: p for n, p in before.penalties.items() if p.clause in alike}
                | {n: p for n, p in signed.penalties.items() if p.clause not in alike}
            ),
            credit_rules=before.credit_rules or signed.credit_rules,
            coverage=before.coverage,
        )
    )


# ------------------------------------------------------------------------------------- without a profile


def _by_words(
    paper: Paper,
    built: Annex | None,
    agreed: Annex | None,
    old: Library | None,
    package: Package,
    document: ReadDocument,
    library: Library,
    told: list[str],
) -> Known:
    """What the annex itself tells: its law, frameworks, clauses and values. Postures are told from its words."""
    data = agreed or built
    found = known_from_annex(data, library, paper.name) if data else known_from_word(package, library, paper.name)
    if found is None:
        raise Unreadable("no clause of this library was found in it")
    told.append(
        "its own law, frameworks and values, since no profile of it was found: facts and postures are not known"
    )
    profile, made = fitted(found.profile, library), None
    fits: Mapping[str, tuple[str, ...]] = {}
    if old is None:
        told.append("what the old library said is not known: name it with --from")
    else:
        rested = replace(old, constraints=found.library.constraints)
        # What the annex does not hold, its facts kept out.
        held = {c.id for c in found.annex.clauses}
        at = profile.at("exclude")
        bounded = replace(
            profile,
            exclude=MappingProxyType({c: ("not in the signed annex", at) for c in old.clauses if c not in held}),
        )
        profile = bounded if composed(bounded, rested)[0] else profile
        profile, fits, made = fitting(profile, found.annex, rested)
        if made is None:
            raise Unreadable("what it says makes no annex under the old library")
    likely = built or (made.annex if made else None)
    signed = _recovered(document, library, likely or data or found.annex, agreed)
    return Known(
        package=package,
        signed=enriched(signed, likely),
        profile=profile,
        old=made.annex if made else None,
        under_old=made,
        built=built,
        made=True,
        postures=fits,
        values={},
        went_by=tuple(told),
    )


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
        for posture in found if clause else ():
            of_topic = votes.setdefault(clause.topic, {})  # type: ignore[union-attr]
            of_topic[posture] = of_topic.get(posture, 0) + 1
    order = [profile.posture, *library.postures]
    postures = {topic: max(of, key=lambda p: (of[p], -order.index(p))) for topic, of in votes.items()}
    profile = replace(profile, postures=MappingProxyType(postures))
    return profile, fits, composed(profile, library)[0]
