"""Accepting and rejecting what Word tracks, element by element."""

from __future__ import annotations

from lxml import etree

from ccclauses.ooxml.namespaces import W, w
from ccclauses.ooxml.revisions import accept_all, list_revisions, reject_all

BY = 'w:id="1" w:author="Ann" w:date="2025-01-01T00:00:00Z"'


def body(inside: str) -> etree._Element:
    return etree.fromstring(f'<w:body xmlns:w="{W}">{inside}</w:body>')


def both(inside: str) -> tuple[list[str], list[str]]:
    return tuple(
        ["".join(t.text for t in p.iter(w("t"))) for p in resolve(body(inside)).iter(w("p"))]
        for resolve in (accept_all, reject_all)
    )


def r(text: str, tag: str = "t") -> str:
    return f"<w:r><w:{tag}>{text}</w:{tag}></w:r>"


def test_insertions_and_deletions():
    inside = f"<w:p>{r('a')}<w:ins {BY}>{r('b')}</w:ins><w:del {BY}>{r('c', 'delText')}</w:del></w:p>"
    assert both(inside) == (["ab"], ["ac"])


def test_moves():
    inside = f"<w:p><w:moveFrom {BY}>{r('x')}</w:moveFrom></w:p><w:p><w:moveTo {BY}>{r('x')}</w:moveTo></w:p>"
    assert both(inside) == (["", "x"], ["x", ""])


def test_a_deleted_mark_joins_paragraphs():
    inside = f"<w:p><w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>{r('a')}</w:p><w:p>{r('b')}</w:p>"
    assert both(inside) == (["ab"], ["a", "b"])


def test_rows_and_cells():
    def row(text, properties=""):
        return f"<w:tr>{properties}<w:tc><w:p>{r(text)}</w:p></w:tc></w:tr>"

    inside = f"<w:tbl>{row('a')}{row('b', f'<w:trPr><w:ins {BY}/></w:trPr>')}</w:tbl>"
    assert both(inside) == (["a", "b"], ["a"])
    cell = f"<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:tcPr><w:cellDel {BY}/></w:tcPr><w:p>{r('z')}</w:p></w:tc></w:tr></w:tbl>"
    assert both(cell) == ([""], ["", "z"])


def test_formatting_comes_back():
    inside = (
        f"<w:p><w:r><w:rPr><w:b/><w:rPrChange {BY}><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr><w:t>a</w:t></w:r></w:p>"
    )
    assert [child.tag for child in accept_all(body(inside)).find(f".//{w('rPr')}")] == [w("b")]
    assert [child.tag for child in reject_all(body(inside)).find(f".//{w('rPr')}")] == [w("i")]


def test_listing():
    inside = f"<w:p><w:ins {BY}>{r('new')}</w:ins></w:p>"
    assert [(change.kind, change.author, change.text) for change in list_revisions(body(inside))] == [
        ("ins", "Ann", "new")
    ]
