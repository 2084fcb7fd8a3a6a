"""`ccclauses build` as a user runs it: what is written, what is refused, what is left behind."""

import html
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from openxml_audit import OpenXmlValidator
from whole_product import EXAMPLES, FEW, WHOLE_PRODUCT

from ccclauses.cli import cli
from ccclauses.cli.common import EXISTING
from ccclauses.common.resources import library_folder
from ccclauses.load.library.library import load_library
from ccclauses.ooxml.package.package import read_package

RETAIL = next(p for p in EXAMPLES if p.stem == "retail-uk")


def run(*arguments: object):
    return CliRunner().invoke(cli, [str(a) for a in arguments])


@pytest.mark.parametrize("name", ("annex.odt", "annex.doc", "annex"))
def test_a_name_that_is_not_what_is_written_is_refused(tmp_path, name):
    result = run("build", RETAIL, "-o", tmp_path / name)
    assert result.exit_code == 2 and f"not to `{name}`" in result.output and not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "command",
    (
        "diff {a} {a} -o x.pdf", "review {a} {a} -o x.pdf", "review {a} {a} --respond hold --response x.pdf",
        "redline {a} {a} -o x.pdf", "accept {a} --sent {a} -o x.pdf", "history . -o x.pdf",
        "obligations {a} -o x.pdf", "penalty {a} --event x=y -o x.pdf",
    ),
)  # fmt: skip
def test_every_command_refuses_a_name_of_another_kind(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    Path("a.docx").write_bytes(b"")
    result = run(*command.format(a="a.docx").split())
    assert result.exit_code == 2 and "not to `x.pdf`" in result.output


def test_a_command_that_does_not_exist_is_told_with_the_nearest():
    assert "there is no command `bild`; did you mean `build`?" in run("bild").output


def test_a_file_that_is_not_there_is_told_with_the_nearest(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("northgate.yaml").write_text("law: GB-EAW\n", "utf-8")
    assert "there is no file `nortgate.yaml`; did you mean `northgate.yaml`?" in run("build", "nortgate.yaml").output
    assert "there is no file `x.yaml`\n" in run("build", "x.yaml").output


@pytest.mark.parametrize(
    "command, told",
    (
        ("penalty {a} --ledger evnts.csv", "there is no file `evnts.csv`; did you mean `events.csv`?"),
        ("verify {a} --against nowhere/a.json", "there is no file `nowhere/a.json`\n"),
        ("clauses --library ou", "there is no folder `ou`; did you mean `our`?"),
        ("clauses --library event.csv", "there is no folder `event.csv`\n"),
        ("lint ouur", "there is no file or folder `ouur`; did you mean `our`?"),
    ),
)
def test_so_is_one_that_an_option_names(tmp_path, monkeypatch, command, told):
    monkeypatch.chdir(tmp_path)
    Path("our").mkdir()
    Path("events.csv").write_text("", "utf-8")
    result = run(*command.format(a=RETAIL).split())
    assert result.exit_code == 2 and told in result.output


def test_every_path_that_has_to_be_there_is_told_in_these_words():
    context = click.Context(cli)
    commands = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    paths = {(n, p.name): p.type for n, c in commands.items() for p in c.params if getattr(p.type, "exists", False)}
    assert len(paths) > 20 and all(type(kind) is type(EXISTING) for kind in paths.values()), paths


@pytest.mark.parametrize(
    "base, refused", ((RETAIL, False), (RETAIL, True), (RETAIL.with_name("startup-baseline.yaml"), False))
)
def test_notes_are_counted_and_told_by_check_and_explain(tmp_path, base, refused):
    profile = tmp_path / "deal.yaml"
    text = f"extends: {base}\n" + ("settings: {breach_notice: 71 hours}\n" if refused else "")
    profile.write_text(text, "utf-8")
    built = run("build", profile, "-o", tmp_path / "a.txt")
    whole = json.loads(run("build", profile, "-o", tmp_path / "b.txt", "--format", "json").stdout)
    assert (built.exit_code, whole["written"] is None) == ((1, True) if refused else (0, False))
    assert whole["notes"] > 1 and "note: " not in built.output
    assert f"{whole['notes']} notes: ccclauses check {profile}\n" in built.output
    for command in ("check", "explain"):
        assert run(command, profile).output.count(": note: ") == whole["notes"]


def test_help_tells_of_each_command_in_a_whole_sentence():
    assert "..." not in run("--help").output.partition("Commands:")[2]


def test_a_reader_that_leaves_a_pipe_is_no_failure():
    with subprocess.Popen(
        [sys.executable, "-m", "ccclauses", "clauses"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        run.stdout.close()
        assert (run.wait(), run.stderr.read()) == (0, b"")


def schema_findings(path: Path) -> list[str]:
    """What the validator says; a font table and a theme are optional parts (ISO/IEC 29500-1, 11.3.5 and 14.2.7)."""
    found = [str(e.description) for e in OpenXmlValidator().validate(str(path)).errors]
    return [f for f in found if not f.startswith("A required relationship type")]


@pytest.mark.parametrize("style", ["legal", "modern"])
@pytest.mark.parametrize("profile", FEW, ids=lambda p: p.stem)
def test_an_example_builds_twice_the_same_and_is_valid(profile, style, tmp_path):
    first, second = tmp_path / "one.docx", tmp_path / "two.docx"
    for output in (first, second):
        result = run("build", profile, "-o", output, "--template", style)
        assert result.exit_code == 0, result.output
    assert first.read_bytes() == second.read_bytes()
    # The styles differ in their styles alone, so one example in the other style is enough of a slow validator.
    if WHOLE_PRODUCT or style == "legal":
        assert schema_findings(first) == []


@pytest.mark.parametrize("profile", EXAMPLES, ids=lambda p: p.stem)
def test_nothing_internal_is_in_the_file(profile, tmp_path):
    output = tmp_path / "annex.docx"
    run("build", profile, "-o", output)
    with zipfile.ZipFile(output) as archive:
        text = "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    for word in (
        "baseline",
        "walk-away",
        "walk_away",
        "fallback ladder",
        ".yaml",
        str(profile.parent),
        "python-docx",
        "Accept when",
    ):
        assert word not in text, word


@pytest.mark.parametrize("kind", ["docx", "html", "md", "txt", "json"])
def test_no_reason_of_a_version_is_in_an_annex(kind, tmp_path):
    output = tmp_path / f"annex.{kind}"
    assert run("build", RETAIL, "-o", output).exit_code == 0
    data = read_package(output.read_bytes()).parts if kind == "docx" else {"": output.read_bytes()}
    text = "".join(re.sub("<[^>]*>", "", part.decode("utf-8", "replace")) for part in data.values())
    reasons = [c.reason for clause in load_library(library_folder())[0].clauses.values() for c in clause.changes]
    assert len(reasons) > 40 and not [r for r in reasons if html.escape(r, quote=False) in text or r in text]


@pytest.mark.parametrize("kind, begins", [("html", "<!doctype html>"), ("md", "#"), ("txt", ""), ("json", "{")])
def test_the_other_formats(kind, begins, tmp_path):
    output = tmp_path / f"annex.{kind}"
    assert run("build", RETAIL, "-o", output).exit_code == 0
    text = output.read_text()
    assert text.lower().startswith(begins) and "Awareness" in text


def test_an_output_that_exists_is_kept(tmp_path):
    output = tmp_path / "annex.docx"
    output.write_text("mine")
    result = run("build", RETAIL, "-o", output)
    assert result.exit_code == 1 and output.read_text() == "mine" and "--force" in result.output
    assert run("build", RETAIL, "-o", output, "--force").exit_code == 0 and output.read_bytes()[:2] == b"PK"


def test_a_failed_build_leaves_nothing(tmp_path):
    profile = tmp_path / "deal.yaml"
    profile.write_text(RETAIL.read_text().replace("breach_notice: 12 hours", "breach_notice: 90 hours"))
    result = run("build", profile, "-o", tmp_path / "annex.docx")
    assert result.exit_code == 1 and "breach_notice" in result.output
    assert [p.name for p in tmp_path.iterdir()] == ["deal.yaml"]


def test_a_template_that_is_no_word_file(tmp_path):
    template = tmp_path / "paper.docx"
    template.write_text("not a Word file")
    result = run("build", RETAIL, "-o", tmp_path / "a.docx", "--template", template)
    assert result.exit_code == 1 and "paper.docx" in result.output and not (tmp_path / "a.docx").exists()


def test_styles_that_a_template_lacks_are_told_with_their_line(tmp_path):
    styles = tmp_path / "styles.yaml"
    styles.write_text("clause: Headding 2\nlevell_2: Body Text\n")
    template = Path(__file__).parents[2] / "templates" / "legal.docx"
    result = run("build", RETAIL, "-o", tmp_path / "a.docx", "--template", template, "--styles", styles)
    assert result.exit_code == 1
    assert "styles.yaml:1:1: error" in result.output and "styles.yaml:2:1: error" in result.output
    assert "did you mean `level_2`?" in result.output


def test_a_name_with_markup_passes_through_literally(tmp_path):
    name = 'Ünï & Söhne <b> "Q" {{ x }} **bold** שלום 漢字 plc'
    profile = tmp_path / "deal.yaml"
    profile.write_text(RETAIL.read_text().replace("Northgate Contact Services Limited", name.replace('"', '\\"')))
    text = profile.read_text()
    profile.write_text(text.replace(f"name: {name}".replace('"', '\\"'), 'name: "' + name.replace('"', '\\"') + '"'))
    result = run("build", profile, "-o", tmp_path / "a.txt")
    assert result.exit_code == 0, result.output
    assert name in (tmp_path / "a.txt").read_text()


def test_as_json(tmp_path):
    result = run("build", RETAIL, "-o", tmp_path / "a.docx", "--format", "json")
    told = json.loads(result.stdout)
    assert told["written"].endswith("a.docx") and told["errors"] == 0 and told["clauses"] > 30


def test_a_draft_says_so_and_a_final_annex_does_not(tmp_path):
    final = tmp_path / "final.yaml"
    final.write_text(RETAIL.read_text().replace("status: draft", "status: final"))
    for arguments, watermark in (([], False), (["--draft"], True)):
        run("build", final, "-o", tmp_path / "a.docx", "--force", *arguments)
        with zipfile.ZipFile(tmp_path / "a.docx") as archive:
            headers = "".join(archive.read(n).decode() for n in archive.namelist() if "header" in n)
        assert ("DRAFT" in headers) is watermark
