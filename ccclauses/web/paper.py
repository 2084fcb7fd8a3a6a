"""It is the supplier's own paper: the table of our points next to it, verdicts accepted or corrected, an answer or a rider."""

from __future__ import annotations

from flask import Blueprint, abort, request, url_for
from werkzeug.wrappers import Response

from ..deals import suppliers_paper as s
from ..deals.folder import Deal, DealError
from ..deals.kept import Kept
from .rounds.negotiate import author, desk, supplier, word
from .shell import back, now, screen, uploaded

bp = Blueprint("paper", __name__)

VERDICTS = {"met": "Met", "partly": "Partly", "missing": "Not found", "unsure": "To be read"}


@bp.get("/d/<deal:deal>/paper")
def show(deal: Deal) -> str:
    """The paper and the table."""
    return _page(deal)


def _page(deal: Deal, wrong: str = "") -> str:
    kept = s.kept(deal)
    found = None
    if kept:
        try:
            found = s.judged(deal, kept, desk())
        except DealError as problem:
            wrong = wrong or str(problem)
    else:
        desk().warm()
    choices = s.choices(deal, found) if found else {}
    show = request.args.get("show", "")
    points = [p for p in found.points if show in ("", p.verdict)] if found else []
    return screen(
        "paper.html",
        deal,
        title="The supplier’s own paper",
        active="negotiate",
        own_undo=True,
        wrong=bool(wrong),
        kept=kept,
        found=found,
        groups=[(words, [p for p in points if p.harm == harm]) for harm, words in s.HARM_WORDS.items()],
        verdicts=VERDICTS,
        choices=choices,
        counts={c: sum(x == c for x in choices.values()) for c in ("paper", "rider")},
        show=show,
        open=request.args.get("open", ""),
        problem=wrong,
        supplier=supplier(deal),
    )


@bp.post("/d/<deal:deal>/paper")
def add(deal: Deal) -> Response | tuple[str, int]:
    """Take in their paper."""
    try:
        s.add_paper(deal, *uploaded("paper"), desk())
    except DealError as problem:
        return _page(deal, str(problem)), 422
    return back("paper.show", deal=deal)


@bp.post("/d/<deal:deal>/paper/another")
def another(deal: Deal) -> Response:
    """Put the paper aside for another one."""
    s.drop_paper(deal)
    return back("paper.show", deal=deal)


def _kept(deal: Deal) -> tuple[Kept, s.Judged]:
    kept = s.kept(deal)
    if kept is None:
        abort(404)
    return kept, s.judged(deal, kept, desk())


@bp.post("/d/<deal:deal>/paper/correct")
def correct(deal: Deal) -> Response:
    """Accept a verdict, or put another in its place."""
    kept, found = _kept(deal)
    point = next((p for p in found.points if p.key == request.form.get("point")), None)
    if point is None:
        abort(404)
    s.correct(deal, kept, point, request.form.get("verdict", ""), request.form.get("why", ""))
    show = request.form.get("show") or None
    address = url_for("paper.show", deal=deal, show=show, _anchor=f"p-{point.key}")
    return Response(status=303, headers={"Location": address})


@bp.post("/d/<deal:deal>/paper/answer")
def answer(deal: Deal) -> Response | tuple[str, int]:
    """Keep where our wording goes, and make what was asked for."""
    _, found = _kept(deal)
    keys = {p.key for p in found.points}
    s.choose(deal, {k.removeprefix("to:"): v for k, v in request.form.items() if k.removeprefix("to:") in keys})
    return back("paper.ready", deal=deal)


@bp.get("/d/<deal:deal>/paper/ready")
def ready(deal: Deal) -> str:
    """What goes into the answer and into the rider, and both to be downloaded."""
    _, found = _kept(deal)
    choices = s.choices(deal, found)
    return screen(
        "paper_ready.html",
        deal,
        title="Answer to their paper",
        active="negotiate",
        own_undo=True,
        found=found,
        parts=[(c, [p for p in found.points if choices[p.key] == c]) for c in ("paper", "rider")],
        supplier=supplier(deal),
    )


@bp.get("/d/<deal:deal>/paper/<kind>.docx")
def file(deal: Deal, kind: str) -> Response:
    """Their paper with our wording in it, or the rider."""
    kept, found = _kept(deal)
    chosen = [k for k, c in s.choices(deal, found).items() if c == ("rider" if kind == "rider" else "paper")]
    if kind == "answer" and found.can_answer:
        return word(s.answer_file(deal, kept, chosen, author(deal), now(), desk()), f"{deal.slug}-their-paper.docx")
    if kind == "rider":
        return word(s.rider_file(deal, kept, chosen, now().date(), desk()), f"{deal.slug}-rider.docx")
    abort(404)
