"""Every text of a library is looked through before a rule, an amendment or a batch rests on it."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from ccclauses.cli import cli
from ccclauses.common.resources import library_folder
from ccclauses.compose.library import text_problems
from ccclauses.load.library.library import load_library

SMALL = Path(__file__).parents[1] / "library"


def library_with(tmp_path: Path, words: str) -> Path:
    """The small library, with words added to the first paragraph of a clause; they begin in column 9 of line N."""
    folder = tmp_path / "lib"
    shutil.copytree(SMALL, folder)
    clause = next(p for p in sorted(folder.rglob("*.yaml")) if "      1. [#" in p.read_text(encoding="utf-8"))
    text = clause.read_text(encoding="utf-8")
    label_ends = text.index("]", text.index("      1. [#")) + 1
    clause.write_text(f"{text[:label_ends]} {words}{text[label_ends:]}", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "words, told",
    [
        ("{% extends 'x' %}", "`extends` can't be used in a clause text"),
        ("{{ no_such_name }}", "`no_such_name` is not a parameter or failure that this clause may print"),
        ("{{ law.no_such }}", "`law.no_such` is not a parameter or failure that this clause may print"),
        ('{{ ref("no-such-label") }}', "is labelled `no-such-label`"),
        ('{{ ref("no-such-clause#a") }}', "there is no clause `no-such-clause`"),
        ('{{ schedule("contatcs") }}', "there is no schedule `contatcs`; did you mean `contacts`?"),
        ('{% if has("gone") %}x{% endif %}', "unknown clause `gone`"),
        ('{% if framework("gdpd") %}x{% endif %}', "unknown framework `gdpd`"),
        ('{% if region == "fra" %}x{% endif %}', "unknown choice `fra` of `region`"),
        ('{% if seats >= "50" %}x{% endif %}', "`seats` can't be compared with `50`"),
        ("{% if no_such %}x{% endif %}", "unknown name `no_such` in a condition"),
        ('{% if law.id == "DE" %}{{ hidden }}{% endif %}', "`hidden` is not a parameter"),
        ('{% include "nothing" %}', "there is no part `nothing` for any governing law"),
        ("\n        1. two deep", "a paragraph is indented by"),
    ],
)
def test_what_no_annex_could_print_is_told_at_its_place(tmp_path, words, told):
    library, problems = load_library(library_with(tmp_path, words))
    assert not problems
    (found,) = text_problems(library)
    assert told in found.message and found.at.line > 1 and found.at.column > 1


def test_every_problem_of_a_library_is_told_at_once(tmp_path):
    folder = library_with(tmp_path, "{{ one }} {{ two }} {% three %}")
    other = library_with(tmp_path / "b", "{{ one }} {{ two }}")
    assert len(text_problems(load_library(folder)[0])) == 1  # a text that can't be read has no names
    assert len(text_problems(load_library(other)[0])) == 2


def test_the_shipped_library_and_the_small_one_have_no_such_problem():
    for folder in (library_folder(), SMALL):
        assert text_problems(load_library(folder)[0]) == []


def test_lint_and_amend_refuse_such_a_library_once(tmp_path):
    folder = library_with(tmp_path, "{% extends 'x' %}")
    linted = CliRunner().invoke(cli, ["lint", str(folder)])
    assert linted.exit_code == 1 and linted.output.count("`extends` can't be used in a clause text") == 1
    (tmp_path / "signed").mkdir()
    amended = CliRunner().invoke(cli, ["amend", str(tmp_path / "signed"), "--library", str(folder), "--check"])
    assert amended.exit_code == 2 and amended.output.count("`extends` can't be used in a clause text") == 1
