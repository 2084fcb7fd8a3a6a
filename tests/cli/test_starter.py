"""The file to double-click: what it runs on each system, and paths that it can't hold."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path, PureWindowsPath

import pytest
from click.testing import CliRunner

from ccclauses.cli import cli
from ccclauses.cli.starter import starter

FOLDER = Path("/srv/Deals of 100 % & \"more\" $HOME `x` \\y 'z'")


def test_on_macos_a_shell_runs_exactly_the_command():
    made = starter(FOLDER, "/usr/bin/python 3", "darwin")
    line = made.text.splitlines()[1].removeprefix("exec ")
    assert made.program and made.name.endswith(".command")
    assert shlex.split(line) == ["/usr/bin/python 3", "-m", "ccclauses", "serve", str(FOLDER), "--open"]


def test_on_linux_a_desktop_entry_holds_exactly_the_command():
    made = starter(FOLDER, "/usr/bin/python", "linux")
    entry = dict(line.partition("=")[::2] for line in made.text.splitlines()[1:])
    # As the specification of desktop entries reads it: the value is unescaped, then its quoted words, then %% is %.
    value = entry["Exec"].replace("\\\\", "\\")
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', value)
    assert made.program and entry["Type"] == "Application"
    assert [re.sub(r"\\(.)", r"\1", w).replace("%%", "%") for w in words] == [
        "/usr/bin/python", "-m", "ccclauses", "serve", str(FOLDER), "--open",
    ]  # fmt: skip


def test_on_windows_each_word_is_quoted():
    made = starter(PureWindowsPath("D:/Ann Lee/Deals & more"), "C:\\Python\\python.exe", "win32")
    assert '"C:\\Python\\python.exe" "-m" "ccclauses" "serve" "D:\\Ann Lee\\Deals & more" "--open"' in made.text
    assert made.name.endswith(".cmd") and "\r\n" in made.text


@pytest.mark.parametrize(
    "folder, system", [("/a\nb", "linux"), ("/a\nb", "darwin"), ('C:/a"b', "win32"), ("C:/%TEMP%", "win32")]
)
def test_a_path_that_no_starter_can_hold_is_refused(folder, system):
    with pytest.raises(ValueError, match="can't hold|no starter can hold"):
        starter(Path(folder), "python", system)


def test_serve_leaves_the_starter_in_the_folder(tmp_path):
    done = CliRunner().invoke(cli, ["serve", str(tmp_path / "Deals"), "--icon"])
    assert done.exit_code == 0, done.output
    (path,) = (tmp_path / "Deals").iterdir()
    assert str(path) in done.output and "serve" in path.read_text()
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o111


def test_serve_asks_for_a_folder_and_follows_no_link(tmp_path):
    assert CliRunner().invoke(cli, ["serve"]).exit_code == 2
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there")
    done = CliRunner().invoke(cli, ["serve", str(tmp_path / "link"), "--icon"])
    assert done.exit_code == 2 and "link" in done.output and not list((tmp_path / "there").iterdir())
