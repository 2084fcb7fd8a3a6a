"""Drawings and text boxes: what they hold, whether they can be seen at all, where they stand, the colour behind words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ...ooxml.namespaces import W14, WP, A, V, local_name, r, w
from ...ooxml.package.targets import Targets
from ...ooxml.shown.colours import WHITE
from ...ooxml.style_sheet import whole
from .document import ReadDrawing
from .looks import Looks

_SMALLEST_PICTURE = 25_400  # English metric units, two points: what is narrower or lower can't be seen
_FARTHEST = 20_000_000  # the same, some 55 cm: what is farther out is off the page
_MARGIN = 2_500_000  # the same, some 7 cm: what ends that far left of its column is off the page
_SHAPES = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_LENGTH = re.compile(
    r"(?:^|;)\s*(width|height|left|top|margin-left|margin-top)\s*:\s*(-?[\d.]+)(pt|in|cm|mm)?", re.IGNORECASE
)
_OFFICE = "urn:schemas-microsoft-com:office:office"
_OLE = f"{{{_OFFICE}}}OLEObject"
_HOLDERS = (f"{{{A}}}blip", f"{{{V}}}imagedata", _OLE, f"{{{W14}}}contentPart")
_DRAWN = (
    f"{{{_SHAPES}}}wsp",
    *(f"{{{V}}}{n}" for n in ("rect", "line", "shape", "oval", "roundrect", "polyline", "curve")),
)
_EMU = 12_700  # in a point
_POINTS = {"": 1.0, "pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835}


def objects_of(drawing: etree._Element, targets: Targets) -> Iterator[ReadDrawing]:
    """The pictures and objects of a drawing by what they hold, then its shapes without words, which may cover or strike any."""
    unseen = " that can't be seen" if is_unseen(drawing) else ""
    place, measures = _place(drawing)
    for element in drawing.iter(*_HOLDERS):
        id_ = element.get(r("embed")) or element.get(r("link")) or element.get(r("id")) or ""
        if id_:
            what = "object" if element.tag in (_OLE, f"{{{W14}}}contentPart") else "picture"
            told = f"{what} {targets.of(id_)[:8]}{unseen}"
            yield ReadDrawing(what=told, measured_from=place, measures=measures | _cropped(element))
    if drawing.tag != w("object") and not unseen:
        for shape in drawing.iter(*_DRAWN):
            if not _says_something(shape) and not _is_transparent(shape):
                yield ReadDrawing(what="drawn shape", measured_from=place, measures=measures)


def box_of(drawing: etree._Element, words: str) -> ReadDrawing:
    """A text box by its words and its place; its size follows from its words."""
    place, measures = _place(drawing)
    kept = {name: measure for name, measure in measures.items() if name in ("left", "top")}
    return ReadDrawing(what=f"text box “{words[:40]}”", measured_from=place, measures=kept)


def _place(drawing: etree._Element) -> tuple[str, dict[str, int]]:
    """From where the place of a drawing is measured, and its place and size."""
    extent = next(drawing.iter(f"{{{WP}}}extent"), None)
    if extent is None:
        return "shape", _lengths(drawing)
    measures = {"width": whole(extent.get("cx", "0"), 0), "height": whole(extent.get("cy", "0"), 0)}
    stated = []
    for name, side in (("left", "positionH"), ("top", "positionV")):
        for position in drawing.iter(f"{{{WP}}}{side}"):
            offset, named = position.find(f"{{{WP}}}posOffset"), position.find(f"{{{WP}}}align")
            stated.append(f"{position.get('relativeFrom')} {'' if named is None else named.text}")
            if offset is not None:
                measures[name] = whole((offset.text or "0").strip(), 0)
    return ", ".join(stated), measures


def _lengths(drawing: etree._Element) -> dict[str, int]:
    """The place and the size of a drawing of the earlier kind."""
    style = next((s for e in drawing.iter() if isinstance(e.tag, str) and (s := e.get("style"))), "")
    names = {"margin-left": "left", "margin-top": "top"}
    return {
        names.get(name.lower(), name.lower()): round(float(amount) * _POINTS[unit.lower()] * _EMU)
        for name, amount, unit in _LENGTH.findall(style)
        if amount.count(".") < 2 and amount.strip("-.")
    }


def _cropped(blip: etree._Element) -> dict[str, int]:
    """What of a picture is cut off, and how far it is turned."""
    parent = blip.getparent()
    cut = parent.find(f"{{{A}}}srcRect") if parent is not None else None
    owner = parent.getparent() if parent is not None else None
    form = owner.find(f".//{{{A}}}xfrm") if owner is not None else None
    sides = {} if cut is None else {f"cut off ({side})": whole(cut.get(side, "0"), 0) for side in "ltrb"}
    turned = 0 if form is None else whole(form.get("rot", "0"), 0)
    mirrored = 0 if form is None else sum(form.get(way) in ("1", "true") for way in ("flipH", "flipV"))
    return sides | {"turned": turned, "mirrored": mirrored}


def _says_something(shape: etree._Element) -> bool:
    """Whether a shape holds words, lettering or a picture, which are read for themselves."""
    inside = (w("t"), w("delText"), f"{{{V}}}textpath", f"{{{V}}}imagedata", f"{{{A}}}blip")
    return next(shape.iter(*inside), None) is not None


def _is_transparent(shape: etree._Element) -> bool:
    """Whether a shape is neither filled nor lined, or is the rule that a line of text may be."""
    if shape.tag.startswith(f"{{{V}}}"):
        off = [shape.get(name, "t") in ("f", "false", "0") for name in ("filled", "stroked")]
        return all(off) or shape.get(f"{{{_OFFICE}}}hr") is not None
    properties = shape.find(f"{{{_SHAPES}}}spPr")
    none = f"{{{A}}}noFill"
    return (
        properties is not None
        and properties.find(none) is not None
        and properties.find(f"{{{A}}}ln/{none}") is not None
    )


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
    place, measures = _place(drawing)
    if place and "left" in measures and measures["left"] + measures.get("width", 0) < -_MARGIN:
        return True
    for pale in drawing.iter(f"{{{A}}}alphaModFix", f"{{{A}}}lum"):
        if whole(pale.get("amt", "100000"), 100_000) < 5_000 or whole(pale.get("bright", "0"), 0) > 95_000:
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
    """The colour behind the words of a text box; white where it has none, None where it can't be reported."""
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
