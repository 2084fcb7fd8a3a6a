"""Writes docs/reference/where-it-went.md out of tools/where_it_went.tsv: `python tools/where_it_went.py`.

The table next to this file has a line for each duty and each framework row of the clauses that were merged into the present
ones: the earlier clause; its paragraph, or the framework; the act, or the requirement; and where it is now. A target is
CLAUSE#PARAGRAPH; `dropped: …` and `partly: …` give the reason, `elsewhere: …` the clause that answers the row instead.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

TABLE = Path(__file__).with_suffix(".tsv")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "where-it-went.md"
HEAD = """\
# Where earlier clauses went

The library's {clauses} earlier clauses were merged into the present ones. This page lists each of their {duties} duties and each of
the {rows} framework requirements that they answered, by earlier clause, with the clause and paragraph that holds it now. What was
dropped has its reason. A profile that names an earlier clause is told which clause to name instead (`formerly`, see
[the file format](clause-format.md#earlier-ids)).
"""
_TARGET = re.compile(r"([a-z][a-z0-9-]*)?#([a-z0-9-]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One duty or one framework row of an earlier clause, and what became of it."""

    kind: str  # duty or row
    clause: str  # the earlier clause
    where: str  # its paragraph, or the id of the framework
    what: str  # the act and its object, or the framework's reference
    now: str

    def targets(self) -> list[tuple[str, str]]:
        """The present clauses and paragraphs that the line names; `#label` alone goes on with the clause before it."""
        found: list[tuple[str, str]] = []
        for clause, label in _TARGET.findall(self.now):
            found.append((clause or found[-1][0], label))
        return found


def lines() -> list[Line]:
    """Every line of the table, in its order: earlier clauses by name, duties before rows as their clause had them."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Line(kind=k, clause=c, where=w, what=a, now=n) for k, c, w, a, n in rows[1:]]


def page() -> str:
    """The whole page."""
    every = lines()
    text = HEAD.format(
        clauses=len({line.clause for line in every}),
        duties=sum(line.kind == "duty" for line in every),
        rows=len({(line.where, line.what) for line in every if line.kind == "row"}),
    )
    for clause, group in groupby(every, key=lambda line: line.clause):
        members = list(group)
        text += f"\n## {clause}\n"
        for kind, heading in (("duty", "paragraph | duty"), ("row", "framework | requirement")):
            chosen = [line for line in members if line.kind == kind]
            if chosen:
                text += f"\n| {heading} | now |\n| --- | --- | --- |\n"
                text += "".join(f"| {_cell(x.where)} | {_cell(x.what)} | {_cell(x.now)} |\n" for x in chosen)
    return text


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
