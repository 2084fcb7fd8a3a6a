"""Resolution → Annex: the last step before writing, where every number, term and reference is settled."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from ..model.annex import (
    Annex,
    Block,
    ClauseBlock,
    DefinitionBlock,
    Entry,
    Inline,
    Paragraph,
    Reference,
    Schedule,
    Term,
    Text,
    Value,
)
from ..model.diagnostic import Diagnostic, Position, errors
from ..model.library.library import Definition
from ..model.profile import Resolution, ResolvedClause
from ..model.words.words import PARTY_TERMS
from ..resolve.placeholders import credits_unconfirmed
from ..resolve.situation import judge_of
from .numbers.anchors import clause_anchor, definition_anchor, schedule_anchor
from .numbers.numbered import Numbered, Open, Place, number_clause, scheme_of
from .numbers.numbering import Counter
from .parts import schedules
from .parts.credits import credits_of
from .parts.duties import Duties
from .parts.front import Front
from .texts.american import spelled_resolution
from .texts.filling import Filling
from .texts.markup import Draft, DraftTable, terms_of
from .texts.scope import chosen_parts
from .texts.texts import Texts
from .texts.wording import typographic


def compose_annex(resolution: Resolution) -> tuple[Annex | None, list[Diagnostic]]:
    """Compose the annex of a resolution; None when a text can't be composed, with every problem found."""
    composer = _Composer(spelled_resolution(resolution))
    annex = composer.compose()
    return (None if errors(composer.problems) else annex), composer.problems


class _Composer:
    """The working memory of one composition; nothing of it outlives `compose`."""

    def __init__(self, resolution: Resolution) -> None:
        self.resolution = resolution
        self.profile = resolution.profile
        self.judge = judge_of(resolution)
        self.terms = terms_of(tuple((d.term, d.forms) for d in resolution.definitions))
        self.rules, self.sanctions, self.problems = credits_of(resolution)
        self.texts = Texts(resolution, self.judge, self.terms, self.sanctions, self.problems)
        self.filling = Filling(resolution, self.terms, self.texts.money, self.problems)
        self.targets = self.filling.targets
        self.front = Front(
            resolution=resolution, texts=self.texts, paragraph=self.filling.paragraph, heading=self.heading
        )
        self.duties = Duties(
            resolution=resolution, judge=self.judge, targets=self.targets, dangling=self.filling.dangling
        )
        self.definitions: dict[str, tuple[Inline, ...]] = {}  # those in use, as they are rendered
        self.printed_at: dict[str, str] = {}  # parameter → the target of the paragraph that prints it there
        # parameter → the clause that prints it: its own if that one does, else the first
        self.printed_by: dict[str, str] = {}

    def heading(self, name: str) -> str:
        """A heading of the frame as plain words."""
        drafts = self.texts.of_frame(name)
        first = drafts[0] if drafts else None
        if not isinstance(first, Draft):
            at = Position(file=self.texts.frame[name].at.file if name in self.texts.frame else "frame.yaml")
            self.problems.append(Diagnostic(rule="missing-frame", message=f"the frame has no text `{name}`", at=at))
            return name
        return "".join(i.text for i in self.filling.fill(first.inlines, first.open, first.line, ""))

    # -- the whole ---------------------------------------------------------------------------------------------

    def compose(self) -> Annex:
        """Compose everything: texts first, then numbers, then what depends on numbers."""
        resolution, profile = self.resolution, self.profile
        numbered = self._numbered_clauses()
        # A failure of a paragraph that this deal leaves out is none, and the table of credits has no row for it.
        self.sanctions = {n: f for n, f in self.sanctions.items() if f"{f.clause}#{f.paragraph}" in self.targets}
        self.texts.sanctions = self.sanctions
        self._number_schedules()  # before the definitions, which refer to them
        preliminaries = tuple(self.front.opening())
        opened = [i.term for b in preliminaries for i in block_inlines(b) if isinstance(i, Term)]
        used = self._used_terms([*(t for n in numbered for t in n.terms), *opened])
        self._printed_in_definitions()
        clauses = tuple(self._clause_block(r, n) for r, n in zip(resolution.clauses, numbered))
        groups = set() if resolution.form.outline else {c.group for c in clauses}  # an outline has headings of its own
        obligations = tuple(o for r, n in zip(resolution.clauses, numbered) for o in self.duties.of_clause(r, n.labels))
        coverage = self.duties.coverage(obligations)
        parameters = self._entries()
        key_terms = schedules.key_terms(resolution, parameters, self.texts.money)
        key_values = self._key_values(parameters)
        built = schedules.Material(
            resolution=resolution,
            parameters=parameters,
            sanctions=self.sanctions,
            rules=self.rules,
            coverage=coverage,
            targets=self.targets,
            inlines=self.filling.inlines,
            money=self.texts.money,
        )
        schedule_blocks = tuple(
            self._schedule(index, id_, built) for index, id_ in enumerate(schedules.ordered(self.texts.schedule_ids))
        )
        testimonium = self.front.testimonium() if profile.signatures else ()
        around = (preliminaries, testimonium, (key_terms, *key_values), *(s.blocks for s in schedule_blocks))
        written = [i.term for blocks in around for b in blocks for i in block_inlines(b) if isinstance(i, Term)]
        used |= self._used_terms([t for t in written if t not in used])
        return Annex(
            title=profile.title,
            reference=profile.reference,
            version=profile.version,
            date=profile.date,
            status=profile.status,
            classification=profile.classification,
            language=profile.language,
            law=resolution.law.id,
            currency=profile.currency,
            calendar=profile.calendar,
            time_zone=profile.time_zone,
            page=profile.page,
            numbering=resolution.numbering,
            client=profile.client,
            provider=profile.provider,
            agreement=schedules.agreement_text(profile),
            contacts=profile.contacts,
            preliminaries=preliminaries,
            key_terms=key_terms,
            key_values=key_values,
            groups=MappingProxyType({g: t for g, t in resolution.library.headings.items() if g in groups}),
            clauses=clauses,
            definitions=tuple(
                DefinitionBlock(term=term, anchor=definition_anchor(term), inlines=self.definitions[term])
                for term in sorted(used, key=lambda t: (t.casefold(), t))
            ),
            schedules=schedule_blocks,
            signatures=profile.signatures,
            testimonium=testimonium,
            execution=tuple(self.front.execution()) if profile.signatures else (),
            headings=MappingProxyType(
                {
                    name: self.heading(f"heading-{name}")
                    for name in ("contents", "key-terms", "definitions", "signatures")
                }
                | {"definitions-lead": self.heading("definitions-lead")}
                | {term.casefold(): new for term, new in profile.terms.items() if term in PARTY_TERMS}
            ),
            parameters=MappingProxyType(parameters),
            obligations=obligations,
            sanctions=MappingProxyType(self.sanctions),
            credit_rules=self.rules,
            coverage=coverage,
            terms=profile.terms,
            fingerprint=self._fingerprint(),
            form=resolution.form.id,
        )

    def _fingerprint(self) -> str:
        settings = ";".join(f"{n}={self.filling.printed[n]}" for n in sorted(self.filling.printed))
        whole = "\n".join((self.resolution.library.fingerprint, self.profile.fingerprint, settings))
        return hashlib.sha256(whole.encode()).hexdigest()

    # -- numbering ---------------------------------------------------------------------------------------------

    def _numbered_clauses(self) -> list[Numbered]:
        """Settle what every clause and labelled paragraph is called, before any text that refers to it is filled."""
        levels = self.resolution.numbering.clause
        if self.resolution.form.outline:  # its opening says that a bare number is a paragraph's
            levels = (levels[0], *(replace(level, noun="") for level in levels[1:]))
        scheme = scheme_of(levels)
        out: list[Numbered] = []
        ordinal, article = 0, ""
        for resolved in self.resolution.clauses:
            clause, variant = resolved.clause, resolved.variant
            parts = chosen_parts(clause.parts, self.resolution.law, self.resolution.form.id)
            drafts = self.texts.drafts(variant, self.texts.scope(clause.id, variant.at.file, parts))
            if not resolved.joined:
                ordinal, article = ordinal + 1, clause.id
            before = out[-1].paragraphs if resolved.joined else 0
            at = Place(ordinal=ordinal, article=article, before=before)
            numbered = number_clause(clause.id, clause.title, variant.at.file, drafts, scheme, at)
            for parameter, place in numbered.printed.items():
                if parameter in clause.parameters:
                    self.printed_by.pop(parameter, None)  # so that it is among the values of its own clause
                if parameter not in self.printed_by:
                    self.printed_by[parameter] = clause.id
                    self.printed_at[parameter] = place
            self.targets |= numbered.targets
            self.problems += numbered.problems
            out.append(numbered)
        return out

    def _number_schedules(self) -> None:
        counter = Counter(self.resolution.numbering.schedule)
        noun = self.resolution.numbering.schedule[0].noun
        for id_ in schedules.ordered(self.texts.schedule_ids):
            self.targets[f"schedule:{id_}"] = Reference(schedule_anchor(id_), noun, counter.next(1)[1])

    def _clause_block(self, resolved: ResolvedClause, numbered: Numbered) -> ClauseBlock:
        clause, file = resolved.clause, resolved.variant.at.file
        blocks: list[Block] = []
        for block in numbered.blocks:
            if isinstance(block, Open):
                block = self.filling.filled(block)
            elif isinstance(block, DraftTable):
                block = self.filling.table(block, clause.title, file)
            blocks.append(block)
        topic = self.resolution.library.topics[clause.topic]
        return ClauseBlock(
            id=clause.id,
            version=clause.version,
            topic=clause.topic,
            group=topic.group,
            number=numbered.number,
            title=typographic(resolved.heading),
            joined=resolved.joined,
            anchor=clause_anchor(clause.id),
            blocks=tuple(blocks),
        )

    def _schedule(self, index: int, id_: str, material: schedules.Material) -> Schedule:
        counter = Counter(self.resolution.numbering.schedule, from_level=2)
        counter.counts[0] = index
        own, _ = counter.next(1)

        def texts(name: str) -> tuple[Block, ...]:
            return tuple(
                self.filling.paragraph(
                    d, counter.next(d.level) if d.level else ("", ""), self.texts.frame[name].at.file
                )
                for d in (
                    self.texts.of_frame(name) if name in self.texts.frame else ()
                )  # a form may leave a lead-in out
                if isinstance(d, Draft)
            )

        def paragraph(text: str, level: int = 2) -> Paragraph:
            own_number, full = counter.next(level)
            return Paragraph(level=level, number=own_number, full_number=full, inlines=self.filling.inlines(text))

        blocks = schedules.BUILDERS[id_](material, texts, paragraph)
        return Schedule(
            id=id_,
            number=own,
            title=self.heading(f"schedule-{id_}"),
            anchor=schedule_anchor(id_),
            blocks=blocks,
            landscape=id_ in schedules.LANDSCAPE,
        )

    # -- definitions -------------------------------------------------------------------------------------------

    def _definition_inlines(self, definition: Definition) -> tuple[Inline, ...]:
        file = definition.at.file
        drafts = self.texts.drafts(definition, self.texts.scope("", file, {}))
        inlines: list[Inline] = []
        for draft in drafts:
            if isinstance(draft, Draft):
                inlines += [
                    *([Text(" ")] if inlines else []),
                    *self.filling.fill(draft.inlines, draft.open, definition.text_line, file),
                ]
        # A definition doesn't link to itself.
        return tuple(Text(i.text) if isinstance(i, Term) and i.term == definition.term else i for i in inlines)

    def _printed_in_definitions(self) -> None:
        """Values that only a definition prints belong to the clause that owns them."""
        owners = {name: r.clause.id for r in self.resolution.clauses for name in r.clause.parameters}
        for inlines in self.definitions.values():
            for inline in inlines:
                if isinstance(inline, Value) and inline.parameter in owners:
                    self.printed_by.setdefault(inline.parameter, owners[inline.parameter])

    def _used_terms(self, waiting: list[str]) -> set[str]:
        """The defined terms among these, and those that their definitions use in turn.

        Only a definition that is used is rendered: another may print a value of a clause that is not in the annex.
        """
        known = {d.term: d for d in self.resolution.definitions}
        used: set[str] = set()
        while waiting:
            term = waiting.pop()
            if term in used:
                continue
            used.add(term)
            if term in known:
                if term not in self.definitions:
                    self.definitions[term] = self._definition_inlines(known[term])
                waiting += [i.term for i in self.definitions[term] if isinstance(i, Term)]
                continue
            at = Position(file=self.profile.file)
            self.problems.append(
                Diagnostic(rule="undefined-term", message=f"`{term}` is marked as a term and has no definition", at=at)
            )
        return used & set(known)

    def _key_values(self, parameters: Mapping[str, Entry]) -> tuple[Block, ...]:
        """What follows the deal in the key terms: the principal values with the paragraph that prints each.

        Where no schedule holds the credits, they follow there.
        """
        table = schedules.principal_values(self.resolution, parameters, self.printed_at, schedules.bare(self.targets))
        values: tuple[Block, ...] = (*self.front.plain("key-terms-prevail"), table) if table.rows else ()
        if self.rules is None or not self.sanctions or "penalties" in self.texts.schedule_ids:
            return values
        ruled = bool(self.resolution.form.outline)
        tables, notes = schedules.credits_of(
            self.sanctions,
            self.rules,
            schedules.bare(self.targets),
            local=self.texts.money,
            short=True,
            ruled=ruled,
            open_sums=credits_unconfirmed(self.profile),
        )
        below = (Paragraph(inlines=self.filling.inlines(note)) for note in notes)
        return (*values, *self.front.plain("key-terms-credits"), *tables, *below)

    def _entries(self) -> dict[str, Entry]:
        """Every parameter that some clause prints, in the order in which they are printed."""
        return {
            name: Entry(
                name=name,
                label=self.resolution.settings[name].parameter.label,
                clause=clause,
                value=self.resolution.settings[name].value,
                text=self.filling.printed[name],
                stricter=self.resolution.settings[name].parameter.stricter,
                role=self.resolution.settings[name].parameter.role,
            )
            for name, clause in self.printed_by.items()
        }


def block_inlines(block: Block) -> Iterable[Inline]:
    """Every inline of a paragraph or table."""
    if isinstance(block, Paragraph):
        return block.inlines
    return (i for row in block.rows for cell in row for i in cell.inlines)
