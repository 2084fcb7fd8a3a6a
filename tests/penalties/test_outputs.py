"""The statement as Word, workbook, JSON and text, and the command that makes it."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from docx import Document

from ccclauses.cli.penalty import penalty
from ccclauses.pipeline import house_style
from ccclauses.report.performance.statement import (
    statement_dict,
    write_statement_json,
    write_statement_text,
    write_statement_xlsx,
)
from ccclauses.report.performance.statement_word import write_statement_docx

from .conftest import statement_of

OPTIONS = (
    'event==HYPERLINK("http://x"), failure=disclosure, at=2026-05-01, damages=GBP 50,000',
    "event=B, failure=late_notice, due=2026-05-30 22:15 Europe/London, done=2026-05-31 05:40 Europe/London",
    "event=K, failure=coverage_gap, at=2026-05-03, count=3",
    "event=D, failure=late_revocation, due=2026-06-02T18:00+01:00, done=2026-06-05T18:00+01:00, count=3, disputed=yes",
)
PROFILE = Path(__file__).parents[2] / "examples" / "startup-full.yaml"


@pytest.fixture(scope="module")
def statement(annex):
    return statement_of(annex, *OPTIONS)


def test_the_word_file_says_every_step_with_its_paragraph(statement, annex):
    style, _ = house_style("legal", None, None)
    data = write_statement_docx(statement, annex, style)
    assert data == write_statement_docx(statement, annex, style)
    document = Document(io.BytesIO(data))
    texts = [p.text for p in document.paragraphs]
    for month in statement.months:
        for step in (*month.steps, *(s for x in month.lines for s in x.steps)):
            assert any(t.startswith(step.text) and step.paragraph in t for t in texts), step
    assert document.tables[0].rows[-1].cells[4].text == statement.money(statement.total)
    assert document.paragraphs[0].text == "Statement of Service Credits"


def test_the_workbook_adds_up_and_runs_no_formula(statement):
    data = write_statement_xlsx(statement)
    assert data == write_statement_xlsx(statement)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Months", "Paragraphs", "Events", "Steps", "Damages", "Notes"]
    assert all(c.data_type != "f" for sheet in book for row in sheet.iter_rows() for c in row)
    credits = [row[4] for row in book["Months"].iter_rows(min_row=2, values_only=True)]
    assert Decimal(str(sum(credits[:-1]))) == Decimal(str(credits[-1])) == statement.total


def test_json_and_text_say_the_same_total(statement):
    told = json.loads(write_statement_json(statement))
    assert Decimal(told["total"]) == statement.total
    assert statement.money(statement.total) in write_statement_text(statement)
    assert told == statement_dict(statement)


# --- the command ---


LATE = "event={}, failure=late_notice, due={}T22:15+01:00, done={}T05:40+01:00"


def run(*arguments):
    return CliRunner().invoke(penalty, [str(a) for a in arguments])


def test_the_command_prints_each_step_and_what_is_due():
    result = run(PROFILE, "--event", LATE.format("A", "2026-07-30", "2026-07-31"), "--as-of", "2026-09-30")
    assert result.exit_code == 0, result.output
    assert "GBP 174.00 + 8 × GBP 5.80 = GBP 220.40. [clause" in result.output
    assert "on the next invoice: GBP 220.40." in result.output


def test_the_command_reads_a_ledger_and_writes_each_kind(tmp_path):
    ledger = tmp_path / "events.csv"
    rows = [f"{e},late_notice,2026-0{m}-05T10:00Z,2026-0{m}-05T11:00Z" for e, m in (("A", 6), ("B", 7), ("C", 8))]
    ledger.write_text("\n".join(["event,failure,due,done", *rows, ""]), encoding="utf-8")
    for kind in ("docx", "xlsx", "json", "txt"):
        result = run(
            PROFILE, "--ledger", ledger, "--month", "2026-07", "--as-of", "2026-09-30", "-o", tmp_path / f"s.{kind}"
        )
        assert result.exit_code == 0, result.output
        assert "GBP 179.80" in result.output
    told = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert [m["month"] for m in told["months"]] == ["2026-07"]
    told = json.loads(run(PROFILE, "--ledger", ledger, "--as-of", "2026-09-30", "--format", "json").output)
    assert told["statement"]["months"][2]["credit"] == "353.80"  # the third month within five: the base is doubled


def test_one_bad_row_stops_the_statement_and_writes_nothing(tmp_path):
    ledger = tmp_path / "events.csv"
    ledger.write_text(
        "event,failure,due,done\nA,late_notice,2026-06-05T10:00Z,2026-06-05T11:00Z\nB,late_notice,soon,\n",
        encoding="utf-8",
    )
    result = run(PROFILE, "--ledger", ledger, "--as-of", "2026-09-30", "-o", tmp_path / "s.docx")
    assert result.exit_code == 1
    assert f"{ledger}:3:3: error: column `due`" in result.output
    assert not (tmp_path / "s.docx").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--ledger"),
        (("--event", "failure=late_notice", "-o", "s.pdf"), ".docx"),
        (("--event", "failure=late_notice", "--month", "March"), "2026-04"),
        (("--event", "failure=late_notice", "--used-notice", "a lot"), "digits"),
        (("--event", "failure=late_notice", "--charges", "2026-13=5"), "2026-04"),
        (("--event", "failure=late_notice", "--as-of", "2026-09-30T10:00"), "offset"),
    ],
)
def test_misuse_is_told_in_words(arguments, words):
    result = run(PROFILE, *arguments)
    assert result.exit_code == 2 and words in result.output
