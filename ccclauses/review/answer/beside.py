"""Words outside the body put back by tracked changes: in headers, footers, notes and boxes."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from ...model.findings.review import Finding
from ...ooxml.namespaces import MC, R, w
from ...redline.text.marks import Marker
from .blocks import inserted_paragraph
from .edits import Fields, delete_run, rewrite, runs_of, stream
from .marked import Marked, around
from .places import NOTES, Places

_REPEATED = ("header", "footer")


def put_back_beside(finding: Finding, sent: Marked, theirs: Marked, marker: Marker, places: Places) -> bool:
    """Track what undoes a finding in a header, footer, note or box; False where its place in the file is not known."""
    if finding.kind == "deleted" and finding.what in _REPEATED:
        return _put_back_line(finding, sent, theirs, marker)
    was = [e for story, text, e in sent.stories if (story, text) == (finding.what, finding.before)]
    if finding.kind == "deleted":
        return bool(was) and _put_back_whole(finding.what, was[0], sent, theirs, marker, places)
    if finding.kind not in ("reworded", "new"):
        return False
    now = [e for story, text, e in theirs.stories if (story, text) == (finding.what, finding.after)]
    if not now or (finding.kind == "reworded" and not was):
        return False
    for paragraph in [twin for one in now for twin in _with_twin(one)]:
        box = around(paragraph, "txbxContent") if finding.kind == "new" else None
        holder = around(box, "r") if box is not None else None
        if holder is not None and _words(box) == _words(paragraph):
            if holder in runs_of(next(holder.iterancestors(w("p")))):  # its twin took it along
                delete_run(holder, marker)
            continue
        fields = Fields()
        rewrite([paragraph], stream(was[:1], fields) if finding.kind == "reworded" else [], fields, marker)
        sign = places.sign(theirs, paragraph, finding.what) if finding.kind == "new" else None
        run = sign.getparent() if sign is not None else None
        if run is not None and run in runs_of(next(run.iterancestors(w("p")))):
            delete_run(run, marker)
    return True


def _with_twin(paragraph: etree._Element) -> list[etree._Element]:
    """A paragraph of a box with the same one for programs that know boxes of an earlier kind only."""
    choice = next(paragraph.iterancestors(f"{{{MC}}}Choice"), None)
    fallback = choice.getparent().find(f"{{{MC}}}Fallback") if choice is not None else None
    if choice is None or fallback is None:
        return [paragraph]
    own, others = ([p for p in side.iter(w("p"))] for side in (choice, fallback))
    twin = others[own.index(paragraph)] if len(own) == len(others) else None
    return [paragraph] if twin is None or _words(twin) != _words(paragraph) else [paragraph, twin]


def _words(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(w("t")))


def _put_back_whole(
    story: str, line: etree._Element, sent: Marked, theirs: Marked, marker: Marker, places: Places
) -> bool:
    """Put back a note with its sign, or a box, at the end of the paragraph that represents its own."""
    held = places.sign(sent, line, story) if story in NOTES else around(line, "txbxContent")
    run = around(held, "r") if held is not None else None
    if run is None or any(str(k).startswith(f"{{{R}}}") for e in run.iter() for k in e.attrib):
        return False
    again = places.copies_of(run)  # where its paragraph was put back, it came along
    copy = deepcopy(run)
    signs = [s for p in again or [copy] for s in p.iter(w(NOTES[story]))] if story in NOTES else []
    if story in NOTES and not _has_note(next(line.iterancestors(w(story))), signs, theirs):
        return False
    if again:
        return True
    place = places.here(sent, run)
    if place is None:
        return False
    for mark in list(copy.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        mark.getparent().remove(mark)
    mark = marker.element("ins")
    mark.append(copy)
    place.append(mark)
    return True


def _has_note(note: etree._Element, signs: Sequence[etree._Element], theirs: Marked) -> bool:
    """Let the signs that led to a note of the sent file lead to the same words, put back where the file lost them."""
    part = next((root for root in theirs.trees.values() if root.tag == note.getparent().tag), None)
    if part is None:
        return False
    known = {n.get(w("id")): n for n in part.iter(note.tag)}
    there = known.get(note.get(w("id")))
    if there is None or "".join(there.itertext()) != "".join(note.itertext()):
        id_ = str(max((int(i) for i in known if i and i.lstrip("-").isdigit()), default=0) + 1)
        for sign in signs:
            if sign.get(w("id")) == note.get(w("id")):
                sign.set(w("id"), id_)
        part.append(deepcopy(note))
        part[-1].set(w("id"), id_)
    return True


def _put_back_line(finding: Finding, sent: Marked, theirs: Marked, marker: Marker) -> bool:
    """Put back a line of a header or footer where the file still has that part; False where it is in a table there."""
    places = []
    for story, text, line in sent.stories:
        if (story, text) == (finding.what, finding.before):
            part = next(name for name, root in sent.trees.items() if root is line.getroottree().getroot())
            root = theirs.trees.get(part)
            if root is None or root.tag != sent.trees[part].tag or line.getparent() is not sent.trees[part]:
                return False
            places.append((line, root))
    for line, root in places:
        index = line.getparent().index(line)
        same = root[index] if len(root) == len(line.getparent()) else None
        fields = Fields()
        if same is not None and same.tag == w("p") and not stream([same], fields):
            rewrite([same], stream([line], fields), fields, marker)
        else:
            root.insert(index, inserted_paragraph(line, marker, {}))
    return bool(places)
