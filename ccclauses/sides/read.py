"""One side of a comparison, told apart by what it is named and what it holds."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from ..compare.annexes import annex_contents, exposure_of
from ..compare.contents import Contents
from ..compare.libraries import clause_contents, library_contents
from ..compare.whole import compare_contents
from ..model.annex import Annex
from ..model.diagnostic import Diagnostic, nearest
from ..model.findings.comparison import Comparison
from ..model.library.library import Library
from ..model.words.quantity import Percentage
from .annex import YAML_SUFFIXES, ProfileLoader, json_annex, profile_annex
from .annex import problem as _problem
from .clauses import read_clause_file, rung_contents
from .earlier import earlier_parts
from .revision import RevisionError, copy_at_revision

Kind = Literal["document", "library", "clause", "wording"]
WORD_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
_KEY = re.compile(r"^(\w+)\s*:", re.MULTILINE)
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side: what it is called in reports, what kind of thing it is, what it is compared by."""

    name: str
    kind: Kind
    contents: Contents
    annex: Annex | None = None  # of a profile or an annex


@dataclass(frozen=True, slots=True, kw_only=True)
class SideReader:
    """How sides are read: the loader of profiles, a client's own library folders, and the posture of profiles."""

    load_profile: ProfileLoader
    libraries: tuple[Path, ...] = ()
    posture: str = ""
    form: str = ""  # of profiles; empty: that which each names
    stands_for: str = ""  # the path of the file that the one read is a copy of

    def read(self, spec: str) -> tuple[Side | None, list[Diagnostic]]:
        """The side that `spec` names; None when it can't be read, with every problem."""
        path = Path(spec)
        if path.exists():
            return self._path(path, spec)
        left, at, right = spec.rpartition("@")
        if _ID.fullmatch(left if at else spec) and not Path(left or spec).exists():
            return self._clause(left if at else spec, right if at else "")
        if at and left:
            return self._revision(Path(left), right, spec)
        hint = "name a profile, an annex (.json), a Word file, a library folder, PATH@REV or a clause of the library"
        return None, [_problem("missing-side", f"there is no file or folder `{spec}`", spec, hint)]

    # -- files and folders ---------------------------------------------------------------------------------------

    def _path(self, path: Path, name: str, near: Path | None = None) -> tuple[Side | None, list[Diagnostic]]:
        if path.is_dir():
            return self._library(path, name)
        suffix = path.suffix.lower()
        if suffix == ".json":
            return self._json(path, name)
        if suffix in WORD_SUFFIXES:
            return _word(path, name)
        if suffix in YAML_SUFFIXES:
            return self._clause_file(path, name, near) if _holds_clause(path) else self._profile(path, name)
        hint = f"sides are {', '.join((*YAML_SUFFIXES, '.json', *WORD_SUFFIXES))} files, library folders and clause ids"
        return None, [_problem("unknown-side", f"a {suffix or 'file without ending'} can't be compared", name, hint)]

    def _profile(self, path: Path, name: str) -> tuple[Side | None, list[Diagnostic]]:
        annex, problems = profile_annex(path, self.load_profile, self.posture, self.form)
        if annex is None:
            return None, problems
        shown = f"{name} ({self.posture})" if self.posture else name
        return Side(name=shown, kind="document", contents=annex_contents(annex), annex=annex), problems

    def _json(self, path: Path, name: str) -> tuple[Side | None, list[Diagnostic]]:
        annex, problems = json_annex(path, name)
        if annex is None:
            return None, problems
        return Side(name=name, kind="document", contents=annex_contents(annex), annex=annex), problems

    def _library(self, path: Path, name: str) -> tuple[Side | None, list[Diagnostic]]:
        library, problems = self._loaded(path)
        if library is None:
            return None, problems
        return Side(name=name, kind="library", contents=library_contents(library)), []

    def _loaded(self, *folders: Path) -> tuple[Library | None, list[Diagnostic]]:
        """A library of its own when the first folder holds the tables of one, else read over the shipped one."""
        from .library import library_of

        return library_of(*folders)

    def _clause_file(self, path: Path, name: str, near: Path | None) -> tuple[Side | None, list[Diagnostic]]:
        """A clause file with the tables of the library that it is in, else of the shipped one."""
        from ..common.resources import library_folder

        near = Path(self.stands_for) if self.stands_for else near or path
        library = next(
            (p for p in (*near.absolute().parents, *self.libraries) if (p / "topics.yaml").is_file()), library_folder()
        )
        clause, tables, problems = read_clause_file(path, library, near.name)
        if clause is None or tables is None:
            return None, problems
        return Side(name=name, kind="clause", contents=clause_contents(clause, tables)), []

    # -- revisions and clauses -----------------------------------------------------------------------------------

    def _revision(self, path: Path, revision: str, spec: str) -> tuple[Side | None, list[Diagnostic]]:
        with tempfile.TemporaryDirectory(prefix="ccclauses-") as folder:
            try:
                copy = copy_at_revision(path, revision, Path(folder))
            except RevisionError as problem:
                return None, [_problem("revision", str(problem), spec)]
            side, problems = self._path(copy, spec, path)
        # Problems are reported at the path and the revision that the reader knows.
        return side, [
            replace(d, at=replace(d.at, file=f"{d.at.file.replace(str(copy), str(path))}@{revision}")) for d in problems
        ]

    def _clause(self, id_: str, how: str) -> tuple[Side | None, list[Diagnostic]]:
        library, problems = self._loaded(*self.libraries)
        if library is None:
            return None, problems
        spec = f"{id_}@{how}" if how else id_
        clause = library.clauses.get(id_)
        if clause is None:
            hint = library.nearest_clause(id_) or "`ccclauses clauses` lists them"
            return None, [_problem("unknown-clause", f"there is no file, folder or clause `{id_}`", spec, hint)]
        if not how:
            return Side(name=spec, kind="clause", contents=clause_contents(clause, library)), []
        posture, _, law = (word.strip() for word in how.partition(","))
        law = law or next(iter(library.laws))
        for what, word, known in (("posture", posture, library.postures), ("law", law, library.laws)):
            if word not in known:
                hint = nearest(word, known) or f"there are {', '.join(known)}"
                return None, [_problem(f"unknown-{what}", f"there is no {what} `{word}`", spec, hint)]
        contents = rung_contents(clause, library, posture, library.laws[law])
        if contents is None:
            return None, [_problem("missing-wording", f"`{id_}` has no wording for {posture} under {law}", spec)]
        return Side(name=spec, kind="wording", contents=contents), []


def _holds_clause(path: Path) -> bool:
    """Whether a YAML file holds a clause, by its keys; what is neither clause nor profile is read as a profile."""
    try:
        with path.open("rb") as file:
            keys = set(_KEY.findall(file.read(4 << 20).decode("utf-8", errors="replace")))
    except OSError:
        return False
    return "parties" not in keys and len(keys & {"id", "topic", "variants", "purpose"}) >= 2


def _word(path: Path, name: str) -> tuple[Side | None, list[Diagnostic]]:
    from .word import word_contents

    contents, problems = word_contents(path, name)
    return (Side(name=name, kind="document", contents=contents) if contents else None), problems


def compare_sides(before: Side, after: Side, *, exact: bool = False, libraries: tuple[Path, ...] = ()) -> Comparison:
    """What changed from one side to the other; both are of one kind.

    Clauses that the shipped library or one of `libraries` merged or renamed face those that they were.
    """
    same = before.name == after.name
    names = (f"{before.name} (before)", f"{after.name} (after)") if same else (before.name, after.name)
    if (before.contents.values is None) == (after.contents.values is None):
        one, other = before.contents, after.contents
        formerly = earlier_parts(one, other, libraries) if before.kind == "document" else {}
        return compare_contents(one, other, names=names, exact=exact, formerly=formerly)
    # An annex faces a Word file as the Word file that it would be.
    one, other = _facing(before, after), _facing(after, before)
    found = compare_contents(one, other, names=names, exact=exact, formerly=earlier_parts(one, other, libraries))
    return _with_exposure(found, before.annex or after.annex, known_before=before.annex is not None)


def _with_exposure(found: Comparison, annex: Annex | None, *, known_before: bool) -> Comparison:
    """The comparison with what the Word file's own shares and caps would come to."""
    rules = annex.credit_rules if annex else None
    roles = {annex.playing(role): role for role in _SHARES} if annex else {}
    shares = {
        roles[v.parameter]: Percentage.parse(v.after if known_before else v.before)
        for v in found.values
        if v.parameter in roles
    }
    if rules is None or not shares:
        return found
    other = exposure_of(
        replace(
            rules,
            at_risk_month=shares.get("at_risk_month", rules.at_risk_month),
            annual_cap=shares.get("annual_cap", rules.annual_cap),
        )
    )
    return replace(found, exposure_after=other) if known_before else replace(found, exposure_before=other)


_SHARES = ("at_risk_month", "annual_cap")  # roles


def _facing(side: Side, other: Side) -> Contents:
    from .word import annex_as_word, covered_in

    if side.annex is not None:
        contents = annex_as_word(side.annex)
        return replace(contents, coverage=covered_in(side.annex, contents.names), exposure=side.contents.exposure)
    assert other.annex is not None
    # A Word file answers those requirements whose paragraphs it still has.
    return replace(side.contents, coverage=covered_in(other.annex, side.contents.names))
