"""Which wording of a clause serves a posture, a governing law and a language."""

from __future__ import annotations

from ..model.clause import Clause, Law, Variant, closest
from ..model.diagnostic import Diagnostic


def choose_variant(clause: Clause, posture: str, law: Law, language: str) -> Variant | None:
    """The wording that suits best: by law id before family before any, then by language; of equals the first."""
    best, found = (0, 0), None
    for variant in clause.variants:
        if posture in variant.postures:
            fit = (closest(variant.laws, law), _speaks(variant.language, language))
            if all(fit) and fit > best:
                best, found = fit, variant
    return found


def _speaks(offered: str, wanted: str) -> int:
    if offered == wanted:
        return 2
    return 1 if offered.split("-")[0] == wanted.split("-")[0] else 0


def missing_variant(clause: Clause, posture: str, law: Law, language: str) -> Diagnostic:
    """The diagnostic for a clause without a wording; it says what there is."""
    offered = "; ".join(
        f"{', '.join(v.postures)} ({', '.join(v.laws) or 'any law'}, {v.language})" for v in clause.variants
    )
    return Diagnostic(
        rule="missing-variant",
        message=f"clause `{clause.id}` has no wording for the {posture} posture under {law.short} law in `{language}`",
        at=clause.at,
        hint=f"it has wordings for {offered}" if offered else "write a variant for it",
    )
