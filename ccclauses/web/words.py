"""Small words of the page: sums, counts, times."""

from __future__ import annotations

from datetime import date, datetime

from ..model.words.quantity import Money

_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$", "INR": "₹"}


def short_money(money: Money | None) -> str:
    """A sum as one says it: £1,450; with the letters of the currency where its sign is not known everywhere."""
    if money is None:
        return ""
    amount = f"{money.amount:,.2f}".removesuffix(".00")
    sign = _SIGNS.get(money.currency)
    return f"{sign}{amount}" if sign else f"{money.currency} {amount}"


def when(at: datetime | None, today: date) -> str:
    """A day as one says it of something recent: "today 14:32", "Tuesday", "3 March"."""
    if at is None:
        return ""
    days = (today - at.date()).days
    if days == 0:
        return f"today {at:%H:%M}"
    if days == 1:
        return "yesterday"
    if 0 < days < 7:
        return f"{at:%A}"
    return f"{at.day} {at:%B}" + (f" {at.year}" if at.year != today.year else "")


def count(number: int, one: str, more: str = "") -> str:
    """A number with its word: "1 page", "12 pages"."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"
