"""The numbers that Word counts for paragraphs (ISO/IEC 29500-1, 17.9): lists, levels linked to styles, restarts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from ..ooxml.namespaces import w
from .numerals import shown_numeral

LEVELS = 9
_UNCOUNTED = ("bullet", "none")


@dataclass(slots=True)
class _Level:
    format: str
    text: str
    start: int
    restart: int  # the level after which it starts again; -1 is the one above
    style: str


@dataclass(slots=True)
class _List:
    """An abstractNum: its levels, and its counters while a document is read."""

    levels: dict[int, _Level]
    counts: list[int] = field(default_factory=lambda: [0] * LEVELS)
    seen: list[bool] = field(default_factory=lambda: [False] * LEVELS)


def _value(element: etree._Element | None, name: str, default: str = "") -> str:
    child = element.find(w(name)) if element is not None else None
    return default if child is None else child.get(w("val"), default)


def _whole(text: str, default: int) -> int:
    try:
        return int(text)
    except ValueError:
        return default


def _outline(level: str) -> int:
    """An outline level as it is written, counted from 1; body text is 0."""
    number = _whole(level, 9)
    return number + 1 if 0 <= number < 9 else 0


class StyleSheet:
    """What the reader asks of styles.xml: outline levels, numbering and names, through `basedOn`."""

    def __init__(self, root: etree._Element | None) -> None:
        self.styles = {} if root is None else {s.get(w("styleId"), ""): s for s in root.iter(w("style"))}
        self._hidden: dict[str, bool] = {}  # what each style says is asked once for every paragraph, so it is kept
        self._numbering: dict[str, tuple[str, int | None, str]] = {}
        self._headings: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self.default = next(
            (
                i
                for i, s in self.styles.items()
                if s.get(w("type")) == "paragraph" and s.get(w("default")) in ("1", "true")
            ),
            "",
        )

    def chain(self, style: str) -> list[etree._Element]:
        """A style and those that it is based on."""
        out: list[etree._Element] = []
        while style in self.styles and self.styles[style] not in out:
            out.append(self.styles[style])
            style = _value(self.styles[style], "basedOn")
        return out

    def name(self, style: str) -> str:
        """The name of a style as Word shows it."""
        if style not in self._names:
            self._names[style] = _value(self.styles.get(style), "name", style)
        return self._names[style]

    def heading(self, style: str, properties: etree._Element | None) -> int:
        """The outline level of a paragraph from 1, or 0."""
        own = _value(properties, "outlineLvl")
        if own:
            return _outline(own)
        if style not in self._headings:
            levels = (_value(s.find(w("pPr")), "outlineLvl") for s in self.chain(style))
            level = next((v for v in levels if v), "")
            match = re.fullmatch(r"heading (\d)", self.name(style).casefold())
            self._headings[style] = _outline(level) if level else int(match[1]) if match else 0
        return self._headings[style]

    def hides(self, style: str) -> bool:
        """Whether a style hides its words."""
        if style not in self._hidden:
            found = (s.find(f"{w('rPr')}/{w('vanish')}") for s in self.chain(style))
            vanish = next((v for v in found if v is not None), None)
            self._hidden[style] = vanish is not None and vanish.get(w("val")) in ("1", "true", "on", None)
        return self._hidden[style]

    def numbering(self, style: str) -> tuple[str, int | None, str]:
        """The list of a style, its level when it says one, and the style that says so."""
        if style not in self._numbering:
            self._numbering[style] = self._find_numbering(style)
        return self._numbering[style]

    def _find_numbering(self, style: str) -> tuple[str, int | None, str]:
        for element in self.chain(style):
            found = element.find(f"{w('pPr')}/{w('numPr')}")
            if found is not None and _value(found, "numId"):
                level = _value(found, "ilvl")
                return _value(found, "numId"), _whole(level, 0) if level else None, element.get(w("styleId"), "")
        return "", None, ""


class Numbers:
    """Counts the paragraphs of one story in reading order."""

    def __init__(self, root: etree._Element | None, styles: StyleSheet) -> None:
        self.styles = styles
        self.lists: dict[str, _List] = {}
        self.nums: dict[str, tuple[str, dict[int, int], dict[int, _Level]]] = {}
        self.restarted: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        links: dict[str, str] = {}
        for abstract in root.iter(w("abstractNum")):
            id_ = abstract.get(w("abstractNumId"), "")
            self.lists[id_] = _List({_whole(e.get(w("ilvl"), "0"), 0): _level(e) for e in abstract.findall(w("lvl"))})
            links[id_] = _value(abstract, "numStyleLink")
        for num in root.findall(w("num")):
            overrides = {_whole(e.get(w("ilvl"), "0"), 0): e for e in num.findall(w("lvlOverride"))}
            starts = {n: _whole(start, 1) for n, e in overrides.items() if (start := _value(e, "startOverride"))}
            levels = {n: _level(own) for n, e in overrides.items() if (own := e.find(w("lvl"))) is not None}
            self.nums[num.get(w("numId"), "")] = _value(num, "abstractNumId"), starts, levels
        for id_, style in links.items():  # a list that is described by a numbering style
            num, _, _ = self.styles.numbering(style) if style else ("", None, "")
            if num in self.nums and self.nums[num][0] in self.lists:
                self.lists[id_] = self.lists[self.nums[num][0]]

    def count(self, style: str, properties: etree._Element | None) -> tuple[str, str, int]:
        """Count a paragraph: its own number, its number in full context, its level from 1; empty when it has none."""
        num, level, source = self._numbered(style, properties)
        if num not in self.nums:
            return "", "", 0
        abstract, starts, own = self.nums[num]
        found = self.lists.get(abstract)
        if found is None:
            return "", "", 0
        if own:  # levels of its own; it goes on counting with the other lists of its kind
            found = replace(found, levels=found.levels | own)
        if level is None:
            level = next((i for i, lvl in found.levels.items() if lvl.style == source), 0)
        if not 0 <= level < LEVELS or level not in found.levels:
            return "", "", 0
        self._advance(found, num, level, starts)
        if found.levels[level].format in _UNCOUNTED:
            return "", "", 0
        return _label(found, level), _full(found, level), level + 1

    def _numbered(self, style: str, properties: etree._Element | None) -> tuple[str, int | None, str]:
        own = properties.find(w("numPr")) if properties is not None else None
        from_style = self.styles.numbering(style or self.styles.default)
        if own is None:
            return from_style
        num, level = _value(own, "numId"), _value(own, "ilvl")
        if not num:
            return from_style[0], _whole(level, 0) if level else from_style[1], from_style[2]
        return num, _whole(level, 0) if level else 0, ""

    def _advance(self, found: _List, num: str, level: int, starts: dict[int, int]) -> None:
        spec = found.levels[level]
        if level in starts and (num, level) not in self.restarted:
            self.restarted.add((num, level))
            found.counts[level] = starts[level]
        elif found.seen[level]:
            found.counts[level] += 1
        else:
            found.counts[level] = spec.start
        found.seen[level] = True
        for upper in range(level):  # a level that was skipped counts as begun
            if not found.seen[upper]:
                found.counts[upper] = found.levels[upper].start if upper in found.levels else 1
                found.seen[upper] = True
        for lower in range(level + 1, LEVELS):
            restart = found.levels[lower].restart if lower in found.levels else -1
            if restart != 0 and (restart < 0 or level < restart):
                found.seen[lower] = False


def _level(element: etree._Element) -> _Level:
    restart = _value(element, "lvlRestart")
    return _Level(
        format=_value(element, "numFmt", "decimal"),
        text=_value(element, "lvlText"),
        start=_whole(_value(element, "start", "1"), 1),
        restart=_whole(restart, -1) if restart else -1,
        style=_value(element, "pStyle"),
    )


def _label(found: _List, level: int) -> str:
    def number(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        style = found.levels[index].format if index in found.levels else "decimal"
        least = 1 if style.endswith(("Letter", "Roman")) else 0  # there is no letter for nought
        return shown_numeral(max(least, min(found.counts[index], 30_000)), style)

    return re.sub(r"%([1-9])", number, found.levels[level].text)


def _full(found: _List, level: int) -> str:
    """The number as it is cited: Word's full context, but "Schedule 2, paragraph 3" where Word makes "Schedule 23"."""
    own = _label(found, level).rstrip(".")
    if level == 0 or "%1" in found.levels[level].text or level - 1 not in found.levels:
        return own
    upper = _full(found, level - 1)
    return f"{upper}, paragraph {own}" if level == 1 and upper[-1:].isalnum() and own[:1].isalnum() else upper + own
