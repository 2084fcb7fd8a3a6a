"""Whatever a user names is judged as what it is: an annex of ours with its data, any other contract by its words."""

from pathlib import Path

from click.testing import CliRunner
from docx import Document

from ccclauses.cli import cli
from ccclauses.linting import lines_of, lint_target

EXAMPLES = Path(__file__).parents[2] / "examples"


def contract(path: Path, *paragraphs: str) -> Path:
    document = Document()
    for paragraph in paragraphs:
        style = "List Bullet" if paragraph.startswith("•") else None
        document.add_paragraph(paragraph.removeprefix("•"), style=style)
    document.save(str(path))
    return path


def test_an_annex_of_ours_is_clean_in_word_as_in_the_profile(tmp_path):
    annex = tmp_path / "annex.docx"
    built = CliRunner().invoke(cli, ["build", str(EXAMPLES / "startup-full.yaml"), "-o", str(annex)])
    assert built.exit_code == 0, built.output
    assert [str(d) for d in lint_target(annex)] == []
    assert [str(d) for d in lint_target(EXAMPLES / "startup-full.yaml")] == []


def test_words_that_the_other_side_put_into_our_annex_are_found_at_their_paragraph(tmp_path):
    annex = tmp_path / "annex.docx"
    CliRunner().invoke(cli, ["build", str(EXAMPLES / "startup-full.yaml"), "-o", str(annex)])
    document = Document(str(annex))
    spoiled = next(p for p in document.paragraphs if "shall notify the Client" in p.text)
    for run in spoiled.runs[1:]:
        run.text = ""
    spoiled.runs[0].text = "The Provider shall promptly notify the Client of each Security Breach."
    document.save(str(annex))
    (found,) = [d for d in lint_target(annex) if d.rule == "vague-time"]
    assert lines_of(str(annex))[found.at.line - 1].startswith("The Provider shall promptly")
    assert found.at.column == lines_of(str(annex))[found.at.line - 1].index("promptly") + 1


def test_items_of_a_list_are_read_with_the_words_that_introduce_them(tmp_path):
    file = contract(
        tmp_path / "theirs.docx",
        "Within 24 hours of Awareness, the Provider shall:",
        "•promptly notify the Client;",
        "•isolate the accounts.",
    )
    assert [d.rule for d in lint_target(file)] == []
    alone = contract(
        tmp_path / "alone.docx", "The Provider shall:", "•promptly notify the Client;", "•isolate the accounts."
    )
    assert [d.rule for d in lint_target(alone)] == ["vague-time"]


def test_a_file_that_is_no_word_file_is_told(tmp_path):
    file = tmp_path / "x.docx"
    file.write_bytes(b"no Word file")
    assert [d.rule for d in lint_target(file)] == ["unreadable-file"]
