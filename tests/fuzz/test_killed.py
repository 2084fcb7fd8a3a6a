"""A process that is killed at any moment leaves its output whole or absent."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from whole_product import sample

ROOT = Path(__file__).parents[2]
# Writing one byte after the other, with a sign to the outside before each step, makes every moment a likely one.
SLOW = """
import os, sys, time
from pathlib import Path
real_write, real_replace = Path.write_bytes, os.replace
def slowly(self, data):
    with self.open("wb") as file:
        for at in range(0, len(data), max(1, len(data) // 10)):
            file.write(data[at : at + max(1, len(data) // 10)])
            file.flush()
            print("step", flush=True)
            time.sleep(0.01)
    return len(data)
def replace(a, b):
    print("step", flush=True)
    time.sleep(0.01)
    real_replace(a, b)
    print("step", flush=True)
    time.sleep(0.01)
Path.write_bytes, os.replace = slowly, replace
from ccclauses.cli import cli
cli(sys.argv[1:], standalone_mode=False)
"""


def killed(arguments: list[str], steps: int) -> None:
    """Run a command, and kill it after so many steps of writing."""
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        for line in process.stdout:
            steps -= line == b"step\n"
            if steps < 0:
                break
        process.kill()


COMMANDS = {
    "build": ["build", "tests/profiles/short.yaml"],
    "redline": ["redline", "templates/legal.docx", "templates/modern.docx"],
    "answer": ["review", "templates/legal.docx", "templates/modern.docx", "--respond", "hold"],
}
WORD, POINTS = "made.docx", "made.json"  # the points of an answer are written after it


@pytest.mark.parametrize(
    "command, steps, there",
    sample(
        [
            ("build", 0, []),
            ("build", 6, []),
            ("build", 12, [WORD]),
            ("redline", 3, []),
            ("redline", 12, [WORD]),
            ("answer", 6, []),
            ("answer", 16, [WORD]),
            ("answer", 99, [WORD, POINTS]),
        ],
        2,
    ),
)
def test_an_output_is_whole_or_absent(command, steps, there, tmp_path):
    output = tmp_path / WORD
    killed([*COMMANDS[command], "--response" if command == "answer" else "-o", str(output)], steps)
    assert sorted(p.name for p in tmp_path.iterdir() if not p.name.endswith(".part")) == there
    if WORD in there:
        assert zipfile.ZipFile(output).testzip() is None
    if POINTS in there:
        assert json.loads((tmp_path / POINTS).read_text())["answer"] == str(output)


def test_an_output_that_was_there_stays_as_it_was(tmp_path):
    output = tmp_path / "annex.json"
    output.write_text("before")
    killed(["build", "tests/profiles/short.yaml", "-o", str(output), "--force"], 6)
    assert output.read_text() == "before"
