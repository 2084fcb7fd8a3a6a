"""HTML, Markdown, text and outline of an annex: complete, linked and escaped."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from annex_outline import write_outline
from annex_sample import SCHEMES, sample_annex

from ccclauses.model.annex import Text, plain_text
from ccclauses.write.plain.html import write_html
from ccclauses.write.plain.markdown import write_markdown
from ccclauses.write.plain.text import WIDTH, write_text

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = "</title><script>alert(1)</script> & \"q\" 'a' {{ x }} **bold** [l](u) | `c` <b>"


class Page(HTMLParser):
    """Collects ids, links, tags and text of a page, and checks that tags close in order."""

    VOID = {"meta", "br", "link", "img", "input"}

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.titles: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.tags.add(tag)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if "href" in found else []
        self.titles += [found["title"]] if "title" in found else []
        assert "src" not in found and not any(name.startswith("on") for name in found)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "title"):
            self.text += data


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_page_holds_every_paragraph_and_every_link_leads_somewhere(scheme):
    annex = sample_annex(scheme)
    page = Page(write_html(annex))
    text = flat(page.text)
    for paragraph in annex.paragraphs():
        assert flat(paragraph.number + paragraph.text) in text
    assert len(set(page.ids)) == len(page.ids)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert all(link.startswith("#") for link in page.links)


def test_ids_stay_while_the_clause_does():
    annex = sample_annex()
    without_first = dataclasses.replace(annex, clauses=annex.clauses[1:])
    clauses = {c.id for c in annex.clauses[1:]}
    before = {i for i in Page(write_html(annex)).ids if any(c.replace("-", "_") in i or c in i for c in clauses)}
    assert before and before <= set(Page(write_html(without_first)).ids)


def test_definitions_and_sources_show_on_hover():
    page = Page(write_html(sample_annex(), provenance={"notice_period": 'line 14 of "deal.yaml" <b>'}))
    assert "Incident means an event under clause 11." in page.titles
    assert 'line 14 of "deal.yaml" <b>' in page.titles
    assert "deal.yaml" not in write_html(sample_annex())


def hostile_annex():
    annex = sample_annex()
    block = dataclasses.replace(annex.preliminaries[0], inlines=(Text(HOSTILE),))
    return dataclasses.replace(annex, title=HOSTILE, reference=HOSTILE, preliminaries=(block,))


def test_a_page_takes_everything_literally():
    text = write_html(hostile_annex(), provenance={"notice_period": HOSTILE})
    page = Page(text)
    assert "script" not in page.tags and HOSTILE in page.text


def test_a_page_loads_nothing():
    text = write_html(sample_annex())
    assert "http:" not in text and "https:" not in text and "url(" not in text and "@import" not in text
    assert "default-src &#x27;none&#x27;" in text


def test_markdown_takes_everything_literally():
    markdown_it = pytest.importorskip("markdown_it")
    rendered = markdown_it.MarkdownIt().enable("table").render(write_markdown(hostile_annex()))
    assert HOSTILE in flat(re.sub(r"<[^>]+>", "", rendered)).replace("&lt;", "<").replace("&gt;", ">").replace(
        "&quot;", '"'
    ).replace("&amp;", "&")
    assert "<script" not in rendered


@pytest.mark.parametrize("scheme", SCHEMES)
def test_markdown_renders_every_paragraph_with_its_number(scheme):
    markdown_it = pytest.importorskip("markdown_it")
    annex = sample_annex(scheme)
    rendered = markdown_it.MarkdownIt().enable("table").render(write_markdown(annex))
    text = flat(re.sub(r"<[^>]+>", "", rendered)).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    for paragraph in annex.paragraphs():
        assert flat(f"{paragraph.number} {paragraph.text}".strip()) in text
    assert rendered.count("<table>") == 7
    assert "<ol>" not in rendered  # numbers are those of the annex


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_holds_every_paragraph_within_its_width(scheme):
    annex = sample_annex(scheme)
    text = write_text(annex)
    assert max(map(len, text.splitlines())) <= WIDTH
    words = flat(text)
    for paragraph in annex.paragraphs():
        assert flat(f"{paragraph.number} {paragraph.text}".strip()) in words
    for definition in annex.definitions:
        assert f"“{definition.term}” {plain_text(definition.inlines)}" in words


def test_the_outline_is_the_one_reviewed():
    annex = sample_annex()
    short = dataclasses.replace(annex, clauses=(annex.clauses[0], annex.clauses[4]), schedules=annex.schedules[1:3])
    assert write_outline(short) == (GOLDEN / "sample-outline.txt").read_text(encoding="utf-8")


def test_the_outline_has_a_line_for_each_paragraph():
    annex = sample_annex()
    lines = write_outline(annex).splitlines()
    for paragraph in annex.paragraphs():
        number = f"{paragraph.number} " if paragraph.number else ""
        assert sum(flat(f"{number}{paragraph.text}") in line for line in lines) >= 1
    assert sum(line.startswith("clause: ") for line in lines) == 25
