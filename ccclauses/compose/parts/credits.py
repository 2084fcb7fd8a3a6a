"""The credits of a deal: what holds for all of them, each failure with what is agreed for it, and what in the sums breaks a law."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ...model.credits.credit import CreditRules, Sanction, agreed, build_rules, build_sanction
from ...model.credits.credit_laws import broken_laws, order_of_own_sums, own_sum_problem, terms_problem, too_small
from ...model.diagnostic import Diagnostic, Severity
from ...model.profile import Asked, Profile, Resolution
from ...model.words.quantity import Money


def credits_of(resolution: Resolution) -> tuple[CreditRules | None, dict[str, Sanction], list[Diagnostic]]:
    """The rules of the credits, the failures of the clauses that carry one, and every problem of their sums.

    There are no rules, and then no failures, when no clause of the annex promises a credit or none caps them.
    """
    problems: list[Diagnostic] = []
    rules = _rules(resolution, problems)
    if rules is None:
        return None, {}, problems
    sanctions = {
        name: agreed(build_sanction(spec, resolved.clause.id), resolution.profile.failures.get(name))
        for resolved in resolution.clauses
        for name, spec in resolved.clause.failures.items()
    }
    _judge_own_sums(resolution, sanctions, rules, problems)
    return rules, sanctions, problems


def _rules(resolution: Resolution, problems: list[Diagnostic]) -> CreditRules | None:
    """What holds for every credit; None when no clause of the annex promises one, or none caps them."""
    library = resolution.library
    promising = next((r.clause for r in resolution.clauses if r.clause.failures), None)
    capping = library.owner(library.roles.get("at_risk_month", ""))
    if promising is None or (capping and capping.id not in {r.clause.id for r in resolution.clauses}):
        return None
    rules = build_rules(
        resolution.library.by_role(resolution.settings),
        currency=resolution.profile.currency,
        monthly_charges=resolution.profile.monthly_charges,
        seats=seats if isinstance(seats := resolution.facts.get("seats"), int) else None,
        own={name: a.value.amount for name, a in resolution.profile.credits.items() if isinstance(a.value, Money)},
        switches=resolution.law.switches,
        damages=resolution.law.damages,
        credit_label=resolution.law.credit_label,
    )
    if isinstance(rules, CreditRules):
        _judge_sums(resolution, rules, problems)
        return rules
    problems += [Diagnostic(rule="credit-rules", message=message, at=promising.at) for message in rules]
    return None


def _judge_sums(resolution: Resolution, rules: CreditRules, problems: list[Diagnostic]) -> None:
    """Refuse sums that are too small to print; warn, in money, of sums of the profile that break a law of credits."""
    if rules.monthly_charges is None:
        problems.append(_without_charges(resolution.profile, rules))
        return
    if small := too_small(rules, rules.monthly_charges.amount):
        at = resolution.profile.at("monthly_charges")
        problems.append(Diagnostic(rule="credit-too-small", message=small, at=at))
    elif own := _own_sums(resolution):
        at = min(asked.at for asked in own.values())
        hint = "change the sum, or leave it as it is if that is what the parties want"
        problems += [
            Diagnostic(rule="credit-law", message=message, at=at, severity=Severity.WARNING, hint=hint)
            for message in broken_laws(rules, rules.table())
        ]


def _without_charges(profile: Profile, rules: CreditRules) -> Diagnostic:
    """That nothing of the credits is in money yet: refused where the profile sets sums, else told with what they would be."""
    hint = "write `charges: {monthly: …}`, the charges of a full month"
    if profile.credits:
        name, asked = next(iter(profile.credits.items()))
        return Diagnostic(
            rule="missing-charges",
            message=f"`{name}` sets a sum of the credit table in money, and the profile names no Monthly Charges, without "
            "which every credit is a share of them and this sum would be printed nowhere",
            at=asked.at,
            hint=f"{hint}, or take `credits` out",
        )
    table = rules.table(Decimal(100_000))
    late, person, report = (
        table.money(a) for a in (table.a_base + table.a_hour, table.b_base + table.b_person, table.c_base + table.c_day)
    )
    return Diagnostic(
        rule="missing-charges",
        severity=Severity.NOTE,
        message="the profile names no Monthly Charges, so the annex prints credits as shares of them, without a sum. Of "
        f"{rules.money(Decimal(100_000))} a month, the first hour of a late notice would cost {late}, one person for a day "
        f"{person}, a report one Business Day late {report}, and all credits of a month at most {table.money(table.month)}",
        at=profile.at("monthly_charges"),
        hint=hint,
    )


def _own_sums(resolution: Resolution) -> Mapping[str, Asked]:
    """The sums and shares of credits that the profile sets itself."""
    names = [resolution.library.roles.get(role, "") for role in ("at_risk_month", "annual_cap")]
    return {**resolution.profile.credits, **{n: s for n in names if (s := resolution.profile.settings.get(n))}}


def _judge_own_sums(
    resolution: Resolution, sanctions: Mapping[str, Sanction], rules: CreditRules, problems: list[Diagnostic]
) -> None:
    """Sums agreed for single failures: refused where they can't be, told where they turn the classes round."""
    for name, terms in resolution.profile.failures.items():
        sanction = sanctions.get(name)
        if sanction is None and not any(name in c.failures for c in resolution.library.clauses.values()):
            continue  # told as unknown
        if sanction is None:
            message = f"the failure `{name}` belongs to a clause that is not in this annex"
            problems.append(
                Diagnostic(rule="failure-not-in-annex", message=message, at=terms.at, severity=Severity.WARNING)
            )
        elif problem := terms_problem(sanction, terms) or own_sum_problem(sanction, rules.table()):
            problems.append(Diagnostic(rule="credit-sum", message=f"`{name}`: {problem}", at=terms.at))
    for sanction, message in order_of_own_sums(sanctions.values(), rules.table()):
        at = resolution.profile.failures[sanction.name].at
        problems.append(Diagnostic(rule="credit-law", message=message, at=at, severity=Severity.WARNING))
