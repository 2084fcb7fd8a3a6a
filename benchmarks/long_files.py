"""A file of some three hundred pages and what a counterparty made of it: redlined, reviewed and compared."""

from __future__ import annotations

import re
import time
from datetime import datetime
from pathlib import Path

from ccclauses.compose.annex import compose_annex
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile
from ccclauses.ooxml.package.package import Package, read_package, write_package
from ccclauses.pipeline import house_style
from ccclauses.redline import redline
from ccclauses.resolve import resolve
from ccclauses.review.find.findings import review
from ccclauses.write.word.docx import write_docx

from . import work

CLAUSES = 1_200


def pair(folder: Path) -> tuple[Package, Package]:
    """The file that was sent, and the one that came back with an edit in every twentieth paragraph."""
    path, *_ = work.library(folder, CLAUSES)
    library, _ = load_library(folder / "lib")
    profile, _ = load_profile(path, library)
    resolution, _ = resolve(profile, library)
    annex, _ = compose_annex(resolution)
    style, _ = house_style("legal", profile, None)
    data = write_docx(annex, style)
    sent = read_package(data)
    count = 0

    def edit(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return "show it without delay" if count % 20 == 0 else match[0]

    text = re.sub("show it on request", edit, sent.parts[sent.main_part].decode())
    return sent, read_package(write_package({**sent.parts, sent.main_part: text.encode()}))


def times(folder: Path) -> tuple[dict[str, float], int]:
    """Seconds of each step, and the paragraphs of the file."""
    sent, returned = pair(folder)
    found = {}
    for name, run in {
        "redline": lambda: write_package(redline(sent, returned, date=datetime(2026, 1, 5)).package.parts),
        "review, not judged": lambda: review(sent, returned),
    }.items():
        begin = time.process_time()
        run()
        found[name] = time.process_time() - begin
    return found, sent.parts[sent.main_part].count(b"<w:p>") + sent.parts[sent.main_part].count(b"<w:p ")
