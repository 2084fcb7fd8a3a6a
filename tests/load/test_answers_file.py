"""Answers that name their finding by its digest: they stay true when other findings come or go, and tell when they don't."""

from ccclauses.load.answers import answers_text, load_answers
from ccclauses.model.findings.review import Answer, Finding, Query, digests

ONE = Finding(
    source="silent",
    kind="reworded",
    section="breach-handling",
    number="28.1",
    before="72",
    after="96",
    faces=(((1,), (1,)),),
)
TWO = Finding(source="tracked", kind="deleted", section="audit", number="33.2", before="The Client may audit.")
NAMES = {"breach-handling": "28 Breach notice", "audit": "33 Audit"}


def read(tmp_path, text, findings):
    path = tmp_path / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    return load_answers(path, findings)


def test_what_is_written_is_read_again_also_when_a_finding_came_before(tmp_path):
    answers = {
        1: Answer(decision="counter", text="60 hours: “no more”", reason="Our own clock", only_us="below our limit"),
        2: Answer(decision="open", ask=Query(name="Priya", question="Can we do\nwithout?")),
    }
    text = answers_text([ONE, TWO], answers, NAMES)
    given, policy, problems = read(tmp_path, text, [TWO, ONE])
    assert (dict(given), policy, problems) == ({2: answers[1], 1: answers[2]}, "open", [])
    assert "28 Breach notice" in text and "28.1" in text


def test_two_findings_alike_have_two_names():
    assert len(set(digests([ONE, ONE, TWO]))) == 3


def test_no_answers_are_a_file_too(tmp_path):
    assert read(tmp_path, answers_text([ONE], {}, NAMES), [ONE]) == ({}, "open", [])


def test_every_answer_that_names_no_finding_is_told_where_it_stands(tmp_path):
    text = answers_text([ONE], {1: Answer(decision="refuse")}, NAMES)
    text += "  - {decision: refuse}\n  - {digest: 0123456789ab, paragraph: '4.2', decision: accept}\n"
    _, _, problems = read(tmp_path, text, [ONE])
    assert [(p.at.line, p.rule) for p in problems] == [(8, "unknown-finding"), (9, "unknown-finding")]
    assert "at 4.2" in problems[1].message and problems[0].hint.startswith("give its number")
