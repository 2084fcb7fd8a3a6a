"""The annex in the client's own agreement: the agreement added, the place chosen, the seams looked at, the file downloaded."""

from __future__ import annotations

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from ..deals import agreement as a
from ..deals.folder import Deal, DealError
from .rounds.negotiate import desk
from .shell import back, now, screen, uploaded

bp = Blueprint("into", __name__)

_KINDS = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".docm": "application/vnd.ms-word.document.macroEnabled.12",
}


@bp.get("/d/<deal:deal>/into")
def show(deal: Deal) -> str:
    """The agreement, its places, and what comes of the one that was chosen."""
    return _page(deal)


def _page(deal: Deal, wrong: str = "") -> str:
    kept = a.kept(deal)
    outline = made = None
    if kept is None:
        desk().warm()
    else:
        try:
            outline = a.outline(kept, desk())
            if "at" in kept.chosen and not wrong:
                made = a.put(deal, kept, now(), desk())
        except DealError as problem:
            wrong = wrong or str(problem)
    return screen(
        "into_agreement.html",
        deal,
        title="Put it into an agreement",
        active="annex",
        own_undo=True,
        wrong=bool(wrong),
        problem=wrong,
        kept=kept,
        outline=outline,
        made=made,
    )


@bp.post("/d/<deal:deal>/into")
def add(deal: Deal) -> Response | tuple[str, int]:
    """Take in the agreement."""
    try:
        a.add_agreement(deal, *uploaded("agreement"), desk())
    except DealError as problem:
        return _page(deal, str(problem)), 422
    return back("into.show", deal=deal)


@bp.post("/d/<deal:deal>/into/place")
def place(deal: Deal) -> Response | tuple[str, int]:
    """Choose the place, and how the annex goes in."""
    kept = a.kept(deal)
    if kept is None:
        return _page(deal, "Choose the agreement first."), 422
    try:
        a.choose(deal, kept, request.form)
    except DealError as problem:
        return _page(deal, str(problem)), 422
    return back("into.show", deal=deal, _anchor="result")


@bp.post("/d/<deal:deal>/into/another")
def another(deal: Deal) -> Response:
    """Put the agreement aside for another one."""
    a.drop_agreement(deal)
    return back("into.show", deal=deal)


@bp.get("/d/<deal:deal>/into/agreement")
def file(deal: Deal) -> Response:
    """The agreement with the annex in it, as a Word file."""
    kept = a.kept(deal)
    if kept is None or "at" not in kept.chosen:
        abort(404)
    made = a.put(deal, kept, now(), desk())
    ending = ".docm" if made.macros else ".docx"
    disposition = f'attachment; filename="{deal.slug}-agreement-with-annex{ending}"'
    return Response(made.data, mimetype=_KINDS[ending], headers={"Content-Disposition": disposition})
