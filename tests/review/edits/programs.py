"""What programs do to a file on its way, which is no edit and must not be told as one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy

from lxml import etree

from ccclauses.ooxml.namespaces import make, w

from .draft import Draft, tracked


def strip_anchors(draft: Draft) -> None:
    """Every bookmark gone, as after a passage through some editors."""
    for mark in list(draft.root.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        mark.getparent().remove(mark)


def flatten_styles(draft: Draft, styles: bool = False) -> None:
    """Every paragraph in the default style (or in its own), its number typed as text."""
    from ccclauses.read.word.docx import read_docx

    document = read_docx(draft.package(), view="all")
    numbers = iter([p for b in document.blocks for p in _paragraphs(b)])
    for element in _elements(draft.body):
        read = next(numbers)
        if read.number:
            run = make("r")
            words = etree.SubElement(run, w("t"))
            words.text = read.number + "\t"
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            marks = element.find(f"{w('pPr')}/{w('rPr')}")
            marked = None if marks is None else next((m for m in marks if m.tag in (w("ins"), w("del"))), None)
            if marked is not None:  # a paragraph that comes or goes takes its number with it
                mark = tracked(marked.tag.rpartition("}")[2])
                mark.append(run)
                words.tag = w("delText") if marked.tag == w("del") else w("t")
                run = mark
            properties = element.find(w("pPr"))
            properties.addnext(run) if properties is not None else element.insert(0, run)
        for properties in element.findall(w("pPr")):
            for child in properties:
                if child.tag not in (w("rPr"), w("sectPr")) and not (styles and child.tag == w("pStyle")):
                    properties.remove(child)
            if styles:
                counting = make("numPr")
                etree.SubElement(counting, w("numId")).set(w("val"), "0")
                properties.insert(1 if properties.find(w("pStyle")) is not None else 0, counting)


def _paragraphs(block) -> list:  # type: ignore[no-untyped-def, type-arg]
    return [p for cell in block.cells for p in cell] if hasattr(block, "cells") else [block]


def _elements(body: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of the body, without those of boxes, which stand apart."""
    return (p for p in body.iter(w("p")) if next(p.iterancestors(w("txbxContent")), None) is None)


def plain_fields(draft: Draft) -> None:
    """Fields become the text that they show, as after a copy and paste as text."""
    for element in list(draft.root.iter(w("fldChar"), w("instrText"))):
        run = element.getparent()
        run.remove(element)
        if not [c for c in run if c.tag != w("rPr")]:
            run.getparent().remove(run)
    for link in list(draft.root.iter(w("hyperlink"))):
        place = link.getparent().index(link)
        for child in reversed(list(link)):
            link.getparent().insert(place, child)
        link.getparent().remove(link)


def rebuild(draft: Draft) -> None:
    """The file made anew by copy and paste: no anchors, no fields, no styles, numbers typed."""
    flatten_styles(draft)
    plain_fields(draft)
    strip_anchors(draft)


def retyped_signs(draft: Draft) -> None:
    """Quotation marks, dashes, spaces and hyphens as another program writes them, and runs cut where it likes."""
    signs = str.maketrans({"“": '"', "”": '"', "’": "'", "–": "-", "\u2011": "-", "\u00a0": " "})
    for number, words in enumerate(list(draft.root.iter(w("t")))):
        text = words.text or ""
        if number % 3 == 0:
            text = text.translate(signs)
        elif number % 3 == 1:
            text = text.replace(" ", "\u00a0", 1).replace("-", "\u2011")
        elif text.endswith(". "):
            text += " "
        words.text = text
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run = words.getparent()
        if number % 4 == 0 and len(text) > 12 and run.tag == w("r") and len([c for c in run if c.tag != w("rPr")]) == 1:
            second = deepcopy(run)
            words.text, next(second.iter(w("t"))).text = text[:9], text[9:]
            run.addnext(make("proofErr"))
            run.getnext().addnext(second)


def tracked_formatting(draft: Draft) -> None:
    """Changes of formatting, tracked: bold runs and indented paragraphs."""
    for number, paragraph in enumerate(list(draft.body.iter(w("p")))):
        properties = paragraph.find(w("pPr"))
        if number % 5 or properties is None or properties.find(w("pPrChange")) is not None:
            continue
        change = tracked("pPrChange")
        change.append(deepcopy(properties))
        for child in change[0].findall(w("rPr")) + change[0].findall(w("sectPr")):
            change[0].remove(child)
        properties.append(change)
        for run in paragraph.findall(w("r"))[:1]:
            marks = run.find(w("rPr"))
            if marks is None:
                marks = make("rPr")
                run.insert(0, marks)
            marks.append(make("b"))
            marks.append(tracked("rPrChange"))
            etree.SubElement(marks[-1], w("rPr"))


def typed_numbers(draft: Draft) -> None:
    """Every number that Word counted is typed, the styles as they were."""
    flatten_styles(draft, styles=True)


DISGUISES: dict[str, Callable[[Draft], None]] = {
    "as it is": lambda draft: None,
    "no anchors": strip_anchors,
    "no fields": plain_fields,
    "other signs": retyped_signs,
    "tracked formatting": tracked_formatting,
    "typed numbers": typed_numbers,
    "flattened": flatten_styles,
    "rebuilt": rebuild,
}
