"""`python -m ccclauses.load FOLDER…`: read clause libraries and print what is wrong with them, for those who draft."""

from __future__ import annotations

import sys
from pathlib import Path

from ..model.diagnostic import errors
from .library.library import load_library


def main(folders: list[str]) -> int:
    """Print every diagnostic; 1 when one is an error, 2 when no folder is named."""
    if not folders:
        print("usage: python -m ccclauses.load FOLDER…", file=sys.stderr)
        return 2
    library, found = load_library(*map(Path, folders))
    for diagnostic in found:
        print(diagnostic)
    print(
        f"{len(library.clauses)} clauses, {len(errors(found))} errors, {len(found) - len(errors(found))} others",
        file=sys.stderr,
    )
    return 1 if errors(found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
