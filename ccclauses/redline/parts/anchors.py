"""Bookmarks and comments of both sides: what AFTER has stays, what only BEFORE has is carried over under new ids."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from ...ooxml.namespaces import w
from ...ooxml.output import Output
from ...ooxml.package.package import Package
from ..carrier import Carrier, with_namespaces

COMMENT_ANCHORS = (w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))


def keep_own_bookmarks(before: etree._Element, after: etree._Element) -> None:
    """Leave in BEFORE only the bookmarks that AFTER lacks, under ids that AFTER does not use."""
    names = {mark.get(w("name"), "").lower() for mark in after.iter(w("bookmarkStart"))}
    ids = [
        int(mark.get(w("id")))
        for root in (before, after)
        for mark in root.iter(w("bookmarkStart"), w("bookmarkEnd"))
        if mark.get(w("id"), "").isdigit()
    ]
    last = max(ids, default=0)
    kept: dict[str, str] = {}
    for mark in list(before.iter(w("bookmarkStart"), w("bookmarkEnd"), w("permStart"), w("permEnd"))):
        id_ = mark.get(w("id"), "")
        if mark.tag == w("bookmarkStart") and mark.get(w("name"), "").lower() not in names and id_ not in kept:
            last += 1
            kept[id_] = str(last)
        if mark.tag not in (w("bookmarkStart"), w("bookmarkEnd")) or id_ not in kept:
            mark.getparent().remove(mark)
        else:
            mark.set(w("id"), kept[id_])


def merge_comments(output: Output, before: Package, after: Package, root: etree._Element, remarks: list[str]) -> None:
    """Carry over the comments that only BEFORE has; `root` is BEFORE's main tree, whose anchors get the new ids."""
    source = before.related("comments")
    theirs = [] if source is None else before.xml(source).findall(w("comment"))
    part = output.related("comments")
    known = set() if part is None else {_said(comment) for comment in after.xml(part).findall(w("comment"))}
    own = [comment for comment in theirs if _said(comment) not in known]
    new_ids: dict[str, str] = {}
    if source is not None and own:
        part, target = _comments_part(output, before, source, part)
        used = [int(c.get(w("id"))) for c in target.iter(w("comment")) if c.get(w("id"), "").isdigit()]
        carrier = Carrier(output, before, source, part)
        for number, comment in enumerate(own, max(used, default=-1) + 1):
            new_ids[comment.get(w("id"), "")] = str(number)
            copy = carrier.carry(comment)
            copy.set(w("id"), str(number))
            target.append(copy)
        counted = (
            "A comment that only the earlier file has is"
            if len(own) == 1
            else f"{len(own)} comments that only the earlier file has are"
        )
        remarks.append(f"{counted} kept next to the later file's.")
    for anchor in list(root.iter(*COMMENT_ANCHORS)):
        if anchor.get(w("id"), "") in new_ids:
            anchor.set(w("id"), new_ids[anchor.get(w("id"))])
        else:
            anchor.getparent().remove(anchor)


def _comments_part(output: Output, before: Package, source: str, part: str | None) -> tuple[str, etree._Element]:
    """Return the comments of the redline, an empty list of them when AFTER has none."""
    theirs = before.xml(source)
    if part is None:
        for comment in theirs.findall(w("comment")):
            theirs.remove(comment)
        part = output.add_part(source, b"", before.content_type(source))
        row = next(r for r in before.relationships(before.main_part) if r.kind == "comments" and not r.external)
        output.relate(output.main_part, row.type, part)
        root = deepcopy(theirs)
    else:
        root = with_namespaces(output.tree(part), theirs)
    output.put_tree(part, root)
    return part, root


def _said(comment: etree._Element) -> tuple[str, str]:
    return comment.get(w("author"), ""), "".join(t.text or "" for t in comment.iter(w("t")))
