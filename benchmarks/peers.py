"""The same annex by other means: a Word template filled by docxtpl, and python-docx called paragraph by paragraph.

A template is our own file of one client with a tag in place of each value and tags around the clauses that are in on a
condition, so that all programs print the same words in the same styles; `words` lets a run hold them against each other.
Numbers, references and contents list are in the template as they came out once: the others neither count nor refer, nor
resolve, nor look for definitions. They do less than ours does, which the ratios don't credit.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from . import work

_VALUE = re.compile(r"\b(\d+) days\b")
_HEADINGS = {"Heading 1", "Heading 2", "Schedule Heading"}


@dataclass(frozen=True, slots=True)
class Tags:
    """How one program writes a value and a condition in its templates."""

    value: str
    begin: str
    end: str


DOCXTPL = Tags("{{{{ {name} }}}}", "{%p if takes_payments %}", "{%p endif %}")


def contexts() -> list[dict[str, str | bool]]:
    """What a template asks for, for each client."""
    return [
        {"takes_payments": True, "client": work.client_name(client)}
        | {f"value_{index}": work.value(index, client) for index in range(work.VALUES)}
        for client in range(work.CLIENTS)
    ]


def words(data: bytes) -> list[str]:
    """The words of a Word file's body, a paragraph each; without empty ones, which some leave where a tag was."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("word/document.xml").decode()
    paragraphs = re.findall(r"<w:p[ >].*?</w:p>", text, re.DOTALL)
    return [w for w in ("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", p)) for p in paragraphs) if w]


def template(data: bytes, tags: Tags, path: Path) -> None:
    """Write our file of the first client as a template in another program's tags."""
    document = Document(io.BytesIO(data))
    parts = [document.element.body, *(b._element for s in document.sections for b in (s.header, s.footer))]
    for text in (t for part in parts for t in part.iter(qn("w:t"))):
        text.text = _VALUE.sub(lambda m: tags.value.format(name=f"value_{int(m[1]) - work.FIRST}"), text.text or "")
        text.text = text.text.replace(work.client_name(0), tags.value.format(name="client"))
    within = False
    for paragraph in document.paragraphs:
        if paragraph.style.name in _HEADINGS:
            if within:
                paragraph.insert_paragraph_before(tags.end)
            within = paragraph.style.name == "Heading 2" and work.is_conditional(paragraph.text)
            if within:
                paragraph.insert_paragraph_before(tags.begin)
    document.save(str(path))


def docxtpl_peer(data: bytes, folder: Path) -> Callable[[], bytes]:
    """A warm docxtpl render: the template is on disk, as its users keep it."""
    from docxtpl import DocxTemplate

    path = folder / "template.docx"
    template(data, DOCXTPL, path)
    turns = cycle(contexts())

    def run() -> bytes:
        filled = DocxTemplate(str(path))
        filled.render(next(turns), autoescape=True)
        out = io.BytesIO()
        filled.save(out)
        return out.getvalue()

    return run


def _empty(data: bytes) -> WordDocument:
    """Our file without its text, its header and footer still there."""
    document = Document(io.BytesIO(data))
    body = document.element.body
    for child in body[:-1]:  # the last one is the section
        body.remove(child)
    return document


def _blocks(document: WordDocument) -> Iterator[tuple[str, str | list[list[str]]]]:
    """Each paragraph as its style and words, each table as its style and cells."""
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.style.name, block.text
        elif isinstance(block, Table):
            yield block.style.name, [[cell.text for cell in row.cells] for row in block.rows]


def python_docx_peer(files: list[bytes]) -> Callable[[], bytes]:
    """Naive python-docx: a call for each paragraph and each cell of the clients' files."""
    outlines = cycle([list(_blocks(Document(io.BytesIO(data)))) for data in files])

    def run() -> bytes:
        document = _empty(files[0])
        for style, content in next(outlines):
            if isinstance(content, str):
                document.add_paragraph(content, style=style)
                continue
            grid = document.add_table(rows=len(content), cols=len(content[0]), style=style)
            for r, cells in enumerate(content):
                for c, text in enumerate(cells):
                    grid.cell(r, c).text = text
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return run


def floor_peer(data: bytes) -> Callable[[], bytes]:
    """The floor: XML that is already rendered, only zipped."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    def run() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in parts.items():
                archive.writestr(name, part)
        return out.getvalue()

    return run
