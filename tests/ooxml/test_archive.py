"""The quick way to a package gives what the plain way gives."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from ccclauses.ooxml.package.archive import pack_all, write_archive
from ccclauses.ooxml.package.package import write_package

PARTS = {
    "[Content_Types].xml": b"<Types/>",
    "_rels/.rels": b"<Relationships/>",
    "word/document.xml": b"<a>" * 1000,
    "word/media/\u00fc.png": b"\x89PNG",
    "docProps/core.xml": b"",
}
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0\\/:"), min_size=1, max_size=20)


def listing(data: bytes) -> list[tuple[str, bytes, tuple[int, ...], int]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return [(i.filename, archive.read(i), i.date_time, i.compress_type) for i in archive.infolist()]


def test_order_dates_and_content_are_those_of_the_plain_way():
    shared = pack_all({n: d for n, d in PARTS.items() if n != "word/document.xml"})
    ours = write_archive(shared, {"word/document.xml": PARTS["word/document.xml"]})
    assert listing(ours) == listing(write_package(PARTS))


@given(st.dictionaries(NAMES, st.binary(max_size=200), max_size=8))
def test_any_parts_come_back(parts):
    assert {n: d for n, d, _, _ in listing(write_archive((), parts))} == parts
