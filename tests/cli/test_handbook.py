"""The handbook says what the annex says, in Word and Excel, byte for byte the same, and that the contract prevails."""

import io

import pytest
from click.testing import CliRunner
from docx import Document
from openpyxl import load_workbook

from ccclauses.api.performance import read_source
from ccclauses.cli import cli
from ccclauses.common.resources import examples_folder, library_folder
from ccclauses.derive.handbook import clocks, credit_row, handbook_of, knower
from ccclauses.load.library.library import load_library

LIBRARY, _ = load_library(library_folder())
DEAL = examples_folder() / "startup-full.yaml"


@pytest.fixture(scope="module")
def annex():
    return read_source(DEAL)[0]


def written(tmp_path, name: str) -> bytes:
    result = CliRunner().invoke(cli, ["handbook", str(DEAL), "-o", str(tmp_path / name), "--force"])
    assert result.exit_code == 0, result.output
    return (tmp_path / name).read_bytes()


def test_word_and_excel_say_that_the_contract_prevails_and_are_the_same_each_time(tmp_path):
    word, book = written(tmp_path, "handbook.docx"), written(tmp_path, "handbook.xlsx")
    assert word == written(tmp_path, "again.docx") and book == written(tmp_path, "again.xlsx")
    texts = [p.text for p in Document(io.BytesIO(word)).paragraphs]
    assert any("not part of the contract" in t and "the contract prevails" in t for t in texts)
    sheets = load_workbook(io.BytesIO(book))
    assert "the contract prevails" in sheets.worksheets[0]["A2"].value
    assert sheets.sheetnames[1:] == ["Evidence register", "Reporting calendar", "Values", "Credits", "Clocks"]


def test_the_numbers_are_those_of_the_annex(annex):
    numbers = {p.full_number for p in annex.paragraphs() if p.full_number}
    evidence = next(r.table for r in handbook_of(annex, LIBRARY).registers if r.id == "evidence")
    assert len(evidence.rows) == len(annex.obligations)
    assert {row[0].text.removeprefix("clause ") for row in evidence.rows} <= numbers


def test_every_row_of_credits_and_clocks_is_filled(annex):
    assert len(annex.sanctions) > 20
    for sanction in annex.sanctions.values():
        duties = [o for o in annex.obligations if o.failure == sanction.name]
        assert not credit_row(sanction, duties).missing, sanction.name
    assert [c.duty.id for c in clocks(annex.obligations, LIBRARY.constraints) if c.missing] == []


def test_who_knows_that_a_period_has_started():
    assert knower("the end of each calendar month", "provider", "calendar_period") == "both parties"
    assert knower("the Client's notice", "provider", "event") == "both parties"
    assert knower("the last shift of a leaver", "provider", "event") == "the Provider"
    assert knower("the Client's decision", "provider", "event") == ""


def test_an_output_of_another_kind_is_refused(tmp_path):
    result = CliRunner().invoke(cli, ["handbook", str(DEAL), "-o", str(tmp_path / "handbook.pdf")])
    assert result.exit_code == 2 and ".docx or .xlsx" in result.output
