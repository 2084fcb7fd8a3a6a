"""`python -m benchmarks`: every figure in one run, as a table; times are medians of runs taken in turns."""

from __future__ import annotations

import sys
import tempfile
from itertools import cycle
from pathlib import Path

from ccclauses.common.resources import library_folder
from ccclauses.compose.annex import compose_annex
from ccclauses.linting import lint_target
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile
from ccclauses.pipeline import house_style
from ccclauses.resolve import resolve
from ccclauses.write.word.docx import write_docx

from . import long_files, page, peers, suppliers, work
from .node_peers import node_times
from .timing import cold, in_turns, peak_mib

ROOT = Path(__file__).resolve().parent.parent


def row(name: str, seconds: float, note: str = "") -> None:
    """Print one line of the table."""
    print(f"| {name} | {seconds * 1000:,.1f} | {note} |", flush=True)


def annex_of(clauses: int, folder: Path) -> float:
    """Time each step at one size, beside the peers and the floor."""
    paths = work.library(folder, clauses)
    library, problems = load_library(folder / "lib")
    read = [load_profile(path, library) for path in paths]
    if any(profile is None for profile, _ in read):
        sys.exit("\n".join(map(str, problems + read[0][1])))
    profiles = [profile for profile, _ in read]
    style, _ = house_style("legal", profiles[0], None)
    resolutions = [resolve(profile, library)[0] for profile in profiles]
    annexes = [compose_annex(resolution)[0] for resolution in resolutions]
    of_profiles, of_resolutions, of_annexes = cycle(profiles), cycle(resolutions), cycle(annexes)

    def ours() -> bytes:
        resolution, _ = resolve(next(of_profiles), library)
        annex, _ = compose_annex(resolution)
        return write_docx(annex, style)

    files = [write_docx(annex, style) for annex in annexes]
    candidates = {
        "ours: resolve, compose, write": ours,
        "ours: resolve": lambda: resolve(next(of_profiles), library),
        "ours: compose": lambda: compose_annex(next(of_resolutions)),
        "ours: write": lambda: write_docx(next(of_annexes), style),
        "floor: only zipped": peers.floor_peer(files[0]),
        "docxtpl": peers.docxtpl_peer(files[0], folder),
    }
    others = {"docxtpl": candidates["docxtpl"]()}  # the first client's file of each program
    if clauses <= 250:  # python-docx looks for a style through the whole document each time, and would take minutes
        candidates["python-docx, naive"] = peers.python_docx_peer(files)
    times = in_turns(candidates)
    of_node, node_files, why = node_times(files[0], folder, rounds=31 if clauses <= 250 else 5)
    times |= of_node
    if why:
        print(f"\n{why}.")
    for name, data in (others | node_files).items():
        if peers.words(data) != peers.words(files[0]):
            sys.exit(f"{name} prints other words than ours")
    whole = times["ours: resolve, compose, write"]
    print(
        f"\n{clauses} clauses, {len(peers.words(files[0]))} paragraphs with those of cells, in every file\n\n| step | ms | against ours |\n|---|---:|---:|"
    )
    for name, seconds in times.items():
        row(name, seconds, f"{seconds / whole:.2f} ×")
    return whole


def main() -> None:
    """Run all benchmarks."""
    sizes, wholes = (25, 250, 2500), {}
    for clauses in sizes:
        with tempfile.TemporaryDirectory() as folder:
            wholes[clauses] = annex_of(clauses, Path(folder))
    print(
        "\nGrowth: "
        + ", ".join(f"{b} clauses take {wholes[b] / wholes[a]:.1f} × the time of {a}" for a, b in zip(sizes, sizes[1:]))
    )

    with tempfile.TemporaryDirectory() as folder:
        steps, paragraphs = long_files.times(Path(folder))
    print(f"\n| a file of {paragraphs:,} paragraphs | ms | |\n|---|---:|---|")
    for name, seconds in steps.items():
        row(name, seconds)

    times = in_turns(
        {
            "load the shipped library": lambda: load_library(library_folder()),
            "lint it": lambda: lint_target(library_folder()),
        },
        rounds=5,
    )
    print("\n| in one process | ms | |\n|---|---:|---|")
    for name, seconds in times.items():
        row(name, seconds)
    first, last, grown = page.changes()
    print(
        f"\n1,000 changes on the page: {first * 1000:.0f} ms for the first fifty, {last * 1000:.0f} ms for the last fifty, each in the middle; {grown:+.1f} MiB since the first hundred"
    )
    with tempfile.TemporaryDirectory() as folder:
        seconds = suppliers.batch(Path(folder), 2000, 2)
        print(
            f"\nA batch of 2,000 annexes on two processes, rows checked first: {seconds:.0f} s, {2000 / seconds:.0f} annexes a second of a core"
        )
    for what, options in (("told only", ["--check"]), ("with their papers", [])):
        with tempfile.TemporaryDirectory() as folder:
            seconds = suppliers.amend(Path(folder), 20, *options)
            print(f"\n`amend` of 20 annexes, {what}: {seconds:.1f} s, the reading of two libraries included")
    print("\n| whole process, cold | ms | |\n|---|---:|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, arguments in commands(Path(folder)).items():
            row(name, cold(arguments))
        work.library(Path(folder), 2500)
        code = f"from pathlib import Path; from benchmarks.one import one; one(Path({folder!r}))"
        print(f"\nPeak memory of a build of 2,500 clauses: {peak_mib(code):.0f} MiB")


def commands(folder: Path) -> dict[str, list[str]]:
    """Each command on an example, and what it is to be held against."""
    profile, annex = str(ROOT / "examples" / "retail-uk.yaml"), str(folder / "annex.docx")
    asked = {
        "--help": [],
        "build": [profile, "-o", annex, "--force"],
        "check": [profile],
        "explain": [profile],
        "coverage": [profile],
        "clauses": ["breach"],
        "show": ["breach-handling"],
        "frameworks": [],
        "schema": ["profile"],
        "obligations": [profile, "--start", "2026-04-01"],
        "read": [annex],
        "diff": [annex, profile],
        "redline": [annex, annex, "-o", str(folder / "redline.docx"), "--force"],
        "review": [annex, annex],
        "verify": [annex, "--against", annex],
        "lint": [],
        "portfolio": [str(folder)],
    }
    found = {"python, bare": ["-c", "pass"]}
    return found | {f"ccclauses {name}": ["-m", "ccclauses", name, *arguments] for name, arguments in asked.items()}


if __name__ == "__main__":
    main()
