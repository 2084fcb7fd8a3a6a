"""A house style made ready for one numbering scheme, page and language: what doesn't depend on an annex's words.

Made once and kept, since a batch writes many annexes in one scheme.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from ...model.library.library import Level, Numbering
from ...ooxml.elements import DECLARATION, attribute, part
from ...ooxml.headers import copied
from ...ooxml.namespaces import CONTENT_TYPES, RELATIONSHIPS, W, make, w
from ...ooxml.numbering import ListLevel, abstract_list, label_width, list_instance
from ...ooxml.package.archive import Packed, pack_all
from ...ooxml.package.package import serialize_xml
from ...ooxml.package.parse import parse_xml
from ...ooxml.package.properties import CORE_RELATIONSHIP, CORE_TYPE
from ...ooxml.package.settings import settings_part
from ...ooxml.styles import Styles, keep_with_next, link_to_list, set_indent, tidy_namespaces
from .house_style import MARGINS, HouseStyle, number_of, page_size
from .roles import LISTS, ROLES
from .style_banners import HEADER_KINDS, Banner, relative_to_word

_INDENTS = {
    "clause": ((720, 720), (720, 720), (1287, 567), (1854, 567)),
    "schedule": ((1701, 1701), (720, 720), (1287, 567), (1854, 567)),
}
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WIDE = "Wide"  # what the style of a landscape page's header is called after its portrait one


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prepared:
    """A house style made ready for one numbering scheme, page and language: the parts that don't depend on the text."""

    packed: tuple[Packed, ...]
    banners: tuple[Banner, ...]  # with wide copies, whose type ends in "-wide"
    text_width: int  # portrait, twips
    wide_text_width: int
    table_size: int  # of the type of tables, in half-points
    portrait: str  # the w:sectPr of portrait pages
    landscape: str


@lru_cache(maxsize=64)
def prepare(
    style: HouseStyle, numbering: Numbering, page: str, language: str, dropped: frozenset[str], wide: bool
) -> Prepared:
    """Make a house style ready; `dropped` are styles of ours that are not used, `wide` adds landscape pages."""
    width, height = page_size(page)
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
        table_size=style.styles.size(style.role_styles["table_text"]),
        portrait=_section(style, banners, width, height, wide=False),
        landscape=_section(style, banners, height, width, wide=True),
    )


def _levels(style: HouseStyle, name: str, levels: tuple[Level, ...]) -> tuple[ListLevel, ...]:
    """The levels of a list with the template's own indents, widened where the scheme's labels are longer."""
    out: list[ListLevel] = []
    indents = _template_indents(style, name)
    for index, (level, role) in enumerate(zip(levels, LISTS[name])):
        style_id = style.role_styles[role]
        left, hanging = indents[index]
        hanging = max(hanging, label_width(level, style.styles.size(style_id), style.styles.capitals(style_id)))
        start = 0 if index < 2 else out[-1].left
        left = max(left, start + hanging)
        look = _label_look(_template_level(style, style_id))
        out.append(ListLevel(level=level, style=style_id, left=left, hanging=hanging, look=look))
    return tuple(out)


def _template_indents(style: HouseStyle, name: str) -> tuple[tuple[int, int], ...]:
    """Left and hanging indents of the list that the template's own styles count on, else the usual ones."""
    own = []
    for index, role in enumerate(LISTS[name]):
        level = _template_level(style, style.role_styles[role])
        indent = level.find(f"{w('pPr')}/{w('ind')}") if level is not None else None
        left, hanging = number_of(indent, "left", -1), number_of(indent, "hanging", -1)
        own.append((left, hanging) if left >= 0 and hanging >= 0 else _INDENTS[name][index])
    return tuple(own)


_LEVEL_ORDER = {
    w(n): i
    for i, n in enumerate(
        "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr".split()
    )
}


def _label_look(level: etree._Element | None) -> str:
    """How the template's own list shows its labels, as markup; bullets come in a font that has no digits."""
    shown = level.find(w("rPr")) if level is not None else None
    kind = level.find(w("numFmt")) if level is not None else None
    if shown is None or (kind is not None and kind.get(w("val")) == "bullet"):
        return ""
    own = (child for child in shown if child.tag in _LABEL_LOOK)
    return "".join(etree.tostring(c, encoding="unicode").replace(f' xmlns:w="{W}"', "") for c in map(_bare, own))


_LABEL_LOOK = frozenset(
    w(n) for n in ("rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "color", "spacing", "sz", "szCs", "u")
)


def _bare(element: etree._Element) -> etree._Element:
    """A childless element that brings along no namespace but its own."""
    bare = make(etree.QName(element).localname)
    for name, text in element.attrib.items():
        if etree.QName(name).namespace == W:
            bare.set(name, text)
    return bare


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


def _lists(
    style: HouseStyle, styles: Styles, lists: Mapping[str, tuple[ListLevel, ...]]
) -> tuple[etree._Element, dict[str, int]]:
    """The numbering part with our two lists added, and their numbers; lists that no style counts on are left out."""
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
    for level in old.iter(w("lvl")):  # some programs write its children in an order that the schema doesn't have
        level[:] = sorted(level, key=lambda child: _LEVEL_ORDER.get(child.tag, len(_LEVEL_ORDER)))
    for picture in list(old.iter(w("numPicBullet"), w("lvlPicBulletId"))):  # it would point to a part that stays behind
        picture.getparent().remove(picture)
    used = {a.get(w("val")) for a in old.iter(w("abstractNumId"))}
    for abstract in old.findall(w("abstractNum")):
        if abstract.get(w("abstractNumId")) not in used and abstract.find(w("styleLink")) is None:
            old.remove(abstract)
        for link in abstract.iter(w("pStyle")):
            if link.get(w("val")) in ours:  # a style counts on one list
                link.getparent().remove(link)
    abstract_number = 1 + max((number_of(a, "abstractNumId", 0) for a in old.findall(w("abstractNum"))), default=0)
    number = 1 + max((number_of(n, "numId", 0) for n in old.findall(w("num"))), default=0)
    markup, instances, numbers = "", "", {}
    for offset, name in enumerate(lists):
        markup += abstract_list(abstract_number + offset, lists[name])
        instances += list_instance(number + offset, abstract_number + offset)
        numbers[name] = number + offset
    added = parse_xml(part("numbering", markup + instances).encode())
    first = next((i for i, child in enumerate(old) if child.tag in (w("num"), w("numIdMacAtCleanup"))), len(old))
    for position, element in enumerate(added.findall(w("abstractNum"))):
        old.insert(first + position, element)
    last = 1 + max(i for i, child in enumerate(old) if child.tag in (w("abstractNum"), w("num")))
    for position, element in enumerate(added.findall(w("num"))):
        old.insert(last + position, element)
    tidy_namespaces(old)
    return old, numbers


def _settle(style: HouseStyle, styles: Styles, lists: Mapping[str, tuple[ListLevel, ...]]) -> None:
    """What an annex needs of styles whatever they look like: outline levels, and numbers only where they belong."""
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
            after = next(
                (i for i, c in enumerate(properties) if c.tag in (w("divId"), w("cnfStyle"), w("rPr"), w("sectPr"))),
                len(properties),
            )
            properties.insert(after, level)
        if "<w:outlineLvl" in role.structure and not styles.says(style_id, "keepNext"):
            keep_with_next(styles.properties(style_id))
        if not role.list and any(_counts(s) for s in styles.chain(style_id)):
            link_to_list(styles.properties(style_id), 0, 0)
    for role_name, of in (("clause_text", "clause"), ("example_step", "schedule")):
        if style.role_styles[role_name] == ROLES[role_name].style_id:
            set_indent(styles.properties(ROLES[role_name].style_id), lists[of][1].left)
    if style.role_styles["recital"] == ROLES["recital"].style_id:  # its number is typed before a tab
        set_indent(styles.properties(ROLES["recital"].style_id), lists["clause"][1].left, lists["clause"][1].left)


def _counts(style: etree._Element) -> bool:
    number = style.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
    return number is not None and number.get(w("val")) != "0"


def _wide_banners(style: HouseStyle, styles: Styles, text_width: int, wide_text_width: int) -> tuple[Banner, ...]:
    """Copies of the headers and footers for landscape pages, their right tab at the edge of the wider text."""
    renamed = {}
    for role in HEADER_KINDS:
        old = style.role_styles[role]
        new = old + WIDE
        cleared = f'<w:tab w:val="clear" w:pos="{text_width}"/>'
        tab = f'<w:tabs>{cleared}<w:tab w:val="right" w:pos="{wide_text_width}"/></w:tabs>'
        name = styles.by_id[old].find(w("name"))
        shown_name = f"{name.get(w('val')) if name is not None else old} Wide"
        styles.add(
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{attribute(new)}">'
            f'<w:name w:val="{attribute(shown_name)}"/>'
            f'<w:basedOn w:val="{attribute(old)}"/><w:pPr>{tab}</w:pPr></w:style>'
        )
        renamed[old] = new
    shown = [b for b in style.banners if b.type != "first"]
    return tuple(
        Banner(
            kind=b.kind,
            type=f"{b.type}-wide",
            name=f"word/{b.kind}{len(style.banners) + index}.xml",
            text=copied(b.text, renamed),
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
    margins = " ".join(f'w:{name}="{value}"' for name, value in zip(MARGINS, style.margins))
    orientation = ' w:orient="landscape"' if wide else ""
    title = "<w:titlePg/>" if style.title_page and not wide else ""
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{orientation}/>'
        f"<w:pgMar {margins}/>{title}</w:sectPr>"
    )


def _banner_id(index: int) -> str:
    return f"rId{10 + index}"


def _content_types(style: HouseStyle, banners: tuple[Banner, ...]) -> bytes:
    overrides = {
        "word/document.xml": f"{_WML}.document.main+xml",
        "word/styles.xml": f"{_WML}.styles+xml",
        "word/numbering.xml": f"{_WML}.numbering+xml",
        "word/settings.xml": f"{_WML}.settings+xml",
        "docProps/core.xml": CORE_TYPE,
        **style.carried_types,
        **{b.name: f"{_WML}.{b.kind}+xml" for b in banners},
    }
    rows = "".join(
        f'<Override PartName="/{attribute(n)}" ContentType="{attribute(t)}"/>'
        for n, t in sorted(overrides.items())
        if t
    )
    return (
        f'{DECLARATION}<Types xmlns="{CONTENT_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    ).encode()


def _package_relationships() -> bytes:
    rows = (
        f'<Relationship Id="rId1" Type="{_RELATIONSHIP}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{CORE_RELATIONSHIP}" Target="docProps/core.xml"/>'
    )
    return f'{DECLARATION}<Relationships xmlns="{RELATIONSHIPS}">{rows}</Relationships>'.encode()


def _document_relationships(style: HouseStyle, banners: tuple[Banner, ...]) -> bytes:
    targets = [(f"rId{i}", kind, f"word/{kind}.xml") for i, kind in enumerate(("styles", "numbering", "settings"), 1)]
    targets += [(f"rId{4 + i}", kind, name) for i, (kind, name) in enumerate(style.carried_relationships)]
    targets += [(_banner_id(i), b.kind, b.name) for i, b in enumerate(banners)]
    rows = "".join(
        f'<Relationship Id="{i}" Type="{_RELATIONSHIP}/{k}" Target="{attribute(relative_to_word(t))}"/>'
        for i, k, t in targets
    )
    return f'{DECLARATION}<Relationships xmlns="{RELATIONSHIPS}">{rows}</Relationships>'.encode()
