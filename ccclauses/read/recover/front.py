"""What comes before the clauses and after them: title block, parties, opening, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ...compare.contents import tidy_text
from ...model.annex import Block, Paragraph, SignatureBlock, Text
from ...model.profile import Company, Role
from ..parties import company_of
from ..word.document import ReadBlock, ReadParagraph, ReadRow
from .source import SIGNATURES, Source, after

_BEFORE = ("contents", "key terms")  # headings that end or precede the opening
_TYPED_NUMBER = re.compile(r"\s*(?P<number>\((?:\d{1,2}|[A-Z])\))\t\s*")
_CAPACITIES = ("Capacity", "Position", "Title", "Designation", "Function")


def title_of(source: Source) -> str:
    for block in source.front():
        if isinstance(block, ReadParagraph) and block.text.strip():
            return " ".join(block.text.split())
    return source.properties.get("title", source.document.name)


def details_of(source: Source) -> Iterator[tuple[str, str]]:
    """The lines of the title block: a label, a tab, what it says."""
    for block in source.front():
        if isinstance(block, ReadParagraph) and "\t" in block.text:
            label, _, text = block.text.partition("\t")
            yield label.strip(), " ".join(text.split())


def party(source: Source, who: str, details: Mapping[str, str]) -> Company:
    signatories = _signatories(source, 0 if who == "Client" else 1)
    if source.sent_annex:
        party = source.sent_annex.client if who == "Client" else source.sent_annex.provider
        printed = ", ".join(" ".join(x.split()) for x in (party.name, party.registration, party.address) if x)
        if printed == details.get(who, ""):
            return replace(party, signatories=signatories)
    printed = details.get(who, "")
    described = _described(source, 0 if who == "Client" else 1)
    if not printed and described:
        acting = " and ".join(", ".join(filter(None, s)) for s in signatories)
        own = "" if described.represented_by == acting else described.represented_by
        return replace(described, signatories=signatories, represented_by=own)
    name = _party_name(source, printed)
    address = printed[len(name) :].removeprefix(", ") if name != printed else ""
    return Company(name=name, address=address, country="", signatories=signatories)


def _described(source: Source, index: int) -> Company | None:
    """The party that the opening describes at that place, by the name that is under the title."""
    names = next((n for n in map(_names, source.front()) if n), ())
    section = source.named("parties")
    texts = [b.text for b in section.blocks if isinstance(b, ReadParagraph)] if section else []
    texts = [_TYPED_NUMBER.sub("", t) for t in texts if _TYPED_NUMBER.match(t)]
    if index >= len(texts) or index >= len(names):
        return None
    known = source.sent_annex and (source.sent_annex.client, source.sent_annex.provider)[index]
    if known and tidy_text(texts[index]) in source.sent_texts:
        return known
    return company_of(texts[index], names[index], source.library, source.law) or Company(name=names[index], country="")


def _names(block: ReadBlock) -> tuple[str, ...]:
    """The names of both parties, from the line under the title."""
    text = " ".join(block.text.split()) if isinstance(block, ReadParagraph) else ""
    names = tuple(text.split(" – "))
    return names if len(names) == 2 else ()


def _party_name(source: Source, printed: str) -> str:
    """The name at the start of a party's line of the title block; the line under the title names both parties."""
    for block in source.front():
        if isinstance(block, ReadParagraph) and " – " in block.text:
            for name in " ".join(block.text.split()).split(" – "):
                if printed == name or printed.startswith(f"{name}, "):
                    return name
    return printed


def _signatories(source: Source, column: int) -> tuple[tuple[str, str], ...]:
    """Who signs for a party, from its column of the signature table."""
    section = source.named(*SIGNATURES)
    found = []
    for block in section.blocks if section else ():
        if isinstance(block, ReadRow) and column < len(block.cells):
            lines = dict(line.partition(":")[::2] for line in block.texts[column].split("\n") if ":" in line)
            witness = "Address" in lines and "Signature of witness" not in lines
            if lines.get("Name", "").strip() and not witness:
                capacity = next((lines[c].strip() for c in _CAPACITIES if lines.get(c, "").strip()), "")
                found.append((lines["Name"].strip(), capacity))
    return tuple(found)


def execution_of(source: Source) -> Iterator[SignatureBlock]:
    """Where each party signs, side by side: the words over it, and its lines."""
    section = source.named(*SIGNATURES)
    rows = [b for b in section.blocks if isinstance(b, ReadRow)] if section else []
    sides: tuple[Role, ...] = ("client", "provider")
    for column, side in enumerate(sides):
        for row in rows:
            lead, *lines = row.texts[column].split("\n") if column < len(row.cells) else [""]
            if lines:  # the heading of a column has none
                parts = (line.partition(":") for line in lines if line.strip())
                yield SignatureBlock(
                    side=side,
                    lead=" ".join(lead.split()),
                    lines=tuple((label.strip(), " ".join(text.split())) for label, _, text in parts),
                )


def preliminaries_of(source: Source) -> tuple[Block, ...]:
    section = source.named("how to read this annex")
    if section:
        return tuple(b for b in source.blocks(section, None, "") if isinstance(b, Paragraph))
    return tuple(_opening(source))


def _opening(source: Source) -> Iterator[Block]:
    """Date, parties, background and operative words: what comes after the contents, or the title block, until the key terms."""
    before = [b for b in source.front() if isinstance(b, ReadParagraph)]
    # The lines of the title block and of a contents list have a tab.
    listed = [i for i, b in enumerate(before) if b.style.casefold().startswith("toc") or "\t" in b.text]
    last = max(listed, default=len(before))
    for block in before[last + 1 :] if source.named("parties") else ():
        if block.text.strip():
            yield _front_paragraph(source, block)
    for section in source.sections:
        if section.kind not in ("front", "heading") or section.title.casefold() == "key terms":
            break
        if section.kind == "front" or section.title.casefold() in _BEFORE:
            continue
        yield Paragraph(role="heading", inlines=(Text(section.title),))
        for read in section.blocks:
            if isinstance(read, ReadParagraph) and read.text.strip():
                yield _front_paragraph(source, read)


def _front_paragraph(source: Source, read: ReadParagraph) -> Paragraph:
    """A paragraph of the opening; the number of a party or recital is typed before a tab."""
    match = _TYPED_NUMBER.match(read.text)
    paragraph = replace(source.paragraph(read, {}), level=0, number="", full_number="")
    if not match:
        return paragraph
    inlines = source.with_values(after(paragraph.inlines, match.end()), "")
    return replace(paragraph, number=match["number"], full_number=match["number"], role="recital", inlines=inlines)


def testimonium_of(source: Source) -> tuple[Block, ...]:
    section = source.named(*SIGNATURES)
    blocks = [b for b in section.blocks if isinstance(b, ReadParagraph) and b.text.strip()] if section else []
    return tuple(source.paragraph(b, {}) for b in blocks)
