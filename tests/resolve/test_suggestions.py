"""Frameworks are suggested from facts, parties and countries, with a reason, and never switched on."""

from __future__ import annotations

import pytest

from ccclauses.common.resources import library_folder
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile_text
from ccclauses.pipeline import compose_profile
from ccclauses.resolve.suggestions import suggested_frameworks

# client, provider, law, facts, more → what is suggested
CASES = [
    ("GB", "GB", "GB-EAW", "takes_payments: yes", "", {"uk_gdpr", "pci_dss_4_0_1"}),
    ("DE", "DE", "DE", "uses_ai: yes", "", {"gdpr", "eu_ai_act"}),
    ("GB", "GB", "GB-EAW", "uses_ai: yes", "", {"uk_gdpr"}),
    ("IE", "ZA", "IE", "regulated_client: yes, ict_service: yes", "", {"gdpr", "dora", "eba_outsourcing", "za_popia", "iso_27001_2022"}),
    ("GB", "GB", "GB-EAW", "regulated_client: yes", "sites: [{name: Pune, country: IN}]", {"uk_gdpr", "fca_sysc8", "in_certin"}),
    ("US", "US", "US-NY", "regulated_client: yes", "", {"ccpa_cpra", "glba_safeguards", "nydfs_500"}),
    ("US", "PH", "US-DE", "special_data: yes", "", {"ccpa_cpra", "hipaa", "nist_800_88r2", "ph_dpa"}),
    ("AU", "PH", "AU", "regulated_client: yes", "", {"au_apra", "ph_dpa"}),
    ("CA", "CA", "CA-ON", "", "", {"ca_pipeda"}),
    ("IN", "IN", "IN", "", "", {"in_dpdp", "in_certin"}),
    ("SG", "SG", "SG", "", "", set()),
]  # fmt: skip


@pytest.fixture(scope="module")
def library():
    return load_library(library_folder())[0]


def deal(library, client, provider, law, facts, more, frameworks=""):
    text = (
        f"law: {law}\nparties: {{client: {{name: A, country: {client}}}, provider: {{name: B, country: {provider}}}}}\n"
        f"facts: {{{facts}}}\nframeworks: [{frameworks}]\n{more}\n"
    )
    profile, problems = load_profile_text(text, "deal.yaml", library)
    assert profile, problems
    return profile


@pytest.mark.parametrize("client, provider, law, facts, more, expected", CASES)
def test_a_deal_suggests_what_its_facts_call_for(library, client, provider, law, facts, more, expected):
    found = suggested_frameworks(deal(library, client, provider, law, facts, more), library)
    assert {f.id for f, _ in found} == expected


def test_every_shipped_framework_can_be_suggested_with_one_sentence(library):
    assert len(library.frameworks) == 22
    for framework in library.frameworks.values():
        assert framework.suggest_when, framework.id
        assert all(r.because.endswith(".") and r.because.count(". ") == 0 for r in framework.suggest_when)


def test_a_suggestion_is_a_note_and_switches_nothing_on(library):
    profile = deal(library, "GB", "GB", "GB-EAW", "takes_payments: yes", "")
    annex, resolution, problems = compose_profile(profile, library)
    told = [p for p in problems if p.rule == "framework-suggested"]
    assert {str(p.severity) for p in told} == {"note"}
    assert any(
        p.message.startswith("PCI DSS v4.0.1 is not among the frameworks: Agents take card payments") for p in told
    )
    assert annex.coverage == () and resolution.profile.frameworks == ()


def test_what_is_on_is_not_suggested(library):
    profile = deal(library, "GB", "GB", "GB-EAW", "takes_payments: yes", "", "uk_gdpr, pci_dss_4_0_1")
    assert list(suggested_frameworks(profile, library)) == []
