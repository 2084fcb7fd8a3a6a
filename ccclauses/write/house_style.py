"""House styles: a shipped or a client's own .docx, read once for its looks and made ready for each numbering scheme.

A template gives styles, page, header and footer, never text. What it lacks is added plainly and reported.
How to bring one is in `docs/reference/house-styles.md`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from lxml import etree

from ..model.clause import Numbering
from ..model.diagnostic import Diagnostic, Position, Severity, nearest
from ..ooxml.archive import Packed, pack_all
from ..ooxml.elements import DECLARATION, attribute, part
from ..ooxml.headers import default_footer, default_header, joined_tokens, named_tokens, with_styles
from ..ooxml.namespaces import CONTENT_TYPES, R, RELATIONSHIPS, W, w
from ..ooxml.numbering import ListLevel, abstract_list, label_width, list_instance
from ..ooxml.package import Package, Relationship, content_type, parse_xml, serialize_xml
from ..ooxml.settings import settings_part
from ..ooxml.styles import Styles, link_to_list, set_indent, style_element
from .roles import ALWAYS_KEPT, LISTS, ROLES, Role

PAGES = MappingProxyType({"A4": (11906, 16838), "Letter": (12240, 15840)})  # width and height in twips
_INDENTS = {"clause": ((720, 720), (720, 720), (1287, 567), (1854, 567)), "schedule": ((1701, 1701), (720, 720), (1287, 567), (1854, 567))}
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_MARGINS = ("top", "right", "bottom", "left", "header", "footer", "gutter")
_DEFAULT_MARGINS = (1440, 1440, 1440, 1440, 708, 708, 0)
_HEADER_KINDS = ("header", "footer")
WIDE = "Wide"  # what the style of a landscape page's header is called after its portrait one


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """A page header or footer of a template: its type (default, first, even), its text with tokens, its relationships."""

    kind: str  # header or footer
    type: str
    name: str  # part name in the annex
    text: str
    relationships: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HouseStyle:
    """The looks of an annex, read once; a batch shares it. Compared by identity, so that what is made of it can be kept."""

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
    """Read a template. `mapping` says which of its styles (by id or name) stands for a role; `places` where that is written.

    Every role that the template has no style for is reported with the style nearest to it, and gets a plain style that
    takes the template's own font.
    """
    styles = _styles(package)
    page_width, margins, title_page, references = _page(package)
    text_width = page_width - margins[1] - margins[3] - margins[6]
    role_styles, found = _assign(styles, mapping or {}, text_width, file, places or {})
    banners, reach = _banners(package, references, role_styles)
    if not any(named_tokens(b.text) for b in banners):
        message = "the header and footer of the template name nothing of the annex, so its pages show no reference or version"
        hint = "type {{reference}}, {{version}} or {{classification}} in them, in double braces"
        found.append(_note(file, "template-header", message, hint))
    carried, types, relationships = _carried(package, reach)
    settings = package.related("settings")
    tree = package.xml(settings) if settings else None
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
        even_and_odd=tree is not None and tree.find(w("evenAndOddHeaders")) is not None,
        theme_colours=_plain_markup(colours) if colours is not None else "",
        banners=banners,
        carried=MappingProxyType(carried),
        carried_types=MappingProxyType(types),
        carried_relationships=relationships,
    )
    return style, found


def _note(file: str, rule: str, message: str, hint: str, severity: Severity = Severity.NOTE) -> Diagnostic:
    return Diagnostic(rule=rule, severity=severity, message=message, at=Position(file=file), hint=hint)


def _styles(package: Package) -> Styles:
    name = package.related("styles")
    return Styles(package.xml(name) if name else etree.fromstring(f'<w:styles xmlns:w="{W}"/>'))


def _assign(
    styles: Styles, mapping: Mapping[str, str], text_width: int, file: str, places: Mapping[str, Position]
) -> tuple[dict[str, str], list[Diagnostic]]:
    """The style of each role, and what the template lacks; plain styles are added to `styles`."""
    found: list[Diagnostic] = []
    for role in mapping:
        if role not in ROLES:
            at = places.get(role, Position(file=file))
            found.append(Diagnostic(rule="style-mapping", message=f"there is no style role `{role}`", at=at, hint=nearest(role, ROLES)))
    out: dict[str, str] = {}
    for name, role in ROLES.items():
        asked = mapping.get(name)
        style_id = styles.find(asked, role.kind) if asked else None
        if asked and style_id is None:
            at = places.get(name, Position(file=file))
            message = f"the template has no {role.kind} style `{asked}`, which is to stand for {role.what}"
            found.append(Diagnostic(rule="style-mapping", message=message, at=at, hint=nearest(asked, styles.names(role.kind))))
        style_id = style_id or styles.find(role.style_id, role.kind) or styles.find(role.style_name, role.kind)
        if style_id is None:
            style_id = _add_plain(styles, role, text_width)
            if not asked:
                found.append(_lacks(styles, role, file))
        out[name] = style_id
    return out, found + _clashes(out, file, places)


def _lacks(styles: Styles, role: Role, file: str) -> Diagnostic:
    names = [n for n in styles.names(role.kind) if n != role.style_name]
    close = nearest(role.style_name, names)
    hint = f"{close + ' ' if close else ''}to use a style of its own, map `{role.name}` to it"
    severity = Severity.WARNING if role.weight == 2 else Severity.NOTE
    message = f"the template has no style `{role.style_name}` for {role.what}; a plain one was added"
    return _note(file, "template-style", message, hint, severity)


def _clashes(assigned: Mapping[str, str], file: str, places: Mapping[str, Position]) -> list[Diagnostic]:
    """A style can count on one level of one list only, so a numbered role can't share its style."""
    found = []
    for name in (r for r in ROLES if ROLES[r].list):
        others = [o for o in assigned if o != name and assigned[o] == assigned[name]]
        others = [o for o in others if not ROLES[o].list or list(ROLES).index(o) < list(ROLES).index(name)]
        if others:
            message = f"the style `{assigned[name]}` can't stand both for {ROLES[name].what} and for {ROLES[others[0]].what}"
            hint = "a numbered role needs a style of its own"
            at = places.get(name, Position(file=file))
            found.append(Diagnostic(rule="style-mapping", message=message, at=at, hint=hint))
    return found


def _add_plain(styles: Styles, role: Role, text_width: int) -> str:
    """Add the plain style of a role, which looks like the template's own text."""
    styles.add(
        style_element(
            role,
            structure=role.plain_structure(text_width),
            look=role.look,
            based_on=styles.default(role.kind),
            table=_PLAIN_TABLES.get(role.name, ""),
        )
    )
    return role.style_id


_PLAIN_TABLES = {
    "table": '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>'
    + "".join(f'<w:{s} w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>' for s in ("top", "left", "bottom", "right", "insideH", "insideV"))
    + '</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>',
    "signature_table": '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
    '<w:right w:w="340" w:type="dxa"/></w:tblCellMar></w:tblPr>',
}


def _number(element: etree._Element | None, name: str, default: int) -> int:
    text = "" if element is None else element.get(w(name), "")
    return int(text) if text.lstrip("-").isdigit() else default


def _page(package: Package) -> tuple[int, tuple[int, ...], bool, dict[tuple[str, str], str]]:
    """Page width, margins and whether the first page has its own header, from the last section; header references from any."""
    sections = list(package.xml(package.main_part).iter(w("sectPr")))
    last = sections[-1] if sections else None
    size = last.find(w("pgSz")) if last is not None else None
    margin = last.find(w("pgMar")) if last is not None else None
    width, height = _number(size, "w", PAGES["A4"][0]), _number(size, "h", PAGES["A4"][1])
    margins = tuple(abs(_number(margin, name, default)) for name, default in zip(_MARGINS, _DEFAULT_MARGINS))
    references: dict[tuple[str, str], str] = {}
    for section in sections:
        for kind in _HEADER_KINDS:
            for reference in section.findall(w(f"{kind}Reference")):
                references[kind, reference.get(w("type"), "default")] = reference.get(f"{{{R}}}id", "")
    title_page = last is not None and last.find(w("titlePg")) is not None
    return min(width, height), margins, title_page, references


def _banners(
    package: Package, references: Mapping[tuple[str, str], str], role_styles: Mapping[str, str]
) -> tuple[tuple[Banner, ...], list[str]]:
    """The headers and footers, with the parts that they reach; plain ones where the template has none at all."""
    by_id = {rel.id: rel for rel in package.relationships(package.main_part)}
    out: list[Banner] = []
    reach: list[str] = []
    counts = {"header": 0, "footer": 0}

    def name(kind: str) -> str:
        counts[kind] += 1
        return f"word/{kind}{counts[kind]}.xml"

    for (kind, type_), rel_id in sorted(references.items()):
        rel = by_id.get(rel_id)
        if rel is None or rel.external or rel.target not in package.parts:
            continue
        text = etree.tostring(joined_tokens(package.xml(rel.target)), encoding="unicode")
        out.append(
            Banner(
                kind=kind,
                type=type_,
                name=name(kind),
                text=DECLARATION + text,
                relationships=_moved(package, rel.target),
            )
        )
        reach += [r.target for r in package.relationships(rel.target) if not r.external]
    for kind, default in (("header", default_header), ("footer", default_footer)):
        if not any(b.kind == kind and b.type == "default" for b in out):
            out.append(Banner(kind=kind, type="default", name=name(kind), text=default(role_styles[kind])))
    return tuple(out), reach


def _moved(package: Package, name: str) -> bytes:
    """The relationships of a header or footer, as they are once it stands in word/."""
    rels = package.relationships(name)
    return _relationships_part(rels, "word") if rels else b""


def _from_word(name: str) -> str:
    """The name of a part as a part in word/ points to it; some readers don't follow names from the root."""
    return posixpath.relpath(name, "word")


def _relationships_part(rels: Iterable[Relationship], folder: str) -> bytes:
    rows = "".join(
        f'<Relationship Id="{attribute(r.id)}" Type="{attribute(r.type)}" '
        f'Target="{attribute(r.target if r.external else posixpath.relpath(r.target, folder))}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if r.external else ''}/>"
        for r in rels
    )
    return f'{DECLARATION}<Relationships xmlns="{RELATIONSHIPS}">{rows}</Relationships>'.encode()


def _carried(package: Package, reach: list[str]) -> tuple[dict[str, bytes], dict[str, str], tuple[tuple[str, str], ...]]:
    """The parts of a template that go along unchanged: theme, fonts, and what they and the headers show."""
    relationships = []
    waiting = list(reach)
    for kind in ("theme", "fontTable"):
        if target := package.related(kind):
            relationships.append((kind, target))
            waiting.append(target)
    parts: dict[str, bytes] = {}
    types: dict[str, str] = {}
    listing = package.xml("[Content_Types].xml")
    while waiting:
        name = waiting.pop()
        if name in parts or name not in package.parts:
            continue
        parts[name] = package.parts[name]
        types[name] = content_type(listing, name)
        if rels := package.relationships(name):
            folder, base = posixpath.split(name)
            parts[f"{folder}/_rels/{base}.rels"] = _relationships_part(rels, folder)
            waiting += [r.target for r in rels if not r.external]
    return parts, types, tuple(relationships)


def _plain_markup(element: etree._Element) -> str:
    """A childless element as markup that leans on the prefix `w` of the part it is put into."""
    attributes = "".join(f' w:{etree.QName(k).localname}="{attribute(v)}"' for k, v in element.attrib.items())
    return f"<w:{etree.QName(element).localname}{attributes}/>"


# --------------------------------------------------------------- preparing


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prepared:
    """A house style made ready for one numbering scheme, page and language: the parts that don't depend on the text."""

    packed: tuple[Packed, ...]
    banners: tuple[Banner, ...]  # with wide copies, whose type ends in "-wide"
    text_width: int  # portrait, twips
    wide_text_width: int
    portrait: str  # the w:sectPr of portrait pages
    landscape: str


@lru_cache(maxsize=64)
def prepare(style: HouseStyle, numbering: Numbering, page: str, language: str, dropped: frozenset[str], wide: bool) -> Prepared:
    """Make a house style ready; `dropped` are role styles of ours that the annex doesn't use, `wide` adds landscape pages."""
    width, height = PAGES[page]
    sides = style.margins[1] + style.margins[3] + style.margins[6]
    text_width, wide_text_width = width - sides, height - sides
    styles = style.styles.copy()
    styles.set_language(language)
    styles.move_right_tabs(style.text_width, text_width)
    lists = {name: _levels(style, name, getattr(numbering, name)) for name in LISTS}
    tree, numbers = _lists(style, styles, lists)
    for name in LISTS:
        for index, role in enumerate(LISTS[name]):
            link_to_list(styles.properties(style.role_styles[role]), index, numbers[name])
    _settle(style, styles, lists)
    banners = style.banners
    if wide:
        banners += _wide_banners(style, styles, text_width, wide_text_width)
    styles.prune(dropped)
    parts = dict(style.carried)
    parts["word/styles.xml"] = serialize_xml(styles.root)
    parts["word/numbering.xml"] = serialize_xml(tree)
    settings = settings_part(language=language, even_and_odd=style.even_and_odd, theme_colours=style.theme_colours)
    parts["word/settings.xml"] = settings.encode()
    parts["[Content_Types].xml"] = _content_types(style, banners)
    parts["_rels/.rels"] = _package_relationships()
    parts["word/_rels/document.xml.rels"] = _document_relationships(style, banners)
    for banner in banners:
        if banner.relationships:
            parts[f"word/_rels/{posixpath.basename(banner.name)}.rels"] = banner.relationships
    return Prepared(
        packed=pack_all(parts),
        banners=banners,
        text_width=text_width,
        wide_text_width=wide_text_width,
        portrait=_section(style, banners, width, height, wide=False),
        landscape=_section(style, banners, height, width, wide=True),
    )


def _levels(style: HouseStyle, name: str, levels: tuple) -> tuple[ListLevel, ...]:  # type: ignore[type-arg]
    """The levels of a list with the template's own indents, widened where the scheme's labels are longer."""
    out: list[ListLevel] = []
    indents = _template_indents(style, name)
    for index, (level, role) in enumerate(zip(levels, LISTS[name])):
        style_id = style.role_styles[role]
        left, hanging = indents[index]
        hanging = max(hanging, label_width(level, style.styles.size(style_id)))
        start = 0 if index < 2 else out[-1].left
        left = max(left, start + hanging)
        out.append(ListLevel(level=level, style=style_id, left=left, hanging=hanging))
    return tuple(out)


def _template_indents(style: HouseStyle, name: str) -> tuple[tuple[int, int], ...]:
    """Left and hanging indents of the list that the template's own styles count on, else the usual ones."""
    own = []
    for index, role in enumerate(LISTS[name]):
        level = _template_level(style, style.role_styles[role])
        indent = level.find(f"{w('pPr')}/{w('ind')}") if level is not None else None
        left, hanging = _number(indent, "left", -1), _number(indent, "hanging", -1)
        own.append((left, hanging) if left >= 0 and hanging >= 0 else _INDENTS[name][index])
    return tuple(own)


def _template_level(style: HouseStyle, style_id: str) -> etree._Element | None:
    link = style.styles.by_id[style_id].find(f"{w('pPr')}/{w('numPr')}")
    if link is None or style.numbering is None:
        return None
    number, level = link.find(w("numId")), link.find(w("ilvl"))
    wanted = "" if number is None else number.get(w("val"))
    for instance in style.numbering.findall(w("num")):
        if instance.get(w("numId")) == wanted:
            abstract = instance.find(w("abstractNumId"))
            for candidate in style.numbering.findall(w("abstractNum")):
                if abstract is not None and candidate.get(w("abstractNumId")) == abstract.get(w("val")):
                    index = "0" if level is None else level.get(w("val"), "0")
                    return next((lv for lv in candidate.findall(w("lvl")) if lv.get(w("ilvl")) == index), None)
    return None


def _lists(style: HouseStyle, styles: Styles, lists: Mapping[str, tuple[ListLevel, ...]]) -> tuple[etree._Element, dict[str, int]]:
    """The numbering part with our two lists added, and their numbers; lists that no other style counts on are left out."""
    from copy import deepcopy

    old = deepcopy(style.numbering) if style.numbering is not None else parse_xml(part("numbering", "").encode())
    ours = {level.style for levels in lists.values() for level in levels}
    kept = {
        number.get(w("val"))
        for style_id, element in styles.by_id.items()
        if style_id not in ours
        for number in element.iter(w("numId"))
    }
    for instance in old.findall(w("num")):
        if instance.get(w("numId")) not in kept:
            old.remove(instance)
    used = {a.get(w("val")) for a in old.iter(w("abstractNumId"))}
    for abstract in old.findall(w("abstractNum")):
        if abstract.get(w("abstractNumId")) not in used and abstract.find(w("styleLink")) is None:
            old.remove(abstract)
        for link in abstract.iter(w("pStyle")):
            if link.get(w("val")) in ours:  # a style counts on one list
                link.getparent().remove(link)  # type: ignore[union-attr]
    abstract_number = 1 + max((_number(a, "abstractNumId", 0) for a in old.findall(w("abstractNum"))), default=0)
    number = 1 + max((_number(n, "numId", 0) for n in old.findall(w("num"))), default=0)
    markup, instances, numbers = "", "", {}
    for offset, name in enumerate(lists):
        markup += abstract_list(abstract_number + offset, lists[name])
        instances += list_instance(number + offset, abstract_number + offset)
        numbers[name] = number + offset
    added = parse_xml(part("numbering", markup + instances).encode())
    first = next((i for i, child in enumerate(old) if child.tag == w("num")), len(old))
    for position, element in enumerate(added.findall(w("abstractNum"))):
        old.insert(first + position, element)
    last = 1 + max(i for i, child in enumerate(old) if child.tag in (w("abstractNum"), w("num")))
    for position, element in enumerate(added.findall(w("num"))):
        old.insert(last + position, element)
    etree.cleanup_namespaces(old, keep_ns_prefixes=["w", "r"])
    return old, numbers


def _settle(style: HouseStyle, styles: Styles, lists: Mapping[str, tuple[ListLevel, ...]]) -> None:
    """What an annex needs of the template's styles whatever they look like: outline levels, and numbers only where they belong."""
    for name, role in ROLES.items():
        style_id = style.role_styles[name]
        if role.kind != "paragraph":
            continue
        if "<w:outlineLvl" in role.structure and styles.outline_level(style_id) is None:
            properties = styles.properties(style_id)
            for old in properties.findall(w("outlineLvl")):
                properties.remove(old)
            level = etree.Element(w("outlineLvl"))
            level.set(w("val"), "1" if name == "clause" else "0")
            after = next((i for i, c in enumerate(properties) if c.tag in (w("divId"), w("cnfStyle"), w("rPr"), w("sectPr"))), len(properties))
            properties.insert(after, level)
        if not role.list and any(_counts(s) for s in styles.chain(style_id)):
            link_to_list(styles.properties(style_id), 0, 0)
    for role_name, of in (("clause_text", "clause"), ("example_step", "schedule")):
        if style.role_styles[role_name] == ROLES[role_name].style_id:
            set_indent(styles.properties(ROLES[role_name].style_id), lists[of][1].left)


def _counts(style: etree._Element) -> bool:
    number = style.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
    return number is not None and number.get(w("val")) != "0"


def _wide_banners(style: HouseStyle, styles: Styles, text_width: int, wide_text_width: int) -> tuple[Banner, ...]:
    """Copies of the headers and footers for landscape pages, their right tab at the edge of the wider text."""
    renamed = {}
    for role in _HEADER_KINDS:
        old = style.role_styles[role]
        new = old + WIDE
        tab = f'<w:tabs><w:tab w:val="clear" w:pos="{text_width}"/><w:tab w:val="right" w:pos="{wide_text_width}"/></w:tabs>'
        name = styles.by_id[old].find(w("name"))
        shown = f"{name.get(w('val')) if name is not None else old} Wide"
        styles.add(
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{attribute(new)}"><w:name w:val="{attribute(shown)}"/>'
            f'<w:basedOn w:val="{attribute(old)}"/><w:pPr>{tab}</w:pPr></w:style>'
        )
        renamed[old] = new
    shown = [b for b in style.banners if b.type != "first"]
    return tuple(
        Banner(
            kind=b.kind,
            type=f"{b.type}-wide",
            name=f"word/{b.kind}{len(style.banners) + index}.xml",
            text=with_styles(b.text, renamed),
            relationships=b.relationships,
        )
        for index, b in enumerate(shown, 1)
    )


def _section(style: HouseStyle, banners: tuple[Banner, ...], width: int, height: int, *, wide: bool) -> str:
    references = "".join(
        f'<w:{b.kind}Reference w:type="{b.type.removesuffix("-wide")}" r:id="{_banner_id(index)}"/>'
        for index, b in enumerate(banners)
        if b.type.endswith("-wide") == wide
    )
    margins = " ".join(f'w:{name}="{value}"' for name, value in zip(_MARGINS, style.margins))
    orientation = ' w:orient="landscape"' if wide else ""
    title = "<w:titlePg/>" if style.title_page and not wide else ""
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{orientation}/><w:pgMar {margins}/>{title}</w:sectPr>'
    )


def _banner_id(index: int) -> str:
    return f"rId{10 + index}"


def _content_types(style: HouseStyle, banners: tuple[Banner, ...]) -> bytes:
    overrides = {
        "word/document.xml": f"{_WML}.document.main+xml",
        "word/styles.xml": f"{_WML}.styles+xml",
        "word/numbering.xml": f"{_WML}.numbering+xml",
        "word/settings.xml": f"{_WML}.settings+xml",
        "docProps/core.xml": _CORE_TYPE,
        **style.carried_types,
        **{b.name: f"{_WML}.{b.kind}+xml" for b in banners},
    }
    rows = "".join(f'<Override PartName="/{attribute(n)}" ContentType="{attribute(t)}"/>' for n, t in sorted(overrides.items()) if t)
    return (
        f'{DECLARATION}<Types xmlns="{CONTENT_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    ).encode()


def _package_relationships() -> bytes:
    rows = (
        f'<Relationship Id="rId1" Type="{_RELATIONSHIP}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_CORE_RELATIONSHIP}" Target="docProps/core.xml"/>'
    )
    return f'{DECLARATION}<Relationships xmlns="{RELATIONSHIPS}">{rows}</Relationships>'.encode()


def _document_relationships(style: HouseStyle, banners: tuple[Banner, ...]) -> bytes:
    targets = [(f"rId{i}", kind, f"word/{kind}.xml") for i, kind in enumerate(("styles", "numbering", "settings"), 1)]
    targets += [(f"rId{4 + i}", kind, name) for i, (kind, name) in enumerate(style.carried_relationships)]
    targets += [(_banner_id(i), b.kind, b.name) for i, b in enumerate(banners)]
    rows = "".join(f'<Relationship Id="{i}" Type="{_RELATIONSHIP}/{k}" Target="{attribute(_from_word(t))}"/>' for i, k, t in targets)
    return f'{DECLARATION}<Relationships xmlns="{RELATIONSHIPS}">{rows}</Relationships>'.encode()
