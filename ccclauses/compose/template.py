"""Clause texts as templates: Jinja2's syntax, read by its parser and interpreted here.

Only what `docs/reference/clause-format.md` names is a template: printing a name, `if` and `include`. Everything else
that Jinja2 knows (loops, filters, macros, arithmetic, attribute access on values) is refused when the text is parsed,
so a text can reach nothing, can't loop and can't grow. Not generating Python code also makes a cold build quick.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError

from ..limits import LIMITS
from ..model.diagnostic import Diagnostic, Position, nearest
from . import marks

_PARAGRAPH = re.compile(r"^(\s*\d+\.\s+)", re.MULTILINE)
_ENVIRONMENT = Environment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
_COMPARISONS: dict[str, Callable[[object, object], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
}
FUNCTIONS = {"ref", "schedule", "has", "framework"}
ATTRIBUTES = {"every", "hyphenated", "wording"}
NAMESPACES = {"law", "fact"}
_DEEPEST = 50  # conditions inside each other


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed text: its body, the includes it takes, and the first line of its source."""

    body: tuple[nodes.Node, ...]
    file: str
    line: int

    def at(self, node: nodes.Node) -> Position:
        """Where a node stands in the file."""
        return Position(file=self.file, line=self.line + (node.lineno or 1) - 1)  # some tags have no line


class Scope:
    """What a template may name; `compose.annex` gives one for each clause."""

    def truth(self, name: str) -> object:
        """The value of a parameter, or of `law.x` or `fact.x`, as conditions compare it."""
        raise NotImplementedError

    def printed(self, name: str, attribute: str) -> str:
        """The text, with marks, that printing `name` or `name.attribute` gives."""
        raise NotImplementedError

    def call(self, function: str, argument: str) -> object:
        """What `ref`, `schedule`, `has` or `framework` gives for its argument."""
        raise NotImplementedError

    def names(self) -> Mapping[str, object]:
        """Every name that may be printed or tested here."""
        raise NotImplementedError

    def include(self, name: str) -> Template | None:
        """The part of that name for the governing law."""
        raise NotImplementedError


def parse_template(text: str, file: str, line: int) -> tuple[Template | None, list[Diagnostic]]:
    """Parse a text that begins on `line` of `file`; every construct that is not allowed is a diagnostic."""
    stamped = _stamp(text, line)
    try:
        tree = _ENVIRONMENT.parse(stamped)
        forbidden = _forbidden(tuple(tree.body))
    except RecursionError:
        message = "the template nests its tags or conditions too deep"
        return None, [Diagnostic(rule="template-syntax", message=message, at=Position(file=file, line=line))]
    except ValueError:  # Python turns no number of more than some thousand digits into one
        message = "the template holds a number that is too long"
        return None, [Diagnostic(rule="template-syntax", message=message, at=Position(file=file, line=line))]
    except TemplateSyntaxError as problem:
        at = Position(file=file, line=line + (problem.lineno or 1) - 1)
        message = f"the template can't be read: {_plain(problem.message or '')}"
        hint = "tags are {{ name }} and {% if … %} … {% endif %}; each one is closed"
        return None, [Diagnostic(rule="template-syntax", message=message, at=at, hint=hint)]
    template = Template(tuple(tree.body), file, line)
    problems = [
        Diagnostic(
            rule="template-construct",
            message=f"{what} can't be used in a clause text",
            at=template.at(node),
            hint="print a name, compare one in {% if %}, or {% include %} a part; see the clause format",
        )
        for node, what in forbidden
    ]
    return (None if problems else template), problems


def _stamp(text: str, line: int) -> str:
    """Put after each paragraph's number the mark of its source line."""
    lines = text.split("\n")
    for index, source in enumerate(lines):
        lines[index] = _PARAGRAPH.sub(lambda m: m[1] + marks.line(line + index), source, count=1)
    return "\n".join(lines)


def _plain(message: str) -> str:
    """Jinja2's message with its first letter in lower case and without a full stop."""
    return (message[:1].lower() + message[1:]).rstrip(".")


def _forbidden(body: tuple[nodes.Node, ...]) -> list[tuple[nodes.Node, str]]:
    """Nodes outside the small language, each with what a reader would call it."""
    found: list[tuple[nodes.Node, str]] = []

    def expression(node: nodes.Node, depth: int = 0) -> None:
        if depth > _DEEPEST:
            found.append((node, f"a condition with more than {_DEEPEST} parts inside each other"))
            return
        match node:
            case nodes.Const(value=str() as text) if not text.isprintable():
                # An escape such as "\ue000" could spell the marks that values and references are carried by.
                found.append((node, "a quoted text with characters that can't be printed"))
            case nodes.Const() | nodes.Name() | nodes.TemplateData():
                return
            case nodes.Getattr(node=nodes.Name()):
                return
            case nodes.Call(node=nodes.Name(name=name), args=[nodes.Const(value=str())]) if name in FUNCTIONS and not (
                node.kwargs or node.dyn_args or node.dyn_kwargs
            ):
                return
            case nodes.Compare(expr=left, ops=[nodes.Operand(op=op, expr=right)]) if op in _COMPARISONS:
                expression(left, depth + 1)
                expression(right, depth + 1)
            case nodes.And() | nodes.Or():
                expression(node.left, depth + 1)
                expression(node.right, depth + 1)
            case nodes.Not():
                expression(node.node, depth + 1)
            case nodes.Filter():
                found.append((node, f"the filter `{node.name}`"))
            case nodes.Concat():
                found.append((node, "`~`"))
            case nodes.Call():
                found.append((node, "a call other than ref, schedule, has or framework with one quoted name"))
            case _:
                found.append((node, f"this expression ({type(node).__name__.lower()})"))

    def statement(node: nodes.Node, depth: int = 0) -> None:
        if depth > _DEEPEST:
            found.append((node, f"an {{% if %}} with more than {_DEEPEST} others around it"))
            return
        match node:
            case nodes.Output():
                for child in node.nodes:
                    expression(child)
            case nodes.If():
                expression(node.test)
                for child in (*node.body, *node.elif_, *node.else_):
                    statement(child, depth + 1)
            case nodes.Include(template=nodes.Const(value=str())):
                return
            case _:
                found.append((node, f"`{{% {type(node).__name__.lower()} %}}`"))

    for node in body:
        statement(node)
    return found


def render(template: Template, scope: Scope) -> tuple[str, list[Diagnostic]]:
    """The text of a template with its marks, and a diagnostic for each name that the scope doesn't know."""
    out: list[str] = []
    problems: list[Diagnostic] = []
    try:
        _run(template, template.body, scope, out, problems, _Purse(LIMITS.rendered), depth=0)
    except _Spent:
        message = f"the text grows beyond {LIMITS.rendered:,} characters with the parts that it includes"
        problems.append(
            Diagnostic(rule="template-size", message=message, at=Position(file=template.file, line=template.line))
        )
    return "".join(out), problems


class _Spent(Exception):
    """A text grew beyond its bound."""


class _Purse:
    """What a rendering may still spend: a unit for each tag and each character, parts that include parts among them."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self, units: int) -> None:
        """Spend, or leave the rendering."""
        self.left -= units
        if self.left < 0:
            raise _Spent


def _run(
    template: Template,
    body: tuple[nodes.Node, ...] | list[nodes.Node],
    scope: Scope,
    out: list[str],
    problems: list[Diagnostic],
    purse: _Purse,
    depth: int,
) -> None:
    for node in body:
        purse.take(1)
        match node:
            case nodes.Output():
                pieces = [
                    c.data if type(c) is nodes.TemplateData else _print(template, c, scope, problems)
                    for c in node.nodes
                ]
                purse.take(len(pieces) + sum(map(len, pieces)))
                out += pieces
            case nodes.If():
                branches = [(node.test, node.body), *((e.test, e.body) for e in node.elif_)]
                chosen = next((b for test, b in branches if _judge(template, test, scope, problems)), node.else_)
                _run(template, chosen, scope, out, problems, purse, depth)
            case nodes.Include():
                name = node.template.value  # type: ignore[attr-defined]
                part = scope.include(name) if depth < LIMITS.include_depth else None
                if part is None:
                    message = (
                        f"there is no part `{name}` for this governing law"
                        if depth < LIMITS.include_depth
                        else "parts include each other without end"
                    )
                    problems.append(Diagnostic(rule="unknown-part", message=message, at=template.at(node)))
                else:
                    _run(part, part.body, scope, out, problems, purse, depth + 1)
                    out.append("\n")


def render_all(template: Template, scope: Scope) -> str:
    """The text with every branch of every condition one after the other and without its parts, for those who read it all.

    A name that the scope doesn't know prints as an ellipsis; `render` is what tells it.
    """
    out: list[str] = []

    def walk(body: Iterable[nodes.Node]) -> None:
        for node in body:
            if isinstance(node, nodes.Output):
                for child in node.nodes:
                    unknown: list[Diagnostic] = []
                    text = (
                        child.data if isinstance(child, nodes.TemplateData) else _print(template, child, scope, unknown)
                    )
                    out.append("…" if unknown else text)
            elif isinstance(node, nodes.If):
                walk((*node.body, *node.elif_, *node.else_))

    walk(template.body)
    return "".join(out)


def _unknown(template: Template, node: nodes.Node, name: str, scope: Scope) -> Diagnostic:
    return Diagnostic(
        rule="undefined-name",
        message=f"`{name}` is not a parameter or penalty that this clause may print",
        at=template.at(node),
        hint=nearest(name, scope.names()) or "declare it under `parameters`, or require the clause that owns it",
    )


def _print(template: Template, node: nodes.Node, scope: Scope, problems: list[Diagnostic]) -> str:
    """What an expression in `{{ }}` prints."""
    name, attribute = "", ""
    match node:
        case nodes.Name():
            name = node.name
        case nodes.Call():
            return str(_call(template, node, scope, problems))
        case nodes.Const():
            return str(node.value)
        case nodes.Getattr(node=nodes.Name(name=owner)):
            name, attribute = owner, node.attr
    try:
        return scope.printed(name, attribute)
    except KeyError:
        problems.append(_unknown(template, node, f"{name}.{attribute}" if attribute else name, scope))
        return ""


def _call(template: Template, node: nodes.Call, scope: Scope, problems: list[Diagnostic]) -> object:
    function, argument = node.node.name, node.args[0].value  # type: ignore[attr-defined]
    try:
        return scope.call(function, argument)
    except LookupError as problem:
        problems.append(Diagnostic(rule=f"dangling-{function}", message=str(problem.args[0]), at=template.at(node)))
        return ""


def _judge(template: Template, node: nodes.Node, scope: Scope, problems: list[Diagnostic]) -> object:
    """The value of an expression in `{% if %}`."""
    match node:
        case nodes.Const():
            return node.value
        case nodes.Not():
            return not _judge(template, node.node, scope, problems)
        case nodes.And():
            return _judge(template, node.left, scope, problems) and _judge(template, node.right, scope, problems)
        case nodes.Or():
            return _judge(template, node.left, scope, problems) or _judge(template, node.right, scope, problems)
        case nodes.Call():
            return _call(template, node, scope, problems)
        case nodes.Compare():
            left, right = (
                _judge(template, node.expr, scope, problems),
                _judge(template, node.ops[0].expr, scope, problems),
            )
            try:
                return _COMPARISONS[node.ops[0].op](left, right)
            except TypeError:
                message = f"`{left}` and `{right}` can't be compared"
                problems.append(Diagnostic(rule="template-comparison", message=message, at=template.at(node)))
                return False
    name = node.name if isinstance(node, nodes.Name) else f"{node.node.name}.{node.attr}"  # type: ignore[attr-defined]
    try:
        return scope.truth(name)
    except KeyError:
        problems.append(_unknown(template, node, name, scope))
        return False
