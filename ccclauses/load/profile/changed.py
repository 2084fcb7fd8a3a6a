"""A profile with some of its values changed, to see what they would do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from ...model.diagnostic import Diagnostic, Position
from ...model.library.library import Library
from ...model.profile import Profile
from ..library.checks import suggest
from .profile import load_profile_text


def changed_profile(path: Path, sets: Sequence[str], library: Library) -> tuple[Profile | None, list[Diagnostic]]:
    """The profile at `path` with `sets`, each "name=value" of a setting, a fact or a key such as `postures.audit`.

    None when it has an error; the place of a problem in a set value is `--set` and its line.
    """
    lines, problems = [f"extends: {json.dumps(path.name)}"], []
    groups: dict[str, list[str]] = {}
    for number, text in enumerate(sets, 1):
        name, sign, value = (part.strip() for part in text.partition("="))
        group = _group(name, library)
        if not sign or not value or not group:
            known = (*library.owners, *library.facts)
            hint = "write a name, `=` and a value, such as `breach_notice=12 hours`" if group else suggest(name, known)
            message = f"`{text}` sets no value" if group else f"there is no setting, fact or key `{name}`"
            at = Position(file="--set", line=number)
            problems.append(Diagnostic(rule="unknown-parameter", message=message, at=at, hint=hint))
            continue
        written = value if value[0] in "[{" else json.dumps(value, ensure_ascii=False)
        if group == name:
            lines.append(f"{name}: {written}")
        else:
            groups.setdefault(group, []).append(f"{name.removeprefix(f'{group}.')}: {written}")
    lines += [f"{group}: {{{', '.join(pairs)}}}" for group, pairs in groups.items()]
    profile, found = load_profile_text("\n".join(lines) + "\n", str(path.parent / "--set"), library)
    return None if problems else profile, problems + found


_GROUPS = ("settings", "facts", "postures", "annex", "agreement", "charges", "term", "credits", "exclude")
_KEYS = ("law", "currency", "calendar", "time_zone", "posture", "form", "frameworks", "include", "deed", "page")


def _group(name: str, library: Library) -> str:
    """The key of a profile under which a name stands; the name itself for a key of its own; empty when unknown."""
    if name in library.owners:
        return "settings"
    if name in library.facts:
        return "facts"
    group = name.partition(".")[0]
    return group if (group in _GROUPS and "." in name) or name in _KEYS else ""
