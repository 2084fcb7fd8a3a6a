"""Our wording, clause by clause: of the ladder at a rung, or of our own; what can't be offered is reported before anything is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ccclauses.cli import cli
from ccclauses.cli.common import load_inputs
from ccclauses.compare.contents import tidy_text
from ccclauses.model.annex import Paragraph
from ccclauses.ooxml.namespaces import w
from ccclauses.ooxml.package.package import read_package
from ccclauses.pipeline import build_annex
from ccclauses.read.word.docx import read_docx

from . import edits

PROFILE = Path(__file__).parents[1] / "profiles" / "short.yaml"
CLAUSE = "breach-handling"


@pytest.fixture(scope="module")
def returned(tmp_path_factory) -> Path:
    """What came back: 72 hours made 100 in one paragraph, and another clause's words changed."""
    folder = tmp_path_factory.mktemp("counter")
    assert run("build", str(PROFILE), "-o", str(folder / "sent.docx")).exit_code == 0
    draft = edits.Draft(read_package(folder / "sent.docx"))
    text = next(t for b in draft.sections()[CLAUSE] for t in b.iter(w("t")) if "72 hours" in (t.text or ""))
    text.text = text.text.replace("72 hours", "100 hours", 1)
    (folder / "returned.docx").write_bytes(draft.saved())
    return folder / "returned.docx"


def run(*arguments: str):
    return CliRunner().invoke(cli, arguments)


def number() -> tuple[str, str]:
    """The number of that paragraph and its text as sent."""
    profile, library, _ = load_inputs(PROFILE)
    built, _ = build_annex(profile, library)
    clause = next(c for c in built.annex.clauses if c.id == CLAUSE)
    block = next(b for b in clause.blocks if isinstance(b, Paragraph) and "72 hours" in tidy_text(b.text))
    return block.full_number, tidy_text(block.text)


def answer(returned: Path, out: Path, *arguments: str):
    result = run("counter", str(PROFILE), str(returned), *arguments, "-o", str(out))
    points = json.loads(out.with_suffix(".json").read_text())["points"] if out.exists() else []
    return result, points


@pytest.mark.parametrize("place", (CLAUSE, "the paragraph"))
def test_the_wording_of_a_rung_takes_the_place_of_theirs(returned, tmp_path, place):
    out = tmp_path / "answer.docx"
    place = number()[0] if place != CLAUSE else place
    result, (point,) = answer(returned, out, "--rung", f"{place}=strict")
    assert result.exit_code == 1, result.output
    assert (point["decision"], point["done"]) == ("counter", "countered")
    texts = [tidy_text(p.text) for p in read_docx(read_package(out)).paragraphs()]
    assert not [t for t in texts if "100 hours" in t]
    (comment,) = read_docx(read_package(out)).comments
    assert "came back untracked" in comment.text


def test_our_own_words_take_the_place_of_theirs(returned, tmp_path):
    place, text = number()
    ours = text.replace("72 hours", "80 hours")
    out = tmp_path / "answer.docx"
    result, (point,) = answer(returned, out, "--text", f"{place}={ours}", "--reason", "A compromise.")
    assert result.exit_code == 1 and point["done"] == "countered"
    assert ours in [tidy_text(p.text) for p in read_docx(read_package(out)).paragraphs()]
    assert read_docx(read_package(out)).comments[0].text.startswith("A compromise.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    (
        (("--rung", f"{CLAUSE}=strikt"), "did you mean `strict`"),
        (("--rung", "999=strict"), "there is no clause or paragraph `999`"),
        (("--text", "1.1=Words."), "came back unchanged"),
        (("--text", f"{CLAUSE}"), "write PLACE=WORDS"),
        (("--rung", f"{CLAUSE}=strict", "--text", f"{CLAUSE}=Words."), "countered twice"),
        ((), "at least one clause"),
    ),
)
def test_what_can_t_be_offered_is_reported_and_nothing_is_written(returned, tmp_path, arguments, said):
    out = tmp_path / "answer.docx"
    result, points = answer(returned, out, *arguments)
    assert result.exit_code == 2 and said in " ".join(result.output.split()) and not points
