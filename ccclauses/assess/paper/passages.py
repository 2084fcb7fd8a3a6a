"""Lines of a paper → passages and sentences with the scope that headings, lead-ins and definitions give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal

from ...model.findings.assessment import Line, Paper, Passage, Sentence
from .language import language_of
from .plain import plain_of
from .roles import Names, names_of

Kind = Literal["text", "heading", "item", "definition", "contents", "row"]
_ITEM = re.compile(r"^\s*(?:[-–—•*·▪◦‣o●○]\s|\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})\)\s|[a-z]\.\s|[ivx]{1,5}\.\s|\d{1,2}\.\s)")
_NUMBERED = re.compile(
    r"^\s*((?:(?:section|article|clause|§)\s*)?\d{1,3}(?:\.\d{1,3})*\.?|[A-Z]\.|[IVX]{1,5}\.|\([a-z0-9]{1,4}\)|[a-z]\))\s+",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"(?:\.{3,}|\s{2,}|\t|…)\s*\d{1,3}\s*$")
_ENDS = re.compile(r"[.;:,!?]['\"”’)]*$|\b(?:and|or)$")
_DEFINITION = re.compile(
    r"^\W*(?:\d[\d.]*\s+|\(?[a-z]\)\s+)?(?:the |an? )?[“\"'*]{1,3}([^“”\"*]{2,60}?),?[”\"'*]{1,3}(?:\s*\([^)]*\))?(?:\s+or\s+[“\"'][^”\"']+[”\"'])?\s*(?:means?|shall mean|refers? to|has the meaning|have the meaning|will have the meaning|includes?|:|is defined)",
    re.IGNORECASE,
)
_GLOSSARY = re.compile(r"\b(?:defin|glossary|acronym|abbreviation|terminology)", re.IGNORECASE)
_ENTRY = re.compile(r"^\W*[\d.]*\s*(?:[“\"][A-Z]|[A-Z][\w /&()’'-]{1,50}(?::|\s\||\s[-–—])\s)")
_SPLIT = re.compile(r"(?<=[.!?])[”\"')]*\s+(?=[A-Z“\"(\[0-9])|\s*\|\s*|(?<=;)\s+(?=\(?(?:[a-z]|[ivx]+|\d)\)\s)")
_SEMICOLONS = re.compile(r"(?<=;)\s+(?!provided|however|except|unless|subject|but|and provided|so long|if )")
_LONG = 500  # characters of a sentence that is read by its semicolons
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|no|nos|art|arts|sec|inc|ltd|corp|co|vs|approx|max|min|fig|para|paras|cl|mr|ms|dr|st|incl|etc)|\b[A-Z]|^\W*\d[\d.]*|^\W*[a-z]|§)\.$",
    re.IGNORECASE,
)
_OPENING = re.compile(r".{0,220}?(?::|\((?:a|i|1)\))")  # what "(a) …; (b) …" has in common
_CUT = re.compile(r"[a-z,]$")
_FOOTER = re.compile(r"\W*(?:page )?\d{1,3}(?: of \d+)?\W*|source:.*", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:runs?|takes?|uses?|keeps?|encrypts?|performs?|conducts?|maintains?|provides?|applies|apply|require[sd]?|undergo(?:es)?)\b"
)
_SMALL = frozenset("a an and at by for from in of on or the to with".split())
_CLAUSES = re.compile(r"standard contractual clauses|model clauses|\bclauses?\b.*\bannex\b", re.IGNORECASE)
_CLAUSE_NUMBER = re.compile(r"^\s*clause \d{1,2}\b", re.IGNORECASE)
_EXPORTER = re.compile(r"\bdata (?:importer|exporter)\b", re.IGNORECASE)
_HAS_VALUE = re.compile(
    r"\b\d+ (?:business |working |calendar )?(?:minute|hour|day|week|month|year)s?\b|BLANK|\b(?:annual|quarter|month)ly\b"
)
_MODAL = re.compile(r"\b(?:shall|will|must|may|is|are|has|have|agrees?|does|can|should)\b", re.IGNORECASE)


def paper_of(
    name: str,
    lines: Sequence[Line],
    *,
    supplier: Sequence[str] = (),
    client: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Paper:
    """The paper as passages and sentences; `supplier` and `client` are further names of the parties, if known."""
    names = names_of([line.text for line in lines], supplier, client)
    passages = tuple(_passages(lines))
    plain = [plain_of(p.text, names) for p in passages]
    defined = dict(_defined(passages, plain))
    children: dict[int, list[int]] = {}
    for p in passages:
        if p.lead >= 0:
            children.setdefault(p.lead, []).append(p.index)
    blocks = {}
    for p in passages:
        around = [p.lead, *children[p.lead]] if p.lead >= 0 else [p.index, *children.get(p.index, [])]
        blocks[p.index] = " ".join(plain[i] for i in around[:40]) if len(around) > 1 else plain[p.index]
    for table in _tables(passages):
        blocks.update(dict.fromkeys(table, " . ".join(plain[i] for i in table)[:4000]))
    sentences = tuple(_sentences(passages, names, defined, plain, children))
    return Paper(
        name=name,
        passages=passages,
        sentences=sentences,
        blocks=blocks,
        language=language_of(" ".join(line.text for line in lines)),
        supplier=names.supplier,
        client=names.client,
        notes=(*notes, *names.notes),
    )


def _tables(passages: Sequence[Passage]) -> Iterator[list[int]]:
    """The rows that follow each other: a heading row and what comes below it say one thing."""
    rows: list[int] = []
    for passage in passages:
        if passage.kind == "row":
            rows.append(passage.index)
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def _passages(lines: Sequence[Line]) -> Iterator[Passage]:
    heading, lead, outer = "", -1, -1
    embedded = False
    definitions = False
    for index, line in enumerate(lines):
        text = line.text.strip()
        match = _NUMBERED.match(text)
        number = line.number or (match[1] if match else "")
        words = text[match.end() :] if match else text
        kind: Kind = "row" if line.row or " | " in text else "text"
        is_item = bool(_ITEM.match(line.text))
        # "Audit Rights." is a heading, "We encrypt traffic." is not.
        titled = _titled(words)
        short = len(words.split()) <= 12 and not _ENDS.search(text.rstrip(".") if titled else text)
        is_heading = line.heading or (
            bool(text)
            and short
            and not text.startswith(("-", "•", "*", "–"))
            and kind == "text"
            and (not _MODAL.search(words) or words.isupper())
            and (words[:1].isupper() or words[:1] in '“"')
            and not (is_item and lead >= 0 and not re.match(r"\s*\d", text))
            and not _continues(lines, index, lead)
        )
        if line.contents or _CONTENTS.search(line.text):
            kind = "contents"
        elif is_heading:
            kind = "heading"
            heading, lead, outer = text, -1, -1
            definitions = bool(_GLOSSARY.search(text))
            if _CLAUSE_NUMBER.match(text):
                embedded = True
            elif (
                embedded
                and not re.match(r"^\s*(?:clause|appendix|module|option|section)\b", text, re.IGNORECASE)
                and (match or text.isupper())
            ):
                embedded = bool(_CLAUSES.search(text))
        elif _DEFINITION.match(text) or (definitions and _ENTRY.match(text)):
            kind = "definition"
        belongs = -1
        if kind in ("text", "row") and (is_item or lead >= 0):
            if lead >= 0 and index - lead <= 40 and (is_item or _continues(lines, index, lead)):
                belongs, kind = lead, "item" if kind == "text" else kind
            elif is_item and text.lstrip()[:1] in "-–—•*·▪◦‣●○":
                kind = "item"
            else:
                lead = -1
        yield Passage(
            index=index, number=number, text=text, heading=heading if kind != "heading" else "", lead=belongs, kind=kind,
            embedded=embedded or bool(_EXPORTER.search(text)),
        )  # fmt: skip
        if kind in ("contents", "heading", "definition"):
            continue
        if (
            text.endswith((":", ":-", "–", "—"))
            or re.search(r"\bfollowing[^.]{0,40}$", text)
            or (re.search(r"\b(?:shall|will|must|to)$", text))
        ):
            if belongs >= 0:
                outer = belongs
            lead = index
        elif belongs >= 0 and not is_item and text.endswith("."):
            lead = outer
    return


def _continues(lines: Sequence[Line], index: int, lead: int) -> bool:
    """Whether a line without a bullet still belongs to a list: it follows the lead-in at once, or ends as an item does."""
    if lead < 0:
        return False
    text, before = lines[index].text.strip(), lines[index - 1].text.strip()
    return bool(
        (index - lead == 1 and len(text.split()) < 60)
        or (before.endswith((";", ",", "; and", "; or", ", and")) and index - lead < 30)
        or (text.endswith((";", "; and", "; or")) and index - lead < 30)
    )


def _defined(passages: Sequence[Passage], plain: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each defined term, or row of a cover page, whose meaning is a value or a blank; with what cues read of it."""
    for passage, words in zip(passages, plain):
        match = _DEFINITION.match(passage.text)
        term = match[1].strip() if match else ""
        if not term and passage.kind == "row":
            term = re.split(r"\s*\|\s*|\s*:\s+", passage.text)[0].strip(' *:"“”')
        if (
            term and 2 <= len(term.split()) <= 6 and term[0].isupper() and sum(w[0].isupper() for w in term.split()) >= 2
            and re.search(r"\b(?:Period|Time|Window|Deadline|Date|Term|Notice|Interval|Limit|Frequency)\b", term)
            and _HAS_VALUE.search(words) and len(words) < 700
        ):  # fmt: skip
            yield term, words


def _sentences(
    passages: Sequence[Passage],
    names: Names,
    defined: Mapping[str, str],
    plain: Sequence[str],
    children: Mapping[int, Sequence[int]],
) -> Iterator[Sentence]:
    split = _parts(passages)
    for passage in passages:
        if passage.kind in ("contents",):
            continue
        before: list[str] = []
        scope = _scope(passage, passages, plain)
        head = plain_of(passage.heading, names) if passage.heading else ""
        title = opening = ""
        parts = split[passage.index]
        for place, part in enumerate(parts):
            words = plain_of(part, names)
            for term, meaning in defined.items():
                if term in part and meaning not in words:
                    words = f"{words} ({meaning})"
            if not place or not parts[place - 1].endswith(";"):
                begins = _OPENING.match(words)
                opening = begins[0] if begins else ""
            is_title = place == 0 and len(parts) > 1 and _is_title(part, words)
            below = (
                " ".join(plain[i] for i in children.get(passage.index, ())[:8])[:600] if place == len(parts) - 1 else ""
            )
            context = " . ".join(filter(None, (head, scope, title, *before[-2:], below)))
            if words and not (is_title and passage.kind not in ("row", "item")):
                own = " . ".join(filter(None, (scope, opening))) if place and parts[place - 1].endswith(";") else scope
                yield Sentence(
                    passage=passage.index, text=part, plain=words, head=f"{head} . {title}", context=context, scope=own
                )
            if is_title:
                title = words
            else:
                before.append(words)


def _parts(passages: Sequence[Passage]) -> list[list[str]]:
    """The sentences of each passage; one that a page break cut in two stands whole where more of it is."""
    parts = [_split(p.text) for p in passages]
    for one, other in pairwise(p for p in passages if p.text and not _FOOTER.fullmatch(p.text)):
        if one.kind not in ("text", "item") or other.kind != "text" or not parts[one.index] or not parts[other.index]:
            continue
        if len(one.text) > 60 and _CUT.search(one.text) and other.text[:1].islower():
            head, tail = parts[one.index].pop(), parts[other.index].pop(0)
            if len(tail) > len(head):
                parts[other.index].insert(0, f"{head} {tail}")
            else:
                parts[one.index].append(f"{head} {tail}")
    return parts


def _titled(text: str) -> bool:
    return all(w[:1].isupper() or w in _SMALL for w in text.rstrip(".:").split())


def _is_title(text: str, plain: str) -> bool:
    """Whether the first words of a paragraph are its title: "Right to Object." is, "Backups run nightly." is not."""
    words = len(text.split())
    if words > 7 or _MODAL.search(text):
        return False
    return _titled(text) or (
        words <= 4 and not plain.startswith(("SUPPLIER", "CLIENT", "SUBP")) and not _VERB.search(plain)
    )


def _scope(passage: Passage, passages: Sequence[Passage], plain: Sequence[str]) -> str:
    """The lead-ins of a list item, the outermost first."""
    found: list[str] = []
    lead = passage.lead
    while lead >= 0 and len(found) < 3:
        found.insert(0, plain[lead])
        lead = passages[lead].lead
    return " . ".join(found)


def _split(text: str) -> list[str]:
    parts: list[str] = []
    pieces = [p for s in _SPLIT.split(text) if s for p in (_SEMICOLONS.split(s) if len(s) > _LONG else (s,))]
    for piece in pieces:
        if piece is None or not piece.strip():
            continue
        if parts and (_ABBREVIATION.search(parts[-1]) and len(parts[-1]) < 400 and not parts[-1].endswith("|")):
            parts[-1] = f"{parts[-1]} {piece.strip()}"
        else:
            parts.append(piece.strip())
    return parts or [text]
