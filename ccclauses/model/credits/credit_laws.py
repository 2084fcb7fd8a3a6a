"""What a table of credits must keep to be fair and to work, whatever its sums: the laws, and what breaks them in money.

The tables that the library derives keep every law; they are asked of a table in which a profile sets sums itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from ..profile import FailureTerms
from ..words.plurals import counted
from ..words.quantity import minor_units
from .credit import CLASS_SUMS, FEWEST_SEATS, PEOPLE, CreditRules, CreditTable, Sanction

HOURS, HOURS_REPEATED = 72, 48  # the clock of GDPR article 33, and what a notice within 24 hours leaves of it
DAYS, BUSINESS_DAYS = 31, 23  # the most that a calendar month has
SURE_HOURS = 24
_HALF = Decimal("0.5")
_FIFTH = Decimal("0.2")
_YEAR_LEAST, _YEAR_MOST = 4, 12  # full months that a yearly cap holds

Law = Callable[[CreditTable, int], Iterator[str]]


def broken_laws(rules: CreditRules, table: CreditTable) -> tuple[str, ...]:
    """What is wrong with a table, in words and money; empty for one that keeps every law."""
    seats = max(rules.seats or FEWEST_SEATS, FEWEST_SEATS)
    return tuple(message for law in LAWS for message in law(table, seats))


def too_small(rules: CreditRules, charges: Decimal) -> str:
    """Why the charges are too small for this currency, or nothing."""
    table = rules.table(charges)
    least = Decimal(1).scaleb(-minor_units(rules.currency))
    low = [name for name in CLASS_SUMS if getattr(table, name) < least and name not in rules.own]
    if not low:
        return ""
    return (
        f"credits of {rules.at_risk_month.wording()} of {rules.money(charges)} a month come to less than "
        f"{rules.money(least)} for one unit; raise `at_risk_month`, or set the sums in `credits:`"
    )


def terms_problem(sanction: Sanction, terms: FailureTerms) -> str:
    """Why what a profile agrees for a failure can't have effect, or nothing."""
    alone = [
        name for name, value in (("per", terms.per), ("event_cap", terms.event_cap)) if value and terms.rate is None
    ]
    if alone:
        named = " and ".join(f"`{name}`" for name in alone)
        return f"{named} would have no effect, since the failure keeps the sums of its class; write its own sum under `rate` too"
    if sanction.tolerance_counted and sanction.counted in ("act", "unit"):
        return (
            f"a tolerance of {terms.tolerance} {terms.tolerance_of} can't be counted, since the credit is for each {sanction.unit} "
            "and not for its days or hours; write `per` with the time too, such as `agent-day`"
        )
    if sanction.tolerance and sanction.for_each_unit and sanction.tolerance_counted:
        return "a tolerance in hours or days needs a sum of its own under `rate`, since its class counts each unit for itself"
    return ""


def own_sum_problem(sanction: Sanction, table: CreditTable) -> str:
    """Why a sum that a profile agrees for one failure can't be used, or nothing."""
    if sanction.own is None or not table.currency:
        return ""
    least = Decimal(1).scaleb(-minor_units(table.currency))
    _, rate, most = sanction.sums(table)
    cap = table.month_notice if sanction.cls == "notice" else table.month
    if rate < least or rate % least:
        return f"{table.currency} {rate} is not a whole number of the smallest unit of {table.currency}"
    if most is not None and rate > most:
        own = (
            "the most for a month"
            if sanction.own.most
            else "the most for a month in its class; write an `event_cap` too"
        )
        return f"{table.money(rate)} for each {sanction.unit} is more than {table.money(most)}, {own}"
    if most is not None and most > cap * _HALF:
        return f"a cap of {table.money(most)} leaves less than half of the monthly cap of {table.money(cap)}"
    return ""


def order_of_own_sums(sanctions: Iterable[Sanction], table: CreditTable) -> Iterator[tuple[Sanction, str]]:
    """Own sums of a lesser class above those of a graver one, in money."""
    for sanction in sanctions:
        if sanction.own and sanction.cls == "C" and table.currency:
            one, person = sanction.amount(1, table).amount, table.b_base + min(table.b_person, table.b_other)
            if one > person:
                yield (
                    sanction,
                    (
                        f"one {sanction.unit} (Class C) costs {table.money(one)}, more than the first day of a Class B "
                        f"failure ({table.money(person)})"
                    ),
                )


# -- the laws -------------------------------------------------------------------------------------------------------


def _c(table: CreditTable, days: int) -> Decimal:
    return min(table.c_base + days * table.c_day, table.c_most)


def _b(table: CreditTable, days: int, name: str = "b_other") -> Decimal:
    return min(table.b_base + days * getattr(table, name), table.b_most)


def _a(table: CreditTable, hours: int, repeated: bool = False) -> Decimal:
    return min(table.a_base * (2 if repeated else 1) + hours * table.a_hour, table.a_most)


_B_UNITS = (("b_person", PEOPLE[0]), ("b_other", "other unit"))


def classes_in_order(table: CreditTable, seats: int) -> Iterator[str]:
    """For the same number of days A costs at least B and B at least C."""
    money = table.money
    for name, unit in _B_UNITS:
        for days in range(1, BUSINESS_DAYS + 1):
            if _b(table, days, name) < _c(table, days):
                yield (
                    f"a report {counted(days, 'Business Day')} late costs {money(_c(table, days))}, more than one {unit} of "
                    f"Class B for {counted(days, 'day')} ({money(_b(table, days, name))})"
                )
                break
        if table.a_act < _b(table, DAYS, name):
            yield f"an act of Class A costs {money(table.a_act)}, less than one {unit} of Class B ({money(_b(table, DAYS, name))})"


def classes_apart(table: CreditTable, seats: int) -> Iterator[str]:
    """One unit of A costs at least 10 Business Days of C and 3 days of B; one unit of B at least 3 of C."""
    money, hour = table.money, _a(table, 1)
    least = min(_b(table, 1, name) for name, _ in _B_UNITS)
    if hour < _c(table, 10):
        yield f"the first hour of a late notice costs {money(hour)}, less than a report 10 days late ({money(_c(table, 10))})"
    for name, unit in _B_UNITS:
        if hour < _b(table, 3, name):
            yield f"the first hour of a late notice costs {money(hour)}, less than one {unit} of Class B for 3 days ({money(_b(table, 3, name))})"
    if least < _c(table, 3):
        yield f"one day of Class B costs {money(least)}, less than a report 3 Business Days late ({money(_c(table, 3))})"


def nothing_dead(table: CreditTable, seats: int) -> Iterator[str]:
    """Every rate adds money."""
    for name in ("a_hour", "a_act", "b_person", "b_other", "c_day"):
        if not getattr(table, name):
            yield f"`{name}` is nothing, so a longer failure costs no more than a short one"


def hours_count(table: CreditTable, seats: int) -> Iterator[str]:
    """The maximum of a late notice is not reached before 72 hours, or 48 where it is repeated."""
    for hours, repeated in ((HOURS, False), (HOURS_REPEATED, True)):
        if _a(table, hours - 1, repeated) >= table.a_most:
            which = "repeated late notice" if repeated else "late notice"
            yield f"a {which} reaches {table.money(table.a_most)} before hour {hours}, and every further hour is free"


def days_count(table: CreditTable, seats: int) -> Iterator[str]:
    """No first failure reaches its maximum within a month by days, nor by a third of the seats for a day."""
    if table.b_base + DAYS * table.b_other > table.b_most:
        yield f"a Class B failure reaches {table.money(table.b_most)} before the month ends, and further days are free"
    if table.c_base + BUSINESS_DAYS * table.c_day > table.c_most:
        yield f"a late report reaches {table.money(table.c_most)} before the month ends, and further days are free"
    people = seats // 3
    if table.b_base + people * table.b_person > table.b_most:
        yield f"{people} people for one day reach {table.money(table.b_most)}, and every further person is free"


def room_left(table: CreditTable, seats: int) -> Iterator[str]:
    """The worst failure of a paragraph leaves at least half of the month, so that another still costs."""
    for name, what in (("a_most", "a recovery"), ("a_act", "an act of Class A"), ("b_most", "a Class B failure"),
                       ("c_most", "a Class C failure")):  # fmt: skip
        if getattr(table, name) > table.month * _HALF:
            yield f"{what} takes {table.money(getattr(table, name))} of the monthly cap of {table.money(table.month)}"


def notice_never_free(table: CreditTable, seats: int) -> Iterator[str]:
    """A late notice is credited in full for its first day, whatever else has happened; so is its maximum."""
    if table.a_most > table.month_notice:
        yield f"a late notice of {table.money(table.a_most)} is cut by its monthly cap of {table.money(table.month_notice)}"
    if _a(table, SURE_HOURS) * 4 > table.year_notice:
        yield f"four notices a day late exceed their yearly cap of {table.money(table.year_notice)}"


def caps_nest(table: CreditTable, seats: int) -> Iterator[str]:
    """Caps rise: C, B, A, month, year; a yearly cap holds 4 to 12 full months."""
    money = table.money
    chain = (("c_most", "Class C"), ("b_most", "Class B"), ("a_most", "Class A"), ("month", "a month"))
    for (low, lower), (high, higher) in zip(chain, chain[1:]):
        if getattr(table, low) > getattr(table, high):
            yield f"the maximum of {lower} ({money(getattr(table, low))}) is above that of {higher} ({money(getattr(table, high))})"
    for month, year in ((table.month, table.year), (table.month_notice, table.year_notice)):
        if not _YEAR_LEAST * month <= year <= _YEAR_MOST * month + _YEAR_MOST:
            yield (
                f"a yearly cap of {money(year)} with a monthly cap of {money(month)}: it should hold "
                f"{_YEAR_LEAST} to {_YEAR_MOST} months"
            )


def in_proportion(table: CreditTable, seats: int) -> Iterator[str]:
    """The first unit of a class costs at least a share of a seat's part of the cap, and at most a fifth of the cap."""
    seat = table.month / seats
    for share, name, first in (
        (Decimal(1), "Class A", _a(table, 1)),
        (Decimal("0.4"), "Class B", _b(table, 1, "b_person")),
        (Decimal("0.2"), "Class C", _c(table, 1)),
    ):
        least = seat * share
        if first < least - least / 50:  # what rounding takes
            yield f"the first unit of {name} costs {table.money(first)}, which nobody feels in a cap of {table.money(table.month)}"
        if first > table.month * _FIFTH:
            yield f"the first unit of {name} costs {table.money(first)}, more than a fifth of the monthly cap of {table.money(table.month)}"


LAWS: tuple[Law, ...] = (
    classes_in_order,
    classes_apart,
    nothing_dead,
    hours_count,
    days_count,
    room_left,
    notice_never_free,
    caps_nest,
    in_proportion,
)
