"""A folder → its signed files, and what lies next to each that tells how it was made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..batch.run import Entry, read_manifest
from ..review.rounds import INDEX
from ..sides.read import WORD_SUFFIXES


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A signed Word file and its neighbours, best first: what `accept` wrote, then what it was built from."""

    path: Path
    name: str  # below the folder
    profiles: tuple[Path, ...]
    agreed: Path | None  # the annex as data that `accept` wrote
    built: Path | None  # the annex as data that was built with the file
    manifest: tuple[Entry, ...]  # of the batch that wrote into the same folder


def papers(folder: Path, out: Path) -> list[Paper]:
    """The Word files below a folder in order; rounds of a negotiation and what lies in `out` are none."""
    manifests: dict[Path, tuple[Entry, ...]] = {}
    found = []
    for path in _word_files(folder, out):
        beside = path.parent
        if beside not in manifests:
            manifests[beside] = tuple(read_manifest(beside))
        found.append(paper_of(path, path.relative_to(folder).as_posix(), manifests[beside]))
    return found


def paper_of(path: Path, name: str, manifest: tuple[Entry, ...] = (), profile: Path | None = None) -> Paper:
    """A signed file with what lies next to it; `profile` is named in place of what would be looked for."""
    beside, stem = path.parent, path.stem
    agreed, built = beside / f"{stem}-agreed.json", beside / f"{stem}.json"
    profiles = [profile] if profile else [beside / f"{stem}{end}" for end in ("-agreed.yaml", ".yaml", ".yml")]
    return Paper(
        path=path,
        name=name,
        profiles=tuple(p for p in profiles if p.is_file()),
        agreed=agreed if agreed.is_file() else None,
        built=built if built.is_file() else None,
        manifest=manifest,
    )


def _word_files(folder: Path, out: Path) -> Iterator[Path]:
    here = out.resolve()
    for path in sorted(folder.rglob("*")):
        # Word keeps a lock next to an open file whose name begins so.
        if path.suffix.lower() not in WORD_SUFFIXES or path.name.startswith(("~$", ".")) or not path.is_file():
            continue
        if here not in path.resolve().parents and not (path.parent / INDEX).exists():
            yield path
