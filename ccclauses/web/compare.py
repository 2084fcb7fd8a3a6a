"""The annex on the page against an upload or another library → a report, and the values that may be taken over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from ..pipeline import build_annex
from ..compare.annexes import compare_annexes
from ..load.form import read_fields
from ..load.located import decode
from ..model.annex import Annex
from ..model.clause import Library
from ..model.diagnostic import Diagnostic, Position, errors
from ..ooxml.package import PackageError, read_package
from ..read.within import alone
from ..review.findings import review
from ..review.judging import judge_review
from ..review.known import Known
from ..write.annex_json import read_json
from ..report.diff_html import diff_body
from ..report.review_html import review_body
from .preview import Preview, make_preview

WORD = (".docx", ".docm", ".dotx", ".dotm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A value of the other side that the profile may take over."""

    field: str
    label: str
    ours: str
    theirs: str
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What differs: markup, values, and problems that kept it from being told."""

    title: str
    body: str = ""
    offers: tuple[Offer, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


def compare_upload(preview: Preview, name: str, data: bytes, library: Library) -> Report:
    """The annex of the page against a Word file, a profile or an annex as data."""
    shown = PurePath(name).name[:80] or "upload"
    if preview.annex is None or preview.profile is None:
        return Report(
            title=shown, problems=(_problem(shown, "the profile has errors, so there is no annex to compare with"),)
        )
    suffix = PurePath(shown).suffix.lower()
    if suffix in WORD:
        return _word(preview, shown, data, library)
    text, problems = decode(data, shown)
    if problems:
        return Report(title=shown, problems=tuple(problems))
    if suffix == ".json":
        other, problems = read_json(text, shown)
    elif suffix in (".yaml", ".yml"):
        fields, problems = read_fields(text, shown)
        if refused := errors(problems):
            return Report(title=shown, problems=tuple(refused))
        found = make_preview(fields, library)
        other = found.annex
        problems = problems or [
            _problem(shown, f"{p.field}: {p.message}".lstrip(": ")) for p in found.problems if p.severity == "error"
        ]
    else:
        return Report(
            title=shown,
            problems=(_problem(shown, "a Word file, a profile (.yaml) or an annex as data (.json) can be compared"),),
        )
    if other is None:
        return Report(title=shown, problems=tuple(problems))
    return _annexes(preview.annex, other, shown)


def compare_libraries(preview: Preview, fields: Iterable[tuple[str, str]], other: Library) -> Report:
    """The same profile under another version of the library."""
    found = make_preview(fields, other)
    if preview.annex is None or found.annex is None:
        told = [p.message for p in found.problems if p.severity == "error"] or ["the profile has errors"]
        return Report(title="the other library", problems=tuple(_problem("library", t) for t in told))
    return _annexes(preview.annex, found.annex, "the other library")


def _annexes(ours: Annex, theirs: Annex, name: str) -> Report:
    comparison = compare_annexes(ours, theirs, names=("this page", name))
    offers = tuple(
        Offer(
            field=f"settings.{v.parameter}",
            label=v.label,
            ours=v.before,
            theirs=v.after,
            told="" if v.direction == "different" else v.direction,
        )
        for v in comparison.values
        if v.parameter and v.after and v.parameter in ours.parameters
    )
    return Report(title=name, body=diff_body(comparison), offers=offers)


def _word(preview: Preview, name: str, data: bytes, library: Library) -> Report:
    assert preview.profile and preview.annex
    built, problems = build_annex(preview.profile, library)
    if built is None:
        return Report(title=name, problems=tuple(problems))
    try:
        theirs, told = alone(read_package(data))
        found = review(read_package(built.data), theirs, names=("this page", name))
    except PackageError as problem:
        return Report(title=name, problems=(_problem(name, str(problem)),))
    found = judge_review(found, Known(annex=preview.annex, library=library, profile=preview.profile))
    offers = {
        v.parameter: Offer(
            field=f"settings.{v.parameter}",
            label=v.label,
            ours=v.before,
            theirs=v.after,
            told=f.judgement.verdict if f.judgement else "",
        )
        for f in found.findings
        for v in f.values
        if v.parameter and v.after
    }
    return Report(title=name, body=review_body(found), offers=tuple(offers.values()))


def _problem(name: str, message: str) -> Diagnostic:
    return Diagnostic(rule="compare", message=message, at=Position(file=name))
