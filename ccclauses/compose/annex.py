"""Resolution → Annex: the last step before writing, where every number, term and reference is settled."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ..load.conditions import Askable
from ..model.annex import (
    Annex,
    Block,
    ClauseBlock,
    CoverageRow,
    DefinitionBlock,
    Entry,
    Inline,
    Paragraph,
    Reference,
    Schedule,
    Table,
    Term,
    Text,
    Value,
)
from ..model.clause import Definition, Due, Duty, FixedPeriod, Part, Variant
from ..model.diagnostic import Diagnostic, Position, errors, nearest
from ..model.obligation import Deadline, Obligation
from ..model.penalty import CreditRules, PenaltySchedule, build_rules, build_schedule
from ..model.periods import RHYTHMS
from ..model.profile import Resolution, ResolvedClause
from ..model.quantity import Duration
from ..resolve.situation import judge_of
from . import schedules
from .american import spelled_resolution
from .anchors import clause_anchor, definition_anchor, schedule_anchor
from .markup import Draft, Drafts, DraftTable, MarkupError, OpenValue, open_among, parse_markup, terms_of
from .numbered import Numbered, Open, number_clause, scheme_of, settled, settled_table
from .numbering import Counter
from .scope import ClauseScope, chosen_parts, parsed
from .template import condition_problems, render
from .wording import typographic, value_text


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
        self.problems: list[Diagnostic] = []
        self.judge = judge_of(resolution)
        self.askable = Askable(resolution.library)
        self.frame = chosen_parts(resolution.library.frame, resolution.law)
        self.in_annex = frozenset(r.clause.id for r in resolution.clauses)
        self.schedule_ids = schedules.wanted(resolution)
        self.rules = self._credit_rules()
        self.penalties = self._penalties()
        self.terms = terms_of(tuple((d.term, d.forms) for d in resolution.definitions))
        self.definitions: dict[str, tuple[Inline, ...]] = {}  # those in use, as they are rendered
        self.texts = {
            name: value_text(s.parameter, s.value, self.profile.language) for name, s in resolution.settings.items()
        }
        self.values: dict[str, Value] = {}  # parameter → its value as most texts print it
        self.targets: dict[str, Reference] = {}  # what ref() names → the settled reference
        self.printed_by: dict[
            str, str
        ] = {}  # parameter → the clause that prints it: its own if that one does, else the first

    # -- penalties ---------------------------------------------------------------------------------------------

    def _credit_rules(self) -> CreditRules | None:
        """What holds for every credit; None when no clause of the annex promises one."""
        promising = next((r.clause for r in self.resolution.clauses if r.clause.penalties), None)
        if promising is None:
            return None
        rules = build_rules(
            self.resolution.library.by_role(self.resolution.settings),
            currency=self.profile.currency,
            monthly_charges=self.profile.monthly_charges,
            damages=self.resolution.law.damages,
            credit_label=self.resolution.law.credit_label,
        )
        if isinstance(rules, CreditRules):
            return rules
        self.problems += [Diagnostic(rule="credit-rules", message=message, at=promising.at) for message in rules]
        return None

    def _penalties(self) -> dict[str, PenaltySchedule]:
        built: dict[str, PenaltySchedule] = {}
        if self.rules is None:
            return built
        for resolved in self.resolution.clauses:
            for spec in resolved.clause.penalties.values():
                month_cap = self.resolution.library.roles["at_risk_month"]
                schedule = build_schedule(
                    spec, resolved.clause.id, self.resolution.settings, self.rules, month_cap=month_cap
                )
                if isinstance(schedule, PenaltySchedule):
                    built[spec.name] = schedule
                else:
                    self.problems += [Diagnostic(rule="penalty", message=message, at=spec.at) for message in schedule]
        return built

    # -- texts -------------------------------------------------------------------------------------------------

    def _scope(self, clause: str, file: str, parts: Mapping[str, Part]) -> ClauseScope:
        return ClauseScope(
            resolution=self.resolution,
            clause=clause,
            file=file,
            parts=parts,
            penalties=self.penalties,
            conditions=self.judge,
            schedules=self.schedule_ids,
            clauses=self.in_annex,
        )

    def _drafts(self, source: Variant | Part | Definition, scope: ClauseScope) -> Drafts:
        """Render and parse one text; its problems are kept and what could be read is returned."""
        template, problems = parsed(source)
        self.problems += problems
        if template is None:
            return ()
        if found := condition_problems(template, self.askable):
            self.problems += found
            return ()
        rendered, problems = render(template, scope)
        self.problems += [self._wanting(p) for p in problems]
        try:
            return parse_markup(rendered, self.terms)
        except MarkupError as problem:
            at = Position(file=source.at.file, line=problem.line or source.text_line)
            self.problems.append(Diagnostic(rule="markup", message=str(problem), at=at))
            return ()

    def _wanting(self, problem: Diagnostic) -> Diagnostic:
        """The problem of a text; told at the profile where a schedule is missing because the profile gives nothing for it."""
        for schedule, (key, hint) in schedules.SOURCES.items():
            if problem.rule == "dangling-schedule" and f"`{schedule}`" in problem.message:
                message = (
                    f"a clause refers to the schedule `{schedule}`, for which the profile gives nothing ({problem.at})"
                )
                return Diagnostic(rule="missing-schedule", message=message, at=self.profile.at(key), hint=hint)
        return problem

    def _frame_text(self, name: str) -> Drafts:
        part = self.frame.get(name)
        if part is None:
            return ()
        return self._drafts(part, self._scope("", part.at.file, self.frame))

    def heading(self, name: str) -> str:
        """A heading of the frame as plain words."""
        drafts = self._frame_text(name)
        first = drafts[0] if drafts else None
        if not isinstance(first, Draft):
            at = Position(file=self.frame[name].at.file if name in self.frame else "frame.yaml")
            self.problems.append(Diagnostic(rule="missing-frame", message=f"the frame has no text `{name}`", at=at))
            return name
        return "".join(i.text for i in self._fill(first.inlines, first.open, first.line, ""))

    # -- the whole ---------------------------------------------------------------------------------------------

    def compose(self) -> Annex:
        """Compose everything: texts first, then numbers, then what depends on numbers."""
        resolution, profile = self.resolution, self.profile
        numbered = self._numbered_clauses()
        used = self._used_terms([t for n in numbered for t in n.terms])
        self._printed_in_definitions()
        self._number_schedules()

        preliminaries = self._unnumbered(self._frame_text("how-to-read"))
        clauses = tuple(self._clause_block(r, n) for r, n in zip(resolution.clauses, numbered))
        groups = {c.group for c in clauses}
        obligations = tuple(o for r, n in zip(resolution.clauses, numbered) for o in self._obligations(r, n.labels))
        coverage = self._coverage(obligations)
        parameters = self._entries()
        key_terms = schedules.key_terms(resolution, parameters, self.targets)
        built = schedules.Material(
            resolution=resolution,
            parameters=parameters,
            penalties=self.penalties,
            rules=self.rules,
            obligations=obligations,
            coverage=coverage,
            targets=self.targets,
            inlines=self.inlines,
        )
        schedule_blocks = tuple(
            self._schedule(index, id_, built) for index, id_ in enumerate(schedules.ordered(self.schedule_ids))
        )
        around = (preliminaries, (key_terms,), *(s.blocks for s in schedule_blocks))
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
            groups=MappingProxyType({g: t for g, t in resolution.library.groups.items() if g in groups}),
            clauses=clauses,
            definitions=tuple(
                DefinitionBlock(term=term, anchor=definition_anchor(term), inlines=self.definitions[term])
                for term in sorted(used, key=lambda t: (t.casefold(), t))
            ),
            schedules=schedule_blocks,
            signatures=profile.signatures,
            headings=MappingProxyType(
                {
                    name: self.heading(f"heading-{name}")
                    for name in ("contents", "how-to-read", "key-terms", "definitions", "signatures")
                }
                | {"definitions-lead": self.heading("definitions-lead")}
            ),
            parameters=MappingProxyType(parameters),
            obligations=obligations,
            penalties=MappingProxyType({n: p for n, p in self.penalties.items()}),
            credit_rules=self.rules,
            coverage=coverage,
            fingerprint=self._fingerprint(),
        )

    def _fingerprint(self) -> str:
        settings = ";".join(f"{n}={self.texts[n]}" for n in sorted(self.texts))
        whole = "\n".join((self.resolution.library.fingerprint, self.profile.fingerprint, settings))
        return hashlib.sha256(whole.encode()).hexdigest()

    # -- numbering ---------------------------------------------------------------------------------------------

    def _numbered_clauses(self) -> list[Numbered]:
        """Settle what every clause and labelled paragraph is called, before any text that refers to it is filled."""
        scheme = scheme_of(self.resolution.numbering.clause)
        out: list[Numbered] = []
        for ordinal, resolved in enumerate(self.resolution.clauses, 1):
            clause, variant = resolved.clause, resolved.variant
            scope = self._scope(clause.id, variant.at.file, chosen_parts(clause.parts, self.resolution.law))
            drafts = self._drafts(variant, scope)
            numbered = number_clause(clause.id, clause.title, variant.at.file, drafts, scheme, ordinal)
            for parameter in numbered.printed:
                if parameter in clause.parameters:
                    self.printed_by.pop(parameter, None)  # so that it stands among the values of its own clause
                self.printed_by.setdefault(parameter, clause.id)
            self.targets |= numbered.targets
            self.problems += numbered.problems
            out.append(numbered)
        return out

    def _number_schedules(self) -> None:
        counter = Counter(self.resolution.numbering.schedule)
        noun = self.resolution.numbering.schedule[0].noun
        for id_ in schedules.ordered(self.schedule_ids):
            self.targets[f"schedule:{id_}"] = Reference(schedule_anchor(id_), noun, counter.next(1)[1])

    # -- filling -----------------------------------------------------------------------------------------------

    def _fill(self, inlines: tuple[Inline, ...], indexes: tuple[int, ...], line: int, file: str) -> tuple[Inline, ...]:
        """The inlines with the values and references at `indexes` settled."""
        if not indexes:
            return inlines
        out = list(inlines)
        for index in indexes:
            inline = out[index]
            if isinstance(inline, OpenValue):
                out[index] = self._value(inline)
            elif isinstance(inline, Reference) and inline.target in self.targets:
                out[index] = self.targets[inline.target]
            elif isinstance(inline, Reference):
                self._dangling(inline.target, line, file)
        return tuple(out)

    def _value(self, open_: OpenValue) -> Value:
        name = open_.parameter
        if open_.text:
            return Value(name, open_.text)
        if open_.rendition:
            setting = self.resolution.settings[name]
            return Value(name, value_text(setting.parameter, setting.value, self.profile.language, open_.rendition))
        if name not in self.values:
            self.values[name] = Value(name, self.texts[name])
        return self.values[name]

    def _dangling(self, target: str, line: int, file: str) -> None:
        clause, _, label = target.partition("#")
        known = [t.partition("#")[2] for t in self.targets if t.startswith(f"{clause}#")]
        self.problems.append(
            Diagnostic(
                rule="dangling-reference",
                message=f"no paragraph of `{clause}` is labelled `{label}` here",
                at=Position(file=file, line=max(1, line)),
                hint=nearest(label, known),
            )
        )

    def inlines(self, text: str) -> tuple[Inline, ...]:
        """Plain words of a schedule as inlines, with the terms in them found."""
        return self.terms.split(text)

    def _paragraph(self, draft: Draft, number: tuple[str, str], file: str) -> Paragraph:
        paragraph = settled(draft, number, "", file)
        return self._filled(Open(paragraph, draft.open)) if draft.open else paragraph

    def _filled(self, waiting: Open) -> Paragraph:
        p = waiting.paragraph
        line, file = (p.at.line, p.at.file) if p.at else (0, "")
        return Paragraph(
            level=p.level,
            number=p.number,
            full_number=p.full_number,
            label=p.label,
            anchor=p.anchor,
            inlines=self._fill(p.inlines, waiting.indexes, line, file),
            at=p.at,
        )

    def _table(self, draft: DraftTable, title: str, file: str) -> Table:
        rows = tuple(tuple(self._fill(c, open_among(c), draft.line, file) for c in row) for row in draft.rows)
        return settled_table(draft, title, rows)

    def _unnumbered(self, drafts: Drafts) -> tuple[Block, ...]:
        return tuple(
            self._paragraph(d, ("", ""), self.frame["how-to-read"].at.file) for d in drafts if isinstance(d, Draft)
        )

    def _clause_block(self, resolved: ResolvedClause, numbered: Numbered) -> ClauseBlock:
        clause, file = resolved.clause, resolved.variant.at.file
        blocks: list[Block] = []
        for block in numbered.blocks:
            if isinstance(block, Open):
                block = self._filled(block)
            elif isinstance(block, DraftTable):
                block = self._table(block, clause.title, file)
            blocks.append(block)
        topic = self.resolution.library.topics[clause.topic]
        return ClauseBlock(
            id=clause.id,
            version=clause.version,
            topic=clause.topic,
            group=topic.group,
            number=numbered.number,
            title=typographic(clause.title),
            anchor=clause_anchor(clause.id),
            blocks=tuple(blocks),
        )

    def _schedule(self, index: int, id_: str, material: schedules.Material) -> Schedule:
        counter = Counter(self.resolution.numbering.schedule, from_level=2)
        counter.counts[0] = index
        own, _ = counter.next(1)

        def texts(name: str) -> tuple[Block, ...]:
            return tuple(
                self._paragraph(d, counter.next(d.level) if d.level else ("", ""), self.frame[name].at.file)
                for d in self._frame_text(name)
                if isinstance(d, Draft)
            )

        def paragraph(text: str, level: int = 2) -> Paragraph:
            own_number, full = counter.next(level)
            return Paragraph(level=level, number=own_number, full_number=full, inlines=self.inlines(text))

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
        drafts = self._drafts(definition, self._scope("", file, {}))
        inlines: list[Inline] = []
        for draft in drafts:
            if isinstance(draft, Draft):
                inlines += [
                    *([Text(" ")] if inlines else []),
                    *self._fill(draft.inlines, draft.open, definition.text_line, file),
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

    # -- duties, coverage, parameters --------------------------------------------------------------------------

    def _obligations(self, resolved: ResolvedClause, labels: frozenset[str]) -> list[Obligation]:
        out: list[Obligation] = []
        counts: dict[str, int] = {}
        for duty in resolved.clause.duties:
            if duty.postures and resolved.posture not in duty.postures:
                continue
            if duty.paragraph not in labels or not self.judge.applies(duty.when):
                continue
            counts[duty.paragraph] = counts.get(duty.paragraph, 0) + 1
            suffix = f"/{counts[duty.paragraph]}" if counts[duty.paragraph] > 1 else ""
            out.append(self._obligation(resolved.clause.id, duty, suffix))
        return out

    def _obligation(self, clause: str, duty: Duty, suffix: str) -> Obligation:
        def paragraph(label: str) -> str:
            target = label if "#" in label else f"{clause}#{label}"
            if target not in self.targets:
                self._dangling(target, duty.at.line, duty.at.file)
                return ""
            return self.targets[target].text

        deadline = Deadline(
            every=self._period(duty.every),
            within=self._period(duty.within),
            before=self._period(duty.before),
            standing=duty.standing,
            counts_from=duty.counts_from,
        )
        return Obligation(
            id=f"{clause}#{duty.paragraph}{suffix}",
            clause=clause,
            number=paragraph(duty.paragraph),
            obligor=duty.obligor,
            action=duty.action,
            object=duty.object,
            trigger=duty.trigger,
            deadline=deadline,
            parameters=duty.parameters,
            evidence=duty.evidence,
            check=paragraph(duty.check),
            consequence=paragraph(duty.consequence),
            penalty=duty.penalty,
            kind="recurring" if deadline.every else "triggered" if deadline.within or deadline.before else "standing",
        )

    def _period(self, due: Due) -> Duration | None:
        if isinstance(due, FixedPeriod):
            return due.period
        if due not in self.resolution.settings:
            return None
        value = self.resolution.settings[due].value
        return value if isinstance(value, Duration) else RHYTHMS.get(str(value))

    def _coverage(self, obligations: tuple[Obligation, ...]) -> tuple[CoverageRow, ...]:
        """One row for each reference of each framework that is on, in the frameworks' own order."""
        shown: dict[str, list[str]] = {}  # a paragraph → the evidence of its duties
        for obligation in obligations:
            shown.setdefault(obligation.id.partition("/")[0], []).append(obligation.evidence)
        answers: dict[tuple[str, str], list[str]] = {}
        for resolved in self.resolution.clauses:
            for framework, references in resolved.clause.maps_to.items():
                for ref, labels in references.items():
                    for label in labels:
                        key = f"{resolved.clause.id}#{label}"
                        if key in self.targets:
                            answers.setdefault((framework, ref), []).append(key)
        rows = []
        for name in self.profile.frameworks:
            for reference in self.resolution.library.frameworks[name].references.values():
                found = answers.get((name, reference.ref), [])
                evidence = dict.fromkeys(e for key in found for e in shown.get(key, ()))
                rows.append(
                    CoverageRow(
                        framework=name,
                        ref=reference.ref,
                        kind=reference.kind,
                        duty=reference.duty,
                        checked=reference.checked,
                        paragraphs=tuple(self.targets[key] for key in found),
                        evidence="; ".join(evidence),
                        topics=reference.topics,
                    )
                )
        return tuple(rows)

    def _entries(self) -> dict[str, Entry]:
        """Every parameter that some clause prints, in the order in which they are printed."""
        return {
            name: Entry(
                name=name,
                label=self.resolution.settings[name].parameter.label,
                clause=clause,
                value=self.resolution.settings[name].value,
                text=self.texts[name],
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
