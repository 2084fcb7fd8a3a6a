"""What `explain` says, as text (a golden file) and as plain values."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from small_library import (
    asked,
    at,
    clause,
    constraint,
    framework,
    hours,
    library,
    parameter,
    profile,
    resolved,
    variant,
    when,
)

from ccclauses.derive.explain import NOT_ADVICE, explain
from ccclauses.model.words.quantity import Duration

GOLDEN = Path(__file__).with_name("explained.txt")


def example():
    breach = clause(
        "breach",
        parameter("notice", hours(4, 24, 72)),
        parameter("update", hours(12, 24, 48)),
        topic="incidents",
        requires=("records",),
        maps_to={"nis2": {"art 23": ("notify",)}},
    )
    shipped = clause("audit", purpose="The Client can look.", variants=(variant(),), at=at("library/audit.yaml"))
    own = replace(
        shipped,
        version=2,
        purpose="The Client can look at any time.",
        variants=(variant(text="1. Ours.\n"),),
        replaces=shipped,
        at=at("ours/audit.yaml"),
    )
    lib = library(
        breach,
        own,
        clause("records", applies_when=when("takes_payments")),
        clause("payments", applies_when=when("takes_payments")),
        clause("insurance"),
        frameworks={"nis2": framework("nis2", art_23="contract_term")},
        constraints=(
            constraint(
                "nis2-notice", when=when('framework("nis2")'), limit=when('notice <= "12 hours"'), source="Art 23"
            ),
        ),
    )
    deal = profile(
        frameworks=("nis2",),
        postures={"access": "strict"},
        facts={"seats": asked(12, 20)},
        settings={"update": asked(Duration(6, "hours"), 31)},
        include={},
        exclude={"insurance": ("the master agreement has it", at("deal.yaml", 40))},
    )
    return resolved(deal, lib)


def test_the_text_is_that_of_the_golden_file():
    assert explain(example()).text() == GOLDEN.read_text(encoding="utf-8")


def test_the_plain_values_can_be_written_as_json():
    values = json.loads(json.dumps(explain(example()).as_dict()))
    assert values["notice"] == NOT_ADVICE
    assert [c["id"] for c in values["clauses"]] == ["audit", "records", "breach"]
    assert values["clauses"][0]["shipped"]["differs"] == ["purpose", "wordings"]
    assert values["settings"][0] == {
        "name": "notice",
        "label": "Notice",
        "clause": "breach",
        "value": "12 hours",
        "source": "constraint",
        "because": "nis2-notice says so (Art 23); the standard posture gives 24 hours",
        "at": {"file": "constraints.yaml", "line": 7, "column": 1},
    }


def test_it_says_that_nothing_is_legal_advice():
    assert explain(example()).text().rstrip().endswith(NOT_ADVICE)
    assert "legal advice" in NOT_ADVICE and "no lawyer has reviewed" in NOT_ADVICE
