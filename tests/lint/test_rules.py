"""Every rule's page is true: what it shows as flagged is flagged, what it shows as accepted is not."""

import re

import pytest

from ccclauses.lint.engine import all_rules
from ccclauses.lint.texts import words_subject

RULES = all_rules()


def examples(page: str, heading: str) -> list[str]:
    match = re.search(rf"^{heading}\n((?:    .*\n?)+)", page + "\n", re.MULTILINE)
    # A line that is indented further goes on with the one above.
    return re.sub(r"\n {5,}", " ", match[1].rstrip()).replace("    ", "").split("\n") if match else []


def findings(rule, text: str):
    subject = words_subject([("", text, False)], "example")
    return list(rule.check(subject))


CASES = [
    (rule, kind, text)
    for rule in RULES
    if rule.check
    for kind in ("Flagged", "Accepted")
    for text in examples(rule.page, kind)
]


@pytest.mark.parametrize("rule, kind, text", CASES, ids=lambda v: getattr(v, "name", v if isinstance(v, str) else None))
def test_the_page_tells_the_truth(rule, kind, text):
    assert bool(findings(rule, text)) is (kind == "Flagged")


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_every_rule_has_a_page(rule):
    assert rule.summary.startswith("Finds ") and "Why it matters" in rule.page
    assert re.fullmatch(r"[LS]\d\d", rule.code)
    if rule.check and rule.code.startswith("L") and rule.code != "L37":
        assert examples(rule.page, "Flagged") and examples(rule.page, "Accepted")


def test_the_rules_are_numbered_without_a_gap():
    assert [r.code for r in RULES if r.code.startswith("L")] == [f"L{n:02}" for n in range(1, 40)]


@pytest.mark.parametrize("rule", [r for r in RULES if r.fix], ids=lambda r: r.name)
def test_a_fix_leaves_nothing_to_find(rule):
    for text in examples(rule.page, "Flagged"):
        mended = rule.fix(text)
        assert mended == text or not findings(rule, mended)
    for text in examples(rule.page, "Accepted"):
        assert rule.fix(text) == text


@pytest.mark.parametrize(
    "lines, gone",
    [
        (["Schedule 1: Fees", "The fees are in Schedule 1 and the service levels in Schedule 2."], ["Schedule 2"]),
        (["ANNEX A – Fees", "ANNEX B – Sites", "The Sites are in Annex B and the fees in Annex A."], []),
        (["Schedule 1 and Schedule 2 state the Sites.", "The fees are in Schedule 3."], []),
    ],
    ids=["headed", "headed in capitals", "not headed"],
)
def test_a_schedule_is_missed_in_a_text_that_holds_its_schedules(lines, gone):
    (rule,) = (r for r in RULES if r.name == "dangling-reference")
    subject = words_subject([("", line, False) for line in lines], "example")
    assert [finding.words for finding in rule.check(subject)] == gone
