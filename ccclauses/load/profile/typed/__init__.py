"""What people type, read forgivingly: for the page, for the questions of `new`, for answers, and for hints about a profile.

`reading` has the value that comes of it; `numbers`, `money`, `periods`, `days`, `places`, `reach` and `choices` read one sort
each. A profile itself is read strictly (`load/document/kinds.py`), so that what is in it has one meaning for everybody.
"""

from __future__ import annotations

from .choices import yes_no
from .days import day
from .money import currency, money
from .numbers import decimal, months, percentage, whole
from .periods import period
from .places import country, language, place, time_zone
from .reach import email, phone
from .reading import READ_ALONE, Habits, Meant, Read, Typed

__all__ = ["READERS", "READ_ALONE", "Habits", "Meant", "Typed"]

READERS: dict[str, Read] = {
    "yes or no": yes_no,
    "a date": day,
    "a sum of money": money,
    "a currency": currency,
    "a whole number": whole,
    "a number": decimal,
    "a percentage": percentage,
    "a number of months": months,
    "a period": period,
    "a country": country,
    "a place": place,
    "a time zone": time_zone,
    "a language": language,
    "an email address": email,
    "a telephone number": phone,
}  # by what a kind of value is called in messages
