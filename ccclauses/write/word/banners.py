"""What a template's header or footer loses on its way into another document, and what takes the place of it.

A header lives on what its file holds: bookmarks and styles of the body, document properties, custom XML, other files.
An annex has none of these, so a field that depends on them would show an error or, worse, the words of an older deal.
What has a counterpart in an annex is replaced by it, the rest is taken out, and each loss is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from ...model.diagnostic import Diagnostic, Position, Severity
from ...ooxml.headers import TOKENS
from ...ooxml.namespaces import MC, R, V, local_name, make, w
from ...ooxml.package.package import Relationship
from ...ooxml.revisions import accept_all, has_revisions
from ...ooxml.shown.fields import Field, fields, replace_field, set_instruction, set_result
from ...ooxml.styles import Styles

# Fields that need nothing but the page and the words inside them (ISO/IEC 29500-1, 17.16.5).
_LIVE = frozenset({"PAGE", "NUMPAGES", "SECTION", "IF", "COMPARE", "=", "SYMBOL", "QUOTE", "ADVANCE", "EQ"})
# Fields on the document itself, and what of an annex says the same.
_SAME = {
    "TITLE": "title",
    "SUBJECT": "agreement",
    "AUTHOR": "client",
    "DATE": "date",
    "CREATEDATE": "date",
    "SAVEDATE": "date",
    "PRINTDATE": "date",
}
_OWN_WORDS = frozenset({"COMPANY", "MANAGER"})  # properties of the firm, not of a deal
# Words in the names of properties, variables, bookmarks and content controls, and what of an annex they mean.
_MEANS = {
    "title": "title titel titre titulo subject betreff",
    "version": "version rev revision fassung stand",
    "date": "date datum fecha published publishdate",
    "status": "status state zustand",
    "classification": "class classification confidential confidentiality sensitivity vertraulichkeit category",
    "client": "client customer kunde auftraggeber cliente author",
    "provider": "provider supplier vendor contractor lieferant auftragnehmer dienstleister",
    "agreement": "agreement contract vertrag contrat contrato",
    "reference": "ref reference referenz doc docid docref docnumber docno document number no nr nummer id matter "
    "matterno aktenzeichen az imanagefooter footer",
}
_TOKEN_OF = {word: token for token, words in _MEANS.items() for word in words.split()}
_LOCAL_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|nagłówek|overskrift)\s*([1-9])", re.I
)
_SAFE_LINK = re.compile(r"(?:https?|mailto):", re.I)
_NOTES = ("footnoteReference", "endnoteReference", "commentReference", "annotationRef", "footnoteRef", "endnoteRef")
_DROPPED = (
    *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd", "proofErr"),
    *("subDoc", "altChunk"),
)
_KINDS = {
    "image": "a picture that is linked and not in the file",
    "chart": "a chart",
    "oleObject": "an embedded object",
    "package": "an embedded file",
    "control": "an ActiveX control",
    "diagramData": "a diagram",
}


@dataclass(slots=True, kw_only=True)
class Settling:
    """What is known while one header or footer is settled: its file, and what the annex will have."""

    file: str
    where: str  # "the default footer"
    styles: Styles
    used: frozenset[str]  # ids of the styles that an annex's headings and title have
    last_bookmarks: frozenset[str]  # bookmarks at the end of the template's text
    relationships: Mapping[str, Relationship]
    parts: frozenset[str]  # names of the parts that the package has
    found: list[Diagnostic] = field(default_factory=list)

    def tell(self, rule: str, message: str, hint: str = "", *, lost: bool = True) -> None:
        """Report what becomes of something; a note where it has a counterpart."""
        severity = Severity.WARNING if lost else Severity.NOTE
        at = Position(file=self.file)
        told = Diagnostic(rule=rule, severity=severity, message=f"{self.where} {message}", at=at, hint=hint)
        if told not in self.found:  # a shape is written twice, for newer and for older programs
            self.found.append(told)


def token_meant(name: str) -> str | None:
    """The token that a name such as `DocRef` or `Client_Name` means; None where nothing in an annex is like it."""
    words = re.findall(r"[^\W\d_]+", re.sub(r"(?<=[a-zäöü])(?=[A-ZÄÖÜ])", " ", name))
    for word in (name.replace(" ", ""), *words):
        if token := _TOKEN_OF.get(word.casefold()):
            return token
    return None


def settle(root: etree._Element, known: Settling) -> etree._Element:
    """The tree of a header or footer with everything that would not work in an annex replaced or taken out."""
    if has_revisions(root):
        accept_all(root)
        known.tell("template-header", "held tracked changes, which were accepted", lost=False)
    own = frozenset(b.get(w("name"), "") for b in root.iter(w("bookmarkStart")))
    for control in list(root.iter(w("sdt"))):
        _settle_control(control, known)
    for wrapper in list(root.iter(w("smartTag"), w("customXml"))):
        _unwrap(wrapper, wrapper)
    for found in fields(root):
        _settle_field(found, known, own)
    _settle_shapes(root, known)
    _settle_relationships(root, known)
    for name in _DROPPED:
        for element in list(root.iter(w(name))):
            _remove(element)
    for element in list(root.iter(*(w(n) for n in _NOTES))):
        known.tell("template-content", "held a note or a comment, which was taken out")
        _remove(element)
    for numbering in list(root.iter(w("numPr"))):
        _remove(numbering)
        known.tell("template-content", "had a numbered or bulleted paragraph, which has no number now")
    for kind, tag in (("paragraph", "pStyle"), ("character", "rStyle"), ("table", "tblStyle")):
        for reference in list(root.iter(w(tag))):
            style = known.styles.by_id.get(reference.get(w("val"), ""))
            if style is None or style.get(w("type")) != kind:
                _remove(reference)
    if not len(root) or root[-1].tag != w("p"):  # a header needs a paragraph, and a table one after it
        root.append(make("p"))
    return root


# ----------------------------------------------------------------------------------------------------------- fields


def _settle_field(found: Field, known: Settling, own: frozenset[str]) -> None:
    shown = f"the field {{ {' '.join(found.instruction.split())} }}"
    if found.result.strip():
        shown += f", which showed “{' '.join(found.result.split())}”"
    if not found.whole:
        for element in found.elements:  # the words after it are no result of its
            if element.tag in (w("fldChar"), w("instrText")):
                _remove(element)
        known.tell("template-field", f"has a field without an end ({shown}), which was taken out")
        return
    name, words = found.name, found.words
    inner = [(i.split() or [""])[0].upper() for i in found.inner]
    if (name in _LIVE or name.startswith("=")) and all(i in _LIVE or i.startswith("=") for i in inner):
        return
    if name == "SECTIONPAGES" or (name == "PAGEREF" and words[1:] and words[1] in known.last_bookmarks):
        set_instruction(found, "NUMPAGES")
        known.tell("template-field", f"has {shown}; it shows the number of pages of the annex instead", lost=False)
        return
    if name == "STYLEREF" and _style_used(words[1:], known):
        set_result(found, "")
        return
    if name in ("DOCPROPERTY", "DOCVARIABLE", "MERGEFIELD", "REF", "SET", "ASK", "FILLIN") or name in _SAME:
        subject = words[1] if words[1:] and name not in _SAME else name
        if subject.upper() in _OWN_WORDS:
            replace_field(found, found.result)
            known.tell("template-field", f"has {shown}; the words stay as plain text", lost=False)
            return
        if name == "REF" and subject in own:
            replace_field(found, found.result)
            return
        token = _SAME.get(subject.upper()) or token_meant(subject)
        if token:
            replace_field(found, f"{{{{{token}}}}}")
            known.tell("template-field", f"has {shown}; {{{{{token}}}}} of the annex takes its place", lost=False)
            return
    if name == "HYPERLINK" and words[1:] and _SAFE_LINK.match(words[1]):
        replace_field(found, found.result)
        known.tell("template-field", f"has {shown}; the words stay, without the link", lost=False)
        return
    if name not in _KNOWN_FIELDS and words and words[0] in own:  # { name } is short for { REF name }
        replace_field(found, found.result)
        return
    replace_field(found, "")
    hint = f"type what every annex is to show there: plain words, or one of {', '.join(f'{{{{{t}}}}}' for t in TOKENS)}"
    known.tell("template-field", f"has {shown}, {_why(name)}; it was taken out", hint)


_KNOWN_FIELDS = frozenset({*_LIVE, *_SAME, "REF", "PAGEREF", "NOTEREF", "STYLEREF", "DOCPROPERTY", "DOCVARIABLE"})


def _why(name: str) -> str:
    match name:
        case "REF" | "PAGEREF" | "NOTEREF":
            return "which names a bookmark in the text of the template, and that text is left behind"
        case "STYLEREF":
            return "which names a style that an annex does not use"
        case "DOCPROPERTY" | "DOCVARIABLE" | "INFO" | "MERGEFIELD":
            return "which names a property of the template, and its properties are left behind"
        case "FILENAME" | "FILESIZE" | "TEMPLATE" | "USERNAME" | "USERINITIALS" | "USERADDRESS" | "LASTSAVEDBY":
            return "which depends on the computer that the file is opened on"
        case "INCLUDEPICTURE" | "INCLUDETEXT" | "LINK" | "DDE" | "DDEAUTO" | "IMPORT" | "DATABASE":
            return "which reads another file, and nothing is fetched"
        case _:
            return "which an annex has nothing for"


def _style_used(words: list[str], known: Settling) -> bool:
    if not words:
        return False
    wanted = words[0]
    local = _LOCAL_HEADING.fullmatch(wanted)
    if local or wanted.isdigit():
        wanted = f"heading {local[1] if local else wanted}"
    return any(known.styles.find(wanted, kind) in known.used for kind in ("paragraph", "character"))


# ------------------------------------------------------------------------------------------------- content controls


def _settle_control(control: etree._Element, known: Settling) -> None:
    """A content control becomes its content; one that is bound to data of the template gets the annex's own."""
    properties, content = control.find(w("sdtPr")), control.find(w("sdtContent"))
    if content is None or control.getparent() is None:
        _remove(control)
        return
    names: list[str] = []
    bound = placeholder = False
    if properties is not None:
        binding = properties.find(w("dataBinding"))
        bound = binding is not None
        placeholder = properties.find(w("showingPlcHdr")) is not None
        names = [e.get(w("val"), "") for e in (properties.find(w("tag")), properties.find(w("alias"))) if e is not None]
        if binding is not None:
            path = re.sub(r"\[[^\]]*\]", "", binding.get(w("xpath"), ""))
            names.insert(0, re.split(r"[/:]", path)[-1])
    if bound or placeholder:
        shown = "".join(t.text or "" for t in content.iter(w("t")))
        name = next((n for n in reversed(names) if n), "")
        named = f"has the content control “{name}”" if name else "has a content control"
        token = next(filter(None, map(token_meant, names)), None)
        if bound and not placeholder and any(n.upper() in _OWN_WORDS for n in names):
            known.tell("template-content", f"{named}; its words stay as plain text", lost=False)
        elif token:
            _say(content, f"{{{{{token}}}}}")
            known.tell("template-content", f"{named}; {{{{{token}}}}} of the annex takes its place", lost=False)
        else:
            _say(content, "")
            why = "which is filled from data of the template" if bound else "which nobody had filled in"
            showed = f" and showed “{' '.join(shown.split())}”" if shown.strip() else ""
            known.tell(
                "template-content", f"{named}, {why}{showed}; it was taken out", "type the text that is to be there"
            )
    _unwrap(control, content)


def _say(content: etree._Element, text: str) -> None:
    texts = list(content.iter(w("t")))
    for element in texts:
        element.text = ""
    if texts:
        texts[0].text = text
        style = texts[0].getparent()
        for look in style.iter(w("rStyle")) if style is not None else ():
            _remove(look)  # a placeholder's grey


# --------------------------------------------------------------------------------------- shapes, pictures and links


def _settle_shapes(root: etree._Element, known: Settling) -> None:
    for shape in list(root.iter(f"{{{V}}}shape")):
        if "WaterMarkObject" in (shape.get("id") or "") and shape.get("id", "").startswith("PowerPlus"):
            text = next((t.get("string", "") for t in shape.iter(f"{{{V}}}textpath")), "")
            _remove_drawn(shape)
            hint = "an annex that is a draft gets a watermark of its own"
            known.tell("template-content", f"lays the watermark “{text}” across the page; it was taken out", hint)


def _settle_relationships(root: etree._Element, known: Settling) -> None:
    """Take out whatever points to a part or an address that does not come along."""
    prefix = f"{{{R}}}"
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        for name in [n for n in element.attrib if str(n).startswith(prefix)]:
            rel = known.relationships.get(str(element.get(name)))
            if rel is not None and _comes_along(rel, known.parts):
                continue
            if element.tag == w("hyperlink"):
                _unwrap(element, element)
                known.tell("template-content", "has a link to a file; its words stay, without the link", lost=False)
            elif str(name) == f"{prefix}href" or local_name(element.tag) in ("hlinkClick", "hlinkHover"):
                _remove(element)
                break
            else:
                what = (
                    _KINDS.get(rel.kind, "something that") if rel is not None else "a picture that is not in the file"
                )
                address = f" ({rel.target})" if rel is not None and rel.external else ""
                known.tell("template-content", f"shows {what}{address}; it was taken out")
                _remove_drawn(element)
            break
    for link in list(root.iter(w("hyperlink"))):
        if link.get(f"{prefix}id") is None:  # to a bookmark of the text
            _unwrap(link, link)


def _comes_along(rel: Relationship, parts: frozenset[str]) -> bool:
    if rel.kind == "hyperlink":
        return rel.external and bool(_SAFE_LINK.match(rel.target))
    return rel.kind == "image" and not rel.external and rel.target in parts


def used_relationships(root: etree._Element, relationships: Iterable[Relationship]) -> list[Relationship]:
    """The relationships that a settled header or footer still names."""
    named = {v for e in root.iter() if isinstance(e.tag, str) for n, v in e.attrib.items() if f"{{{R}}}" in str(n)}
    return [rel for rel in relationships if rel.id in named]


# ------------------------------------------------------------------------------------------------------- tree tools


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _remove_drawn(element: etree._Element) -> None:
    """Remove a drawing as a whole, both ways in which it is written."""
    drawn = {w("drawing"), w("pict"), w("object"), f"{{{MC}}}AlternateContent"}
    outer = element
    for ancestor in element.iterancestors():
        if ancestor.tag in drawn:
            outer = ancestor
        elif ancestor.tag == w("txbxContent"):  # a picture inside a text box leaves the box
            break
    if outer is element and element.tag not in drawn:
        in_runs = (a for a in element.iterancestors() if a.tag == w("r"))
        outer = next(in_runs, element)
    _remove(outer)


def _unwrap(element: etree._Element, content: etree._Element) -> None:
    """Put the children of `content` in the place of `element`."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for offset, child in enumerate([c for c in content if c.tag not in (w("smartTagPr"), w("customXmlPr"))]):
        parent.insert(at + offset, child)
    parent.remove(element)
