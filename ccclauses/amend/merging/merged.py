"""The consolidated annex as a value: what came in, what stays, what both sides changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...model.annex import Annex
from ..composing import Composed
from .items import Item
from .same import Clash


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The consolidated annex, and what of the new library did not come in.

    `fresh` is what the new library alone makes of the profile, `taken` what it makes with the kept clauses as before.
    """

    signed: Annex
    annex: Annex
    fresh: Composed
    taken: Composed
    negotiated: frozenset[str]  # clauses whose signed words are not the old library's
    held: Mapping[str, str]  # clauses that stay because of a reference, and the reason
    undecided: Mapping[str, str]  # clauses of which it can't be known what the library says, and the reason
    definitions: tuple[str, ...]  # terms that both sides changed
    clashes: Mapping[str, tuple[Clash[Item], ...]]  # parts that both sides changed: a schedule's id, "key-terms", …
    by_line: bool = False  # whether negotiated clauses were merged line by line
