"""Ids, labels and lists of names, as the files of a library write them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from ..document.kinds import Identifier, Written
from ..document.located import Node, ScalarNode, SequenceNode
from ..document.reading import BAD, Reader
from ..document.schema import LINE, Choice, Json, Kind, Known, ListOf, MapOf, Name


class FormerId(Identifier):
    """The id of a clause that the library no longer has, which is looked up when everything is read."""

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        id_ = Identifier.typed(self, text, node, reader)
        return BAD if id_ is BAD else reader.name("former clause", id_, node)


ID = Identifier()
KEY = Identifier("_", 60)
FORMER = FormerId()
PARAGRAPH_LABEL = Identifier(longest=60)
LAWS_OR_FAMILIES = ListOf(Name("law or family"), single=True, unique=True)
POSTURE_NAMES = ListOf(Name("posture"), single=True, unique=True)
PARAGRAPH_LABELS = ListOf(Name("label"), single=True, unique=True)
LINES = ListOf(LINE, unique=True)


def choice_of(*names: str) -> Choice:
    return Choice(dict.fromkeys(names, ""))


def take_text(values: dict[str, Any]) -> dict[str, Any]:
    written: Written = values.pop("text")
    return {"text": written.text, "text_line": written.line, "text_column": written.column, **values}


class Choices(Kind):
    """Choices with their printed wording, or a list of choices that print as they are."""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        if isinstance(node, SequenceNode):
            names = LINES.read(node, reader)
            return BAD if names is BAD else MappingProxyType({n: n for n in names})
        return MapOf(LINE, LINE).read(node, reader)

    def schema(self, known: Known) -> Json:
        text = LINE.schema(known)
        return {"anyOf": [{"type": "object", "additionalProperties": text}, {"type": "array", "items": text}]}


ANY_VALUE: Json = {"type": ["string", "number", "boolean", "array"]}
