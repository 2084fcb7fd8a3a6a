"""A firm's own Word document → a house style: its styles in the roles of an annex, its page, header, footer and lists.

The file that comes out shows each style once and says in a further name of each style (`annex:clause`) what it is
for, so that a lawyer can change everything in Word and `build --template` needs no mapping next to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Twips
from lxml import etree

from ..model.diagnostic import Diagnostic, Position, errors
from ..model.library.library import Numbering
from ..ooxml.namespaces import w
from ..ooxml.numbering import LONGEST
from ..ooxml.package.documents import describe_table, document_bytes, open_document, repeat_row
from ..ooxml.package.package import Package, serialize_xml
from ..ooxml.styles import Styles, link_to_list, style_element
from ..read.word.numerals import shown_numeral
from ..write.word.blank import PLAIN_NUMBERING, blank_file
from ..write.word.house_style import PAGES, PLAIN_TABLES, HouseStyle, load_house_style, resolve_mapping, template_styles
from ..write.word.roles import LISTS, ROLES, Role
from .roles import Choice, choose, main_list
from .survey import Label, Survey, survey

_EARLIEST = date(1980, 1, 1)  # of a file that gives no date of its own
_HEADINGS = frozenset({"heading", "contents_heading", "clause", "schedule"})
_OUTLINE = re.compile(r'<w:outlineLvl w:val="\d"/>')
_SPACING = re.compile(r"<w:spacing [^>]*/>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What represents a role: the style's name as Word shows it, whether it is proposed, and why."""

    role: str
    what: str
    style: str
    proposed: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeStyle:
    """A house style made from a document: its file, what represents each role, its words and its numbers."""

    data: bytes
    roles: tuple[Shown, ...]
    banners: tuple[tuple[str, str], ...]  # where ("page header") and its words
    labels: tuple[str, ...]  # of the document's own list, from its first level; empty where it has none


def make_house_style(
    package: Package,
    mapping: Mapping[str, str] | None = None,
    *,
    file: str,
    places: Mapping[str, Position] | None = None,
) -> tuple[MadeStyle | None, list[Diagnostic]]:
    """Make a house style from the document `package`. `mapping` and `places` are those of `load_house_style`.

    None when the mapping names a role or a style that is not there, with every problem.
    """
    styles = template_styles(package)
    settled, problems = resolve_mapping(styles, mapping or {}, file, places or {})
    if errors(problems):
        return None, problems
    found = survey(package, styles)
    choices = choose(found, settled)
    ids = {role: choice.style or _propose(found, choice) for role, choice in choices.items()}
    _link(found, choices, ids)
    for role, style in ids.items():
        styles.add_alias(style, ROLES[role].alias)
    name = package.related("styles") or "word/styles.xml"
    changed = replace(package, parts={**package.parts, name: serialize_xml(styles.root)})
    house, problems = load_house_style(changed, ids, file=file, places=places)
    if errors(problems):
        return None, problems
    made = MadeStyle(
        data=_file(house, found, _day(package), file),
        roles=tuple(
            Shown(
                role=role,
                what=ROLES[role].what,
                style=_name(styles, ids[role]),
                proposed=not choice.style,
                why=choice.why,
            )
            for role, choice in choices.items()
        ),
        banners=tuple(_words(house)),
        labels=_labels(_levels(found)),
    )
    return made, problems


def _name(styles: Styles, style_id: str) -> str:
    name = styles.by_id[style_id].find(w("name"))
    return name.get(w("val"), style_id) if name is not None else style_id


# ---------------------------------------------------------------------------------------------------------- styles


def _propose(found: Survey, choice: Choice) -> str:
    """Add the style of a role that the document has none for; return its id."""
    styles, role = found.styles, ROLES[choice.role]
    names = {name.casefold() for kind in ("paragraph", "character", "table") for name in styles.names(kind)}
    if role.style_id in styles.by_id or role.style_name.casefold() in names:
        title = role.name.replace("_", " ").title()
        role = replace(role, style_id=_free(styles, f"Annex{title.replace(' ', '')}"), style_name=f"Annex {title}")
        role = replace(role, built_in=False)
    base = choice.base or styles.default(role.kind)
    styles.add(
        style_element(
            role,
            structure=_structure(found, role, choice),
            look="" if choice.base and choice.role in _HEADINGS else role.look,
            based_on=base,
            table=PLAIN_TABLES.get(choice.role, ""),
        )
    )
    return role.style_id


def _free(styles: Styles, wanted: str) -> str:
    return next(n for n in (wanted, *(f"{wanted}{i}" for i in range(2, 1000))) if n not in styles.by_id)


def _structure(found: Survey, role: Role, choice: Choice) -> str:
    """What a proposed style says of its paragraphs: the spaces are those of the style that it is made from."""
    structure = role.plain_structure(_DEFAULT_WIDTH)
    if not choice.base:
        return structure
    structure = _SPACING.sub("", structure)
    is_heading = found.sheet.heading(choice.base) or choice.role == "contents_heading"
    if is_heading and not _OUTLINE.search(structure):  # or Word would list each of its paragraphs in the contents
        structure += '<w:outlineLvl w:val="9"/>'
    return structure


_DEFAULT_WIDTH = PAGES["A4"][0] - 2 * 1440


def _link(found: Survey, choices: Mapping[str, Choice], ids: Mapping[str, str]) -> None:
    """Let styles that do not count yet count on the document's own list, whose indents and type the annex then takes."""
    main = main_list(found)
    if main is None or not main.number.isdigit():
        return
    for name in LISTS:
        for level, role in enumerate(LISTS[name][main.below :]):
            new = not choices[role].style or ids[role] not in main.styles.values()
            heads_schedules = role == LISTS["schedule"][0]  # whose label is of another kind
            if level in main.levels and new and not _counts(found.styles, ids[role]) and not heads_schedules:
                link_to_list(found.styles.properties(ids[role]), level, int(main.number))


def _counts(styles: Styles, style_id: str) -> bool:
    return styles.by_id[style_id].find(f"{w('pPr')}/{w('numPr')}") is not None


def _levels(found: Survey) -> list[Label]:
    """The levels of the document's own list, as far as an annex has levels."""
    main = main_list(found)
    return [main.levels[n] for n in range(min(main.depth, len(LISTS["clause"])))] if main else []


def _labels(levels: list[Label]) -> tuple[str, ...]:
    """The first label of each level."""

    def first(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        return shown_numeral(1, levels[index].format) if index < len(levels) else ""

    return tuple(re.sub(r"%([1-9])", first, level.text) for level in levels)


# ------------------------------------------------------------------------------------------------------------ file


def _file(house: HouseStyle, found: Survey, day: date, file: str) -> bytes:
    """The Word file: the house style, and each of its styles once for the eye."""
    main = main_list(found)
    own = [] if main is None or main.below else _levels(found)
    clause = list(PLAIN_NUMBERING.clause)
    for index, label in enumerate(own):
        if label.format in LONGEST:  # a format that we can write; it is for the eye only
            clause[index] = replace(clause[index], format=label.format, text=label.text)  # type: ignore[arg-type]  # checked
    blank = blank_file(
        house,
        properties={"dc:title": f"House style made from {Path(file).name}", "dc:language": "en-GB"},
        day=day,
        numbering=Numbering(clause=tuple(clause), schedule=PLAIN_NUMBERING.schedule),
        page="Letter" if abs(house.page_width - PAGES["Letter"][0]) < 100 else "A4",
    )
    document = open_document(blank)

    def style(role: str):
        kinds = {
            "paragraph": WD_STYLE_TYPE.PARAGRAPH,
            "character": WD_STYLE_TYPE.CHARACTER,
            "table": WD_STYLE_TYPE.TABLE,
        }
        return document.styles.get_by_id(house.role_styles[role], kinds[ROLES[role].kind])

    cells = ("table_head", "table_number_head", "table_text", "table_number")
    for name, role in ROLES.items():
        if role.kind == "paragraph" and name not in (*cells, "header", "footer", "end"):
            text = f"{style(name).name}: {role.what}"
            document.add_paragraph(text, style=style(name))
    words = document.add_paragraph("Words inside a paragraph: ", style=style("body"))
    words.add_run("a defined term", style=style("term"))
    words.add_run(" and ")
    words.add_run("emphasis", style=style("emphasis"))
    table = document.add_table(rows=2, cols=2, style=style("table"))
    table.autofit = False
    describe_table(table, "A table", "2 rows. Columns: text, numbers.")
    for number, row in enumerate(table.rows):
        repeat_row(row, header=number == 0)
        for cell, role_name in zip(row.cells, cells[number * 2 : number * 2 + 2]):
            cell.width = Twips(house.text_width // 2)
            cell.paragraphs[0].style = style(role_name)
            cell.paragraphs[0].add_run(f"{style(role_name).name}: {ROLES[role_name].what}")
    for column in table.columns:
        column.width = Twips(house.text_width // 2)
    document.add_paragraph(style=style("end"))
    return document_bytes(document)


def _day(package: Package) -> date:
    """The day on which the document was last saved, as it says itself."""
    if "docProps/core.xml" in package.parts:
        for element in package.xml("docProps/core.xml"):
            if etree.QName(element).localname in ("modified", "created"):
                try:
                    return date.fromisoformat((element.text or "")[:10])
                except ValueError:
                    continue
    return _EARLIEST


def _words(house: HouseStyle) -> list[tuple[str, str]]:
    """The words of each header and footer, which every annex will show."""
    where = {"default": "page", "first": "first-page", "even": "even-page"}
    out = []
    for banner in house.banners:
        root = etree.fromstring(banner.text.encode())
        words = " ".join("".join(t.text or "" for t in p.iter(w("t"))) for p in root.iter(w("p"))).split()
        out.append((f"{where[banner.type]} {banner.kind}", " ".join(words)))
    return out
