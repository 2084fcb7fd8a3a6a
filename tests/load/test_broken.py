"""One small YAML a mistake, and beside it what is printed. Run with UPDATE_GOLDEN=1 to write what is printed now."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from ccclauses.load.library.library import load_library
from ccclauses.load.profile.layers import profile_libraries
from ccclauses.load.profile.profile import load_profile
from ccclauses.model.diagnostic import Diagnostic, Severity

HERE = Path(__file__).parent
BROKEN = HERE / "broken"
LIBRARY = HERE.parent / "library"
PROFILES = sorted(p.stem for p in (BROKEN / "profiles").glob("*.yaml"))
CLAUSES = sorted(p.stem for p in (BROKEN / "clauses").glob("*.yaml"))


@pytest.fixture(scope="module")
def library():
    library, problems = load_library(LIBRARY)
    assert problems == []
    return library


def compare_golden(path: Path, found: list[Diagnostic]) -> None:
    printed = "".join(f"{d}\n" for d in found)
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(printed, "utf-8")
    assert printed == path.read_text("utf-8")


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_with_a_mistake(name, library, monkeypatch):
    monkeypatch.chdir(BROKEN / "profiles")
    profile, found = load_profile(Path(f"{name}.yaml"), library)
    assert profile is None
    assert found
    compare_golden(BROKEN / "profiles" / f"{name}.txt", found)


@pytest.mark.parametrize("name", PROFILES)
def test_the_libraries_of_a_broken_profile_can_be_asked_for(name, monkeypatch):
    monkeypatch.chdir(BROKEN / "profiles")
    folders, _ = profile_libraries(Path(f"{name}.yaml"))
    assert folders == ()


@pytest.mark.parametrize("name", CLAUSES)
def test_a_clause_with_a_mistake(name, monkeypatch, tmp_path):
    source = BROKEN / "clauses" / f"{name}.yaml"
    named = re.match(r"# file: (\S+)\n", source.read_text("utf-8"))
    folder = tmp_path / "own"
    folder.mkdir()
    shutil.copy(source, folder / (named[1] if named else source.name))
    monkeypatch.chdir(tmp_path)
    _, found = load_library(LIBRARY, Path("own"))
    found = [d for d in found if d.at.file.startswith("own")]
    compare_golden(BROKEN / "clauses" / f"{name}.txt", found)


@pytest.mark.parametrize("golden", sorted(BROKEN.glob("*/*.txt")), ids=lambda p: p.stem)
def test_messages_are_in_the_words_of_the_reader(golden):
    text = golden.read_text("utf-8")
    assert golden.with_suffix(".yaml").exists()
    assert text.strip()
    # Words of programmers, which a lawyer can't be expected to know.
    assert not re.search(
        r"\b(NoneType|str|int|dict|tuple|bool|Error|Exception|Traceback|sequence|mapping|scalar)\b", text
    )


def test_every_golden_holds_a_problem_of_some_weight():
    severities = [str(s) for s in Severity]
    for golden in BROKEN.glob("*/*.txt"):
        assert any(f": {s}: " in golden.read_text("utf-8") for s in severities), golden
