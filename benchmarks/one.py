"""One annex in a process of its own, which holds nothing else: for measuring its memory."""

from __future__ import annotations

from pathlib import Path

from ccclauses.compose.annex import compose_annex
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile
from ccclauses.pipeline import house_style
from ccclauses.resolve import resolve
from ccclauses.write.word.docx import write_docx


def one(folder: Path) -> None:
    """Read the library and the first profile of the work in `folder`, and write the annex."""
    library, _ = load_library(folder / "lib")
    profile, _ = load_profile(folder / "profile-0.yaml", library)
    resolution, _ = resolve(profile, library)
    annex, _ = compose_annex(resolution)
    style, _ = house_style("legal", profile, None)
    write_docx(annex, style)
