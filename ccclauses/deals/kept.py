"""A file of somebody else's that a deal keeps in a folder of its own: the agreement, the supplier's paper."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .folder import Deal


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file that a deal keeps: its name, where it is, its fingerprint, and what was chosen for it."""

    name: str
    path: Path
    digest: str
    chosen: Mapping[str, str] = field(default_factory=dict)


def read_kept(deal: Deal, folder: str) -> Kept | None:
    """The file that is kept in a folder of the deal; None where there is none, or what is noted of it can't be read."""
    about = deal.read(folder, f"{folder}.json")
    if about is None:
        return None
    try:
        told = json.loads(about)
        path = deal.path(folder, str(told["file"]))
        chosen = {str(k): str(v) for k, v in told.get("chosen", {}).items()}
        return Kept(
            name=str(told["name"]), path=path, digest=hashlib.sha256(path.read_bytes()).hexdigest(), chosen=chosen
        )
    except (ValueError, KeyError, TypeError, AttributeError, OSError):
        return None


def note_kept(deal: Deal, folder: str, name: str, file: str, chosen: Mapping[str, str] | None = None) -> None:
    """Note of a file in a folder of the deal what it was called and what was chosen for it."""
    about = {"name": name[:200], "file": file, "chosen": dict(chosen or {})}
    deal.write((json.dumps(about, ensure_ascii=False, indent=2) + "\n").encode(), folder, f"{folder}.json")
