"""Profile → the bytes of an annex in one format: the pipeline from end to end, for the commands, the page and batches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from .common.resources import library_folder, templates_folder
from .compose.annex import compose_annex
from .derive.effects import silent_effects
from .derive.forms import form_problems, page_problems
from .derive.open_points import advised_contacts, open_points, open_problems
from .model.annex import Annex
from .model.diagnostic import Diagnostic, InputError, Position, errors, nearest
from .model.library.library import Library
from .model.profile import Profile, Resolution
from .resolve import resolve
from .resolve.suggestions import suggestions

if TYPE_CHECKING:
    from docx.document import Document

    from .write.word.docx import HouseStyle

HOUSE_STYLES = ("legal", "modern")


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """An annex and the bytes of its file; `problems` holds the warnings and notes of the way there."""

    data: bytes
    annex: Annex
    resolution: Resolution
    problems: tuple[Diagnostic, ...] = ()
    pages: int | None = None  # where they were counted

    def document(self) -> Document:
        """The annex as a python-docx `Document`, to add to; each call gives a fresh one.

        `document_bytes` saves it so that equal documents give equal bytes. Raises `PackageError` when the file is not
        a Word file (it was built as HTML, for example).
        """
        from .ooxml.package.documents import open_document

        return open_document(self.data)


def build(
    profile: Path | str,
    *,
    template: str | None = None,
    styles: Path | str | None = None,
    draft: bool = False,
    page_numbers: bool = False,
) -> Built:
    """Build the Word annex of the profile at a path, against the shipped library and those that the profile names.

    `template` is a house style (`legal`, `modern`) or a Word file, and `styles` a mapping of roles to its styles; both
    are as in `ccclauses build`. Raises `InputError` with every problem when any of them is an error.

        >>> built = api.build("examples/retail-uk.yaml", template="modern")
        >>> built.data[:2], len(built.document().tables) > 5
        (b'PK', True)
    """
    from .load.inputs import load_inputs

    request, library, problems = load_inputs(Path(profile))
    built = None
    if request and library:
        built, found = build_annex(
            request,
            library,
            template=template,
            styles=Path(styles) if styles else None,
            draft=draft,
            page_numbers=page_numbers,
        )
        problems = problems + found
    if built is None:
        raise InputError(problems)
    return replace(built, problems=tuple(problems))


def build_annex(
    profile: Profile,
    library: Library,
    *,
    kind: str = "docx",
    template: str | None = None,
    styles: Path | None = None,
    draft: bool = False,
    page_numbers: bool = False,
    pages: bool = False,
) -> tuple[Built | None, list[Diagnostic]]:
    """Resolve, compose and write; None when anything is an error, with every problem of every step that was reached.

    `page_numbers` puts page numbers into the contents list, and `pages` counts the pages of a Word file, both with LibreOffice.
    The pages of a PDF are counted anyway, and so are those of a Word file where the profile sets `max_pages`.
    """
    annex, resolution, problems = compose_profile(profile, library)
    if resolution is None:
        return None, problems
    style = None
    if kind in ("docx", "pdf"):
        style, found = house_style(template or profile.template or HOUSE_STYLES[0], profile, styles)
        problems += found
    if annex is None or errors(problems):
        return None, problems
    data, found = _written(annex, resolution, kind, style, draft or None, page_numbers)
    problems += found
    if data is None:
        return None, problems
    counted = _pages(data, kind, asked=pages or profile.max_pages is not None)
    problems += page_problems(resolution, annex, counted)
    return Built(data=data, annex=annex, resolution=resolution, pages=counted), problems


def _pages(data: bytes, kind: str, *, asked: bool) -> int | None:
    """The pages of a file: a PDF has them, a Word file must be laid out for them; no other has any."""
    if kind == "pdf":
        from .write.pages import pages_of_pdf

        return pages_of_pdf(data)
    if kind == "docx" and asked:
        from .write.pages import count_pages

        return count_pages(data)
    return None


def compose_profile(
    profile: Profile,
    library: Library,
    *,
    schedules: Callable[[str], str] | None = None,
    as_far: bool = False,
    check_form: bool = True,
) -> tuple[Annex | None, Resolution | None, list[Diagnostic]]:
    """Resolve and compose; no annex when anything is an error, and no resolution when that fails already.

    Every problem is found all the same: what an error leaves whole is composed and checked to the end, and `as_far` gives it.
    `schedules` gives the word that the annex's own schedules bear for the law's: "Part" for "Schedule". What a form gives up is
    found by composing the full one next to it; `check_form` leaves that for later.
    """
    resolution, problems = resolve(profile, library, as_far=True)
    if resolution is None:
        return None, None, problems
    problems += open_problems(resolution, open_points(resolution))
    problems += advised_contacts(resolution.profile)
    problems += suggestions(resolution.profile, resolution.library)
    refused = bool(errors(problems))
    problems += silent_effects(resolution)
    if any(p.rule == "excluded-but-required" for p in problems):
        return None, None, problems  # every reference to the clause that is left out would be a problem of its own
    if resolution.profile.approved_only:
        from .approvals import hold_to_approvals  # few profiles ask for it, and it takes time to import

        resolution, found = hold_to_approvals(resolution)
        problems += found
    if schedules:
        head, *below = resolution.numbering.schedule
        word, _, number = head.text.partition(" ")
        head = replace(head, text=f"{schedules(word)} {number}")
        resolution = replace(resolution, numbering=replace(resolution.numbering, schedule=(head, *below)))
    annex, found = compose_annex(resolution)
    problems += found
    if annex and check_form:
        problems += form_problems(resolution, annex)
    return (None, None, problems) if refused and not as_far else (annex, resolution, problems)


def compose_shown(
    profile: Profile, library: Library, *, check_form: bool = True
) -> tuple[Annex | None, Resolution | None, list[Diagnostic]]:
    """The annex as it can be shown, whatever is wrong in the profile, with every problem of the profile as it is.

    What stops a composition is left out one by one, so that the library's own value or clause is in its place: first
    what the errors name by its place, then every choice of the profile beyond the deal itself. None only where the library
    has no text at all.
    """
    annex, resolution, problems = compose_profile(profile, library, as_far=True, check_form=check_form)
    wrong = {problem.at for problem in errors(problems)}
    for mended in (_without(profile, wrong), _deal_alone(profile)):
        if annex is not None:
            break
        annex, resolution, _ = compose_profile(mended, library, as_far=True, check_form=False)
    return annex, resolution, problems


def _without(profile: Profile, wrong: Collection[Position]) -> Profile:
    """The profile without the values that are at places of errors."""

    def right(asked: Mapping[str, Any]) -> Mapping[str, Any]:
        return MappingProxyType({n: a for n, a in asked.items() if a.at not in wrong})

    return replace(
        profile,
        settings=right(profile.settings),
        credits=right(profile.credits),
        failures=right(profile.failures),
        facts=right(profile.facts),
        exclude=MappingProxyType({c: why for c, why in profile.exclude.items() if why[1] not in wrong}),
        include=MappingProxyType({c: at for c, at in profile.include.items() if at not in wrong}),
    )


def _deal_alone(profile: Profile) -> Profile:
    """Parties, law, dates, charges and facts, with everything else as the library has it."""
    none: Mapping[str, Any] = MappingProxyType({})
    charges = profile.monthly_charges
    return replace(
        profile, settings=none, credits=none, failures=none, exclude=none, include=none, postures=none, terms=none,
        approved_only=False, monthly_charges=charges if charges and charges.currency == profile.currency else None,
    )  # fmt: skip


class NamedFile(Protocol):
    """What names a house style: a profile, or an annex whose file is all that is known of it."""

    @property
    def file(self) -> str:
        """The path of the file."""
        ...

    def at(self, key: str) -> Position:
        """Where the file sets `key`."""
        ...


def house_style(
    name: str, profile: NamedFile | None, styles: Path | None
) -> tuple[HouseStyle | None, list[Diagnostic]]:
    """A shipped house style by its name, or a client's own Word file, named from here or from the profile's folder."""
    if name in HOUSE_STYLES:
        return _shipped_style(name)
    path = Path(name)
    if profile and not path.exists():
        path = Path(profile.file).parent / name
    if not path.exists():
        at = profile.at("template") if profile else Position(file=name)
        hint = nearest(name, HOUSE_STYLES) or f"house styles are {' and '.join(HOUSE_STYLES)}; or name a Word file"
        return None, [
            Diagnostic(rule="unknown-template", message=f"there is no house style or file `{name}`", at=at, hint=hint)
        ]
    from .load.styles import load_style_mapping
    from .ooxml.package.package import read_package
    from .ooxml.package.parse import PackageError
    from .write.word.docx import load_house_style

    mapping, places, problems = load_style_mapping(styles) if styles else (None, {}, [])
    try:
        style, found = load_house_style(read_package(path), mapping, file=str(path), places=places)
    except PackageError as problem:
        hint = "save it as a Word document (.docx)"
        return None, [
            *problems,
            Diagnostic(rule="not-a-template", message=str(problem), at=Position(file=str(path)), hint=hint),
        ]
    return style, problems + found


@lru_cache
def _shipped_style(name: str) -> tuple[HouseStyle | None, list[Diagnostic]]:
    from .ooxml.package.package import read_package
    from .write.word.docx import load_house_style

    return load_house_style(read_package(templates_folder() / f"{name}.docx"))


def provenance(resolution: Resolution) -> dict[str, str]:
    """For each parameter the sentence that says where its value came from; no folder of this machine is in it."""
    folders = (library_folder(), *map(Path, resolution.profile.libraries))
    return {
        name: f"{setting.because} ({replace(setting.at, file=_inside(setting.at.file, folders))})"
        for name, setting in resolution.settings.items()
    }


def _inside(file: str, folders: tuple[Path, ...]) -> str:
    """A file of a library by its path in the library, any other by its name."""
    path = Path(file)
    return next((path.relative_to(f).as_posix() for f in folders if path.is_relative_to(f)), path.name)


def _written(
    annex: Annex, resolution: Resolution, kind: str, style: HouseStyle | None, draft: bool | None, numbered: bool
) -> tuple[bytes | None, list[Diagnostic]]:
    if kind in ("docx", "pdf"):
        from .write.word.docx import write_docx

        assert style is not None
        pages: Mapping[str, int] | None = None
        found: list[Diagnostic] = []
        if numbered:
            from .write.pages import page_numbers

            pages, found = page_numbers(annex, style, draft=draft)
        data = write_docx(annex, style, draft=draft, pages=pages)
        if kind == "docx":
            return data, found
        from .write.pdf import write_pdf

        pdf, more = write_pdf(data)
        return pdf, found + more
    match kind:
        case "html":
            from .write.plain.html import write_html

            text = write_html(annex, provenance=provenance(resolution))
        case "md":
            from .write.plain.markdown import write_markdown

            text = write_markdown(annex)
        case "txt":
            from .write.plain.text import write_text

            text = write_text(annex)
        case _:
            from .write.data.annex_json import write_json

            text = write_json(annex)
    return text.encode(), []
