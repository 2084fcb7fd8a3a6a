"""Open values and references of drafts settled: what a paragraph prints once numbers and targets are known."""

from __future__ import annotations

from collections.abc import Callable

from ...model.annex import Inline, Paragraph, Reference, Table, Value
from ...model.diagnostic import Diagnostic, Position, nearest
from ...model.profile import Resolution
from ...resolve.placeholders import bracketed
from ..numbers.numbered import Open, settled, settled_table
from .markup import Draft, DraftTable, OpenValue, Terms, open_among
from .wording import value_text


class Filling:
    """What values print and what references are called; a reference that leads nowhere is kept in `problems`."""

    def __init__(
        self, resolution: Resolution, terms: Terms, money: Callable[[str], str], problems: list[Diagnostic]
    ) -> None:
        self.terms = terms
        self.problems = problems
        self.targets: dict[str, Reference] = {}  # what ref() names → the settled reference
        self._settings = resolution.settings
        self._language = resolution.profile.language
        self._money = money
        self._values: dict[str, Value] = {}  # parameter → its value as most texts print it
        self.printed = {
            name: money(value_text(s.parameter, s.value, self._language)) for name, s in self._settings.items()
        }
        for name in bracketed(resolution):
            parameter = self._settings[name].parameter
            given = self._settings[name].source != "open"
            text = self.printed[name] if given else parameter.label[:1].lower() + parameter.label[1:]
            self.printed[name] = f"[{text}]"

    def fill(self, inlines: tuple[Inline, ...], indexes: tuple[int, ...], line: int, file: str) -> tuple[Inline, ...]:
        """The inlines with the values and references at `indexes` settled."""
        if not indexes:
            return inlines
        out = list(inlines)
        for index in indexes:
            inline = out[index]
            if isinstance(inline, OpenValue):
                out[index] = self._value(inline)
            elif isinstance(inline, Reference) and inline.target in self.targets:
                out[index] = self.targets[inline.target]
            elif isinstance(inline, Reference):
                self.dangling(inline.target, line, file)
        return tuple(out)

    def _value(self, open_: OpenValue) -> Value:
        name = open_.parameter
        if open_.text:
            return Value(name, self._money(open_.text) if name in self._settings else open_.text)
        if open_.rendition:
            setting = self._settings[name]
            return Value(name, value_text(setting.parameter, setting.value, self._language, open_.rendition))
        if name not in self._values:
            self._values[name] = Value(name, self.printed[name])
        return self._values[name]

    def dangling(self, target: str, line: int, file: str) -> None:
        clause, _, label = target.partition("#")
        known = [t.partition("#")[2] for t in self.targets if t.startswith(f"{clause}#")]
        self.problems.append(
            Diagnostic(
                rule="dangling-reference",
                message=f"no paragraph of `{clause}` is labelled `{label}` here",
                at=Position(file=file, line=max(1, line)),
                hint=nearest(label, known),
            )
        )

    def inlines(self, text: str) -> tuple[Inline, ...]:
        """Plain words of a schedule as inlines, with the terms in them found."""
        return self.terms.split(self._money(text))

    def paragraph(self, draft: Draft, number: tuple[str, str], file: str) -> Paragraph:
        paragraph = settled(draft, number, "", file)
        return self.filled(Open(paragraph, draft.open)) if draft.open else paragraph

    def filled(self, waiting: Open) -> Paragraph:
        p = waiting.paragraph
        line, file = (p.at.line, p.at.file) if p.at else (0, "")
        return Paragraph(
            level=p.level,
            number=p.number,
            full_number=p.full_number,
            label=p.label,
            anchor=p.anchor,
            inlines=self.fill(p.inlines, waiting.indexes, line, file),
            at=p.at,
        )

    def table(self, draft: DraftTable, title: str, file: str) -> Table:
        rows = tuple(tuple(self.fill(c, open_among(c), draft.line, file) for c in row) for row in draft.rows)
        return settled_table(draft, title, rows)
