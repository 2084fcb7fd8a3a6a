"""The style roles of an annex: what each kind of paragraph is, and the style that represents it in a house style.

A client's own template maps roles to its own styles; `docs/reference/house-styles.md` lists them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

ListName = Literal["", "clause", "schedule"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role, its style in the shipped templates, and what a plain style of ours must do where a template has none.

    `structure` holds the children of `w:pPr` in the schema's order, `look` those of `w:rPr`. `weight` says how much is
    lost without a style of the template's own: 2 is reported as a warning, 1 as a note.
    """

    name: str
    style_id: str
    style_name: str
    what: str  # in the reader's words
    kind: Literal["paragraph", "character", "table"] = "paragraph"
    built_in: bool = False  # a style that Word knows by itself
    list: ListName = ""
    level: int = 0  # of the list, from 0
    structure: str = ""
    look: str = ""
    weight: Literal[1, 2] = 1

    @property
    def alias(self) -> str:
        """The further name by which a style of a house style says that it represents this role."""
        return f"annex:{self.name}"

    def plain_structure(self, text_width: int) -> str:
        """The structure for text of that width in twips."""
        return self.structure.replace(_EDGE, str(text_width))


_HEADING = '<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="{}"/>'
_BODY = '<w:spacing w:before="100" w:after="60"/>'
_EDGE = "EDGE"  # represents the right edge of the text, which a template decides
_RIGHT_TAB = f'<w:tab w:val="right" w:pos="{_EDGE}"/>'
_DOTS = f'<w:tab w:val="right" w:leader="dot" w:pos="{_EDGE}"/>'
_NUMBERED_LINE = f'<w:tabs><w:tab w:val="left" w:pos="1701"/>{_DOTS}</w:tabs>'
_CELL = '<w:spacing w:before="40" w:after="40"/>'

_ROLES = (
    Role(
        name="title",
        style_id="Title",
        style_name="Title",
        what="the title of the annex",
        built_in=True,
        structure=_BODY,
        look="<w:b/>",
    ),
    Role(
        name="subtitle",
        style_id="Subtitle",
        style_name="Subtitle",
        what="the parties under the title",
        built_in=True,
        structure=_BODY,
    ),
    Role(
        name="detail",
        style_id="TitleDetail",
        style_name="Title Detail",
        what="a line of the title block: reference, version, date",
        structure=(
            '<w:tabs><w:tab w:val="left" w:pos="2552"/></w:tabs><w:spacing w:before="0" w:after="60"/>'
            '<w:ind w:left="2552" w:hanging="2552"/>'
        ),
    ),
    Role(
        name="heading",
        style_id="Heading1",
        style_name="heading 1",
        what="a heading without a number: how to read, key terms, definitions",
        built_in=True,
        structure=_HEADING.format(0),
        look="<w:b/>",
        weight=2,
    ),
    Role(
        name="contents_heading",
        style_id="TOCHeading",
        style_name="TOC Heading",
        what="the heading of the contents list",
        built_in=True,
        structure='<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="120"/>',
        look="<w:b/>",
    ),
    Role(
        name="contents_1",
        style_id="TOC1",
        style_name="toc 1",
        what="a first-level line of the contents list",
        built_in=True,
        structure=f'<w:keepNext/><w:tabs>{_DOTS}</w:tabs><w:spacing w:before="60" w:after="0"/>',
    ),
    Role(
        name="contents_2",
        style_id="TOC2",
        style_name="toc 2",
        what="a second-level line of the contents list",
        built_in=True,
        structure=f'{_NUMBERED_LINE}<w:spacing w:before="0" w:after="0"/><w:ind w:left="1701" w:hanging="1417"/>',
    ),
    Role(
        name="contents_schedule",
        style_id="TOCSchedule",
        style_name="TOC Schedule",
        what="a schedule's line of the contents list",
        structure=f'{_NUMBERED_LINE}<w:spacing w:before="60" w:after="0"/><w:ind w:left="1701" w:hanging="1701"/>',
    ),
    Role(
        name="clause",
        style_id="Heading2",
        style_name="heading 2",
        what="a clause heading",
        built_in=True,
        list="clause",
        level=0,
        structure=_HEADING.format(1),
        look="<w:b/>",
        weight=2,
    ),
    Role(
        name="level_2",
        style_id="ClauseLevel2",
        style_name="Clause Level 2",
        what="a clause paragraph of the first level (4.2)",
        list="clause",
        level=1,
        structure=_BODY,
        weight=2,
    ),
    Role(
        name="level_3",
        style_id="ClauseLevel3",
        style_name="Clause Level 3",
        what="a clause paragraph of the second level (a)",
        list="clause",
        level=2,
        structure=_BODY,
        weight=2,
    ),
    Role(
        name="level_4",
        style_id="ClauseLevel4",
        style_name="Clause Level 4",
        what="a clause paragraph of the third level (i)",
        list="clause",
        level=3,
        structure=_BODY,
        weight=2,
    ),
    Role(
        name="clause_text",
        style_id="ClauseText",
        style_name="Clause Text",
        what="an unnumbered paragraph inside a clause",
        structure='<w:spacing w:before="0" w:after="120"/><w:ind w:left="720"/>',
    ),
    Role(
        name="body",
        style_id="BodyText",
        style_name="Body Text",
        what="a paragraph of plain text",
        built_in=True,
        structure=_BODY,
        weight=2,
    ),
    Role(name="lead", style_id="LeadText", style_name="Lead Text", what="a leading paragraph", structure=_BODY),
    Role(
        name="note",
        style_id="NoteText",
        style_name="Note Text",
        what="a note to the text",
        structure=_BODY,
        look="<w:i/>",
    ),
    Role(
        name="opening",
        style_id="Opening",
        style_name="Opening",
        what="the words that the contract begins with, under the contents list",
        structure='<w:spacing w:before="480" w:after="120"/>',
    ),
    Role(name="recital", style_id="Recital", style_name="Recital", what="a party or a recital", structure=_BODY),
    Role(
        name="example_step",
        style_id="ExampleStep",
        style_name="Example Step",
        what="a step of a worked example",
        structure=_BODY,
    ),
    Role(name="definition", style_id="Definition", style_name="Definition", what="a definition", structure=_BODY),
    Role(
        name="schedule",
        style_id="ScheduleHeading",
        style_name="Schedule Heading",
        what="the heading of a schedule",
        list="schedule",
        level=0,
        structure=('<w:keepNext/><w:keepLines/><w:spacing w:before="480" w:after="160"/><w:outlineLvl w:val="0"/>'),
        look="<w:b/>",
        weight=2,
    ),
    Role(
        name="schedule_2",
        style_id="ScheduleLevel2",
        style_name="Schedule Level 2",
        what="a paragraph of a schedule, first level (1)",
        list="schedule",
        level=1,
        structure=_BODY,
        weight=2,
    ),
    Role(
        name="schedule_3",
        style_id="ScheduleLevel3",
        style_name="Schedule Level 3",
        what="a paragraph of a schedule, second level (a)",
        list="schedule",
        level=2,
        structure=_BODY,
        weight=2,
    ),
    Role(
        name="schedule_4",
        style_id="ScheduleLevel4",
        style_name="Schedule Level 4",
        what="a paragraph of a schedule, third level (i)",
        list="schedule",
        level=3,
        structure=_BODY,
        weight=2,
    ),
    Role(
        name="table_head",
        style_id="TableHead",
        style_name="Table Head",
        what="a cell of a table's header row",
        structure=f"<w:keepNext/>{_CELL}",
        look="<w:b/>",
    ),
    Role(name="table_text", style_id="TableText", style_name="Table Text", what="a cell of a table", structure=_CELL),
    Role(
        name="table_number",
        style_id="TableNumber",
        style_name="Table Number",
        what="a cell of money or numbers, set to the right",
        structure=f'{_CELL}<w:jc w:val="right"/>',
    ),
    Role(
        name="table_number_head",
        style_id="TableNumberHead",
        style_name="Table Number Head",
        what="the header cell of a column of numbers",
        structure=f'<w:keepNext/>{_CELL}<w:jc w:val="right"/>',
        look="<w:b/>",
    ),
    Role(
        name="signature_party",
        style_id="SignatureParty",
        style_name="Signature Party",
        what="the party over its signatures",
        structure=f"<w:keepNext/>{_CELL}",
        look="<w:b/>",
    ),
    Role(
        name="signature_line",
        style_id="SignatureLine",
        style_name="Signature Line",
        what="a line to sign or fill in",
        structure=(
            '<w:keepNext/><w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/>'
            '<w:between w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>'
            '<w:spacing w:before="280" w:after="0"/>'
        ),
    ),
    Role(
        name="end",
        style_id="AnnexEnd",
        style_name="Annex End",
        what="the small line that closes a section after a table",
        structure='<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
        look='<w:sz w:val="2"/><w:szCs w:val="2"/>',
    ),
    Role(
        name="header",
        style_id="Header",
        style_name="header",
        what="the page header",
        built_in=True,
        structure=f'<w:tabs>{_RIGHT_TAB}</w:tabs><w:spacing w:before="0" w:after="0"/>',
    ),
    Role(
        name="footer",
        style_id="Footer",
        style_name="footer",
        what="the page footer",
        built_in=True,
        structure=f'<w:tabs>{_RIGHT_TAB}</w:tabs><w:spacing w:before="0" w:after="0"/>',
    ),
    Role(
        name="term",
        style_id="DefinedTerm",
        style_name="Defined Term",
        what="a term where it is defined",
        kind="character",
        look="<w:b/><w:bCs/>",
    ),
    Role(
        name="emphasis",
        style_id="Emphasis",
        style_name="Emphasis",
        what="emphasised words",
        kind="character",
        built_in=True,
        look="<w:i/><w:iCs/>",
    ),
    Role(name="table", style_id="AnnexTable", style_name="Annex Table", what="a table", kind="table"),
    Role(
        name="signature_table",
        style_id="SignatureTable",
        style_name="Signature Table",
        what="the signature block",
        kind="table",
    ),
)

ROLES: Mapping[str, Role] = MappingProxyType({role.name: role for role in _ROLES})
LISTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        name: tuple(r.name for r in sorted(_ROLES, key=lambda r: r.level) if r.list == name)
        for name in ("clause", "schedule")
    }
)
# Kept even where an annex has none: a lawyer who adds a paragraph in Word finds every level.
ALWAYS_KEPT = frozenset(
    r.style_id for r in _ROLES if r.list or r.name in ("body", "header", "footer", "table", "table_text", "table_head")
)


def paragraph_role(role: str) -> str:
    """The style role for the role that a paragraph names ("example-step"); plain text where it is unknown."""
    name = role.replace("-", "_")
    return name if name in ROLES else "body"
