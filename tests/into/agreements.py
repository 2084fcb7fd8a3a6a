"""Small agreements as a client's lawyer might send them, made here word by word, and the annex that goes into them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from lxml import etree

from ccclauses.into.merge import Choices, Merged, merge
from ccclauses.load.inputs import load_inputs
from ccclauses.model.diagnostic import Diagnostic
from ccclauses.ooxml.elements import escape
from ccclauses.ooxml.namespaces import w
from ccclauses.ooxml.package.package import Package, read_package, write_package
from ccclauses.ooxml.package.parse import parse_xml
from ccclauses.read.word.docx import read_docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
V = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PROFILE = Path(__file__).parents[2] / "examples" / "startup-full.yaml"


def p(text: str = "", style: str = "", more: str = "", inside: str = "") -> str:
    """A paragraph: `more` are further properties, `inside` is markup after its words."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{run}{inside}</w:p>"


def heading(text: str) -> str:
    """A clause heading, numbered by its style."""
    return p(text, "Heading1")


def schedule(text: str) -> str:
    """A heading that counts as Schedule 1, 2, 3 by its style."""
    return p(text, "Sched")


def marked(name: str, number: int, content: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def ref(instruction: str, shown: str) -> str:
    return f'<w:fldSimple w:instr=" {instruction} ">{run(shown)}</w:fldSimple>'


def table(*cells: str) -> str:
    width = '<w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>'
    row = "".join(f"<w:tc>{width}{cell}</w:tc>" for cell in cells)
    grid = '<w:gridCol w:w="2000"/>' * len(cells)
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr>{row}</w:tr></w:tbl>'


def section(*, size: str = "11906 16838", more: str = "", margins: int = 1440, headers: str = "") -> str:
    wide, high = size.split()
    turned = ' w:orient="landscape"' if int(wide) > int(high) else ""
    return (
        f'<w:sectPr>{headers}<w:pgSz w:w="{wide}" w:h="{high}"{turned}/><w:pgMar w:top="{margins}" w:right="{margins}" '
        f'w:bottom="{margins}" w:left="{margins}" w:header="700" w:footer="700" w:gutter="0"/>{more}</w:sectPr>'
    )


OWN_HEADER = '<w:headerReference w:type="default" r:id="rIdH"/><w:footerReference w:type="default" r:id="rIdF"/>'
STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Georgia"/><w:sz w:val="23"/>'
    '<w:lang w:val="en-US"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="180" w:line="300" w:lineRule="auto"/>'
    '</w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Sched"><w:name w:val="Sched"/><w:basedOn w:val="Normal"/><w:pPr>'
    '<w:numPr><w:numId w:val="2"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
)  # fmt: skip
NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{n}"><w:nsid w:val="0CC0000{n}"/><w:multiLevelType w:val="multilevel"/>'
    f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
    "</w:abstractNum>"
    for n, style, text in ((1, "Heading1", "%1."), (2, "Sched", "Schedule %1"))
) + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
CLAUSES = heading("Services") + p("Calls are answered.") + heading("Term") + p("Two years.")


@dataclass(kw_only=True)
class Agreement:
    """What a small agreement is made of; each test changes what it is about."""

    body: str = CLAUSES
    section: str = field(default_factory=lambda: section(headers=OWN_HEADER))
    styles: str = STYLES
    numbering: str = NUMBERING
    settings: str = ""
    header: str = p("Agreement of the client")
    main_type: str = f"{WML}.document.main+xml"
    more: dict[str, tuple[str, str, str]] = field(
        default_factory=dict
    )  # part → content type, kind of relationship, content

    def tree(self) -> etree._Element:
        """The tree of its main part."""
        return parse_xml(self._document())

    def _document(self) -> bytes:
        return f"<w:document {W} {R}><w:body>{self.body}{self.section}</w:body></w:document>".encode()

    def file(self) -> bytes:
        parts = {
            "word/styles.xml": (f"{WML}.styles+xml", "styles", f"<w:styles {W}>{self.styles}</w:styles>"),
            "word/settings.xml": (f"{WML}.settings+xml", "settings", f"<w:settings {W}>{self.settings}</w:settings>"),
            "word/header1.xml": (f"{WML}.header+xml", "header", f"<w:hdr {W} {R} {V}>{self.header}</w:hdr>"),
            "word/footer1.xml": (f"{WML}.footer+xml", "footer", f"<w:ftr {W}>{p('Foot')}</w:ftr>"),
            **self.more,
        }
        if self.numbering:
            root = f"<w:numbering {W}>{self.numbering}</w:numbering>"
            parts["word/numbering.xml"] = (f"{WML}.numbering+xml", "numbering", root)
        ids = {"word/header1.xml": "rIdH", "word/footer1.xml": "rIdF"}
        rows = "".join(
            f'<Relationship Id="{ids.get(n, f"rId{at}")}" Type="{TYPE}{kind}" Target="/{n}"/>'
            for at, (n, (_, kind, _)) in enumerate(parts.items(), 1)
            if kind
        )
        types = "".join(f'<Override PartName="/{n}" ContentType="{t}"/>' for n, (t, _, _) in parts.items() if t)
        space = "http://schemas.openxmlformats.org/package/2006/"
        return write_package(
            {
                "[Content_Types].xml": (
                    f'<Types xmlns="{space}content-types"><Default Extension="rels" '
                    f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
                    f'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{self.main_type}"/>'
                    f"{types}</Types>"
                ).encode(),
                "_rels/.rels": (
                    f'<Relationships xmlns="{space}relationships"><Relationship Id="rId1" Type="{TYPE}officeDocument" '
                    'Target="word/document.xml"/></Relationships>'
                ).encode(),
                "word/_rels/document.xml.rels": f'<Relationships xmlns="{space}relationships">{rows}</Relationships>'.encode(),
                "word/document.xml": self._document(),
                **{n: content.encode() for n, (_, _, content) in parts.items()},
            }
        )


@lru_cache(maxsize=1)
def deal():
    """The profile and the library of the annex that goes in."""
    profile, library, problems = load_inputs(PROFILE)
    assert profile and library, problems
    return replace(profile, form="short"), library


def put(agreement: Agreement | bytes, at: str, **choices: object) -> Merged:
    """The agreement with the annex in it."""
    merged, problems = tried(agreement, at, **choices)
    assert merged is not None, "\n".join(map(str, problems))
    return merged


def tried(agreement: Agreement | bytes, at: str, **choices: object) -> tuple[Merged | None, list[Diagnostic]]:
    profile, library = deal()
    data = agreement if isinstance(agreement, bytes) else agreement.file()
    return merge(profile, library, data, name="agreement.docx", choices=Choices(at=at, **choices))  # type: ignore[arg-type]  # each test names choices that there are


def refusal(agreement: Agreement | bytes, at: str, **choices: object) -> str:
    """Why an annex could not be put in."""
    merged, problems = tried(agreement, at, **choices)
    assert merged is None
    return "\n".join(str(d) for d in problems if d.rule == "not-put-in")


def package(merged: Merged) -> Package:
    return read_package(merged.data, name="agreement.docm" if merged.macros else "agreement.docx")


def read(merged: Merged) -> list[str]:
    """The paragraphs of the body as a reader sees them, with their numbers."""
    return [f"{x.number} {x.text}".strip() for x in read_docx(package(merged)).paragraphs()]


def sections(found: Package) -> list[dict[str, str]]:
    """Of each section the paper, whether it has a first page of its own, and the first page number."""
    out = []
    for s in found.xml(found.main_part).iter(w("sectPr")):
        size, number = s.find(w("pgSz")), s.find(w("pgNumType"))
        out.append(
            {
                "size": f"{size.get(w('w'))} {size.get(w('h'))}" if size is not None else "",
                "first": str(s.find(w("titlePg")) is not None),
                "start": number.get(w("start"), "") if number is not None else "",
            }
        )
    return out


TODAY = date(2026, 5, 4)
