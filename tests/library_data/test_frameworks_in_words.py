"""What one framework alone changes in the words on breaches and transfers, and consequences that answer for what they should."""

from __future__ import annotations

import pytest
from full_deals import full_deal

from ccclauses.common.resources import library_folder
from ccclauses.compose.annex import compose_annex
from ccclauses.load.library.library import load_library
from ccclauses.model.annex import Paragraph
from ccclauses.resolve import resolve

LIBRARY, _ = load_library(library_folder())
ALONE = ("gdpr", "uk_gdpr", "ccpa_cpra", "hipaa", "in_dpdp", "ph_dpa", "za_popia", "ca_pipeda", "dora", "nis2")


def words(clause: str, framework: str, law: str = "GB-EAW") -> str:
    """The text of a clause in a deal with one framework on, at the usual posture."""
    resolution, _ = resolve(full_deal(LIBRARY, law=law, frameworks=(framework,)), LIBRARY)
    annex, _ = compose_annex(resolution)
    (found,) = (c for c in annex.clauses if c.id == clause)
    return "\n".join(b.text for b in found.blocks if isinstance(b, Paragraph))


@pytest.mark.parametrize("framework", ALONE)
def test_the_notice_of_a_breach_uses_the_word_of_the_law(framework):
    text = words("breach-handling", framework)
    assert "without undue delay and at the latest 24 hours after becoming Aware" in text
    assert ("immediately, and at the latest" in text) == (framework == "za_popia")
    assert ("indicators of compromise" in text) == (framework in ("dora", "nis2"))
    if framework == "hipaa":
        assert "164.404(c)" in words("business-associate-terms", framework)


@pytest.mark.parametrize("framework", ALONE)
def test_a_transfer_tool_is_asked_for_only_where_a_law_asks_for_one(framework):
    text = words("data-location", framework)
    assert "Where Data Protection Law requires a Transfer Tool for a country" in text
    assert ("Decision (EU) 2021/914" in text) == (framework == "gdpr")
    assert ("International Data Transfer Agreement" in text) == (framework == "uk_gdpr")


def test_breach_costs_need_a_responsible_provider_under_german_law_only():
    assert "shows that it is not responsible for it" in words("breach-handling", "gdpr", "DE")
    assert "not responsible for the Security Breach" not in words("breach-handling", "gdpr", "IE")


def test_set_off_of_credits_answers_for_credits_only():
    others = [
        (c.id, d.paragraph) for c in LIBRARY.clauses.values() for d in c.duties if d.consequence == "penalties#unpaid"
    ]
    assert others == []


def test_the_last_erasure_waits_for_the_last_return():
    assert "acceptance of the data returned" in words("exit", "gdpr")
