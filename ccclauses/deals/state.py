"""What a deal comes to: its annex as far as it can be made, what is open in it, and who is at the two ends of it.

Nothing is kept between calls but what equal files give anyway: `shown` is remembered by the text of the profile.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path

from ..derive.forms import form_problems
from ..derive.open_points import open_points
from ..load.document.edit import CantEdit, Value, Written, edited, written
from ..load.document.located import parse
from ..load.inputs import load_inputs_of_text
from ..load.profile.deal_format import UNKNOWN
from ..model.annex import Annex
from ..model.diagnostic import Diagnostic, errors
from ..model.library.library import Library
from ..model.profile import Profile, Resolution
from ..pipeline import compose_shown
from .folder import Deal
from .notes import read_notes
from .versions import text_of, versions


@dataclass(frozen=True, kw_only=True)  # without slots, as what is found later is kept in it
class Shown:
    """A deal as a screen shows it.

    `broken` is why the file can't be read as it is; `text` and all else are then those of the version `since`.
    `annex` is None only as long as nothing can be made of the answers.
    """

    text: str
    file: str  # the path that places in `problems` name
    written: Written
    profile: Profile | None = None
    resolution: Resolution | None = None
    annex: Annex | None = None
    library: Library
    found: tuple[Diagnostic, ...] = ()  # on the way to the annex
    broken: Diagnostic | None = None
    since: datetime | None = None
    last_good: int = 0  # the number of that version
    unknown: Mapping[str, str] = field(
        default_factory=dict
    )  # path of a fact that is not known → who could tell, or "?"
    placeholders: tuple[str, ...] = ()  # sums that nobody has confirmed, by name
    seen: tuple[str, ...] = ()  # the questions that were gone through

    @cached_property
    def problems(self) -> tuple[Diagnostic, ...]:
        """All that is wrong, missing or worth knowing; what the form gives up is found when it is first asked for."""
        form = form_problems(self.resolution, self.annex) if self.resolution and self.annex else ()
        return tuple(dict.fromkeys((*self.found, *form)))

    def said(self, path: str) -> str:
        """What the profile says at a path as a text; empty where it says nothing. Lists are with a line for each item."""
        value = self.value(path)
        return value if isinstance(value, str) else "\n".join(v for v in value if isinstance(v, str))

    def value(self, path: str) -> Value:
        """What the profile says at a path."""
        return self.written.get(path)


def shown(deal: Deal) -> Shown:
    """The deal as it is; where its file can't be read, as it last could be."""
    text = deal.text()
    broken = unreadable(text)
    since, last_good = None, 0
    if broken:
        for version in reversed(versions(deal)):
            older = text_of(deal, version)
            if not version.undone and not unreadable(older):
                text, since, last_good = older, version.at, version.number
                break
        else:
            text = ""
    made = of_text(deal, text)
    notes = read_notes(deal)
    facts = (f"facts.{name}" for name in made.written.keys("facts"))
    # The profile says what is not known, and is undone; who could tell stays noted, and counts while it is not known.
    unknown = {path: notes.unknown.get(path, "?") for path in facts if made.written.get(path) == UNKNOWN}
    return replace(
        made, broken=broken, since=since, last_good=last_good, unknown=unknown, seen=notes.seen,
        placeholders=_placeholders(made.resolution),
    )  # fmt: skip


def _placeholders(resolution: Resolution | None) -> tuple[str, ...]:
    """The sums that are our placeholders until somebody confirms them, by name."""
    points = open_points(resolution) if resolution else ()
    return tuple(p.path.removeprefix("confirmed.") for p in points if p.kind == "placeholder")


def supposing(deal: Deal, found: Shown, changes: Iterable[tuple[str, Value]]) -> Shown:
    """The deal as it would be with some values changed; nothing is written."""
    return of_text(deal, edited(found.text, changes))


def of_text(deal: Deal, text: str) -> Shown:
    """What another text of the deal's profile would come to."""
    return _made(text, str(deal.profile), _stamps(deal, text))


def unreadable(text: str) -> Diagnostic | None:
    """Why a profile is no YAML that could be changed; None when it is."""
    _, problems = parse(text, "profile.yaml")
    wrong = errors([p for p in problems if p.rule != "empty-file"])
    return wrong[0] if wrong else None


def _stamps(deal: Deal, text: str) -> tuple[int, ...]:
    """When the files were changed that a profile builds on: what is remembered of a text holds as long as they are."""
    try:
        said = written(text)
    except CantEdit:
        return ()
    base, folders = said.get("extends"), said.get("libraries")
    named = [v for v in (base, *(folders if isinstance(folders, tuple) else ())) if isinstance(v, str) and v]
    paths = [p for name in named for p in _all_files(deal.folder / name)]
    return tuple(p.stat().st_mtime_ns for p in paths if p.exists())


def _all_files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.yaml")) if path.is_dir() else [path]


@lru_cache(maxsize=64)
def _made(text: str, file: str, stamps: tuple[int, ...]) -> Shown:
    profile, library, problems = load_inputs_of_text(text, Path(file), as_far=True)
    annex = resolution = None
    if profile and library:
        annex, resolution, found = compose_shown(profile, library, check_form=False)
        problems = problems + found
    if library is None:
        from ..load.inputs import shipped_library

        library = shipped_library()
    try:
        said = written(text)
    except CantEdit:
        said = Written(None)
    return Shown(
        text=text, file=file, written=said, profile=profile, resolution=resolution, annex=annex, library=library,
        found=tuple(problems),
    )  # fmt: skip


_FORM = re.compile(
    r",?\s+(limited|ltd|plc|llp|llc|inc|incorporated|corp|corporation|company|co|gmbh|ag|se|kg|sarl|sas|sa|s\.a\.|bv|b\.v\.|nv|"
    r"n\.v\.|private|pvt|public|pty|lp)\.?$",
    re.IGNORECASE,
)


def short_name(name: str) -> str:
    """A company without its legal form: `Evergood Support Limited` gives `Evergood Support`."""
    while (less := _FORM.sub("", name)) != name:
        name = less
    return name.strip()


def title_of(deal: Deal, found: Shown) -> str:
    """What people call the deal: its two parties, or the name of its folder."""
    names = [short_name(found.said(f"parties.{who}.name")) for who in ("client", "provider")]
    return " – ".join(n for n in names if n) or deal.slug
