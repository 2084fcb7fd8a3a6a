"""A Word file → `ReadDocument`: its words with changes accepted, rejected or marked, and everything beside them.

Nothing that a file points to is fetched, nothing in it is executed, and what is passed over is said in `notes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from lxml import etree

from ..ooxml.namespaces import W14, w
from ..ooxml.package import Package, PackageError
from ..ooxml.revisions import RANGE_MARKS, REVISIONS, accept_all, accept_known, list_revisions, reject_all
from ..ooxml.style_sheet import StyleSheet
from .document import ReadBlock, ReadComment, ReadDocument, ReadParagraph, ReadRow, View
from .drawn import drawn_words
from .numbering import Numbers
from .walker import Walker

Known = frozenset[tuple[str, ...]]  # identities of tracked changes
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_STORIES = {"header": "header", "footer": "footer", "footnotes": "footnote", "endnotes": "endnote"}
_ASKED = {
    "trackRevisions": "changes are tracked",
    "documentProtection": "editing is restricted",
    "writeProtection": "the file recommends opening it read-only",
    "attachedTemplate": "a template is attached",
    "updateFields": "fields are refreshed on opening",
    "revisionView": "the display of changes is set",
    "removePersonalInformation": "names of authors are removed on saving",
}


def read_docx(package: Package, *, view: View = "accepted", name: str = "", known: Known = frozenset()) -> ReadDocument:
    """Read a Word file in one view; raise `PackageError` for a part that is no sound XML.

    Changes that are `known` count as final in every view.
    """
    styles = StyleSheet(_part(package, "styles"))
    walker = Walker(styles, Numbers(_part(package, "numbering"), styles))
    root = _viewed(package.xml(package.main_part), view, known)
    body = root.find(w("body"))
    if body is None:
        raise PackageError("The main part of the file has no body.")
    blocks: tuple[ReadBlock, ...] = tuple(walker.blocks(body, "body"))
    roots = {
        package.main_part: root,
        **{part: _viewed(package.xml(part), view, known) for part in _story_parts(package)},
    }
    stories = (*_stories(package, walker, roots), *walker.boxes, *drawn_words(package, roots))
    for style in sorted(walker.numbers.unknown):
        walker.notes.append(f"numbers in the format “{style}” are shown in digits")
    if package.has_macros:
        walker.notes.append("the file carries macros, which were neither read nor run")
    return ReadDocument(
        name=name,
        view=view,
        blocks=blocks,
        stories=stories,
        comments=tuple(_comments(package, root)),
        fields=tuple(walker.fields),
        external=tuple(_external(package)),
        settings=tuple(_settings(package)),
        properties=tuple(_properties(package)),
        notes=tuple(dict.fromkeys(walker.notes)),
    )


def read_views(package: Package, *, name: str = "", known: Known = frozenset()) -> dict[View, ReadDocument]:
    """A Word file in every view; it is read once when it holds no tracked change, since they are all the same then."""
    if _is_marked(package):
        return {view: read_docx(package, view=view, name=name, known=known) for view in ("accepted", "rejected", "all")}
    accepted = read_docx(package, name=name)
    return {"accepted": accepted, "rejected": replace(accepted, view="rejected"), "all": replace(accepted, view="all")}


def known_changes(package: Package) -> Known:
    """The identities of the tracked changes of every story."""
    parts = (package.main_part, *_story_parts(package))
    return frozenset(change.identity for part in parts for change in list_revisions(package.xml(part)))


def _is_marked(package: Package) -> bool:
    """Whether a story holds a tracked change, or words that only one holds."""
    roots = (package.xml(part) for part in (package.main_part, *_story_parts(package)))
    return any(
        next(root.iter(*REVISIONS, *RANGE_MARKS, w("delText"), w("delInstrText")), None) is not None for root in roots
    )


def _part(package: Package, kind: str) -> etree._Element | None:
    name = package.related(kind)
    return package.xml(name) if name else None


def _viewed(root: etree._Element, view: View, known: Known) -> etree._Element:
    if known:
        accept_known(root, known)
    return {"accepted": accept_all, "rejected": reject_all}.get(view, lambda r: r)(root)


def _story_parts(package: Package) -> dict[str, str]:
    """The parts that hold headers, footers and notes, each with the kind of its story."""
    related = (r for r in package.relationships(package.main_part) if not r.external and r.target in package.parts)
    return {r.target: _STORIES[r.kind] for r in related if r.kind in _STORIES}


def _stories(package: Package, walker: Walker, roots: Mapping[str, etree._Element]) -> Iterator[ReadParagraph]:
    """Headers and footers as they stand, notes in the order of the references to them."""
    for part, story in _story_parts(package).items():
        if story in ("footnote", "endnote"):
            yield from _notes(walker, roots[part], story)
        else:
            yield from _worded(walker.blocks(roots[part], story))


def _notes(walker: Walker, root: etree._Element, story: str) -> Iterator[ReadParagraph]:
    """The notes that a text refers to, each with the words before its reference; no others are printed."""
    notes = {note.get(w("id"), ""): note for note in root.iter(w(story))}
    referred = walker.references[story]
    for id_ in referred:
        if id_ in notes:
            first, *rest = tuple(_worded(walker.blocks(notes.pop(id_), story))) or (None,)
            if first:
                yield replace(first, about=referred[id_])
                yield from rest  # type: ignore[misc]
    for note in notes.values():
        words = " ".join(p.text.strip() for p in _worded(walker.blocks(note, story)))
        if words:
            article = "an" if story == "endnote" else "a"
            walker.notes.append(f"{article} {story} that nothing refers to, and that is not printed: “{words}”")


def _worded(blocks: Iterable[ReadBlock]) -> Iterator[ReadParagraph]:
    for block in blocks:
        rows = [p for cell in block.cells for p in cell] if isinstance(block, ReadRow) else [block]
        yield from (p for p in rows if p.text.strip())


def _comments(package: Package, root: etree._Element) -> Iterator[ReadComment]:
    part = _part(package, "comments")
    if part is None:
        return
    about = _commented(root)
    threads = _threads(package)
    by_paragraph: dict[str, str] = {}
    comments = list(part.iter(w("comment")))
    for comment in comments:
        paragraphs = list(comment.iter(w("p")))
        if paragraphs:
            by_paragraph[paragraphs[-1].get(f"{{{W14}}}paraId", "")] = comment.get(w("id"), "")
    for comment in comments:
        id_ = comment.get(w("id"), "")
        paragraphs = list(comment.iter(w("p")))
        last = paragraphs[-1].get(f"{{{W14}}}paraId", "") if paragraphs else ""
        parent, done = threads.get(last, ("", False))
        yield ReadComment(
            id=id_,
            author=comment.get(w("author"), ""),
            date=comment.get(w("date"), ""),
            text="\n".join("".join(t.text or "" for t in p.iter(w("t"))) for p in paragraphs),
            about=about.get(id_, ""),
            answers=by_paragraph.get(parent, "") if parent else "",
            done=done,
        )


def _commented(root: etree._Element) -> dict[str, str]:
    """For each comment the words that it is about."""
    words: dict[str, list[str]] = {}
    open_: list[str] = []
    for element in root.iter(w("commentRangeStart"), w("commentRangeEnd"), w("t"), w("delText")):
        id_ = element.get(w("id"), "")
        if element.tag == w("commentRangeStart"):
            open_.append(id_)
            words.setdefault(id_, [])
        elif element.tag == w("commentRangeEnd"):
            open_ = [o for o in open_ if o != id_]
        else:
            for o in open_:
                words[o].append(element.text or "")
    return {id_: "".join(parts) for id_, parts in words.items()}


def _threads(package: Package) -> dict[str, tuple[str, bool]]:
    """By the id of a comment's last paragraph: that of the comment it answers, and whether it is done."""
    part = _part(package, "commentsExtended")
    if part is None:
        return {}
    return {
        e.get(f"{{{_W15}}}paraId", ""): (
            e.get(f"{{{_W15}}}paraIdParent", ""),
            e.get(f"{{{_W15}}}done") in ("1", "true"),
        )
        for e in part.iter(f"{{{_W15}}}commentEx")
    }


def _external(package: Package) -> Iterator[str]:
    for part in package.parts:
        if part.endswith(".rels"):
            continue
        yield from (r.target for r in package.relationships(part) if r.external)


def _settings(package: Package) -> Iterator[str]:
    part = _part(package, "settings")
    if part is not None:
        yield from (words for name, words in _ASKED.items() if part.find(w(name)) is not None)


def _properties(package: Package) -> Iterator[tuple[str, str]]:
    name = "docProps/core.xml"
    if name in package.parts:
        for child in package.xml(name):
            if isinstance(child.tag, str) and child.text:
                yield child.tag.rpartition("}")[2], child.text
