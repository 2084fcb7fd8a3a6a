"""The one language of conditions, read: Jinja2's expressions, of which a few are allowed and the rest refused by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from jinja2 import nodes

from ..model.diagnostic import nearest
from ..model.library.condition import Condition, Listed, Named, Operand, Test, Written
from .reading import Problem, Refused, tree_of

MOST_PARTS = 50  # tests of one condition, and brackets inside each other
_BEFORE, _AFTER = "{{ ", " }}"
_SIGNS = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}
_TURNED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}  # with the sides changed about
_ASKED: dict[str, Literal["framework", "clause"]] = {"framework": "framework", "has": "clause"}
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?(?![\w.])")
_HINT = (
    'a condition is a name, framework("…"), has("…") or a comparison such as `seats >= 50`, joined by `and` and `or`'
)

# What Jinja2 has and a clause library does not: its name, and what to write instead.
_ARITHMETIC: Mapping[type[nodes.Node], str] = {
    nodes.Add: "+", nodes.Sub: "-", nodes.Mul: "*", nodes.Div: "/", nodes.FloorDiv: "//", nodes.Mod: "%", nodes.Pow: "**",
    nodes.Neg: "-", nodes.Pos: "+", nodes.Concat: "~",
}  # fmt: skip
_OTHERS: Mapping[type[nodes.Node], tuple[str, str]] = {
    nodes.Getitem: ("a part of a value (`[…]`)", "name the value itself"),
    nodes.CondExpr: ("`if` inside an expression", "write {% if … %} … {% else %} … {% endif %}"),
    nodes.Tuple: ("a list without brackets or in `( )`", "write a list as [ ]"),
    nodes.List: ("a list in this place", 'a list comes after `in`: `law.id in ["DE", "FR"]`'),
    nodes.Dict: ("a group of keys (`{…}`)", "name a value"),
}

# What has names of its own: the law and, in the frame, the document, the agreement, a party and a signatory.
SPACES = ("law", "annex", "agreement", "party", "signing")


def read_condition(text: str) -> tuple[Condition | None, tuple[Problem, ...]]:
    """The condition that a text states, or everything that is wrong with it, by offset in the text."""
    condition, problems = _read(text.replace("\r", " "))
    return (None if problems else condition), problems


@lru_cache(maxsize=4096)  # many clauses apply under the same conditions
def _read(text: str) -> tuple[Condition | None, tuple[Problem, ...]]:
    problems: list[Problem] = []
    condition = None
    try:
        tree = tree_of(f"{_BEFORE}{text}{_AFTER}")
        match tree.body:
            case [nodes.Output(nodes=[expression])]:
                condition = condition_of(expression, f"{_BEFORE}{text}{_AFTER}", problems)
            case _:
                raise Refused("a tag can't be used in a condition", len(_BEFORE), _HINT)
    except Refused as refusal:
        problems.append(refusal.problem)
    return _moved(condition), tuple(_problem(p, len(text.rstrip())) for p in problems)


def _problem(problem: Problem, end: int) -> Problem:
    """A problem with the offset of its own text, and a hint that is about conditions."""
    offset = min(max(0, problem.offset - len(_BEFORE)), end)
    return replace(problem, offset=offset, hint=_HINT if "{{" in problem.hint else problem.hint)


def _moved(condition: Condition | None) -> Condition | None:
    """The condition with the offsets of its own text."""
    if condition is None:
        return None
    parts = (replace(p, offset=p.offset - len(_BEFORE)) if isinstance(p, Test) else _moved(p) for p in condition.parts)
    return Condition(condition.join, tuple(p for p in parts if p))


def condition_of(node: nodes.Node, text: str, problems: list[Problem]) -> Condition:
    """The condition of an expression in a text; what is not allowed in it is added to the problems."""
    reader = _Reader(text, problems)
    found = reader.condition(node, False, 0)
    return found if isinstance(found, Condition) else Condition("all", (found,))


class _Reader:
    def __init__(self, text: str, problems: list[Problem]) -> None:
        self.text, self.problems, self.parts = text, problems, 0

    def condition(self, node: nodes.Node, negated: bool, depth: int) -> Test | Condition:
        """A node as a test or condition; under `not` the joins are exchanged and the tests negated."""
        self.parts += 1
        if depth > MOST_PARTS or self.parts > 4 * MOST_PARTS:
            raise Refused(f"a condition with more than {MOST_PARTS} parts can't be used here", node.lineno, "split it")
        if isinstance(node, nodes.Not):
            return self.condition(node.node, not negated, depth + 1)
        if isinstance(node, (nodes.And, nodes.Or)):
            join: Literal["all", "any"] = "all" if isinstance(node, nodes.And) != negated else "any"
            found = [self.condition(part, negated, depth + 1) for part in self._joined(node)]
            parts: list[Test | Condition] = []
            for part in found:
                parts += part.parts if isinstance(part, Condition) and part.join == join else (part,)
            return Condition(join, tuple(parts))
        try:
            return replace(self._test(node), negated=negated != self._turned(node))
        except Refused as refusal:
            self.problems.append(refusal.problem)
            return Test("name", "", offset=node.lineno)

    def _joined(self, node: nodes.BinExpr) -> list[nodes.Node]:
        """What a chain of one join holds: Jinja2 nests `a or b or c` to the left, however long it is."""
        kind, parts = type(node), list[nodes.Node]()
        left: nodes.Node = node
        while isinstance(left, kind):
            parts.append(left.right)
            left = left.left
            if len(parts) >= MOST_PARTS:
                message = f"a condition with more than {MOST_PARTS} parts can't be used here"
                raise Refused(message, node.lineno, "split it")
        return [left, *reversed(parts)]

    @staticmethod
    def _turned(node: nodes.Node) -> bool:
        return isinstance(node, nodes.Compare) and node.ops[0].op == "notin"

    def _test(self, node: nodes.Node) -> Test:
        match node:
            case nodes.Compare():
                return self._comparison(node)
            case nodes.Call():
                function, argument = called(node, self.text, tuple(_ASKED))
                return Test(_ASKED[function], argument, offset=node.node.lineno)
            case nodes.Const():
                raise Refused(f"{_of_const(node)} alone is not a condition", node.lineno, _HINT)
        return Test("name", name_of(node, self.text), offset=_start(node))

    def _comparison(self, node: nodes.Compare) -> Test:
        if len(node.ops) > 1:
            hint = "join two comparisons: `a <= b and b <= c`"
            raise Refused("several comparisons in a row can't be used here", _start(node.expr), hint)
        sign, offset = node.ops[0].op, _start(node.expr)
        left, right = self._operand(node.expr), self._operand(node.ops[0].expr, listed=sign in ("in", "notin"))
        if sign in ("in", "notin"):
            if isinstance(left, Named) and not isinstance(right, Written):
                return Test("name", left.name, "in", right, offset=offset)
            if isinstance(right, Named):
                return Test("name", right.name, "contains", left, offset=offset)
        elif isinstance(left, Named):
            return Test("name", left.name, _SIGNS[sign], right, offset=offset)
        elif isinstance(right, Named):
            return Test("name", right.name, _TURNED[_SIGNS[sign]], left, offset=offset)
        raise Refused("a comparison without a name can't be used here", offset, "compare a value: `seats >= 50`")

    def _operand(self, node: nodes.Node, listed: bool = False) -> Operand:
        if listed and isinstance(node, nodes.List):
            if not node.items:
                raise Refused("an empty list can't be used here", node.lineno, 'write `law.id in ["DE", "FR"]`')
            return Listed(tuple(self._single(item) for item in node.items))
        return self._single(node)

    def _single(self, node: nodes.Node) -> Named | Written:
        if isinstance(node, nodes.Const):
            return _literal(node, self.text)
        return Named(name_of(node, self.text))


def _literal(node: nodes.Const, text: str) -> Written:
    if isinstance(node.value, str):
        return Written(quoted_of(node, text))
    if isinstance(node.value, bool) or node.value is None:
        raise Refused(
            f"{_of_const(node)} can't be used here", node.lineno, "write the name alone, or `not` and the name"
        )
    match = _NUMBER.match(text, node.lineno)
    if not match:
        raise Refused("this number can't be used here", node.lineno, "write up to 15 digits, and 15 after a point")
    return Written(match[0], quoted=False)


def _of_const(node: nodes.Const) -> str:
    value = node.value
    return (
        "a quoted text"
        if isinstance(value, str)
        else f"`{str(value).lower() if not isinstance(value, float) else value}`"
    )


def quoted_of(node: nodes.Const, text: str) -> str:
    """The words of a quoted text. Marks of values are characters that can't be printed, and an escape could spell one."""
    value, quote = node.value, text[node.lineno]
    if not text.startswith(f"{quote}{value}{quote}", node.lineno) or not value.isprintable():
        message = (
            "a quoted text with a backslash, in two pieces, or with characters that can't be printed can't be used"
        )
        raise Refused(message, node.lineno, "write plain words between two quotation marks")
    return str(value)


def name_of(node: nodes.Node, text: str) -> str:
    """The name that a node is: one word, or `law.` and what the law says; raises `Refused` for anything else."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr(node=nodes.Name(name=space)) if space in SPACES:
            return f"{space}.{node.attr}"
    raise refused(node, text)


def called(node: nodes.Call, text: str, functions: tuple[str, ...]) -> tuple[str, str]:
    """The function and the one quoted name that a call holds; raises `Refused` for any other call."""
    start = _start(node)
    hint = f"there are {' and '.join(functions)} here, each with one quoted name"
    if not isinstance(node.node, nodes.Name):
        raise Refused("a call of something other than a function can't be used here", start, hint)
    name = node.node.name
    if name not in functions:
        raise Refused(f"a call of `{name}` can't be used here", start, nearest(name, functions) or hint)
    match node:
        case nodes.Call(args=[nodes.Const(value=str()) as argument], kwargs=[], dyn_args=None, dyn_kwargs=None):
            return name, quoted_of(argument, text)
    raise Refused(f"`{name}` takes one quoted name", start, f'write {name}("…") with its name')


def refused(node: nodes.Node, text: str) -> Refused:
    """The refusal of a node by the name of what it is."""
    offset = _start(node)
    match node:
        case nodes.Filter():
            return Refused(
                f"a filter (`|{node.name}`) can't be used here", offset, "print or compare the value as it is"
            )
        case nodes.Test():
            return Refused(f"a test (`is {node.name}`) can't be used here", offset, _HINT)
        case nodes.Call():
            return Refused("a call can't be used here", offset, _HINT)
        case nodes.Compare() | nodes.And() | nodes.Or() | nodes.Not():
            hint = "conditions belong in {% if %}; `and`, `or` and `not` join whole comparisons"
            return Refused("a comparison, `and`, `or` or `not` in this place can't be used", offset, hint)
        case nodes.Getattr(node=nodes.Name(name="fact")):
            return Refused(f"`fact.{node.attr}` can't be used here", offset, f"a fact is named alone: `{node.attr}`")
        case nodes.Getattr():
            return Refused(
                f"an attribute of a value (`.{node.attr}`) can't be used here", offset, "name the value alone"
            )
        case nodes.Const():
            return Refused(f"{_of_const(node)} can't be used here", offset, "name a value")
    if sign := _ARITHMETIC.get(type(node)):
        return Refused(f"arithmetic (`{sign}`) can't be used here", offset, "make the result a parameter of its own")
    what, hint = _OTHERS.get(type(node), ("this", _HINT))
    return Refused(f"{what} can't be used here", offset, hint)


def _start(node: nodes.Node) -> int:
    """Where the expression begins; Jinja2 places a call, an attribute and a comparison at a later sign."""
    inner: nodes.Node | None = node
    while True:
        match inner:
            case nodes.Call() | nodes.Getattr() | nodes.Getitem() | nodes.Filter() | nodes.Test():
                inner = inner.node
            case nodes.Compare():
                inner = inner.expr
            case nodes.BinExpr():
                inner = inner.left
            case _:
                return inner.lineno if inner is not None else node.lineno
