"""Which clauses are in and why, which are out and why, and what stands against the choice."""

from __future__ import annotations

from small_library import (
    asked,
    at,
    clause,
    framework,
    library,
    profile,
    resolved,
    told,
    when,
)

from ccclauses.model.diagnostic import Severity


def reasons(resolution):
    return {c.clause.id: c.because for c in resolution.clauses}


def test_a_clause_without_condition_is_always_in():
    assert reasons(resolved(profile(), library(clause("access")))) == {"access": ("always in an annex",)}


def test_a_fact_brings_a_clause_in_and_its_absence_is_named():
    lib = library(clause("payments", applies_when=when("takes_payments")))
    off = resolved(profile(), lib)
    assert [(o.clause.id, o.because) for o in off.left_out] == [
        ("payments", "applies only when takes_payments: `takes_payments` is no")
    ]
    on = resolved(profile(facts={"takes_payments": asked(True)}), lib)
    assert reasons(on) == {"payments": ("applies because `takes_payments` is yes",)}


def test_include_and_requires_give_their_reasons():
    never = when("takes_payments")
    lib = library(
        clause("audit", applies_when=never, requires=("records",)),
        clause("records", applies_when=never, requires=("terms",)),
        clause("terms", applies_when=never),
    )
    assert reasons(resolved(profile(include={"audit": at("deal.yaml", 30)}), lib)) == {
        "audit": ("asked for by the profile (deal.yaml:30:1)",),
        "records": ("required by `audit`",),
        "terms": ("required by `records`",),
    }


def test_a_clause_in_because_of_another_is_seen_by_conditions():
    lib = library(clause("records"), clause("register", applies_when=when('has("records")')))
    assert reasons(resolved(profile(), lib))["register"] == ("applies because clause `records` is in the annex",)


def test_a_contract_term_that_nothing_answers_pulls_its_clause_in():
    never = when("takes_payments")
    lib = library(
        clause("support", applies_when=never, maps_to={"gdpr": {"art 28": ("one",)}}),
        clause("second", applies_when=never, maps_to={"gdpr": {"art 28": ("one",)}}),
        clause("camera", applies_when=never, maps_to={"gdpr": {"art 32": ("one",)}}),
        frameworks={"gdpr": framework("gdpr", art_28="contract_term", art_32="control")},
    )
    on = resolved(profile(frameworks=("gdpr",)), lib)
    assert reasons(on) == {"support": ("answers GDPR: art 28",)}, "one clause answers it; a control pulls nothing in"
    assert not resolved(profile(), lib).clauses


def test_clauses_that_require_each_other_are_both_in():
    never = when("takes_payments")
    lib = library(clause("one", requires=("two",)), clause("two", requires=("one",), applies_when=never))
    assert reasons(resolved(profile(), lib)) == {
        "one": ("always in an annex", "required by `two`"),
        "two": ("required by `one`",),
    }


def test_what_a_clause_answers_stands_in_the_order_of_the_framework():
    lib = library(
        clause("access", maps_to={"gdpr": {"art 32": ("one",), "art 28": ("two",)}}),
        frameworks={"gdpr": framework("gdpr", art_28="control", art_32="control")},
    )
    (because,) = reasons(resolved(profile(frameworks=("gdpr",)), lib)).values()
    assert because == ("always in an annex", "answers GDPR: art 28; art 32")


def test_topics_give_the_order_of_the_annex():
    lib = library(clause("breach", topic="incidents"), clause("zeal"), clause("access"))
    assert [c.clause.id for c in resolved(profile(), lib).clauses] == ["zeal", "access", "breach"]


def test_an_exclusion_keeps_its_reason():
    lib = library(clause("audit"))
    out = resolved(profile(exclude={"audit": ("covered by the MSA", at("deal.yaml", 40))}), lib).left_out
    assert out[0].because == "excluded by the profile (deal.yaml:40:1): covered by the MSA"


def test_a_required_clause_that_is_excluded_is_an_error_naming_both():
    lib = library(clause("audit", requires=("records",)), clause("records"))
    problems = told(profile(exclude={"records": ("too long", at("deal.yaml", 41))}), lib)
    assert [str(p) for p in problems] == [
        "deal.yaml:41:1: error: the profile excludes `records`, but `audit` rests on it "
        "(always in an annex) [excluded-but-required]\n  hint: keep `records`, or exclude `audit` too, each with a reason"
    ]


def test_conflicting_clauses_are_refused_with_who_asked_for_each():
    lib = library(clause("general", conflicts=("specific",)), clause("specific", applies_when=when("takes_payments")))
    assert not told(profile(), lib)
    problems = told(profile(include={"specific": at("deal.yaml", 50)}), lib)
    assert [p.rule for p in problems] == ["conflicting-clauses"]
    assert problems[0].message == (
        "`general` and `specific` can't be in one annex; `general` is in: always in an annex; "
        "`specific` is in: asked for by the profile (deal.yaml:50:1)"
    )
    assert problems[0].at == at("deal.yaml", 50)


def test_losing_the_answer_to_a_framework_by_exclusion_is_told():
    lib = library(
        clause("support", maps_to={"gdpr": {"art 28": ("one",)}}),
        frameworks={"gdpr": framework("gdpr", art_28="contract_term")},
    )
    problems = told(profile(frameworks=("gdpr",), exclude={"support": ("ours", at("deal.yaml", 3))}), lib)
    assert [(p.rule, p.severity) for p in problems] == [("excluded-cover", Severity.WARNING)]
    assert "nothing in the annex answers GDPR art 28" in problems[0].message


def test_names_that_the_library_does_not_know_are_all_told_with_the_nearest():
    problems = told(
        profile(
            law="GB-EWA",
            posture="strickt",
            frameworks=("gdp",),
            postures={"acces": "standard"},
            facts={"take_payments": asked(True)},
            include={"acess": at("deal.yaml", 5)},
            exclude={"audits": ("no", at("deal.yaml", 6))},
            settings={"leaver": asked(1)},
        ),
        library(clause("access"), clause("audit"), frameworks={"gdpr": framework("gdpr")}),
    )
    assert [(p.rule, p.hint) for p in problems] == [
        ("unknown-law", "did you mean `GB-EAW`?"),
        ("unknown-posture", "did you mean `strict`?"),
        ("unknown-topic", "did you mean `access`?"),
        ("unknown-framework", "did you mean `gdpr`?"),
        ("unknown-fact", "did you mean `takes_payments`?"),
        ("unknown-clause", "did you mean `access`?"),
        ("unknown-clause", "did you mean `audit`?"),
        ("unknown-parameter", ""),
    ]


def test_a_clause_both_included_and_excluded_is_an_error():
    spot = at("deal.yaml", 8)
    problems = told(profile(include={"audit": spot}, exclude={"audit": ("no", spot)}), library(clause("audit")))
    assert [p.rule for p in problems] == ["included-and-excluded"]
