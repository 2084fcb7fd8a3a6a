"""Clauses, annexes and Word contracts → subjects for the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ..compose.texts import marks
from ..compose.texts.markup import Draft, MarkupError, OpenValue, parse_markup, terms_of
from ..compose.texts.scope import chosen_parts, parsed
from ..compose.texts.template import render_all
from ..derive.rungs import ShownScope, Worth, shown_sanctions
from ..model.annex import Annex, Block, Paragraph, Term, Value
from ..model.diagnostic import Position
from ..model.library.clause import Clause, Part, Variant
from ..model.library.form import FULL
from ..model.library.library import Definition, Law, Library
from .subject import Passage, Subject, forms_of

Settings = Mapping[str, Worth]  # by parameter

_MEANS = r"[^.;]{0,40}\b(?:means?|ha(?:s|ve) the meanings?|includes?|refers? to)\b"
_DEFINITION = re.compile(
    rf"[“\"](?P<quoted>[A-Z][^”\"]{{1,60}})[”\"](?={_MEANS})"
    r"|\((?:the|this|(?:in )?each(?: case)?,? (?:an?|the)|an?|(?:together|collectively|hereinafter|hereafter)(?: referred to as)?,?(?: the)?)?\s*[“\"](?P<bracketed>[A-Z][^”\"]{1,60})[”\"]"
)
_QUOTED = re.compile(r"(?:\((?:the )?|\b(?:is|are)(?: an?)? )\"([A-Z][A-Za-z -]+)\"")
_DEFINES = re.compile(rf"\W*(?:\d[\d.]*\W*)?[“\"][A-Z][^”\"]{{0,60}}[”\"]{_MEANS}")  # a paragraph that only defines
_ITEM = re.compile(r"\(?[a-z0-9ivx]{1,4}[.)]\s")  # a label that was typed
_ITEM_NUMBER = re.compile(r"(?:^|[.(])(?:[a-z]|[ivx]+)[.)]?$|^[•▪o–-]$")  # and one that Word counts: "4.2(a)"
_RULES_OF_READING = re.compile(
    r"[Ii]nclud\w+[”\"’']?\b.{0,80}\b(?:without limit|not limit|does not limit|limitation)", re.DOTALL
)


def library_subjects(library: Library, clauses: Iterable[Clause] | None = None) -> Iterator[Subject]:
    """Each wording and each part of the clauses, all branches of their conditions side by side, and the definitions."""
    terms = _quoted_terms(library)
    terms |= {spelling: d.term for d in library.definitions.values() for spelling in (f"{d.term}s", *d.forms, d.term)}
    settings = {posture: _settings(library, posture) for posture in library.postures}
    for clause in library.clauses.values() if clauses is None else clauses:
        for text in clause.texts:
            yield _clause_subject(clause, text, library, terms, settings)
    if clauses is None:
        yield _definition_subject(library, terms, settings)


def _quoted_terms(library: Library) -> dict[str, str]:
    """Terms that the clauses or the words around them define in quotation marks where they are first used, by spelling."""
    texts = [p.text for p in library.frame] + [t.text for c in library.clauses.values() for t in c.texts]
    found = {term for text in texts for term in _QUOTED.findall(text)}
    found |= {p.text for p in library.frame if p.name == "heading-key-terms"}  # a heading that is named as it is
    return {spelling: term for term in sorted(found) for spelling in forms_of(term)}


def _settings(library: Library, posture: str) -> Settings:
    """The value of every parameter at a posture, as wordings show it."""
    parameters = (p for clause in library.clauses.values() for p in clause.parameters.values())
    return {p.name: Worth(p.values[posture]) for p in parameters if posture in p.values}


def laws_of(laws: tuple[str, ...], library: Library) -> tuple[Law, ...]:
    """The governing laws that a list of ids and families names; all of them for an empty list."""
    return tuple(law for law in library.laws.values() if not laws or law.id in laws or law.family in laws)


def _clause_subject(
    clause: Clause, text: Variant | Part, library: Library, terms: Mapping[str, str], settings: Mapping[str, Settings]
) -> Subject:
    postures = text.postures if isinstance(text, Variant) else tuple(library.postures)
    form = "" if text.form in ("", FULL) else f", {text.form} form"
    name = f"{clause.id} ({', '.join(postures) if isinstance(text, Variant) else f'part {text.name}'}{form})"
    laws = laws_of(text.laws, library)
    if isinstance(text, Part) and not text.laws:
        # A part for every other law is not read under those that have a part of their own.
        others = [p for p in clause.parts if p.name == text.name and p.laws]
        own = {law.id for part in others for law in laws_of(part.laws, library)}
        laws = tuple(law for law in laws if law.id not in own)
    passages = tuple(_passages(text, _scope(clause, library, laws, postures, settings, text.form or FULL)))
    return Subject(
        name=name,
        passages=passages,
        clause=clause,
        library=library,
        form=text.form,
        laws=laws,
        terms=terms,
        house=True,
    )


def _scope(
    clause: Clause,
    library: Library,
    laws: tuple[Law, ...],
    postures: tuple[str, ...],
    settings: Mapping[str, Settings],
    form: str = FULL,
) -> ShownScope:
    posture = postures[0] if postures else next(iter(library.postures))
    law = laws[0] if laws else next(iter(library.laws.values()))
    shown = settings.get(posture, {})
    return ShownScope(clause, library, law, shown, chosen_parts(clause.parts, law, form), shown_sanctions(clause), form)


def _definition_subject(library: Library, terms: Mapping[str, str], settings: Mapping[str, Settings]) -> Subject:
    passages = []
    anchor = next(iter(library.clauses.values()), None)
    if anchor is not None:
        scope = _scope(anchor, library, tuple(library.laws.values()), tuple(library.postures), settings)
        passages = [_defined(d, scope) for d in library.definitions.values()]
    return Subject(name="definitions", passages=tuple(passages), library=library, terms=terms, house=True)


def _defined(definition: Definition, scope: ShownScope) -> Passage:
    template, _ = parsed(definition)
    words = _words(render_all(template, scope)) if template else definition.text
    source = tuple(definition.text.split("\n"))
    at = Position(file=definition.at.file, line=definition.text_line)
    return Passage(text=f"“{definition.term}” {' '.join(words.split())}", at=at, definition=True, source=source)


def _passages(text: Variant | Part, scope: ShownScope) -> Iterator[Passage]:
    template, _ = parsed(text)
    if template is None:
        return
    try:
        drafts = [d for d in parse_markup(render_all(template, scope), terms_of(())) if isinstance(d, Draft)]
    except MarkupError:
        return
    registered = {duty.paragraph for duty in scope.clause.duties} - {""}
    lines = [" " * (text.text_column - 1) + line for line in text.text.split("\n")]
    leads: dict[int, str] = {}
    for index, draft in enumerate(drafts):
        words = _inline_words(draft)
        level = draft.level or 2
        leads = {n: lead for n, lead in leads.items() if n < level}
        first = max(0, draft.line - text.text_line)
        later = [d.line for d in drafts[index + 1 :] if d.line > draft.line]
        last = later[0] - text.text_line if later else len(lines)
        yield Passage(
            text=words,
            at=Position(file=text.at.file, line=draft.line or text.text_line, column=text.text_column),
            label=draft.label,
            level=draft.level,
            lead=" ".join(leads.values()),
            source=tuple(lines[first:last]),
            registered=draft.label in registered,
            printed=frozenset(i.parameter for i in draft.inlines if isinstance(i, OpenValue) and i.parameter),
        )
        if words.endswith(":"):
            leads[level] = words


def _inline_words(draft: Draft) -> str:
    return "".join("1.1" if hasattr(i, "target") else i.text for i in draft.inlines).strip()


def _words(text: str) -> str:
    """Marked text as plain words."""
    text = re.sub(rf"{marks.VALUE}[^\x1f]*\x1f[^\x1f]*\x1f([^{marks.END}]*){marks.END}", r"\1", text)
    return re.sub(rf"[{marks.REFERENCE}{marks.LINE}][^{marks.END}]*{marks.END}", "", text)


def annex_subject(annex: Annex, name: str) -> Subject:
    """A composed or recovered annex; its tables are data and are not judged as sentences."""
    passages: list[Passage] = []
    registered = {o.id.partition("/")[0] for o in annex.obligations}
    sections: list[tuple[str, tuple[Block, ...]]] = [
        ("", annex.preliminaries),
        *((c.id, c.blocks) for c in annex.clauses),
    ]
    for clause, blocks in sections:
        leads: dict[int, str] = {}
        for block in blocks:
            if not isinstance(block, Paragraph):
                continue
            level = block.level or 2
            leads = {n: lead for n, lead in leads.items() if n < level}
            passages.append(
                Passage(
                    text=block.text,
                    at=block.at or Position(file=name, line=len(passages) + 1),
                    number=block.full_number,
                    label=block.label,
                    level=block.level,
                    lead=" ".join(leads.values()),
                    registered=bool(block.label) and f"{clause}#{block.label}" in registered,
                    printed=frozenset(i.parameter for i in block.inlines if isinstance(i, Value)),
                )
            )
            if block.text.endswith(":"):
                leads[level] = block.text
    for definition in annex.definitions:
        text = f"“{definition.term}” {''.join(i.text for i in definition.inlines)}"
        number = f"definition of {definition.term}"
        passages.append(Passage(text=text, at=Position(file=name), number=number, definition=True))
    terms = {spelling: d.term for d in annex.definitions for spelling in forms_of(d.term)}
    # Forms of a term that are no plain plural are known by their use.
    worded = [b for c in annex.clauses for b in c.blocks if isinstance(b, Paragraph)]
    terms |= {i.text: i.term for b in worded for i in b.inlines if isinstance(i, Term)}
    schedules = frozenset(s.number for s in annex.schedules)
    return Subject(name=name, passages=tuple(passages), terms=terms, schedules=schedules, house=True)


def words_subject(paragraphs: Iterable[tuple[str, str, bool]], name: str) -> Subject:
    """Any contract: each paragraph with its number, its text and whether it is a heading; its line is its count."""
    passages: list[Passage] = []
    lead = ""
    for count, (number, text, heading) in enumerate(paragraphs, 1):
        text = " ".join(text.split())
        if not text:
            continue
        item = bool(_ITEM.match(text) or _ITEM_NUMBER.search(number)) or text[:1].islower()
        passages.append(
            Passage(
                text=text,
                at=Position(file=name, line=count),
                number=number,
                lead=lead if item else "",
                heading=heading or _titled(text),
                definition=bool(_DEFINES.match(text)),
                source=(text,),
            )
        )
        if text.endswith(":"):
            lead = f"{lead} {text}" if item else text
        elif not item:
            lead = ""
    defined = tuple(_definitions(passages))
    terms = {spelling: term for term, _ in defined for spelling in forms_of(term)}
    return Subject(
        name=name,
        passages=tuple(passages),
        terms=terms,
        defined=defined,
        house=bool(_RULES_OF_READING.search("\n".join(p.text for p in passages))),
    )


def _titled(text: str) -> bool:
    """Whether a paragraph is only a heading: short, without a verb's full stop."""
    return len(text.split()) <= 8 and not text.endswith((".", ";", ":", ",")) and not re.search(r"_{4}|[\[{]", text)


def _definitions(passages: Iterable[Passage]) -> Iterator[tuple[str, Position]]:
    for passage in passages:
        for match in _DEFINITION.finditer(passage.text):
            yield (match["quoted"] or match["bracketed"]).strip(" ,."), passage.at
