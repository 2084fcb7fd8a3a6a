"""Word files that are broken, hostile or odd, each made here; none names a place that could answer."""

from __future__ import annotations

import io
import struct
import zipfile

from ccclauses.ooxml.namespaces import W
from ccclauses.ooxml.package.package import write_package

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
PLAIN = "<w:p><w:r><w:t>PLAIN</w:t></w:r></w:p>"
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def types(main: str = _TYPE + "document.main+xml") -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )


def rels(*rows: tuple[str, str, bool]) -> str:
    made = "".join(
        f'<Relationship Id="rId{i}" Type="{OFFICE}/{kind}" Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if outside else ""}/>'
        for i, (kind, target, outside) in enumerate(rows, 1)
    )
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{made}</Relationships>'


def document(body: str = PLAIN, head: str = "") -> str:
    return f'{head}<w:document xmlns:w="{W}" xmlns:r="{OFFICE}" {MC} xmlns:zz="urn:zz"><w:body>{body}<w:sectPr/></w:body></w:document>'


def parts(
    body: str = PLAIN, *, head: str = "", related: tuple[tuple[str, str, bool], ...] = (), **more: str
) -> dict[str, bytes]:
    """The parts of a file; `more` gives further ones under word/, by their names without ending."""
    found = {
        "[Content_Types].xml": types(),
        "_rels/.rels": rels(("officeDocument", "word/document.xml", False)),
        "word/document.xml": document(body, head),
        **{f"word/{name}.xml": text for name, text in more.items()},
    }
    if related:
        found["word/_rels/document.xml.rels"] = rels(*related)
    return {name: text.encode() for name, text in found.items()}


def packed(entries: list[tuple[str, bytes]]) -> bytes:
    """A zip of entries as they are given, twice the same name too."""
    import warnings

    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in entries:
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def lying() -> bytes:
    """The directory speaks of 100 bytes; the part inflates to 20 MiB."""
    text = document(PLAIN + " " * (20 << 20)).encode()
    data = write_package(parts() | {"word/document.xml": text})
    return data.replace(struct.pack("<L", len(text)), struct.pack("<L", 100))


def encrypted() -> bytes:
    raw = bytearray(write_package(parts()))
    for sign, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        found = raw.find(sign)
        while found >= 0:
            raw[found + at] |= 1
            found = raw.find(sign, found + 4)
    return bytes(raw)


def damaged() -> bytes:
    raw = bytearray(
        write_package(parts("".join(f"<w:p><w:r><w:t>{i * 7919 % 10007}</w:t></w:r></w:p>" for i in range(300))))
    )
    at = raw.find(b"word/document.xml") + 400
    for i in range(20):
        raw[at + i] ^= 0x5A
    return bytes(raw)


def overlapping() -> bytes:
    raw = write_package(parts())
    end = raw.rindex(b"PK\5\6")
    count, size, offset = struct.unpack("<HLL", raw[end + 10 : end + 20])
    directory = raw[offset:end]
    directory += directory[directory.rindex(b"PK\1\2") :].replace(b"word/document.xml", b"word/documenu.xml")
    return (
        raw[:offset]
        + directory
        + b"PK\5\6"
        + struct.pack("<HHHHLLH", 0, 0, count + 1, count + 1, len(directory), offset, 0)
    )


_ENTITIES = (
    "<!DOCTYPE w ["
    + '<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{i} "{f"&a{i - 1 or chr(0)};".replace(chr(0), "") * 10}">' for i in range(1, 10))
    + "]>"
)
_USED = "<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>"

# Name → the bytes of a file that is refused, and a word of the reason.
REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "letter": (b"Dear colleague, please find the annex below.", "not a Word file"),
    "rtf": (rb"{\rtf1 This}", "RTF"),
    "old word": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Word format"),
    "password": (b"\xd0\xcf\x11\xe0" + b"\0" * 99 + "EncryptedPackage".encode("utf-16le"), "password"),
    "truncated": (write_package(parts(PLAIN * 500))[:600], "damaged"),
    "damaged": (damaged(), "can't be unpacked"),
    "encrypted part": (encrypted(), "encrypted"),
    "lying size": (lying(), "can't be unpacked"),
    "bomb": (packed([*parts().items(), ("word/media/a.bin", b"\0" * (20 << 20))]), "times its size"),
    "overlap": (overlapping(), "over each other"),
    "twice": (packed([*parts().items(), ("word/document.xml", document("<w:p/>").encode())]), "two parts of the same name"),
    "case": (packed([*parts().items(), ("word/Document.xml", document("<w:p/>").encode())]), "two parts of the same name"),
    "climbs": (packed([*parts().items(), ("../../evil.txt", b"EVIL")]), "points outside"),
    "absolute": (packed([*parts().items(), ("/tmp/evil.txt", b"EVIL")]), "points outside"),
    "backslash": (packed([*parts().items(), ("word\\..\\evil.txt", b"EVIL")]), "points outside"),
    "workbook": (write_package(parts() | {"[Content_Types].xml": types(_TYPE.replace("wordprocessingml", "spreadsheetml") + "sheet.main+xml").encode()}), "Excel"),
    "macros": (write_package(parts() | {"[Content_Types].xml": types("application/vnd.ms-word.document.macroEnabled.main+xml").encode()}), "macro"),
    "entities": (write_package(parts(_USED, head=_ENTITIES)), "word/document.xml"),
    "file entity": (write_package(parts("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", head='<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')), "document type"),
    "outside type": (write_package(parts(head='<!DOCTYPE w SYSTEM "http://127.0.0.1:9/a.dtd">')), "document type"),
    "entity in rels": (
        write_package(parts() | {"_rels/.rels": ('<!DOCTYPE w [<!ENTITY x "y">]>' + rels(("officeDocument", "word/document.xml", False))).encode()}),
        "document type",
    ),
    "utf-7": (write_package(parts(head='<?xml version="1.0" encoding="UTF-7"?>')), "encoding"),
    "not utf-8": (write_package(parts() | {"word/document.xml": document("<w:p><w:r><w:t>\xff</w:t></w:r></w:p>").encode("latin-1")}), "not well-formed"),
    "broken": (write_package(parts("<w:p><w:r>")), "not well-formed"),
    "deep": (write_package(parts("<w:tbl>" * 5000 + "</w:tbl>" * 5000)), "word/document.xml"),
    "nested": (write_package(parts("<w:sdt><w:sdtContent>" * 150 + PLAIN + "</w:sdtContent></w:sdt>" * 150)), "word/document.xml"),
    "namespace": (write_package(parts() | {"word/document.xml": document().replace("urn:zz", "http://a b/").encode()}), "word/document.xml"),
    "no main part": (write_package({n: d for n, d in parts().items() if n != "word/document.xml"}), "main document part"),
    "another root": (write_package(parts() | {"word/document.xml": document().replace("w:document", "w:proofErr").encode()}), "not a document"),
    "no body": (write_package(parts() | {"word/document.xml": f'<w:document xmlns:w="{W}"/>'.encode()}), "no body"),
    "broken styles": (write_package(parts(related=(("styles", "styles.xml", False),), styles="<w:styles")), "word/styles.xml"),
    "broken comments": (write_package(parts(related=(("comments", "comments.xml", False),), comments="<!DOCTYPE a><a/>")), "word/comments.xml"),
    "broken header": (write_package(parts(related=(("header", "header1.xml", False),), header1="nothing")), "word/header1.xml"),
}  # fmt: skip


def _style_circle() -> dict[str, bytes]:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/></w:style>'
        for a, b in (("A", "B"), ("B", "A"))
    )
    body = '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>PLAIN</w:t></w:r></w:p>'
    return parts(
        body, related=(("styles", "styles.xml", False),), styles=f'<w:styles xmlns:w="{W}">{styles}</w:styles>'
    )


def _run(inner: str) -> str:
    return f"<w:p><w:r>{inner}</w:r></w:p>"


# Name → parts that are read; what the text holds and what it must not hold.
READ: dict[str, tuple[dict[str, bytes], str, str]] = {
    "plain": (parts(), "PLAIN", ""),
    "template outside": (
        parts(
            related=(("settings", "settings.xml", False), ("attachedTemplate", "http://127.0.0.1:9/evil.dotm", True)),
            settings=f'<w:settings xmlns:w="{W}"><w:attachedTemplate/></w:settings>',
        ),
        "PLAIN", "",
    ),
    "picture outside": (parts(related=(("image", "http://127.0.0.1:9/pixel.png", True),)), "PLAIN", ""),
    "network share": (parts(related=(("image", "file://192.0.2.1/share/a.png", True),)), "PLAIN", ""),
    "header that is a note": (
        parts(related=(("header", "header1.xml", False),), header1=f'<w:proofErr xmlns:w="{W}"/>'), "PLAIN", "",
    ),
    "another file": (
        parts('<w:altChunk r:id="rId1"/>' + PLAIN, related=(("aFChunk", "chunk.xml", False),), chunk="<html>CHUNK</html>"), "PLAIN", "CHUNK",
    ),
    "macro part": (parts() | {"word/vbaProject.bin": b"\0" * 64}, "PLAIN", ""),
    "command field": (
        parts(_run('<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe "/k calc"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>RESULT</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/>')),
        "RESULT", "cmd.exe",
    ),
    "choice unknown": (
        parts(_run('<mc:AlternateContent><mc:Choice Requires="zz"><w:t>CHOICE</w:t></mc:Choice><mc:Fallback><w:t>FALLBACK</w:t></mc:Fallback></mc:AlternateContent>')),
        "FALLBACK", "CHOICE",
    ),
    "circle of styles": (_style_circle(), "PLAIN", ""),
    "circle of parts": (parts(related=(("header", "document.xml", False),)), "PLAIN", ""),
    "climbing relationship": (parts(related=(("image", "../../../etc/passwd", False),)), "PLAIN", "root:"),
    "odd revisions": (parts('<w:p><w:ins w:id="abc" w:author="x" w:date="yesterday"><w:r><w:t>NEW</w:t></w:r></w:ins></w:p>'), "NEW", ""),
    "huge span": (
        parts('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>' + PLAIN + "</w:tc></w:tr></w:tbl>" + PLAIN), "PLAIN", "",
    ),
    "tables in tables": (parts("<w:tbl><w:tr><w:tc>" * 40 + PLAIN + ("</w:tc></w:tr></w:tbl><w:p/>" * 39 + "</w:tc></w:tr></w:tbl>") + PLAIN), "PLAIN", ""),
    "markup in text": (parts(_run("<w:t>&lt;script&gt;alert(1)&lt;/script&gt;</w:t>")), "<script>", ""),
    "fields that never end": (parts('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 200 + PLAIN), "PLAIN", ""),
}  # fmt: skip
