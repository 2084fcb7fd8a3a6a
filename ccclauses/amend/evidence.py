"""A signed file and its neighbours, read: what there is to know an annex by, and what was passed over and why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..common.limits import limits
from ..load.profile.layers import profile_says
from ..load.profile.profile import load_profile, load_profile_text
from ..load.spreadsheet.rows import check_columns, row_text
from ..model.annex import Annex
from ..model.diagnostic import errors
from ..model.findings.amendment import AMENDMENT_ANCHOR
from ..model.library.library import Library
from ..model.profile import Profile
from ..ooxml.package.package import Package, read_package
from ..ooxml.package.parse import PackageError
from ..ooxml.revisions import has_revisions
from ..read.recover import recover_annex
from ..read.within import alone
from ..read.word.document import ReadDocument, ReadParagraph
from ..read.word.docx import read_docx
from ..sides.read import json_annex
from .papers import Paper


class Unreadable(Exception):
    """Why a file can't be read as an annex, in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What there is of a signed annex, read with a library."""

    name: str
    package: Package
    agreement: Package | None  # the agreement in which the annex stands
    document: ReadDocument
    first: Annex  # what the document alone tells
    library: Library
    profile: Profile | None
    agreed: Annex | None  # as data, as `accept` wrote it
    built: Annex | None  # as data, as it was built
    told: tuple[str, ...]


def gather(paper: Paper, library: Library, base: Path | None) -> Evidence:
    """The evidence of a signed file; raises `Unreadable`."""
    package, agreement, document, told = _word(paper)
    first, _ = recover_annex(document, library)
    if any(a.startswith(AMENDMENT_ANCHOR) for b in document.blocks if isinstance(b, ReadParagraph) for a in b.anchors):
        raise Unreadable("it is an amendment; the consolidated annex takes its place and that of the annex it amends")
    if first is None or not any(c.id in library.clauses for c in first.clauses):
        raise Unreadable("no clause of this library was found in it")
    built = _as_data(paper.built, told)
    if built and paper.built and built.fingerprint != first.fingerprint:
        told.append(f"{paper.built.name} was passed over: it is not what the file was built from")
        built = None
    agreed = _as_data(paper.agreed, told)
    profile = _profile(paper, first.fingerprint, library, base, told)
    return Evidence(
        name=paper.name,
        package=package,
        agreement=agreement,
        document=document,
        first=first,
        library=library,
        profile=profile,
        agreed=agreed,
        built=built,
        told=tuple(told),
    )


def _word(paper: Paper) -> tuple[Package, Package | None, ReadDocument, list[str]]:
    try:
        if paper.path.stat().st_size > limits().word_bytes:
            raise Unreadable("the file is too large")
        whole = read_package(paper.path.read_bytes())
        package, around = alone(whole)
        document = read_docx(package, name=paper.name)
        tracked = has_revisions(package.xml(package.main_part))
    except PackageError as problem:
        raise Unreadable(str(problem)) from None
    except OSError as problem:
        raise Unreadable(f"the file can't be read: {problem.strerror or problem}") from None
    told = ["the words of the signed file", *around]
    if tracked:
        told.append("it holds tracked changes, which are taken as accepted")
    return package, whole if package is not whole else None, document, told


def _as_data(path: Path | None, told: list[str]) -> Annex | None:
    if path is None:
        return None
    annex, problems = json_annex(path, path.name)
    told.append(f"the annex as data in {path.name}" if annex else f"{path.name} can't be read: {problems[0].message}")
    return annex


def _profile(paper: Paper, fingerprint: str, library: Library, base: Path | None, told: list[str]) -> Profile | None:
    """The best profile there is for a file: one next to it, else the row of the batch that built it."""
    for path in paper.profiles:
        profile, problems = load_profile(path, library)
        if profile is not None:
            told.append(f"the profile {path.name}")
            return profile
        told.append(f"{path.name} was passed over: {errors(problems)[0].message}")
    entry = next((e for e in paper.manifest if fingerprint and e.annex == fingerprint), None)
    if entry is None:
        return None
    if base is None:
        told.append(f"a batch built it from its row {entry.row}; its profile is known when --profile names the base")
        return None
    titles = tuple(entry.differs)
    lists, problems = check_columns(titles, library, "manifest.json")
    cells = {t: (entry.differs[t], n) for n, t in enumerate(titles, 1)}
    text = row_text(cells, lists, base.name, profile_says(base)).text
    profile, found = load_profile_text(text, str(base.with_name(f"manifest.json#{entry.row}")), library)
    wrong = errors([*problems, *found])
    if wrong or profile is None:
        told.append(f"row {entry.row} of the batch was passed over: {wrong[0].message}")
        return None
    told.append(f"row {entry.row} of the batch that built it, on {base.name}")
    return profile
