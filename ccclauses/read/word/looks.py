"""What of a run can be seen: hidden or not, in a colour that shows, of a size that can be read, raised, struck through.

Each property is that of the run itself, else of its style, of its paragraph's style, of its table, of the document; those
that switch (ISO/IEC 29500-1, 17.7.3) are looked up apart. Whole paragraphs and rows may be out of sight as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from ...ooxml.namespaces import W14, w
from ...ooxml.shown.colours import WHITE, Theme, highlight, unreadable
from ...ooxml.style_sheet import StyleSheet, is_on, whole

_SMALLEST = 4  # half-points; smaller words can't be read
_NARROWEST = 10  # percent of the width of a letter
_FLATTEST = 40  # twips; a line or a row of a fixed height below that shows no words
_SQUEEZED = 100  # twips; words that have to fit into less can't be read
_RAISED = 4  # words raised or lowered by a quarter of their size read as superscripts or subscripts
_HIGHEST = 400  # half-points that words are raised or lowered; more takes them out of their line and off the page
_PAGE = 31_680  # twips; the widest and highest page there is
_HALF_A_LETTER = 4  # twips for each half-point of size; a letter set that much closer covers the one before it
_SYMBOLS = ("Symbol", "Wingdings", "Wingdings 2", "Wingdings 3", "Webdings")
ASKED = {
    w(n) for n in ("color", "sz", "shd", "highlight", "w", "spacing", "position", "vertAlign", "rFonts", "dstrike")
}
_PLACED = {w(n) for n in ("framePr", "spacing", "ind", "shd")}
ASKED |= {w("vanish"), w("strike"), w("rStyle"), w("fitText"), f"{{{W14}}}textFill"}


@dataclass(frozen=True, slots=True)
class Look:
    """What a reader sees of a run besides its words."""

    hidden: bool = False
    faint: bool = False  # there, and not to be seen: its colour is that of its ground, or it is too small
    struck: bool = False
    raised: str = ""  # "superscript" or "subscript"
    font: str = ""  # a font whose letters are signs


@dataclass(frozen=True, slots=True)
class Ground:
    """On what and where a paragraph stands: the colour behind it, what its table says of words, whether it is in sight."""

    colour: str | None = WHITE  # None where it can't be reported
    properties: tuple[etree._Element, ...] = ()
    hidden: bool = False
    faint: bool = False


@dataclass(slots=True)
class Looks:
    """Tells the look of each run of a document; equal properties are weighed once."""

    styles: StyleSheet
    theme: Theme
    _known: dict[object, Look] = field(default_factory=dict)
    _placed: dict[str, tuple[str | None, bool]] = field(
        default_factory=dict
    )  # paragraphs that say nothing of their own

    def of(self, run: Iterable[etree._Element] | None, style: str, ground: Ground, paragraph: str | None) -> Look:
        """The look of a run by its `w:rPr`, in a paragraph of a style whose own shading is `paragraph`.

        Of two properties of one name the later counts.
        """
        asked = [] if run is None else [e for e in run if e.tag in ASKED]
        own = tuple((e.tag, *e.attrib.items(), *(etree.tostring(c) for c in e)) for e in asked)
        key = (own, style, ground.colour, ground.properties, ground.hidden, ground.faint, paragraph)
        if key not in self._known:
            self._known[key] = self._look({e.tag: e for e in asked}, style, ground, paragraph)
        return self._known[key]

    def _look(self, own: dict[str, etree._Element], style: str, ground: Ground, paragraph: str | None) -> Look:
        written = own.get(w("rStyle"))
        character = written.get(w("val"), "") if written is not None else ""
        tiers: list[Iterable[etree._Element]] = [
            self.styles.run_properties(character),
            self.styles.run_properties(style or self.styles.default),
            ground.properties,
            () if self.styles.defaults is None else (self.styles.defaults,),
        ]
        stated = [tier for group in tiers for tier in group]

        def first(name: str) -> etree._Element | None:
            return own[name] if name in own else next((e for t in stated if (e := t.find(name)) is not None), None)

        def switched(name: str) -> bool:
            if w(name) in own:
                return is_on(own[w(name)])
            by_styles = self.styles.toggle(character, name) != self.styles.toggle(style or self.styles.default, name)
            by_default = self.styles.defaults is not None and is_on(self.styles.defaults.find(w(name)))
            return by_styles or by_default

        raised = _val(first(w("vertAlign")))
        moved = whole(_val(first(w("position"))), 0)
        if raised in ("", "baseline"):
            placed = abs(moved) * _RAISED >= whole(_val(first(w("sz"))), 22) and abs(moved) < _HIGHEST
            raised = ("superscript" if moved > 0 else "subscript") if placed else ""
        fonts = first(w("rFonts"))
        font = fonts.get(w("ascii"), "") if fonts is not None else ""
        return Look(
            hidden=ground.hidden or switched("vanish"),
            faint=ground.faint or self._is_faint(first, ground, paragraph),
            struck=switched("strike") or is_on(first(w("dstrike"))),
            raised=raised,
            font=font if font in _SYMBOLS else "",
        )

    def _is_faint(self, first, ground: Ground, paragraph: str | None) -> bool:
        size = whole(_val(first(w("sz"))), 22)
        if size <= _SMALLEST or whole(_val(first(w("w"))).rstrip("%"), 100) <= _NARROWEST:
            return True
        if (
            whole(_val(first(w("spacing"))), 0) <= -_HALF_A_LETTER * size
            or abs(whole(_val(first(w("position"))), 0)) >= _HIGHEST
        ):
            return True
        fitted = first(w("fitText"))
        if fitted is not None and whole(_val(fitted), _SQUEEZED) < _SQUEEZED:
            return True
        fill = first(f"{{{W14}}}textFill")
        painted = fill.find(f"{{{W14}}}solidFill/{{{W14}}}srgbClr") if fill is not None else None
        if fill is not None:
            if fill.find(f"{{{W14}}}noFill") is not None:
                return True
            alpha = fill.find(f".//{{{W14}}}alpha")
            if alpha is not None and whole(alpha.get(f"{{{W14}}}val", "0"), 0) >= 95_000:
                return True
        marked = highlight(first(w("highlight")))
        behind = marked or self.theme.shading(first(w("shd"))) or paragraph or ground.colour
        colour = self.theme.written(first(w("color")))
        if painted is not None:
            colour = painted.get(f"{{{W14}}}val", "").upper() or colour
        return colour is not None and behind is not None and unreadable(colour, behind)

    def paragraph(self, style: str, properties: etree._Element | None) -> tuple[str | None, bool]:
        """The shading of a paragraph, and whether it is out of sight: off the page, or in a line without height."""
        own = {e.tag: e for e in properties if e.tag in _PLACED} if properties is not None else {}
        if not own and style in self._placed:
            return self._placed[style]
        chain = [p for s in self.styles.chain(style or self.styles.default) if (p := s.find(w("pPr"))) is not None]

        def first(name: str) -> etree._Element | None:
            return (
                own[w(name)] if w(name) in own else next((e for t in chain if (e := t.find(w(name))) is not None), None)
            )

        frame, line, indent = first("framePr"), first("spacing"), first("ind")
        out = frame is not None and is_out_of_sight(frame)
        if line is not None and line.get(w("lineRule")) == "exact":
            out = out or whole(line.get(w("line"), "240"), 240) <= _FLATTEST
        if indent is not None:
            left = whole(indent.get(w("left"), indent.get(w("start"), "0")), 0)
            first_line = left - whole(indent.get(w("hanging"), "0"), 0) + whole(indent.get(w("firstLine"), "0"), 0)
            out = out or any(at >= _PAGE // 2 or at <= -_PAGE // 4 for at in (left, first_line))
        found = self.theme.shading(first("shd")), out
        if not own:
            self._placed[style] = found
        return found


def looks_alike(one: StyleSheet, other: StyleSheet) -> bool:
    """Whether the styles that two files share, and their defaults, say the same of what can be seen."""

    def said(root: etree._Element | None) -> list[tuple[object, ...]]:
        asked = [] if root is None else [e for e in root.iter() if (e.tag in ASKED or e.tag in _PLACED) and _matters(e)]
        return sorted((e.tag, *sorted(e.attrib.items())) for e in asked)

    shared = one.styles.keys() & other.styles.keys()
    return said(one.defaults) == said(other.defaults) and all(
        [said(e) for e in one.chain(s) if said(e)] == [said(e) for e in other.chain(s) if said(e)] for s in shared
    )


def _matters(element: etree._Element) -> bool:
    """Whether a property of a style can make a difference to what can be seen; most sizes and indents can't."""
    number = whole(_val(element).rstrip("%"), 0)
    match element.tag.rpartition("}")[2]:
        case "sz":
            return number <= _SMALLEST
        case "w":
            return number <= _NARROWEST
        case "position":
            return number != 0
        case "spacing":
            return number < 0 or element.get(w("lineRule")) == "exact"
        case "ind":
            return any(
                abs(whole(element.get(w(n), "0"), 0)) >= _PAGE // 4 for n in ("left", "start", "hanging", "firstLine")
            )
        case "rFonts":
            return element.get(w("ascii")) in _SYMBOLS
        case "color":
            plain = Theme.of(None).written(element)
            return element.get(w("themeColor")) is not None or plain is not None and unreadable(plain, WHITE)
    return True


def is_out_of_sight(frame: etree._Element) -> bool:
    """Whether a frame or a floating table is next to the page, or has no room for a word."""
    x, y = (whole(frame.get(w(n), frame.get(w(f"tblp{n.upper()}"), "0")), 0) for n in ("x", "y"))
    if min(x, y) <= -_PAGE // 10 or max(x, y) >= _PAGE:
        return True
    return frame.get(w("hRule")) == "exact" and whole(frame.get(w("h"), "999"), 999) <= _FLATTEST


def row_ground(row: etree._Element, ground: Ground) -> Ground:
    """The ground of a row: hidden by its own word, out of sight where its height is fixed at next to nothing."""
    properties = row.find(w("trPr"))
    if properties is None:
        return ground
    height = properties.find(w("trHeight"))
    flat = (
        height is not None
        and height.get(w("hRule")) == "exact"
        and whole(height.get(w("val"), "999"), 999) <= _FLATTEST
    )
    hidden = is_on(properties.find(w("hidden")))
    return Ground(ground.colour, ground.properties, ground.hidden or hidden, ground.faint or flat)


class TableLook:
    """What the style of a table says of the colour behind its cells and of their words (17.7.6)."""

    _PLACES = (
        ("firstRow", "firstRow", 0x20),
        ("lastRow", "lastRow", 0x40),
        ("firstCol", "firstColumn", 0x80),
        ("lastCol", "lastColumn", 0x100),
    )

    def __init__(self, table: etree._Element, looks: Looks, ground: Ground) -> None:
        self.looks, self.ground = looks, ground
        self._known: dict[tuple[object, ...], Ground] = {}
        properties = table.find(w("tblPr"))
        style = properties.find(w("tblStyle")) if properties is not None else None
        id_ = style.get(w("val"), "") if style is not None else looks.styles.default_table
        self.chain = looks.styles.chain(id_)
        look = properties.find(w("tblLook")) if properties is not None else None
        self.on = {kind for kind, name, bit in self._PLACES if _asked(look, name, bit)}
        self.banded = not _asked(look, "noHBand", 0x200)
        floating = properties.find(w("tblpPr")) if properties is not None else None
        self.out = floating is not None and is_out_of_sight(floating)
        indent, layout = (None if properties is None else properties.find(w(n)) for n in ("tblInd", "tblLayout"))
        if indent is not None and indent.get(w("type"), "dxa") == "dxa":
            self.out = self.out or abs(whole(indent.get(w("w"), "0"), 0)) >= _PAGE // 2
        self.fixed = layout is not None and layout.get(w("type")) == "fixed"
        self.rows = sum(1 for _ in table.iter(w("tr")))

    def cell(self, cell: etree._Element, ground: Ground, at: int, column: int, columns: int) -> Ground:
        """The ground of the cell in a row and a column, counted from 0."""
        stated = cell.find(w("tcPr"))
        own = None if stated is None else self.looks.theme.shading(stated.find(w("shd")))
        place = (at == 0, at == self.rows - 1, column == 0, column == columns - 1, at % 2, ground)
        if place not in self._known:
            self._known[place] = self._ground(*place)
        found = self._known[place]
        if stated is None:
            return found
        flat = self.fixed and _is_narrow(stated.find(w("tcW")))
        covered = any(_goes_on(stated.find(w(name))) for name in ("vMerge", "hMerge"))
        return Ground(own or found.colour, found.properties, found.hidden, found.faint or flat or covered)

    def _ground(self, first: bool, last: bool, left: bool, right: bool, odd: int, ground: Ground) -> Ground:
        """What the style says of a cell in the first or last row or column, in an odd or even row."""
        places = (("firstRow", first), ("lastRow", last), ("firstCol", left), ("lastCol", right))
        kinds = [kind for kind, here in places if here and kind in self.on]
        if self.banded:
            kinds.append("band1Horz" if (odd - ("firstRow" in self.on)) % 2 == 0 else "band2Horz")
        parts = [
            p for kind in kinds for s in self.chain for p in s.findall(w("tblStylePr")) if p.get(w("type")) == kind
        ]
        parts += self.chain
        fills = (self.looks.theme.shading(p.find(f"{w('tcPr')}/{w('shd')}")) for p in parts)
        words = tuple(r for p in parts if (r := p.find(w("rPr"))) is not None)
        return Ground(
            next((f for f in fills if f), None) or ground.colour,
            (*words, *ground.properties),
            ground.hidden,
            ground.faint or self.out,
        )


def _is_narrow(width: etree._Element | None) -> bool:
    """Whether a cell of a fixed table is too narrow for a letter."""
    return width is not None and width.get(w("type")) == "dxa" and 0 < whole(width.get(w("w"), "0"), 0) <= _FLATTEST


def _goes_on(merge: etree._Element | None) -> bool:
    """Whether a cell is merged into the one above or before it, of which alone Word shows the words (17.4.84)."""
    return merge is not None and merge.get(w("val"), "continue") == "continue"


def _asked(look: etree._Element | None, name: str, bit: int) -> bool:
    if look is None:
        return False
    if look.get(w(name)) is not None:
        return look.get(w(name)) in ("1", "true", "on")
    return bool(_hexadecimal(look.get(w("val"), "0")) & bit)


def _hexadecimal(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return 0


def _val(element: etree._Element | None) -> str:
    return "" if element is None else element.get(w("val"), "")
