"""`python tools/constraints.py`: writes constraints.txt, the versions of everything that is installed with ccclauses here.

Run it where the tests passed, with all extras installed: `pip install -e '.[test,bench,dask,dev,fuzz]'`.
"""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FILE = Path(__file__).resolve().parent.parent / "constraints.txt"
EXTRAS = ("test", "bench", "dask", "dev", "fuzz")


def installed(extras: tuple[str, ...] = EXTRAS) -> tuple[dict[str, str], set[str]]:
    """The name and version of each distribution that ccclauses leads to, and the names of those that are not there."""
    versions: dict[str, str] = {}
    absent: set[str] = set()
    waiting = [("ccclauses", extras)]
    seen = set(waiting)
    while waiting:
        name, wanted = waiting.pop()
        try:
            found = distribution(name)
        except PackageNotFoundError:
            absent.add(canonicalize_name(name))
            continue
        versions[canonicalize_name(name)] = found.version
        for line in found.requires or ():
            requirement = Requirement(line)
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *wanted)):
                step = (requirement.name, tuple(sorted(requirement.extras)))
                if step not in seen:
                    seen.add(step)
                    waiting.append(step)
    del versions["ccclauses"]
    return versions, absent


def pinned(text: str) -> dict[str, str]:
    """What a constraints file pins."""
    lines = (line.partition("==") for line in text.splitlines() if "==" in line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, _, version in lines}


def main() -> None:
    """Write the file, or say what is missing."""
    versions, absent = installed()
    if absent:
        sys.exit(f"not installed here, so nothing was written: {', '.join(sorted(absent))}")
    python = ".".join(map(str, sys.version_info[:2]))
    head = f"# What the tests last passed with on Python {python}: pip install -c constraints.txt -e '.[{','.join(EXTRAS)}]'\n"
    FILE.write_text(
        head + "".join(f"{name}=={version}\n" for name, version in sorted(versions.items())), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
