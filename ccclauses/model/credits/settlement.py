"""What the failures of a month come to together: sums, one act under several paragraphs, and the caps.

The worked example of an annex is calculated here too, by the functions that calculate a real statement.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import product
from math import prod
from typing import Literal

from ..words.plurals import counted
from .credit import EXACT, Calculation, CreditRules, CreditTable, Sanction

StepRule = Literal["fact", "amount", "one_act", "sum", "month_cap", "annual_cap"]
_MOST_CHOICES = 4096  # ways of choosing among paragraphs that are tried; above it each act takes its dearest


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a calculation: the rule applied, the step in words and numbers, and the sum after it."""

    rule: StepRule
    text: str
    result: Decimal
    bit: bool = False  # whether a cap lowered the sum here


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one row of a ledger adds to a month: so many units, each counted `each` times, under one sanction.

    Rows with the same `act` state one act or omission that breaches several paragraphs; empty is alone.
    """

    event: str
    sanction: Sanction
    each: int = 1
    units: int = 1
    act: str = ""
    runs_on: bool = False  # whether its first counted day lies in an earlier month, where its base was due


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphCredit:
    """The credit of one paragraph in a month (in Class A, of one unit) and the entries that it counts."""

    sanction: Sanction
    events: tuple[str, ...]
    count: int
    repeated: bool
    calculation: Calculation


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A month settled: the credit of each paragraph, the steps after them, and what is due for each kind of credit."""

    paragraphs: tuple[ParagraphCredit, ...]
    left_out: tuple[int, ...]  # places of the entries that count under another paragraph
    steps: tuple[Step, ...]
    notice: Decimal
    other: Decimal
    caps: tuple[str, ...]  # the caps that lowered a sum: maximum, month_cap, annual_cap

    @property
    def credit(self) -> Decimal:
        """What is due for the month."""
        return self.notice + self.other


def settle(
    entries: Sequence[Entry],
    rules: CreditRules,
    table: CreditTable,
    *,
    repeated: Collection[str] = (),
    used_notice: Decimal = Decimal(0),
    used_other: Decimal = Decimal(0),
    month_notice: Decimal = Decimal(0),
    month_other: Decimal = Decimal(0),
) -> Settlement:
    """Settle the entries of one calendar month.

    `repeated` names the sanctions whose base is doubled; `used_…` is what the Contract Year has used of each yearly
    cap, `month_…` what failures under earlier terms have used of each monthly cap. `table` is in money; where caps follow the invoices its yearly caps are those of the invoiced charges.
    """
    with localcontext(EXACT):
        kept, steps = _one_act(entries, table, repeated)
        groups = _paragraphs([e for i, e in enumerate(entries) if i in kept], table, repeated)
        sums = {True: Decimal(0), False: Decimal(0)}
        for group in groups:
            sums[group.sanction.cls == "notice"] += group.calculation.amount
        due = {}
        for notice in (True, False):
            terms = [g.calculation.amount for g in groups if (g.sanction.cls == "notice") is notice]
            if not terms:
                due[notice] = Decimal(0)
                continue
            name = "late notice" if notice else "all other failures"
            if len(terms) > 1:
                added = " + ".join(table.money(t) for t in terms)
                text = f"Sum for {name}: {added} = {table.money(sums[notice])}."
                steps.append(Step(rule="sum", text=text, result=sums[notice]))
            month, year = (table.month_notice, table.year_notice) if notice else (table.month, table.year)
            left = max(year - (used_notice if notice else used_other), Decimal(0))
            earlier = month_notice if notice else month_other
            room = max(month - earlier, Decimal(0))
            text = f"Monthly cap for {name} {table.money(month)}"
            if earlier:
                text += f"; used under the earlier terms {table.money(earlier)}; left {table.money(room)}"
            total = _cap("month_cap", text, sums[notice], room, table, steps)
            used = table.money(year - left if left else year)
            text = f"Yearly cap for {name} {table.money(year)}; used {used}; left {table.money(left)}"
            due[notice] = _cap("annual_cap", text, total, left, table, steps)
        if due[True] and due[False]:
            text = f"Credit: {table.money(due[True])} + {table.money(due[False])} = {table.money(sum(due.values(), Decimal(0)))}."
            steps.append(Step(rule="sum", text=text, result=sum(due.values(), Decimal(0))))
    caps = [*("maximum" for g in groups if g.calculation.bit), *(s.rule for s in steps if s.bit)]
    return Settlement(
        paragraphs=tuple(groups),
        left_out=tuple(i for i in range(len(entries)) if i not in kept),
        steps=tuple(steps),
        notice=due[True],
        other=due[False],
        caps=tuple(dict.fromkeys(caps)),
    )


def _cap(rule: StepRule, text: str, total: Decimal, cap: Decimal, table: CreditTable, steps: list[Step]) -> Decimal:
    bit = total > cap
    total = min(total, cap)
    outcome = "cap applied" if bit else "not exceeded"
    steps.append(Step(rule=rule, text=f"{text}; {outcome}: {table.money(total)}.", result=total, bit=bit))
    return total


def _paragraphs(entries: Sequence[Entry], table: CreditTable, repeated: Collection[str]) -> list[ParagraphCredit]:
    """The credits of the paragraphs, in the order in which the entries name them."""
    groups: list[ParagraphCredit] = []
    together: dict[str, list[Entry]] = {}
    for entry in entries:
        if not entry.sanction.for_each_unit:
            together.setdefault(entry.sanction.name, []).append(entry)
    for entry in entries:
        sanction = entry.sanction
        if sanction.for_each_unit:
            groups += [_credit(sanction, [entry], entry.each, table, repeated)] * entry.units
        elif members := together.pop(sanction.name, None):
            groups.append(_credit(sanction, members, _count(sanction, members), table, repeated))
    return groups


def _count(sanction: Sanction, entries: Iterable[Entry]) -> int:
    """The counted units of one paragraph, those that are tolerated left out in their order."""
    if sanction.tolerance_counted:
        return max(sum(e.units * e.each for e in entries) - sanction.tolerance, 0)
    free, total = sanction.tolerance, 0
    for entry in entries:
        spared = min(free, entry.units) if entry.each else 0
        free -= spared
        total += (entry.units - spared) * entry.each
    return total


def _credit(
    sanction: Sanction, entries: Sequence[Entry], count: int, table: CreditTable, repeated: Collection[str]
) -> ParagraphCredit:
    events = tuple(dict.fromkeys(e.event for e in entries))
    again = sanction.name in repeated
    runs_on = all(e.runs_on or not e.each for e in entries)
    calculation = sanction.amount(count, table, repeated=again, runs_on=runs_on)
    return ParagraphCredit(sanction=sanction, events=events, count=count, repeated=again, calculation=calculation)


def _one_act(entries: Sequence[Entry], table: CreditTable, repeated: Collection[str]) -> tuple[set[int], list[Step]]:
    """Which entries count: of those of one act, the one under which the month comes to most. Late notices always do."""
    acts: dict[str, list[int]] = {}
    for index, entry in enumerate(entries):
        if entry.act and entry.sanction.cls != "notice":
            acts.setdefault(entry.act, []).append(index)
    # Several rows of one act under one paragraph (people, systems) stay together.
    choices = []
    for members in acts.values():
        by_name: dict[str, list[int]] = {}
        for index in members:
            by_name.setdefault(entries[index].sanction.name, []).append(index)
        if len(by_name) > 1:
            choices.append(list(by_name.values()))
    always = set(range(len(entries))) - {i for options in choices for option in options for i in option}
    if not choices:
        return always, []

    def worth(picked: Iterable[Iterable[int]]) -> Decimal:
        kept = sorted(always.union(*picked))
        return sum((g.calculation.amount for g in _paragraphs([entries[i] for i in kept], table, repeated)), Decimal(0))

    if prod(len(options) for options in choices) <= _MOST_CHOICES:
        best = max(product(*choices), key=worth)
    else:
        best = tuple(max(options, key=lambda option: worth([option])) for options in choices)
    steps = []
    for options, option in zip(choices, best):
        labels = " and ".join(dict.fromkeys(entries[o[0]].sanction.label for o in options))
        text = f"One act under several paragraphs ({entries[option[0]].act}): {labels}; it counts as {entries[option[0]].sanction.label}."
        steps.append(Step(rule="one_act", text=text, result=worth([option])))
    return always.union(*best), steps


# --- the worked example of an annex ---

_FACTS = {
    "notice": "7 hours 20 minutes late",
    "A hour": "7 hours 20 minutes beyond the limit",
    "A act": "one {unit} in one month",
    "B person": "one {unit} for 3 days and another for 1 day",
    "B other": "one {unit} for 3 days and another for 1 day",
    "C": "3 Business Days late",
    "own": "3 {units}",
}
_COUNTS = {
    "notice": (8,),
    "A hour": (8,),
    "A act": (1,),
    "B person": (3, 1),
    "B other": (3, 1),
    "C": (3,),
    "own": (1, 1, 1),
}


def worked_example(sanctions: Iterable[Sanction], rules: CreditRules) -> tuple[str, ...]:
    """The lines of one month in which the first failure of each of three classes happens, with what is due together.

    Empty when there is not a sanction. Where the charges are not known the sums are shares of the Base Charges.
    """
    firsts: dict[str, Sanction] = {}
    for sanction in sanctions:
        firsts.setdefault(sanction.row, sanction)
    wanted = [r for r in ("notice", "B person", "B other", "C") if r in firsts]
    if "B person" in wanted and "B other" in wanted:
        wanted.remove("B other")
    table = rules.table()
    chosen = [firsts[r] for r in wanted] or list(firsts.values())[:1]
    if not chosen or (chosen[0].own and not table.currency):
        return ()
    entries = [Entry(event=s.name, sanction=s, each=n) for s in chosen for n in _COUNTS[s.row]]
    settlement = settle(entries, rules, table)
    lines = []
    for group in settlement.paragraphs:
        sanction = group.sanction
        units = counted(len(_COUNTS[sanction.row]), sanction.unit).partition(" ")[2]
        fact = _FACTS[sanction.row].format(unit=sanction.unit, units=units)
        lines.append(f"{sanction.label}: {fact}: {group.calculation.text}.")
    if len(settlement.paragraphs) > 1:
        added = " + ".join(table.money(g.calculation.amount) for g in settlement.paragraphs)
        lines.append(f"Together, within the caps: {added} = {table.money(settlement.credit)}.")
    repeated = next((g.sanction for g in settlement.paragraphs if g.sanction.cls in "BC" and not g.sanction.own), None)
    if repeated and rules.repeat_after:
        again = repeated.amount(sum(_COUNTS[repeated.row]), table, repeated=True)
        lines.append(f"{repeated.label}, if repeated: {again.text}.")
    if repeated:
        more, days = repeated.amount(2, table, runs_on=True).text, counted(2, repeated.counted_noun)
        lines.append(f"{repeated.label}, if it continues for {days} in the next month: {more} for that month.")
    return tuple(lines)
