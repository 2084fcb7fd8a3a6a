"""Drawings and text boxes: whether they can be seen at all, and the colour behind their words."""

from __future__ import annotations

import re

from lxml import etree

from ..ooxml.colours import WHITE
from ..ooxml.namespaces import A, WP, V, local_name, w
from ..ooxml.style_sheet import whole
from .looks import Looks

_SMALLEST_PICTURE = 25_400  # English metric units, two points: what is narrower or lower can't be seen
_FARTHEST = 20_000_000  # the same, some 55 cm: what is farther out is off the page
_SHAPES = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_LENGTH = re.compile(
    r"(?:^|;)\s*(width|height|left|top|margin-left|margin-top)\s*:\s*(-?[\d.]+)(pt|in|cm|mm)?", re.IGNORECASE
)
_POINTS = {"": 1.0, "pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835}


def is_unseen(drawing: etree._Element) -> bool:
    """Whether a drawing is hidden, of no size, or off the page."""
    for properties in drawing.iter(f"{{{WP}}}docPr"):
        if properties.get("hidden") in ("1", "true"):
            return True
    for extent in drawing.iter(f"{{{WP}}}extent"):
        if any(whole(extent.get(side, "999999"), 999_999) < _SMALLEST_PICTURE for side in ("cx", "cy")):
            return True
    for offset in drawing.iter(f"{{{WP}}}posOffset"):
        if abs(whole((offset.text or "0").strip(), 0)) > _FARTHEST:
            return True
    for shape in drawing.iter():
        style = shape.get("style") if isinstance(shape.tag, str) and shape.tag.startswith(f"{{{V}}}") else None
        if style is None or local_name(shape.tag) not in ("shape", "rect", "roundrect", "oval"):
            continue
        if re.search(r"(?:^|;)\s*visibility\s*:\s*hidden", style, re.IGNORECASE):
            return True
        for name, amount, unit in _LENGTH.findall(style):
            points = float(amount) * _POINTS[unit.lower()] if amount.count(".") < 2 and amount.strip("-.") else 0.0
            if (
                name.lower() in ("width", "height")
                and points < 2
                or name.lower() not in ("width", "height")
                and abs(points) > 1600
            ):
                return True
    return False


def fill_of(box: etree._Element, looks: Looks) -> str | None:
    """The colour behind the words of a text box; white where it has none, None where it can't be told."""
    for holder in box.iterancestors():
        if holder.tag == f"{{{_SHAPES}}}wsp":
            properties = holder.find(f"{{{_SHAPES}}}spPr")
            fill = None if properties is None else properties.find(f"{{{A}}}solidFill")
            if fill is not None and len(fill) and not len(fill[0]):
                named = fill[0].get("val", "")
                return looks.theme.colour(named) if local_name(fill[0].tag) == "schemeClr" else named.upper() or None
            bare = properties is not None and properties.find(f"{{{A}}}noFill") is not None
            styled = holder.find(f"{{{_SHAPES}}}style/{{{A}}}fillRef")
            return WHITE if bare or (fill is None and (styled is None or styled.get("idx") == "0")) else None
        if holder.tag.startswith(f"{{{V}}}") and holder.get("fillcolor") is not None:
            return None
        if holder.tag == w("p"):
            break
    return WHITE
