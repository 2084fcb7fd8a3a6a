"""Each rule finds the faults planted for it in `planted.txt`, and none in the sentences that only look like them."""

import re
from pathlib import Path

import pytest

from ccclauses.lint.engine import all_rules
from ccclauses.lint.texts import words_subject

RULES = {rule.code: rule for rule in all_rules()}


def planted() -> list[tuple[str, bool, str]]:
    cases, code = [], ""
    for line in (Path(__file__).parent / "planted.txt").read_text().splitlines():
        if match := re.match(r"(L\d\d) ", line):
            code = match[1]
        elif line[:2] in ("+ ", "- "):
            cases.append((code, line[0] == "+", line[2:]))
    return cases


@pytest.mark.parametrize("code, wrong, text", planted())
def test_a_planted_fault_is_found_and_no_other(code, wrong, text):
    paragraphs = [("", paragraph, False) for paragraph in text.split(" | ")]
    assert bool(list(RULES[code].check(words_subject(paragraphs, "contract")))) is wrong


def test_a_penalty_that_is_paid_is_told_once():
    text = "The Supplier shall pay a penalty of EUR 1,000.00 for each late report."
    assert len(list(RULES["L28"].check(words_subject([("", text, False)], "contract")))) == 1
