"""Values of a profile changed one by one, each against what its writer saw; everything else in the file stays as it was.

A screen calls `save(deal, [Change("charges.monthly", "GBP 14,500.00", seen="")])` and shows what comes back: what was saved is
one version, what somebody else changed meanwhile is a `Conflict` with both values, and what can't stand is `Refused` with the
reason. Nothing of a refused change is written, and nothing keeps the other changes from being saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..load.document.edit import CantEdit, Value, edited, written
from ..model.diagnostic import Diagnostic, errors
from .folder import Deal, DealError
from .state import of_text
from .versions import keep


@dataclass(frozen=True, slots=True)
class Change:
    """A value to be written at a path of the profile; empty takes it away. `seen` is what stood there for whoever changed it,
    None for a change that holds whatever is there."""

    path: str
    value: Value
    seen: Value | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """It is in the file, as (part of) the version of that number."""

    path: str
    version: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else changed the same value: what is in the file now, and what was to be written."""

    path: str
    theirs: Value
    ours: Value


@dataclass(frozen=True, slots=True)
class Refused:
    """The value can't stand; the file is as it was. `why` is a sentence, `hint` what would be right or empty."""

    path: str
    value: Value
    why: str
    hint: str = ""


Outcome = Saved | Conflict | Refused


def save(deal: Deal, changes: Iterable[Change]) -> tuple[Outcome, ...]:
    """Save what can be saved of the changes as one version; one outcome for each, in their order.

    Raises `DealError` when the file as a whole can't be read or written.
    """
    changes = list(changes)
    with deal.held():
        before = deal.text()
        try:
            text, out = _together(deal, before, changes) or _one_by_one(deal, before, changes)
        except CantEdit as problem:
            raise DealError(f"The file of this deal can't be changed: {problem}.") from None
        version = keep(deal, text)
    return tuple(Saved(o, version) if isinstance(o, str) else o for o in out)


def _together(deal: Deal, before: str, changes: Sequence[Change]) -> tuple[str, list[Outcome | str]] | None:
    """All changes at once, composed once; None where one of them can't stand, or was made against another value."""
    text = before
    for change in changes:
        now = written(text).get(change.path)
        if change.seen is not None and not same(now, change.value) and not same(now, change.seen):
            return None
        if not same(now, change.value):
            text = edited(text, [(change.path, change.value)])
    if text != before:
        known, found = _problems(deal, before), _problems(deal, text)
        if any(c.value and _new_at(c.path, text, known, found) for c in changes):
            return None
    return text, [c.path for c in changes]


def _one_by_one(deal: Deal, before: str, changes: Sequence[Change]) -> tuple[str, list[Outcome | str]]:
    """Each change by itself, so that one that can't stand keeps no other from being saved."""
    out: list[Outcome | str] = []
    text, known = before, _problems(deal, before)
    for change in changes:
        now = written(text).get(change.path)
        if same(now, change.value):
            out.append(change.path)
            continue
        if change.seen is not None and not same(now, change.seen):
            out.append(Conflict(change.path, now, change.value))
            continue
        after = edited(text, [(change.path, change.value)])
        found = _problems(deal, after)
        wrong = _new_at(change.path, after, known, found) if change.value else None
        if wrong:
            out.append(Refused(change.path, change.value, wrong.message, wrong.hint))
        else:
            text, known = after, found
            out.append(change.path)
    return text, out


def save_one(deal: Deal, path: str, value: Value, seen: Value | None = None) -> Outcome:
    """Save one value."""
    return save(deal, [Change(path, value, seen)])[0]


def same(one: Value, other: Value) -> bool:
    """Whether two values say the same: line breaks and spaces around a text, and keys that are empty, say nothing."""
    return _plain(one) == _plain(other)


def _plain(value: Value) -> object:
    if isinstance(value, str):
        return [" ".join(line.split()) for line in value.strip().splitlines()] or ""
    return [_plain(v) if isinstance(v, str) else {k: _plain(t) for k, t in v.items() if t.strip()} for v in value] or ""


def _problems(deal: Deal, text: str) -> Sequence[Diagnostic]:
    """The errors of a text of the deal; what it comes to is remembered for the screen that shows it next."""
    return errors(list(of_text(deal, text).found))


def _new_at(path: str, text: str, before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> Diagnostic | None:
    """The first error that a change brought, where it is in the change itself: what is missing elsewhere is not a fault of it."""
    known = {(d.rule, d.message) for d in before}
    lines = written(text).lines(path)
    new = (d for d in after if (d.rule, d.message) not in known and d.at.line in lines)
    return next((d for d in new if not d.rule.startswith("missing-")), None)
