"""Makes the house styles in templates/: `python tools/house_styles.py`. Equal runs give equal bytes.

A house style carries looks only: styles, numbering, header, footer, page. Its body shows each style once, so that a
designer who opens it in Word sees what an annex is made of; nothing of the body goes into an annex.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ccclauses.model.library.library import Level
from ccclauses.ooxml import elements as el  # noqa: E402
from ccclauses.ooxml.headers import default_footer, default_header  # noqa: E402
from ccclauses.ooxml.numbering import ListLevel, abstract_list, list_instance  # noqa: E402
from ccclauses.ooxml.package.package import write_package  # noqa: E402
from ccclauses.ooxml.package.properties import core_properties, timestamp  # noqa: E402
from ccclauses.ooxml.package.settings import settings_part  # noqa: E402
from ccclauses.ooxml.styles import borders, style_element  # noqa: E402
from ccclauses.write.word.roles import LISTS, ROLES  # noqa: E402

PAGE = (11906, 16838)  # A4, in twips
MADE = date(2026, 1, 1)

CLAUSE = (
    Level(format="decimal", text="%1", noun="clause "),
    Level(format="decimal", text="%1.%2", noun="clause "),
    Level(format="lowerLetter", text="(%3)", noun="clause "),
    Level(format="lowerRoman", text="(%4)", noun="clause "),
)
SCHEDULE = (
    Level(format="decimal", text="Schedule %1", noun=""),
    Level(format="decimal", text="%2", noun="paragraph "),
    Level(format="lowerLetter", text="(%3)", noun="paragraph "),
    Level(format="lowerRoman", text="(%4)", noun="paragraph "),
)
INDENTS = {  # left and hanging of each level; a scheme with longer labels widens them when an annex is written
    "clause": ((720, 720), (720, 720), (1287, 567), (1854, 567)),
    "schedule": ((1701, 1701), (720, 720), (1287, 567), (1854, 567)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The looks of a house style. Sizes are half-points, colours RGB, distances twips."""

    name: str
    font: str
    heading_font: str
    size: int
    small: int
    ink: str  # of the text; "auto" is black
    accent: str  # of headings and rules
    rule: str  # of hairlines
    margin: int
    head_fill: str  # behind a table's header row
    head_ink: str
    band_fill: str  # behind every other row; empty for none
    paragraphs: Mapping[str, tuple[str, str]]  # role → children of w:pPr, of w:rPr


def _spacing(before: int, after: int, line: int = 0) -> str:
    lead = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{lead}/>'


def _heading(before: int, after: int, level: int, border: str = "") -> str:
    return f'<w:keepNext/><w:keepLines/>{border}{_spacing(before, after)}<w:outlineLvl w:val="{level}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _colour(rgb: str) -> str:
    return f'<w:color w:val="{rgb}"/>'


_BOLD = "<w:b/><w:bCs/>"
_CONTENTS_TABS = '<w:tabs>{}<w:tab w:val="right" w:leader="dot" w:pos="{}"/></w:tabs>'
_NUMBER_TAB = '<w:tab w:val="left" w:pos="1247"/>'


def _paragraphs(look: dict[str, object], *, caps: bool) -> dict[str, tuple[str, str]]:
    """What the two house styles share in structure, with their own sizes, colours and distances."""
    size, small, accent, rule = int(look["size"]), int(look["small"]), str(look["accent"]), str(look["rule"])  # type: ignore[call-overload]
    heading_font = str(look["heading_font"])
    text_width = PAGE[0] - 2 * int(look["margin"])  # type: ignore[call-overload]
    fonts = (
        ""
        if heading_font == look["font"]
        else f'<w:rFonts w:ascii="{heading_font}" w:hAnsi="{heading_font}" w:cs="{heading_font}"/>'
    )
    edge = f'<w:tabs><w:tab w:val="right" w:pos="{text_width}"/></w:tabs>'
    body = _spacing(60, 50, 250)  # the space above keeps text off a table before it
    heading_look = f"{fonts}{_BOLD}{_colour(accent)}"
    under = borders(bottom=(rule, 6, 4))
    cell = _spacing(40, 40)
    head_cell = f"{fonts}{_BOLD}{_colour(str(look['head_ink']))}{_size(small)}"
    return {
        "title": (f"<w:keepNext/>{_spacing(240, 80)}", f"{heading_look}{_size(44)}"),
        "subtitle": (f"<w:keepNext/>{borders(bottom=(accent, 12, 10))}{_spacing(0, 240)}", f"{fonts}{_size(size + 3)}"),
        "detail": (
            f'<w:tabs><w:tab w:val="left" w:pos="2268"/></w:tabs>{_spacing(0, 60)}'
            '<w:ind w:left="2268" w:hanging="2268"/>',
            "",
        ),
        "heading": (_heading(260, 100, 0, under), f"{heading_look}{_size(size + 6)}"),
        "contents_heading": (
            f"<w:keepNext/><w:keepLines/>{under}{_spacing(360, 120)}",
            f"{heading_look}{_size(size + 6)}",
        ),
        "contents_1": (
            f"<w:keepNext/>{_CONTENTS_TABS.format('', text_width)}{_spacing(80, 0)}",
            f"{_BOLD}{_size(small)}",
        ),
        "contents_2": (
            f'{_CONTENTS_TABS.format(_NUMBER_TAB, text_width)}{_spacing(10, 0)}<w:ind w:left="1247" w:hanging="963"/>',
            _size(small),
        ),
        "contents_schedule": (
            f'{_CONTENTS_TABS.format(_NUMBER_TAB, text_width)}{_spacing(80, 0)}<w:ind w:left="1247" w:hanging="1247"/>',
            f"{_BOLD}{_size(small)}",
        ),
        "clause": (
            _heading(220, 80, 1),
            f"{fonts}{_BOLD}{'<w:caps/>' if caps else ''}{_colour(accent)}{_size(size if caps else size + 2)}",
        ),
        "level_2": (body, ""),
        "level_3": (body, ""),
        "level_4": (body, ""),
        "clause_text": (f'{body}<w:ind w:left="720"/>', ""),
        "body": (body, ""),
        "lead": (body, _size(size + 1)),
        "note": (f'{borders(left=(rule, 18, 8))}{_spacing(60, 120, 264)}<w:ind w:left="227"/>', _size(small)),
        "opening": (_spacing(480, 50, 250), ""),
        "recital": (body, ""),
        "example_step": (f'{_spacing(0, 60, 264)}<w:ind w:left="720"/>', ""),
        "definition": (f"<w:keepLines/>{body}", ""),
        "schedule": (_heading(320, 120, 0, under), f"{heading_look}{_size(size + 6)}"),
        "schedule_2": (body, ""),
        "schedule_3": (body, ""),
        "schedule_4": (body, ""),
        "table_head": (f"<w:keepNext/>{cell}", head_cell),
        "table_text": (cell, _size(small)),
        "table_number": (f'{cell}<w:jc w:val="right"/>', _size(small)),
        "table_number_head": (f'<w:keepNext/>{cell}<w:jc w:val="right"/>', head_cell),
        "signature_party": (f"<w:keepNext/>{_spacing(120, 120)}", f"{_BOLD}{_colour(accent)}"),
        "signature_line": (
            f"<w:keepNext/>{borders(bottom=('7F7F7F', 4, 1), between=('7F7F7F', 4, 1))}{_spacing(340, 0)}",
            _size(small),
        ),
        "end": ('<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>', _size(2)),
        "header": (f"{borders(bottom=(rule, 4, 4))}{edge}{_spacing(0, 0)}", f"{_colour('595959')}{_size(16)}"),
        "footer": (f"{borders(top=(rule, 4, 4))}{edge}{_spacing(0, 0)}", f"{_colour('595959')}{_size(16)}"),
    }


def _look(*, caps: bool, **fields: object) -> Look:
    return Look(**fields, paragraphs=_paragraphs(fields, caps=caps))  # type: ignore[arg-type]


LOOKS = {
    "legal": _look(
        caps=True,
        name="Sober",
        font="Times New Roman",
        heading_font="Times New Roman",
        size=20,
        small=18,
        ink="auto",
        accent="000000",
        rule="7F7F7F",
        margin=1418,
        head_fill="E7E6E6",
        head_ink="000000",
        band_fill="",
    ),
    "modern": _look(
        caps=False,
        name="Modern",
        font="Arial",
        heading_font="Arial",
        size=20,
        small=17,
        ink="262626",
        accent="0B4F6C",  # 8.9:1 on white
        rule="A9BEC8",
        margin=1304,
        head_fill="0B4F6C",
        head_ink="FFFFFF",
        band_fill="F1F6F8",
    ),
}


def _styles(look: Look) -> bytes:
    fonts = f'<w:rFonts w:ascii="{look.font}" w:hAnsi="{look.font}" w:eastAsia="{look.font}" w:cs="{look.font}"/>'
    colour = "" if look.ink == "auto" else _colour(look.ink)
    out = [
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{colour}{_size(look.size)}"
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>',
    ]
    for name, role in ROLES.items():
        if role.kind == "paragraph":
            structure, run = look.paragraphs[name]
            numbering = (role.level, 1 if role.list == "clause" else 2) if role.list else None
            out.append(style_element(role, structure=structure, look=run, based_on="Normal", numbering=numbering))
        elif role.kind == "character":
            out.append(style_element(role, look=role.look, based_on="DefaultParagraphFont"))
    out += [_data_table(look), _signature_table()]
    return el.part("styles", "".join(out)).encode()


def _shade(rgb: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{rgb}"/>'


def _data_table(look: Look) -> str:
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'
        for side, size, colour in (("top", 8, look.accent), ("bottom", 8, look.accent), ("insideH", 4, look.rule))
    )
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 0), ("left", 85), ("bottom", 0), ("right", 85))
    )
    head = (
        f'<w:tblStylePr w:type="firstRow"><w:rPr>{_BOLD}{_colour(look.head_ink)}</w:rPr>'
        f'<w:tcPr>{_shade(look.head_fill)}<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )
    band = (
        f'<w:tblStylePr w:type="band2Horz"><w:tcPr>{_shade(look.band_fill)}</w:tcPr></w:tblStylePr>'
        if look.band_fill
        else ""
    )
    properties = (
        '<w:tblStyleRowBandSize w:val="1"/><w:tblInd w:w="0" w:type="dxa"/>'
        f"<w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar>"
    )
    return style_element(ROLES["table"], based_on="TableNormal", table=f"<w:tblPr>{properties}</w:tblPr>{head}{band}")


def _signature_table() -> str:
    margins = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="340" w:type="dxa"/></w:tblCellMar>'
    return style_element(
        ROLES["signature_table"],
        based_on="TableNormal",
        table=f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{margins}</w:tblPr>',
    )


def _numbering() -> bytes:
    schemes = {"clause": CLAUSE, "schedule": SCHEDULE}
    lists = {
        name: tuple(
            ListLevel(level=level, style=ROLES[role].style_id, left=left, hanging=hanging)
            for level, role, (left, hanging) in zip(schemes[name], LISTS[name], INDENTS[name])
        )
        for name in schemes
    }
    abstracts = abstract_list(1, lists["clause"]) + abstract_list(2, lists["schedule"])
    return el.part("numbering", abstracts + list_instance(1, 1) + list_instance(2, 2)).encode()


def _document(look: Look) -> bytes:
    shown = "".join(
        el.paragraph(role.style_id, el.run(f"{role.style_name}: {role.what}"))
        for role in ROLES.values()
        if role.kind == "paragraph" and role.name not in ("header", "footer", "end")
    )
    margin = look.margin
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
        f'<w:pgSz w:w="{PAGE[0]}" w:h="{PAGE[1]}"/>'
        f'<w:pgMar w:top="{margin + 113}" w:right="{margin}" w:bottom="{margin}" w:left="{margin}" '
        'w:header="680" w:footer="624" w:gutter="0"/></w:sectPr>'
    )
    return el.part("document", f"<w:body>{shown}{section}</w:body>").encode()


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = (
    ("styles", "styles"),
    ("numbering", "numbering"),
    ("settings", "settings"),
    ("header1", "header"),
    ("footer1", "footer"),
)


def house_style(look: Look) -> bytes:
    """The bytes of a house style's .docx."""
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in _PARTS
    )
    types = (
        f'{el.DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>{overrides}'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )
    relationships = "".join(
        f'<Relationship Id="rId{index}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>'
        for index, (name, kind) in enumerate(_PARTS, 1)
    )
    package = (
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    )
    wrap = f'{el.DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{{}}</Relationships>'
    properties = {"dc:title": f"House style: {look.name}", "dc:creator": "ccclauses", "dc:language": "en-GB"}
    return write_package(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": wrap.format(package).encode(),
            "docProps/core.xml": core_properties(properties, timestamp(MADE)).encode(),
            "word/_rels/document.xml.rels": wrap.format(relationships).encode(),
            "word/document.xml": _document(look),
            "word/styles.xml": _styles(look),
            "word/numbering.xml": _numbering(),
            "word/settings.xml": settings_part(language="en-GB").encode(),
            "word/header1.xml": default_header("Header").encode(),
            "word/footer1.xml": default_footer("Footer").encode(),
        }
    )


def main() -> None:
    """Write both house styles, into templates/ unless told otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "templates")
    folder = parser.parse_args().folder
    for name, look in LOOKS.items():
        (folder / f"{name}.docx").write_bytes(house_style(look))
        print(folder / f"{name}.docx")


if __name__ == "__main__":
    main()
