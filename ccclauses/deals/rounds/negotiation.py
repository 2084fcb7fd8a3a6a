"""What we decide about a round, kept as a file of answers that is rewritten at each decision; undo brings the last one back.

`rounds/01-answers.yaml` is what `ccclauses review --respond` reads. What it said before each decision lies in
`rounds/01-undo/`, so that undo holds across reloads and days. Nothing of it is in the answer until that is written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from ...common.apart import Apart, Ended, Failed, TookTooLong
from ...load.answers import answers_text, load_answers
from ...model.diagnostic import errors
from ...model.findings.review import Answer, Query
from ..folder import Deal
from . import papers
from .moves import Moved, moves
from .papers import CantRead, Judged, Papers, Recognised, Written
from .rounds import Refused, Round, Rounds, open_rounds, record_returned, record_sent
from .table import Row, Table

SECONDS = 60.0  # that a stranger's file may keep a reader busy
_KEPT = 8  # tables that are remembered
TOO_LONG = (
    "This file takes longer to read than a contract annex ever does, so reading it was stopped. "
    "Ask for it to be saved anew in Word, without pictures. The deal is unchanged."
)
_DIED = "This file could not be read: reading it needed more memory than there is. The deal is unchanged."


class Desk:
    """Where papers are opened: a process apart, and the tables that it made, by what the files hold."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._apart, self._seconds = Apart(), seconds
        self._tables: dict[str, Future[Table]] = {}
        self._lock = Lock()

    def ask(self, fn: Any, *args: Any) -> Any:
        """What a function of `papers` says; raises CantRead with a sentence for people."""
        return told(self._apart.start(self._seconds, fn, *args))

    def table(self, of: Papers, wait: float | None = None) -> Table | None:
        """The table of two papers; None when it is not ready after `wait` seconds. Raises CantRead."""
        with self._lock:
            future = self._tables.get(of.label)
            if future is None or (future.done() and future.exception() is not None):
                future = self._apart.start(self._seconds, papers.read_table, of)
                self._tables[of.label] = future
                while len(self._tables) > _KEPT:
                    del self._tables[next(iter(self._tables))]
        return told(future, wait)

    def warm(self, sent: Papers | None = None) -> None:
        """Start the process before it is needed, with the paper that was sent opened, so that what comes back is read at once."""
        self._apart.start(self._seconds, papers.warm, sent)

    def close(self) -> None:
        """End the process."""
        self._apart.close()


def told(future: Future[Any], wait: float | None = None) -> Any:
    """What a future gives, its troubles as sentences; None when it is not ready after `wait` seconds."""
    try:
        return future.result(wait)
    except TookTooLong:
        raise CantRead(TOO_LONG) from None
    except Ended:
        raise CantRead(_DIED) from None
    except Failed as problem:
        kind, _, message = str(problem).partition(" ")
        raise CantRead(
            message if kind == "CantRead" else f"This file can't be read ({kind}). The deal is unchanged."
        ) from None
    except NotYet:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Negotiated:
    """A round as its screen shows it."""

    rounds: Rounds
    round: Round
    papers: Papers
    table: Table
    answers: Mapping[int, Answer]
    problems: tuple[str, ...] = ()  # what in the file of answers can't be read; then nothing may be decided here


def rounds_of(deal: Deal) -> Rounds:
    """The rounds of a deal."""
    return open_rounds(deal.path("rounds"))


def sent_paper(deal: Deal) -> Papers | None:
    """The paper that waits for an answer; None where there is none."""
    last = rounds_of(deal).last
    if last is None or last.sent is None or last.returned is not None:
        return None
    path = deal.path("rounds", last.sent.file)
    found = papers.papers_of(rounds_of(deal), last.number, profile=deal.profile, returned=path)
    return found


def papers_of(deal: Deal, number: int) -> Papers:
    """The papers of a round that came back; raises DealError where there are none."""
    found = rounds_of(deal)
    deal.path("rounds", f"{number:02}-sent.docx"), deal.path("rounds", f"{number:02}-returned.docx")
    return papers.papers_of(found, number, profile=deal.profile)


def negotiated(deal: Deal, number: int, desk: Desk, wait: float | None = None) -> Negotiated | None:
    """A round that came back, with what was decided; None when its table is not ready after `wait` seconds.

    Raises DealError when a paper can't be read.
    """
    found = rounds_of(deal)
    of = papers_of(deal, number)
    table = desk.table(of, wait)
    if table is None:
        return None
    answers, problems = _answers(deal, number, table)
    return Negotiated(
        rounds=found,
        round=next(r for r in found.all if r.number == number),
        papers=of,
        table=table,
        answers=answers,
        problems=problems,
    )


def _answers(deal: Deal, number: int, table: Table) -> tuple[Mapping[int, Answer], tuple[str, ...]]:
    path = deal.path("rounds", f"{number:02}-answers.yaml")
    if not path.is_file():
        return {}, ()
    given, _, problems = load_answers(path, table.findings)
    return given, tuple(f"Line {p.at.line}: {p.message}." for p in errors(problems))


# -- deciding ---------------------------------------------------------------------------------------------------------


def decide(deal: Deal, now: Negotiated, decisions: Mapping[int, Answer | None]) -> None:
    """Keep what was decided about some rows by their numbers; None takes a decision away. Raises DealError."""
    number = now.round.number
    _check_open(now)
    with deal.held():
        answers, problems = _answers(deal, number, now.table)
        if problems:
            raise Refused(f"Our answers to this round can't be read. {problems[0]} Put it right in the file first.")
        after = {n: a for n, a in {**answers, **decisions}.items() if a is not None}
        if after == dict(answers):
            return
        before = deal.read("rounds", f"{number:02}-answers.yaml") or b""
        kept = deal.listed("rounds", f"{number:02}-undo")
        following = int(kept[-1][:4]) + 1 if kept else 1
        deal.write(before, "rounds", f"{number:02}-undo", f"{following:04}.yaml")
        text = answers_text(now.table.findings, after, now.table.names)
        deal.write(text.encode(), "rounds", f"{number:02}-answers.yaml")


def undo(deal: Deal, number: int) -> bool:
    """Bring back what was decided before the last decision of a round; False when there is none. Raises DealError."""
    with deal.held():
        found = rounds_of(deal)
        if any(r.number > number for r in found.all):
            raise Refused("The answer to this round has gone out, so nothing in it can be undone any more.")
        kept = deal.listed("rounds", f"{number:02}-undo")
        if not kept:
            return False
        before = deal.read("rounds", f"{number:02}-undo", kept[-1]) or b""
        path = deal.path("rounds", f"{number:02}-answers.yaml")
        if before:
            deal.write(before, "rounds", path.name)
        else:
            path.unlink(missing_ok=True)
        deal.path("rounds", f"{number:02}-undo", kept[-1]).unlink(missing_ok=True)
        return True


def can_undo(deal: Deal, number: int) -> bool:
    """Whether a decision of a round can be undone."""
    return bool(deal.listed("rounds", f"{number:02}-undo"))


def _check_open(now: Negotiated) -> None:
    if any(r.number > now.round.number for r in now.rounds.all):
        raise Refused("The answer to this round has gone out: it is kept as it was. Decide in the round that is open.")


def hold(row: Row, reason: str = "", only_us: str = "") -> Answer:
    """Our text is put back. Raises Refused for a row where that says nothing."""
    if not row.can_be_held:
        raise Refused("There is nothing to put back here. Reply to the comment, or leave it.")
    return Answer(decision="refuse", reason=reason.strip(), only_us=only_us.strip())


def counter(row: Row, text: str, reason: str = "", only_us: str = "") -> Answer:
    """Our words in the place of theirs; our very words are a hold, and theirs can't be a counter. Raises Refused."""
    words = " ".join(text.split())
    if not row.takes_wording:
        raise Refused("A counter needs one paragraph of theirs to go into. Hold it, and give your words in the reason.")
    if not words:
        raise Refused("Write the words that you offer.")
    if words == row.before:
        return hold(row, reason, only_us)
    if words == row.after:
        raise Refused("These are their own words. Choose Accept to take them.")
    return Answer(decision="counter", text=words, reason=reason.strip(), only_us=only_us.strip())


def accept(row: Row, reason: str = "", only_us: str = "") -> Answer:
    """Their words stay. Below our limit the reason is asked, for our own side only. Raises Refused."""
    if "below limit" in row.flags and not only_us.strip():
        raise Refused("This is below our limit. Write for our own side why we take it; they will not read it.")
    return Answer(decision="accept", reason=reason.strip(), only_us=only_us.strip())


def ask(row: Row, name: str, question: str, only_us: str = "") -> Answer:
    """Somebody on our side is asked; the row stays open. Raises Refused."""
    if not name.strip() or not question.strip():
        raise Refused("Write whom you ask, and what.")
    query = Query(name=" ".join(name.split()), question=" ".join(question.split()))
    return Answer(decision="open", ask=query, only_us=only_us.strip())


def reply(row: Row, reason: str, only_us: str = "") -> Answer:
    """A comment of theirs is answered by one of ours. Raises Refused."""
    if not reason.strip():
        raise Refused("Write what you reply.")
    return Answer(decision="open", reason=reason.strip(), only_us=only_us.strip())


def question_text(row: Row, query: Query) -> str:
    """A text to be sent to whoever is asked: the question and both wordings."""
    parts = [f"{query.name}, a question on {row.clause} {row.paragraph}".rstrip() + ":", query.question]
    parts += [f"Ours: {row.before}"] if row.before else ["Ours: nothing was here."]
    parts += [f"Theirs: {row.after}"] if row.after else ["Theirs: they take it out."]
    parts += [m.text for m in row.means]
    return "\n\n".join(parts)


def add_returned(deal: Deal, name: str, data: bytes, day: date, desk: Desk, *, anyway: bool = False) -> Round:
    """Take in a Word file that came back, if it is the annex that was sent. Raises DealError; then nothing changed."""
    if not data:
        raise Refused("Choose the file that came back first.")
    if data[:5] == b"%PDF-":
        raise Refused("This is a PDF. We compare Word files; ask for the one that it was printed from.")
    found = rounds_of(deal)
    last = found.last
    if last is None or last.sent is None:
        raise Refused("Nothing was sent yet, so nothing can have come back. Send the annex first.")
    path = deal.path("rounds", last.sent.file)
    known: Recognised = desk.ask(papers.recognise, (str(path), last.sent.sha256), data)
    if not known.is_ours and not anyway:
        raise NotOurs(known)
    with deal.held():
        record_returned(deal.path("rounds"), data, name=name, day=day.isoformat())
    return rounds_of(deal).all[-1]


class NotOurs(Refused):
    """A Word file that is not the annex that was sent: nothing in it is a change."""

    def __init__(self, known: Recognised) -> None:
        self.clauses, self.of = known.clauses, known.of
        why = (
            "This annex was made for another deal, or of another draft of this one."
            if known.other
            else f"{known.clauses} of our {known.of} clauses are in this file, so it is not the annex that you sent."
        )
        super().__init__(f"{why} Nothing was compared.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer that was written: what reading it back found, and whether something was decided since."""

    path: Path
    problems: tuple[str, ...]
    silent: int
    marked: int
    comments: int
    stale: bool


def write_answer(deal: Deal, now: Negotiated, author: str, moment: datetime, desk: Desk) -> Written:
    """Write our answer into `02-sent.docx`, read back; it may be written again until it has gone out. Raises DealError."""
    _check_open(now)
    if now.problems:
        raise Refused(f"Our answers can't be read. {now.problems[0]}")
    moment = moment.replace(microsecond=0)
    written: Written = desk.ask(papers.write_answer, now.papers, tuple(now.answers.items()), author, moment)
    name = f"{now.round.number + 1:02}-sent.docx"
    told = {
        "problems": list(written.back.problems),
        "silent": written.back.silent,
        "marked": written.back.marked,
        "comments": written.back.comments,
        "answers": _answers_digest(deal, now.round.number),
        "sha256": hashlib.sha256(written.data).hexdigest(),
        "done": {str(number): done for number, done in written.done},
    }
    with deal.held():
        deal.write(written.data, "rounds", name)
        deal.write(
            (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode(), "rounds", _read_back(now.round.number)
        )
    return written


def _read_back(number: int) -> str:
    return f"{number + 1:02}-read-back.json"


def _answers_digest(deal: Deal, number: int) -> str:
    return hashlib.sha256(deal.read("rounds", f"{number:02}-answers.yaml") or b"").hexdigest()


def answered(deal: Deal, number: int) -> Answered | None:
    """The answer to a round, where it is written."""
    data, about = deal.read("rounds", f"{number + 1:02}-sent.docx"), deal.read("rounds", _read_back(number))
    if data is None or about is None:
        return None
    try:
        told = json.loads(about)
        same = told["sha256"] == hashlib.sha256(data).hexdigest() and told["answers"] == _answers_digest(deal, number)
        return Answered(
            path=deal.path("rounds", f"{number + 1:02}-sent.docx"),
            problems=tuple(map(str, told["problems"])),
            silent=int(told["silent"]),
            marked=int(told["marked"]),
            comments=int(told["comments"]),
            stale=not same,
        )
    except (ValueError, KeyError, TypeError):
        return None


def send_answer(deal: Deal, number: int, day: date) -> Round:
    """Freeze the answer to a round as sent. Raises DealError when it is not written, or something changed since."""
    with deal.held():
        found, written = rounds_of(deal), answered(deal, number)
        if found.last is None or found.last.number != number or found.last.returned is None or written is None:
            raise Refused("The answer is not written yet. Write it first, then send it.")
        if written.stale:
            raise Refused("Something was decided after the answer was written. Write it again first.")
        name = f"{number + 1:02}-sent.docx"
        source = deal.read("rounds", f"{found.all[0].number:02}-sent.yaml")
        record_sent(
            deal.path("rounds"),
            written.path.read_bytes(),
            name=name,
            day=day.isoformat(),
            beside={"yaml": source} if source else {},
        )
    return rounds_of(deal).all[-1]


def judged(now: Negotiated, row: Row, text: str, desk: Desk) -> Judged:
    """What words that are being typed for a row come to."""
    return desk.ask(papers.judge_words, now.papers, row.number, text[:20_000])


def offers(now: Negotiated, row: Row, desk: Desk) -> tuple[tuple[str, str], ...]:
    """What a counter to a row may begin with."""
    return desk.ask(papers.offer_words, now.papers, row.number)


def accept_all(rows: Iterable[Row], answers: Mapping[int, Answer]) -> dict[int, Answer]:
    """Their words for rows that are on our ladder and break nothing; a row with an answer keeps it."""
    return {r.number: Answer(decision="accept") for r in rows if r.by_list and r.number not in answers}


def moved(deal: Deal, desk: Desk) -> tuple[tuple[Moved, ...], tuple[Moved, ...]] | None:
    """The values and clauses that moved between the papers of a deal; None with fewer than two. Raises DealError."""
    found = rounds_of(deal)
    if found.problems:
        raise CantRead(f"The list of rounds can't be read: {found.problems[0].message}.")
    if len(found.stages) < 2:
        return None
    stages = [(str(deal.path("rounds", s.file)), s.sha256) for s in found.stages]
    of = papers.papers_of(found, found.all[0].number, profile=deal.profile)
    values: tuple[tuple[Moved, ...], tuple[Moved, ...]] = desk.ask(moves, tuple(stages), of.profile, of.base)
    return values
