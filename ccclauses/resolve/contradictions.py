"""Facts of a profile that contradict what it lists, and facts that keep out no clause although they seem to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..common.places import in_sentence
from ..model.diagnostic import Diagnostic, Position, Severity
from ..model.library.clause import Clause
from ..model.library.library import Library
from ..model.profile import Profile
from .facts import abroad

_FEW = 3


def contradictions(profile: Profile, library: Library, reasons: Mapping[str, tuple[str, ...]]) -> Iterator[Diagnostic]:
    """Each contradiction in one sentence with both places; `reasons` are those for the clauses that are in the annex."""
    if "parties" not in profile.unread and "cross_border" in library.facts:
        yield from _abroad(profile)
    if (
        profile.subcontractors
        and "subcontractors_used" not in profile.unread
        and _said_no(profile, "subcontractors_used")
    ):
        listed = profile.subcontractors[0]
        yield _both(
            profile,
            "subcontractors_used",
            f"the profile lists {listed.name} as a subcontractor, whom the annex would authorise",
            listed.at,
            "write `subcontractors_used: yes`, or take the subcontractor out",
        )
    yield from _kept_in(profile, reasons, library.clauses.values())
    yield from _left_out(profile, library)


def _abroad(profile: Profile) -> Iterator[Diagnostic]:
    """Places outside the client's country where the deal is said to stay in it."""
    outside = abroad(profile)
    if not outside or "cross_border" in profile.unread:
        return
    named = ", ".join(f"{what} in {in_sentence(country)}" for what, country, _ in outside)
    hint = "write `cross_border: yes`, which brings the terms for transfers, or take the place out"
    if _said_no(profile, "cross_border"):
        yield _both(profile, "cross_border", f"the profile lists {named}", outside[0][2], hint)
    elif "cross_border" not in profile.facts:
        yield Diagnostic(
            rule="contradiction",
            severity=Severity.WARNING,
            message=f"the profile lists {named}, and does not say that client data is seen or kept abroad, so that the "
            "terms for transfers stay out",
            at=outside[0][2],
            hint="write `cross_border: yes` under `facts`",
        )


def _said_no(profile: Profile, fact: str) -> bool:
    asked = profile.facts.get(fact)
    return asked is not None and asked.value is False and not asked.unknown


def _both(profile: Profile, fact: str, message: str, at: Position, hint: str) -> Diagnostic:
    written = profile.facts[fact].at
    return Diagnostic(
        rule="contradiction",
        message=f"`{fact}: no` and line {at.line} contradict each other: {message}",
        at=written,
        hint=hint,
    )


def _left_out(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """A fact that is said to be so, and whose own clause is left out: the rest of the annex then speaks of it all the same."""
    for clause_id, (_, at) in profile.exclude.items():
        clause = library.clauses.get(clause_id)
        tests = tuple(clause.applies_when.tests()) if clause else ()
        fact = tests[0].name if len(tests) == 1 and tests[0].kind == "name" and not tests[0].operator else ""
        asked = profile.facts.get(fact)
        if clause and asked and asked.value is True and not asked.unknown and not tests[0].negated:
            yield Diagnostic(
                rule="contradiction",
                severity=Severity.WARNING,
                message=f"`{fact}: yes` and the exclusion of “{clause.title}” on line {at.line} contradict each other: what the "
                "clause rules is then done without its terms, and other paragraphs still speak of it",
                at=asked.at,
                hint=f"write `{fact}: no` if it is not to be, or let the clause in",
            )


def _kept_in(
    profile: Profile, reasons: Mapping[str, tuple[str, ...]], clauses: Iterable[Clause]
) -> Iterator[Diagnostic]:
    """Facts that are denied and would bring a clause in, which is in for another reason."""
    known = {c.id: tuple(c.applies_when.tests()) for c in clauses}
    for clause_id, why in reasons.items():
        # Where many facts bring a clause in, nobody expects one of them to keep it out.
        for test in known[clause_id] if len(known.get(clause_id, ())) <= _FEW else ():
            if test.kind == "name" and not test.operator and not test.negated and _said_no(profile, test.name):
                yield Diagnostic(
                    rule="fact-without-effect",
                    severity=Severity.WARNING,
                    message=f"`{test.name}: no` does not keep `{clause_id}` out of the annex: {why[0]}",
                    at=profile.facts[test.name].at,
                    hint=f"exclude `{clause_id}` with a reason if it is not wanted",
                )
