"""After signature: when the client's own acts are due, what failed, and what is due for it month by month."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ..api.performance import penalties_of
from ..derive.obligations import DutyCalendar, Occurrence, date_obligations, deadline_text, duty_text, kind_of_duty
from ..model.annex import Annex, Paragraph
from ..model.diagnostic import InputError
from ..model.profile import Profile
from ..penalties import COLUMNS, Statement
from ..pipeline import HOUSE_STYLES, house_style
from ..report.performance.calendar import write_ics
from ..report.performance.sheet import write_obligations_xlsx
from ..report.performance.statement_word import write_statement_docx
from ..write.data.annex_json import read_json
from .folder import LEDGER, Deal, DealError
from .rounds.signing import AGREED_DATA
from .state import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Performed:
    """What is performed: the annex as it was signed, else as the deal stands, with what the deal says next to it."""

    annex: Annex
    profile: Profile
    law_name: str


def performed(deal: Deal) -> Performed:
    """What is performed. Raises DealError when neither what was signed nor the deal can be read."""
    found = shown(deal)
    data = deal.read("signed", AGREED_DATA)
    annex = found.annex
    if data is not None:
        annex, problems = read_json(data.decode("utf-8", errors="replace"), AGREED_DATA)
        if annex is None:
            raise DealError(f"What was signed can't be read: {problems[0].message}.")
    if annex is None or found.profile is None:
        raise DealError("There is no annex yet: answer the first question.")
    return Performed(annex=annex, profile=found.profile, law_name=found.resolution.law.name if found.resolution else "")


# -- the calendar -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act on a day: whose it is, what, and from which paragraph."""

    due: date
    clock: str
    text: str
    paragraph: str
    evidence: str
    after: str  # what follows if it is missed


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What the provider delivers in a month, as one line a kind: how often, and what."""

    month: date
    lines: tuple[tuple[int, str, str], ...]  # how many, what, paragraph

    @property
    def count(self) -> int:
        """How many deliveries there are."""
        return sum(n for n, _, _ in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The client's own acts by day, what it must do when something happens, and the provider's deliveries month by month."""

    duties: DutyCalendar
    own: tuple[Act, ...]
    on_event: tuple[tuple[str, str, str], ...]  # what, when, paragraph
    deliveries: tuple[Digest, ...]


def calendar(deal: Deal, start: date | None = None) -> Calendar | None:
    """The calendar of a deal for a year from its start; None when the start is not known. Raises DealError."""
    now = performed(deal)
    annex, first = now.annex, start or now.profile.term_start
    if first is None:
        return None
    duties, problems = date_obligations(annex, first)
    if duties is None:
        raise DealError(f"The dates can't be calculated: {problems[0].message}.")
    own = [o for o in duties.occurrences if o.obligation.obligor == "client"]
    event = [u.obligation for u in duties.undated if u.obligation.obligor == "client" and u.why == "event"]
    return Calendar(
        duties=duties,
        own=tuple(_act(o) for o in own),
        on_event=tuple((_capital(duty_text(o)), deadline_text(o), o.number) for o in event),
        deliveries=tuple(_digests(duties)),
    )


def _act(occurrence: Occurrence) -> Act:
    duty = occurrence.obligation
    clock = f"{occurrence.clock:%H:%M}" if occurrence.clock else ""
    return Act(
        due=occurrence.due,
        clock=clock,
        text=_capital(duty_text(duty)),
        paragraph=duty.number,
        evidence=duty.evidence,
        after=duty.consequence,
    )


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _digests(duties: DutyCalendar) -> Iterator[Digest]:
    months: dict[date, dict[tuple[str, str], int]] = {}
    for occurrence in duties.occurrences:
        duty = occurrence.obligation
        if duty.obligor == "provider" and kind_of_duty(duty) == "delivery":
            lines = months.setdefault(occurrence.due.replace(day=1), {})
            key = (_capital(duty_text(duty)), duty.number)
            lines[key] = lines.get(key, 0) + 1
    for month, lines in sorted(months.items()):
        yield Digest(month=month, lines=tuple((n, what, number) for (what, number), n in lines.items()))


def calendar_file(deal: Deal, kind: str, *, own_only: bool) -> bytes:
    """The calendar as .ics or .xlsx: the client's own acts, or those with what the provider delivers. Raises DealError."""
    from ..derive.obligations import for_the_client, selected

    found = calendar(deal)
    if found is None:
        raise DealError("The start of the Services is not known yet.")
    duties = selected(found.duties, "client") if own_only else for_the_client(found.duties)
    return write_ics(duties, duties.annex) if kind == "ics" else write_obligations_xlsx(duties, duties.annex)


# -- credits ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A failure that earns a credit: the paragraph that was breached, its sentence, and how it is counted."""

    name: str
    label: str
    paragraph: str
    clause: str
    sentence: str
    counted: str
    unit: str

    @property
    def by_time(self) -> bool:
        """Whether it is counted by the time between when it was due and when it was done."""
        return self.counted in ("hour", "day", "Business Day")


def failures(annex: Annex) -> tuple[Failure, ...]:
    """The failures of an annex in the order of its paragraphs."""
    places: dict[tuple[str, str], tuple[str, str, str]] = {}
    order: list[tuple[str, str]] = []
    for clause in annex.clauses:
        for block in clause.blocks:
            if isinstance(block, Paragraph) and block.label:
                places[clause.id, block.label] = (block.full_number, f"{clause.number} {clause.title}", block.text)
                order.append((clause.id, block.label))
    known = [s for s in annex.sanctions.values() if (s.clause, s.paragraph) in places]
    known.sort(key=lambda s: order.index((s.clause, s.paragraph)))
    return tuple(
        Failure(
            name=s.name, label=s.label, paragraph=number, clause=clause, sentence=text, counted=s.counted, unit=s.unit
        )
        for s in known
        for number, clause, text in [places[s.clause, s.paragraph]]
    )


def statement(deal: Deal, as_of: datetime, month: date | None = None) -> Statement | None:
    """What is due for the ledger of a deal; None while nothing is in it. Raises DealError with every wrong row."""
    ledger = deal.path(LEDGER)
    if not ledger.is_file() or not _rows(deal.read(LEDGER) or b""):
        return None
    return _stated(deal, ledger, (), as_of, month)


def _stated(deal: Deal, ledger: Path | None, events: tuple[str, ...], as_of: datetime, month: date | None) -> Statement:
    now = performed(deal)
    months = [month] if month else ()
    try:
        return penalties_of(
            now.annex, now.profile, law_name=now.law_name, ledger=ledger, events=events, months=months, as_of=as_of
        )
    except InputError as refused:
        told = "; ".join(
            f"{f'line {p.at.line}: ' if p.at.line > 1 else ''}{p.message}{f' ({p.hint})' if p.hint else ''}"
            for p in refused.problems[:5]
        )
        raise DealError(f"{_capital(told)}.") from None


def statement_word(deal: Deal, as_of: datetime, month: date | None = None) -> bytes:
    """The statement in Word. Raises DealError."""
    found = statement(deal, as_of, month)
    if found is None:
        raise DealError("The ledger is still empty, so there is nothing to state.")
    style, problems = house_style(HOUSE_STYLES[0], None, None)
    if style is None:
        raise DealError(problems[0].message)
    return write_statement_docx(found, performed(deal).annex, style)


def try_entry(deal: Deal, cells: Mapping[str, str], as_of: datetime) -> Statement:
    """What an entry would come to by itself, before it is in the ledger. Raises DealError with the reason it can't be counted."""
    entry = {k: v for k, v in _entry(deal, cells).items() if k != "note"}
    written = ", ".join(f"{k}={v.replace('=', ' ')}" for k, v in {"event": "this failure", **entry}.items())
    return _stated(deal, None, (written,), as_of, None)


def _entry(deal: Deal, cells: Mapping[str, str]) -> dict[str, str]:
    """The cells of an entry; times are those of the place where the annex is performed."""
    entry = {k: plain for k, v in cells.items() if k in COLUMNS and (plain := _plain(v))}
    if any(entry.get(k) for k in ("start", "due", "done", "at")):
        entry.setdefault("time_zone", performed(deal).annex.time_zone)
    return entry


def add_entry(deal: Deal, cells: Mapping[str, str], as_of: datetime) -> None:
    """Add a failure to `ledger.csv`, which `ccclauses penalty --ledger` reads. Raises DealError; then nothing was added."""
    try_entry(deal, cells, as_of)
    with deal.held():
        before = deal.read(LEDGER) or b""
        rows = _rows(before)
        entry = {"event": _next_name(rows), **_entry(deal, cells)}
        deal.write(_written([*rows, entry]), LEDGER)
        try:
            _stated(deal, deal.path(LEDGER), (), as_of, None)
        except DealError:
            if before:
                deal.write(before, LEDGER)
            else:
                deal.path(LEDGER).unlink(missing_ok=True)
            raise


def drop_entry(deal: Deal, number: int) -> None:
    """Take the entry of that place, counted from 1, out of the ledger. Raises DealError."""
    with deal.held():
        rows = _rows(deal.read(LEDGER) or b"")
        if not 1 <= number <= len(rows):
            raise DealError("That entry is no longer in the ledger.")
        deal.write(_written(rows[: number - 1] + rows[number:]), LEDGER)


def entries(deal: Deal) -> list[dict[str, str]]:
    """The rows of the ledger as they are written."""
    return _rows(deal.read(LEDGER) or b"")


def _plain(text: str) -> str:
    """One line, without what a spreadsheet would take for a formula."""
    return " ".join(text.split()).lstrip("=+@")


def _rows(data: bytes) -> list[dict[str, str]]:
    text = data.decode("utf-8-sig", errors="replace")
    return [{k: v or "" for k, v in row.items() if k} for row in csv.DictReader(io.StringIO(text)) if any(row.values())]


def _written(rows: list[dict[str, str]]) -> bytes:
    used = [c for c in COLUMNS if any(r.get(c) for r in rows)] or ["event", "failure"]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, used, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _next_name(rows: list[dict[str, str]]) -> str:
    taken = {r.get("event", "") for r in rows}
    return next(name for n in range(1, len(rows) + 2) if (name := f"event {n}") not in taken)
