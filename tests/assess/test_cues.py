"""The shipped cues hold what their examples say, and a wrong file is told with its place."""

from pathlib import Path

from ccclauses.assess.judge.examples import check_cues, judged
from ccclauses.common.resources import library_folder
from ccclauses.load.library.cues import load_cues

from .conftest import shipped


def test_shipped_cues_are_sound():
    library, cues = shipped()
    assert check_cues(cues, library) == []


def test_every_question_has_an_example_that_is_met_and_one_that_is_not():
    _, cues = shipped()
    for question in cues.questions.values():
        verdicts = {e.verdict for e in question.examples}
        assert len(verdicts) > 1, question.id


def write(folder: Path, text: str) -> Path:
    (folder / "assess").mkdir()
    (folder / "assess" / "ours.yaml").write_text(text)
    return folder


def test_a_team_adds_a_question(tmp_path: Path):
    folder = write(
        tmp_path,
        """\
- id: badge-return
  clause: workplace
  ask: Are badges of leavers collected?
  find:
    - words: ['\\bbadges?\\b', 'collect\\w*', 'SUPPLIER']
      weight: 3.2
  examples:
    - {text: "Vendor shall collect the badge of each leaver.", verdict: met}
    - {text: "Customer shall collect its badges.", verdict: missing}
""",
    )
    library, _ = shipped()
    cues, problems = load_cues(library_folder(), folder)
    assert problems == []
    assert [p for p in check_cues(cues, library) if "badge" in p.message] == []
    assert judged(cues.questions["badge-return"], "Vendor shall collect each badge.", cues, library).verdict == "met"


def test_every_mistake_of_a_file_is_told_at_once(tmp_path: Path):
    folder = write(
        tmp_path,
        """\
- id: one
  clause: workplace
  ask: One?
  find:
    - words: ['{notifie}', '(open', 'x*']
      weight: heavy
""",
    )
    _, problems = load_cues(library_folder(), folder)
    assert [(p.rule, p.at.line) for p in problems] == [
        ("unknown-concept", 5),
        ("wrong-pattern", 5),
        ("wrong-pattern", 5),
        ("wrong-type", 6),
    ]
    assert "notify" in problems[0].hint


def test_an_example_that_comes_out_otherwise_is_a_finding(tmp_path: Path):
    folder = write(
        tmp_path,
        """\
- id: badge-return
  clause: workplce
  ask: Are badges of leavers collected?
  find:
    - words: ['\\bbadges?\\b']
      weight: 3.2
  examples:
    - {text: "Nothing of the kind is said here.", verdict: met}
""",
    )
    library, _ = shipped()
    cues, _ = load_cues(library_folder(), folder)
    assert [p.rule for p in check_cues(cues, library)] == ["unknown-clause", "cue-example"]


def test_a_tilde_inside_a_pattern_is_refused(tmp_path: Path):
    folder = write(
        tmp_path,
        """\
- id: badge-return
  clause: workplace
  ask: Are badges of leavers collected?
  find:
    - words: ['\\bbadges?\\b|~leavers?', 'collect\\w*']
      weight: 3.2
  examples:
    - {text: "Vendor shall collect the badge of each leaver.", verdict: met}
""",
    )
    _, problems = load_cues(library_folder(), folder)
    assert [(p.rule, p.at.line, "has a `~` inside" in p.message) for p in problems] == [("wrong-pattern", 5, True)]
