"""Formulas on one line, as they are typed: (a-b)/c, x^2, a_1, √(n) (ISO/IEC 29500-1, 22.1)."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from ...ooxml.namespaces import local_name, m, w


def seen_of(formula: etree._Element, is_seen: Callable[[etree._Element], bool]) -> etree._Element:
    """A formula without what is in it unseen: `is_seen` tells by the `w:rPr` of a run, a phantom by itself (22.1.2.81)."""
    formula = deepcopy(formula)
    runs = [p.getparent() for p in formula.iter(w("rPr")) if p.getparent().tag == m("r") and not is_seen(p)]
    for unseen in (*runs, *(e for e in formula.iter(m("phant")) if _setting(e, "show", "1") in ("0", "off", "false"))):
        if unseen.getparent() is not None:
            unseen.getparent().remove(unseen)
    return formula


def linear(element: etree._Element) -> str:
    """A formula, or a part of one, on one line."""
    write = _WRITERS.get(local_name(element.tag))
    if write:
        return write(element)
    if element.tag in (m("t"), w("t"), w("delText")):
        return element.text or ""
    return "".join(linear(child) for child in element if isinstance(child.tag, str) and not child.tag.endswith("Pr"))


def _part(element: etree._Element, name: str) -> str:
    child = element.find(m(name))
    return "" if child is None else linear(child)


def _operand(text: str) -> str:
    """A text in brackets, unless it is one sign, one word or one number, or is in brackets."""
    text = text.strip()
    plain = text.replace(".", "").replace(",", "").isalnum()
    return (
        text if len(text) < 2 or plain or (text[0] == "(" and text[-1] == ")" and text.count("(") == 1) else f"({text})"
    )


def _setting(element: etree._Element, name: str, default: str) -> str:
    found = element.find(f"{m(local_name(element.tag) + 'Pr')}/{m(name)}")
    return default if found is None else found.get(m("val"), default)


def _fraction(element: etree._Element) -> str:
    top, below = _operand(_part(element, "num")), _operand(_part(element, "den"))
    return f"{top}{'' if _setting(element, 'type', 'bar') == 'noBar' else '/'}{below}"


def _radical(element: etree._Element) -> str:
    degree = _part(element, "deg").strip()
    return f"{degree and _operand(degree)}√{_operand(_part(element, 'e'))}"


def _delimiter(element: etree._Element) -> str:
    inside = _setting(element, "sepChr", "|").join(linear(e) for e in element.findall(m("e")))
    return f"{_setting(element, 'begChr', '(')}{inside}{_setting(element, 'endChr', ')')}"


def _sum(element: etree._Element) -> str:
    sign = _setting(element, "chr", "∫")
    low, high = _part(element, "sub").strip(), _part(element, "sup").strip()
    return f"{sign}{f'_{_operand(low)}' if low else ''}{f'^{_operand(high)}' if high else ''} {_part(element, 'e')}"


def _bordered(element: etree._Element) -> str:
    struck = any(_setting(element, f"strike{way}", "0") in ("1", "on", "true") for way in ("H", "V", "BLTR", "TLBR"))
    return f"[struck through: {_part(element, 'e')}]" if struck else _part(element, "e")


def _rows(element: etree._Element) -> str:
    rows = element.findall(m("mr")) or element.findall(m("e"))
    return "; ".join(", ".join(map(linear, r.findall(m("e")))) if r.tag == m("mr") else linear(r) for r in rows)


_WRITERS = {
    "f": _fraction,
    "rad": _radical,
    "d": _delimiter,
    "nary": _sum,
    "sSup": lambda e: f"{_operand(_part(e, 'e'))}^{_operand(_part(e, 'sup'))}",
    "sSub": lambda e: f"{_operand(_part(e, 'e'))}_{_operand(_part(e, 'sub'))}",
    "sSubSup": lambda e: f"{_operand(_part(e, 'e'))}_{_operand(_part(e, 'sub'))}^{_operand(_part(e, 'sup'))}",
    "sPre": lambda e: f"_{_operand(_part(e, 'sub'))}^{_operand(_part(e, 'sup'))}{_operand(_part(e, 'e'))}",
    "func": lambda e: f"{_part(e, 'fName')}{_operand(_part(e, 'e'))}",
    "limLow": lambda e: f"{_part(e, 'e')}_{_operand(_part(e, 'lim'))}",
    "limUpp": lambda e: f"{_part(e, 'e')}^{_operand(_part(e, 'lim'))}",
    "borderBox": _bordered,
    "bar": lambda e: f"{_part(e, 'e')}{chr(0x305) if _setting(e, 'pos', 'bot') == 'top' else chr(0x332)}",
    "acc": lambda e: f"{_part(e, 'e')}{_setting(e, 'chr', chr(0x302))}",
    "groupChr": lambda e: f"{_part(e, 'e')}{_setting(e, 'chr', chr(0x23DF))}",
    "m": _rows,
    "eqArr": _rows,
}
