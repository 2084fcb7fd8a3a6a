"""Values of the signed annex that stay, and what the new library says against them."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.annex import Annex
from ...model.diagnostic import Severity
from ...model.findings.amendment import Concern
from ...model.library.clause import Clause, Parameter
from ...model.library.condition import comparable
from ...model.library.library import Library
from ...resolve.judge import said
from ..known import Known
from .merged import Merged


def concerns(known: Known, merged: Merged, old: Library | None, new: Library) -> tuple[Concern, ...]:
    """Values of the signed annex that stay, and what the new library says against them."""
    return (*_broken(known, merged, new), *_beyond(merged.annex, new), *_moved(known, merged, old, new))


def _broken(known: Known, merged: Merged, new: Library) -> Iterator[Concern]:
    told = {(d.rule, d.message) for d in (known.under_old.broken if known.under_old else ())}
    rules = {c.id: c for c in new.constraints}
    for problem in merged.taken.broken:
        if (problem.rule, problem.message) in told or problem.rule not in rules:
            continue
        rule = rules[problem.rule]
        tests = [t for c in (rule.limit, rule.rule) if c for t in c.tests()]
        names = [n for n in dict.fromkeys(n for t in tests for n in t.names) if n in merged.taken.resolution.settings]
        name = names[0] if names else ""
        setting = merged.taken.resolution.settings.get(name)
        yield Concern(
            parameter=name,
            label=setting.parameter.label if setting else rule.id,
            value=said(setting.value) if setting else "",
            kind="unmet" if problem.severity is Severity.ERROR else "advised",
            reason=problem.message,
        )


def _beyond(annex: Annex, new: Library) -> Iterator[Concern]:
    for name, entry in annex.parameters.items():
        parameter = new.parameter(name)
        if parameter and not _within(entry.value, parameter):
            ends = " to ".join(said(v) if v is not None else "any" for v in (parameter.minimum, parameter.maximum))
            yield Concern(
                parameter=name,
                label=entry.label,
                value=entry.text,
                kind="out of range",
                reason=f"the library now allows {ends}",
            )


def _within(value: object, parameter: Parameter) -> bool:
    low, high = parameter.minimum, parameter.maximum
    like = low if low is not None else high
    if like is None or type(value) is not type(like):
        return True
    one = comparable(value)
    above = low is None or comparable(low) <= one
    return above and (high is None or one <= comparable(high))


def _moved(known: Known, merged: Merged, old: Library | None, new: Library) -> Iterator[Concern]:
    """Values that the profile or the parties chose, where the library's own moved."""
    if old is None:
        return
    postures = {r.clause.id: r.posture for r in merged.fresh.resolution.clauses}
    for name, entry in merged.annex.parameters.items():
        before, after = old.parameter(name), new.parameter(name)
        owner: Clause | None = new.owner(name)
        posture = postures.get(owner.id, "") if owner else ""
        if before is None or after is None or posture not in before.values or posture not in after.values:
            continue
        then, now = before.values[posture], after.values[posture]
        setting = merged.taken.resolution.settings.get(name)
        if then != now and entry.value != now and setting is not None and setting.source == "profile":
            yield Concern(
                parameter=name,
                label=entry.label,
                value=entry.text,
                kind="moved",
                reason=f"the library's own value moved from {said(then)} to {said(now)}; the annex keeps its own",
            )
