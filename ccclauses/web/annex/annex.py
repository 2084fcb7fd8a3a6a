"""The annex screen: the annex by its parts, one of them open in the panel, and what may be changed there.

A script names in the header `X-Have` the parts that it shows, by digest, and gets only what is new to it; the same address
gives a browser without scripts the whole screen. `?changed=12` tells what the twelfth version of the profile changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from ...api.ladder import at_rung
from ...api.leaving import Fallen
from ...deals.edit import Change, Conflict, Refused, Saved, save
from ...deals.folder import Deal
from ...deals.state import Shown, of_text, shown
from ...deals.versions import text_of, versions
from ...load.profile.by_hand import read_by_hand
from ...load.profile.typed import Habits, Typed
from ...model.diagnostic import errors
from ..shell import back, now, screen, short_money
from .annex_parts import Change as Changed
from .annex_parts import Drawn, Part, changes, drawn, usual_text
from .panel import TABS, ClausePanel, Words, clause_panels, fallen_of, sentence, words_of

bp = Blueprint("annex", __name__)

Answer = Response | str | tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why a value was not saved, at its field: what was typed, what to choose from, what another tab wrote."""

    name: str
    typed: str
    why: str = ""
    hint: str = ""
    meanings: tuple[tuple[str, str], ...] = ()  # what would be saved, and how it reads
    theirs: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What is next to the annex: a part of it under one of five headings."""

    part: Part
    tab: str
    value: str  # the value whose field is to be used
    clauses: tuple[ClausePanel, ...]
    words: Words
    leaving: str = ""  # the clause that may be left out, once the reason is said
    fallen: Fallen | None = None


@bp.get("/d/<deal:deal>/annex")
def show(deal: Deal) -> Answer:
    """The annex, or what of it is new to a script."""
    return _page(deal)


@bp.post("/d/<deal:deal>/annex/value")
def set_value(deal: Deal) -> Answer:
    """Save one value of a clause, read as a person writes it."""
    name = request.form.get("name", "")
    found = shown(deal)
    parameter = found.library.parameter(name)
    if parameter is None:
        abort(404)
    path = f"settings.{name}"
    # A button next to the field says what is meant: one of two readings, the usual value, or "write over what they wrote".
    button = next((k for k in ("meant", "usual") if k in request.form), "")
    typed, seen = request.form.get(button or "value", ""), request.form.get("over", request.form.get("seen", ""))
    text: str | tuple[str, ...] = typed.strip()
    if text and not (button and parameter.type not in ("list", "countries")):
        read = read_by_hand(path, typed, found.library, _habits(found))
        if read.meant is None:
            return _page(deal, trouble=_unread(name, typed, read), value=name)
        text = read.meant.items or read.meant.text
    (out,) = save(deal, [Change(path, text, seen)])
    if isinstance(out, Saved):
        return _back(deal, out.version, value=name)
    if isinstance(out, Conflict):
        trouble = Trouble(name=name, typed=typed, theirs=_line(out.theirs))
    else:
        trouble = Trouble(
            name=name, typed=typed, why=sentence(out.why, found.library), hint=sentence(out.hint, found.library)
        )
    return _page(deal, trouble=trouble, value=name)


@bp.post("/d/<deal:deal>/annex/rung")
def set_rung(deal: Deal) -> Answer:
    """Put a clause on another rung of its ladder: its subject takes the posture, its own values go."""
    found, clause, posture = shown(deal), request.form.get("clause", ""), request.form.get("posture", "")
    if found.profile is None or clause not in found.library.clauses or posture not in found.library.postures:
        abort(404)
    after = at_rung(found.profile, found.library, clause, posture)
    topic = found.library.clauses[clause].topic
    gone = [Change(f"settings.{n}", "") for n in found.profile.settings if n not in after.settings]
    out = save(deal, [Change(f"postures.{topic}", posture), *gone])
    return _done(deal, out)


@bp.post("/d/<deal:deal>/annex/leave")
def leave(deal: Deal) -> Answer:
    """Leave a clause out, for a reason that is kept in the profile."""
    clause, reason = request.form.get("clause", ""), " ".join(request.form.get("reason", "").split())
    found = shown(deal)
    if clause not in found.library.clauses:
        abort(404)
    fallen = fallen_of(found, clause)
    if fallen.needed_by or fallen.refused:
        return _page(deal, leaving=clause)
    if not reason:
        return _page(
            deal, leaving=clause, why="Say why it is left out. Whoever opens this deal later will want to know."
        )
    out = save(deal, [Change(f"exclude.{clause}", reason), *_not_included(deal, clause)])
    return _done(deal, out, at="")


@bp.post("/d/<deal:deal>/annex/bring")
def bring(deal: Deal) -> Answer:
    """Put a clause in that is not in the annex."""
    found, clause = shown(deal), request.form.get("clause", "")
    if clause not in found.library.clauses:
        abort(404)
    if found.said(f"exclude.{clause}"):
        out = save(deal, [Change(f"exclude.{clause}", "")])
    else:
        included = found.value("include")
        listed = tuple(i for i in included if isinstance(i, str)) if isinstance(included, tuple) else ()
        out = save(deal, [Change("include", (*listed, clause))])
    return _done(deal, out, at="")


def _not_included(deal: Deal, clause: str) -> list[Change]:
    """A clause that was asked for is no longer, when it is left out."""
    included = shown(deal).value("include")
    listed = tuple(i for i in included if isinstance(i, str)) if isinstance(included, tuple) else ()
    return [Change("include", tuple(i for i in listed if i != clause))] if clause in listed else []


def _done(deal: Deal, out: tuple[Saved | Conflict | Refused, ...], **here: str) -> Answer:
    """The answer to a change of several values; what was refused of it comes above the annex."""
    refused = next((o for o in out if isinstance(o, Refused)), None)
    if refused:
        return _page(deal, why=sentence(refused.why, shown(deal).library))
    number = max((o.version for o in out if isinstance(o, Saved)), default=0)
    return _back(deal, number, **here)


def _back(deal: Deal, version: int, **here: str) -> Response:
    """The same place of the screen again, with what the version changed."""
    kept = {k: request.form[k] for k in ("at", "tab", "show") if request.form.get(k)}
    place = {k: v for k, v in {**kept, **here}.items() if v}
    return back("annex.show", deal=deal, changed=version, **place)


def _habits(found: Shown) -> Habits:
    profile = found.profile
    return Habits(currency=profile.currency if profile else "", today=now().date())


def _unread(name: str, typed: str, read: Typed) -> Trouble:
    hint = f"Write it like this: {read.example}." if read.example else ""
    meanings = tuple((_line(m.items or m.text), m.shown) for m in read.meanings)
    return Trouble(name=name, typed=typed, why=read.why, hint=hint, meanings=meanings)


def _line(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


# -- the page --------------------------------------------------------------------------------------------------------------


def _page(deal: Deal, *, trouble: Trouble | None = None, value: str = "", leaving: str = "", why: str = "") -> Answer:
    found = shown(deal)
    asked = request.form if request.method == "POST" else request.args
    if found.annex is None or found.resolution is None:
        told = [sentence(p.message, found.library) for p in errors(list(found.problems))]
        return screen("desk_none.html", deal, title="The annex", active="annex", shown=found, problems=told)
    usual = _usual(deal, found)
    parts = drawn(found.annex, usual.annex if usual else None, found.library.owners)
    have = dict(pair.split("=", 1) for pair in request.headers.get("X-Have", "").split() if "=" in pair)
    values: dict[str, Any] = {
        "parts": parts,
        "panel": _panel(found, usual, parts, asked, value, leaving),
        "tabs": TABS,
        "trouble": trouble,
        "why": why,
        "show": asked.get("show", "") if asked.get("show") in ("differs", "open") else "",
        "counts": {"differs": sum(p.differs for p in parts), "open": sum(bool(p.part.open) for p in parts)},
        "here": _without_changed,
        "money": short_money,
        "changed": _changed(deal, found, request.args.get("changed", "")),
        "position": bool(found.said("extends")),
    }
    values["contents"], digest = _contents(deal, found, parts)
    if not have:
        wrong = bool(trouble or why)
        page = screen("desk.html", deal, title="Annex", active="annex", wrong=wrong, shown=found, **values)
        return (page, 422) if wrong else page
    new = [p for p in parts if have.get(p.part.id) != p.digest]
    later = request.headers.get("X-Panel") == "later" and request.args.get("tab") == "ladder"
    return screen(
        "desk_patch.html",
        deal,
        title="Annex",
        active="annex",
        shown=found,
        new=new,
        later=later,
        new_contents=have.get("contents") != digest,
        **values,
    )


def _contents(deal: Deal, found: Shown, parts: tuple[Drawn, ...]) -> tuple[str, str]:
    """The contents list with what is left out, and its digest."""
    assert found.resolution
    left = [
        (o.clause, sentence(o.because, found.library), bool(found.said(f"exclude.{o.clause.id}")))
        for o in found.resolution.left_out
    ]
    text = render_template("desk_contents.html", deal=deal, parts=parts, left_out=left)
    digest = hashlib.sha256(text.encode()).hexdigest()[:10]
    return text.replace("DIGEST", digest, 1), digest


def _without_changed() -> str:
    """Where an undo leads back to: this place, and none that tells of a change."""
    asked = request.form if request.method == "POST" else request.args
    kept = {k: asked[k] for k in ("at", "tab", "show", "value") if asked.get(k)}
    return (
        f"{url_for('annex.show', **(request.view_args or {}))}?{urlencode(kept)}"
        if kept
        else url_for("annex.show", **(request.view_args or {}))
    )


def _panel(
    found: Shown, usual: Shown | None, parts: tuple[Drawn, ...], asked: Mapping[str, str], value: str, leaving: str
) -> Panel | None:
    value, leaving = value or asked.get("value", ""), leaving or asked.get("leave", "")
    owner = found.library.owner(value)
    part = next((p.part for p in parts if owner and owner.id in p.part.clauses), None)
    part = part or next((p.part for p in parts if p.part.id == asked.get("at", "")), None)
    if part is None:
        return None
    tab = asked.get("tab", "") if asked.get("tab") in dict(TABS) else TABS[0][0]
    if owner and request.method == "GET" and not asked.get("tab"):
        tab = TABS[0][0]
    leaving = leaving if leaving in part.clauses else ""
    return Panel(
        part=part,
        tab=tab,
        value=value if owner else "",
        clauses=clause_panels(found, usual, part, tab) if part.clauses else (),
        words=words_of(found, part),
        leaving=leaving,
        fallen=fallen_of(found, leaving) if leaving else None,
    )


def _usual(deal: Deal, found: Shown) -> Shown | None:
    """The deal as its house position, or the plain posture, would have it."""
    base = found.said("extends")
    text = ""
    if base:
        try:
            text = (deal.folder / base).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return None
    other = of_text(deal, usual_text(found.text, text))
    return other if other.annex else None


def _changed(deal: Deal, found: Shown, number: str) -> tuple[Changed, ...]:
    """What a version of the profile changed in the annex; nothing once it was undone."""
    if not number.isdecimal() or found.annex is None:
        return ()
    done = [v for v in versions(deal) if not v.undone and v.number <= int(number)]
    if len(done) < 2 or done[-1].number != int(number):
        return ()
    before, after = (of_text(deal, text_of(deal, v)).annex for v in done[-2:])
    return changes(before, after) if before and after else ()
