"""After signature: the client's own acts by day, what is delivered each month, and the credits for what was not performed."""

from __future__ import annotations

from datetime import date, datetime

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from ...deals import performance as p
from ...deals.folder import Deal, DealError
from ...deals.rounds.signing import signed
from ..shell import back, now, screen
from .negotiate import supplier, word

bp = Blueprint("after", __name__)

_FIELDS = ("failure", "due", "done", "at", "count", "unit", "note")
_TYPES = {
    "ics": "text/calendar",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@bp.get("/d/<deal:deal>/after")
def show(deal: Deal) -> str:
    """The calendar and the credits."""
    return _page(deal)


def _page(deal: Deal, wrong: str = "", typed: dict[str, str] | None = None, tried: object = None) -> str:
    problem = wrong
    calendar = statement = None
    failures: tuple[p.Failure, ...] = ()
    try:
        failures = p.failures(p.performed(deal).annex)
        calendar = p.calendar(deal)
    except DealError as told:
        problem = problem or str(told)
    try:
        statement = p.statement(deal, now()) if failures else None
        ledger_wrong = ""
    except DealError as told:
        ledger_wrong = str(told)
    asked = {**request.args.to_dict(), **(typed or {})}
    chosen = next((f for f in failures if f.name == asked.get("failure")), None)
    find = asked.get("find", "").strip().casefold()
    shown = [f for f in failures if not find or find in f"{f.label} {f.sentence} {f.paragraph} {f.clause}".casefold()]
    return screen(
        "after.html",
        deal,
        title="After signature",
        active="sign",
        own_undo=True,
        wrong=bool(wrong),
        calendar=calendar,
        today=now().date(),
        failures=shown,
        find=asked.get("find", ""),
        chosen=chosen,
        typed=typed or {},
        tried=tried,
        statement=statement,
        entries=list(enumerate(p.entries(deal), 1)),
        names={f.name: f for f in failures},
        months=sorted({m.month for m in statement.months}, reverse=True) if statement else [],
        problem=problem,
        ledger_wrong=ledger_wrong,
        signed=signed(deal),
        supplier=supplier(deal),
    )


def _cells() -> dict[str, str]:
    cells = {name: request.form.get(name, "").strip() for name in _FIELDS}
    return {k: v.replace("T", " ") if k in ("due", "done", "at") else v for k, v in cells.items() if v}


@bp.post("/d/<deal:deal>/after/entry")
def entry(deal: Deal) -> Response | tuple[str, int] | str:
    """Reckon a failure, or add it to the ledger."""
    cells = _cells()
    try:
        if request.form.get("do") == "try":
            return _page(deal, typed=request.form.to_dict(), tried=p.try_entry(deal, cells, now()))
        p.add_entry(deal, cells, now())
    except DealError as problem:
        return _page(deal, str(problem), request.form.to_dict()), 422
    return back("after.show", deal=deal, said="ledger")


@bp.post("/d/<deal:deal>/after/entry/<int:number>/drop")
def drop(deal: Deal, number: int) -> Response:
    """Take an entry out of the ledger."""
    p.drop_entry(deal, number)
    return back("after.show", deal=deal, said="ledger")


@bp.get("/d/<deal:deal>/after/calendar.<kind>")
def calendar_file(deal: Deal, kind: str) -> Response:
    """The calendar as a file."""
    if kind not in _TYPES:
        abort(404)
    own = "all" not in request.args
    data = p.calendar_file(deal, kind, own_only=own)
    name = f"{deal.slug}-{'our-acts' if own else 'all-dates'}.{kind}"
    return Response(data, mimetype=_TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'})


@bp.get("/d/<deal:deal>/after/statement.docx")
def statement_file(deal: Deal) -> Response:
    """The statement of a month, or of all, in Word."""
    month = _month(request.args.get("month", ""))
    name = f"{deal.slug}-statement{f'-{month:%Y-%m}' if month else ''}.docx"
    return word(p.statement_word(deal, now(), month), name)


def _month(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m").date() if text else None
    except ValueError:
        abort(404)
