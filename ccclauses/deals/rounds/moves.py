"""How values and clauses moved from paper to paper: what each paper says once every change in it is accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...compare.contents import tidy_text
from ...model.annex import Annex
from ...read.recover import recover_annex
from ...read.within import alone
from ...read.word.docx import read_docx
from ...review.find.findings import review
from .papers import Papers, known_of, package_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A value or a clause with what each paper says of it; `last` is the place of the paper that moved it last, 0 for none."""

    name: str
    at: tuple[str, ...]

    @property
    def last(self) -> int:
        """The paper that moved it last; the first paper moves nothing."""
        return max((i for i in range(1, len(self.at)) if self.at[i] and self.at[i] != self.at[i - 1]), default=0)


def moves(
    stages: Sequence[tuple[str, str]], profile: tuple[str, str], base: str
) -> tuple[tuple[Moved, ...], tuple[Moved, ...]]:
    """The values and the clauses that moved between papers, given as (path, SHA-256) in order; raises CantRead.

    A value has what each paper says, a clause what each paper did to it.
    """
    opened = [alone(package_of(*s))[0] for s in stages]
    known, library = known_of(opened[0], Papers(sent=stages[0], returned=stages[0], profile=profile, base=base))
    annexes: list[Annex | None] = []
    for package in opened:
        found, _ = recover_annex(read_docx(package), library, known.annex if known else None)
        annexes.append(found)
    clauses: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for n in range(1, len(opened)):
        for section in review(opened[n - 1], opened[n], read_as="marked").sections:
            said = [_words(s) for s in section.states if s not in ("unchanged", "comment") and "renumbered" not in s]
            if said:
                names.setdefault(section.id, f"{section.number} {section.title}".strip() or "The file")
                row = clauses.setdefault(section.id, [""] * len(opened))
                row[n] = ", ".join(dict.fromkeys(said)).capitalize()
    return tuple(_values(annexes)), tuple(Moved(name=names[i], at=tuple(cells)) for i, cells in clauses.items())


def _words(state: str) -> str:
    """A state of a review in words: "silent reworded" is "reworded, not tracked"."""
    source, _, kind = state.partition(" ")
    return f"{kind}, not tracked" if source == "silent" else kind or source


def _values(annexes: Sequence[Annex | None]) -> list[Moved]:
    labels = {e.name: e.label for a in annexes if a for e in a.parameters.values()}
    out = []
    for name, label in labels.items():
        cells = tuple(tidy_text(a.parameters[name].text) if a and name in a.parameters else "" for a in annexes)
        if len(set(cells)) > 1:
            out.append(Moved(name=label, at=cells))
    return out
