"""Small Word files for the tests of redlines, and what a reader sees of them."""

from __future__ import annotations

from datetime import datetime
from xml.sax.saxutils import escape

from ccclauses.ooxml.namespaces import R, W, w
from ccclauses.ooxml.package.package import Package, read_package, write_package
from ccclauses.ooxml.revisions import accept_all, reject_all
from ccclauses.redline import Redline, RedlineOptions, redline

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
DATE = datetime(2025, 6, 30, 12, 0)


def run(text: str, properties: str = "") -> str:
    """Return a run."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*content: str, properties: str = "") -> str:
    """Return a paragraph; content that is no XML becomes a run."""
    inside = "".join(part if part.startswith("<") else run(part) for part in content if part)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of plain cells."""
    lines = "".join(
        "<w:tr>" + "".join(f"<w:tc>{c if c.startswith('<w:p') else p(c)}</w:tc>" for c in row) + "</w:tr>"
        for row in rows
    )
    grid = "".join('<w:gridCol w:w="2000"/>' for _ in max(rows, key=len))
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>'


def package(body: str, *, section: str = "", rels: tuple[tuple[str, str, str], ...] = (), **more: str) -> Package:
    """Return a Word package; `more` are parts such as footnotes="…" by kind, related under their own name."""
    root = f'xmlns:w="{W}" xmlns:r="{R}"'
    parts = {
        "word/document.xml": f"<w:document {root}><w:body>{body}<w:sectPr>{section}</w:sectPr></w:body></w:document>".encode()
    }
    rows = [("rId1", OFFICE + "/officeDocument", "word/document.xml")]
    links = []
    types = ""
    roots = {"header": "hdr", "footer": "ftr"}
    for kind, inside in more.items():
        name = roots.get(kind, kind)
        parts[f"word/{kind}.xml"] = f"<w:{name} {root}>{inside}</w:{name}>".encode()
        types += f'<Override PartName="/word/{kind}.xml" ContentType="{WML}{kind}+xml"/>'
        links.append((kind, f"{OFFICE}/{kind}", f"{kind}.xml"))
    parts["_rels/.rels"] = _rels(rows)
    parts["word/_rels/document.xml.rels"] = _rels(links, external=rels)
    parts["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WML}document.main+xml"/>{types}</Types>'
    ).encode()
    return read_package(write_package(parts))


def _rels(rows, external=()) -> bytes:
    inside = "".join(f'<Relationship Id="{i}" Type="{t}" Target="{g}"/>' for i, t, g in rows)
    inside += "".join(
        f'<Relationship Id="{i}" Type="{OFFICE}/{t}" Target="{g}" TargetMode="External"/>' for i, t, g in external
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'.encode()


def compare(before: Package | str, after: Package | str, **options: bool) -> Redline:
    """Return the redline of two packages, or of two bodies."""
    sides = [package(side) if isinstance(side, str) else side for side in (before, after)]
    return redline(*sides, author="Counsel", date=DATE, options=RedlineOptions(**options))


def seen(found: Package, resolve=None, part: str | None = None) -> list[str]:
    """Return the paragraphs a reader sees, formatting included, after accepting or rejecting everything."""
    root = found.xml(part or found.main_part)
    if resolve is not None:
        resolve(root)
    lines = []
    for paragraph in root.iter(w("p")):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        line = f"{style.get(w('val'))}: " if style is not None else ""
        for found_run in paragraph.iter(w("r")):
            if next(found_run.iterancestors(w("p"))) is not paragraph:
                continue
            text = "".join(
                t.text or "" if t.tag == w("t") else "†" for t in found_run.iter(w("t"), w("footnoteReference"))
            )
            bold = found_run.find(f"{w('rPr')}/{w('b')}") is not None
            line += f"*{text}*" if bold and text else text
        lines.append(line.replace("**", ""))
    return lines


def accepted(result: Redline, part: str | None = None) -> list[str]:
    """Return what is left when all changes are accepted."""
    return seen(result.package, accept_all, part)


def rejected(result: Redline, part: str | None = None) -> list[str]:
    """Return what is left when all changes are rejected."""
    return seen(result.package, reject_all, part)


def holds(before: Package | str, after: Package | str, **options: bool) -> Redline:
    """Return the redline after checking that it is AFTER when accepted and BEFORE when rejected."""
    sides = [package(side) if isinstance(side, str) else side for side in (before, after)]
    result = compare(*sides, **options)
    assert accepted(result) == seen(sides[1])
    assert rejected(result) == seen(sides[0])
    return result


def tags(result: Redline, part: str | None = None) -> set[str]:
    """Return the local names of all elements of a part of the redline."""
    return {e.tag.rpartition("}")[2] for e in result.package.xml(part or result.package.main_part).iter()}
