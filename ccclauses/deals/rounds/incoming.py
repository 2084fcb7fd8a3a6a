"""A Word file that came in without saying to which deal it belongs: kept aside, and matched with the papers that were sent.

It waits in `.incoming/` next to the deals until somebody says what it is; nothing of any deal is changed before.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from ...common.files import replace_whole
from ..folder import Deal, DealError, Deals
from .negotiation import Desk, rounds_of
from .papers import recognise

FOLDER = ".incoming"
_KEY = re.compile(r"[0-9a-f]{32}")
_MOST = 40  # deals that are looked at, those changed last first


@dataclass(frozen=True, slots=True)
class Match:
    """A deal that a file may belong to, and how many of the clauses that were sent are in it."""

    deal: Deal
    round: int
    clauses: int
    of: int
    ours: bool


def keep_incoming(deals: Deals, data: bytes) -> str:
    """Keep a file aside; returns the key by which it is asked for again."""
    key = hashlib.sha256(data).hexdigest()[:32]
    folder = deals.root / FOLDER
    try:
        if folder.is_symlink():
            raise DealError("The folder for incoming files is a link, and links are not followed.")
        folder.mkdir(parents=True, exist_ok=True)
        replace_whole(folder / f"{key}.docx", data)
    except OSError as problem:
        raise DealError(f"The file can't be kept: {problem.strerror}. Nothing was changed.") from None
    return key


def incoming(deals: Deals, key: str) -> bytes:
    """A file that is kept aside; raises `DealError` when it is not there any more."""
    path = deals.root / FOLDER / f"{key}.docx"
    if not _KEY.fullmatch(key) or path.is_symlink() or path.parent.is_symlink() or not path.is_file():
        raise DealError("The file is not kept any more. Choose it again.")
    return path.read_bytes()


def drop_incoming(deals: Deals, key: str) -> None:
    """Forget a file that was kept aside."""
    if _KEY.fullmatch(key):
        (deals.root / FOLDER / f"{key}.docx").unlink(missing_ok=True)


def matches(deals: Deals, desk: Desk, data: bytes) -> list[Match]:
    """The deals from which a paper went out and none came back yet, the likeliest first; raises `DealError` for no Word file."""
    found = []
    for deal in deals.all()[:_MOST]:
        last = rounds_of(deal).last
        if last is None or last.sent is None or last.returned is not None:
            continue
        sent = deal.path("rounds", last.sent.file)
        known = desk.ask(recognise, (str(sent), last.sent.sha256), data)
        found.append(Match(deal, last.number, known.clauses, known.of, known.is_ours))
    return sorted(found, key=lambda m: (not m.ours, -m.clauses / max(m.of, 1)))
