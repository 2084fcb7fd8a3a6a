"""Runs the console blocks of the documentation: `python tools/console.py docs/tutorial-command-line.md` writes anew what has changed.

A block begins with ```console and holds commands after `$ `, each with what it prints. `…` on a line of its own stands
for any lines, inside a line for any words. Commands run in a folder that holds `examples/` and the files that the page
gives: YAML blocks whose first line is a comment with the file's name, and tables whose block begins with ```csv and their
name. What one command writes the next may read.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import chdir, environ
from pathlib import Path

from click.testing import CliRunner

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^```yaml\n(# ([\w-]+\.yaml)\n.*?)^```$", re.MULTILINE | re.DOTALL)
_TABLE = re.compile(r"^```csv ([\w-]+\.csv)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_DAY = "1780272000"  # 2026-06-01: what `today` is for the commands of a page


@dataclass(frozen=True, slots=True)
class Step:
    """A command of a page and what the page says that it prints."""

    command: str
    printed: str


def steps(text: str) -> list[Step]:
    """The commands of a page in order."""
    found = []
    for block in _BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.rstrip("\n").split("\n")
            count = 1
            while lines[count - 1].endswith("\\"):
                count += 1
            found.append(Step("\n".join(lines[:count]), "\n".join(lines[count:])))
    return found


def run(command: str) -> str:
    """What a command prints, on both streams."""
    from ccclauses.cli import cli

    words = shlex.split(command.replace("\\\n", " "))
    if words[0] == "cat":
        return Path(words[1]).read_text(encoding="utf-8").rstrip("\n")
    if words[0] != "ccclauses":
        raise ValueError(f"a page runs `ccclauses` and `cat` only, not {command!r}")
    result = CliRunner().invoke(cli, words[1:], prog_name="ccclauses")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return "\n".join(line.rstrip() for line in result.output.rstrip("\n").split("\n"))


def agrees(expected: str, printed: str) -> bool:
    """Whether a page's words are what was printed."""
    lines = expected.split("\n") if expected else []
    pattern = "".join(r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in lines)
    return re.fullmatch(pattern, f"{printed}\n" if printed else "") is not None


@contextmanager
def page_folder(text: str) -> Iterator[None]:
    """A folder with the examples and a page's own files, as the current one, on a fixed day."""
    here, epoch = Path.cwd(), environ.get("SOURCE_DATE_EPOCH")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder, "examples"))
        for content, name in _FILE.findall(text):
            Path(folder, name).write_text(content, encoding="utf-8")
        for name, content in _TABLE.findall(text):
            Path(folder, name).write_text(content, encoding="utf-8")
        chdir(folder)
        environ["SOURCE_DATE_EPOCH"] = _DAY
        try:
            yield
        finally:
            chdir(here)
            environ.pop("SOURCE_DATE_EPOCH")
            if epoch is not None:
                environ["SOURCE_DATE_EPOCH"] = epoch


def main() -> None:
    """Write what each page's commands print now, where it is not what the page says."""
    for page in map(Path, sys.argv[1:]):
        text, start = page.read_text(encoding="utf-8"), 0
        with page_folder(text):
            for step in steps(text):
                old = "\n".join(filter(None, (f"$ {step.command}", step.printed))) + "\n"
                start = text.index(old, start)
                printed = run(step.command)
                new = old if agrees(step.printed, printed) else f"$ {step.command}\n{printed}\n"
                text = text[:start] + new + text[start + len(old) :]
                start += len(new)
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
