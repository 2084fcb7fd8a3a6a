"""Words outside the body put back by tracked changes: in headers, footers, notes and boxes."""

from __future__ import annotations

from lxml import etree

from ..model.review import Finding
from ..ooxml.namespaces import w
from ..redline.marks import Marker
from .blocks import inserted_paragraph
from .edits import Fields, delete_run, rewrite, runs_of, stream
from .marked import Marked

_REPEATED = ("header", "footer")
_NOTES = {"footnote": "footnoteReference", "endnote": "endnoteReference"}


def put_back_beside(finding: Finding, sent: Marked, theirs: Marked, marker: Marker) -> bool:
    """Track what undoes a finding in a header, footer, note or box; False where its paragraph is not known or is gone."""
    if finding.kind == "deleted" and finding.what in _REPEATED:
        return _put_back_line(finding, sent, theirs, marker)
    if finding.kind not in ("reworded", "new"):
        return False
    now = [e for story, text, e in theirs.stories if (story, text) == (finding.what, finding.after)]
    was = [e for story, text, e in sent.stories if (story, text) == (finding.what, finding.before)]
    if not now or (finding.kind == "reworded" and not was):
        return False
    for paragraph in now:
        fields = Fields()
        rewrite([paragraph], stream(was[:1], fields) if finding.kind == "reworded" else [], fields, marker)
        if finding.kind == "new":
            _without_reference(paragraph, finding.what, theirs, marker)
    return True


def _put_back_line(finding: Finding, sent: Marked, theirs: Marked, marker: Marker) -> bool:
    """Put back a line of a header or footer where the file still has that part; False where it stands in a table there."""
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


def _without_reference(paragraph: etree._Element, story: str, theirs: Marked, marker: Marker) -> None:
    """Track the deletion of the sign that leads to a note."""
    note = next(paragraph.iterancestors(w(story)), None) if story in _NOTES else None
    if note is None:
        return
    for sign in list(theirs.root.iter(w(_NOTES[story]))):
        run = sign.getparent()
        if sign.get(w("id")) == note.get(w("id")) and run in runs_of(next(run.iterancestors(w("p")))):
            delete_run(run, marker)
