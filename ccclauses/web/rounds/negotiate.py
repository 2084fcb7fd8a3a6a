"""Negotiate: the papers that came back, the table of their changes, and what we decide about each."""

from __future__ import annotations

from datetime import date
from typing import cast

from flask import Blueprint, abort, current_app, render_template, request, url_for
from werkzeug.wrappers import Response

from ...deals.folder import Deal, DealError
from ...deals.rounds import negotiation as n
from ...deals.rounds.rounds import Refused, take_back
from ...deals.rounds.table import SHOWN, Row, Show, by_clause, is_decided, on_ladder, state
from ...deals.rounds.table import shown as let_through
from ...deals.state import short_name, shown
from ...model.findings.review import Answer
from ..shell import back, now, screen, uploaded
from .send import since

bp = Blueprint("negotiate", __name__)

_AT_ONCE = 0.25  # seconds that a page waits for a table before it says that it is being read
_ACTS = ("hold", "counter", "accept", "ask", "reply")
_DID = {
    "held": "is held: our text is put back.",
    "countered": "is countered with our words.",
    "accepted": "is accepted: their words stay.",
    "asked": "is asked about; it stays open.",
    "replied": "is answered.",
    "undecided": "is open again.",
}


def desk() -> n.Desk:
    """Where papers of strangers are opened; one for the whole page."""
    made: n.Desk = current_app.extensions.setdefault("desk", n.Desk())
    return made


@bp.app_template_filter("day")
def day(text: str) -> str:
    """A day of a file, ISO 8601, as people write it: 9 May 2026."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{found.day} {found:%B %Y}"


def supplier(deal: Deal) -> str:
    """What the supplier is called."""
    return short_name(shown(deal).said("parties.provider.name")) or "the supplier"


def author(deal: Deal) -> str:
    """The name on our changes and comments."""
    return shown(deal).said("parties.client.name") or "Client"


@bp.get("/d/<deal:deal>/negotiate")
def show(deal: Deal) -> Response | str:
    """Where the negotiation stands: the round that waits for us, or what is waited for."""
    last = n.rounds_of(deal).last
    if last and last.returned:
        return back("negotiate.round_", deal=deal, number=last.number)
    desk().warm(n.sent_paper(deal))
    return _waiting(deal)


def _waiting(deal: Deal, wrong: str = "", not_ours: bool = False) -> str:
    rounds = n.rounds_of(deal)
    return screen(
        "negotiate_wait.html",
        deal,
        title="Negotiate",
        active="negotiate",
        wrong=bool(wrong),
        rounds=rounds,
        supplier=supplier(deal),
        problem=wrong,
        not_ours=not_ours,
        since=since(deal, shown(deal)),
    )


@bp.post("/d/<deal:deal>/returned")
def add(deal: Deal) -> Response | tuple[str, int]:
    """Take in a file that came back."""
    name, data = uploaded("returned")
    try:
        found = n.add_returned(deal, name, data, now().date(), desk(), anyway="anyway" in request.form)
    except n.NotOurs as problem:
        return _waiting(deal, str(problem), not_ours=True), 422
    except DealError as problem:
        return _waiting(deal, str(problem)), 422
    return back("negotiate.round_", deal=deal, number=found.number)


@bp.post("/d/<deal:deal>/step-back")
def step_back(deal: Deal) -> Response:
    """Undo the last step of the negotiation: sending a paper, or adding one that came back."""
    with deal.held():
        take_back(deal.path("rounds"))
    return back("negotiate.show", deal=deal)


@bp.get("/d/<deal:deal>/round/<int:number>")
def round_(deal: Deal, number: int) -> Response | str:
    """The table of a round."""
    found = _round(deal, number)
    if isinstance(found, str):
        return found
    return _table(deal, found)


@bp.get("/d/<deal:deal>/round/<int:number>/ready")
def ready(deal: Deal, number: int) -> Response:
    """Whether the table can be shown: 204 while it is being read."""
    try:
        done = n.negotiated(deal, number, desk(), _AT_ONCE) is not None
    except DealError:
        done = True  # the page says what is wrong
    return Response("ready" if done else "", status=200 if done else 204, mimetype="text/plain")


def _round(deal: Deal, number: int) -> n.Negotiated | str:
    """The round, or the page that says that it is being read or can't be."""
    if all(r.number != number or not r.returned for r in n.rounds_of(deal).all):
        abort(404)
    try:
        found = n.negotiated(deal, number, desk(), _AT_ONCE)
    except DealError as problem:
        return _waiting(deal, str(problem))
    if found is None:
        title = f"Reading round {number}"
        return screen("negotiate_reading.html", deal, title=title, active="negotiate", number=number)
    return found


def _read(deal: Deal, number: int) -> n.Negotiated:
    """The round, however long it takes to be read."""
    if all(r.number != number or not r.returned for r in n.rounds_of(deal).all):
        abort(404)
    found = n.negotiated(deal, number, desk())
    assert found is not None
    return found


def _table(deal: Deal, found: n.Negotiated, wrong: str = "", typed: dict[str, str] | None = None) -> str:
    """The table with the filter, the order and the panel that the address asks for."""
    asked = {**request.args.to_dict(), **request.form.to_dict()}
    rows, answers = found.table.rows, found.answers
    counts = {show: len(let_through(rows, show, answers)) for show in SHOWN}
    show = asked.get("show", "")
    if show not in SHOWN:
        show = "needs-you" if counts["needs-you"] else "all"
    order = "contract" if asked.get("order") == "contract" else "worst"
    kept = let_through(rows, cast(Show, show), answers)
    opened = found.table.row(asked.get("open", ""))
    act = asked.get("do", "") if asked.get("do") in _ACTS else ""
    if opened and act and opened not in kept:
        kept = [r for r in rows if r in kept or r is opened]
    groups = by_clause(kept, worst_first=order == "worst")
    did = found.table.row(asked.get("did", ""))
    decided = sum(is_decided(r, answers) for r in rows)
    return screen(
        "negotiate.html",
        deal,
        title=f"Round {found.round.number}",
        active="negotiate",
        own_undo=True,
        wrong=bool(wrong),
        now=found,
        groups=groups,
        rows=rows,
        show=show,
        filters=[(key, words, counts[key]) for key, words in SHOWN.items() if counts[key] or key in (show, "all")],
        order=order,
        decided=decided,
        ladder=on_ladder(rows, answers),
        listing="list" in request.args,
        opened=opened,
        act=act,
        offers=n.offers(found, opened, desk()) if opened and act == "counter" else (),
        shared=_shared(opened) if opened else "",
        typed=typed or {},
        problem=wrong,
        state=lambda row: state(row, answers),
        answer=lambda row: answers.get(row.number),
        question=n.question_text,
        did=did,
        did_words=_DID[state(did, answers)] if did else "",
        past=any(r.number > found.round.number for r in found.rounds.all),
        undoable=n.can_undo(deal, found.round.number),
        supplier=supplier(deal),
    )


def _shared(row: Row) -> str:
    """The comment that holding a row leaves, as the other side would read it."""
    return f"Not agreed. The wording as sent is restored. {row.shareable}".strip()


@bp.post("/d/<deal:deal>/round/<int:number>/decide")
def decide(deal: Deal, number: int) -> Response | tuple[str, int]:
    """Keep a decision about one row."""
    found = _read(deal, number)
    row = found.table.row(request.form.get("open", ""))
    if row is None:
        abort(404)
    form = request.form
    reason, only_us = form.get("reason", "").strip(), form.get("only_us", "")
    try:
        answer: Answer | None
        match form.get("do"):
            case "hold":
                answer = n.hold(row, "" if reason == _shared(row) else reason, only_us)
            case "counter":
                answer = n.counter(row, form.get("text", ""), reason, only_us)
            case "accept":
                answer = n.accept(row, reason, only_us)
            case "ask":
                answer = n.ask(row, form.get("name", ""), form.get("question", ""), only_us)
            case "reply":
                answer = n.reply(row, reason, only_us)
            case "clear":
                answer = None
            case _:
                abort(404)
        n.decide(deal, found, {row.number: answer})
    except Refused as problem:
        return _table(deal, found, str(problem), form.to_dict()), 422
    following = _next(deal, number, row)
    return _to(deal, number, row, following)


def _next(deal: Deal, number: int, row: Row) -> Row | None:
    """The row that is looked at next: the one below in the order that is shown, among those that are left."""
    found = _read(deal, number)
    order = request.form.get("order", "worst")
    flat = [r for _, g in by_clause(found.table.rows, worst_first=order != "contract") for r in g]
    show = request.form.get("show", "all")
    left = let_through(flat, cast(Show, show if show in SHOWN else "all"), found.answers)
    below = flat[flat.index(row) :] if row in flat else flat
    return row if row in left else next((r for r in below if r in left), left[-1] if left else None)


def _to(deal: Deal, number: int, did: Row | None, at: Row | None) -> Response:
    show, order = request.form.get("show") or None, request.form.get("order") or None
    key = did.key if did else None
    address = url_for("negotiate.round_", deal=deal, number=number, did=key, show=show, order=order)
    return Response(status=303, headers={"Location": address + (f"#r-{at.key}" if at else "#table")})


@bp.post("/d/<deal:deal>/round/<int:number>/undo")
def undo(deal: Deal, number: int) -> Response:
    """Take the last decision back."""
    before = dict(_read(deal, number).answers)
    n.undo(deal, number)
    after = _read(deal, number)
    changed = [k for k in {*before, *after.answers} if before.get(k) != after.answers.get(k)]
    row = next((r for r in after.table.rows if r.number in changed), None)
    return _to(deal, number, row, row)


@bp.post("/d/<deal:deal>/round/<int:number>/ladder")
def ladder(deal: Deal, number: int) -> Response:
    """Accept what is on our ladder and breaks nothing, as it was listed before."""
    found = _read(deal, number)
    listed = set(request.form.getlist("row"))
    rows = [r for r in on_ladder(found.table.rows, found.answers) if r.key in listed]
    n.decide(deal, found, n.accept_all(rows, found.answers))
    return _to(deal, number, None, None)


@bp.post("/d/<deal:deal>/round/<int:number>/judge")
def judge(deal: Deal, number: int) -> str:
    """What words that are being typed come to."""
    found = _read(deal, number)
    row = found.table.row(request.form.get("open", ""))
    if row is None:
        abort(404)
    return render_template("negotiate_judged.html", judged=n.judged(found, row, request.form.get("text", ""), desk()))


# -- the answer -------------------------------------------------------------------------------------------------------


@bp.get("/d/<deal:deal>/round/<int:number>/answer")
def answer(deal: Deal, number: int) -> str:
    """What the answer will say, what is open in it, and what reading it back found."""
    return _answer(deal, number)


def _answer(deal: Deal, number: int, wrong: str = "") -> str:
    found = _read(deal, number)
    rows, answers = found.table.rows, found.answers
    counted = {name: [r for r in rows if state(r, answers) == name] for name in _DID}
    return screen(
        "negotiate_answer.html",
        deal,
        title=f"Write the answer to round {number}",
        active="negotiate",
        own_undo=True,
        wrong=bool(wrong),
        now=found,
        counted=counted,
        silent=[r for r in rows if "not tracked" in r.flags],
        open_rows=[*counted["asked"], *counted["undecided"]],
        written=n.answered(deal, number),
        past=any(r.number > number for r in found.rounds.all),
        problem=wrong,
        supplier=supplier(deal),
        author=author(deal),
        since=since(deal, shown(deal)),
    )


@bp.post("/d/<deal:deal>/round/<int:number>/answer")
def write(deal: Deal, number: int) -> Response | tuple[str, int]:
    """Write the answer in Word and read it back."""
    try:
        n.write_answer(deal, _read(deal, number), author(deal), now(), desk())
    except DealError as problem:
        return _answer(deal, number, str(problem)), 422
    return back("negotiate.answer", deal=deal, number=number, said="written")


@bp.get("/d/<deal:deal>/round/<int:number>/answer.docx")
def answer_file(deal: Deal, number: int) -> Response:
    """The answer in Word."""
    written = n.answered(deal, number)
    if written is None or written.stale:
        raise Refused("The answer is not written yet, or something was decided since. Write it first.")
    return word(written.path.read_bytes(), f"{deal.slug}-answer-{number}.docx")


def word(data: bytes, name: str) -> Response:
    """A Word file to be saved under a name."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return Response(data, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@bp.post("/d/<deal:deal>/round/<int:number>/sent")
def sent(deal: Deal, number: int) -> Response | tuple[str, int]:
    """Freeze the answer as sent."""
    try:
        n.send_answer(deal, number, now().date())
    except DealError as problem:
        return _answer(deal, number, str(problem)), 422
    return back("negotiate.show", deal=deal)


@bp.get("/d/<deal:deal>/round/<int:number>/points")
def points(deal: Deal, number: int) -> str:
    """Points for the call, to be printed: ours with money and limits, or one that may be shared."""
    found = _read(deal, number)
    share = "share" in request.args
    rows = [r for r in found.table.rows if r.source != "comment" and state(r, found.answers) != "accepted"]
    rows.sort(key=lambda r: (not any(m.kind == "money" for m in r.means), r.weight))
    comments = {r.key: _said(r, found.answers.get(r.number)) for r in rows}
    return screen(
        "negotiate_points.html",
        deal,
        title="Points for the call",
        active="negotiate",
        own_undo=True,
        now=found,
        rows=rows,
        share=share,
        comments=comments,
        state=lambda row: state(row, found.answers),
        answer=lambda row: found.answers.get(row.number),
        supplier=supplier(deal),
    )


def _said(row: Row, answer: Answer | None) -> str:
    """Why, as the other side may be reported."""
    return (answer.reason if answer else "") or row.shareable
