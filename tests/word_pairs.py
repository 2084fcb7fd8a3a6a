"""Pairs of Word files that a reader sees to differ, and pairs that look the same: a pair for each way of either."""

from __future__ import annotations

from collections.abc import Callable

from ccclauses.ooxml.package.package import Package, read_package, write_package

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_ROOTS = {
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "header": "hdr",
    "footnotes": "footnotes",
}


def package(
    body: str, *, extra: dict[str, bytes] | None = None, rels: str = "", root_rels: str = "", **parts: str
) -> Package:
    """A Word file with that body; further parts by the kind of their relationship, which is also its id."""
    files: dict[str, bytes] = {}
    rows = rels
    overrides = ""
    for kind, content in parts.items():
        files[f"word/{kind}.xml"] = f"<w:{_ROOTS[kind]} {_NAMESPACES}>{content}</w:{_ROOTS[kind]}>".encode()
        rows += f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
        overrides += (
            f'<Override PartName="/word/{kind}.xml" '
            f'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
        )
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    files |= {
        "[Content_Types].xml": (
            f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            '<Default Extension="htm" ContentType="text/html"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/>{overrides}</Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="d" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
            f"{root_rels}</Relationships>"
        ).encode(),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{rows}</Relationships>'.encode(),
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>".encode(),
    }
    return read_package(write_package(files | (extra or {})))


def p(content: str = "", properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def r(text: str, properties: str = "") -> str:
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, shown: str, begin: str = "") -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    first = f'<w:r><w:fldChar w:fldCharType="begin">{begin}</w:fldChar></w:r>'
    result = mark.format("separate") + r(shown) if shown else ""
    return f'{first}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{result}{mark.format("end")}'


def style(id_: str, properties: str = "", look: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{id_}"/>'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
    )


def levels(*written: str, start: int = 1) -> str:
    own = "".join(f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/>{level}</w:lvl>' for n, level in enumerate(written))
    return f'<w:abstractNum w:abstractNumId="0">{own}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def level(text: str, form: str = "decimal", more: str = "") -> str:
    return f'<w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'


def item(text: str, at: int = 0) -> str:
    return p(r(text), f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="1"/></w:numPr>')


PLAIN = p(r("The Provider shall notify the Client within 24 hours.")) + p(r("It keeps a register."))
NOTICE = "The Provider shall notify the Client within 24 hours."


def looks(properties: str = "", paragraph: str = "") -> str:
    return p(r(NOTICE, properties), paragraph) + p(r("It keeps a register."))


def picture(name: str, size: int = 900_000, offset: int = 0) -> str:
    place = f'<wp:positionH relativeFrom="page"><wp:posOffset>{offset}</wp:posOffset></wp:positionH>' if offset else ""
    return (
        f'<w:r><w:drawing><wp:inline>{place}<wp:extent cx="{size}" cy="{size}"/><wp:docPr id="1" name="x"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill>'
        f'<a:blip r:embed="{name}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def pictured(*paragraphs: str) -> Package:
    rels = "".join(f'<Relationship Id="{n}" Type="{_OFFICE}/image" Target="media/{n}.png"/>' for n in ("one", "two"))
    media = {f"word/media/{n}.png": n.encode() for n in ("one", "two")}
    return package("".join(paragraphs), rels=rels, extra=media)


def box(text: str, width: str = "100pt") -> str:
    return (
        f'<w:r><w:pict><v:shape style="width:{width};height:50pt"><v:textbox><w:txbxContent>{p(r(text))}</w:txbxContent>'
        "</v:textbox></v:shape></w:pict></w:r>"
    )


def checkbox(on: bool) -> str:
    settings = f'<w:ffData><w:checkBox><w:default w:val="0"/>{"<w:checked/>" if on else ""}</w:checkBox></w:ffData>'
    return p(field("FORMCHECKBOX", "", settings) + r(" Subcontractors are allowed."))


def dropdown(chosen: int) -> str:
    entries = '<w:listEntry w:val="24"/><w:listEntry w:val="72"/>'
    settings = f'<w:ffData><w:ddList><w:result w:val="{chosen}"/>{entries}</w:ddList></w:ffData>'
    return p(r("Within ") + field("FORMDROPDOWN", "", settings) + r(" hours."))


def bound(value: str, control: str = "<w:text/>", shown: str = "24 hours") -> Package:
    """A content control that shows what the file's data say."""
    id_ = "{11111111-2222-3333-4444-555555555555}"
    binding = f'<w:dataBinding w:xpath="/d[1]/period[1]" w:storeItemID="{id_}"/>'
    body = p(
        r("Notice within ")
        + f"<w:sdt><w:sdtPr>{binding}{control}</w:sdtPr><w:sdtContent>{r(shown)}</w:sdtContent></w:sdt>"
        + r(" of Awareness.")
    )
    described = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    extra = {
        "customXml/item1.xml": f"<d><period>{value}</period></d>".encode(),
        "customXml/itemProps1.xml": f'<ds:datastoreItem xmlns:ds="{described}" ds:itemID="{id_}"/>'.encode(),
        "customXml/_rels/item1.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="p" Type="{_OFFICE}/customXmlProps" Target="itemProps1.xml"/></Relationships>'
        ).encode(),
    }
    return package(
        body, rels=f'<Relationship Id="x" Type="{_OFFICE}/customXml" Target="../customXml/item1.xml"/>', extra=extra
    )


def titled(title: str) -> Package:
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    extra = {
        "docProps/core.xml": (
            f'<cp:coreProperties xmlns:cp="{core}" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
        ).encode()
    }
    rels = f'<Relationship Id="c" Type="{_PACKAGE}/metadata/core-properties" Target="docProps/core.xml"/>'
    return package(p(r("Notice within ") + field("TITLE", "24 hours") + r(".")), extra=extra, root_rels=rels)


def taken_in(words: str) -> Package:
    rels = f'<Relationship Id="chunk" Type="{_OFFICE}/aFChunk" Target="chunk.htm"/>'
    return package(PLAIN + '<w:altChunk r:id="chunk"/>' + p(), rels=rels, extra={"word/chunk.htm": words.encode()})


def alternate(hours: int) -> str:
    return (
        f'<mc:AlternateContent><mc:Choice Requires="w14">{p(r(f"Within {hours} hours."))}</mc:Choice>'
        f"<mc:Fallback>{p(r('Within 24 hours.'))}</mc:Fallback></mc:AlternateContent>{p(r('It keeps a register.'))}"
    )


def referring(first: bool) -> str:
    mark = '<w:bookmarkStart w:id="1" w:name="_RefA"/>{}<w:bookmarkEnd w:id="1"/>'
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    texts = (r("The cap is 5 percent."), r("The cap is 50 percent."))
    marked = [mark.format(t) if (n == 0) == first else t for n, t in enumerate(texts)]
    return "".join(p(t, number) for t in marked) + p(r("As clause ") + field("REF _RefA \\r \\h", "1") + r(" says."))


def noted(*cited: int) -> Package:
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    body = "".join(p(r(f"Paragraph {n}.") + (reference if n in cited else "")) for n in (1, 2, 3))
    return package(body, footnotes=f'<w:footnote w:id="1">{p(r("Only on working days."))}</w:footnote>')


def table(row: str = "", cell: str = "", look: str = "", table_properties: str = "") -> str:
    def tr(first: str, second: str, own: str = "") -> str:
        return f"<w:tr>{f'<w:trPr>{own}</w:trPr>' if own else ''}<w:tc>{first}</w:tc><w:tc>{second}</w:tc></w:tr>"

    inner = f"<w:tcPr>{cell}</w:tcPr>" if cell else ""
    return (
        f"<w:tbl><w:tblPr>{table_properties}</w:tblPr>{tr(p(r('Failure')), p(r('Credit')))}"
        f"{tr(inner + p(r('Late notice', look)), p(r('GBP 500')), row)}</w:tbl>{p(r('End.'))}"
    )


def headed(title_page: bool) -> Package:
    section = (
        f'<w:sectPr><w:headerReference w:type="first" r:id="header"/>{"<w:titlePg/>" if title_page else ""}</w:sectPr>'
    )
    return package(PLAIN + section, header=p(r("Draft of 1 May")))


def fraction(top: str, below: str) -> str:
    def part(name: str, text: str) -> str:
        return f"<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>"

    return p(r("Credit = ") + f"<m:oMath><m:f>{part('num', top)}{part('den', below)}</m:f></m:oMath>")


def sym(code: str) -> str:
    return p(f'<w:r><w:sym w:font="Wingdings" w:char="{code}"/></w:r>' + r(" Subcontractors are allowed."))


def footer_page(number: str) -> str:
    return p(r("Page ") + field("PAGE", number) + r(" of ") + field("NUMPAGES", number))


def linked(anchor: str) -> str:
    marks = "".join(
        p(f'<w:bookmarkStart w:id="{n}" w:name="{name}"/>{r(text)}<w:bookmarkEnd w:id="{n}"/>')
        for n, (name, text) in enumerate((("A", "Fees are capped."), ("B", "Fees are not capped.")))
    )
    return marks + p(f'<w:hyperlink w:anchor="{anchor}">{r("See there.")}</w:hyperlink>')


def numbered_by(marked: str) -> Package:
    """A reference to a bookmark that begins between two paragraphs of a list."""
    mark = '<w:bookmarkStart w:id="1" w:name="_RefA"/><w:bookmarkEnd w:id="1"/>'
    caps = ((mark if cap == marked else "") + item(f"The cap is {cap} percent.") for cap in ("5", "50"))
    body = "".join(caps) + p(r("As clause ") + field("REF _RefA \\r \\h", "1") + r(" says."))
    return package(body, numbering=levels(level("%1")))


TWO = levels(level("%1."), level("%1.%2"))
STYLED = p(r(NOTICE), '<w:pStyle w:val="S"/>') + p(r("It keeps a register."))


def same(build: Callable[[str], Package], before: str, after: str) -> tuple[Package, Package]:
    return build(before), build(after)


DIFFERENT: dict[str, Callable[[], tuple[Package, Package]]] = {
    "white": lambda: same(package, looks(), looks('<w:color w:val="FFFFFF"/>')),
    "almost white": lambda: same(package, looks(), looks('<w:color w:val="FDFDFD"/>')),
    "white of the theme": lambda: same(package, looks(), looks('<w:color w:val="000000" w:themeColor="background1"/>')),
    "black on black shading": lambda: same(
        package, looks(), looks('<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>')
    ),
    "yellow on yellow": lambda: same(
        package, looks(), looks('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>')
    ),
    "black on a black paragraph": lambda: same(
        package, looks(), looks('<w:color w:val="000000"/>', '<w:shd w:val="clear" w:fill="000000"/>')
    ),
    "tiny": lambda: same(package, looks(), looks('<w:sz w:val="2"/>')),
    "narrow": lambda: same(package, looks(), looks('<w:w w:val="1"/>')),
    "letters on each other": lambda: same(package, looks(), looks('<w:spacing w:val="-220"/>')),
    "no fill": lambda: same(package, looks(), looks("<w14:textFill><w14:noFill/></w14:textFill>")),
    "hidden": lambda: same(package, looks(), looks("<w:vanish/>")),
    "struck": lambda: same(package, looks(), looks("<w:dstrike/>")),
    "no longer struck": lambda: same(package, looks("<w:strike/>"), looks()),
    "seen again": lambda: same(package, looks('<w:color w:val="FFFFFF"/>'), looks()),
    "line without height": lambda: same(package, looks(), looks("", '<w:spacing w:line="2" w:lineRule="exact"/>')),
    "off the page": lambda: same(package, looks(), looks("", '<w:framePr w:w="100" w:x="-9000" w:y="10"/>')),
    "pushed off the page": lambda: same(package, looks(), looks("", '<w:ind w:left="30000"/>')),
    "white by its style": lambda: (
        package(STYLED, styles=style("S")),
        package(STYLED, styles=style("S", look='<w:color w:val="FFFFFF"/>')),
    ),
    "struck by its style": lambda: (
        package(STYLED, styles=style("S")),
        package(STYLED, styles=style("S", look="<w:strike/>")),
    ),
    "hidden by its style": lambda: (
        package(STYLED, styles=style("S")),
        package(STYLED, styles=style("S", look="<w:vanish/>")),
    ),
    "hidden row": lambda: same(package, table(), table(row="<w:hidden/>")),
    "row without height": lambda: same(package, table(), table(row='<w:trHeight w:val="1" w:hRule="exact"/>')),
    "white in a cell": lambda: same(package, table(), table(look='<w:color w:val="FFFFFF"/>')),
    "number in a format": lambda: (
        package(item("One") + item("Two"), numbering=levels(level("%1."))),
        package(item("One") + item("Two"), numbering=levels(level("%1.", "upperLetter"))),
    ),
    "numbers begin elsewhere": lambda: (
        package(item("One") + item("Two"), numbering=levels(level("%1."))),
        package(item("One") + item("Two"), numbering=levels(level("%1."), start=4)),
    ),
    "numbers with words": lambda: (
        package(item("One") + item("Two"), numbering=levels(level("%1."))),
        package(item("One") + item("Two"), numbering=levels(level("If agreed, %1."))),
    ),
    "numbers gone": lambda: (
        package(item("One") + item("Two"), numbering=levels(level("%1."))),
        package(item("One") + item("Two"), numbering=levels(level("•", "bullet"))),
    ),
    "numbers come": lambda: (
        package(item("One") + item("Two"), numbering=levels(level("•", "bullet"))),
        package(item("One") + item("Two"), numbering=levels(level("%1."))),
    ),
    "numbers of a style": lambda: (
        package(STYLED, styles=style("S"), numbering=TWO),
        package(STYLED, styles=style("S", '<w:numPr><w:numId w:val="1"/></w:numPr>'), numbering=TWO),
    ),
    "ticked sign": lambda: same(package, sym("F0A8"), sym("F0FE")),
    "ticked box of a form": lambda: same(package, checkbox(False), checkbox(True)),
    "choice of a form": lambda: same(package, dropdown(0), dropdown(1)),
    "result of a field": lambda: same(
        package, p(r("Cap: ") + field("=SUM(ABOVE)", "100")), p(r("Cap: ") + field("=SUM(ABOVE)", "900"))
    ),
    "code of a field": lambda: same(
        package, p(r("Cap: ") + field("=SUM(ABOVE)", "100")), p(r("Cap: ") + field("=SUM(ABOVE)*0", "100"))
    ),
    "data of a control": lambda: same(bound, "24 hours", "96 hours"),
    "date of a control": lambda: tuple(  # type: ignore[return-value]
        bound(day, '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-GB"/></w:date>', "1 May 2026")
        for day in ("2026-05-01", "2026-06-01")
    ),
    "choice of a control": lambda: tuple(  # type: ignore[return-value]
        bound(
            chosen,
            '<w:dropDownList><w:listItem w:displayText="24 hours" w:value="a"/>'
            '<w:listItem w:displayText="96 hours" w:value="b"/></w:dropDownList>',
        )
        for chosen in ("a", "b")
    ),
    "property behind a field": lambda: same(titled, "24 hours", "96 hours"),
    "bookmark carried away": lambda: (
        package(referring(True), numbering=levels(level("%1"))),
        package(referring(False), numbering=levels(level("%1"))),
    ),
    "formula": lambda: same(package, fraction("100-A", "5"), fraction("100", "A5")),
    "formula regrouped": lambda: same(package, fraction("A", "B+C"), fraction("A+B", "C")),
    "superscript": lambda: same(
        package, p(r("10") + r("6", '<w:vertAlign w:val="superscript"/>')), p(r("10") + r("6"))
    ),
    "subscript to superscript": lambda: same(
        package,
        p(r("x") + r("2", '<w:vertAlign w:val="subscript"/>')),
        p(r("x") + r("2", '<w:vertAlign w:val="superscript"/>')),
    ),
    "picture moved": lambda: (
        pictured(p(r("Client ") + picture("one")), p(r("Provider "))),
        pictured(p(r("Client ")), p(r("Provider ") + picture("one"))),
    ),
    "picture copied": lambda: (
        pictured(p(r("Client ") + picture("one")), p(r("Provider "))),
        pictured(p(r("Client ") + picture("one")), p(r("Provider ") + picture("one"))),
    ),
    "pictures exchanged": lambda: (
        pictured(p(r("Client ") + picture("one")), p(r("Provider ") + picture("two"))),
        pictured(p(r("Client ") + picture("two")), p(r("Provider ") + picture("one"))),
    ),
    "picture shrunk to nothing": lambda: (
        pictured(p(r("Client ") + picture("one"))),
        pictured(p(r("Client ") + picture("one", size=100))),
    ),
    "words in a box": lambda: same(package, p(box("24 hours")) + PLAIN, p(box("96 hours")) + PLAIN),
    "box without width": lambda: same(package, p(box("24 hours")) + PLAIN, p(box("24 hours", "0pt")) + PLAIN),
    "box carried away": lambda: same(
        package,
        p(r("Client:") + box("signed")) + p(r("Provider:")),
        p(r("Client:")) + p(r("Provider:") + box("signed")),
    ),
    "block of alternatives": lambda: same(package, alternate(24), alternate(96)),
    "file taken in": lambda: same(taken_in, "<p>24 hours</p>", "<p>96 hours</p>"),
    "note cited again": lambda: (noted(1), noted(1, 2)),
    "note cited elsewhere": lambda: (noted(1), noted(3)),
    "header of the first page": lambda: (headed(True), headed(False)),
    "link within the document": lambda: same(package, linked("A"), linked("B")),
    "set from right to left": lambda: same(
        package, p(r("within 24 hours")), p(r("within ") + f'<w:bdo w:val="rtl">{r("24")}</w:bdo>' + r(" hours"))
    ),
    "bookmark between paragraphs carried away": lambda: same(numbered_by, "5", "50"),
    "letters made signs": lambda: same(package, looks(), looks('<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')),
}  # fmt: skip

ALIKE: dict[str, Callable[[], tuple[Package, Package]]] = {
    "page numbers": lambda: same(package, PLAIN + footer_page("1"), PLAIN + footer_page("17")),
    "ids of a save": lambda: same(
        package, PLAIN, PLAIN.replace("<w:p>", '<w:p w:rsidR="00AA1122" w:rsidRDefault="00BB3344">')
    ),
    "marks of a spell checker": lambda: same(
        package, PLAIN, PLAIN.replace("<w:r>", '<w:proofErr w:type="spellStart"/><w:r><w:lastRenderedPageBreak/>', 1)
    ),
    "runs cut otherwise": lambda: same(package, p(r("within 24 hours")), p(r("within ") + r("24 ") + r("hours"))),
    "white on a dark cell": lambda: tuple(  # type: ignore[return-value]
        package(table(cell='<w:shd w:val="clear" w:fill="1F3864"/>', look=look))
        for look in ('<w:color w:val="FFFFFF"/>', '<w:color w:val="FFFFFF"/><w:lang w:val="en-GB"/>')
    ),
    "an ordinal": lambda: same(
        package, p(r("the 1") + r("st", '<w:vertAlign w:val="superscript"/>') + r(" day")), p(r("the 1") + r("st", '<w:vertAlign w:val="superscript"/>') + r(" day"))
    ),
    "a style that nothing uses": lambda: (
        package(PLAIN, styles=style("S")),
        package(PLAIN, styles=style("S", look='<w:b/>') + style("T", look="<w:vanish/>")),
    ),
    "the property that no field shows": lambda: tuple(  # type: ignore[return-value]
        package(PLAIN, extra={"docProps/core.xml": f'<c xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>{t}</d:title></c>'.encode()})
        for t in ("One", "Two")
    ),
    "the branch that Word does not take": lambda: (
        package(alternate(24)),
        package(alternate(24).replace("Within 24 hours.</w:t></w:r></w:p></mc:Fallback>", "Within 99 hours.</w:t></w:r></w:p></mc:Fallback>")),
    ),
    "a list that counts from another definition": lambda: (
        package(item("One"), numbering=levels(level("%1."))),
        package(item("One"), numbering=levels(level("%1."), level("(%2)", "lowerLetter"))),
    ),
}  # fmt: skip
