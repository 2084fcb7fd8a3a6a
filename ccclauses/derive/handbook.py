"""Annex → Handbook: evidence, dates, requirements, values, credits and clocks, each row with its paragraph of the annex.

Nothing here is agreed. The contract holds what the parties agreed; these tables are derived from it for the people who
work with it, and they say so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ..compose.numbers.anchors import clause_anchor, paragraph_anchor
from ..compose.parts.schedules import compliance_matrix, plain, table
from ..compose.texts.wording import typographic
from ..model.annex import Annex, Cell, Reference, Table, Text, Value
from ..model.credits.credit import Sanction
from ..model.handbook import Handbook, Register
from ..model.library.counting import CountsFrom
from ..model.library.library import Constraint, Library
from ..model.obligation import Obligation
from ..model.words.quantity import Duration

_PARTIES = {"client": "Client", "provider": "Provider"}
_OTHER = {"client": "Provider", "provider": "Client"}

# Who can know that a clock has started. A date is known to both, and so is what one party tells the other. Any other
# event is known to the party in whose work it happens, which has to be the one that owes the duty.
_TOLD = re.compile(
    r"\b(?:request|call|demand|notice|notif\w+|receipt|instruct\w+|approv\w+|answer|order|report|statement|invoice|claim"
    r"|deliver\w*|hand\w*|sent|asks?|consent|proposal|plan|draft|objection|naming|named|dispute|list)\b",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"\b(?:the )?(?P<party>Client|Provider)(?:'s|’s)? (?:\w+ )?(?:learns?|discovers?|decides?|considers?"
                     r"|becomes? aware|finds?|knows?|knowledge|awareness|decision|opinion)\b")  # fmt: skip


def handbook_of(annex: Annex, library: Library) -> Handbook:
    """The handbook of an annex; `library` gives the names of frameworks and the rules between periods."""
    source = _Source(annex, library)
    name = " ".join(filter(None, (annex.title, annex.reference)))
    return Handbook(
        title=f"Handbook to the {annex.title}",
        notice=(
            f"This handbook is derived from the {name}, version {annex.version}, and helps both parties to perform it. It "
            "is not part of the contract and changes nothing in it. Where the two differ, the contract prevails."
        ),
        registers=tuple(r for r in source.registers() if r.table.rows),
    )


@dataclass(frozen=True, slots=True)
class _Source:
    annex: Annex
    library: Library

    def registers(self) -> Iterator[Register]:
        """Each table of the handbook in its order."""
        yield Register(
            id="evidence",
            title="Evidence register",
            lead="Each duty, when it is due, and the evidence that shows its performance.",
            table=self._evidence(),
        )
        yield Register(
            id="calendar",
            title="Reporting calendar",
            lead="Each duty that recurs, in the order of the contract.",
            table=self._calendar(),
        )
        for framework in dict.fromkeys(row.framework for row in self.annex.coverage):
            known = self.library.frameworks.get(framework)
            if known:
                yield Register(
                    id=f"compliance-{framework}",
                    title=f"Compliance matrix: {known.short}",
                    lead=f"{known.title}: the paragraphs that answer each requirement.",
                    table=compliance_matrix(known, self.annex.coverage, plain),
                )
        yield Register(
            id="values",
            title="Values",
            lead="Each value that the clauses and definitions print, and the clause to which it belongs.",
            table=self._values(),
        )
        yield Register(
            id="credits",
            title="Credits",
            lead="Each credit: what one unit is, when the failure begins and ends, and whether one act completes it.",
            table=self._credits(),
        )
        yield Register(
            id="clocks",
            title="Clocks",
            lead="Each period: what starts it, who knows that, when it ends, and the neighbouring period that leaves it least room.",
            table=self._clocks(),
        )

    # -- the tables ----------------------------------------------------------------------------------------------

    def _evidence(self) -> Table:
        rows = tuple(
            (self._paragraph(o), plain(f"{_PARTIES[o.obligor]}: {_duty(o)}"), plain(o.when()), plain(_said(o.evidence)))
            for o in self._duties()
        )
        return table(
            "Duties and their evidence",
            ("Paragraph", "Who and what", "When", "Evidence"),
            rows,
            widths=(13, 37, 20, 30),
        )

    def _calendar(self) -> Table:
        rows = tuple(
            (plain(_duty(o)), plain(_PARTIES[o.obligor]), plain(_OTHER[o.obligor]), plain(o.when()), self._paragraph(o))
            for o in self._duties()
            if o.kind == "recurring"
        )
        return table(
            "Duties that recur", ("What", "Who", "Owed to", "When", "Paragraph"), rows, widths=(42, 10, 10, 25, 13)
        )

    def _values(self) -> Table:
        names = {c.id: Reference(c.anchor, self._noun, c.number.rstrip(".")) for c in self.annex.clauses}
        rows = tuple(
            (
                plain(_said(e.label)),
                Cell(inlines=(Value(e.name, e.text), *((Text(f" {unit}"),) if (unit := self._unit(e.name)) else ()))),
                Cell(inlines=(names[e.clause],) if e.clause in names else ()),
            )
            for e in self.annex.parameters.values()
        )
        return table("Values of the annex", ("Value", "Agreed", "Clause"), rows, widths=(46, 40, 14))

    def _unit(self, parameter: str) -> str:
        known = self.library.parameter(parameter)
        return known.unit if known else ""

    def _credits(self) -> Table:
        duties: dict[str, list[Obligation]] = {}
        for obligation in self.annex.obligations:
            if obligation.failure:
                duties.setdefault(obligation.failure, []).append(obligation)
        rows = []
        place = self._places()
        anchors = {s.name: paragraph_anchor(s.clause, s.paragraph) for s in self.annex.sanctions.values()}
        for sanction in sorted(self.annex.sanctions.values(), key=lambda s: place.get(anchors[s.name], len(place))):
            row = credit_row(sanction, duties.get(sanction.name, []))
            rows.append(
                (
                    plain(_said(sanction.label)),
                    self._at(sanction.clause, sanction.paragraph),
                    plain(sanction.wording()),
                    *map(plain, (row.unit, row.begins, row.ends, row.act)),
                )
            )
        header = ("Failure", "Paragraph", "Credit", "Countable unit", "Begins", "Ends", "One-off act")
        return table("Credits and what they count", header, tuple(rows), widths=(16, 9, 22, 12, 17, 15, 9))

    def _clocks(self) -> Table:
        rows = tuple(
            (
                self._paragraph(clock.duty),
                plain(f"{_PARTIES[clock.duty.obligor]}: {_duty(clock.duty)}"),
                plain(_said(clock.start)),
                plain(clock.knower),
                plain(clock.end),
                Cell(inlines=self._beside(clock.neighbour)),
            )
            for clock in clocks(self._duties(), self.library.constraints)
        )
        header = ("Paragraph", "Duty", "Start", "Who knows it", "End", "Tightest neighbour")
        return table("Periods and their tightest neighbours", header, rows, widths=(10, 28, 22, 12, 14, 14))

    def _places(self) -> dict[str, int]:
        """Where each paragraph of the annex stands, by its anchor."""
        return {p.anchor: n for n, p in enumerate(self.annex.paragraphs()) if p.anchor}

    def _duties(self) -> list[Obligation]:
        """The duties in the order of their paragraphs."""
        place = self._places()
        return sorted(self.annex.obligations, key=lambda o: place.get(_anchor(o), len(place)))

    # -- references ----------------------------------------------------------------------------------------------

    @property
    def _noun(self) -> str:
        levels = self.annex.numbering.clause
        return levels[0].noun if levels else ""

    def _paragraph(self, duty: Obligation) -> Cell:
        return Cell(inlines=(self._reference(duty),))

    def _reference(self, duty: Obligation) -> Reference:
        levels = self.annex.numbering.clause
        return Reference(_anchor(duty), levels[1].noun if len(levels) > 1 else "", duty.number)

    def _at(self, clause: str, label: str) -> Cell:
        anchor = paragraph_anchor(clause, label) if label else clause_anchor(clause)
        levels = self.annex.numbering.clause
        number = next((p.full_number for p in self.annex.paragraphs() if p.anchor == anchor), "")
        noun = levels[1].noun if len(levels) > 1 else ""
        return Cell(inlines=(Reference(anchor, noun, number),) if number else ())

    def _beside(self, neighbour: Neighbour | None) -> tuple[Text | Reference, ...]:
        if neighbour is None:
            return (Text("none"),)
        return (self._reference(neighbour.duty), Text(f": {neighbour.period.wording()} ({neighbour.why})"))


# --- rows ---


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRow:
    """What a credit counts: one unit, the start and the end of the failure, and whether a single act completes it."""

    unit: str
    begins: str
    ends: str
    act: str

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns that could not be filled, in words."""
        names = {"countable unit": self.unit, "start": self.begins, "end": self.ends}
        return tuple(name for name, text in names.items() if not text)


def credit_row(sanction: Sanction, duties: Iterable[Obligation]) -> CreditRow:
    """What a credit counts, from its class and from the duties whose failure it answers."""
    owed = list(duties)
    deadlines = "; ".join(dict.fromkeys(_deadline(d) for d in owed if d.kind != "standing"))
    performed = "; ".join(
        dict.fromkeys(f"when the {_PARTIES[d.obligor]} performs the duty to {_duty(d)}" for d in owed[:2])
    )
    late = sanction.cls in ("notice", "C") and sanction.counted != "unit"  # failures that only a deadline can begin
    begins = f"the moment after the deadline: {deadlines}" if deadlines else "" if late else "when the breach begins"
    ends = performed if deadlines else "" if late else "when the breach stops"
    if sanction.any_other:
        begins, ends = "the moment after a stated deadline", "when the duty is performed"
    unit = (
        ""
        if not sanction.unit
        else sanction.unit
        if sanction.counted == "unit"
        else f"{sanction.counted_noun} of each {sanction.unit}"
    )
    if sanction.counted == "hour" and not deadlines:  # a state of things that is measured, not a time that is missed
        begins = "; ".join(dict.fromkeys(d.when() for d in owed))
        ends = "with the same act; the annex says which hours count"
    act = {"act": "yes", "unit": "yes", "day": "counts as one day"}.get(sanction.counted, "no")
    return CreditRow(unit=f"each {unit}" if unit else "", begins=begins, ends=ends, act=act)


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The duty whose period leaves least room beside another, and why the two belong together."""

    duty: Obligation
    period: Duration
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A period of a duty. `knower` is empty where the party that owes the duty can't know that the period has begun."""

    duty: Obligation
    start: str
    knower: str
    end: str
    neighbour: Neighbour | None

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns that could not be filled, in words."""
        names = {"start": self.start, "person who knows the start": self.knower, "end": self.end}
        return tuple(name for name, text in names.items() if not text)


def clocks(obligations: Iterable[Obligation], constraints: Iterable[Constraint]) -> tuple[Clock, ...]:
    """The clock of each duty that has a period, in their order."""
    duties = [o for o in obligations if o.kind != "standing"]
    linked = _linked(constraints)
    return tuple(
        Clock(
            duty=o,
            start=o.trigger,
            knower=knower(o.trigger, o.obligor, o.deadline.counts_from),
            end=o.when(),
            neighbour=_tightest(o, duties, linked),
        )
        for o in duties
    )


def knower(trigger: str, obligor: str, counts_from: CountsFrom | None) -> str:
    """Who knows that a clock has started; empty where only the party knows that doesn't owe the duty."""
    if not trigger:
        return ""
    if counts_from not in (None, "event"):
        return "both parties"
    inside = _INSIDE.search(trigger)
    if inside and inside["party"] != _PARTIES[obligor] and not _TOLD.search(trigger):
        return ""
    return "both parties" if _TOLD.search(trigger) else f"the {_PARTIES[obligor]}"


def _period(duty: Obligation) -> Duration | None:
    due = duty.deadline
    return due.within or due.before or due.every


def _tightest(duty: Obligation, duties: list[Obligation], linked: dict[str, dict[str, str]]) -> Neighbour | None:
    """The nearest period that a rule sets against this one, else the nearest that the same event starts."""
    own = _period(duty)
    if own is None:
        return None
    found: list[tuple[int, object, str, Neighbour]] = []
    for other in duties:
        period = _period(other)
        if other.id == duty.id or period is None or not period.amount:
            continue
        rule = next((linked[a][b] for a in duty.parameters for b in other.parameters if b in linked.get(a, {})), "")
        same = other.trigger == duty.trigger and not duty.deadline.every and not other.deadline.every
        if rule or same:
            why = "a rule sets one against the other" if rule else "same start"
            gap = abs(period.hours - own.hours)
            found.append((0 if rule else 1, gap, other.id, Neighbour(duty=other, period=period, why=why)))
    return min(found, key=lambda f: f[:3])[3] if found else None


def _linked(constraints: Iterable[Constraint]) -> dict[str, dict[str, str]]:
    """For each parameter the others that a rule compares it with, and the rule's id."""
    out: dict[str, dict[str, str]] = {}
    for constraint in constraints:
        for test in constraint.rule.tests() if constraint.rule else ():
            for one in test.names:
                out.setdefault(one, {}).update({other: constraint.id for other in test.names if other != one})
    return out


def _anchor(duty: Obligation) -> str:
    clause, _, label = duty.id.partition("/")[0].partition("#")
    return paragraph_anchor(clause, label)


def _deadline(duty: Obligation) -> str:
    wording = duty.when()
    if duty.deadline.every or not duty.trigger or wording.endswith(duty.trigger):
        return wording
    return f"{wording}{'' if duty.deadline.before else ' of'} {duty.trigger}"


def _duty(duty: Obligation) -> str:
    return _said(f"{duty.action} {duty.object}")


_said: Callable[[str], str] = typographic
