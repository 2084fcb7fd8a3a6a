"""The ten questions, one screen each."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from ..deals.edit import Change, Conflict, Refused, save
from ..deals.folder import Deal
from ..deals.state import shown
from .questions import QUESTIONS, Question
from .shell import back, screen

bp = Blueprint("ask", __name__)


@bp.get("/d/<deal:deal>/ask")
def first(deal: Deal) -> Response:
    """The first question that is not answered yet."""
    return back("ask.show", deal=deal, number=1)


@bp.get("/d/<deal:deal>/ask/<int:number>")
def show(deal: Deal, number: int) -> str:
    """A question with what is answered so far."""
    return _page(deal, _question(number))


@bp.post("/d/<deal:deal>/ask/<int:number>")
def answer(deal: Deal, number: int) -> Response | tuple[str, int]:
    """Save what can be read, and go on; come back with what can't."""
    question = _question(number)
    out = save(deal, _changes(question, request.form))
    wrong = {o.path: o.why for o in out if isinstance(o, Refused)}
    theirs = {o.path: o for o in out if isinstance(o, Conflict)}
    if wrong or theirs:
        return _page(deal, question, wrong=wrong, theirs=theirs, typed=request.form), 422
    return back("ask.show", deal=deal, number=min(number + 1, len(QUESTIONS)))


def _question(number: int) -> Question:
    if not 1 <= number <= len(QUESTIONS):
        abort(404)
    return QUESTIONS[number - 1]


def _changes(question: Question, form: MultiDict[str, str]) -> list[Change]:
    out = []
    for field in question.all():
        if field.control in ("text", "yesno") and field.path in form:
            value, seen = form[field.path].strip(), form.get(f"seen:{field.path}", "")
            if value != seen:
                out.append(Change(field.path, value, seen))
    return out


def _page(
    deal: Deal,
    question: Question,
    *,
    wrong: Mapping[str, str] | None = None,
    theirs: Mapping[str, Conflict] | None = None,
    typed: Mapping[str, str] | None = None,
) -> str:
    found = shown(deal)
    return screen(
        "ask.html",
        deal,
        title=question.heading,
        active="ask",
        wrong=bool(wrong),
        shown=found,
        question=question,
        questions=QUESTIONS,
        problems=wrong or {},
        theirs=theirs or {},
        typed=typed or {},
    )
