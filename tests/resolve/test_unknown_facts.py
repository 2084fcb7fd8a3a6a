"""Facts that are not known: the protective side, told as assumed, answered by what is listed, refused when final."""

from __future__ import annotations

import pytest

from ccclauses.common.resources import library_folder
from ccclauses.derive.explain import explain
from ccclauses.lint.engine import lint_library
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile_text
from ccclauses.model.diagnostic import Severity, errors
from ccclauses.pipeline import compose_profile

DEAL = """annex: {{date: 2026-03-02, status: {status}}}
agreement: {{title: Services Agreement}}
parties: {{client: {{name: A plc, country: GB}}, provider: {{name: B Ltd, country: GB}}}}
law: GB-EAW
charges: {{monthly: "GBP 20,000.00"}}
facts: {{{facts}}}
{more}"""


@pytest.fixture(scope="module")
def library():
    return load_library(library_folder())[0]


def resolved(library, facts, more="", status="draft"):
    profile, problems = load_profile_text(DEAL.format(facts=facts, more=more, status=status), "deal.yaml", library)
    assert profile, problems
    _, resolution, problems = compose_profile(profile, library, as_far=True)
    return profile, resolution, problems


def assumed(problems):
    return [p for p in problems if p.rule == "assumed-fact"]


def test_what_is_not_known_takes_the_protective_side(library):
    names = ", ".join(f"{name}: unknown" for name in library.facts)
    _, resolution, problems = resolved(library, names)
    assert resolution
    assert dict(resolution.facts) == {name: fact.assumed for name, fact in library.facts.items()}
    assert resolution.facts["takes_payments"] is True and resolution.facts["cross_border"] is False
    assert "payment-data" in {c.clause.id for c in resolution.clauses}
    told = assumed(problems)
    assert len(told) == len(library.facts)
    assert {p.severity for p in told} == {Severity.WARNING}


def test_every_fact_unknown_still_makes_an_annex(library):
    names = ", ".join(f"{name}: unknown" for name in library.facts)
    profile, _, _ = resolved(library, names)
    annex, _, problems = compose_profile(profile, library)
    assert annex and errors(problems) == []


def test_each_is_told_with_its_question_its_side_and_its_reason(library):
    _, _, problems = resolved(library, "takes_payments: unknown")
    (told,) = assumed(problems)
    assert told.message == (
        "not known yet: “Do agents take card payments by phone?” Yes is assumed: the draft takes the side that protects the "
        "client. Card rules (PCI DSS) then bind both of you, and card numbers must stay out of recordings."
    )
    assert (told.at.line, told.hint) == (6, "find out, and write it in place of `takes_payments: unknown`")


def test_a_final_annex_is_refused(library):
    _, resolution, problems = resolved(library, "takes_payments: unknown", status="final")
    assert "assumed-fact" in [p.rule for p in errors(problems)]
    assert "a final annex can't be made" in assumed(problems)[0].message


def test_a_place_abroad_answers_whether_data_leave_the_country(library):
    site = "sites: [{name: Cape Town, country: ZA}]\nframeworks: [uk_gdpr]"
    profile, resolution, problems = resolved(library, "cross_border: unknown", site)
    assert resolution.facts["cross_border"] is True
    assert assumed(problems) == []
    annex, _, found = compose_profile(profile, library)
    assert annex and not [p for p in found if p.rule == "contradiction"]


def test_a_listed_subcontractor_answers_whether_there_are_any(library):
    listed = "subcontractors: [{name: C Ltd, service: Overflow, country: GB}]"
    _, resolution, problems = resolved(library, "subcontractors_used: unknown, cross_border: unknown", listed)
    assert (resolution.facts["subcontractors_used"], resolution.facts["cross_border"]) == (True, False)
    assert len(assumed(problems)) == 1


def test_explain_says_that_it_is_assumed(library):
    _, resolution, _ = resolved(library, "takes_payments: unknown, uses_ai: no")
    facts = {name: origin for name, _, origin in explain(resolution).facts}
    assert facts["takes_payments"] == "not known yet, so this is assumed: deal.yaml:6:25"
    assert facts["uses_ai"].startswith("deal.yaml:6")
    assert facts["records_calls"] == "not asked: the default"


def test_every_shipped_fact_says_what_is_assumed_and_why_it_is_asked(library):
    assert [d for d in lint_library(library) if d.rule == "unexplained-fact"] == []
    assert all(f.why.endswith(".") and len(f.why) < 120 for f in library.facts.values())


def test_a_fact_without_them_is_found(tmp_path):
    (tmp_path / "facts.yaml").write_text(
        '- {name: night_shift, type: boolean, default: "no", question: "Do agents work at night?"}\n', "utf-8"
    )
    library, problems = load_library(library_folder(), tmp_path)
    assert problems == []
    found = [d.message for d in lint_library(library) if d.rule == "unexplained-fact"]
    assert found == [
        "`night_shift` does not say what is assumed while it is not known",
        "`night_shift` does not say why it is asked",
    ]
    assert library.facts["night_shift"].assumed is False
