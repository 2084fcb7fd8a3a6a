"""What all screens share: the frame around them, undo, and the sign that the program is still there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from ..common.length import estimated_pages
from ..compare.annexes import exposure
from ..deals.folder import Deal, Deals
from ..deals.rounds.rounds import open_rounds
from ..deals.state import Shown, shown, title_of
from ..deals.versions import next_redo, next_undo, redo, undo, versions
from ..load.inputs import shipped_library
from .questions.said import changed_between, label_of
from .words import short_money

bp = Blueprint("shell", __name__)

_NAV = (
    ("ask", "Questions", "ask.first"),
    ("annex", "Annex", "annex.show"),
    ("negotiate", "Negotiate", "negotiate.show"),
    ("sign", "Sign", "sign.show"),
)


def deals() -> Deals:
    """The folder of the deals."""
    found: Deals = current_app.extensions["deals"]
    return found


def uploaded(field: str) -> tuple[str, bytes]:
    """The name without a folder and the bytes of the file that a form sends; both empty where none was chosen."""
    upload = request.files.get(field)
    return (PurePath(upload.filename or "").name, upload.read()) if upload else ("", b"")


def now() -> datetime:
    """This moment."""
    clock: Callable[[], datetime] = current_app.extensions["now"]
    return clock()


@dataclass(frozen=True, slots=True)
class Strip:
    """The line of figures under the title."""

    pages: int
    clauses: int
    money: str
    assumed: int


def strip_of(found: Shown) -> Strip | None:
    """The figures of a deal; None while it has no annex."""
    if found.annex is None:
        return None
    return Strip(
        round(estimated_pages(found.annex)),
        len(found.annex.headed),
        short_money(exposure(found.annex).month),
        len(found.unknown) + len(found.placeholders),
    )


def link(endpoint: str, **values: Any) -> str:
    """The address of a screen; empty while there is no such screen."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


def screen(template: str, deal: Deal, *, title: str, active: str = "", wrong: bool = False, **values: Any) -> str:
    """A screen of a deal. `title` is its h1, `active` the part of the top line that it belongs to (ask, annex, negotiate, sign),
    `wrong` puts "Error:" before the title of the window, and `own_undo` says that the screen has an undo of its own."""
    found = values.pop("shown", None) or shown(deal)
    own_undo = values.pop("own_undo", False)
    kept, round_ = versions(deal), open_rounds(deal.path("rounds")).last
    last, again = next_undo(deal), next_redo(deal)
    return render_template(
        template,
        deal=deal,
        shown=found,
        name=title_of(deal, found),
        title=title,
        wrong=wrong,
        active=active,
        nav=[(key, words, address) for key, words, end in _NAV if (address := link(end, deal=deal))],
        strip=strip_of(found),
        negotiating=bool(round_ and round_.returned),  # what goes out next is then the answer
        saved=next((v.at for v in reversed(kept) if not v.undone), None),
        undo=changed_between(deal, *last) if last and not own_undo else "",
        redo=bool(again) and not own_undo,
        stamp=stamp_of(deal),
        **values,
    )


def back(endpoint: str, said: str = "", **values: Any) -> WerkzeugResponse:
    """The answer to a change: the screen to be shown next, by a GET. `said` is reported once in its live region."""
    return redirect(url_for(endpoint, **values) + (f"#{said}" if said else ""), 303)


def here() -> str:
    """The screen that a form was sent from, as a path of this page; that of the deals where it is none."""
    path = request.form.get("here", "")
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and "\n" not in path else "/"


@bp.post("/d/<deal:deal>/undo")
def take_back(deal: Deal) -> WerkzeugResponse:
    """Take the last change back."""
    undo(deal)
    return redirect(here(), 303)


@bp.post("/d/<deal:deal>/redo")
def do_again(deal: Deal) -> WerkzeugResponse:
    """Do again what was taken back."""
    redo(deal)
    return redirect(here(), 303)


@bp.get("/alive")
def alive() -> Response:
    """The sign that the program is there, with the token that its forms need now."""
    answer = Response(current_app.extensions["token"], mimetype="text/plain")
    answer.headers["X-Deals"] = mark_of(deals().root)
    return answer


def mark_of(folder: Path) -> str:
    """A mark by which the page over a folder is known again, without telling the folder."""
    return hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]


@bp.get("/d/<deal:deal>/stamp")
def stamp(deal: Deal) -> Response:
    """What is in the files of a deal, in short: another answer means that they were changed."""
    return Response(stamp_of(deal), mimetype="text/plain")


def stamp_of(deal: Deal) -> str:
    """A mark that changes with the profile and the rounds of a deal."""
    rounds = deal.read("rounds", "rounds.json") or b""
    return hashlib.sha256(deal.text().encode() + rounds).hexdigest()[:16]


@bp.app_context_processor
def _helpers() -> dict[str, Any]:
    def folder_name() -> str:
        return "/".join(deals().root.absolute().parts[-2:]).lstrip("/")

    def named(path: str) -> str:
        return label_of(path, shipped_library())

    def where() -> str:
        return request.full_path.rstrip("?") if request.method == "GET" else request.path

    return {
        "token": current_app.extensions["token"],
        "link": link,
        "here": where,
        "folder_name": folder_name,
        "label_of": named,
    }
