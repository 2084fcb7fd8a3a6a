"""A profile, or an annex as JSON → an annex: what is read without knowing how things are compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.diagnostic import Diagnostic, Position, nearest

if TYPE_CHECKING:
    from ..model.annex import Annex
    from ..model.library.library import Library
    from ..model.profile import Profile

ProfileLoader = Callable[[Path], "tuple[Profile | None, Library | None, list[Diagnostic]]"]
YAML_SUFFIXES = (".yaml", ".yml")
MOST_JSON = 64 << 20  # bytes


def profile_annex(
    path: Path, load_profile: ProfileLoader, posture: str = "", form: str = ""
) -> tuple[Annex | None, list[Diagnostic]]:
    """The annex of a profile, as the profile is or with one posture for the whole of it, and in its form or another."""
    from ..compose.annex import compose_annex
    from ..resolve import resolve

    profile, library, problems = load_profile(path)
    if profile is None or library is None:
        return None, problems
    if posture:
        profile, found = at_posture(profile, library, posture)
        problems = problems + found
        if profile is None:
            return None, problems
    if form:
        if form not in library.forms:
            hint = nearest(form, library.forms) or f"there are {', '.join(library.forms)}"
            return None, [*problems, problem("unknown-form", f"there is no form `{form}`", profile.file, hint)]
        profile = replace(profile, form=form)
    resolution, found = resolve(profile, library)
    problems = problems + found
    if resolution is None:
        return None, problems
    annex, found = compose_annex(resolution)
    return annex, problems + found


def at_posture(profile: Profile, library: Library, posture: str) -> tuple[Profile | None, list[Diagnostic]]:
    """The profile with that posture for every topic; values that it sets itself stay."""
    if posture not in library.postures:
        hint = nearest(posture, library.postures) or f"there are {', '.join(library.postures)}"
        return None, [problem("unknown-posture", f"there is no posture `{posture}`", profile.file, hint)]
    return replace(profile, posture=posture, postures={}), []


def json_annex(path: Path, name: str) -> tuple[Annex | None, list[Diagnostic]]:
    """The annex in a JSON file."""
    from ..write.data.annex_json import read_json

    try:
        with path.open("rb") as source:
            data = source.read(MOST_JSON + 1)
        if len(data) > MOST_JSON:
            return None, [problem("too-large", f"the file is larger than {MOST_JSON >> 20} MiB", name)]
        text = data.decode("utf-8-sig")
    except OSError as wrong:
        return None, [problem("unreadable-file", f"the file can't be read: {wrong.strerror or wrong}", name)]
    except UnicodeDecodeError:
        return None, [problem("unreadable-file", "the file is not UTF-8 text", name)]
    return read_json(text, name)


def problem(rule: str, message: str, spec: str, hint: str = "") -> Diagnostic:
    """A problem of what a person has named."""
    return Diagnostic(rule=rule, message=message, at=Position(file=spec), hint=hint)
