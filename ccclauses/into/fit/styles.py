"""The annex's styles added to an agreement's, under free ids and names, with everything that they rested on written out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy

from lxml import etree

from ...ooxml.namespaces import make, w
from ...ooxml.style_sheet import BODY_TEXT, StyleSheet, value
from .names import free_styles

_LINKS = ("basedOn", "next", "link")
# What a property is where nobody says anything of it (ISO/IEC 29500-1, 17.3); an agreement's defaults may say otherwise.
_NEUTRAL_RUN = {
    "rFonts": {"ascii": "Times New Roman", "hAnsi": "Times New Roman", "eastAsia": "Times New Roman", "cs": "Times New Roman"},
    "color": {"val": "auto"}, "spacing": {"val": "0"}, "w": {"val": "100"}, "kern": {"val": "0"}, "position": {"val": "0"},
    "sz": {"val": "20"}, "szCs": {"val": "20"}, "highlight": {"val": "none"}, "u": {"val": "none"}, "effect": {"val": "none"},
    "vertAlign": {"val": "baseline"}, "em": {"val": "none"},
    "shd": {"val": "clear", "color": "auto", "fill": "auto"},
}  # fmt: skip
_TOGGLES = ("b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss", "imprint",
            "vanish", "webHidden", "rtl", "cs", "noProof", "snapToGrid")  # fmt: skip
_NEUTRAL_PARAGRAPH = {
    "spacing": {"before": "0", "after": "0", "beforeAutospacing": "0", "afterAutospacing": "0", "line": "240", "lineRule": "auto"},
    "ind": {"left": "0", "right": "0", "firstLine": "0"}, "jc": {"val": "left"}, "outlineLvl": {"val": str(BODY_TEXT)},
    "textAlignment": {"val": "auto"}, "shd": {"val": "clear", "color": "auto", "fill": "auto"},
    "widowControl": {"val": "1"},
}  # fmt: skip
_SWITCHES = ("keepNext", "keepLines", "pageBreakBefore", "suppressLineNumbers", "suppressAutoHyphens", "contextualSpacing",
             "mirrorIndents", "bidi", "adjustRightInd", "snapToGrid", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct",
             "autoSpaceDE", "autoSpaceDN")  # fmt: skip
_ON = frozenset(
    ("adjustRightInd", "snapToGrid", "kinsoku", "wordWrap", "overflowPunct", "autoSpaceDE", "autoSpaceDN")
)  # switches that are on where nobody says anything
_PARAGRAPH_ORDER = (
    "keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku "
    "wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing "
    "mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr"
).split()
_RUN_ORDER = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden "
    "color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish"
).split()


def import_styles(
    host: etree._Element, annex: etree._Element, needed: Iterable[str], lists: Mapping[str, str], *, below: int
) -> dict[str, str]:
    """Add the styles that the annex needs to `host`, and return their new ids by the old ones.

    `lists` maps the annex's lists to those that they become. Headings of the annex have outline levels below `below`.
    """
    own = StyleSheet(annex)
    wanted = [i for i in own.styles if i in _closure(own, needed)]
    taken = {s.get(w("styleId"), ""): value(s, "name") for s in host.iter(w("style"))}
    aliases = [a.get(w("val"), "") for a in host.iter(w("aliases"))]
    renamed = free_styles({i: own.name(i) for i in wanted}, taken, [*taken.values(), *aliases])
    ids = {old: new for old, (new, _) in renamed.items()}
    for old in wanted:
        made = deepcopy(own.styles[old])
        made.set(w("styleId"), ids[old])
        made.set(w("customStyle"), "1")
        made.attrib.pop(w("default"), None)
        name = made.find(w("name"))
        assert name is not None
        name.set(w("val"), renamed[old][1])
        for child in list(made):
            if child.tag in (w("aliases"), w("semiHidden"), w("unhideWhenUsed")):
                made.remove(child)
            elif child.tag in map(w, _LINKS):
                if (target := ids.get(child.get(w("val"), ""))) is None:
                    made.remove(child)
                else:
                    child.set(w("val"), target)
        for number in made.iter(w("numId")):
            number.set(w("val"), lists.get(number.get(w("val"), ""), "0"))
        for level in made.iter(w("outlineLvl")):
            deeper = int(level.get(w("val"), "9")) + below
            level.set(w("val"), str(min(deeper, BODY_TEXT)))
        if made.find(w("basedOn")) is None and made.get(w("type")) == "paragraph":
            _write_out(made, host.find(w("docDefaults")), annex.find(w("docDefaults")))
        host.append(made)
    return ids


def _closure(styles: StyleSheet, needed: Iterable[str]) -> set[str]:
    """The styles and all that they rest on or name, with the default ones."""
    out: set[str] = set()
    waiting = [*needed, styles.default, styles.default_table]
    while waiting:
        at = waiting.pop()
        if at in styles.styles and at not in out:
            out.add(at)
            waiting += [value(styles.styles[at], link) for link in _LINKS]
    return out


def _write_out(style: etree._Element, theirs: etree._Element | None, ours: etree._Element | None) -> None:
    """Let a style that rests on none say all that the defaults of its own file said, and undo what other defaults say."""
    for kind, default, neutral, switches, order in (
        ("pPr", "pPrDefault", _NEUTRAL_PARAGRAPH, _SWITCHES, _PARAGRAPH_ORDER),
        ("rPr", "rPrDefault", _NEUTRAL_RUN, _TOGGLES, _RUN_ORDER),
    ):
        properties = style.find(w(kind))
        if properties is None:
            properties = make(kind)
            later = next((n for n, c in enumerate(style) if c.tag in (w("rPr"), w("tblPr"))), len(style))
            style.insert(later if kind == "pPr" else len(style), properties)
        path = f"{w(default)}/{w(kind)}"
        mine = ours.find(path) if ours is not None else None
        other = theirs.find(path) if theirs is not None else None
        named = {
            c.tag.rpartition("}")[2]
            for c in (*(mine if mine is not None else ()), *(other if other is not None else ()))
        }
        if kind == "pPr":
            named |= {"spacing", "ind", "jc"}
        else:
            named |= {"rFonts", "sz", "szCs", "lang"}
        for name in sorted(named & set(order), key=order.index):
            said = properties.find(w(name))
            if said is None:
                said = make(name)
                properties.append(said)
                default_ = mine.find(w(name)) if mine is not None else None
                if default_ is not None:
                    for key, text in default_.attrib.items():
                        said.set(key, text)
                elif name in switches:
                    said.set(w("val"), "1" if name in _ON else "0")
            for key, text in neutral.get(name, {}).items():
                beside = w(f"{key}Theme") if name == "rFonts" and key != "cs" else w("cstheme")
                paired = w("hanging") if key == "firstLine" else ""
                if (
                    said.get(w(key)) is None
                    and not (name == "rFonts" and said.get(beside))
                    and not (paired and said.get(paired))
                ):
                    said.set(w(key), text)
            if not len(said.attrib) and name not in switches:
                properties.remove(said)
        properties[:] = sorted(properties, key=lambda c: _rank(c, order))


def _rank(child: etree._Element, order: list[str]) -> int:
    name = child.tag.rpartition("}")[2]
    return order.index(name) if name in order else len(order)
