"""A reader of amendments that is not the project's: it does to the text of an annex what an amendment says in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ccclauses.amend.merging.numbers import anchors_of
from ccclauses.model.annex import Annex, Paragraph, Table
from ccclauses.ooxml.package.package import read_package
from ccclauses.read.word.document import ReadParagraph, ReadRow
from ccclauses.read.word.docx import read_docx

Text = dict[str, str]
_Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def said(annex: Annex) -> tuple[Text, Text, Text, dict[str, dict[tuple[str, ...], None]]]:
    """What an annex says: clause paragraphs by number, definitions by term, schedule paragraphs, tables as rows."""
    numbers = anchors_of(annex)
    clauses: Text = {}
    tables = {"Key terms": _rows(annex.key_terms)}
    listed = (b for b in annex.key_values if isinstance(b, Table))
    tables |= {f"Key terms/{place}": _rows(table) for place, table in enumerate(listed, 2)}
    for clause in annex.clauses:
        clauses[numbers[clause.anchor]] = clause.title
        clauses |= {b.full_number: _plain(b.text) for b in clause.blocks if isinstance(b, Paragraph) and b.level}
        for place, table in enumerate((b for b in clause.blocks if isinstance(b, Table)), 1):
            tables[f"in {numbers[clause.anchor]}/{place}"] = _rows(table)
    definitions = {
        d.term: _plain("".join(getattr(i, "noun", "") + i.text for i in d.inlines)) for d in annex.definitions
    }
    paragraphs: Text = {}
    for schedule in annex.schedules:
        number = numbers[schedule.anchor]
        paragraphs[number] = schedule.title
        paragraphs |= {
            f"{number}: {b.full_number}": _plain(b.text) for b in schedule.blocks if isinstance(b, Paragraph)
        }
        for place, table in enumerate((b for b in schedule.blocks if isinstance(b, Table)), 1):
            tables[f"{number}/{place}"] = _rows(table)
    return clauses, definitions, paragraphs, tables


def _rows(table: Table) -> dict[tuple[str, ...], None]:
    return {tuple(_plain(c.text) for c in row): None for row in table.rows}


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def applied(signed: Annex, amendment: bytes) -> tuple[Text, Text, Text, dict[str, dict[tuple[str, ...], None]]]:
    """What the annex says after the amendment, read from its Word file."""
    clauses, definitions, paragraphs, tables = said(signed)
    for order, found in _orders(amendment):
        header, rows = found[0] if found else ((), [])
        if match := re.fullmatch(
            r"(?P<name>.+?) \(.+\): the paragraphs below replace those with the same numbers\.", order
        ):
            for number, words in rows:
                key = f"{match['name']}: {number}"
                target = paragraphs if key in paragraphs else clauses
                key = key if target is paragraphs else number
                assert key in target, order
                target[key] = words
        elif match := re.fullmatch(
            r"(?P<name>(?:Schedule|Exhibit) .+?) \(.+\) is deleted\. Its number stays unused\.", order
        ):
            name = match["name"]
            _clear(f"{name}: ", paragraphs)
            _clear(f"{name}/", tables)
            paragraphs[name] = "Not used"
        elif match := re.fullmatch(
            r"(?:The text of )?(?P<name>(?:Schedule|Exhibit) .+?) \((?P<title>.+)\) is "
            r"(?:replaced by|added after the last schedule):",
            order,
        ):
            name = match["name"]
            assert ("added" in order) == (name not in paragraphs), order
            _clear(f"{name}: ", paragraphs)
            _clear(f"{name}/", tables)
            paragraphs[name] = match["title"]
            quoted: Text = {}
            _put(found, quoted, tables, f"{name}/")
            paragraphs |= {f"{name}: {number}": text for number, text in quoted.items()}
        elif order.startswith("The text below the first table of"):
            _clear("Key terms/", tables)
            tables |= {f"Key terms/{n}": dict.fromkeys(t[1]) for n, t in enumerate(_tables(found), 2)}
        elif order.startswith(("The text under", "The text before the signatures")):
            pass  # `said` has neither
        elif match := re.fullmatch(r"The heading of (?P<name>.+?) \(.+\) is replaced by “(?P<title>.+)”\.", order):
            assert match["name"] in paragraphs
            paragraphs[match["name"]] = match["title"]
        elif match := re.fullmatch(
            r"(?:Clause |Section )?(?P<number>.+?) \(.+\) is (?:deleted\. Its number stays unused\.|replaced by:)",
            order,
        ):
            number = match["number"]
            assert number in clauses, order
            for key in [k for k in clauses if k == number or k.startswith((f"{number}.", f"{number}("))]:
                del clauses[key]
            _clear(f"in {number}/", tables)
            if not found:
                clauses[number] = "Not used"
            _put(found, clauses, tables, f"in {number}/")
        elif match := re.fullmatch(r"After .+, (?:clause |Section )?(?P<number>.+) is inserted:", order):
            assert match["number"] not in clauses
            _put(found, clauses, tables, f"in {match['number']}/")
        elif order.startswith("The definitions below"):
            assert ("replace" in order) == all(term in definitions for term, _ in rows)
            definitions |= dict(rows)
        elif order.startswith("The definition"):
            for term in re.findall("“(.+?)”", order):
                del definitions[term]
        elif match := re.fullmatch(
            r"In (?:table (?P<place>\d) of )?(?P<name>.+?)(?: \(.+?\))?, the rows below (?P<what>.+)\.", order
        ):
            name = match["name"]
            terms = f"Key terms/{match['place']}" if match["place"] else "Key terms"
            table = tables[terms if "Key terms" in name else f"{name}/{match['place'] or 1}"]
            columns = [header.index(c) for c in re.findall("“(.+?)”", match["what"])]
            for row in rows:
                if "deleted" in match["what"]:
                    del table[row]
                elif "added" in match["what"]:
                    assert row not in table
                    table[row] = None
                else:
                    (old,) = (r for r in table if all(r[c] == row[c] for c in columns))
                    del table[old]
                    table[row] = None
        else:
            assert not rows, order
    return clauses, definitions, paragraphs, tables


def _clear(start: str, texts: dict[str, Any]) -> None:
    for key in [k for k in texts if k.startswith(start)]:
        del texts[key]


def _tables(found: list[_Table]) -> list[_Table]:
    return [(header, rows) for header, rows in found if header != ("Number", "Wording")]


def _put(found: list[_Table], texts: Text, tables: dict[str, dict[tuple[str, ...], None]], where: str) -> None:
    """Quoted paragraphs by their numbers, and the tables among them by their places."""
    for header, rows in found:
        if header == ("Number", "Wording"):
            texts |= dict(rows)
    tables |= {f"{where}{place}": dict.fromkeys(rows) for place, (_, rows) in enumerate(_tables(found), 1)}


def _orders(amendment: bytes) -> Iterator[tuple[str, list[_Table]]]:
    """Each numbered paragraph with the tables under it, each its head and its rows."""
    order: str | None = None
    found: list[_Table] = []
    for block in read_docx(read_package(amendment)).blocks:
        if isinstance(block, ReadParagraph) and (block.level > 1 or block.heading):
            if order:
                yield order, found
            order, found = (_plain(block.text) if block.level > 1 else None), []
        elif isinstance(block, ReadRow) and order:
            cells = tuple(_plain(t) for t in block.texts)
            if block.header:
                found.append((cells, []))
            else:
                found[-1][1].append(cells)
    if order:
        yield order, found
