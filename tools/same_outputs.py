"""Whether two checkouts make the same contracts: every example in every format, built by each and compared byte by byte.

    python tools/same_outputs.py ../before .              exit status 0: the same; 1: something differs
    python tools/same_outputs.py ../before . --to docx md

The path of each checkout is taken out first. `--words` also takes out what tells where a value is written in the library
and the fingerprint of its files: both move when a clause file is only written in another way. Of what differs the first
lines are printed. PDF is left out: LibreOffice makes it of the Word file and notes the time.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

KINDS = ("docx", "html", "md", "txt", "json")
SHOWN = 12  # lines of a difference
_WRITTEN_AT = re.compile(rb'(?<=\.yaml):\d+:\d+|"(?:line|column)": \d+|\b[0-9a-f]{64}\b')
_BUILD = """
import sys
from ccclauses.cli import cli
folder, *kinds = sys.argv[1:]
from pathlib import Path
for profile in sorted(Path("examples").glob("*.yaml")):
    for kind in kinds:
        try:
            cli(["build", str(profile), "-o", f"{folder}/{profile.stem}.{kind}", "--force"])
        except SystemExit as ended:
            if ended.code:
                raise
"""


def build_all(checkout: Path, folder: Path, kinds: list[str]) -> str:
    """Build the examples of a checkout with its code and its library; what was said when that failed."""
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    command = [sys.executable, "-c", _BUILD, str(folder), *kinds]
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True)
    return done.stderr if done.returncode else ""


def parts(path: Path, checkout: Path, words: bool) -> dict[str, bytes]:
    """The parts of a Word file by name, or the file as its one part, without what is let be."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            found = {name: package.read(name) for name in package.namelist()}
    else:
        found = {"": path.read_bytes()}
    found = {name: data.replace(f"{checkout}{os.sep}".encode(), b"") for name, data in found.items()}
    return {name: _WRITTEN_AT.sub(b"", data) for name, data in found.items()} if words else found


def differences(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """What differs between two outputs, in lines."""
    out = []
    for name in sorted({*before, *after}):
        one, other = before.get(name, b""), after.get(name, b"")
        if one == other:
            continue
        texts = [data.decode("utf-8", "replace").replace("><", ">\n<").splitlines() for data in (one, other)]
        lines = [
            line for line in difflib.unified_diff(*texts, lineterm="", n=0) if not line.startswith(("---", "+++", "@@"))
        ]
        out += [f"  {name}".rstrip(), *(f"    {line[:200]}" for line in lines[:SHOWN])]
        out += [f"    … and {len(lines) - SHOWN} lines more"] if len(lines) > SHOWN else []
    return out


def main() -> int:
    """Build, compare, print."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    arguments.add_argument("before", type=Path)
    arguments.add_argument("after", type=Path)
    arguments.add_argument("--to", nargs="*", choices=KINDS, default=list(KINDS))
    arguments.add_argument("--words", action="store_true", help="let places in the library and its fingerprint differ")
    given = arguments.parse_args()
    checkouts = [given.before.resolve(), given.after.resolve()]
    with tempfile.TemporaryDirectory() as scratch:
        folders = [Path(scratch, side) for side in ("before", "after")]
        for checkout, folder in zip(checkouts, folders):
            folder.mkdir()
            if problem := build_all(checkout, folder, given.to):
                print(f"{checkout} does not build:\n{problem}")
                return 1
        names = sorted({path.name for folder in folders for path in folder.iterdir()})
        failed = 0
        for name in names:
            sides = [
                parts(folder / name, checkout, given.words) if (folder / name).exists() else {}
                for checkout, folder in zip(checkouts, folders)
            ]
            found = differences(*sides)
            failed += bool(found)
            print("\n".join([f"{name}: {'differs' if found else 'the same'}", *found]))
    print(f"{len(names)} outputs compared, {failed} differ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
