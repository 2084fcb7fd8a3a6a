"""The tags of clause texts: `{{ name }}`, `{% if %}`, `{% include %}` and `{# comment #}`, read into steps of a run.

The syntax is a small part of Jinja2's, so that editors know it: a tag in `{% %}` takes the newline after it and the spaces
before it at the start of a line, and a `-` inside a tag's brace takes all white space on that side. There are no loops,
filters, macros, arithmetic or attributes of values to be had, so a text can reach nothing, can't loop and can't grow.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, Union

from ..model.diagnostic import Diagnostic, Position, nearest
from . import marks

FUNCTIONS = ("ref", "schedule", "has", "framework")
_WORDS = ("if", "elif", "else", "endif", "include")
_TRUTHS = {"true": True, "True": True, "false": False, "False": False, "none": None, "None": None}
_COMPARISONS: dict[str, Callable[[object, object], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_DEEPEST = 50  # conditions inside each other, and parts of one
_LONGEST = 18  # digits of a number
MOST_PROBLEMS = 100  # that are told of one text

_OPENING = re.compile(r"\{[{%#]")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_SPACE = re.compile(r"\s*")
_PARAGRAPH = re.compile(r"[ \t]*\d+\.[ \t]+")
_TOKEN = re.compile(
    r"(?P<string>\"[^\"]*\"|'[^']*')|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<word>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?)|(?P<sign>[=!<>]=|[<>()|~]|\S)"
)


class Run(Protocol):
    """What steps are run in: it answers for names and takes the words."""

    def words(self, text: str) -> None:
        """Take words."""

    def printed(self, name: str, attribute: str, at: Place) -> None:
        """Print a name."""

    def called(self, function: str, argument: str, at: Place) -> object:
        """What a function gives."""

    def truth(self, name: str, at: Place) -> object:
        """What a name stands for in a condition."""

    def compared(self, compare: Callable[[object, object], bool], left: object, right: object, at: Place) -> bool:
        """Whether a comparison holds."""

    def choose(self, branches: Branches) -> None:
        """Run the first branch whose condition holds."""

    def include(self, name: str, at: Place) -> None:
        """Run a part."""


Step = Union[str, Callable[[Run], object]]  # words stand for themselves
Steps = tuple[Step, ...]
Test = Callable[[Run], object]
Branches = tuple[tuple[Test, Steps], ...]
Ask = Callable[[Run], object]  # a step or test that asks for one name


@dataclass(frozen=True, slots=True)
class Source:
    """A text and where it begins in its file: the line, and the column at which each of its lines begins."""

    text: str
    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source, whose line and column are reckoned only when somebody is told of it."""

    source: Source
    offset: int

    @property
    def position(self) -> Position:
        """The place as a diagnostic gives it."""
        text, offset = self.source.text, self.offset
        return Position(
            file=self.source.file,
            line=self.source.line + text.count("\n", 0, offset),
            column=self.source.column + offset - (text.rfind("\n", 0, offset) + 1),
        )


class _Refused(Exception):
    """Something that the language doesn't have, or not there."""

    def __init__(self, rule: str, message: str, offset: int, hint: str = "") -> None:
        super().__init__(message)
        self.rule, self.offset, self.hint = rule, offset, hint


def _syntax(message: str, offset: int) -> _Refused:
    hint = "tags are {{ name }} and {% if … %} … {% endif %}; each one is closed"
    return _Refused("template-syntax", f"the template can't be read: {message}", offset, hint)


def _construct(what: str, offset: int) -> _Refused:
    hint = "print a name, compare one in {% if %}, or {% include %} a part; see the clause format"
    return _Refused("template-construct", f"{what} can't be used in a clause text", offset, hint)


class _Condition:
    """An `{% if %}` while it is read: its branches so far, and the steps of the one that is open."""

    def __init__(self, test: Test, offset: int) -> None:
        self.test, self.offset = test, offset
        self.branches: list[tuple[Test, Steps]] = []
        self.steps: list[Step] = []
        self.closed = False  # an `{% else %}` came

    def turn(self, test: Test) -> None:
        """Begin the next branch."""
        self.branches.append((self.test, tuple(self.steps)))
        self.test, self.steps = test, []


class _Reader:
    """Reads one text; every problem is kept, and reading goes on after the tag that has it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.steps: list[Step] = []
        self.asks: list[Ask] = []
        self.open: list[_Condition] = []
        self.problems: list[Diagnostic] = []
        self.unknown: set[str] = set()  # tags that were told, whose ends needn't be
        self.passed, self.line, self.blank = 0, source.line, True  # up to where, on which line, with nothing on it yet

    def read(self) -> Steps:
        """The steps of the whole text."""
        text, position = self.source.text, 0
        while opening := _OPENING.search(text, position):
            start, kind = opening.start(), opening[0]
            end = text.find(_CLOSING[kind], start + 2)
            if end < 0:
                self._tell(_syntax(f"`{kind}` is not closed by `{_CLOSING[kind]}`", start))
                return ()
            inner = text[start + 2 : end]
            self._words(position, start, inner[:1] if kind != "{{" or inner[:1] == "-" else "+")
            position = end + 2
            if inner[-1:] == "-":
                position = _SPACE.match(text, position).end()  # type: ignore[union-attr]
            elif kind != "{{" and inner[-1:] != "+" and text.startswith("\n", position):
                position += 1
            if kind != "{#":
                try:
                    self._tag(kind, start, start + 2 + (inner[:1] in ("-", "+")), end - (inner[-1:] in ("-", "+")))
                except _Refused as problem:
                    self._tell(problem)
                    if len(self.problems) == MOST_PROBLEMS:
                        return ()
        self._words(position, len(text), "+")
        for condition in self.open:
            self._tell(_syntax("`{% if %}` is not closed by `{% endif %}`", condition.offset))
        return tuple(self.steps)

    def _tell(self, problem: _Refused) -> None:
        at = Place(self.source, problem.offset).position
        self.problems.append(Diagnostic(rule=problem.rule, message=str(problem), at=at, hint=problem.hint))

    def _add(self, step: Step) -> None:
        (self.open[-1].steps if self.open else self.steps).append(step)

    def _words(self, start: int, end: int, sign: str) -> None:
        """Add the words between two tags, each numbered paragraph with the mark of its line; `sign` is the next tag's."""
        text = self.source.text
        words = text[start:end]
        self._pass(start)
        begins = self.blank
        if sign == "-":
            words = words.rstrip()
        elif sign != "+":
            last = words.rfind("\n") + 1
            if (last or begins) and not words[last:].strip():
                words = words[:last]
        if not words:
            return
        lines = words.split("\n")
        for index, line in enumerate(lines):
            if (index or begins) and (match := _PARAGRAPH.match(line)):
                lines[index] = match[0] + marks.line(self.line + index) + line[match.end() :]
        self._add("\n".join(lines))

    def _pass(self, start: int) -> None:
        """Go on to a place in the text, counting its lines; to count them anew for each tag would take for ever."""
        passed = self.source.text[self.passed : start]
        lines = passed.count("\n")
        here = passed[passed.rfind("\n") + 1 :]
        self.blank = (bool(lines) or self.blank) and not here.strip()
        self.line += lines
        self.passed = start

    # -- tags --------------------------------------------------------------------------------------------------

    def _tag(self, kind: str, at: int, start: int, end: int) -> None:
        expression = _Expression(self.source, at, start, end, self.asks)
        if kind == "{{":
            self._add(expression.printing())
            return
        word = expression.word()
        if word == "if":
            if len(self.open) >= _DEEPEST:
                self.open.append(_Condition(_never, at))
                raise _construct(f"an {{% if %}} with more than {_DEEPEST} others around it", at)
            self.open.append(_Condition(_never, at))  # also when its test is refused: its end will come
            self.open[-1].test = expression.condition()
        elif word == "elif":
            self._inner(word, at).turn(_never)
            self.open[-1].test = expression.condition()
        elif word == "else":
            condition = self._inner(word, at)
            expression.end()
            condition.turn(_always)
            condition.closed = True
        elif word == "endif":
            if not self.open:
                raise _syntax("`{% endif %}` closes no `{% if %}`", at)
            expression.end()
            condition = self.open.pop()
            condition.turn(_never)
            branches = tuple(condition.branches)
            self._add(lambda run: run.choose(branches))
        elif word == "include":
            self._add(expression.including())
        elif word.removeprefix("end") not in self.unknown:
            self.unknown.add(word)
            problem = _syntax(f"there is no tag `{word}`", at)
            problem.hint = nearest(word, _WORDS) or problem.hint
            raise problem

    def _inner(self, word: str, at: int) -> _Condition:
        if not self.open or self.open[-1].closed:
            raise _syntax(f"`{{% {word} %}}` stands in no `{{% if %}}`, or after its `{{% else %}}`", at)
        return self.open[-1]


def _never(run: Run) -> object:
    return False


def _always(run: Run) -> object:
    return True


class _Expression:
    """What stands in a tag, token by token."""

    def __init__(self, source: Source, at: int, start: int, end: int, asks: list[Ask]) -> None:
        self.place = Place(source, at)
        self.at = at
        self.tokens = [m for m in _TOKEN.finditer(source.text, start, end)]
        self.asks = asks
        self.index = 0
        self.parts = 0

    def peek(self) -> str:
        """The next token, empty at the end."""
        return self.tokens[self.index][0] if self.index < len(self.tokens) else ""

    def take(self) -> re.Match[str]:
        """The next token, used up."""
        if self.index == len(self.tokens):
            raise _syntax("a tag is empty or ends too early", self.at)
        self.index += 1
        return self.tokens[self.index - 1]

    def end(self) -> None:
        """Nothing more may stand in the tag."""
        if self.index < len(self.tokens):
            token = self.tokens[self.index]
            raise _construct(_NAMED.get(token[0], f"`{token[0]}`"), token.start())

    def word(self) -> str:
        """The word with which a `{% %}` begins."""
        token = self.take()
        if not token["word"]:
            raise _syntax(f"a tag begins with a word, and not with `{token[0]}`", token.start())
        return token[0]

    def _asking(self, ask: Ask) -> Ask:
        self.asks.append(ask)
        return ask

    def including(self) -> Step:
        """What an `{% include %}` takes in: the part of the one quoted name that the tag still holds."""
        place, token = self.place, self.take()
        if not token["string"]:
            raise _construct("an {% include %} without one quoted name", token.start())
        self.end()
        name = _unquoted(token)
        return self._asking(lambda run: run.include(name, place))

    def printing(self) -> Step:
        """What a `{{ }}` prints: a name, a quoted text, or what a function gives."""
        place, token = self.place, self.take()
        if token["string"]:
            self.end()
            return _unquoted(token)
        if token["word"] and token[0] not in _TRUTHS:
            if self.peek() == "(":
                function, argument = token[0], self._argument(token)
                self.end()
                return self._asking(lambda run: run.words(str(run.called(function, argument, place))))
            self.end()
            name, _, attribute = token[0].partition(".")
            return self._asking(lambda run: run.printed(name, attribute, place))
        raise _construct(f"`{token[0]}` in {{{{ }}}}", token.start())

    def condition(self) -> Test:
        """The condition that the tag still holds."""
        test = self._any(0)
        self.end()
        return test

    def _deeper(self, depth: int) -> int:
        self.parts += 1
        if depth >= _DEEPEST or self.parts > _DEEPEST:
            raise _construct(f"a condition with more than {_DEEPEST} parts", self.at)
        return depth + 1

    def _any(self, depth: int) -> Test:
        test = self._all(depth)
        while self.peek() == "or":
            self.take()
            test = _either(test, self._all(self._deeper(depth)))
        return test

    def _all(self, depth: int) -> Test:
        test = self._not(depth)
        while self.peek() == "and":
            self.take()
            test = _both(test, self._not(self._deeper(depth)))
        return test

    def _not(self, depth: int) -> Test:
        if self.peek() == "not":
            self.take()
            test = self._not(self._deeper(depth))
            return lambda run: not test(run)
        left = self._single(depth)
        if self.peek() not in _COMPARISONS:
            return left
        compare, place = _COMPARISONS[self.take()[0]], self.place
        right = self._single(depth)
        return lambda run: run.compared(compare, left(run), right(run), place)

    def _single(self, depth: int) -> Test:
        place, token = self.place, self.take()
        if token[0] == "(":
            test = self._any(self._deeper(depth))
            if self.peek() != ")":
                raise _syntax("a bracket is not closed", token.start())
            self.take()
            return test
        if token["string"]:
            return _constant(_unquoted(token))
        if token["number"]:
            if len(token[0]) > _LONGEST:
                raise _construct("so long a number", token.start())
            return _constant(float(token[0]) if "." in token[0] else int(token[0]))
        if token["sign"] or token[0] in ("and", "or", "not", "if", "else", "in", "is"):
            raise _construct(_NAMED.get(token[0], f"`{token[0]}`"), token.start())
        if token[0] in _TRUTHS:
            return _constant(_TRUTHS[token[0]])
        name = token[0]
        if self.peek() == "(":
            argument = self._argument(token)
            return self._asking(lambda run: run.called(name, argument, place))
        return self._asking(lambda run: run.truth(name, place))

    def _argument(self, function: re.Match[str]) -> str:
        """The one quoted name in the brackets of a function."""
        self.take()
        argument = self.take()
        if function[0] not in FUNCTIONS or not argument["string"] or self.peek() != ")":
            what = f"a call other than {', '.join(FUNCTIONS[:-1])} or {FUNCTIONS[-1]} with one quoted name"
            raise _construct(what, function.start())
        self.take()
        return _unquoted(argument)


_NAMED = {"|": "a filter (`|`)", "if": "`if` inside {{ }}"}


def _unquoted(token: re.Match[str]) -> str:
    text = token[0][1:-1]
    # Values and references are carried by characters that can't be printed, and an escape could spell one.
    if "\\" in text or not text.isprintable():
        raise _construct("a quoted text with a backslash or with characters that can't be printed", token.start())
    return text


def _constant(value: object) -> Test:
    return lambda run: value


def _either(one: Test, other: Test) -> Test:
    return lambda run: one(run) or other(run)


def _both(one: Test, other: Test) -> Test:
    return lambda run: one(run) and other(run)


def read_steps(source: Source) -> tuple[Steps, tuple[Ask, ...], list[Diagnostic]]:
    """The steps of a text, and each that asks for a name; every tag that is not of the language is a diagnostic."""
    reader = _Reader(source)
    steps = reader.read()
    return steps, tuple(reader.asks), reader.problems
