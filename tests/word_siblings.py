"""More pairs of Word files that a reader sees to differ, siblings of those in `word_pairs`: what is drawn, taken in or out of sight; and more that look the same."""

from __future__ import annotations

from collections.abc import Callable

import word_pairs
from word_pairs import _NAMESPACES as NAMESPACES
from word_pairs import _OFFICE as OFFICE
from word_pairs import _PACKAGE as PACKAGE
from word_pairs import PLAIN, field, item, level, levels, looks, p, package, picture, pictured, r, table
from word_siblings_computed import COMPUTED, rebind, sdt, simple

from ccclauses.ooxml.package.package import Package, read_package, write_package

DRAWN: dict[str, Callable[[], tuple[Package, Package]]] = {}
# What a redline shows all the same, since it shows the later file exactly.
HARDLY: dict[str, Callable[[], tuple[Package, Package]]] = {}
ALIKE_TOO: dict[str, Callable[[], tuple[Package, Package]]] = {}


# pictures
def anch(x=0, y=0, more="", blip=""):
    return (
        f'<w:r><w:drawing><wp:anchor behindDoc="0" simplePos="0" relativeHeight="1" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>{x}</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="900000" cy="900000"/><wp:wrapNone/><wp:docPr id="1" name="x"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:embed="one">{blip}</a:blip>{more}</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>'
    )


two = lambda a: pictured(p(r("Client ") + a), p(r("Provider ")), PLAIN)
DRAWN["floating picture moved by offset"] = lambda: (two(anch()), two(anch(y=3000000)))
DRAWN["picture cropped"] = lambda: (two(anch()), two(anch(more='<a:srcRect l="50000"/>')))
DRAWN["picture transparent"] = lambda: (two(anch()), two(anch(blip='<a:alphaModFix amt="0"/>')))
DRAWN["picture rotated"] = lambda: (two(anch()), two(anch().replace("<a:xfrm>", '<a:xfrm rot="10800000">')))


def pic_at(path, data):
    return package(
        p(r("Signed ") + picture("z")),
        rels=f'<Relationship Id="z" Type="{OFFICE}/image" Target="{path}"/>',
        extra={"word/" + path: data},
    )


DRAWN["picture elsewhere"] = lambda: (pic_at("pics/a.png", b"a"), pic_at("pics/a.png", b"b"))


def ole(path, data):
    c = '<w:r><w:object><v:shape style="width:50pt;height:20pt"/><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" r:id="z"/></w:object></w:r>'
    return package(
        p(r("Annex ") + c),
        rels=f'<Relationship Id="z" Type="{OFFICE}/oleObject" Target="{path}"/>',
        extra={"word/" + path: data},
    )


DRAWN["ole elsewhere"] = lambda: (ole("objects/o.bin", b"a"), ole("objects/o.bin", b"b"))


def shape(text="", fill="000000", geom="rect", extra=""):
    tx = f"<wps:txbx><w:txbxContent>{p(r(text))}</w:txbxContent></wps:txbx>" if text else ""
    return (
        f'<w:r><w:drawing><wp:anchor behindDoc="0" simplePos="0" relativeHeight="1" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="4900000" cy="400000"/><wp:wrapNone/><wp:docPr id="7" name="x"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:spPr><a:prstGeom prst="{geom}"/><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill></wps:spPr>{tx}<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>'
    )


DRAWN["covered by a shape"] = lambda: (package(PLAIN), package(PLAIN.replace("<w:p>", "<w:p>" + shape(), 1)))
DRAWN["line drawn through"] = lambda: (package(PLAIN), package(PLAIN.replace("<w:p>", "<w:p>" + shape(geom="line"), 1)))
DRAWN["vml rect cover"] = lambda: (
    package(PLAIN),
    package(
        PLAIN.replace(
            "<w:p>",
            '<w:p><w:r><w:pict><v:rect style="position:absolute;width:300pt;height:20pt" fillcolor="white" stroked="f"/></w:pict></w:r>',
            1,
        )
    ),
)
DRAWN["wps box text"] = lambda: (
    package(p(shape("24 hours", "FFFFFF")) + PLAIN),
    package(p(shape("96 hours", "FFFFFF")) + PLAIN),
)
DRAWN["wps box white text"] = lambda: (
    package(p(shape("24 hours", "FFFFFF")) + PLAIN),
    package(
        p(shape("24 hours", "FFFFFF").replace("<w:r><w:t", '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t')) + PLAIN
    ),
)
DRAWN["wps box off page"] = lambda: (
    package(p(shape("24 hours", "FFFFFF")) + PLAIN),
    package(p(shape("24 hours", "FFFFFF").replace("<wp:posOffset>0", "<wp:posOffset>-9000000")) + PLAIN),
)
DRAWN["ink"] = lambda: (
    package(PLAIN),
    package(
        PLAIN.replace(
            "<w:p>",
            '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="x"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingInk"><w14:contentPart r:id="ink"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
            1,
        ),
        rels=f'<Relationship Id="ink" Type="{OFFICE}/customXml" Target="ink/ink1.xml"/>',
        extra={"word/ink/ink1.xml": b"<ink/>"},
    ),
)
# formulas
mr = lambda t, pr="": f"<m:r>{pr}<m:t>{t}</m:t></m:r>"
DRAWN["phantom"] = lambda: (
    package(p(f"<m:oMath>{mr('A')}{mr('+B')}</m:oMath>")),
    package(
        p(
            f'<m:oMath>{mr("A")}<m:phant><m:phantPr><m:show m:val="0"/></m:phantPr><m:e>{mr("+B")}</m:e></m:phant></m:oMath>'
        )
    ),
)
DRAWN["white in formula"] = lambda: (
    package(p(f"<m:oMath>{mr('A')}{mr('+B')}</m:oMath>")),
    package(
        p(f"<m:oMath>{mr('A')}{mr('+B', '<w:rPr><w:color w:val=%sFFFFFF%s/></w:rPr>' % (chr(34), chr(34)))}</m:oMath>")
    ),
)
DRAWN["formula struck"] = lambda: (
    package(p(f"<m:oMath>{mr('A')}{mr('+B')}</m:oMath>")),
    package(
        p(
            f'<m:oMath>{mr("A")}<m:borderBox><m:borderBoxPr><m:strikeH m:val="1"/></m:borderBoxPr><m:e>{mr("+B")}</m:e></m:borderBox></m:oMath>'
        )
    ),
)
DRAWN["nary limit"] = lambda: tuple(
    package(
        p(
            f'<m:oMath><m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{mr(x)}</m:sub><m:sup>{mr("n")}</m:sup><m:e>{mr("k")}</m:e></m:nary></m:oMath>'
        )
    )
    for x in ("k=1", "k=2")
)
DRAWN["sup by character style"] = lambda: tuple(
    package(
        p(r("10") + r("6", '<w:rStyle w:val="C"/>')),
        styles=f'<w:style w:type="character" w:styleId="C"><w:name w:val="C"/><w:rPr>{x}</w:rPr></w:style>',
    )
    for x in ('<w:vertAlign w:val="superscript"/>', "")
)
DRAWN["raised by position"] = lambda: (
    package(p(r("10") + r("6", '<w:position w:val="10"/><w:sz w:val="14"/>'))),
    package(p(r("10") + r("6"))),
)
DRAWN["unicode sup"] = lambda: (package(p(r("10⁶ calls"))), package(p(r("106 calls"))))
DRAWN["unicode fraction"] = lambda: (package(p(r("1½ hours"))), package(p(r("11/2 hours"))))


# altchunks
def chunk(words, where="body", ext=False):
    rels = f'<Relationship Id="chunk" Type="{OFFICE}/aFChunk" Target="{"https://x.example/" + words if ext else "chunk.htm"}"{" TargetMode=%sExternal%s" % (chr(34), chr(34)) if ext else ""}/>'
    c = '<w:altChunk r:id="chunk"/>'
    b = (
        PLAIN + c + p()
        if where == "body"
        else c + PLAIN
        if where == "top"
        else f"<w:tbl><w:tblPr/><w:tr><w:tc>{c}{p()}</w:tc></w:tr></w:tbl>" + PLAIN
    )
    return package(b, rels=rels, extra={} if ext else {"word/chunk.htm": words.encode()})


DRAWN["chunk in cell"] = lambda: (chunk("a", "cell"), chunk("b", "cell"))
DRAWN["chunk moved"] = lambda: (chunk("a"), chunk("a", "top"))
DRAWN["chunk external"] = lambda: (chunk("a", ext=True), chunk("b", ext=True))
DRAWN["chunk gone"] = lambda: (chunk("a"), package(PLAIN + p()))
DRAWN["subdoc"] = lambda: tuple(
    package(
        PLAIN + '<w:subDoc r:id="sd"/>',
        rels=f'<Relationship Id="sd" Type="{OFFICE}/subDocument" Target="{x}" TargetMode="External"/>',
    )
    for x in ("a.docx", "b.docx")
)
DRAWN["embedded font"] = lambda: tuple(
    package(
        PLAIN,
        rels=f'<Relationship Id="ft" Type="{OFFICE}/fontTable" Target="fontTable.xml"/>',
        extra={
            "word/fontTable.xml": f'<w:fonts {NAMESPACES}><w:font w:name="X"><w:embedRegular r:id="f1" w:fontKey="{{A}}"/></w:font></w:fonts>'.encode(),
            "word/_rels/fontTable.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="f1" Type="{OFFICE}/font" Target="fonts/font1.odttf"/></Relationships>'.encode(),
            "word/fonts/font1.odttf": x,
        },
    )
    for x in (b"a" * 50, b"a" * 49 + b"b")
)


# invisible
def themed(dk, clr="text1", mapping=""):
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    th = f'<a:theme xmlns:a="{drawing}"><a:themeElements><a:clrScheme name="x"><a:dk1><a:srgbClr val="{dk}"/></a:dk1><a:lt1><a:srgbClr val="FFFFFF"/></a:lt1><a:dk2><a:srgbClr val="44546A"/></a:dk2><a:lt2><a:srgbClr val="E7E6E6"/></a:lt2><a:accent1><a:srgbClr val="4472C4"/></a:accent1></a:clrScheme></a:themeElements></a:theme>'
    return package(
        looks(f'<w:color w:val="000000" w:themeColor="{clr}"/>'),
        rels=f'<Relationship Id="th" Type="{OFFICE}/theme" Target="theme/theme1.xml"/>',
        extra={"word/theme/theme1.xml": th.encode()},
        settings=mapping or '<w:zoom w:percent="100"/>',
    )


DRAWN["theme changed"] = lambda: (themed("000000"), themed("FFFFFF"))
DRAWN["colour mapping"] = lambda: (
    themed("000000"),
    themed("000000", mapping='<w:clrSchemeMapping w:bg1="light1" w:t1="light1" w:bg2="light2" w:t2="dark2"/>'),
)
DRAWN["theme tint"] = lambda: (
    package(looks()),
    package(looks('<w:color w:val="000000" w:themeColor="text1" w:themeTint="02"/>')),
)


def bg(c):
    x = package(PLAIN, settings="<w:displayBackgroundShape/>")
    return rebind(x, lambda v: v.replace(b"<w:body>", f'<w:background w:color="{c}"/><w:body>'.encode())) if c else x


DRAWN["black page"] = lambda: (
    bg(""),
    read_package(
        write_package(
            {
                k: (
                    v.replace(b"<w:r>", b'<w:r><w:rPr><w:color w:val="000000"/></w:rPr>')
                    if k == "word/document.xml"
                    else v
                )
                for k, v in bg("000000").parts.items()
            }
        )
    ),
)
DRAWN["text fill white"] = lambda: (
    package(looks()),
    package(looks('<w14:textFill><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill></w14:textFill>')),
)
DRAWN["solid shading"] = lambda: (
    package(looks()),
    package(looks('<w:color w:val="000000"/><w:shd w:val="solid" w:color="000000" w:fill="auto"/>')),
)
DRAWN["fit text"] = lambda: (package(looks()), package(looks('<w:fitText w:val="1" w:id="1"/>')))
DRAWN["table off page"] = lambda: (
    package(table()),
    package(table(table_properties='<w:tblInd w:w="30000" w:type="dxa"/>')),
)
DRAWN["hanging off page"] = lambda: (package(looks()), package(looks("", '<w:ind w:left="0" w:hanging="30000"/>')))
DRAWN["vmerge"] = lambda: (package(table()), package(table(cell="<w:vMerge/>")))
DRAWN["hmerge"] = lambda: tuple(
    package(
        f"<w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr>{a}</w:tcPr>{p(r('One'))}</w:tc><w:tc><w:tcPr>{b}</w:tcPr>{p(r('Two'))}</w:tc></w:tr></w:tbl>"
        + PLAIN
    )
    for a, b in (("", ""), ('<w:hMerge w:val="restart"/>', "<w:hMerge/>"))
)
DRAWN["docdefaults white"] = lambda: tuple(
    package(PLAIN, styles=f"<w:docDefaults><w:rPrDefault><w:rPr>{x}</w:rPr></w:rPrDefault></w:docDefaults>")
    for x in ("", '<w:color w:val="FFFFFF"/>')
)
DRAWN["default style white"] = lambda: tuple(
    package(
        PLAIN,
        styles=f'<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/><w:rPr>{x}</w:rPr></w:style>',
    )
    for x in ("", '<w:color w:val="FFFFFF"/>')
)
DRAWN["char style white"] = lambda: tuple(
    package(
        looks('<w:rStyle w:val="C"/>'),
        styles=f'<w:style w:type="character" w:styleId="C"><w:name w:val="C"/><w:rPr>{x}</w:rPr></w:style>',
    )
    for x in ("", '<w:color w:val="FEFEFE"/>')
)
DRAWN["tbl style white"] = lambda: tuple(
    package(
        table(table_properties='<w:tblStyle w:val="T"/><w:tblLook w:val="0020" w:firstRow="1"/>'),
        styles=f'<w:style w:type="table" w:styleId="T"><w:name w:val="T"/><w:tblStylePr w:type="firstRow"><w:rPr>{x}</w:rPr></w:tblStylePr></w:style>',
    )
    for x in ("", '<w:color w:val="FFFFFF"/>')
)
DRAWN["header white"] = lambda: tuple(
    package(
        PLAIN + '<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>',
        header=p(r("Subject to contract", x)),
    )
    for x in ("", '<w:color w:val="FFFFFF"/>')
)
DRAWN["rlo"] = lambda: (package(p(r("within 24 hours"))), package(p(r("within \u202e24\u202c hours"))))
DRAWN["rtl run"] = lambda: (
    package(p(r("from 10-20 days"))),
    package(p(r("from ") + r("10-20", "<w:rtl/>") + r(" days"))),
)
DRAWN["ruby"] = lambda: tuple(
    package(p(f"<w:r><w:ruby><w:rubyPr/><w:rt>{r(x)}</w:rt><w:rubyBase>{r('漢字')}</w:rubyBase></w:ruby></w:r>"))
    for x in ("かんじ", "よみ")
)
DRAWN["even headers"] = lambda: tuple(
    package(
        PLAIN + '<w:sectPr><w:headerReference w:type="even" r:id="header"/></w:sectPr>',
        header=p(r("Subject to contract")),
        settings=x,
    )
    for x in ("<w:evenAndOddHeaders/>", "<w:zoom/>")
)
DRAWN["watermark"] = lambda: tuple(
    package(
        PLAIN + '<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>',
        header=p(
            f'<w:r><w:pict><v:shape style="width:400pt;height:100pt"><v:textpath string="{x}"/></v:shape></w:pict></w:r>'
        ),
    )
    for x in ("DRAFT", "FINAL")
)
DRAWN["row below page"] = lambda: (
    package(table()),
    package(table(table_properties='<w:tblpPr w:tblpX="1" w:tblpY="40000"/>')),
)
DRAWN["caps hidden"] = lambda: (package(looks()), package(looks('<w:position w:val="-500"/>')))
DRAWN["column no width"] = lambda: tuple(
    package(
        f'<w:tbl><w:tblPr><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="{x}"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>{p(r("One"))}</w:tc><w:tc><w:tcPr><w:tcW w:w="{x}" w:type="dxa"/></w:tcPr>{p(r("Two"))}</w:tc></w:tr></w:tbl>'
        + PLAIN
    )
    for x in ("4000", "1")
)
DRAWN["vertical text sdt hidden"] = lambda: (
    package(sdt(p(r("24 hours")), "") + PLAIN),
    package(sdt(p(r("24 hours", "<w:vanish/>")), "") + PLAIN),
)
# alike
ALIKE_TOO["alt text"] = lambda: (two(anch()), two(anch().replace('name="x"', 'name="y" descr="A"')))
ALIKE_TOO["bookmark renamed"] = lambda: (
    package(p('<w:bookmarkStart w:id="1" w:name="A"/>' + r("x") + '<w:bookmarkEnd w:id="1"/>')),
    package(p('<w:bookmarkStart w:id="1" w:name="B"/>' + r("x") + '<w:bookmarkEnd w:id="1"/>')),
)
ALIKE_TOO["auto on black"] = lambda: (
    package(looks()),
    package(looks('<w:color w:val="auto"/><w:shd w:val="clear" w:fill="000000"/>')),
)
ALIKE_TOO["bold"] = lambda: (package(looks()), package(looks('<w:b/><w:sz w:val="20"/><w:color w:val="1F3864"/>')))
ALIKE_TOO["customxml unbound"] = lambda: tuple(
    package(
        PLAIN,
        rels=f'<Relationship Id="x" Type="{OFFICE}/customXml" Target="../customXml/item1.xml"/>',
        extra={"customXml/item1.xml": f"<d>{x}</d>".encode()},
    )
    for x in "ab"
)
HARDLY["picture nudged"] = lambda: (two(anch(x=100000, y=100000)), two(anch(x=100317, y=99721)))
HARDLY["picture resized a bit"] = lambda: (two(anch()), two(anch().replace("900000", "901200")))
ALIKE_TOO["simple to complex"] = lambda: (
    package(p(r("Table ") + simple("SEQ Table", "1"))),
    package(p(r("Table ") + field("SEQ Table", "1"))),
)
HARDLY["toc"] = lambda: tuple(package(p(field('TOC \\o "1-3"', x)) + PLAIN) for x in ("Fees\t1", "Fees\t2"))
ALIKE_TOO["rsid in numbering"] = lambda: (
    package(item("A"), numbering=levels(level("%1."))),
    package(
        item("A"),
        numbering=levels(level("%1."))
        .replace("<w:abstractNum ", '<w:abstractNum w:rsid="00AA00AA" ')
        .replace("<w:lvl ", '<w:lvl w:tplc="04090001" '),
    ),
)
ALIKE_TOO["pictures media renamed"] = lambda: (pic_at("media/a.png", b"a"), pic_at("media/b.png", b"a"))
ALIKE_TOO["tab stop"] = lambda: (
    package(PLAIN),
    package(PLAIN.replace("<w:p>", '<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>', 1)),
)
ALIKE_TOO["page ref"] = lambda: tuple(
    package(
        p('<w:bookmarkStart w:id="1" w:name="A"/>' + r("x") + '<w:bookmarkEnd w:id="1"/>')
        + p(r("page ") + field("PAGEREF A \\h", x))
    )
    for x in "12"
)

DIFFERENT = word_pairs.DIFFERENT | COMPUTED | DRAWN
ALIKE = word_pairs.ALIKE | ALIKE_TOO
