"""The pages of an agreement, section by section: with the annex entered as a change and rejected, every one is as it was."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import product

import docx
import pytest
from agreements import CLAUSES, WML, Agreement, V, W, p, package, put, schedule, section, table
from docx.section import Section
from judge import Judged

from ccclauses.into.host.facts import Facts
from ccclauses.ooxml.package.package import read_package, serialize_xml, write_package
from ccclauses.ooxml.revisions import reject_all

HEADERS = {
    f"word/{kind}{n}.xml": (f"{WML}.{kind}+xml", kind, f"<w:{tag} {W} {V}>{p(f'{kind} {n}')}</w:{tag}>")
    for kind, tag in (("header", "hdr"), ("footer", "ftr"))
    for n in (2, 3, 4)
}
SCHEDULES = "".join(schedule(t) + p(f"Text on {t}.") for t in ("Fees", "Security", "Exit"))


def named(n: int, slot: str = "default") -> str:
    """A header and a footer that a section names."""
    ids = {f"word/{k}{m}.xml": f"rId{at}" for at, (k, m) in enumerate(product(("header", "footer"), (2, 3, 4)), 5)}
    one = {"header": "rIdH", "footer": "rIdF"} if n == 1 else {k: ids[f"word/{k}{n}.xml"] for k in ("header", "footer")}
    return "".join(f'<w:{k}Reference w:type="{slot}" r:id="{i}"/>' for k, i in one.items())


def broken(text: str, *args: str, **more: str) -> str:
    """A paragraph that ends a section."""
    return p(text, more=section(*args, **more))


FIRST, ROMAN = named(2, "first"), '<w:pgNumType w:fmt="lowerRoman" w:start="1"/><w:titlePg/>'
GOES_ON = section(more='<w:cols w:num="2"/>').replace("<w:pgSz", '<w:type w:val="continuous"/><w:pgSz')
TEXTS = {
    "one section with a first page": (CLAUSES + SCHEDULES, section(headers=named(1) + FIRST, more="<w:titlePg/>")),
    "a first page alone has a header": (CLAUSES + SCHEDULES, section(headers=FIRST, more="<w:titlePg/>")),
    "front matter, body from 1, headers inherited": (
        broken("Front", headers=named(1) + FIRST, more=ROMAN)
        + CLAUSES
        + broken("", headers=named(4), more='<w:pgNumType w:start="1"/>')
        + SCHEDULES,
        section(),
    ),
    "even and first pages inherited": (
        broken("Front", headers=named(1) + named(3, "even") + FIRST) + CLAUSES + SCHEDULES,
        section(more="<w:titlePg/>"),
    ),
    "a section of two columns that goes on on its page": (
        broken("Front", headers=named(1)) + CLAUSES + SCHEDULES,
        GOES_ON,
    ),
    "a section for each schedule": (
        CLAUSES
        + broken("", headers=named(1))
        + schedule("Fees")
        + broken("Text on Fees.", headers=named(2))
        + schedule("Security")
        + broken("Text on Security.", headers=named(3), more="<w:titlePg/>")
        + schedule("Exit"),
        section(headers=named(4)),
    ),
    "a wide section before it and a table last": (
        CLAUSES + broken("", headers=named(1)) + broken("Wide", size="16838 11906") + SCHEDULES + table(p("Signed")),
        section(headers=named(2)),
    ),
    "no section at all": (CLAUSES + SCHEDULES, ""),
}


def pages(data: bytes) -> list[tuple[object, ...]]:
    """Of each paragraph its words and its page by python-docx, the headers and footers of all kinds of pages among it."""
    judged = Judged(data)
    return [
        (judged.words(n), *_page(judged.sections[at]))
        for n, at in enumerate(judged.section)
        if at < len(judged.sections)
    ]


def _page(one: Section) -> tuple[object, ...]:
    shown = [one.header, one.footer, one.even_page_header, one.even_page_footer]
    shown += [one.first_page_header, one.first_page_footer]
    first = one.different_first_page_header_footer
    number = one._sectPr.xpath("string(w:pgNumType/@w:fmt)"), one._sectPr.xpath("string(w:pgNumType/@w:start)")
    size = (one.page_width, one.page_height, one.left_margin, one.top_margin, one.start_type)
    return (*size, first, *number, *("".join(x.text for x in s.paragraphs) for s in shown))


@pytest.mark.parametrize(("at", "instead"), [("Security", True), ("end", False)])
@pytest.mark.parametrize("text", TEXTS)
def test_an_annex_that_is_rejected_leaves_every_page_as_it_was(text, at, instead):
    body, last = TEXTS[text]
    agreement = Agreement(
        body=body, section=last, settings="<w:evenAndOddHeaders/>" if "even" in text else "", more=HEADERS
    )
    found = package(put(agreement, at, instead=instead, tracked=True))
    root = reject_all(found.xml(found.main_part))
    left = write_package({**found.parts, found.main_part: serialize_xml(root)})
    same = replace(agreement, section=last or "<w:sectPr/>")  # which says the same and python-docx can see
    was, now = pages(same.file()), pages(left)
    ends_in_table = len(now) == len(was) + 1 and now[-1][0] == ""  # where Word puts a paragraph of its own
    assert (now[:-1] if ends_in_table else now) == was
    assert [f.number for f in Facts(read_package(left)).paragraphs if f.text] == [
        f.number for f in Facts(read_package(agreement.file())).paragraphs if f.text
    ]


def test_python_docx_sees_the_sections_that_were_made():
    body, last = TEXTS["front matter, body from 1, headers inherited"]
    merged = put(Agreement(body=body, section=last, more=HEADERS), "Schedule 2", instead=True)
    found = docx.Document(io.BytesIO(merged.data)).sections
    assert found[-1].header.paragraphs[0].text == "header 4"
    assert found[-1].different_first_page_header_footer is False
    assert [s.start_type for s in found] == [found[0].start_type] * len(found)
