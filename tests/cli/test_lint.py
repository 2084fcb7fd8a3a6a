"""`ccclauses lint` and `ccclauses rules` as a user runs them."""

import json
import shutil
from pathlib import Path

from click.testing import CliRunner
from docx import Document
from word_pairs import package

from ccclauses.cli import cli
from ccclauses.common.resources import library_folder
from ccclauses.linting import introduced
from ccclauses.ooxml.package.package import read_package, write_package
from ccclauses.read.word.docx import read_docx

ROOT = Path(__file__).parents[2]


def run(*arguments: object):
    return CliRunner().invoke(cli, [str(a) for a in arguments])


def contract(path: Path, *paragraphs: str) -> Path:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))
    return path


def test_the_shipped_library_is_clean():
    result = run("lint")
    assert result.exit_code == 0 and "No findings" in result.output


def test_an_annex_of_ours_has_no_errors(tmp_path):
    result = run("lint", ROOT / "examples" / "startup-full.yaml", "--format", "json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["errors"] == 0


def test_their_word_file(tmp_path):
    path = contract(
        tmp_path / "theirs.docx", "The Supplier shall promptly notify the Customer of each incident.", "Fine."
    )
    result = run("lint", path)
    assert (
        result.exit_code == 1
        and "theirs.docx:1:" in result.output
        and "[vague-time]" in result.output
        and "^" in result.output
    )


def test_a_library_of_their_own_and_its_fix(tmp_path):
    folder = tmp_path / "ours"
    shutil.copytree(library_folder(), folder)
    path = folder / "incidents" / "breach-handling.yaml"
    text = path.read_text()
    path.write_text(text.replace("likely consequences; measures;", "likely consequences and/or costs; measures;"))
    result = run("lint", folder)
    assert result.exit_code == 1 and "[and-or]" in result.output and f"{path}:" in result.output
    shown = run("lint", path, "--fix")
    assert "+" in shown.output and "consequences or costs" in shown.output and "and/or" in path.read_text()
    assert run("lint", path, "--fix", "--yes").exit_code == 0
    assert "likely consequences or costs; measures;" in path.read_text()
    assert run("lint", folder).exit_code == 0


def test_a_warning_is_a_finding(tmp_path):
    path = tmp_path / "theirs.txt"
    path.write_text("The Provider shall report each significant incident within 24 hours of Awareness.\n")
    assert run("lint", path).exit_code == 1


def test_sarif(tmp_path):
    path = contract(tmp_path / "theirs.docx", "Logs shall be kept for 12 months.")
    log = json.loads(run("lint", path, "--format", "sarif").stdout)
    (result,) = log["runs"][0]["results"]
    assert result["ruleId"] == "passive-obligor" and result["level"] == "error"


def test_a_file_that_is_no_contract(tmp_path):
    path = tmp_path / "bad.docx"
    path.write_text("nothing")
    result = run("lint", path)
    assert result.exit_code == 1 and "[unreadable-file]" in result.output


def test_an_unknown_rule_has_a_suggestion():
    result = run("rules", "vague-tim")
    assert result.exit_code == 2 and "did you mean `vague-time`?" in result.output
    assert run("lint", "--rule", "vague-tim").exit_code == 2


def test_rules_are_listed_and_explained():
    assert "L08" in run("rules").output and "Why it matters" in run("rules", "L08").output


def test_a_change_brings_in_only_what_the_earlier_wording_had_not(tmp_path):
    notice = "The Provider shall notify the Client within 24 hours of Awareness. The Provider shall give this notice by"
    sent, returned, worse = (
        read_docx(read_package(contract(tmp_path / f"{n}.docx", text)))
        for n, text in enumerate(
            (f"{notice} telephone.", f"{notice} email.", f"{notice} email. The Provider shall promptly answer.")
        )
    )
    assert introduced(sent, returned) == ()
    assert [told.partition(" has ")[0] for told in introduced(sent, worse)] == ["“promptly”"]


def test_what_nobody_sees_in_a_word_file_is_found(tmp_path):
    body = (
        '<w:p><w:r><w:t xml:space="preserve">The Provider shall answer within 2 Business Days of the request. </w:t></w:r>'
        '<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve">It may refuse. </w:t></w:r>'
        '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>It may charge for it.</w:t></w:r></w:p>'
        '<w:p><w:r><w:t xml:space="preserve">It shall comply with clause </w:t></w:r>'
        '<w:fldSimple w:instr=" REF _Gone \\r \\h "><w:r><w:t>4.2</w:t></w:r></w:fldSimple></w:p>'
    )
    path = tmp_path / "contract.docx"
    path.write_bytes(write_package(package(body).parts))
    result = run("lint", path, "--rule", "hidden-words", "--rule", "dangling-reference")
    assert result.exit_code == 1
    lines = [line for line in result.output.splitlines() if line.startswith(str(path))]
    assert len(lines) == 3
    assert "words that are hidden: “It may refuse.”" in lines[0]
    assert "too pale or too small to be seen: “It may charge for it.”" in lines[1]
    assert "the reference “4.2” leads to a place that is gone" in lines[2]
