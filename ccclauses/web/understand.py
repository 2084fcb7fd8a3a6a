"""A clause explained: what it is for, why it is in, its ladder side by side, what it answers, what to say about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..catalogue import clause_dict
from ..compare.wording import change_words
from ..model.clause import Clause, Law, Library
from ..model.comparison import WordChange
from ..model.form import FULL
from ..model.profile import Resolution
from ..rungs import Rung, ladder_rungs


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One rung of the ladder; each line is told as what differs from the rung above."""

    label: str
    current: bool
    values: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, tuple[WordChange, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseView:
    """All that the page tells of a clause."""

    clause: Clause
    about: dict[str, object]
    why: tuple[str, ...]
    steps: tuple[Step, ...]


def view_clause(clause: Clause, library: Library, resolution: Resolution | None) -> ClauseView:
    """The clause under the law of the deal, with the reasons why it is in or out."""
    law = resolution.law if resolution else next(iter(library.laws.values()))
    chosen = next((c for c in resolution.clauses if c.clause.id == clause.id), None) if resolution else None
    out = next((c.because for c in resolution.left_out if c.clause.id == clause.id), "") if resolution else ""
    why = chosen.because if chosen else (f"Not in this annex: {out}",) if out else ()
    titles = {c.id: c.title for c in library.clauses.values()}
    why = tuple(re.sub(r"`([a-z0-9-]+)`", lambda m: titles.get(m[1], m[1]), reason).replace("`", "") for reason in why)
    return ClauseView(
        clause=clause,
        about=clause_dict(clause, library, "", law),
        why=why,
        steps=tuple(
            _steps(clause, library, law, chosen.posture if chosen else "", chosen.variant.form if chosen else FULL)
        ),
    )


def _steps(clause: Clause, library: Library, law: Law, posture: str, form: str) -> list[Step]:
    above: Rung | None = None
    out = []
    for rung in ladder_rungs(clause, library, law, form):
        labels = {n: p.label for n, p in clause.parameters.items()}
        out.append(
            Step(
                label=library.postures[rung.posture].label,
                current=rung.posture == posture,
                values=tuple((labels[n], v) for n, v in rung.values.items()),
                lines=_lines(rung, above),
            )
        )
        above = rung
    return out


def _lines(rung: Rung, above: Rung | None) -> tuple[tuple[str, tuple[WordChange, ...]], ...]:
    before = {line.label or line.number: line.text for line in above.lines} if above else {}
    found: list[tuple[str, Sequence[WordChange]]] = []
    for line in rung.lines:
        old = before.get(line.label or line.number, line.text if above is None else "")
        found.append((line.number, change_words(old, line.text)))
    return tuple((number, tuple(words)) for number, words in found)
