"""The paper to be signed against what was agreed, and what is kept once it is: `signed/` holds the file and its data.

What was agreed is the last paper of the negotiation with every change in it accepted, as far as nothing was left open. The
file to be signed waits as `signed/final.docx` until it is marked as signed; `signed/signed.json` says by whom and when.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..folder import Deal
from . import final, papers
from .negotiation import Desk, negotiated, rounds_of
from .papers import Papers
from .rounds import Refused
from .table import Row, Table, is_decided, state

FINAL, AGREED_DATA, AGREED_PROFILE, SIGNED = "final.docx", "agreed.json", "agreed.yaml", "signed.json"
_CHOICES = ("agree", "send-back")


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The paper that represents what was agreed; `waiting` says what keeps the deal from having one, or is left open in it."""

    path: Path | None = None
    digest: str = ""
    name: str = ""
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """That a deal was signed: the day, and who signed for whom."""

    day: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalPaper:
    """A file to be signed, held against what was agreed. `choices` say of differences by key: agree or send-back."""

    basis: Basis
    name: str
    table: Table
    choices: Mapping[str, str]

    @property
    def open(self) -> tuple[Row, ...]:
        """The differences that nobody agreed to yet."""
        return tuple(r for r in self.table.rows if self.choices.get(r.key) != "agree")

    @property
    def may_be_signed(self) -> bool:
        """Whether it says what was agreed, or every difference was agreed to since."""
        return not self.open


def basis(deal: Deal, desk: Desk) -> Basis:
    """What was agreed so far; raises DealError when a paper can't be read."""
    found = rounds_of(deal)
    last = found.last
    if found.problems:
        return Basis(waiting=(f"The list of rounds can't be read: {found.problems[0].message}.",))
    if last is None or last.sent is None:
        return Basis(waiting=("Nothing was sent yet. Send the annex first.",))
    waiting: list[str] = []
    paper = last.sent
    if last.returned is not None:
        now = negotiated(deal, last.number, desk)
        assert now is not None
        undecided = [r for r in now.table.rows if not is_decided(r, now.answers)]
        if any(state(r, now.answers) != "accepted" for r in now.table.rows):
            return Basis(
                waiting=(
                    f"Round {last.number} waits for our answer: {len(undecided)} of {len(now.table.rows)} changes are open."
                    if undecided
                    else f"Round {last.number} is decided, and the answer has not gone out yet.",
                )
            )
        paper = last.returned
    elif last.number > 1:
        before = negotiated(deal, last.number - 1, desk)
        left = [r for r in before.table.rows if not is_decided(r, before.answers)] if before else []
        waiting += [f"{r.clause} {r.paragraph} was left open in our answer; their words are in it." for r in left]
    path = deal.path("rounds", paper.file)
    return Basis(
        path=path,
        digest=paper.sha256,
        name=f"{paper.file}, {paper.side} in round {paper.round}",
        waiting=tuple(waiting),
    )


def add_final(deal: Deal, name: str, data: bytes, desk: Desk) -> None:
    """Take in a file that is to be signed. Raises DealError; then nothing changed."""
    if signed(deal):
        raise Refused("This deal is marked as signed. Take that back first.")
    if not data:
        raise Refused("Choose the file that is to be signed first.")
    if data[:5] == b"%PDF-":
        raise Refused("This is a PDF. We compare Word files; ask for the one that it was printed from.")
    found = basis(deal, desk)
    if found.path is None:
        raise Refused(found.waiting[0])
    known = desk.ask(papers.recognise, (str(found.path), found.digest), data)
    if not known.is_ours:
        raise Refused(
            f"{known.clauses} of our {known.of} clauses are in this file, so it is not this annex. Nothing was compared."
        )
    with deal.held():
        deal.write(json.dumps({"name": name[:200], "choices": {}}, indent=2).encode(), "signed", "final.json")
        deal.write(data, "signed", FINAL)


def final_paper(deal: Deal, desk: Desk) -> FinalPaper | None:
    """The file to be signed with every difference; None while there is none. Raises DealError."""
    data = deal.read("signed", FINAL)
    if data is None:
        return None
    found = basis(deal, desk)
    if found.path is None:
        raise Refused(found.waiting[0])
    about = _about(deal)
    of = _papers(deal, found, hashlib.sha256(data).hexdigest())
    table = desk.ask(final.compare_final, of)
    return FinalPaper(basis=found, name=about["name"], table=table, choices=about["choices"])


def choose(deal: Deal, key: str, choice: str) -> None:
    """Agree to a difference, or send it back; an empty choice takes either away. Raises DealError."""
    if choice and choice not in _CHOICES:
        raise Refused("A difference is agreed to or sent back.")
    with deal.held():
        about = _about(deal)
        choices = {k: v for k, v in about["choices"].items() if k != key}
        after = {**choices, key: choice} if choice else choices
        deal.write(json.dumps({**about, "choices": after}, indent=2).encode(), "signed", "final.json")


def drop_final(deal: Deal) -> None:
    """Put the file to be signed aside, for another one. Raises DealError."""
    with deal.held():
        if signed(deal):
            raise Refused("This deal is marked as signed. Take that back first.")
        for name in (FINAL, "final.json"):
            deal.path("signed", name).unlink(missing_ok=True)


def mark_signed(deal: Deal, day: date, by: tuple[str, ...], desk: Desk) -> final.AgreedFiles:
    """Mark the final file as signed and write what was agreed as data and profile. Raises DealError.

    What the calendar and the credits follow from then on is `signed/agreed.yaml` and `signed/agreed.json`.
    """
    now = final_paper(deal, desk)
    if now is None:
        raise Refused("Add the file that is to be signed first.")
    if not now.may_be_signed:
        raise Refused(f"{len(now.open)} differences are not agreed to yet. Agree to each, or send the file back.")
    first = rounds_of(deal).all[0].sent
    assert first is not None
    data = deal.read("signed", FINAL) or b""
    path = deal.path("rounds", first.file)
    found = Basis(path=path, digest=first.sha256)
    files = desk.ask(
        final.agreed_files,
        _papers(deal, found, hashlib.sha256(data).hexdigest()),
        "../profile.yaml",
        first.file,
        FINAL,
    )
    with deal.held():
        deal.write(files.data.encode(), "signed", AGREED_DATA)
        deal.write(files.profile.encode(), "signed", AGREED_PROFILE)
        told = {"day": day.isoformat(), "by": list(by), "sha256": hashlib.sha256(data).hexdigest()}
        deal.write((json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode(), "signed", SIGNED)
    return files


def signed(deal: Deal) -> Signed | None:
    """That the deal was signed, where it is marked so."""
    data = deal.read("signed", SIGNED)
    if data is None:
        return None
    try:
        told = json.loads(data)
        return Signed(day=str(told["day"]), by=tuple(str(x) for x in told["by"]))
    except (ValueError, KeyError, TypeError):
        return Signed(day="", by=())


def take_back_signed(deal: Deal) -> None:
    """Take back that the deal was signed; the files stay. Raises DealError."""
    with deal.held():
        deal.path("signed", SIGNED).unlink(missing_ok=True)


def _about(deal: Deal) -> dict:
    try:
        told = json.loads(deal.read("signed", "final.json") or b"{}")
        return {"name": str(told.get("name", FINAL)), "choices": dict(told.get("choices", {}))}
    except (ValueError, AttributeError, TypeError):
        return {"name": FINAL, "choices": {}}


def _papers(deal: Deal, found: Basis, digest: str) -> Papers:
    rounds = rounds_of(deal)
    source = rounds.source(rounds.all[0].number)
    own = source if source.is_file() else deal.profile
    profile = (str(own), hashlib.sha256(own.read_bytes()).hexdigest())
    return Papers(
        sent=(str(found.path), found.digest),
        returned=(str(deal.path("signed", FINAL)), digest),
        profile=profile,
        base=str(deal.profile),
    )
