"""Sign: the final file against what was agreed, each difference agreed to or sent back, and marked as signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Blueprint, request
from werkzeug.wrappers import Response

from ...deals.folder import Deal, DealError
from ...deals.rounds import signing
from ...deals.rounds.negotiation import rounds_of
from ...deals.state import shown
from ...load.document.edit import Value
from ..shell import back, now, screen, uploaded
from .negotiate import desk, supplier

bp = Blueprint("sign", __name__)


@bp.get("/d/<deal:deal>/sign")
def show(deal: Deal) -> str:
    """What is to be signed, and what keeps it from being signed."""
    return _page(deal)


def _page(deal: Deal, wrong: str = "") -> str:
    final = None
    try:
        basis = signing.basis(deal, desk())
        final = signing.final_paper(deal, desk())
    except DealError as problem:
        basis, wrong = signing.Basis(waiting=(str(problem),)), wrong or str(problem)
    return screen(
        "sign.html",
        deal,
        title="Sign",
        active="sign",
        own_undo=True,
        wrong=bool(wrong),
        basis=basis,
        final=final,
        signed=signing.signed(deal),
        people=_people(deal),
        today=now().date(),
        problem=wrong,
        supplier=supplier(deal),
        theirs=rounds_of(deal).turn == "theirs",
    )


def _people(deal: Deal) -> str:
    """The signatories of both parties, one a line."""
    found = shown(deal)
    out = []
    for side in ("client", "provider"):
        value: Value = found.value(f"parties.{side}.signatories")
        rows = value if isinstance(value, tuple) else ()
        names = [r["name"] for r in rows if not isinstance(r, str) and r.get("name")]
        out += [f"{name}, for {found.said(f'parties.{side}.name')}" for name in names]
    return "\n".join(out)


@bp.post("/d/<deal:deal>/sign")
def add(deal: Deal) -> Response | tuple[str, int]:
    """Take in the file that is to be signed."""
    return _done(deal, lambda: signing.add_final(deal, *uploaded("final"), desk()))


@bp.post("/d/<deal:deal>/sign/choose")
def choose(deal: Deal) -> Response | tuple[str, int]:
    """Agree to a difference, or send it back."""
    form = request.form
    return _done(deal, lambda: signing.choose(deal, form.get("row", ""), form.get("choice", "")))


@bp.post("/d/<deal:deal>/sign/another")
def another(deal: Deal) -> Response | tuple[str, int]:
    """Put the file aside for another one."""
    return _done(deal, lambda: signing.drop_final(deal))


@bp.post("/d/<deal:deal>/signed")
def mark(deal: Deal) -> Response | tuple[str, int]:
    """Mark the deal as signed."""
    try:
        day = date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        return _page(deal, "Choose the day on which it was signed."), 422
    by = tuple(line.strip() for line in request.form.get("by", "").splitlines() if line.strip())
    if not by:
        return _page(deal, "Write who signed, one person a line."), 422
    return _done(deal, lambda: signing.mark_signed(deal, day, by, desk()), to="after.show")


@bp.post("/d/<deal:deal>/signed/not")
def unmark(deal: Deal) -> Response | tuple[str, int]:
    """Take back that the deal was signed."""
    return _done(deal, lambda: signing.take_back_signed(deal))


def _done(deal: Deal, act: Callable[[], object], to: str = "sign.show") -> Response | tuple[str, int]:
    try:
        act()
    except DealError as problem:
        return _page(deal, str(problem)), 422
    return back(to, deal=deal)
