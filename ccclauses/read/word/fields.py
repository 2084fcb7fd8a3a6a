"""Fields and what they would show: a cached result stays until somebody brings fields up to date, or another program does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from .document import ReadBlock, ReadDocument, ReadField, ReadParagraph, ReadRow

if TYPE_CHECKING:
    from .walker import Walker

# What fields of the document's properties are called, and what the properties are called in the file.
_PROPERTIES = {
    "TITLE": "title",
    "SUBJECT": "subject",
    "AUTHOR": "creator",
    "KEYWORDS": "keywords",
    "COMMENTS": "description",
    "LASTSAVEDBY": "lastModifiedBy",
}
_NAMES = {
    "category": "category", "company": "Company", "manager": "Manager", "title": "title", "subject": "subject",
    "author": "creator", "keywords": "keywords", "comments": "description",
}  # fmt: skip
_CODE = re.compile(r"\s*(?P<word>\w+)\s*(?P<name>\"[^\"]*\"|[^\s\\\\]+)?(?P<rest>.*)", re.DOTALL)
_NAME = re.compile(r"[^\W\d]\w*")
_COMPUTED = frozenset({"IF", "COMPARE", "SKIPIF", "NEXTIF"})
_NUMBER = re.compile(r"\\[nrw]\b", re.IGNORECASE)


def up_to_date(
    walker: Walker, blocks: Iterable[ReadBlock], properties: Iterable[tuple[str, str]]
) -> tuple[ReadField, ...]:
    """The fields of a document, those that refer to it with what they would show now."""
    numbers: dict[str, ReadParagraph] = {}
    for block in blocks:
        for paragraph in [p for c in block.cells for p in c] if isinstance(block, ReadRow) else [block]:
            for anchor in paragraph.anchors:
                numbers.setdefault(anchor, paragraph)
    known = {name.casefold(): value for name, value in properties}
    marked = {name.casefold(): words for name, words in walker.bookmarks.items()}
    return tuple(
        replace(f, now=now, rests_on="" if now else _rests_on(f, marked))
        for f in walker.fields
        for now in (_now(f, numbers, marked, walker.signs, known),)
    )


def _rests_on(field: ReadField, bookmarks: Mapping[str, str]) -> str:
    """The words of the bookmarks that a formula or a condition names."""
    keyword = next(iter(field.code.split(None, 1)), "").upper()
    if not (keyword.startswith("=") or keyword in _COMPUTED):
        return ""
    return " | ".join(bookmarks[n] for word in _NAME.findall(field.code) if (n := word.casefold()) in bookmarks)


def _now(
    field: ReadField,
    numbers: Mapping[str, ReadParagraph],
    bookmarks: Mapping[str, str],
    signs: Mapping[str, str],
    known: Mapping[str, str],
) -> str:
    code = _CODE.match(field.code)
    if code is None:
        return ""
    word, name, rest = code["word"].upper(), (code["name"] or "").strip('"'), code["rest"]
    if word == "INFO":
        word, name = name.upper(), rest.strip().strip('"')
    if word in _PROPERTIES:
        # A field with words of its own sets the property to them.
        return "" if name and not name.startswith("\\") else known.get(_PROPERTIES[word].casefold(), "")
    if word == "DOCPROPERTY":
        return known.get(_NAMES.get(name.casefold(), name).casefold(), "")
    if word == "DOCVARIABLE":
        return known.get(f"docvariable {name.casefold()}", "")
    if word == "NOTEREF":
        return signs.get(name, "") if field.shown.strip().isdecimal() else ""
    if word.casefold() in bookmarks and (not name or name.startswith("\\")):  # the name of a bookmark alone
        return bookmarks[word.casefold()]
    if word != "REF" or not name:
        return ""
    if _NUMBER.search(rest):
        return _number(field.shown, numbers.get(name))
    if re.search(r"\\[fp]\b", rest):
        return ""
    return bookmarks.get(name.casefold(), "")


def _number(shown: str, paragraph: ReadParagraph | None) -> str:
    """The number of a paragraph in the form in which a field shows it: its own, in full, or from where the field stands."""
    if paragraph is None:
        return ""
    own, full = paragraph.number.rstrip("."), paragraph.full_number.rstrip(".")
    bare = shown.strip().rstrip(".")
    return (
        shown
        if bare and (bare in (own, full) or full.endswith(bare) or _plain(full).endswith(_plain(bare)))
        else full or "0"
    )


_UNCOUNTED = frozenset(
    {"LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT"}
)  # numbers that Word computes and stores nowhere
SHOWN_BY_CODE = _UNCOUNTED | {"EQ", "SYMBOL", "ADVANCE"}  # fields that Word shows by their code, whatever is stored
# Fields that show nothing, or that are shown by what they hold.
_SILENT = frozenset(
    {
        "",
        "TC",
        "XE",
        "TA",
        "RD",
        "SET",
        "ASK",
        "HYPERLINK",
        "FORMTEXT",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "PRIVATE",
        "ADDIN",
    }
    | {
        "TOC",
        "INDEX",
        "TOA",
        "BIBLIOGRAPHY",
        "PAGE",
        "NUMPAGES",
        "SECTIONPAGES",
        "PAGEREF",
        "MACROBUTTON",
        "GOTOBUTTON",
    }
)


def approximations(fields: Iterable[ReadField]) -> Iterator[str]:
    """What a reader of Word sees otherwise: fields whose result is missing or out of date."""
    fields = tuple(fields)
    keywords = [next(iter(f.code.split(None, 1)), "").upper() for f in fields]
    counted = sorted({k for k in keywords if k in _UNCOUNTED})
    if counted:
        yield f"numbers of {' and '.join(counted)} fields are not shown: Word computes them and stores none"
    missing = [k for k, f in zip(keywords, fields) if not f.shown.strip() and k not in _SILENT | _UNCOUNTED]
    if missing:
        yield f"{len(missing)} field{'s' if len(missing) > 1 else ''} without a stored result: {', '.join(sorted(set(missing)))}"
    for field in dict.fromkeys(f for f in fields if f.is_stale):
        yield f"{{{field.code}}} shows “{field.shown.strip()}”, and “{field.now.strip()}” once fields are updated"


def newly_stale(before: ReadDocument, after: ReadDocument) -> Iterator[ReadField]:
    """Fields that will show something else once they are brought up to date, and did not so in the earlier document.

    A reference whose target has another number by now counts only where its bookmark was carried to another paragraph:
    that numbers have moved on is reported by the numbers.
    """
    resting = Counter((f.code, f.rests_on) for f in before.fields)
    codes = {f.code for f in before.fields}
    for field in after.fields:
        if field.rests_on and field.code in codes and resting[field.code, field.rests_on] < 1:
            yield replace(field, now=f"what it computes from “{' '.join(field.rests_on.split())}”")
    known = Counter((f.code, f.now.casefold()) for f in before.fields if f.is_stale)
    (was, old_texts), (now, new_texts) = _anchored(before), _anchored(after)
    for field in after.fields:
        if not field.is_stale:
            continue
        if known[field.code, field.now.casefold()] > 0:
            known[field.code, field.now.casefold()] -= 1
            continue
        words = field.code.split()
        target = words[1].strip('"') if len(words) > 1 and words[0].upper() == "REF" else ""
        texts = was.get(target), now.get(target)
        if target and (texts[0] == texts[1] or not (texts[0] in new_texts or texts[1] in old_texts)):
            continue
        yield field


def _anchored(document: ReadDocument) -> tuple[dict[str, str], set[str]]:
    """The text of the paragraph that carries each anchor, and the texts of all paragraphs."""
    texts = [(p.anchors, " ".join(p.text.split())) for p in document.paragraphs()]
    return {anchor: text for anchors, text in texts for anchor in anchors}, {text for _, text in texts if text}


def _plain(text: str) -> str:
    return re.sub(r"\W|paragraph|section|article|clause", "", text.casefold())
