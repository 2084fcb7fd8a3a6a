"""Runs the rules over a library, an annex or any contract; allowances are applied here, and stale ones told."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ..model.annex import Annex
from ..model.diagnostic import Diagnostic, Position, Severity
from ..model.library.clause import Allowance, Clause
from ..model.library.library import Library
from . import rules as _rules
from .language import in_english
from .subject import Finding, Subject, diagnostic
from .texts import annex_subject, library_subjects, words_subject

OTHER_LANGUAGE = "other-language"
HIDDEN_WORDS = "hidden-words"  # words of a Word file that nobody sees


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as its file gives it; `page` is its manual page."""

    name: str
    code: str
    severity: Severity
    page: str
    check: Callable[[Subject], Iterator[Finding]] | None
    check_clause: Callable[[Clause, Library], Iterator[Finding]] | None
    check_library: Callable[[Library], Iterator[Finding]] | None
    fix: Callable[[str], str] | None

    @property
    def summary(self) -> str:
        """The first paragraph of the page."""
        return " ".join(self.page.split("\n\n")[0].split())


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    found = []
    for module in pkgutil.iter_modules(_rules.__path__):
        rule = importlib.import_module(f"{_rules.__name__}.{module.name}")
        found.append(
            Rule(
                name=module.name.replace("_", "-"),
                code=rule.CODE,
                severity=rule.SEVERITY,
                page=(rule.__doc__ or "").strip(),
                check=getattr(rule, "check", None),
                check_clause=getattr(rule, "check_clause", None),
                check_library=getattr(rule, "check_library", None),
                fix=getattr(rule, "fix", None),
            )
        )
    return tuple(sorted(found, key=lambda r: (r.code[0], int(r.code[1:]))))


def lint_subject(subject: Subject, rules: Iterable[Rule] | None = None) -> Iterator[tuple[Diagnostic, Finding]]:
    """What the rules say of one text."""
    fallback = subject.passages[0].at if subject.passages else Position(file=subject.name)
    for rule in all_rules() if rules is None else rules:
        if rule.check:
            for finding in rule.check(subject):
                yield diagnostic(finding, rule.name, rule.severity, fallback), finding


def lint_library(library: Library, clauses: Iterable[Clause] | None = None) -> list[Diagnostic]:
    """What the rules say of a library, or of some of its clauses, after their allowances."""
    chosen = list(library.clauses.values() if clauses is None else clauses)
    found: list[tuple[Clause | None, Diagnostic, Finding]] = []
    for subject in library_subjects(library, None if clauses is None else chosen):
        found += [(subject.clause, d, f) for d, f in lint_subject(subject)]
    for rule in all_rules():
        if rule.check_clause:
            for clause in chosen:
                told = rule.check_clause(clause, library)
                found += [(clause, diagnostic(f, rule.name, rule.severity, clause.at), f) for f in told]
        if rule.check_library and clauses is None:
            at = Position(file="library")
            found += [(None, diagnostic(f, rule.name, rule.severity, at), f) for f in rule.check_library(library)]
    kept, used = [], set()
    for owner, problem, finding in found:
        allowance = _allowing(owner, problem, finding) if owner else None
        if allowance:
            used.add(id(allowance))
        else:
            kept.append(problem)
    stale = [
        Diagnostic(
            rule="stale-allowance",
            message=f"the allowance for `{allowance.rule}` allows nothing any more",
            at=allowance.at,
            severity=Severity.WARNING,
            hint="take it out",
        )
        for clause in chosen
        for allowance in clause.allow
        if id(allowance) not in used
    ]
    return sorted(dict.fromkeys(kept + stale), key=lambda d: (d.at, d.rule, d.message))


def _allowing(clause: Clause, problem: Diagnostic, finding: Finding) -> Allowance | None:
    words = f"{finding.words} {finding.passage.text if finding.passage else ''} {problem.message}"
    return next((a for a in clause.allow if a.rule == problem.rule and a.text in words), None)


def lint_annex(annex: Annex, name: str) -> list[Diagnostic]:
    """What the rules say of a composed or recovered annex."""
    return lint_text(annex_subject(annex, name))


def lint_words(paragraphs: Iterable[tuple[str, str, bool]], name: str) -> list[Diagnostic]:
    """What the rules say of any contract, given as paragraphs with number, text and whether each is a heading."""
    judged, others = in_english(paragraphs)
    found = lint_text(words_subject(judged, name))
    if others:
        count = "1 paragraph is" if len(others) == 1 else f"{len(others)} paragraphs are"
        message, hint = (
            f"{count} in another language than English and not judged, from here on",
            "have somebody read them who knows it",
        )
        at = Position(file=name, line=others[0])
        found.append(Diagnostic(rule=OTHER_LANGUAGE, severity=Severity.NOTE, message=message, at=at, hint=hint))
    return sorted(found, key=lambda d: d.at)


def lint_text(subject: Subject) -> list[Diagnostic]:
    """The findings of a text in reading order, each beginning with the number of its paragraph."""
    found = []
    for problem, finding in lint_subject(subject):
        number = finding.passage.number if finding.passage else ""
        found.append(replace(problem, message=f"{number}: {problem.message}") if number else problem)
    return sorted(dict.fromkeys(found), key=lambda d: (d.at, d.rule, d.message))
