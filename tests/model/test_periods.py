"""Periods as texts say them."""

import pytest

from ccclauses.model.words.periods import periods_in, rhythms_in, same_period, says
from ccclauses.model.words.quantity import Duration


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("within 5 days of the end of each calendar month", "1 month"),
        ("at least once a year", "1 year"),
        ("at least once in 12 months", "12 months"),
        ("once every two weeks", "2 weeks"),
        ("Every 3 months the Provider shall", "3 months"),
        ("each calendar quarter", "3 months"),
        ("each anniversary of the date of this Annex", "12 months"),
        ("measures on each Business Day", "1 Business Day"),
        ("shall review the list annually and", "1 year"),
        ("shall send it quarterly.", "3 months"),
        ("every\u00a010 Business Days", "10 Business Days"),
    ],
)
def test_a_rhythm_is_read(text, period):
    assert says(text, Duration.parse(period), recurs=True)
    assert len(list(rhythms_in(text))) == 1


@pytest.mark.parametrize(
    "text",
    ["the Monthly Charges", "the daily figures", "each event", "every query", "a month", "in each other", "per record"],
)
def test_what_is_no_rhythm_is_not_read_as_one(text):
    assert not list(rhythms_in(text))


def test_a_rhythm_is_no_time_within_which_something_is_due():
    text = "every 3 months, within ten Business Days of its end, and no later than two years after it"
    assert [(s.words, str(s.period)) for s in periods_in(text)] == [
        ("ten Business Days", "10 Business Days"),
        ("two years", "2 years"),
    ]
    assert [s.words for s in rhythms_in(text)] == ["every 3 months"]


def test_days_and_business_days_are_told_apart():
    assert not says("within 10 days", Duration.parse("10 Business Days"), recurs=False)
    assert not says("within 10 Business Days", Duration.parse("10 days"), recurs=False)


@pytest.mark.parametrize(("one", "other", "same"), [
    ("12 months", "1 year", True), ("2 weeks", "14 days", True), ("24 hours", "1 day", False), ("30 days", "1 month", False),
])  # fmt: skip
def test_periods_are_the_same_only_where_every_calendar_agrees(one, other, same):
    assert same_period(Duration.parse(one), Duration.parse(other)) is same
