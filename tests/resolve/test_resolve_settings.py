"""Each value in force, and where it came from."""

from __future__ import annotations

from decimal import Decimal

from small_library import (
    asked,
    at,
    clause,
    hours,
    law,
    library,
    parameter,
    profile,
    resolved,
    told,
    variant,
    when,
)

from ccclauses.model.diagnostic import Severity
from ccclauses.model.profile import Site, Subcontractor
from ccclauses.model.words.quantity import Duration, Money

NOTICE = parameter("notice", hours(4, 24, 72))


def test_the_profile_goes_before_the_wording_and_the_wording_before_the_posture():
    lib = library(
        clause("breach", NOTICE, variants=(variant(settings={"notice": Duration(30, "hours")}, at=at("v.yaml", 3)),))
    )
    setting = resolved(profile(), lib).settings["notice"]
    assert (setting.value, setting.source, setting.at) == (Duration(30, "hours"), "variant", at("v.yaml", 3))
    setting = resolved(profile(settings={"notice": asked(Duration(8, "hours"))}), lib).settings["notice"]
    assert (setting.value, setting.source, setting.at) == (Duration(8, "hours"), "profile", at("deal.yaml", 14))


def test_the_posture_of_the_topic_gives_the_default():
    lib = library(clause("breach", NOTICE))
    setting = resolved(profile(postures={"access": "baseline"}), lib).settings["notice"]
    assert (setting.value, setting.source, setting.because) == (
        Duration(72, "hours"),
        "posture",
        "the baseline posture",
    )
    assert setting.at == NOTICE.at


def test_a_value_that_nothing_gives_is_an_error():
    lib = library(clause("breach", parameter("notice", {"strict": Duration(1, "hours")})))
    (problem,) = told(profile(), lib)
    assert (problem.rule, problem.hint) == ("missing-value", "write it under `settings`: `notice: …`")


def test_a_sum_takes_the_currency_of_the_contract():
    rate = parameter("rate", {"standard": Money(Decimal(500))}, type="money")
    assert resolved(profile(), library(clause("credits", rate))).settings["rate"].value == Money(Decimal(500), "GBP")


def test_sums_without_a_currency_are_an_error():
    rate = parameter("rate", {"standard": Money(Decimal(500))}, type="money")
    (problem,) = told(profile(currency="", monthly_charges=None), library(clause("credits", rate)))
    assert problem.rule == "missing-currency"


def test_what_the_contract_is_about_comes_from_the_profile():
    lib = library(
        clause(
            "terms",
            parameter("business_day_calendar", {}, type="text"),
            parameter("time_zone", {"standard": "UTC"}, type="text"),
            parameter("allowed_countries", {}, type="countries"),
        )
    )
    spot = at("deal.yaml", 60)
    deal = profile(
        sites=(Site(name="Pune", country="IN", at=spot),),
        subcontractors=(Subcontractor(name="Cloud", service="hosting", country="DE", at=spot),),
    )
    settings = resolved(deal, lib).settings
    assert settings["business_day_calendar"].value == "GB-ENG"
    assert settings["time_zone"].value == "Europe/London", "the profile's own, not the posture's"
    assert settings["allowed_countries"].value == ("DE", "GB", "IN")
    assert {s.source for s in settings.values()} == {"profile"}
    named = profile(settings={"time_zone": asked("UTC")})
    assert resolved(named, lib).settings["time_zone"].value == "UTC"


def test_what_is_usual_under_the_governing_law_fills_the_forum():
    rules = parameter("arbitration_rules", {"standard": "icc"}, type="choice", choices={"icc": "ICC", "dis": "DIS"})
    seat = parameter("seat", {"standard": "London"}, type="text")
    laws = {
        "GB-EAW": law("GB-EAW", "common_law"),
        "DE": law("DE", "civil_law", switches={"seat": "Frankfurt am Main", "institution": "dis"}),
        "XX": law("XX", "mixed", switches={"institution": "unheard-of"}),
    }
    lib = library(clause("forum", rules, seat), laws=laws)

    def chosen(**fields):
        return {name: s.value for name, s in resolved(profile(**fields), lib).settings.items()}

    assert chosen(law="DE") == {"arbitration_rules": "dis", "seat": "Frankfurt am Main"}
    assert chosen(law="DE", settings={"seat": asked("Vienna")})["seat"] == "Vienna"
    assert chosen() == {"arbitration_rules": "icc", "seat": "London"}, "a law that proposes nothing leaves the posture"
    (problem,) = told(profile(law="XX"), lib)
    assert problem.rule == "missing-value", "rules for which there is no wording are not printed"


def test_a_setting_whose_clause_is_out_is_told():
    lib = library(clause("payments", NOTICE, applies_when=when("takes_payments")))
    (problem,) = told(profile(settings={"notice": asked(Duration(1, "hours"))}), lib)
    assert (problem.rule, problem.severity) == ("setting-without-effect", Severity.WARNING)
    assert problem.message == "`notice` has no effect: clause `payments` is not in the annex"
