"""What the names of a condition represent while one profile is resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ..model.library.clause import Clause, Parameter, Value
from ..model.library.library import Law, Library, is_law_value, law_value
from ..model.profile import Profile, Resolution, Setting
from ..model.words.quantity import Money, Percentage
from .judge import Judge, NotInForce
from .names import NAMES

MONTHS_OF_A_YEAR = 12


@dataclass(slots=True)
class Situation:
    """One profile under one law. `settings` grows while it is resolved; before `settled` the postures answer for it."""

    profile: Profile
    library: Library
    law: Law
    facts: Mapping[str, Value]
    settings: dict[str, Setting] = field(default_factory=dict)
    clauses: tuple[Clause, ...] = ()
    settled: bool = False

    def judge(self, clauses: set[str]) -> Judge:
        """A judge for an annex with these clauses."""
        return Judge(self.profile.frameworks, clauses, self.value, self.parameter)

    def parameter(self, name: str) -> Parameter | None:
        """The library's parameter of that name."""
        return self.library.parameter(name)

    def value(self, name: str) -> Value:
        """What the name represents; raises `NotInForce` when it represents nothing here."""
        if name in self.facts:
            return self.facts[name]
        if name in self.settings:
            return self.settings[name].value
        value = None
        space, _, key = name.partition(".")
        if space == "law" and is_law_value(self.law, key):
            return law_value(self.law, key)
        if name in NAMES:
            value = NAMES[name][0](self.profile, self.law)
        elif name in _FROM_SETTINGS:
            value = _FROM_SETTINGS[name](self)
        elif not self.settled and name in self.library.owners:
            value = self._likely(name)
        if value is None:
            raise NotInForce(name)
        return value

    def _likely(self, name: str) -> Value | None:
        # Which clauses are in is not yet known, nor which wording each takes.
        if name in self.profile.settings:
            return self.profile.settings[name].value
        owner = self.library.owners[name]
        return owner.parameters[name].values.get(posture_of(self.profile, owner))

    def cap_share(self, role: str, months: int) -> Value | None:
        """A cap over so many months, as a share of one month's charges."""
        name = self.library.roles.get(role, "")
        share = self._share(self.settings[name].value) if name in self.settings else None
        return None if share is None else Percentage(share * months)

    def _share(self, value: Value) -> Decimal | None:
        if isinstance(value, Percentage):
            return value.value
        charges = self.profile.monthly_charges
        if isinstance(value, Money) and charges and charges.amount:
            return value.amount / charges.amount * 100
        return None

    def cap_sum(self, role: str, months: int) -> Value | None:
        """A cap over so many months, in money; nothing where the Monthly Charges are not known."""
        share, charges = self.cap_share(role, months), self.profile.monthly_charges
        if not isinstance(share, Percentage) or charges is None:
            return None
        return Money(share.of(charges.amount), charges.currency)

    def currencies(self) -> Value | None:
        """The currencies of every sum in force, the Monthly Charges included."""
        sums = [s.value for s in self.settings.values() if isinstance(s.value, Money)]
        sums += [self.profile.monthly_charges] if self.profile.monthly_charges else []
        return tuple(sorted({m.currency for m in sums if m.currency})) or None


_FROM_SETTINGS = {
    "month_cap_share": lambda situation: situation.cap_share("at_risk_month", 1),
    "annual_cap_share": lambda situation: situation.cap_share("annual_cap", MONTHS_OF_A_YEAR),
    "annual_cap_sum": lambda situation: situation.cap_sum("annual_cap", MONTHS_OF_A_YEAR),
    "setting_currencies": Situation.currencies,
}


DEAL_NAMES = frozenset((*NAMES, *_FROM_SETTINGS))  # what conditions may name of a deal beside facts, values and `law.…`


def posture_of(profile: Profile, clause: Clause) -> str:
    """The posture in force for a clause: that of its topic, else that of the whole."""
    return profile.postures.get(clause.topic, profile.posture)


def judge_of(resolution: Resolution) -> Judge:
    """A judge of conditions for an annex that is resolved."""
    situation = Situation(
        resolution.profile,
        resolution.library,
        resolution.law,
        resolution.facts,
        settings=dict(resolution.settings),
        clauses=tuple(r.clause for r in resolution.clauses),
        settled=True,
    )
    return situation.judge({r.clause.id for r in resolution.clauses})
