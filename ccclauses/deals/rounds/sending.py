"""The file that goes out: made, read back, and frozen once it has been sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ...api.verification import verify
from ...load.document.edit import written
from ...load.inputs import load_inputs
from ...model.diagnostic import InputError, errors
from ...model.findings.negotiation import Stage
from ...ooxml.package.package import Package, read_package
from ...pipeline import build_annex
from ...write.data.annex_json import write_json
from ..edit import Refused, save_one
from ..folder import Deal, DealError
from ..notes import read_notes
from .negotiation import rounds_of
from .rounds import record_sent

_FEW = 3


class NotReady(DealError):
    """The file can't be made; `why` holds what keeps it from it, each as the pipeline says it."""

    def __init__(self, why: tuple[str, ...]) -> None:
        super().__init__("The file can't be made yet. Nothing was written.")
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file that was made and has not gone out: `problems` are what reading it back found, `stale` that the deal changed since."""

    number: int
    name: str
    status: str
    author: str
    problems: tuple[str, ...] = ()
    stale: bool = False


def next_number(deal: Deal) -> int:
    """The round in which the next file goes out."""
    last = rounds_of(deal).last
    return last.number + 1 if last else 1


def make(deal: Deal, status: str) -> Made:
    """Write the Word file of the deal as it is, as `draft` or `final`, and read it back; raises `NotReady` or `DealError`."""
    if rounds_of(deal).turn == "theirs":
        raise DealError(
            "The last file has gone out and nothing came back yet. Take back “I have sent it” to make another."
        )
    said = written(deal.text()).get("annex.status")
    if status != (said or "draft"):
        outcome = save_one(deal, "annex.status", "" if status == "draft" else status)
        if isinstance(outcome, Refused):
            raise NotReady((outcome.why,))
    profile, library, problems = load_inputs(deal.profile)
    built, found = build_annex(profile, library) if profile and library else (None, [])
    if built is None:
        raise NotReady(tuple(dict.fromkeys(d.message for d in errors([*problems, *found]))))
    number = next_number(deal)
    inside = tuple(leaks(deal, read_package(built.data)))
    if inside:
        raise DealError(f"The file was not written, because something of ours is in it: {'; '.join(inside[:_FEW])}.")
    name = f"{number:02}-sent"
    deal.write(deal.text().encode(), "rounds", f"{name}.yaml")
    deal.write(write_json(built.annex).encode(), "rounds", f"{name}.json")
    deal.write(built.data, "rounds", f"{name}.docx")
    back = _read_back(deal.path("rounds", f"{name}.docx"), deal.profile)
    found_made = made(deal)
    assert found_made
    if back:
        deal.path("rounds", f"{name}.docx").unlink(missing_ok=True)
        raise DealError(
            f"The file was made and does not say what the deal says: {'; '.join(back[:_FEW])}. It was not kept."
        )
    return found_made


def _read_back(word: Path, profile: Path) -> tuple[str, ...]:
    """What differs between the file and the deal, as a reader of the file sees it."""
    try:
        return tuple(f"{f.number} {f.what or f.kind}".strip() for f in verify(word, profile).findings)
    except InputError as refused:
        return tuple(d.message for d in errors(refused.problems))


def made(deal: Deal) -> Made | None:
    """The file that was made last and has not gone out yet; None when there is none."""
    if rounds_of(deal).turn == "theirs":
        return None
    number = next_number(deal)
    name = f"{number:02}-sent"
    data, text = deal.read("rounds", f"{name}.docx"), deal.read("rounds", f"{name}.yaml")
    if data is None or text is None:
        return None
    said = written(text.decode("utf-8", "replace"))
    author = said.get("parties.client.name")
    return Made(
        number=number,
        name=f"{name}.docx",
        status=str(said.get("annex.status") or "draft"),
        author=author if isinstance(author, str) else "",
        stale=text.decode("utf-8", "replace") != deal.text(),
    )


def send(deal: Deal, day: date) -> Stage:
    """Freeze the file that was made as sent; raises `DealError` when there is none, or the deal changed since."""
    with deal.held():
        ready = made(deal)
        if ready is None:
            raise DealError("Make the file first.")
        if ready.stale:
            raise DealError("The deal was changed after the file was made. Make the file anew, and send that one.")
        word = deal.read("rounds", ready.name) or b""
        beside = {kind: deal.read("rounds", f"{ready.number:02}-sent.{kind}") or b"" for kind in ("yaml", "json")}
        return record_sent(deal.path("rounds"), word, name=ready.name, day=day.isoformat(), beside=beside)


def changed_since(deal: Deal) -> tuple[str, str] | None:
    """The profile as it was when the last file went out, and as it is; None before the first."""
    last = rounds_of(deal).last
    sent = deal.read("rounds", f"{last.number:02}-sent.yaml") if last else None
    return (sent.decode("utf-8", "replace"), deal.text()) if sent is not None else None


# -- nothing of ours inside -------------------------------------------------------------------------------------------


def leaks(deal: Deal, package: Package) -> Iterator[str]:
    """What of our notes, positions and reasons is in a file that is to leave."""
    if any("comments" in name.lower() for name in package.parts):
        yield "it holds comments"
    text = "\n".join(_words(data) for name, data in package.parts.items() if name.endswith((".xml", ".rels")))
    for secret in _ours(deal):
        if secret in text:
            yield f"“{secret[:60]}”"


def _words(data: bytes) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", data.decode("utf-8", "replace")).split())


def _ours(deal: Deal) -> Iterator[str]:
    """The words that are for us only: notes, reasons, comments in the profile."""
    notes = read_notes(deal)
    said = written(deal.text())
    words = [*notes.unknown.values(), *notes.aside.values()]
    words += [str(said.get(f"exclude.{clause}")) for clause in said.keys("exclude")]
    words += re.findall(r"(?m)(?:^|\s)#\s*(.+)$", deal.text()) + re.findall(r"(?m)(?:^|\s)#\s*(.+)$", notes.text)
    yield from (w for raw in words if len(w := " ".join(raw.split())) > 11)
