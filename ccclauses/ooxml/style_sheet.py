"""What the styles of a Word file say of a paragraph or a run, through `basedOn`: the one reader of styles.xml.

Outline levels and names tell headings, `w:numPr` tells lists, and run properties tell what can be seen. How properties
add up is in ISO/IEC 29500-1, 17.7.2; that some of them switch each other off again from style to style in 17.7.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from .namespaces import w

_OFF = frozenset({"0", "false", "off"})
BODY_TEXT = 9  # the outline level that makes a paragraph no heading


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch is there and not switched off (ISO/IEC 29500-1, 17.17.4)."""
    return element is not None and element.get(w("val"), "1").lower() not in _OFF


def value(element: etree._Element | None, name: str, default: str = "") -> str:
    """The `w:val` of a child; `default` where there is no such child, or it says nothing."""
    child = element.find(w(name)) if element is not None else None
    return default if child is None else child.get(w("val"), default)


def whole(text: str, default: int) -> int:
    """Text as a whole number."""
    try:
        return int(text)
    except ValueError:
        return default


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlace:
    """Where a style or a paragraph is in a list: the list, the level that it states, and who states what.

    `style` is the style that the level is looked for by where none is stated; `direct` says that the paragraph names
    the list or the level itself.
    """

    list_id: str = ""
    level: int | None = None
    chain: tuple[str, ...] = ()
    direct: bool = False


class StyleSheet:
    """The styles of one file. What each says is asked for every paragraph, so it is kept."""

    def __init__(self, root: etree._Element | None) -> None:
        self.styles = {} if root is None else {s.get(w("styleId"), ""): s for s in root.iter(w("style"))}
        self.defaults = None if root is None else root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
        self._chains: dict[str, tuple[etree._Element, ...]] = {}
        self._headings: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self._places: dict[str, ListPlace] = {}
        self._toggles: dict[tuple[str, str], bool] = {}
        self.default = self._default("paragraph")
        self.default_table = self._default("table")

    def _default(self, kind: str) -> str:
        found = (i for i, s in self.styles.items() if s.get(w("type")) == kind and s.get(w("default")) in ("1", "true"))
        return next(found, "")

    def chain(self, style: str) -> tuple[etree._Element, ...]:
        """A style and those that it is based on."""
        if style not in self._chains:
            out: list[etree._Element] = []
            at = style
            while at in self.styles and self.styles[at] not in out:
                out.append(self.styles[at])
                at = value(self.styles[at], "basedOn")
            self._chains[style] = tuple(out)
        return self._chains[style]

    def name(self, style: str) -> str:
        """The name of a style as Word shows it."""
        if style not in self._names:
            self._names[style] = value(self.styles.get(style), "name", style)
        return self._names[style]

    def heading(self, style: str, properties: etree._Element | None = None) -> int:
        """The outline level of a paragraph from 1; 0 for body text."""
        own = value(properties, "outlineLvl")
        if own:
            return _outline(own)
        if style not in self._headings:
            levels = (value(s.find(w("pPr")), "outlineLvl") for s in self.chain(style))
            level = next((v for v in levels if v), "")
            match = re.fullmatch(r"heading (\d)", self.name(style).casefold())
            self._headings[style] = _outline(level) if level else int(match[1]) if match else 0
        return self._headings[style]

    def list_place(self, style: str, properties: etree._Element | None = None) -> ListPlace:
        """Where a paragraph is in a list; list and level are inherited each by itself (17.3.1.19)."""
        own = properties.find(w("numPr")) if properties is not None else None
        if own is None and style in self._places:
            return self._places[style]
        chain = self.chain(style or self.default)
        tiers = [own, *(s.find(f"{w('pPr')}/{w('numPr')}") for s in chain)]
        level = next((v for t in tiers if (v := value(t, "ilvl"))), "")
        place = ListPlace(
            list_id=next((v for t in tiers if (v := value(t, "numId"))), ""),
            level=whole(level, 0) if level else None,
            chain=tuple(s.get(w("styleId"), "") for s in chain) if any(t is not None for t in tiers) else (),
            direct=own is not None,
        )
        if own is None:
            self._places[style] = place
        return place

    def run_properties(self, style: str) -> Iterator[etree._Element]:
        """What a style and those that it is based on say of their words, the nearest first."""
        yield from (r for s in self.chain(style) if (r := s.find(w("rPr"))) is not None)

    def toggle(self, style: str, name: str) -> bool:
        """What a style says of a property that styles switch: that of the nearest one that speaks of it."""
        key = (style, name)
        if key not in self._toggles:
            found = (r.find(w(name)) for r in self.run_properties(style))
            self._toggles[key] = is_on(next((e for e in found if e is not None), None))
        return self._toggles[key]


def _outline(level: str) -> int:
    number = whole(level, BODY_TEXT)
    return number + 1 if 0 <= number < BODY_TEXT else 0
