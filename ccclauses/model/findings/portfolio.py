"""A signed or drafted annex of a portfolio, as a row of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What a Word file of a portfolio holds, in texts that are printed and kept as they are."""

    file: str  # below the folder
    kind: str = "annex"  # annex, contract (of somebody else) or unreadable
    problem: str = ""  # why it could not be read, or that it is not an annex of this library
    supplier: str = ""
    client: str = ""
    reference: str = ""
    date: str = ""  # ISO 8601
    version: str = ""
    status: str = ""
    fingerprint: str = ""  # of the annex; empty for a file of somebody else
    same_as: str = ""  # the first file of the folder that has its fingerprint
    changed: bool = (
        False  # it says something else than the library, or than itself, or holds tracked changes or comments
    )
    remarks: tuple[str, ...] = ()  # what is changed, missing or added, and which places differ
    clauses: Mapping[
        str, str
    ]  # id → version: "2"; "2, changed"; "not known"; "?" for a clause that is none of the library's
    values: Mapping[str, str]  # parameter → value, as the clauses say it
    posture: str = ""  # the one whose values it holds most often
    posture_share: str = ""  # "212 of 240 values"
    coverage: Mapping[str, str]  # framework → "5 of 7"
    review: str = ""  # date of the next review that it asks for, ISO 8601
    month: str = ""  # credits at most, in a month
    year: str = ""
