"""How long and how hard: the cards of form and position with this deal's pages and money, the subjects, numbers and sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...common.length import estimated_pages
from ...compare.annexes import exposure
from ...compose.texts.wording import value_text
from ...deals.folder import Deal
from ...deals.state import Shown, supposing
from ...derive.forms import proposed_form
from ...load.document.edit import CantEdit
from ...model.words.quantity import Money
from ...resolve.judge import said
from ..words import short_money
from .answers import Form, Problem, display

# The values that people ask about, by the parts that they play (`model.roles`), whatever the library calls them.
NUMBERS = (
    "breach_notice",
    "access_removal",
    "audits",
    "report_period",
    "at_risk_month",
    "annual_cap",
    "recovery_time",
    "transition",
)
_SUBJECTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One form in one position: what this deal's annex would be in it."""

    form: str
    posture: str
    pages: int
    money: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A form with its cards, one for each position."""

    title: str
    meaning: str
    proposed: str  # why it is proposed; empty where it is not
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A value to look at: what is in force, where it is from, and what each position has."""

    path: str
    label: str
    unit: str
    seen: str
    value: str
    inherited: str  # what holds while the profile says nothing
    source: str
    steps: tuple[tuple[str, str], ...]
    problem: Problem | None
    choices: tuple[tuple[str, str], ...] = ()
    confirm: str = ""  # the name of a placeholder that can be confirmed as it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A subject that can be pressed harder or softer than the whole."""

    id: str
    title: str
    chosen: str


def cards(deal: Deal, found: Shown) -> tuple[Row, ...]:
    """A row for each form, with a card for each position; none while the deal has no annex."""
    if found.annex is None or found.profile is None:
        return ()
    proposal = proposed_form(found.profile, found.library)
    # As long as nothing was chosen, what is proposed comes first and is ticked: to go on is to agree with it.
    said_before = any(found.said(key) for key in ("form", "posture", "extends"))
    own = (found.profile.form if said_before else proposal.form.id, found.profile.posture)
    return tuple(
        Row(
            title=form.title,
            meaning=form.meaning,
            proposed=proposal.because if form.id == proposal.form.id else "",
            cards=tuple(_cards(deal, found, form.id, own)),
        )
        for form in sorted(found.library.forms.values(), key=lambda f: f.id != proposal.form.id)
    )


def _cards(deal: Deal, found: Shown, form: str, own: tuple[str, str]) -> Iterator[Card]:
    for posture in found.library.postures:
        try:
            annex = supposing(deal, found, [("form", form), ("posture", posture)]).annex
        except CantEdit:
            annex = None
        if annex:
            yield Card(
                form=form, posture=posture, pages=round(estimated_pages(annex)), money=short_money(exposure(annex).month),
                chosen=(form, posture) == own,
            )  # fmt: skip


def subjects(found: Shown) -> tuple[Subject, ...]:
    """The subjects of this annex, and the three boxes' choices among them."""
    if found.resolution is None:
        return ()
    used = dict.fromkeys(c.clause.topic for c in found.resolution.clauses)
    topics = sorted(
        (found.library.topics[t] for t in used), key=lambda t: (list(found.library.groups).index(t.group), t.order)
    )
    return tuple(Subject(id=t.id, title=t.title, chosen=found.said(f"postures.{t.id}")) for t in topics)


def pressed(found: Shown) -> tuple[str, ...]:
    """The subjects that have a position of their own, and at least three boxes for such."""
    own = found.written.keys("postures")
    return (*own, *("" for _ in range(max(0, _SUBJECTS - len(own)))))


def numbers(
    found: Shown, names: tuple[str, ...], problems: Mapping[str, Problem], form: Form | None
) -> tuple[Number, ...]:
    """Values of this annex by name; those of clauses that are not in it are left out."""
    if found.resolution is None:
        return ()
    out = []
    for name in names:
        setting = found.resolution.settings.get(name)
        if setting is None:
            continue
        path, parameter = f"settings.{name}", setting.parameter
        seen, problem = found.said(path), problems.get(path)
        currency = found.profile.currency if found.profile else ""
        value = display(path, seen, found.library, currency)
        if form and path in form:
            value = form[path]
        library = found.library
        steps = tuple(
            (library.postures[p].label, parameter.choices.get(str(v), "") or value_text(parameter, v, "en-GB"))
            for p, v in parameter.values.items()
            if p in library.postures
        )
        out.append(
            Number(
                path=path, label=parameter.label, unit=parameter.unit, seen=seen, value=problem.typed if problem else value,
                inherited=display(path, said(setting.value), library, currency), source=_source(setting.source, found),
                steps=steps, problem=problem,
                choices=tuple(parameter.choices.items()), confirm=name if name in found.placeholders else "",
            )
        )  # fmt: skip
    return tuple(out)


def confirmed(found: Shown) -> tuple[str, ...]:
    """The sums that were confirmed, by name."""
    value = found.value("confirmed")
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, tuple) else (value,) if value else ()


def number_names(found: Shown) -> tuple[str, ...]:
    """The values of this annex that people ask about."""
    return tuple(name for role in NUMBERS if (name := found.library.roles.get(role, "")))


def money_names(found: Shown) -> tuple[str, ...]:
    """The values of this annex that are sums."""
    settings = found.resolution.settings if found.resolution else {}
    return tuple(name for name, s in settings.items() if isinstance(s.value, Money))


def _source(source: str, found: Shown) -> str:
    if source == "profile":
        return "yours"
    if source == "constraint":
        return "a rule sets it"
    posture = found.library.postures.get(found.profile.posture) if found.profile else None
    return f"from {posture.label}" if posture else ""


SUMS = {
    "a_hour": "A Security Breach notified late: each hour that is begun",
    "a_act": "An act that must never happen, such as a shared password: each",
    "b_person": "A person or device not as promised, such as an unscreened agent: each day",
    "b_base": "The same, once for the failure",
    "c_day": "A report or certificate that is late: each Business Day",
}  # sum of the credit table → what it is for, as a buyer would say it


def sums(found: Shown, problems: Mapping[str, Problem], form: Form | None) -> tuple[Number, ...]:
    """What failures cost in this deal: what follows from the price, and what the profile sets in its place."""
    rules = found.annex.credit_rules if found.annex else None
    if rules is None or rules.monthly_charges is None:
        return ()
    table = rules.table()
    out = []
    for name, label in SUMS.items():
        path = f"credits.{name}"
        seen, problem = found.said(path), problems.get(path)
        value = form[path] if form and path in form else display(path, seen, found.library, rules.currency)
        out.append(
            Number(
                path=path, label=label, unit="", seen=seen, value=problem.typed if problem else value, source="from your price",
                inherited=short_money(Money(getattr(table, name), rules.currency)), steps=(), problem=problem,
            )
        )  # fmt: skip
    return tuple(out)
