"""What a statement of credits holds, as values: months, lines, steps with the paragraph that each rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, localcontext

from ..common.workdays import add_months
from ..model.credits.credit import EXACT, Sanction
from ..model.diagnostic import Diagnostic
from ..model.words.quantity import Money
from .event import Event, Term

DAMAGES_WORDS = {  # how a claim for damages is next to the credit for the same failure
    "in_addition": "claimed in addition to the credit, because this Annex grants both expressly",
    "credited": "claimed with the credit set against them",
    "exhausts": "not claimed: the credit is the whole remedy in money for this loss",
    "excluded": "not claimed: no more than the credit can be claimed for the same failure",
    "election": "not added: the Client chooses either the credit or damages instead",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedStep:
    """A step of the calculation and the paragraph of the annex that it rests on."""

    rule: str
    text: str
    paragraph: str
    result: Decimal
    bit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The credit of one paragraph in a month (in Class A, of one unit): its events and how it is calculated."""

    sanction: Sanction
    paragraph: str
    events: tuple[Event, ...]
    count: int
    repeated: bool
    steps: tuple[CitedStep, ...]
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthStatement:
    """A month: its paragraphs, the steps that settle them, and the credit. `caps` names the caps that lowered it."""

    month: date
    lines: tuple[Line, ...]
    steps: tuple[CitedStep, ...]
    notice: Decimal  # what is due for late notice
    other: Decimal  # what is due for all other failures
    caps: tuple[str, ...]
    counted_elsewhere: tuple[Event, ...] = ()  # that count under another paragraph of the same act
    disputed: tuple[Event, ...] = ()
    until: date | None = None  # the last day of the terms that it goes by, where those were amended since

    @property
    def name(self) -> str:
        """The month, with the terms that it goes by where those were amended since."""
        month = f"{self.month:%B %Y}"
        return f"{month}, on the terms until {self.until.day} {self.until:%B %Y}" if self.until else month

    @property
    def credit(self) -> Decimal:
        """What is due for the month."""
        return self.notice + self.other


@dataclass(frozen=True, slots=True, kw_only=True)
class DamagesLine:
    """A claim for damages next to a credit, what of it may be claimed under the governing law, and why."""

    event: str
    claimed: Decimal
    credit: Decimal
    due: Decimal
    text: str
    paragraph: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What is due for the events of a ledger, ready to be sent with an invoice. Damages are no part of `total`."""

    title: str
    reference: str
    client: str
    provider: str
    law: str
    currency: str
    credit_label: str
    as_of: datetime
    time_zone: str
    place: str
    months: tuple[MonthStatement, ...]
    damages: tuple[DamagesLine, ...]
    notes: tuple[str, ...]
    total: Decimal
    fingerprint: str = ""
    problems: tuple[Diagnostic, ...] = ()  # warnings and notes of the way there

    def money(self, amount: Decimal) -> str:
        """An amount of the statement in words."""
        return Money(amount, self.currency).wording()


@dataclass(frozen=True, slots=True, kw_only=True)
class Charges:
    """The charges: what each month was invoiced at, and what a full month is otherwise.

    The sums of the annex rest on its own Base Charges; these are asked only where the annex names none, or where the
    governing law ties the yearly caps to what is invoiced.
    """

    by_month: Mapping[date, Decimal]
    usual: Decimal | None
    term: Term | None

    def of_year(self, first: date) -> Decimal | None:
        """The charges of the twelve months from `first`; None where those of one are not known."""
        known = [self.by_month.get(add_months(first, n), self.usual) for n in range(12)]
        with localcontext(EXACT):
            return None if None in known else sum((k for k in known if k is not None), Decimal(0))
