"""The same text by other means: a Word template filled by docxtpl, and python-docx called paragraph by paragraph.

All start from the house style that ours is written in, so that each file has the same styles, numbering, header and
footer. None resolves, refers, finds definitions or lists contents; they do less than the annex does, which the ratios
don't credit.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from ccclauses.resources import templates_folder

from .work import CLIENTS, VALUES, Item, outline, table, value

_STYLES = {1: "Heading 2", 2: "Clause Level 2", 3: "Clause Level 3", 4: "Clause Level 4"}
_TOKEN = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class Tags:
    """How one program writes a value and a condition in its templates."""

    value: str
    begin: str
    end: str


DOCXTPL = Tags("{{{{ {name} }}}}", "{%p if takes_payments %}", "{%p endif %}")


@dataclass(frozen=True, slots=True)
class Template:
    """A Word template with a tag for each value, and the values of each client."""

    document: object
    contexts: list[dict[str, str | bool]]

    def save_to(self, path: Path) -> list[dict[str, str | bool]]:
        """Write the file; the values that it asks for, of each client."""
        self.document.save(str(path))  # type: ignore[attr-defined]
        return self.contexts


def _house_style() -> object:
    """The house style as a document without text, its header and footer with their tokens."""
    from docx import Document

    document = Document(str(templates_folder() / "legal.docx"))
    body = document.element.body
    for child in body[:-1]:  # the last one is the section
        body.remove(child)
    return document


def _add_table(document: object) -> None:
    rows = table()
    grid = document.add_table(rows=len(rows), cols=len(rows[0]), style="Annex Table")  # type: ignore[attr-defined]
    for row, cells in zip(grid.rows, rows):
        for cell, text in zip(row.cells, cells):
            cell.text = text


def template_document(items: list[Item], tags: Tags) -> Template:
    """The text with a tag for each value and with conditional clauses between tags, in paragraphs of their own."""
    document = _house_style()
    names: dict[str, str | bool] = {"takes_payments": True}
    within = False
    for item in items:
        if item.conditional and item.level == 1 or within and not item.conditional:
            if within:
                document.add_paragraph(tags.end)
            within = item.conditional
            if within:
                document.add_paragraph(tags.begin)
        text = item.text
        for position in range(VALUES):
            shown = value(position)
            if f" {shown} " in text:
                text = text.replace(shown, tags.value.format(name=f"value_{position}"))
                break
        document.add_paragraph(text, style=_STYLES[item.level])
    if within:
        document.add_paragraph(tags.end)
    _add_table(document)
    section = document.sections[0]
    for words in (w for banner in (section.header, section.footer) for p in banner.paragraphs for w in p.runs):
        for name in _TOKEN.findall(words.text):
            names[name] = name.title()
            words.text = words.text.replace(f"{{{{{name}}}}}", tags.value.format(name=name))
    values = [{f"value_{i}": value(i, client) for i in range(VALUES)} for client in range(CLIENTS)]
    return Template(document, [names | own for own in values])


def docxtpl_peer(items: list[Item], folder: Path) -> Callable[[], bytes]:
    """A warm docxtpl render: the template is on disk, as its users keep it, with one variable for each value."""
    from docxtpl import DocxTemplate

    path = folder / "template.docx"
    contexts = cycle(template_document(items, DOCXTPL).save_to(path))

    def run() -> bytes:
        template = DocxTemplate(str(path))
        template.render(next(contexts), autoescape=True)
        out = io.BytesIO()
        template.save(out)
        return out.getvalue()

    return run


def python_docx_peer(clauses: int) -> Callable[[], bytes]:
    """Naive python-docx: a call for each paragraph and each cell."""
    outlines = cycle([outline(clauses, client) for client in range(CLIENTS)])

    def run() -> bytes:
        document = _house_style()
        for item in next(outlines):
            document.add_paragraph(item.text, style=_STYLES[item.level])
        rows = table()
        grid = document.add_table(rows=len(rows), cols=len(rows[0]), style="Annex Table")
        for r, cells in enumerate(rows):
            for c, text in enumerate(cells):
                grid.cell(r, c).text = text
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return run


def floor_peer(parts: dict[str, bytes]) -> Callable[[], bytes]:
    """The floor: XML that is already rendered, only zipped."""

    def run() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        return out.getvalue()

    return run
