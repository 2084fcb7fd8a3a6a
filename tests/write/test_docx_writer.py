"""The Word file of an annex: what is in it, what must not be, and that it is the same every time."""

from __future__ import annotations

import io
import re
from datetime import datetime, timezone
from functools import lru_cache

import docx
import pytest
from annex_sample import SCHEMES, sample_annex
from lxml import etree

from ccclauses.common.outside import Outside, set_outside
from ccclauses.common.resources import templates_folder
from ccclauses.model.annex import ANCHOR_LIMIT, Annex, Paragraph, Reference, Table
from ccclauses.ooxml.namespaces import w
from ccclauses.ooxml.package.package import Package, read_package
from ccclauses.write.word.docx import HouseStyle, load_house_style, write_docx

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


@lru_cache
def house_style(name: str = "legal") -> HouseStyle:
    style, found = load_house_style(read_package(templates_folder() / f"{name}.docx"), file=f"{name}.docx")
    assert not found
    return style


def written(annex: Annex, name: str = "legal", **options: object) -> Package:
    return read_package(write_docx(annex, house_style(name), **options))  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=["legal", "modern"])
def package(request: pytest.FixtureRequest) -> Package:
    return written(sample_annex(), request.param)


@pytest.fixture(scope="module")
def body(package: Package) -> etree._Element:
    return package.xml("word/document.xml").find(w("body"))


def words(paragraph: etree._Element) -> str:
    return "".join(t.text or "" for t in paragraph.iter(w("t")))


def style(paragraph: etree._Element) -> str:
    return paragraph.find(f"{w('pPr')}/{w('pStyle')}").get(w("val"))


def test_equal_annexes_give_equal_bytes():
    assert write_docx(sample_annex(), house_style()) == write_docx(sample_annex(), house_style())


def test_a_fresh_house_style_gives_the_same_bytes_as_a_used_one():
    again, _ = load_house_style(read_package(templates_folder() / "legal.docx"))
    assert write_docx(sample_annex(), again) == write_docx(sample_annex(), house_style())


def test_every_word_of_the_annex_is_in_the_file_and_in_order(body):
    annex = sample_annex()
    text = "\n".join(words(p) for p in body.iter(w("p"))).replace("\u00a0", " ")
    place = 0
    for paragraph in annex.paragraphs():
        place = text.index(paragraph.text, place)
    for definition in annex.definitions:
        assert f"“{definition.term}” means" in text
    assert "Harbour & Sons Retail plc – Łódź <Contact> Centre Sp. z o.o." in text


def test_no_number_is_typed(body):
    numbered = {
        "Heading2",
        "ScheduleHeading",
        *(f"{kind}Level{n}" for kind in ("Clause", "Schedule") for n in (2, 3, 4)),
    }
    found = [p for p in body.iter(w("p")) if style(p) in numbered]
    assert len(found) > 200
    assert not [
        words(p) for p in found if re.match(r"\s*(\(?\w{1,3}\)|\d+(\.\d+)*\.?|Section|Article|Schedule|§)\s", words(p))
    ]


def test_no_paragraph_or_run_is_formatted_directly(body):
    direct = [(p.getparent(), etree.QName(c).localname) for p in body.iter(w("pPr")) for c in p]
    assert {name for _, name in direct} <= {"pStyle", "sectPr", "pageBreakBefore", "keepNext"}
    # Where a page begins is no matter of looks: at the first schedule, and never between a table and its introduction.
    begun = [style(p) for p, name in direct if name == "pageBreakBefore"]
    kept = [p for p, name in direct if name == "keepNext"]
    assert all(p.getnext().tag == w("tbl") for p in kept if p.getparent().tag != w("tc"))
    schedules = [p for p in body.iter(w("p")) if style(p) == "ScheduleHeading"]
    assert begun == ["ScheduleHeading"]
    assert schedules[0].find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None
    assert {etree.QName(c).localname for r in body.iter(w("rPr")) for c in r} <= {"rStyle"}


def test_no_empty_paragraph_serves_as_spacing(body):
    for paragraph in body.findall(w("p")):
        assert words(paragraph) or paragraph.getprevious().tag == w("tbl")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_reference_is_a_live_field_to_a_bookmark_with_its_number_cached(scheme):
    annex = sample_annex(scheme)
    root = written(annex).xml("word/document.xml")
    bookmarks = {b.get(w("name")) for b in root.iter(w("bookmarkStart"))}
    fields = []
    for paragraph in root.iter(w("p")):
        parts = [(etree.QName(e).localname, e) for e in paragraph.iter(w("fldChar"), w("instrText"), w("t"))]
        instruction = None
        for name, element in parts:
            if name == "instrText" and " REF " in element.text:
                instruction = element.text.split()
            elif name == "t" and instruction:
                fields.append((instruction[1], element.text))
                instruction = None
    wanted = [(i.target, i.text) for p in annex.paragraphs() for i in p.inlines if isinstance(i, Reference)]
    assert len(wanted) > 100
    assert set(wanted) <= set(fields)
    assert {target for target, _ in fields} <= bookmarks


def test_the_noun_of_a_reference_is_joined_to_its_number(body):
    text = "\n".join(words(p) for p in body.iter(w("p")))
    assert "under clause\u00a01.1 is late, clause\u00a08.2(a) applies" in text


def test_bookmarks_are_hidden_unique_and_short_enough_for_word(body):
    names = [b.get(w("name")) for b in body.iter(w("bookmarkStart"))]
    ids = [b.get(w("id")) for b in body.iter(w("bookmarkStart"))]
    assert len(set(names)) == len(names) and len(set(ids)) == len(ids)
    assert all(n.startswith("_") and len(n) <= ANCHOR_LIMIT for n in names)
    assert sorted(ids) == sorted(b.get(w("id")) for b in body.iter(w("bookmarkEnd")))


def test_clauses_and_labelled_paragraphs_bear_their_anchors(body):
    annex = sample_annex()
    where = {b.get(w("name")): b.getparent() for b in body.iter(w("bookmarkStart"))}
    for clause in annex.clauses:
        assert words(where[clause.anchor]) == clause.title and style(where[clause.anchor]) == "Heading2"
        for block in clause.blocks:
            if isinstance(block, Paragraph) and block.anchor:
                assert words(where[block.anchor]).replace("\u00a0", " ") == block.text


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_two_lists_are_in_the_scheme_of_the_annex_and_linked_to_styles(scheme):
    annex = sample_annex(scheme)
    package = written(annex)
    numbering = package.xml("word/numbering.xml")
    lists = {a.get(w("abstractNumId")): a for a in numbering.findall(w("abstractNum"))}
    assert len(lists) == 2
    by_number = {
        n.get(w("numId")): lists[n.find(w("abstractNumId")).get(w("val"))] for n in numbering.findall(w("num"))
    }
    styles = {s.get(w("styleId")): s for s in package.xml("word/styles.xml").findall(w("style"))}
    for ids, levels in (
        (("Heading2", "ClauseLevel2", "ClauseLevel3", "ClauseLevel4"), annex.numbering.clause),
        (("ScheduleHeading", "ScheduleLevel2", "ScheduleLevel3", "ScheduleLevel4"), annex.numbering.schedule),
    ):
        for index, (style_id, level) in enumerate(zip(ids, levels)):
            link = styles[style_id].find(f"{w('pPr')}/{w('numPr')}")
            assert link.find(w("ilvl")).get(w("val")) == str(index)
            written_level = by_number[link.find(w("numId")).get(w("val"))].findall(w("lvl"))[index]
            assert written_level.find(w("pStyle")).get(w("val")) == style_id
            assert written_level.find(w("numFmt")).get(w("val")) == level.format
            assert written_level.find(w("lvlText")).get(w("val")) == level.text
    assert not list(numbering.iter(w("lvlOverride"))), "a restarted list would count differently in Word"


def test_the_contents_list_is_a_field_with_its_entries_there(body):
    annex = sample_annex()
    entries = [p for p in body.findall(w("p")) if style(p).startswith("TOC") and style(p) != "TOCHeading"]
    assert [words(p) for p in entries if style(p) == "TOC2"] == [c.number + c.title for c in annex.clauses]
    assert [words(p) for p in entries if style(p) == "TOCSchedule"] == [s.number + s.title for s in annex.schedules]
    names = {b.get(w("name")) for b in body.iter(w("bookmarkStart"))}
    assert {link.get(w("anchor")) for p in entries for link in p.iter(w("hyperlink"))} <= names
    instruction = next(entries[0].iter(w("instrText"))).text
    assert instruction.split()[0] == "TOC" and r"\n" in instruction
    kinds = [f.get(w("fldCharType")) for p in entries for f in p.iter(w("fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_the_contents_list_holds_page_numbers_where_they_are_known():
    annex = sample_annex()
    root = written(annex, pages={annex.clauses[0].anchor: 3}).xml("word/document.xml")
    entry = next(p for p in root.iter(w("p")) if style(p) == "TOC2")
    assert words(entry) == f"{annex.clauses[0].number}{annex.clauses[0].title}3"
    assert f"PAGEREF {annex.clauses[0].anchor}" in [
        i.text.strip().rsplit(" ", 1)[0] for i in entry.iter(w("instrText"))
    ]
    assert r"\n" not in next(i.text for i in root.iter(w("instrText")) if "TOC" in i.text)


def test_word_is_never_asked_to_update_fields(package):
    assert package.xml("word/settings.xml").find(w("updateFields")) is None


def test_tables_repeat_their_header_and_never_split_a_row(package, body):
    annex = sample_annex()
    tables = list(body.iter(w("tbl")))
    assert len(tables) == 2 + sum(isinstance(b, Table) for c in (*annex.clauses, *annex.schedules) for b in c.blocks)
    for table in tables:
        rows = table.findall(w("tr"))
        assert rows[0].find(f"{w('trPr')}/{w('tblHeader')}") is not None
        assert all(r.find(f"{w('trPr')}/{w('cantSplit')}") is not None for r in rows)
        properties = table.find(w("tblPr"))
        assert properties.find(w("tblCaption")).get(w("val")) and properties.find(w("tblDescription")).get(w("val"))
        widths = [int(c.get(w("w"))) for c in table.iter(w("gridCol"))]
        assert sum(widths) == int(properties.find(w("tblW")).get(w("w")))
        for row in rows:
            assert [int(c.get(w("w"))) for c in row.iter(w("tcW"))] == widths


def test_tables_fill_the_text_of_their_page(body):
    width = {"portrait": 0, "landscape": 0}
    for section in body.iter(w("sectPr")):
        size, margin = section.find(w("pgSz")), section.find(w("pgMar"))
        turned = size.get(w("orient"), "portrait")
        width[turned] = int(size.get(w("w"))) - int(margin.get(w("left"))) - int(margin.get(w("right")))
    found = {int(t.find(f"{w('tblPr')}/{w('tblW')}").get(w("w"))) for t in body.iter(w("tbl"))}
    assert found == set(width.values())


def test_money_stands_to_the_right(body):
    cells = [p for p in body.iter(w("p")) if words(p).startswith("GBP\u00a01,250")]
    assert [style(p) for p in cells] == ["TableNumber"]


@pytest.mark.parametrize(("page", "size"), [("A4", ("11906", "16838")), ("Letter", ("12240", "15840"))])
def test_the_page_is_that_of_the_annex(page, size):
    root = written(sample_annex(page=page)).xml("word/document.xml")
    sections = list(root.iter(w("sectPr")))
    sizes = [(s.find(w("pgSz")).get(w("w")), s.find(w("pgSz")).get(w("h"))) for s in sections]
    assert sizes == [size, size[::-1], size]


def test_without_wide_schedules_there_is_one_section():
    package = written(sample_annex(landscape=False))
    assert len(list(package.xml("word/document.xml").iter(w("sectPr")))) == 1
    assert not [n for n in package.parts if n.startswith("word/header2")]


def test_header_and_footer_name_the_document(package):
    text = {n: words(package.xml(n)) for n in package.parts if re.match(r"word/(header|footer)\d", n)}
    assert len(text) == 4  # portrait and landscape
    assert [t for n, t in text.items() if "header" in n] == [
        "Security Annex for Customer Care ServicesConfidential"
    ] * 2
    assert all(t == "SA-2026-014, version 1.2Page 1 of 1" for n, t in text.items() if "footer" in n)


@pytest.mark.parametrize(
    ("status", "draft", "marked"),
    [("draft", None, True), ("final", None, False), ("final", True, True), ("draft", False, False)],
)
def test_a_draft_is_marked_across_its_pages(status, draft, marked):
    package = written(sample_annex(status=status), draft=draft)
    headers = [package.parts[n].decode() for n in package.parts if n.startswith("word/header")]
    assert headers and all(('string="DRAFT"' in h) is marked for h in headers)


def test_the_properties_name_the_document_and_nobody(package):
    properties = docx.Document(io.BytesIO(write_docx(sample_annex(), house_style()))).core_properties
    assert properties.title == "Security Annex for Customer Care Services"
    assert properties.author == "Harbour & Sons Retail plc" and not properties.last_modified_by
    assert properties.created.isoformat() == "2026-12-01T00:00:00+00:00" == properties.modified.isoformat()
    assert properties.identifier == f"sha256:{sample_annex().fingerprint}" == properties.keywords
    assert properties.language == "en-GB"


def test_the_moment_that_a_run_is_given_is_that_of_the_file():
    set_outside(Outside(made=datetime.fromtimestamp(1700000000, timezone.utc)))
    package = written(sample_annex())
    assert b"2023-11-14T22:13:20Z" in package.parts["docProps/core.xml"]


def test_nothing_internal_is_in_the_file(package):
    whole = "\n".join(f"{n}\n{d.decode()}" for n, d in package.parts.items()).lower()
    for word in ("posture", "fallback", "clauses.yaml", "python", "lxml", "/home", "/tmp", "rsid", "notice_period"):
        assert word not in whole


def test_the_language_is_that_of_the_annex():
    styles = written(sample_annex(language="en-US")).xml("word/styles.xml")
    assert {e.get(w("val")) for e in styles.iter(w("lang"))} == {"en-US"}


def test_only_styles_in_use_are_defined(package, body):
    styles = {s.get(w("styleId")) for s in package.xml("word/styles.xml").findall(w("style"))}
    used = {
        e.get(w("val"))
        for n in package.parts
        if n.startswith("word/") and n.endswith(".xml")
        for e in package.xml(n).iter(w("pStyle"), w("rStyle"), w("tblStyle"))
    }
    defaults = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}
    assert used <= styles
    assert styles - used - defaults <= {"Header", "Footer"}  # the base of their landscape copies
    assert "Recital" not in styles and "LeadText" not in styles


def test_headings_have_outline_levels_and_keep_with_the_next(package):
    styles = {s.get(w("styleId")): s for s in package.xml("word/styles.xml").findall(w("style"))}
    for style_id, level in (("Heading1", "0"), ("Heading2", "1"), ("ScheduleHeading", "0")):
        properties = styles[style_id].find(w("pPr"))
        assert properties.find(w("outlineLvl")).get(w("val")) == level
        assert properties.find(w("keepNext")) is not None


def test_signatures_have_a_line_for_each_signatory(body):
    table = list(body.iter(w("tbl")))[-1]
    text = [words(p) for p in table.iter(w("p"))]
    assert text[:2] == ["Client", "Provider"]
    assert text[2] == "Signed for Harbour & Sons Retail plc"
    assert "Signed for Łódź <Contact> Centre Sp. z o.o." in text
    assert [t for t in text if t.startswith("Name:")] == [
        "Name: Amina Okafor",
        "Name: Zofia Wójcik",
        "Name: J. B. O'Neill",
    ]


def test_two_tables_in_a_row_stay_two():
    import dataclasses

    annex = sample_annex()
    table = next(b for b in annex.schedules[0].blocks if isinstance(b, Table))
    schedule = dataclasses.replace(annex.schedules[0], blocks=(table, table))
    root = written(dataclasses.replace(annex, schedules=(schedule,))).xml("word/document.xml")
    for one in root.iter(w("tbl")):
        assert one.getnext().tag == w("p")


def test_characters_that_xml_cannot_hold_are_left_out():
    import dataclasses

    annex = dataclasses.replace(sample_annex(), title="A\x0bB\ufffe & <C> שלום {{reference}}")
    package = written(annex)
    title = next(p for p in package.xml("word/document.xml").iter(w("p")))
    assert words(title) == "AB & <C> שלום {{reference}}"


def test_python_docx_opens_it():
    document = docx.Document(io.BytesIO(write_docx(sample_annex(), house_style("modern"))))
    assert sum(p.style.name == "heading 2" or p.style.name == "Heading 2" for p in document.paragraphs) == 25
