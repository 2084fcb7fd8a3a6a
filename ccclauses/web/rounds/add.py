"""Add a file that came back: whose it is, by its fingerprint and its clauses; nothing is changed before somebody says yes."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from ...deals.folder import DealError
from ...deals.rounds.incoming import Match, drop_incoming, incoming, keep_incoming, matches
from ...deals.rounds.negotiation import NotOurs, add_returned
from ...deals.state import short_name, shown, title_of
from .. import home
from ..shell import back, deals, now, uploaded
from .negotiate import desk

bp = Blueprint("add", __name__)
_LISTED = 12


@bp.post("/add")
def add() -> Response | str | tuple[str, int]:
    """Look at a file and say which deal it belongs to."""
    name, data = uploaded("returned")
    wrong = _refused(data)
    if not wrong:
        try:
            found = matches(deals(), desk(), data)
            key = keep_incoming(deals(), data)
        except DealError as problem:
            wrong = str(problem)
    if wrong:
        return home.page(add=wrong), 422
    if not found and not deals().all():
        wrong = "Nothing was sent from here yet, so this can't be an annex of yours that came back."
        return home.page(add=wrong), 422
    return _which(key, name, found)


def _refused(data: bytes) -> str:
    if not data:
        return "Choose the Word file that came back first."
    if data.startswith(b"%PDF-"):
        return "This is a PDF. We compare Word files; ask for the one that it was printed from."
    if not data.startswith(b"PK"):
        return "This is not a Word file of today's kind (.docx). Ask for it to be saved as one."
    return ""


def _which(key: str, name: str, found: list[Match], problem: str = "") -> str:
    ours = next((m for m in found if m.ours), None)
    likely = [(m.deal, f"{m.clauses} of {m.of} clauses") for m in found]
    others = [(d, "") for d in deals().all() if d not in {m.deal for m in found}]
    choices = [(d.slug, home.described(d), words) for d, words in (*likely, *others)][:_LISTED]
    best = (found[0].clauses, found[0].of) if found else (0, 0)
    said = shown(ours.deal) if ours else None
    client = short_name(said.said("parties.client.name")) or title_of(ours.deal, said) if said and ours else ""
    return render_template(
        "add.html", title="A file that came back", key=key, file=name, ours=ours, whose=client,
        deal_name=title_of(ours.deal, said) if ours and said else "", choices=choices, best=best, problem=problem,
    )  # fmt: skip


@bp.post("/add/<key>")
def take(key: str) -> Response | str | tuple[str, int]:
    """Take the file in as what came back in a deal, or forget it."""
    if "forget" in request.form:
        drop_incoming(deals(), key)
        return back("home.show")
    deal = deals().open(request.form.get("deal", ""))
    name = request.form.get("file", "")[:200]
    data = incoming(deals(), key)
    if deal is None:
        return _which(key, name, matches(deals(), desk(), data), "Choose the deal first."), 422
    if "paper" in request.form:
        return back("paper.show", deal=deal)
    try:
        found = add_returned(deal, name, data, now().date(), desk(), anyway="anyway" in request.form)
    except NotOurs as problem:
        return _which(key, name, matches(deals(), desk(), data), str(problem)), 422
    except DealError as problem:
        return _which(key, name, matches(deals(), desk(), data), str(problem)), 422
    drop_incoming(deals(), key)
    return back("negotiate.round_", deal=deal, number=found.number)
