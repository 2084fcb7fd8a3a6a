"""The form of an annex: which one the facts propose, what the chosen one gives up, and how it keeps to a number of pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from ..common.length import estimated_pages, words_of
from ..compose.annex import compose_annex
from ..compose.parts.coverage import Promised, Requirements
from ..compose.texts.scope import chosen_parts, parsed
from ..compose.texts.wording import series
from ..model.annex import Annex
from ..model.diagnostic import Diagnostic, Severity
from ..model.library.clause import Part, Value, Variant
from ..model.library.form import FULL, Form
from ..model.library.library import Library
from ..model.library.roles import CREDIT_ROLES
from ..model.profile import Profile, Resolution, ResolvedClause
from ..resolve import resolve
from ..resolve.selection import brought_in
from ..resolve.situation import Situation, judge_of
from ..syntax.texts import tests_of

_FALLING = 8  # rows named at most for one framework


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A form that the facts of a deal propose, and why."""

    form: Form
    because: str


def proposed_form(profile: Profile, library: Library) -> Proposal:
    """The first form of the library for which a condition holds; the full one where none does."""
    facts: Mapping[str, Value] = MappingProxyType(
        {n: profile.facts[n].value if n in profile.facts else f.default for n, f in library.facts.items()}
    )
    judge = Situation(profile, library, library.laws[profile.law], facts).judge(set())
    for form in library.forms.values():
        for reason in form.propose:
            if judge.applies(reason.when):
                return Proposal(form=form, because=reason.because)
    return Proposal(form=library.forms[FULL], because="No fact proposes another form.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A form that a deal may take, with the words and about the pages of the annex in it."""

    form: Form
    words: int
    pages: int


def offered_forms(profile: Profile, library: Library) -> tuple[Proposal, tuple[Offer, ...]]:
    """What the facts propose, and each form that the deal can take with the length of the annex in it."""
    proposal = proposed_form(profile, library)
    made = {form.id: _composed(replace(profile, form=form.id), library) for form in library.forms.values()}
    offers = tuple(
        Offer(form=library.forms[id_], words=words_of(annex), pages=round(estimated_pages(annex)))
        for id_, annex in made.items()
        if annex
    )
    if offers and made[proposal.form.id] is None:
        because = f"The {proposal.form.title.lower()} can't be composed for this deal."
        proposal = Proposal(form=library.forms[FULL], because=because)
    return proposal, offers


def said_offers(proposal: Proposal, offers: Iterable[Offer]) -> Iterator[str]:
    """The proposal and the choice, a line for each form that the deal can take."""
    yield f"Proposed: the {proposal.form.title.lower()}. {proposal.because}"
    for offer in offers:
        yield f"  {offer.form.id}: about {offer.pages} pages, {offer.words:,} words"


# -- what a form gives up ---------------------------------------------------------------------------------------------


def form_problems(resolution: Resolution, annex: Annex) -> Iterator[Diagnostic]:
    """What an annex of a form with an outline does not do: requirements that the full one answers, and values not printed."""
    if not resolution.form.outline:
        return
    yield from _unprinted(resolution, annex)
    full, _ = resolve(replace(resolution.profile, form=FULL), resolution.library)
    if full is not None:
        yield from _uncovered(resolution, annex, full)


def _composed(profile: Profile, library: Library) -> Annex | None:
    resolution, _ = resolve(profile, library)
    return compose_annex(resolution)[0] if resolution else None


def _uncovered(resolution: Resolution, annex: Annex, full: Resolution) -> Iterator[Diagnostic]:
    """A warning for each framework of which the full form answers requirements that this one does not."""
    form, judge = resolution.form.id, judge_of(full)
    requirements = Requirements(full, judge, Promised(full, judge))
    answered = {(r.framework, r.ref) for r in annex.coverage if r.state in ("covered", "not asked")}
    begun = {(r.framework, r.ref) for r in annex.coverage if r.state == "partly"}
    for framework in resolution.profile.frameworks:
        if all((r.framework, r.ref) in answered for r in annex.coverage if r.framework == framework):
            continue
        asked = resolution.library.frameworks[framework].references.values()
        met = ((r, requirements.met(framework, r)) for r in asked)
        rows = [r for r, m in met if m.paragraphs and not m.lacking]
        missing = [r for r in rows if (framework, r.ref) not in answered]
        lost = [r for r in missing if (framework, r.ref) not in begun]
        partly = [r.ref for r in missing if (framework, r.ref) in begun]
        if not missing:
            continue
        short = resolution.library.frameworks[framework].short
        terms, others = ([r.ref for r in lost if (r.kind == "contract_term") is wanted] for wanted in (True, False))
        told = [f"contract terms: {_some(terms)}"] if terms else []
        told += [f"controls and deadlines: {_some(others)}"] if others else []
        told += [f"answered only in part: {_some(partly)}"] if partly else []
        verdict = f"can't carry {short}" if terms else f"does not answer all of {short}"
        yield Diagnostic(
            rule="form-cover",
            severity=Severity.WARNING if terms else Severity.NOTE,
            message=f"the {form} form {verdict}: of {len(rows)} requirements that the full form answers, "
            f"{_fall(len(lost))}; {'; '.join(told)}",
            at=resolution.profile.at("form"),
            hint=f"choose `form: {FULL}`, or see that another document holds these terms"
            if terms
            else f"`form: {FULL}` answers them",
        )


def _fall(count: int) -> str:
    return "none falls" if not count else f"{count} falls" if count == 1 else f"{count} fall"


def _some(refs: list[str]) -> str:
    shown = "; ".join(refs[:_FALLING])
    return f"{shown} and {len(refs) - _FALLING} more" if len(refs) > _FALLING else shown


def _unprinted(resolution: Resolution, annex: Annex) -> Iterator[Diagnostic]:
    """A warning for each value that the profile sets and that the wording of the form neither prints nor tests."""
    tested = {name for resolved in resolution.clauses for name in _tested(resolution, resolved)}
    roles = {resolution.library.roles.get(role, "") for role in CREDIT_ROLES}
    for name, setting in resolution.settings.items():
        if name in resolution.profile.settings and not {name} & (annex.parameters.keys() | tested | roles):
            owner = resolution.library.owners[name]
            yield Diagnostic(
                rule="setting-without-effect",
                severity=Severity.WARNING,
                message=f"`{name}` has no effect: the {resolution.form.id} wording of `{owner.id}` does not print it",
                at=resolution.profile.settings[name].at,
                hint=f"take it out, or choose `form: {FULL}`, which prints it",
            )


def _tested(resolution: Resolution, resolved: ResolvedClause) -> Iterator[str]:
    """The names on which the wording of a clause depends."""
    parts = chosen_parts(resolved.clause.parts, resolution.law, resolution.form.id).values()
    texts: tuple[Variant | Part, ...] = (resolved.variant, *parts)
    for text in texts:
        template, _ = parsed(text)
        for test in tests_of(template.steps) if template else ():
            yield from test.names


# -- pages ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A clause that could be left out of an annex, and the words that would save, those of its definitions included."""

    clause: str
    words: int


def page_problems(resolution: Resolution, annex: Annex, counted: int | None = None) -> Iterator[Diagnostic]:
    """A warning where the annex is longer than the profile's `max_pages`, with what could go; `counted` are its real pages."""
    most = resolution.profile.max_pages
    pages = counted if counted is not None else round(estimated_pages(annex))
    if most is None or pages <= most:
        return
    words = words_of(annex)
    over = round((pages - most) / pages * words)
    options = optional_clauses(resolution, annex)
    enough: list[Option] = []
    for option in options:
        if sum(o.words for o in enough) < over:
            enough.append(option)
    shown = "; ".join(f"`{o.clause}` ({o.words:,} words)" for o in options)
    if not options:
        hint = (
            "no clause of it depends on a fact or on the profile: leave a subject out with a reason under `exclude`, "
            "choose a shorter form, or raise `max_pages`"
        )
    elif sum(o.words for o in enough) < over:
        hint = (
            f"leaving out all that depends on facts is not enough: {shown}; choose a shorter form or raise `max_pages`"
        )
    else:
        hint = f"what depends on facts: {shown}; leaving out {series([f'`{o.clause}`' for o in enough])} would do"
    yield Diagnostic(
        rule="max-pages",
        severity=Severity.WARNING,
        message=f"the annex has {'' if counted is not None else 'about '}{pages} pages and {words:,} words, "
        f"and `max_pages` is {most}: about {over:,} words too many",
        at=resolution.profile.at("max_pages"),
        hint=hint,
    )


def optional_clauses(resolution: Resolution, annex: Annex) -> list[Option]:
    """The clauses that what the profile says brings in and that can be left out, the longest first."""
    profile, library = resolution.profile, resolution.library
    words, out = words_of(annex), []
    for resolved in resolution.clauses:
        id_ = resolved.clause.id
        when = brought_in(resolved.clause, resolution.form)
        said_so = any(t.kind == "framework" or t.name in profile.facts for t in when.tests())
        if not (said_so or id_ in profile.include):
            continue
        without = replace(
            profile,
            include={c: at for c, at in profile.include.items() if c != id_},
            exclude={**profile.exclude, id_: ("", profile.at("max_pages"))},
        )
        shorter = _composed(without, library)
        if shorter is not None:
            out.append(Option(clause=id_, words=words - words_of(shorter)))
    return sorted(out, key=lambda o: (-o.words, o.clause))
