"""A second opinion on an agreement with an annex in it, by python-docx: what `ccclauses.into` knows of Word is not used here.

`python tests/into/judge.py AGREEMENT MERGED` prints what it finds. It knows the annex by the two bookmarks around it, and says
of everything outside of them whether it is as it was: words, styles as they come out, pages, headers, bookmarks; and of
everything inside whether what it names is there.
"""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.section import Section
from docx.text.paragraph import Paragraph

BEGIN, END = "_ca_", "_ce_"
SHOWN = 40  # characters of a paragraph that name it


class Judged:
    """A Word file as python-docx knows it: its paragraphs in order, each with the section that it stands in."""

    def __init__(self, data: bytes) -> None:
        self.document: Document = docx.Document(io.BytesIO(data))
        self.body = self.document.element.body
        self.sections: list[Section] = list(self.document.sections)
        self.paragraphs: list[Paragraph] = []
        self.section: list[int] = []
        at = 0
        for block in self.body:
            found = [block] if block.tag == qn("w:p") else list(block.iter(qn("w:p")))
            self.paragraphs += [Paragraph(p, self.document._body) for p in found]
            self.section += [at] * len(found)
            if any(s.getparent().tag == qn("w:pPr") for s in block.iter(qn("w:sectPr"))):
                at += 1
        self.pages = [_page(s) for s in self.sections]
        names = [[m.get(qn("w:name")) for m in p._p.iter(qn("w:bookmarkStart"))] for p in self.paragraphs]
        self.first = next((n for n, x in enumerate(names) if any(i.startswith(BEGIN) for i in x)), -1)
        self.last = next((n for n, x in enumerate(names) if any(i.startswith(END) for i in x)), -1)

    def words(self, at: int) -> str:
        """The words of a paragraph, those in fields and links included."""
        return "".join(t.text or "" for t in self.paragraphs[at]._p.iter(qn("w:t")))

    def look(self, at: int) -> tuple[object, ...]:
        """How a paragraph comes out by its styles: font, size, bold, colour, and what it says of itself."""
        paragraph = self.paragraphs[at]
        style = paragraph.style
        out: list[object] = [style.name if style is not None else ""]
        for name in ("name", "size", "bold", "italic", "all_caps"):
            at_ = style
            while at_ is not None and getattr(at_.font, name) is None:
                at_ = at_.base_style
            out.append(getattr(at_.font, name) if at_ is not None else None)
        own = paragraph.paragraph_format
        return (*out, own.alignment, own.left_indent, own.space_before, own.space_after)

    def bookmarks(self, apart: range = range(0)) -> dict[str, str]:
        """The words that each bookmark covers, without those of some paragraphs."""
        out: dict[str, list[str]] = {}
        open_: dict[str, str] = {}
        skipped = {self.paragraphs[n]._p for n in apart}
        for element in self.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:t")):
            if element.tag == qn("w:bookmarkStart"):
                open_[element.get(qn("w:id"))] = element.get(qn("w:name"))
                out.setdefault(element.get(qn("w:name")), [])
            elif element.tag == qn("w:bookmarkEnd"):
                open_.pop(element.get(qn("w:id")), None)
            elif not any(a in skipped for a in element.iterancestors(qn("w:p"))):
                for name in open_.values():
                    out[name].append(element.text or "")
        return {n: "".join(x) for n, x in out.items()}


def _page(section: Section) -> tuple[object, ...]:
    size = (section.page_width, section.page_height, section.orientation)
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    shown = tuple("|".join(p.text for p in s.paragraphs) for s in (section.header, section.footer))
    return (*size, *margins, *shown)


def judge(agreement: bytes, merged: bytes, *, opening: int = 0) -> Iterator[str]:
    """What is not as it should be; `opening` paragraphs before the annex may stand under its headers: its heading's."""
    host, made = Judged(agreement), Judged(merged)
    if made.first < 0 or made.last < made.first:
        yield "the annex is not there, or not marked"
        return
    small = {
        n
        for n, p in enumerate(made.paragraphs)
        if p.style is not None and p.style.name.startswith("Annex ") and not made.words(n)
    }
    before = [n for n in range(made.first) if n not in small]
    after = [n for n in range(made.last + 1, len(made.paragraphs)) if n not in small]
    gone = range(len(before), len(host.paragraphs) - len(after))
    pairs = [*zip(range(len(before)), before), *zip(range(gone.stop, len(host.paragraphs)), after)]
    for old, new in pairs:
        said = f"“{host.words(old)[:SHOWN]}”"
        if host.words(old) != made.words(new):
            yield f"{said} reads “{made.words(new)[:SHOWN]}”"
        elif host.look(old) != made.look(new):
            yield f"{said} looks otherwise: {host.look(old)} > {made.look(new)}"
        page, now = host.pages[host.section[old]], made.pages[made.section[new]]
        near = made.first - opening <= new < made.first
        if (page[:7], () if near else page) != (now[:7], () if near else now):
            yield f"{said} stands on another page: {page} > {now}"
    inside = range(made.first, made.last + 1)
    left, there = host.bookmarks(gone), made.bookmarks(inside)
    removed = {m.get(qn("w:name")) for n in gone for m in host.paragraphs[n]._p.iter(qn("w:bookmarkStart"))}
    for name, words in left.items():
        if name not in removed and there.get(name) != words:
            yield f"the bookmark {name} covers “{there.get(name, 'nothing')[:SHOWN]}” instead of “{words[:SHOWN]}”"
    names = Counter(m.get(qn("w:name")) for m in made.body.iter(qn("w:bookmarkStart")))
    yield from (f"the bookmark {name} is there {count} times" for name, count in names.items() if count > 1)
    for text in made.body.iter(qn("w:instrText")):
        found = re.match(r"\s*(?:PAGE)?REF\s+(\S+)", text.text or "")
        if found and found[1] not in names:
            yield f"a reference leads to {found[1]}, which is not there"
    known = {s.style_id for s in made.document.styles}
    for n in inside:
        named = made.paragraphs[n]._p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if named is not None and named.get(qn("w:val")) not in known:
            yield f"the style {named.get(qn('w:val'))} is used and not there"


if __name__ == "__main__":
    lines = list(judge(*(Path(x).read_bytes() for x in sys.argv[1:3]), opening=6))
    print("\n".join(lines) or "nothing found")
    raise SystemExit(bool(lines))
