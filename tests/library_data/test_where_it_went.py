"""The page on earlier clauses is true of the library: nothing is missing, and every paragraph that it names exists."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
import where_it_went  # noqa: E402

from ccclauses.common.resources import library_folder  # noqa: E402
from ccclauses.load.library.library import load_library  # noqa: E402
from ccclauses.load.library.paragraphs import paragraphs_of  # noqa: E402

LIBRARY, _ = load_library(library_folder())
LINES = where_it_went.lines()
NEWER = {("gdpr", "EDPB 22/2024")}  # requirements that came after the merger; no earlier clause answered them
LABELS = {(clause.id, label) for clause in LIBRARY.clauses.values() for label in paragraphs_of(clause)}


def test_the_page_is_written_from_the_table():
    assert where_it_went.PAGE.read_text(encoding="utf-8") == where_it_went.page(), "run: python tools/where_it_went.py"


def test_each_paragraph_that_a_line_names_exists():
    assert [line for line in LINES if not set(line.targets()) <= LABELS] == []


def test_a_line_names_a_paragraph_or_gives_a_reason():
    bare = [line for line in LINES if not line.targets() and not line.now.startswith("dropped: ")]
    assert bare == []
    assert all(len(line.now.split()) > 3 for line in LINES if line.now.startswith(("dropped:", "partly:")))


def test_every_duty_and_every_framework_row_is_listed():
    assert sum(line.kind == "duty" for line in LINES) == 443
    rows = {(line.where, line.what) for line in LINES if line.kind == "row"}
    assert rows | NEWER == {(f.id, ref) for f in LIBRARY.frameworks.values() for ref in f.references}
    assert len(rows) == 396 and not rows & NEWER


def test_each_framework_row_is_still_answered_by_some_clause():
    answered = {(f, ref) for c in LIBRARY.clauses.values() for f, found in c.maps_to.items() for ref in found}
    assert {(line.where, line.what) for line in LINES if line.kind == "row"} <= answered


def test_each_earlier_clause_is_known_to_the_library():
    known = {old for clause in LIBRARY.clauses.values() for old in clause.formerly} | set(LIBRARY.clauses)
    assert {line.clause for line in LINES} <= known
