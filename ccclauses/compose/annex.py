"""Resolution → Annex: the last step before writing, where every number, term and reference is settled."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
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
    SignatureBlock,
    Table,
    Term,
    Text,
    Value,
)
from ..model.clause import EMPTY, Definition, Due, Duty, FixedPeriod, Part, Variant
from ..model.credit_laws import broken_laws, order_of_own_sums, own_sum_problem, terms_problem, too_small
from ..model.diagnostic import Diagnostic, Position, Severity, errors, nearest
from ..model.obligation import Obligation, obligation_of
from ..model.credit import CreditRules, Sanction, agreed, build_rules, build_sanction
from ..model.periods import RHYTHMS
from ..model.profile import Asked, Resolution, ResolvedClause
from ..model.quantity import Duration, Money
from ..model.words import PARTY_TERMS
from ..resolve.judge import Judge
from ..resolve.placeholders import bracketed, credits_unconfirmed
from ..resolve.situation import judge_of
from . import schedules
from .american import spelled_resolution
from .anchors import clause_anchor, definition_anchor, schedule_anchor
from .coverage import Requirements
from .local_money import local_sums
from .markup import Draft, Drafts, DraftTable, MarkupError, OpenValue, open_among, parse_markup, terms_of
from .numbered import Numbered, Open, Place, number_clause, scheme_of, settled, settled_table
from .numbering import Counter
from .opening import DETAIL_NAMES, opening_details, party_details, signing_details
from .scope import ClauseScope, chosen_parts, parsed
from .template import condition_problems, render
from .wording import typographic, value_text


def compose_annex(resolution: Resolution) -> tuple[Annex | None, list[Diagnostic]]:
    """Compose the annex of a resolution; None when a text can't be composed, with every problem found."""
    composer = _Composer(spelled_resolution(resolution))
    annex = composer.compose()
    return (None if errors(composer.problems) else annex), composer.problems


_SIGNATURE_LINES = "Signature; Name; Capacity; Place; Date"
_CAPACITIES = ("position", "title", "capacity", "designation", "function")


class _Composer:
    """The working memory of one composition; nothing of it outlives `compose`."""

    def __init__(self, resolution: Resolution) -> None:
        self.resolution = resolution
        self.profile = resolution.profile
        self.problems: list[Diagnostic] = []
        self.judge = judge_of(resolution)
        self.askable = Askable(resolution.library)
        self.askable_of_frame = Askable(resolution.library, loose=DETAIL_NAMES)
        self.frame = chosen_parts(resolution.library.frame, resolution.law, resolution.form.id)
        self.in_annex = frozenset(r.clause.id for r in resolution.clauses)
        self.schedule_ids = schedules.wanted(resolution)
        self.rules = self._credit_rules()
        self.sanctions = self._sanctions()
        self.terms = terms_of(tuple((d.term, d.forms) for d in resolution.definitions))
        self.definitions: dict[str, tuple[Inline, ...]] = {}  # those in use, as they are rendered
        self.details = opening_details(self.profile)
        self.texts = {
            name: self.money(value_text(s.parameter, s.value, self.profile.language))
            for name, s in resolution.settings.items()
        }
        for name in bracketed(resolution):
            parameter = resolution.settings[name].parameter
            given = resolution.settings[name].source != "open"
            self.texts[name] = f"[{self.texts[name] if given else parameter.label[:1].lower() + parameter.label[1:]}]"
        self.printed_at: dict[str, str] = {}  # parameter → the target of the paragraph that prints it there
        self.values: dict[str, Value] = {}  # parameter → its value as most texts print it
        self.targets: dict[str, Reference] = {}  # what ref() names → the settled reference
        self.printed_by: dict[
            str, str
        ] = {}  # parameter → the clause that prints it: its own if that one does, else the first

    def money(self, text: str) -> str:
        """A text of the library with its sums as the place of the law writes them."""
        return local_sums(text, self.resolution.law, self.profile.currency)

    # -- credits -----------------------------------------------------------------------------------------------

    def _credit_rules(self) -> CreditRules | None:
        """What holds for every credit; None when no clause of the annex promises one, or none caps them."""
        library = self.resolution.library
        promising = next((r.clause for r in self.resolution.clauses if r.clause.failures), None)
        capping = library.owner(library.roles.get("at_risk_month", ""))
        if promising is None or (capping and capping.id not in {r.clause.id for r in self.resolution.clauses}):
            return None
        rules = build_rules(
            self.resolution.library.by_role(self.resolution.settings),
            currency=self.profile.currency,
            monthly_charges=self.profile.monthly_charges,
            seats=seats if isinstance(seats := self.resolution.facts.get("seats"), int) else None,
            own={name: a.value.amount for name, a in self.profile.credits.items() if isinstance(a.value, Money)},
            switches=self.resolution.law.switches,
            damages=self.resolution.law.damages,
            credit_label=self.resolution.law.credit_label,
        )
        if isinstance(rules, CreditRules):
            self._judge_sums(rules)
            return rules
        self.problems += [Diagnostic(rule="credit-rules", message=message, at=promising.at) for message in rules]
        return None

    def _judge_sums(self, rules: CreditRules) -> None:
        """Refuse sums that are too small to print; warn, in money, of sums of the profile that break a law of credits."""
        if rules.monthly_charges is None:
            self.problems.append(self._without_charges(rules))
            return
        if small := too_small(rules, rules.monthly_charges.amount):
            at = self.profile.at("monthly_charges")
            self.problems.append(Diagnostic(rule="credit-too-small", message=small, at=at))
        elif own := self._own_sums():
            at = min(asked.at for asked in own.values())
            hint = "change the sum, or leave it as it is if that is what the parties want"
            self.problems += [
                Diagnostic(rule="credit-law", message=message, at=at, severity=Severity.WARNING, hint=hint)
                for message in broken_laws(rules, rules.table())
            ]

    def _without_charges(self, rules: CreditRules) -> Diagnostic:
        """That nothing of the credits is in money yet: refused where the profile sets sums, else told with what they would be."""
        hint = "write `charges: {monthly: …}`, the charges of a full month"
        if self.profile.credits:
            name, asked = next(iter(self.profile.credits.items()))
            return Diagnostic(
                rule="missing-charges",
                message=f"`{name}` sets a sum of the credit table in money, and the profile names no Monthly Charges, without "
                "which every credit is a share of them and this sum would be printed nowhere",
                at=asked.at,
                hint=f"{hint}, or take `credits` out",
            )
        table = rules.table(Decimal(100_000))
        late, person, report = (
            table.money(a)
            for a in (table.a_base + table.a_hour, table.b_base + table.b_person, table.c_base + table.c_day)
        )
        return Diagnostic(
            rule="missing-charges",
            severity=Severity.NOTE,
            message="the profile names no Monthly Charges, so the annex prints credits as shares of them, without a sum. Of "
            f"{rules.money(Decimal(100_000))} a month, the first hour of a late notice would cost {late}, one person for a day "
            f"{person}, a report one Business Day late {report}, and all credits of a month at most {table.money(table.month)}",
            at=self.profile.at("monthly_charges"),
            hint=hint,
        )

    def _own_sums(self) -> Mapping[str, Asked]:
        """The sums and shares of credits that the profile sets itself."""
        names = [self.resolution.library.roles.get(role, "") for role in ("at_risk_month", "annual_cap")]
        return {**self.profile.credits, **{n: s for n in names if (s := self.profile.settings.get(n))}}

    def _judge_own_sums(self, sanctions: Mapping[str, Sanction], rules: CreditRules) -> None:
        """Sums agreed for single failures: refused where they can't be, told where they turn the classes round."""
        for name, terms in self.profile.failures.items():
            sanction = sanctions.get(name)
            if sanction is None and not any(name in c.failures for c in self.resolution.library.clauses.values()):
                continue  # told as unknown
            if sanction is None:
                message = f"the failure `{name}` belongs to a clause that is not in this annex"
                self.problems.append(
                    Diagnostic(rule="failure-not-in-annex", message=message, at=terms.at, severity=Severity.WARNING)
                )
            elif problem := terms_problem(sanction, terms) or own_sum_problem(sanction, rules.table()):
                self.problems.append(Diagnostic(rule="credit-sum", message=f"`{name}`: {problem}", at=terms.at))
        for sanction, message in order_of_own_sums(sanctions.values(), rules.table()):
            at = self.profile.failures[sanction.name].at
            self.problems.append(Diagnostic(rule="credit-law", message=message, at=at, severity=Severity.WARNING))

    def _sanctions(self) -> dict[str, Sanction]:
        """The failures of the clauses that carry a credit, with what the profile agrees for each of them."""
        if self.rules is None:
            return {}
        sanctions = {
            name: agreed(build_sanction(spec, resolved.clause.id), self.profile.failures.get(name))
            for resolved in self.resolution.clauses
            for name, spec in resolved.clause.failures.items()
        }
        self._judge_own_sums(sanctions, self.rules)
        return sanctions

    # -- texts -------------------------------------------------------------------------------------------------

    def _scope(
        self,
        clause: str,
        file: str,
        parts: Mapping[str, Part],
        details: Mapping[str, str] = EMPTY,
        role: str = "",
    ) -> ClauseScope:
        return ClauseScope(
            resolution=self.resolution,
            clause=clause,
            file=file,
            parts=parts,
            sanctions=self.sanctions,
            conditions=self._judge(details) if details else self.judge,
            schedules=self.schedule_ids,
            clauses=self.in_annex,
            details=details,
            role=role,
        )

    def _judge(self, details: Mapping[str, str]) -> Judge:
        """A judge that knows what the frame may ask of the document and the parties too."""
        return replace(self.judge, value=lambda name: details[name] if name in details else self.judge.value(name))

    def _drafts(self, source: Variant | Part | Definition, scope: ClauseScope) -> Drafts:
        """Render and parse one text; its problems are kept and what could be read is returned."""
        template, problems = parsed(source)
        self.problems += problems
        if template is None:
            return ()
        if found := condition_problems(template, self.askable_of_frame if scope.details else self.askable):
            self.problems += found
            return ()
        rendered, problems = render(template, scope)
        self.problems += [self._wanting(p) for p in problems]
        try:
            return parse_markup(self.money(rendered), self.terms)
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

    def _frame_text(self, name: str, details: Mapping[str, str] = EMPTY, role: str = "") -> Drafts:
        part = self.frame.get(name)
        if part is None:
            return ()
        return self._drafts(part, self._scope("", part.at.file, self.frame, {**self.details, **details}, role))

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
        # A failure of a paragraph that this deal leaves out is none, and the table of credits has no row for it.
        self.sanctions = {n: f for n, f in self.sanctions.items() if f"{f.clause}#{f.paragraph}" in self.targets}
        self._number_schedules()  # before the definitions, which refer to them
        preliminaries = tuple(self._opening())
        opened = [i.term for b in preliminaries for i in block_inlines(b) if isinstance(i, Term)]
        used = self._used_terms([*(t for n in numbered for t in n.terms), *opened])
        self._printed_in_definitions()
        clauses = tuple(self._clause_block(r, n) for r, n in zip(resolution.clauses, numbered))
        groups = set() if resolution.form.outline else {c.group for c in clauses}  # an outline has headings of its own
        obligations = tuple(o for r, n in zip(resolution.clauses, numbered) for o in self._obligations(r, n.labels))
        coverage = self._coverage(obligations)
        parameters = self._entries()
        key_terms = schedules.key_terms(resolution, parameters, self.money)
        key_values = self._key_values(parameters)
        built = schedules.Material(
            resolution=resolution,
            parameters=parameters,
            sanctions=self.sanctions,
            rules=self.rules,
            coverage=coverage,
            targets=self.targets,
            inlines=self.inlines,
            money=self.money,
        )
        schedule_blocks = tuple(
            self._schedule(index, id_, built) for index, id_ in enumerate(schedules.ordered(self.schedule_ids))
        )
        testimonium = self._testimonium() if profile.signatures else ()
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
            execution=tuple(self._execution()) if profile.signatures else (),
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
        settings = ";".join(f"{n}={self.texts[n]}" for n in sorted(self.texts))
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
            drafts = self._drafts(variant, self._scope(clause.id, variant.at.file, parts))
            if not resolved.joined:
                ordinal, article = ordinal + 1, clause.id
            before = out[-1].paragraphs if resolved.joined else 0
            at = Place(ordinal=ordinal, article=article, before=before)
            numbered = number_clause(clause.id, clause.title, variant.at.file, drafts, scheme, at)
            for parameter, place in numbered.printed.items():
                if parameter in clause.parameters:
                    self.printed_by.pop(parameter, None)  # so that it stands among the values of its own clause
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
            return Value(name, self.money(open_.text) if name in self.resolution.settings else open_.text)
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
        return self.terms.split(self.money(text))

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

    # -- the opening and the execution ---------------------------------------------------------------------------

    def _opening(self) -> Iterator[Block]:
        """Date, parties, background and operative words, each under its heading."""
        yield from self._plain("opening")
        yield self._head("parties")
        for index, (role, company) in enumerate((("client", self.profile.client), ("provider", self.profile.provider))):
            own = self._plain(
                "party", party_details(role, company, self.profile.terms), role, number=f"({index + 1})", kind="recital"
            )
            yield from (replace(b, inlines=(*b.inlines, Text("." if index else "; and"))) for b in own)
        yield self._head("background")
        yield from self._plain("background", number="(A)", kind="recital")
        yield self._head("agreed")
        yield from self._plain("operative")

    def _head(self, name: str) -> Paragraph:
        return Paragraph(role="heading", inlines=(Text(self.heading(f"heading-{name}")),))

    def _plain(
        self,
        name: str,
        details: Mapping[str, str] = EMPTY,
        role: str = "",
        *,
        number: str = "",
        kind: str = "body",
    ) -> Iterator[Paragraph]:
        """The paragraphs of a text of the frame, outside the numbering of clauses; `number` is that of the first."""
        file = self.frame[name].at.file if name in self.frame else ""
        for index, draft in enumerate(d for d in self._frame_text(name, details, role) if isinstance(d, Draft)):
            own = number.replace("A", chr(ord("A") + index))
            paragraph = self._paragraph(draft, ("", ""), file)
            yield replace(paragraph, level=0, number=own, full_number=own, role=kind)

    def _execution(self) -> Iterator[SignatureBlock]:
        """Where each signatory of each party signs, and the witnesses that the law has."""
        law, profile = self.resolution.law, self.profile
        deed = profile.deed and law.switches.get("deed") == "yes"
        lines = law.switches.get("deed_signature" if deed else "signature", _SIGNATURE_LINES)
        for side, company in (("client", profile.client), ("provider", profile.provider)):
            for index in range(1 if deed else max(1, len(company.signatories))):
                details = signing_details(company, index)
                lead = " ".join(b.text for b in self._plain("signed-deed" if deed else "signed-for", details))
                known = {"name": details["signing.name"]}
                known |= dict.fromkeys(_CAPACITIES, details["signing.capacity"])
                yield SignatureBlock(
                    side=side,  # type: ignore[arg-type]  # one of the two sides
                    lead=lead,
                    lines=tuple((line, known.get(line.casefold(), "")) for line in lines.split("; ")),
                )
        for index in range(int(law.switches.get("witnesses", "0"))):
            lead = f"{self.heading('witness')} {index + 1}"
            side = "provider" if index % 2 else "client"
            yield SignatureBlock(side=side, lead=lead, lines=(("Signature", ""), ("Name", ""), ("Address", "")))  # type: ignore[arg-type]  # one of the two sides

    def _testimonium(self) -> tuple[Block, ...]:
        deed = self.profile.deed and self.resolution.law.switches.get("deed") == "yes"
        return tuple(self._plain("testimonium-deed" if deed else "testimonium"))

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
                self._paragraph(d, counter.next(d.level) if d.level else ("", ""), self.frame[name].at.file)
                for d in (self._frame_text(name) if name in self.frame else ())  # a form may leave a lead-in out
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
            if duty.form not in ("", self.resolution.form.id):
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

        return obligation_of(
            duty,
            self.resolution.library.clauses[clause],
            suffix=suffix,
            paragraph=paragraph,
            period=self._period,
            first_performance=self._period(self.resolution.library.roles.get("first_performance", "")),
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
        due = {o.id.partition("/")[0]: o.when() for o in obligations}
        requirements = Requirements(self.resolution, self.judge, self.targets)
        rows = []
        for name in self.profile.frameworks:
            for reference in self.resolution.library.frameworks[name].references.values():
                met = requirements.met(name, reference)
                found = met.paragraphs
                evidence = dict.fromkeys(e for key in found for e in shown.get(key, ()))
                rows.append(
                    CoverageRow(
                        framework=name,
                        ref=reference.ref,
                        kind=reference.kind,
                        duty=reference.duty,
                        checked=reference.checked,
                        paragraphs=tuple(self.targets[key] for key in found),
                        lacking=met.lacking,
                        deadline=reference.deadline,
                        own_deadline="; ".join(dict.fromkeys(due[key] for key in found if due.get(key))),
                        evidence="; ".join(evidence),
                        topics=reference.topics,
                    )
                )
        return tuple(rows)

    def _key_values(self, parameters: Mapping[str, Entry]) -> tuple[Block, ...]:
        """What follows the deal in the key terms: the principal values with the paragraph that prints each.

        Where no schedule holds the credits, they follow there.
        """
        table = schedules.principal_values(self.resolution, parameters, self.printed_at, schedules.bare(self.targets))
        values: tuple[Block, ...] = (*self._plain("key-terms-prevail"), table) if table.rows else ()
        if self.rules is None or not self.sanctions or "penalties" in self.schedule_ids:
            return values
        ruled = bool(self.resolution.form.outline)
        tables, notes = schedules.credits_of(
            self.sanctions,
            self.rules,
            schedules.bare(self.targets),
            local=self.money,
            short=True,
            ruled=ruled,
            open_sums=credits_unconfirmed(self.profile),
        )
        below = (Paragraph(inlines=self.inlines(note)) for note in notes)
        return (*values, *self._plain("key-terms-credits"), *tables, *below)

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
