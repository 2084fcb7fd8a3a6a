"""What people type: one meaning, several to choose from, or why none; and that a profile takes every meaning given."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccclauses.common.resources import library_folder
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.by_hand import kind_at, read_as, read_by_hand
from ccclauses.load.profile.typed import READERS, Habits

READ = [
    ("a country", "UK", "GB"),
    ("a country", "England", "GB"),
    ("a country", "Great Britain", "GB"),
    ("a country", "Deutschland", "DE"),
    ("a country", "the Netherlands", "NL"),
    ("a country", "U.S.A.", "US"),
    ("a country", "España", "ES"),
    ("a country", "日本", "JP"),
    ("a country", "gb", "GB"),
    ("a period", "12 hrs", "12 hours"),
    ("a period", "10 working days", "10 Business Days"),
    ("a period", "ten days", "10 days"),
    ("a period", "ten (10) days", "10 days"),
    ("a period", "a month", "1 month"),
    ("a period", "24-hour", "24 hours"),
    ("a period", "1.5 hours", "90 minutes"),
    ("a period", "half an hour", "30 minutes"),
    ("a period", "30 days' notice", "30 days"),
    ("a period", "within 48 hours", "48 hours"),
    ("a period", "a fortnight", "2 weeks"),
    ("a percentage", "5%", "5%"),
    ("a percentage", "5 per cent", "5%"),
    ("a percentage", "five percent", "5%"),
    ("a percentage", "0,5 %", "0.5%"),
    ("a date", "3 March 2026", "2026-03-03"),
    ("a date", "March 3rd, 2026", "2026-03-03"),
    ("a date", "3. März 2026", "2026-03-03"),
    ("a date", "Tuesday, 3 March 2026", "2026-03-03"),
    ("a date", "31/12/26", "2026-12-31"),
    ("a date", "12/31/2026", "2026-12-31"),
    ("a date", "03/03/2026", "2026-03-03"),
    ("a date", "3.2.2026", "2026-02-03"),
    ("a sum of money", "£14,500", "GBP 14,500.00"),
    ("a sum of money", "14 500 EUR", "EUR 14,500.00"),
    ("a sum of money", "14\u202f500,00\u00a0€", "EUR 14,500.00"),
    ("a sum of money", "1.500,00 €", "EUR 1,500.00"),
    ("a sum of money", "14.5k", "14,500.00"),
    ("a sum of money", "CHF 14'500.-", "CHF 14,500.00"),
    ("a sum of money", "1.2 million euros", "EUR 1,200,000.00"),
    ("a sum of money", "12,34,567 INR", "INR 1,234,567.00"),
    ("a sum of money", "2 crore Indian rupees", "INR 20,000,000.00"),
    ("a sum of money", "fourteen thousand five hundred pounds", "GBP 14,500.00"),
    ("a sum of money", "1.500 JPY", "JPY 1,500"),
    ("a sum of money", "KWD 1.500", "KWD 1.500"),
    ("a time zone", "London", "Europe/London"),
    ("a time zone", "Mumbai", "Asia/Kolkata"),
    ("a time zone", "Eastern Time", "America/New_York"),
    ("a language", "British English", "en-GB"),
    ("a language", "en_us", "en-US"),
    ("yes or no", "Ja", "yes"),
    ("yes or no", "nope", "no"),
    ("an email address", "Priya Nair <priya@Example.com>", "priya@example.com"),
    ("a telephone number", "0049 30 123456", "+49 30 123456"),
    ("a whole number", "12 seats", "12"),
    ("a whole number", "one hundred and twenty", "120"),
    ("a whole number", "twice a year", "2"),
    ("a number of months", "2.5 years", "30"),
    ("a place", "Bavaria", "DE-BY"),
    ("a place", "England", "GB-ENG"),
    ("a currency", "euros", "EUR"),
]
SEVERAL = [
    ("a sum of money", "1.500", ["1,500.00", "1.50"]),
    ("a sum of money", "€1.500", ["EUR 1,500.00", "EUR 1.50"]),
    ("a sum of money", "¥1500", ["JPY 1,500", "CNY 1,500.00"]),
    ("a date", "03/02/2026", ["2026-02-03", "2026-03-02"]),
    ("a date", "3-2-26", ["2026-02-03", "2026-03-02"]),
    ("a country", "Korea", ["KR", "KP"]),
    ("a period", "3m", ["3 minutes", "3 months"]),
    ("a percentage", "0.05", ["5%", "0.05%"]),
    ("a time zone", "IST", ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]),
    ("a place", "Georgia", ["US-GA", "GE"]),
]
UNREAD = [
    ("a country", "EU", "not one country"),
    ("a period", "12", "no unit"),
    ("a period", "2-3 days", "not one period"),
    ("a period", "immediately", "no time by which"),
    ("a date", "30 Feb 2026", "February 2026 has 28 days"),
    ("a date", "March 2026", "lacks the day"),
    ("a date", "3 March", "lacks the year"),
    ("a date", "13/13/2026", "no month 13"),
    ("a sum of money", "about 14k", "not one sum"),
    ("a sum of money", "£14,500 + VAT", "without taxes"),
    ("a sum of money", "£1000 EUR", "can't read"),
    ("a sum of money", "-5", "less than nothing"),
    ("a sum of money", "£174,000 a year", "for each year"),
    ("a time zone", "UTC+1", "when clocks change"),
    ("a time zone", "US", "several time zones"),
    ("an email address", "a@b.com, c@d.com", "more than one"),
    ("an email address", "a b@c.com", "not an e-mail address"),
    ("a telephone number", "020 7946 0000", "lacks the code of its country"),
    ("a whole number", "50-60", "not one number"),
    ("a whole number", "12 days", "whole number"),
    ("yes or no", "perhaps", "yes or no"),
]


@pytest.fixture(scope="module")
def library():
    return load_library(library_folder())[0]


@pytest.mark.parametrize("wanted, text, canonical", READ)
def test_what_has_one_meaning_is_read(wanted, text, canonical):
    meant = READERS[wanted](text, Habits()).meant
    assert meant and meant.text == canonical


@pytest.mark.parametrize("wanted, text, canonical", READ)
def test_the_canonical_form_reads_as_itself(wanted, text, canonical):
    meant = READERS[wanted](canonical, Habits()).meant
    assert meant and meant.text == canonical


@pytest.mark.parametrize("wanted, text, meanings", SEVERAL)
def test_what_has_several_meanings_is_not_taken(wanted, text, meanings):
    typed = READERS[wanted](text, Habits())
    assert typed.meant is None
    assert [m.text for m in typed.meanings] == meanings


@pytest.mark.parametrize("wanted, text, why", UNREAD)
def test_what_has_no_meaning_says_why_and_what_would_be_right(wanted, text, why):
    typed = READERS[wanted](text, Habits())
    assert typed.meanings == ()
    assert why in typed.why
    assert typed.example
    # The example is what a person can write instead.
    assert READERS[wanted](typed.example, Habits()).meanings


def test_a_slip_of_the_hand_is_asked_about_and_not_taken():
    typed = READERS["a country"]("Germny", Habits())
    assert typed.meant is None and typed.why and [m.text for m in typed.meanings] == ["DE"]
    wrong_day = READERS["a date"]("Monday 3 March 2026", Habits())
    assert wrong_day.meant is None and wrong_day.why == "3 March 2026 is a Tuesday, not a Monday"


def test_the_deal_decides_what_is_left_open():
    german = Habits(currency="EUR", country="DE", language="en-GB", today=date(2026, 3, 2))
    assert READERS["a sum of money"]("14,500", german).meant.shown == "EUR 14,500.00"
    pounds = READERS["a sum of money"]("£14,500", german)
    assert pounds.meant.text == "GBP 14,500.00"
    assert pounds.note == "The deal is in EUR. Is the contract in GBP?"
    assert READERS["a sum of money"]("$9,000", Habits(country="CA")).meant.text == "CAD 9,000.00"
    assert READERS["a telephone number"]("030 123456", german).meant.text == "+49 30 123456"
    assert READERS["a date"]("tomorrow", german).meant.text == "2026-03-03"
    assert READERS["a time zone"]("IST", Habits(country="IN")).meant.text == "Asia/Kolkata"
    american = READERS["a date"]("03/02/2026", Habits(country="US"))
    assert [m.shown for m in american.meanings] == ["2 March 2026", "3 February 2026"]


@pytest.mark.parametrize(
    "path, text, canonical",
    [
        ("parties.client.country", "Scotland", "GB"),
        ("charges.monthly", "£14,500 pcm", "GBP 14,500.00"),
        ("term.months", "three years", "36"),
        ("law", "New York", "US-NY"),
        ("law", "English law", "GB-EAW"),
        ("frameworks", "PCI DSS, UK GDPR and DORA", "pci_dss_4_0_1; uk_gdpr; dora"),
        ("posture", "Strict", "strict"),
        ("facts.seats", "12 agents", "12"),
        ("facts.takes_payments", "y", "yes"),
        ("facts.takes_payments", "I don't know yet", "unknown"),
        ("settings.breach_notice", "12 hrs", "12 hours"),
        ("settings.at_risk_month", "8 per cent", "8%"),
        ("contacts.0.email", "mailto:a@example.com", "a@example.com"),
        ("sites.0.country", "Philippines", "PH"),
        ("sites.0.address", "1 High Street\nLeeds", "1 High Street\nLeeds"),
        ("processing.data", "names; orders\ncalls", "names; orders; calls"),
        ("annex.language", "English", "en"),
        ("annex.status", "Final", "final"),
        ("parties.client.name", "  A   plc ", "A plc"),
    ],
)
def test_each_key_of_a_profile_is_read_by_what_it_holds(path, text, canonical, library):
    typed = read_by_hand(path, text, library)
    assert typed.meant, typed
    assert typed.meant.text == canonical


@pytest.mark.parametrize(
    "path, text, why",
    [
        ("settings.breach_notice", "20 years", "must lie between"),
        ("settings.breach_notice", "soon", "as a period"),
        ("facts.seats", "-3", "as a whole number"),
        ("annex.language", "German", "there is no German text"),
        ("term.months", "1500", "between 1 and 1200"),
        ("parties.client.name", "   ", "nothing is written"),
        ("parties.client.name", "x" * 5000, "longer than"),
    ],
)
def test_what_a_key_refuses_is_refused_with_its_bounds(path, text, why, library):
    typed = read_by_hand(path, text, library)
    assert typed.meanings == ()
    assert why in typed.why
    assert "`" not in typed.why


@pytest.mark.parametrize(
    "path", ["parties", "facts", "no.such", "contacts", "settings.nothing", "charges.monthly.more"]
)
def test_a_path_without_a_value_is_refused(path, library):
    with pytest.raises(LookupError):
        read_by_hand(path, "x", library)


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=40), wanted=st.sampled_from(sorted(READERS)))
def test_any_text_is_read_or_refused_with_a_reason(text, wanted):
    typed = READERS[wanted](text, Habits())
    assert typed.meanings or typed.why


@settings(max_examples=100, deadline=None)
@given(
    amount=st.decimals(min_value=0, max_value=10**9, places=2), currency=st.sampled_from(["GBP", "EUR", "INR", "USD"])
)
def test_every_sum_reads_back_as_it_is_shown(amount, currency):
    shown = f"{currency} {amount:,.2f}"
    german = f"{amount:,.2f}".translate(str.maketrans(",.", ".,")) + f" {currency}"
    assert READERS["a sum of money"](shown, Habits()).meant.text == shown
    assert READERS["a sum of money"](german, Habits()).meant.text == shown


def test_every_meaning_of_a_list_is_in_its_items(library):
    kind, entry = kind_at("frameworks", library)
    meant = read_as(kind, "dora; gdpr", library).meant
    assert meant and meant.items == ("dora", "gdpr")
