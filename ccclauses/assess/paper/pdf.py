"""A PDF with a text layer as lines: its paragraphs put together again, page numbers and repeated lines left out."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ...model.diagnostic import Diagnostic, Position
from ...model.findings.assessment import Line

_PAGE = re.compile(r"^\W*(?:page )?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
_STARTS = re.compile(r"^\s*(?:\(?[a-z0-9ivx]{1,4}[.)]|\d+(?:\.\d+)*\.?|[-•▪◦●*–])\s+\S", re.IGNORECASE)


def pdf_lines(data: bytes, at: Position) -> tuple[list[Line], list[Diagnostic]]:
    """The lines of a PDF; a problem where it is damaged, locked or holds no text."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it speaks of flaws that no reader of a report can mend
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            hint = "ask the supplier for a file without a password"
            return [], [Diagnostic(rule="locked-file", message="the PDF asks for a password", at=at, hint=hint)]
        pages = [(page.extract_text() or "").split("\n") for page in reader.pages]
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
    ) as problem:
        # A damaged PDF fails in whatever part of the library first stumbles over it.
        message = f"the PDF can't be read: {type(problem).__name__}"
        return [], [
            Diagnostic(
                rule="unreadable-file",
                message=message,
                at=at,
                hint="open it and save it again, or ask for the Word file",
            )
        ]
    if not any(re.search(r"[^\W\d_]{2,}", line) for page in pages for line in page):
        hint = "ask the supplier for the Word file or a PDF with text that can be selected"
        return [], [
            Diagnostic(
                rule="no-text", message="the PDF is a scan: its pages are pictures without text", at=at, hint=hint
            )
        ]
    return [Line(text=t) for t in _paragraphs(pages)], []


def _paragraphs(pages: list[list[str]]) -> Iterator[str]:
    """Lines joined to paragraphs: one ends with a full stop, before a number or a bullet, or where a line is short."""
    edges = Counter(line.strip() for page in pages for line in {*page[:2], *page[-2:]})
    repeated = {line for line, count in edges.items() if line and count > max(2, len(pages) // 2)}
    kept = [
        x for page in pages for line in page if (x := " ".join(line.split())) not in repeated and not _PAGE.match(x)
    ]
    usual = sorted(len(x) for x in kept if x)
    full = usual[int(len(usual) * 0.7)] if usual else 0
    words, last = "", 0
    for line in kept:
        if not line:
            if words.endswith((".", ":", ";")):
                yield words
                words = ""
            continue
        if words and (
            _STARTS.match(line) or (last < full * 0.75 and (words.endswith((".", ":", ";")) or line[:1].isupper()))
        ):
            yield words
            words = ""
        words = f"{words[:-1]}{line}" if words.endswith("-") and line[:1].islower() else f"{words} {line}".strip()
        last = len(line)
    if words:
        yield words
