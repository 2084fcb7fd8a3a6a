"""`python -m benchmarks`: every figure in one run, as a table; times are medians of runs taken in turns."""

from __future__ import annotations

import io
import sys
import tempfile
import zipfile
from pathlib import Path

from ccclauses.build import house_style
from ccclauses.compose.annex import compose_annex
from ccclauses.load.library import load_library
from ccclauses.load.profile import load_profile
from ccclauses.resolve import resolve
from ccclauses.resources import library_folder
from ccclauses.write.docx import write_docx

from . import peers, work
from .timing import cold, in_turns, peak_mib

ROOT = Path(__file__).resolve().parent.parent


def row(name: str, seconds: float, note: str = "") -> None:
    """Print one line of the table."""
    print(f"| {name} | {seconds * 1000:,.1f} | {note} |", flush=True)


def annex_of(clauses: int, folder: Path) -> float:
    """Time each step at one size, beside the peers and the floor."""
    path = work.library(folder, clauses)
    library, problems = load_library(folder / "lib")
    profile, more = load_profile(path, library)
    if profile is None:
        sys.exit("\n".join(map(str, problems + more)))
    style, _ = house_style("legal", profile, None)

    def ours() -> bytes:
        resolution, _ = resolve(profile, library)
        annex, _ = compose_annex(resolution)
        return write_docx(annex, style)

    resolution, _ = resolve(profile, library)
    annex, _ = compose_annex(resolution)
    data = write_docx(annex, style)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    items = work.outline(clauses)
    candidates = {
        "ours: resolve, compose, write": ours,
        "ours: resolve": lambda: resolve(profile, library),
        "ours: compose": lambda: compose_annex(resolution),
        "ours: write": lambda: write_docx(annex, style),
        "floor: only zipped": peers.floor_peer(parts),
    }
    if clauses <= 250:
        candidates["docxtpl"] = peers.docxtpl_peer(items, folder)
        candidates["python-docx, naive"] = peers.python_docx_peer(items)
    times = in_turns(candidates)
    whole = times["ours: resolve, compose, write"]
    print(f"\n{clauses} clauses, {sum(1 for _ in annex.paragraphs())} paragraphs of ours, {len(items)} of the peers\n\n| step | ms | against ours |\n|---|---:|---:|")
    for name, seconds in times.items():
        row(name, seconds, f"{seconds / whole:.2f} ×")
    return whole


def main() -> None:
    """Run all benchmarks."""
    sizes, wholes = (25, 250, 2500), {}
    for clauses in sizes:
        with tempfile.TemporaryDirectory() as folder:
            wholes[clauses] = annex_of(clauses, Path(folder))
    print("\nGrowth: " + ", ".join(f"{b} clauses take {wholes[b] / wholes[a]:.1f} × the time of {a}" for a, b in zip(sizes, sizes[1:])))

    times = in_turns({"load the shipped library": lambda: load_library(library_folder())}, rounds=7)
    profile = ROOT / "examples" / "retail-uk.yaml"
    commands = {
        "python, bare": ["-c", "pass"],
        "ccclauses --help": ["-m", "ccclauses", "--help"],
        "ccclauses check": ["-m", "ccclauses", "check", str(profile)],
    }
    print("\n| whole process | ms | |\n|---|---:|---|")
    row("load the shipped library (in process)", times["load the shipped library"])
    for name, arguments in commands.items():
        row(name, cold(arguments))
    with tempfile.TemporaryDirectory() as folder:
        row("ccclauses build", cold(["-m", "ccclauses", "build", str(profile), "-o", f"{folder}/a.docx", "--force"]))
        work.library(Path(folder), 2500)
        code = f"from pathlib import Path; from benchmarks.__main__ import one; one(Path({folder!r}))"
        print(f"\nPeak memory of a build of 2,500 clauses: {peak_mib(code):.0f} MiB")


def one(folder: Path) -> None:
    """One annex of the work in `folder`, for measuring memory."""
    library, _ = load_library(folder / "lib")
    profile, _ = load_profile(folder / "profile.yaml", library)
    resolution, _ = resolve(profile, library)
    annex, _ = compose_annex(resolution)
    style, _ = house_style("legal", profile, None)
    write_docx(annex, style)


if __name__ == "__main__":
    main()
