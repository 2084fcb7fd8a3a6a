"""Constraints on the values in force: hard ceilings draw defaults in, the rest is reported with its reason and source."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import cast

from ..model.diagnostic import Diagnostic, Position, Severity
from ..model.library.clause import Value
from ..model.library.condition import Condition, Test, comparable
from ..model.library.library import Constraint
from ..model.profile import Setting
from .judge import Incomparable, Judge, NotInForce, compare, said
from .names import NAMES
from .situation import Situation

# A ceiling may name another parameter, which a ceiling of its own has moved. Chains as long as this don't occur, and a
# floor above a ceiling must not keep us here for ever.
ROUNDS = 6

_SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.NOTE}
_WORDS = {"<=": "at most", ">=": "at least", "<": "less than", ">": "more than", "==": "", "!=": "other than"}


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit as it applies here: its comparison with the value on its right side."""

    constraint: Constraint
    test: Test
    value: Value

    def met_by(self, setting: Setting) -> bool:
        """Whether the setting is within the limit."""
        met = compare(setting.value, self.test.operator, self.value, setting.parameter.choices)
        return met != self.test.negated

    def words(self) -> str:
        """The limit in words: "at most 6 hours"."""
        return f"{_WORDS[self.test.operator]} {said(self.value)}".strip()


def apply_constraints(situation: Situation, judge: Judge) -> list[Diagnostic]:
    """Draw the settings of `situation` to the ceilings that apply, and tell what stands against the rest."""
    problems: list[Diagnostic] = []
    # Conditions are judged once, on the values before any ceiling, so that a ceiling can't switch itself off.
    # A value that could not be read is reported already; what is in for it is no reason to report more.
    unread = situation.profile.unread
    applying = [
        c
        for c in situation.library.constraints
        if not (unread and _names_any(c, unread)) and _applies(c, judge, problems)
    ]
    hard = [c for c in applying if c.limit and c.severity == "error"]
    soft = [c for c in applying if c.limit and c.severity != "error"]
    problems += _draw_in(hard, situation, judge)
    problems += _beyond(hard, situation, judge)
    problems += _beyond(soft, situation, judge)
    problems += _out_of_range(situation)
    for constraint in applying:
        if constraint.rule:
            problems += _broken(constraint, situation, judge)
        elif not constraint.limit:
            problems.append(_diagnostic(constraint, constraint.reason, situation))
    return problems


def _names_any(constraint: Constraint, names: Collection[str]) -> bool:
    tests = [t for c in (constraint.when, constraint.limit, constraint.rule) if c for t in c.tests()]
    found = {n.partition(".")[0] for t in tests for n in t.names}
    # A name such as `work_countries` represents a key of the profile.
    return bool((found | {NAMES[n][1].partition(".")[0] for n in found if n in NAMES}) & set(names))


def _applies(constraint: Constraint, judge: Judge, problems: list[Diagnostic]) -> bool:
    try:
        return judge.applies(constraint.when)
    except Incomparable as problem:
        problems.append(_unfit(constraint, problem))
        return False


def _bounds(constraints: Iterable[Constraint], situation: Situation, judge: Judge) -> Iterator[tuple[str, Bound]]:
    """The limits on parameters in force, as they are now."""
    for constraint in constraints:
        for test in constraint.limit.tests() if constraint.limit else ():
            if test.name in situation.settings:
                try:
                    yield (
                        test.name,
                        Bound(constraint, test, cast(Value, judge.operand(test))),
                    )  # a limit has one value on its right
                except NotInForce:
                    continue


def _draw_in(constraints: list[Constraint], situation: Situation, judge: Judge) -> list[Diagnostic]:
    """Draw defaults to the strictest ceiling in place; a note tells each value that was drawn, and by which rule."""
    first = dict(situation.settings)
    drawn: dict[str, Bound] = {}
    problems: dict[str, Diagnostic] = {}
    for _ in range(ROUNDS):
        moved = False
        for name, bound in _bounds(constraints, situation, judge):
            setting = situation.settings[name]
            try:
                if first[name].source == "profile" or bound.met_by(setting):
                    continue
            except Incomparable as problem:
                problems[bound.constraint.id] = _unfit(bound.constraint, problem)
                continue
            if bound.test.operator in ("<=", ">=", "==") and not bound.test.negated:
                drawn[name], moved = bound, True
                situation.settings[name] = _drawn(setting, bound, first[name])
        if not moved:
            break
    for name, bound in drawn.items():
        setting = situation.settings[name]
        if setting.value != first[name].value:
            message = f"`{name}` is {said(setting.value)} and not {said(first[name].value)} ({first[name].because})"
            problems[name] = _diagnostic(
                bound.constraint, f"{message}: {bound.constraint.reason}", situation, Severity.NOTE
            )
    return list(problems.values())


def _drawn(setting: Setting, bound: Bound, first: Setting) -> Setting:
    constraint = bound.constraint
    because = f"{constraint.reason.rstrip('.')} ({constraint.source}); {first.because} gives {said(first.value)}"
    return replace(setting, value=bound.value, source="constraint", because=because, at=constraint.at)


def _beyond(constraints: list[Constraint], situation: Situation, judge: Judge) -> list[Diagnostic]:
    """For each parameter beyond its limits one diagnostic, of the strictest, which names the others."""
    beyond: dict[str, list[Bound]] = {}
    problems = []
    for name, bound in _bounds(constraints, situation, judge):
        try:
            if not bound.met_by(situation.settings[name]):
                beyond.setdefault(name, []).append(bound)
        except Incomparable as problem:
            problems.append(_unfit(bound.constraint, problem))
    for name, bounds in beyond.items():
        setting = situation.settings[name]
        strictest = next((b for b in bounds if all(_within(b, other, setting) for other in bounds)), bounds[0])
        others = [b for b in bounds if b is not strictest]
        message = f"`{name}` is {said(setting.value)} ({_origin(setting)}), but {_must(strictest)} {strictest.words()}"
        problems.append(
            replace(
                _diagnostic(strictest.constraint, f"{message}: {strictest.constraint.reason}", situation),
                at=setting.at if setting.source == "profile" else _place(strictest.constraint, situation),
                hint=_hint(name, strictest, others, setting),
            )
        )
    return problems


def _within(bound: Bound, other: Bound, setting: Setting) -> bool:
    return other.met_by(replace(setting, value=bound.value))


def _must(bound: Bound) -> str:
    return "it must be" if bound.constraint.severity == "error" else "it should be"


def _origin(setting: Setting) -> str:
    return "a ceiling drew it there" if setting.source == "constraint" else setting.because


def _hint(name: str, bound: Bound, others: list[Bound], setting: Setting) -> str:
    also = "; ".join(f"{b.words()} ({b.constraint.source})" for b in others)
    if setting.source == "profile":
        hint = f"set `{name}` to {bound.words()}, or leave it out of the settings"
    elif setting.source == "constraint" and bound.constraint.severity == "error":
        hint = f"no value of `{name}` meets every rule that applies: choose which framework is on"
    else:
        hint = f"set `{name}` to {bound.words()} in the profile, or accept it knowingly"
    return f"{hint}; also: {also}" if also else hint


def _out_of_range(situation: Situation) -> list[Diagnostic]:
    problems = []
    for name, setting in situation.settings.items():
        low, high = setting.parameter.minimum, setting.parameter.maximum
        if setting.source != "constraint" or low is None or high is None:
            continue
        if not comparable(low) <= comparable(setting.value) <= comparable(high):
            problems.append(
                Diagnostic(
                    rule="ceiling-out-of-range",
                    message=f"`{name}` would have to be {said(setting.value)}, outside its range of "
                    f"{said(low)} to {said(high)}: {setting.because}",
                    at=situation.profile.at("settings"),
                    hint="change the value that the ceiling rests on",
                )
            )
    return problems


def _broken(constraint: Constraint, situation: Situation, judge: Judge) -> list[Diagnostic]:
    assert constraint.rule
    try:
        if judge.holds(constraint.rule):
            return []
    except NotInForce:
        return []
    except Incomparable as problem:
        return [_unfit(constraint, problem)]
    values = ", ".join(f"`{n}` is {said(situation.value(n))}" for n in _names(constraint.rule, situation))
    found = f"{values}, but " if values else ""  # a rule may ask for a clause alone
    message = f"{constraint.reason} {found}`{constraint.rule}` must hold"
    return [_diagnostic(constraint, message, situation)]


def _names(condition: Condition, situation: Situation) -> list[str]:
    """The names of a condition that represent something, each once, in reading order."""
    found = []
    for test in condition.tests():
        for name in test.names:
            if name not in found:
                try:
                    situation.value(name)
                except NotInForce:
                    continue
                found.append(name)
    return found


def _diagnostic(
    constraint: Constraint, message: str, situation: Situation, severity: Severity | None = None
) -> Diagnostic:
    return Diagnostic(
        rule=constraint.id,
        severity=severity or _SEVERITIES[constraint.severity],
        message=f"{message.rstrip('.')}. Source: {constraint.source}",
        at=_place(constraint, situation),
    )


def _place(constraint: Constraint, situation: Situation) -> Position:
    """Where in the profile a reader would mend it: a setting or fact written there, else the key behind a name."""
    profile = situation.profile
    tests = [t for c in (constraint.rule, constraint.limit, constraint.when) if c for t in c.tests()]
    names = [n for t in tests for n in t.names]
    for written in (profile.settings, profile.facts):
        for name in names:
            if name in written:
                return written[name].at
    if any(t.kind == "framework" for t in tests):
        return profile.at("frameworks")
    keys = ("law" if n.startswith("law.") else NAMES[n][1] for n in names if n in NAMES or n.startswith("law."))
    key = next(keys, "posture")
    return profile.at(key)


def _unfit(constraint: Constraint, problem: Incomparable) -> Diagnostic:
    return Diagnostic(rule="constraint-types", message=f"constraint `{constraint.id}`: {problem}", at=constraint.at)
