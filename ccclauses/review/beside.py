"""Words outside the body put back by tracked changes: in headers, footers, notes and boxes."""

from __future__ import annotations

from lxml import etree

from ..model.review import Finding
from ..ooxml.namespaces import w
from ..redline.marks import Marker
from .edits import Fields, delete_run, rewrite, runs_of, stream
from .marked import Marked

_NOTES = {"footnote": "footnoteReference", "endnote": "endnoteReference"}


def put_back_beside(finding: Finding, sent: Marked, theirs: Marked, marker: Marker) -> bool:
    """Track what undoes a finding in a header, footer, note or box; False where its paragraph is not known or is gone."""
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


def _without_reference(paragraph: etree._Element, story: str, theirs: Marked, marker: Marker) -> None:
    """Track the deletion of the sign that leads to a note."""
    note = next(paragraph.iterancestors(w(story)), None) if story in _NOTES else None
    if note is None:
        return
    for sign in list(theirs.root.iter(w(_NOTES[story]))):
        run = sign.getparent()
        if sign.get(w("id")) == note.get(w("id")) and run in runs_of(next(run.iterancestors(w("p")))):
            delete_run(run, marker)
