"""References of ours in running text, put otherwise where the text stands in another paper."""

import pytest

from ccclauses.model.words.words import with_references


def told(text: str) -> str:
    return with_references(text, lambda kind, number: f"<{kind}:{number}>")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("as clause 4.2(a) says", "as <clause:4.2(a)> says"),
        ("listed in Schedule 2 or added", "listed in <Schedule:2> or added"),
        ("what law under 11.2 requires", "what law under <:11.2> requires"),
        ("to which 2.5 to 2.7 apply", "to which <:2.5> to <:2.7> apply"),
        ("with TLS 1.2 or 1.3", "with TLS 1.2 or 1.3"),
        ("if its score is 7.0 to 8.9", "if its score is 7.0 to 8.9"),
        ("a credit of 2.5% of the fee", "a credit of 2.5% of the fee"),
        ("within 2.5 hours", "within 2.5 hours"),
    ],
)
def test_a_reference_is_told_from_a_number(text: str, said: str) -> None:
    assert told(text) == said
