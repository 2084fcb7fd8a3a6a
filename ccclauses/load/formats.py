"""What each file of a clause library may hold, key by key; docs/reference/clause-format.md says the same to people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from ..model.clause import (
    EMPTY,
    Allowance,
    Constraint,
    Definition,
    Duty,
    EarlierValue,
    Fact,
    FixedPeriod,
    Framework,
    FrameworkReference,
    Law,
    Level,
    Negotiation,
    Numbering,
    Parameter,
    Part,
    FailureSpec,
    Variant,
)
from ..model.condition import ALWAYS, comparable
from ..model.counting import MOMENTS, DayOfYear
from ..model.diagnostic import Severity, nearest
from ..model.form import FULL, SCHEDULES, Article, Form, Member, Reason
from ..model.quantity import QuantityError
from ..model.roles import ROLES
from ..model.signal import Signal
from ..model.words import MONTHS
from .changes import Changes
from .conditions import CONDITION
from .kinds import (
    DATE,
    DURATION,
    TEMPLATE,
    TYPES,
    WHOLE,
    YES_NO,
    Identifier,
    Written,
    check_range,
    kind_of,
    printed,
)
from .located import MappingNode, Node, ScalarNode, SequenceNode, position
from .schema import (
    BAD,
    LINE,
    PROSE,
    Choice,
    Field,
    Json,
    Kind,
    Known,
    ListOf,
    MapOf,
    Name,
    Raw,
    Reader,
    Record,
    Scalar,
    entries,
    listed,
    quoted,
)


class FormerId(Identifier):
    """The id of a clause that the library no longer has, which is looked up when everything is read."""

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        id_ = Identifier.typed(self, text, node, reader)
        return BAD if id_ is BAD else reader.name("former clause", id_, node)


_ID = Identifier()
_KEY = Identifier("_", 60)
_FORMER = FormerId()
_LABEL = Identifier(longest=60)
_LAWS = ListOf(Name("law or family"), single=True, unique=True)
_POSTURES = ListOf(Name("posture"), single=True, unique=True)
_LABELS = ListOf(Name("label"), single=True, unique=True)
_LINES = ListOf(LINE, unique=True)


def _choice(*names: str) -> Choice:
    return Choice(dict.fromkeys(names, ""))


def _take_text(values: dict[str, Any]) -> dict[str, Any]:
    written: Written = values.pop("text")
    return {"text": written.text, "text_line": written.line, "text_column": written.column, **values}


class _Choices(Kind):
    """Choices with their printed wording, or a list of choices that print as they are."""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        if isinstance(node, SequenceNode):
            names = _LINES.read(node, reader)
            return BAD if names is BAD else MappingProxyType({n: n for n in names})
        return MapOf(LINE, LINE).read(node, reader)

    def schema(self, known: Known) -> Json:
        text = LINE.schema(known)
        return {"anyOf": [{"type": "object", "additionalProperties": text}, {"type": "array", "items": text}]}


# -- parameters and facts -------------------------------------------------------------------------------------------

_VALUE: Json = {"type": ["string", "number", "boolean", "array"]}


_ROLE = Choice({role: words for role, (_, words) in ROLES.items()}, "role")


class ParameterKind(Kind):
    """A parameter: `type` says how its range, choices and values for each posture are read."""

    def __init__(self, postures: Iterable[str]) -> None:
        self.postures = tuple(postures)
        values = {p: Field(Raw(_VALUE), f"the value under the posture {p}", required=True) for p in self.postures}
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
                "choices": Field(_Choices(), "each choice and how it is printed", default=EMPTY),
                "stricter": Field(
                    _choice("lower", "higher", "none"), "which way protects the client more", default="none"
                ),
                "zero": Field(LINE, "what zero means, in words", default=""),
                "key_terms": Field(
                    _choice("deal", "principal", "full"),
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


class FactKind(Kind):
    """A fact, whose default is read by its type."""

    record = Record(
        "a fact",
        {
            "name": Field(_KEY, "the name that conditions use", required=True),
            "type": Field(_choice("boolean", "integer", "choice"), "what its values are", required=True),
            "question": Field(LINE, "the question at intake", required=True),
            "default": Field(Raw(_VALUE), "what is assumed when a profile is silent", required=True),
            "unknown": Field(Raw(_VALUE), "what is assumed when it is not known: the side that protects the client"),
            "why": Field(LINE, "why it is asked, in one sentence of a buyer's words", default=""),
            "choices": Field(_Choices(), "each choice and what it means", default=EMPTY),
            "label": Field(LINE, "what the key terms call it; without one they do not print it", default=""),
        },
    )

    def schema(self, known: Known) -> Json:
        return self.record.schema(known)

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        values = self.record.read(node, reader)
        if values is BAD:
            return BAD
        kind = kind_of(values["type"], values["choices"])
        default, unknown = values.pop("default"), values.pop("unknown")
        default = kind.read(default, reader)
        unknown = kind.read(unknown, reader) if unknown else None
        if BAD in (default, unknown):
            return BAD
        return Fact(**values, default=default, unknown=unknown, at=position(node))


# -- the parts of a clause ------------------------------------------------------------------------------------------


class _MapsTo(Kind):
    """Frameworks, their references, and the labels of the paragraphs that answer each."""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        result, fine = {}, isinstance(node, MappingNode)
        for framework, group in entries(node, reader):
            reader.name("framework", framework.value, framework)
            references = {}
            for ref, labels_node in entries(group, reader):
                reader.name("reference", f"{framework.value}\n{ref.value}", ref)
                labels = _LABELS.read(labels_node, reader)
                fine = fine and labels is not BAD
                references[ref.value] = labels
            fine = fine and isinstance(group, MappingNode)
            result[framework.value] = MappingProxyType(references)
        return MappingProxyType(result) if fine else BAD

    def schema(self, known: Known) -> Json:
        labels = _LABELS.schema(known)
        frameworks: Json = {"type": "object", "additionalProperties": labels}
        names = known.get("framework")
        if names is None:
            return {"type": "object", "additionalProperties": frameworks}
        return {"type": "object", "properties": dict.fromkeys(names, frameworks), "additionalProperties": False}


class _Settings(Kind):
    """The settings of a variant, typed when every parameter is known."""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        pairs = [(k, v) for k, v in entries(node, reader, "settings")]
        return {k.value: (k, v) for k, v in pairs}

    def schema(self, known: Known) -> Json:
        return {"type": "object"}


def _variant(**values: Any) -> Variant:
    return Variant(postures=values.pop("posture"), **_take_text(values))


def _part(**values: Any) -> Part:
    return Part(**_take_text(values))


VARIANT = Record(
    "a variant",
    {
        "posture": Field(_POSTURES, "the posture or postures that it serves", required=True),
        "laws": Field(_LAWS, "the governing laws, or families of laws, that it serves; absent: any", default=()),
        "language": Field(LINE, "its language, as `en` or `de`", default="en"),
        "form": Field(Name("form"), "the form of the annex that it serves; absent: the full one", default=FULL),
        "settings": Field(_Settings(), "values that this wording needs instead of the posture's", default=EMPTY),
        "note": Field(PROSE, "an internal note, never printed in an annex", default=""),
        "text": Field(TEMPLATE, "the wording, as a literal block", required=True),
    },
    _variant,
)

PART = Record(
    "a part",
    {
        "name": Field(_LABEL, "the name by which a text includes it", required=True),
        "laws": Field(
            _LAWS, "the governing laws, or families of laws, that it serves; absent: every other", default=()
        ),
        "form": Field(Name("form"), "the form of the annex that it serves; absent: every other", default=""),
        "note": Field(PROSE, "an internal note, never printed in an annex", default=""),
        "text": Field(TEMPLATE, "the wording, as a literal block", required=True),
    },
    _part,
)


@dataclass(frozen=True, slots=True)
class _Due(Scalar):
    """When a duty is due: the name of a parameter, or a period, which is told by its number."""

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
        return {"anyOf": [_KEY.schema(known), DURATION.schema(known)]}


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
        "obligor": Field(_choice("provider", "client"), "who owes it", default="provider"),
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
        "postures": Field(_POSTURES, "the postures whose wording states it; absent: all", default=()),
        "form": Field(Name("form"), "the form whose wording states it so; absent: each that prints it", default=""),
    },
    Duty,
)

FAILURE = Record(
    "a failure",
    {
        "label": Field(LINE, "what the credit table calls it", required=True),
        "paragraph": Field(Name("label"), "the label of the paragraph that carries the duty", required=True),
        "class": Field(_choice("notice", "A", "B", "C"), "its class of credit", required=True),
        "unit": Field(LINE, "what is counted, in the singular: person, Device, system, report …", required=True),
        "per": Field(_choice("act", "hour"), "for class A: by acts or by started hours", default="act"),
        "any_other": Field(
            YES_NO, "whether it applies to every deadline that has no failure of its own", default=False
        ),
    },
    lambda at, **values: FailureSpec(at=at, cls=values.pop("class"), **values),
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
            "id": Field(_ID, "the file's name without `.yaml`", required=True),
            "version": Field(WHOLE, "a whole number, raised whenever the words change", required=True),
            "changes": Field(Changes(), "for each version from 2 on, what changed in effect and why", default=()),
            "extends": Field(
                Name("replaced clause"),
                "in a library of your own: the shipped clause that this one replaces",
                default="",
            ),
            "formerly": Field(
                ListOf(_FORMER, unique=True),
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
                MapOf(_KEY, ParameterKind(postures)), "the values that a profile may set", default=EMPTY
            ),
            "failures": Field(MapOf(_KEY, FAILURE), "its failures that carry a credit", default=EMPTY),
            "parts": Field(ListOf(PART), "wordings that texts include", default=()),
            "variants": Field(ListOf(VARIANT), "its wordings, the strictest first", required=True),
            "duties": Field(ListOf(DUTY), "each duty of the text, as data", default=()),
            "allow": Field(ListOf(ALLOWANCE), "lint findings that are accepted here", default=()),
        },
    )


# -- the tables beside the clauses ----------------------------------------------------------------------------------

_TOPIC = Record(
    "a topic",
    {"id": Field(_KEY, "its id", required=True), "title": Field(LINE, "its heading", required=True)},
    lambda at, **v: (v, at),
)
GROUPS = ListOf(
    Record(
        "a group of topics",
        {
            "id": Field(_KEY, "its id", required=True),
            "title": Field(LINE, "its heading in the annex", required=True),
            "topics": Field(ListOf(_TOPIC), "its topics in order", required=True),
            "heading": Field(YES_NO, "whether the annex prints the heading above its clauses", default=True),
        },
    )
)

POSTURES = ListOf(
    Record(
        "a posture",
        {
            "id": Field(_KEY, "its id", required=True),
            "label": Field(LINE, "what it is called", required=True),
            "meaning": Field(PROSE, "what it means", required=True),
        },
        lambda at, **v: (v, at),
    )
)

FACTS = ListOf(FactKind())


def _definition(**values: Any) -> Definition:
    return Definition(**_take_text(values))


DEFINITIONS = ListOf(
    Record(
        "a definition",
        {
            "term": Field(LINE, "the defined term", required=True),
            "forms": Field(ListOf(LINE, single=True), "other forms of it, such as an unusual plural", default=()),
            "text": Field(TEMPLATE, "what it means: the words that follow the term", required=True),
            "when": Field(CONDITION, "when this definition is the one", default=ALWAYS),
            "statutory": Field(YES_NO, "whether it points to a law", default=False),
        },
        _definition,
    )
)

FRAME = ListOf(PART)

_REASON = Record(
    "a reason for a form",
    {
        "when": Field(CONDITION, "the facts that propose the form", required=True),
        "because": Field(LINE, "why, in a sentence for the person who decides", required=True),
    },
    Reason,
)
_MEMBER = Record(
    "a clause of an outline",
    {
        "clause": Field(Name("clause"), "the id of the clause", required=True),
        "when": Field(CONDITION, "the facts that bring it in, in this form; absent: as the clause says"),
    },
    Member,
)


class _Member(Kind):
    """A clause of an outline: its id alone, or with the condition under which it is in."""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        if not isinstance(node, ScalarNode):
            return _MEMBER.read(node, reader)
        clause = Name("clause").read(node, reader)
        return BAD if clause is BAD else Member(clause=clause, at=position(node))

    def schema(self, known: Known) -> Json:
        return {"anyOf": [Name("clause").schema(known), _MEMBER.schema(known)]}


_ARTICLE = Record(
    "a heading of an outline",
    {
        "title": Field(LINE, "the heading that is printed", required=True),
        "of": Field(ListOf(_Member(), single=True), "the clauses that are joined under it, in order", required=True),
    },
    Article,
)
FORMS = ListOf(
    Record(
        "a form",
        {
            "id": Field(_KEY, "its id", required=True),
            "title": Field(LINE, "what it is called", required=True),
            "meaning": Field(PROSE, "what it is for", required=True),
            "propose": Field(ListOf(_REASON), "the facts that propose it, each with its reason", default=()),
            "outline": Field(
                ListOf(_ARTICLE), "its headings, each with its clauses; absent: every clause has its own", default=()
            ),
            "schedules": Field(
                ListOf(_choice(*SCHEDULES), unique=True), "the schedules that it has; absent: all", default=()
            ),
        },
        Form,
    )
)

_REFERENCE = Record(
    "a reference",
    {
        "ref": Field(LINE, "how the framework names it", required=True),
        "id": Field(LINE, "its id in this library", required=True),
        "kind": Field(_choice("contract_term", "control", "deadline", "guidance"), "what it asks for", required=True),
        "duty": Field(PROSE, "the duty in one line", required=True),
        "topics": Field(ListOf(Name("topic")), "the topics that answer it", required=True),
        "deadline": Field(LINE, "its deadline, if it sets one", default=""),
        "rules": Field(ListOf(Name("constraint"), unique=True), "the constraints that must hold for it", default=()),
        "checked": Field(_choice("primary", "secondary", "unchecked"), "how its source was seen", required=True),
        "checked_on": Field(DATE, "when, where not with the rest of the framework"),
    },
    FrameworkReference,
)
_REFERENCES = ListOf(_REFERENCE)


class _References(Kind):
    """The references of a framework, each named once."""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        references = _REFERENCES.read(node, reader)
        if references is BAD:
            return BAD
        result: dict[str, FrameworkReference] = {}
        for reference, item in zip(references, node.value):
            if reference.ref in result:
                reader.problem(
                    "duplicate-entry",
                    item,
                    f"{quoted(reference.ref)} appears twice",
                    "merge the two, or tell them apart",
                )
            result.setdefault(reference.ref, reference)
        return MappingProxyType(result)

    def schema(self, known: Known) -> Json:
        return _REFERENCES.schema(known)


FRAMEWORK = Record(
    "a framework",
    {
        "id": Field(_KEY, "the file's name without `.yaml`", required=True),
        "title": Field(LINE, "its full name", required=True),
        "short": Field(LINE, "its short name", required=True),
        "jurisdiction": Field(LINE, "where it applies", required=True),
        "note": Field(PROSE, "a note for the drafter", default=""),
        "suggest_when": Field(
            ListOf(_REASON, single=True), "when to suggest it to a client, with the reason in one sentence", default=()
        ),
        "source": Field(LINE, "where its text is published", default=""),
        "checked_on": Field(DATE, "when its requirements were last held against its text"),
        "references": Field(_References(), "its requirements", required=True),
    },
    Framework,
)

_LEVEL = Record(
    "a level of numbering",
    {
        "format": Field(
            _choice("decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman"), "how it counts", required=True
        ),
        "text": Field(LINE, "its number, with `%1` for that of level 1", required=True),
        "noun": Field(Raw({"type": "string"}), "the word before it in a reference, with its space", required=True),
    },
)
_LEVELS = ListOf(_LEVEL)


class _Levels(Kind):
    """Four levels of numbering."""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        levels = _LEVELS.read(node, reader)
        if levels is BAD:
            return BAD
        if len(levels) != 4:
            return reader.problem(
                "wrong-type", node, f"{len(levels)} levels were found where 4 are expected", "write four levels"
            )
        if not all(isinstance(level["noun"], ScalarNode) for level in levels):
            return reader.expected(node, "a word before each number", 'write `noun: "clause "`')
        return tuple(Level(format=v["format"], text=v["text"], noun=v["noun"].value) for v in levels)

    def schema(self, known: Known) -> Json:
        return _LEVELS.schema(known)


NUMBERING = Record(
    "a numbering",
    {
        "clause": Field(_Levels(), "the four levels of clauses", required=True),
        "schedule": Field(_Levels(), "the four levels of schedules", required=True),
    },
    lambda clause, schedule, **about: Numbering(clause=clause, schedule=schedule),
)

LAW = Record(
    "a law",
    {
        "id": Field(LINE, "ISO 3166: GB-EAW, US-NY, DE", required=True),
        "name": Field(LINE, "as a contract prints it: the law of England and Wales", required=True),
        "short": Field(LINE, "its short name", required=True),
        "family": Field(_KEY, "the group of laws that share wording", required=True),
        "numbering": Field(Name("numbering"), "a numbering of this file", required=True),
        "page": Field(_choice("A4", "Letter"), "the size of paper", required=True),
        "language": Field(LINE, "the language of its annexes, as `en-GB`", required=True),
        "credit_label": Field(LINE, "what it calls a credit for a failure", required=True),
        "damages": Field(
            _choice("in_addition", "credited", "exhausts", "excluded", "election"),
            "how credits relate to damages",
            required=True,
        ),
        "switches": Field(MapOf(_KEY, LINE), "what else is data about it", default=EMPTY),
        "warnings": Field(ListOf(PROSE), "what a drafter must know", default=()),
        "source": Field(LINE, "where its statutes and judgments are published", default=""),
        "checked_on": Field(DATE, "when what is said of it here was last held against them"),
    },
    Law,
)

LAWS = Record(
    "the laws",
    {
        "numberings": Field(MapOf(_KEY, NUMBERING), "numbering schemes", default=EMPTY),
        "laws": Field(ListOf(LAW), "the governing laws", default=()),
    },
    lambda at, **values: values,
)


EARLIER_VALUES = ListOf(
    Record(
        "an earlier value",
        {
            "name": Field(LINE, "its name then", required=True),
            "type": Field(
                Choice(TYPES, "type"), "what it was, where the library has no such parameter now", default=""
            ),
            "labels": Field(ListOf(LINE, single=True), "what the schedule of values printed", required=True),
        },
        EarlierValue,
    )
)
SIGNALS = ListOf(
    Record(
        "a group of words",
        {
            "id": Field(Identifier(longest=60), "its id", required=True),
            "label": Field(LINE, "what a report calls a change of them", required=True),
            "effect": Field(LINE, "what such a change may alter", required=True),
            "words": Field(ListOf(LINE, single=True), "the words; `*` means any ending", required=True),
            "counts": Field(
                Choice(
                    {
                        "always": "called out wherever one of them changes, comes or goes",
                        "replaced": "called out only where one of them gives way to other words",
                    }
                ),
                "when they are called out",
                default="always",
            ),
        },
        Signal,
    )
)

CONSTRAINTS = ListOf(
    Record(
        "a constraint",
        {
            "id": Field(Identifier(longest=60), "its id", required=True),
            "when": Field(CONDITION, "when it applies; absent: always", default=ALWAYS),
            "limit": Field(CONDITION, 'the cap of one parameter: `access_review <= "180 days"`'),
            "rule": Field(CONDITION, "what must hold among values: `backup_interval <= rpo`"),
            "severity": Field(
                _choice("error", "warning", "note"), "whether it stops a build or is reported", required=True
            ),
            "reason": Field(PROSE, "why, in one sentence", required=True),
            "source": Field(PROSE, "the law, standard or practice that it rests on", required=True),
            "checked_on": Field(DATE, "when it was last held against its source"),
        },
        Constraint,
    )
)
