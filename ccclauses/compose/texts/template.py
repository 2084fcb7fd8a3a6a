"""Clause texts as templates: their steps, run in a scope that says what each name represents there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from ...common.limits import limits
from ...load.library.conditions import Askable
from ...model.diagnostic import Diagnostic, Source, nearest
from ...model.library.condition import Test, holds
from ...resolve.judge import Incomparable, Judge, NotInForce
from ...syntax.texts import MOST_PROBLEMS, Call, Choose, Include, Print, Steps, Words, every_step, read_text, tests_of
from . import marks

_UNKNOWN = "…"  # what an unknown name prints where nobody is reported of it
_PARAGRAPH = re.compile(r"([ \t]*\d+\.[ \t]+)(?![ \t]|\{[{%#]-)")
_MARK = re.compile(f"{marks.LINE}[^{marks.END}]*{marks.END}")


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed text. `marked` is what was parsed: the text with the mark of its line in each numbered paragraph."""

    source: Source
    marked: str
    steps: Steps

    def problem(self, rule: str, message: str, offset: int, hint: str = "") -> Diagnostic:
        """A problem at an offset of the marked text."""
        at = self.source.at(len(_MARK.sub("", self.marked[:offset])))
        return Diagnostic(rule=rule, message=message, at=at, hint=hint)


class Scope:
    """What a template may name; `compose.annex` gives one for each clause."""

    def judge(self) -> Judge:
        """What judges the conditions."""
        raise NotImplementedError

    def printed(self, name: str, attribute: str) -> str:
        """The text, with marks, that printing `name` or `name.attribute` gives; raises KeyError for an unknown name."""
        raise NotImplementedError

    def call(self, function: str, argument: str) -> str:
        """What `ref` or `schedule` prints for its argument; raises LookupError, with what is wrong, where it can't."""
        raise NotImplementedError

    def names(self) -> Mapping[str, object]:
        """Every name that may be printed or tested here."""
        raise NotImplementedError

    def include(self, name: str) -> Template | None:
        """The part of that name for the governing law."""
        raise NotImplementedError


def parse_template(text: str, file: str, line: int, column: int = 1) -> tuple[Template | None, list[Diagnostic]]:
    """Parse a text whose lines begin at `column` of `file`, the first on `line`; all that is not allowed is reported at once."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = iter(range(line, line + text.count("\n") + 1))
    marked = "\n".join(
        f"{found[1]}{marks.line(number)}{words[found.end() :]}" if (found := _PARAGRAPH.match(words)) else words
        for words, number in zip(text.split("\n"), lines)
    )
    steps, problems = read_text(marked)
    template = Template(Source(text, file, line, column), marked, steps)
    if problems:
        return None, [template.problem(p.rule, p.message, p.offset, p.hint) for p in problems]
    return template, []


def render(template: Template, scope: Scope) -> tuple[str, list[Diagnostic]]:
    """The text of a template with its marks, and a diagnostic for each name that the scope doesn't know."""
    run = _Run(template, scope)
    try:
        run.steps(template.steps)
    except _Enough:
        pass
    except _Spent:
        message = f"the text grows beyond {limits().rendered:,} characters with the parts that it includes"
        run.problems.append(template.problem("template-size", message, 0))
    return "".join(run.out), run.problems


def condition_problems(template: Template, askable: Askable) -> list[Diagnostic]:
    """What is wrong with the names and literals of the conditions of a text, in every branch."""
    found = (
        template.problem(rule, message, test.offset, hint)
        for test in tests_of(template.steps)
        for rule, message, hint in askable.problems(test)
    )
    return list(islice(found, MOST_PROBLEMS))


def examine(template: Template, scope: Scope) -> list[Diagnostic]:
    """A diagnostic for each name that is printed or called, in whatever branch, and that the scope doesn't know.

    `condition_problems` looks at the conditions; parts are not looked into.
    """
    problems: list[Diagnostic] = []
    for step in every_step(template.steps):
        match step:
            case Print() | Call():
                try:
                    _printed(step, scope)
                except LookupError as problem:
                    problems.append(_unprinted(step, problem, template, scope))
            case Include(part) if scope.include(part) is None:
                message = f"there is no part `{part}` for any governing law"
                problems.append(template.problem("unknown-part", message, step.offset))
    return problems[:MOST_PROBLEMS]


def render_all(template: Template, scope: Scope) -> str:
    """The text with every branch of every condition one after the other and without its parts, for those who read it all.

    A name that the scope doesn't know prints as an ellipsis; `render` is what tells it.
    """
    out: list[str] = []
    for step in every_step(template.steps):
        match step:
            case Words(text):
                out.append(text)
            case Print() | Call():
                try:
                    out.append(_printed(step, scope))
                except LookupError:
                    out.append(_UNKNOWN)
    return "".join(out)


def _printed(step: Print | Call, scope: Scope) -> str:
    match step:
        case Call(function, argument):
            return scope.call(function, argument)
        case Print(name, attribute):
            return scope.printed(name, attribute)


def _unprinted(step: Print | Call, problem: LookupError, template: Template, scope: Scope) -> Diagnostic:
    match step:
        case Call(function):
            return template.problem(f"dangling-{function}", str(problem.args[0]), step.offset)
        case Print(name, attribute):
            return _unknown(f"{name}.{attribute}" if attribute else name, step.offset, template, scope)


def _unknown(name: str, offset: int, template: Template, scope: Scope) -> Diagnostic:
    message = f"`{name}` is not a parameter or failure that this clause may print"
    hint = nearest(name, scope.names()) or "declare it under `parameters`, or require the clause that owns it"
    return template.problem("undefined-name", message, offset, hint)


class _Spent(Exception):
    """A text grew beyond its bound."""


class _Enough(Exception):
    """So many problems were found that no more are looked for."""


class _Run:
    """One rendering: what it wrote, what it may still write, and whom it asks."""

    def __init__(self, template: Template, scope: Scope) -> None:
        self.template, self.scope = template, scope
        self.out: list[str] = []
        self.problems: list[Diagnostic] = []
        self.left = limits().rendered  # a unit for each step and each character, those of parts that include parts too
        self.depth = 0  # of parts inside parts

    def steps(self, steps: Steps) -> None:
        """Run steps in their order."""
        for step in steps:
            match step:
                case Words(text):
                    self._words(text)
                case Print() | Call():
                    try:
                        self._words(_printed(step, self.scope))
                    except LookupError as problem:
                        self._tell(_unprinted(step, problem, self.template, self.scope))
                case Choose(branches):
                    self._words("")
                    self.steps(next((b.steps for b in branches if holds(b.when, self._asked)), ()))
                case Include():
                    self._include(step)

    def _words(self, text: str) -> None:
        """Write words, or leave the rendering when they are too many."""
        self.left -= len(text) + 1
        if self.left < 0:
            raise _Spent
        self.out.append(text)

    def _asked(self, test: Test) -> bool:
        """Whether a test of a condition holds; one that can't be judged is reported and does not hold."""
        try:
            return self.scope.judge().test(test)
        except NotInForce as problem:
            self._tell(_unknown(str(problem.args[0]), test.offset, self.template, self.scope))
        except Incomparable as problem:
            self._tell(self.template.problem("template-comparison", str(problem), test.offset))
        return test.negated

    def _tell(self, problem: Diagnostic) -> None:
        self.problems.append(problem)
        if len(self.problems) == MOST_PROBLEMS:
            raise _Enough

    def _include(self, step: Include) -> None:
        """Run a part."""
        self._words("")
        if self.depth >= limits().include_depth:
            self._tell(self.template.problem("unknown-part", "parts include each other without end", step.offset))
            return
        part = self.scope.include(step.part)
        if part is None:
            message = f"there is no part `{step.part}` for this governing law"
            self._tell(self.template.problem("unknown-part", message, step.offset))
            return
        around, self.template = self.template, part
        self.depth += 1
        self.steps(part.steps)
        self.depth -= 1
        self.template = around
        self._words("\n")
