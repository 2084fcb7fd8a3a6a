"""Weekends and regional holidays are those of the package `holidays`, kept here because it takes long to import."""

from __future__ import annotations

from datetime import date

import holidays

from ccclauses.common.workdays import REGIONAL, WorkCalendar, regional_holidays, weekend, weekend_name


def countries():
    return [c for c in holidays.list_supported_countries() if len(c) == 2 and c != "UK"]


def test_every_weekend_is_that_of_the_package_but_for_six_day_weeks():
    for country in countries():
        theirs = set(holidays.country_holidays(country).weekend)
        assert weekend(country) == (theirs if theirs != {6} else {5, 6}), country


def test_every_country_with_holidays_of_its_parts_is_known():
    assert REGIONAL == {c for c in countries() if c != "US" and regional_holidays(c, 2026)}


def test_business_days_of_egypt():
    egypt = WorkCalendar(place="EG", time_zone="Africa/Cairo")
    assert [egypt.is_business_day(date(2026, 5, day)) for day in (7, 8, 9, 10)] == [True, False, False, True]
    assert weekend_name("EG") == "friday_saturday" and weekend_name("GB-ENG") == "saturday_sunday"
