"""An old part taken out of an agreement: what pointed into it, what reached into it, and its notes and comments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from ...model.words.plurals import counted
from ...ooxml.namespaces import W14, make, w
from ...ooxml.output import Output
from ...ooxml.revisions import list_revisions
from .contents import instructions
from .host import Refused

_POINTS = ("REF", "PAGEREF", "NOTEREF")
_RANGES = ("bookmark", "commentRange", "perm", "moveFromRange", "moveToRange")
_NOTES = (("footnoteReference", "footnotes", "footnote"), ("endnoteReference", "endnotes", "endnote"))
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_CID = "http://schemas.microsoft.com/office/word/2016/wordml/cid"


@dataclass(slots=True, kw_only=True)
class Cleared:
    """What became of what the old part held: bookmarks to be set anew, and lines for the report."""

    moved: list[str] = field(default_factory=list)  # bookmarks that something outside refers to
    told: list[str] = field(default_factory=list)


def pointed_at(root: etree._Element, bare: Iterable[str] = ()) -> set[str]:
    """The bookmarks that fields and links below an element lead to; of those in `bare` also where the name alone is the field."""
    out = {e.get(w("anchor"), "") for e in root.iter(w("hyperlink"))} - {""}
    known = {name.upper(): name for name in bare}
    for name, *words in instructions(root):
        if name in _POINTS and words:
            out.add(words[0])
        elif name == "HYPERLINK" and "\\l" in words[:-1]:
            out.add(words[words.index("\\l") + 1])
        elif name in known:
            out.add(known[name])
    return out


def take_out(output: Output, body: etree._Element, blocks: Sequence[etree._Element], made: Iterable[str]) -> Cleared:
    """Remove blocks that follow each other; `made` are the bookmarks that the new annex brings itself."""
    cleared = Cleared()
    inside = {e for b in blocks for e in b.iter()}
    before = blocks[0].getprevious()
    after = blocks[-1].getnext()
    _refuse_open_field(blocks)
    changes = sum(1 for b in blocks for _ in list_revisions(b))
    if changes:
        cleared.told.append(f"{counted(changes, 'pending change')} went with the text that was there")
    _keep_ranges(body, blocks, inside, before, after, cleared)
    gone = {b.get(w("name"), "") for x in blocks for b in x.iter(w("bookmarkStart"))}
    notes = {kind: {e.get(w("id")) for b in blocks for e in b.iter(w(kind))} for kind, _, _ in _NOTES}
    comments = {e.get(w("id"), "") for b in blocks for e in b.iter(w("commentReference"))}
    sections = [s for b in blocks for s in b.iter(w("sectPr"))]
    for block in blocks:
        body.remove(block)
    used = pointed_at(body, gone)
    for part in output.all_related("header", "footer", "footnotes", "endnotes"):
        used |= pointed_at(output.peek(part), gone)
    cleared.moved = sorted((gone & used) - set(made) - {""})
    _drop_notes(output, body, notes, cleared)
    _drop_comments(output, body, comments, cleared)
    if sections:
        cleared.told.append(f"{counted(len(sections), 'section break')} inside the text that was there went with it")
    return cleared


def _refuse_open_field(blocks: Sequence[etree._Element]) -> None:
    depth = 0
    for block in blocks:
        for mark in block.iter(w("fldChar")):
            kind = mark.get(w("fldCharType"))
            depth += {"begin": 1, "end": -1}.get(kind or "", 0)
            if depth < 0:
                raise Refused(
                    "a field ends inside what is to be replaced and begins before it",
                    hint="name a place around the whole field",
                )
    if depth:
        raise Refused(
            "a field begins inside what is to be replaced and ends after it", hint="name a place around the whole field"
        )


def _keep_ranges(
    body: etree._Element,
    blocks: Sequence[etree._Element],
    inside: set[etree._Element],
    before: etree._Element | None,
    after: etree._Element | None,
    cleared: Cleared,
) -> None:
    """Move to the edge the end of every range that lies inside by one end only, with the reference to its comment."""
    for kind in _RANGES:
        ends = {"Start": {}, "End": {}}  # type: dict[str, dict[str, etree._Element]]
        for side in ends:
            for mark in body.iter(w(kind + side)):
                ends[side].setdefault(mark.get(w("id"), ""), mark)
        for id_, start in ends["Start"].items():
            end = ends["End"].get(id_)
            if end is None or (start in inside) == (end in inside):
                continue
            half, place, first = (start, after, True) if start in inside else (end, before, False)
            moved = [half]
            if kind == "commentRange":
                reference = next(
                    (e for e in body.iter(w("commentReference")) if e.get(w("id")) == id_ and e in inside), None
                )
                if reference is not None:
                    moved.append(reference.getparent())
                cleared.told.append(f"comment {id_}, which reached into the text that was there, now ends at its edge")
            elif kind == "bookmark":
                cleared.told.append(
                    f"the bookmark “{start.get(w('name'), '')}”, which reached into the text that was there, now ends at its edge"
                )
            _put(body, place, moved, first=first)


def _put(body: etree._Element, place: etree._Element | None, moved: Sequence[etree._Element], *, first: bool) -> None:
    """Put marks at the beginning or the end of the words of the block at the edge."""
    target = place
    while target is not None and target.tag != w("p"):
        target = target.getnext() if first else target.getprevious()
    if target is None:
        for mark in moved:
            _detach(mark)
        return
    at = (1 if target.find(w("pPr")) is not None else 0) if first else len(target)
    for offset, mark in enumerate(moved):
        _detach(mark)
        target.insert(at + offset, mark)


def _detach(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _drop_notes(output: Output, body: etree._Element, gone: dict[str, set[str | None]], cleared: Cleared) -> None:
    for reference, part, note in _NOTES:
        name = output.related(part)
        left = gone[reference] - {e.get(w("id")) for e in body.iter(w(reference))}
        if not name or not left:
            continue
        root = output.tree(name)
        for element in root.findall(w(note)):
            if element.get(w("id")) in left:
                root.remove(element)
        cleared.told.append(f"{counted(len(left), note)} went with the text that was there")


def _drop_comments(output: Output, body: etree._Element, gone: set[str], cleared: Cleared) -> None:
    name = output.related("comments")
    gone = gone - {e.get(w("id"), "") for e in body.iter(w("commentReference"))}
    if not name or not gone:
        return
    root = output.tree(name)
    paragraphs: set[str] = set()
    for comment in root.findall(w("comment")):
        if comment.get(w("id")) in gone:
            paragraphs |= {p.get(f"{{{W14}}}paraId", "") for p in comment.iter(w("p"))} - {""}
            cleared.told.append(
                f"the comment of {comment.get(w('author')) or 'an unnamed author'} on the text that was there went with it"
            )
            root.remove(comment)
    for kind, space in (("commentsExtended", _W15), ("commentsIds", _CID)):
        for part in output.all_related(kind):
            tree = output.tree(part)
            for entry in [e for e in tree if e.get(f"{{{space}}}paraId") in paragraphs]:
                tree.remove(entry)


def set_bookmarks(paragraph: etree._Element, names: Sequence[str], first: int) -> None:
    """Put bookmarks around all words of a paragraph; their ids count from `first`."""
    at = 1 if paragraph.find(w("pPr")) is not None else 0
    for offset, name in enumerate(names):
        for kind in ("Start", "End"):
            mark = make(f"bookmark{kind}")
            mark.set(w("id"), str(first + offset))
            if kind == "Start":
                mark.set(w("name"), name)
                paragraph.insert(at + offset, mark)
            else:
                paragraph.append(mark)
