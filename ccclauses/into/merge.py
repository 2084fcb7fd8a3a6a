"""Profile and agreement → the agreement with the annex in it: composed for it, put in, proved, and reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import count
from pathlib import Path

from lxml import etree

from ..model.annex import Annex
from ..model.diagnostic import Diagnostic, Position, errors
from ..model.library.library import Library
from ..model.profile import Profile, Resolution
from ..model.words.plurals import counted
from ..ooxml.namespaces import w
from ..ooxml.package.package import write_package
from ..ooxml.package.parse import PackageError
from ..ooxml.package.record import BEGIN
from ..ooxml.style_sheet import is_on, whole
from ..pipeline import HOUSE_STYLES, compose_profile, house_style
from ..write.word.house_style import HouseStyle
from .fit.fit import fitted, house_for, inner_word
from .fit.names import next_id
from .host.host import Host, Refused, open_host, refuse_unfit
from .host.place import Place, find_place
from .proof.clashes import clashes
from .proof.prove import prove
from .splice import CHANGES, Spliced, Splicer
from .track import Pen


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a user chooses of how an annex goes into an agreement."""

    at: str = ""
    instead: bool = False
    tracked: bool = False
    author: str = ""
    date: datetime | None = None  # of the tracked changes; by default that of the annex
    inner: str = ""  # the word for the annex's own schedules: part, appendix, keep; empty decides by what is taken
    header: str = "annex"  # or host
    look: str = "host"  # or annex
    title: bool = False  # keep the whole title block
    signatures: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """An agreement with the annex in it, and what is reported of it."""

    data: bytes
    annex: Annex
    resolution: Resolution
    place: str  # in words
    altered: tuple[str, ...]  # what was altered in the agreement
    clashes: tuple[Diagnostic, ...]  # what agreement and annex say otherwise
    notes: tuple[str, ...]
    macros: bool
    spliced: Spliced = field(repr=False)


def merge(
    profile: Profile,
    library: Library,
    agreement: bytes,
    *,
    name: str,
    choices: Choices,
    template: str | None = None,
    styles: Path | None = None,
    draft: bool = False,
) -> tuple[Merged | None, list[Diagnostic]]:
    """Compose the annex of a profile for an agreement and put it in; None with every reason when that can't be.

    `name` is the file name of the agreement, for messages.
    """
    try:
        package = open_host(agreement, name)
        refuse_unfit(package, tracked=choices.tracked)
        host = Host(package)
        place = find_place(host, choices.at, instead=choices.instead, tracked=choices.tracked)
    except (PackageError, Refused) as problem:
        return None, [refused(problem, name)]
    word: list[str] = []

    def inner(own: str) -> str:
        word[:] = [own, inner_word(host, place, own, choices.inner)]
        return word[1]

    annex, resolution, problems = compose_profile(profile, library, schedules=inner)
    style, found = house_style(template or profile.template or HOUSE_STYLES[0], profile, styles)
    problems += found
    if annex is None or resolution is None or style is None or errors(problems):
        return None, problems
    try:
        spliced = spliced_in(host, place, annex, style, choices, word, draft or None)
    except (PackageError, Refused) as problem:
        return None, [*problems, refused(problem, name)]
    return (
        Merged(
            data=write_package(spliced.package.parts),
            annex=annex,
            resolution=resolution,
            place=place.told,
            altered=spliced.told,
            clashes=tuple(clashes(host, place, annex, resolution, name, signatures=choices.signatures)),
            notes=tuple(_notes(host, place, choices, word)),
            macros=package.main_type.startswith("macro"),
            spliced=spliced,
        ),
        problems,
    )


def spliced_in(
    host: Host, place: Place, annex: Annex, style: HouseStyle, choices: Choices, word: Sequence[str], draft: bool | None
) -> Spliced:
    """The annex put in at a place and proved; raises `Refused` where the result fails. `word` is that of its schedules."""
    section = host.section_at(min(place.gone, max(len(host.blocks) - 1, 0)))
    house, paper = house_for(host, section, style, own_look=choices.look == "annex")
    fit = fitted(
        annex,
        house,
        paper,
        draft=draft,
        title=choices.title,
        heading=place.heading is None,
        signatures=choices.signatures,
    )
    pen = None
    if choices.tracked:
        moment = (choices.date or datetime.combine(annex.date, time())).strftime("%Y-%m-%dT%H:%M:%SZ")
        pen = Pen(author=choices.author or annex.client.name, date=moment, next=next_id([host.root], *CHANGES))
    kept = (b for at, b in enumerate(host.blocks) if not place.gone <= at < place.seam)
    names = {m.get(w("name"), "") for b in kept for m in b.iter(w("bookmarkStart"))}
    tags = (annex.fingerprint[:8] + (str(n) if n else "") for n in count())
    spliced = Splicer(
        host=host,
        place=place,
        fitted=fit,
        tag=next(t for t in tags if BEGIN + t not in names),
        pen=pen,
        own_banners=choices.header != "host",
        choices={
            "header": choices.header,
            "look": choices.look,
            "heading": "agreement" if place.heading is not None else "annex",
        },
        word=(word[0], word[1]) if word and word[0] != word[1] else ("", ""),
    ).splice()
    failed = tuple(prove(host.package, place, fit, spliced, tracked=choices.tracked, labels=choices.inner != "keep"))
    if failed:
        raise Refused(
            f"the result failed {counted(len(failed), 'check')} and was not written",
            hint="choose another place, or report this with the agreement as a fault of the program",
            listed=failed[:20],
        )
    return spliced


def _notes(host: Host, place: Place, choices: Choices, word: Sequence[str]) -> Iterator[str]:
    """What a person has to know besides what was altered."""
    if place.mentions:
        yield f"{counted(place.mentions, 'other mention')} of the marker in sentences, headers or footers {'was' if place.mentions == 1 else 'were'} left"
    if host.takes_in_files:
        yield "the agreement takes in another file, which Word expands on opening; numbers after it may change"
    if host.package.has_macros or host.package.main_type.startswith("macro"):
        yield "the agreement holds macros, which were neither read nor changed"
    if choices.inner == "keep" and any(h.label.casefold().startswith(word[0].casefold() + " ") for h in host.headings):
        yield f"agreement and annex both have headings with the word “{word[0]}”, so a reference by number may be read two ways"
    if word and word[0] != word[1]:
        yield f"the agreement has “{word[0]}” headings of its own, so those of the annex are called “{word[1]}”"
    name = host.package.related("settings")
    settings = host.package.xml(name) if name else None
    if settings is not None:
        if is_on(settings.find(w("trackRevisions"))) and not choices.tracked:
            yield "the agreement tracks its changes, and the annex was entered untracked; --track enters it as a tracked change"
        if settings.find(w("writeProtection")) is not None:
            yield "the agreement recommends opening it read-only"
        if (mode := _mode(settings)) < 15:
            yield f"the agreement is in the compatibility mode of an earlier Word ({mode}), which was left as it is"


def _mode(settings: etree._Element) -> int:
    found = (s.get(w("val"), "") for s in settings.iter(w("compatSetting")) if s.get(w("name")) == "compatibilityMode")
    return whole(next(found, ""), 12)


def refused(problem: Exception, name: str) -> Diagnostic:
    """A refusal as a problem at the agreement."""
    message = str(problem).rstrip(".")
    hint = problem.hint if isinstance(problem, Refused) else "save it as a Word document (.docx)"
    if isinstance(problem, Refused) and problem.listed:
        hint = "\n    ".join((f"{hint}:" if hint else "there are:", *problem.listed))
    return Diagnostic(rule="not-put-in", message=message[:1].lower() + message[1:], at=Position(file=name), hint=hint)
