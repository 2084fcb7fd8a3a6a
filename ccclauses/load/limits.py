"""How much input is read before it is refused; input is never trusted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on what a file may hold; pass another one to a loader to change them."""

    file_bytes: int = 4 * 1024 * 1024
    depth: int = 40  # lists and keys inside each other
    values: int = 100_000  # texts, lists and groups of keys in one file
    bases: int = 20  # profiles that extend each other
    library_files: int = 5_000


LIMITS = Limits()
