"""Names of the hidden bookmarks by which clauses and paragraphs are found again in a Word file.

A bookmark's name begins with a letter or `_` (which hides it) and has at most 40 characters (Word's limit).
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from ...model.annex import ANCHOR_LIMIT


def clause_anchor(clause: str) -> str:
    """The anchor of a clause's heading: `_cc_incident_notification`."""
    return "_cc_" + clause.replace("-", "_")


@lru_cache(maxsize=20_000)
def paragraph_anchor(clause: str, label: str) -> str:
    """The anchor of a labelled paragraph, shortened with a checksum when it would be too long for Word."""
    return _bounded(f"{clause_anchor(clause)}__{label.replace('-', '_')}")


def schedule_anchor(schedule: str) -> str:
    """The anchor of a schedule's heading."""
    return "_cs_" + schedule.replace("-", "_")


@lru_cache(maxsize=20_000)
def definition_anchor(term: str) -> str:
    """The anchor of a definition."""
    return _bounded("_cd_" + "".join(c if c.isalnum() and c.isascii() else "_" for c in term.lower()))


def _bounded(name: str) -> str:
    if len(name) <= ANCHOR_LIMIT:
        return name
    checksum = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: ANCHOR_LIMIT - 9]}_{checksum}"
