"""History of a negotiation → text and one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from .diff_html import STYLE, table

if TYPE_CHECKING:
    from ..model.negotiation import History, Move


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
    columns = [f"{stage}".capitalize() for stage in history.stages]
    papers = ((escape(str(s)), escape(s.kept), escape(s.name), f"<code>{s.sha256[:12]}</code>") for s in history.stages)
    body = [table("papers", "Papers", ("Stage", "Kept", "Name", "Fingerprint"), papers)]
    for id_, heading, moves in (("values", "Values", history.values), ("clauses", "Clauses", history.clauses)):
        if moves:
            body.append(table(id_, heading, (heading[:-1], *columns), map(_row, moves)))
    if len(body) == 1:
        body.append("<p>Nothing moved.</p>")
    content = "\n".join(body)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n<main>\n"
        f"{content}\n</main>\n</body>\n</html>\n"
    )


def _row(move: Move) -> Iterator[str]:
    yield escape(move.name)
    yield from (escape(text) if text else "–" for text in move.at)
