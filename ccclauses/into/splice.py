"""The surgery: the old part out, the seams closed on both sides, the annex in, and what is altered told line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from ..ooxml.namespaces import R, W, make, r, w
from ..ooxml.package import Package
from ..ooxml.record import BEGIN, END, Record, properties_of
from ..ooxml.style_sheet import BODY_TEXT, is_on
from ..read.within import digest, words_of
from ..redline.output import Output
from .contents import deepest_listed, has_contents
from .clear import Cleared, set_bookmarks, take_out
from .fit import Fitted
from .host import Host, Refused, SectionAt, Slot, references, section_of
from .lists import import_lists
from .names import free_bookmarks, next_id
from .parts import banners_of, blank_banner, import_banners, peek, restyle
from .place import NEAR, Place
from .record import write_record
from .styles import import_styles
from .sweep import forget
from .track import Pen

_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MARKS = ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd", "proofErr")
_SECTION_ORDER = (
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt "
    "vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
).split()
_WORDS = 250  # at most, under a heading that moves to the first page of the annex
CHANGES = ("bookmarkStart", "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange",
             "trPrChange", "tcPrChange", "tblGridChange", "cellIns", "cellDel", "cellMerge", "numberingChange",
             "moveFromRangeStart", "moveToRangeStart", "tblPrExChange")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Spliced:
    """The agreement with the annex in it, and what the proof and the report need to know of how it was done."""

    package: Package
    moved: tuple[str, ...]  # bookmarks of the agreement that lead to the annex now
    opening: int  # blocks of the agreement that stand in the first section of the annex: its heading and what follows
    told: tuple[str, ...]  # what was altered in the agreement
    names: Mapping[str, str]
    tag: str


@dataclass(slots=True, kw_only=True)
class _Seam:
    """What stands around the annex: elements that stay in place whatever is put in or taken out."""

    start: etree._Element | None  # the first block of the annex's section; None for the end
    gone: list[etree._Element]
    after: etree._Element | None
    into: SectionAt  # whose paper and page numbers the annex takes
    before: SectionAt | None  # the section that has to be closed before the annex; None where one ends there already
    following: SectionAt | None  # the section that goes on after the annex
    continues: bool  # whether the following section began before the annex
    opening: int


@dataclass(slots=True, kw_only=True)
class Splicer:
    """One merge: the host, its place, the annex fitted to it, and who tracks it if anybody does."""

    host: Host
    place: Place
    fitted: Fitted
    tag: str
    pen: Pen | None
    own_banners: bool
    choices: Mapping[str, str]
    word: tuple[str, str]
    told: list[str] = field(default_factory=list)

    def splice(self) -> Spliced:
        """Put the annex in."""
        host, place = self.host, self.place
        output = Output(host.package)
        output.trees[output.main_part] = host.root
        seam = self._seam()
        blocks, last = [deepcopy(b) for b in self.fitted.blocks], deepcopy(self.fitted.last)
        names = self._names(output, blocks)
        kept_bookmark = self._open_bookmark(seam) if place.bookmark else self._around(seam)
        cleared = self._clear(output, seam, {*names.values()} or _bookmarks(blocks))
        if place.older and self.pen is None:
            forget(output, place.older, last=seam.after is None)
        ids = self._looks(output, blocks)
        self._title(blocks, seam)
        banners: dict[str, str] = {}
        left = list(self.fitted.left_out)
        if self.own_banners:
            banners, totals = import_banners(output, self.fitted.package, ids)
            left.append(("totals", tuple(totals)))
        else:
            left += [(kind, tuple(banners_of(self.fitted.package, kind))) for kind in ("header", "footer")]
        self._end_lines(blocks, last, ids, seam)
        sections = [s for b in blocks for s in b.iter(w("sectPr"))] + ([last] if seam.after is None else [])
        self._sections(sections, seam, banners)
        self._close_before(output, seam, ids)
        self._insert(blocks, last, seam, ids)
        self._go_on(output, seam, sections)
        self._mark(blocks, cleared, kept_bookmark, seam)
        self._settings(output, seam)
        ours = {id(b) for b in blocks}
        outside = words_of([b for b in host.body if id(b) not in ours], host.package)
        record = Record(
            tag=self.tag,
            properties=properties_of(self.fitted.package),
            choices=self.choices,
            names=names,
            left_out=tuple((what, tuple(_plain(what, b))) for what, b in left),
            outside=tuple(map(digest, outside)),
            word=self.word,
        )
        write_record(output, record)
        package = output.finish()
        return Spliced(
            package=Package(parts=package.parts, main_part=package.main_part, main_type=host.package.main_type),
            moved=tuple(cleared.moved),
            opening=seam.opening,
            told=tuple(dict.fromkeys(self.told)),
            names=names,
            tag=self.tag,
        )

    # -- the seams -----------------------------------------------------------------------------------------------

    def _seam(self) -> _Seam:
        host, place = self.host, self.place
        first = place.gone
        into = host.section_at(place.gone if place.gone < place.seam else min(place.seam, len(host.blocks)))
        if place.seam == len(host.blocks) and place.gone == place.seam:
            into = host.sections[-1]
        head = place.heading
        if head is not None and self._goes_along(head, first):
            first = head
        opening = place.gone - first
        into = host.section_at(first) if opening else into
        if place.older and first:
            into = host.section_at(first - 1)  # the earlier annex's own section has the annex's headers
        before = host.section_at(first - 1) if first else None
        if before is not None and before.end == first and before is not host.sections[-1]:
            before = None
        following = host.section_at(place.seam) if place.seam < len(host.blocks) else None
        if following is None and host.sections[-1].first == len(host.blocks):
            into = host.sections[-2] if len(host.sections) > 1 and into is host.sections[-1] else into
        return _Seam(
            start=host.blocks[first] if first < len(host.blocks) else None,
            gone=host.blocks[place.gone : place.seam],
            after=host.blocks[place.seam] if place.seam < len(host.blocks) else None,
            into=into,
            before=before,
            following=following,
            continues=following is not None and following.first < place.seam,
            opening=opening,
        )

    def _goes_along(self, head: int, seam: int) -> bool:
        """Whether a heading stands so close to the annex that both have to be on one page."""
        host = self.host
        between = host.blocks[head:seam]
        section = host.section_at(head)
        size = section.properties.find(w("pgSz"))
        wide = size is not None and size.get(w("orient")) == "landscape"
        return (
            seam - head <= NEAR
            and not any(section_of(b) is not None for b in between)
            and sum(len(host.words(at).split()) for at in range(head, seam)) <= _WORDS
            and not wide
        )

    def _sections(self, sections: Sequence[etree._Element], seam: _Seam, banners: Mapping[str, str]) -> None:
        """Give the annex's sections the agreement's paper and page numbers, and headers of their own or the agreement's."""
        even = self._even()
        number = seam.into.properties.find(w("pgNumType"))
        begins = seam.opening > 0 and seam.start is not None and seam.into.first == self.host.blocks.index(seam.start)
        for at, section in enumerate(sections):
            shown: dict[Slot, str] = {
                slot: banners[id_] for slot, id_ in references(section).items() if id_ in banners and slot[1] != "first"
            }
            if not self.own_banners:
                shown = {slot: id_ for slot, id_ in seam.into.shown.items() if slot[1] != "first"}
            elif even:
                for kind in ("header", "footer"):
                    if (kind, "default") in shown:
                        shown.setdefault((kind, "even"), shown[kind, "default"])
            for child in list(section):
                if child.tag in map(w, ("headerReference", "footerReference", "titlePg", "pgNumType", "cols")):
                    section.remove(child)
            _refer(section, shown)
            if number is not None and (number.get(w("fmt")) or begins):
                counted = make("pgNumType")
                for name in ("fmt", *(("start",) if begins and at == 0 else ())):
                    if number.get(w(name)) is not None:
                        counted.set(w(name), number.get(w(name), ""))
                if len(counted.attrib):
                    section.append(counted)
            kind_ = section.find(w("type"))
            if kind_ is None:
                kind_ = make("type")
                section.append(kind_)
            kind_.set(w("val"), "nextPage")
            section[:] = sorted(section, key=_section_rank)

    def _even(self) -> bool:
        settings = self.host.package.related("settings")
        tree = self.host.package.xml(settings) if settings else None
        return tree is not None and is_on(tree.find(w("evenAndOddHeaders")))

    def _close_before(self, output: Output, seam: _Seam, ids: Mapping[str, str]) -> None:
        """End the section of what stands before, with a copy of its own properties."""
        if seam.before is None:
            return
        copy = deepcopy(seam.before.properties)
        for change in copy.findall(w("sectPrChange")):
            copy.remove(change)
        start = seam.start if seam.start is not None else self.host.body[-1]
        at = start.getprevious()
        while at is not None and at.tag in map(w, _MARKS):
            at = at.getprevious()
        if at is None:
            return
        if self._break_of(at) and self.pen is None:
            self.told.append("a page break right before the annex was taken out, since the new section begins a page")
        last = (
            seam.after is None and not seam.gone and not seam.opening
        )  # of the text; its end is entered with the annex
        if at.tag == w("p") and (self.pen is None or last):
            _with_section(at, copy)
            self.told.append(
                "the section before the annex ends at the paragraph before it, with the properties that it had"
            )
            return
        closing = _line(ids, copy)
        if self.pen:
            self.pen.enter(closing)
        start.addprevious(closing)
        self.told.append(
            "a small empty paragraph before the annex ends the section there, with the properties that it had"
        )

    def _break_of(self, paragraph: etree._Element) -> bool:
        """Take out a page break that would leave an empty page before a section break."""
        if paragraph.tag != w("p") or self.pen is not None:
            return False
        breaks = [b for b in paragraph.iter(w("br")) if b.get(w("type")) == "page"]
        if not breaks or any((t.text or "").strip() for t in _following(breaks[-1], paragraph)):
            return False
        run = breaks[-1].getparent()
        assert run is not None
        run.remove(breaks[-1])
        if all(c.tag == w("rPr") for c in run):
            run.getparent().remove(run)
        return True

    def _go_on(self, output: Output, seam: _Seam, sections: Sequence[etree._Element]) -> None:
        """Let the section after the annex be what it was: its headers written out, no second first page, on a new page."""
        section = seam.following
        if section is None:
            return
        properties = section.properties
        if self.pen:
            self.pen.keep_former(properties)
        own = references(properties)
        taken = {slot for s in sections for slot in references(s)}
        added: dict[Slot, str] = {}
        for slot, id_ in section.shown.items():
            if slot not in own:
                added[slot] = id_
        for slot in sorted(taken - set(section.shown)):
            added[slot] = blank_banner(output, slot[0])
        _refer(properties, added)
        if added:
            self.told.append(
                "the section after the annex names the headers and footers that it took over from the one before"
            )
        if seam.continues:
            for name in ("titlePg",):
                for element in properties.findall(w(name)):
                    properties.remove(element)
            number = properties.find(w("pgNumType"))
            if number is not None and number.attrib.pop(w("start"), None) is not None and not len(number.attrib):
                properties.remove(number)
        kind = properties.find(w("type"))
        if kind is not None and (seam.continues or kind.get(w("val")) == "continuous"):
            if kind.get(w("val")) != "nextPage":
                kind.set(w("val"), "nextPage")
                self.told.append("the section after the annex begins on a new page")
        properties[:] = sorted(properties, key=_section_rank)

    def _end_lines(
        self, blocks: list[etree._Element], last: etree._Element, ids: Mapping[str, str], seam: _Seam
    ) -> None:
        """Let the last paragraph of the annex end its last section where something of the agreement follows."""
        if seam.after is None and self.pen is None:
            return
        end = blocks[-1]
        if end.tag != w("p"):
            blocks.append(_line(ids, deepcopy(last)))
        else:
            _with_section(end, deepcopy(last))

    def _insert(self, blocks: list[etree._Element], last: etree._Element, seam: _Seam, ids: Mapping[str, str]) -> None:
        body = self.host.body
        at = seam.after if seam.after is not None else body[-1]
        for block in blocks:
            at.addprevious(block)
            if self.pen:
                self.pen.enter(block)
        if seam.after is not None:
            return
        if self.pen is None:
            body.replace(body[-1], last)
            return
        # A section can't be tracked, nor the last paragraph of a text: the agreement's own last section stays, on a small
        # line that becomes its last paragraph again when all is rejected.
        tail = _line(ids, None)
        before = blocks[0].getprevious()
        if before is not None and before.tag == w("p"):
            self.pen.stand_for(tail, before)
        else:  # Word ends every text with a paragraph, so the line stays when all is rejected
            self.told.append(
                "the agreement does not end with a paragraph, as Word wants it to; it ends with an empty line now"
            )
        at.addprevious(tail)
        self.pen.keep_former(body[-1])
        kind = body[-1].find(w("type"))
        if kind is None:
            kind = make("type")
            body[-1].append(kind)
        kind.set(w("val"), "continuous")
        for name in ("titlePg",):
            for element in body[-1].findall(w(name)):
                body[-1].remove(element)
        body[-1][:] = sorted(body[-1], key=_section_rank)
        taken = {s: i for b in blocks for e in b.iter(w("sectPr")) for s, i in references(e).items()}
        own = references(body[-1])
        _refer(body[-1], {s: i for s, i in self.host.sections[-1].shown.items() if s not in own and s in taken})

    # -- styles, lists, names ------------------------------------------------------------------------------------

    def _looks(self, output: Output, blocks: Sequence[etree._Element]) -> dict[str, str]:
        annex = self.fitted.package
        numbering = self._part(output, "numbering", "word/numbering.xml")
        lists, levels = import_lists(numbering, annex.xml(annex.related("numbering") or ""))
        styles = self._part(output, "styles", "word/styles.xml")
        own = annex.xml(annex.related("styles") or "")
        used = {e.get(w("val"), "") for b in blocks for e in b.iter(w("pStyle"), w("rStyle"), w("tblStyle"))}
        used |= {level.get(w("val"), "") for level in levels} | {"AnnexEnd"}
        for row in annex.relationships(annex.main_part):
            if row.kind in ("header", "footer"):
                used |= {
                    e.get(w("val"), "") for e in annex.xml(row.target).iter(w("pStyle"), w("rStyle"), w("tblStyle"))
                }
        ids = import_styles(styles, own, sorted(used), lists, below=self._below())
        for level in levels:
            level.set(w("val"), ids.get(level.get(w("val"), ""), ""))
        for block in blocks:
            restyle(block, ids)
            for number in block.iter(w("numId")):
                number.set(w("val"), lists.get(number.get(w("val"), ""), "0"))
        return ids

    def _below(self) -> int:
        """How many outline levels the annex's headings go down: under its heading, and out of the agreement's contents list."""
        head = next((h for h in self.host.headings if h.block == self.place.heading), None)
        return min(max(deepest_listed(self.host.root), head.rank if head else 1), BODY_TEXT - 2)

    def _part(self, output: Output, kind: str, name: str) -> etree._Element:
        """A part of the agreement, made where it has none."""
        found = output.related(kind)
        if found is None:
            root = etree.Element(w(kind), nsmap={"w": W, "r": R})
            found = output.add_part(name, b"", f"{_WML}.{kind}+xml")
            output.relate(output.main_part, _RELATIONSHIP + kind, found)
            output.put_tree(found, root)
        return output.tree(found)

    def _names(self, output: Output, blocks: Sequence[etree._Element]) -> dict[str, str]:
        """Give the annex's bookmarks free ids, and free names where one is taken; what points to them follows."""
        marks = (w("bookmarkStart"), w("bookmarkEnd"))
        gone = {b for x in self.host.blocks[self.place.gone : self.place.seam] for b in x.iter(*marks)}
        roots = [peek(output, p) for p in _stories(output)]
        if self.pen:
            gone = set()
        taken = {b.get(w("name"), "") for root in roots for b in root.iter(w("bookmarkStart")) if b not in gone}
        names = free_bookmarks(sorted(_bookmarks(blocks)), taken)
        following = next_id(roots, "bookmarkStart", "bookmarkEnd", apart=gone)
        numbers: dict[str, str] = {}
        for block in blocks:
            for mark in block.iter(w("bookmarkStart"), w("bookmarkEnd")):
                old = mark.get(w("id"), "")
                if old not in numbers:
                    numbers[old] = str(following + len(numbers))
                mark.set(w("id"), numbers[old])
                if mark.tag == w("bookmarkStart"):
                    mark.set(w("name"), names.get(mark.get(w("name"), ""), mark.get(w("name"), "")))
            for link in block.iter(w("hyperlink")):
                if link.get(w("anchor")) in names:
                    link.set(w("anchor"), names[link.get(w("anchor"), "")])
            for text in block.iter(w("instrText")) if names else ():
                words = (text.text or "").split()
                if len(words) > 1 and words[0].upper() in ("REF", "PAGEREF", "NOTEREF") and words[1] in names:
                    text.text = (text.text or "").replace(words[1], names[words[1]], 1)
        return names

    def _title(self, blocks: Sequence[etree._Element], seam: _Seam) -> None:
        """Where the title heads the annex: let it be a schedule of the agreement at its end, else a heading of the first level."""
        if not self.fitted.titled or self.place.heading is not None:
            return
        properties = blocks[0].find(w("pPr"))
        assert properties is not None
        nouns = [h for h in self.host.headings if h.noun and not self.place.gone <= h.block < self.place.seam]
        last = nouns[-1] if nouns else None
        paragraph = self.host.paragraph(last.block) if last else None
        own = self.host.blocks[last.block].find(f"{w('pPr')}/{w('numPr')}") if last else None
        if (
            last is not None
            and paragraph is not None
            and paragraph.number.strip()
            and paragraph.style
            and own is None
            and last.block < self.place.gone
        ):
            style = properties.find(w("pStyle"))
            assert style is not None
            style.set(w("val"), paragraph.style)
            return
        level = make("outlineLvl")
        level.set(w("val"), "0")
        properties.append(level)

    # -- marks ---------------------------------------------------------------------------------------------------

    def _open_bookmark(self, seam: _Seam) -> tuple[etree._Element, etree._Element] | None:
        """Take out what a bookmark holds in its first and last paragraph, so that whole blocks are left to take out."""
        name = self.place.bookmark
        start = next(e for e in self.host.root.iter(w("bookmarkStart")) if e.get(w("name")) == name)
        end = next(e for e in self.host.root.iter(w("bookmarkEnd")) if e.get(w("id")) == start.get(w("id")))
        if not seam.gone and self.pen:
            return None
        if not seam.gone:
            _detach(start)
            _detach(end)
            return start, end
        first, last = seam.gone[0], seam.gone[-1]
        inside = _inside(seam.gone, start, end)
        if self.pen:
            self._strike_inside(self.pen, seam, inside)
            return None
        if (
            first.tag == w("p")
            and first is last
            and _says(first, inside, after=False)
            and _says(first, inside, after=True)
        ):
            behind = deepcopy(first)
            marks = list(first.iter())
            keep = {n for n, e in enumerate(marks) if e not in inside and _comes_after(e, end, marks)}
            for at, element in reversed(list(enumerate(list(behind.iter())))):
                if element.tag in (w("r"), w("bookmarkStart"), w("bookmarkEnd"), w("hyperlink")) and at not in keep:
                    _detach(element)
            for at, element in reversed(list(enumerate(marks))):
                if element.tag in (w("r"), w("bookmarkStart"), w("bookmarkEnd")) and at in keep or element in inside:
                    _detach(element)
            _detach(start)
            _detach(end)
            _unnumbered(behind)
            first.addnext(behind)
            seam.gone, seam.after = [], behind
            self.told.append(
                "the paragraph around the bookmark is two now: its words before the annex and those after it"
            )
            return start, end
        _detach(start)
        _detach(end)
        if first.tag == w("p") and _says(first, inside, after=False):
            for element in [e for e in first.iter() if e in inside]:
                _detach(element)
            seam.gone = seam.gone[1:]
            self.told.append("of the first paragraph of the place only the words before the bookmark are left")
        if seam.gone and last.tag == w("p") and last in seam.gone and _says(last, inside, after=True):
            for element in [e for e in last.iter() if e in inside]:
                _detach(element)
            seam.gone, seam.after = seam.gone[:-1], last
            self.told.append("of the last paragraph of the place only the words after the bookmark are left")
        if seam.start is not None and seam.start is first and first not in seam.gone:
            following = seam.start.getnext()
            seam.start = following if following is not None and following.tag != w("sectPr") else None
        seam.before = seam.before or (self.host.section_at(self.place.gone) if first not in seam.gone else None)
        if seam.after is not None and seam.following is None:
            seam.following, seam.continues = self.host.section_at(self.place.seam - 1), True
        return start, end

    def _around(self, seam: _Seam) -> tuple[etree._Element, etree._Element] | None:
        """The agreement's own bookmark around an earlier annex, which stays around the new one."""
        if not self.place.older or self.pen or not seam.gone:
            return None
        starts = [m for m in seam.gone[0].iter(w("bookmarkStart")) if not m.get(w("name"), "_").startswith("_")]
        for start in starts:
            for end in (e for b in seam.gone[-2:] for e in b.iter(w("bookmarkEnd"))):
                if end.get(w("id")) == start.get(w("id")):
                    _detach(start)
                    _detach(end)
                    return start, end
        return None

    def _strike_inside(self, pen: Pen, seam: _Seam, inside: set[etree._Element]) -> None:
        """Strike what a bookmark holds of its first and last paragraph; whole blocks are left to strike."""
        first, last = seam.gone[0], seam.gone[-1]
        kept = [b for b, after in ((first, False), (last, True)) if b.tag == w("p") and _says(b, inside, after=after)]
        if len(kept) == 2 and first is last:
            raise Refused(
                f"the bookmark “{self.place.bookmark}” is inside one paragraph, which can't be divided by a tracked change",
                hint="set it around whole paragraphs, or leave --track out",
            )
        for block in kept:
            pen.mark_runs(block, "del", frozenset(inside))
        if first in kept:
            seam.gone = seam.gone[1:]
        if last in kept:
            seam.gone, seam.after = seam.gone[:-1], last
            if seam.following is None:
                seam.following, seam.continues = self.host.section_at(self.place.seam - 1), True
        if seam.start is not None and seam.start is first and first in kept:
            seam.start = seam.start.getnext()
        seam.before = seam.before or (self.host.section_at(self.place.gone) if first in kept else None)

    def _clear(self, output: Output, seam: _Seam, made: Iterable[str]) -> Cleared:
        """Take out what stands at the place, or strike it where the change is tracked."""
        if self.place.control is not None:
            self._empty_control(self.host.blocks[self.place.control])
        if not seam.gone:
            return Cleared()
        if self.pen:
            for block in seam.gone:
                self.pen.strike(block)
            return Cleared()
        if seam.start in seam.gone:
            seam.start = seam.after
        cleared = take_out(output, self.host.body, seam.gone, made)
        self.told += cleared.told
        return cleared

    def _empty_control(self, control: etree._Element) -> None:
        """Take the placeholder out of a content control, which keeps an empty paragraph."""
        for paragraph in control.iter(w("p")):
            if self.pen:
                self.pen.mark_runs(paragraph, "del")
                continue
            for run in list(paragraph.iter(w("r"))):
                _detach(run)
        self.told.append("the placeholder in the content control was taken out")

    def _mark(
        self,
        blocks: Sequence[etree._Element],
        cleared: Cleared,
        kept: tuple[etree._Element, etree._Element] | None,
        seam: _Seam,
    ) -> None:
        """Mark the annex by bookmarks on its first and last words; set what was kept of the place around it."""
        worded = [p for b in blocks for p in b.iter(w("p")) if any((t.text or "").strip() for t in p.iter(w("t")))]
        following = next_id([self.host.root, *([kept[0]] if kept is not None else [])], "bookmarkStart", "bookmarkEnd")
        set_bookmarks(worded[0], [f"{BEGIN}{self.tag}"], following)
        set_bookmarks(worded[-1], [f"{END}{self.tag}"], following + 1)
        if cleared.moved:
            target = self.host.blocks[self.place.heading] if self.place.heading is not None else worded[0]
            set_bookmarks(target, cleared.moved, following + 2)
            what = "the heading of the annex" if self.place.heading is not None else "the title of the annex"
            self.told.append(f"references to {', '.join(cleared.moved)}, which stood at the place, lead to {what} now")
        if kept is not None:
            first, last = worded[0], worded[-1]
            if kept[0].get(w("id")) in {e.get(w("id")) for e in self.host.root.iter(w("bookmarkStart"))}:
                for mark in kept:
                    mark.set(w("id"), str(following + 2 + len(cleared.moved)))
            first.insert(1 if first.find(w("pPr")) is not None else 0, kept[0])
            last.append(kept[1])

    def _settings(self, output: Output, seam: _Seam) -> None:
        """Have Word bring the agreement's contents list up to date when it opens the file."""
        if not has_contents(self.host.root):
            return
        name = output.related("settings")
        tree = self._part(output, "settings", "word/settings.xml") if not name else output.tree(name)
        if is_on(tree.find(w("updateFields"))):
            return
        for old in tree.findall(w("updateFields")):
            tree.remove(old)
        setting = make("updateFields")
        setting.set(w("val"), "true")
        at = max((n for n, c in enumerate(tree) if c.tag.rpartition("}")[2] in _BEFORE_UPDATE), default=-1) + 1
        tree.insert(at, setting)
        self.told.append("Word brings the contents list up to date when it opens the file (it asks first)")


_BEFORE_UPDATE = frozenset(
    """writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries displayBackgroundShape
    printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts saveSubsetFonts
    saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop
    hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState formsDesign attachedTemplate linkStyles
    stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView trackRevisions doNotTrackMoves
    doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop autoHyphenation
    consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle
    evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing
    drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery
    doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData
    noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore
    savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText
    doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags alwaysMergeEmptyNamespace""".split()
)


def _stories(output: Output) -> Iterable[str]:
    kinds = ("header", "footer", "footnotes", "endnotes", "comments")
    rows = output.relationships(output.main_part)
    return dict.fromkeys((output.main_part, *(x.target for x in rows if x.kind in kinds and x.target in output.parts)))


def _bookmarks(blocks: Iterable[etree._Element]) -> set[str]:
    return {b.get(w("name"), "") for x in blocks for b in x.iter(w("bookmarkStart"))}


def _line(ids: Mapping[str, str], section: etree._Element | None) -> etree._Element:
    """The small line that ends a section."""
    line, properties, style = make("p"), make("pPr"), make("pStyle")
    style.set(w("val"), ids.get("AnnexEnd", ""))
    properties.append(style)
    if section is not None:
        properties.append(section)
    line.append(properties)
    return line


def _with_section(paragraph: etree._Element, section: etree._Element) -> None:
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = make("pPr")
        paragraph.insert(0, properties)
    for old in properties.findall(w("sectPr")):
        properties.remove(old)
    at = next((n for n, c in enumerate(properties) if c.tag == w("pPrChange")), len(properties))
    properties.insert(at, section)


def _refer(section: etree._Element, shown: Mapping[Slot, str]) -> None:
    for at, ((kind, type_), id_) in enumerate(sorted(shown.items(), key=lambda i: (i[0][0] != "header", i[0]))):
        reference = make(f"{kind}Reference")
        reference.set(w("type"), type_)
        reference.set(r("id"), id_)
        section.insert(at, reference)


def _section_rank(child: etree._Element) -> int:
    name = child.tag.rpartition("}")[2]
    if name in ("headerReference", "footerReference"):
        return 0
    return _SECTION_ORDER.index(name) if name in _SECTION_ORDER else len(_SECTION_ORDER)


def _following(element: etree._Element, paragraph: etree._Element) -> Iterable[etree._Element]:
    """The texts of a paragraph after an element."""
    met = False
    for found in paragraph.iter(element.tag, w("t")):
        if found is element:
            met = True
        elif met and found.tag == w("t"):
            yield found


def _inside(blocks: Sequence[etree._Element], start: etree._Element, end: etree._Element) -> set[etree._Element]:
    """The runs between two marks."""
    out: set[etree._Element] = set()
    met = False
    for block in blocks:
        for element in block.iter(w("r"), w("bookmarkStart"), w("bookmarkEnd")):
            if element is start:
                met = True
            elif element is end:
                return out
            elif met and element.tag == w("r"):
                out.add(element)
    return out


def _says(paragraph: etree._Element, inside: set[etree._Element], *, after: bool) -> bool:
    """Whether a paragraph has words before, or after, its runs inside a bookmark."""
    runs = list(paragraph.iter(w("r")))
    held = [n for n, run in enumerate(runs) if run in inside]
    outer = runs[held[-1] + 1 :] if after and held else runs[: held[0]] if held else runs
    return any((t.text or "").strip() for run in outer for t in run.iter(w("t")))


def _comes_after(element: etree._Element, mark: etree._Element, order: Sequence[etree._Element]) -> bool:
    return order.index(element) > order.index(mark)


def _unnumbered(paragraph: etree._Element) -> None:
    """Let the second half of a paragraph have no number of its own."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        return
    for old in properties.findall(w("numPr")):
        properties.remove(old)
    number, level = make("numPr"), make("numId")
    level.set(w("val"), "0")
    number.append(level)
    at = next(
        (
            n
            for n, c in enumerate(properties)
            if c.tag.rpartition("}")[2]
            not in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
        ),
        len(properties),
    )
    properties.insert(at, number)


def _plain(what: str, blocks: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """Blocks as the record keeps them: without styles, which are those of another file; a heading stays one."""
    for at, block in enumerate(blocks):
        copy = deepcopy(block)
        for style in list(copy.iter(w("pStyle"), w("tblStyle"), w("rStyle"), w("sectPr"))):
            if what != "contents":  # whose styles tell its entries in every program
                _detach(style)
        if what == "signatures" and at == 0 and (own := copy.find(w("pPr"))) is not None:
            level = make("outlineLvl")
            level.set(w("val"), "0")
            own.append(level)
        yield copy


def _detach(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
