"""Penalty schedules: what they print, what they come to, and the laws that no figures can break."""

from __future__ import annotations

import re
from decimal import Context, Decimal, localcontext
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ccclauses.model.clause import PenaltySpec
from ccclauses.model.diagnostic import Position
from ccclauses.model.penalty import CreditRules, Measure, PenaltySchedule, build_rules, build_schedule
from ccclauses.model.penalty_amounts import shortfall_share
from ccclauses.model.quantity import Duration, Money, Percentage, Printed
from ccclauses.model.settlement import Failure, round_money, settle, worked_example

AT = Position(file="clause.yaml")


def percent(text: str) -> Percentage:
    return Percentage(Decimal(text))


VALUES = {
    "at_risk_month": percent("10"),
    "annual_cap": percent("8"),
    "repeat_multiplier": Decimal("1.5"),
    "repeat_window": Duration(6, "months"),
    "earn_back": percent("25"),
    "event_cap": percent("8"),
    "hourly": Money(Decimal(1500)),
    "share": percent("0.5"),
    "item": Money(Decimal("100.5")),
    "first": Money(Decimal(2)),
    "second": Money(Decimal("1.5")),
    "third": Money(Decimal("0.5")),
    "sev1": percent("20"),
    "sev2": percent("5"),
    "weight": percent("20"),
    "target": percent("99"),
    "grace": Duration(2, "hours"),
    "nothing": Money(Decimal(0)),
}
SETTINGS = {name: SimpleNamespace(value=value) for name, value in VALUES.items()}


def rules_of(currency: str = "EUR", charges: int | None = 240_000) -> CreditRules:
    rules = build_rules(
        SETTINGS, currency=currency, monthly_charges=Money(Decimal(charges), currency) if charges else None
    )
    assert isinstance(rules, CreditRules)
    return rules


def spec_of(kind: str, **fields) -> PenaltySpec:
    return PenaltySpec(**{"name": kind, "kind": kind, "label": kind.title(), "paragraph": "credit", "at": AT, **fields})


SPECS = {
    "late": spec_of("late", rate="hourly", per="hour", event_cap="event_cap", overlap="adds"),
    "share": spec_of("late", rate="share", per="Business Day", event_cap="event_cap"),
    "grace": spec_of("late", rate="hourly", per="hour", event_cap="event_cap", grace="grace"),
    "fixed": spec_of("fixed", rate="item", per="account", event_cap="event_cap"),
    "event": spec_of("fixed", rate="item", event_cap="event_cap"),
    "bands": spec_of(
        "bands", per="record", bands=((1000, "first"), (10_000, "second"), (None, "third")), event_cap="event_cap"
    ),
    "capped": spec_of("fixed", rate="item", per="account", event_cap="hourly"),
    "severity": spec_of("severity", severities={1: "sev1", 2: "sev2"}),
    "shortfall": spec_of("shortfall", rate="weight", target="target", earn_back=True),
}


def schedule_of(name: str, currency: str = "EUR") -> PenaltySchedule:
    schedule = build_schedule(SPECS[name], "some-clause", SETTINGS, rules_of(currency))
    assert isinstance(schedule, PenaltySchedule), schedule
    return schedule


def words(schedule: PenaltySchedule) -> str:
    return "".join(p if isinstance(p, str) else p.text for p in schedule.wording())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "late",
            "EUR 1,500.00 for each started hour of delay until performance, up to 8% of the Monthly Charges for each event",
        ),
        (
            "share",
            "0.5% of the Monthly Charges for each started Business Day of delay until performance, up to 8% of the Monthly Charges for each event",
        ),
        (
            "grace",
            "EUR 1,500.00 for each started hour of delay after the first 2 hours until performance, up to 8% of the Monthly Charges for each event",
        ),
        ("fixed", "EUR 100.50 for each account, up to 8% of the Monthly Charges for each event"),
        ("capped", "EUR 100.50 for each account, up to EUR 1,500.00 for each event"),
        ("event", "EUR 100.50, up to 8% of the Monthly Charges, for each event"),
        (
            "bands",
            "EUR 2.00 for each of the first 1,000 records, EUR 1.50 for each record from 1,001 to 10,000 and EUR 0.50 for each record above 10,000, "
            "up to 8% of the Monthly Charges for each event",
        ),
        (
            "severity",
            "20% (Severity 1) or 5% (Severity 2) of the Monthly Charges for each event, up to 10% of the Monthly Charges for each month",
        ),
        (
            "shortfall",
            "up to 20% of the At-Risk Amount for each month. All of it is due where the measured share is more than 2 percentage points below 99%, "
            "half of it where the share is 1 to 2 points below, and a quarter of it where the share is less than 1 point below",
        ),
    ],
)
def test_wording(name, text):
    assert words(schedule_of(name)) == text


@pytest.mark.parametrize("name", SPECS)
def test_wording_prints_every_figure_as_a_value_of_its_parameter(name):
    schedule = schedule_of(name)
    printed = {p.parameter for p in schedule.wording() if isinstance(p, Printed)}
    assert set(schedule.parameters) <= printed
    assert "up to" in words(schedule)  # never without a cap
    for piece in schedule.wording():
        if isinstance(piece, str):  # no money or share outside a value
            assert not re.search(r"EUR|\d%", piece)


def test_a_rate_of_zero_is_printed_in_words_and_costs_nothing():
    for spec in (spec_of("late", rate="nothing", per="hour"), spec_of("fixed", rate="nothing", per="account")):
        schedule = build_schedule(spec, "c", SETTINGS, rules_of())
        assert isinstance(schedule, PenaltySchedule)
        assert words(schedule).startswith("no sum")
        assert schedule.amount(Measure(units=50), rules_of()).amount == 0


@pytest.mark.parametrize(
    ("name", "measure", "amount"),
    [
        ("late", Measure(units=8), "12000"),
        ("late", Measure(units=8, earlier=1), "18000"),
        ("late", Measure(units=8, earlier=2), "19200"),
        ("share", Measure(units=3), "3600"),
        ("fixed", Measure(units=3), "301.5"),
        ("capped", Measure(units=14), "1407"),
        ("capped", Measure(units=15), "1500"),  # a cap may be a sum, and then it is one whatever the charges are
        ("bands", Measure(units=1000), "2000"),
        ("bands", Measure(units=1001), "2001.5"),
        ("bands", Measure(units=3200), "5300"),
        ("bands", Measure(units=12_000), "16500"),
        ("severity", Measure(severity=2), "12000"),
        ("severity", Measure(severity=4), "0"),
        ("shortfall", Measure(measured=percent("97.2")), "2400"),
        ("shortfall", Measure(measured=percent("90"), earlier=3), "4800"),  # a repeat never exceeds the weight
    ],
)
def test_amount(name, measure, amount):
    assert schedule_of(name).amount(measure, rules_of()).amount == Decimal(amount)


@pytest.mark.parametrize(
    ("points", "share"),
    [("-1", 0), ("0", 0), ("0.01", 25), ("0.99", 25), ("1", 50), ("2", 50), ("2.01", 100), ("99", 100)],
)
def test_tiers_of_a_shortfall(points, share):
    assert shortfall_share(Decimal(points)) == share


@pytest.mark.parametrize(
    ("spec", "words_"),
    [
        (spec_of("late", rate="missing", per="hour"), "`missing`"),
        (spec_of("late", per="hour"), "missing"),
        (spec_of("late", rate="hourly", per="fortnight"), "fortnight"),
        (spec_of("late", rate="grace", per="hour"), "money"),
        (spec_of("late", rate="hourly", per="hour", grace="hourly"), "a period"),
        (spec_of("bands", per="record"), "lists its bands"),
        (spec_of("bands", per="record", bands=((1000, "first"),)), "without end"),
        (spec_of("bands", per="record", bands=((1000, "first"), (1000, "second"), (None, "third"))), "rise"),
        (spec_of("bands", per="record", bands=((0, "first"), (1000, "second"), (None, "third"))), "rise"),
        (spec_of("severity"), "severity"),
        (spec_of("shortfall", rate="hourly", target="target"), "percentage"),
    ],
)
def test_what_is_wrong_with_a_penalty_is_said(spec, words_):
    found = build_schedule(spec, "c", SETTINGS, rules_of())
    assert isinstance(found, tuple) and any(words_ in m for m in found), found


def test_another_currency_is_refused():
    settings = {**SETTINGS, "hourly": SimpleNamespace(value=Money(Decimal(5), "USD"))}
    found = build_schedule(SPECS["late"], "c", settings, rules_of())
    assert isinstance(found, tuple) and "USD" in found[0]
    charges = build_rules(SETTINGS, currency="EUR", monthly_charges=Money(Decimal(5), "USD"))
    assert isinstance(charges, tuple) and "USD" in charges[0]


def test_rules_without_their_parameters_are_refused():
    found = build_rules({}, currency="EUR")
    assert isinstance(found, tuple) and {"at_risk_month", "annual_cap"} <= set(re.findall(r"`(\w+)`", " ".join(found)))


@pytest.mark.parametrize("name", SPECS)
def test_every_sum_of_a_worked_example_is_the_one_that_is_reckoned(name):
    schedule, rules = schedule_of(name), rules_of()
    steps = schedule.worked_example(rules)
    measure, _ = schedule.example()
    assert steps[0] == "Monthly Charges: EUR 240,000.00."
    assert rules.money(schedule.amount(measure, rules).amount) in steps[-1]


def test_unknown_charges_are_an_illustration_and_say_so():
    rules = rules_of(charges=None)
    assert schedule_of("late").worked_example(rules)[0] == "Monthly Charges, for illustration only: EUR 100,000.00."


def test_the_example_of_an_annex_shows_every_step_of_the_order():
    steps = worked_example([schedule_of("late"), schedule_of("bands"), schedule_of("severity")], rules_of())
    text = "\n".join(steps)
    order = [
        "Monthly Charges",
        "started hours",
        "earlier failure",
        "Event cap",
        "root cause",
        "Sum of the month",
        "Monthly cap",
        "Annual cap",
        "Rounded",
    ]
    places = [text.index(word) for word in order]
    assert places == sorted(places)
    assert worked_example([], rules_of()) == ()


@pytest.mark.parametrize(
    ("currency", "amount", "rounded"),
    [
        ("JPY", "100.5", "101"),
        ("EUR", "0.005", "0.01"),
        ("EUR", "0.0049999", "0.00"),
        ("KWD", "1.0005", "1.001"),
        ("EUR", "2.675", "2.68"),
    ],
)
def test_rounding_is_half_up_to_the_minor_unit(currency, amount, rounded):
    assert round_money(Decimal(amount), currency) == Decimal(rounded)


def test_full_precision_until_the_end():
    """Three credits of a third of a cent come to a cent; rounded one by one they would come to none."""
    schedule, rules = schedule_of("late"), rules_of()
    third = schedule.amount(Measure(units=0), rules)
    failures = [
        Failure(event=str(n), schedule=schedule, cause="", calculation=_with(third, Decimal("0.003333333333")))
        for n in range(3)
    ]
    assert settle(failures, rules).credit == Decimal("0.01")


def _with(calculation, amount: Decimal):
    from dataclasses import replace

    return replace(calculation, amount=amount)


# --- laws ---

UNITS = st.integers(0, 10**7)
EARLIER = st.integers(0, 30)
CHARGES = st.decimals("0", "100000000", places=3)


@given(st.sampled_from(["late", "share", "grace", "fixed", "event", "bands"]), UNITS, UNITS, EARLIER, CHARGES)
def test_a_credit_never_falls_as_the_failure_grows(name, units, more, earlier, charges):
    schedule, rules = schedule_of(name), rules_of()
    less = schedule.amount(Measure(units=units, earlier=earlier), rules, charges).amount
    assert schedule.amount(Measure(units=units + more, earlier=earlier), rules, charges).amount >= less
    assert schedule.amount(Measure(units=units, earlier=earlier + 1), rules, charges).amount >= less


@given(st.decimals("0", "100", places=3), st.decimals("0", "100", places=3), EARLIER, CHARGES)
def test_a_lower_measured_share_never_costs_less(one, other, earlier, charges):
    low, high = sorted((one, other))
    schedule, rules = schedule_of("shortfall"), rules_of()
    amounts = [
        schedule.amount(Measure(measured=Percentage(m), earlier=earlier), rules, charges).amount for m in (low, high)
    ]
    assert amounts[0] >= amounts[1]
    assert amounts[0] <= percent("20").of(percent("10").of(charges))


@given(st.sampled_from(["late", "share", "grace", "fixed", "event", "bands"]), EARLIER, CHARGES)
def test_nothing_costs_nothing(name, earlier, charges):
    assert schedule_of(name).amount(Measure(units=0, earlier=earlier), rules_of(), charges).amount == 0


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["late", "share", "fixed", "bands"]), UNITS, EARLIER, st.sampled_from(["", "a", "b"])
        ),
        max_size=6,
    ),
    CHARGES,
    st.decimals("0", "100000000", places=2),
)
@example([("bands", 1, 25, "a")], Decimal("631279.208"), Decimal(0))
def test_no_cap_is_ever_exceeded_and_one_cause_counts_once(happened, charges, used):
    rules = rules_of()
    failures = [
        Failure(
            event=str(n),
            schedule=(s := schedule_of(name)),
            cause=cause,
            calculation=s.amount(Measure(units=u, earlier=e), rules, charges),
        )
        for n, (name, u, e, cause) in enumerate(happened)
    ]
    cent = Decimal("0.01")
    assert all(f.calculation.amount <= percent("8").of(charges) for f in failures)
    settled = settle(failures, rules, charges=charges, annual_charges=charges * 12, used=used)
    assert 0 <= settled.credit <= percent("10").of(charges) + cent
    assert settled.credit <= max(percent("8").of(charges * 12) - used, Decimal(0)) + cent
    for cause in ("a", "b"):
        group = [i for i, f in enumerate(failures) if f.cause == cause and f.schedule.overlap == "highest"]
        counted = [settled.counted[i] for i in group]
        with localcontext(
            Context(prec=80)
        ):  # amounts are exact until they are settled, and may have more than 28 digits
            assert sum(counted) == max((failures[i].calculation.amount for i in group), default=0)


@given(UNITS, UNITS, CHARGES)
def test_the_credit_of_a_month_never_falls_as_delay_grows(units, more, charges):
    rules, schedule = rules_of(), schedule_of("late")

    def credit(n: int) -> Decimal:
        calculation = schedule.amount(Measure(units=n), rules, charges)
        return settle(
            [Failure(event="e", schedule=schedule, cause="", calculation=calculation)], rules, charges=charges
        ).credit

    assert credit(units) <= credit(units + more)
    assert credit(0) == 0
