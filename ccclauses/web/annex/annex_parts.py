"""Annex → the parts of the annex screen: each heading with what is under it, its markup and a digest of what it shows.

A part whose digest a browser has already is not sent again. What differs and what changed is judged by the words of a
paragraph with its references by their target, so that a number that moved on is not a difference.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import current_app

from ...load.document.edit import CantEdit, edited, written
from ...model.annex import Annex, DefinitionBlock, Inline, Reference, Table
from ...model.annex import Value as PrintedValue
from ...write.labels import label, signature_rows, title_details
from ...write.plain.blocks import Heading, Item
from ...write.plain.html import ShownItem, shown_items

TITLE, SIGNED = "title", "signatures"
_OPEN = re.compile(r"\[[^\[\]]+\]")
# What a deal chooses of its own; without these it is where the house position, or the plain posture, puts it.
_OWN = ("settings", "postures", "include", "exclude", "credits", "failures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading of the annex with what is under it, as far as the next one.

    `clauses` are the ids of the library's clauses in it: several where the form joins them, none in other parts. `texts` are
    the ids of its paragraphs with their words, and `labels` what one calls them: "12.2", "key terms".
    """

    id: str
    level: int
    number: str
    title: str
    clauses: tuple[str, ...]
    items: tuple[ShownItem, ...]
    texts: Mapping[str, str]
    labels: Mapping[str, str]
    parameters: tuple[str, ...]  # those that it prints, each once

    @property
    def open(self) -> int:
        """How many paragraphs hold a bracket that is still to be filled in."""
        return sum(bool(_OPEN.search(text)) for text in self.texts.values())

    @property
    def name(self) -> str:
        """Its number and title."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A paragraph that a change of the deal made or altered; without an id it is gone."""

    id: str
    label: str


def parts_of(annex: Annex) -> tuple[Part, ...]:
    """The parts of an annex in reading order, the title first and the signatures last."""
    return _parts(_Held(annex))


@dataclass(frozen=True, slots=True)
class _Held:
    """An annex by its identity, as the key of what is remembered of it: annexes are remembered themselves (`deals.state`)."""

    annex: Annex

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.annex is other.annex

    def __hash__(self) -> int:
        return id(self.annex)


@lru_cache(maxsize=32)
def _parts(held: _Held) -> tuple[Part, ...]:
    annex = held.annex
    clauses: dict[str, list[str]] = {}
    heading_of = ""
    for clause in annex.clauses:
        if not clause.joined:
            heading_of = clause.anchor
        clauses.setdefault(heading_of, []).append(clause.id)  # a joined clause has its own anchor, but no heading
    found: list[tuple[Heading | None, list[tuple[Item, ShownItem]]]] = [(None, [])]
    for item, shown in shown_items(annex):
        if isinstance(item, Heading):
            found.append((item, []))
        else:
            found[-1][1].append((item, shown))
    return tuple(
        _part(heading, items, tuple(clauses.get(heading.anchor if heading else "", ())), annex)
        for heading, items in found
        if heading or items
    )


def _part(heading: Heading | None, items: list[tuple[Item, ShownItem]], clauses: tuple[str, ...], annex: Annex) -> Part:
    title, level = (heading.title, heading.level) if heading else (annex.title, 1)
    texts, labels, parameters = {}, {}, []
    for item, shown in items:
        texts[shown.id] = _text(item)
        labels[shown.id] = _label(item, shown, heading, title)
        parameters += [i.parameter for i in _inlines(item) if isinstance(i, PrintedValue) and i.parameter]
    return Part(
        id=heading.anchor if heading else TITLE,
        level=level,
        number=heading.number if heading else "",
        title=title,
        clauses=clauses,
        items=tuple(shown for _, shown in items),
        texts=texts,
        labels=labels,
        parameters=tuple(dict.fromkeys(parameters)),
    )


def _label(item: Item, shown: ShownItem, heading: Heading | None, title: str) -> str:
    if isinstance(item, DefinitionBlock):
        return f"definition of {item.term}"
    if heading and heading.level == 2 and not isinstance(item, Heading) and not isinstance(item.block, Table):
        return item.block.full_number or heading.number or title
    if heading and heading.role == "schedule":
        return heading.number or title
    return f"table in {heading.number}" if heading and heading.level == 2 else title.lower()


def _inlines(item: Item) -> Iterator[Inline]:
    if isinstance(item, DefinitionBlock):
        yield from item.inlines
    elif not isinstance(item, Heading):
        block = item.block
        if isinstance(block, Table):
            yield from (i for row in block.rows for cell in row for i in cell.inlines)
        else:
            yield from block.inlines


def _text(item: Item) -> str:
    return "".join(f"→{i.target}" if isinstance(i, Reference) else i.text for i in _inlines(item))


# -- markup --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A part as it is sent: its markup, and a digest by which a browser names what it has."""

    part: Part
    digest: str
    markup: str
    differs: bool


def drawn(annex: Annex, usual: Annex | None, editable: Iterable[str]) -> tuple[Drawn, ...]:
    """The parts as markup; those that differ from `usual`, the annex of the house position, are marked."""
    known = frozenset(editable)
    others = {text for p in parts_of(usual) for text in p.texts.values()} if usual else set()
    out = []
    for part in parts_of(annex):
        differing = tuple(i for i, text in part.texts.items() if text not in others) if usual and _ours(part) else ()
        front = _front(annex) if part.id == TITLE else ()
        signed = _signed(annex) if part.id == SIGNED else ()
        markup, digest = _markup(_Shape(part, differing, known, front, signed))
        out.append(Drawn(part=part, digest=digest, markup=markup, differs=bool(differing)))
    return tuple(out)


def _ours(part: Part) -> bool:
    """Whether a part is one in which a position shows: the particulars of a deal differ anyway."""
    return part.id != TITLE


@dataclass(frozen=True, slots=True)
class _Shape:
    """All that the markup of a part depends on; the same shape is drawn once."""

    part: Part
    differing: tuple[str, ...]
    editable: frozenset[str]
    front: tuple[tuple[str, str], ...]
    signed: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

    @property
    def key(self) -> object:
        p = self.part
        return (p.id, p.level, p.number, p.title, p.clauses, p.items, self.differing, self.front, self.signed)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shape) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=2048)
def _markup(shape: _Shape) -> tuple[str, str]:
    template = current_app.jinja_env.get_template("desk_part.html")
    text = template.render(
        part=shape.part, differing=shape.differing, editable=shape.editable, front=shape.front, signed=shape.signed
    )
    digest = hashlib.sha256(text.encode()).hexdigest()[:10]
    return text.replace("DIGEST", digest, 1), digest


def _front(annex: Annex) -> tuple[tuple[str, str], ...]:
    draft = ((label(annex, "status"), label(annex, "draft")),) if annex.status == "draft" else ()
    parties = (("", f"{annex.client.name} – {annex.provider.name}"),)
    return (*parties, *draft, *(d for d in title_details(annex) if d[0] != label(annex, "status")))


def _signed(annex: Annex) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The places to sign, the client's on the left."""
    rows = signature_rows(annex) if annex.signatures else ()
    return tuple((b.lead, b.lines) if b else ("", ()) for row in rows for b in row)


# -- what differs and what changed -----------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def usual_text(text: str, base: str = "") -> str:
    """The profile without what the deal chose of its own; `base` is the text of the house position that it extends."""
    try:
        says = written(text)
        own = [k for k in _OWN if says.get(k) or says.keys(k)]
        if base and written(base).get("posture"):
            own.append("posture")
        return edited(text, [(key, "") for key in own])
    except CantEdit:
        return text


def changes(before: Annex, after: Annex) -> tuple[Change, ...]:
    """The paragraphs of the newer annex that the older one does not say, and the places where some are gone."""
    old = {p.id: p for p in parts_of(before)}
    kept = {p.id for p in parts_of(after)}
    out = [Change(id="", label=f"{p.title} is gone") for i, p in old.items() if i not in kept]
    for part in parts_of(after):
        if part.id == TITLE:
            continue
        known = set(old[part.id].texts.values()) if part.id in old else set()
        new = [Change(id=i, label=part.labels[i]) for i, text in part.texts.items() if text not in known]
        gone = known - set(part.texts.values())
        if gone and not new:
            new = [Change(id="", label=part.number or part.title.lower())]
        out += new
    seen: dict[str, Change] = {}
    for change in out:
        seen.setdefault(change.id or change.label, change)
    return tuple(seen.values())


def mentions(annex: Annex, parameter: str, but: str = "") -> tuple[tuple[str, str], ...]:
    """Where else a value is printed: the ids and titles of parts, without the part `but`."""
    return tuple((p.id, p.title) for p in parts_of(annex) if parameter in p.parameters and p.id != but)
