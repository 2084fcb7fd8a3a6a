"""The annex's lists added to an agreement's under free ids, so that each counts by itself."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from ...ooxml.namespaces import w
from .names import free_codes, free_numbers

_NSID, _TMPL = 0x0CC00001, 0x0CC10001


def import_lists(host: etree._Element, annex: etree._Element) -> tuple[dict[str, str], list[etree._Element]]:
    """Add the annex's lists to `host`; return its list ids by the old ones, and the levels whose styles are to be renamed."""
    kinds = free_numbers(
        (a.get(w("abstractNumId"), "") for a in annex.findall(w("abstractNum"))),
        (a.get(w("abstractNumId"), "") for a in host.iter(w("abstractNum"))),
    )
    ids = free_numbers(
        (n.get(w("numId"), "") for n in annex.findall(w("num"))), (n.get(w("numId"), "") for n in host.iter(w("num")))
    )
    added = [deepcopy(a) for a in annex.findall(w("abstractNum"))]
    for tag, first in (("nsid", _NSID), ("tmpl", _TMPL)):
        found = [e for a in added for e in a.iter(w(tag))]
        codes = free_codes(len(found), first, (e.get(w("val"), "") for e in host.iter(w(tag))))
        for element, code in zip(found, codes):
            element.set(w("val"), code)
    before = [n for n, child in enumerate(host) if child.tag in (w("numPicBullet"), w("abstractNum"))]
    place = before[-1] + 1 if before else 0
    for offset, kind in enumerate(added):
        kind.set(w("abstractNumId"), kinds[kind.get(w("abstractNumId"), "")])
        host.insert(place + offset, kind)
    last = [n for n, child in enumerate(host) if child.tag in (w("abstractNum"), w("num"))]
    place = last[-1] + 1 if last else 0
    for offset, number in enumerate(map(deepcopy, annex.findall(w("num")))):
        number.set(w("numId"), ids[number.get(w("numId"), "")])
        kind = number.find(w("abstractNumId"))
        assert kind is not None
        kind.set(w("val"), kinds.get(kind.get(w("val"), ""), "0"))
        host.insert(place + offset, number)
    return ids, [level for kind in added for level in kind.iter(w("pStyle"))]
