"""House styles: a shipped or a client's own .docx, read once for its looks.

A template gives styles, page, header and footer, never text. What it lacks is added plainly and reported.
How to bring one is in `docs/reference/house-styles.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from lxml import etree

from ...model.diagnostic import Diagnostic, Position, Severity, nearest
from ...ooxml.headers import named_tokens
from ...ooxml.namespaces import R, W, w
from ...ooxml.package.package import Package
from ...ooxml.revisions import accept_all
from ...ooxml.style_sheet import is_on
from ...ooxml.styles import Styles, style_element
from .roles import ROLES, Role
from .style_banners import BANNER_TYPES, HEADER_KINDS, Banner, banners_of, carry_over, note, plain_markup

PAGES = MappingProxyType({"A4": (11906, 16838), "Letter": (12240, 15840)})  # width and height in twips
MARGINS = ("top", "right", "bottom", "left", "header", "footer", "gutter")


def page_size(page: str) -> tuple[int, int]:
    """Width and height in twips of a page: a name of `PAGES`, or both numbers as in "12240x15840"."""
    width, _, height = page.partition("x")
    return PAGES[page] if page in PAGES else (int(width), int(height))


_DEFAULT_MARGINS = (1440, 1440, 1440, 1440, 708, 708, 0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HouseStyle:
    """The looks of an annex, read once and shared by a batch. Compared by identity, to keep what is made of it."""

    file: str
    role_styles: Mapping[str, str]  # role → style id
    styles: Styles  # copied before it is changed
    numbering: etree._Element | None  # copied before it is changed
    margins: tuple[int, ...]  # top, right, bottom, left, header, footer, gutter
    page_width: int
    title_page: bool
    even_and_odd: bool
    theme_colours: str
    banners: tuple[Banner, ...]
    carried: Mapping[str, bytes]  # theme, fonts, pictures of headers, and their relationships
    carried_types: Mapping[str, str]  # content type by part
    carried_relationships: tuple[tuple[str, str], ...]  # kind and part, from the main document

    @property
    def text_width(self) -> int:
        """The width of the template's own text in twips."""
        return self.page_width - self.margins[1] - self.margins[3] - self.margins[6]


# ----------------------------------------------------------------- loading


def load_house_style(
    package: Package,
    mapping: Mapping[str, str] | None = None,
    *,
    file: str = "template.docx",
    places: Mapping[str, Position] | None = None,
) -> tuple[HouseStyle, list[Diagnostic]]:
    """Read a template. `mapping` says which of its styles (by id or name) represents a role, `places` where it says so.

    Every role that the template has no style for is reported with the style nearest to it, and gets a plain style that
    takes the template's own font.
    """
    styles = template_styles(package)
    page_width, margins, title_page, references = _page(package)
    settings = package.related("settings")
    tree = package.xml(settings) if settings else None
    even_and_odd = tree is not None and is_on(tree.find(w("evenAndOddHeaders")))
    text_width = page_width - margins[1] - margins[3] - margins[6]
    role_styles, found = _assign(styles, mapping or {}, text_width, file, places or {})
    found += _left_behind(package, references, title_page, file)
    shown = {k: v for k, v in references.items() if {"first": title_page, "even": even_and_odd}.get(k[1], True)}
    banners, reach, lost = banners_of(package, shown, styles, role_styles, file)
    found += lost
    if not any(named_tokens(b.text) for b in banners):
        message = (
            "the header and footer of the template name nothing of the annex, so its pages show no reference or version"
        )
        hint = "type {{reference}}, {{version}} or {{classification}} in them, in double braces"
        found.append(note(file, "template-header", message, hint))
    carried, types, relationships = carry_over(package, reach)
    colours = tree.find(w("clrSchemeMapping")) if tree is not None else None
    numbering = package.related("numbering")
    style = HouseStyle(
        file=file,
        role_styles=MappingProxyType(role_styles),
        styles=styles,
        numbering=package.xml(numbering) if numbering else None,
        margins=margins,
        page_width=page_width,
        title_page=title_page,
        even_and_odd=even_and_odd,
        theme_colours=plain_markup(colours) if colours is not None else "",
        banners=banners,
        carried=MappingProxyType(carried),
        carried_types=MappingProxyType(types),
        carried_relationships=relationships,
    )
    return style, found


def template_styles(package: Package) -> Styles:
    """The styles of a Word file, sound: tracked changes accepted, no reference to a style that is not there."""
    name = package.related("styles")
    styles = Styles(accept_all(package.xml(name)) if name else etree.fromstring(f'<w:styles xmlns:w="{W}"/>'))
    styles.mend()
    return styles


def resolve_mapping(
    styles: Styles, mapping: Mapping[str, str], file: str, places: Mapping[str, Position]
) -> tuple[dict[str, str], list[Diagnostic]]:
    """The id of the style that a mapping names for each role, and what in it names nothing."""
    found: list[Diagnostic] = []
    out: dict[str, str] = {}
    for name, asked in mapping.items():
        at = places.get(name, Position(file=file))
        role = ROLES.get(name)
        if role is None:
            message = f"there is no style role `{name}`"
            found.append(Diagnostic(rule="style-mapping", message=message, at=at, hint=nearest(name, ROLES)))
        elif style_id := styles.find(asked, role.kind):
            out[name] = style_id
        else:
            message = f"the template has no {role.kind} style `{asked}`, which is to be used for {role.what}"
            hint = nearest(asked, tuple(styles.names(role.kind)))
            found.append(Diagnostic(rule="style-mapping", message=message, at=at, hint=hint))
    return out, found


def _assign(
    styles: Styles, mapping: Mapping[str, str], text_width: int, file: str, places: Mapping[str, Position]
) -> tuple[dict[str, str], list[Diagnostic]]:
    """The style of each role, and what the template lacks; plain styles are added to `styles`."""
    settled, found = resolve_mapping(styles, mapping, file, places)
    out: dict[str, str] = {}
    own = {kind: tuple(styles.names(kind)) for kind in ("paragraph", "character", "table")}  # before any is added
    lesser: list[Role] = []
    for name, role in ROLES.items():
        asked = name in mapping
        style_id = (
            settled.get(name)
            or styles.with_alias(role.alias, role.kind)
            or styles.find(role.style_id, role.kind)
            or styles.find(role.style_name, role.kind)
        )
        if style_id is None:
            style_id = _add_plain(styles, role, text_width)
            if not asked and role.weight == 2:
                found.append(_lacks(role, own[role.kind], file))
            elif not asked:
                lesser.append(role)
        out[name] = style_id
    if lesser:
        found.append(_lacks_lesser(lesser, file))
    return out, found + _clashes(out, file, places)


def _lacks(role: Role, names: tuple[str, ...], file: str) -> Diagnostic:
    close = nearest(role.style_name, names)
    hint = f"{close + ' ' if close else ''}to use a style of its own, map `{role.name}` to it"
    message = f"the template has no style `{role.style_name}` for {role.what}; a plain one was added"
    return note(file, "template-style", message, hint, Severity.WARNING)


def _lacks_lesser(roles: list[Role], file: str) -> Diagnostic:
    """One note for what matters less: each is plain text that is easily told from its place."""
    listed = ", ".join(f"`{r.style_name}` ({r.name})" for r in roles)
    message = f"the template has no style for {len(roles)} lesser roles; plain ones were added: {listed}"
    return note(file, "template-style", message, "to use styles of its own, map the roles in brackets to them")


def _clashes(assigned: Mapping[str, str], file: str, places: Mapping[str, Position]) -> list[Diagnostic]:
    """A style can count on one level of one list only, so a numbered role can't share its style."""
    found = []
    for name in (r for r in ROLES if ROLES[r].list):
        others = [o for o in assigned if o != name and assigned[o] == assigned[name]]
        others = [o for o in others if not ROLES[o].list or list(ROLES).index(o) < list(ROLES).index(name)]
        if others:
            message = f"the style `{assigned[name]}` can't be used both for {ROLES[name].what} and for {ROLES[others[0]].what}"
            hint = "a numbered role needs a style of its own"
            at = places.get(name, Position(file=file))
            found.append(Diagnostic(rule="style-mapping", message=message, at=at, hint=hint))
    return found


def _add_plain(styles: Styles, role: Role, text_width: int) -> str:
    """Add the plain style of a role, which looks like the template's own text; return its id."""
    if role.style_id in styles.by_id:  # of another kind, or it would represent the role
        role = replace(role, style_id=f"{role.style_id}Annex", style_name=f"{role.style_name} Annex", built_in=False)
    styles.add(
        style_element(
            role,
            structure=role.plain_structure(text_width),
            look=role.look,
            based_on=styles.default(role.kind),
            table=PLAIN_TABLES.get(role.name, ""),
        )
    )
    return role.style_id


PLAIN_TABLES = {
    "table": '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>'
    + "".join(
        f'<w:{s} w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>'
        for s in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + '</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/>'
    '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>',
    "signature_table": '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
    '<w:right w:w="340" w:type="dxa"/></w:tblCellMar></w:tblPr>',
}


def number_of(element: etree._Element | None, name: str, default: int) -> int:
    text = "" if element is None else element.get(w(name), "")
    return int(text) if text.lstrip("-").isdigit() else default


def _page(package: Package) -> tuple[int, tuple[int, ...], bool, dict[tuple[str, str], str]]:
    """Page width, margins and whether the first page has a header of its own; the header references of all sections."""
    sections = list(package.xml(package.main_part).iter(w("sectPr")))
    last = sections[-1] if sections else None
    size = last.find(w("pgSz")) if last is not None else None
    margin = last.find(w("pgMar")) if last is not None else None
    width, height = number_of(size, "w", PAGES["A4"][0]), number_of(size, "h", PAGES["A4"][1])
    margins = tuple(abs(number_of(margin, name, default)) for name, default in zip(MARGINS, _DEFAULT_MARGINS))
    references: dict[tuple[str, str], str] = {}
    for section in sections:
        for kind in HEADER_KINDS:
            for reference in section.findall(w(f"{kind}Reference")):
                if reference.get(w("type"), "default") in BANNER_TYPES:
                    references[kind, reference.get(w("type"), "default")] = reference.get(f"{{{R}}}id", "")
    title_page = last is not None and is_on(last.find(w("titlePg")))
    return min(width, height), margins, title_page, references


def _left_behind(
    package: Package, references: Mapping[tuple[str, str], str], title_page: bool, file: str
) -> list[Diagnostic]:
    """What the sections of the template show and an annex does not."""
    sections = list(package.xml(package.main_part).iter(w("sectPr")))
    found = []
    if (
        not title_page
        and any(is_on(s.find(w("titlePg"))) for s in sections)
        and any(t == "first" for _, t in references)
    ):
        message = "the template has a first-page header in an earlier section only; the annex starts with the usual one"
        hint = "tick “Different First Page” in the last section to use it"
        found.append(note(file, "template-header", message, hint, Severity.WARNING))
    named = {
        (kind, reference.get(w("type"), "default"), reference.get(f"{{{R}}}id"))
        for section in sections
        for kind in HEADER_KINDS
        for reference in section.findall(w(f"{kind}Reference"))
    }
    others = sorted({kind for kind, type_, rel in named if references.get((kind, type_)) != rel})
    if others:
        message = (
            f"the sections of the template differ in their {' and '.join(others)}; that of the last section is used"
        )
        found.append(
            note(file, "template-header", message, "make one section last whose pages look as the annex is to")
        )
    last = sections[-1] if sections else None
    columns = last.find(w("cols")) if last is not None else None
    lost = [
        what
        for what, there in (
            ("page borders", last is not None and last.find(w("pgBorders")) is not None),
            ("line numbers", last is not None and last.find(w("lnNumType")) is not None),
            ("text columns", columns is not None and columns.get(w("num"), "1") not in ("", "0", "1")),
            ("the page background", package.xml(package.main_part).find(w("background")) is not None),
        )
        if there
    ]
    if lost:
        message = f"the pages of an annex are plain: {', '.join(lost)} of the template are left behind"
        found.append(note(file, "template-page", message, ""))
    return found
