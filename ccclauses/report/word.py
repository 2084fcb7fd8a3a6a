"""Plain Word reports, written with python-docx on a house style: titles, numbered sections, tables.

The annex itself has a writer of its own (`write/word/docx.py`), which is quicker and knows anchors and references.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Twips

from ..model.annex import Cell, Table, Text
from ..model.library.library import Numbering
from ..ooxml.elements import writable
from ..ooxml.package.documents import describe_table, document_bytes, open_document, repeat_row
from ..write.word.blank import PLAIN_NUMBERING, blank_file
from ..write.word.columns import column_widths
from ..write.word.house_style import PAGES, HouseStyle

if TYPE_CHECKING:
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph


class WordReport:
    """A Word report that is being written. Texts go in as words: nothing in them is markup."""

    def __init__(
        self,
        style: HouseStyle,
        *,
        properties: Mapping[str, str],
        values: Mapping[str, str],
        day: date,
        numbering: Numbering = PLAIN_NUMBERING,
        page: str = "A4",
        language: str = "en-GB",
        landscape: bool = False,
    ) -> None:
        """Begin a report. `values` fill the tokens of the house style's header and footer; `page` is A4 or Letter."""
        blank = blank_file(
            style,
            properties=properties,
            day=day,
            values=values,
            numbering=numbering,
            page=page,
            language=language,
            landscape=landscape,
        )
        self.document = open_document(blank)
        self._styles = style.role_styles
        self._table_size = style.styles.size(style.role_styles["table_text"])
        self._width = PAGES[page][1 if landscape else 0] - style.margins[1] - style.margins[3] - style.margins[6]
        self._after_table = False

    def paragraph(self, text: str, role: str = "body") -> Paragraph:
        """A paragraph in the style of a role; the numbered roles (`clause`, `level_2` …) count by themselves."""
        self._after_table = False
        return self._set(self.document.add_paragraph(), text, role)

    def title_block(self, title: str, subtitle: str = "", details: Iterable[tuple[str, str]] = ()) -> None:
        """The title, what it is about, and lines of a label and what it says."""
        self.paragraph(title, "title")
        if subtitle:
            self.paragraph(subtitle, "subtitle")
        for name, text in details:
            self.paragraph(f"{name}\t{text}", "detail")

    def table(
        self,
        title: str,
        header: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        widths: tuple[int, ...] = (),
        numbers: frozenset[int] = frozenset(),
        total: bool = False,
    ) -> None:
        """A table whose header row is repeated on each page; `widths` are shares, `numbers` the columns set to the right.

        `total` says that the last row sums up the others.
        """
        texts = [tuple(row) for row in rows]
        if self._after_table:  # Word would make one table of two neighbours
            self.paragraph("", "end")
        shape = Table(
            title=title,
            header=tuple(header),
            rows=tuple(tuple(Cell(inlines=(Text(text),)) for text in row) for row in texts),
            widths=widths,
            align=(),
        )
        columns = [Twips(width) for width in column_widths(shape, self._width, self._table_size)]
        table = self.document.add_table(rows=0, cols=len(columns))
        table.style = self.document.styles.get_by_id(self._styles["table"], WD_STYLE_TYPE.TABLE)
        table.autofit = False
        describe_table(table, title, f"{len(texts)} rows. Columns: {', '.join(header)}.")
        for column, width in zip(table.columns, columns):
            column.width = width
        for number, row in enumerate((shape.header, *texts)):
            cells = table.add_row()
            repeat_row(cells, header=number == 0)
            kind = "text" if number else "head"
            for index, (cell, text, width) in enumerate(zip(cells.cells, row, columns)):
                cell.width = width
                role = f"table_number{'' if number else '_head'}" if index in numbers else f"table_{kind}"
                self._cell(cell, text, role, strong=total and number == len(texts))
        self._after_table = True

    def _cell(self, cell: _Cell, text: str, role: str, *, strong: bool) -> None:
        first, *more = text.split("\n")
        self._set(cell.paragraphs[0], first, role, strong=strong)
        for line in more:
            self._set(cell.add_paragraph(), line, role, strong=strong)

    def _set(self, paragraph: Paragraph, text: str, role: str, *, strong: bool = False) -> Paragraph:
        paragraph.style = self.document.styles.get_by_id(self._styles[role], WD_STYLE_TYPE.PARAGRAPH)
        if text:
            run = paragraph.add_run(writable(text))
            if strong:
                run.style = self.document.styles.get_by_id(self._styles["term"], WD_STYLE_TYPE.CHARACTER)
        return paragraph

    def data(self) -> bytes:
        """The Word file; equal reports give equal bytes."""
        if self._after_table:  # a file ends with a paragraph
            self.paragraph("", "end")
        return document_bytes(self.document)
