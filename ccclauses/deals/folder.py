"""The folder of all deals, and the folder of one: names, reading, and writing whole files.

    Deals/pebblebox/  profile.yaml  notes.yaml  ledger.csv
      versions/0007.yaml    each change; `versions` reads them
      rounds/  signed/      what went out and came back, and what was signed

Nothing outside the folder of the deals is ever read or written through these classes: every part of a name is checked, and a
symbolic link on the way is refused. Every failure is a `DealError` whose text is a sentence for a person.
"""

from __future__ import annotations

import os
import re
import time
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..common.files import alone, replace_whole
from ..common.limits import limits

PROFILE, NOTES, LEDGER = "profile.yaml", "notes.yaml", "ledger.csv"
_SLUG = re.compile(r"[^\W_][\w .,&()'+-]{0,79}(?<![ .])")
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_TRIES, _WAIT = 500, 0.01  # times and seconds that a change waits for another one to be finished


class DealError(Exception):
    """What keeps a deal from being read or written; the text is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Deal:
    """One deal: `slug` is the name of its folder in `root`."""

    root: Path
    slug: str

    @property
    def folder(self) -> Path:
        """Its folder."""
        return self.root / self.slug

    @property
    def profile(self) -> Path:
        """Where its profile is."""
        return self.folder / PROFILE

    def path(self, *parts: str) -> Path:
        """A file or folder of the deal; raises `DealError` for a name that leads out of it, or through a link."""
        if not all(_PART.fullmatch(part) and not _WINDOWS.fullmatch(part) for part in parts):
            raise DealError("That is not the name of a file of this deal.")
        path = self.folder
        for step in ("", *parts):
            path = path / step if step else path
            if path.is_symlink():
                raise DealError(f"“{path.name}” is a link to another place, and links are not followed.")
        return path

    def read(self, *parts: str) -> bytes | None:
        """The bytes of a file of the deal; None when it has none such."""
        path = self.path(*parts)
        try:
            with path.open("rb") as stream:
                data = stream.read(limits().word_bytes + 1)
        except FileNotFoundError:
            if not self.folder.is_dir():
                raise DealError(_GONE.format(self.slug)) from None
            return None
        except OSError as problem:
            raise DealError(f"“{path.name}” can't be read: {problem.strerror}.") from None
        if len(data) > limits().word_bytes:
            raise DealError(f"“{path.name}” is too large to be read.")
        return data

    def text(self) -> str:
        """The text of the profile, empty when there is none; raises `DealError` when it is not a text."""
        try:
            return (self.read(PROFILE) or b"").decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise DealError("The file of this deal can't be read as text.") from None

    def write(self, data: bytes, *parts: str) -> None:
        """Write a file of the deal, whole or not at all; folders on the way are made."""
        path = self.path(*parts)
        if not self.folder.is_dir():  # a folder that somebody moved away is not made anew, half empty
            raise DealError(_GONE.format(self.slug))
        try:
            path.parent.mkdir(exist_ok=True, parents=len(parts) > 1)
            replace_whole(path, data)
        except OSError as problem:
            raise DealError(f"“{path.name}” can't be written: {problem.strerror}. Nothing was changed.") from None

    def listed(self, *parts: str) -> tuple[str, ...]:
        """The names of the files in a folder of the deal, sorted; none when there is no such folder."""
        path = self.path(*parts)
        try:
            return tuple(sorted(p.name for p in path.iterdir() if p.is_file() and not p.name.startswith(".")))
        except OSError:
            return ()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the deal while it is changed, against other tabs and programs; raises `DealError` when it stays busy."""
        if not self.folder.is_dir():
            raise DealError(_GONE.format(self.slug))
        lock = self.path() / ".lock"
        with ExitStack() as stack:
            for _ in range(_TRIES):
                try:
                    stack.enter_context(alone(lock))
                    break
                except BlockingIOError:
                    time.sleep(_WAIT)
                except OSError as problem:
                    raise DealError(f"The folder of this deal can't be written: {problem.strerror}.") from None
            else:
                raise DealError("Another program is changing this deal. Try again in a moment.")
            yield


_GONE = "The folder “{}” is no longer there. It may have been moved or renamed."


@dataclass(frozen=True, slots=True)
class Deals:
    """The folder that holds the deals."""

    root: Path

    def all(self) -> tuple[Deal, ...]:
        """Every deal, the one that was changed last first."""
        found = []
        try:
            entries = list(os.scandir(self.root))
        except OSError:
            return ()
        for entry in entries:
            try:
                if _named(entry.name) and entry.is_dir(follow_symlinks=False):
                    found.append((os.stat(os.path.join(entry.path, PROFILE)).st_mtime, entry.name))
            except OSError:  # no profile, or gone since
                continue
        return tuple(Deal(self.root, name) for _, name in sorted(found, key=lambda f: (-f[0], f[1])))

    def open(self, slug: str) -> Deal | None:
        """The deal of that name; None when there is none."""
        if not _named(slug):
            return None
        deal = Deal(self.root, slug)
        linked = deal.folder.is_symlink() or deal.profile.is_symlink()
        return deal if not linked and deal.profile.is_file() else None

    def new(self, name: str, text: str) -> Deal:
        """Make a deal with that profile; `name` is what people call it, from which its folder is named."""
        base = slug_of(name)
        self.root.mkdir(parents=True, exist_ok=True)
        for number in range(1, 1000):
            deal = Deal(self.root, base if number == 1 else f"{base}-{number}")
            try:
                deal.folder.mkdir()
            except FileExistsError:
                continue
            except OSError as problem:
                raise DealError(f"No folder can be made for this deal: {problem.strerror}.") from None
            deal.write(text.encode(), "versions", "0001.yaml")
            deal.write(text.encode(), PROFILE)
            return deal
        raise DealError("There are too many deals of that name.")


def _named(slug: str) -> bool:
    return bool(_SLUG.fullmatch(slug)) and not _WINDOWS.fullmatch(slug)


def slug_of(name: str) -> str:
    """A name for a folder: `Evergood Support Ltd` gives `evergood-support-ltd`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-") or "deal"
    return f"deal-{slug}" if _WINDOWS.fullmatch(slug) else slug
