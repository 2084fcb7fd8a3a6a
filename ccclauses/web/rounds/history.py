"""History: what each paper says of each value and clause that moved, and who moved it last."""

from __future__ import annotations

from flask import Blueprint

from ...deals.folder import Deal, DealError
from ...deals.rounds import negotiation as n
from ..shell import screen
from .negotiate import desk, supplier

bp = Blueprint("history", __name__)


@bp.get("/d/<deal:deal>/history")
def show(deal: Deal) -> str:
    """The rounds side by side."""
    rounds = n.rounds_of(deal)
    problem, found = "", None
    try:
        found = n.moved(deal, desk())
    except DealError as told:
        problem = str(told)
    return screen(
        "history.html",
        deal,
        title="History",
        active="negotiate",
        own_undo=True,
        rounds=rounds,
        moved=found,
        problem=problem,
        supplier=supplier(deal),
    )
