"""More pairs of Word files that a reader sees to differ, siblings of those in `word_pairs`: what is computed, filled in, counted, referred to or chosen among."""

from __future__ import annotations

from collections.abc import Callable

from word_pairs import _NAMESPACES as NAMESPACES
from word_pairs import _OFFICE as OFFICE
from word_pairs import PLAIN, TWO, bound, field, item, level, levels, p, package, r, sym, titled

from ccclauses.ooxml.package.package import Package, read_package, write_package

COMPUTED: dict[str, Callable[[], tuple[Package, Package]]] = {}


def sdt(content, pr):
    return f"<w:sdt><w:sdtPr>{pr}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


# symbols
COMPUTED["sym font"] = lambda: (package(sym("F0FE")), package(sym("F0FE").replace("Wingdings", "Webdings")))


def bullets(ch):
    return levels(
        level(ch, "bullet", "").replace("</w:lvlText>", "")
        + '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings" w:hint="default"/></w:rPr>'
    )


COMPUTED["bullet ticked"] = lambda: (
    package(item("Subcontractors allowed"), numbering=bullets("\uf0a8")),
    package(item("Subcontractors allowed"), numbering=bullets("\uf0fe")),
)
COMPUTED["symbol field"] = lambda: (
    package(p(field("SYMBOL 168 \\f Wingdings", ""))),
    package(p(field("SYMBOL 254 \\f Wingdings", ""))),
)


# fields
def simple(code, shown):
    return f'<w:fldSimple w:instr=" {code} ">{r(shown)}</w:fldSimple>'


COMPUTED["hyperlink field"] = lambda: (
    package(p(field('HYPERLINK "https://a.example/terms"', "the Terms"))),
    package(p(field('HYPERLINK "https://b.example/terms"', "the Terms"))),
)
COMPUTED["ref other bookmark"] = lambda: tuple(
    package(
        p('<w:bookmarkStart w:id="1" w:name="A"/>' + r("five") + '<w:bookmarkEnd w:id="1"/>' + r(" or "))
        + p('<w:bookmarkStart w:id="2" w:name="B"/>' + r("fifty") + '<w:bookmarkEnd w:id="2"/>')
        + p(r("cap ") + field(f"REF {x}", "five"))
    )
    for x in "AB"
)
COMPUTED["text to date"] = lambda: (
    package(p(r("Signed 1 May 2026."))),
    package(p(r("Signed ") + field('DATE \\@ "d MMMM yyyy"', "1 May 2026") + r("."))),
)
COMPUTED["simple seq"] = lambda: (
    package(p(r("Table ") + simple("SEQ Table", "1"))),
    package(p(r("Table ") + simple("SEQ Table", "2"))),
)
COMPUTED["autonum gone"] = lambda: (
    package(p(field("AUTONUMLGL", "") + r(" Fees")) + PLAIN),
    package(p(r(" Fees")) + PLAIN),
)
COMPUTED["listnum"] = lambda: (
    package(p(field("LISTNUM NumberDefault \\l 1", "") + r(" Fees"))),
    package(p(field("LISTNUM NumberDefault \\l 4", "") + r(" Fees"))),
)
COMPUTED["eq field"] = lambda: (package(p(field("EQ \\f(1,2)", ""))), package(p(field("EQ \\f(1,20)", ""))))
COMPUTED["info title"] = lambda: tuple(
    read_package(
        write_package(
            {
                k: (v.replace(b" TITLE ", b" INFO TITLE ") if k == "word/document.xml" else v)
                for k, v in titled(t).parts.items()
            }
        )
    )
    for t in ("24 hours", "96 hours")
)


def custom(v, code="DOCPROPERTY Cap"):
    x = f'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="Cap"><vt:lpwstr>{v}</vt:lpwstr></property></Properties>'
    return package(
        p(r("Cap ") + field(code, "5")) + PLAIN,
        extra={"docProps/custom.xml": x.encode()},
        root_rels=f'<Relationship Id="cu" Type="{OFFICE}/custom-properties" Target="docProps/custom.xml"/>',
    )


COMPUTED["custom prop"] = lambda: (custom("5"), custom("50"))
COMPUTED["custom prop simple quoted"] = lambda: (
    custom("5", 'DOCPROPERTY "Cap" \\* MERGEFORMAT'),
    custom("50", 'DOCPROPERTY "Cap" \\* MERGEFORMAT'),
)
COMPUTED["custom prop lower"] = lambda: (custom("5", "docproperty cap"), custom("50", "docproperty cap"))


def dv(v):
    return package(
        p(r("Cap ") + field("DOCVARIABLE Cap", "5")),
        settings=f'<w:docVars><w:docVar w:name="Cap" w:val="{v}"/></w:docVars>',
    )


COMPUTED["docvar"] = lambda: (dv("5"), dv("50"))


def bare(first):
    m = '<w:bookmarkStart w:id="1" w:name="cap"/>{}<w:bookmarkEnd w:id="1"/>'
    t = (r("5 percent"), r("50 percent"))
    return package(
        "".join(p(m.format(x) if (n == 0) == first else x) for n, x in enumerate(t))
        + p(r("cap: ") + field("cap", "5 percent"))
    )


COMPUTED["bare bookmark"] = lambda: (bare(True), bare(False))


def calc(first):
    m = '<w:bookmarkStart w:id="1" w:name="cap"/>{}<w:bookmarkEnd w:id="1"/>'
    t = (r("5"), r("50"))
    return package(
        "".join(p(m.format(x) if (n == 0) == first else x) for n, x in enumerate(t))
        + p(r("twice: ") + field("= cap * 2", "10"))
    )


COMPUTED["calc bookmark"] = lambda: (calc(True), calc(False))


def ifb(first):
    m = '<w:bookmarkStart w:id="1" w:name="cap"/>{}<w:bookmarkEnd w:id="1"/>'
    t = (r("5"), r("50"))
    return package(
        "".join(p(m.format(x) if (n == 0) == first else x) for n, x in enumerate(t))
        + p(r("it is ") + field('IF cap = 5 "capped" "free"', "capped"))
    )


COMPUTED["if bookmark"] = lambda: (ifb(True), ifb(False))


def spanning(first):
    a = '<w:bookmarkStart w:id="1" w:name="S"/>'
    b = '<w:bookmarkEnd w:id="1"/>'
    ps = [r("One rule."), r("Two rule."), r("Three rule.")]
    i = 0 if first else 1
    ps[i] = a + ps[i]
    ps[i + 1] = ps[i + 1] + b
    return package("".join(p(x) for x in ps) + p(r("as ") + field("REF S", "One rule.")))


COMPUTED["spanning bookmark"] = lambda: (spanning(True), spanning(False))


def noteref(first):
    m = '<w:bookmarkStart w:id="9" w:name="N"/>{}<w:bookmarkEnd w:id="9"/>'
    x = ['<w:r><w:footnoteReference w:id="1"/></w:r>', '<w:r><w:footnoteReference w:id="2"/></w:r>']
    x[0 if first else 1] = m.format(x[0 if first else 1])
    return package(
        p(r("A") + x[0]) + p(r("B") + x[1]) + p(r("see note ") + field("NOTEREF N \\h", "1")),
        footnotes=f'<w:footnote w:id="1">{p(r("Cap five."))}</w:footnote><w:footnote w:id="2">{p(r("Cap fifty."))}</w:footnote>',
    )


COMPUTED["noteref moved"] = lambda: (noteref(True), noteref(False))


def hl(first):
    m = '<w:bookmarkStart w:id="1" w:name="A"/>{}<w:bookmarkEnd w:id="1"/>'
    t = [r("Fees are capped."), r("Fees are not capped.")]
    t[0 if first else 1] = m.format(t[0 if first else 1])
    return package(p(t[0]) + p(t[1]) + p(f'<w:hyperlink w:anchor="A">{r("See there.")}</w:hyperlink>'))


COMPUTED["link bookmark moved"] = lambda: (hl(True), hl(False))


# forms
def activex(v):
    c = '<w:r><w:object><w:control r:id="ax" w:name="TextBox1" w:shapeid="_x0000_i1025"/></w:object></w:r>'
    return package(
        p(c + r("x")),
        rels=f'<Relationship Id="ax" Type="{OFFICE}/control" Target="activeX/activeX1.xml"/>',
        extra={
            "word/activeX/activeX1.xml": f'<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" ax:persistence="persistPropertyBag"><ax:ocxPr ax:name="Value" ax:value="{v}"/></ax:ocx>'.encode()
        },
    )


COMPUTED["activeX value"] = lambda: (activex("24"), activex("96"))


# bound
def rebind(pkg, f):
    return read_package(write_package({k: (f(v) if k == "word/document.xml" else v) for k, v in pkg.parts.items()}))


COMPUTED["bound predicate"] = lambda: tuple(
    rebind(
        read_package(
            write_package(
                {
                    k: (
                        v.replace(b"<period>", b'<period id="a">')
                        if "item1.xml" in k and k.startswith("customXml/item1")
                        else v
                    )
                    for k, v in bound(x).parts.items()
                }
            )
        ),
        lambda v: v.replace(b"/d[1]/period[1]", b"/d[1]/period[@id='a']"),
    )
    for x in ("24 hours", "96 hours")
)
COMPUTED["bound check"] = lambda: tuple(
    bound(
        x,
        '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612"/><w14:uncheckedState w14:val="2610"/></w14:checkbox>',
        "\u2610",
    )
    for x in ("false", "true")
)
COMPUTED["bound in block"] = lambda: tuple(
    rebind(
        bound(x),
        lambda v: (
            v.replace(b'<w:p><w:r><w:t xml:space="preserve">Notice within </w:t></w:r>', b"")
            .replace(b"<w:sdtContent>", b"<w:sdtContent><w:p>")
            .replace(
                b'</w:sdtContent></w:sdt><w:r><w:t xml:space="preserve"> of Awareness.</w:t></w:r></w:p>',
                b"</w:p></w:sdtContent></w:sdt>",
            )
        ),
    )
    for x in ("24 hours", "96 hours")
)
COMPUTED["bound richtext"] = lambda: tuple(bound(x, "<w:richText/>") for x in ("24 hours", "96 hours"))
COMPUTED["bound date lang"] = lambda: tuple(
    bound(d, '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="de-DE"/></w:date>', "1 Mai 2026")
    for d in ("2026-05-01", "2026-06-01")
)


# numbers
L = lambda pr: levels(level("%1.") + f"<w:rPr>{pr}</w:rPr>")
COMPUTED["number white"] = lambda: (
    package(item("One"), numbering=L("")),
    package(item("One"), numbering=L('<w:color w:val="FFFFFF"/>')),
)
COMPUTED["number hidden"] = lambda: (
    package(item("One"), numbering=L("")),
    package(item("One"), numbering=L("<w:vanish/>")),
)
COMPUTED["number white by mark"] = lambda: (
    package(item("One"), numbering=L("")),
    package(item("One").replace("</w:pPr>", '<w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:pPr>'), numbering=L("")),
)
COMPUTED["number tiny"] = lambda: (
    package(item("One"), numbering=L("")),
    package(item("One"), numbering=L('<w:sz w:val="2"/>')),
)
COMPUTED["number font wingdings"] = lambda: (
    package(item("One"), numbering=L("")),
    package(item("One"), numbering=L('<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')),
)
COMPUTED["ilvl"] = lambda: (
    package(item("One") + item("Two"), numbering=TWO),
    package(item("One") + item("Two", 1), numbering=TWO),
)
COMPUTED["isLgl"] = lambda: tuple(
    package(item("One") + item("Two", 1), numbering=levels(level("%1.", "upperRoman"), level("%1.%2", "decimal", x)))
    for x in ("", "<w:isLgl/>")
)
COMPUTED["lvlRestart"] = lambda: tuple(
    package(
        item("A") + item("a", 1) + item("B") + item("b", 1), numbering=levels(level("%1."), level("(%2)", "decimal", x))
    )
    for x in ("", '<w:lvlRestart w:val="0"/>')
)
COMPUTED["startOverride"] = lambda: tuple(
    package(
        item("A"),
        numbering=levels(level("%1.")).replace(
            '<w:abstractNumId w:val="0"/></w:num>', f'<w:abstractNumId w:val="0"/>{x}</w:num>'
        ),
    )
    for x in ("", '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>')
)
COMPUTED["numFmt none"] = lambda: tuple(
    package(item("A"), numbering=levels(level("%1.", x))) for x in ("decimal", "none")
)


# notes
def fn(text="Only on working days.", sep="", fmt="", ref=""):
    return package(
        p(r("P") + f'<w:r><w:footnoteReference w:id="1"{ref}/></w:r>') + p(r("Q.")) + fmt,
        footnotes=f'<w:footnote w:type="separator" w:id="-1">{p("<w:r><w:separator/></w:r>" + sep)}</w:footnote><w:footnote w:id="1">{p(text if text.startswith("<") else r(text))}</w:footnote>',
    )


COMPUTED["words in separator"] = lambda: (fn(), fn(sep=r("Not binding.")))
COMPUTED["note white"] = lambda: (fn(), fn(r("Only on working days.", '<w:color w:val="FFFFFF"/>')))
COMPUTED["endnote twice"] = lambda: tuple(
    package(
        p(r("A") + x) + p(r("B") + y),
        rels=f'<Relationship Id="en" Type="{OFFICE}/endnotes" Target="endnotes.xml"/>',
        extra={
            "word/endnotes.xml": f'<w:endnotes {NAMESPACES}><w:endnote w:id="1">{p(r("Only."))}</w:endnote></w:endnotes>'.encode()
        },
    )
    for x, y in (
        ('<w:r><w:endnoteReference w:id="1"/></w:r>', ""),
        ('<w:r><w:endnoteReference w:id="1"/></w:r>', '<w:r><w:endnoteReference w:id="1"/></w:r>'),
    )
)
COMPUTED["note sign hidden"] = lambda: (
    fn(),
    rebind(
        fn(), lambda v: v.replace(b"<w:r><w:footnoteReference", b"<w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference")
    ),
)


# alternatives
def ac(inner, fb, req="w14"):
    return f'<mc:AlternateContent><mc:Choice Requires="{req}">{inner}</mc:Choice><mc:Fallback>{fb}</mc:Fallback></mc:AlternateContent>'


tb = lambda t: f"<w:tbl><w:tblPr/><w:tr><w:tc>{p(r(t))}</w:tc></w:tr></w:tbl>"
COMPUTED["AC table"] = lambda: tuple(package(ac(tb(x), tb("24 hours")) + PLAIN) for x in ("24 hours", "96 hours"))
COMPUTED["AC row"] = lambda: tuple(
    package(
        "<w:tbl><w:tblPr/>"
        + ac(f"<w:tr><w:tc>{p(r(x))}</w:tc></w:tr>", f"<w:tr><w:tc>{p(r('24 hours'))}</w:tc></w:tr>")
        + "</w:tbl>"
        + PLAIN
    )
    for x in ("24 hours", "96 hours")
)
COMPUTED["AC in cell"] = lambda: tuple(
    package(f"<w:tbl><w:tblPr/><w:tr><w:tc>{ac(p(r(x)), p(r('24 hours')))}</w:tc></w:tr></w:tbl>" + PLAIN)
    for x in ("24 hours", "96 hours")
)
COMPUTED["AC nested"] = lambda: tuple(
    package(ac(ac(p(r(x)), p(r("24 hours"))), p(r("24 hours"))) + PLAIN) for x in ("24 hours", "96 hours")
)
COMPUTED["AC run"] = lambda: tuple(
    package(p(r("within ") + ac(r(x), r("24 hours")) + r("."))) for x in ("24 hours", "96 hours")
)
COMPUTED["AC in run"] = lambda: tuple(
    package(p(r("within ") + f"<w:r>{ac('<w:t>' + x + '</w:t>', '<w:t>24 hours</w:t>')}</w:r>"))
    for x in ("24 hours", "96 hours")
)
COMPUTED["AC in sdt"] = lambda: tuple(
    package(sdt(ac(p(r(x)), p(r("24 hours"))), "") + PLAIN) for x in ("24 hours", "96 hours")
)
COMPUTED["AC to fallback"] = lambda: (
    package(ac(p(r("24 hours")), p(r("96 hours"))) + PLAIN),
    package(
        ac(p(r("24 hours")), p(r("96 hours")), "zz").replace('Requires="zz"', 'Requires="zz" xmlns:zz="urn:none"')
        + PLAIN
    ),
)
