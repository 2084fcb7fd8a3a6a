"""Edits of tables: cells, rows and columns; silent, and tracked as Word does."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from ccclauses.ooxml.namespaces import make, w

from .draft import Draft, Expected, NotHere, set_text, text_of, track_runs, tracked


def _rows(table: etree._Element) -> list[etree._Element]:
    return table.findall(w("tr"))


def _cells(row: etree._Element) -> list[etree._Element]:
    return row.findall(w("tc"))


def _cell(draft: Draft) -> tuple[str, etree._Element]:
    """The words of a cell that stand beside no field."""
    section, table = draft.table(rows=2, columns=2)
    found = [
        p
        for row in _rows(table)[1:]
        for cell in _cells(row)
        for p in cell.iter(w("p"))
        if len(list(p.iter(w("r")))) == 1 and len(text_of(p)) > 2
    ]
    if not found:
        raise NotHere
    return section, draft.random.choice(found)


def edit_cell(draft: Draft) -> list[Expected]:
    section, words = _cell(draft)
    set_text(words, "as the Provider sees fit")
    return [("silent", "reworded", section)]


def edit_cell_tracked(draft: Draft) -> list[Expected]:
    section, words = _cell(draft)
    run = next(words.iter(w("r")))
    copy = deepcopy(run)
    set_text(copy, "as the Provider sees fit")
    track_runs(words, "del")
    mark = tracked("ins")
    mark.append(copy)
    words.append(mark)
    return [("tracked", "reworded", section)]


def empty_cell(draft: Draft) -> list[Expected]:
    section, words = _cell(draft)
    set_text(words, "")
    return [("silent", "reworded", section)]


def delete_row(draft: Draft) -> list[Expected]:
    section, table = draft.table()
    row = draft.random.choice(_rows(table)[1:])
    table.remove(row)
    return [("silent", "deleted", section)]


def delete_row_tracked(draft: Draft) -> list[Expected]:
    section, table = draft.table()
    row = draft.random.choice(_rows(table)[1:])
    track_runs(row, "del")
    _mark_row(row, "del")
    return [("tracked", "deleted", section)]


def _mark_row(row: etree._Element, kind: str) -> None:
    properties = row.find(w("trPr"))
    if properties is None:
        properties = make("trPr")
        row.insert(0, properties)
    properties.append(tracked(kind))


def _new_row(draft: Draft) -> tuple[str, etree._Element]:
    section, table = draft.table()
    row = draft.random.choice(_rows(table)[1:])
    copy = deepcopy(row)
    for mark in list(copy.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        mark.getparent().remove(mark)
    for cell, words in zip(_cells(copy), ("Goodwill", "at the Provider's choice", "none", "never", "none", "none")):
        paragraph = next(cell.iter(w("p")))
        for other in list(cell.iter(w("p")))[1:]:
            cell.remove(other)
        for child in list(paragraph):
            if child.tag != w("pPr"):
                paragraph.remove(child)
        run = etree.SubElement(paragraph, w("r"))
        etree.SubElement(run, w("t")).text = words
    row.addnext(copy)
    return section, copy


def add_row(draft: Draft) -> list[Expected]:
    section, _ = _new_row(draft)
    return [("silent", "new", section)]


def add_row_tracked(draft: Draft) -> list[Expected]:
    section, row = _new_row(draft)
    track_runs(row, "ins")
    _mark_row(row, "ins")
    return [("tracked", "new", section)]


def move_row(draft: Draft) -> list[Expected]:
    section, table = draft.table(rows=4)
    rows = _rows(table)[1:]
    row = draft.random.choice(rows[:-2])
    rows[-1].addnext(row)
    return [("silent", "moved", section)]


def drop_column(draft: Draft) -> list[Expected]:
    section, table = draft.table(columns=3)
    place = draft.random.randrange(len(_cells(_rows(table)[0])))
    for row in _rows(table):
        row.remove(_cells(row)[place])
    grid = table.find(w("tblGrid"))
    grid.remove(grid[place])
    return [("silent", "deleted", section)]


def drop_column_tracked(draft: Draft) -> list[Expected]:
    section, table = draft.table(columns=3)
    place = draft.random.randrange(len(_cells(_rows(table)[0])))
    for row in _rows(table):
        _mark_cell(_cells(row)[place], "cellDel", "del")
    return [("tracked", "deleted", section)]


def _mark_cell(cell: etree._Element, kind: str, runs: str) -> None:
    track_runs(cell, runs)
    properties = cell.find(w("tcPr"))
    if properties is None:
        properties = make("tcPr")
        cell.insert(0, properties)
    properties.append(tracked(kind))


def _with_column(draft: Draft) -> tuple[str, list[etree._Element]]:
    section, table = draft.table()
    made = []
    for number, row in enumerate(_rows(table)):
        cell = deepcopy(_cells(row)[-1])
        for paragraph in list(cell.iter(w("p")))[1:]:
            cell.remove(paragraph)
        paragraph = next(cell.iter(w("p")))
        for child in list(paragraph):
            if child.tag != w("pPr"):
                paragraph.remove(child)
        run = etree.SubElement(paragraph, w("r"))
        etree.SubElement(run, w("t")).text = f"waived {number}" if number else "Remark"
        _cells(row)[-1].addnext(cell)
        made.append(cell)
    table.find(w("tblGrid")).append(deepcopy(table.find(w("tblGrid"))[-1]))
    return section, made


def add_column(draft: Draft) -> list[Expected]:
    section, _ = _with_column(draft)
    return [("silent", "new", section)]


def add_column_tracked(draft: Draft) -> list[Expected]:
    section, cells = _with_column(draft)
    for cell in cells:
        _mark_cell(cell, "cellIns", "ins")
    return [("tracked", "new", section)]


def swap_columns(draft: Draft) -> list[Expected]:
    section, table = draft.table(columns=2)
    for row in _rows(table):
        _cells(row)[1].addnext(_cells(row)[0])
    return [("silent", "moved", section)]


def merge_cells(draft: Draft) -> list[Expected]:
    """Two cells of a row become one, their paragraphs one after the other."""
    section, table = draft.table(columns=2)
    row = draft.random.choice(_rows(table)[1:])
    one, other = _cells(row)[:2]
    for paragraph in other.findall(w("p")):
        one.append(paragraph)
    row.remove(other)
    span = make("gridSpan")
    span.set(w("val"), "2")
    one.find(w("tcPr")).append(span)
    return [("silent", "merged", section)]


def delete_table(draft: Draft) -> list[Expected]:
    section, table = draft.table(rows=2)
    count = len(_rows(table))
    table.getparent().remove(table)
    return [("silent", "deleted", section)] * min(count, 1)
