"""What a duty of a clause may say, and the failure that follows from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ...model.diagnostic import nearest
from ...model.library.clause import (
    Duty,
    FailureSpec,
    FixedPeriod,
)
from ...model.library.condition import ALWAYS
from ...model.library.counting import MOMENTS, DayOfYear
from ...model.words.quantity import QuantityError
from ...model.words.words import MONTHS
from ..document.kinds import DURATION, YES_NO
from ..document.located import ScalarNode, position
from ..document.reading import BAD, Reader, listed, quoted
from ..document.schema import LINE, Field, Json, Known, Name, Record, Scalar
from .conditions import CONDITION
from .names import (
    KEY,
    POSTURE_NAMES,
    choice_of,
)


@dataclass(frozen=True, slots=True)
class _Due(Scalar):
    """When a duty is due: the name of a parameter, or a period, which is reported by its number."""

    sort: str

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        if not re.match(r"\d|\S+\s", text):
            return reader.name(self.sort, text, node)
        period = DURATION.typed(text, node, reader)
        if period is BAD or period.amount:
            return BAD if period is BAD else FixedPeriod(period, position(node))
        return reader.problem(
            "out-of-range", node, f"{quoted(text)} is not a period of time", "write a period of at least 1"
        )

    def schema(self, known: Known) -> Json:
        return {"anyOf": [KEY.schema(known), DURATION.schema(known)]}


class _CountsFrom(Scalar):
    """What a duty counts from: one of a few words, or a day of the year."""

    wanted = "what the duty counts from"

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        if text in MOMENTS:
            return text
        if text[:1].isdigit() or any(month in text for month in MONTHS):
            try:
                return DayOfYear.parse(text)
            except QuantityError as problem:
                return reader.problem("wrong-type", node, f"{quoted(text)} is not a day of the year", str(problem))
        hint = nearest(text, MOMENTS) or f"write one of {listed(MOMENTS)}, or a day of the year such as `15 April`"
        return reader.problem("unknown-choice", node, f"a duty does not count from {quoted(text)}", hint)

    def schema(self, known: Known) -> Json:
        days: Json = {"type": "string", "pattern": f"^[0-9]{{1,2}} ({'|'.join(MONTHS)})$"}
        return {"anyOf": [{"enum": list(MOMENTS)}, days]}


DUTY = Record(
    "a duty",
    {
        "paragraph": Field(Name("label"), "the label of the paragraph that states it", required=True),
        "obligor": Field(choice_of("provider", "client"), "who owes it", default="provider"),
        "action": Field(LINE, "the verb", required=True),
        "object": Field(LINE, "what the verb acts on", required=True),
        "trigger": Field(LINE, "what starts the clock, in words", required=True),
        "counts_from": Field(_CountsFrom(), "what its dates are counted from"),
        "within": Field(_Due("duration"), "the period from the trigger, or from the end of each period", default=""),
        "every": Field(_Due("rhythm"), "how often", default=""),
        "first": Field(_Due("duration"), "how soon after the start of the Services for the first time", default=""),
        "before": Field(_Due("duration"), "the period ahead of the trigger", default=""),
        "standing": Field(LINE, "why it has no date", default=""),
        "evidence": Field(LINE, "what proves that it was done", required=True),
        "check": Field(Name("label"), "the paragraph with the other party's right to verify", required=True),
        "consequence": Field(Name("label"), "the paragraph that says what follows a failure", required=True),
        "failure": Field(Name("failure"), "the failure that carries a credit for it", default=""),
        "when": Field(CONDITION, "when it applies", default=ALWAYS),
        "postures": Field(POSTURE_NAMES, "the postures whose wording states it; absent: all", default=()),
        "form": Field(Name("form"), "the form whose wording states it so; absent: each that prints it", default=""),
    },
    Duty,
)
FAILURE = Record(
    "a failure",
    {
        "label": Field(LINE, "what the credit table calls it", required=True),
        "paragraph": Field(Name("label"), "the label of the paragraph that carries the duty", required=True),
        "class": Field(choice_of("notice", "A", "B", "C"), "its class of credit", required=True),
        "unit": Field(LINE, "what is counted, in the singular: person, Device, system, report …", required=True),
        "per": Field(choice_of("act", "hour"), "for class A: by acts or by started hours", default="act"),
        "any_other": Field(
            YES_NO, "whether it applies to every deadline that has no failure of its own", default=False
        ),
    },
    lambda at, **values: FailureSpec(at=at, cls=values.pop("class"), **values),
)
