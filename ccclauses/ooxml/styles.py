"""The styles of a Word file: found by id or name, added where they lack, linked to lists, set to a language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Protocol

from lxml import etree

from .elements import attribute
from .namespaces import MC, W, w

_TYPES = {"paragraph": "paragraph", "character": "character", "table": "table"}
_SIDES = ("top", "left", "bottom", "right", "between")
DEFAULT_SIZE = 20  # half-points, where a file names no size
# The children of w:pPr that come before w:numPr in the schema's order.
_BEFORE_NUMBERING = tuple(
    w(n) for n in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)
_BEFORE_INDENT = (
    *_BEFORE_NUMBERING,
    *(
        w(n)
        for n in ("numPr", "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap")
    ),
    *(
        w(n)
        for n in (
            "overflowPunct",
            "topLinePunct",
            "autoSpaceDE",
            "autoSpaceDN",
            "bidi",
            "adjustRightInd",
            "snapToGrid",
            "spacing",
        )
    ),
)


def tidy_namespaces(root: etree._Element) -> None:
    """Drop declarations that nothing uses, save those that `mc:Ignorable` names: without them Word finds a fault."""
    kept = ["w", "r", *root.get(f"{{{MC}}}Ignorable", "").split()]
    etree.cleanup_namespaces(root, keep_ns_prefixes=kept)


class StyleKind(Protocol):
    """What is asked of a role to make a style of it."""

    @property
    def style_id(self) -> str: ...
    @property
    def style_name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def built_in(self) -> bool: ...


def borders(**sides: tuple[str, int, int]) -> str:
    """A `w:pBdr`; each side is colour, width in eighths of a point, distance in points."""
    written = "".join(
        f'<w:{side} w:val="single" w:sz="{sides[side][1]}" w:space="{sides[side][2]}" w:color="{sides[side][0]}"/>'
        for side in _SIDES
        if side in sides
    )
    return f"<w:pBdr>{written}</w:pBdr>"


def style_element(
    role: StyleKind,
    *,
    structure: str = "",
    look: str = "",
    based_on: str = "",
    numbering: tuple[int, int] | None = None,
    table: str = "",
) -> str:
    """A `w:style`; `structure` and `look` hold the children of w:pPr and w:rPr, `numbering` a list level and a list."""
    custom = "" if role.built_in else ' w:customStyle="1"'
    base = f'<w:basedOn w:val="{attribute(based_on)}"/>' if based_on else ""
    if numbering:
        structure = _insert_numbering(structure, *numbering)
    return (
        f'<w:style w:type="{_TYPES[role.kind]}"{custom} w:styleId="{role.style_id}">'
        f'<w:name w:val="{role.style_name}"/>{base}'
        + ("<w:qFormat/>" if role.kind != "table" else "")
        + (f"<w:pPr>{structure}</w:pPr>" if structure else "")
        + (f"<w:rPr>{look}</w:rPr>" if look else "")
        + f"{table}</w:style>"
    )


def _insert_numbering(structure: str, level: int, number: int) -> str:
    root = etree.fromstring(f'<w:pPr xmlns:w="{W}">{structure}</w:pPr>')
    link_to_list(root, level, number)
    return "".join(etree.tostring(child, encoding="unicode").replace(f' xmlns:w="{W}"', "") for child in root)


def link_to_list(properties: etree._Element, level: int, number: int) -> None:
    """Make a `w:pPr` count on a level of a list, in place of any list it had."""
    for old in properties.findall(w("numPr")):
        properties.remove(old)
    link = etree.Element(w("numPr"))
    etree.SubElement(link, w("ilvl")).set(w("val"), str(level))
    etree.SubElement(link, w("numId")).set(w("val"), str(number))
    _insert(properties, link, _BEFORE_NUMBERING)


def set_indent(properties: etree._Element, left: int, hanging: int = 0) -> None:
    """Let a `w:pPr` begin at `left` twips, its first line `hanging` before that."""
    for old in properties.findall(w("ind")):
        properties.remove(old)
    indent = etree.Element(w("ind"))
    indent.set(w("left"), str(left))
    if hanging:
        indent.set(w("hanging"), str(hanging))
    _insert(properties, indent, _BEFORE_INDENT)


def keep_with_next(properties: etree._Element) -> None:
    """Let a `w:pPr` keep its paragraph with the next."""
    _insert(properties, etree.Element(w("keepNext")), (w("pStyle"),))


def _insert(properties: etree._Element, child: etree._Element, before: tuple[str, ...]) -> None:
    position = 0
    for index, sibling in enumerate(properties):
        if sibling.tag in before:
            position = index + 1
    properties.insert(position, child)


class Styles:
    """The styles part as a tree that may be changed; one copy serves one use."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.by_id: dict[str, etree._Element] = {}
        for style in root.findall(w("style")):
            self.by_id.setdefault(style.get(w("styleId"), ""), style)

    def copy(self) -> Styles:
        """A copy that may be changed without changing this one."""
        return Styles(deepcopy(self.root))

    def names(self, kind: str) -> Mapping[str, str]:
        """The ids of the styles of a kind, by name."""
        out: dict[str, str] = {}
        for style_id, style in self.by_id.items():
            name = style.find(w("name"))
            if name is not None and style.get(w("type")) == kind:
                out.setdefault(name.get(w("val"), ""), style_id)
        return out

    def find(self, wanted: str, kind: str) -> str | None:
        """The id of the style of a kind that has this id, or else this name (its aliases too), upper or lower case."""
        style = self.by_id.get(wanted)
        if style is not None and style.get(w("type")) == kind:
            return wanted
        folded = wanted.casefold()
        for name, style_id in self.names(kind).items():
            if any(part.strip().casefold() == folded for part in name.split(",")):
                return style_id
        return next((i for i, s in self.by_id.items() if i.casefold() == folded and s.get(w("type")) == kind), None)

    def with_alias(self, alias: str, kind: str) -> str | None:
        """The id of the style of a kind that Word lists under this further name as well."""
        for style_id, style in self.by_id.items():
            found = style.find(w("aliases"))
            if found is not None and style.get(w("type")) == kind and alias in found.get(w("val"), "").split(","):
                return style_id
        return None

    def add_alias(self, style_id: str, alias: str) -> None:
        """Let Word list a style under a further name."""
        style = self.by_id[style_id]
        found = style.find(w("aliases"))
        if found is None:
            found = etree.Element(w("aliases"))
            name = style.find(w("name"))
            style.insert(0 if name is None else style.index(name) + 1, found)
        known = [a for a in found.get(w("val"), "").split(",") if a]
        found.set(w("val"), ",".join([*known, *([] if alias in known else [alias])]))

    def default(self, kind: str) -> str:
        """The id of the default style of a kind, or an empty text."""
        for style_id, style in self.by_id.items():
            if style.get(w("type")) == kind and style.get(w("default")) in ("1", "true", "on"):
                return style_id
        return ""

    def chain(self, style_id: str) -> Iterable[etree._Element]:
        """The style and those it is based on, in turn."""
        seen: set[str] = set()
        while style_id in self.by_id and style_id not in seen:
            seen.add(style_id)
            style = self.by_id[style_id]
            yield style
            base = style.find(w("basedOn"))
            style_id = base.get(w("val"), "") if base is not None else ""

    def size(self, style_id: str) -> int:
        """The font size of a style in half-points."""
        for style in self.chain(style_id):
            found = style.find(f"{w('rPr')}/{w('sz')}")
            if found is not None and found.get(w("val"), "").isdigit():
                return int(found.get(w("val"), ""))
        found = self.root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('sz')}")
        return int(found.get(w("val"), "")) if found is not None and found.get(w("val"), "").isdigit() else DEFAULT_SIZE

    def capitals(self, style_id: str) -> bool:
        """Whether a style prints each letter as a capital."""
        found = (style.find(f"{w('rPr')}/{w('caps')}") for style in self.chain(style_id))
        nearest = next((f for f in found if f is not None), None)
        return nearest is not None and nearest.get(w("val"), "1") in ("1", "true", "on")

    def outline_level(self, style_id: str) -> int | None:
        """The outline level of a style, from 0; None for body text."""
        for style in self.chain(style_id):
            found = style.find(f"{w('pPr')}/{w('outlineLvl')}")
            if found is not None and found.get(w("val"), "").isdigit():
                return int(found.get(w("val"), "")) if int(found.get(w("val"), "")) < 9 else None
        return None

    def tab_stops(self, style_id: str) -> int:
        """How many tab stops a style has that are not at the left."""
        stops = 0
        for style in self.chain(style_id):
            stops = max(stops, sum(1 for t in style.iter(w("tab")) if t.get(w("val")) in ("center", "right", "end")))
        return stops

    def says(self, style_id: str, name: str) -> bool:
        """Whether a style says something, either way, on a property of paragraphs such as keepNext."""
        return any(style.find(f"{w('pPr')}/{w(name)}") is not None for style in self.chain(style_id))

    def properties(self, style_id: str) -> etree._Element:
        """The `w:pPr` of a style, made where it has none."""
        style = self.by_id[style_id]
        found = style.find(w("pPr"))
        if found is None:
            found = etree.Element(w("pPr"))
            later = [
                i
                for i, child in enumerate(style)
                if child.tag in (w("rPr"), w("tblPr"), w("trPr"), w("tcPr"), w("tblStylePr"))
            ]
            style.insert(later[0] if later else len(style), found)
        return found

    def add(self, markup: str) -> None:
        """Add one style, as markup."""
        style = etree.fromstring(f'<w:styles xmlns:w="{W}">{markup}</w:styles>')[0]
        self.root.append(style)
        self.by_id[style.get(w("styleId"), "")] = style
        tidy_namespaces(self.root)

    def set_language(self, language: str) -> None:
        """Let text be of a language, in the document defaults and wherever a style said otherwise."""
        for found in self.root.iter(w("lang")):
            found.set(w("val"), language)
        defaults = self._run_defaults()
        if defaults.find(w("lang")) is None:
            etree.SubElement(defaults, w("lang")).set(w("val"), language)

    def _run_defaults(self) -> etree._Element:
        """The `w:rPr` of the document defaults, made where the file has none."""
        parent, first = self.root, True
        for name in ("docDefaults", "rPrDefault", "rPr"):
            found = parent.find(w(name))
            if found is None:
                found = etree.Element(w(name))
                parent.insert(0, found) if first else parent.insert(0, found)
            parent, first = found, False
        return parent

    def move_right_tabs(self, old: int, new: int, slack: int = 60) -> None:
        """Move every right tab stop at the edge of the text or beyond it to the edge, which has moved."""
        for tab in self.root.iter(w("tab")):
            position = tab.get(w("pos"), "")
            if tab.get(w("val")) in ("right", "end") and position.isdigit() and int(position) >= old - slack:
                tab.set(w("pos"), str(new))

    def mend(self) -> None:
        """Drop references to styles that aren't there, which some programs leave behind."""
        for style in self.by_id.values():
            for reference in [e for e in style if e.tag in (w("basedOn"), w("next"), w("link"))]:
                if reference.get(w("val")) not in self.by_id:
                    style.remove(reference)

    def prune(self, droppable: Iterable[str]) -> None:
        """Remove those of the given styles that nothing left refers to."""
        waiting = [s for s in droppable if s in self.by_id]
        while waiting:
            needed = {
                e.get(w("val"))
                for style in self.by_id.values()
                for e in style
                if e.tag in (w("basedOn"), w("next"), w("link")) and e.get(w("val")) != style.get(w("styleId"))
            }
            gone = [s for s in waiting if s not in needed]
            if not gone:
                return
            for style_id in gone:
                self.root.remove(self.by_id.pop(style_id))
            waiting = [s for s in waiting if s in self.by_id]
