"""A question as it is shown: each field with what is answered, what is proposed, and what needs another look."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ...common.places import country_name
from ...deals.state import Shown
from ...load.defaults import PROCESSING
from ...model.library.library import Library
from ...resolve.contacts import ROLES
from ...resolve.judge import said
from ...resolve.suggestions import suggested_frameworks
from .answers import UNKNOWN, Form, Problem, display, habits_of, row_numbers
from .questions import QUESTIONS, Condition, Field, Question

OWN = ("cards", "subjects", "numbers", "sums")  # shown by the template of question 9
CHOICES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "party": (("client", "Ours"), ("provider", "Theirs")),
    "backup": (("yes", "All of it"), ("configuration", "Its configuration"), ("no", "Nothing")),
    "page": (("A4", "A4"), ("Letter", "US Letter")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A field on the screen. `seen` is what the file holds, `value` what is in the box."""

    field: Field
    path: str
    seen: str
    value: str
    usual: str = ""  # what holds while nothing is answered
    problem: Problem | None = None
    choices: tuple[tuple[str, str], ...] = ()
    unknown: bool = False
    who: str = ""
    rows: tuple[tuple[Asked, ...], ...] = ()
    ticks: tuple[Tick, ...] = ()
    asked: bool = True  # False where another answer makes it pointless
    why: str = ""
    follows: str = ""  # why it need not be asked: "the site in South Africa is abroad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A law or standard to be ticked: why it is proposed, where it is."""

    id: str
    short: str
    title: str
    chosen: bool
    because: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a question is: "answered", "2 to answer", "1 assumed"."""

    question: Question
    words: str
    open: int
    assumed: int = 0


def asked_fields(
    question: Question,
    found: Shown,
    today: date | None,
    problems: Mapping[str, Problem] | None = None,
    form: Form | None = None,
    add: str = "",
) -> list[Asked]:
    """The fields of a question; `form` is what was sent and is shown again, `add` the list to which a row is to be added."""
    out = []
    here = {f.path for f in question.all()}
    for asked in question.all():
        elsewhere = asked.when and all(
            path.partition(".")[0] not in here and path not in here for path, _ in asked.when
        )
        if asked.control in OWN or elsewhere and not applies(asked, found):
            continue
        out.append(_asked(asked, found, today, problems or {}, form, add))
    return out


def _asked(
    asked: Field, found: Shown, today: date | None, problems: Mapping[str, Problem], form: Form | None, add: str
) -> Asked:
    path, library = asked.path, found.library
    seen = found.said(path)
    base = Asked(
        field=asked, path=path, seen=seen, value=seen, problem=problems.get(path), asked=applies(asked, found),
        follows=follows_from(path, found),
    )  # fmt: skip
    if asked.control == "rows":
        value = found.value(path)
        rows = tuple(v for v in value if isinstance(v, Mapping)) if isinstance(value, tuple) else ()
        if form and any(p.startswith(f"{path}.") for p in problems):  # it waits, as it was typed
            typed = {n: _typed(asked, n, form) for n in row_numbers(asked, form)}
            return replace(
                base,
                seen=form.get(f"seen:{path}", ""),
                rows=_rows(asked, typed, len(rows), found, problems, add),
                value="",
            )
        seen = json.dumps([dict(r) for r in rows], ensure_ascii=False)
        made = dict(enumerate([*map(dict, rows), *(_missing_roles(found, rows) if path == "contacts" else ())]))
        return replace(base, seen=seen, value="", rows=_rows(asked, made, len(rows), found, problems, add))
    if asked.control == "yesno":
        fact = library.facts.get(path.partition(".")[2])
        unknown = seen == UNKNOWN or path in found.unknown
        value = form.get(path, "") if form and path in form else UNKNOWN if unknown else seen
        usual = _yes(said(fact.assumed)) if fact else ""
        who = found.unknown.get(path, "")
        return replace(
            base, value=value, usual=usual, unknown=unknown, who="" if who == "?" else who, why=fact.why if fact else ""
        )
    if asked.control == "ticks":
        return replace(base, value=" ".join(seen.split()), ticks=tuple(_ticks(found, form)))
    value = display(path, seen, library, habits_of(found, today).currency) if asked.control == "text" else seen
    if not seen:
        value = _proposal(path, today)
    if form and path in form:
        value = form[path]
    if problems.get(path) and problems[path].typed:
        value = problems[path].typed
    return replace(base, value=value, usual=_usual(path, found), choices=_choices(path, library))


def _typed(asked: Field, number: int, form: Form) -> dict[str, str]:
    return {column.path: form.get(f"{asked.path}.{number}.{column.path}", "") for column in asked.columns}


def _rows(
    asked: Field, made: dict[int, dict[str, str]], kept: int, found: Shown, problems: Mapping[str, Problem], add: str
) -> tuple[tuple[Asked, ...], ...]:
    """The rows by their number, of which the file has `kept`; with an empty one where there are none or one is to be added."""
    if not made or add == asked.path:
        made[max(made, default=-1) + 1] = {}
    out = []
    for number, row in made.items():
        cells = []
        for column in asked.columns:
            cell = f"{asked.path}.{number}.{column.path}"
            problem = problems.get(cell)
            value = row.get(column.path, "")
            if column.control != "choice":
                value = display(cell, value, found.library)
            cells.append(
                Asked(
                    field=column, path=cell, seen=row.get(column.path, "") if number < kept else "", problem=problem,
                    value=problem.typed if problem else value, choices=CHOICES.get(column.path, ()),
                )
            )  # fmt: skip
        out.append(tuple(cells))
    return tuple(out)


def _missing_roles(found: Shown, rows: tuple[Mapping[str, str], ...]) -> list[dict[str, str]]:
    """A row for each role that this annex names and nobody holds yet."""
    have = {(r.get("party"), r.get("role", "").casefold()) for r in rows}
    roles = ROLES if found.annex else ()
    return [{"party": p, "role": r} for p, r in roles if not any(q == p and r.casefold() in s for q, s in have)]


def _proposal(path: str, today: date | None) -> str:
    if path == "annex.date" and today:
        return display(path, today.isoformat(), _any_library())
    if path == "agreement.title":
        return "Master Services Agreement"
    group, _, key = path.partition(".")
    if group == "processing":
        value = PROCESSING.get(key, "")
        return value if isinstance(value, str) else "\n".join(value)
    return ""


def _any_library() -> Library:
    from ...load.inputs import shipped_library

    return shipped_library()


def _usual(path: str, found: Shown) -> str:
    """What holds for an empty field of "More", as the deal has it."""
    profile = found.profile
    if profile is None:
        return ""
    value = {
        "currency": profile.currency, "calendar": profile.calendar, "time_zone": profile.time_zone,
        "page": profile.page, "annex.language": profile.language,
    }.get(path, "")  # fmt: skip
    return display(path, value, found.library) if value else ""


def _choices(path: str, library: Library) -> tuple[tuple[str, str], ...]:
    if path == "law":
        return tuple((law.id, law.name[:1].upper() + law.name[1:]) for law in library.laws.values())
    return CHOICES.get(path.rpartition(".")[2], ())


def _ticks(found: Shown, form: Form | None) -> Iterator[Tick]:
    value = found.value("frameworks")
    chosen = tuple(v for v in value if isinstance(v, str)) if isinstance(value, tuple) else ()
    proposed = proposed_frameworks(found)
    begun = bool(chosen) or "8" in found.seen
    for framework in found.library.frameworks.values():
        because = proposed.get(framework.id, "")
        ticked = framework.id in chosen or bool(because and not begun)
        if form is not None and "seen:frameworks" in form:
            ticked = framework.id in form.getlist("frameworks")
        yield Tick(id=framework.id, short=framework.short, title=framework.title, chosen=ticked, because=because)


def proposed_frameworks(found: Shown) -> dict[str, str]:
    """The laws and standards that the facts suggest, each with its reason."""
    if found.profile is None:
        return {}
    return {
        framework.id: because.rstrip(".") for framework, because in suggested_frameworks(found.profile, found.library)
    }


def applies(asked: Field, found: Shown) -> bool:
    """Whether something is asked, as the deal stands."""
    return not asked.when or any(_holds(c, found) for c in asked.when)


def _holds(condition: Condition, found: Shown) -> bool:
    path, wanted = condition
    value = found.value(path)
    return bool(value) if wanted == "*" else value == wanted or value == UNKNOWN and wanted == "yes"


def follows_from(path: str, found: Shown) -> str:
    """Why a fact need not be asked: it follows from what is answered already."""
    if path != "facts.cross_border":
        return ""
    home = found.said("parties.client.country")
    for group, what in (("sites", "site"), ("subcontractors", "subcontractor")):
        value = found.value(group)
        for row in value if isinstance(value, tuple) else ():
            country = row.get("country", "") if isinstance(row, Mapping) else ""
            if home and country and country != home:
                return f"Yes: there is a {what} in {country_name(country)}."
    return ""


def _yes(value: str) -> str:
    return {"yes": "Yes", "no": "No", "true": "Yes", "false": "No"}.get(value.lower(), value)


def standings(found: Shown) -> list[Standing]:
    """How far each of the ten questions is."""
    return [_standing(question, found) for question in QUESTIONS]


def _standing(question: Question, found: Shown) -> Standing:
    missing = assumed = 0
    for asked in question.all():
        if asked.control in OWN or not applies(asked, found):
            continue
        if asked.path in found.unknown or found.said(asked.path) == UNKNOWN:
            assumed += 1
        elif not found.value(asked.path) and (asked.final or asked.control == "yesno" or asked.path in _WANTED):
            missing += not follows_from(asked.path, found)
    if question.number == 9 and not found.value("posture"):
        missing += 1
    if question.number == 9:
        assumed += len(found.placeholders)
    parts = [f"{missing} to answer"] * bool(missing) + [f"{assumed} assumed"] * bool(assumed)
    return Standing(question, ", ".join(parts) or "answered", missing, assumed)


_WANTED = ("term.start", "term.months", "charges.monthly", "facts.seats", "sites", "contacts", "parties.client.signatories",
           "parties.provider.signatories")  # fmt: skip
