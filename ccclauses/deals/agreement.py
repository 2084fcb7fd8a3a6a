"""The client's own agreement in a deal: kept next to it, its places listed, the annex put in at the one that was chosen.

    agreement/  agreement.docx  agreement.json

`agreement.json` holds the name of the file and what was chosen. The agreement is opened in a process apart, since a stranger
wrote it, and is never changed: the agreement with the annex in it is made when it is asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path, PurePath

from ..into.host.facts import Fact, Facts
from ..into.host.host import Host, Refused, open_host
from ..into.host.place import older_annexes, places_of
from ..into.merge import Choices, Merged, merge, refused
from ..load.inputs import load_inputs
from ..model.diagnostic import Diagnostic, errors
from ..ooxml.namespaces import w
from ..ooxml.package.parse import PackageError
from .folder import Deal, DealError
from .kept import Kept, note_kept, read_kept
from .rounds.negotiation import Desk
from .rounds.papers import CantRead

AROUND = 4  # paragraphs that a seam shows on each side
_FOLDER = "agreement"
_SETTINGS: Mapping[str, tuple[str, ...]] = {
    "instead": ("", "yes"),
    "tracked": ("", "yes"),
    "header": ("annex", "host"),
    "look": ("host", "annex"),
    "inner": ("", "part", "appendix", "attachment", "keep"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place of an agreement: what it is chosen by, its words, and how deep it is in the outline from 0."""

    name: str
    words: str
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The places of an agreement; `older` says that an annex of ours is in it already."""

    spots: tuple[Spot, ...]
    older: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """The paragraphs on both sides of a seam."""

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """The agreement with the annex in it, and all that is to be said of it."""

    data: bytes
    place: str
    edges: tuple[Edge, ...]
    altered: tuple[str, ...]
    notes: tuple[str, ...]
    clashes: tuple[tuple[str, str], ...]  # what both say otherwise, and what can be done
    macros: bool


# -- apart ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def read_outline(file: tuple[str, str], name: str) -> Outline:
    """The places of an agreement, by its path and digest. Raises CantRead."""
    try:
        host = Host(open_host(Path(file[0]).read_bytes(), name))
    except (PackageError, Refused) as problem:
        raise CantRead(_sentence(refused(problem, name))) from None
    spots = tuple(Spot(name=named, words=words.strip(), depth=depth) for named, words, depth in places_of(host))
    return Outline(spots=spots, older=bool(older_annexes(host)))


@lru_cache(maxsize=2)
def put_in(
    file: tuple[str, str], name: str, profile: tuple[str, str], chosen: tuple[tuple[str, str], ...], moment: datetime
) -> Put:
    """The annex of a profile put into an agreement, both by path and digest. Raises CantRead."""
    deal, library, problems = load_inputs(Path(profile[0]))
    if deal is None or library is None or errors(problems):
        raise CantRead("The annex can't be made from the present answers. Go through the questions first.")
    said = dict(chosen)
    choices = Choices(
        at=said.get("at", ""),
        instead=bool(said.get("instead")),
        tracked=bool(said.get("tracked")),
        date=moment,
        inner=said.get("inner", ""),
        header=said.get("header", "annex"),
        look=said.get("look", "host"),
    )
    merged, problems = merge(deal, library, Path(file[0]).read_bytes(), name=name, choices=choices)
    if merged is None:
        raise CantRead(" ".join(map(_sentence, errors(problems)[:3])))
    return Put(
        data=merged.data,
        place=merged.place,
        edges=_edges(merged),
        altered=merged.altered,
        notes=merged.notes,
        clashes=tuple((d.message, d.hint) for d in merged.clashes),
        macros=merged.macros,
    )


def _edges(merged: Merged) -> tuple[Edge, Edge]:
    facts = Facts(merged.spliced.package)
    begins, ends = facts.bounds(merged.spliced.tag)
    lines = [f"{f.number} {_line(f)}".strip() for f in facts.paragraphs]

    def some(at: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        before, after = [x for x in lines[:at] if x], [x for x in lines[at:] if x]
        return tuple(before[-AROUND:]), tuple(after[:AROUND])

    first, last = some(begins), some(ends + 1)
    return (
        Edge(name="Where the annex begins", before=first[0], after=first[1]),
        Edge(name="Where the annex ends", before=last[0], after=last[1]),
    )


def _line(fact: Fact) -> str:
    """The words of a paragraph with its tabs and line breaks as spaces."""
    shown = (e for run in fact.element.iter(w("r")) for e in run if e.tag in (w("t"), w("tab"), w("br")))
    return "".join(e.text or "" if e.tag == w("t") else " " for e in shown)


def _sentence(problem: Diagnostic) -> str:
    def said(text: str) -> str:
        text = text.strip()
        return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}" if text else ""

    return f"{said(problem.message)} {said(problem.hint.partition(':' + chr(10))[0])}".strip()


# -- the deal ---------------------------------------------------------------------------------------------------------


def kept(deal: Deal) -> Kept | None:
    """The agreement that the deal keeps; None where there is none."""
    return read_kept(deal, _FOLDER)


def add_agreement(deal: Deal, name: str, data: bytes, desk: Desk) -> None:
    """Take in an agreement and read its places. Raises DealError; then nothing changed."""
    name = PurePath(name).name
    suffix = PurePath(name).suffix.lower()
    if not data:
        raise DealError("Choose the agreement first.")
    if suffix not in (".docx", ".docm"):
        raise DealError("The agreement is a Word file (.docx). Save it as one in Word, and choose that.")
    with deal.held():
        trial = deal.path(_FOLDER, f"trial{suffix}")
        deal.write(data, _FOLDER, trial.name)
        try:
            desk.ask(read_outline, (str(trial), hashlib.sha256(data).hexdigest()), name)
        finally:
            trial.unlink(missing_ok=True)
        deal.write(data, _FOLDER, f"agreement{suffix}")
        note_kept(deal, _FOLDER, name, f"agreement{suffix}")


def drop_agreement(deal: Deal) -> None:
    """Put the agreement aside. Raises DealError."""
    with deal.held():
        for name in deal.listed(_FOLDER):
            deal.path(_FOLDER, name).unlink(missing_ok=True)


def choose(deal: Deal, agreement: Kept, given: Mapping[str, str]) -> None:
    """Keep the place and the settings that were chosen. Raises DealError."""
    if "at" not in given:
        raise DealError("Choose where the annex goes.")
    chosen = {"at": given["at"][:500]}
    chosen |= {k: v for k, known in _SETTINGS.items() if (v := given.get(k, "")) in known and v}
    with deal.held():
        note_kept(deal, _FOLDER, agreement.name, agreement.path.name, chosen)


def outline(agreement: Kept, desk: Desk) -> Outline:
    """The places of the agreement. Raises DealError."""
    found: Outline = desk.ask(read_outline, (str(agreement.path), agreement.digest), agreement.name)
    return found


def put(deal: Deal, agreement: Kept, moment: datetime, desk: Desk) -> Put:
    """The agreement with the deal's annex in it, at the chosen place. Raises DealError."""
    stamp = hashlib.sha256(deal.text().encode()).hexdigest()
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    chosen = tuple(sorted(agreement.chosen.items()))
    file = (str(agreement.path), agreement.digest)
    made: Put = desk.ask(put_in, file, agreement.name, (str(deal.profile), stamp), chosen, day)
    return made
