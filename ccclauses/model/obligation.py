"""Obligations as values: who owes what to whom, from which paragraph, when, with which evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from .library.clause import Clause, Due, Duty, Party
from .library.counting import CountsFrom
from .words.quantity import Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When an obligation is due. `every` repeats; `within` runs from the trigger or from the end of each period.

    `first` is the period from the start of the Services in which what recurs is first due; without it, `every` is.

    `before` counts back from the trigger, with `every` from each; `standing` says in words why there is not a date.
    `counts_from` dates the trigger; it is None where there is not a date.
    """

    every: Duration | None = None
    first: Duration | None = None
    within: Duration | None = None
    before: Duration | None = None
    standing: str = ""
    counts_from: CountsFrom | None = None

    def wording(self) -> str:
        """The deadline in a few words, as a schedule prints it."""
        if self.every:
            return (
                f"{self.every.every()}, within {self.within.wording()} of its end"
                if self.within
                else self.every.every()
            )
        if self.within:
            return f"within {self.within.wording()}" if self.within.amount else "at once"
        if self.before:
            return f"at least {self.before.wording()} before"
        return self.standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One duty of an annex with the eight slots filled; paragraphs are given as their printed numbers.

    `id` is "clause#paragraph" or "clause#paragraph/n" where a paragraph states several; it stays the same
    from one build to the next.
    """

    id: str
    clause: str
    number: str
    obligor: Party
    action: str
    object: str
    trigger: str
    deadline: Deadline
    parameters: tuple[str, ...]  # the parameters that the deadline rests on
    evidence: str
    check: str
    consequence: str
    failure: str = ""
    kind: Literal["recurring", "triggered", "standing"]

    def when(self) -> str:
        """When it is due, in a few words. What follows an act that recurs runs from the act, which may come before a period's end."""
        due = self.deadline
        if due.first:
            first = f"first within {due.first.wording()} of the Services Start Date"
            return f"{first}, then {replace(self, deadline=replace(due, first=None)).when()}"
        if due.every and due.before:
            return f"{due.every.every()}, at least {due.before.wording()} before {self.trigger}"
        if due.every and due.within:
            if due.counts_from in ("services_start", "calendar_period"):
                return due.wording()
            if due.counts_from in ("event", "previous_act"):
                return f"{due.every.every()}, then within {due.within.wording()}"
            return f"{due.every.every()}, within {due.within.wording()} of {self.trigger}"
        if due.every and due.counts_from in ("last_day", "last_business_day"):
            return f"on {self.trigger}"
        return due.wording()


def obligation_of(
    duty: Duty,
    clause: Clause,
    *,
    suffix: str,
    paragraph: Callable[[str], str],
    period: Callable[[Due], Duration | None],
    first_performance: Duration | None,
) -> Obligation:
    """A duty of a clause in an annex, where `paragraph` gives the number of a label and `period` the length of a period.

    `suffix` tells several duties of one paragraph apart ("/2"); `first_performance` is the annex's own period in which
    what recurs is first due.
    """
    every = period(duty.every)
    deadline = Deadline(
        every=every,
        first=_first(duty, every, period(duty.first), first_performance),
        within=period(duty.within),
        before=period(duty.before),
        standing=duty.standing,
        counts_from=duty.counts_from,
    )
    return Obligation(
        id=f"{clause.id}#{duty.paragraph}{suffix}",
        clause=clause.id,
        number=paragraph(duty.paragraph),
        obligor=duty.obligor,
        action=duty.action,
        object=duty.object,
        trigger=duty.trigger,
        deadline=deadline,
        parameters=duty.parameters,
        evidence=duty.evidence,
        check=paragraph(duty.check),
        consequence=paragraph(duty.consequence),
        failure=clause.failure_of(duty),
        kind="recurring" if every else "triggered" if deadline.within or deadline.before else "standing",
    )


def _first(duty: Duty, every: Duration | None, own: Duration | None, general: Duration | None) -> Duration | None:
    """The period in which a duty that recurs is first due: its `own`, else the `general` one of the annex if shorter."""
    if own or not every or not general or duty.counts_from != "previous_act" or general.hours >= every.hours:
        return own
    return general
