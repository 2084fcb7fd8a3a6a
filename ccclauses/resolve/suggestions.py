"""Frameworks that the facts of a deal suggest and its profile does not switch on. None is ever switched on in silence."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.diagnostic import Diagnostic, Severity
from ..model.library.library import Framework, Library
from ..model.profile import Profile
from .facts import facts_in_force
from .situation import Situation


def suggested_frameworks(profile: Profile, library: Library) -> Iterator[tuple[Framework, str]]:
    """Each framework that is not on and that the deal suggests, with the reason in a sentence."""
    law = library.laws[profile.law]
    judge = Situation(profile, library, law, facts_in_force(profile, library)).judge(set())
    for framework in library.frameworks.values():
        if framework.id not in profile.frameworks:
            reason = next((r for r in framework.suggest_when if judge.applies(r.when)), None)
            if reason:
                yield framework, reason.because


def suggestions(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """The suggested frameworks as notes."""
    if profile.unread & {"frameworks", "facts", "parties"}:
        return
    for framework, because in suggested_frameworks(profile, library):
        yield Diagnostic(
            rule="framework-suggested",
            severity=Severity.NOTE,
            message=f"{framework.short} is not among the frameworks: {because}",
            at=profile.at("frameworks"),
            hint=f"add `{framework.id}` to `frameworks` if it applies; nothing is switched on without you",
        )
