"""Paragraphs and rows that come or go as a whole, tracked in place: what others tracked in them stays."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from ...ooxml.namespaces import make, w
from ...redline.text.marks import Marker, mark_paragraph
from .edits import delete_run, is_deleted, runs_of


def delete_paragraph(paragraph: etree._Element, marker: Marker) -> None:
    """Track the deletion of a paragraph with its mark."""
    for run in list(runs_of(paragraph)):
        delete_run(run, marker)
    mark_paragraph(paragraph, "del", marker)


def inserted_paragraph(
    source: etree._Element, marker: Marker, bookmarks: Mapping[str, etree._Element]
) -> etree._Element:
    """A copy of a paragraph as a tracked insertion; `bookmarks` are those that the file has, by name.

    Of a bookmark that is in a paragraph whose deletion is tracked, the start moves to the copy: whichever of both
    stays in the end, references find it. See `settle_bookmarks` for what is then not next to the copy.
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


def carry_bookmarks(
    source: etree._Element, target: etree._Element, marker: Marker, bookmarks: dict[str, etree._Element]
) -> None:
    """Put the bookmarks of a paragraph that the file lost at the start of the one that represents it."""
    place = 0 if target.find(w("pPr")) is None else 1
    for mark in source.iter(w("bookmarkStart")):
        name = mark.get(w("name"), "")
        if name and name not in bookmarks:
            start, end, id_ = make("bookmarkStart"), make("bookmarkEnd"), marker.number()
            start.set(w("id"), id_)
            end.set(w("id"), id_)
            start.set(w("name"), name)
            target[place:place] = [start, end]
            bookmarks[name] = start


def settle_bookmarks(copy: etree._Element) -> None:
    """Bring the end of a bookmark after its start where anything that stays would are between the two.

    `copy` is the paragraph that the start was moved to, now in its place; references count from where the start is.
    """
    for start in list(copy.iter(w("bookmarkStart"))):
        id_ = start.get(w("id"))
        end = next((e for e in copy.getroottree().iter(w("bookmarkEnd")) if e.get(w("id")) == id_), None)
        if end is None or any(a is copy for a in end.iterancestors()):
            continue
        after = copy.getnext()
        while after is not None and after is not next(end.iterancestors(w("p")), None) and is_deleted(after):
            after = after.getnext()
        if after is None or not any(a is after for a in end.iterancestors()):
            start.addnext(end)


def _is_deleted(bookmark: etree._Element) -> bool:
    """Whether the paragraph around a bookmark is deleted with its mark."""
    paragraph = next(bookmark.iterancestors(w("p")), None)
    return paragraph is not None and is_deleted(paragraph)


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
    """Say that a row is new or gone, unless it says so already; its properties are made where it has none."""
    properties = row.find(w("trPr"))
    if properties is None:
        properties = make("trPr")
        exceptions = row.find(w("tblPrEx"))
        row.insert(0 if exceptions is None else 1, properties)
    if properties.find(w(kind)) is not None:
        return
    change = properties.find(w("trPrChange"))
    element = marker.element(kind)
    if change is not None:
        change.addprevious(element)
    else:
        properties.append(element)
