"""A part as Word shows it on opening: controls filled from the file's data, one branch of each alternative.

A content control that is bound to data shows what the data say and not what its own content says
(ISO/IEC 29500-1, 17.5.2.6). Of `mc:AlternateContent` Word takes the first choice that it understands (ISO/IEC 29500-3, 9.3).
"""

from __future__ import annotations

import hashlib
import re
from datetime import date

from lxml import etree

from ..namespaces import MC, W14, local_name, make, w
from ..package.package import Package
from ..package.parse import PackageError

_KNOWN = ("http://schemas.microsoft.com/", "http://schemas.openxmlformats.org/")
_BLOCKS = (w("p"), w("tbl"), w("tr"), w("tc"), w("sdt"), w("altChunk"))
_STORES = {
    "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}": "core-properties",
    "{6668398D-A668-4E3E-A5EB-62B293D839F1}": "extended-properties",
}
_PREFIX = re.compile(r"xmlns:([\w.-]+)\s*=\s*[\"']([^\"']*)[\"']")
_KEPT_AS_THEY_ARE = (
    "picture",
    "docPartObj",
    "docPartList",
    "richText",
    "repeatingSection",
    "repeatingSectionItem",
    "group",
)
_DATE = re.compile(r"d{1,4}|M{1,4}|y{1,4}")
_LONGEST = 100_000  # characters of a value


def as_shown(root: etree._Element, package: Package, unshown: list[str] | None = None) -> etree._Element:
    """Change a part's tree into what Word shows of it, in place; what data a control may show that can't be reported goes into `unshown`."""
    for alternate in reversed(list(root.iter(f"{{{MC}}}AlternateContent"))):  # from the inside out
        branch = chosen(alternate)
        parent = alternate.getparent()
        if parent is not None and branch is not alternate and any(c.tag in _BLOCKS for c in branch):
            at = parent.index(alternate)
            parent[at : at + 1] = list(branch)
    stores: dict[str, etree._Element | None] = {}
    for binding in list(
        root.iter(w("dataBinding"), "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding")
    ):
        control = binding.getparent().getparent() if binding.getparent() is not None else None
        if control is not None and control.tag == w("sdt"):
            told = _fill(control, binding, package, stores)
            if told and unshown is not None:
                unshown.append(told)
    return root


def chosen(alternate: etree._Element) -> etree._Element:
    """The branch of an AlternateContent that holds words: the first that Word understands, or one where only it has any."""
    branches = [
        b for b in alternate if local_name(b.tag) == "Fallback" or (local_name(b.tag) == "Choice" and _understood(b))
    ]
    worded = [b for b in branches if next(b.iter(w("t"), w("delText")), None) is not None]
    return (worded or branches or [alternate])[0]


def _understood(choice: etree._Element) -> bool:
    return all((choice.nsmap.get(p) or "").startswith(_KNOWN) for p in choice.get("Requires", "").split())


def _fill(
    control: etree._Element, binding: etree._Element, package: Package, stores: dict[str, etree._Element | None]
) -> str:
    """Put the value that a control is bound to in place of its content; return what it may show where that can't be reported."""
    properties = binding.getparent()
    id_ = binding.get(w("storeItemID"), "").upper()
    if id_ not in stores:
        stores[id_] = _store(package, id_)
    value = _value(stores[id_], binding)
    content = control.find(w("sdtContent"))
    if value is None or content is None:
        return ""
    kept = any(local_name(e.tag) in _KEPT_AS_THEY_ARE for e in properties)
    plain = not kept and len(value) <= _LONGEST and not value.lstrip().startswith("<")
    shown = _displayed(properties, value) if plain else None
    if shown is None:
        is_said = "".join(value.split()) in "".join(_said(content).split())
        words = " ".join(value.split())
        return "" if is_said else words if len(words) < 80 else f"data {hashlib.sha256(value.encode()).hexdigest()[:8]}"
    texts = list(content.iter(w("t")))
    if _said(content) == " ".join(shown.split()):
        return ""
    if not shown and properties.find(w("showingPlcHdr")) is not None:
        return ""  # no value, so the hint stays
    if not texts:
        place = next(content.iter(w("p")), content)
        run = make("r")
        run.append(make("t"))
        place.append(run)
        texts = [run[0]]
    texts[0].text = shown
    texts[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for other in texts[1:]:
        other.text = ""
    for name in ("tab", "br", "cr"):
        for sign in [s for s in content.iter(w(name)) if s.getparent().tag == w("r")]:
            sign.getparent().remove(sign)
    return ""


def _said(content: etree._Element) -> str:
    words = (t.text or "" if t.tag == w("t") else " " for t in content.iter(w("t"), w("br"), w("cr"), w("tab"), w("p")))
    return " ".join("".join(words).split())


def _store(package: Package, id_: str) -> etree._Element | None:
    """The data that a control names by their id."""
    try:
        if id_ in _STORES:
            name = package.related(_STORES[id_], "")
            return package.xml(name) if name else None
        for row in package.relationships(package.main_part):
            if row.kind == "customXml" and row.target in package.parts:
                described = package.related("customXmlProps", row.target)
                item = package.xml(described) if described else None
                if item is not None and any(str(v).upper() == id_ for v in item.attrib.values()):
                    return package.xml(row.target)
    except PackageError:  # told where the part is read for its own sake
        return None
    return None


def _value(store: etree._Element | None, binding: etree._Element) -> str | None:
    if store is None:
        return None
    prefixes = {p: u for p, u in _PREFIX.findall(binding.get(w("prefixMappings"), "")) if u}
    path = binding.get(w("xpath"), "")
    if not re.fullmatch(r"[\w/:\[\]@.\-*()='\" ]{1,2000}", path):  # names, steps, places and plain conditions only
        return None
    try:
        found = store.getroottree().xpath(path, namespaces=prefixes or None)
    except etree.XPathError:
        return None
    if not isinstance(found, list) or not found:
        return None
    first = found[0]
    return "".join(first.itertext()) if isinstance(first, etree._Element) else str(first)


def _displayed(properties: etree._Element, value: str) -> str | None:
    """What a control of its kind shows for a value; None where that can't be reported."""
    for choices in properties.findall(w("dropDownList")) + properties.findall(w("comboBox")):
        for entry in choices.findall(w("listItem")):
            if entry.get(w("value"), "") == value:
                return entry.get(w("displayText"), value)
    box = properties.find(f"{{{W14}}}checkbox")
    if box is not None:
        on = value.strip().lower() in ("1", "true", "on")
        sign = box.find(f"{{{W14}}}{'checkedState' if on else 'uncheckedState'}")
        code = sign.get(f"{{{W14}}}val", "") if sign is not None else ""
        try:
            return chr(int(code, 16)) if code else "\u2612" if on else "\u2610"
        except (ValueError, OverflowError):
            return "\u2612" if on else "\u2610"
    day = properties.find(w("date"))
    return value if day is None else _day(value, day)


def _day(value: str, control: etree._Element) -> str | None:
    """A date as its control prints it, in English; None for a pattern of another language."""
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        return value
    language, pattern = (control.find(w(n)) for n in ("lid", "dateFormat"))
    if pattern is None or (language is not None and not language.get(w("val"), "en").startswith("en")):
        return None
    shown = {
        "d": f"{day.day}", "dd": f"{day.day:02}", "ddd": day.strftime("%a"), "dddd": day.strftime("%A"),
        "M": f"{day.month}", "MM": f"{day.month:02}", "MMM": day.strftime("%b"), "MMMM": day.strftime("%B"),
        "yy": f"{day.year % 100:02}", "yyyy": f"{day.year}",
    }  # fmt: skip
    return _DATE.sub(lambda found: shown.get(found[0], found[0]), pattern.get(w("val"), "").replace("'", ""))
