"""`approve`, `approvals`, and what `build`, `check`, `show` and `explain` say of a review."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ccclauses.cli import cli
from ccclauses.common.resources import library_folder
from ccclauses.load.library.library import load_library

ROOT = Path(__file__).parents[2]
STARTUP = next((ROOT / "examples").glob("startup*.yaml"))
VERSION = load_library(library_folder())[0].clauses["access-control"].version


@pytest.fixture(autouse=True)
def _clock(monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772409600")  # 2026-03-02
    monkeypatch.chdir(tmp_path)


def run(*arguments):
    return CliRunner().invoke(cli, [str(a) for a in arguments])


def test_approve_writes_what_approvals_lists(tmp_path):
    result = run("approve", "access-control", "--by", "Ada Byron", "--note", "Deed 14")
    assert result.exit_code == 0 and "approved by Ada Byron on 2026-03-02" in result.output
    listed = run("approvals")
    assert listed.exit_code == 0
    line = f"access-control: approved by Ada Byron on 2026-03-02, version {VERSION} (note: Deed 14); next review"
    assert line in listed.output


def test_a_second_approval_keeps_the_first():
    run("approve", "access-control", "--by", "Ada")
    run("approve", "audit", "access-control", "--by", "Bo")
    reviews = json.loads(run("approvals", "--format", "json").output)["reviews"]
    assert {r["clause"]: r["by"] for r in reviews if r["by"]} == {"access-control": "Bo", "audit": "Bo"}
    run("approve", "erasure", "--by", "Ada")
    reviews = json.loads(run("approvals", "--format", "json").output)["reviews"]
    assert {r["by"] for r in reviews} == {"", "Ada", "Bo"}


def test_due_approvals_are_findings(monkeypatch):
    run("approve", "access-control", "--by", "Ada")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    result = run("approvals")
    assert result.exit_code == 1 and "Due for review: 1" in result.output


def test_a_lost_approval_is_a_finding(tmp_path):
    run("approve", "access-control", "--by", "Ada")
    path = tmp_path / "approvals.yaml"
    path.write_text(path.read_text().replace("content: ", "content: " + "0" * 64 + " # "))
    result = run("approvals")
    assert result.exit_code == 1 and "Approval lost" in result.output and "its content has changed" in result.output
    assert "name those of your own with --library FOLDER" in result.output


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("access-contol", "--by", "Ada"), "did you mean `access-control`?"),
        (("access-control",), "--by"),
        (("access-control", "--by", "  "), "needs the name"),
        (("access-control", "--by", "A\x07"), "U+0007"),
        (("access-control", "--by", "Ada", "--folder", "nowhere"), "nowhere"),
    ],
)
def test_misuse_writes_nothing(arguments, said, tmp_path):
    result = run("approve", *arguments)
    assert result.exit_code == 2 and said in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_broken_file_is_left_as_it_is(tmp_path):
    path = tmp_path / "approvals.yaml"
    path.write_text("approvals: {access-control: 1}\n")
    for arguments in (("approve", "access-control", "--by", "Ada"), ("approvals",)):
        result = run(*arguments)
        assert result.exit_code == 1 and "approvals.yaml:1:29: error" in result.output
    assert path.read_text() == "approvals: {access-control: 1}\n"


def test_a_clause_of_a_library_of_ones_own(tmp_path):
    house = tmp_path / "house"
    house.mkdir()
    (house / "access-control.yaml").write_text(
        "id: access-control\nextends: access-control\nversion: 7\ntitle: Our access control\n"
    )
    result = run("approve", "access-control", "--by", "Ada", "--library", house)
    assert result.exit_code == 0, result.output
    assert (house / "approvals.yaml").exists()  # beside the clauses, and no clause itself
    assert load_library(library_folder(), house)[1] == []
    assert "approved by Ada" in run("show", "access-control", "--library", house).output
    shipped = run("show", "access-control", "--folder", house).output
    assert "Review: was approved by Ada" in shipped and f"it is version {VERSION} now" in shipped


def demanding(tmp_path):
    path = tmp_path / "deal.yaml"
    path.write_text(f"extends: {STARTUP}\napproved_only: yes\nannex: {{status: final}}\n")
    return path


def test_a_profile_that_demands_approvals(tmp_path):
    profile = demanding(tmp_path)
    result = run("build", profile, "-o", tmp_path / "a.txt")
    assert result.exit_code == 0 and "not-approved" in result.output and "draft" in result.output
    first = (tmp_path / "a.txt").read_text()
    assert "not-approved" in run("check", profile).output

    explained = json.loads(run("explain", profile, "--format", "json").stdout)
    clauses = [c["id"] for c in explained["clauses"]]
    assert {c["review"] for c in explained["clauses"]} == {""}
    assert run("approve", *clauses, "--by", "Ada").exit_code == 0

    result = run("build", profile, "-o", tmp_path / "b.txt")
    assert result.exit_code == 0 and "not-approved" not in result.output
    assert "DRAFT" in first.upper() and "DRAFT" not in (tmp_path / "b.txt").read_text().upper().split("1 ")[0]
    assert "not-approved" not in run("check", profile).output
    assert run("explain", profile).output.count("- review: approved by Ada on 2026-03-02") == len(clauses)


def test_an_approval_never_reaches_the_annex(tmp_path):
    profile = demanding(tmp_path)
    run("approve", "access-control", "--by", "Zebedee Quill")
    for kind in ("txt", "json", "html", "md"):
        assert run("build", profile, "-o", tmp_path / f"a.{kind}").exit_code == 0
        assert "Zebedee" not in (tmp_path / f"a.{kind}").read_text()


def test_show_and_explain_say_that_nothing_is_legal_advice():
    for arguments in (("show", "access-control"), ("explain", STARTUP), ("explain", STARTUP, "--short")):
        assert "legal advice" in run(*arguments).output
