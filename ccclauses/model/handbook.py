"""The handbook: what can be derived from an annex, kept next to the contract and never part of it."""

from __future__ import annotations

from dataclasses import dataclass

from .annex import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One table of the handbook under its heading, with a sentence that says what it shows."""

    id: str
    title: str
    lead: str
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Handbook:
    """The tables of a handbook in order; `notice` says that the contract prevails."""

    title: str
    notice: str
    registers: tuple[Register, ...]
