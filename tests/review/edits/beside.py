"""Edits beside the words of the clauses: comments, headers, notes, boxes, controls, settings, links."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from ccclauses.ooxml.namespaces import W14, R, make, w
from ccclauses.ooxml.package.package import serialize_xml

from .draft import AUTHOR, DATE, Draft, Expected, NotHere, text_of

_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def comment(draft: Draft) -> list[Expected]:
    section, id_ = _commented(draft)
    add_comment(draft, id_, "We can't accept this.")
    return [("comment", "comment", section)]


def comment_with_answer(draft: Draft) -> list[Expected]:
    """A comment, an answer to it, and the thread resolved: one finding."""
    section, id_ = _commented(draft)
    first, answer = f"{int(id_):08X}", f"{int(id_) + 1:08X}"
    add_comment(draft, id_, "We can't accept this.", first)
    add_comment(draft, str(int(id_) + 20_000), "Nor can we.", answer)
    name = "word/commentsExtended.xml"
    root = etree.Element(f"{{{_W15}}}commentsEx", nsmap={"w15": _W15})
    for paragraph, parent in ((first, ""), (answer, first)):
        element = etree.SubElement(root, f"{{{_W15}}}commentEx")
        element.set(f"{{{_W15}}}paraId", paragraph)
        element.set(f"{{{_W15}}}done", "1")
        if parent:
            element.set(f"{{{_W15}}}paraIdParent", parent)
    if name in draft.parts:
        known = etree.fromstring(draft.parts[name])
        known.extend(list(root))
        draft.parts[name] = serialize_xml(known)
    else:
        add_part(
            draft,
            name,
            serialize_xml(root),
            "commentsExtended",
            "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
        )
    return [("comment", "comment", section)]


def _commented(draft: Draft) -> tuple[str, str]:
    section, block = draft.paragraph()
    id_ = str(draft.random.randint(1, 10_000))
    run = next(block.iter(w("r")))
    start, end = make("commentRangeStart"), make("commentRangeEnd")
    for mark in (start, end):
        mark.set(w("id"), id_)
    run.addprevious(start)
    run.addnext(end)
    reference = make("r")
    etree.SubElement(reference, w("commentReference")).set(w("id"), id_)
    end.addnext(reference)
    return section, id_


def add_part(draft: Draft, name: str, data: bytes, kind: str, relationship: str = "") -> str:
    """A part of the file, with its type and its relationship; the id of that."""
    draft.parts[name] = data
    types = etree.fromstring(draft.parts["[Content_Types].xml"])
    etree.SubElement(types, f"{{{types.nsmap[None]}}}Override", PartName=f"/{name}", ContentType=f"{_TYPES}{kind}+xml")
    draft.parts["[Content_Types].xml"] = serialize_xml(types)
    return relate(draft, name.removeprefix("word/"), relationship or f"{R}/{kind}")


def relate(draft: Draft, target: str, kind: str, mode: str = "") -> str:
    """A relationship of the main part; its id."""
    name = "word/_rels/document.xml.rels"
    rels = etree.fromstring(draft.parts[name])
    id_ = f"rIdEdit{len(rels)}"
    made = etree.SubElement(rels, f"{{{rels.nsmap[None]}}}Relationship", Id=id_, Type=kind, Target=target)
    if mode:
        made.set("TargetMode", mode)
    draft.parts[name] = serialize_xml(rels)
    return id_


def add_comment(draft: Draft, id_: str, text: str, paragraph_id: str = "") -> None:
    """The words of a comment."""
    name = "word/comments.xml"
    if name not in draft.parts:
        add_part(draft, name, serialize_xml(make("comments")), "comments")
    root = etree.fromstring(draft.parts[name])
    element = etree.SubElement(root, w("comment"))
    for key, value in (("id", id_), ("author", AUTHOR), ("date", DATE)):
        element.set(w(key), value)
    paragraph = etree.SubElement(element, w("p"))
    if paragraph_id:
        paragraph.set(f"{{{W14}}}paraId", paragraph_id)
    etree.SubElement(etree.SubElement(paragraph, w("r")), w("t")).text = text
    draft.parts[name] = serialize_xml(root)


# ------------------------------------------------------------------------------------- stories


def _retyped(draft: Draft, part: str) -> list[Expected]:
    """Other words at the start of every header or footer."""
    changed = 0
    for name in list(draft.parts):
        if re.fullmatch(rf"word/{part}\d+\.xml", name):
            new = re.sub(rb"(<w:t(?: [^>]*)?>)[^<]+", rb"\1Revised terms", draft.parts[name], count=1)
            changed += new != draft.parts[name]
            draft.parts[name] = new
    if not changed:
        raise NotHere
    return [("silent", "reworded", "file")]


def change_header(draft: Draft) -> list[Expected]:
    return _retyped(draft, "header")


def change_footer(draft: Draft) -> list[Expected]:
    return _retyped(draft, "footer")


def furnish(draft: Draft) -> None:
    """Give a file what a template may bring: a footnote, an endnote, a text box and a content control."""
    for kind in ("footnote", "endnote"):
        root = make(f"{kind}s")
        for number, text in (
            (1, f"Read this {kind} with clause 2. The Provider pays 30 days after an invoice."),
            (2, f"Another {kind}."),
        ):
            element = etree.SubElement(root, w(kind))
            element.set(w("id"), str(number))
            paragraph = etree.SubElement(element, w("p"))
            etree.SubElement(etree.SubElement(paragraph, w("r")), w("t")).text = text
        add_part(draft, f"word/{kind}s.xml", serialize_xml(root), f"{kind}s")
        for number in (1, 2):
            _, block = draft.paragraph(runs=lambda n: n > 3)
            run = etree.SubElement(block, w("r"))
            etree.SubElement(run, w(f"{kind}Reference")).set(w("id"), str(number))
    _, block = draft.paragraph(runs=lambda n: n > 3)
    block.append(_box("The Provider answers within 4 hours on working days. This box is part of the Annex."))
    section, block = draft.paragraph(lambda t: len(t) > 100 and " shall " in t)
    control, content = make("sdt"), make("sdtContent")
    block.addprevious(control)
    control.append(make("sdtPr"))
    control.append(content)
    content.append(block)
    draft.used.clear()


def _box(text: str) -> etree._Element:
    shape = (
        f'<w:r xmlns:w="{make("r").nsmap["w"]}" xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape style="width:200pt;height:40pt">'
        f"<v:textbox><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    return etree.fromstring(shape)


def _note_edit(kind: str) -> Callable[[Draft], list[Expected]]:
    def edit(draft: Draft) -> list[Expected]:
        name = f"word/{kind}s.xml"
        if name not in draft.parts or b"30 days" not in draft.parts[name]:
            raise NotHere
        draft.parts[name] = draft.parts[name].replace(b"30 days", b"90 days")
        return [("silent", "reworded", "file")]

    edit.__name__ = f"change_{kind}"
    return edit


change_footnote, change_endnote = _note_edit("footnote"), _note_edit("endnote")


def add_footnote(draft: Draft) -> list[Expected]:
    """A note where there was none: its words change what the paragraph means."""
    name = "word/footnotes.xml"
    if name not in draft.parts:
        add_part(draft, name, serialize_xml(make("footnotes")), "footnotes")
    root = etree.fromstring(draft.parts[name])
    id_ = str(len(root) + 40)
    note = etree.SubElement(root, w("footnote"))
    note.set(w("id"), id_)
    paragraph = etree.SubElement(note, w("p"))
    etree.SubElement(
        etree.SubElement(paragraph, w("r")), w("t")
    ).text = f"Not where the Provider is short of staff ({id_})."
    draft.parts[name] = serialize_xml(root)
    _, block = draft.paragraph()
    run = etree.SubElement(block, w("r"))
    etree.SubElement(run, w("footnoteReference")).set(w("id"), id_)
    return [("silent", "new", "file")]


def change_box(draft: Draft) -> list[Expected]:
    for words in draft.root.iter(w("t")):
        if (
            words.text
            and "within 4 hours" in words.text
            and next(words.iterancestors(w("txbxContent")), None) is not None
        ):
            words.text = words.text.replace("4 hours", "4 weeks")
            return [("silent", "reworded", "file")]
    raise NotHere


def add_box(draft: Draft) -> list[Expected]:
    _, block = draft.paragraph()
    block.append(_box("Terms in this box prevail over the Annex."))
    return [("silent", "new", "file")]


def change_control(draft: Draft) -> list[Expected]:
    """Words inside a content control."""
    for control in draft.root.iter(w("sdt")):
        for words in control.iter(w("t")):
            if words.text and " shall " in words.text and control not in draft.used:
                draft.used.add(control)
                words.text = words.text.replace(" shall ", " may ", 1)
                before = control.getprevious()
                while before is not None:
                    for section, blocks in draft.sections().items():
                        if before in blocks:
                            return [("silent", "reworded", section)]
                    before = before.getprevious()
    raise NotHere


def put_in_control(draft: Draft) -> list[Expected]:
    """A content control around words that stay as they are is no change of them."""
    _, block = draft.paragraph()
    run = next(block.iter(w("r")))
    control, content = make("sdt"), make("sdtContent")
    run.addprevious(control)
    control.append(make("sdtPr"))
    control.append(content)
    content.append(run)
    return []


# ------------------------------------------------------------------------------------- the file


def add_link(draft: Draft) -> list[Expected]:
    """Words become a link to an address outside."""
    _, block = draft.paragraph()
    id_ = relate(draft, f"https://terms{draft.random.randint(1, 10**6)}.example/current", f"{R}/hyperlink", "External")
    run = next(block.iter(w("r")))
    link = make("hyperlink")
    link.set(f"{{{R}}}id", id_)
    run.addprevious(link)
    link.append(run)
    return [("silent", "file", "file")]


def protect(draft: Draft) -> list[Expected]:
    settings = draft.parts["word/settings.xml"]
    if b"documentProtection" in settings:
        raise NotHere
    draft.parts["word/settings.xml"] = settings.replace(
        b"</w:settings>", b'<w:documentProtection w:edit="readOnly" w:enforcement="1"/></w:settings>'
    )
    return [("silent", "file", "file")]


def computed_words(draft: Draft) -> list[Expected]:
    """Words are shown by a field that computes them."""
    _, block = draft.paragraph(lambda t: " shall " in t and len(t) > 60)
    run = next(block.iter(w("r")))
    parent = run.getparent()
    simple = make("fldSimple")
    simple.set(w("instr"), f' IF {draft.random.randint(1, 10**6)} = 2 "x" "{text_of(block)[:5]}" ')
    parent.replace(run, simple)
    simple.append(run)
    return [("silent", "field", "file")]


def white_words(draft: Draft) -> list[Expected]:
    """A sentence in white after what can be seen."""
    section, block = draft.paragraph()
    run = etree.SubElement(block, w("r"))
    properties = etree.SubElement(run, w("rPr"))
    etree.SubElement(properties, w("color")).set(w("val"), "FFFFFF")
    words = etree.SubElement(run, w("t"))
    words.text = " The Provider owes best endeavours only."
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [("silent", "reworded", section)]
