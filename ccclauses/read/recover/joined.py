"""Clauses that are joined under one heading of a short form, told apart in a Word file: by their anchors, or by their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...compare.align import similarity
from ...compare.contents import tidy_text
from ...derive.rungs import every_line
from ...model.library.form import FULL, Article, Form
from ..sections import Section
from ..word.document import ReadBlock, ReadParagraph
from .source import Source

_PARAGRAPH = 2  # the level of the paragraphs right below a heading


def form_of(source: Source) -> str:
    """The form whose outline has the headings of a file; the full one where none has half of them."""
    headings = [_key(s.title) for s in source.sections if s.kind == "clause" and not s.joined]
    for form in source.library.forms.values():
        if form.outline and 2 * len(_articles(form).keys() & set(headings)) >= len(headings) > 0:
            return form.id
    return FULL


def divided(source: Source) -> Iterator[Section]:
    """The clauses of a file. Where the anchors of those that are joined are gone, their words tell where each begins."""
    form = source.library.forms[source.form]
    articles = _articles(form)
    clauses = [s for s in source.sections if s.kind == "clause"]
    for section, after in zip(clauses, [*clauses[1:], None]):
        article = articles.get(_key(section.title))
        if article is None or section.joined or (after and after.joined):
            yield section
        else:
            yield from _by_words(source, section, article, form)


def _key(title: str) -> str:
    return tidy_text(title).casefold()


def _articles(form: Form) -> dict[str, Article]:
    return {_key(article.title): article for article in form.outline}


def _by_words(source: Source, section: Section, article: Article, form: Form) -> Iterator[Section]:
    """The clauses of a heading: each paragraph goes to the clause whose wording it is most like, in the order of the outline."""
    members = [m.clause for m in article.of if m.clause in source.library.clauses]
    groups = _groups(section.blocks)
    if len(members) < 2 or not groups:
        yield replace(section, id=section.id or members[0]) if members else section
        return
    wordings = [_wordings(source, member, form) for member in members]
    likeness = [[max((similarity(text, w) for w in known), default=0.0) for known in wordings] for text, _ in groups]
    chosen = _in_order(likeness)
    joined = False
    for place, member in enumerate(members):
        blocks = [b for n, (_, own) in zip(chosen, groups) if n == place for b in own]
        if blocks:
            known = source.library.clauses
            id_ = section.id if not joined and section.id in known else member
            yield replace(
                section, id=id_, anchor=section.anchor if not joined else "", blocks=tuple(blocks), joined=joined
            )
            joined = True


def _groups(blocks: Sequence[ReadBlock]) -> list[tuple[str, list[ReadBlock]]]:
    """The paragraphs right below a heading, each with what is below it, as words and as blocks."""
    out: list[tuple[str, list[ReadBlock]]] = []
    for block in blocks:
        if not out or (isinstance(block, ReadParagraph) and block.level == _PARAGRAPH):
            out.append(("", []))
        words, own = out[-1]
        out[-1] = (f"{words} {block.text}" if isinstance(block, ReadParagraph) else words, [*own, block])
    return out


def _wordings(source: Source, clause: str, form: Form) -> list[str]:
    """The paragraphs of a clause in the form, at every posture, each with what is below it."""
    law = source.law or next(iter(source.library.laws.values()))
    texts: dict[str, None] = {}
    own = ""
    for line in (*every_line(source.library.clauses[clause], source.library, law, form.id), None):
        if line is None or line.level == _PARAGRAPH:
            texts |= {own: None} if own else {}
            own = ""
        own += f" {line.text}" if line else ""
    return list(texts)


def _in_order(likeness: Sequence[Sequence[float]]) -> list[int]:
    """For each paragraph the clause to which it goes: those of greatest likeness together, never going back to an earlier one."""
    best: list[tuple[float, list[int]]] = [(0.0, []) for _ in likeness[0]]
    for row in likeness:
        nearest: tuple[float, list[int]] = (-1.0, [])
        grown = []
        for place, value in enumerate(row):
            nearest = max(nearest, best[place], key=lambda pair: pair[0])
            grown.append((nearest[0] + value, [*nearest[1], place]))
        best = grown
    return max(best, key=lambda pair: pair[0])[1]
