"""A deal that changes: what of the new profile may change by an amendment, and which terms the annex had on which day."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from ..model.annex import Annex, Earlier
from ..model.diagnostic import Diagnostic
from ..model.library.clause import Value
from ..model.profile import Profile
from ..review.judge.agreed import setting_text
from ..review.judge.known import with_values
from ..sides.read import json_annex
from .known import Known
from .merging.merged import Merged
from .papers import Paper

_FIXED = (
    ("law", "the governing law"),
    ("form", "the form of the annex"),
    ("language", "the language"),
    ("currency", "the currency"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DealChange:
    """A deal as its profile said it when the annex was built, and as it is to be."""

    was: Profile
    to: Profile


def changed_deal(known: Known, deal: DealChange) -> Profile:
    """The new profile with what the parties agreed when they signed, wherever it asks for no other value than before."""
    was, to = deal.was.settings, deal.to
    agreed = {
        name: value
        for name, value in known.values.items()
        if (to.settings[name].value if name in to.settings else None) == (was[name].value if name in was else None)
    }
    return with_values(to, agreed) if agreed else to


def amended_profile(known: Known, deal: DealChange, out: Path) -> str:
    """The profile of the amended deal: the new one, with what the parties agreed besides."""
    path = os.path.relpath(Path(deal.to.file).resolve(), out.resolve()).replace(os.sep, "/")
    agreed = changed_deal(known, deal).settings
    return extending(path, {n: v for n, v in known.values.items() if n in agreed and agreed[n].value == v})


def extending(path: str, values: Mapping[str, Value]) -> str:
    """A profile that sets these values on top of the one at a path."""
    settings = "".join(f"  {name}: {setting_text(value)}\n" for name, value in sorted(values.items()))
    extends = f"extends: {json.dumps(path, ensure_ascii=False)}\n"
    return f"{extends}settings:\n{settings}" if settings else extends


def unchangeable(deal: DealChange) -> Iterator[Diagnostic]:
    """An error for each change that needs a new annex, or another contract, in place of an amendment."""
    old, to = deal.was, deal.to
    for key, label in _FIXED:
        before, after = getattr(old, key), getattr(to, key)
        if before != after:
            message = f"{label} changes from `{before}` to `{after}`, on which every clause of the signed annex rests"
            yield _refused(to, key, message, "build a new annex and let it replace this one")
    for party in ("client", "provider"):
        before, after = getattr(old, party).name, getattr(to, party).name
        if before != after:
            message = (
                f"the {party} changes from {before} to {after}, which an amendment between the old parties can't do"
            )
            hint = (
                "transfer the contract first, with the consent of all three; or write the new name of the same company"
            )
            yield _refused(to, f"parties.{party}", message, hint)


def _refused(profile: Profile, key: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(rule="not-amendable", message=message, at=profile.at(key), hint=hint)


def with_history(merged: Merged, paper: Paper, to: Profile, effective: date) -> Annex:
    """The consolidated annex with what it was before, so that calendar and calculator know the terms of each day."""
    beside = [json_annex(p, p.name)[0] for p in (paper.agreed, paper.built) if p]
    known = next((a for a in beside if a is not None and a.earlier), None)
    until = effective - timedelta(days=1)
    earlier = tuple(e for e in known.earlier if e.until < until) if known else ()
    signed = replace(merged.signed, earlier=(), services_start=None, term_months=None)
    return replace(
        merged.annex,
        contacts=to.contacts,
        calendar=to.calendar or merged.annex.calendar,
        time_zone=to.time_zone or merged.annex.time_zone,
        earlier=(*earlier, Earlier(annex=signed, until=until)),
        services_start=to.term_start,
        term_months=to.term_months,
    )
