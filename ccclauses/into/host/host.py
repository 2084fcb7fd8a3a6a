"""The agreement that an annex is put into: what makes it unfit, and its blocks with their numbers, headings and sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from ...ooxml.namespaces import r, w
from ...ooxml.package.package import Package, read_package
from ...ooxml.package.parse import PackageError
from ...ooxml.package.targets import Targets
from ...ooxml.revisions import REVISIONS
from ...ooxml.sections import TYPES, Slot
from ...ooxml.shown.colours import Theme
from ...ooxml.style_sheet import StyleSheet
from ...read.sections import LONGEST_HEADING, typed_number
from ...read.word.document import ReadParagraph, ReadRow
from ...read.word.looks import Looks
from ...read.word.numbering import Numbers
from ...read.word.walker import Walker
from .contents import instructions

NOUNS = ("Schedule", "Exhibit", "Appendix", "Annex", "Annexure", "Attachment", "Part", "Anlage", "Anhang", "Annexe")
_LABEL = re.compile(
    rf"\s*(?P<label>(?:{'|'.join(NOUNS)})\s+(?:\d{{1,3}}[A-Z]?|[A-Z]{{1,2}}\d?|[IVXL]{{1,6}}))(?![\w])", re.I
)
_FIRST_LEVEL = re.compile(r"(?:(?:§|Article|Section|Clause)\s?)?(?:\d{1,3}\.?|[IVXL]{1,6}\.)", re.I)


class Refused(Exception):
    """An agreement or a place that an annex can't be put into; the text is one sentence with the way out."""

    def __init__(self, message: str, *, hint: str = "", listed: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.hint = hint
        self.listed = listed  # the places there are, where one has to be chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the agreement: the block that it is, its label ("Schedule 4", "12.1"), its words and its rank from 1."""

    block: int
    label: str
    words: str
    rank: int
    noun: bool  # whether its label begins with a word such as Schedule

    @property
    def text(self) -> str:
        """Label and words, as a person would say them."""
        return " ".join(filter(None, (self.label, self.words)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionAt:
    """A section of the agreement: its first block, the block after its last, its properties, its headers in force."""

    first: int
    end: int
    properties: etree._Element
    shown: Mapping[Slot, str]  # the relationship of each header and footer in force


def open_host(data: bytes, name: str) -> Package:
    """The agreement as a package; a file that holds macros is opened whatever it is called. Raises `PackageError`."""
    try:
        return read_package(data, name=name)
    except PackageError as problem:
        if "macro-enabled" in str(problem):
            return read_package(data, name="agreement.docm")
        raise


def refuse_unfit(package: Package, *, tracked: bool) -> None:
    """Raise `Refused` for an agreement that must not be changed, or not in this way."""
    if any(row.kind == "origin" and "digital-signature" in row.type for row in package.relationships("")) or any(
        name.startswith("_xmlsignatures/") for name in package.parts
    ):
        raise Refused(
            "the agreement bears a digital signature, which any change makes invalid", hint="take the unsigned file"
        )
    if package.main_type.endswith("template"):
        raise Refused("the agreement is a Word template, not a document", hint="save it as a document (.docx) first")
    settings = package.related("settings")
    tree = package.xml(settings) if settings else None
    protection = tree.find(w("documentProtection")) if tree is not None else None
    if protection is None or protection.get(w("enforcement"), "0").lower() in ("0", "false", "off"):
        return
    kind = protection.get(w("edit"), "none")
    if kind == "trackedChanges" and not tracked:
        raise Refused("the agreement is protected so that every change is tracked", hint="add --track")
    if kind in _PROTECTED:
        raise Refused(
            f"the agreement is protected against changes ({_PROTECTED[kind]})",
            hint="ask its owner for an unprotected copy; a protection is never taken away here",
        )


_PROTECTED = {"readOnly": "read only", "comments": "comments only", "forms": "filling in forms only"}


class Host:
    """The body of an agreement, block by block. The tree is the caller's to change; what is read of it is read once."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.root = package.xml(package.main_part)
        body = self.root.find(w("body"))
        if body is None:
            raise PackageError("The main part of the file has no body.")
        self.body: etree._Element = body
        if not len(body) or body[-1].tag != w("sectPr"):
            body.append(etree.SubElement(body, w("sectPr")))
        styles = package.related("styles")
        self.styles = StyleSheet(package.xml(styles) if styles else None)
        numbering = package.related("numbering")
        theme = package.related("theme")
        looks = Looks(self.styles, Theme.of(package.xml(theme) if theme else None))
        numbers = Numbers(package.xml(numbering) if numbering else None, self.styles)
        walker = Walker(self.styles, numbers, looks)
        walker.targets = Targets(package, package.main_part)
        self.blocks: list[etree._Element] = [e for e in body if e.tag != w("sectPr")]
        self.open_fields: list[int] = []  # how many fields are open before each block
        self.read: list[tuple[ReadParagraph | ReadRow, ...]] = []
        for block in self.blocks:
            self.open_fields.append(len(walker.open))
            self.read.append(tuple(walker.blocks([block], "body")))
        self.boxes = tuple(walker.boxes)
        self.stories = tuple(self._stories(walker))

    def _stories(self, walker: Walker) -> Iterator[ReadParagraph]:
        for story in self.package.stories()[1:]:
            walker.targets = Targets(self.package, story.part)
            for block in walker.blocks(self.package.xml(story.part), story.kind):
                yield from paragraphs_of(block)

    def paragraph(self, at: int) -> ReadParagraph | None:
        """The paragraph that a block is; None for a table, a content control and what is between blocks."""
        if self.blocks[at].tag != w("p") or not self.read[at]:
            return None
        found = self.read[at][0]
        return found if isinstance(found, ReadParagraph) else None

    def words(self, at: int) -> str:
        """The words of a block as they read with every change accepted."""
        return " ".join(" ".join(shown(p).split()) for b in self.read[at] for p in paragraphs_of(b)).strip()

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings that a place can be named by: real ones, typed labels and numbered lines."""
        return tuple(h for at in range(len(self.blocks)) if (h := self._heading(at)))

    def _heading(self, at: int) -> Heading | None:
        paragraph = self.paragraph(at)
        if paragraph is None or paragraph.contents or (self.open_fields[at] and not paragraph.heading):
            return None
        text = " ".join(shown(paragraph).split())
        number = paragraph.number.strip()
        if not text:
            return None
        label, words = (number.rstrip(".:"), text) if number else _typed(text)
        noun = bool(_LABEL.fullmatch(label))
        if paragraph.heading:
            return Heading(block=at, label=label, words=words, rank=paragraph.heading, noun=noun)
        if len(text.split()) > LONGEST_HEADING or text.endswith((".", ";", ",")):
            return None
        if noun:
            return Heading(block=at, label=label, words=words, rank=1, noun=True)
        first = (number and paragraph.level == 1) or (not number and label and _FIRST_LEVEL.fullmatch(label))
        if first and words[:1].isalpha() and not text.endswith(":"):
            return Heading(block=at, label=label, words=words, rank=2, noun=False)
        return None

    def nouns_at(self, at: int) -> Iterator[str]:
        """The words, such as "schedule", that number the headings and other paragraphs of a block, a table's included."""
        heading = self._heading(at)
        labels = [heading.label] if heading and heading.noun else []
        labels += [p.number.strip().rstrip(".:") for block in self.read[at] for p in paragraphs_of(block)]
        yield from (label.casefold().partition(" ")[0] for label in labels if _LABEL.fullmatch(label))

    def part_end(self, heading: Heading) -> int:
        """Where the text under a heading ends: at the next heading of its rank, or at the end of the document."""
        for other in self.headings:
            if other.block > heading.block and other.rank <= heading.rank:
                inside = heading.noun and not other.noun and bool(other.label) and other.rank == heading.rank
                if not inside:  # the numbered clauses of a schedule may be headings of the same rank
                    return other.block
        return len(self.blocks)

    @cached_property
    def sections(self) -> tuple[SectionAt, ...]:
        """The sections in order, each with the headers and footers in force in it."""
        out: list[SectionAt] = []
        first = 0
        shown_: dict[Slot, str] = {}
        ends = [(at + 1, s) for at, block in enumerate(self.blocks) if (s := section_of(block)) is not None]
        for end, properties in [*ends, (len(self.blocks), self.body[-1])]:
            shown_ = {**shown_, **references(properties)}
            out.append(SectionAt(first=first, end=end, properties=properties, shown=shown_))
            first = end
        return tuple(out)

    def section_at(self, at: int) -> SectionAt:
        """The section that a block is in; the last one for the end of the text."""
        return next((s for s in self.sections if s.first <= at < s.end), self.sections[-1])

    @property
    def takes_in_files(self) -> bool:
        """Whether the agreement holds another file that Word expands on opening, so that numbers counted here may change."""
        if next(self.root.iter(w("altChunk"), w("subDoc")), None) is not None:
            return True
        return any(words[0] == "INCLUDETEXT" for words in instructions(self.root))


def _typed(text: str) -> tuple[str, str]:
    """A label that was typed in front of a heading, and its words."""
    found = _LABEL.match(text)
    if found:
        return " ".join(found["label"].split()), text[found.end() :].lstrip(" \t:.–—-")
    number, words = typed_number(text, heading=True)
    return number.rstrip("."), words.strip()


def shown(paragraph: ReadParagraph) -> str:
    """The words of a paragraph without those whose deletion is tracked."""
    return "".join(s.text for s in paragraph.segments if s.kind != "deleted")


def paragraphs_of(block: ReadParagraph | ReadRow) -> Iterator[ReadParagraph]:
    """The paragraphs of a block, a table's cell by cell."""
    if isinstance(block, ReadRow):
        for cell in block.cells:
            yield from cell
    else:
        yield block


def section_of(block: etree._Element) -> etree._Element | None:
    """The section that ends with a block, wherever in it the last paragraph keeps it."""
    if block.tag == w("p"):
        return block.find(f"{w('pPr')}/{w('sectPr')}")
    if block.tag == w("tbl"):
        return None
    found = [s for s in block.iter(w("sectPr")) if (up := s.getparent()) is not None and up.tag == w("pPr")]
    return found[-1] if found else None


def references(properties: etree._Element) -> dict[Slot, str]:
    """The headers and footers that a section names itself, by slot."""
    kinds = {w("headerReference"): "header", w("footerReference"): "footer"}
    named = ((kinds[e.tag], e.get(w("type"), "default"), e.get(r("id"), "")) for e in properties if e.tag in kinds)
    return {(kind, type_): id_ for kind, type_, id_ in named if type_ in TYPES}


def pending(block: etree._Element) -> etree._Element | None:
    """The first tracked change of words or of a paragraph mark in a block."""
    kinds = (w("ins"), w("del"), w("moveFrom"), w("moveTo"))
    return next((e for e in block.iter(*kinds) if e.tag in REVISIONS), None)
