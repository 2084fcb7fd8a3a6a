"""The values of a recovered annex: as a schedule or the key terms list them, and as the clauses say them, which prevail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from ...compare.contents import tidy_text
from ...compose.texts.local_money import plain_sum
from ...compose.texts.wording import value_text
from ...model.annex import Annex, Block, Entry, Said, Schedule, Table
from ...model.credits.credit import CreditRules, build_rules
from ...model.diagnostic import Severity
from ...model.library.clause import Parameter
from ...model.library.clause import Value as ParameterValue
from ...model.words.quantity import Duration, Money, Percentage, QuantityError
from ..standing import Reading, Standing
from ..values import earlier_by_label, parse_value
from .key_terms import key_values
from .source import Source, tables_of


@dataclass(frozen=True, slots=True)
class _Worth:
    value: ParameterValue


def listed_parameters(
    source: Source, schedules: tuple[Schedule, ...], key_terms: tuple[Block, ...]
) -> dict[str, Entry]:
    labels = {**earlier_by_label(source.library), **source.labels}
    schedule = next((s for s in schedules if s.id == "parameters"), None)
    tables = [b for b in schedule.blocks if isinstance(b, Table)] if schedule else []
    source.listed = bool(tables)
    if not tables:
        # The clauses say the values; the key terms repeat some, and those of the deal.
        return {
            name: _agreed_entry(source, parameter, text, value)
            for t in tables_of(key_terms)
            for name, (text, value) in key_values(source, t)
            if (parameter := source.library.parameter(name))
        }
    out: dict[str, Entry] = {}
    for row in (row for table in tables for row in table.rows):
        label, chosen = tidy_text(row[0].text), " ".join(row[1].text.split()) if len(row) > 1 else ""
        parameter = labels.get(label)
        if parameter is None:
            source.note("unknown-value", f"the value “{label}” is none that the library knows")
            continue
        value = parse_value(chosen, parameter)
        if value is None:
            source.note("unread-value", f"“{chosen}” could not be read as the value of “{label}”", Severity.WARNING)
        owner = source.library.owner(parameter.name)
        unit = f" {parameter.unit}" if parameter.unit else ""
        text = chosen.removesuffix(unit)
        agreed = source.values.get(parameter.name)
        if agreed is not None and agreed != value:
            value, text = agreed, value_text(parameter, agreed, "en-GB").removesuffix(unit)
        out[parameter.name] = Entry(
            name=parameter.name,
            label=parameter.label,
            clause=owner.id if owner else "",
            value=chosen if value is None else value,
            text=text,
            stricter=parameter.stricter,
            role=parameter.role,
        )
    return out


def with_said(source: Source, annex: Annex, standing: Standing) -> Annex:
    """The annex with each value that its clauses and definitions say, and that nothing lists."""
    said = {
        name: _entry(source, parameter, _plainly(source, parameter, reading), reading.value)
        for name, readings in standing.readings.items()
        if (parameter := source.library.parameter(name))
        and (reading := next((r for r in readings if r.value is not None), None))
        and reading.value is not None
    }
    return replace(annex, parameters=MappingProxyType({**said, **annex.parameters}))


def _plainly(source: Source, parameter: Parameter, reading: Reading) -> str:
    """A value as most texts print it: "12 months", where a sentence says "every 12 months"."""
    return (
        value_text(parameter, reading.value, source.language) if isinstance(reading.value, Duration) else reading.text
    )


def _entry(source: Source, parameter: Parameter, text: str, value: ParameterValue) -> Entry:
    owner = source.library.owner(parameter.name)
    unit = f" {parameter.unit}" if parameter.unit else ""
    return Entry(
        name=parameter.name,
        label=parameter.label,
        clause=owner.id if owner else "",
        value=value,
        text=text.removesuffix(unit),
        stricter=parameter.stricter,
        role=parameter.role,
    )


def _agreed_entry(source: Source, parameter: Parameter, text: str, value: ParameterValue) -> Entry:
    """A value as the key terms say it, unless another is known to be agreed."""
    agreed = source.values.get(parameter.name)
    if agreed is None or agreed == value:
        return _entry(source, parameter, text, value)
    return _entry(source, parameter, value_text(parameter, agreed, source.language), agreed)


def values_said(source: Source, annex: Annex, standing: Standing) -> Iterator[tuple[str, Entry]]:
    number = next((s.number for s in annex.schedules if s.id == "parameters"), "")
    key_terms = {n: v for t in tables_of((annex.key_terms, *annex.key_values)) for n, v in key_values(source, t)}
    noun = annex.numbering.clause[1].noun if len(annex.numbering.clause) > 1 else ""
    unsaid: list[str] = []
    for name, entry in annex.parameters.items():
        readings = standing.readings.get(name, [])
        apart = _apart(readings)
        if (name in source.values and not apart) or not (readings or name in standing.unsaid):
            yield name, entry
            continue
        said = [(f"{noun if r.place[:1].isdigit() else ''}{r.place}", r.text, r.value) for r in readings]
        listed = [(f"{noun if number[:1].isdigit() else ''}{number}", entry.text, entry.value)] if number else []
        if name in key_terms:
            listed.append(("the key terms", *key_terms[name]))
        if not said:
            unsaid.append(f"{entry.label} ({entry.text})")
            continue
        first = said[readings.index(_prevailing(source, name, readings))] if apart else said[0]
        others = [s for s in (*said, *listed) if s[2] != first[2]]
        if first[2] is None:
            _differ(source, entry.label, f"{first[0]} says “{first[1]}”, which is not a value that can be read", listed)
            continue
        if others:
            _differ(source, entry.label, f"{first[0]} says {first[1]}", others)
        parameter = source.library.parameter(name)
        # The key terms may name in full what the clause says in short: "Europe/London" and "London".
        text = _plainly(source, parameter, readings[said.index(first)]) if parameter else first[1]
        unit = f" {parameter.unit}" if parameter and parameter.unit else ""
        yield name, replace(entry, value=first[2], text=text.removesuffix(unit), apart=apart)

    if unsaid:
        places = f"{noun if number[:1].isdigit() else ''}{number} says" if number else "the key terms say"
        source.note("clause-and-schedule", f"only {places}, and no clause: {'; '.join(unsaid)}", Severity.WARNING)


def _apart(readings: Sequence[Reading]) -> tuple[Said, ...]:
    """What each place says of a value that can be read there, where they differ."""
    said = tuple(Said(place=r.place, text=r.text, value=r.value) for r in readings if r.value is not None)
    return said if any(s.value != said[0].value for s in said) else ()


def _prevailing(source: Source, name: str, readings: Sequence[Reading]) -> Reading:
    """The reading that most places share; of as many that of what was sent, else the first."""
    sent = source.sent_annex.parameters.get(name) if source.sent_annex else None

    def rank(reading: Reading) -> tuple[int, bool]:
        return sum(r.value == reading.value for r in readings), bool(sent and sent.value == reading.value)

    return max((r for r in readings if r.value is not None), key=rank)


def _differ(source: Source, label: str, said: str, others: Sequence[tuple[str, str, ParameterValue | None]]) -> None:
    """Tell that places of the annex say different things of one value, each place with what it says."""
    by_text: dict[str, list[str]] = {}
    for place, text, _ in others:
        by_text.setdefault(text, []).append(place)
    rest = "; ".join(f"{', '.join(dict.fromkeys(places))}: {text}" for text, places in by_text.items())
    source.note("clause-and-schedule", f"{label}: {said}; {rest}", Severity.WARNING)


def _shares(sums: Mapping[str, Decimal], monthly: Money | None) -> dict[str, _Worth]:
    """The shares of the charges from which the printed caps follow, for an annex that states the sums alone."""
    if monthly is None or not monthly.amount or not {"month", "year", "year_notice"} <= sums.keys():
        return {}
    year = (sums["year"] + sums["year_notice"]) / 12
    caps = {"at_risk_month": sums["month"], "annual_cap": year}
    return {role: _Worth(Percentage(amount / monthly.amount * 100)) for role, amount in caps.items()}


def rules_of(source: Source, parameters: Mapping[str, Entry], terms: Mapping[str, str]) -> CreditRules | None:
    charges = next((text for label, text in terms.items() if label.startswith("Monthly Charges")), "")
    try:
        monthly = Money.parse(plain_sum(charges)) if charges else None
    except QuantityError:
        monthly = None
    law = next((law for law in source.library.laws.values() if law.name == terms.get("Governing law")), None)
    settings = {name: _Worth(e.value) for name, e in parameters.items() if e.role}
    stated = source.library.by_role(settings)
    fact = source.library.facts.get("seats")
    seats = terms.get(fact.label, "").replace(",", "") if fact else ""
    rules = build_rules(
        {**_shares(source.sums, monthly), **stated},
        currency=terms.get("Currency", ""),
        monthly_charges=monthly,
        seats=int(seats) if seats.isascii() and seats.isdigit() else None,
        switches=law.switches if law else {},
        damages=law.damages if law else "credited",
        credit_label=law.credit_label if law else "Service Credit",
    )
    return rules if isinstance(rules, CreditRules) else None
