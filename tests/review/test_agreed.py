"""What was agreed, as profile and data; and the rounds that led there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ccclauses.cli import cli
from ccclauses.cli.common import load_inputs
from ccclauses.load.answers import load_answers
from ccclauses.model.findings.review import Finding
from ccclauses.model.words.quantity import Duration
from ccclauses.ooxml.namespaces import w
from ccclauses.ooxml.package.package import read_package

from . import edits

EXAMPLE = Path(__file__).parents[1] / "profiles" / "short.yaml"


@pytest.fixture(scope="module")
def papers(tmp_path_factory) -> Path:
    """A folder with what was sent, and with what came back: one value changed in its clause, without tracking."""
    folder = tmp_path_factory.mktemp("papers")
    assert run("build", str(EXAMPLE), "-o", str(folder / "sent.docx")).exit_code == 0
    draft = edits.Draft(read_package(folder / "sent.docx"))
    changed = 0
    for block in draft.sections()["breach-handling"]:
        for text in block.iter(w("t")):
            if not changed and text.text and "72 hours" in text.text:
                text.text, changed = text.text.replace("72 hours", "48 hours", 1), 1
    assert changed
    (folder / "returned.docx").write_bytes(draft.saved())
    return folder


def run(*arguments: str):
    return CliRunner().invoke(cli, arguments)


@pytest.mark.parametrize("sent", (str(EXAMPLE), "sent.docx"), ids=("profile", "word"))
def test_a_value_is_judged_from_a_profile_and_from_a_word_file(papers, sent):
    result = run(
        "review",
        sent if sent == str(EXAMPLE) else str(papers / sent),
        str(papers / "returned.docx"),
        "--format",
        "json",
    )
    assert result.exit_code == 1
    (finding,) = [f for s in json.loads(result.stdout)["sections"] for f in s["findings"]]
    assert [v["parameter"] for v in finding["values"]] == ["breach_notice"]
    assert finding["judgement"]["verdict"] == "between"


def test_the_agreed_profile_and_data_follow_the_agreed_text(papers):
    out = papers / "agreed.json"
    result = run("accept", str(papers / "returned.docx"), "--sent", str(EXAMPLE), "-o", str(out))
    assert result.exit_code == 0, result.output
    profile, library, problems = load_inputs(out.with_suffix(".yaml"))
    assert profile and library, problems
    assert profile.settings["breach_notice"].value == Duration(48, "hours")
    annex = json.loads(out.read_text())
    assert "48 hours" in json.dumps(annex["parameters"]["breach_notice"])
    duties = [o for o in annex["obligations"] if "breach_notice" in o["parameters"]]
    assert duties and all("48 hours" in json.dumps(o["deadline"]) or "48" in json.dumps(o["deadline"]) for o in duties)


def test_what_no_profile_can_say_is_listed(papers, tmp_path):
    draft = edits.Draft(read_package(papers / "sent.docx"), seed=5)
    edits.add_words(draft)
    (tmp_path / "r.docx").write_bytes(draft.saved())
    result = run("accept", str(tmp_path / "r.docx"), "--sent", str(EXAMPLE))
    assert result.exit_code == 1
    assert "agreed wording that no profile says" in result.stdout
    assert "settings:" not in (tmp_path / "r-agreed.yaml").read_text()


def test_comments_that_are_still_open_are_listed(papers, tmp_path):
    draft = edits.Draft(read_package(papers / "sent.docx"), seed=5)
    edits.comment(draft)
    (tmp_path / "r.docx").write_bytes(draft.saved())
    result = run("accept", str(tmp_path / "r.docx"), "--sent", str(EXAMPLE))
    assert result.exit_code == 1, result.output
    assert "warning: 1 comment is still open" in result.stdout and f"{edits.AUTHOR}: " in result.stdout
    told = json.loads(
        run("accept", str(tmp_path / "r.docx"), "--sent", str(EXAMPLE), "--force", "--format", "json").stdout
    )
    assert len(told["open"]) == 1


def test_what_our_answer_left_open_is_still_open_when_accepted(papers, tmp_path):
    answer = tmp_path / "answer.docx"
    run(
        "review",
        str(papers / "sent.docx"),
        str(papers / "returned.docx"),
        "--respond",
        "hold",
        "--response",
        str(answer),
    )
    result = run("accept", str(answer), "--sent", str(EXAMPLE))
    assert result.exit_code == 1 and "open comment: " in result.stdout and "Not agreed." in result.stdout


def test_the_rounds_of_a_negotiation(papers, tmp_path):
    folder, answer = tmp_path / "rounds", tmp_path / "answer.docx"
    sent, returned = str(papers / "sent.docx"), str(papers / "returned.docx")
    first = run("review", sent, returned, "--respond", "hold", "--response", str(answer), "--keep", str(folder))
    assert first.exit_code == 1 and "round 1 sent, round 1 returned" in first.stderr
    assert run("review", str(answer), returned, "--as", "accepted", "--keep", str(folder)).exit_code == 1
    assert sorted(p.name for p in folder.iterdir()) == [
        "01-returned.docx",
        "01-sent.docx",
        "02-sent.docx",
        "rounds.json",
    ]
    told = json.loads(run("history", str(folder), "--format", "json").stdout)
    (value,) = [v for v in told["values"] if v["name"].startswith("Notice of a Security Breach")]
    assert value["at"] == ["72 hours", "48 hours", "72 hours"]
    page = tmp_path / "history.html"
    assert run("history", str(folder), "-o", str(page)).exit_code == 0
    assert "<td>48 hours</td>" in page.read_text()


def test_a_folder_that_was_tampered_with_is_told(papers, tmp_path):
    folder = tmp_path / "rounds"
    run("review", str(papers / "sent.docx"), str(papers / "returned.docx"), "--keep", str(folder))
    (folder / "01-sent.docx").write_bytes((papers / "returned.docx").read_bytes())
    result = run("history", str(folder))
    assert result.exit_code == 2 and "no longer the one that was kept" in result.stderr
    index = folder / "rounds.json"
    for text, told in (
        ("{", "not valid JSON"),
        ("[]", "no list"),
        ('{"stages": [{"rond": 1}]}', "unknown key `rond`"),
        (
            '{"stages": [{"round": 1, "side": "sent", "file": "../x.docx", "sha256": "", "name": "", "kept": ""}]}',
            "`file`",
        ),
        (index.read_text().replace('"name": "', '"name": "\\ud800'), "stage 1"),
    ):
        index.write_text(text)
        result = run("history", str(folder))
        assert result.exit_code == 2 and told in result.stderr, result.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    (
        ("answers:\n  - finding: 9\n    decision: hold\n", "hold"),
        ("answers:\n  - finding: 9\n    decision: refuse\n", "there is no finding 9"),
        ("answers:\n  - finding: 1\n    decision: counter\n", "has no `text`"),
        ("answers:\n  - {finding: 1, decision: open}\n  - {finding: 1, decision: refuse}\n", "answered twice"),
        ("answers:\n  - {finding: 1, decision: counter, text: 24 hours}\n", "no single paragraph of text"),
        ("answer: []\n", "unknown key `answer`"),
        ("otherwise: sometimes\n", "sometimes"),
    ),
)
def test_wrong_answers_are_told_with_their_place(tmp_path, text, told):
    path = tmp_path / "answers.yaml"
    path.write_text(text)
    row = Finding(source="silent", kind="reworded", section="a", what="row of a table", faces=(((0,), (0,)),))
    _, _, problems = load_answers(path, findings=(row,))
    assert any(told in str(p) and str(p).startswith(f"{path}:") for p in problems), problems


def test_nothing_is_written_for_wrong_answers(papers, tmp_path):
    path, out = tmp_path / "answers.yaml", tmp_path / "answer.docx"
    path.write_text("answers:\n  - finding: 9\n    decision: refuse\n")
    result = run(
        "review",
        str(papers / "sent.docx"),
        str(papers / "returned.docx"),
        "--respond",
        str(path),
        "--response",
        str(out),
    )
    assert result.exit_code == 2 and "there is no finding 9" in result.stderr
    assert not out.exists()


def test_what_was_agreed_as_data_makes_the_paper_again(papers):
    out = papers / "same.json"
    assert run("accept", str(papers / "sent.docx"), "--sent", str(EXAMPLE), "-o", str(out)).exit_code == 0
    result = run("verify", str(papers / "sent.docx"), "--against", str(out))
    assert result.exit_code == 0, result.output


def test_an_answer_is_not_written_without_its_points(papers, tmp_path):
    (tmp_path / "answer.json").write_text("mine")
    sent, returned = str(papers / "sent.docx"), str(papers / "returned.docx")
    result = run("review", sent, returned, "--respond", "hold", "--response", str(tmp_path / "answer.docx"))
    assert result.exit_code == 2 and "answer.json" in result.stderr and "--force" in result.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["answer.json"]


def one_place_changed(folder: Path) -> tuple[Path, Path, Path]:
    """A profile, what was sent, and what came back with a period changed in the second of the three paragraphs that print it."""
    example = Path(__file__).parents[2] / "examples" / "startup-full.yaml"
    sent, returned = folder / "sent.docx", folder / "returned.docx"
    assert run("build", str(example), "-o", str(sent)).exit_code == 0
    draft = edits.Draft(read_package(sent))
    printing = [b for b in draft.sections()["data-misuse"] if "Within 8 hours" in " ".join(edits.text_of(b).split())]
    assert len(printing) == 3
    run_ = next(t for t in printing[1].iter(w("t")) if "8" in (t.text or ""))
    run_.text = run_.text.replace("8", "24", 1)
    returned.write_bytes(draft.saved())
    return example, sent, returned


def test_a_value_agreed_in_one_of_its_places_is_kept_place_by_place(tmp_path):
    example, sent, returned = one_place_changed(tmp_path)
    calendar: dict[Path, dict[str, str]] = {}
    for against in (example, sent):
        data = tmp_path / f"{against.stem}-agreed.json"
        result = run("accept", str(returned), "--sent", str(against), "-o", str(data))
        assert result.exit_code == 1, result.output
        (line,) = [x for x in result.output.splitlines() if "differs from place to place" in x]
        assert line.endswith("8 hours at 23.1, 23.5; 24 hours at 23.2")
        annex = json.loads(data.read_text())
        entry = annex["parameters"]["misuse_suspend"]
        assert entry["value"]["amount"] == 8
        assert [(s["place"], s["value"]["amount"]) for s in entry["apart"]] == [("23.1", 8), ("23.2", 24), ("23.5", 8)]
        calendar[data] = due(data)
    profile, _, problems = load_inputs((tmp_path / "startup-full-agreed.yaml"))
    assert profile and "misuse_suspend" not in profile.settings, problems
    assert "8 hours at 23.1, 23.5; 24 hours at 23.2" in (tmp_path / "startup-full-agreed.yaml").read_text()
    # The signed file alone says the same as the data made of it.
    expected = {"23.1": "within 8 hours", "23.2": "within 24 hours", "23.5": "within 8 hours"}
    for duties in (due(returned), *calendar.values()):
        assert expected.items() <= duties.items()


def due(source: Path) -> dict[str, str]:
    """For each paragraph on misuse the period of its duty, as the calendar has it."""
    out = source.with_name(f"{source.stem}-duties.json")
    run("obligations", str(source), "--start", "2026-04-01", "-o", str(out), "--force")
    duties = json.loads(out.read_text())["undated"]
    return {
        d["paragraph"]: " ".join(d["deadline"].split()[:3])
        for d in duties
        if d["duty"].startswith("data-misuse#misuse-")
    }
