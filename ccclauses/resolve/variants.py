"""Which wording of a clause serves a posture, a governing law, a language and a form."""

from __future__ import annotations

from ..model.diagnostic import Diagnostic
from ..model.library.clause import Clause, Variant
from ..model.library.form import FULL
from ..model.library.library import Law, closest

AXES = ("posture", "form", "law", "language")
Fit = tuple[int, ...]  # how well a wording suits on each axis; 0 where it does not serve at all


def fit_of(variant: Variant, posture: str, law: Law, language: str, form: str = FULL) -> Fit:
    """How close a wording is to what is wanted, axis by axis, the axis that counts most first."""
    return (
        int(posture in variant.postures),
        int(form == variant.form),
        closest(variant.laws, law),
        _speaks(variant.language, language),
    )


def choose_variant(clause: Clause, posture: str, law: Law, language: str, form: str = FULL) -> Variant | None:
    """The wording that serves on every axis and is the closest; of equals the first."""
    best: Fit = ()
    found = None
    for variant in clause.variants:
        fit = fit_of(variant, posture, law, language, form)
        if all(fit) and fit > best:
            best, found = fit, variant
    return found


def deciding_axis(clause: Clause, chosen: Variant, posture: str, law: Law, language: str, form: str = FULL) -> str:
    """The axes on which the other wordings of a clause fell behind the chosen one; empty when it has no other."""
    best = fit_of(chosen, posture, law, language, form)
    lost = set()
    for variant in clause.variants:
        if variant is not chosen:
            fit = fit_of(variant, posture, law, language, form)
            lost.add(next((axis for axis, a, b in zip(AXES, fit, best) if a < b), "order"))
    return ", ".join(axis for axis in (*AXES, "order") if axis in lost)


def _speaks(offered: str, wanted: str) -> int:
    if offered == wanted:
        return 2
    return 1 if offered.split("-")[0] == wanted.split("-")[0] else 0


def missing_variant(clause: Clause, posture: str, law: Law, language: str, form: str = FULL) -> Diagnostic:
    """The diagnostic for a clause without a wording; it says what there is."""
    offered = "; ".join(
        f"{', '.join(v.postures)} ({', '.join(v.laws) or 'any law'}, {v.language}{'' if v.form == FULL else f', {v.form} form'})"
        for v in clause.variants
    )
    where = "" if form == FULL else f" in the {form} form"
    return Diagnostic(
        rule="missing-variant",
        message=f"clause `{clause.id}` has no wording for the {posture} posture under {law.short} law in `{language}`{where}",
        at=clause.at,
        hint=f"it has wordings for {offered}" if offered else "write a variant for it",
    )
