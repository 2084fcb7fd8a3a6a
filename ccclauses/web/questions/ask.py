"""The ten questions, one screen each: what can be read is saved, what can't is asked for again, and what it changed is reported."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, abort, render_template, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as WerkzeugResponse

from ...deals.edit import Change, Conflict, Outcome, Refused, Saved, save
from ...deals.folder import Deal
from ...deals.notes import note, read_notes
from ...deals.state import Shown, shown
from ...load.document.edit import Value
from ..annex.effect import effect_of
from ..shell import back, here, now, screen
from .answers import Answers, Form, Problem, abroad, display, habits_of, read_answers, read_one
from .asked import UNKNOWN, asked_fields, standings
from .position import cards, confirmed, money_names, number_names, numbers, pressed, subjects, sums
from .questions import QUESTIONS, Question
from .said import told_of

bp = Blueprint("ask", __name__)


@bp.get("/d/<deal:deal>/ask")
def first(deal: Deal) -> WerkzeugResponse:
    """The first question with something to answer that was not gone through yet, else the check."""
    found = shown(deal)
    open_ = [s.question.number for s in standings(found) if s.open]
    new = [n for n in open_ if str(n) not in found.seen]
    return back("ask.show", deal=deal, number=next(iter(new or open_), 1))


@bp.get("/d/<deal:deal>/ask/<int:number>")
def show(deal: Deal, number: int) -> str:
    """A question with what is answered so far."""
    return _page(deal, _question(number))


@bp.post("/d/<deal:deal>/ask/<int:number>")
def answer(deal: Deal, number: int) -> WerkzeugResponse | tuple[str, int]:
    """Save what can be read, and go on; come back with what can't."""
    question, found, form = _question(number), shown(deal), request.form
    answers = read_answers(question, form, found, now().date())
    changes = [*answers.changes, *_position(form, found), *_following(question, answers, found)]
    before = found.text
    out = save(deal, changes)
    _remember(deal, question, answers, out)
    problems = answers.problems | _problems(out, shown(deal))
    if problems or form.get("add") or form.get("drop"):
        page = _page(deal, question, problems=problems, form=form if problems else None, add=form.get("add", ""))
        return page, 422 if problems else 200
    version = next((o.version for o in out if isinstance(o, Saved)), 0)
    changed = version if version and deal.text() != before else None
    if form.get("here"):
        return redirect(here(), 303)
    if number == len(QUESTIONS):
        end = "check.show" if "check.show" in _views() else "ask.show"
        return back(end, deal=deal, number=number, changed=changed) if end == "ask.show" else back(end, deal=deal)
    return back("ask.show", deal=deal, number=number + 1, changed=changed)


@bp.post("/d/<deal:deal>/read")
def read(deal: Deal) -> str:
    """What a text would be read as, to be shown below its box; nothing is saved."""
    path, text = request.form.get("path", ""), request.form.get("text", "").strip()
    found = shown(deal)
    problem, words = None, ""
    if text:
        _, problem, words = read_one(path, text, found, habits_of(found, now().date()))
    return render_template("echo.html", problem=problem, words=words if words != text else "")


@bp.post("/d/<deal:deal>/save")
def save_value(deal: Deal) -> Response:
    """Save one value that can be read in one way only; the answer says so with 204, else it is shown what stands against it."""
    path, text = request.form.get("path", ""), request.form.get("text", "").strip()
    found = shown(deal)
    meant, problem, _ = read_one(path, text, found, habits_of(found, now().date())) if text else (None, None, "")
    if problem or text and meant is None:
        return Response(render_template("echo.html", problem=problem, words=""), 422)
    (out,) = save(deal, [Change(path, meant.text if meant else "", request.form.get("seen"))])
    problems = _problems([out], found)
    return (
        Response(render_template("echo.html", problem=problems[path], words=""), 422) if problems else Response("", 204)
    )


def _views() -> Mapping[str, object]:
    from flask import current_app

    return current_app.view_functions


def _question(number: int) -> Question:
    if not 1 <= number <= len(QUESTIONS):
        abort(404)
    return QUESTIONS[number - 1]


def _position(form: Form, found: Shown) -> list[Change]:
    """The card that was chosen, and the subjects that are pressed."""
    out = []
    wanted, _, posture = form.get("card", "").partition("/")
    if wanted in found.library.forms and posture in found.library.postures:
        out += [
            Change(path, value, form.get(f"seen:{path}"))
            for path, value in (("form", wanted), ("posture", posture))
            if value != found.said(path)
        ]
    if "seen:subjects" in form:
        chosen = dict(zip(form.getlist("subject"), form.getlist("press"), strict=False))
        for topic in dict.fromkeys((*found.written.keys("postures"), *chosen)):
            value = chosen.get(topic, "")
            if topic in found.library.topics and (not value or value in found.library.postures):
                if value != found.said(f"postures.{topic}"):
                    out.append(Change(f"postures.{topic}", value))
    ticked = [n.removeprefix("confirm:") for n in form if n.startswith("confirm:")]
    if ticked:
        out.append(Change("confirmed", tuple(dict.fromkeys((*confirmed(found), *ticked)))))
    return out


def _following(question: Question, answers: Answers, found: Shown) -> list[Change]:
    """What follows from the answers: the law of the client's country, and that data go abroad where somebody works there."""
    value = {c.path: c.value for c in answers.changes}

    def said(path: str) -> Value:
        return value[path] if path in value else found.value(path)

    out = []
    home = said("parties.client.country")
    if question.number == 1 and isinstance(home, str) and home and not said("law"):
        law = next((id_ for id_ in found.library.laws if id_.partition("-")[0] == home), "")
        out += [Change("law", law, "")] if law else []
    rows = [r for group in ("sites", "subcontractors") for r in said(group) if isinstance(r, Mapping)]
    changed = any(p in value for p in ("sites", "subcontractors", "parties.client.country"))
    if changed and isinstance(home, str) and abroad(rows, home) and said("facts.cross_border") != "yes":
        out.append(Change("facts.cross_border", "yes"))
    return out


def _remember(deal: Deal, question: Question, answers: Answers, out: tuple[Outcome, ...]) -> None:
    """Note what is assumed, who could tell, and that the question was gone through."""
    notes = read_notes(deal)
    saved = {o.path for o in out if isinstance(o, Saved)}
    unknown = {**notes.unknown, **{p: who for p, who in answers.unknown.items() if p in saved}}
    seen = tuple(dict.fromkeys((*notes.seen, str(question.number))))
    if (unknown, seen) != (dict(notes.unknown), notes.seen):
        note(deal, unknown=unknown, seen=seen)


def _problems(out: tuple[Outcome, ...] | list[Outcome], found: Shown) -> dict[str, Problem]:
    problems = {}
    for outcome in out:
        if isinstance(outcome, Refused):
            words = told_of(outcome.why, outcome.hint, found.library)
            kept = found.said(outcome.path)
            if kept:
                words += f" The annex still says {display(outcome.path, kept, found.library)}."
            problems[outcome.path] = Problem(words=words, typed=outcome.value if isinstance(outcome.value, str) else "")
        elif isinstance(outcome, Conflict):
            theirs, ours = (_words(outcome.path, v, found) for v in (outcome.theirs, outcome.ours))
            picks: tuple[tuple[str, str], ...] = ()
            if isinstance(outcome.theirs, str) and isinstance(outcome.ours, str):
                picks = (
                    (f"{outcome.path}={outcome.theirs}", f"Keep {theirs}"),
                    (f"{outcome.path}={outcome.ours}", f"Use {ours}"),
                )
            words = f"Meanwhile another tab or program wrote {theirs}. Here you have {ours}."
            problems[outcome.path] = Problem(
                words=words, typed=ours if isinstance(outcome.ours, str) else "", picks=picks
            )
    return problems


def _words(path: str, value: Value, found: Shown) -> str:
    if isinstance(value, str):
        return display(path, value, found.library) or "nothing"
    rows = [v if isinstance(v, str) else ", ".join(v.values()) for v in value]
    return "; ".join(rows) or "nothing"


def _page(
    deal: Deal,
    question: Question,
    *,
    problems: Mapping[str, Problem] | None = None,
    form: Form | None = None,
    add: str = "",
) -> str:
    found, problems = shown(deal), problems or {}
    ninth = question.number == 9
    changed = request.args.get("changed", type=int) if request.method == "GET" else None
    return screen(
        "ask.html",
        deal,
        title=question.heading,
        active="ask",
        wrong=bool(problems),
        shown=found,
        question=question,
        questions=QUESTIONS,
        standings=standings(found),
        asked=asked_fields(question, found, now().date(), problems, form, add),
        problems=problems,
        rows=cards(deal, found) if ninth else (),
        subjects=subjects(found) if ninth else (),
        pressed=pressed(found) if ninth else (),
        numbers=numbers(found, number_names(found), problems, form) if ninth else (),
        money=numbers(found, money_names(found), problems, form) if ninth else (),
        sums=sums(found, problems, form) if ninth else (),
        effect=effect_of(deal, changed, found) if changed else None,
        proposal=_proposal(found) if question.number == 1 else "",
        next=url_for("ask.show", deal=deal, number=question.number + 1) if question.number < len(QUESTIONS) else "",
        back_to=request.values.get("here", "") if request.values.get("here", "").startswith("/d/") else "",
        UNKNOWN=UNKNOWN,
    )


def _proposal(found: Shown) -> str:
    """What follows from the two countries, in one sentence; empty until they are known."""
    profile = found.profile
    if profile is None or not found.said("law"):
        return ""
    parts = [found.library.laws[profile.law].name if profile.law in found.library.laws else ""]
    parts += [
        display(path, value, found.library)
        for path, value in (
            ("currency", profile.currency),
            ("calendar", profile.calendar),
            ("time_zone", profile.time_zone),
            ("page", profile.page),
        )
        if value
    ]
    names = dict(zip(("law", "money", "holidays", "clock", "paper"), parts, strict=False))
    said = [names.get("law", ""), f"sums in {names['money']}" if "money" in names else ""]
    said += [f"the public holidays of {names['holidays']}" if "holidays" in names else ""]
    said += [
        f"{names['clock']} time" if "clock" in names else "",
        f"{names['paper']} paper" if "paper" in names else "",
    ]
    return ", ".join(p for p in said if p)
