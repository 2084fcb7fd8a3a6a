"""What the styles of a document are used for: how much text each has, where it counts, what tables look like."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from ..ooxml.namespaces import w
from ..ooxml.package.package import Package
from ..ooxml.revisions import accept_all, has_revisions
from ..ooxml.style_sheet import StyleSheet, value
from ..ooxml.styles import Styles
from ..read.word.numbering import Numbers

TEXT = 40  # characters from which a paragraph is taken for text and not for a heading


@dataclass(slots=True, kw_only=True)
class Use:
    """How a paragraph style is used in running text; empty paragraphs are not counted."""

    paragraphs: int = 0
    characters: int = 0
    first: int = -1  # the number of its first paragraph, from 0
    numbered: int = 0  # paragraphs that count on a level of a list

    @property
    def length(self) -> float:
        """Characters of a paragraph, on average."""
        return self.characters / self.paragraphs if self.paragraphs else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """How a level of a list of the document counts: Word's name of the format, and the text around the numbers."""

    format: str
    text: str


@dataclass(slots=True, kw_only=True)
class ListUse:
    """A list of the document: its levels, the style that counts on each, and how often each level is used."""

    number: str  # of the list, as styles name it
    levels: dict[int, Label]
    styles: dict[int, str]
    used: Counter[int] = field(default_factory=Counter)
    characters: Counter[int] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How many paragraphs count in it."""
        return sum(self.used.values())

    @property
    def below(self) -> int:
        """How many levels of ours are above its first: one where it numbers whole paragraphs and no headings."""
        return int(self.characters[0] >= TEXT * max(self.used[0], 1))

    @property
    def depth(self) -> int:
        """How many of its levels, from the first, are used or have a style."""
        return next((n for n in range(9) if n not in self.levels or not (self.used[n] or n in self.styles)), 9)


@dataclass(slots=True, kw_only=True)
class Survey:
    """A document as far as its looks tell what each style is for."""

    styles: Styles
    sheet: StyleSheet
    uses: dict[str, Use] = field(default_factory=dict)
    lists: dict[str, ListUse] = field(default_factory=dict)  # by kind of list
    tables: Counter[str] = field(default_factory=Counter)  # tables by style
    cells: Counter[str] = field(default_factory=Counter)  # paragraphs in cells by style
    heads: Counter[str] = field(default_factory=Counter)  # those of the first row of a table
    terms: Counter[str] = field(default_factory=Counter)  # runs by character style

    def use(self, style: str | None) -> Use:
        """How a style is used; not at all where it is unknown."""
        return self.uses.get(style or "", Use())

    def shown_name(self, style: str) -> str:
        """The name of a style as Word shows it."""
        return self.sheet.name(style)

    def looks_like_text(self, style: str) -> bool:
        """Whether a style is for whole paragraphs: not bold, and its paragraphs are not as short as headings."""
        use = self.use(style)
        return not self.sheet.toggle(style, "b") and (not use.paragraphs or use.length >= TEXT)


def survey(package: Package, styles: Styles) -> Survey:
    """Look through the text of a document; tracked changes count as accepted."""
    root = package.xml(package.main_part)
    if has_revisions(root):
        accept_all(root)
    sheet = StyleSheet(styles.root)
    found = Survey(styles=styles, sheet=sheet)
    part = package.related("numbering")
    numbers = Numbers(package.xml(part) if part else None, sheet)
    for list_id, listed in numbers.lists.items():
        kept = {n: Label(format=lv.format, text=lv.text) for n, lv in listed.levels.items()}
        linked = {n: lv.style for n, lv in listed.levels.items() if lv.style in sheet.styles}
        found.lists.setdefault(listed.kind, ListUse(number=list_id, levels=kept, styles=linked))
    for style_id in sheet.styles:  # styles that name a list, which need not name them
        place = sheet.list_place(style_id)
        if place.list_id in numbers.lists and place.chain and place.chain[0] == style_id:
            at = found.lists[numbers.lists[place.list_id].kind]
            level = place.level or 0
            if level not in at.styles and _states_list(sheet.styles[style_id]):
                at.styles[level] = style_id
    for number, paragraph in enumerate(root.iter(w("p"))):
        _count(paragraph, number, found, numbers)
    for table in root.iter(w("tbl")):
        found.tables[value(table.find(w("tblPr")), "tblStyle", sheet.default_table)] += 1
    for run in root.iter(w("r")):
        if style := value(run.find(w("rPr")), "rStyle"):
            found.terms[style] += 1
    return found


def _states_list(style: etree._Element) -> bool:
    return style.get(w("type")) == "paragraph" and style.find(f"{w('pPr')}/{w('numPr')}") is not None


def _count(paragraph: etree._Element, number: int, found: Survey, numbers: Numbers) -> None:
    properties = paragraph.find(w("pPr"))
    style = value(properties, "pStyle", found.sheet.default)
    style = style if style in found.sheet.styles else found.sheet.default
    text = "".join(t.text or "" for t in paragraph.iter(w("t"))).strip()
    if not text:
        return
    row = next((a for a in paragraph.iterancestors() if a.tag == w("tr")), None)
    if row is not None:
        table = row.getparent()
        first = next(iter(table.iter(w("tr"))), None) if table is not None else None
        (found.heads if row is first else found.cells)[style] += 1
        return
    use = found.uses.setdefault(style, Use(first=number))
    use.paragraphs += 1
    use.characters += len(text)
    label, _, level = numbers.count(style, properties)
    if not label:
        return
    place = found.sheet.list_place(style, properties)
    list_id = place.list_id or numbers._linked(place)
    if list_id in numbers.lists:
        use.numbered += 1
        at = found.lists[numbers.lists[list_id].kind]
        at.used[level - 1] += 1
        at.characters[level - 1] += len(text)
