"""The cues of a library: files under `assess/`, the shipped ones first, then a team's own, which add or replace."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ...model.diagnostic import Diagnostic, nearest
from ...model.findings.assessment import Cue, CueExample, Cues, Habits, Pattern, Question, ValueCue
from ..document.kinds import YES_NO, Identifier
from ..document.located import MappingNode, Node, ScalarNode, decode, parse, position, read_bytes
from ..document.reading import BAD, Reader, quoted
from ..document.schema import LINE, PROSE, Choice, Field, Json, Kind, Known, ListOf, MapOf, Record, Scalar

FOLDER = "assess"
CONCEPTS = MapOf(Identifier(joint="_"), LINE)
_NAMED = re.compile(r"\{([a-z_]+)\}")


class Written(Scalar):
    """A pattern; a `~` before it lets it match in the heading, the lead-in or the sentences before as well."""

    wanted = "a pattern of words"

    def __init__(self, concepts: Mapping[str, str]) -> None:
        self.concepts = concepts

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        near = text.startswith("~")
        written = text.removeprefix("~")
        unknown = [n for n in _NAMED.findall(written) if n not in self.concepts]
        if unknown:
            hint = nearest(unknown[0], self.concepts) or "concepts are in `assess/concepts.yaml`"
            return reader.problem("unknown-concept", node, f"there is no concept {quoted(unknown[0])}", hint)
        if "~" in written:
            hint = "write it before the whole pattern, or make two patterns of it"
            return reader.problem(
                "wrong-pattern", node, f"{quoted(written)} has a `~` inside, where it means nothing", hint
            )
        try:
            regex = re.compile(_filled(written, self.concepts))
        except re.error as problem:
            return reader.problem(
                "wrong-pattern",
                node,
                f"{quoted(written)} is not a pattern: {problem}",
                "see the Python documentation of regular expressions",
            )
        if regex.search(""):
            return reader.problem(
                "wrong-pattern",
                node,
                f"{quoted(written)} matches an empty text",
                "every part of it is optional; make one of them necessary",
            )
        return Pattern(written=written, regex=regex, near=near, at=position(node))

    def schema(self, known: Known) -> Json:
        return LINE.schema(known)


def _filled(written: str, concepts: Mapping[str, str]) -> str:
    for _ in range(4):
        if not _NAMED.search(written):
            break
        written = _NAMED.sub(lambda m: f"(?:{concepts[m[1]]})" if m[1] in concepts else m[0], written)
    return written


class Number(Scalar):
    """A weight."""

    wanted = "a number"

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        try:
            return float(text)
        except ValueError:
            return reader.expected(node, "a number", "write a number such as 2.5")

    def schema(self, known: Known) -> Json:
        return {"type": "number"}


class _Tell(Kind):
    """Telling words, each with what it adds."""

    def __init__(self, pattern: Written) -> None:
        self.pattern = pattern

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        if not isinstance(node, MappingNode):
            return reader.expected(node, "a group of patterns with their weights")
        out = []
        for key, value in node.value:
            pattern, weight = self.pattern.read(key, reader), Number().read(value, reader)
            if pattern is not BAD and weight is not BAD:
                out.append((pattern, weight))
        return tuple(out)

    def schema(self, known: Known) -> Json:
        return {"type": "object", "additionalProperties": {"type": "number"}}


class _NamedValues(_Tell):
    """Patterns, each with the name of the value that it represents."""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        if not isinstance(node, MappingNode):
            return reader.expected(node, "a group of patterns with the values that they name")
        pairs = [(self.pattern.read(k, reader), LINE.read(v, reader)) for k, v in node.value]
        return tuple((p, v) for p, v in pairs if p is not BAD and v is not BAD)

    def schema(self, known: Known) -> Json:
        return {"type": "object", "additionalProperties": {"type": "string"}}


class _Abroad(_Tell):
    """Languages, each with a pattern of its words."""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        if not isinstance(node, MappingNode):
            return reader.expected(node, "a group of languages with their patterns")
        pairs = [(LINE.read(k, reader), self.pattern.read(v, reader)) for k, v in node.value]
        return tuple((k, p) for k, p in pairs if k is not BAD and p is not BAD)

    def schema(self, known: Known) -> Json:
        return {"type": "object", "additionalProperties": {"type": "string"}}


_VERDICTS = {
    "met": "as we ask",
    "partly": "less than we ask",
    "missing": "not in the paper",
    "unsure": "a person must read it",
}


def _verdict() -> Choice:
    return Choice(meanings=_VERDICTS, what="verdict")


def habits_record(concepts: Mapping[str, str]) -> Record:
    """What weakens any promise."""
    many = ListOf(Written(concepts), single=True)
    return Record(
        "the habits of papers",
        {
            "hedges": Field(many, "words that release a promise", default=()),
            "taken_back": Field(many, "words that take a right back", default=()),
            "conditions": Field(many, "words that begin a condition, with what follows", default=()),
            "harmless": Field(many, "conditions that change nothing", default=()),
            "no_promise": Field(many, "words of a plan or a possibility", default=()),
            "apart": Field(many, "headings under which nothing is answered", default=()),
        },
        lambda at=None, name=None, **values: Habits(**values),
    )


def question_record(concepts: Mapping[str, str]) -> Record:
    """A question with its cues."""
    pattern = Written(concepts)
    many = ListOf(pattern, single=True)
    cue = Record(
        "a cue",
        {
            "words": Field(many, "what must all be in the sentence", required=True),
            "weight": Field(Number(), "how surely these words answer; 2 is enough to be found", required=True),
            "unless": Field(many, "words with which it is something else", default=()),
        },
        Cue,
    )
    value = Record(
        "a value",
        {
            "kind": Field(
                Choice(
                    meanings={
                        "period": "a period: a deadline, a notice, a retention",
                        "interval": "how often something recurs",
                        "rate": "times in a year",
                        "money": "a sum",
                        "percent": "a share",
                        "named": "one of the names below",
                    },
                    what="kind of value",
                ),
                "what it is",
                required=True,
            ),
            "near": Field(many, "the words near which it appears", default=()),
            "avoid": Field(many, "words near which it is another value", default=()),
            "names": Field(_NamedValues(pattern), "patterns and the values that they name", default=()),
            "needed": Field(YES_NO, "whether words without a value are less than we ask", default=True),
        },
        lambda at=None, name=None, **values: ValueCue(**values),
    )
    example = Record(
        "an example",
        {
            "text": Field(PROSE, "a sentence of somebody's paper", required=True),
            "verdict": Field(_verdict(), "what must be found", required=True),
            "value": Field(LINE, "the value that must be found", default=""),
        },
        CueExample,
    )
    return Record(
        "a question",
        {
            "id": Field(Identifier(), "its name", required=True),
            "clause": Field(LINE, "the clause that we would propose", required=True),
            "answers": Field(ListOf(LINE, single=True), "the paragraphs of the clause that say it", default=()),
            "parameter": Field(LINE, "the value of ours that theirs is compared with", default=""),
            "ask": Field(LINE, "the question in a sentence", required=True),
            "why": Field(PROSE, "why it matters", default=""),
            "find": Field(ListOf(cue), "the cues, any of which answers", required=True),
            "under": Field(many, "words of the headings above it", default=()),
            "never": Field(many, "words that look alike and are something else", default=()),
            "tell": Field(_Tell(pattern), "telling words and what they add", default=()),
            "value": Field(value, "the value that it states"),
            "default": Field(_verdict(), "what the words alone are", default="met"),
            "met": Field(many, "words of which one must be there for more than partly", default=()),
            "elsewhere": Field(many, "words that must appear somewhere in the paper", default=()),
            "weak": Field(many, "words that make it partly", default=()),
            "against": Field(many, "words that say the contrary", default=()),
            "count": Field(many, "things to be named", default=()),
            "enough": Field(Number(), "how many of them", default=0),
            "client": Field(YES_NO, "whether a right or duty of the client answers", default=False),
            "statement": Field(YES_NO, "whether a statement without a promise will do", default=False),
            "sure": Field(Number(), "the score below which it is unsure, not met", default=0.0),
            "harmless": Field(many, "hedges and conditions that change nothing here", default=()),
            "abroad": Field(
                _Abroad(pattern), "words of other languages, by code, whose passages are shown", default=()
            ),
            "examples": Field(ListOf(example), "tests", default=()),
        },
        _question,
    )


def _question(*, enough: float, name: str = "", **values: Any) -> Question:
    return Question(enough=int(enough), **values)


def read_cues(files: Mapping[str, Node], before: Cues, reader: Reader) -> Cues:
    """The cues of a folder's files, by name, on top of those of the folders before it."""
    concepts = dict(before.concepts)
    questions = dict(before.questions)
    habits = before.habits
    for name in sorted(files, key=lambda n: not n.endswith("concepts.yaml")):
        node = files[name]
        if name.endswith("/concepts.yaml"):
            found = CONCEPTS.read(node, reader)
            concepts |= found if found is not BAD else {}
        elif name.endswith("/habits.yaml"):
            found = habits_record(concepts).read(node, reader)
            habits = habits if found is BAD else found
        else:
            record = question_record(concepts)
            found = ListOf(record).read(node, reader)
            for question in () if found is BAD else found:
                questions[question.id] = question
    return Cues(questions=MappingProxyType(questions), concepts=MappingProxyType(concepts), habits=habits)


def load_cues(*folders: Path) -> tuple[Cues, list[Diagnostic]]:
    """The cues of the shipped library and, after it, of a team's own, with every problem of every file."""
    cues, reader = Cues(), Reader()
    for folder in folders:
        files: dict[str, Node] = {}
        for path in sorted(Path(folder, FOLDER).glob("*.yaml")):
            data, problems = read_bytes(path)
            text, problems = ("", problems) if problems else decode(data, str(path))
            node, problems = (None, problems) if problems else parse(text, str(path))
            reader.diagnostics += problems
            if node is not None:
                files[f"{FOLDER}/{path.name}"] = node
        cues = read_cues(files, cues, reader)
    return cues, sorted(dict.fromkeys(reader.diagnostics), key=lambda d: (d.at, d.rule))
