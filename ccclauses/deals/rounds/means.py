"""What a change means next to its words: the money of one plain case, where it is on our ladder, what it breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from ...compare.annexes import exposure_of
from ...compare.contents import tidy_text
from ...model.annex import Annex, Paragraph
from ...model.credits.credit import CreditRules, Sanction
from ...model.credits.settlement import Entry, settle
from ...model.findings.review import Finding, Judgement, QuantityChange
from ...model.library.library import Library
from ...model.words.plurals import counted
from ...model.words.quantity import Duration, Money, Percentage
from ...read.values import parse_value

Kind = Literal["money", "ladder", "rule", "words", "note"]
# How late the plain case is, in what is counted: as in the worked example that the annex prints.
_LATE = {"hour": 8, "day": 3, "Business Day": 3}
_UNIT_HOURS = {"hour": Decimal(1), "day": Decimal(24), "Business Day": Decimal(24)}
_FORMULA = re.compile(r",? but `[^`]*` must hold")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """One sentence of what a change means, and what it is about."""

    kind: Kind
    text: str


def meanings(finding: Finding, annex: Annex, library: Library, notes: Iterable[str] = ()) -> Iterator[Meaning]:
    """What a judged finding means, money first. `notes` are the review's, of which those on its values are reported here."""
    yield from (Meaning(kind="money", text=t) for t in _money(finding, annex, library))
    judged = finding.judgement
    if judged:
        yield from judged_meanings(judged)
    yield from (Meaning(kind="words", text=text) for text in dict.fromkeys(f"{c}." for c in finding.callouts))
    labels = [v.label for v in finding.values if v.label]
    for note in notes:
        if any(note.startswith(f"{label}: ") for label in labels):
            yield Meaning(
                kind="note", text=f"{note.replace('the key terms now says', 'the key terms now say')}. They disagree."
            )
    if finding.remark:
        yield Meaning(kind="note", text=_sentence(finding.remark))


def judged_meanings(judged: Judgement) -> Iterator[Meaning]:
    """Where something is on the ladder, and each rule that it breaks."""
    if judged.reason:
        yield from (Meaning(kind="ladder", text=_sentence(r)) for r in judged.reason.split("; "))
    for broken in judged.breaks:
        yield Meaning(kind="rule", text=_sentence(_FORMULA.sub("", broken.partition(" Source: ")[0])))


# What reports say of the library, said of our own clauses.
_OURS = (
    (
        "the text that was here is not wording of the library",
        "this is not clause wording, so no ladder says what it is worth",
    ),
    ("that the library allows", "that our clauses allow"),
    ("no wording of the library", "words that our clauses do not have"),
    ("the new words are not a value that the library can read", "the new words can't be read as a value"),
    ("a number that is not a value of the library", "a number that is none of our values"),
    ("every rung of the ladder has it", "every rung of our ladder has it"),
)


def _sentence(text: str) -> str:
    text = text.strip()
    for ours, said in _OURS:
        text = text.replace(ours, said)
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"


# -- money ------------------------------------------------------------------------------------------------------------


def _money(finding: Finding, annex: Annex, library: Library) -> Iterator[str]:
    if finding.kind == "deleted":
        yield from _without(finding, annex)
    for value in finding.values:
        if value.parameter and value.before and value.after:
            yield from _of_value(value, annex, library)


def _of_value(value: QuantityChange, annex: Annex, library: Library) -> Iterator[str]:
    """What one changed value comes to: a failure between both periods, the caps, or the sum itself."""
    parameter = library.parameter(value.parameter)
    entry = annex.parameters.get(value.parameter)
    if parameter is None or entry is None:
        return
    ours, theirs = entry.value, parse_value(value.after, parameter)
    if isinstance(ours, Duration) and isinstance(theirs, Duration):
        yield from _late(value.parameter, ours, theirs, annex)
    elif isinstance(ours, Money) and isinstance(theirs, Money) and ours.amount != theirs.amount:
        more = "less" if theirs.amount < ours.amount else "more"
        yield f"{replace(ours, amount=abs(ours.amount - theirs.amount)).wording()} {more} than ours."
    if annex.credit_rules and entry.role in ("at_risk_month", "annual_cap") and isinstance(theirs, Percentage):
        rules = annex.credit_rules
        other = (
            replace(rules, at_risk_month=theirs) if entry.role == "at_risk_month" else replace(rules, annual_cap=theirs)
        )
        before, after = exposure_of(rules), exposure_of(other)
        for name, a, b in (("in a month", before.month, after.month), ("in a year", before.year, after.year)):
            if a and b and a != b:
                yield f"The most they can owe us {name}: ours {a.wording()}, theirs {b.wording()}."


def _late(name: str, ours: Duration, theirs: Duration, annex: Annex) -> Iterator[str]:
    """The credit of each failure whose period it is, for one that is done after our time and within theirs."""
    rules = annex.credit_rules
    if theirs.hours <= ours.hours or rules is None:
        return
    told = set()
    for duty in annex.obligations:
        sanction = annex.sanctions.get(duty.failure)
        if sanction is None or name not in duty.parameters or sanction.name in told or sanction.counted not in _LATE:
            continue
        told.add(sanction.name)
        beyond = (theirs.hours - ours.hours) / _UNIT_HOURS[sanction.counted]
        late = max(min(_LATE[sanction.counted], int(beyond)), 1)
        amount, how = _amount(sanction, late, rules)
        yield (
            f"{sanction.label}, done {counted(late, sanction.counted)} after our time: ours {amount} ({how}), "
            f"theirs {rules.table().money(Decimal(0))}."
        )


def _without(finding: Finding, annex: Annex) -> Iterator[str]:
    """What the failures cost whose paragraph, or whole clause, is gone."""
    if annex.credit_rules is None:
        return
    whole = finding.what == "clause"
    gone = {
        (c.id, b.label)
        for c in annex.clauses
        for b in c.blocks
        if isinstance(b, Paragraph) and (c.id == finding.section if whole else tidy_text(b.text) == finding.before)
    }
    for sanction in annex.sanctions.values():
        if (sanction.clause, sanction.paragraph) in gone:
            late = _LATE.get(sanction.counted, 1)
            amount, how = _amount(sanction, late, annex.credit_rules)
            case = counted(late, sanction.counted if sanction.counted in _LATE else sanction.unit)
            yield f"{sanction.label}, {case}: ours {amount} ({how}), theirs nothing, since the duty is gone."


def _amount(sanction: Sanction, late: int, rules: CreditRules) -> tuple[str, str]:
    table = rules.table()
    settled = settle([Entry(event="case", sanction=sanction, each=late)], rules, table)
    how = settled.paragraphs[0].calculation.text.partition(" = ")[0]
    capped = ", capped" if settled.credit < sanction.amount(late, table).amount or settled.caps else ""
    return table.money(settled.credit), f"{how}{capped}"
