"""The wheel and the sdist of the last commit, built twice in folders of different names; fails when the bytes differ."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def built(folder: Path, epoch: str) -> dict[str, Path]:
    """Build what is committed below `folder`."""
    source = folder / "source"
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(source)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": epoch}
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(folder / "dist"), str(source)],
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return {path.name: path for path in (folder / "dist").iterdir()}


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def steady(path: Path, epoch: int) -> None:
    """Pack an sdist anew, with the date of the commit and without the user who built it."""
    out = io.BytesIO()
    with tarfile.open(path) as old, tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as new:
        for entry in sorted(old.getmembers(), key=lambda e: e.name):
            data = old.extractfile(entry) if entry.isfile() else None
            entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname, entry.pax_headers = epoch, 0, 0, "", "", {}
            entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
            new.addfile(entry, data)

    with path.open("wb") as file, gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=epoch) as packed:
        packed.write(out.getvalue())


def main() -> None:
    """Build twice, compare, and leave the files in dist/."""
    epoch = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory(suffix="-another-name") as two:
        first, second = built(Path(one), epoch), built(Path(two), epoch)
        for path in (*first.values(), *second.values()):
            if path.name.endswith(".tar.gz"):
                steady(path, int(epoch))
        different = [name for name in first if digest(first[name]) != digest(second[name])]
        if different or first.keys() != second.keys():
            sys.exit(f"not the same bytes twice: {', '.join(different)}")
        (ROOT / "dist").mkdir(exist_ok=True)
        for name, path in sorted(first.items()):
            shutil.copyfile(path, ROOT / "dist" / name)
            print(f"{digest(path)}  dist/{name}")


if __name__ == "__main__":
    main()
