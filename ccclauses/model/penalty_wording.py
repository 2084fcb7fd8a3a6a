"""How each kind of penalty is worded, after "shall credit the Client"; `PenaltySchedule.wording` calls it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .quantity import Duration, Money, Percentage, Printed

if TYPE_CHECKING:
    from .penalty import Figure, PenaltySchedule

Wording = tuple[str | Printed, ...]


def wording_of(schedule: PenaltySchedule) -> Wording:
    """What a penalty amounts to, neighbouring plain words run together."""
    done: list[str | Printed] = []
    for piece in _WORDING[schedule.kind](schedule):
        if isinstance(piece, str) and done and isinstance(done[-1], str):
            done[-1] += piece
        elif piece:
            done.append(piece)
    return tuple(done)


def plural(noun: str, count: int) -> str:
    """The noun for that many: "1 hour", "2 copies" without the number."""
    if count == 1:
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def counted(count: int, noun: str) -> str:
    """A count and its noun: "1 hour", "3,200 records"."""
    return f"{count:,} {plural(noun, count)}"


def _rate(figure: Figure) -> tuple[str | Printed, ...]:
    """A rate with the base of a percentage."""
    return (
        (figure.printed(), " of the Monthly Charges") if isinstance(figure.value, Percentage) else (figure.printed(),)
    )


def _cap(schedule: PenaltySchedule) -> tuple[str | Printed, ...]:
    """The cap of a single event, or the share at risk in a month where the event has none."""
    if schedule.event_cap:
        return (", up to ", *_rate(schedule.event_cap), " for each event")
    return (", up to ", *_rate(schedule.month_cap), " for each month")


def is_zero(figure: Figure | None) -> bool:
    """Whether a figure is there and is nothing."""
    return figure is not None and not (
        figure.value.amount if isinstance(figure.value, (Money, Duration)) else figure.value.value
    )


def _late_wording(schedule: PenaltySchedule) -> Iterable[str | Printed]:
    assert schedule.rate
    if is_zero(schedule.rate):
        return (Printed(schedule.rate.parameter, "no sum"), " for delay")
    grace: tuple[str | Printed, ...] = ()
    if schedule.grace and not is_zero(schedule.grace):
        grace = (" after the first ", schedule.grace.printed())
    return (
        *_rate(schedule.rate),
        f" for each started {schedule.per} of delay",
        *grace,
        " until performance",
        *_cap(schedule),
    )


def _fixed_wording(schedule: PenaltySchedule) -> Iterable[str | Printed]:
    assert schedule.rate
    if is_zero(schedule.rate):
        return (Printed(schedule.rate.parameter, "no sum"), f" for each {schedule.per}")
    if schedule.per == "event" and schedule.event_cap:  # said once: for each event
        return (*_rate(schedule.rate), ", up to ", *_rate(schedule.event_cap), ", for each event")
    return (*_rate(schedule.rate), f" for each {schedule.per}", *_cap(schedule))


def _bands_wording(schedule: PenaltySchedule) -> Iterable[str | Printed]:
    noun, below = schedule.per, 0
    for index, band in enumerate(schedule.bands):
        if index:
            yield " and " if index == len(schedule.bands) - 1 else ", "
        yield from _rate(band.rate)
        if band.up_to is None:
            yield f" for each {noun} above {below:,}" if below else f" for each {noun}"
        elif not below:
            yield f" for each of the first {band.up_to:,} {plural(noun, band.up_to)}"
        else:
            yield f" for each {noun} from {below + 1:,} to {band.up_to:,}"
        below = band.up_to or below
    yield from _cap(schedule)


def _severity_wording(schedule: PenaltySchedule) -> Iterable[str | Printed]:
    for index, (severity, figure) in enumerate(schedule.severities):
        if index:
            yield " or " if index == len(schedule.severities) - 1 else ", "
        yield figure.printed()
        yield f" (Severity {severity})"
    yield " of the Monthly Charges for each event"
    yield from _cap(schedule)


def _shortfall_wording(schedule: PenaltySchedule) -> Iterable[str | Printed]:
    # Two sentences, since the first already stands at the end of the sentence that states the failure.
    assert schedule.rate and schedule.target
    return (
        "up to ",
        schedule.rate.printed(),
        " of the At-Risk Amount for each month. All of it is due where the measured share is more than 2 percentage"
        " points below ",
        schedule.target.printed(),
        ", half of it where the share is 1 to 2 points below, and a quarter of it where the share is less than"
        " 1 point below",
    )


_WORDING = {
    "late": _late_wording,
    "fixed": _fixed_wording,
    "bands": _bands_wording,
    "severity": _severity_wording,
    "shortfall": _shortfall_wording,
}
