"""Duties read from a signed Word file are those of the profile that it was built from."""

import csv
from pathlib import Path

from click.testing import CliRunner

from ccclauses.cli import cli

RETAIL = Path(__file__).parents[2] / "examples" / "retail-uk.yaml"


def rows(source: Path, output: Path) -> list[tuple[str, ...]]:
    result = CliRunner().invoke(
        cli, ["obligations", str(source), "--start", "2026-04-01", "--until", "2027-03-31", "-o", str(output)]
    )
    assert result.exit_code == 0, result.output
    with output.open(newline="", encoding="utf-8-sig") as file:
        return [tuple(row) for row in csv.reader(file)]


def test_a_word_file_gives_the_dates_of_its_profile(tmp_path):
    annex = tmp_path / "annex.docx"
    assert CliRunner().invoke(cli, ["build", str(RETAIL), "-o", str(annex)]).exit_code == 0
    from_profile, from_word = rows(RETAIL, tmp_path / "a.csv"), rows(annex, tmp_path / "b.csv")
    assert len(from_profile) > 300 and set(from_profile) <= set(from_word)
    assert len(from_word) - len(from_profile) <= 2


def test_a_word_file_without_an_annex_is_told(tmp_path):
    from docx import Document

    Document().save(str(tmp_path / "letter.docx"))
    result = CliRunner().invoke(
        cli, ["obligations", str(tmp_path / "letter.docx"), "--start", "2026-04-01", "-o", str(tmp_path / "x.csv")]
    )
    assert result.exit_code == 1 and "no clause was found" in result.output and not (tmp_path / "x.csv").exists()
