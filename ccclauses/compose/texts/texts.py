"""The texts of a library rendered for one deal: clauses, definitions and the frame, with every problem of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...load.library.conditions import Askable
from ...model.credits.credit import Sanction
from ...model.diagnostic import Diagnostic, Position
from ...model.library.clause import EMPTY, Part, Variant
from ...model.library.library import Definition
from ...model.profile import Resolution
from ...resolve.judge import Judge
from ..parts import schedules
from ..parts.opening import DETAIL_NAMES, opening_details
from .local_money import local_sums
from .markup import Drafts, MarkupError, Terms, parse_markup
from .scope import ClauseScope, chosen_parts, parsed
from .template import condition_problems, render


class Texts:
    """Renders the texts of one deal; what is wrong with one is kept in `problems`, and what could be read is returned."""

    def __init__(
        self,
        resolution: Resolution,
        judge: Judge,
        terms: Terms,
        sanctions: Mapping[str, Sanction],
        problems: list[Diagnostic],
    ) -> None:
        self.resolution = resolution
        self.judge = judge
        self.terms = terms
        self.sanctions = sanctions
        self.problems = problems
        self.frame = chosen_parts(resolution.library.frame, resolution.law, resolution.form.id)
        self.schedule_ids = schedules.wanted(resolution)
        self._details = opening_details(resolution.profile)
        self._in_annex = frozenset(r.clause.id for r in resolution.clauses)
        self._askable = Askable(resolution.library)
        self._askable_of_frame = Askable(resolution.library, loose=DETAIL_NAMES)

    def money(self, text: str) -> str:
        """A text of the library with its sums as the place of the law writes them."""
        return local_sums(text, self.resolution.law, self.resolution.profile.currency)

    def scope(
        self,
        clause: str,
        file: str,
        parts: Mapping[str, Part],
        details: Mapping[str, str] = EMPTY,
        role: str = "",
    ) -> ClauseScope:
        return ClauseScope(
            resolution=self.resolution,
            clause=clause,
            file=file,
            parts=parts,
            sanctions=self.sanctions,
            conditions=self._judge(details) if details else self.judge,
            schedules=self.schedule_ids,
            clauses=self._in_annex,
            details=details,
            role=role,
        )

    def _judge(self, details: Mapping[str, str]) -> Judge:
        """A judge that knows what the frame may ask of the document and the parties too."""
        return replace(self.judge, value=lambda name: details[name] if name in details else self.judge.value(name))

    def drafts(self, source: Variant | Part | Definition, scope: ClauseScope) -> Drafts:
        """Render and parse one text; its problems are kept and what could be read is returned."""
        template, problems = parsed(source)
        self.problems += problems
        if template is None:
            return ()
        if found := condition_problems(template, self._askable_of_frame if scope.details else self._askable):
            self.problems += found
            return ()
        rendered, problems = render(template, scope)
        self.problems += [self._wanting(p) for p in problems]
        try:
            return parse_markup(self.money(rendered), self.terms)
        except MarkupError as problem:
            at = Position(file=source.at.file, line=problem.line or source.text_line)
            self.problems.append(Diagnostic(rule="markup", message=str(problem), at=at))
            return ()

    def _wanting(self, problem: Diagnostic) -> Diagnostic:
        """The problem of a text; told at the profile where a schedule is missing because the profile gives nothing for it."""
        for schedule, (key, hint) in schedules.SOURCES.items():
            if problem.rule == "dangling-schedule" and f"`{schedule}`" in problem.message:
                message = (
                    f"a clause refers to the schedule `{schedule}`, for which the profile gives nothing ({problem.at})"
                )
                return Diagnostic(
                    rule="missing-schedule", message=message, at=self.resolution.profile.at(key), hint=hint
                )
        return problem

    def of_frame(self, name: str, details: Mapping[str, str] = EMPTY, role: str = "") -> Drafts:
        part = self.frame.get(name)
        if part is None:
            return ()
        return self.drafts(part, self.scope("", part.at.file, self.frame, {**self._details, **details}, role))
