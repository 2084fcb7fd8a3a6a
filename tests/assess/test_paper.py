"""Papers are read from Word, PDF, HTML and text; what can't be judged is told and not guessed."""

from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfWriter

from ccclauses.assess.paper.paper import read_paper
from ccclauses.assess.paper.pdf import pdf_lines
from ccclauses.model.diagnostic import Position

WORDS = (
    "This agreement is between the Provider and the Customer and says what the Provider shall do for the Customer and how "
    "the Customer may see that it is done in the time and in the manner that the parties agreed when they signed it."
)


def test_word_numbers_and_tables(tmp_path: Path):
    document = Document()
    document.add_heading("Security", 1)
    document.add_paragraph(WORDS)
    document.add_paragraph("The Provider shall keep a log.", style="List Number")
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "Notice Period", "24 hours"
    path = tmp_path / "paper.docx"
    document.save(str(path))
    paper, problems = read_paper(path)
    assert not problems and paper
    assert [(p.kind, p.text) for p in paper.passages] == [
        ("heading", "Security"),
        ("text", WORDS),
        ("text", "1. The Provider shall keep a log."),
        ("row", "Notice Period | 24 hours"),
    ]
    assert paper.passages[2].number == "1."


def test_html_without_scripts_and_menus(tmp_path: Path):
    path = tmp_path / "paper.html"
    path.write_text(
        f"<html><head><title>x</title></head><body><nav>Home</nav><script>evil()</script><h2>Security</h2><p>{WORDS}</p>"
        "<ul><li>one &amp; two</li></ul><table><tr><td>Period</td><td>24 hours</td></tr></table></body></html>"
    )
    paper, problems = read_paper(path)
    assert not problems and paper
    assert [p.text for p in paper.passages] == ["Security", WORDS, "- one & two", "Period | 24 hours"]


def test_an_empty_file_is_told(tmp_path: Path):
    path = tmp_path / "empty.txt"
    path.write_text("")
    paper, problems = read_paper(path)
    assert paper is None
    assert [p.rule for p in problems] == ["no-text"]


def test_a_scan_is_told(tmp_path: Path):
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    path = tmp_path / "scan.pdf"
    with path.open("wb") as file:
        writer.write(file)
    paper, problems = read_paper(path)
    assert paper is None
    assert [p.rule for p in problems] == ["no-text"]
    assert "scan" in problems[0].message


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7\n", b"not a pdf at all", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>"],
)
def test_a_damaged_pdf_is_told(data: bytes):
    lines, problems = pdf_lines(data, Position(file="x.pdf"))
    assert lines == []
    assert len(problems) == 1


def test_another_ending_is_told(tmp_path: Path):
    path = tmp_path / "paper.odt"
    path.write_text(WORDS)
    paper, problems = read_paper(path)
    assert paper is None
    assert [p.rule for p in problems] == ["unknown-paper"]
