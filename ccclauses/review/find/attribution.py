"""Who made a tracked change, and when: found again in the file read with all its changes shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lxml import etree

from ...compare.contents import tidy_text
from ...model.findings.review import Finding
from ...ooxml.package.package import Package
from ...ooxml.revisions import list_revisions
from ...read.word.document import ReadDocument, ReadParagraph, Segment
from ...read.word.docx import Known


class Attribution:
    """The tracked changes of a file that are not `known`, by the paragraph that they are in."""

    def __init__(self, document: ReadDocument, package: Package, known: Known) -> None:
        self.by_text: dict[str, list[Segment]] = {}
        self.all: list[Segment] = []
        for paragraph in (*document.paragraphs(), *document.stories):
            changed = [s for s in paragraph.segments if s.kind != "plain"]
            if not changed:
                continue
            self.all += changed
            for text in (_text(paragraph, "deleted"), _text(paragraph, "inserted")):
                self.by_text.setdefault(text, []).extend(changed)
        self.marks = sorted(
            {(r.author, r.date) for root in _stories(package) for r in list_revisions(root) if r.identity not in known}
        )

    @property
    def authors(self) -> tuple[str, ...]:
        """Everyone who tracked a change."""
        return tuple(dict.fromkeys(author for author, _ in self.marks if author))

    def holds(self, finding: Finding) -> bool:
        """Whether tracked changes alone lead from what was sent to what is there now."""
        texts = [t for text in (finding.before, finding.after) for t in text.split("\n") if t]
        return bool(texts) and all(t in self.by_text for t in texts)

    def attributed(self, finding: Finding) -> Finding:
        """The finding with its authors and dates, as far as the file tells them."""
        changed = [tidy_text(t) for w in finding.words if w.kind != "equal" for t in (w.before, w.after) if t.strip()]
        changed = changed or [tidy_text(t) for t in (finding.before, finding.after) if t]
        near = [s for text in (finding.before, finding.after) for s in self.by_text.get(text, ())]
        made = [s for s in near or self.all if _touches(s, changed)] or near
        authors = tuple(dict.fromkeys(s.author for s in made if s.author))
        if not authors and len(self.authors) == 1:
            authors = self.authors
        dates = tuple(dict.fromkeys(s.date[:10] for s in made if s.date))
        if not dates and authors:
            dates = tuple(dict.fromkeys(d[:10] for a, d in self.marks if a in authors and d))[:1]
        return replace(finding, authors=authors, dates=dates)


def _touches(segment: Segment, changed: Sequence[str]) -> bool:
    text = tidy_text(segment.text)
    return bool(text) and any(text in c or c in text for c in changed)


def _text(paragraph: ReadParagraph, without: str) -> str:
    return tidy_text("".join(s.text for s in paragraph.segments if s.kind != without and not s.hidden))


def _stories(package: Package) -> Iterable[etree._Element]:
    yield package.xml(package.main_part)
    for relationship in package.relationships(package.main_part):
        if relationship.kind in ("header", "footer", "footnotes", "endnotes") and relationship.target in package.parts:
            yield package.xml(relationship.target)
