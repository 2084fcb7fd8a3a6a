"""Edits that know how a file is made up, so that what they spoil is still opened: a part in a zip, a value in a tree.

Each edit takes bytes, a source of chance and other inputs to borrow from. What it can't take apart comes back as it was.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from random import Random
from typing import Any

from lxml import etree

from ccclauses.ooxml.package.package import write_package

Edit = Callable[[bytes, Random, Sequence[bytes]], bytes]

# What a person or an attacker writes where something else is meant.
TEXTS = (
    "", " ", "0", "1", "-1", "2", "4", "0.5", "1,5", "1e9", "-0", "9" * 25, "NaN", "Infinity", "yes", "no", "true", "null", "~",
    "24 hours", "0 hours", "-3 days", "1 month", "999999999999 years", "5 Business Days", "10 %", "1,000 %", "-5 %", "GBP 1,500.00",
    "EUR", "GBP 99999999999999999999", "XXX 1", "2026-03-02", "2026-02-30", "0001-01-01", "9999-12-31", "2026-03-29T01:30",
    "2026-10-25T01:30:00+00:00", "2026-03", "12:00", "GB", "DE", "GB-EAW", "GB-ENG", "US-NY", "XX", "Europe/London", "../x", "/", "a;b",
    "a,b", "*", "&a", "!t", "|", "- x", "{a: b}", "[a, [b]]", "{{ x }}", "{% if x %}y{% endif %}", '{{ ref("a") }}', "{{ law.name }}",
    "[#a]", "**a**", "1. a", "a.b", "a#b", "fact.seats > 3", "law GB-EAW", "not (a and b) or c", "posture strict", "framework gdpr",
    "x" * 300, "é", "漢字", "ש", "\u200b", "\u00a0", "\u202e", "\ue000", "\ue001a\ue003", "\ufeff", "\x1f", "'", '"', "\\", "=1+1", "<b>", "]]>", "%", "#",
)  # fmt: skip
# Names that Word gives to elements, attributes and their values; a change of one into another is a file of another kind.
NAMES = (
    "p r t br tab cr pPr rPr ins del moveFrom moveTo delText tbl tr tc tblPr trPr tcPr tblGrid gridCol gridSpan vMerge hyperlink "
    "bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd commentReference fldSimple fldChar instrText numPr numId ilvl pStyle "
    "rPrChange pPrChange sectPrChange tblPrChange trPrChange tcPrChange cellIns cellDel cellMerge numberingChange moveFromRangeStart "
    "moveFromRangeEnd moveToRangeStart moveToRangeEnd customXmlInsRangeStart sdt sdtPr sdtContent smartTag customXml sectPr "
    "headerReference footnoteReference endnoteReference drawing pict object sym noBreakHyphen ruby rt rubyBase txbxContent vanish "
    "altChunk subDoc permStart proofErr abstractNum num lvl lvlText numFmt start lvlOverride startOverride style basedOn name link "
    "docDefaults comment footnote endnote c v f is row si sheet definedName mergeCell"
).split()
ATTRIBUTES = (
    "id val author date name type fldCharType instr char font anchor numId ilvl styleId s t r ref count max".split()
)
MARKS = "0 1 -1 2 9 begin separate end TOC PAGE none bullet decimal lowerRoman x continue restart 99999999999999999999 F0FF".split()


def text(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Lines and the blocks below them (what is indented deeper) dropped, doubled, moved; keys and values changed."""
    lines = data.decode("utf-8", "replace").split("\n")
    at = rng.randrange(len(lines))
    end = _block(lines, at)
    match rng.randrange(8):
        case 0:
            del lines[at:end]
        case 1:
            lines[at:at] = lines[at:end]
        case 2:
            block = lines[at:end]
            del lines[at:end]
            lines[rng.randint(0, len(lines)) : 0] = block
        case 3 if others:
            borrowed = rng.choice(others).decode("utf-8", "replace").split("\n")
            start = rng.randrange(len(borrowed))
            lines[at:at] = borrowed[start : _block(borrowed, start)]
        case 4:
            lines[at] = " " * rng.randint(0, 8) + lines[at].lstrip(" ")
        case 5:
            words = lines[at].split(" ")
            words[rng.randrange(len(words))] = rng.choice((rng.choice(TEXTS), *rng.choice(lines).split(" ")))
            lines[at] = " ".join(words)
        case 6:
            head, colon, _ = lines[at].partition(":")
            lines[at] = f"{head}{colon} {rng.choice(TEXTS)}"
        case _:
            line = lines[at]
            start = rng.randint(0, len(line))
            lines[at] = line[:start] + rng.choice(TEXTS) + line[start + rng.randint(0, 6) :]
    return "\n".join(lines).encode("utf-8", "replace")


def _block(lines: list[str], at: int) -> int:
    depth = len(lines[at]) - len(lines[at].lstrip(" "))
    end = at + 1
    while end < len(lines) and len(lines[end]) - len(lines[end].lstrip(" ")) > depth:
        end += 1
    return end


def table(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """A CSV with a cell, a row or a column changed."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8", "replace"))))
    at = rng.randrange(len(rows))
    match rng.randrange(6):
        case 0:
            del rows[at]
        case 1:
            rows.insert(at, list(rows[rng.randrange(len(rows))]))
        case 2:
            column = rng.randrange(max(map(len, rows)) + 1)
            for row in rows:
                row[column : column + 1] = rng.choice(([], row[column : column + 1] * 2))
        case 3 if others:
            borrowed = list(csv.reader(io.StringIO(rng.choice(others).decode("utf-8", "replace"))))
            rows[at] = list(rng.choice(borrowed))
        case _:
            cells = rows[at] or [""]
            cells[rng.randrange(len(cells))] = rng.choice((rng.choice(TEXTS), rng.choice(rng.choice(rows) or [""])))
            rows[at] = cells
    out = io.StringIO()
    csv.writer(out, delimiter=rng.choice(",,,;\t")).writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


def tree(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """JSON with a value, or a member of an object or list, changed."""
    root = json.loads(data)
    places = list(_places(root))
    if not places:
        return json.dumps(rng.choice((rng.choice(TEXTS), 0, {}, [], None))).encode()
    holder, key = rng.choice(places)
    elsewhere, there = rng.choice(places)
    match rng.randrange(12):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, list):
            holder.insert(key, holder[key])
        case 1:
            holder[rng.choice(TEXTS)] = holder.pop(key)
        case 2:
            holder[key] = json.loads(json.dumps(elsewhere[there]))
        case 3 if others:
            borrowed = list(_places(json.loads(rng.choice(others))))
            if borrowed:
                place, name = rng.choice(borrowed)
                holder[key] = place[name]
        case 4:
            holder[key] = rng.choice((None, True, 0, -1, 10**20, 1.5, [], {}, [holder[key]], {"type": holder[key]}))
        case _:
            holder[key] = _alike(holder[key], rng, [place[name] for place, name in places])
    return json.dumps(root).encode()


def _alike(value: Any, rng: Random, others: Sequence[Any]) -> Any:
    """Another value of the kind of one in JSON, which a reader of that kind takes."""
    if isinstance(value, str) and rng.random() < 0.7:
        return rng.choice((*TEXTS, "\ud800", "\0"))  # JSON can spell what UTF-8 and XML can't hold
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return rng.choice((0, 1, -1, value + 1, 9_999_999, 10**20))
    if isinstance(value, list) and rng.random() < 0.7:
        return rng.choice((value[:-1], value[1:], value * 2, value[::-1], []))
    kind = value.get("type") if isinstance(value, dict) else None
    same = [o for o in others if type(o) is type(value) and (kind is None or o.get("type") == kind)]
    return json.loads(json.dumps(rng.choice(same or [value])))


def _places(value: Any) -> Any:
    """Every member of a tree, as what holds it and its key there."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in list(members):
        yield value, key
        yield from _places(member)


def xml(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """XML with an element dropped, doubled, moved, wrapped or renamed, or a text or an attribute changed."""
    root = etree.fromstring(data)
    found = list(root.iter(etree.Element))
    one, two = rng.choice(found), rng.choice(found)
    space = etree.QName(one).namespace
    match rng.randrange(9):
        case 0 if one is not root:
            one.getparent().remove(one)
        case 1 if one is not root:
            one.addnext(_copied(one))
        case 2 if one is not root and one not in two.iterancestors():
            two.insert(rng.randint(0, len(two)), _copied(one))
        case 3 if one is not root:
            wrap = etree.Element(_named(rng.choice(NAMES), space))
            one.addprevious(wrap)
            wrap.append(one)
        case 4:
            one.tag = _named(rng.choice(NAMES), space)
        case 5 if one.attrib:
            one.set(rng.choice(list(one.attrib)), rng.choice((rng.choice(MARKS), _plain(rng))))
        case 6:
            one.set(_named(rng.choice(ATTRIBUTES), rng.choice((space, None))), rng.choice(MARKS))
        case 7 if others:
            borrowed = etree.fromstring(rng.choice(others))
            one.insert(rng.randint(0, len(one)), rng.choice(list(borrowed.iter(etree.Element))))
        case _:
            one.text = rng.choice((_plain(rng), two.text))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _named(name: str, space: str | None) -> str:
    return f"{{{space}}}{name}" if space else name


def _copied(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element, with_tail=False))


def _plain(rng: Random) -> str:
    """A text that XML can hold."""
    return "".join(c for c in rng.choice(TEXTS) if c >= " " and c != "\ufffe")


def package(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """A Word file or workbook with an edit in one of its parts, or a part dropped, renamed or taken from another file."""
    parts = _parts(data)
    name = rng.choice(sorted(parts))
    borrowed = _parts(rng.choice(others)) if others else {}
    match rng.randrange(14):
        case 0:
            del parts[name]
        case 1:
            parts[rng.choice((name.upper(), f"word/{name}", name.replace("1", "2"), "word/x.xml"))] = parts.pop(name)
        case 2 if borrowed:
            other = rng.choice(sorted(borrowed))
            parts[other] = borrowed[other]
        case 3:
            at = rng.randint(0, len(parts[name]))
            parts[name] = parts[name][:at] + rng.randbytes(rng.randint(0, 3)) + parts[name][at + rng.randint(0, 3) :]
        case _:
            # The main part and the sheets are what is read most; the others are reached too.
            mains = [n for n in parts if n.endswith(("document.xml", "sheet1.xml"))]
            name = rng.choice([*mains, *mains, *(n for n in parts if n.endswith((".xml", ".rels")))] or [name])
            parts[name] = xml(parts[name], rng, [borrowed[name]] if name in borrowed else [])
    return write_package(parts)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {e.filename: archive.read(e) for e in archive.infolist() if e.file_size < 1 << 20}


def base(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """An SQLite file with a cell of another value or kind, or a table that is something else."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.deserialize(data)
        tables = [n for (n,) in made.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        name = rng.choice(tables)
        columns = [row[1] for row in made.execute(f'PRAGMA table_info("{name}")')]
        column = rng.choice(columns[-1:] * 3 + columns)
        match rng.randrange(6):
            case 0:
                made.execute(f'ALTER TABLE "{name}" RENAME TO "was_{name}"')
                made.execute(f'CREATE VIEW "{name}" AS SELECT * FROM "was_{name}"')
            case 1:
                made.execute(f'INSERT INTO "{name}" SELECT * FROM "{name}"')
            case 2 | 3:
                (found,) = made.execute(f'SELECT "{column}" FROM "{name}"').fetchone()
                value = tree(found.encode(), rng, ()).decode()
                made.execute(f'UPDATE "{name}" SET "{column}" = ?', (value,))
            case _:
                value = rng.choice((None, 0, -1, 1.5, b"\xff", rng.choice(TEXTS)))
                made.execute(f'UPDATE "{name}" SET "{column}" = ?', (value,))
        return made.serialize()


def edited(data: bytes, edit: Edit, rng: Random, others: Sequence[bytes]) -> bytes:
    """A few edits one after the other; those that can't be made are left out."""
    for _ in range(rng.choice((1, 1, 1, 2, 3, 5))):
        try:
            data = edit(data, rng, others)
        # An edit meets what others have spoiled before it, in as many ways as there are kinds of file.
        except Exception:
            continue
    return data
