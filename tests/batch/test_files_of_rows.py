"""The files that a row names: in the base profile's folder or nowhere, and read with the rows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from ccclauses.cli import cli
from ccclauses.common.resources import examples_folder, templates_folder

NAME = "parties.provider.name"


@pytest.fixture
def folder(tmp_path):
    """A folder with a base profile that names no supplier, a template in it and one beside it."""
    folder = tmp_path / "house"
    (folder / "styles").mkdir(parents=True)
    text = (examples_folder() / "startup-full.yaml").read_text("utf-8")
    (folder / "base.yaml").write_text(text.replace("    name: Evergood Support Limited\n", ""), encoding="utf-8")
    for place in (folder / "letter.docx", folder / "styles/own.docx", tmp_path / "secret.docx"):
        shutil.copy(templates_folder() / "modern.docx", place)
    (folder / "broken.docx").write_text("no Word file")
    (folder / "notes.txt").write_text("x")
    return folder


def call(folder: Path, template: str, *more: str) -> tuple[int, str, str]:
    table = folder / "v.csv"
    table.write_text(f'{NAME},template\nNorth,"{template}"\nSouth,\n', encoding="utf-8")
    args = ["batch", str(table), "--profile", str(folder / "base.yaml"), "--out", str(folder / "out"), *more]
    result = CliRunner().invoke(cli, args)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("template", ("modern", "letter.docx", "styles/own.docx", "./styles/../letter.docx"))
def test_a_house_style_of_the_folder(folder, template):
    code, out, err = call(folder, template)
    assert code == 0 and "2 annexes made" in out and "error" not in err


@pytest.mark.parametrize(
    "template, told",
    [
        ("/etc/passwd", "is not a house style"),
        ("notes.txt", "is not a house style"),
        ("base.yaml", "is not a house style"),
        ("moderm", "did you mean `modern`?"),
        ("../secret.docx", "outside the folder of the base profile"),
        ("styles/../../secret.docx", "outside the folder of the base profile"),
        ("{tmp}/secret.docx", "outside the folder of the base profile"),
        (
            "{tmp}/house/letter.docx",
            "outside the folder of the base profile",
        ),  # no path of this machine, whatever it names
        ("C:\\x.docx", "outside the folder of the base profile"),
        ("\\\\server\\share\\x.docx", "outside the folder of the base profile"),
        ("link.docx", "outside the folder of the base profile"),
        ("linked/secret.docx", "outside the folder of the base profile"),
        ("absent.docx", "there is no house style or file"),
        ("broken.docx", "broken.docx"),
    ],
)
def test_others_are_told_with_the_rows(folder, tmp_path, template, told):
    (folder / "link.docx").symlink_to(tmp_path / "secret.docx")
    (folder / "linked").symlink_to(tmp_path)
    code, out, err = call(folder, template.replace("{tmp}", str(tmp_path)), "--check")
    assert code == 1 and "1 right, 1 wrong" in out
    assert f"{folder / 'v.csv'}:2:2: error:" in err and told in err
    assert err.count("error: ") == 1


def test_the_table_may_stand_elsewhere_and_paths_start_from_the_base(folder, tmp_path):
    (tmp_path / "v.csv").write_text(f"{NAME},template\nNorth,letter.docx\nSouth,secret.docx\n", encoding="utf-8")
    args = ["batch", str(tmp_path / "v.csv"), "--profile", str(folder / "base.yaml"), "--check"]
    result = CliRunner().invoke(cli, args)
    assert "1 right, 1 wrong" in result.stdout and "v.csv:3:2: error: " in result.stderr


def test_a_template_of_the_command_and_of_the_base_are_read_with_the_rows_too(folder):
    code, out, err = call(folder, "", "--check", "--template", str(folder / "broken.docx"))
    assert code == 1 and "0 right, 2 wrong" in out and err.count("error: ") == 1 and "--template:1:1" in err
    base = folder / "base.yaml"
    base.write_text("template: broken.docx\n" + base.read_text("utf-8"), encoding="utf-8")
    code, out, err = call(folder, "", "--check")
    assert code == 1 and err.count("error: ") == 1 and f"{base}:1:1: error:" in err
    assert call(folder, "", "--check", "--to", "html")[0] == 0


def test_an_annex_is_made_again_when_its_house_style_changed(folder):
    call(folder, "letter.docx")
    shutil.copy(templates_folder() / "legal.docx", folder / "letter.docx")
    assert "1 annex made, 1 kept" in call(folder, "letter.docx")[1]


@pytest.mark.parametrize("title", ("extends", "libraries"))
def test_columns_that_would_be_for_naught_are_refused_with_the_reason(folder, title):
    table = folder / "v.csv"
    table.write_text(f"{NAME},{title}\nNorth,x\n", encoding="utf-8")
    result = CliRunner().invoke(cli, ["batch", str(table), "--profile", str(folder / "base.yaml"), "--check"])
    assert result.exit_code == 1 and f"`{title}` can't be a column" in result.stderr
    assert "did you mean" not in result.stderr and "Say what" not in result.stderr
