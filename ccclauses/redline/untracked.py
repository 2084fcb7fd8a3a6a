"""What differs between two files that no tracked change can show: numbers, words made invisible by a style, stale fields.

The redline with every change rejected has to read as BEFORE does. Where it doesn't, Word can't track what changed; the
difference is listed, and a comment in the redline marks its place. Reading both takes a while, so it is done only where
the definitions of the two files leave room for such a difference.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from lxml import etree

from ..ooxml.namespaces import w
from ..ooxml.package.package import Package
from ..ooxml.package.targets import held
from ..ooxml.revisions import INSERTED
from ..ooxml.shown.colours import Theme
from ..ooxml.style_sheet import StyleSheet, is_on
from ..read.word.boxes import is_unseen
from ..read.word.document import ReadDocument, ReadParagraph
from ..read.word.docx import read_docx
from ..read.word.fields import newly_stale
from ..read.word.looks import looks_alike
from ..read.word.numbering import Numbers
from .model import Untracked
from .text.stream import LIVE

_Line = tuple[
    str, str, str, str
]  # the words, then what no change of words shows: number, words out of sight, words struck
_SHOWS_PROPERTY = re.compile(
    r"\s*(?:INFO|TITLE|SUBJECT|AUTHOR|KEYWORDS|COMMENTS|LASTSAVEDBY|DOCPROPERTY|DOCVARIABLE)\b", re.IGNORECASE
)
_NAME = re.compile(r"[^\W\d]\w*")


def untracked(before: Package, after: Package, redlined: Package) -> Iterator[Untracked]:
    """List what still differs from BEFORE once every change of the redline is rejected."""
    lost = [name for digest, name in held(before).items() if digest not in held(redlined)]
    for name in lost:
        yield Untracked(what="file taken in or object", before=name, after="replaced or gone", place=None)
    if not lost and not _may_differ(before, after):
        return
    was, now = read_docx(before), read_docx(redlined, view="rejected")
    old, new = list(was.paragraphs()), list(now.paragraphs())
    yield from _paragraphs(old, new)
    yield from _stories(was, now)
    for field in newly_stale(was, now):
        text = f"{{{field.code}}} showing “{_tidy(field.shown)}”"
        holders = (n for n, p in enumerate(new) if any(s.field and s.text in field.shown for s in p.segments))
        yield Untracked(
            what="field",
            before=text,
            after=f"once fields are updated it shows “{_tidy(field.now)}”",
            place=next(holders, None),
        )
    for shown, to in dict.fromkeys(link for link in now.links if link not in was.links):
        yield Untracked(what="link", before=dict(was.links).get(shown, ""), after=to, place=None, words=shown)
    for gone, come in ((was.notes, now.notes), (now.notes, was.notes)):
        for note in dict.fromkeys(n for n in come if n not in gone):
            sides = (note, "") if come is was.notes else ("", note)
            yield Untracked(what="content that was not read", before=sides[0], after=sides[1], place=None)


# ------------------------------------------------------------------ whether there is anything to look for


def _may_differ(before: Package, after: Package) -> bool:
    sheets = [StyleSheet(_part(p, "styles")) for p in (before, after)]
    numbers = [Numbers(_part(p, "numbering"), s) for p, s in zip((before, after), sheets)]
    if not numbers[0].counts_like(numbers[1]) or not looks_alike(*sheets):
        return True
    if len({_stated(p) for p in (before, after)}) > 1:
        return True
    roots = [p.xml(s.part) for p in (before, after) for s in p.stories()]
    if any(next(root.iter(w("altChunk"), w("bdo"), w("dataBinding")), None) is not None for root in roots):
        return True
    sights = [[is_unseen(d) for s in p.stories() for d in _drawings(p.xml(s.part))] for p in (before, after)]
    if sights[0] != sights[1] and any(map(any, sights)):
        return True
    codes = {c for root in roots for c in _codes(root)}
    if any(map(_SHOWS_PROPERTY.match, codes)):
        return True
    wanted = {word.casefold() for c in codes for word in _NAME.findall(c)}
    wanted |= {e.get(w("anchor"), "").casefold() for root in roots for e in root.iter(w("hyperlink"))}
    return bool(wanted) and _marked(before, wanted) != _marked(after, wanted)


def _stated(package: Package) -> tuple[object, ...]:
    """What a file states for all its pages: colours, headers of even pages, the lines above notes."""
    settings = _part(package, "settings")
    theme = Theme.of(_part(package, "theme"), settings)
    even = settings is not None and is_on(settings.find(w("evenAndOddHeaders")))
    notes = (_part(package, kind) for kind in ("footnotes", "endnotes"))
    lines = (
        "".join(t.text or "" for t in note.iter(w("t")))
        for root in notes
        for note in (() if root is None else root)
        if note.get(w("type")) is not None
    )
    return (
        tuple(sorted(theme.colours.items())),
        even,
        "".join(lines),
        package.xml(package.main_part).find(w("background")) is None,
    )


def _part(package: Package, kind: str) -> etree._Element | None:
    name = package.related(kind)
    return package.xml(name) if name else None


def _drawings(root: etree._Element) -> Iterator[etree._Element]:
    yield from root.iter(w("drawing"), w("pict"))


def _codes(root: etree._Element) -> Iterator[str]:
    yield from (e.text or "" for e in root.iter(w("instrText")))
    yield from (e.get(w("instr"), "") for e in root.iter(w("fldSimple")))


def _marked(package: Package, wanted: set[str]) -> dict[str, str]:
    """The words of the paragraph in which each of some bookmarks begins; names are compared whatever their case."""
    found = {}
    for mark in package.xml(package.main_part).iter(w("bookmarkStart")):
        if mark.get(w("name"), "").casefold() in wanted:
            following = next(mark.itersiblings(w("p")), mark)  # one between paragraphs is that of the next
            paragraph = next(mark.iterancestors(w("p")), following)
            found[mark.get(w("name"), "")] = "".join(t.text or "" for t in paragraph.iter(w("t")))
    return found


# --------------------------------------------------------------------------------------- what differs


def _lines(paragraphs: Sequence[ReadParagraph]) -> list[tuple[int, _Line]]:
    lines = []
    for at, p in enumerate(paragraphs):
        if p.shown.strip() and not p.contents:
            words = "".join(f"[{s.object}]" if s.object else "#" if LIVE.match(s.field) else s.text for s in p.segments)
            lines.append((at, (_tidy(words), p.number, _tidy(p.hidden + p.faint), _tidy(p.struck))))
    return lines


def _paragraphs(old: Sequence[ReadParagraph], new: Sequence[ReadParagraph]) -> Iterator[Untracked]:
    left, right = _lines(old), _lines(new)
    words = [[line[0] for _, line in side] for side in (left, right)]
    if words[0] == words[1]:
        pairs = list(zip(range(len(left)), range(len(right))))
    else:
        pairs = []
        for kind, a0, a1, b0, b1 in SequenceMatcher(None, words[0], words[1], autojunk=False).get_opcodes():
            if kind == "equal":
                pairs += zip(range(a0, a1), range(b0, b1))
                continue
            place = right[min(b0, len(right) - 1)][0] if right else None
            gone, come = " ".join(words[0][a0:a1]), " ".join(words[1][b0:b1])
            yield Untracked(what="words", before=gone, after=come, place=place)
    for i, j in pairs:
        (_, one), (place, other) = left[i], right[j]
        for what, before, after in zip(("number", "words out of sight", "words struck through"), one[1:], other[1:]):
            if before != after:
                yield Untracked(what=what, before=before, after=after, place=place, words=other[0])


def _stories(was: ReadDocument, now: ReadDocument) -> Iterator[Untracked]:
    """Headers, footers, notes and boxes, as often as each of them reads that way."""
    old, new = (Counter((s.story, *line) for s in d.stories for _, line in _lines([s])) for d in (was, now))
    repeated = ("header", "footer")  # of how many kinds of pages a file has copies is not what they say
    gone = [k for k in (old - new).elements() if k[0] not in repeated or k not in new]
    come = [k for k in (new - old).elements() if k[0] not in repeated or k not in old]
    for story in dict.fromkeys(k[0] for k in (*gone, *come)):
        before, after = ([k for k in side if k[0] == story] for side in (gone, come))
        for n in range(max(len(before), len(after))):
            texts = [_told(side[n]) if n < len(side) else "" for side in (before, after)]
            yield Untracked(what=story, before=texts[0], after=texts[1], place=None)


def _told(key: tuple[str, ...]) -> str:
    _, words, number, unseen, struck = key
    marks = f" [out of sight: {unseen}]" if unseen else ""
    return f"{number} {words}".strip() + marks + (f" [struck through: {struck}]" if struck else "")


def _tidy(text: str) -> str:
    return " ".join(text.split())


def places(body: etree._Element) -> list[etree._Element]:
    """The paragraphs of a redline that are there when every change is rejected, in the order in which they are read."""
    return [p for p in body.iter(w("p")) if not _comes(p)]


def _comes(paragraph: etree._Element) -> bool:
    """Whether a paragraph is only there when changes are accepted, or is in a box."""
    for owner in (paragraph, *paragraph.iterancestors()):
        if owner.tag == w("txbxContent"):
            return True
        marks = {w("p"): f"{w('pPr')}/{w('rPr')}", w("tr"): w("trPr"), w("tc"): w("tcPr")}.get(owner.tag)
        found = owner.find(marks) if marks else None
        if found is not None and any(c.tag in INSERTED or c.tag == w("cellIns") for c in found):
            return True
    return False
