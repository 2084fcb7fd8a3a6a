"""The new text in the signed file: what did not change stays as it is, and what can't be put in is refused with the reason."""

from __future__ import annotations

import pytest
from read.test_docx import W, p, package, r

from ccclauses.amend.writing.splice import SpliceError, spliced
from ccclauses.ooxml.namespaces import w
from ccclauses.ooxml.package.package import Package, read_package

OWN = '<w:pStyle w:val="Own"/>'
STYLES = f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Own"/></w:styles>'
ONE, TWO, THREE = (p(r(text), OWN) for text in ("First words.", "Second words.", "Third words."))


def file(*blocks: str) -> Package:
    return package("".join(blocks), styles=STYLES)


def body(data: bytes) -> list[str]:
    """The blocks of a body: their words, and the style of a paragraph before them."""
    root = read_package(data).xml("word/document.xml").find(w("body"))
    return ["".join(t.text or "" for t in e.iter(w("t"))) for e in root if e.tag != w("sectPr")]


def test_what_the_parties_added_stays_beside_what_changed():
    signed = file(p(r("Their preface.")), ONE, TWO, p(r("Their note.")), THREE)
    data = spliced(signed, file(ONE, TWO, THREE), file(ONE, TWO.replace("Second", "Other"), THREE))
    assert body(data) == ["Their preface.", "First words.", "Other words.", "Their note.", "Third words."]


def test_new_words_look_like_those_of_their_style_in_the_signed_file():
    signed = file(
        ONE.replace(OWN, '<w:pStyle w:val="Theirs"/><w:keepNext/>'), TWO.replace(OWN, '<w:pStyle w:val="Theirs"/>')
    )
    data = spliced(signed, file(ONE, TWO), file(ONE, TWO, THREE))
    last = read_package(data).xml("word/document.xml").find(w("body"))[-1]
    assert last.find(f"{w('pPr')}/{w('pStyle')}").get(w("val")) == "Theirs"


def test_a_style_that_the_signed_file_lacks_is_named():
    fresh = p(r("Third words."), '<w:pStyle w:val="Fresh"/>')
    with pytest.raises(SpliceError, match="no style `Fresh`"):
        spliced(file(ONE), file(ONE), file(ONE, fresh))


def test_words_that_the_signed_file_does_not_say_are_told():
    with pytest.raises(SpliceError, match="does not say “Second words.” by its present numbers"):
        spliced(file(ONE, THREE), file(ONE, TWO, THREE), file(ONE, TWO, THREE))


def entry(words: str) -> str:
    return p(f'<w:hyperlink w:anchor="x">{r(words)}</w:hyperlink>', OWN)


def test_a_contents_list_in_our_form_follows_and_one_in_another_stays():
    before, after = file(entry("First"), ONE), file(entry("First"), entry("Second"), ONE, TWO)
    assert body(spliced(before, before, after)) == ["First", "Second", "First words.", "Second words."]
    theirs = file(p(r("First ... 1")), ONE)
    assert body(spliced(theirs, before, after)) == ["First ... 1", "First words.", "Second words."]


SECTION = '<w:sectPr><w:type w:val="nextPage"/></w:sectPr>'
ENDS = p(r("Second words."), OWN + SECTION)


def test_a_section_that_ended_where_words_go_ends_before_them():
    data = spliced(file(ONE, ENDS, THREE), file(ONE, TWO, THREE), file(ONE, THREE))
    first, second = read_package(data).xml("word/document.xml").find(w("body"))
    assert first.find(f"{w('pPr')}/{w('sectPr')}") is not None and second.find(f"{w('pPr')}/{w('sectPr')}") is None


@pytest.mark.parametrize("before", ((), (p(r("First words."), OWN + SECTION),)), ids=("nothing", "a section that ends"))
def test_a_section_that_has_nowhere_to_end_is_refused(before):
    signed, kept = file(*before, ENDS, THREE), [ONE] * len(before)
    with pytest.raises(SpliceError, match="a section of the signed file ends"):
        spliced(signed, file(*kept, TWO, THREE), file(*kept, THREE))


def test_bookmarks_that_came_in_have_ids_of_their_own():
    def marked(words: str, name: str) -> str:
        start = f'<w:bookmarkStart w:id="1" w:name="{name}"/>'
        return p(start + r(words) + '<w:bookmarkEnd w:id="1"/>', OWN)

    data = spliced(
        file(marked("First words.", "a")),
        file(ONE),
        file(ONE, marked("Second words.", "b"), marked("Third words.", "c")),
    )
    root = read_package(data).xml("word/document.xml")
    starts, ends = ([m.get(w("id")) for m in root.iter(w(n))] for n in ("bookmarkStart", "bookmarkEnd"))
    assert starts == ends and len(set(starts)) == 3 and starts[0] == "1"


def table(*rows: tuple[str, ...], more: str = "") -> str:
    cells = ("".join(f"<w:tc>{p(r(text), OWN)}</w:tc>" for text in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{more}{c}</w:tr>' for c in cells)}</w:tbl>"


def test_a_table_keeps_its_rows_and_their_looks_where_they_did_not_change():
    before, after = table(("a", "1"), ("b", "2")), table(("a", "1"), ("b", "3"), ("c", "4"))
    signed = table(("a", "1"), ("b", "2"), more="<w:trPr><w:cantSplit/></w:trPr>")
    data = spliced(file(ONE, signed), file(ONE, before), file(ONE, after))
    rows = list(read_package(data).xml("word/document.xml").iter(w("tr")))
    assert ["".join(row.itertext()) for row in rows] == ["a1", "b3", "c4"]
    assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows)


def test_a_table_that_is_built_otherwise_is_taken_as_a_whole():
    before, after = table(("a", "1"), ("b", "2")), table(("a", "x", "1"), ("b", "y", "2"))
    data = spliced(file(ONE, before), file(ONE, before), file(ONE, after))
    rows = read_package(data).xml("word/document.xml").iter(w("tr"))
    assert ["".join(row.itertext()) for row in rows] == ["ax1", "by2"]
