"""Problems as values: where something is wrong, how bad it is, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How bad a problem is; only an error stops a build."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


# Rules whose findings make one list, told in the order of the questions that settle them and not by place.
OPEN_RULES = ("open-value", "assumed-fact", "placeholder-sum")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Position:
    """A place in a file; `line` and `column` count from 1, `column` in characters."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Source:
    """A text and where it is written: the file, the line of its first character, and the column of each of its lines.

    `start` is the offset from which offsets count, for a part of a whole file.
    """

    text: str
    file: str
    line: int = 1
    column: int = 1
    start: int = 0

    def at(self, offset: int) -> Position:
        """The place of an offset, counted from `start` in characters from 0."""
        offset += self.start
        begins = self.text.rfind("\n", 0, offset) + 1
        return Position(
            file=self.file, line=self.line + self.text.count("\n", 0, offset), column=self.column + offset - begins
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One problem: the rule it breaks, its severity, what was found, where, and what would be right."""

    rule: str
    message: str
    at: Position
    severity: Severity = Severity.ERROR
    hint: str = ""

    def __str__(self) -> str:
        line = f"{self.at}: {self.severity}: {self.message} [{self.rule}]"
        return f"{line}\n  hint: {self.hint}" if self.hint else line

    def as_dict(self) -> dict[str, object]:
        """The diagnostic as plain JSON values."""
        return {
            "rule": self.rule,
            "severity": str(self.severity),
            "message": self.message,
            "file": self.at.file,
            "line": self.at.line,
            "column": self.at.column,
            "hint": self.hint,
        }


def errors(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Those of `diagnostics` that stop a build."""
    return [d for d in diagnostics if d.severity >= Severity.ERROR]


class InputError(Exception):
    """What was given can't be used; `problems` holds every diagnostic, and the text is those that are errors."""

    def __init__(self, problems: Iterable[Diagnostic]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, errors(self.problems))))


_NEAR = 0.75  # a name that is further away was hardly meant, and naming it would mislead


def nearest(name: str, known: Iterable[str]) -> str:
    """The sentence "did you mean `x`?" for the known name closest to `name`, or an empty string.

    The only name that holds all words of `name` counts as close too: `civil` is near to `civil_law`.
    """
    import difflib  # most runs have nothing to say

    folded = {k.casefold().replace("-", "_"): k for k in known}
    wanted = name.casefold().replace("-", "_")
    match = difflib.get_close_matches(wanted, folded, n=1, cutoff=_NEAR)
    if not match and len(wanted) > 3:
        words = set(wanted.split("_"))
        holding = [k for k in folded if words <= set(k.split("_"))]
        match = holding if len(holding) == 1 else []
    return f"did you mean `{folded[match[0]]}`?" if match else ""
