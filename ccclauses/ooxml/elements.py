"""WordprocessingML built as text by small functions; each escapes what it is given, so that no caller has to.

Text is quicker than a tree by about seven times on an annex, and an annex is written far more often than it is changed.
The fragments are described in `docs/explanation/word/`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .namespaces import R, W

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NO_BREAK_SPACE = "\u00a0"

# What XML 1.0 can't hold, and the two characters that Word spells as elements.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TEXT_OPEN = '<w:t xml:space="preserve">'
_BREAKS = {"\t": f"</w:t><w:tab/>{_TEXT_OPEN}", "\n": f"</w:t><w:br/>{_TEXT_OPEN}"}
_FIELD_BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
_FIELD_SEPARATE = ' </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
_FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def escape(text: str) -> str:
    """Text as XML holds it, without the characters that XML can't hold."""
    if not text.isprintable():
        text = _FORBIDDEN.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def writable(text: str) -> str:
    """Text without the characters that XML can't hold, for whoever escapes it."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


@lru_cache(maxsize=20_000)  # names of styles and anchors, which every annex has again
def attribute(text: str) -> str:
    """Text as an attribute's value, on one line."""
    return escape(" ".join(text.split())).replace('"', "&quot;")


def run(text: str, properties: str = "") -> str:
    """A run of words; `properties` are the children of `w:rPr`. No words, no run."""
    if not text:
        return ""
    if text.isprintable():
        words = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    else:
        words = escape(text)
        for character, element in _BREAKS.items():
            words = words.replace(character, element)
    if properties:
        return f"<w:r><w:rPr>{properties}</w:rPr>{_TEXT_OPEN}{words}</w:t></w:r>"
    return f"<w:r>{_TEXT_OPEN}{words}</w:t></w:r>"


def styled_run(text: str, style: str) -> str:
    """A run of words in a character style."""
    return run(text, f'<w:rStyle w:val="{attribute(style)}"/>')


TAB = "<w:r><w:tab/></w:r>"


def paragraph_start(style: str, properties: str = "") -> str:
    """The start of a paragraph in a style; `properties` are further children of `w:pPr`, in the schema's order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{attribute(style)}"/>{properties}</w:pPr>'


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A whole paragraph; `content` is markup."""
    return f"{paragraph_start(style, properties)}{content}</w:p>"


def bookmark(name: str, number: int, content: str) -> str:
    """Markup inside a bookmark; `number` is unique in the document."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{attribute(name)}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def field(instruction: str, result: str) -> str:
    """A field with its cached result, which is markup."""
    return f"{_FIELD_BEGIN}{escape(instruction)}{_FIELD_SEPARATE}{result}{_FIELD_END}"


def field_start(instruction: str) -> str:
    """The start of a field whose result goes over several paragraphs; `FIELD_END` closes it."""
    return f"{_FIELD_BEGIN}{escape(instruction)}{_FIELD_SEPARATE}"


FIELD_END = _FIELD_END


def link(anchor: str, content: str) -> str:
    """A link to a bookmark of the same document."""
    return f'<w:hyperlink w:anchor="{attribute(anchor)}" w:history="1">{content}</w:hyperlink>'


def table_start(style: str, widths: tuple[int, ...], title: str, description: str, *, first_row: bool = True) -> str:
    """The start of a table of fixed columns (widths in twentieths of a point) that carries its alternative text."""
    look = (
        f'<w:tblLook w:val="{"0420" if first_row else "0400"}" w:firstRow="{int(first_row)}" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{attribute(style)}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}<w:tblCaption w:val="{attribute(title)}"/>'
        f'<w:tblDescription w:val="{attribute(description)}"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )


HEADER_ROW = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
ROW = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
ROW_END = "</w:tr>"
TABLE_END = "</w:tbl>"


def cell_start(width: int) -> str:
    """The start of a cell, up to its first paragraph."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'


def part_start(root: str, namespaces: str = "") -> str:
    """The start of a whole part, up to its content."""
    return f'{DECLARATION}<w:{root} xmlns:w="{W}" xmlns:r="{R}"{namespaces}>'


def part(root: str, content: str, namespaces: str = "") -> str:
    """A whole part of WordprocessingML, such as a document, a header or styles."""
    return f"{part_start(root, namespaces)}{content}</w:{root}>"
