"""What was sent, as it would be inside the agreement that came back: its styles, its names, its word for schedules.

An answer puts words of the sent annex back into the agreement. They have to bear what the annex bears there.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from ...ooxml.namespaces import w
from ...ooxml.package.package import Package
from ...ooxml.package.record import ANNEX_STYLE, Record
from ...ooxml.style_sheet import StyleSheet
from ...read.cut import call_schedules, rename


def bear_inside(roots: Iterable[etree._Element], sent: Package, agreement: Package, record: Record | None) -> None:
    """Change the trees of the sent annex in place, so that what is copied from them fits into the agreement."""
    styles = _styles(sent, agreement)
    for root in roots:
        for style in root.iter(w("pStyle"), w("rStyle"), w("tblStyle")):
            style.set(w("val"), styles.get(style.get(w("val"), ""), style.get(w("val"), "")))
        if record is None:
            continue
        rename(root, lambda name: record.names.get(name, name))
        if all(record.word):
            call_schedules(root, *record.word)


def _styles(sent: Package, agreement: Package) -> dict[str, str]:
    """For each style of the sent annex the one that it has in the agreement; there its name says that it is the annex's."""
    own, theirs = (StyleSheet(p.xml(part) if (part := p.related("styles")) else None) for p in (sent, agreement))
    ids = {theirs.name(id_).casefold(): id_ for id_ in theirs.styles}
    out = {}
    for id_ in own.styles:
        name = own.name(id_)
        inside = name if name.startswith(ANNEX_STYLE) else ANNEX_STYLE + name
        if (found := ids.get(inside.casefold())) is not None:
            out[id_] = found
    return out
