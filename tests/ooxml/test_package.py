"""What `read_package` takes and refuses, and that `write_package` is the same every time."""

from __future__ import annotations

import io
import zipfile

import pytest

from ccclauses.common.limits import Limits, under
from ccclauses.ooxml.namespaces import W, w
from ccclauses.ooxml.package.package import read_package, write_package
from ccclauses.ooxml.package.parse import PackageError, parse_xml

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def content_types(main: str = MAIN) -> bytes:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    ).encode()


def rels(target: str = "word/document.xml", kind: str = OFFICE + "/officeDocument") -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/></Relationships>'
    ).encode()


def document(body: str = "<w:p><w:r><w:t>Plain</w:t></w:r></w:p>", head: str = "") -> bytes:
    return f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()


def parts(**changes: bytes) -> dict[str, bytes]:
    return {"[Content_Types].xml": content_types(), "_rels/.rels": rels(), "word/document.xml": document()} | changes


def text(data: bytes, **options) -> str:
    package = read_package(data, **options)
    return "".join(t.text or "" for t in package.xml(package.main_part).iter(w("t")))


def zipped(entries: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return buffer.getvalue()


def test_reads_what_it_wrote():
    package = read_package(write_package(parts()))
    assert dict(package.parts) == parts()
    assert (package.main_part, package.main_type) == ("word/document.xml", "document")


def test_writing_is_the_same_whatever_the_order():
    backwards = dict(reversed(parts().items()))
    assert write_package(parts()) == write_package(backwards)


def test_reads_from_a_path(tmp_path):
    path = tmp_path / "contract.docx"
    path.write_bytes(write_package(parts()))
    assert read_package(path).main_part == "word/document.xml"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"Dear colleague", "not a Word file"),
        (rb"{\rtf1 This}", "RTF"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99 + "EncryptedPackage".encode("utf-16le"), "password"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "old Word format"),
        (write_package(parts())[:-40], "damaged"),
        (write_package({"readme.txt": b"hello"}), "zip archive, but not a Word file"),
        (
            write_package({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
            "OpenDocument",
        ),
        (zipped([*parts().items(), ("nameless", b"x")]).replace(b"nameless", b"\0ameless"), "without a name"),
        (write_package(parts(**{"_rels/.rels": rels("word/gone.xml")})), "main document part is missing"),
        (
            write_package(
                parts(**{"[Content_Types].xml": content_types(MAIN.replace("wordprocessingml", "spreadsheetml"))})
            ),
            "Excel",
        ),
    ],
)
def test_refuses_in_plain_words(data, said):
    with pytest.raises(PackageError, match=said) as refusal:
        read_package(data)
    assert str(refusal.value).endswith(".") and "\n" not in str(refusal.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(PackageError, match="gone.docx can't be read"):
        read_package(tmp_path / "gone.docx")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["word/document.xml", "word/Document.XML"])
def test_refuses_two_parts_of_one_name(second):
    with pytest.raises(PackageError, match="same name"):
        read_package(zipped([*parts().items(), (second, document("<w:p/>"))]))


@pytest.mark.parametrize("name", ["../evil.xml", "/evil.xml", "word\\..\\evil.xml", "C:evil.xml"])
def test_refuses_names_that_point_outside(name):
    with pytest.raises(PackageError, match="outside"):
        read_package(zipped([*parts().items(), (name, b"x")]))


def test_refuses_bombs_by_size_ratio_and_number():
    blown = zipped([*parts().items(), ("word/media/image1.png", b"\0" * (6 << 20))])
    with pytest.raises(PackageError, match="200 times"):
        read_package(blown)
    with pytest.raises(PackageError, match="4 MiB"):
        with under(Limits(word_part=4 << 20)):
            read_package(blown)
    with pytest.raises(PackageError, match="more than 2 parts"):
        with under(Limits(word_entries=2)):
            read_package(blown)
    with pytest.raises(PackageError, match="larger than"):
        with under(Limits(word_bytes=10)):
            read_package(blown)


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "document type"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>', "document type"),
        (b'<?xml version="1.0" encoding="UTF-7"?><a/>', "encoding"),
        (b"<a>", "well-formed"),
        (b"<a>\xff</a>", "well-formed"),
        (b"<a>" * 300 + b"</a>" * 300, "nests more|well-formed"),
    ],
)
def test_xml_is_parsed_without_trust(xml, said):
    with pytest.raises(PackageError, match=said):
        parse_xml(xml)


def test_utf_16_parts_are_read():
    wide = document(head='<?xml version="1.0" encoding="UTF-16"?>').decode().encode("utf-16")
    assert text(write_package(parts(**{"word/document.xml": wide}))) == "Plain"


def test_strict_files_are_read_as_transitional():
    strict = document().replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
    strict = strict.replace(b"<w:document ", b'<w:document w:conformance="strict" ')
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    package = read_package(write_package(parts(**{"word/document.xml": strict, "_rels/.rels": rels(kind=kind)})))
    root = package.xml(package.main_part)
    assert root.tag == w("document") and not root.attrib


def test_macro_enabled_files_must_be_named_so():
    main = "application/vnd.ms-word.document.macroEnabled.main+xml"
    data = write_package(parts(**{"[Content_Types].xml": content_types(main), "word/vbaProject.bin": b"\xd0\xcf"}))
    with pytest.raises(PackageError, match="macro-enabled"):
        read_package(data, name="contract.docx")
    package = read_package(data, name="contract.docm")
    assert package.has_macros and package.main_type == "macro-enabled document"


def test_relationships_are_resolved_to_part_names():
    more = rels("header1.xml", OFFICE + "/header")
    package = read_package(write_package(parts(**{"word/_rels/document.xml.rels": more, "word/header1.xml": b"<x/>"})))
    assert package.related("header") == "word/header1.xml"
    assert package.relationships("word/document.xml")[0].kind == "header"
