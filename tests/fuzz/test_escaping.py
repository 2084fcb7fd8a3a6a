"""Whatever a text holds, pages show it as text and spreadsheets never run it."""

from __future__ import annotations

import csv
import dataclasses
import io
from datetime import date
from html.parser import HTMLParser
from types import MappingProxyType

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from ccclauses.cli import cli
from ccclauses.model.annex import (
    Annex,
    Cell,
    ClauseBlock,
    DefinitionBlock,
    Emphasis,
    Entry,
    Paragraph,
    Reference,
    Schedule,
    Table,
    Term,
    Text,
    Value,
)
from ccclauses.model.profile import Company, Contact
from ccclauses.ooxml.namespaces import W
from ccclauses.ooxml.package.package import write_package
from ccclauses.report.workbook import FORMULA_STARTS, Column, Sheet, write_csv, write_workbook
from ccclauses.write.plain.html import write_html

from .word_files import parts

EVIL = "</title></style><xss onload='a' style=\"b\">&amp;<script>alert(1)</script><!-- \"' -->"
_ATTRIBUTES = {
    "lang", "charset", "name", "content", "http-equiv", "class", "id", "href", "title", "data-parameter", "scope", "aria-label",
    "aria-labelledby", "open", "colspan", "rowspan", "role", "type", "hidden", "for", "value", "checked", "data-kind", "tabindex",
}  # fmt: skip
_TEXTUAL = (
    Annex, Cell, ClauseBlock, Company, Contact, DefinitionBlock, Emphasis, Entry, Paragraph, Reference, Schedule, Table, Term, Text, Value,
)  # fmt: skip
_KEPT = {"country", "currency", "language", "law", "status", "party", "calendar", "anchor", "id", "page"}


def poisoned(value, evil: str):
    """The value with `evil` in every text that a person or a profile may choose."""
    if isinstance(value, _TEXTUAL):
        changes = {}
        for field in dataclasses.fields(value):
            old = getattr(value, field.name)
            changes[field.name] = (
                old + evil if isinstance(old, str) and field.name not in _KEPT else poisoned(old, evil)
            )
        return dataclasses.replace(value, **changes)
    if isinstance(value, tuple):
        return tuple(poisoned(v, evil) for v in value)
    if isinstance(value, (dict, MappingProxyType)):
        return MappingProxyType({k: poisoned(v, evil) for k, v in value.items()})
    return value


class Page(HTMLParser):
    """The elements of a page, and what no page of ours holds."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.foreign: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.foreign += [
            f"{tag} {name}"
            for name, value in attrs
            if name not in _ATTRIBUTES or (name == "href" and not (value or "#").startswith("#"))
        ]

    def handle_comment(self, data):
        self.foreign.append(f"comment {data}")

    def handle_data(self, data):
        self.text.append(data)


def judged(text: str) -> Page:
    page = Page()
    page.feed(text)
    page.close()
    assert (
        not page.foreign and not {"script", "xss", "img", "iframe", "object", "form", "base", "link"} & page.elements
    ), (page.foreign, page.elements)
    return page


@pytest.fixture(scope="module")
def annex():
    from pathlib import Path

    from ccclauses.cli.common import load_inputs
    from ccclauses.pipeline import build_annex

    profile, library, _ = load_inputs(Path(__file__).parents[1] / "profiles" / "short.yaml")
    built, problems = build_annex(profile, library, kind="txt")
    assert built, problems
    # Some clauses and schedules hold every kind of block; all of them would only take longer.
    return dataclasses.replace(built.annex, clauses=built.annex.clauses[:6])


@settings(max_examples=8, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=12))
def test_the_page_of_an_annex_escapes_everything(annex, words):
    evil = f"{words}{EVIL}"
    page = judged(write_html(poisoned(annex, evil), provenance={name + evil: evil for name in annex.parameters}))
    assert any("<xss" in t for t in page.text)


def test_the_judge_sees_what_was_not_escaped():
    for text in ("<p><xss>", "<p onclick='a'>", "<a href='javascript:a'>", "<!-- a -->"):
        with pytest.raises(AssertionError):
            judged(text)


def hostile_word(words: str) -> bytes:
    """A Word file with the words in its text, a tracked change, its author, a comment, a header and a link."""
    text = words.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    run = f"<w:r><w:t>{text}</w:t></w:r>"
    who = f'w:id="7" w:author="{text}" w:date="2026-01-01T00:00:00Z"'
    body = f'<w:p>{run}</w:p><w:p><w:commentRangeStart w:id="1"/>{run}<w:commentRangeEnd w:id="1"/><w:ins {who}>{run}</w:ins></w:p>'
    comments = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="1" w:author="{text}"><w:p>{run}</w:p></w:comment></w:comments>'
    )
    return write_package(
        parts(
            body,
            related=(
                ("comments", "comments.xml", False),
                ("header", "header1.xml", False),
                ("hyperlink", "javascript:alert(1)", True),
            ),
            comments=comments,
            header1=f'<w:hdr xmlns:w="{W}"><w:p>{run}</w:p></w:hdr>',
        )
    )


def test_pages_about_a_returned_file_escape_everything(tmp_path):
    sent, returned = tmp_path / "sent.docx", tmp_path / "returned.docx"
    sent.write_bytes(hostile_word("The Provider shall pay."))
    returned.write_bytes(hostile_word(EVIL))
    for name, arguments in {
        "review.html": ("review", sent, returned, "-o"),
        "diff.html": ("diff", sent, returned, "--to", "html", "-o"),
        "redline.html": ("redline", sent, returned, "-o", tmp_path / "r.docx", "--report"),
    }.items():
        result = CliRunner().invoke(cli, [*map(str, arguments), str(tmp_path / name)])
        assert (tmp_path / name).exists(), result.output
        assert any("<xss" in t for t in judged((tmp_path / name).read_text("utf-8")).text), name


STARTS = st.sampled_from([*FORMULA_STARTS, "＝", "＠", " =", "\u00a0="])
CELLS = st.tuples(STARTS, st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=8)).map("".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(CELLS, min_size=2, max_size=2))
def test_no_cell_of_a_csv_begins_as_a_formula(cells):
    data = write_csv(["a", "b"], [cells, [f"x;{cells[0]}", f"x\t{cells[1]}"]]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data, newline="")))
    assert [c.replace("'", "") for c in rows[1]] == [c.replace("'", "") for c in cells]
    # Spreadsheet programs split at semicolons or tabs too, by their country's habit.
    for sign in ",;\t":
        for row in csv.reader(io.StringIO(data, newline=""), delimiter=sign):
            assert not [c for c in row if c.strip().startswith((*FORMULA_STARTS, "＝", "＠"))], (sign, row)


@settings(max_examples=15, deadline=None)
@given(CELLS)
def test_no_cell_of_a_workbook_is_a_formula(text):
    sheet = Sheet(title="S", columns=(Column(title="A", width=9),), rows=((text,),))
    data = write_workbook((sheet,), title=text, creator=text, day=date(2026, 1, 5))
    cell = openpyxl.load_workbook(io.BytesIO(data))["S"]["A2"]
    assert cell.data_type == "s"
