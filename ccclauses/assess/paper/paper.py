"""A paper on disk → its lines, whatever it is: Word, PDF with a text layer, HTML, text. What can't be judged is reported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ...common.limits import limits
from ...model.diagnostic import Diagnostic, Position
from ...model.findings.assessment import Line, Paper
from ...read.file import read_word_file
from ...read.word.document import ReadBlock, ReadRow
from .passages import paper_of

WORD = (".docx", ".docm")
TEXT = (".txt", ".md", ".text")
HTML = (".html", ".htm")
READS = (*WORD, ".pdf", *HTML, *TEXT)
_FEW_WORDS = 40


def read_paper(
    path: Path, *, supplier: Sequence[str] = (), client: Sequence[str] = ()
) -> tuple[Paper | None, list[Diagnostic]]:
    """The paper in a file; None, and why, where there is nothing to judge."""
    suffix = path.suffix.lower()
    at = Position(file=str(path))
    notes: tuple[str, ...] = ()
    if suffix in WORD:
        document, problems = read_word_file(path)
        if document is None:
            return None, problems
        lines, notes = list(_word_lines(document.blocks)), document.notes
    elif suffix in READS:
        try:
            if path.stat().st_size > limits().word_bytes:
                return None, [
                    Diagnostic(
                        rule="too-large", message=f"the file is larger than {limits().word_bytes:,} bytes", at=at
                    )
                ]
            data = path.read_bytes()
        except OSError as problem:
            return None, [Diagnostic(rule="unreadable-file", message=str(problem.strerror or problem), at=at)]
        if suffix == ".pdf":
            from .pdf import pdf_lines

            lines, problems = pdf_lines(data, at)
            if problems:
                return None, problems
        elif suffix in HTML:
            from .html import html_lines

            lines = html_lines(data)
        else:
            lines = [Line(text=t) for t in data.decode("utf-8-sig", errors="replace").split("\n")]
    else:
        hint = "a paper is a Word file (.docx), a PDF with a text layer, an HTML page or a text file"
        return None, [
            Diagnostic(
                rule="unknown-paper", message=f"`{path.name}` has an ending that is not read here", at=at, hint=hint
            )
        ]
    if sum(len(re.findall(r"[^\W\d_]{2,}", line.text)) for line in lines) < _FEW_WORDS:
        hint = "if the file is a scan, ask the supplier for the Word file or a PDF with text that can be selected"
        return None, [Diagnostic(rule="no-text", message="the file holds next to no text to judge", at=at, hint=hint)]
    return paper_of(path.name, lines, supplier=supplier, client=client, notes=notes), []


def _word_lines(blocks: Sequence[ReadBlock]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, ReadRow):
            text = " | ".join(" ".join(t.split()) for t in block.texts)
            yield Line(text=text, row=True)
        else:
            text = " ".join(block.text.split())
            number = block.number
            yield Line(
                text=f"{number} {text}" if number and number.strip() else text,
                number=number,
                heading=bool(block.heading),
                contents=block.contents,
            )
