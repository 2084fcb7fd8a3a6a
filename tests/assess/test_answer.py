"""What is sent back: rejecting our changes leaves their paper, accepting them brings our wording; the rider prevails."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document

from ccclauses.cli import cli
from ccclauses.common.resources import examples_folder
from ccclauses.ooxml.package.package import read_package
from ccclauses.read.word.docx import read_docx

DEAL = str(examples_folder() / "retail-uk.yaml")
LINES = [
    "1. Security Incidents",
    "Processor shall notify Customer of any personal data breach without undue delay after becoming aware of it.",
    "Processor shall provide Customer with information about the breach as it becomes known to Processor.",
    "2. Subprocessors",
    "Processor may engage subprocessors to provide the services that it has agreed with Customer in this Agreement.",
    "3. End",
    "Upon termination Processor shall delete Customer Data in accordance with its standard policy for backups.",
]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = Document()
    for line in LINES:
        document.add_paragraph(line)
    path = tmp_path_factory.mktemp("paper") / "theirs.docx"
    document.save(str(path))
    return path


@pytest.fixture(scope="module")
def sent(paper: Path) -> Path:
    """The folder of all that one run writes: the answer, the rider and the report as a page."""
    folder = paper.parent
    result = run(
        *(paper, "--profile", DEAL, "-o", folder / "report.html"),
        *("--respond", folder / "answer.docx", "--rider", folder / "rider.docx"),
    )
    assert result.exit_code == 1, result.output
    return folder


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, ["assess", *map(str, words)])


def texts(path: Path, view: str) -> list[str]:
    return [p.text for p in read_docx(read_package(path), view=view).paragraphs()]  # type: ignore[arg-type]


def test_rejected_it_is_their_paper_and_accepted_it_has_our_wording(sent: Path):
    answer = sent / "answer.docx"
    assert texts(answer, "rejected") == LINES
    accepted = texts(answer, "accepted")
    # Their notice of a breach has no period: it is given ours where it stands, and nothing else of theirs is changed.
    in_place = LINES[1].replace("without undue delay", "without undue delay and in any event within 12 hours")
    theirs = [in_place if t == LINES[1] else t for t in LINES]
    assert [t for t in accepted if t in theirs] == theirs
    ours = [t for t in accepted if t not in theirs]
    assert len(ours) == len(set(ours))
    # Their names for the parties, not ours.
    assert not any("the Provider" in t or "The Provider" in t for t in ours)
    assert any("Processor" in t for t in ours)
    # Our answer to what they say follows what they say.
    place = accepted.index(LINES[-1])
    assert accepted[place + 1] in ours


def test_each_point_has_a_comment_that_says_nothing_of_our_ladder(paper: Path, tmp_path: Path):
    answer = tmp_path / "answer.docx"
    run(paper, "--profile", DEAL, "--respond", answer, "--points", "1-3", "-o", tmp_path / "r.txt")
    document = read_docx(read_package(answer), view="all")
    assert 1 <= len(document.comments) <= 3
    for comment in document.comments:
        assert comment.author == "Larkfield & Rowe Stores plc"
        for word in ("rung", "baseline", "walk-away", "posture", "strict"):
            assert word not in comment.text


def test_the_rider_prevails_and_names_both_parties(sent: Path):
    said = "\n".join(texts(sent / "rider.docx", "accepted"))
    assert "this Rider prevails" in said
    assert "Larkfield & Rowe Stores plc" in said
    assert "this Annex" not in said
    assert "notify" in said
    # What it defines it names, and it points at no place of the annex as if it were its own.
    assert "“Security Breach” means an actual or reasonably suspected breach of security" in said
    assert not re.search(r"^means\b", said, re.MULTILINE)
    assert not re.search(r"\b(?:under|with|in) \d+\.\d+ of our annex", said)


def test_the_report_as_a_page(sent: Path):
    assert "without undue delay" in (sent / "report.html").read_text()


@pytest.mark.parametrize("ending", ["docx", "xlsx", "json", "txt"])
def test_the_report_in_each_other_form(paper: Path, tmp_path: Path, ending: str):
    target = tmp_path / f"report.{ending}"
    result = run(paper, "--profile", DEAL, "-o", target)
    assert result.exit_code == 1, result.output
    first = target.read_bytes()
    if ending in ("docx", "xlsx"):
        assert run(paper, "--profile", DEAL, "-o", target, "--force").exit_code == 1
        assert target.read_bytes() == first
    else:
        assert "without undue delay" in first.decode()


def test_several_are_set_side_by_side(paper: Path, tmp_path: Path):
    other = tmp_path / "other.txt"
    other.write_text("\n".join(LINES).replace("without undue delay", "within 24 hours"))
    target = tmp_path / "tender.html"
    assert run(paper, other, "--profile", DEAL, "-o", target).exit_code == 1
    assert "Side by side" in target.read_text()


def test_why(paper: Path):
    result = run(paper, "--why", "breach-notice")
    assert result.exit_code == 0
    assert "words without a value" in result.output
    assert LINES[1] in result.output


def test_misuse_is_told(paper: Path, tmp_path: Path):
    for words, said in (
        ((paper, "--why", "breach-notic"), "breach-notice"),
        ((paper, "--rider", tmp_path / "r.docx"), "--profile"),
        ((paper, "--profile", DEAL, "--rider", tmp_path / "r.docx", "--points", "999"), "no point 999"),
        ((paper, "--profile", DEAL, "--rider", tmp_path / "r.docx", "--points", "x"), "numbers of points"),
        ((paper, "-o", tmp_path / "r.pdf"), ".html"),
    ):
        result = run(*words)
        assert (result.exit_code, said in result.output) == (2, True), result.output
        assert "Traceback" not in result.output


def test_a_german_paper_is_told_and_not_judged(tmp_path: Path):
    path = tmp_path / "avv.txt"
    path.write_text(
        "Der Auftragnehmer unterrichtet den Auftraggeber unverzüglich über jede Verletzung des Schutzes der Daten.\n"
        "Die Löschung der Daten erfolgt nach dem Ende des Vertrags und wird von dem Auftragnehmer bestätigt.\n"
        "Der Auftraggeber ist berechtigt, die Einhaltung der Maßnahmen bei dem Auftragnehmer zu prüfen.\n" * 3
    )
    result = run(path, "--format", "json")
    assert '"language": "de"' in result.output
    assert '"verdict": "met"' not in result.output and '"verdict": "missing"' not in result.output
