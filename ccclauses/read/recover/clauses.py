"""The clauses, schedules and definitions of a Word file, found by anchor or heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...compare.contents import tidy_text
from ...model.annex import ClauseBlock, DefinitionBlock, Schedule
from ..sections import DEFINITION_ANCHOR
from ..word.document import ReadParagraph
from .joined import divided
from .source import Source, after

_TERM = re.compile(r"[“\"](?P<term>[^”\"]{1,80})[”\"]\s*(?P<text>.*)", re.DOTALL)
_IN_ONE_LINE = re.compile(r"\s+")
# What schedules of earlier annexes were called that are now in the handbook.
_FORMER = {
    "values chosen by the parties": "parameters",
    "reporting calendar": "calendar",
    "evidence register": "evidence",
    "description of the processing": "processing",
}


def clauses_of(source: Source) -> Iterator[ClauseBlock]:
    by_title = {tidy_text(c.title).casefold(): c for c in source.library.clauses.values()}
    matched = set()
    for section in divided(source):
        clause = source.library.clauses.get(section.id) or by_title.get(tidy_text(section.title).casefold())
        id_ = section.id or (clause.id if clause else slug(section.title))
        matched.add("anchor" if section.id else "heading" if clause else "unknown")
        topic = source.library.topics.get(clause.topic) if clause else None
        yield ClauseBlock(
            id=id_,
            version=clause.version if clause else 0,
            topic=clause.topic if clause else "",
            group=topic.group if topic else "",
            number=section.number,
            title=_IN_ONE_LINE.sub(" ", section.title),
            anchor=section.anchor,
            blocks=tuple(source.blocks(section, clause, clause.title if clause else section.title)),
            joined=section.joined,
        )
    if "heading" in matched:
        source.note("matched-by-heading", "clauses without their anchor were found by their heading")


def schedules_of(source: Source) -> Iterator[Schedule]:
    titles = {
        tidy_text(p.text).casefold(): p.name.removeprefix("schedule-")
        for p in source.library.frame
        if p.name.startswith("schedule-")
    } | _FORMER
    for section in source.sections:
        if section.kind == "schedule":
            id_ = section.id or titles.get(tidy_text(section.title).casefold(), slug(section.title))
            yield Schedule(
                id=id_,
                number=section.number,
                title=section.title,
                anchor=section.anchor,
                blocks=tuple(source.blocks(section, None, section.title)),
            )


def definitions_of(source: Source) -> Iterator[DefinitionBlock]:
    section = next((s for s in source.sections if s.kind == "definitions"), None)
    for block in section.blocks if section else ():
        if not isinstance(block, ReadParagraph):
            continue
        match = _TERM.fullmatch(block.text.strip())
        if match:
            anchor = next((a for a in block.anchors if a.startswith(DEFINITION_ANCHOR)), "")
            inlines = after(
                source.inlines(block.segments), len(block.text) - len(block.text.lstrip()) + match.start("text")
            )
            yield DefinitionBlock(term=match["term"], anchor=anchor, inlines=inlines)


def definitions_lead(source: Source) -> dict[str, str]:
    """The sentence that comes before the definitions."""
    section = next((s for s in source.sections if s.kind == "definitions"), None)
    first = section.blocks[0] if section and section.blocks else None
    if not isinstance(first, ReadParagraph) or not first.text.strip() or _TERM.fullmatch(first.text.strip()):
        return {}
    return {"definitions-lead": first.text.strip()}


def slug(title: str) -> str:
    """A name made of the words of a title."""
    return "-".join(re.findall(r"[a-z0-9]+", title.casefold()))[:36] or "part"
