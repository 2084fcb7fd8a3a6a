"""The value of every parameter before any ceiling: the profile's, else the wording's, else the posture's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from ..model.diagnostic import Diagnostic, Severity
from ..model.library.clause import Clause, Parameter, Value
from ..model.library.library import Law
from ..model.profile import Profile, ResolvedClause, Setting
from ..model.words.quantity import Money
from .names import FROM_PROFILE


def first_settings(
    profile: Profile, law: Law, clauses: Iterable[ResolvedClause]
) -> tuple[dict[str, Setting], list[Diagnostic]]:
    """The settings of the clauses before any ceiling, and a diagnostic for each parameter that has none."""
    settings: dict[str, Setting] = {}
    problems = []
    for resolved in clauses:
        for parameter in resolved.clause.parameters.values():
            setting = _first_setting(profile, law, resolved, parameter) or _blank(profile, parameter)
            if setting:
                settings[parameter.name] = setting
            else:
                problems.append(_missing(profile, resolved, parameter))
    return settings, problems


def _first_setting(profile: Profile, law: Law, resolved: ResolvedClause, parameter: Parameter) -> Setting | None:
    name = parameter.name
    if name in profile.settings:
        asked = profile.settings[name]
        return Setting(
            parameter=parameter,
            value=with_currency(asked.value, profile.currency),
            source="profile",
            because="the profile sets it",
            at=asked.at,
        )
    if parameter.role in FROM_PROFILE:
        value_of, key, words = FROM_PROFILE[parameter.role]
        value = value_of(profile, law)
        if value is not None and parameter.choices and value not in parameter.choices:
            return None  # a team's own law may name what there is not a wording for: then the profile must choose
        if value is not None:
            return Setting(parameter=parameter, value=value, source="profile", because=words, at=profile.at(key))
    if name in resolved.variant.settings:
        return Setting(
            parameter=parameter,
            value=with_currency(resolved.variant.settings[name], profile.currency),
            source="variant",
            because=f"the {resolved.posture} wording of `{resolved.clause.id}` sets it",
            at=resolved.variant.at,
        )
    if parameter.role in FROM_PROFILE and not parameter.values.get(resolved.posture):
        return None  # no posture can say it
    if resolved.posture in parameter.values:
        return Setting(
            parameter=parameter,
            value=with_currency(parameter.values[resolved.posture], profile.currency),
            source="posture",
            because=f"the {resolved.posture} posture",
            at=parameter.at,
        )
    return None


def _blank(profile: Profile, parameter: Parameter) -> Setting | None:
    """What represents a value that nobody has given, which is printed as a bracket; none for one that is calculated with."""
    blank: Value | None = {"text": "", "list": (), "countries": ()}.get(parameter.type)  # type: ignore[assignment]  # of three types
    if blank is None:
        return None
    why, at = "nobody has given it a value yet", profile.at("settings")
    return Setting(parameter=parameter, value=blank, source="open", because=why, at=at)


def with_currency(value: Value, currency: str) -> Value:
    """A sum that names no currency is in that of the contract; other values stay as they are."""
    return replace(value, currency=currency) if isinstance(value, Money) and not value.currency else value


def _missing(profile: Profile, resolved: ResolvedClause, parameter: Parameter) -> Diagnostic:
    return Diagnostic(
        rule="missing-value",
        message=f"`{parameter.name}` ({parameter.label}) has no value, and clause `{resolved.clause.id}` needs one",
        at=profile.at("settings"),
        hint=f"write it under `settings`: `{parameter.name}: …`",
    )


def without_currency(profile: Profile, settings: Iterable[Setting]) -> list[Diagnostic]:
    """The error that a contract with sums of money names no currency."""
    first = next((s for s in settings if isinstance(s.value, Money) and not s.value.currency), None)
    if not first:
        return []
    return [
        Diagnostic(
            rule="missing-currency",
            message=f"the profile names no currency, and `{first.parameter.name}` ({first.parameter.label}) is a sum",
            at=profile.at("currency"),
            hint="write the ISO 4217 code of the contract, such as `currency: GBP`",
        )
    ]


def without_effect(profile: Profile, settings: Collection[str], owners: Mapping[str, Clause]) -> list[Diagnostic]:
    """Warnings for values that the profile sets although the clause that would print them is not in the annex."""
    return [
        Diagnostic(
            rule="setting-without-effect",
            severity=Severity.WARNING,
            message=f"`{name}` has no effect: clause `{owners[name].id}` is not in the annex",
            at=profile.settings[name].at,
            hint=f"include `{owners[name].id}`, or take the setting out",
        )
        for name in profile.settings
        if name in owners and name not in settings and not _hangs_on(owners[name], profile.unread)
    ]


def _hangs_on(clause: Clause, names: Collection[str]) -> bool:
    """Whether the clause is in or out by one of the names."""
    return bool(names) and any(n in names for t in clause.applies_when.tests() for n in t.names)
