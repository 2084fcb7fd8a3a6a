"""Fields → what the page shows of them: the annex, its summary, and every problem beside its field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..compare.annexes import exposure
from ..compose.annex import compose_annex
from ..coverage import coverage
from ..forms import form_problems, offered_forms, page_problems, said_offers
from ..load.form import FormProfile, write_profile
from ..load.profile import load_profile_text
from ..length import estimated_pages
from ..model.annex import Annex
from ..model.clause import Library
from ..model.diagnostic import Diagnostic, Severity, errors
from ..model.profile import Profile, Resolution
from ..resolve import resolve
from ..resolve.judge import said

FILE = "profile.yaml"
_NAME = re.compile(r"`([A-Za-z0-9_.-]+)`")


@dataclass(frozen=True, slots=True)
class Problem:
    """A diagnostic and the field that it belongs to; empty for one that belongs to none."""

    field: str
    severity: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a form comes to."""

    text: str
    profile: Profile | None = None
    resolution: Resolution | None = None
    annex: Annex | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> int:
        """How many problems stop the annex."""
        return sum(p.severity == "error" for p in self.problems)


def make_preview(fields: Iterable[tuple[str, str]], library: Library) -> Preview:
    """The preview of a form; without an annex when a problem stops it."""
    written = write_profile(fields, library)
    profile, problems = load_profile_text(written.text, FILE, library)
    resolution, found = resolve(profile, library) if profile else (None, [])
    problems = [*problems, *found]
    annex, found = compose_annex(resolution) if resolution else (None, [])
    problems += found
    told = tuple(_problem(d, written, library) for d in dict.fromkeys(problems))
    return Preview(
        text=written.text, profile=profile, resolution=resolution, annex=None if errors(problems) else annex,
        problems=tuple(sorted(told, key=lambda p: ("error", "warning", "note").index(p.severity))),
    )  # fmt: skip


def _problem(diagnostic: Diagnostic, written: FormProfile, library: Library) -> Problem:
    severity = {Severity.ERROR: "error", Severity.WARNING: "warning"}.get(diagnostic.severity, "note")
    field, message, hint = (
        _field(diagnostic, written, library),
        _labelled(diagnostic.message, library),
        _labelled(diagnostic.hint, library),
    )
    if diagnostic.rule == "missing-key":
        message, hint = f"{' '.join(field.split('.')[-2:]).replace('_', ' ')} is needed", hint.partition(": ")[2]
    return Problem(field, severity, message, hint)


def _labelled(text: str, library: Library) -> str:
    """A message with the labels of the form in place of the library's names."""

    def label(match: re.Match[str]) -> str:
        parameter = library.parameter(match[1])
        return f"“{parameter.label}”" if parameter else match[1]

    return _NAME.sub(label, text).replace("`", "")


def _field(diagnostic: Diagnostic, written: FormProfile, library: Library) -> str:
    names = _NAME.findall(diagnostic.message)
    here = written.field_at(diagnostic.at) if diagnostic.at.file == FILE else ""
    if diagnostic.rule == "missing-key" and names:
        # A group has no line of its own: the key is missing beside the one that the line holds.
        above = here.rpartition(".")[0]
        return names[0] if diagnostic.at.column == 1 or not above else f"{above}.{names[0]}"
    # A rule across values is told where one of them can be changed, even where a framework or posture set it off.
    value = next((f"settings.{n}" for n in names if library.parameter(n)), "")
    return here if here.startswith("settings.") or not value else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The strip above the annex."""

    clauses: int
    pages: int
    coverage: tuple[tuple[str, int, int], ...]  # framework, contract terms answered, contract terms
    month: str
    year: str


def summarise(annex: Annex, library: Library) -> Summary:
    """The figures of an annex that a meeting asks for."""
    money = exposure(annex)
    return Summary(
        clauses=len(annex.clauses),
        pages=round(estimated_pages(annex)),
        coverage=tuple((f.short, *f.share("contract_term")) for f in coverage(annex, library).frameworks),
        month=str(money.month or ""),
        year=str(money.year or ""),
    )


def choice_of_form(found: Preview, library: Library) -> tuple[tuple[str, ...], list[Diagnostic]]:
    """The form that the facts propose with the length of each, and what the chosen one gives up or exceeds."""
    if not (found.profile and found.resolution and found.annex):
        return (), []
    given_up = [*form_problems(found.resolution, found.annex), *page_problems(found.resolution, found.annex)]
    return tuple(said_offers(*offered_forms(found.profile, library))), given_up


def in_force(resolution: Resolution) -> list[tuple[str, str, str]]:
    """Each value in force: its field, the value, and why it is that."""
    return [(f"settings.{n}", said(s.value), s.because) for n, s in resolution.settings.items()]
