"""Redlines tables by row and then by cell, always in order; whole tables come and go row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy

from lxml import etree

from ...compare.align import Link, align
from ...ooxml.namespaces import make, w
from ..text.blocks import plain_text
from ..text.scope import Scope
from .properties import canonical, copied, insert_ordered, track

Descend = Callable[[Scope, etree._Element, etree._Element], list[etree._Element]]
HELD_BY = frozenset({w("sdt"), w("sdtContent"), w("customXml")})
_TCPR = (
    "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
    "headers cellIns cellDel cellMerge tcPrChange"
).split()
TCPR_ORDER = {name: at for at, name in enumerate(_TCPR)}


def redline_table(scope: Scope, before: etree._Element, after: etree._Element, descend: Descend) -> etree._Element:
    """Return the table that two tables become."""
    made = deepcopy(after)
    rows_b, rows_a = list(_through(before, w("tr"))), list(_through(after, w("tr")))
    places = list(_through(made, w("tr")))
    columns = _columns(rows_b, rows_a)
    links = align([plain_text(row) for row in rows_b], [plain_text(row) for row in rows_a], split=False, least=0.2)
    last: etree._Element | None = None
    pending: list[etree._Element] = []
    for link in _paired(links):
        old = rows_b[link.a0] if link.a1 > link.a0 else None
        if link.b1 == link.b0:
            pending.append(_marked_row(scope, old, "delete", descend))
            continue
        new, place = rows_a[link.b0], places[link.b0]
        written = _marked_row(scope, new, "insert", descend) if old is None else _row(scope, old, new, columns, descend)
        for gone in pending:
            place.addprevious(gone)
        pending = []
        place.getparent().replace(place, written)
        last = written
    for gone in pending:
        last.addnext(gone) if last is not None else made.append(gone)
        last = gone
    _table_properties(scope, made, before, after)
    return made


def delete_table(scope: Scope, table: etree._Element, descend: Descend) -> etree._Element:
    """Return a table of BEFORE with every row deleted."""
    return _whole(scope, scope.carrier.carry(table), table, "delete", descend)


def insert_table(scope: Scope, table: etree._Element, descend: Descend) -> etree._Element:
    """Return a table of AFTER with every row inserted."""
    return _whole(scope, deepcopy(table), table, "insert", descend)


def _whole(scope: Scope, made: etree._Element, table: etree._Element, status: str, descend: Descend) -> etree._Element:
    for place, row in zip(list(_through(made, w("tr"))), list(_through(table, w("tr")))):
        place.getparent().replace(place, _marked_row(scope, row, status, descend))
    return made


def _through(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield rows or cells, those held by content controls too."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in HELD_BY:
            yield from _through(child, tag)


def _paired(links: Sequence[Link]) -> Iterator[Link]:
    """Yield links, pairing what is left over in equal number on both sides of one gap: rows rewritten in place."""
    gap: list[Link] = []
    for link in [*links, None]:
        if link is not None and not link.matched:
            gap.append(link)
            continue
        gone = [lone for lone in gap if lone.a1 > lone.a0]
        come = [lone for lone in gap if lone.b1 > lone.b0]
        if len(gone) == len(come):
            yield from (Link(x.a0, x.a1, y.b0, y.b1) for x, y in zip(gone, come))
        else:
            yield from gone
            yield from come
        gap = []
        if link is not None:
            yield link


# --------------------------------------------------------------------- rows


def _marked_row(scope: Scope, row: etree._Element, status: str, descend: Descend) -> etree._Element:
    """Return a row that comes or goes, with its content marked alike."""
    made = scope.carrier.carry(row) if status == "delete" else deepcopy(row)
    for place, cell in zip(list(_through(made, w("tc"))), list(_through(row, w("tc")))):
        _fill(scope, place, cell, status, descend)
    properties = made.find(w("trPr"))
    if properties is None:
        properties = make("trPr")
        made.insert(1 if len(made) and made[0].tag == w("tblPrEx") else 0, properties)
    properties.append(scope.marker.element("ins" if status == "insert" else "del"))
    return made


def _fill(scope: Scope, place: etree._Element, cell: etree._Element, status: str, descend: Descend) -> None:
    """Write a whole cell's content as inserted or deleted."""
    nothing = make("tc")
    content = descend(scope, cell, nothing) if status == "delete" else descend(scope, nothing, cell)
    place[:] = [child for child in place if child.tag == w("tcPr")] + content


def _row(
    scope: Scope, before: etree._Element, after: etree._Element, columns: list[Link] | None, descend: Descend
) -> etree._Element:
    made = deepcopy(after)
    cells_b, cells_a = list(_through(before, w("tc"))), list(_through(after, w("tc")))
    places = list(_through(made, w("tc")))
    pending: list[etree._Element] = []
    last: etree._Element | None = None
    for link in columns if columns is not None else _cell_links(cells_b, cells_a):
        old = cells_b[link.a0] if link.a1 > link.a0 else None
        if link.b1 == link.b0:
            pending.append(_marked_cell(scope, scope.carrier.carry(old), old, "delete", descend))
            continue
        new, place = cells_a[link.b0], places[link.b0]
        for gone in pending:
            place.addprevious(gone)
        pending = []
        if old is None:
            _marked_cell(scope, place, new, "insert", descend)
        else:
            place[:] = [child for child in place if child.tag == w("tcPr")] + descend(scope, old, new)
            _track_child(scope, place, "tcPr", old.find(w("tcPr")), new.find(w("tcPr")))
        last = place
    for gone in pending:
        last.addnext(gone) if last is not None else made.append(gone)
        last = gone
    _row_properties(scope, made, before, after)
    return made


def _columns(rows_b: Sequence[etree._Element], rows_a: Sequence[etree._Element]) -> list[Link] | None:
    """Return how whole columns answer to each other, when both tables are plain grids."""
    grid_b, grid_a = ([list(_through(row, w("tc"))) for row in rows] for rows in (rows_b, rows_a))
    if not grid_b or not grid_a or len(set(map(len, grid_b))) != 1 or len(set(map(len, grid_a))) != 1:
        return None
    if len(grid_b[0]) == len(grid_a[0]):
        return [Link(at, at + 1, at, at + 1) for at in range(len(grid_b[0]))]
    texts_b, texts_a = (["\n".join(map(plain_text, column)) for column in zip(*grid)] for grid in (grid_b, grid_a))
    return align(texts_b, texts_a, split=False)


def _cell_links(cells_b: Sequence[etree._Element], cells_a: Sequence[etree._Element]) -> list[Link]:
    if len(cells_b) == len(cells_a):
        return [Link(at, at + 1, at, at + 1) for at in range(len(cells_b))]
    return align([plain_text(cell) for cell in cells_b], [plain_text(cell) for cell in cells_a], split=False)


def _marked_cell(
    scope: Scope, place: etree._Element, cell: etree._Element, status: str, descend: Descend
) -> etree._Element:
    """Make `place` a cell that comes or goes, with its content marked alike."""
    _fill(scope, place, cell, status, descend)
    properties = place.find(w("tcPr"))
    if properties is None:
        properties = make("tcPr")
        place.insert(0, properties)
    insert_ordered(properties, scope.marker.element("cellIns" if status == "insert" else "cellDel"), TCPR_ORDER)
    return place


# --------------------------------------------------------------- properties


def _table_properties(scope: Scope, made: etree._Element, before: etree._Element, after: etree._Element) -> None:
    if not scope.options.formatting:
        return
    _track_child(scope, made, "tblPr", before.find(w("tblPr")), after.find(w("tblPr")))
    grid, old = made.find(w("tblGrid")), before.find(w("tblGrid"))
    if grid is not None and old is not None and canonical(grid) != canonical(old):
        track(scope.marker, "tblGridChange", grid, old)


def _row_properties(scope: Scope, made: etree._Element, before: etree._Element, after: etree._Element) -> None:
    _track_child(scope, made, "trPr", before.find(w("trPr")), after.find(w("trPr")))
    if made.find(w("tblPrEx")) is not None:
        _track_child(scope, made, "tblPrEx", before.find(w("tblPrEx")), after.find(w("tblPrEx")))


def _track_child(
    scope: Scope, owner: etree._Element, name: str, old: etree._Element | None, new: etree._Element | None
) -> None:
    """Record in the owner's properties `name` how BEFORE's were."""
    if not scope.options.formatting or canonical(old) == canonical(new):
        return
    properties = owner.find(w(name))
    if properties is None:
        properties = copied(None, name)
        owner.insert(1 if name == "trPr" and len(owner) and owner[0].tag == w("tblPrEx") else 0, properties)
    track(scope.marker, name + "Change", properties, old)
