"""The styles part: found by id or name, mended, linked, pruned; headers copied without ids that would be double."""

from __future__ import annotations

import pytest
from lxml import etree

from ccclauses.ooxml.headers import copied, filled, joined_tokens, with_watermark
from ccclauses.ooxml.namespaces import MC, W, w
from ccclauses.ooxml.styles import Styles, link_to_list, set_indent


def styles(markup: str) -> Styles:
    return Styles(etree.fromstring(f'<w:styles xmlns:w="{W}">{markup}</w:styles>'))


def one(style_id: str, name: str, kind: str = "paragraph", inside: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{name}"/>{inside}</w:style>'


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("H1", "H1"), ("heading 1", "H1"), ("Heading 1", "H1"), ("h1", "H1"), ("Big", "B"), ("x", None)],
)
def test_a_style_is_found_by_id_name_or_alias_in_any_case(wanted, found):
    assert styles(one("H1", "heading 1") + one("B", "Body,Big")).find(wanted, "paragraph") == found


def test_a_style_of_another_kind_is_not_found():
    assert styles(one("T", "Grid", "table")).find("T", "paragraph") is None


def test_a_chain_that_bites_its_tail_ends():
    found = styles(one("A", "A", inside='<w:basedOn w:val="B"/>') + one("B", "B", inside='<w:basedOn w:val="A"/>'))
    assert found.size("A") == 20 and found.outline_level("A") is None


def test_references_to_missing_styles_are_dropped():
    found = styles(one("A", "A", inside='<w:basedOn w:val="Gone"/><w:next w:val="A"/><w:link w:val="Gone"/>'))
    found.mend()
    assert [e.tag for e in found.by_id["A"]] == [w("name"), w("next")]


def test_only_styles_that_nothing_needs_are_pruned():
    found = styles(one("A", "A") + one("B", "B", inside='<w:basedOn w:val="A"/>') + one("C", "C") + one("D", "D"))
    found.prune(["A", "C", "Nowhere"])
    assert set(found.by_id) == {"A", "B", "D"}
    found.prune(["A", "B"])
    assert set(found.by_id) == {"D"}


def test_the_link_to_a_list_stands_where_the_schema_wants_it_and_only_once():
    properties = etree.fromstring(
        f'<w:pPr xmlns:w="{W}"><w:keepNext/><w:numPr/><w:spacing w:after="1"/><w:jc w:val="left"/></w:pPr>'
    )
    link_to_list(properties, 2, 7)
    set_indent(properties, 720)
    assert [etree.QName(e).localname for e in properties] == ["keepNext", "numPr", "spacing", "ind", "jc"]
    assert [e.get(w("val")) for e in properties.find(w("numPr"))] == ["2", "7"]


def test_a_language_is_set_even_where_the_file_names_none():
    found = styles("")
    found.set_language("de-DE")
    assert found.root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}").get(w("val")) == "de-DE"


def test_right_tabs_follow_the_edge_of_the_text():
    tabs = "".join(
        f'<w:tab w:val="{v}" w:pos="{p}"/>'
        for v, p in (("left", 9000), ("right", 4000), ("right", 9026), ("right", 9360))
    )
    found = styles(one("F", "footer", inside=f"<w:pPr><w:tabs>{tabs}</w:tabs></w:pPr>"))
    found.move_right_tabs(9026, 9404)
    assert [t.get(w("pos")) for t in found.root.iter(w("tab"))] == ["9000", "4000", "9404", "9404"]


def test_ignorable_prefixes_survive_an_added_style():
    root = etree.fromstring(
        f'<w:styles xmlns:w="{W}" xmlns:mc="{MC}" xmlns:w14="urn:14" xmlns:x="urn:x" mc:Ignorable="w14"/>'
    )
    found = Styles(root)
    found.add(one("A", "A"))
    assert "w14" in root.nsmap and "x" not in root.nsmap


def test_a_copied_header_bears_no_id_twice():
    text = (
        '<w:p w14:paraId="1A" w14:textId="2B"><w:pPr><w:pStyle w:val="Header"/></w:pPr>'
        '<w:sdt><w:sdtPr><w:alias w:val="a"/>'
        '<w:id w:val="5"/></w:sdtPr></w:sdt><wp:docPr id="7" name="x"/></w:p>'
    )
    copy = copied(text, {"Header": "HeaderWide"})
    assert "paraId" not in copy and "textId" not in copy and "w:id" not in copy
    assert 'id="1000007"' in copy and '"HeaderWide"' in copy


def test_tokens_are_joined_filled_once_and_escaped():
    root = etree.fromstring(
        f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>No. {{{{ref</w:t></w:r>'
        "<w:r><w:t>erence}}, {{other}}</w:t></w:r></w:p></w:hdr>"
    )
    text = etree.tostring(joined_tokens(root), encoding="unicode")
    assert "No. {{version}} &lt;1&gt;, {{other}}" in filled(text, {"reference": "{{version}} <1>", "version": "2"})


@pytest.mark.parametrize(
    "start", ["<w:p>", '<w:p w:rsidR="1">', "<w:p><w:pPr><w:pStyle w:val='Header'/></w:pPr>", "<w:p><w:pPr/>"]
)
def test_the_watermark_stands_in_the_first_paragraph_after_its_properties(start):
    marked = with_watermark(f"{start}<w:r/></w:p>", 'A "B" & C', 1)
    assert marked.startswith(f"{start}<w:r><w:pict ") and marked.endswith("<w:r/></w:p>")
    assert 'string="A &quot;B&quot; &amp; C"' in marked


def test_a_header_without_a_paragraph_bears_no_watermark():
    assert with_watermark("<w:hdr/>", "DRAFT", 1) == "<w:hdr/>"
