"""What tracked changes mean: accept or reject all of them in a part, and list who changed what.

Behaviour follows ECMA-376 Part 1, 17.13.5; docs/explanation/word/tracked-changes.md shows each element.
The trees are changed in place. Any root will do: a part, a paragraph run under a helper element, a cell.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from .namespaces import local_name, m, make, w

INSERTED = frozenset({w("ins"), w("moveTo")})
DELETED = frozenset({w("del"), w("moveFrom")})
CONTENT = INSERTED | DELETED
PROPERTY_CHANGES = frozenset(
    w(name)
    for name in (
        "rPrChange",
        "pPrChange",
        "sectPrChange",
        "tblPrChange",
        "tblPrExChange",
        "trPrChange",
        "tcPrChange",
        "tblGridChange",
        "numberingChange",
    )
)
CELL_MARKS = frozenset({w("cellIns"), w("cellDel"), w("cellMerge")})
RANGE_MARKS = frozenset(
    w(f"{kind}Range{end}")
    for end in ("Start", "End")
    for kind in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
)
REVISIONS = CONTENT | PROPERTY_CHANGES | CELL_MARKS
# Here w:ins and its kin say that the owner (a mark, a row, a number) is new or gone; elsewhere they hold content.
MARKED_OWNERS = frozenset({w("rPr"), w("trPr"), w("tcPr"), w("numPr"), w("tblPr"), m("ctrlPr")})
# What a property change leaves alone when the old properties come back.
SPARED = {
    w("pPrChange"): frozenset({w("rPr"), w("sectPr")}),
    w("rPrChange"): CONTENT,
    w("sectPrChange"): frozenset({w("headerReference"), w("footerReference")}),
    w("trPrChange"): CONTENT,
    w("tcPrChange"): CELL_MARKS,
}
SEEN = frozenset(
    w(name)
    for name in (
        "tab",
        "br",
        "cr",
        "drawing",
        "pict",
        "object",
        "sym",
        "noBreakHyphen",
        "footnoteReference",
        "endnoteReference",
        "fldSimple",
        "instrText",
        "ptab",
    )
)
TEXT = frozenset({w("t"), w("delText"), m("t")})


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One tracked change as the file records it."""

    kind: str  # the element's name: "ins", "moveFrom", "rPrChange"
    author: str
    date: str  # as written, often empty or in local time
    text: str  # the words inserted or deleted; empty for marks and properties

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells the change again in a later copy of the file: an edit within it leaves its author and moment as they are."""
        return (self.kind, self.author, self.date or self.text)


def has_revisions(root: etree._Element) -> bool:
    """Return whether anything under `root` is tracked."""
    return next(root.iter(*REVISIONS), None) is not None


def list_revisions(root: etree._Element) -> Iterator[Revision]:
    """Yield the tracked changes under `root` in document order."""
    yield from map(_revision, root.iter(*REVISIONS))


def _revision(change: etree._Element) -> Revision:
    words = ""
    if change.tag in CONTENT and not _is_mark(change):
        words = "".join(t.text or "" for t in change.iter(*TEXT))
    return Revision(
        kind=local_name(change.tag), author=change.get(w("author"), ""), date=change.get(w("date"), ""), text=words
    )


def accept_all(root: etree._Element) -> etree._Element:
    """Make every tracked change under `root` final, in place."""
    return _resolve(root, accept=True)


def reject_all(root: etree._Element) -> etree._Element:
    """Undo every tracked change under `root`, in place."""
    return _resolve(root, accept=False)


def accept_known(root: etree._Element, known: Container[tuple[str, ...]]) -> etree._Element:
    """Make the tracked changes under `root` whose identity is `known` final, in place."""
    found = [c for c in root.iter(*REVISIONS) if _revision(c).identity in known]
    return _resolve_these(root, found, accept=True)


def resolve_these(root: etree._Element, found: Iterable[etree._Element], *, accept: bool) -> etree._Element:
    """Make some of the tracked changes under `root` final, or undo them, in place; the others stay tracked."""
    chosen = [c for c in found if c.tag in REVISIONS or c.tag in RANGE_MARKS]
    if not accept:
        _say_again([c for c in chosen if c.tag in DELETED])
    return _resolve_these(root, chosen, accept)


def _say_again(deleted: list[etree._Element]) -> None:
    """Let words whose deletion is undone be words again, unless another deletion of them stays."""
    for change in deleted:
        for text in list(change.iter(*_DELETED_TEXT)):
            if not any(a.tag == w("del") and a not in deleted for a in text.iterancestors(w("del"))):
                text.tag = _DELETED_TEXT[text.tag]


_DELETED_TEXT = {w("delText"): w("t"), w("delInstrText"): w("instrText")}


def _resolve(root: etree._Element, accept: bool) -> etree._Element:
    _resolve_these(root, list(root.iter(*REVISIONS, *RANGE_MARKS)), accept)
    if not accept:
        for text in list(root.iter(*_DELETED_TEXT)):
            text.tag = _DELETED_TEXT[text.tag]
    return root


def _resolve_these(root: etree._Element, found: list[etree._Element], accept: bool) -> etree._Element:
    if found:
        gone = DELETED if accept else INSERTED
        _resolve_properties([c for c in found if c.tag in PROPERTY_CHANGES], accept)
        dead = _resolve_marks(found, gone | {w("cellDel") if accept else w("cellIns")}, accept)
        _resolve_content(found, gone)
        _drop_empty(root)
        _join_paragraphs(dead)
        for cell in root.iter(w("tc")):
            if next(cell.iter(w("p")), None) is None:
                cell.append(make("p"))
    return root


def _is_mark(change: etree._Element) -> bool:
    owner = change.getparent()
    return owner is not None and owner.tag in MARKED_OWNERS


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _resolve_properties(changes: list[etree._Element], accept: bool) -> None:
    for change in changes:
        owner = change.getparent()
        if owner is None:
            continue
        if accept or change.tag == w("numberingChange"):
            owner.remove(change)
            continue
        spared = SPARED.get(change.tag, frozenset())
        old = next((child for child in change if isinstance(child.tag, str)), None)
        for child in list(owner):
            if child.tag not in spared:
                owner.remove(child)
        former = [] if old is None else [child for child in old if child.tag not in spared]
        if change.tag == w("pPrChange"):  # the mark's properties and the section come after the others
            for at, child in enumerate(former):
                owner.insert(at, child)
        else:
            owner.extend(former)


def _resolve_marks(found: list[etree._Element], gone: frozenset[str], accept: bool) -> list[etree._Element]:
    """Clear the marks on rows, cells, paragraphs, numbers and mathematics; return the paragraphs whose mark goes."""
    dead = []
    for mark in found:
        owner = mark.getparent()
        if owner is None or owner.tag not in MARKED_OWNERS or mark.tag in PROPERTY_CHANGES:
            continue
        owner.remove(mark)
        holder = owner.getparent()
        if holder is None:
            continue
        if owner.tag == w("numPr"):
            if not accept:
                holder.remove(owner)
        elif mark.tag not in gone:
            continue
        elif owner.tag in (w("trPr"), w("tcPr")):
            _remove(holder)
        elif owner.tag == w("rPr") and holder.tag == w("pPr"):
            dead.append(holder.getparent())
        elif owner.tag == m("ctrlPr"):
            _remove(holder.getparent() if holder.tag.endswith("Pr") else holder)
    return dead


def _resolve_content(found: list[etree._Element], gone: frozenset[str]) -> None:
    for change in found:
        parent = change.getparent()
        if parent is None or parent.tag in MARKED_OWNERS:
            continue
        if change.tag in RANGE_MARKS or change.tag in gone:
            parent.remove(change)
        elif change.tag in CONTENT:
            at = parent.index(change)
            parent[at : at + 1] = list(change)


def _drop_empty(root: etree._Element) -> None:
    """Remove equations, rows and tables that have lost everything."""
    for math in list(root.iter(m("oMath"), m("oMathPara"))):
        if next(math.iter(m("t")), None) is None:
            _remove(math)
    for table in list(root.iter(w("tbl"))):
        for row in table.findall(w("tr")):
            if next(row.iter(w("tc")), None) is None:
                table.remove(row)
        if next(table.iter(w("tr")), None) is None:
            _remove(table)


def _join_paragraphs(dead: list[etree._Element]) -> None:
    """Let a paragraph whose mark went run into the one that follows it in the same story."""
    for paragraph in dead:
        if paragraph.getparent() is None:
            continue
        follower = paragraph.getnext()
        while follower is not None and follower.tag not in (w("p"), w("tbl"), w("sdt"), w("customXml")):
            follower = follower.getnext()
        if follower is None:
            continue  # nothing to run into: the story keeps its last paragraph
        if follower.tag == w("p"):
            at = 1 if follower.find(w("pPr")) is not None else 0
            follower[at:at] = [child for child in paragraph if child.tag != w("pPr")]
            _remove(paragraph)
        elif not _shows_something(paragraph):
            _remove(paragraph)


def _shows_something(paragraph: etree._Element) -> bool:
    return any(
        found.text if found.tag in TEXT else found.getparent().tag != w("tabs")
        for found in paragraph.iter(*TEXT, *SEEN)
    )
