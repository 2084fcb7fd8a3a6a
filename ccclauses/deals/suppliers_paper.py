"""The supplier's own paper: judged by our position, each verdict accepted or corrected by a person, answered point by point.

    paper/  paper.docx  paper.json  corrections.yaml  choices.json

`corrections.yaml` is what `ccclauses assess --corrections` reads; `choices.json` says for each point whether our wording goes
into their paper, into a rider, or nowhere. The paper is opened in a process apart, since a stranger wrote it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Literal, cast, get_args

from ..assess.answer.points import assessed
from ..assess.answer.respond import respond
from ..assess.paper.paper import READS, WORD, read_paper
from ..assess.run import assess
from ..common.resources import library_folder
from ..compose.annex import compose_annex
from ..load.corrections import corrections_text, load_corrections
from ..load.inputs import load_inputs, shipped_library
from ..load.library.cues import load_cues
from ..model.annex import Annex
from ..model.diagnostic import errors
from ..model.findings.assessment import HARMS, AssessedPaper, AssessedPoint, AssessVerdict, Correction, Cues, Harm
from ..ooxml.package.package import read_package, write_package
from ..ooxml.package.parse import PackageError
from ..pipeline import HOUSE_STYLES, house_style
from ..report.paper.assessment import quoted, theirs
from ..report.paper.rider import write_rider
from ..resolve import resolve
from .folder import Deal, DealError
from .kept import Kept, note_kept, read_kept
from .rounds.negotiation import Desk
from .rounds.papers import CantRead

Choice = Literal["paper", "rider", "leave"]
_FOLDER = "paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of the table: what they say and where, what we ask, the verdict that holds and what the program said."""

    key: str
    number: int
    harm: Harm
    title: str
    ask: str
    verdict: AssessVerdict
    was: AssessVerdict
    correction: Correction | None
    theirs: str
    quote: str
    passages: tuple[int, ...]  # where they say it, or come nearest; places in `Judged.lines`
    ours: str
    why: str
    required: tuple[str, ...]
    wording: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A paper judged: its points in the order of harm, and its lines to be read next to them as (number, words, kind)."""

    name: str
    notes: tuple[str, ...]
    points: tuple[Point, ...]
    lines: tuple[tuple[str, str, str], ...]
    can_answer: bool  # whether our wording can be written into it: it is a Word file
    annex: bool  # whether it is judged by the deal, and not by the library alone

    def count(self, verdict: AssessVerdict) -> int:
        """How many points have that verdict."""
        return sum(p.verdict == verdict for p in self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What a paper is judged by, each file with its digest: the paper, the profile, what was corrected (empty for nothing)."""

    paper: tuple[str, str]
    profile: tuple[str, str]
    corrections: tuple[str, str] = ("", "")


# -- apart ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _cues() -> Cues:
    return load_cues(library_folder())[0]


@lru_cache(maxsize=2)
def _assessed(files: Files) -> tuple[AssessedPaper, AssessedPaper, Annex | None]:
    """The paper judged, with and without what a person corrected, and the annex that it was judged by."""
    path = Path(files.paper[0])
    paper, problems = read_paper(path)
    if paper is None:
        told = problems[0]
        raise CantRead(
            f"{told.message[:1].upper()}{told.message[1:]}.{f' {told.hint[:1].upper()}{told.hint[1:]}.' if told.hint else ''}"
        )
    deal, library, problems = load_inputs(Path(files.profile[0]))
    resolution = annex = shorter = None
    if deal and library and not errors(problems):
        resolution, _ = resolve(deal, library)
        annex, _ = compose_annex(resolution) if resolution else (None, [])
        small, _ = resolve(replace(deal, form=list(library.forms)[-1]), library)
        shorter, _ = compose_annex(small) if small else (None, [])
    known = library or shipped_library()
    found = assess(paper, _cues(), known)
    given: Mapping[str, Correction] = {}
    if files.corrections[0]:
        given, problems = load_corrections(Path(files.corrections[0]), _cues().questions, path)
        if errors(problems):
            raise CantRead(f"What was corrected can't be read: line {problems[0].at.line}: {problems[0].message}.")
    of = (known, resolution if annex else None, annex, shorter)
    return assessed(found, *of, given), assessed(found, *of), annex


def judge_paper(files: Files, name: str) -> Judged:
    """The paper judged. Raises CantRead."""
    now, before, annex = _assessed(files)
    was = {p.answer.question.id: p.answer.verdict for p in before.points}
    return Judged(
        name=name,
        notes=now.paper.notes,
        points=tuple(_point(p, now, was) for p in now.points),
        lines=tuple((p.number, p.text, p.kind) for p in now.paper.passages),
        can_answer=Path(files.paper[0]).suffix.lower() in WORD,
        annex=annex is not None,
    )


def _point(point: AssessedPoint, paper: AssessedPaper, was: Mapping[str, AssessVerdict]) -> Point:
    answer = point.answer
    places = [f.sentence.passage for f in answer.found] or ([answer.nearest.passage] if answer.nearest else [])
    return Point(
        key=answer.question.id,
        number=point.number,
        harm=point.harm,
        title=point.title,
        ask=answer.question.ask,
        verdict=answer.verdict,
        was=was[answer.question.id],
        correction=point.correction,
        theirs=theirs(answer),
        quote=quoted(point, paper),
        passages=tuple(dict.fromkeys(places)),
        ours=point.ours,
        why=answer.question.why,
        required=point.required,
        wording=tuple(f"{w.number} {w.text}".strip() for w in point.wording),
    )


def answer_paper(files: Files, chosen: tuple[str, ...], author: str, moment: datetime) -> bytes:
    """Their Word file with our wording for the chosen points, tracked, each with a comment. Raises CantRead."""
    now, _, _ = _assessed(files)
    points = [p for p in now.points if p.answer.question.id in chosen]
    try:
        package, _ = respond(read_package(Path(files.paper[0])), now, points, author=author, date=moment)
    except PackageError as problem:
        raise CantRead(f"{problem}.") from None
    return write_package(package.parts)


def rider_to(files: Files, chosen: tuple[str, ...], day: date) -> bytes:
    """A rider with our wording for the chosen points. Raises CantRead."""
    now, _, annex = _assessed(files)
    style, problems = house_style(HOUSE_STYLES[0], None, None)
    if annex is None or style is None:
        raise CantRead("A rider needs an annex of the deal to take our wording from. Answer the first questions.")
    return write_rider(now, [p for p in now.points if p.answer.question.id in chosen], annex, style, day)


# -- the deal ---------------------------------------------------------------------------------------------------------


def kept(deal: Deal) -> Kept | None:
    """The paper that the deal keeps; None where there is none."""
    return read_kept(deal, _FOLDER)


def add_paper(deal: Deal, name: str, data: bytes, desk: Desk) -> None:
    """Take in a paper of the supplier and judge it. Raises DealError; then nothing changed."""
    name = PurePath(name).name
    suffix = PurePath(name).suffix.lower()
    if not data:
        raise DealError("Choose their paper first.")
    if suffix not in READS:
        raise DealError("Their paper is a Word file, a PDF with text that can be selected, a web page or a text file.")
    file, trial = f"paper{suffix}", f"trial{suffix}"
    with deal.held():
        deal.write(data, _FOLDER, trial)
        path = deal.path(_FOLDER, trial)
        try:
            desk.ask(judge_paper, _files(deal, path, hashlib.sha256(data).hexdigest(), corrected=False), name)
        finally:
            path.unlink(missing_ok=True)
        for other in deal.listed(_FOLDER):
            deal.path(_FOLDER, other).unlink(missing_ok=True)
        deal.write(data, _FOLDER, file)
        note_kept(deal, _FOLDER, name, file)


def drop_paper(deal: Deal) -> None:
    """Put the paper aside, with what was decided about it. Raises DealError."""
    with deal.held():
        deal.path(_FOLDER, "paper.json").unlink(missing_ok=True)


def judged(deal: Deal, paper: Kept, desk: Desk) -> Judged:
    """The paper judged. Raises DealError."""
    found: Judged = desk.ask(judge_paper, _files(deal, paper.path, paper.digest), paper.name)
    return found


def _files(deal: Deal, path: Path, digest: str, *, corrected: bool = True) -> Files:
    data = deal.read(_FOLDER, "corrections.yaml") if corrected else None
    stamp = hashlib.sha256(deal.read("profile.yaml") or b"").hexdigest()
    given = (str(deal.path(_FOLDER, "corrections.yaml")), hashlib.sha256(data).hexdigest()) if data else ("", "")
    return Files(paper=(str(path), digest), profile=(str(deal.profile), stamp), corrections=given)


def correct(deal: Deal, paper: Kept, point: Point, verdict: str, why: str) -> None:
    """Accept the verdict on a point or put another in its place; empty takes that back. Raises DealError."""
    if verdict and verdict not in get_args(AssessVerdict):
        raise DealError("A verdict is met, partly, not found, or to be read.")
    with deal.held():
        path = deal.path(_FOLDER, "corrections.yaml")
        given: dict[str, Correction] = {}
        if path.is_file():
            known, problems = load_corrections(path, _cues().questions, paper.path)
            if errors(problems):
                raise DealError(f"What was corrected before can't be read: {problems[0].message}.")
            given = dict(known)
        given.pop(point.key, None)
        if verdict:
            given[point.key] = Correction(verdict=verdict, was=point.was, why=" ".join(why.split()))  # type: ignore[arg-type]  # checked above
        deal.write(corrections_text(paper.digest, given).encode(), _FOLDER, "corrections.yaml")


def choices(deal: Deal, found: Judged) -> Mapping[str, Choice]:
    """Where our wording goes, by point: as chosen, else into their paper (or a rider) for what is not met."""
    data = deal.read(_FOLDER, "choices.json")
    try:
        chosen = json.loads(data) if data else {}
    except ValueError:
        chosen = {}
    usual: Choice = "paper" if found.can_answer else "rider"
    out: dict[str, Choice] = {}
    for point in found.points:
        said = chosen.get(point.key) if isinstance(chosen, dict) else None
        default: Choice = usual if point.verdict != "met" and point.wording else "leave"
        out[point.key] = cast(Choice, said) if said in get_args(Choice) else default
    return out


def choose(deal: Deal, given: Mapping[str, str]) -> None:
    """Keep where our wording goes. Raises DealError."""
    kept_ = {k: v for k, v in given.items() if v in get_args(Choice)}
    with deal.held():
        deal.write((json.dumps(kept_, indent=2) + "\n").encode(), _FOLDER, "choices.json")


def answer_file(deal: Deal, paper: Kept, chosen: Sequence[str], author: str, moment: datetime, desk: Desk) -> bytes:
    """Their paper with our wording in it. Raises DealError."""
    if not chosen:
        raise DealError("No point is chosen to be answered in their paper.")
    files = _files(deal, paper.path, paper.digest)
    data: bytes = desk.ask(answer_paper, files, tuple(chosen), author, moment)
    return data


def rider_file(deal: Deal, paper: Kept, chosen: Sequence[str], day: date, desk: Desk) -> bytes:
    """A rider to their paper. Raises DealError."""
    if not chosen:
        raise DealError("No point is chosen for a rider.")
    data: bytes = desk.ask(rider_to, _files(deal, paper.path, paper.digest), tuple(chosen), day)
    return data


HARM_WORDS: Mapping[Harm, str] = HARMS
