"""The credit table: what each class of failure costs, the failures in it and the caps.

It appears in the key terms or in a schedule of its own; `read_sums` recovers its figures from a returned file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from types import MappingProxyType

from ...model.annex import Cell, Inline, Reference, Table, Text, Value
from ...model.credits.credit import ROWS, CreditRules, CreditTable, Sanction
from ...model.words.quantity import Money, QuantityError
from ..texts.local_money import SIGNS, plain_sum

TITLE, CAPS_TITLE = "Credits", "Caps"
HEADER = ("Paragraph", "Failure", "Unit")
SHORT_HEADER = ("Class", "Failures, by paragraph and unit", "Credit")
CAPS_HEADER = ("Caps", "In a calendar month", "In a Contract Year")
# Row of the table → its head, what each unit is counted by, and for what its maximum holds.
_WORDS = MappingProxyType(
    {
        "notice": ("Class A, late notice", "started hour", " for each unit"),
        "A hour": ("Class A, by the hour", "started hour", " for each unit"),
        "A act": ("Class A, by the act", "unit and calendar month in which the act is done or continues", ""),
        "B person": ("Class B, people and Devices", "started day of each unit", ""),
        "B other": ("Class B, other", "started day of each unit", ""),
        "C": ("Class C", "Business Day of delay of each unit", ""),
    }
)
_OWN = "Sums agreed for single failures"
_CAP_ROWS = (
    ("Credits for late notice", "month_notice", "year_notice"),
    ("All other Credits", "month", "year"),
)
_SIGN = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))
_MONEY = re.compile(rf"(?:[A-Z]{{3}} |(?:{_SIGN}) ?)[0-9][0-9,]*(?:\.[0-9]+)?")

Find = Callable[[str], Reference | None]  # the printed reference to "clause#label"


def credit_tables(
    sanctions: Sequence[Sanction],
    rules: CreditRules,
    find: Find,
    *,
    local: Callable[[str], str] = str,
    short: bool = False,
    open_sums: bool = False,
) -> tuple[Table, Table]:
    """The table of failures by class, and that of caps.

    The full form has a line for each kind of failure; the short form has one for each class, with paragraphs and units.
    `local` writes a sum as the place of the law does; `open_sums` puts those in brackets that follow from the charges.
    """
    table = rules.table()
    named = partial(_sum, table=table, local=local, open_sums=open_sums, own=frozenset(rules.own))
    if short:
        find = _without_noun(find)  # a cell names many
    rows: list[tuple[Cell, ...]] = []
    above: set[tuple[str, str]] = set()  # the paragraphs of the rows so far
    for row in (*ROWS, "own"):
        members = [s for s in sanctions if s.row == row]
        if not members:
            continue
        if row == "own":
            rows += [] if short else [_cells(_OWN, "", "")]
            rows += [_line([s], find, local(_own_sum(s, rules))) for s in members]
            continue
        head, sums = (Text(_WORDS[row][0]),), _class_sums(row, named)
        if short:
            rows.append((Cell(inlines=head), Cell(inlines=_listed(members, find, above)), Cell(inlines=sums)))
            above |= {(s.clause, s.paragraph) for s in members}
        else:
            rows.append((Cell(inlines=head), Cell(inlines=sums), Cell(inlines=())))
            rows += [_line(group, find) for group in _alike(members)]
    caps = tuple(
        (Cell(inlines=(Text(label),)), *(Cell(inlines=named(name)) for name in names)) for label, *names in _CAP_ROWS
    )
    left = ("left", "left", "left")
    header, widths = (SHORT_HEADER, (18, 42, 40)) if short else (HEADER, (22, 52, 26))
    return (
        Table(title=TITLE, header=header, rows=tuple(rows), widths=widths, align=left),  # type: ignore[arg-type]  # one of three words a column
        Table(title=CAPS_TITLE, header=CAPS_HEADER, rows=caps, widths=(40, 30, 30), align=left),  # type: ignore[arg-type]  # one of three words a column
    )


def notes(sanctions: Iterable[Sanction], rules: CreditRules, *, ruled: bool = False) -> tuple[str, ...]:
    """The sentences below the table. `ruled`: a clause says what base and maximum hold for."""
    rows = {s.row for s in sanctions}
    out = []
    if not rules.monthly_charges:
        out.append("A percentage is a share of the Base Charges of one month.")
    if not ruled and rows & {"B person", "B other", "C"}:
        out.append(
            "In Classes B and C, the base is due once in each calendar month in which a Failure first counts, and the maximum "
            "applies, for all Failures under one paragraph and one heading of the table."
        )
    if rules.by_invoices:
        out.append(
            "If less than twelve Monthly Charges is invoiced for a Contract Year, both its caps fall in proportion, and the "
            "Client repays what exceeds them."
        )
    return tuple(out)


def _cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(inlines=(Text(t),) if t else ()) for t in texts)


def _class_sums(row: str, named: Callable[[str], tuple[Inline, ...]]) -> tuple[Inline, ...]:
    """The sums of a class in one sentence: base, for each counted unit, at most."""
    base, rate, most = ROWS[row]
    _, each, whose = _WORDS[row]
    out: list[Inline] = []
    if base:
        out += [*named(base), Text(", plus ")]
    out += [*named(rate), Text(f" for each {each}")]
    if most:
        out += [Text("; at most "), *named(most), *([Text(whose)] if whose else [])]
    return tuple(out)


def _own_sum(sanction: Sanction, rules: CreditRules) -> str:
    """A sum that is agreed for one failure alone, in words. Its rate is money even where the charges are not known."""
    table = rules.table()
    _, rate, most = sanction.sums(table)
    own = sanction.own
    ending = "" if most is None else rules.money(most) if own and own.most is not None else table.money(most)
    each = "" if sanction.counted == "unit" else f" and {sanction.counted_noun}"
    spared = f" after the first {sanction.spared} in a calendar month" if sanction.spared else ""
    ends = f", at most {ending} in a calendar month" if most is not None else ""
    return f"{rules.money(rate)} for each {sanction.unit}{each}{spared}{ends}"


def _sum(
    name: str, *, table: CreditTable, local: Callable[[str], str], open_sums: bool, own: frozenset[str]
) -> tuple[Inline, ...]:
    printed = table.printed(name)
    text = local(printed.text)
    return (Value(printed.parameter, f"[{text}]" if open_sums and name not in own else text),)


def _alike(members: Sequence[Sanction]) -> Iterable[Sequence[Sanction]]:
    """The failures of a class by label, unit and tolerance: those alike share a line."""
    groups: dict[tuple[str, str, str], list[Sanction]] = {}
    for member in members:
        groups.setdefault((member.label, member.unit, member.spared), []).append(member)
    return groups.values()


def _line(group: Sequence[Sanction], find: Find, credit: str = "") -> tuple[Cell, ...]:
    first = group[0]
    unit = first.unit if credit else _unit(first, " in a calendar month")
    return (
        Cell(inlines=_paragraphs(group, find)),
        Cell(inlines=(Text(f"{first.label}: {credit}" if credit else first.label),)),
        Cell(inlines=(Text(unit),)),
    )


def _unit(sanction: Sanction, of_month: str) -> str:
    """The unit of a failure of a class, with what carries no credit."""
    free = sanction.spared if sanction.tolerance_counted else str(sanction.tolerance)
    return f"{sanction.unit} (after the first {free}{of_month})" if sanction.spared else sanction.unit


def _paragraphs(group: Sequence[Sanction], find: Find) -> tuple[Inline, ...]:
    """The references to the paragraphs of failures, "any other" for that which represents the rest."""
    out: list[Inline] = []
    for member in group:
        found = Text("any other") if member.any_other else find(f"{member.clause}#{member.paragraph}")
        if found:
            out += [*([Text(", ")] if out else []), found]
    return tuple(out)


def _without_noun(find: Find) -> Find:
    """The references without the word before each number."""

    def found(target: str) -> Reference | None:
        reference = find(target)
        return replace(reference, noun="") if reference else None

    return found


def _listed(members: Sequence[Sanction], find: Find, above: Collection[tuple[str, str]]) -> tuple[Inline, ...]:
    """The failures of a class by unit: "4.3, 5.1 (person); 7.5 (other Device)" where a row above names 7.5 too."""
    units: dict[str, list[Sanction]] = {}
    for member in members:
        other = "other " if (member.clause, member.paragraph) in above and not member.any_other else ""
        units.setdefault(other + _unit(member, " a month").replace(" (", ", ").rstrip(")"), []).append(member)
    out: list[Inline] = []
    for unit, group in units.items():
        out += [*([Text("; ")] if out else []), *_paragraphs(group, find), Text(f" ({unit})")]
    return tuple(out)


def read_sums(tables: Iterable[Table], currency: str) -> dict[str, Decimal]:
    """The sums that the tables of a Word file print, by their names; what can't be read is left out."""
    heads = {words[0]: row for row, words in _WORDS.items()}
    caps = {label: names for label, *names in _CAP_ROWS}
    out: dict[str, Decimal] = {}
    for row in (r for t in tables for r in t.rows if len(r) > 2):
        first = row[0].text.strip()
        if first in heads:
            names: Sequence[str] = [n for n in ROWS[heads[first]] if n]
            found = _MONEY.findall(f"{row[1].text} {row[2].text}")[-len(names) :]
        elif first in caps:
            names, found = caps[first], [row[1].text, row[2].text]
        else:
            continue
        for name, text in zip(names, found):
            amount = _amount(text, currency)
            if amount is not None:
                out[name] = amount
    return out


def _amount(text: str, currency: str) -> Decimal | None:
    try:
        money = Money.parse(plain_sum(text.strip("[]")))
    except QuantityError:
        return None
    return money.amount if money.currency == currency else None
