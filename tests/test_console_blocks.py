"""The console blocks of the documentation print what they say."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import console  # noqa: E402

PAGES = [p for p in sorted((ROOT / "docs").rglob("*.md")) if console.steps(p.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT / "docs")))
def test_a_page_prints_what_it_says(page):
    text = page.read_text(encoding="utf-8")
    with console.page_folder(text):
        for step in console.steps(text):
            printed = console.run(step.command)
            assert console.agrees(step.printed, printed), f"$ {step.command}\n{printed}"


def test_there_are_pages_to_run():
    assert {"tutorial-command-line.md", "build.md", "approvals.md"} <= {p.name for p in PAGES}


@pytest.mark.parametrize(
    "expected, printed, same",
    [
        ("a\nb", "a\nb", True),
        ("a\nb", "a\nc", False),
        ("a\n…\nd", "a\nb\nc\nd", True),
        ("a\n…\nd", "a\nd", True),
        ("a\n…\nd", "a\nb\nc", False),
        ("a\n…", "a\nb\nc", True),
        ("a\n…", "b\na", False),
        ("…\na", "b\nb\na", True),
        ("…\na", "a", True),
        ("…", "", True),
        ("a\n…\nb\n…\nc", "a\nx\nb\nc", True),
        ("wrote … in 3 s.", "wrote x.docx in 3 s.", True),
        ("wrote … in 3 s.", "wrote x.docx in 33 s.", False),
        ("", "", True),
        ("", "something", False),
    ],
)
def test_dots_stand_for_words_and_lines(expected, printed, same):
    assert console.agrees(expected, printed) is same
