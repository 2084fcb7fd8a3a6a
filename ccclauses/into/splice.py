"""The surgery: the old part out, the seams closed on both sides, the annex in, and what is altered told line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from ..ooxml.namespaces import make, w
from ..ooxml.output import Output
from ..ooxml.package.package import Package
from ..ooxml.package.record import BEGIN, END, Record, properties_of, read_records
from ..read.within import digest, words_of
from .fit.bring import bookmarks_of, bring_looks, bring_names, head, part_of
from .fit.fit import Fitted
from .fit.names import next_id
from .fit.parts import banners_of, import_banners
from .fit.record import write_record
from .fit.sections import close_before, end_lines, end_with_agreement, fit_sections, go_on
from .host.clear import Cleared, set_bookmarks, take_out
from .host.contents import bring_up_to_date, has_contents
from .host.held import Marks, detach, kept_around, open_bookmark
from .host.host import Host
from .host.place import Place
from .host.seam import Seam, seam_of
from .host.sweep import forget
from .track import Pen

CHANGES = ("bookmarkStart", "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange",
             "trPrChange", "tcPrChange", "tblGridChange", "cellIns", "cellDel", "cellMerge", "numberingChange",
             "moveFromRangeStart", "moveToRangeStart", "tblPrExChange")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Spliced:
    """The agreement with the annex in it, and what the proof and the report need to know of how it was done."""

    package: Package
    moved: tuple[str, ...]  # bookmarks of the agreement that lead to the annex now
    opening: int  # blocks of the agreement that are in the first section of the annex: its heading and what follows
    told: tuple[str, ...]  # what was altered in the agreement
    names: Mapping[str, str]
    tag: str


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
        seam = seam_of(host, place)
        blocks, last = [deepcopy(b) for b in self.fitted.blocks], deepcopy(self.fitted.last)
        names = bring_names(output, host, place, blocks, tracked=self.pen is not None)
        kept_bookmark = (
            open_bookmark(host, place, seam, self.pen, self.told)
            if place.bookmark
            else kept_around(place, seam, self.pen)
        )
        cleared = self._clear(output, seam, {*names.values()} or bookmarks_of(blocks))
        if place.older and self.pen is None:
            known = read_records(host.package)
            forget(output, known[place.older][0] if place.older in known else "", last=seam.after is None)
        ids = bring_looks(output, host, place, self.fitted.package, blocks)
        head(host, place, self.fitted, blocks)
        banners: dict[str, str] = {}
        left = list(self.fitted.left_out)
        if self.own_banners:
            banners, totals = import_banners(output, self.fitted.package, ids)
            left.append(("totals", tuple(totals)))
        else:
            left += [(kind, tuple(banners_of(self.fitted.package, kind))) for kind in ("header", "footer")]
        end_lines(blocks, last, ids, seam, self.pen)
        sections = [s for b in blocks for s in b.iter(w("sectPr"))] + ([last] if seam.after is None else [])
        sections = fit_sections(host, sections, seam, banners, own_banners=self.own_banners)
        last = sections[-1] if seam.after is None else last
        close_before(host, seam, ids, self.pen, self.told)
        self._insert(blocks, last, seam, ids)
        go_on(output, seam, sections, self.pen, self.told)
        self._mark(blocks, cleared, kept_bookmark, seam)
        if has_contents(host.root) and bring_up_to_date(part_of(output, "settings")):
            self.told.append("Word brings the contents list up to date when it opens the file (it asks first)")
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

    def _insert(self, blocks: list[etree._Element], last: etree._Element, seam: Seam, ids: Mapping[str, str]) -> None:
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
        end_with_agreement(self.host, blocks, ids, self.pen, self.told)

    def _clear(self, output: Output, seam: Seam, made: Iterable[str]) -> Cleared:
        """Take out what is at the place, or strike it where the change is tracked."""
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
                detach(run)
        self.told.append("the placeholder in the content control was taken out")

    def _mark(
        self,
        blocks: Sequence[etree._Element],
        cleared: Cleared,
        kept: Marks | None,
        seam: Seam,
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
            self.told.append(f"references to {', '.join(cleared.moved)}, which was at the place, lead to {what} now")
        if kept is not None:
            first, last = worded[0], worded[-1]
            if kept[0].get(w("id")) in {e.get(w("id")) for e in self.host.root.iter(w("bookmarkStart"))}:
                for mark in kept:
                    mark.set(w("id"), str(following + 2 + len(cleared.moved)))
            first.insert(1 if first.find(w("pPr")) is not None else 0, kept[0])
            last.append(kept[1])


def _plain(what: str, blocks: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """Blocks as the record keeps them: without styles, which are those of another file; a heading stays one."""
    for at, block in enumerate(blocks):
        copy = deepcopy(block)
        for style in list(copy.iter(w("pStyle"), w("tblStyle"), w("rStyle"), w("sectPr"))):
            if what != "contents":  # whose styles tell its entries in every program
                detach(style)
        if what == "signatures" and at == 0 and (own := copy.find(w("pPr"))) is not None:
            level = make("outlineLvl")
            level.set(w("val"), "0")
            own.append(level)
        yield copy
