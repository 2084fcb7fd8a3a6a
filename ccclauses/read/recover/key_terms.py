"""The key terms: the deal at a glance, and the values of clauses that they repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...common.places import place_code
from ...compare.contents import tidy_text
from ...model.annex import Block, Cell, Reference, Table, Text, Value, plain_text
from ...model.library.clause import Value as ParameterValue
from ..values import parse_value
from .source import Source

_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")


def key_terms_of(source: Source) -> tuple[Table, tuple[Block, ...]]:
    """The table of the deal, and what follows it in the key terms."""
    section = source.named("key terms")
    blocks = tuple(
        replace(b, rows=tuple(_key_row(source, row) for row in b.rows)) if isinstance(b, Table) else b
        for b in (source.blocks(section, None, "Key terms of this Annex") if section else ())
    )
    first = next((b for b in blocks if isinstance(b, Table)), None)
    if first is not None:
        return first, blocks[blocks.index(first) + 1 :]
    source.note(
        "no-key-terms", "the table of key terms was not found: law, currency, time zone and charges are unknown"
    )
    return Table(title="", header=(), rows=(), widths=(), align=()), ()


def _key_row(source: Source, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A row of the key terms; what the parties chose is a value with the clause that prints it."""
    parameter = source.labels.get(tidy_text(row[0].text)) if row else None
    if parameter is None or len(row) < 2:
        return row
    if not any(isinstance(i, Reference) for i in row[1].inlines):
        if not parameter.key_terms:  # "Time zone" is a term of the deal and the label of a value too
            return row
        unit = f" {parameter.unit}" if parameter.unit and tidy_text(row[1].text).endswith(f" {parameter.unit}") else ""
        chosen = tidy_text(row[1].text).removesuffix(unit)
        return (row[0], Cell(inlines=(Value(parameter.name, chosen), *((Text(unit),) if unit else ()))), *row[2:])
    text, bracket, rest = plain_text(row[1].inlines).rpartition(" (")
    return (
        row[0],
        Cell(inlines=(Value(parameter.name, text if bracket else rest), Text(bracket + rest if bracket else ""))),
    )


def key_values(source: Source, key_terms: Table) -> Iterator[tuple[str, tuple[str, ParameterValue]]]:
    """The values that the key terms repeat: their words without the clause that is named behind them."""
    for row in key_terms.rows:
        parameter = source.labels.get(tidy_text(row[0].text)) if len(row) > 1 else None
        if parameter is None:
            continue
        text = " ".join(row[1].text.split())
        for shown in (text, _IN_BRACKETS.sub("", text)):
            value = parse_value(shown, parameter)
            if value is not None and (parameter.type not in ("text", "list") or shown != text or "(" not in text):
                yield parameter.name, (shown, value)
                break


def calendar_of(source: Source, name: str) -> str:
    """The code of the place whose calendar counts."""
    found = place_code(name) if name else ""
    if not found:
        source.note("no-calendar", "the place of the Business Days was not found")
    return found
