"""Colours as a reader sees them: of a theme, of a highlighter, automatic, and how far two stand apart."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from ..namespaces import A, w

WHITE, BLACK = "FFFFFF", "000000"
UNREADABLE = 1.25  # the contrast (WCAG 2.2, 1.4.3) below which words can't be reported from their ground
# The colours of a theme that a file doesn't bring, by their place in the scheme (ISO/IEC 29500-1, 20.1.6.2).
_DEFAULT = {"dk1": BLACK, "lt1": WHITE, "dk2": "44546A", "lt2": "E7E6E6"}
_PLACES = {
    "background1": "lt1", "text1": "dk1", "background2": "lt2", "text2": "dk2", "dark1": "dk1", "light1": "lt1",
    "dark2": "dk2", "light2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink", "bg1": "lt1", "tx1": "dk1",
    "bg2": "lt2", "tx2": "dk2",
}  # fmt: skip
# The places that settings map, by the names that words give them (17.15.1.20).
_MAPPED = {"background1": "bg1", "text1": "t1", "background2": "bg2", "text2": "t2"}
_HIGHLIGHTS = {
    "black": BLACK, "blue": "0000FF", "cyan": "00FFFF", "darkBlue": "000080", "darkCyan": "008080", "darkGray": "808080",
    "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "green": "00FF00",
    "lightGray": "C0C0C0", "magenta": "FF00FF", "red": "FF0000", "white": WHITE, "yellow": "FFFF00",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a file's theme, by their names in it."""

    colours: dict[str, str]

    @classmethod
    def of(cls, root: etree._Element | None, settings: etree._Element | None = None) -> Theme:
        """Read a theme part; without one the colours are those of a new document. Settings may map its places anew."""
        found = dict(_DEFAULT)
        scheme = root.find(f".//{{{A}}}clrScheme") if root is not None else None
        for place in scheme if scheme is not None else ():
            for colour in place:
                found[etree.QName(place).localname] = (colour.get("lastClr") or colour.get("val") or BLACK).upper()
        mapping = settings.find(w("clrSchemeMapping")) if settings is not None else None
        mapped = {} if mapping is None else {k: mapping.get(w(short), "") for k, short in _MAPPED.items()}
        return cls(found | {k: c for k, place in mapped.items() if (c := found.get(_PLACES.get(place, "")))})

    def colour(self, name: str) -> str | None:
        """A colour by the name that documents give it, such as background1."""
        return self.colours.get(name) or self.colours.get(_PLACES.get(name, name))

    def written(self, element: etree._Element | None, name: str = "val", theme: str = "themeColor") -> str | None:
        """The colour of an element; None where it is automatic or not told. A theme's goes before a plain one (17.3.2.6)."""
        if element is None:
            return None
        found = self.colour(element.get(w(theme), ""))
        if found is not None:
            tint, shade = (element.get(w(theme.replace("Color", kind)), "") for kind in ("Tint", "Shade"))
            return _mixed(_mixed(found, WHITE, tint), BLACK, shade)
        plain = element.get(w(name), "").upper()
        return plain if len(plain) == 6 and all(c in "0123456789ABCDEF" for c in plain) else None

    def shading(self, element: etree._Element | None) -> str | None:
        """The ground that `w:shd` paints; None where it paints none."""
        if element is None or element.get(w("val")) == "nil":
            return None
        if element.get(w("val")) == "solid":
            return self.written(element, "color") or BLACK
        return self.written(element, "fill", "themeFill")


def highlight(element: etree._Element | None) -> str | None:
    """The colour of a highlighter."""
    return None if element is None else _HIGHLIGHTS.get(element.get(w("val"), ""))


def _mixed(colour: str, other: str, share: str) -> str:
    """A colour of which that share, in 255ths as hexadecimal, is left beside another."""
    try:
        kept = int(share, 16) / 255
    except ValueError:
        return colour
    pairs = zip(_channels(colour), _channels(other))
    return "".join(f"{round(a * kept + b * (1 - kept)):02X}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (0, 2, 4))


def _light(colour: str) -> float:
    """The relative luminance of a colour, from 0 to 1."""
    parts = [c / 255 for c in _channels(colour)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def unreadable(colour: str, ground: str) -> bool:
    """Whether words of a colour can't be reported from their ground."""
    low, high = sorted((_light(colour), _light(ground)))
    return (high + 0.05) / (low + 0.05) < UNREADABLE
