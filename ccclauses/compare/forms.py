"""Two annexes of different forms → what one gives up against the other, subject by subject.

Their sentences have little in common, so that a comparison of words would say nothing. What both are made of has: duties,
failures that carry a credit, values and requirements, each with a name that stays the same from one form to the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from ..common.length import estimated_pages, words_of
from ..model.annex import Annex
from ..model.library.form import FULL
from ..model.obligation import Obligation

Name = TypeVar("Name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A clause in both annexes: how many duties each states, and in words those that one alone states."""

    clause: str
    title: str
    before: int
    after: int
    lost: tuple[str, ...]
    gained: tuple[str, ...]
    gone: bool  # whether the annex after has nothing of the clause
    new: bool  # and the one before


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsCompared:
    """What an annex gives up and gains against another of another form."""

    before: str
    after: str
    lengths: tuple[tuple[str, int, int], ...]  # form, pages, words
    subjects: tuple[Subject, ...]
    failures: tuple[tuple[str, ...], tuple[str, ...]]  # labels of those that carry a credit, lost and gained
    values: tuple[tuple[str, ...], tuple[str, ...]]  # labels of the values that are stated, lost and gained
    changed: tuple[tuple[str, str, str], ...]  # label of a value that both state, before, after
    requirements: tuple[tuple[str, ...], tuple[str, ...]]  # lost and gained


def compare_forms(before: Annex, after: Annex, names: tuple[str, str]) -> FormsCompared:
    """What changes from an annex to one of another form."""
    full = before if before.form == FULL else after
    titles = {c.id: c.title for annex in (before, after, full) for c in annex.clauses}
    order = list(dict.fromkeys(c.id for annex in (full, before, after) for c in annex.clauses))
    values = [{n: e.label for n, e in annex.parameters.items()} for annex in (before, after)]
    failures = [{n: s.label for n, s in annex.sanctions.items()} for annex in (before, after)]
    answered = [
        {(r.framework, r.ref): f"{r.framework} {r.ref}" for r in annex.coverage if r.state == "covered"}
        for annex in (before, after)
    ]
    return FormsCompared(
        before=names[0],
        after=names[1],
        lengths=tuple((a.form, round(estimated_pages(a)), words_of(a)) for a in (before, after)),
        subjects=tuple(_subject(id_, titles[id_], before, after) for id_ in order),
        failures=_apart(*failures),
        values=_apart(*values),
        changed=tuple(
            (entry.label, entry.text, after.parameters[name].text)
            for name, entry in before.parameters.items()
            if name in after.parameters and after.parameters[name].value != entry.value
        ),
        requirements=_apart(*answered),
    )


def _subject(clause: str, title: str, before: Annex, after: Annex) -> Subject:
    duties = [[o for o in annex.obligations if o.clause == clause] for annex in (before, after)]
    stated = [{_paragraph(o) for o in own} for own in duties]
    held = [any(c.id == clause for c in annex.clauses) for annex in (before, after)]
    return Subject(
        clause=clause,
        title=title,
        before=len(duties[0]),
        after=len(duties[1]),
        lost=_words(o for o in duties[0] if _paragraph(o) not in stated[1]),
        gained=_words(o for o in duties[1] if _paragraph(o) not in stated[0]),
        gone=held[0] and not held[1],
        new=held[1] and not held[0],
    )


def _paragraph(obligation: Obligation) -> str:
    return obligation.id.partition("/")[0]


def _words(obligations: Iterable[Obligation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{o.action} {o.object}" for o in obligations))


def _apart(before: Mapping[Name, str], after: Mapping[Name, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The labels of what one side alone has: before, and after."""
    lost = dict.fromkeys(label for name, label in before.items() if name not in after)
    gained = dict.fromkeys(label for name, label in after.items() if name not in before)
    return tuple(lost), tuple(gained)
