"""What a reader would notice of each paragraph of a package: words, number, look, section. The proof compares these."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from ...ooxml.namespaces import w
from ...ooxml.package.package import Package
from ...ooxml.package.record import BEGIN, END
from ...ooxml.sections import Slot
from ...ooxml.style_sheet import StyleSheet, is_on
from ...read.word.numbering import Numbers
from .host import references

# Properties of paragraphs and of their words that are compared, with what represents silence.
_PARAGRAPH = (("spacing", "before", "0"), ("spacing", "after", "0"), ("spacing", "line", "240"), ("ind", "left", "0"),
              ("ind", "right", "0"), ("jc", "val", "left"))  # fmt: skip
_WORDS = (("rFonts", "ascii", ""), ("rFonts", "asciiTheme", ""), ("sz", "val", "20"), ("color", "val", "auto"), ("lang", "val", ""),
          ("u", "val", "none"))  # fmt: skip
_SWITCHES = ("b", "i", "caps", "smallCaps", "strike", "vanish")
PAGE = (
    "pgSz",
    "pgMar",
    "cols",
    "titlePg",
    "pgNumType",
    "vAlign",
    "lnNumType",
    "pgBorders",
    "textDirection",
    "bidi",
    "docGrid",
)
_MEASURES = {
    "pgSz": {"w": "12240", "h": "15840", "orient": "portrait"},
    "pgMar": {
        "top": "1440",
        "right": "1440",
        "bottom": "1440",
        "left": "1440",
        "header": "720",
        "footer": "720",
        "gutter": "0",
    },
}
Page = Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """A paragraph of the body, and what a reader would notice of it."""

    element: etree._Element
    block: int  # the child of the body that it is or is in
    text: str
    number: str
    look: tuple[str, ...]
    page: Page
    shown: Mapping[Slot, str]  # the words of the headers and footers in force, by a digest where they have none
    outline: int

    @property
    def said(self) -> str:
        """The first words, to name it by."""
        words = " ".join(self.text.split())
        return f"“{words[:50]}{'…' if len(words) > 50 else ''}”" if words else "an empty paragraph"


class Facts:
    """The paragraphs of the body of a package in order, text boxes left out."""

    def __init__(self, package: Package, root: etree._Element | None = None) -> None:
        self.package = package
        self.root = package.xml(package.main_part) if root is None else root
        self.body = self.root[0] if self.root[0].tag == w("body") else self.root.find(w("body"))
        styles, numbering = package.related("styles"), package.related("numbering")
        self.styles = StyleSheet(package.xml(styles) if styles else None)
        sheet = package.xml(styles) if styles else None
        self.defaults = None if sheet is None else sheet.find(f"{w('docDefaults')}/{w('pPrDefault')}/{w('pPr')}")
        self.numbers = Numbers(package.xml(numbering) if numbering else None, self.styles)
        self._looks: dict[tuple[str, bytes], tuple[str, ...]] = {}
        self.paragraphs = list(self._read())

    def _read(self) -> Iterator[Fact]:
        pages = self._pages()
        for at, block in enumerate(self.body):
            for paragraph in [block] if block.tag == w("p") else block.iter(w("p")):
                if block.tag != w("p") and next(paragraph.iterancestors(w("txbxContent")), None) is not None:
                    continue
                properties = paragraph.find(w("pPr"))
                named = properties.find(w("pStyle")) if properties is not None else None
                style = named.get(w("val"), "") if named is not None else self.styles.default
                mark = properties.find(w("rPr")) if properties is not None else None
                stays = mark is None or mark.find(w("del")) is None
                page, shown = pages[at]
                yield Fact(
                    paragraph,
                    at,
                    "".join(t.text or "" for t in paragraph.iter(w("t"), w("delText"))),
                    self.numbers.count(style, properties, stays=stays)[0].strip(),
                    self._look(style, properties),
                    page,
                    shown,
                    self.styles.heading(style, properties),
                )

    def _look(self, style: str, properties: etree._Element | None) -> tuple[str, ...]:
        own = [c for c in properties if c.tag in _DIRECT] if properties is not None else []
        key = (style, b"".join(map(etree.tostring, own)))
        if key not in self._looks:
            chain = self.styles.chain(style if style in self.styles.styles else self.styles.default)
            tiers = [properties, *(s.find(w("pPr")) for s in chain), self.defaults]
            words = [*(s.find(w("rPr")) for s in chain), self.styles.defaults]
            said = [f"{n} {a} {_first(tiers, n, a, silent)}" for n, a, silent in _PARAGRAPH]
            said += [f"{n} {a} {_first(words, n, a, silent)}" for n, a, silent in _WORDS]
            said += [f"{n} {is_on(_found(words, n))}" for n in _SWITCHES]
            self._looks[key] = tuple(said)
        return self._looks[key]

    def _pages(self) -> list[tuple[Page, Mapping[Slot, str]]]:
        """For each block of the body the page that its section sets, and the headers and footers in force on it."""
        targets = {row.id: row.target for row in self.package.relationships(self.package.main_part)}
        words = {
            id_: self._words(t)
            for id_, t in targets.items()
            if t in self.package.parts and ("header" in t or "footer" in t)
        }
        out: list[tuple[Page, Mapping[Slot, str]]] = []
        waiting = 0
        shown: dict[Slot, str] = {}
        for block in self.body:
            waiting += 1
            ends = [block] if block.tag == w("sectPr") else [] if block.tag == w("tbl") else [
                s for s in block.iter(w("sectPr")) if s.getparent().tag == w("pPr")
            ]  # fmt: skip
            for section in ends[-1:]:
                shown = {
                    **shown,
                    **{slot: words.get(id_, targets.get(id_, "")) for slot, id_ in references(section).items()},
                }
                page = {n: _written(section.find(w(n))) for n in PAGE if section.find(w(n)) is not None}
                page |= {n: _measures(section.find(w(n)), wanted) for n, wanted in _MEASURES.items()}
                out += [(page, {s: t for s, t in shown.items() if t})] * waiting
                waiting = 0
        # a text that no section ends has the page that Word gives it
        return out + [({n: _measures(None, wanted) for n, wanted in _MEASURES.items()}, shown)] * waiting

    def _words(self, part: str) -> str:
        """What a header shows: nothing, its words, or a digest of what else it holds."""
        root = self.package.xml(part)
        text = " ".join("".join(t.text or "" for t in root.iter(w("t"))).split())
        drawn = next(root.iter(w("pict"), w("drawing"), w("object"), w("tbl"), w("fldChar"), w("fldSimple")), None)
        if drawn is None:
            return text
        return f"{text} {hashlib.sha256(etree.tostring(root)).hexdigest()[:8]}"

    def bounds(self, tag: str) -> tuple[int, int]:
        """The first and the last paragraph of the annex of that mark; -1 where there is none."""
        first = last = -1
        for at, fact in enumerate(self.paragraphs):
            for mark in fact.element.iter(w("bookmarkStart")):
                if mark.get(w("name")) == BEGIN + tag:
                    first = at
                elif mark.get(w("name")) == END + tag:
                    last = at
        return first, last

    def names(self, apart: Container[int] = ()) -> dict[str, str]:
        """The words that each bookmark of the body covers; those of the blocks `apart` are left out."""
        out: dict[str, list[str]] = {}
        open_: dict[str, str] = {}
        kinds = (w("bookmarkStart"), w("bookmarkEnd"), w("t"))
        for at, element in ((at, e) for at, block in enumerate(self.body) for e in block.iter(*kinds)):
            if element.tag == w("bookmarkStart"):
                open_[element.get(w("id"), "")] = element.get(w("name"), "")
                out.setdefault(element.get(w("name"), ""), [])
            elif element.tag == w("bookmarkEnd"):
                open_.pop(element.get(w("id"), ""), None)
            elif at not in apart:
                for name in open_.values():
                    out[name].append(element.text or "")
        return {name: "".join(words) for name, words in out.items()}


_DIRECT = frozenset(w(n) for n, _, _ in _PARAGRAPH)


def _found(tiers: list[etree._Element | None], name: str) -> etree._Element | None:
    return next((e for t in tiers if t is not None and (e := t.find(w(name))) is not None), None)


def _first(tiers: list[etree._Element | None], name: str, attribute: str, silent: str) -> str:
    for tier in tiers:
        found = tier.find(w(name)) if tier is not None else None
        if found is None:
            continue
        if name == "rFonts":  # a theme's font takes the place of a font by name, and the other way round
            font = found.get(w("asciiTheme")) or found.get(w("ascii"))
            if font:
                return (
                    (found.get(w(attribute)) or "")
                    if attribute == "asciiTheme" or not found.get(w("asciiTheme"))
                    else ""
                )
        elif found.get(w(attribute)) is not None:
            return found.get(w(attribute), silent)
    return silent


def _written(element: etree._Element | None) -> str:
    """The attributes of an element in one text; those that say what silence says are left out."""
    if element is None:
        return ""
    if element.tag == w("titlePg"):
        return str(is_on(element))
    return " ".join(f"{str(k).rpartition('}')[2]}={v}" for k, v in sorted(element.attrib.items()))


def _measures(element: etree._Element | None, wanted: Mapping[str, str]) -> str:
    """The measures of a page in one order; what is not stated is as Word has it."""
    return " ".join(
        f"{n}={(element.get(w(n)) if element is not None else None) or silent}" for n, silent in wanted.items()
    )
