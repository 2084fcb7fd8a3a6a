"""Send: the file that goes out, made and read back, and what stays here."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as WerkzeugResponse

from ...common.length import estimated_pages
from ...deals.folder import Deal, DealError
from ...deals.points import blocking
from ...deals.rounds.negotiation import rounds_of
from ...deals.rounds.rounds import take_back
from ...deals.rounds.sending import Made, NotReady, changed_since, made, make, next_number, send
from ...deals.state import Shown, short_name, shown
from ...load.document.edit import CantEdit, written
from ...write.office import find_office
from ...write.pdf import write_pdf
from ..questions.answers import display
from ..questions.said import differing, label_of, told_of
from ..shell import back, now, screen
from ..takeaway import TYPES, all_files

bp = Blueprint("send", __name__)
_REPLY_DAYS = 14


@bp.get("/d/<deal:deal>/send")
def show(deal: Deal) -> str:
    """What goes out and what stays here."""
    return _page(deal)


@bp.post("/d/<deal:deal>/send/make")
def write(deal: Deal) -> WerkzeugResponse | tuple[str, int]:
    """Make the Word file and read it back."""
    found = shown(deal)
    status = "final" if request.form.get("status") == "final" and not blocking(found) else "draft"
    try:
        make(deal, status)
    except NotReady as problem:
        why = tuple(told_of(w, "", found.library) for w in problem.why)
        return _page(deal, str(problem), why), 422
    except DealError as problem:
        return _page(deal, str(problem)), 422
    return back("send.show", deal=deal)


@bp.post("/d/<deal:deal>/send/sent")
def sent(deal: Deal) -> WerkzeugResponse | tuple[str, int]:
    """Freeze the file as sent."""
    try:
        send(deal, now().date())
    except DealError as problem:
        return _page(deal, str(problem)), 422
    return back("send.show", deal=deal)


@bp.post("/d/<deal:deal>/send/not-sent")
def not_sent(deal: Deal) -> WerkzeugResponse:
    """Take back that the file has gone out."""
    with deal.held():
        take_back(deal.path("rounds"))
    return back("send.show", deal=deal)


@bp.get("/d/<deal:deal>/send/annex.<kind>")
def take(deal: Deal, kind: str) -> Response:
    """The file that was made or sent last, in Word or as a PDF of it."""
    name = _file(deal)
    data = deal.read("rounds", name) if name else None
    if data is None or kind not in ("docx", "pdf"):
        abort(404)
    if kind == "pdf":
        pdf = _pdf(data)
        if pdf is None:
            raise DealError("No PDF could be made of the file. Open it in Word and save it as one.")
        data = pdf
    return _download(data, f"{_stem(shown(deal))}.{kind}")


@bp.get("/d/<deal:deal>/send/all.zip")
def take_all(deal: Deal) -> Response:
    """Everything for us in one zip."""
    found = shown(deal)
    if found.annex is None or found.profile is None:
        raise DealError("There is no annex yet.")
    stem = _stem(found)
    return _download(all_files(found, stem), f"{stem} for us.zip")


@lru_cache(maxsize=4)
def _pdf(word: bytes) -> bytes | None:
    return write_pdf(word)[0]


def _file(deal: Deal) -> str:
    """The name of the file that was made, else of the one that went out last."""
    ready, last = made(deal), rounds_of(deal).last
    return ready.name if ready else last.sent.file if last and last.sent else ""


def _stem(found: Shown) -> str:
    """A name for files that are taken away: those of the two companies."""
    names = [short_name(found.said(f"parties.{who}.name")) for who in ("client", "provider")]
    said = " - ".join("".join(c if c.isalnum() or c in " -" else " " for c in n) for n in names if n)
    return " ".join(f"Security Annex {said}".split())[:80]


def _download(data: bytes, name: str) -> Response:
    kind = TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    answer = Response(data, mimetype=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _page(deal: Deal, wrong: str = "", why: tuple[str, ...] = ()) -> str:
    found, rounds = shown(deal), rounds_of(deal)
    ready: Made | None = made(deal)
    return screen(
        "send.html",
        deal,
        title="Send",
        active="annex",
        wrong=bool(wrong),
        shown=found,
        problem=wrong,
        why=why,
        made=ready,
        number=next_number(deal),
        rounds=rounds,
        theirs=rounds.turn == "theirs",
        answered=bool(rounds.last and rounds.last.returned),
        blocking=len(blocking(found)),
        pages=round(estimated_pages(found.annex)) if found.annex else 0,
        supplier=short_name(found.said("parties.provider.name")) or "the supplier",
        author=found.said("parties.client.name"),
        letter=_letter(found),
        since=since(deal, found),
        office=find_office() is not None,
    )


def since(deal: Deal, found: Shown) -> list[str]:
    """What was changed since the last file went out, in labels."""
    texts = changed_since(deal)
    if texts is None:
        return []
    try:
        paths = differing(written(texts[0]), written(texts[1]))
    except CantEdit:
        return ["the file of the deal"]
    return list(dict.fromkeys(label_of(path, found.library) for path in paths if path != "annex.status"))


def _letter(found: Shown) -> str:
    """The note that goes with the file: what it is, when an answer is due, whom to call, and that changes are tracked."""
    by = display("annex.date", (now().date() + timedelta(days=_REPLY_DAYS)).isoformat(), found.library)
    agreement = found.said("agreement.title") or "our agreement"
    people = found.value("contacts")
    ours = (
        [p for p in people if not isinstance(p, str) and p.get("party") == "client" and p.get("name")] if people else []
    )
    call = ""
    if ours and not isinstance(ours[0], str):
        call = f"Questions: {ours[0]['name']}" + (f", {ours[0]['phone']}" if ours[0].get("phone") else "") + ".\n\n"
    return (
        f"Attached is our draft of the security annex to the {agreement}.\n\nPlease answer by {by}. Please track your changes; "
        f"we compare every word of what comes back with what we sent.\n\n{call}{found.said('parties.client.name')}"
    )
