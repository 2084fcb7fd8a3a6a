"""What one failure costs when it is late by so much: for an example, before anything has happened."""

from __future__ import annotations

from ..model.annex import Annex
from ..model.words.quantity import Duration, Money


def late_credit(annex: Annex, failure: str, late: Duration) -> Money | None:
    """The credit for one failure that lasts `late` beyond its deadline, within the cap of a month.

    None where the annex has no such credit, knows no charges, or counts what `late` does not measure (Business Days for hours).
    """
    sanction, rules = annex.sanctions.get(failure), annex.credit_rules
    if sanction is None or rules is None or rules.monthly_charges is None:
        return None
    count = _count(sanction.counted, late)
    if count is None:
        return None
    table = rules.table()
    cap = table.month_notice if sanction.cls == "notice" else table.month
    return Money(min(sanction.amount(count, table).amount, cap), rules.currency)


def _count(counted: str, late: Duration) -> int | None:
    if counted == "Business Day":
        return late.amount if late.calendar == "business" else None
    if late.calendar == "business" or counted not in ("hour", "day"):
        return None
    return int(-(-late.hours // (1 if counted == "hour" else 24)))
