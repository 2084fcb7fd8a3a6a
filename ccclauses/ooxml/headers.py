"""Page headers and footers: their tokens, the draft watermark, and the wide copies for landscape pages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from .elements import TAB, attribute, escape, field, paragraph, part, run
from .namespaces import V, w

# What a header or footer may name in double braces, and what is there in an annex.
TOKENS = ("title", "reference", "version", "date", "status", "classification", "agreement", "client", "provider")
_TOKEN = re.compile(r"\{\{\s*(" + "|".join(TOKENS) + r")\s*\}\}")
_COPIED_ID = 1_000_000  # added to the id of a drawing in a copy; templates number from 1
_OFFICE = "urn:schemas-microsoft-com:office:office"
_WORD = "urn:schemas-microsoft-com:office:word"


def default_header(style: str, tabs: int = 1) -> str:
    """The header of a house style that brings none: title and classification, `tabs` apart to the right edge."""
    return part("hdr", paragraph(style, run("{{title}}") + TAB * tabs + run("{{classification}}")))


def default_footer(style: str, tabs: int = 1) -> str:
    """The footer of a house style that brings none: reference, version, page X of Y."""
    left = run("{{reference}}, version {{version}}") + TAB * tabs
    pages = run("Page ") + field("PAGE", run("1")) + run(" of ") + field("NUMPAGES", run("1"))
    return part("ftr", paragraph(style, left + pages))


def joined_tokens(root: etree._Element) -> etree._Element:
    """The tree with every token inside one run: Word breaks up what is typed, as it sees fit."""
    for words in root.iter(w("p")):
        texts = [t for t in words.iter(w("t"))]
        whole = "".join(t.text or "" for t in texts)
        if len(_TOKEN.findall(whole)) > sum(len(_TOKEN.findall(t.text or "")) for t in texts):
            texts[0].text = whole
            texts[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            for other in texts[1:]:
                other.text = ""
    return root


def named_tokens(text: str) -> frozenset[str]:
    """The tokens that a header or footer names."""
    return frozenset(_TOKEN.findall(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """A header or footer with its tokens replaced by the values of an annex."""
    return _TOKEN.sub(lambda match: escape(values.get(match[1], "")), text)


def with_watermark(header: str, word: str, number: int) -> str:
    """A header with a word laid across the page behind the text, as Word's own Watermark command does it.

    The shape is named as Word names it, so that "Remove watermark" finds it. It repeats what the title block says
    and is marked as decoration for a screen reader.
    """
    style = (
        "position:absolute;margin-left:0;margin-top:0;width:440pt;height:147pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    shape = (
        f'<w:r><w:pict xmlns:v="{V}" xmlns:o="{_OFFICE}" xmlns:w10="{_WORD}">'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
        '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
        'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" '
        f'alt="Decoration: {attribute(word)}" style="{style}" o:allowincell="f" fillcolor="#d9d9d9" stroked="f">'
        '<v:fill opacity=".5"/><v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" '
        f'string="{attribute(word)}"/>'
        "</v:shape></w:pict></w:r>"
    )
    first = re.search(r"<w:p(?: [^>]*)?>(?:\s*<w:pPr(?: [^>]*)?>.*?</w:pPr>|\s*<w:pPr/>)?", header, re.DOTALL)
    if first is None:
        return header
    return f"{header[: first.end()]}{shape}{header[first.end() :]}"


def copied(text: str, renamed: Mapping[str, str]) -> str:
    """A copy of a header or footer whose paragraphs use other styles, without the ids that only one part may bear."""
    text = re.sub(r' w14:(?:paraId|textId)="[^"]*"', "", text)
    text = re.sub(r'(<w:sdtPr>.*?)<w:id w:val="[^"]*"/>', r"\1", text, flags=re.DOTALL)
    text = re.sub(r'(<wp:docPr [^>]*?\bid=")(\d+)(")', lambda m: f"{m[1]}{int(m[2]) + _COPIED_ID}{m[3]}", text)
    return re.sub(
        r'(<w:pStyle w:val=")([^"]*)(")',
        lambda match: f"{match[1]}{renamed.get(match[2], match[2])}{match[3]}",
        text,
    )
