"""Fragments of WordprocessingML: well-formed whatever the words are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ccclauses.ooxml import elements as el
from ccclauses.ooxml.namespaces import w
from ccclauses.ooxml.package.properties import core_properties, timestamp

ANY = st.text(st.characters(codec="utf-8"))


def parsed(markup: str) -> etree._Element:
    return etree.fromstring(el.part("body", markup).encode())


@given(ANY)
def test_words_come_back_save_what_xml_cannot_hold(text):
    root = parsed(el.paragraph("Any", el.run(text)))
    found = "".join(
        "\t" if e.tag == w("tab") else "\n" if e.tag == w("br") else e.text or ""
        for e in root.iter(w("t"), w("tab"), w("br"))
    )
    assert found == el._FORBIDDEN.sub("", text).replace("\r", "\n") or "\r" in text


@given(ANY)
def test_attributes_come_back_on_one_line(text):
    (paragraph,) = parsed(el.paragraph(text, ""))
    assert paragraph.find(f"{w('pPr')}/{w('pStyle')}").get(w("val")) == el._FORBIDDEN.sub("", " ".join(text.split()))


def test_no_words_no_run():
    assert el.run("") == ""


def test_a_field_has_its_four_marks_in_order():
    root = parsed(f"<w:p>{el.field('REF x', el.run('4'))}</w:p>")
    assert [e.get(w("fldCharType")) for e in root.iter(w("fldChar"))] == ["begin", "separate", "end"]


def test_the_moment_of_making_is_the_day_or_what_a_command_takes_from_the_environment(monkeypatch):
    from datetime import date

    from ccclauses.cli.outside import take_environment

    def made(epoch):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        take_environment()
        return timestamp(date(2026, 3, 1))

    assert timestamp(date(2026, 3, 1)) == "2026-03-01T00:00:00Z"
    assert made("0") == "1970-01-01T00:00:00Z"
    for nonsense in ("", "soon", "-5", "99999999999999999", "1.5", "٣"):
        assert made(nonsense) == "2026-03-01T00:00:00Z"


def test_empty_properties_are_left_out():
    assert "dc:subject" not in core_properties({"dc:title": "T", "dc:subject": ""}, "2026-03-01T00:00:00Z")
