"""What a profile agrees for one failure alone: its sum, what the sum is for, what is free, and its cap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal
from types import MappingProxyType
from typing import Any

from ..model.diagnostic import Diagnostic
from ..model.profile import FailureTerms
from ..model.words.quantity import Money, Percentage, QuantityError, minor_units
from .document.kinds import Sum
from .document.located import ScalarNode
from .document.reading import Reader, quoted
from .document.schema import LINE, Choice, Field, Json, Known, Record, Scalar

_SUMS = ("rate", "event_cap")
# Times in which nothing is counted: what is late by weeks is late by days.
_UNCOUNTED = ("week", "month", "quarter", "year", "minute")


class _Tolerance(Scalar):
    wanted = "a number of units a month"

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        match = re.fullmatch(
            r"([0-9]{1,4})(?: (?P<of>[A-Za-z][A-Za-z -]{0,40}?))??(?: (?:a|per|each|every|in a) (?:calendar )?month)?",
            text,
        )
        if match and (match["of"] or "").casefold().split()[-1:] not in (["week"], ["year"], ["quarter"], ["day"]):
            return int(match[1]), match["of"] or ""
        hint = (
            "write how many units of a calendar month carry no credit, such as `2 a month` or `20 agent-days a month`"
        )
        return reader.problem("wrong-type", node, f"{quoted(text)} is not a tolerance", hint)

    def schema(self, known: Known) -> Json:
        return {"type": ["string", "integer"]}


class _Per(Scalar):
    """A thing, a day, an hour or a Business Day, or a thing and a time."""

    wanted = LINE.wanted

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        last = re.split(r"[\s-]+", text.casefold())[-1].rstrip("s")
        if last in _UNCOUNTED:
            message = f"{quoted(text)} is no time in which failures are counted"
            return reader.problem(
                "wrong-type", node, message, "write `hour`, `day` or `Business Day` and the sum for it"
            )
        return text

    def schema(self, known: Known) -> Json:
        return {"type": "string"}


class _SumOrShare(Sum):
    """A sum of money, or a share of the Monthly Charges, which `in_money` turns into one."""

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        if text.rstrip().endswith("%"):
            try:
                share = Percentage.parse(text)
            except QuantityError as problem:
                return reader.problem("wrong-type", node, f"{quoted(text)} is no share", str(problem))
            if 0 < share.value <= 100:
                return share
            return reader.problem(
                "out-of-range", node, f"{quoted(text)} is no share of the Monthly Charges", "write 1 % to 100 %"
            )
        return super().typed(text, node, reader)


MONEY = _SumOrShare(True)
FAILURE = Record(
    "what is agreed for a failure",
    {
        "rate": Field(
            MONEY, "its own sum for each unit, in place of those of its class, or a share of the Monthly Charges"
        ),
        "per": Field(
            _Per(), "what the sum is for: certificate, day, hour, Business Day, certificate and day", default=""
        ),
        "tolerance": Field(
            _Tolerance(),
            "what carries no credit in a calendar month: `2 a month`, `20 agent-days a month`",
            default=(0, ""),
        ),
        "event_cap": Field(MONEY, "what it costs at most in a calendar month, in money or as a share"),
        "class": Field(Choice(dict.fromkeys(("A", "B", "C"), ""), "class"), "another class", default=""),
        "unit": Field(LINE, "another unit, in the singular", default=""),
    },
    lambda at, **values: FailureTerms(at=at, cls=values.pop("class"), **_unnamed(values)),
)


def _unnamed(values: dict[str, Any]) -> dict[str, Any]:
    values.pop("name", None)
    values["tolerance"], values["tolerance_of"] = values["tolerance"]
    return values


def in_money(
    failures: Mapping[str, FailureTerms], charges: Money | None, currency: str
) -> tuple[Mapping[str, FailureTerms], list[Diagnostic]]:
    """The terms with every share as a sum of the Monthly Charges, rounded down, and every sum in the one currency."""
    told: list[Diagnostic] = []
    return MappingProxyType(
        {name: replace(t, **dict(_sums(name, t, charges, currency, told))) for name, t in failures.items()}
    ), told


def _sums(
    name: str, terms: FailureTerms, charges: Money | None, currency: str, told: list[Diagnostic]
) -> Iterator[tuple[str, Any]]:
    for key in _SUMS:
        value: object = getattr(terms, key)
        if isinstance(value, Money):
            yield key, Money(value.amount, currency)
        elif isinstance(value, Percentage) and charges:
            least = Decimal(1).scaleb(-minor_units(currency))
            yield key, Money(value.of(charges.amount).quantize(least, ROUND_DOWN), currency)
        elif isinstance(value, Percentage):
            message = f"`{key}` of `{name}` is {value.wording()} of the Monthly Charges, and the profile names none"
            hint = "write `charges: {monthly: …}`, or a sum of money"
            told.append(Diagnostic(rule="missing-charges", message=message, at=terms.at, hint=hint))
            yield key, None
