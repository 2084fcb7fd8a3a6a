"""A Word file → something that can be compared: the annex that it holds, else its headings and paragraphs."""

from __future__ import annotations

from pathlib import Path

from ..compare.contents import Contents
from ..model.diagnostic import Diagnostic, Position


def word_contents(path: Path, name: str) -> tuple[Contents | None, list[Diagnostic]]:
    """What a Word file says, with its tracked changes accepted."""
    message = "Word files can't be compared clause by clause yet"
    hint = "compare two Word files with `ccclauses redline`"
    return None, [Diagnostic(rule="word-side", message=message, at=Position(file=name), hint=hint)]
