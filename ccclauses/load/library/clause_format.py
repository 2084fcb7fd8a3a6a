"""What the file of a clause may hold, key by key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from ...model.diagnostic import Severity
from ...model.library.clause import EMPTY, Allowance, Negotiation, Parameter, Part, Variant
from ...model.library.condition import ALWAYS, comparable
from ...model.library.form import FULL
from ...model.library.roles import ROLES
from ..document.kinds import TEMPLATE, TYPES, WHOLE, check_range, kind_of, printed
from ..document.located import MappingNode, Node, SequenceNode
from ..document.reading import BAD, Reader, entries
from ..document.schema import LINE, PROSE, Choice, Field, Json, Kind, Known, ListOf, MapOf, Name, Raw, Record
from .changes import Changes
from .conditions import CONDITION
from .duty_format import DUTY, FAILURE
from .names import (
    ANY_VALUE,
    FORMER,
    ID,
    KEY,
    LAWS_OR_FAMILIES,
    PARAGRAPH_LABEL,
    PARAGRAPH_LABELS,
    POSTURE_NAMES,
    Choices,
    choice_of,
    take_text,
)

_ROLE = Choice({role: words for role, (_, words) in ROLES.items()}, "role")


class ParameterKind(Kind):
    """A parameter: `type` says how its range, choices and values for each posture are read."""

    def __init__(self, postures: Iterable[str]) -> None:
        self.postures = tuple(postures)
        values = {p: Field(Raw(ANY_VALUE), f"the value under the posture {p}", required=True) for p in self.postures}
        self.record = Record(
            "a parameter",
            {
                "type": Field(Choice(TYPES, "type"), "what its values are", required=True),
                "label": Field(LINE, "what it is called in the schedule of values", required=True),
                "unit": Field(LINE, "what a number, percentage or sum counts: calls each month", default=""),
                "range": Field(
                    Raw({"type": "array", "minItems": 2, "maxItems": 2}),
                    "the least and the most, as `[1 hour, 72 hours]`",
                ),
                "choices": Field(Choices(), "each choice and how it is printed", default=EMPTY),
                "stricter": Field(
                    choice_of("lower", "higher", "none"), "which way protects the client more", default="none"
                ),
                "zero": Field(LINE, "what zero means, in words", default=""),
                "key_terms": Field(
                    choice_of("deal", "principal", "full"),
                    "where the key terms print it: among the terms of the deal, the principal values, or those of the full form alone",
                    default="",
                ),
                "role": Field(_ROLE, "what the program needs it for, whatever its name", default=""),
                "note": Field(PROSE, "a drafting note", default=""),
                **values,
            },
        )

    def schema(self, known: Known) -> Json:
        return self.record.schema(known)

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        given = self.record.given(node, reader)
        if given is BAD or not self.record.complete(given, node, reader):
            return BAD
        values = {name: given.get(name, f.default) for name, f in self.record.fields.items()}
        nodes = {p: values.pop(p) for p in self.postures}
        bounds = values.pop("range")
        if any(v is BAD for v in values.values()):
            return BAD
        if values["type"] == "choice" and not values["choices"]:
            return reader.problem("missing-key", node, "`choices` is missing in a parameter of type choice",
                                  "write `choices`: each choice and how it is printed")  # fmt: skip
        kind = kind_of(values["type"], values["choices"])
        minimum, maximum = self._bounds(bounds, values["type"], kind, reader)
        typed = {p: kind.read(n, reader) for p, n in nodes.items()}
        if minimum is BAD or any(v is BAD for v in typed.values()):
            return BAD
        fine = [check_range(p, v, minimum, maximum, nodes[p], reader) for p, v in typed.items()]
        if not all(fine):
            return BAD
        self._check_order(values["stricter"], typed, nodes, reader)
        return Parameter(**values, **about, values=MappingProxyType(typed), minimum=minimum, maximum=maximum)

    def _bounds(self, node: Node | None, type_: str, kind: Kind, reader: Reader) -> tuple[Any, Any]:
        if node is None:
            return None, None
        if type_ not in ("integer", "decimal", "duration", "money", "percentage", "date"):
            reader.problem("wrong-type", node, f"a parameter of type {type_} has no range", "leave `range` out")
            return BAD, BAD
        if not isinstance(node, SequenceNode) or len(node.value) != 2:
            reader.expected(node, "the least and the most value", "write `range: [1 hour, 72 hours]`")
            return BAD, BAD
        minimum, maximum = (kind.read(n, reader) for n in node.value)
        if minimum is BAD or maximum is BAD:
            return BAD, BAD
        if comparable(minimum) > comparable(maximum):
            reader.problem(
                "out-of-range",
                node,
                f"the least, {printed(minimum)}, is more than the most, {printed(maximum)}",
                "swap them",
            )
            return BAD, BAD
        return minimum, maximum

    def _check_order(self, stricter: str, values: Mapping[str, Any], nodes: Mapping[str, Node], reader: Reader) -> None:
        # Each posture is the fallback of the one before, so that no fallback may ask for more.
        if stricter == "none":
            return
        for before, after in zip(self.postures, self.postures[1:]):
            a, b = comparable(values[before]), comparable(values[after])
            if (a > b) if stricter == "lower" else (a < b):
                message = f"{after} ({printed(values[after])}) is stricter than {before} ({printed(values[before])})"
                reader.problem(
                    "posture-order",
                    nodes[after],
                    message,
                    "check the values, or write `stricter: none`",
                    Severity.WARNING,
                )


class _MapsTo(Kind):
    """Frameworks, their references, and the labels of the paragraphs that answer each."""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        result, fine = {}, isinstance(node, MappingNode)
        for framework, group in entries(node, reader):
            reader.name("framework", framework.value, framework)
            references = {}
            for ref, labels_node in entries(group, reader):
                reader.name("reference", f"{framework.value}\n{ref.value}", ref)
                labels = PARAGRAPH_LABELS.read(labels_node, reader)
                fine = fine and labels is not BAD
                references[ref.value] = labels
            fine = fine and isinstance(group, MappingNode)
            result[framework.value] = MappingProxyType(references)
        return MappingProxyType(result) if fine else BAD

    def schema(self, known: Known) -> Json:
        labels = PARAGRAPH_LABELS.schema(known)
        frameworks: Json = {"type": "object", "additionalProperties": labels}
        names = known.get("framework")
        if names is None:
            return {"type": "object", "additionalProperties": frameworks}
        return {"type": "object", "properties": dict.fromkeys(names, frameworks), "additionalProperties": False}


class Settings(Kind):
    """The settings of a variant, typed when every parameter is known."""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        pairs = [(k, v) for k, v in entries(node, reader, "settings")]
        return {k.value: (k, v) for k, v in pairs}

    def schema(self, known: Known) -> Json:
        return {"type": "object"}


def _variant(**values: Any) -> Variant:
    return Variant(postures=values.pop("posture"), **take_text(values))


def _part(**values: Any) -> Part:
    return Part(**take_text(values))


VARIANT = Record(
    "a variant",
    {
        "posture": Field(POSTURE_NAMES, "the posture or postures that it serves", required=True),
        "laws": Field(
            LAWS_OR_FAMILIES, "the governing laws, or families of laws, that it serves; absent: any", default=()
        ),
        "language": Field(LINE, "its language, as `en` or `de`", default="en"),
        "form": Field(Name("form"), "the form of the annex that it serves; absent: the full one", default=FULL),
        "settings": Field(Settings(), "values that this wording needs instead of the posture's", default=EMPTY),
        "note": Field(PROSE, "an internal note, never printed in an annex", default=""),
        "text": Field(TEMPLATE, "the wording, as a literal block", required=True),
    },
    _variant,
)
PART = Record(
    "a part",
    {
        "name": Field(PARAGRAPH_LABEL, "the name by which a text includes it", required=True),
        "laws": Field(
            LAWS_OR_FAMILIES, "the governing laws, or families of laws, that it serves; absent: every other", default=()
        ),
        "form": Field(Name("form"), "the form of the annex that it serves; absent: every other", default=""),
        "note": Field(PROSE, "an internal note, never printed in an annex", default=""),
        "text": Field(TEMPLATE, "the wording, as a literal block", required=True),
    },
    _part,
)
NEGOTIATION = Record(
    "a negotiation note",
    {
        "preferred": Field(PROSE, "what is asked for first", default=""),
        "acceptable": Field(PROSE, "what may be agreed", default=""),
        "walk_away": Field(PROSE, "what may not", default=""),
        "shareable": Field(PROSE, "the one reason that the other side may be told", default=""),
    },
    lambda at, **values: Negotiation(**values),
)
ALLOWANCE = Record(
    "an allowance",
    {
        "rule": Field(LINE, "the lint rule", required=True),
        "reason": Field(PROSE, "why it may be broken here", required=True),
        "text": Field(LINE, "words that the finding holds; absent: anywhere in the clause", default=""),
    },
    Allowance,
)


@lru_cache(maxsize=8)
def clause_record(postures: tuple[str, ...]) -> Record:
    """A clause file, read to plain values: a client's clause takes those it lacks from the one it replaces."""
    return Record(
        "a clause",
        {
            "id": Field(ID, "the file's name without `.yaml`", required=True),
            "version": Field(WHOLE, "a whole number, raised whenever the words change", required=True),
            "changes": Field(Changes(), "for each version from 2 on, what changed in effect and why", default=()),
            "extends": Field(
                Name("replaced clause"),
                "in a library of your own: the shipped clause that this one replaces",
                default="",
            ),
            "formerly": Field(
                ListOf(FORMER, unique=True),
                "ids of earlier clauses that were renamed to this one, merged into it or divided between several",
                default=(),
            ),
            "title": Field(LINE, "the heading", required=True),
            "topic": Field(Name("topic"), "a topic of topics.yaml", required=True),
            "purpose": Field(LINE, "one sentence: why it is there", required=True),
            "summary": Field(PROSE, "plain words for procurement", default=""),
            "negotiation": Field(NEGOTIATION, "notes for the negotiator, internal", default=Negotiation()),
            "notes": Field(PROSE, "drafting notes: pitfalls, sources", default=""),
            "review_months": Field(WHOLE, "how often it is looked at again", default=12),
            "applies_when": Field(CONDITION, "when it belongs in an annex; absent: always", default=ALWAYS),
            "requires": Field(ListOf(Name("clause"), unique=True), "clauses that it can't do without", default=()),
            "conflicts": Field(
                ListOf(Name("clause"), unique=True), "clauses with which it can't be combined", default=()
            ),
            "maps_to": Field(_MapsTo(), "framework, its references, the paragraphs that answer each", default=EMPTY),
            "parameters": Field(
                MapOf(KEY, ParameterKind(postures)), "the values that a profile may set", default=EMPTY
            ),
            "failures": Field(MapOf(KEY, FAILURE), "its failures that carry a credit", default=EMPTY),
            "parts": Field(ListOf(PART), "wordings that texts include", default=()),
            "variants": Field(ListOf(VARIANT), "its wordings, the strictest first", required=True),
            "duties": Field(ListOf(DUTY), "each duty of the text, as data", default=()),
            "allow": Field(ListOf(ALLOWANCE), "lint findings that are accepted here", default=()),
        },
    )
