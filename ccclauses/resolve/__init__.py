"""Library × Profile → Resolution: which clauses are in and why, the wording of each, each value and its source.

selection     the clauses and their reasons
variants      the wording for the posture, the law and the language
settings      the values before any ceiling
facts         what is true of the deal, said, assumed or following from what is listed
constraints   ceilings and rules across clauses
judge, situation, names   conditions, and what their names represent
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from ..model.diagnostic import Diagnostic, Severity, errors, nearest
from ..model.library.form import FULL
from ..model.library.library import Definition, Library
from ..model.library.scale import in_currency
from ..model.profile import Profile, Resolution, ResolvedClause
from .constraints import apply_constraints
from .facts import facts_in_force
from .judge import Judge
from .particulars import deed_problems, regional_calendar
from .selection import select
from .settings import first_settings, without_currency, without_effect
from .situation import Situation, posture_of
from .variants import choose_variant, deciding_axis, missing_variant

__all__ = ["resolve", "resolve_profile"]


def resolve(profile: Profile, library: Library, *, as_far: bool = False) -> tuple[Resolution | None, list[Diagnostic]]:
    """What the profile comes to under the library, with every problem; no resolution when one of them is an error.

    `as_far` gives one with errors too, wherever every value is there, so that later checks can go on.
    """
    library = in_currency(library, profile.currency)
    problems = _unknown_names(profile, library)
    if errors(problems):
        return None, problems
    law = library.laws[profile.law]
    if "law" in profile.open:
        law = replace(law, name=f"[{law.name}]")  # nobody has chosen it yet
    facts = facts_in_force(profile, library)
    situation = Situation(profile, library, law, facts)
    selection, found = select(profile, library, situation.judge)
    problems += found

    clauses = []
    headings = {member.clause: article.title for article, member in library.forms[profile.form].members()}
    above = ""  # the heading that the clauses before are under
    for clause_id, because in selection.reasons.items():
        clause = library.clauses[clause_id]
        posture = posture_of(profile, clause)
        wanted = (clause, posture, law, profile.language, profile.form)
        variant = choose_variant(*wanted)
        if variant is None:
            problems.append(missing_variant(*wanted))
            continue
        heading = headings.get(clause_id, clause.title)
        resolved = ResolvedClause(
            clause=clause,
            variant=variant,
            posture=posture,
            because=because,
            heading=heading,
            joined=clause_id in headings and heading == above,
            chosen_by=deciding_axis(clause, variant, *wanted[1:]),
        )
        clauses.append(resolved)
        above = heading

    if not selection.reasons and profile.form != FULL:
        message = f"the library has no clause in the {profile.form} form for this profile"
        hint = f"leave `form` out for the {FULL} form"
        problems.append(Diagnostic(rule="no-clauses", message=message, at=profile.at("form"), hint=hint))
    situation.settings, found = first_settings(profile, law, clauses)
    problems += found
    problems += without_currency(profile, situation.settings.values())
    problems += without_effect(profile, situation.settings, library.owners)
    situation.clauses = tuple(c.clause for c in clauses)
    situation.settled = True
    judge = situation.judge(set(selection.reasons))
    problems += apply_constraints(situation, judge)
    definitions, found = _definitions(library, judge)
    problems += found
    if "law" not in profile.unread:
        problems += [
            Diagnostic(rule="law", severity=Severity.NOTE, message=f"{law.short}: {warning}", at=profile.at("law"))
            for warning in law.warnings
        ]
        problems += deed_problems(profile, law)
    problems += regional_calendar(profile)
    lacking = any(d.rule in ("missing-value", "missing-variant", "missing-currency") for d in problems)
    if errors(problems) and (lacking or not as_far):
        return None, problems
    return (
        Resolution(
            profile=profile,
            library=library,
            law=law,
            numbering=library.numberings[law.numbering],
            postures=library.postures,
            clauses=tuple(clauses),
            left_out=selection.left_out,
            settings=MappingProxyType(situation.settings),
            facts=facts,
            definitions=definitions,
        ),
        problems,
    )


def _unknown_names(profile: Profile, library: Library) -> list[Diagnostic]:
    """Errors for names that the library does not know, in a profile that was not read against it."""
    asked = [
        ("law", [(profile.law, profile.at("law"))], library.laws),
        ("posture", [(profile.posture, profile.at("posture"))], library.postures),
        ("form", [(profile.form, profile.at("form"))], library.forms),
        ("posture", [(p, profile.at(f"postures.{t}")) for t, p in profile.postures.items()], library.postures),
        ("topic", [(t, profile.at(f"postures.{t}")) for t in profile.postures], library.topics),
        ("framework", [(f, profile.at("frameworks")) for f in profile.frameworks], library.frameworks),
        ("fact", [(f, a.at) for f, a in profile.facts.items()], library.facts),
        ("clause", list(profile.include.items()), library.clauses),
        ("clause", [(c, at) for c, (_, at) in profile.exclude.items()], library.clauses),
    ]
    problems = [
        Diagnostic(
            rule=f"unknown-{what}",
            message=f"unknown {what} `{name}`",
            at=at,
            hint=library.nearest_clause(name) if what == "clause" else nearest(name, known),
        )
        for what, names, known in asked
        for name, at in names
        if name not in known
    ]
    problems += [
        Diagnostic(
            rule="included-and-excluded",
            message=f"the profile both includes and excludes `{clause}`",
            at=profile.exclude[clause][1],
            hint="keep one of the two",
        )
        for clause in profile.include
        if clause in profile.exclude
    ]
    problems += [
        Diagnostic(
            rule="unknown-parameter", message=f"unknown parameter `{n}`", at=a.at, hint=nearest(n, library.owners)
        )
        for n, a in profile.settings.items()
        if n not in library.owners
    ]
    return problems


def _definitions(library: Library, judge: Judge) -> tuple[tuple[Definition, ...], list[Diagnostic]]:
    """The definitions that may be used; two for one term at once are an error."""
    chosen: dict[str, Definition] = {}
    problems = []
    for definition in library.definitions.values():
        if definition.when.parts and not judge.applies(definition.when):
            continue
        other = chosen.setdefault(definition.term, definition)
        if other is not definition:
            problems.append(
                Diagnostic(
                    rule="twice-defined",
                    message=f"`{definition.term}` is defined twice for this profile, here and at {other.at}",
                    at=definition.at,
                    hint="give the two conditions that exclude each other",
                )
            )
    return tuple(chosen.values()), problems


# The public name: `ccclauses.resolve` is this package, so the function needs one of its own next to it.
resolve_profile = resolve
