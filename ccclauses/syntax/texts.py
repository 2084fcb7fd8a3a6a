"""Clause texts, read: words, names, functions, conditions and parts; whatever else Jinja2 has is refused by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Union

from jinja2 import nodes

from ..common.limits import limits
from ..model.diagnostic import nearest
from ..model.library.condition import Condition, Test
from .conditions import SPACES, called, condition_of, name_of, quoted_of, refused
from .reading import Problem, Refused, tree_of

FUNCTIONS = ("ref", "schedule")
ATTRIBUTES = ("every", "hyphenated", "wording", "label")
MOST_PROBLEMS = 100  # that are reported of one text
_JOINTS = re.compile(r"(, | and | or | to )")
_DEEPEST = 50  # conditions inside each other


@dataclass(frozen=True, slots=True)
class Words:
    """Words that are printed as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Print:
    """`{{ name }}` or `{{ name.attribute }}`."""

    name: str
    attribute: str
    offset: int


@dataclass(frozen=True, slots=True)
class Call:
    """`{{ ref("…") }}` or `{{ schedule("…") }}`; `references_in` reads what `ref` names."""

    function: str
    argument: str
    offset: int


@dataclass(frozen=True, slots=True)
class Include:
    """`{% include "part" %}`."""

    part: str
    offset: int


@dataclass(frozen=True, slots=True)
class Branch:
    """The steps of an `{% if %}`, `{% elif %}` or `{% else %}`, which always holds."""

    when: Condition
    steps: Steps


@dataclass(frozen=True, slots=True)
class Choose:
    """A whole `{% if %}`: the first branch that holds is the one."""

    branches: tuple[Branch, ...]


Step = Union[Words, Print, Call, Include, Choose]
Steps = tuple[Step, ...]

_STATEMENTS: Mapping[type[nodes.Node], tuple[str, str]] = {
    nodes.For: ("a loop (`for`)", "write out what repeats"),
    nodes.Macro: ("a macro (`macro`)", "write a part and {% include %} it"),
    nodes.CallBlock: ("a call of a macro (`call`)", "write a part and {% include %} it"),
    nodes.FilterBlock: ("a filter (`filter`)", "write the words as they are printed"),
    nodes.Assign: ("`set`", "make the value a parameter"),
    nodes.AssignBlock: ("`set`", "make the value a parameter"),
    nodes.With: ("`with`", "make the value a parameter"),
    nodes.Block: ("`block`", "write a part and {% include %} it"),
    nodes.Extends: ("`extends`", "write a part and {% include %} it"),
    nodes.Import: ("`import`", "write a part and {% include %} it"),
    nodes.FromImport: ("`from`", "write a part and {% include %} it"),
    nodes.Scope: ("`autoescape`", "leave it out"),
}


def references_in(argument: str) -> tuple[list[str], str]:
    """The names in the argument of `ref`, and the word before the last.

    `a, b or c` prints those that are in the annex, and `a to c` a range of clauses that shrinks with the annex.
    """
    names = _JOINTS.split(argument)
    return names[::2], names[-2] if len(names) > 1 else ""


def every_step(steps: Steps) -> Iterator[Step]:
    """Each step, those of every branch among them."""
    for step in steps:
        yield step
        if isinstance(step, Choose):
            for branch in step.branches:
                yield from every_step(branch.steps)


def tests_of(steps: Steps) -> Iterator[Test]:
    """Each test of each condition of a text."""
    for step in every_step(steps):
        if isinstance(step, Choose):
            for branch in step.branches:
                yield from branch.when.tests()


def read_text(text: str) -> tuple[Steps, list[Problem]]:
    """The steps of a text whose lines end in `\\n`, and what is not allowed in it, by offset."""
    steps, problems = _read(text, limits().tags)
    return steps, list(problems)


@lru_cache(maxsize=2048)  # one annex asks for the same wordings several times, and the next annex again
def _read(text: str, most: int) -> tuple[Steps, tuple[Problem, ...]]:
    if "{" not in text:
        return ((Words(text),) if text else ()), ()
    tags = sum(map(text.count, ("{{", "{%", "{#")))
    if tags > most:
        message = f"a text with {tags:,} tags can't be read; at most {most:,} are allowed"
        return (), (Problem(message, 0, "split the text", "template-size"),)
    problems: list[Problem] = []
    try:
        steps = _steps(tree_of(text).body, text, problems, 0)
    except Refused as refusal:
        steps = ()
        problems.append(refusal.problem)
    return steps, tuple(sorted(problems, key=lambda p: p.offset)[:MOST_PROBLEMS])


def _steps(body: Iterable[nodes.Node], text: str, problems: list[Problem], depth: int) -> Steps:
    out: list[Step] = []
    for node in body:
        for part in node.nodes if isinstance(node, nodes.Output) else (node,):
            try:
                out.append(_step(part, text, problems, depth))
            except Refused as refusal:
                problems.append(refusal.problem)
    return tuple(out)


def _step(node: nodes.Node, text: str, problems: list[Problem], depth: int) -> Step:
    match node:
        case nodes.TemplateData():
            return Words(node.data)
        case nodes.Name() | nodes.Getattr():
            return _printed(node, text)
        case nodes.Const(value=str()):
            return Words(quoted_of(node, text))
        case nodes.Call():
            function, argument = called(node, text, FUNCTIONS)
            return Call(function, argument, node.node.lineno)
        case nodes.If():
            return _choice(node, text, problems, depth)
        case nodes.Include(template=nodes.Const(value=str()) as part, ignore_missing=False, with_context=True):
            return Include(quoted_of(part, text), part.lineno)
        case nodes.Include():
            hint = 'write {% include "part" %}'
            raise Refused("an {% include %} without exactly one quoted name can't be used here", node.lineno, hint)
    if words := _STATEMENTS.get(type(node)):
        what, hint = words
        raise Refused(f"{what} can't be used in a clause text", node.lineno, hint)
    raise refused(node, text)


def _printed(node: nodes.Name | nodes.Getattr, text: str) -> Print:
    match node:
        case nodes.Getattr(node=nodes.Name(name=name), attr=attribute) if name not in (*SPACES, "fact"):
            if attribute not in ATTRIBUTES:
                hint = nearest(attribute, ATTRIBUTES) or f"there are {', '.join(f'`.{a}`' for a in ATTRIBUTES)}"
                raise Refused(f"an attribute of a value (`.{attribute}`) can't be used here", node.node.lineno, hint)
            return Print(name, attribute, node.node.lineno)
    name, _, attribute = name_of(node, text).partition(".")
    return Print(name, attribute, node.lineno if isinstance(node, nodes.Name) else node.node.lineno)


def _choice(node: nodes.If, text: str, problems: list[Problem], depth: int) -> Choose:
    if depth >= _DEEPEST:
        hint = "split the text into parts"
        raise Refused(f"an {{% if %}} with more than {_DEEPEST} others around it can't be used here", node.lineno, hint)
    branches: list[Branch] = []
    for one in (node, *node.elif_):
        try:
            when = condition_of(one.test, text, problems)
        except Refused as refusal:
            problems.append(refusal.problem)
            when = Condition()
        branches.append(Branch(when, _steps(one.body, text, problems, depth + 1)))
    if node.else_:
        branches.append(Branch(Condition(), _steps(node.else_, text, problems, depth + 1)))
    return Choose(tuple(branches))
