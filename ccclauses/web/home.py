"""The first screen: the deals, and how one begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from ..deals.folder import Deal, DealError
from ..deals.rounds import open_rounds
from ..deals.state import Shown, shown, title_of
from ..deals.versions import versions
from .shell import back, deals

bp = Blueprint("home", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A deal in the list: where it stands, in words, and when it was last changed."""

    deal: Deal
    name: str
    stands: str
    changed: datetime | None
    broken: str = ""
    last_good: int = 0
    since: datetime | None = None


@bp.get("/")
def show() -> str:
    """The deals."""
    return _page()


@bp.post("/new")
def new() -> Response | tuple[str, int]:
    """Make a deal, named after the supplier, and open its first question."""
    name = " ".join(request.form.get("name", "").split())
    if not name:
        return _page(wrong="Write the supplier's name. You can change it later."), 422
    if len(name) > 200:
        return _page(wrong="That name is longer than a contract can print. Write a shorter one.", typed=name), 422
    deal = deals().new(name, _first_text(name))
    return back("ask.show", deal=deal, number=1)


def _first_text(supplier: str) -> str:
    from ..load.edit import edited

    house = deals().root / "house.yaml"
    text = "extends: ../house.yaml\n" if house.is_file() and not house.is_symlink() else ""
    return edited(text, [("parties.provider.name", supplier)])


def _page(wrong: str = "", typed: str = "") -> str:
    rows = [row_of(deal) for deal in deals().all()]
    return render_template("home.html", title="Your deals", rows=rows, wrong=wrong, typed=typed)


def row_of(deal: Deal) -> Row:
    """The row of a deal; one that can't be read is listed all the same."""
    try:
        found = shown(deal)
    except DealError as problem:
        return Row(deal=deal, name=deal.slug, stands=str(problem), changed=None, broken=str(problem))
    last = next((v.at for v in reversed(versions(deal)) if not v.undone), None)
    broken = f"Line {found.broken.at.line} of its file can't be read" if found.broken else ""
    return Row(
        deal=deal, name=title_of(deal, found), stands=_stands(deal, found), changed=last, broken=broken,
        last_good=found.last_good, since=found.since,
    )  # fmt: skip


def _stands(deal: Deal, found: Shown) -> str:
    """Where a deal stands: "Draft, 3 assumed", "Round 2: your turn"."""
    rounds = open_rounds(deal.path("rounds"))
    if rounds.last:
        return f"Round {rounds.last.number}: {'your turn' if rounds.turn == 'ours' else 'their turn'}"
    assumed = len(found.unknown)
    return f"Draft, {assumed} assumed" if assumed else "Draft"
