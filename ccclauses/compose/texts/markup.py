"""Rendered text → paragraphs and tables without numbers, their values and references still open.

Parsing is cached by the rendered text: values are marks, so the texts of two clients are mostly the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Union

from ...model.annex import Align, Emphasis, Inline, Reference, Term, Text, Value
from . import marks
from .wording import typographic

INDENT = 3  # spaces that make a paragraph one level deeper
FIRST_LEVEL = 2  # level 1 is the clause heading
LAST_LEVEL = 4
CACHED_TEXTS = 20_000  # short texts whose terms are remembered, so that memory stays bounded

_NUMBERED = re.compile(rf"(?P<indent> *)(?P<number>\d+)\.\s+(?:{marks.LINE}(?P<line>\d+){marks.END})?\s*(?P<text>.*)")
_LABEL = re.compile(r"\[#(?P<label>[a-z0-9][a-z0-9-]*)\]\s*")
_INLINE = re.compile(
    rf"{marks.VALUE}(?P<parameter>[^\x1f]*)\x1f(?P<rendition>[^\x1f]*)\x1f(?P<fixed>[^{marks.END}]*){marks.END}"
    rf"|{marks.REFERENCE}(?P<target>[^{marks.END}]*){marks.END}"
    r"|\\(?P<escaped>[*\\\[|])"
    r"|\*\*(?P<term>[^*]+)\*\*"
    r"|\*(?P<emphasis>[^*\s](?:[^*]*[^*\s])?)\*"
)
_SPACES = re.compile(r"[ \t\n]+")
_DASHES = re.compile(r":?-{3,}:?")


@dataclass(frozen=True, slots=True, eq=False)  # drafts are kept and looked up by, for which their identity does
class Draft:
    """A paragraph before numbering: `level` 0 is unnumbered; `values` in `inlines` have no text yet."""

    level: int
    label: str
    inlines: tuple[Inline, ...]
    line: int
    open: tuple[int, ...]  # the indexes of the inlines that still wait for their text


@dataclass(frozen=True, slots=True, eq=False)
class DraftTable:
    """A table before its values are filled in."""

    header: tuple[str, ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    align: tuple[Align, ...]
    line: int


Drafts = tuple[Union[Draft, DraftTable], ...]


class MarkupError(ValueError):
    """A rendered text that is not of the markup; carries the source line when it is known."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class Terms:
    """The defined terms that are found in text; made by `terms_of`, so that equal terms are one object with one cache."""

    def __init__(self, lookup: dict[str, str]) -> None:
        self.lookup = lookup  # spelling → term, the longest spelling first
        # Grouped by first letter, with what may not come before it looked at after it: so `re` skips to such letters.
        firsts = dict.fromkeys(spelling[0] for spelling in lookup)
        groups = ((f, "|".join(re.escape(s[1:]) for s in lookup if s[0] == f)) for f in firsts)
        words = "|".join(rf"{re.escape(first)}(?<![\w-].)(?:{rest})" for first, rest in groups)
        self._pattern = re.compile(rf"(?:{words})(?![\w-])", re.DOTALL) if lookup else None
        self._found: dict[str, tuple[Inline, ...]] = {}

    def split(self, text: str) -> tuple[Inline, ...]:
        """The text as plain words and uses of terms."""
        found = self._found.get(text)
        if found is None:
            if len(self._found) > CACHED_TEXTS:
                self._found.clear()
            found = self._found[text] = tuple(self._split(text))
        return found

    def _split(self, text: str) -> Iterator[Inline]:
        start = 0
        for match in self._pattern.finditer(text) if self._pattern else ():
            if match.start() > start:
                yield Text(text[start : match.start()])
            yield Term(self.lookup[match[0]], match[0])
            start = match.end()
        if start < len(text):
            yield Text(text[start:])


@lru_cache(maxsize=64)
def terms_of(terms: tuple[tuple[str, tuple[str, ...]], ...]) -> Terms:
    """The terms, each given with its further forms; a regular plural is understood."""
    spellings: dict[str, str] = {}
    for term, forms in terms:
        for spelling in (f"{term}s", *forms, term):
            spellings[spelling] = term
    return Terms(dict(sorted(spellings.items(), key=lambda s: (-len(s[0]), s[0]))))


def parse_inlines(text: str, terms: Terms) -> tuple[Inline, ...]:
    """The inlines of one paragraph's text."""
    out: list[Inline] = []
    plain = ""
    start = 0
    for match in _INLINE.finditer(text):
        plain += typographic(text[start : match.start()])
        start = match.end()
        if match["escaped"]:
            plain += match["escaped"]
            continue
        out += terms.split(plain)
        plain = ""
        if match["parameter"] is not None:
            out.append(OpenValue(match["parameter"], match["fixed"], match["rendition"]))
        elif match["target"] is not None:
            out.append(Reference(match["target"], "", ""))
        elif match["term"]:
            out.append(Term(terms.lookup.get(match["term"], match["term"]), match["term"]))
        else:
            out.append(Emphasis(match["emphasis"]))
    out += terms.split(plain + typographic(text[start:]))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class OpenValue(Value):
    """A value whose text may still have to be taken from the settings, in the given rendition."""

    rendition: str = ""


@lru_cache(maxsize=8192)
def parse_markup(text: str, terms: Terms) -> Drafts:
    """The paragraphs and tables of a rendered text; raise `MarkupError` where it is not of the markup."""
    drafts: list[Draft | DraftTable] = []
    pending: list[str] = []
    level, line = 0, 0
    fresh = True  # whether an empty line came before, so that text without a number begins a paragraph

    def close() -> None:
        nonlocal pending
        if pending:
            drafts.append(_draft(level, " ".join(pending), line, terms))
            pending = []

    rows: list[tuple[str, int]] = []
    for source in text.split("\n"):
        stripped = source.strip()
        if rows and not stripped.startswith("|"):
            drafts.append(_table(rows, terms))
            rows = []
        if not stripped:
            close()
            fresh = True
        elif stripped.startswith("|"):
            close()
            rows.append((stripped, line))
            fresh = False
        elif match := _NUMBERED.fullmatch(source):
            close()
            line = int(match["line"] or line)
            depth, rest = divmod(len(match["indent"]), INDENT)
            level = FIRST_LEVEL + depth
            if rest or level > LAST_LEVEL:
                raise MarkupError(
                    f"a paragraph is indented by {len(match['indent'])} spaces; levels are 0, {INDENT} or {2 * INDENT}",
                    line,
                )
            pending = [match["text"]]
            fresh = False
        else:
            if fresh:
                close()
                level = 0
            pending.append(stripped)
            fresh = False
    close()
    if rows:
        drafts.append(_table(rows, terms))
    return tuple(drafts)


def _draft(level: int, text: str, line: int, terms: Terms) -> Draft:
    match = _LABEL.match(text)
    label = match["label"] if match else ""
    words = _SPACES.sub(" ", text[match.end() :] if match else text).strip()
    inlines = parse_inlines(words, terms)
    return Draft(level, label, inlines, line, open_among(inlines))


def open_among(inlines: tuple[Inline, ...]) -> tuple[int, ...]:
    """The indexes of the inlines that wait for their text."""
    return tuple(index for index, inline in enumerate(inlines) if isinstance(inline, (OpenValue, Reference)))


def _table(rows: list[tuple[str, int]], terms: Terms) -> DraftTable:
    cells = [[c.strip() for c in re.split(r"(?<!\\)\|", row.strip("|"))] for row, _ in rows]
    line = rows[0][1]
    if len(cells) < 2 or not all(_DASHES.fullmatch(c) for c in cells[1]):
        raise MarkupError("a table needs a header row and a row of dashes under it", line)
    if any(len(row) != len(cells[0]) for row in cells):
        raise MarkupError("the rows of a table differ in their number of cells", line)
    return DraftTable(
        header=tuple(cells[0]),
        rows=tuple(tuple(parse_inlines(c, terms) for c in row) for row in cells[2:]),
        align=tuple("right" if c.endswith(":") and not c.startswith(":") else "left" for c in cells[1]),
        line=line,
    )
