"""The clauses of the library, looked up: a ranked search with filters, and a clause with its rungs side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request

from ..api.ladder import LadderStep, library_ladder
from ..approvals import best_review, folders_of, read_approvals
from ..deals.folder import Deal, DealError
from ..deals.state import Shown, shown, title_of
from ..derive.catalogue import SettingInfo, find_clauses, ladder, setting_info
from ..load.inputs import shipped_library
from ..model.library.clause import Clause
from ..model.library.library import Law, Library
from .annex.annex_parts import parts_of
from .annex.panel import ladder_of
from .shell import deals, short_money

bp = Blueprint("clauses", __name__)

_MOST_DEALS = 30  # the ones that were changed last; each is composed to see what is in it


@dataclass(frozen=True, slots=True)
class Use:
    """A deal that has the clause: its name, the posture there, and where the clause is in its annex."""

    deal: Deal
    name: str
    posture: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A requirement that the clause answers."""

    framework: str
    ref: str
    duty: str
    checked: str


@bp.get("/clauses")
def show() -> str:
    """The clauses that hold all the words, the nearest first, as far as the filters let them through."""
    library = shipped_library()
    asked = {key: request.args.get(key, "").strip()[:200] for key in ("q", "subject", "law", "form", "framework")}
    found = [c for c in find_clauses(library, asked["q"]) if _passes(c, library, asked)]
    groups = [(library.groups[library.topics[c.topic].group], c) for c in found]
    return render_template(
        "clauses.html", title="Clauses", asked=asked, found=groups, filters=_filters(library), library=library
    )


@bp.get("/clauses/<id_>")
def clause(id_: str) -> str:
    """One clause: what it is for, its rungs, values, what it answers, our notes, and the deals that have it."""
    library = shipped_library()
    chosen = _deal(request.args.get("deal", ""))
    found = shown(chosen) if chosen else None
    known = (found.library if found else library).clauses.get(id_)
    if known is None:
        abort(404)
    library = found.library if found else library
    law, form = _law(library, found), _form(known, library, found)
    steps: Sequence[LadderStep] = ladder_of(found, id_) if found else ()
    return render_template(
        "clause_page.html",
        title=known.title,
        clause=known,
        library=library,
        law=law,
        form=form,
        laws=list(library.laws.values()),
        forms=[f for f in library.forms.values() if known.worded(f.id)],
        steps=steps or library_ladder(known, library, law, form),
        own=bool(steps),
        deal=None,
        chosen=chosen,
        chosen_name=title_of(chosen, found) if chosen and found else "",
        values=_values(known, library),
        answers=list(_answers(known, library)),
        uses=list(_uses(id_)),
        deals=[(d.slug, title_of(d, shown(d))) for d in _readable()],
        review=_review(known, found),
        money=short_money,
    )


def _filters(library: Library) -> list[tuple[str, str, list[tuple[str, str]]]]:
    topics = sorted(library.topics.values(), key=lambda t: (list(library.groups).index(t.group), t.order))
    return [
        ("subject", "Subject", [(t.id, t.title) for t in topics]),
        ("law", "Governing law", [(law.id, law.short) for law in library.laws.values()]),
        ("form", "Form", [(f.id, f.title) for f in library.forms.values()]),
        ("framework", "Law or standard", [(f.id, f.short) for f in library.frameworks.values()]),
    ]


def _passes(clause: Clause, library: Library, asked: dict[str, str]) -> bool:
    law = library.laws.get(asked["law"])
    return (
        asked["subject"] in ("", clause.topic)
        and (not asked["law"] or (law is not None and bool(ladder(clause, law=law))))
        and (not asked["form"] or clause.worded(asked["form"]))
        and (not asked["framework"] or asked["framework"] in clause.maps_to)
    )


def _law(library: Library, found: Shown | None) -> Law:
    if found and found.resolution:
        return found.resolution.law
    return library.laws.get(request.args.get("law", "")) or next(iter(library.laws.values()))


def _form(clause: Clause, library: Library, found: Shown | None) -> str:
    forms = [f for f in library.forms if clause.worded(f)]
    asked = found.profile.form if found and found.profile else request.args.get("form", "")
    return asked if asked in forms else forms[0]


def _values(clause: Clause, library: Library) -> list[SettingInfo]:
    return [setting_info(p, clause, library) for p in clause.parameters.values()]


def _answers(clause: Clause, library: Library) -> Iterator[Answer]:
    for framework, references in clause.maps_to.items():
        known = library.frameworks.get(framework)
        for ref in references:
            reference = known.references.get(ref) if known else None
            if known and reference:
                yield Answer(known.short, ref, reference.duty, reference.checked)


def _deal(slug: str) -> Deal | None:
    return deals().open(slug) if slug else None


def _readable() -> Iterator[Deal]:
    for deal in deals().all()[:_MOST_DEALS]:
        try:
            if shown(deal).annex:
                yield deal
        except DealError:
            continue


def _uses(id_: str) -> Iterator[Use]:
    for deal in _readable():
        found = shown(deal)
        assert found.annex and found.resolution
        part = next((p for p in parts_of(found.annex) if id_ in p.clauses), None)
        chosen = next((c for c in found.resolution.clauses if c.clause.id == id_), None)
        if part and chosen:
            posture = found.library.postures.get(chosen.posture)
            yield Use(deal, title_of(deal, found), posture.label if posture else "", part.id)


def _review(clause: Clause, found: Shown | None) -> str:
    """What our own approvals say of the clause: those of the chosen deal, else of any deal that keeps some."""
    for each in [found] if found else map(shown, _readable()):
        given, _ = read_approvals(folders_of(each.profile)) if each and each.profile else ({}, [])
        if given:
            return best_review(clause, given.get(clause.id, ())).text()
    return ""
