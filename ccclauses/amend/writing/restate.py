"""A signed annex → the same deal in another form, by an amendment that restates the annex as a whole.

Sentences of two forms have little in common, so that nothing could be replaced paragraph by paragraph. The values that the
parties agreed are over. What they negotiated in words does not: each such clause is listed with both wordings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType

from ...compare.forms import compare_forms
from ...model.annex import Annex, Table
from ...model.diagnostic import Diagnostic
from ...model.findings.amendment import Amended, Left
from ...model.library.library import Library
from ...model.profile import Asked, Profile
from ...report.diff.diff_forms import write_forms_text
from ..composing import Composed, composed, fitted
from ..known import Known
from ..merging.reasons import clause_words
from ..merging.same import same_clause
from .document import Terms, effect_words, in_short, named_part, numbered, opening_recitals
from .row_changes import capital

_NEGOTIATED = "its signed words are not the old library's; the restated annex has the library's own"
_REASON = "The parties wish to state their security terms in the {} form of the Annex."
_UNKNOWN = "its signed words are not those of the old library as far as that is known; compare the two"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """The deal in another form, the clauses whose signed words it does not take over, and what changes by subject."""

    made: Composed
    amended: tuple[Amended, ...]
    left: tuple[Left, ...]
    by_subject: str


def restate(known: Known, new: Library, form: str) -> tuple[Restated | None, list[Diagnostic]]:
    """The signed deal under the new library in a form; None when it makes no annex there."""
    made, problems = composed(fitted(_in_form(known, new, form), new), new)
    if made is None:
        return None, problems
    annex = made.annex
    names = (f"{known.signed.reference or known.signed.title} as signed", "restated")
    return (
        Restated(
            made=made,
            amended=tuple(_amended(annex, form)),
            left=tuple(_left(known, annex)),
            by_subject=write_forms_text(compare_forms(known.signed, annex, names)),
        ),
        [],
    )


def _in_form(known: Known, new: Library, form: str) -> Profile:
    """The profile of the deal in the form, with every value that the signed annex states.

    A profile that was made from the annex leaves out what the signed form had no place for; the other form decides anew.
    """
    held = {c.id for c in new.clauses.values() if c.worded(form) and new.forms[form].carries(c.id)}
    at = known.profile.at("settings")
    stated = {n: Asked(value=e.value, at=at) for n, e in known.signed.parameters.items()}
    exclude = {} if known.made else known.profile.exclude
    return replace(
        known.profile,
        form=form,
        settings=MappingProxyType({**known.profile.settings, **stated}),
        include={c: at for c, at in known.profile.include.items() if c in held},
        exclude=exclude,
    )


def _amended(annex: Annex, form: str) -> Iterator[Amended]:
    for clause in annex.clauses:
        if not clause.joined:
            yield Amended(
                kind="clause",
                id=clause.id,
                number=clause.number,
                title=clause.title,
                what="replaced",
                why=(f"the annex is restated in the {form} form",),
            )


def _left(known: Known, annex: Annex) -> Iterator[Left]:
    """The clauses whose signed words are not the old library's, with those that the restated annex has instead."""
    was = {c.id: c for c in known.old.clauses} if known.old else {}
    now = {c.id: c for c in annex.clauses}
    for clause in known.signed.clauses:
        if clause.id in was and same_clause(clause, was[clause.id]):
            continue
        yield Left(
            kind="clause",
            id=clause.id,
            number=clause.number,
            title=clause.title,
            why="not known" if known.made else "negotiated",
            reason=_UNKNOWN if known.made else _NEGOTIATED,
            signed=clause_words(clause),
            library=clause_words(now[clause.id]) if clause.id in now else "",
        )


def write_restatement(signed: Annex, annex: Annex, terms: Terms) -> Annex:
    """The amendment by which the annex is restated in the form that is attached to it."""
    attached = f"the text attached to this Amendment ({annex.title}, {len(annex.headed)} clauses, {annex.form} form)"
    parts = (
        (
            "Restatement of this Annex",
            (
                numbered(
                    f"With effect from {effect_words(signed, terms)}, the parties replace the Annex as a whole, its Key Terms, "
                    f"definitions and schedules included, by {attached}."
                ),
                numbered("Each party initials the attached text or signs it together with this Amendment."),
                numbered(
                    "From then on a reference to the Annex, in the Agreement or elsewhere, is one to the attached text, and a "
                    "reference to a clause of the Annex is one to the clause of the attached text on the same subject."
                ),
            ),
        ),
        (
            "What stays as it is",
            (
                numbered(
                    "Rights and duties that arose before this Amendment takes effect, Credits included, follow the Annex as "
                    "it then was. A period that runs on that day ends as the Annex then said."
                ),
                numbered("This Amendment is part of the Annex and is governed by the same law."),
            ),
        ),
    )
    why = replace(terms, reason=terms.reason.strip() or _REASON.format(annex.form))
    return named_part(signed, terms, parts, opening_recitals(signed, why), _in_short(signed, annex, terms))


def _in_short(signed: Annex, annex: Annex, terms: Terms) -> Table:
    rows = [
        ("Form", f"{capital(annex.form)} form, in place of the {signed.form} form"),
        ("Clauses", "; ".join(f"{c.number.rstrip('.')} {c.title}" for c in annex.headed)),
    ]
    return in_short(signed, terms, rows)
