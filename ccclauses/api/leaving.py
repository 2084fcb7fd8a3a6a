"""What falls when a clause is left out of a deal, told before anybody does it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..compare.annexes import exposure
from ..compose.annex import compose_annex
from ..compose.texts.wording import series
from ..model.annex import Annex, ClauseBlock, CoverageRow, Paragraph, Reference, Table
from ..model.diagnostic import Diagnostic, Severity, errors
from ..model.library.library import Library
from ..model.profile import Profile
from ..model.words.plurals import counted
from ..model.words.quantity import Money
from ..resolve import resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallen:
    """What goes with a clause.

    `needed_by` are clauses that rest on it, by their titles: while one of them stays, it can't be left out. `refused` says of
    any other reason why it can't.
    """

    needed_by: tuple[str, ...] = ()
    refused: str = ""
    answers: tuple[tuple[str, str, str], ...] = ()  # framework, reference and duty that nothing answers any more
    partly: tuple[tuple[str, str, str], ...] = ()  # those that are answered in part only from then on
    references: tuple[str, ...] = ()  # the paragraphs elsewhere that refer to it: "clause 14.2"
    clauses: tuple[str, ...] = ()  # titles of others that go with it
    credits: tuple[str, ...] = ()  # failures that cost nothing any more
    duties: int = 0
    month_before: Money | None = None
    month_after: Money | None = None


def leave_out(profile: Profile, library: Library, clause: str) -> Fallen:
    """What falls when a clause that is in the annex is left out."""
    without = replace(profile, exclude={**profile.exclude, clause: ("to be said", profile.at("exclude"))})
    before, _ = resolve(profile, library, as_far=True)
    after, problems = resolve(without, library, as_far=True)
    if before and any(p.rule == "excluded-but-required" for p in problems):
        needing = (c.clause for c in before.clauses if clause in c.clause.requires)
        return Fallen(needed_by=tuple(c.title for c in needing))
    old = compose_annex(before)[0] if before else None
    new, more = compose_annex(after) if after else (None, [])
    if old is None or not any(c.id == clause for c in old.clauses):
        return Fallen()
    if new is None:
        wrong = errors([*problems, *more])
        return Fallen(refused=wrong[0].message if wrong else "no annex can be made without it")
    return _fallen(old, new, clause, library)


def _fallen(old: Annex, new: Annex, clause: str, library: Library) -> Fallen:
    now = {(r.framework, r.ref): r for r in new.coverage if r.paragraphs}
    before = [(r, now.get((r.framework, r.ref))) for r in old.coverage if r.paragraphs]

    def named(rows: Iterable[CoverageRow]) -> tuple[tuple[str, str, str], ...]:
        return tuple((library.frameworks[r.framework].short, r.ref, r.duty) for r in rows)

    kept = {c.id for c in new.clauses}
    return Fallen(
        answers=named(r for r, after in before if after is None),
        partly=named(r for r, after in before if after and set(after.lacking) - set(r.lacking)),
        references=tuple(dict.fromkeys(_referring(old, clause))),
        clauses=tuple(library.clauses[c.id].title for c in old.clauses if c.id not in kept and c.id != clause),
        credits=tuple(dict.fromkeys(s.label for name, s in old.sanctions.items() if name not in new.sanctions)),
        duties=len(old.obligations) - len(new.obligations),
        month_before=exposure(old).month,
        month_after=exposure(new).month,
    )


def _referring(annex: Annex, clause: str) -> Iterator[str]:
    """The places outside a clause that refer to it or to a paragraph of it."""
    block = next(c for c in annex.clauses if c.id == clause)
    anchors = {block.anchor} if not _shares_heading(annex, block) else set()
    anchors |= {p.anchor for p in block.blocks if isinstance(p, Paragraph) and p.anchor}
    for other in annex.clauses:
        if other.id != clause:
            yield from (p.full_number for p in other.blocks if isinstance(p, Paragraph) and _points(p.inlines, anchors))
    for schedule in annex.schedules:
        for b in schedule.blocks:
            cells = [c.inlines for row in b.rows for c in row] if isinstance(b, Table) else [b.inlines]
            if any(_points(inlines, anchors) for inlines in cells):
                yield schedule.number
    yield from (f"the definition of {d.term}" for d in annex.definitions if _points(d.inlines, anchors))


def _shares_heading(annex: Annex, block: ClauseBlock) -> bool:
    return sum(c.anchor == block.anchor for c in annex.clauses) > 1


def _points(inlines: tuple[object, ...], anchors: set[str]) -> bool:
    return any(isinstance(i, Reference) and i.target in anchors for i in inlines)


def exclusions_told(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """What fell with each clause that a profile leaves out and that would be in otherwise, in money, duties and law."""
    for clause, (reason, at) in profile.exclude.items():
        kept = {c: why for c, why in profile.exclude.items() if c != clause}
        fallen = leave_out(replace(profile, exclude=kept), library, clause)
        told = list(_told(fallen))
        if not told:
            continue
        lost, partly = _rows(fallen.answers), _rows(fallen.partly)
        law = (f". Nothing in the annex answers any more: {lost}" if lost else "") + (
            f". Answered in part only: {partly}" if partly else ""
        )
        yield Diagnostic(
            rule="left-out",
            severity=Severity.WARNING if law else Severity.NOTE,
            message=f"“{library.clauses[clause].title}” is left out ({reason.rstrip('.')}). With it fall {series(told)}{law}",
            at=at,
            hint="see that another document holds what is still wanted, or take it out of `exclude`",
        )


def _rows(rows: tuple[tuple[str, str, str], ...]) -> str:
    more = f" and {len(rows) - _ROWS} more" if len(rows) > _ROWS else ""
    return "; ".join(f"{short} {ref} ({duty.rstrip('.')})" for short, ref, duty in rows[:_ROWS]) + more


def _told(fallen: Fallen) -> Iterator[str]:
    if fallen.clauses:
        yield f"the clauses that rest on it ({series([f'“{t}”' for t in fallen.clauses])})"
    if fallen.duties:
        yield counted(fallen.duties, "duty")
    if fallen.credits:
        sums = ""
        if fallen.month_before and fallen.month_before != fallen.month_after:
            now = fallen.month_after.wording() if fallen.month_after else "nothing"
            sums = f": the most that a month of failures costs goes from {fallen.month_before.wording()} to {now}"
        few = series([f"“{label}”" for label in fallen.credits]) if len(fallen.credits) <= _FEW else ""
        yield f"the credits for {few or counted(len(fallen.credits), 'failure')}{sums}"


_ROWS = 6  # of frameworks, that are named
_FEW = 3  # failures, that are named
