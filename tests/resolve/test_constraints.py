"""Ceilings draw defaults in and refuse a profile's own value; rules and conflicts are told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_library import (
    asked,
    at,
    clause,
    constraint,
    framework,
    hours,
    library,
    parameter,
    percent,
    profile,
    resolved,
    told,
    when,
)

from ccclauses.model.diagnostic import Severity
from ccclauses.model.profile import Site
from ccclauses.model.words.quantity import Duration, Money

BREACH = clause("breach", parameter("notice", hours(4, 24, 72)))
ON = framework("nis2"), framework("certin")


def with_constraints(*constraints, clauses=(BREACH,)):
    return library(*clauses, constraints=constraints, frameworks={f.id: f for f in ON})


NIS2 = constraint("nis2-notice", when=when('framework("nis2")'), limit=when('notice <= "12 hours"'), source="Art 23")
CERTIN = constraint(
    "certin-notice", when=when('framework("certin")'), limit=when('notice <= "6 hours"'), source="Direction (ii)"
)


def test_a_ceiling_draws_a_default_in_and_says_so():
    lib = with_constraints(NIS2)
    assert resolved(profile(), lib).settings["notice"].value == Duration(24, "hours"), "the framework is off"
    setting = resolved(profile(frameworks=("nis2",)), lib).settings["notice"]
    assert (setting.value, setting.source, setting.at) == (Duration(12, "hours"), "constraint", NIS2.at)
    assert setting.because == "nis2-notice says so (Art 23); the standard posture gives 24 hours"
    (problem,) = told(profile(frameworks=("nis2",)), lib)
    assert (problem.rule, problem.severity) == ("nis2-notice", Severity.NOTE)
    assert (
        problem.message
        == "`notice` is 12 hours and not 24 hours (the standard posture): nis2-notice says so. Source: Art 23"
    )


def test_a_value_within_the_ceiling_stays():
    setting = resolved(profile(frameworks=("nis2",), posture="strict"), with_constraints(NIS2)).settings["notice"]
    assert (setting.value, setting.source) == (Duration(4, "hours"), "posture")


@pytest.mark.parametrize("order", [(NIS2, CERTIN), (CERTIN, NIS2)])
def test_of_several_ceilings_the_strictest_is_in_force(order):
    setting = resolved(profile(frameworks=("nis2", "certin")), with_constraints(*order)).settings["notice"]
    assert (setting.value, setting.because) == (
        Duration(6, "hours"),
        "certin-notice says so (Direction (ii)); the standard posture gives 24 hours",
    )


def test_a_profile_beyond_a_hard_ceiling_stops_with_the_strictest_first():
    deal = profile(frameworks=("nis2", "certin"), settings={"notice": asked(Duration(2, "days"), 71)})
    (problem,) = told(deal, with_constraints(NIS2, CERTIN))
    assert str(problem) == (
        "deal.yaml:71:1: error: `notice` is 2 days (the profile sets it), but it must be at most 6 hours: "
        "certin-notice says so. Source: Direction (ii) [certin-notice]\n"
        "  hint: set `notice` to at most 6 hours, or leave it out of the settings; also: at most 12 hours (Art 23)"
    )


def test_a_soft_ceiling_is_told_and_moves_nothing():
    soft = constraint("prudent", limit=when('notice <= "8 hours"'), severity="warning")
    lib = with_constraints(soft)
    assert resolved(profile(), lib).settings["notice"].value == Duration(24, "hours")
    (problem,) = told(profile(), lib)
    assert (problem.rule, problem.severity) == ("prudent", Severity.WARNING)
    assert "`notice` is 24 hours (the standard posture), but it should be at most 8 hours" in problem.message


def test_a_floor_draws_up():
    logs = clause("logs", parameter("kept", {"standard": Duration(180, "days")}))
    lib = with_constraints(constraint("pci", limit=when('kept >= "1 years"')), clauses=(logs,))
    assert resolved(profile(), lib).settings["kept"].value == Duration(1, "years")


def test_a_ceiling_on_another_value_follows_that_value():
    media = clause("media", parameter("loss", hours(2, 8, 24)))
    lib = with_constraints(
        constraint("loss-before-notice", limit=when("loss <= notice")), CERTIN, clauses=(BREACH, media)
    )
    assert resolved(profile(frameworks=("certin",)), lib).settings["loss"].value == Duration(6, "hours")


def test_a_floor_above_a_ceiling_is_an_error():
    floor = constraint("floor", limit=when('notice >= "10 hours"'))
    problems = told(profile(frameworks=("certin",)), with_constraints(CERTIN, floor))
    assert Severity.ERROR in {p.severity for p in problems}
    assert any("no value of `notice` meets every rule that applies" in p.hint for p in problems)


def test_a_soft_ceiling_below_a_hard_one_can_be_met():
    soft = constraint("prudent", when=when('framework("nis2")'), limit=when('notice <= "8 hours"'), severity="warning")
    drawn, told_on = told(profile(frameworks=("nis2",)), with_constraints(NIS2, soft))
    assert (drawn.rule, told_on.rule) == ("nis2-notice", "prudent")
    assert told_on.hint == "set `notice` to at most 8 hours in the profile, or accept it knowingly"


def test_a_rule_may_ask_for_a_clause():
    rule = constraint("needs-step-in", rule=when('has("step-in")'), reason="Step-in is needed.")
    (problem,) = told(profile(), with_constraints(rule))
    assert problem.message == 'Step-in is needed. `has("step-in")` must hold. Source: Art 1'


def test_a_ceiling_that_leaves_the_range_is_an_error():
    backup = clause(
        "backup",
        parameter("interval", hours(1, 4, 24), minimum=Duration(15, "minutes"), maximum=Duration(48, "hours")),
        parameter("rpo", hours(1, 4, 24)),
    )
    lib = with_constraints(constraint("within", limit=when("interval <= rpo")), clauses=(backup,))
    problems = told(profile(settings={"rpo": asked(Duration(0, "hours"))}), lib)
    assert [p.rule for p in problems if p.severity is Severity.ERROR] == ["ceiling-out-of-range"]
    assert "outside its range of 15 minutes to 48 hours" in problems[-1].message


def test_a_choice_is_drawn_along_its_list():
    media = clause(
        "erase",
        parameter("method", {"standard": "clear"}, type="choice", choices={"clear": "c", "purge": "p", "destroy": "d"}),
    )
    lib = with_constraints(constraint("nist", limit=when('method >= "purge"')), clauses=(media,))
    assert resolved(profile(), lib).settings["method"].value == "purge"


def test_a_broken_rule_names_the_values_and_changes_none():
    patch = clause("patch", parameter("triage", hours(8, 24, 72)), parameter("fix", hours(72, 336, 720)))
    rule = constraint("triage-first", rule=when("triage < fix"), reason="Triage comes first.")
    lib = with_constraints(rule, clauses=(patch,))
    assert not told(profile(), lib)
    (problem,) = told(profile(settings={"fix": asked(Duration(24, "hours"), 22)}), lib)
    assert str(problem) == (
        "deal.yaml:22:1: error: Triage comes first. `triage` is 24 hours, `fix` is 24 hours, but `triage < fix` must "
        "hold. Source: Art 1 [triage-first]"
    )


def test_a_rhythm_is_compared_with_a_period():
    report = clause(
        "report",
        parameter("due", {"standard": Duration(5, "days", "business")}),
        parameter(
            "rhythm",
            {"standard": "monthly", "strict": "weekly"},
            type="choice",
            choices={"weekly": "w", "monthly": "m"},
        ),
    )
    lib = with_constraints(constraint("due", rule=when("due < rhythm")), clauses=(report,))
    assert not told(profile(), lib)
    assert [p.rule for p in told(profile(settings={"rhythm": asked("weekly")}), lib)] == ["due"], (
        "5 Business Days are a week"
    )


def test_a_rule_on_a_clause_that_is_out_is_not_judged():
    lib = with_constraints(constraint("absent", rule=when("unknown_here <= notice")))
    assert not told(profile(), lib)


def test_a_rule_that_rests_on_a_clause_that_is_out_says_nothing():
    out = clause("backup", parameter("rpo", hours(1, 2, 3)), applies_when=when("takes_payments"))
    lib = library(clause("access"), out, constraints=(constraint("often", when=when('rpo > "1 hour"')),))
    assert told(profile(), lib) == []
    assert [p.rule for p in told(profile(facts={"takes_payments": asked(True)}), lib)] == ["often"]


def test_a_bare_reason_is_told_when_its_condition_holds():
    both = constraint(
        "erase-or-keep",
        when=when('framework("nis2")', 'framework("certin")'),
        severity="note",
        reason="They pull apart.",
    )
    lib = with_constraints(both)
    assert not told(profile(frameworks=("nis2",)), lib)
    (problem,) = told(profile(frameworks=("nis2", "certin")), lib)
    assert (problem.severity, problem.message) == (Severity.NOTE, "They pull apart. Source: Art 1")


def test_a_site_outside_the_countries_allowed_is_an_error():
    place = clause("place", parameter("allowed_countries", {}, type="countries"))
    lib = with_constraints(constraint("countries", rule=when("work_countries in allowed_countries")), clauses=(place,))
    deal = {"sites": (Site(name="Pune", country="IN", at=at("deal.yaml", 60)),)}
    assert not told(profile(**deal), lib)
    problems = told(profile(**deal, settings={"allowed_countries": asked(("GB",), 33)}), lib)
    assert [(p.rule, p.at.line) for p in problems] == [("countries", 33)]
    assert "`work_countries` is IN, `allowed_countries` is GB" in problems[0].message


def test_two_currencies_are_an_error():
    rate = parameter("rate", {"standard": Money(Decimal(500))}, type="money")
    lib = with_constraints(
        constraint("one-currency", rule=when("setting_currencies in [currency]")), clauses=(clause("c", rate),)
    )
    assert not told(profile(), lib)
    problems = told(profile(settings={"rate": asked(Money(Decimal(5), "USD"))}), lib)
    assert [p.rule for p in problems] == ["one-currency"]


def test_caps_are_compared_as_shares_of_a_month():
    credits = clause(
        "credits",
        parameter("at_risk_month", {"standard": Money(Decimal(10_000))}, type="money"),
        parameter("annual_cap", {"standard": percent("1")}, type="percentage"),
    )
    rule = constraint("month-in-year", rule=when("month_cap_share <= annual_cap_share"))
    lib = with_constraints(rule, clauses=(credits,))
    assert not told(profile(), lib), "10 % of a month, 1 % of a year"
    assert [p.rule for p in told(profile(settings={"annual_cap": asked(percent("0.5"))}), lib)] == ["month-in-year"]
    unknown = profile(monthly_charges=None, settings={"annual_cap": asked(percent("0.5"))})
    assert not told(unknown, lib), "a sum has no share of charges that are not known"


def test_values_without_an_order_are_told_of_the_constraint():
    lib = with_constraints(constraint("odd", rule=when('notice <= "5 %"')))
    (problem,) = told(profile(), lib)
    assert (problem.rule, problem.at) == ("constraint-types", at("constraints.yaml", 7))
    assert problem.message == 'constraint `odd`: "5 %" can\'t be compared with 24 hours'
