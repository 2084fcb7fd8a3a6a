"""Fields of a paragraph-level tree: `{ PAGE }`, `{ REF x }`, found as wholes whichever of Word's two ways they are written in.

ISO/IEC 29500-1, 17.16: a simple field is one element, a complex one is runs between a begin and an end character.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ..namespaces import XML_SPACE, make, w

_BREAKS = {w("tab"): "\t", w("br"): " ", w("cr"): " ", w("noBreakHyphen"): "-"}


@dataclass(slots=True, eq=False)
class Field:
    """An outermost field. `elements` are all of it in document order: runs' children, or the one simple field."""

    elements: list[etree._Element]
    instruction: str = ""
    result: str = ""
    inner: list[str] = field(default_factory=list)  # instructions of the fields inside it
    whole: bool = True  # whether it has an end

    @property
    def words(self) -> list[str]:
        """The instruction in words; a text in quotation marks is one."""
        return split_instruction(self.instruction)

    @property
    def name(self) -> str:
        """What kind of field it is, in capitals."""
        return self.words[0].upper() if self.words else ""


def split_instruction(instruction: str) -> list[str]:
    """An instruction in words; quoted words lose their quotation marks, straight or curly."""
    out, word, quoted, begun = [], "", False, False
    for character in instruction:
        if character in '"“”„':
            quoted, begun = not quoted, True
        elif character.isspace() and not quoted:
            out += [word] if word or begun else []
            word, begun = "", False
        else:
            word += character
    return out + ([word] if word or begun else [])


def fields(root: etree._Element) -> Iterator[Field]:
    """The outermost fields below `root`, each with the text that it showed when the file was saved."""
    found: list[Field] = []
    open_field: Field | None = None
    depth, parts = 0, [""]  # the instructions of the open fields, outermost first
    showing: list[bool] = []
    for element in list(root.iter(w("fldChar"), w("instrText"), w("t"), w("fldSimple"), *_BREAKS)):
        tag = element.tag
        if tag in _BREAKS and (parent := element.getparent()) is not None and parent.tag != w("r"):
            continue  # a tab stop
        if tag == w("fldSimple"):
            if any(a.tag == w("fldSimple") for a in element.iterancestors()):
                continue
            if open_field is None:
                texts = "".join(t.text or "" for t in element.iter(w("t")))
                inner = [i.text or "" for i in element.iter(w("instrText"))]
                inner += [i.get(w("instr"), "") for i in element.iter(w("fldSimple")) if i is not element]
                found.append(Field([element], element.get(w("instr"), ""), texts, inner))
            else:
                open_field.elements.append(element)
                open_field.inner.append(element.get(w("instr"), ""))
            continue
        if open_field is None and any(a.tag == w("fldSimple") for a in element.iterancestors()):
            continue
        kind = element.get(w("fldCharType")) if tag == w("fldChar") else ""
        if kind == "begin":
            if open_field is None:
                open_field, parts, showing = Field([]), [], []
                found.append(open_field)
            parts.append("")
            showing.append(False)
            depth += 1
        if open_field is None:
            continue
        open_field.elements.append(element)
        if tag == w("instrText"):
            parts[-1] += element.text or ""
        elif kind == "separate":
            showing[-1] = True
        elif kind == "end":
            depth -= 1
            instruction, _ = parts.pop(), showing.pop()
            if depth:
                open_field.inner.append(instruction)
            else:
                open_field.instruction = instruction
                open_field = None
        elif all(showing):
            open_field.result += element.text or "" if tag == w("t") else _BREAKS.get(tag, "")
    if open_field is not None:
        open_field.whole = False
        open_field.instruction = parts[0]
    yield from found


def replace_field(found: Field, text: str) -> None:
    """Put plain text, which may be empty, in the place of a field; it looks as the field's result did."""
    first = found.elements[0]
    if first.tag == w("fldSimple"):
        run = next(iter(first.iter(w("r"))), None)
        new = _run(run, text)
        parent = first.getparent()
        assert parent is not None
        if text:
            parent.insert(parent.index(first), new)
        _detach(first)
        return
    runs = list(dict.fromkeys(r for e in found.elements if (r := _run_of(e)) is not None))
    shown = next((r for r in runs if r.find(w("t")) is not None), runs[0] if runs else None)
    if text and runs:
        parent = runs[0].getparent()
        assert parent is not None
        parent.insert(parent.index(runs[0]), _run(shown, text))
    for element in found.elements:
        _detach(element)
    for run in runs:
        if all(child.tag == w("rPr") for child in run):
            _detach(run)


def set_instruction(found: Field, instruction: str) -> None:
    """Let a field do something else; its switches go."""
    if found.elements[0].tag == w("fldSimple"):
        found.elements[0].set(w("instr"), f" {instruction} ")
        return
    written = [e for e in found.elements if e.tag == w("instrText")]
    for element in written:
        element.text = f" {instruction} " if element is written[0] else ""


def set_result(found: Field, text: str) -> None:
    """Let a field that stays show `text` until it is brought up to date."""
    texts = [e for e in found.elements if e.tag == w("t")]
    if found.elements[0].tag == w("fldSimple"):
        texts = list(found.elements[0].iter(w("t")))
    for element in texts:
        element.text = ""
    if texts:
        texts[0].text = text
        texts[0].set(XML_SPACE, "preserve")


def _run_of(element: etree._Element) -> etree._Element | None:
    return next((a for a in (element, *element.iterancestors()) if a.tag == w("r")), None)


def _run(like: etree._Element | None, text: str) -> etree._Element:
    run = make("r")
    look = like.find(w("rPr")) if like is not None else None
    if look is not None:
        run.append(etree.fromstring(etree.tostring(look)))
    words = etree.SubElement(run, w("t"))
    words.text = text
    words.set(XML_SPACE, "preserve")
    return run


def _detach(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
