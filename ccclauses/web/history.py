"""History: how each value and clause moved from paper to paper, and who moved last."""

from __future__ import annotations

from flask import Blueprint
from pathlib import Path

from ..deals import negotiation as n
from ..deals.folder import Deal
from ..deals.papers import read_history
from .negotiate import desk, supplier
from .shell import screen

bp = Blueprint("history", __name__)


@bp.get("/d/<deal:deal>/history")
def show(deal: Deal) -> str:
    """The rounds side by side."""
    rounds = n.rounds_of(deal)
    history, problems = desk().ask(read_history, str(Path(rounds.folder))) if len(rounds.stages) > 1 else (None, ())
    return screen(
        "history.html",
        deal,
        title="History",
        active="negotiate",
        own_undo=True,
        rounds=rounds,
        history=history,
        problems=problems,
        supplier=supplier(deal),
        last=lambda move: _last(move.at),
    )


def _last(cells: tuple[str, ...]) -> int:
    """The paper that moved something last; the first paper moves nothing."""
    moved = [i for i, text in enumerate(cells) if text and i]
    return moved[-1] if moved else 0
