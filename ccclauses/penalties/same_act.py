"""Entries of a ledger that belong to one act, and entries that were given twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..model.diagnostic import Diagnostic, Severity
from .event import Event


def given_twice(events: Iterable[Event]) -> Iterable[Diagnostic]:
    """The rows that tell an event a second time, and those that look as if they did."""
    seen: dict[tuple[str, str, str], Event] = {}
    alike: dict[tuple[object, ...], Event] = {}
    for event in events:
        key = (event.id, event.sanction.name, event.unit)
        first = seen.setdefault(key, event)
        if first is not event:
            message = (
                f"event `{event.id}` appears twice for `{event.sanction.name}`; it was first on line {first.at.line}"
            )
            yield Diagnostic(rule="event-twice", message=message, at=event.at, hint="delete one of the two rows")
            continue
        twin = alike.setdefault((event.sanction.name, event.began, event.days, event.unit, event.fact), event)
        if twin is not event:
            message = (
                f"event `{event.id}` has the failure, times and figures of event `{twin.id}` on line {twin.at.line}"
            )
            hint = "delete one row if they are one event; leave both if they are two"
            yield Diagnostic(rule="event-alike", message=message, at=event.at, severity=Severity.WARNING, hint=hint)


def with_root(event: Event, acts: dict[str, str]) -> Event:
    """The event with its act: the act of the event that it names, and so on to the first one."""
    root, seen = event.act, set[str]()
    while root in acts and root not in seen:
        seen.add(root)
        root = acts[root]
    # Events that name each other in a circle share one act, whichever of them is asked.
    root = min(seen) if root in seen and acts.get(root) != root else root
    return replace(event, act=root)
