"""A question's form, as it was sent → the changes that it asks for, and what in it can't be read or can be read in two ways."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from werkzeug.datastructures import MultiDict

from ...deals.edit import Change
from ...deals.state import Shown
from ...load.document.edit import Value
from ...load.profile.by_hand import read_by_hand
from ...load.profile.typed import Habits, Meant
from ...model.library.library import Library
from ...resolve.contacts import ROLES
from .questions import Field, Question

Form = MultiDict[str, str]
UNKNOWN = "unknown"
_CURRENCY = re.compile(r"[A-Z]{3}(?= )")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why an answer is not saved yet: a sentence, or a question with the answers to choose from. `typed` is what was written."""

    words: str
    typed: str = ""
    picks: tuple[tuple[str, str], ...] = ()  # the value of a button and its words


@dataclass(slots=True, kw_only=True)
class Answers:
    """What was read of a form."""

    changes: list[Change] = field(default_factory=list)
    problems: dict[str, Problem] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)  # path → who could tell


def habits_of(found: Shown, today: date | None) -> Habits:
    """What the deal tells about how people write in it."""
    country, currency = found.said("parties.client.country"), found.said("currency")
    if not currency:
        match = _CURRENCY.match(found.said("charges.monthly"))
        currency = match[0] if match else found.profile.currency if found.profile else ""
    language = found.profile.language if found.profile else ""
    return Habits(currency=currency, country=country, language=language, today=today)


def display(path: str, value: str, library: Library, currency: str = "") -> str:
    """A value of the profile as people write it: "3 March 2026", "United Kingdom", "GBP 14,500.00"."""
    return _display(path, value, _Held(library), currency) if value else ""


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """A library as a key: by which it is, since it is never changed."""

    library: Library

    def __hash__(self) -> int:
        return id(self.library)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.library is self.library


@lru_cache(maxsize=2048)
def _display(path: str, value: str, held: _Held, currency: str) -> str:
    try:
        meant = read_by_hand(path, value, held.library, Habits(currency=currency)).meant
    except LookupError:
        meant = None
    return meant.shown if meant and not meant.items else value


def read_one(path: str, text: str, found: Shown, habits: Habits) -> tuple[Meant | None, Problem | None, str]:
    """What a text means at a path: the meaning that is taken, or the problem; and what is read, in words."""
    try:
        typed = read_by_hand(path, text, found.library, habits)
    except LookupError:
        return Meant(" ".join(text.split()), ""), None, ""
    if typed.note and typed.meanings and habits.currency:
        meant = typed.meanings[0]
        other = meant.text[:3]
        own = f"{habits.currency}{meant.text[3:]}"
        picks: tuple[tuple[str, str], ...] = (
            (f"{path}={meant.text}", f"Yes, the contract is in {other}"),
            (f"{path}={own}", f"No, it is {display(path, own, found.library)}"),
        )
        return None, Problem(words=typed.note, typed=text, picks=picks), ""
    if typed.meant:
        return typed.meant, None, typed.meant.shown
    if typed.meanings:
        picks = tuple((f"{path}={m.text}", m.shown) for m in typed.meanings)
        words = (
            f"{_sentence(typed.why)} Did you mean this?"
            if typed.why
            else "This can be read in two ways. Which is meant?"
        )
        return None, Problem(words=words, typed=text, picks=picks), ""
    example = f" Write it like this: {typed.example}." if typed.example else ""
    return None, Problem(words=f"{_sentence(typed.why)}{example}", typed=text), ""


def _sentence(words: str) -> str:
    words = words.strip().rstrip(".")
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def read_answers(question: Question, form: Form, found: Shown, today: date | None) -> Answers:
    """Everything that a form says to a question."""
    out = Answers()
    habits = habits_of(found, today)
    picks = dict(p.partition("=")[::2] for p in form.getlist("pick"))
    for asked in fields_in(question, form):
        if asked.control == "rows":
            _read_rows(asked, form, found, habits, picks, out)
        elif asked.control == "ticks":
            _read_ticks(asked, form, out)
        elif asked.control == "yesno":
            _read_yes_no(asked, form, out)
        else:
            _read_text(asked, form, found, habits, picks, out)
    if any(_CURRENCY.match(v) and v[:3] != habits.currency for v in picks.values()) and habits.currency:
        currency = next(v[:3] for v in picks.values() if _CURRENCY.match(v) and v[:3] != habits.currency)
        out.changes.insert(0, Change("currency", currency))
    return out


def fields_in(question: Question, form: Form) -> Iterator[Field]:
    """The fields of a question that a form holds, and the values of clauses that are in it next to them."""
    # The card of form and position is read by itself: its one button stands for two values, and no box holds either.
    yield from (f for f in question.all() if f"seen:{f.path}" in form and f.control != "cards")
    own = {f.path for f in question.all()}
    for name in form:
        path = name.removeprefix("seen:")
        if name != path and path not in own and path.startswith(("settings.", "credits.")):
            yield Field(path=path, label="")


def _read_text(asked: Field, form: Form, found: Shown, habits: Habits, picks: Mapping[str, str], out: Answers) -> None:
    path = asked.path
    seen = form.get(f"seen:{path}", "").replace("\r\n", "\n")
    text = picks.get(path, form.get(path, "")).replace("\r\n", "\n").strip()
    if same_text(text, seen) or same_text(text, display(path, seen, found.library, habits.currency)):
        return
    was: Value = tuple(seen.split("\n")) if asked.control == "lines" and seen else seen
    if not text:
        out.changes.append(Change(path, "", was))
        return
    given = Habits(country=habits.country, language=habits.language, today=habits.today) if path in picks else habits
    meant, problem, _ = read_one(path, text, found, given)
    if problem:
        out.problems[path] = problem
    elif meant:
        value: Value = (meant.items or (meant.text,)) if asked.control == "lines" else meant.text
        out.changes.append(Change(path, value, was))


def same_text(one: str, other: str) -> bool:
    """Whether two texts are the same but for the space around their lines."""
    return [x.strip() for x in one.strip().splitlines()] == [x.strip() for x in other.strip().splitlines()]


def _read_yes_no(asked: Field, form: Form, out: Answers) -> None:
    path, seen, value = asked.path, form.get(f"seen:{asked.path}", ""), form.get(asked.path, "")
    if value == UNKNOWN:
        out.unknown[path] = " ".join(form.get(f"who:{path}", "").split()) or "?"
        out.changes.append(Change(path, UNKNOWN, seen))
    elif value in ("yes", "no") and value != seen:
        out.changes.append(Change(path, value, seen))


def _read_ticks(asked: Field, form: Form, out: Answers) -> None:
    seen = tuple(form.get(f"seen:{asked.path}", "").split())
    ticked = tuple(form.getlist(asked.path))
    # The chosen ones keep their order, which is that of the annex; new ones follow.
    value = (*(v for v in seen if v in ticked), *(v for v in ticked if v not in seen))
    if value != seen or f"propose:{asked.path}" in form:
        out.changes.append(Change(asked.path, value, seen))


def _read_rows(asked: Field, form: Form, found: Shown, habits: Habits, picks: Mapping[str, str], out: Answers) -> None:
    seen = rows_of(form.get(f"seen:{asked.path}", ""))
    value: list[dict[str, str]] = []
    problems: dict[str, Problem] = {}
    for number in row_numbers(asked, form):
        row = dict(seen[number]) if number < len(seen) else {}
        new, written = number >= len(seen), False
        for column in asked.columns:
            cell = f"{asked.path}.{number}.{column.path}"
            text = picks.get(cell, form.get(cell, "")).strip()
            old = row.get(column.path, "")
            written = written or bool(text) and column.control != "choice" and not (new and proposed(column, text))
            if same_text(text, old) or same_text(text, display(cell, old, found.library)):
                continue
            if not text:
                row.pop(column.path, None)
                continue
            meant, problem, _ = read_one(cell, text, found, habits)
            if problem:
                problems[cell] = problem
            elif meant:
                row[column.path] = meant.text
        if written:
            value.append({k: v for k, v in row.items() if v})
            problems |= dict(_lacking(asked, number, row, problems))
    # A row that lacks what it is known by can't be in the file: the list waits for it, with all that was typed.
    out.problems |= problems
    if not problems and tuple(value) != seen:
        out.changes.append(Change(asked.path, tuple(value), seen))


def proposed(column: Field, text: str) -> bool:
    """Whether a text is in a new row by itself: a role that somebody should hold."""
    return column.path == "role" and any(text.casefold() == role.casefold() for _, role in ROLES)


def _lacking(
    asked: Field, number: int, row: Mapping[str, str], problems: Mapping[str, Problem]
) -> Iterator[tuple[str, Problem]]:
    for column in asked.columns:
        cell = f"{asked.path}.{number}.{column.path}"
        if column.path in asked.needed and not row.get(column.path) and cell not in problems:
            words = f"{column.label} is missing. Write it, or empty the row; then the list is saved."
            yield cell, Problem(words=words, typed="")


def row_numbers(asked: Field, form: Form) -> list[int]:
    """The numbers of the rows that a form holds, without one that is to be removed."""
    match = re.compile(rf"{re.escape(asked.path)}\.(\d{{1,3}})\.\w+")
    numbers = {int(found[1]) for name in form if (found := match.fullmatch(name))}
    return sorted(n for n in numbers if form.get("drop", "") != f"{asked.path}.{n}")


def rows_of(text: str) -> tuple[dict[str, str], ...]:
    """Rows as a form carries what was seen; none where it was made up."""
    try:
        rows = json.loads(text or "[]")
    except ValueError:
        return ()
    if not isinstance(rows, list):
        return ()
    return tuple({str(k): str(v) for k, v in row.items()} for row in rows if isinstance(row, dict))


def abroad(values: Iterable[Mapping[str, str]], home: str) -> str:
    """The first country of some rows that is not the client's own; empty when there is none."""
    return next((c for row in values if home and (c := row.get("country", "")) and c != home), "")
