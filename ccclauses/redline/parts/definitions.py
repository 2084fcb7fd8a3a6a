"""Merges what paragraphs of BEFORE rely on into the redline: styles and numbering that AFTER lacks.

AFTER's definitions win where both sides define a name, as the redline is AFTER's document; what only BEFORE
defines is added. A list number that means something else on both sides gets a new id for BEFORE's paragraphs.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from ...ooxml.namespaces import w
from ...ooxml.output import Output
from ...ooxml.package.package import Package
from ..carrier import Carrier, with_namespaces
from .properties import canonical

SAVE_MARKS = frozenset({w("nsid"), w("tmpl"), w("rsid"), w("multiLevelType")})  # differ with every save or copy


def merge_styles(output: Output, before: Package, renumber: Callable[[etree._Element], etree._Element]) -> None:
    """Add the styles that only BEFORE has."""
    source, part = before.related("styles"), output.related("styles")
    if source is None:
        return
    if part is None:
        _adopt(output, before, "styles")
        return
    theirs = before.xml(source)
    root = with_namespaces(output.tree(part), theirs)
    output.put_tree(part, root)
    known = {style.get(w("styleId")) for style in root.findall(w("style"))}
    missing = [style for style in theirs.findall(w("style")) if style.get(w("styleId")) not in known]
    names = {_name(style).lower() for style in root.findall(w("style"))}
    for style in missing:
        copy = renumber(deepcopy(style))
        copy.attrib.pop(w("default"), None)
        if _name(copy) and _name(copy).lower() in names:
            copy.find(w("name")).set(w("val"), f"{_name(copy)} (before)")
        link = copy.find(w("link"))
        if link is not None:  # the style of AFTER it would be linked with knows nothing of it
            copy.remove(link)
        root.append(copy)


def _name(style: etree._Element) -> str:
    found = style.find(w("name"))
    return "" if found is None else found.get(w("val"), "")


def _adopt(output: Output, before: Package, kind: str) -> None:
    """Take a whole part of BEFORE that AFTER lacks."""
    source = before.related(kind)
    assert source is not None  # asked for only where BEFORE has it
    row = next(r for r in before.relationships(before.main_part) if r.kind == kind and not r.external)
    part = output.add_part(source, before.parts[source], before.content_type(source))
    output.relate(output.main_part, row.type, part)


def merge_numbering(output: Output, before: Package) -> Callable[[etree._Element], etree._Element]:
    """Return a function that gives properties carried over from BEFORE their list ids in the redline."""
    source, part = before.related("numbering"), output.related("numbering")
    if source is None:
        return lambda properties: properties
    if part is None:
        _adopt(output, before, "numbering")
        return lambda properties: properties
    lists = _Lists(output, before, source, part)
    return lists.renumber


class _Lists:
    def __init__(self, output: Output, before: Package, source: str, part: str):
        self.output, self.part = output, part
        self.old = before.xml(source)
        output.put_tree(part, with_namespaces(output.tree(part), self.old))
        self.carrier = Carrier(output, before, source, part)
        self.known: dict[str, str] = {}
        self.abstracts: dict[str, str] = {}  # abstract list of BEFORE -> its copy

    def renumber(self, properties: etree._Element) -> etree._Element:
        """Point the list references under `properties` to lists of the redline, in place."""
        for reference in properties.iter(w("numId")):
            value = reference.get(w("val"), "")
            if value and value != "0":
                if value not in self.known:
                    self.known[value] = self._list(value)
                reference.set(w("val"), self.known[value])
        return properties

    def _list(self, value: str) -> str:
        old = _find(self.old, "num", value)
        if old is None:
            return value
        root = self.output.tree(self.part)
        new = _find(root, "num", value)
        if new is not None and _meaning(self.old, old) == _meaning(root, new):
            return value
        copy = deepcopy(old)
        copy.find(w("abstractNumId")).set(
            w("val"), self._abstract(root, old.find(w("abstractNumId")).get(w("val"), ""))
        )
        if new is not None:
            value = str(1 + max(int(num.get(w("numId"), "0")) for num in root.findall(w("num"))))
        copy.set(w("numId"), value)
        at = max((at for at, child in enumerate(root) if child.tag == w("num")), default=len(root) - 1)
        root.insert(at + 1, copy)
        return value

    def _abstract(self, root: etree._Element, value: str) -> str:
        """Copy an abstract list of BEFORE and return the copy's id."""
        if value in self.abstracts:
            return self.abstracts[value]
        old = _find(self.old, "abstractNum", value)
        if old is None:
            return value
        copy = self.carrier.carry(old)
        number = str(1 + max((int(a.get(w("abstractNumId"), "0")) for a in root.findall(w("abstractNum"))), default=0))
        copy.set(w("abstractNumId"), number)
        for name in ("nsid", "styleLink"):  # lists of one nsid are taken for the same list
            found = copy.find(w(name))
            if found is not None:
                copy.remove(found)
        at = max(
            (at for at, child in enumerate(root) if child.tag in (w("abstractNum"), w("numPicBullet"))), default=-1
        )
        root.insert(at + 1, copy)
        self.abstracts[value] = number
        return number


def _find(root: etree._Element, kind: str, value: str) -> etree._Element | None:
    return next((found for found in root.findall(w(kind)) if found.get(w(kind + "Id")) == value), None)


def _meaning(root: etree._Element, number: etree._Element) -> str:
    """Return how a list looks: its levels and what it overrides."""
    reference = number.find(w("abstractNumId"))
    abstract = _find(root, "abstractNum", reference.get(w("val"), "")) if reference is not None else None
    return canonical(abstract, SAVE_MARKS) + "|" + canonical(number, frozenset({w("abstractNumId")}))
