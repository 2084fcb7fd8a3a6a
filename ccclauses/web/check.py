"""Check: what keeps the annex from being final, advice, all answers in one place, and every setting by search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from ..deals.edit import Change, Conflict, Refused, save
from ..deals.folder import Deal
from ..deals.notes import note, read_notes
from ..deals.points import Point, covered, points_of
from ..deals.rounds.negotiation import rounds_of
from ..deals.state import Shown, short_name, shown
from ..model.library.library import Library
from .questions.answers import Problem, display, read_answers
from .questions.asked import asked_fields, standings
from .questions.position import confirmed, numbers
from .questions.questions import QUESTIONS, Field, Question, question_of
from .questions.said import label_of, told_of
from .rounds.send import since
from .shell import back, now, screen
from .words import count

bp = Blueprint("check", __name__)
_SHOWN = 40  # settings shown at most for one search


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A matter on the screen: its subject, what it is in a sentence, and where it is settled."""

    key: str
    subject: str
    words: str
    act: str
    address: str
    order: int
    final: bool
    wrong: bool = False  # no file can be made before it is put right, not even a draft
    aside: str = ""


@bp.get("/d/<deal:deal>/check")
def show(deal: Deal) -> str:
    """The list of matters."""
    return _page(deal)


@bp.post("/d/<deal:deal>/check/aside")
def set_aside(deal: Deal) -> Response:
    """Set advice aside with a reason, or take it up again."""
    key, why = request.form.get("key", ""), " ".join(request.form.get("why", "").split())[:300]
    aside = dict(read_notes(deal).aside)
    if "again" in request.form:
        aside.pop(key, None)
    elif key:
        aside[key] = why or "looked at"
    note(deal, aside=aside)
    return back("check.show", deal=deal)


@bp.post("/d/<deal:deal>/check/confirm")
def confirm(deal: Deal) -> Response:
    """Confirm a proposed sum as right for this deal."""
    name, kept = request.form.get("name", ""), confirmed(shown(deal))
    if name and name not in kept:
        save(deal, [Change("confirmed", (*kept, name))])
    return back("check.show", deal=deal)


@bp.get("/d/<deal:deal>/check/settings")
def settings(deal: Deal) -> str:
    """Every value of the clauses that a search finds."""
    return _settings(deal)


@bp.post("/d/<deal:deal>/check/settings")
def change(deal: Deal) -> Response | tuple[str, int]:
    """Save the values that were changed among those that a search found."""
    found, form = shown(deal), request.form
    question = Question(number=0, topic="", heading="", why="", fields=_MORE)
    answers = read_answers(question, form, found, now().date())
    out = save(deal, answers.changes)
    problems = dict(answers.problems)
    for outcome in out:
        if isinstance(outcome, Refused):
            problems[outcome.path] = Problem(
                words=told_of(outcome.why, outcome.hint, found.library), typed=str(outcome.value)
            )
        elif isinstance(outcome, Conflict):
            words = f"Meanwhile another tab or program wrote {outcome.theirs or 'nothing'}."
            problems[outcome.path] = Problem(words=words, typed=str(outcome.ours))
    if problems:
        return _settings(deal, problems), 422
    return back("check.settings", deal=deal, q=request.args.get("q", ""))


# Values that no question asks for: only lawyers look for them.
_MORE = (
    Field(path="annex.title", label="Title of the annex", width="middle"),
    Field(path="annex.version", label="Version", width="short"),
    Field(path="annex.classification", label="Classification", width="middle"),
    Field(path="agreement.reference", label="Reference of the main contract", width="middle"),
    Field(path="max_pages", label="Pages at most", width="short"),
)


def _page(deal: Deal) -> str:
    found = shown(deal)
    lines = sorted(lines_of(deal, found), key=lambda line: line.order)
    final = [line for line in lines if line.final]
    laws = covered(found)
    return screen(
        "check.html",
        deal,
        title="Check",
        active="ask",
        shown=found,
        first=[line for line in final if line.wrong],
        final=[line for line in final if not line.wrong],
        advice=[line for line in lines if not line.final and not line.aside],
        aside=[line for line in lines if not line.final and line.aside],
        laws=laws,
        unchecked=sum(law.unchecked for law in laws),
        unanswered=sum(law.terms - law.answered for law in laws),
        answers=[(s, list(_answers(s.question, found))) for s in standings(found)],
        count=count,
        since=since(deal, found) if rounds_of(deal).turn == "theirs" else [],
        supplier=short_name(found.said("parties.provider.name")) or "the supplier",
    )


def lines_of(deal: Deal, found: Shown) -> Iterator[Line]:
    """Every matter in the words of the page."""
    for point in points_of(found, read_notes(deal)):
        yield _line(deal, point, found)


def _line(deal: Deal, point: Point, found: Shown) -> Line:
    number = question_of(point.path) or _question_of_setting(point.path)
    subject = QUESTIONS[number - 1].topic.capitalize() if number else "Law" if not point.final else "The file"
    where = url_for("check.show", deal=deal)
    if point.path.startswith("settings."):
        address = url_for("check.settings", deal=deal, q=label_of(point.path, found.library)) + f"#{point.path}"
    elif number:
        address = url_for("ask.show", deal=deal, number=number, here=where) + f"#{point.path}"
    else:
        address = ""
    words, act = _words(point, found.library)
    return Line(
        key=point.key, subject=subject, words=words, act=act, address=address, order=number or 11, final=point.final,
        wrong=point.final and point.problem is not None, aside=point.aside,
    )  # fmt: skip


def _question_of_setting(path: str) -> int:
    return 9 if path.startswith(("settings.", "credits.", "confirmed", "postures.", "failures.")) else 0


def _words(point: Point, library: Library) -> tuple[str, str]:
    """The sentence of a matter, and the word of its link."""
    if point.open is None:
        assert point.problem
        hint = point.problem.hint if point.final and point.problem.rule != "missing-key" else ""
        return told_of(point.problem.message, hint, library), "Change" if point.final else "Look"
    label = point.open.label
    label = label.replace("the client's Client", "your Client").replace("the client", "your company")
    label = f"{label[:1].upper()}{label[1:]}"
    if point.open.kind == "assumed":
        asked = f", asked {point.who}" if point.who else ""
        return f"{label.strip('“”')} Assumed {point.open.printed}{asked}.", "Answer"
    if point.open.kind == "placeholder":
        shown_sum = f": {point.open.printed.strip('[]')}" if point.open.printed else ""
        return (
            f"{label}{shown_sum} is our placeholder." if shown_sum else f"{label}, are not confirmed.",
            "Confirm or change",
        )
    return f"{label} is missing.", "Answer"


def _answers(question: Question, found: Shown) -> Iterator[tuple[str, str]]:
    """Each answer of a question: what was asked, and the answer in words."""
    for asked in asked_fields(question, found, now().date()):
        if asked.field.control == "rows":
            rows = found.value(asked.path)
            said = [", ".join(v for v in row.values() if v) for row in rows if isinstance(row, Mapping)]
            yield asked.field.label, "; ".join(said)
        elif asked.field.control == "ticks":
            yield (
                asked.field.label,
                ", ".join(t.short for t in asked.ticks if t.chosen and t.id in found.said("frameworks").split()),
            )
        elif asked.field.control == "yesno":
            words = {"yes": "Yes", "no": "No", "unknown": f"Not known, assumed {asked.usual}"}
            yield asked.field.label, asked.follows or words.get(asked.value, "")
        else:
            value = found.said(asked.path)
            yield asked.field.label, dict(asked.choices).get(value) or display(asked.path, value, found.library)
    if question.number == 9 and found.profile and found.value("posture"):
        yield "Form", found.library.forms[found.profile.form].title
        yield "Position", found.library.postures[found.profile.posture].label


def _settings(deal: Deal, problems: Mapping[str, Problem] | None = None) -> str:
    found, query = shown(deal), request.args.get("q", "").strip()
    names = list(_found(query, found)) if query else []
    more = Question(number=0, topic="", heading="", why="", fields=_MORE)
    form = request.form if problems else None
    return screen(
        "settings.html",
        deal,
        title="More settings",
        active="ask",
        wrong=bool(problems),
        shown=found,
        query=query,
        problems=problems or {},
        asked=[] if query else asked_fields(more, found, now().date(), problems, form),
        numbers=numbers(found, tuple(names[:_SHOWN]), problems or {}, form),
        found=len(names),
        total=len(found.resolution.settings) if found.resolution else 0,
        most=_SHOWN,
    )


def _found(query: str, found: Shown) -> Iterator[str]:
    """The values whose label, unit or clause has every word of the search."""
    words = query.casefold().split()
    for chosen in found.resolution.clauses if found.resolution else ():
        for name, parameter in chosen.clause.parameters.items():
            text = f"{parameter.label} {parameter.unit} {chosen.clause.title}".casefold()
            if all(w in text for w in words):
                yield name
