"""A clause of a deal at each posture: its words and values in this very deal, and what each rung gives up against the one above."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..compare.annexes import compare_annexes, exposure
from ..compare.contents import Contents, Line, Part
from ..compare.recovered import direction
from ..compare.whole import compare_contents
from ..compose.annex import compose_annex
from ..derive.rungs import Rung, ladder_rungs
from ..model.annex import Annex, Entry, Table, Text
from ..model.findings.comparison import ParagraphChange, WordChange, WordKind
from ..model.library.clause import Clause
from ..model.library.library import Law, Library
from ..model.profile import Profile
from ..model.words.quantity import Duration, Money
from ..penalties.late import late_credit
from ..resolve import resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class RungValue:
    """A printed value on a rung; `looser`: it asks less of the provider than the rung above."""

    parameter: str
    label: str
    text: str
    looser: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LateCost:
    """Doing something at this rung's deadline, which the rung above calls late: what that costs there."""

    what: str  # "notify the Client of a Security Breach"
    at: str  # "24 hours"
    above: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderStep:
    """One rung: `lines` are its paragraphs by number, each as what differs from the rung above.

    The rung that the deal has chosen shows the deal's own values; any other what the deal would get there.
    """

    posture: str
    label: str
    chosen: bool
    values: tuple[RungValue, ...]
    lines: tuple[tuple[str, tuple[WordChange, ...]], ...]
    costs: tuple[LateCost, ...] = ()
    month: Money | None = None  # the most that all credits of the annex come to in a month
    month_above: Money | None = None

    @property
    def concedes(self) -> bool:
        """Whether it gives anything up against the rung above, or words it otherwise."""
        return any(v.looser for v in self.values) or any(w.kind != "equal" for _, words in self.lines for w in words)


def ladder(profile: Profile, library: Library, clause: str) -> tuple[LadderStep, ...]:
    """The rungs of a clause in a deal, the strictest first; none where the clause is not in its annex.

    A rung is the annex composed with the posture for the subject of the clause, without the deal's own values of the clause.
    """
    resolution, _ = resolve(profile, library, as_far=True)
    chosen = next((c.posture for c in resolution.clauses if c.clause.id == clause), "") if resolution else ""
    if not chosen:
        return ()
    steps = []
    above: Annex | None = None
    for posture in library.postures.values():
        own = posture.id == chosen
        annex = _annex(profile if own else at_rung(profile, library, clause, posture.id), library)
        if annex is None or not any(c.id == clause for c in annex.clauses):
            continue
        steps.append(_step(annex, above, clause, posture.id, posture.label, own))
        above = annex
    return tuple(steps)


def library_ladder(clause: Clause, library: Library, law: Law, form: str) -> tuple[LadderStep, ...]:
    """The same as the library has it, without a deal: with the values of the postures, and no money."""
    steps = []
    above: Rung | None = None
    for rung in ladder_rungs(clause, library, law, form):
        known = above or rung
        part, *_ = compare_contents(_contents(known), _contents(rung), names=("above", "here")).clauses
        steps.append(
            LadderStep(
                posture=rung.posture,
                label=library.postures[rung.posture].label,
                chosen=False,
                values=tuple(_rung_values(clause, rung, above)),
                lines=tuple(map(_line, part.paragraphs)),
            )
        )
        above = rung
    return tuple(steps)


def _contents(rung: Rung) -> Contents:
    lines = tuple(Line(number=line.number, inlines=(Text(line.text),)) for line in rung.lines)
    return Contents(parts=(Part(id="clause", title="", lines=lines),), values=None, coverage=None, exposure=None)


def _rung_values(clause: Clause, rung: Rung, above: Rung | None) -> Iterator[RungValue]:
    for name, text in rung.values.items():
        parameter = clause.parameters[name]
        old, new = (parameter.values.get(r.posture) if r else None for r in (above, rung))
        looser = False
        if old is not None and new is not None:
            entry = Entry(name=name, label=parameter.label, clause=clause.id, value=old, text="")
            looser = direction(entry, new, parameter.stricter) == "looser"
        yield RungValue(parameter=name, label=parameter.label, text=text, looser=looser)


def at_rung(profile: Profile, library: Library, clause: str, posture: str) -> Profile:
    """The profile with a clause on another rung: its subject has that posture, and its values are those of the rung."""
    known = library.clauses[clause]
    settings = {n: asked for n, asked in profile.settings.items() if n not in known.parameters}
    return replace(profile, postures={**profile.postures, known.topic: posture}, settings=settings)


def _annex(profile: Profile, library: Library) -> Annex | None:
    resolution, _ = resolve(profile, library, as_far=True)
    return compose_annex(resolution)[0] if resolution else None


def _step(annex: Annex, above: Annex | None, clause: str, posture: str, label: str, chosen: bool) -> LadderStep:
    month = exposure(annex).month
    return LadderStep(
        posture=posture,
        label=label,
        chosen=chosen,
        values=tuple(_values(annex, above, clause)),
        lines=tuple(_lines(annex, above, clause)),
        costs=tuple(_costs(annex, above, clause)) if above else (),
        month=month,
        month_above=exposure(above).month if above else month,
    )


def _values(annex: Annex, above: Annex | None, clause: str) -> Iterator[RungValue]:
    for entry in annex.parameters.values():
        if entry.clause == clause:
            old = above.parameters.get(entry.name) if above else None
            looser = old is not None and direction(old, entry.value, entry.stricter) == "looser"
            yield RungValue(parameter=entry.name, label=entry.label, text=entry.text, looser=looser)


def _lines(annex: Annex, above: Annex | None, clause: str) -> Iterator[tuple[str, tuple[WordChange, ...]]]:
    here = _alone(annex, clause)
    if above is None:
        (part,) = compare_annexes(here, here).clauses
    else:
        part = next(c for c in compare_annexes(_alone(above, clause), here).clauses if c.id == clause)
    yield from map(_line, part.paragraphs)


def _line(p: ParagraphChange) -> tuple[str, tuple[WordChange, ...]]:
    if p.kind == "unchanged" or (p.kind in ("renumbered", "moved") and p.before == p.after):
        return p.after_number, (WordChange(kind="equal", before=p.after, after=p.after),)
    kind: WordKind = "delete" if not p.after else "insert" if not p.before else "replace"
    whole = WordChange(kind=kind, before=p.before, after=p.after)
    return p.after_number or p.before_number, p.words or (whole,)


def _alone(annex: Annex, clause: str) -> Annex:
    """The annex with one clause only, so that nothing else is compared."""
    return replace(
        annex, clauses=tuple(c for c in annex.clauses if c.id == clause), schedules=(), definitions=(), coverage=(),
        preliminaries=(), key_terms=Table(title="", header=(), rows=(), widths=(), align=()), key_values=(), signatures=False,
    )  # fmt: skip


def _costs(annex: Annex, above: Annex, clause: str) -> Iterator[LateCost]:
    known = {o.id: o for o in above.obligations if o.clause == clause}
    told = set()
    for duty in annex.obligations:
        old = known.get(duty.id)
        if duty.clause != clause or old is None or duty.failure not in above.sanctions:
            continue
        late = _beyond(duty.deadline.within, old.deadline.within)
        credit = late_credit(above, duty.failure, late) if late else None
        if credit and credit.amount and duty.deadline.within and (duty.failure, duty.deadline.within) not in told:
            told.add((duty.failure, duty.deadline.within))
            yield LateCost(what=f"{duty.action} {duty.object}", at=duty.deadline.within.wording(), above=credit)


def _beyond(here: Duration | None, above: Duration | None) -> Duration | None:
    """By how much a period is longer than another of the same calendar."""
    if here is None or above is None or here.calendar != above.calendar or here.hours <= above.hours:
        return None
    if here.calendar == "business":
        return Duration(here.amount - above.amount, "days", "business")
    return Duration(int(here.hours - above.hours), "hours")
