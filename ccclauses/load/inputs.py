"""What every command starts from: a profile and the library that it is read against."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ..common.resources import library_folder
from ..model.diagnostic import Diagnostic, errors
from ..model.library.library import Library
from ..model.profile import Profile
from .library.library import load_library
from .profile.layers import profile_libraries
from .profile.profile import load_as_far


def load_inputs(path: Path, *, as_far: bool = False) -> tuple[Profile | None, Library | None, list[Diagnostic]]:
    """The profile at `path` and the library it is read against: the shipped one and those that it names.

    `as_far` gives a profile with errors too, as far as it could be read, so that later checks can go on.
    """
    return _loaded(path, None, as_far)


def load_inputs_of_text(
    text: str, path: Path, *, as_far: bool = False
) -> tuple[Profile | None, Library | None, list[Diagnostic]]:
    """The same of a profile that is given as text: what it would be as the file at `path`."""
    return _loaded(path, text, as_far)


def shipped_library() -> Library:
    """The library that is shipped."""
    return _library(())[0]


def _loaded(path: Path, text: str | None, as_far: bool) -> tuple[Profile | None, Library | None, list[Diagnostic]]:
    folders, found = profile_libraries(path, text)
    if errors(found) and not as_far:
        return None, None, found
    there = tuple(f for f in folders if f.is_dir())
    library, problems = _library(there)
    if errors(problems):
        # A profile read against a broken library would be blamed for names that the library lost.
        return None, None, _library(folders)[1]
    profile, found = load_as_far(path, library, text)
    profile = profile if as_far or not errors(found) else None
    if there != folders:
        # So it would for what a folder that is not there may hold; the rest of the profile is reported.
        found = [d for d in found if d.rule not in _OF_A_LIBRARY]
        return None, None, _library(folders)[1] + found
    return profile, library, problems + found


_OF_A_LIBRARY = frozenset(
    f"unknown-{what}" for what in ("clause", "fact", "form", "framework", "law", "parameter", "posture", "topic")
)


@lru_cache(maxsize=8)
def _library(folders: tuple[Path, ...]) -> tuple[Library, list[Diagnostic]]:
    return load_library(library_folder(), *folders)
