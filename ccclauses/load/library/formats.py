"""What each file of a clause library may hold, key by key; docs/reference/clause-format.md says the same to people."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from ...model.library.clause import (
    EMPTY,
    EarlierValue,
)
from ...model.library.condition import ALWAYS
from ...model.library.form import SCHEDULES, Article, Form, Member, Reason
from ...model.library.library import Constraint, Definition, Fact, Framework, FrameworkReference, Law, Level, Numbering
from ...model.library.signal import Signal
from ..document.kinds import (
    DATE,
    TEMPLATE,
    TYPES,
    YES_NO,
    Identifier,
    kind_of,
)
from ..document.located import Node, ScalarNode, position
from ..document.reading import BAD, Reader, quoted
from ..document.schema import LINE, PROSE, Choice, Field, Json, Kind, Known, ListOf, MapOf, Name, Raw, Record
from .clause_format import PART
from .conditions import CONDITION
from .names import (
    ANY_VALUE,
    KEY,
    Choices,
    choice_of,
    take_text,
)

# -- parameters and facts -------------------------------------------------------------------------------------------


class FactKind(Kind):
    """A fact, whose default is read by its type."""

    record = Record(
        "a fact",
        {
            "name": Field(KEY, "the name that conditions use", required=True),
            "type": Field(choice_of("boolean", "integer", "choice"), "what its values are", required=True),
            "question": Field(LINE, "the question at intake", required=True),
            "default": Field(Raw(ANY_VALUE), "what is assumed when a profile is silent", required=True),
            "unknown": Field(Raw(ANY_VALUE), "what is assumed when it is not known: the side that protects the client"),
            "why": Field(LINE, "why it is asked, in one sentence of a buyer's words", default=""),
            "choices": Field(Choices(), "each choice and what it means", default=EMPTY),
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


# -- the tables next to the clauses ----------------------------------------------------------------------------------

_TOPIC = Record(
    "a topic",
    {"id": Field(KEY, "its id", required=True), "title": Field(LINE, "its heading", required=True)},
    lambda at, **v: (v, at),
)
GROUPS = ListOf(
    Record(
        "a group of topics",
        {
            "id": Field(KEY, "its id", required=True),
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
            "id": Field(KEY, "its id", required=True),
            "label": Field(LINE, "what it is called", required=True),
            "meaning": Field(PROSE, "what it means", required=True),
        },
        lambda at, **v: (v, at),
    )
)

FACTS = ListOf(FactKind())


def _definition(**values: Any) -> Definition:
    return Definition(**take_text(values))


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
            "id": Field(KEY, "its id", required=True),
            "title": Field(LINE, "what it is called", required=True),
            "meaning": Field(PROSE, "what it is for", required=True),
            "propose": Field(ListOf(_REASON), "the facts that propose it, each with its reason", default=()),
            "outline": Field(
                ListOf(_ARTICLE), "its headings, each with its clauses; absent: every clause has its own", default=()
            ),
            "schedules": Field(
                ListOf(choice_of(*SCHEDULES), unique=True), "the schedules that it has; absent: all", default=()
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
        "kind": Field(choice_of("contract_term", "control", "deadline", "guidance"), "what it asks for", required=True),
        "duty": Field(PROSE, "the duty in one line", required=True),
        "topics": Field(ListOf(Name("topic")), "the topics that answer it", required=True),
        "deadline": Field(LINE, "its deadline, if it sets one", default=""),
        "rules": Field(ListOf(Name("constraint"), unique=True), "the constraints that must hold for it", default=()),
        "checked": Field(choice_of("primary", "secondary", "unchecked"), "how its source was seen", required=True),
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
        "id": Field(KEY, "the file's name without `.yaml`", required=True),
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
            choice_of("decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman"),
            "how it counts",
            required=True,
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
        "family": Field(KEY, "the group of laws that share wording", required=True),
        "numbering": Field(Name("numbering"), "a numbering of this file", required=True),
        "page": Field(choice_of("A4", "Letter"), "the size of paper", required=True),
        "language": Field(LINE, "the language of its annexes, as `en-GB`", required=True),
        "credit_label": Field(LINE, "what it calls a credit for a failure", required=True),
        "damages": Field(
            choice_of("in_addition", "credited", "exhausts", "excluded", "election"),
            "how credits relate to damages",
            required=True,
        ),
        "switches": Field(MapOf(KEY, LINE), "what else is data about it", default=EMPTY),
        "warnings": Field(ListOf(PROSE), "what a drafter must know", default=()),
        "source": Field(LINE, "where its statutes and judgments are published", default=""),
        "checked_on": Field(DATE, "when what is said of it here was last held against them"),
    },
    Law,
)

LAWS = Record(
    "the laws",
    {
        "numberings": Field(MapOf(KEY, NUMBERING), "numbering schemes", default=EMPTY),
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
                choice_of("error", "warning", "note"), "whether it stops a build or is reported", required=True
            ),
            "reason": Field(PROSE, "why, in one sentence", required=True),
            "source": Field(PROSE, "the law, standard or practice that it rests on", required=True),
            "checked_on": Field(DATE, "when it was last held against its source"),
        },
        Constraint,
    )
)
