"""A Word file → `ReadDocument`: its words with changes accepted, rejected or marked, and everything next to them.

Nothing that a file points to is fetched, nothing in it is executed, and what is passed over is said in `notes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from lxml import etree

from ...ooxml.namespaces import W14, r, w
from ...ooxml.package.package import Package
from ...ooxml.package.parse import PackageError
from ...ooxml.package.targets import Targets
from ...ooxml.revisions import RANGE_MARKS, REVISIONS, accept_all, accept_known, list_revisions, reject_all
from ...ooxml.shown.as_shown import as_shown
from ...ooxml.shown.colours import WHITE, Theme
from ...ooxml.style_sheet import StyleSheet, is_on
from .document import ReadBlock, ReadComment, ReadDocument, ReadParagraph, ReadRow, View
from .drawn import drawn_words
from .fields import approximations, up_to_date
from .looks import Ground, Looks
from .numbering import Numbers
from .walker import Walker

Known = frozenset[tuple[str, ...]]  # identities of tracked changes
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_ADDRESS = re.compile(r"HYPERLINK\s+\"?([^\s\"\\]+)", re.IGNORECASE)
_STORIES = {"footnotes": "footnote", "endnotes": "endnote"}
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
    """Read a Word file in one view; raise `PackageError` for a part that is not a sound XML.

    Changes that are `known` count as final in every view.
    """
    styles = StyleSheet(_part(package, "styles"))
    theme = Theme.of(_part(package, "theme"), _part(package, "settings"))
    ground = _page(package, theme)
    walker = Walker(styles, Numbers(_part(package, "numbering"), styles), Looks(styles, theme), ground)
    unshown: list[str] = []
    roots = {s.part: _viewed(package, s.part, view, known, unshown) for s in package.stories()}
    root = roots[package.main_part]
    body = root.find(w("body"))
    if body is None:
        raise PackageError("The main part of the file has no body.")
    walker.targets = Targets(package, package.main_part)
    blocks: tuple[ReadBlock, ...] = tuple(walker.blocks(body, "body"))
    stories = (*_stories(package, walker, roots), *walker.boxes, *drawn_words(package, roots))
    for style in sorted(walker.numbers.unknown):
        walker.notes.append(f"numbers in the format “{style}” are shown in digits")
    if package.has_macros:
        walker.notes.append("the file carries macros, which were neither read nor run")
    walker.notes += (f"a control shows what the file's data say, which was not read: {told}" for told in unshown)
    properties = tuple(_properties(package))
    fields = up_to_date(walker, blocks, (*properties, *_variables(package)))
    return ReadDocument(
        name=name,
        view=view,
        blocks=blocks,
        stories=stories,
        comments=tuple(_comments(package, root)),
        fields=fields,
        links=_links(walker, blocks),
        drawings=tuple(walker.drawings),
        approximate=(*approximations(fields), *_hyphenated(package)),
        external=tuple(_external(package, walker)),
        settings=tuple(_settings(package)),
        properties=properties,
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
    return frozenset(c.identity for s in package.stories() for c in list_revisions(package.xml(s.part)))


def _is_marked(package: Package) -> bool:
    """Whether a story holds a tracked change, or words that only one holds."""
    roots = (package.xml(story.part) for story in package.stories())
    return any(
        next(root.iter(*REVISIONS, *RANGE_MARKS, w("delText"), w("delInstrText")), None) is not None for root in roots
    )


def _page(package: Package, theme: Theme) -> Ground:
    """The colour of the page, where Word is to show one (17.2.1)."""
    painted = package.xml(package.main_part).find(w("background"))
    settings = _part(package, "settings") if painted is not None else None
    if settings is None or not is_on(settings.find(w("displayBackgroundShape"))):
        return Ground()
    return Ground(theme.written(painted, "color") or WHITE)


def _part(package: Package, kind: str) -> etree._Element | None:
    name = package.related(kind)
    return package.xml(name) if name else None


def _viewed(package: Package, part: str, view: View, known: Known, unshown: list[str]) -> etree._Element:
    root = package.xml(part)
    if known:
        accept_known(root, known)
    return as_shown({"accepted": accept_all, "rejected": reject_all}.get(view, lambda r: r)(root), package, unshown)


def _stories(package: Package, walker: Walker, roots: Mapping[str, etree._Element]) -> Iterator[ReadParagraph]:
    """Headers and footers as they are, notes in the order of the references to them."""
    unused = _unused(package, roots[package.main_part])
    for story in package.stories()[1:]:
        walker.targets = Targets(package, story.part)
        if story.kind in _STORIES:
            yield from _notes(walker, roots[story.part], _STORIES[story.kind])
        elif story.part in unused:
            words = " ".join(p.text.strip() for p in _worded(walker.blocks(roots[story.part], story.kind)))
            if words:
                walker.notes.append(f"a {story.kind} that no page shows: “{words}”")
        else:
            yield from _worded(walker.blocks(roots[story.part], story.kind))


def _unused(package: Package, root: etree._Element) -> set[str]:
    """The headers and footers that no page shows: of a first page that is like the others, of even pages that are."""
    even = (settings := _part(package, "settings")) is not None and is_on(settings.find(w("evenAndOddHeaders")))
    rows = {x.id: x.target for x in package.relationships(package.main_part) if x.kind in ("header", "footer")}
    named: dict[str, bool] = {}
    first: dict[tuple[str, str], str] = {}  # a section without a header of its own shows that of the one before it
    for section in root.iter(w("sectPr")):
        for reference in section.iter(w("headerReference"), w("footerReference")):
            part = rows.get(reference.get(r("id"), ""), "")
            first[reference.tag, reference.get(w("type"), "default")] = part
            named.setdefault(part, False)
        for (_, kind), part in first.items():
            shows = {"first": is_on(section.find(w("titlePg"))), "even": even}.get(kind, True)
            named[part] = named[part] or shows
    return {part for part, shown in named.items() if not shown}


def _notes(walker: Walker, root: etree._Element, story: str) -> Iterator[ReadParagraph]:
    """The notes that a text refers to, each with the words before its reference, and again for each further one; no
    others are printed."""
    notes = {note.get(w("id"), ""): note for note in root.iter(w(story))}
    referred = walker.references[story]
    for id_ in referred:
        if id_ in notes:
            words = tuple(_worded(walker.blocks(notes.pop(id_), story)))
            for about in referred[id_] if words else ():
                yield replace(words[0], about=about)
                yield from words[1:]
    for note in notes.values():
        unread = " ".join(p.text.strip() for p in _worded(walker.blocks(note, story)))
        if unread:
            article = "an" if story == "endnote" else "a"
            walker.notes.append(f"{article} {story} that nothing refers to, and that is not printed: “{unread}”")


def _worded(blocks: Iterable[ReadBlock]) -> Iterator[ReadParagraph]:
    for block in blocks:
        rows = [p for cell in block.cells for p in cell] if isinstance(block, ReadRow) else [block]
        yield from (p for p in rows if p.shown.strip())


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


def _external(package: Package, walker: Walker) -> list[str]:
    """The addresses of relationships, and those of links that are fields."""
    parts = (part for part in package.parts if not part.endswith(".rels"))
    found = [r.target for part in parts for r in package.relationships(part) if r.external]
    named = (match[1] for f in walker.fields if (match := _ADDRESS.match(f.code)))
    return found + [address for address in dict.fromkeys(named) if address not in found]


def _settings(package: Package) -> Iterator[str]:
    part = _part(package, "settings")
    if part is not None:
        yield from (words for name, words in _ASKED.items() if part.find(w(name)) is not None)


def _properties(package: Package) -> Iterator[tuple[str, str]]:
    """The properties of the file: those that every file may have, and those of a user's own."""
    for kind in ("core-properties", "extended-properties", "custom-properties"):
        part = package.related(kind, "") or ("docProps/core.xml" if kind == "core-properties" else "")
        if part and part in package.parts:
            for child in package.xml(part):
                words = "".join(child.itertext()).strip() if isinstance(child.tag, str) else ""
                if words and (kind != "extended-properties" or child.tag.rpartition("}")[2] in _TOLD):
                    yield child.get("name") or child.tag.rpartition("}")[2], words


def _links(walker: Walker, blocks: Iterable[ReadBlock]) -> tuple[tuple[str, str], ...]:
    """The links with the words of the paragraphs that they lead to, or with their addresses."""
    paragraphs = (p for b in blocks for p in ([q for c in b.cells for q in c] if isinstance(b, ReadRow) else [b]))
    words = {anchor: p.text for p in paragraphs for anchor in p.anchors} if walker.links else {}
    return tuple((shown.strip(), words.get(to, to if ":" in to else "").strip()) for shown, to in walker.links)


def _hyphenated(package: Package) -> Iterator[str]:
    settings = _part(package, "settings")
    if settings is not None and is_on(settings.find(w("autoHyphenation"))):
        yield "Word hyphenates words at the ends of lines by itself; those hyphens are not shown"


def _variables(package: Package) -> Iterator[tuple[str, str]]:
    """The variables that DOCVARIABLE fields show."""
    settings = _part(package, "settings")
    for variable in settings.iter(w("docVar")) if settings is not None else ():
        yield f"DOCVARIABLE {variable.get(w('name'), '').casefold()}", variable.get(w("val"), "")


_TOLD = ("Company", "Manager")  # of what a program counts for itself nothing else is shown in a text
