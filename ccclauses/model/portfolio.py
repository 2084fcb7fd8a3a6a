"""A signed or drafted annex of a portfolio, as a row of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What a Word file of a portfolio holds, in texts that are printed and kept as they are."""

    file: str  # below the folder
    problem: str = ""  # why it could not be read, or that it is no annex of this library
    supplier: str = ""
    client: str = ""
    reference: str = ""
    date: str = ""  # ISO 8601
    version: str = ""
    status: str = ""
    fingerprint: str = ""  # of the annex; empty for a file of somebody else
    changed: bool = False  # tracked changes or comments stand in it
    clauses: Mapping[str, str]  # id → version, "?" where the file tells none
    values: Mapping[str, str]  # parameter → value
    posture: str = ""  # the one whose values it holds most often
    posture_share: str = ""  # "212 of 240 values"
    coverage: Mapping[str, str]  # framework → "5 of 7"
    review: str = ""  # date of the next review that it asks for, ISO 8601
    month: str = ""  # credits at most, in a month
    year: str = ""
