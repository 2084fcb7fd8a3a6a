"""The same text by other means: a Word template filled by docxtpl, and python-docx called paragraph by paragraph.

Neither numbers, refers or finds definitions; docxtpl's template numbers through a list style, python-docx types the
numbers. They do less than the annex does, which the ratios don't credit.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .work import Item, table, value

_STYLES = {1: "Heading 1", 2: "List Number", 3: "List Number 2", 4: "List Number 3"}


@dataclass(frozen=True, slots=True)
class Template:
    """A Word template with a tag for each value, and the values."""

    document: object
    context: dict[str, str]

    def save_to(self, path: Path) -> dict[str, str]:
        """Write the file; the values that it asks for."""
        self.document.save(str(path))  # type: ignore[attr-defined]
        return self.context


def template_document(items: list[Item], tag: str, condition: str) -> Template:
    """The text with `tag` for each value; `condition` wraps a twentieth of the paragraphs, unless it is empty."""
    from docx import Document

    document = Document()
    context: dict[str, str] = {}
    for index, item in enumerate(items):
        text = item.text
        for position in range(20):
            shown = value(position)
            if f" {shown} " in text:
                context[f"value_{position}"] = shown
                text = text.replace(shown, tag.format(name=f"value_{position}"))
                break
        if condition and index % 20 == 3:
            text = condition.format(text=text)
        document.add_paragraph(text, style=_STYLES[item.level])
    rows = table()
    grid = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in zip(grid.rows, rows):
        for cell, text in zip(row.cells, cells):
            cell.text = text
    return Template(document, context)


def docxtpl_peer(items: list[Item], folder: Path) -> Callable[[], bytes]:
    """A warm docxtpl render: the template is on disk, as its users keep it, with one variable for each value."""
    from docxtpl import DocxTemplate

    path = folder / "template.docx"
    context = template_document(items, "{{{{ {name} }}}}", "{{% if takes_payments %}}{text}{{% endif %}}").save_to(path)

    def run() -> bytes:
        template = DocxTemplate(str(path))
        template.render({**context, "takes_payments": True}, autoescape=True)
        out = io.BytesIO()
        template.save(out)
        return out.getvalue()

    return run


def python_docx_peer(items: list[Item]) -> Callable[[], bytes]:
    """Naive python-docx: a document from its default template, a call for each paragraph and each cell."""
    from docx import Document

    def run() -> bytes:
        document = Document()
        for item in items:
            document.add_paragraph(item.text, style=_STYLES[item.level])
        rows = table()
        grid = document.add_table(rows=len(rows), cols=len(rows[0]))
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
