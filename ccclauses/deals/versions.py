"""Each change of a profile is kept as a file, and undo goes back through them.

`versions/0007.yaml` is the profile as the seventh change left it, byte for byte. What was undone stays as `0007.undone.yaml`
and can be done again until something else is changed. An edit by hand (an editor, git) becomes a version of its own at the next change.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .folder import PROFILE, Deal, DealError

FOLDER = "versions"
_NAME = re.compile(r"(\d{4,})(\.undone)?\.yaml")


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the profile: its number, when it was made, and whether it was undone."""

    number: int
    at: datetime
    undone: bool
    name: str


def versions(deal: Deal) -> tuple[Version, ...]:
    """All versions, the oldest first."""
    found = []
    try:
        # Looked at in one go: a deal may have thousands, and every screen asks.
        with os.scandir(deal.path(FOLDER)) as entries:
            for entry in entries:
                if (match := _NAME.fullmatch(entry.name)) and entry.is_file(follow_symlinks=False):
                    at = datetime.fromtimestamp(entry.stat(follow_symlinks=False).st_mtime)
                    found.append(Version(int(match[1]), at, bool(match[2]), entry.name))
    except OSError:
        pass
    return tuple(sorted(found, key=lambda v: v.number))


def text_of(deal: Deal, version: Version) -> str:
    """The profile as it was in a version."""
    return (deal.read(FOLDER, version.name) or b"").decode("utf-8", "replace")


def keep(deal: Deal, text: str) -> int:
    """Write the profile and keep it as a version; returns its number. The deal is held by the caller.

    The profile is written first: whenever the process ends, it is whole, and a version that is missing then is made up at the
    next change as if somebody had edited the file by hand.
    """
    record(deal)
    deal.write(text.encode(), PROFILE)
    return record(deal)


def record(deal: Deal) -> int:
    """Keep the profile as it is as a version, unless the last one is equal; returns the number of the last."""
    known = versions(deal)
    last = next((v for v in reversed(known) if not v.undone), None)
    text = deal.text()
    if last and text_of(deal, last) == text:
        return last.number
    number = known[-1].number + 1 if known else 1
    deal.write(text.encode(), FOLDER, f"{number:04d}.yaml")
    return number


def undo(deal: Deal) -> bool:
    """Put the profile back to what it was before the last change; False when there is nothing to undo."""
    with deal.held():
        record(deal)
        done = [v for v in versions(deal) if not v.undone]
        if len(done) < 2:
            return False
        deal.write(text_of(deal, done[-2]).encode(), PROFILE)
        _rename(deal, done[-1].name, f"{done[-1].number:04d}.undone.yaml")
        return True


def redo(deal: Deal) -> bool:
    """Do again what was undone last; False when something was changed since, or nothing was undone."""
    with deal.held():
        record(deal)
        again = next_redo(deal)
        if again is None:
            return False
        deal.write(text_of(deal, again).encode(), PROFILE)
        _rename(deal, again.name, f"{again.number:04d}.yaml")
        return True


def next_undo(deal: Deal) -> tuple[Version, Version] | None:
    """The last two versions that stand, the older first; None when there is nothing to undo."""
    done = [v for v in versions(deal) if not v.undone]
    return (done[-2], done[-1]) if len(done) > 1 else None


def next_redo(deal: Deal) -> Version | None:
    """The version that `redo` would bring back."""
    known = versions(deal)
    last = max((v.number for v in known if not v.undone), default=0)
    return next((v for v in known if v.undone and v.number > last), None)


def restore(deal: Deal, number: int) -> None:
    """Use the profile as it was in a version again, as a change of its own."""
    with deal.held():
        version = next((v for v in versions(deal) if v.number == number), None)
        if version is None:
            raise DealError("There is no such version.")
        keep(deal, text_of(deal, version))


def _rename(deal: Deal, old: str, new: str) -> None:
    try:
        os.replace(deal.path(FOLDER, old), Path(deal.path(FOLDER, new)))
    except OSError as problem:
        raise DealError(f"The versions of this deal can't be changed: {problem.strerror}.") from None
