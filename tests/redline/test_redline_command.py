"""`ccclauses redline`: what it writes, says and refuses."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from redline_files import compare, p, package, run

from ccclauses.cli.redline import redline
from ccclauses.ooxml.package.package import read_package, write_package


@pytest.fixture
def files(tmp_path):
    for name, body in (("before", p("Fees of 10 are due.")), ("after", p("Fees of 20 are due."))):
        (tmp_path / f"{name}.docx").write_bytes(write_package(package(body).parts))
    return tmp_path


def call(folder, *more, before="before.docx"):
    arguments = [str(folder / before), str(folder / "after.docx"), "-o", str(folder / "out.docx"), *more]
    return CliRunner().invoke(redline, arguments)


def test_writes_a_redline_and_says_what_changed(files):
    result = call(files, "--date", "2025-06-30")
    assert result.exit_code == 0 and "1 change from before.docx to after.docx: 1 replaced." in result.output
    assert read_package(files / "out.docx").main_part == "word/document.xml"


def test_two_runs_are_equal_byte_by_byte(files, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    call(files)
    first = (files / "out.docx").read_bytes()
    call(files, "--force")
    assert (files / "out.docx").read_bytes() == first and b"PK" in first


def test_an_existing_file_is_left_alone_without_force(files):
    (files / "out.docx").write_bytes(b"mine")
    result = call(files)
    assert result.exit_code == 2 and "--force" in result.output
    assert (files / "out.docx").read_bytes() == b"mine"


def test_never_overwrites_an_input(files):
    result = CliRunner().invoke(
        redline, [str(files / "before.docx"), str(files / "after.docx"), "-o", str(files / "after.docx"), "--force"]
    )
    assert result.exit_code == 2 and "one of the files compared" in result.output


def test_a_file_that_is_no_word_file_is_named(files):
    (files / "bad.docx").write_bytes(b"Dear colleague")
    result = call(files, before="bad.docx")
    assert result.exit_code == 2 and "bad.docx:1:1: error: The file is not a Word file" in result.output
    assert not (files / "out.docx").exists()


@pytest.mark.parametrize("more", [("--date", "soon"), ("--author", " "), ("--report", "changes.pdf")])
def test_misuse_is_said_plainly(files, more):
    result = call(files, *more)
    assert result.exit_code == 2 and "Error" in result.output and "Traceback" not in result.output


def test_check_tells_by_the_exit_status(files):
    assert call(files, "--check").exit_code == 1
    (files / "after.docx").write_bytes((files / "before.docx").read_bytes())
    assert call(files, "--check", "--force").exit_code == 0


def test_reports(files):
    page = files / "changes.html"
    assert call(files, "--report", str(page)).exit_code == 0
    assert "<del>10</del>" in page.read_text(encoding="utf-8")
    data = files / "changes.json"
    result = call(files, "--force", "--report", str(data), "--format", "json")
    assert json.loads(data.read_text(encoding="utf-8"))["counts"] == {"replaced": 1}
    assert json.loads(result.output)["output"].endswith("out.docx")


def test_the_page_escapes_what_the_files_say():
    from ccclauses.report.review.redline import report_html

    script = p(run("<script>alert(1)</script>"))
    shown = report_html(compare(p("x"), script), "<a>", "b&c")
    assert "<script>" not in shown and "&lt;script&gt;" in shown
    assert "&lt;a&gt;" in shown and "b&amp;c" in shown
