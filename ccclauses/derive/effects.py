"""Resolution → what a profile says against itself or without effect, and what the text promises to be in a schedule that lacks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..model.diagnostic import Diagnostic, Severity
from ..model.library.condition import Condition
from ..model.library.library import closest
from ..model.library.roles import CREDIT_ROLES
from ..model.profile import Profile, Resolution, ResolvedClause
from ..resolve.contradictions import contradictions
from ..resolve.judge import Judge
from ..resolve.other_laws import other_laws
from ..resolve.selection import brought_in
from ..resolve.situation import judge_of
from ..resolve.suggestions import suggested_frameworks
from ..syntax.texts import Choose, Include, Print, Steps, read_text

_SECOND_PLACE = ("secondary", "backup", "recovery", "standby", "disaster")
# What is in the way of a passage: conditions that fail and must hold, or hold and must fail.
Way = tuple[tuple[Condition, bool], ...]


def silent_effects(resolution: Resolution) -> Iterator[Diagnostic]:
    """What a profile says without effect in the chosen wording, and what its particulars and its schedules lack."""
    reasons = {r.clause.id: r.because for r in resolution.clauses}
    yield from contradictions(resolution.profile, resolution.library, reasons)
    if not resolution.profile.unread:  # what could not be read may be what would answer it
        suggested = {f.id for f, _ in suggested_frameworks(resolution.profile, resolution.library)}
        yield from other_laws(resolution.profile, resolution.library, suggested)
    yield from _unprinted(resolution)
    yield from _postures(resolution)
    yield from _sums_without_credits(resolution)
    if "subcontractors" not in resolution.profile.unread:
        yield from _identities(resolution.profile)
    if "sites" not in resolution.profile.unread:
        yield from _sites(resolution)


# -- settings ---------------------------------------------------------------------------------------------------------


def _unprinted(resolution: Resolution) -> Iterator[Diagnostic]:
    judge = judge_of(resolution)
    for name, asked in resolution.profile.settings.items():
        setting = resolution.settings.get(name)
        if setting is None or setting.parameter.role in CREDIT_ROLES:
            continue  # a setting of a clause that is not in the annex is reported when the profile is resolved
        owner = next(r for r in resolution.clauses if name in r.clause.parameters)
        usual = _with_usual(name, owner, resolution)
        if _brings(name, resolution) or any(_uses(r, name, resolution, judge, usual) for r in resolution.clauses):
            continue
        ways = list(_ways_to(name, owner, resolution, judge))
        against = {n for way in ways for c, _ in way for t in c.tests() for n in (t.name, *t.names)}
        also = [n for n in resolution.profile.settings if n in against and n != name]
        if ways:
            conditions = " and ".join(dict.fromkeys(f"`{c}`" if holds else f"not `{c}`" for c, holds in ways[0]))
            why = f"“{owner.clause.title}” prints it only where {conditions}"
            hint = f"take out `{name}` or {' or '.join(f'`{n}`' for n in also)}" if also else f"take `{name}` out"
        else:
            why = f"the {owner.posture} wording of “{owner.clause.title}” does not print it"
            hint = f"choose another posture for `{owner.clause.topic}`, or take `{name}` out"
        values = " and ".join(f"`{n}: {resolution.profile.settings[n].value}`" for n in (name, *also))
        message = f"{values} contradict each other: {why}" if also else f"`{name}` has no effect: {why}"
        yield Diagnostic(
            rule="setting-without-effect",
            severity=Severity.ERROR if also else Severity.WARNING,
            message=message,
            at=asked.at,
            hint=hint,
        )


def _with_usual(name: str, owner: ResolvedClause, resolution: Resolution) -> Judge:
    """A judge for the deal with the usual value in place of the one that its profile sets."""
    setting = resolution.settings[name]
    usual = replace(setting, value=setting.parameter.values.get(owner.posture, setting.value))
    return judge_of(replace(resolution, settings={**resolution.settings, name: usual}))


def _brings(name: str, resolution: Resolution) -> bool:
    """Whether a clause of the annex is in on a condition that asks for the name."""
    return any(_asks(brought_in(r.clause, resolution.form), name) for r in resolution.clauses)


def _asks(condition: Condition, name: str) -> bool:
    return any(name in (t.name, *t.names) for t in condition.tests())


def _uses(resolved: ResolvedClause, name: str, resolution: Resolution, judge: Judge, usual: Judge) -> bool:
    """Whether the wording of a clause prints a value, or takes another way for it."""
    return any(
        _active(steps, name, resolved, resolution, judge, usual) for steps in _passages(resolved, name, resolution)
    )


def _passages(resolved: ResolvedClause, name: str, resolution: Resolution) -> Iterator[Steps]:
    """The chosen wording, and the definitions with those of the first clause, where they mention the name at all."""
    clause = resolved.clause
    texts = [resolved.variant.text, *(p.text for p in clause.parts)]
    if clause is resolution.clauses[0].clause:
        texts += [d.text for d in resolution.definitions]
    if any(name in text for text in texts):
        yield read_text(resolved.variant.text)[0]
        if clause is resolution.clauses[0].clause:
            yield from (read_text(d.text)[0] for d in resolution.definitions if name in d.text)


def _turns(condition: Condition, name: str, judge: Judge, usual: Judge) -> bool:
    """Whether a condition asks for the name and comes out otherwise by its value; the usual value has the effect that it has."""
    if not _asks(condition, name):
        return False
    return judge.value(name) == usual.value(name) or judge.applies(condition) != usual.applies(condition)


def _active(
    steps: Steps, name: str, resolved: ResolvedClause, resolution: Resolution, judge: Judge, usual: Judge
) -> bool:
    """Whether the steps that are taken in this deal print the name or turn on its value."""
    for step in steps:
        if isinstance(step, Print) and step.name == name:
            return True
        if isinstance(step, Include) and any(
            _active(part, name, resolved, resolution, judge, usual) for part in _parts(step.part, resolved, resolution)
        ):
            return True
        if isinstance(step, Choose):
            for branch in step.branches:
                if _turns(branch.when, name, judge, usual):
                    return True
                if judge.applies(branch.when):
                    if _active(branch.steps, name, resolved, resolution, judge, usual):
                        return True
                    break
    return False


def _parts(name: str, resolved: ResolvedClause, resolution: Resolution) -> Iterator[Steps]:
    for part in resolved.clause.parts:
        if part.name == name and (not part.laws or closest(part.laws, resolution.law)):
            yield read_text(part.text)[0]


def _ways_to(name: str, resolved: ResolvedClause, resolution: Resolution, judge: Judge) -> Iterator[Way]:
    """For each place at which the chosen wording would print a value: the conditions that do not hold on the way."""

    def walk(steps: Steps, failed: Way) -> Iterator[Way]:
        for step in steps:
            if isinstance(step, Print) and step.name == name:
                yield failed
            elif isinstance(step, Include):
                for part in _parts(step.part, resolved, resolution):
                    yield from walk(part, failed)
            elif isinstance(step, Choose):
                passed = failed
                for branch in step.branches:
                    holds = judge.applies(branch.when)
                    if _asks(branch.when, name) and (others := tuple(_failing(branch.when, name, judge))):
                        yield (*passed, *others)
                    yield from walk(branch.steps, passed if holds else (*passed, (branch.when, True)))
                    passed = (*passed, (branch.when, False)) if holds else passed

    yield from walk(read_text(resolved.variant.text)[0], ())


def _failing(condition: Condition, name: str, judge: Judge) -> Iterator[tuple[Condition, bool]]:
    """What else must hold for a condition to turn on the name, and does not."""
    for part in condition.parts if condition.join == "all" else ():
        alone = part if isinstance(part, Condition) else Condition("all", (part,))
        if not _asks(alone, name) and not judge.applies(alone):
            yield alone, True


def _postures(resolution: Resolution) -> Iterator[Diagnostic]:
    topics = {r.clause.topic for r in resolution.clauses}
    for topic in resolution.profile.postures:
        if topic not in topics:
            title = resolution.library.topics[topic].title
            yield Diagnostic(
                rule="setting-without-effect",
                severity=Severity.WARNING,
                message=f"`postures.{topic}` has no effect: no clause on {title} is in the annex",
                at=resolution.profile.at(f"postures.{topic}"),
                hint="include a clause on it, or take the posture out",
            )


def _sums_without_credits(resolution: Resolution) -> Iterator[Diagnostic]:
    """Sums that a profile agrees for failures, where the annex has no credits."""
    capping = resolution.library.owner(resolution.library.roles.get("at_risk_month", ""))
    if capping is None or any(r.clause.id == capping.id for r in resolution.clauses):
        return
    profile = resolution.profile
    written = [(f"credits.{name}", asked.at) for name, asked in profile.credits.items()]
    written += [(f"failures.{name}", terms.at) for name, terms in profile.failures.items()]
    for name, at in written:
        yield Diagnostic(
            rule="setting-without-effect",
            severity=Severity.WARNING,
            message=f"`{name}` has no effect: the clause on {capping.title} is not in the annex, so no failure costs anything",
            at=at,
            hint=f"let the clause on {capping.title} in, or take the sum out",
        )


# -- schedules --------------------------------------------------------------------------------------------------------


def _sites(resolution: Resolution) -> Iterator[Diagnostic]:
    profile = resolution.profile
    if profile.sites and _promises_second(resolution) and not any(_second(profile)):
        yield Diagnostic(
            rule="schedule-lacks",
            severity=Severity.WARNING,
            message="backups are kept at the secondary Site that the schedule of sites names, and no site in it is one",
            at=profile.at("sites"),
            hint="add the site, with a purpose such as `Secondary Site for backups and recovery`",
        )


def _identities(profile: Profile) -> Iterator[Diagnostic]:
    """Subcontractors of whom the European Data Protection Board wants more at hand (Opinion 22/2024)."""
    lacking = [s for s in profile.subcontractors if not (s.address and s.contact)]
    if lacking and {"gdpr", "uk_gdpr"} & set(profile.frameworks):
        yield Diagnostic(
            rule="schedule-lacks",
            severity=Severity.NOTE,
            message=f"the schedule gives no address and contact person of {', '.join(s.name for s in lacking)}; controllers "
            "should have both at hand for every processor in the chain (EDPB Opinion 22/2024)",
            at=lacking[0].at,
            hint="write `address` and `contact` with the subcontractor",
        )


def _promises_second(resolution: Resolution) -> bool:
    words = 'secondary Site that {{ schedule("sites") }} names'
    return any(words in " ".join(r.variant.text.split()) for r in resolution.clauses)


def _second(profile: Profile) -> Iterator[bool]:
    for site in profile.sites:
        yield any(word in f"{site.name} {site.purpose}".casefold() for word in _SECOND_PLACE)
