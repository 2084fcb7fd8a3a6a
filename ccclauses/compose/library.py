"""Every text of a library read as its annexes would read it: what can't be, and names that no annex could give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..load.library.conditions import Askable
from ..load.library.paragraphs import labels_of
from ..model.diagnostic import Diagnostic, Position, nearest
from ..model.library.clause import Clause, Part, Variant
from ..model.library.form import FULL, SCHEDULES
from ..model.library.library import Definition, Library, is_law_value
from ..syntax.texts import references_in
from .parts.opening import DETAIL_NAMES, DETAILS
from .texts.markup import MarkupError, parse_markup, terms_of
from .texts.scope import RENDITIONS, parsed
from .texts.template import Scope, Template, condition_problems, examine, render_all

Source = Variant | Part | Definition


def text_problems(library: Library, clauses: Iterable[str] | None = None) -> list[Diagnostic]:
    """What is wrong with the texts of these clauses; by default with those of all, of the definitions and of the frame."""
    problems: list[Diagnostic] = []
    askable, of_frame = Askable(library), Askable(library, loose=DETAIL_NAMES)
    for source, clause, parts in _texts(library, clauses):
        template, found = parsed(source)
        if template is not None:
            form = "" if isinstance(source, Definition) else source.form
            scope = _LibraryScope(library, clause, parts, form)
            asked = of_frame if parts is library.frame else askable
            found = [*examine(template, scope), *condition_problems(template, asked)]
            found = found or _markup_problems(template, source)
        problems += found
    return problems


def _texts(library: Library, clauses: Iterable[str] | None) -> Iterator[tuple[Source, str, tuple[Part, ...]]]:
    """Each text with its clause, if it is of one, and the parts that it may include."""
    for id_ in library.clauses if clauses is None else clauses:
        clause = library.clauses[id_]
        yield from ((source, id_, clause.parts) for source in clause.texts)
    if clauses is None:
        yield from ((definition, "", ()) for definition in library.definitions.values())
        yield from ((part, "", library.frame) for part in library.frame)


def _markup_problems(template: Template, source: Source) -> list[Diagnostic]:
    try:
        parse_markup(render_all(template, _Silent()), terms_of(()))
    except MarkupError as problem:
        at = Position(file=source.at.file, line=problem.line or source.text_line, column=source.text_column)
        return [Diagnostic(rule="markup", message=str(problem), at=at)]
    return []


@dataclass(frozen=True, slots=True)
class _LibraryScope(Scope):
    """Knows what some annex of the library could give to the text of one clause."""

    library: Library
    clause: str
    parts: tuple[Part, ...]
    form: str  # of the text; empty for one that any form may print

    def names(self) -> Mapping[str, object]:
        """Every parameter and failure of the library."""
        failures = {name: spec for clause in self.library.clauses.values() for name, spec in clause.failures.items()}
        return {**self.library.owners, **failures}

    def printed(self, name: str, attribute: str) -> str:
        """Nothing, where the name is known and has the attribute."""
        owner = self.library.owner(name)
        if name == "law":
            known = any(is_law_value(law, attribute) for law in self.library.laws.values())
        elif name in DETAILS:
            known = not self.clause and attribute in DETAILS[name]
        elif owner is not None:
            known = not attribute or attribute in RENDITIONS and owner.parameters[name].type == "duration"
        else:
            known = attribute in ("wording", "label") and name in self.names()
        if not known:
            raise KeyError(name)
        return ""

    def call(self, function: str, argument: str) -> str:
        """Nothing, where the clause, paragraph or schedule is known."""
        known: Iterable[str] = SCHEDULES
        if function == "ref" and len(references_in(argument)[0]) > 1:
            return "".join(self.call(function, name) for name in references_in(argument)[0])
        if function == "ref":
            clause, hash_, label = argument.partition("#")
            if not hash_ and clause not in self.library.clauses:
                clause, label = self.clause, argument
            if clause in self.library.clauses:
                self._look_for(self.library.clauses[clause], label)
            argument, known = clause, self.library.clauses
        if argument not in known:
            hint = self.library.nearest_clause(argument) if function == "ref" else nearest(argument, known)
            what = "clause" if function == "ref" else "schedule"
            raise LookupError(f"there is no {what} `{argument}`{hint and f'; {hint}'}")
        return ""

    def _look_for(self, clause: Clause, label: str) -> None:
        where = f" in the {self.form} form" if self.form not in ("", FULL) else ""
        if self.form and not (clause.id == self.clause or clause.worded(self.form)):
            raise LookupError(f"there is no clause `{clause.id}`{where}; refer to one that there is")
        labels = labels_of(clause, self.form)
        if label and label not in labels:
            hint = nearest(label, labels)
            raise LookupError(f"no paragraph of `{clause.id}` is labelled `{label}`{where}{hint and f'; {hint}'}")

    def include(self, name: str) -> Template | None:
        """The part of that name for any law."""
        return next(
            (
                t
                for p in self.parts
                if p.name == name and (not self.form or p.form in ("", self.form)) and (t := parsed(p)[0])
            ),
            None,
        )


class _Silent(Scope):
    """Prints a word for everything, for a text of which only the form matters."""

    def printed(self, name: str, attribute: str) -> str:
        """A word."""
        return "…"

    def call(self, function: str, argument: str) -> str:
        """A word."""
        return "…"
