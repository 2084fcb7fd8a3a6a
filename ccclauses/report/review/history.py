"""History of a negotiation → text and one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...common.markup import render_page

if TYPE_CHECKING:
    from ...model.findings.negotiation import History


def write_history_text(history: History) -> str:
    """The history for a terminal: the papers, then each value and each clause that moved, with every stage that moved it."""
    return "".join(f"{line}\n" for line in _lines(history))


def _lines(history: History) -> Iterator[str]:
    for stage in history.stages:
        yield f"{str(stage):18} {stage.kept}  {stage.name} ({stage.sha256[:12]})"
    for heading, moves in (("Values", history.values), ("Clauses", history.clauses)):
        if moves:
            yield ""
            yield heading
        for move in moves:
            yield f"  {move.name}"
            yield from (f"    {str(stage):18} {text}" for stage, text in zip(history.stages, move.at) if text)
    if not (history.values or history.clauses):
        yield "Nothing moved."


def write_history_html(history: History, title: str) -> str:
    """The history as a page: a row for each value and clause, a column for each paper."""
    columns = tuple(str(stage).capitalize() for stage in history.stages)
    return render_page("history.html", language="en", title=title, history=history, columns=columns)
