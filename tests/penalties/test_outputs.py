"""The statement as Word, workbook, JSON and text, and the command that makes it."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import openpyxl
import pytest
from click.testing import CliRunner
from docx import Document

from ccclauses.pipeline import house_style
from ccclauses.cli.penalty import penalty
from ccclauses.report.statement_word import write_statement_docx
from ccclauses.report.statement import (
    statement_dict,
    write_statement_json,
    write_statement_text,
    write_statement_xlsx,
)

from .conftest import PROFILE, statement_of

OPTIONS = (
    'event==HYPERLINK("http://x"), failure=breach_severity, at=2026-03-01, severity=2, damages=EUR 50,000',
    "event=B, failure=late_notice, start=2026-03-30 22:15 Europe/Madrid, done=2026-04-01 05:40 Europe/Madrid",
    "event=K, failure=edr_shortfall, at=2026-03, measured=97.2 %",
    "event=D, failure=late_revocation, at=2026-05-02, count=3, disputed=yes",
)


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
    assert document.tables[0].rows[-1].cells[3].text == statement.money(statement.total)
    assert document.paragraphs[0].text == "Statement of Contractual Penalties"


def test_the_workbook_adds_up_and_runs_no_formula(statement):
    data = write_statement_xlsx(statement)
    assert data == write_statement_xlsx(statement)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Months", "Events", "Steps", "Damages", "Notes"]
    assert all(c.data_type != "f" for sheet in book for row in sheet.iter_rows() for c in row)
    credits = [row[4] for row in book["Months"].iter_rows(min_row=2, values_only=True)]
    assert Decimal(str(sum(credits[:-1]))) == Decimal(str(credits[-1])) == statement.total


def test_json_and_text_say_the_same_total(statement):
    told = json.loads(write_statement_json(statement))
    assert Decimal(told["total"]) == statement.total
    assert statement.money(statement.total) in write_statement_text(statement)
    assert told == statement_dict(statement)


# --- the command ---


@pytest.fixture
def profile(tmp_path):
    path = tmp_path / "deal.yaml"
    path.write_text(PROFILE.replace("LAW", "ES"), encoding="utf-8")
    return path


def run(*arguments):
    return CliRunner().invoke(penalty, [str(a) for a in arguments])


def test_the_command_prints_each_step_and_what_is_due(profile):
    result = run(profile, "--event", OPTIONS[1], "--as-of", "2026-09-30")
    assert result.exit_code == 0, result.output
    assert "8 started hours of delay × EUR 1,500.00 = EUR 12,000.00. [Article" in result.output
    assert "on the next invoice: EUR 12,000.00." in result.output


def test_the_command_reads_a_ledger_and_writes_each_kind(profile, tmp_path):
    ledger = tmp_path / "events.csv"
    ledger.write_text(
        "event,failure,at,severity\nA,breach_severity,2026-03-01,2\nB,breach_severity,2026-04-01,2\n", encoding="utf-8"
    )
    for kind in ("docx", "xlsx", "json", "txt"):
        result = run(
            profile, "--ledger", ledger, "--month", "2026-03", "--as-of", "2026-09-30", "-o", tmp_path / f"s.{kind}"
        )
        assert result.exit_code == 0, result.output
        assert "EUR 12,000.00" in result.output
    told = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert [m["month"] for m in told["months"]] == ["2026-03"]
    told = json.loads(run(profile, "--ledger", ledger, "--as-of", "2026-09-30", "--format", "json").output)
    assert told["statement"]["months"][1]["credit"] == "18000.00"  # the second of its kind in six months


def test_stated_charges_are_taken(profile):
    event = "event=A, failure=breach_severity, at=2026-03-01, severity=2"
    assert (
        "EUR 5,000.00." in run(profile, "--event", event, "--as-of", "2026-09-30", "--charges", "2026-03=100000").output
    )
    assert "EUR 2,500.00." in run(profile, "--event", event, "--as-of", "2026-09-30", "--charges", "50,000").output


def test_one_bad_row_stops_the_statement_and_writes_nothing(profile, tmp_path):
    ledger = tmp_path / "events.csv"
    ledger.write_text(
        "event,failure,at,severity\nA,breach_severity,2026-03-01,2\nB,breach_severity,2026-04-01,7\n", encoding="utf-8"
    )
    result = run(profile, "--ledger", ledger, "--as-of", "2026-09-30", "-o", tmp_path / "s.docx")
    assert result.exit_code == 1
    assert f"{ledger}:3:4: error: column `severity`" in result.output
    assert not (tmp_path / "s.docx").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--ledger"),
        (("--event", "failure=late_notice", "-o", "s.pdf"), ".docx"),
        (("--event", "failure=late_notice", "--month", "March"), "2026-04"),
        (("--event", "failure=late_notice", "--used", "a lot"), "digits"),
        (("--event", "failure=late_notice", "--charges", "2026-13=5"), "2026-04"),
        (("--event", "failure=late_notice", "--as-of", "2026-09-30T10:00"), "offset"),
    ],
)
def test_misuse_is_told_in_words(profile, arguments, words):
    result = run(profile, *arguments)
    assert result.exit_code == 2 and words in result.output
