"""What an element shows, where that is not simply the text in it."""

from __future__ import annotations

from lxml import etree

from ..namespaces import XML_SPACE, w

_ON = ("1", "true", "on")
_WHITE = " \t\r\n"


def text_of(element: etree._Element) -> str:
    """Return the text of w:t; without xml:space="preserve" the outer white space is not content."""
    text = element.text or ""
    if text and (text[0] in _WHITE or text[-1] in _WHITE):
        holder = next((e for e in (element, *element.iterancestors()) if e.get(XML_SPACE) is not None), None)
        if holder is None or holder.get(XML_SPACE) != "preserve":
            return text.strip(_WHITE)
    return text


def form_choice(begin: etree._Element) -> str:
    """What a form field of old shows by its settings: the chosen entry, or a box (17.16.7, 17.16.9); empty for any other."""
    choices, box = begin.find(f"{w('ffData')}/{w('ddList')}"), begin.find(f"{w('ffData')}/{w('checkBox')}")
    if choices is not None:
        entries = [e.get(w("val"), "") for e in choices.findall(w("listEntry"))]
        chosen = _setting(choices, "result") or _setting(choices, "default") or "0"
        return entries[int(chosen)] if chosen.isdecimal() and int(chosen) < len(entries) else ""
    if box is not None:
        return "\u2612" if (_setting(box, "checked") or _setting(box, "default") or "0") in _ON else "\u2610"
    return ""


def _setting(form: etree._Element, name: str) -> str:
    """The value of a setting; one that is there without a value is on."""
    element = form.find(w(name))
    return "" if element is None else element.get(w("val"), "1")
