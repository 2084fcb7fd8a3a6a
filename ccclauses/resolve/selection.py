"""Which clauses are in an annex and why, which are left out and why, and what stands against the choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..load.library.paragraphs import labels_of
from ..model.diagnostic import Diagnostic, Severity
from ..model.library.clause import Clause
from ..model.library.condition import Condition, Test
from ..model.library.form import Form
from ..model.library.library import Library
from ..model.profile import LeftOut, Profile
from .judge import Judge, NotInForce, said

_MANY = 3  # clauses that rest on one: nobody excludes so many
References = Mapping[tuple[str, str], list[str]]  # (framework, reference) → clauses that map to it, in annex order


@dataclass(frozen=True, slots=True)
class Selection:
    """The clauses in annex order, each with its reasons, and those left out."""

    reasons: Mapping[str, tuple[str, ...]]
    left_out: tuple[LeftOut, ...]


def select(
    profile: Profile, library: Library, judge_for: Callable[[set[str]], Judge]
) -> tuple[Selection, list[Diagnostic]]:
    """Choose the clauses; `judge_for` gives a judge of conditions for a set of clauses taken to be in."""
    form = library.forms[profile.form]
    order = annex_order(library, form)
    excluded = {c for c in profile.exclude if c in order}
    answers = _answers(profile, library, form, order)
    chosen = {c for c in profile.include if c in order} - excluded
    conditions = {c: brought_in(library.clauses[c], form) for c in order}
    requires = {c: _required(library.clauses[c], form, conditions) for c in order}
    while True:
        # The set only grows, so this ends; what came in because of one clause may bring in more.
        judge = judge_for(chosen)
        grown = chosen | {c for c in order if c not in excluded and judge.applies(conditions[c])}
        _add_required(grown, excluded, requires)
        if grown == chosen:
            pulled = _to_cover(answers, library, chosen, excluded)
            if not pulled:
                break
            grown = chosen | {pulled}
        chosen = grown
    required_by, answered_by = _required_by(requires, chosen), _answered_by(library, answers)
    reasons = {
        c: _reasons(c, conditions[c], profile, judge, required_by.get(c, []), answered_by.get(c, {}))
        for c in order
        if c in chosen
    }
    left_out = tuple(
        LeftOut(clause=clause, because=_left_out(clause, form, conditions.get(clause.id), profile, judge))
        for clause in _by_topic(library)
        if clause.id not in chosen
    )
    problems = [
        *_not_in_form(profile, library, form, order),
        *_excluded_but_required(profile, requires, reasons),
        *_conflicts(profile, library, reasons),
        *_uncovered(profile, library, chosen, excluded, answers),
    ]
    return Selection(reasons, left_out), problems


def _by_topic(library: Library) -> list[Clause]:
    # Topics give the order of the annex; within a topic it is that of the library. Sorting is stable.
    return sorted(library.clauses.values(), key=lambda c: library.topics[c.topic].order)


def annex_order(library: Library, form: Form) -> list[str]:
    """The clauses that an annex of the form may hold, in the order of its outline, or else of the topics."""
    if form.outline:
        return [member.clause for _, member in form.members() if member.clause in library.clauses]
    return [c.id for c in _by_topic(library) if c.worded(form.id) or not c.variants]


def brought_in(clause: Clause, form: Form) -> Condition:
    """When the clause belongs in an annex of the form."""
    member = form.member(clause.id)
    return member.when if member and member.when else clause.applies_when


def _required(clause: Clause, form: Form, conditions: Mapping[str, Condition]) -> tuple[str, ...]:
    """The clauses that one can't do without. A wording of an outline refers to another that has a condition only if it is in."""
    known = (c for c in clause.requires if c in conditions)
    return tuple(c for c in known if not form.outline or not conditions[c].parts)


def _add_required(chosen: set[str], excluded: set[str], requires: Mapping[str, tuple[str, ...]]) -> None:
    waiting = list(chosen)
    while waiting:
        for required in requires[waiting.pop()]:
            if required not in chosen and required not in excluded:
                chosen.add(required)
                waiting.append(required)


def _answers(profile: Profile, library: Library, form: Form, order: list[str]) -> References:
    """For each reference of the frameworks that are on, the clauses of which a wording of the form answers it."""
    answers: dict[tuple[str, str], list[str]] = {}
    for framework in profile.frameworks:
        mapped: dict[str, list[str]] = {}
        for clause in order:
            printed = labels_of(library.clauses[clause], form.id)
            for ref, labels in library.clauses[clause].maps_to.get(framework, {}).items():
                if printed.intersection(labels):
                    mapped.setdefault(ref, []).append(clause)
        known = library.frameworks.get(framework)
        for ref in known.references if known else mapped:
            if ref in mapped:
                answers[framework, ref] = mapped[ref]
    return answers


def _to_cover(answers: References, library: Library, chosen: set[str], excluded: set[str]) -> str:
    """The first clause that would answer a contract term that nothing in the annex answers yet; else an empty string.

    Only contract terms pull a clause in: a control is met by what the provider does, and a client that takes no card
    payments needs no clause on them because a standard has a control for them.
    """
    for (framework, ref), clauses in answers.items():
        if _is_contract_term(library, framework, ref) and not chosen.intersection(clauses):
            for clause in clauses:
                if clause not in excluded:
                    return clause
    return ""


def _is_contract_term(library: Library, framework: str, ref: str) -> bool:
    known = library.frameworks.get(framework)
    reference = known.references.get(ref) if known else None
    return reference is not None and reference.kind == "contract_term"


def _required_by(requires: Mapping[str, tuple[str, ...]], chosen: set[str]) -> dict[str, list[str]]:
    required: dict[str, list[str]] = {}
    for clause, others in requires.items():
        if clause in chosen:
            for other in others:
                required.setdefault(other, []).append(clause)
    return required


def _answered_by(library: Library, answers: References) -> dict[str, dict[str, list[str]]]:
    """For each clause, by the short name of each framework, the references that it answers."""
    answered: dict[str, dict[str, list[str]]] = {}
    for (framework, ref), clauses in answers.items():
        known = library.frameworks.get(framework)
        for clause in clauses:
            answered.setdefault(clause, {}).setdefault(known.short if known else framework, []).append(ref)
    return answered


def _reasons(
    clause: str,
    when: Condition,
    profile: Profile,
    judge: Judge,
    required_by: list[str],
    answered: Mapping[str, list[str]],
) -> tuple[str, ...]:
    reasons = []
    if not when.parts:
        reasons.append("always in an annex")
    elif judge.applies(when):
        true = [t for t in when.tests() if judge.applies(Condition("all", (t,)))]
        reasons.append(f"applies because {' and '.join(dict.fromkeys(_state(t, judge) for t in true))}")
    if clause in profile.include:
        reasons.append(f"asked for by the profile ({profile.include[clause]})")
    if required_by:
        reasons.append(f"required by {', '.join(f'`{c}`' for c in required_by)}")
    reasons += [f"answers {framework}: {'; '.join(refs)}" for framework, refs in answered.items()]
    return tuple(reasons)


def _left_out(clause: Clause, form: Form, when: Condition | None, profile: Profile, judge: Judge) -> str:
    if clause.id in profile.exclude:
        reason, at = profile.exclude[clause.id]
        return f"excluded by the profile ({at}): {reason}"
    if when is None:
        return f"the {form.id} form has no wording of it"
    facts = "; ".join(dict.fromkeys(_state(test, judge) for test in when.tests()))
    return f"applies only when {when}: {facts}"


def _not_in_form(profile: Profile, library: Library, form: Form, order: list[str]) -> list[Diagnostic]:
    """Errors for clauses that the profile asks for and that the form has no wording of."""
    return [
        Diagnostic(
            rule="not-in-form",
            message=f"the profile includes `{clause}`, and the {form.id} form has no wording of it",
            at=at,
            hint=f"take it out, or choose another `form`; the {form.id} form holds {', '.join(order)}",
        )
        for clause, at in profile.include.items()
        if clause in library.clauses and clause not in order
    ]


def _state(test: Test, judge: Judge) -> str:
    if test.kind != "name":
        what = "on" if test.kind == "framework" else "in the annex"
        return f"{test.kind} `{test.name}` is {'' if judge.test(test) else 'not '}{what}"
    try:
        return f"`{test.name}` is {said(judge.value(test.name))}"
    except NotInForce:
        return f"`{test.name}` has no value here"


def _excluded_but_required(
    profile: Profile, requires: Mapping[str, tuple[str, ...]], reasons: Mapping[str, tuple[str, ...]]
) -> list[Diagnostic]:
    """One error for each excluded clause that others rest on, with those others and why they are in."""
    problems = []
    for excluded, (_, at) in profile.exclude.items():
        resting = [clause for clause in reasons if excluded in requires[clause]]
        if len(resting) > _MANY:
            message = f"`{excluded}` can't be left out: {len(resting)} other clauses rest on it"
            hint = f"keep `{excluded}`; its values and the posture of its topic can be softer"
        elif resting:
            first, *more = resting
            others = f", and so do {', '.join(f'`{c}`' for c in more)}" if more else ""
            message = f"the profile excludes `{excluded}`, but `{first}` rests on it ({reasons[first][0]}){others}"
            hint = f"keep `{excluded}`, or exclude {' and '.join(f'`{c}`' for c in resting)} too, each with a reason"
        if resting:
            problems.append(Diagnostic(rule="excluded-but-required", message=message, at=at, hint=hint))
    return problems


def _conflicts(profile: Profile, library: Library, reasons: Mapping[str, tuple[str, ...]]) -> list[Diagnostic]:
    pairs = {
        tuple(sorted((clause, other)))
        for clause in reasons
        for other in library.clauses[clause].conflicts
        if other in reasons and other != clause
    }
    return [
        Diagnostic(
            rule="conflicting-clauses",
            message=f"`{one}` and `{other}` can't be in one annex; `{one}` is in: {'; '.join(reasons[one])}; "
            f"`{other}` is in: {'; '.join(reasons[other])}",
            at=profile.include.get(other) or profile.include.get(one) or profile.at("posture"),
            hint=f"exclude `{one}` or `{other}` with a reason",
        )
        for one, other in sorted(pairs)
    ]


def _uncovered(
    profile: Profile, library: Library, chosen: set[str], excluded: set[str], answers: References
) -> list[Diagnostic]:
    """Warnings for contract terms that lost their clause because the profile excludes it: lawful, but unwise."""
    lost: dict[str, list[str]] = {}
    for (framework, ref), clauses in answers.items():
        if _is_contract_term(library, framework, ref) and not chosen.intersection(clauses):
            for clause in excluded.intersection(clauses):
                lost.setdefault(clause, []).append(f"{library.frameworks[framework].short} {ref}")
    return [
        Diagnostic(
            rule="excluded-cover",
            severity=Severity.WARNING,
            message=f"with `{clause}` excluded, nothing in the annex answers {'; '.join(refs)}",
            at=profile.exclude[clause][1],
            hint="keep the clause, or make sure that another document holds these terms",
        )
        for clause, refs in sorted(lost.items())
    ]
