"""Word documents as different makers write them: odd style names, German Word, and one full of what headers can hold."""

from __future__ import annotations

import io

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from ccclauses.ooxml.package.package import write_package

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SENTENCE = "The Supplier shall perform the services with the skill and care that a prudent provider would use."


def level(index: int, format: str, text: str, style: str, left: int, hanging: int, look: str = "") -> str:
    """A level of a list, linked to a style where one is named."""
    link = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{link}<w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>'
        f"<w:rPr>{look}</w:rPr></w:lvl>"
    )


def field(instruction: str, result: str) -> str:
    """A complex field."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def odd() -> bytes:
    """A document whose styles have names of nobody else's making, on a list of three levels."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    levels = (
        level(0, "decimal", "%1.", "GmxI", 851, 851, '<w:b/><w:color w:val="7A1F3D"/>')
        + level(1, "decimal", "%1.%2", "GmxII", 851, 851, '<w:color w:val="7A1F3D"/>')
        + level(2, "upperLetter", "(%3)", "GmxIII", 1588, 737)
    )
    multi = '<w:multiLevelType w:val="multilevel"/>'
    numbering.append(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="7">{multi}{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="3"><w:abstractNumId w:val="7"/></w:num>'))
    for style_id, name, at in (
        ("GmxFront", "gmx.front", None),
        ("GmxText", "gmx.run-on", None),
        ("GmxI", "gmx.I", 0),
        ("GmxII", "gmx.II", 1),
        ("GmxIII", "gmx.III", 2),
        ("GmxCell", "gmx.cell", None),
        ("GmxTop", "gmx.cell-top", None),
    ):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(qn("w:styleId"), style_id)
        style.font.name = "Garamond"
        style.font.size = Pt(20 if style_id == "GmxFront" else 11)
        style.font.bold = style_id in ("GmxFront", "GmxI", "GmxTop") or None
        if at is not None:
            link = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{at}"/><w:numId w:val="3"/></w:numPr>'
            style.element.get_or_add_pPr().insert(0, parse_xml(link))
    document.add_paragraph("Master Services Agreement", style="gmx.front")
    for _ in range(3):
        document.add_paragraph(SENTENCE, style="gmx.run-on")
    for title in ("Services", "Charges", "Term"):
        document.add_paragraph(title, style="gmx.I")
        for _ in range(2):
            document.add_paragraph(SENTENCE, style="gmx.II")
            document.add_paragraph("on each day on which the Services are to be performed;", style="gmx.III")
    table = document.add_table(rows=3, cols=2, style="Light List Accent 1")
    for number, row in enumerate(table.rows):
        for cell in row.cells:
            cell.paragraphs[0].text = "Fee"
            cell.paragraphs[0].style = "gmx.cell" if number else "gmx.cell-top"
    section = document.sections[0]
    section.left_margin = Cm(3.2)
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "GRAYMOOR & MIX LLP"
    section.header.paragraphs[0].text = "Graymoor & Mix"
    footer = section.footer.paragraphs[0]
    fields = field("DOCPROPERTY MatterNo", "GM-1187") + field("PAGE", "1") + field('STYLEREF "gmx.I"', "Term")
    for run in parse_xml(f"<w:p {nsdecls('w')}>{fields}</w:p>"):
        footer._p.append(run)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _style(style_id: str, name: str, properties: str = "", look: str = "", base: str = "Standard") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    default = "" if base else ' w:default="1"'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style_id}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
    )


def _counted(index: int, number: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{number}"/></w:numPr>'


def _paragraph(style: str, text: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def german(header: str = "", footer: str = "", more: dict[str, bytes] | None = None, rels: str = "") -> bytes:
    """A contract as German Word writes it: ids in German without umlauts, built-in names in English.

    `header` and `footer` are the runs of their one paragraph; `rels` are the header's relationships, `more` further parts.
    """
    styles = (
        _style("Standard", "Normal", '<w:jc w:val="both"/>', base="")
        + _style(
            "berschrift1", "heading 1", _counted(0) + '<w:outlineLvl w:val="0"/>', '<w:b/><w:color w:val="1F4E79"/>'
        )
        + _style("berschrift2", "heading 2", _counted(1) + '<w:outlineLvl w:val="1"/>')
        + _style("berschrift3", "heading 3", _counted(2) + '<w:outlineLvl w:val="2"/>')
        + _style("Titel", "Title", "", '<w:b/><w:sz w:val="36"/>')
        + _style("Kopfzeile", "header")
        + _style("Fuzeile", "footer")
        + _style("Anlagenberschrift", "Anlagenüberschrift", _counted(0, 2), base="berschrift1")
        + _style("Tabellentext", "Tabellentext", '<w:jc w:val="left"/>')
    )
    clauses = (
        level(0, "decimal", "§ %1", "berschrift1", 0, 0)
        + level(1, "decimal", "(%2)", "berschrift2", 567, 567)
        + level(2, "lowerLetter", "%3)", "berschrift3", 1134, 567)
    )
    lists = (
        f'<w:abstractNum w:abstractNumId="0">{clauses}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "Anlage %1", "Anlagenberschrift", 0, 0)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    text = _paragraph("Titel", "Dienstleistungsvertrag") + _paragraph("Standard", SENTENCE) * 2
    for title in ("Gegenstand", "Vergütung", "Laufzeit"):
        one = _paragraph("berschrift2", SENTENCE) + _paragraph(
            "berschrift3", "an jedem Werktag, und an jedem Standort;"
        )
        text += _paragraph("berschrift1", title) + one * 2
    text += _paragraph("Anlagenberschrift", "Leistungsbeschreibung") + _paragraph("Standard", SENTENCE)
    text += '<w:p><w:bookmarkStart w:id="0" w:name="Ende"/><w:bookmarkEnd w:id="0"/></w:p>'
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId5"/><w:headerReference w:type="even" r:id="rId5"/>'
        '<w:footerReference w:type="default" r:id="rId6"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1417" w:right="1417" w:bottom="1134" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/>'
        "</w:sectPr>"
    )
    kinds = {"styles": "rId1", "numbering": "rId2", "settings": "rId3", "header1": "rId5", "footer1": "rId6"}
    parts = {
        "document": f"<w:document {W}><w:body>{text}{section}</w:body></w:document>",
        "styles": f"<w:styles {W}>{styles}</w:styles>",
        "numbering": f"<w:numbering {W}>{lists}</w:numbering>",
        "settings": f'<w:settings {W}><w:evenAndOddHeaders w:val="0"/></w:settings>',
        "header1": f'<w:hdr {W}><w:p><w:pPr><w:pStyle w:val="Kopfzeile"/></w:pPr>{header}</w:p></w:hdr>',
        "footer1": f'<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="Fuzeile"/></w:pPr>{footer}</w:p></w:ftr>',
    }
    types = {name: "document.main" if name == "document" else name.rstrip("1") for name in parts}
    rows = "".join(
        f'<Relationship Id="{i}" Type="{OFFICE}/{name.rstrip("1")}" Target="{name}.xml"/>' for name, i in kinds.items()
    )
    listing = "".join(
        f'<Override PartName="/word/{name}.xml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
        for name, kind in types.items()
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    main = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    out = {f"word/{name}.xml": (HEAD + xml).encode() for name, xml in parts.items()}
    out["[Content_Types].xml"] = (
        f'{HEAD}<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{listing}</Types>'
    ).encode()
    for name, written in (("_rels/.rels", main), ("word/_rels/document.xml.rels", rows)):
        out[name] = f'{HEAD}<Relationships xmlns="{package}/relationships">{written}</Relationships>'.encode()
    if rels:
        listed = f'{HEAD}<Relationships xmlns="{package}/relationships">{rels}</Relationships>'
        out["word/_rels/header1.xml.rels"] = listed.encode()
    return write_package({**out, **(more or {})})
