"""The first screen: the deals and whose turn it is in each, how one begins, and examples to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, abort, current_app, render_template, request, url_for
from werkzeug.wrappers import Response

from ..common.places import country_name
from ..deals.folder import Deal, DealError
from ..deals.rounds.negotiation import rounds_of
from ..deals.rounds.signing import signed
from ..deals.state import Shown, of_text, short_name, shown, title_of
from ..deals.versions import restore, versions
from ..load.document.edit import edited, written
from ..write.plain.html import annex_body
from .questions.asked import standings
from .shell import back, deals, link, now
from .words import when

bp = Blueprint("home", __name__)

EXAMPLES = (
    "startup-baseline",
    "retail-uk",
    "health-plan-us",
    "bank-india",
    "insurer-germany",
    "clinic-us",
    "association-france",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A deal in the list: where it is, in words, and when it was last changed."""

    deal: Deal
    name: str
    stands: str
    changed: str = ""
    broken: str = ""
    last_good: int = 0
    since: datetime | None = None
    signed: bool = False
    round: bool = False
    readable: bool = True


@bp.get("/")
def show() -> str:
    """The deals."""
    return page()


@bp.post("/new")
def new() -> Response | tuple[str, int]:
    """Make a deal, named after the supplier, and open its first question."""
    name = " ".join(request.form.get("name", "").split())
    if not name:
        return page(wrong="Write the supplier's name. You can change it later."), 422
    if len(name) > 200:
        return page(wrong="That name is longer than a contract can print. Write a shorter one.", typed=name), 422
    deal = deals().new(name, _first_text(name))
    return back("ask.show", deal=deal, number=1)


def _first_text(supplier: str) -> str:
    """A profile with the supplier's name, on the house position if the folder has one."""
    house = deals().root / "house.yaml"
    text = "extends: ../house.yaml\n" if house.is_file() and not house.is_symlink() else ""
    return edited(text, [("parties.provider.name", supplier)])


@bp.post("/d/<deal:deal>/restore")
def use_version(deal: Deal) -> Response:
    """Use an older version of a deal whose file can't be read."""
    restore(deal, request.form.get("version", type=int) or 0)
    return back("home.show")


@bp.get("/example/<name>")
def example(name: str) -> str:
    """An example, to be read only; no deal is changed by it."""
    found = _example(name)
    assert found.annex
    because: dict[str, str] = {}
    body = annex_body(found.annex, provenance=because, meanings=False)
    return render_template("example.html", title=_title(found), body=body, example=name)


@bp.post("/example/<name>/copy")
def copy(name: str) -> Response:
    """Make a deal of an example."""
    found = _example(name)
    deal = deals().new(_title(found), _example_text(name))
    return back("ask.show", deal=deal, number=1)


def _example_text(name: str) -> str:
    folder: Path | None = current_app.extensions["examples"]
    path = folder / f"{name}.yaml" if folder and name in EXAMPLES else None
    if path is None or not path.is_file():
        abort(404)
    return path.read_text(encoding="utf-8")


def _example(name: str) -> Shown:
    found = of_text(Deal(deals().root, "example"), _example_text(name))
    if found.annex is None:
        abort(404)
    return found


@lru_cache(maxsize=16)
def _described(text: str) -> tuple[str, str]:
    """An example in the list: its parties, and what kind of deal it is. It is read and not composed: a first visit waits for it."""
    says = written(text)
    client, provider = (str(says.get(f"parties.{who}.name")) for who in ("client", "provider"))
    country, seats = says.get("parties.client.country"), says.get("facts.seats")
    said = [f"{seats} agents" if seats else "", country_name(str(country)), f"{says.get('form') or 'full'} form"]
    return f"{short_name(client)} – {short_name(provider)}", ", ".join(said_ for said_ in said if said_)


def _title(found: Shown) -> str:
    return title_of(Deal(deals().root, "example"), found)


def examples() -> list[tuple[str, str, str]]:
    """The examples that are there: name, parties, kind."""
    folder: Path | None = current_app.extensions["examples"]
    out = []
    for name in EXAMPLES if folder else ():
        assert folder
        if (folder / f"{name}.yaml").is_file():
            out.append((name, *_described((folder / f"{name}.yaml").read_text(encoding="utf-8"))))
    return out


@bp.get("/example/<name>/beginning")
def beginning(name: str) -> str:
    """The annex of an example, to be looked at on the first screen, which asks for it once it is."""
    return _beginning(_example_text(name), deals().root)


@lru_cache(maxsize=2)
def _beginning(text: str, root: Path) -> str:
    found = of_text(Deal(root, "example"), text)
    return annex_body(found.annex, meanings=False) if found.annex else ""


def page(wrong: str = "", typed: str = "", add: str = "") -> str:
    """The screen, with what is wrong in its forms."""
    rows = [row_of(deal) for deal in deals().all()]
    return render_template(
        "home.html",
        title="Your deals",
        rows=[r for r in rows if not r.signed],
        signed=[r for r in rows if r.signed],
        wrong=wrong,
        typed=typed,
        add=add,
        examples=examples() if not rows else None,
        sample=url_for("home.beginning", name=EXAMPLES[0]) if current_app.extensions["examples"] and not rows else "",
        go_on=_go_on,
    )


@bp.get("/examples")
def show_examples() -> str:
    """The list of the examples."""
    return render_template("examples.html", title="Examples", examples=examples())


def row_of(deal: Deal) -> Row:
    """The row of a deal; one that can't be read is listed all the same."""
    try:
        found = shown(deal)
        last = next((v.at for v in reversed(versions(deal)) if not v.undone), None)
        broken = f"Line {found.broken.at.line} of its file can't be read" if found.broken else ""
        done = signed(deal) is not None
        stands = "Signed" if done else _stands(deal, found)
        return Row(
            deal=deal, name=title_of(deal, found), stands=stands, changed=when(last, now().date()), broken=broken,
            last_good=found.last_good, since=found.since, signed=done, round=rounds_of(deal).last is not None,
        )  # fmt: skip
    except DealError as problem:
        return Row(deal=deal, name=deal.slug, stands="", broken=str(problem), readable=False)


def _stands(deal: Deal, found: Shown) -> str:
    """Where a deal stands and whose turn it is: "Draft, 3 assumed", "Round 2: your turn"."""
    rounds = rounds_of(deal)
    if rounds.last:
        whose = "your turn" if rounds.turn == "ours" else "waiting for them"
        return f"Round {rounds.last.number}: {whose}"
    all_ = standings(found)
    missing, assumed = sum(s.open for s in all_), sum(s.assumed for s in all_)
    said = [f"{missing} to answer"] * bool(missing) + [f"{assumed} assumed"] * bool(assumed)
    return ", ".join(["Draft", *said])


def _go_on(row: Row) -> str:
    """Where a deal goes on: at the round that waits for us, after the signature, else at the first open question or point."""
    if row.signed:
        return link("after.show", deal=row.deal) or url_for("ask.first", deal=row.deal)
    if row.round and (address := link("negotiate.show", deal=row.deal)):
        return address
    return url_for("ask.first", deal=row.deal)


def described(deal: Deal) -> str:
    """A deal as a choice in a list."""
    row = row_of(deal)
    return f"{row.name} ({row.stands})" if row.stands else row.name
