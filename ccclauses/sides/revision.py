"""A path at a git revision → a copy of it in a temporary folder. Git is run without a shell; nothing is checked out."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path, PurePosixPath

from ..common.limits import limits
from ..common.outside import outside

MOST_FILES = 5_000
MOST_BYTES = 64 << 20


class RevisionError(Exception):
    """A path or revision that git doesn't have; the text is one plain sentence."""


def copy_at_revision(path: Path, revision: str, target: Path) -> Path:
    """The file or folder `path` as it was at `revision`, written under `target`; only what a comparison reads."""
    folder = _nearest_folder(path)
    if folder is None:
        raise RevisionError(f"there is no folder {path.parent} to look for a git repository in")
    top = Path(_git(folder, "rev-parse", "--show-toplevel").decode().strip())
    try:
        inside = path.resolve().relative_to(top.resolve()).as_posix()
    except ValueError:
        raise RevisionError(f"{path} is not inside the git repository {top}") from None
    commit = _commit(folder, revision)
    archive = _git(
        top, "archive", "--format=tar", commit, "--", f":(literal){inside}" if inside != "." else ".", missing=path
    )
    copied = target / inside if inside != "." else target
    _unpack(archive, target)
    if not copied.exists():
        raise RevisionError(f"{path} did not exist at {revision}")
    return copied


def _nearest_folder(path: Path) -> Path | None:
    """The path itself or the nearest of its parents that is a folder now: it may have been removed since."""
    return next((p for p in (path, *path.absolute().parents) if p.is_dir()), None)


def _commit(folder: Path, revision: str) -> str:
    try:
        return (
            _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
            .decode()
            .strip()
        )
    except RevisionError:
        raise RevisionError(f"git knows no revision `{revision}` here") from None


def _git(folder: Path, *arguments: str, missing: Path | None = None) -> bytes:
    # A hook or a diff driver runs with variables that would point git at another repository.
    environment = {k: v for k, v in outside().environment.items() if not k.startswith("GIT_")} | {
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            check=False,
            timeout=limits().git_seconds,
            env=environment,
        )
    except FileNotFoundError:
        raise RevisionError("git is not installed, so a revision can't be read") from None
    except subprocess.TimeoutExpired:
        raise RevisionError("git took too long") from None
    if done.returncode:
        if missing is not None:
            raise RevisionError(f"{missing} did not exist at that revision")
        reason = done.stderr.decode(errors="replace").strip().splitlines()
        raise RevisionError(reason[0].removeprefix("fatal: ") if reason else "git refused")
    return done.stdout


def _unpack(archive: bytes, target: Path) -> None:
    """Write the plain files of the archive; links and names that lead outside are left out."""
    files = size = 0
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            name = PurePosixPath(member.name)
            if not member.isfile() or name.is_absolute() or ".." in name.parts:
                continue
            files, size = files + 1, size + member.size
            if files > MOST_FILES or size > MOST_BYTES:
                raise RevisionError(f"more than {MOST_FILES:,} files or {MOST_BYTES >> 20} MiB at that revision")
            source = tar.extractfile(member)
            if source is not None:
                place = target.joinpath(*name.parts)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(source.read())
