"""What was sent, as far as it is known: its Word package, its annex, its library and the profile that made it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from ...common.resources import library_folder
from ...model.annex import Annex
from ...model.diagnostic import Diagnostic, errors
from ...model.library.clause import Value
from ...model.library.library import Library
from ...model.profile import Asked, Profile
from ...ooxml.package.package import Package, read_package
from ...read.within import alone
from ...read.word.document import ReadDocument
from ...read.word.docx import read_docx
from ...sides.annex import YAML_SUFFIXES, ProfileLoader, json_annex
from ...sides.package import word_package


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The annex that was sent with its library and profile. `made` says that the profile was made from the annex.

    Such a profile knows no facts and no postures, so constraints that rest on facts are left out of `library`.
    """

    annex: Annex
    library: Library
    profile: Profile
    made: bool = False
    document: ReadDocument | None = None  # what was read of the sent Word file


def read_sent(
    path: Path, load_profile: ProfileLoader, *, judged: bool = True
) -> tuple[Package | None, Known | None, list[Diagnostic]]:
    """The Word package of what was sent, and what is known of it; nothing is known of a Word file that is not an annex.

    Where nothing is `judged`, no library is read and no annex recovered of a file.
    """
    suffix = path.suffix.lower()
    if suffix in YAML_SUFFIXES:
        from ...pipeline import build_annex

        profile, library, problems = load_profile(path)
        if profile is None or library is None:
            return None, None, problems
        built, found = build_annex(profile, library)
        problems = problems + found
        if built is None or errors(problems):
            return None, None, problems
        return read_package(built.data), Known(annex=built.annex, library=library, profile=profile), problems
    package, problems = word_package(path, load_profile)
    if package is None:
        return None, None, problems
    package, _ = alone(package)
    if not judged:
        return package, None, problems
    from ...load.library.library import load_library

    library, found = load_library(library_folder())
    if suffix != ".json":
        return package, known_from_word(package, library, str(path)), problems + errors(found)
    annex, _ = json_annex(path, str(path))
    return package, known_from_annex(annex, library, str(path)) if annex else None, problems + errors(found)


def known_from_word(package: Package, library: Library, file: str) -> Known | None:
    """What a Word file tells; None for one that holds no clause of the library.

    Values inside its sentences are found by composing the deal that it states: its paragraphs face those.
    """
    from ...read.recover import recover_annex

    document = read_docx(package, name=file)
    annex, _ = recover_annex(document, library)
    if annex is None or not any(c.id in library.clauses for c in annex.clauses):
        return None
    return known_from_words(document, annex, library, file)


def known_from_words(document: ReadDocument, annex: Annex, library: Library, file: str) -> Known:
    """What a Word file tells of which the annex was recovered already, save the values inside its sentences."""
    from ...compose.annex import compose_annex
    from ...read.recover import recover_annex
    from ...resolve import resolve

    known = replace(known_from_annex(annex, library, file), document=document)
    resolution, _ = resolve(known.profile, library)
    composed, _ = compose_annex(resolution) if resolution else (None, [])
    again, _ = recover_annex(document, library, composed) if composed else (None, [])
    return replace(known, annex=again) if again else known


def known_from_annex(annex: Annex, library: Library, file: str) -> Known:
    """What an annex alone tells: its law, frameworks, clauses and values."""
    from ...read.stated import stated_profile

    rested = tuple(
        c for c in library.constraints if not any(n in library.facts for t in c.when.tests() for n in t.names)
    )
    profile = stated_profile(annex, library, file)
    return Known(annex=annex, library=replace(library, constraints=rested), profile=profile, made=True)


def with_values(profile: Profile, values: dict[str, Value]) -> Profile:
    """The profile with those values set in it."""
    asked = {name: Asked(value=value, at=profile.at(f"settings.{name}")) for name, value in values.items()}
    return replace(profile, settings=MappingProxyType({**profile.settings, **asked}))
