"""The numbers that Word counts for paragraphs (ISO/IEC 29500-1, 17.9): lists, levels linked to styles, restarts.

Where the specification leaves a choice this follows what Word was measured to print: every list of one kind counts on in
one sequence, a list that a numbering style describes counts by itself, each story counts by itself (headers and footers
together), a level that a style names numbers no other style, and a level not yet used counts as begun in deeper labels.
docs/explanation/word/numbering.md names the sources.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from ...ooxml.namespaces import MC, w
from ...ooxml.style_sheet import ListPlace, StyleSheet, is_on, value, whole
from .looks import ASKED
from .numerals import is_known, shown_numeral
from .symbols import signs

LEVELS = 9
UNNUMBERED: tuple[str, str, int] = ("", "", 0)
_STORY = {"footer": "header"}  # a header and a footer count on in one sequence
_BOXES = frozenset("☐☑☒✓✔✗✘")  # bullets that say something: a box, ticked or not
_BESIDE_ANOTHER_LABEL = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int
    restart: int  # the level after which it starts again; -1 is any above
    style: str
    legal: bool  # whether every number in its label is shown in digits
    look: tuple[tuple[str, ...], ...] = ()  # what is said of the look of its label
    properties: etree._Element | None = field(default=None, compare=False)  # the same, as it is written

    @property
    def lowest(self) -> int:
        """The topmost level whose number its label shows."""
        return min((int(n) - 1 for n in _BESIDE_ANOTHER_LABEL.findall(self.text)), default=0)


_Levels = dict[int, _Level]


@dataclass(slots=True)
class _Counts:
    """How far a kind of list has counted in one story."""

    counts: list[int] = field(default_factory=lambda: [0] * LEVELS)
    seen: list[bool] = field(default_factory=lambda: [False] * LEVELS)
    restarted: set[tuple[str, int]] = field(default_factory=set)

    def copy(self) -> _Counts:
        return _Counts(self.counts[:], self.seen[:], set(self.restarted))


@dataclass(frozen=True, slots=True)
class _List:
    """A `w:num`: the kind of list that it is, where its levels start, and the levels as they are in it."""

    kind: str
    starts: dict[int, int]
    levels: _Levels


class Numbers:
    """Counts the paragraphs of the stories of one document in reading order."""

    def __init__(self, root: etree._Element | None, styles: StyleSheet) -> None:
        self.styles = styles
        self.lists: dict[str, _List] = {}
        self._by_style: dict[str, str] = {}  # the first list with a level that is linked to a style
        self.unknown: set[str] = set()  # formats met that are shown in digits
        self.label: etree._Element | None = None  # the `w:rPr` of the label that was counted last
        self._counts: dict[tuple[str, str], _Counts] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        kinds: dict[str, _Levels] = {}
        links: dict[str, str] = {}
        of: dict[str, str] = {}
        for abstract in root.iter(w("abstractNum")):
            id_ = abstract.get(w("abstractNumId"), "")
            kinds[id_] = {whole(e.get(w("ilvl"), "0"), 0): _level(e) for e in abstract.findall(w("lvl"))}
            links[id_] = value(abstract, "numStyleLink")
        nums = root.findall(w("num"))
        of = {num.get(w("numId"), ""): value(num, "abstractNumId") for num in nums}
        for id_, style in links.items():  # levels that a numbering style describes; it counts by itself all the same
            described = kinds.get(of.get(self.styles.list_place(style).list_id if style else "", ""))
            if described:
                kinds[id_] = described
        for num in nums:
            overrides = {whole(e.get(w("ilvl"), "0"), 0): e for e in num.findall(w("lvlOverride"))}
            kind = of[num.get(w("numId"), "")]
            if kind in kinds:
                self.lists[num.get(w("numId"), "")] = _List(
                    kind,
                    {n: whole(start, 1) for n, e in overrides.items() if (start := value(e, "startOverride"))},
                    kinds[kind]
                    | {n: _level(own) for n, e in overrides.items() if (own := e.find(w("lvl"))) is not None},
                )
        for list_id, found in self.lists.items():
            for level in found.levels.values():
                self._by_style.setdefault(level.style, list_id)
        self._by_style.pop("", None)

    def counts_like(self, other: Numbers) -> bool:
        """Whether every list and every style of this document that the other has too counts in the same way in both."""
        kinds: dict[str, str] = {}
        for list_id, mine in self.lists.items():
            theirs = other.lists.get(list_id)
            if theirs is None:
                continue
            if (mine.starts, mine.levels) != (theirs.starts, theirs.levels):
                return False
            if kinds.setdefault(mine.kind, theirs.kind) != theirs.kind:
                return False
        shared = self.styles.styles.keys() & other.styles.styles.keys()
        return all(self.styles.list_place(s) == other.styles.list_place(s) for s in shared)

    def count(
        self, style: str, properties: etree._Element | None, story: str = "body", *, stays: bool = True
    ) -> tuple[str, str, int]:
        """Count a paragraph: its own number, its number in full context, its level from 1; empty when it has none.

        A paragraph that does not stay, since its deletion is tracked, shows its number and leaves it to the next.
        """
        place = self.styles.list_place(style, properties)
        found = self.lists.get(place.list_id or self._linked(place))
        if found is None:
            return UNNUMBERED
        level = _level_of(found, place)
        if level not in found.levels or not 0 <= level < LEVELS:
            return UNNUMBERED
        named = found.levels[level].style
        if named and not place.direct and named not in place.chain:
            return UNNUMBERED  # the level belongs to another style: no label, and it is not counted
        key = (_STORY.get(story, story), found.kind)
        counts = self._counts.setdefault(key, _Counts())
        if not stays:
            counts = counts.copy()
        self._advance(found, counts, place.list_id, level)
        self.label = found.levels[level].properties
        if found.levels[level].format == "bullet":
            ticked = found.levels[level].text in _BOXES or signs(found.levels[level].text, self._font()) in _BOXES
            return (found.levels[level].text, "", 0) if ticked else UNNUMBERED
        label = self._label(found, counts, level)
        return (label, self._full(found, counts, level), level + 1) if label.strip() else UNNUMBERED

    def _font(self) -> str:
        fonts = self.label.find(w("rFonts")) if self.label is not None else None
        return "" if fonts is None else fonts.get(w("ascii"), "")

    def _linked(self, place: ListPlace) -> str:
        """The first list with a level that is linked to a style which states its level and no list."""
        if place.direct or place.level is None:
            return ""
        return next((self._by_style[name] for name in place.chain if name in self._by_style), "")

    def _advance(self, found: _List, counts: _Counts, list_id: str, level: int) -> None:
        if level in found.starts and (list_id, level) not in counts.restarted:
            counts.restarted.add((list_id, level))
            counts.counts[level] = found.starts[level]
        elif counts.seen[level]:
            counts.counts[level] += 1
        else:
            counts.counts[level] = found.levels[level].start
        counts.seen[level] = True
        for upper in range(level):  # a level that was skipped counts as begun
            if not counts.seen[upper]:
                counts.counts[upper] = found.levels[upper].start if upper in found.levels else 1
                counts.seen[upper] = True
        for lower in range(level + 1, LEVELS):
            restart = found.levels[lower].restart if lower in found.levels else -1
            if restart != 0 and (restart < 0 or level < restart):
                counts.seen[lower] = False

    def _label(self, found: _List, counts: _Counts, level: int) -> str:
        shown = found.levels[level]

        def number(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            style = found.levels[index].format if index in found.levels else "decimal"
            if index > level or style == "none":
                return ""
            if shown.legal and style != "decimalZero":
                style = "decimal"
            if not is_known(style):
                self.unknown.add(style)
            least = 1 if style.endswith(("Letter", "Roman")) else 0  # there is not a letter for nought
            return shown_numeral(max(least, min(counts.counts[index], 30_000)), style)

        return _BESIDE_ANOTHER_LABEL.sub(number, shown.text)

    def _full(self, found: _List, counts: _Counts, level: int) -> str:
        """The number as it is cited: Word's full context, but "Schedule 2, paragraph 3" where Word makes "Schedule 23"."""
        own = self._label(found, counts, level).rstrip(".")
        above = found.levels[level].lowest - 1 if "%" in found.levels[level].text else level - 1
        if above < 0 or above not in found.levels:
            return own
        upper = "" if found.levels[above].format == "bullet" else self._full(found, counts, above)
        return f"{upper}, paragraph {own}" if above == 0 and upper[-1:].isalnum() and own[:1].isalnum() else upper + own


def _level_of(found: _List, place: ListPlace) -> int:
    """The level of a paragraph: as stated, else the one linked to the nearest of its styles, else the first."""
    if place.level is not None:
        return place.level
    linked = {level.style: at for at, level in reversed(sorted(found.levels.items())) if level.style}
    return next((linked[name] for name in place.chain if name in linked), 0)


def _level(element: etree._Element) -> _Level:
    restart = value(element, "lvlRestart")
    properties = element.find(w("rPr"))
    look = () if properties is None else properties
    return _Level(
        format=_format(element),
        text=value(element, "lvlText"),
        start=whole(value(element, "start", "1"), 1),
        restart=whole(restart, -1) if restart else -1,
        style=value(element, "pStyle"),
        legal=is_on(element.find(w("isLgl"))),
        look=tuple((e.tag, *(x for item in sorted(e.attrib.items()) for x in item)) for e in look if e.tag in ASKED),
        properties=properties,
    )


def _format(level: etree._Element) -> str:
    """The format of a level; one of a program's own making (`custom`) is reported by its pattern, such as 001, 002."""
    found = level.find(w("numFmt"))
    if found is None:
        found = level.find(f"{{{MC}}}AlternateContent/{{{MC}}}Choice/{w('numFmt')}")
    if found is None:
        return "decimal"
    return found.get(w("format"), "decimal") if found.get(w("val")) == "custom" else found.get(w("val"), "decimal")
