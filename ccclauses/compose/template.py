"""Clause texts as templates: their steps, run in a scope that says what each name stands for there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..limits import LIMITS
from ..model.diagnostic import Diagnostic, Position, nearest
from .tags import MOST_PROBLEMS, Ask, Branches, Place, Source, Steps, read_steps

ATTRIBUTES = {"every", "hyphenated", "wording"}
_UNKNOWN = "…"  # what an unknown name prints where nobody is told of it


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed text."""

    source: Source
    steps: Steps
    asks: tuple[Ask, ...]  # the steps and tests that ask for a name, those of every branch


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


def parse_template(text: str, file: str, line: int, column: int = 1) -> tuple[Template | None, list[Diagnostic]]:
    """Parse a text whose lines begin at `column` of `file`, the first on `line`; all that is not allowed is told at once."""
    source = Source(text, file, line, column)
    steps, asks, problems = read_steps(source)
    return (None if problems else Template(source, steps, asks)), problems


def render(template: Template, scope: Scope) -> tuple[str, list[Diagnostic]]:
    """The text of a template with its marks, and a diagnostic for each name that the scope doesn't know."""
    run = _Run(scope)
    try:
        run.steps(template.steps)
    except _Enough:
        pass
    except _Spent:
        message = f"the text grows beyond {LIMITS.rendered:,} characters with the parts that it includes"
        at = Position(file=template.source.file, line=template.source.line)
        run.problems.append(Diagnostic(rule="template-size", message=message, at=at))
    return "".join(run.out), run.problems


def examine(template: Template, scope: Scope) -> list[Diagnostic]:
    """A diagnostic for each name that the scope doesn't know, in whatever branch it stands; parts are not looked into."""
    run = _Examination(scope)
    try:
        for ask in template.asks:
            ask(run)
    except _Enough:
        pass
    return run.problems


def render_all(template: Template, scope: Scope) -> str:
    """The text with every branch of every condition one after the other and without its parts, for those who read it all.

    A name that the scope doesn't know prints as an ellipsis; `render` is what tells it.
    """
    run = _EveryBranch(scope)
    run.steps(template.steps)
    return "".join(run.out)


class _Spent(Exception):
    """A text grew beyond its bound."""


class _Enough(Exception):
    """So many problems were found that no more are looked for."""


class _Run:
    """One rendering: what it wrote, what it may still write, and whom it asks."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.out: list[str] = []
        self.problems: list[Diagnostic] = []
        self.left = LIMITS.rendered  # a unit for each step and each character, those of parts that include parts too
        self.depth = 0  # of parts inside parts

    def steps(self, steps: Steps) -> None:
        """Run steps in their order."""
        for step in steps:
            if type(step) is str:
                self.words(step)
            else:
                step(self)

    def words(self, text: str) -> None:
        """Write words, or leave the rendering when they are too many."""
        self.left -= len(text) + 1
        if self.left < 0:
            raise _Spent
        self.out.append(text)

    def printed(self, name: str, attribute: str, at: Place) -> None:
        """Print a name."""
        try:
            self.words(self.scope.printed(name, attribute))
        except KeyError:
            self._unknown(f"{name}.{attribute}" if attribute else name, at)

    def _unknown(self, name: str, at: Place) -> None:
        message = f"`{name}` is not a parameter or failure that this clause may print"
        hint = nearest(name, self.scope.names()) or "declare it under `parameters`, or require the clause that owns it"
        self._tell("undefined-name", message, at, hint)

    def _tell(self, rule: str, message: str, at: Place, hint: str = "") -> None:
        self.problems.append(Diagnostic(rule=rule, message=message, at=at.position, hint=hint))
        if len(self.problems) == MOST_PROBLEMS:
            raise _Enough

    def called(self, function: str, argument: str, at: Place) -> object:
        """What a function gives."""
        try:
            return self.scope.call(function, argument)
        except LookupError as problem:
            self._tell(f"dangling-{function}", str(problem.args[0]), at)
            return ""

    def truth(self, name: str, at: Place) -> object:
        """What a name stands for in a condition."""
        try:
            return self.scope.truth(name)
        except KeyError:
            self._unknown(name, at)
            return False

    def compared(self, compare: Callable[[object, object], bool], left: object, right: object, at: Place) -> bool:
        """Whether a comparison holds."""
        try:
            return compare(left, right)
        except TypeError:
            self._tell("template-comparison", f"`{left}` and `{right}` can't be compared", at)
            return False

    def choose(self, branches: Branches) -> None:
        """Run the first branch whose condition holds."""
        self.words("")
        for test, steps in branches:
            if test(self):
                self.steps(steps)
                return

    def include(self, name: str, at: Place) -> None:
        """Run a part."""
        self.words("")
        if self.depth >= LIMITS.include_depth:
            self._tell("unknown-part", "parts include each other without end", at)
            return
        part = self.scope.include(name)
        if part is None:
            self._tell("unknown-part", f"there is no part `{name}` for this governing law", at)
            return
        self.depth += 1
        self.steps(part.steps)
        self.depth -= 1
        self.words("\n")


class _EveryBranch(_Run):
    """A rendering that passes through every branch and tells nobody of a name that it doesn't know.

    Without parts it grows no further than its text, so that it has no bound: a text that is too long is told by `render`.
    """

    def words(self, text: str) -> None:
        """Write words."""
        self.out.append(text)

    def _tell(self, rule: str, message: str, at: Place, hint: str = "") -> None:
        self.out.append(_UNKNOWN)

    def _unknown(self, name: str, at: Place) -> None:
        self.out.append(_UNKNOWN)

    def choose(self, branches: Branches) -> None:
        """Run them all."""
        for _, steps in branches:
            self.steps(steps)

    def include(self, name: str, at: Place) -> None:
        """Leave the part out."""


class _Examination(_Run):
    """A run that writes nothing and can't grow."""

    def words(self, text: str) -> None:
        """Let them be."""

    def include(self, name: str, at: Place) -> None:
        """See whether there is such a part."""
        if self.scope.include(name) is None:
            self._tell("unknown-part", f"there is no part `{name}` for any governing law", at)
