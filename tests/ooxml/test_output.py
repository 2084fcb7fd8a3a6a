"""A package under construction: what nothing changed leaves byte for byte, and what python-docx writes of the rest is right."""

from __future__ import annotations

import io

import docx
import pytest

from ccclauses.ooxml.namespaces import W, w
from ccclauses.ooxml.output import Output
from ccclauses.ooxml.package.package import read_package, write_package

SPACE = "http://schemas.openxmlformats.org/package/2006/"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def rels(*rows: tuple[str, str, str]) -> bytes:
    outside = ' TargetMode="External"'
    made = "".join(
        f'<Relationship Id="{i}" Type="{TYPE}{k}" Target="{t}"{outside if ":" in t else ""}/>' for i, k, t in rows
    )
    return f'<Relationships xmlns="{SPACE}relationships">{made}</Relationships>'.encode()


PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{SPACE}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="XML" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WML}.document.main+xml"/>'
        f'<Override PartName="/Word/Header1.xml" ContentType="{WML}.header+xml"/>'
        f'<Override PartName="/word/foot%20note.xml" ContentType="{WML}.footnotes+xml"/></Types>'
    ).encode(),
    "_rels/.rels": rels(("rId1", "officeDocument", "word/document.xml")),
    "word/document.xml": f'<w:document xmlns:w="{W}"><w:body><w:p/><w:sectPr/></w:body></w:document>'.encode(),
    "word/_rels/document.xml.rels": rels(
        ("a", "header", "/word/header1.xml"),
        ("b", "image", "NULL"),
        ("c", "hyperlink", "#clause"),
        ("d", "hyperlink", "https://example.com/?a=1&amp;b=%20"),
        ("e", "footnotes", "foot%20note.xml"),
        ("f", "image", "media/../media/image1.png"),
        ("g", "customXml", "../customXml/item1.xml"),
    ),
    "word/Header1.xml": f'<w:hdr xmlns:w="{W}"><w:p/></w:hdr>'.encode(),
    "word/_rels/Header1.xml.rels": rels(("rId1", "image", "media/image1.png")),
    "word/foot note.xml": f'<w:footnotes xmlns:w="{W}"/>'.encode(),
    "word/media/image1.png": b"\x89PNG",
    "customXml/item1.xml": b"<data/>",
    "customXml/item7.xml": b"<unreached/>",
    "[trash]/0000.dat": b"\0\0",
}


def test_a_file_that_nothing_changes_leaves_as_it_came():
    package = read_package(write_package(PARTS))
    assert dict(Output(package).finish().parts) == dict(package.parts)


def test_what_is_not_touched_stays_beside_what_is_added():
    package = read_package(write_package(PARTS))
    output = Output(package)
    name = output.add_part("word/HEADER1.xml", PARTS["word/Header1.xml"], f"{WML}.header+xml")
    id_ = output.relate(output.main_part, TYPE + "header", name)
    made = output.finish()
    assert name == "word/HEADER1_2.xml"  # names don't tell upper from lower case
    changed = {n for n in package.parts if made.parts[n] != package.parts[n]}
    assert changed == {"[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert set(made.parts) - set(package.parts) == {name}
    before, after = package.relationships(package.main_part), made.relationships(made.main_part)
    assert after[:-1] == before and (after[-1].id, after[-1].target) == (id_, name)
    assert all(made.content_type(n) == package.content_type(n) for n in package.parts if not n.endswith(".rels"))
    assert made.content_type(name) == f"{WML}.header+xml"
    again = read_package(write_package(made.parts))
    assert again.relationships(again.main_part) == after


def test_content_types_are_found_whatever_the_case_and_the_escapes_of_a_name():
    package = read_package(write_package(PARTS))
    assert package.content_type(package.related("header")) == f"{WML}.header+xml"
    assert package.content_type(package.related("footnotes")) == f"{WML}.footnotes+xml"


@pytest.mark.parametrize(("type_", "target"), [("header", "word/header1.xml"), ("image", "word/NULL")])
def test_a_relationship_that_is_there_is_not_made_twice(type_, target):
    output = Output(read_package(write_package(PARTS)))
    before = output.relationships(output.main_part)
    assert output.relate(output.main_part, TYPE + type_, target) == next(x.id for x in before if x.target == target)
    assert output.relationships(output.main_part) == before


def test_a_part_that_is_dropped_goes_with_all_that_leads_to_it():
    output = Output(read_package(write_package(PARTS)))
    output.drop("word/header1.xml")
    made = output.finish()
    assert not [n for n in made.parts if "eader1" in n]
    assert "eader1" not in made.parts["[Content_Types].xml"].decode()
    assert [x.id for x in made.relationships(made.main_part)] == ["b", "c", "d", "e", "f", "g"]


def test_python_docx_opens_what_was_made_and_only_the_tree_that_was_opened_is_written_anew():
    first = docx.Document()
    first.add_paragraph("Words")
    saved = io.BytesIO()
    first.save(saved)
    package = read_package(saved.getvalue())
    output = Output(package)
    output.tree(output.main_part).find(f".//{w('t')}").text = "Other words"
    made = output.finish()
    assert {n for n in package.parts if made.parts[n] != package.parts[n]} == {"word/document.xml"}
    assert [p.text for p in docx.Document(io.BytesIO(write_package(made.parts))).paragraphs] == ["Other words"]
