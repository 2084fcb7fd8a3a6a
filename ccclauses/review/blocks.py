"""Paragraphs and rows that come or go as a whole, tracked in place: what others tracked in them stays."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from ..ooxml.namespaces import make, w
from ..redline.marks import Marker
from .edits import delete_run, mark_paragraph, runs_of


def delete_paragraph(paragraph: etree._Element, marker: Marker) -> None:
    """Track the deletion of a paragraph with its mark."""
    for run in list(runs_of(paragraph)):
        delete_run(run, marker)
    mark_paragraph(paragraph, "del", marker)


def inserted_paragraph(source: etree._Element, marker: Marker, bookmarks: Mapping[str, etree._Element]) -> etree._Element:
    """A copy of a paragraph as a tracked insertion; `bookmarks` are those that the file has, by name.

    Of a bookmark that stands in a paragraph whose deletion is tracked, the start moves to the copy: whichever of the two
    stays in the end, references find it.
    """
    copy = deepcopy(source)
    ids: dict[str, str] = {}
    moved = []
    for mark in list(copy.iter(w("bookmarkStart"))):
        known = bookmarks.get(mark.get(w("name"), ""))
        if known is None:
            ids[mark.get(w("id"), "")] = marker.number()
        elif _is_deleted(known):
            moved.append(known)
    for mark in list(copy.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        id_ = mark.get(w("id"), "")
        if id_ in ids:
            mark.set(w("id"), ids[id_])
        else:
            mark.getparent().remove(mark)
    place = 0 if copy.find(w("pPr")) is None else 1
    copy[place:place] = moved
    for section in copy.findall(f"{w('pPr')}/{w('sectPr')}"):
        section.getparent().remove(section)
    for run in list(runs_of(copy)):
        mark = marker.element("ins")
        run.addprevious(mark)
        mark.append(run)
    mark_paragraph(copy, "ins", marker)
    return copy


def _is_deleted(bookmark: etree._Element) -> bool:
    """Whether the paragraph around a bookmark is deleted with its mark."""
    paragraph = next(bookmark.iterancestors(w("p")), None)
    return paragraph is not None and paragraph.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is not None


def inserted_row(source: etree._Element, marker: Marker, bookmarks: Mapping[str, etree._Element]) -> etree._Element:
    """A copy of a table row as a tracked insertion."""
    copy = deepcopy(source)
    for paragraph in list(copy.iter(w("p"))):
        paragraph.getparent().replace(paragraph, inserted_paragraph(paragraph, marker, bookmarks))
    mark_row(copy, "ins", marker)
    return copy


def delete_row(row: etree._Element, marker: Marker) -> None:
    """Track the deletion of a table row."""
    for paragraph in row.iter(w("p")):
        for run in list(runs_of(paragraph)):
            delete_run(run, marker)
    mark_row(row, "del", marker)


def mark_row(row: etree._Element, kind: str, marker: Marker) -> None:
    """Say that a row is new or gone; its properties are made where it has none."""
    properties = row.find(w("trPr"))
    if properties is None:
        properties = make("trPr")
        exceptions = row.find(w("tblPrEx"))
        row.insert(0 if exceptions is None else 1, properties)
    change = properties.find(w("trPrChange"))
    element = marker.element(kind)
    if change is not None:
        change.addprevious(element)
    else:
        properties.append(element)
