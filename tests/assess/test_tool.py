"""The script that answers a folder of papers, in the form in which they are scored."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
import assess_answers  # noqa: E402

from .conftest import shipped  # noqa: E402


def test_a_folder_is_answered_question_by_question(tmp_path: Path):
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "one.txt").write_text(
        "This agreement is between Brightline Ltd (“Provider”) and its customer (“Customer”), and says what each of them owes "
        "the other while the services last and for as long afterwards as it holds any data of the other one.\n"
        "Provider shall notify Customer of any personal data breach within 24 hours of becoming aware of it.\n"
    )
    target = tmp_path / "answers.json"
    assert assess_answers.main(folder, target) == 0
    answers = json.loads(target.read_text())
    assert set(answers["one"]) == set(shipped()[1].questions)
    notice = answers["one"]["breach-notice"]
    assert (notice["verdict"], notice["paragraphs"][0]) == ("met", 2)
    assert (notice["value"]["number"], notice["value"]["unit"]) == (24, "hours")
