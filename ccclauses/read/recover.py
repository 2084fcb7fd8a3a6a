"""ReadDocument → Annex: clauses, definitions, schedules and values recovered from a Word file, as far as they can be.

What could not be found is told. With the annex that was sent at hand, values inside sentences are found again too. A value
is what the clauses say: the schedule of values and the key terms yield to them, and that they differ is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal, Optional

from ..compare.contents import tidy_text
from ..compose.american import spelled_library
from ..compose.anchors import paragraph_anchor
from ..compose.local_money import plain_sum
from ..compose.wording import value_text
from ..load.paragraphs import labels_of
from ..model.annex import (
    Align,
    Annex,
    Block,
    Cell,
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
    Text,
    Value,
    plain_text,
)
from ..model.clause import EMPTY, Clause, Due, Duty, FixedPeriod, Law, Library, Numbering, Parameter
from ..model.clause import Value as ParameterValue
from ..model.condition import OPERATORS, Condition, Test, Written
from ..model.diagnostic import Diagnostic, Position, Severity
from ..model.obligation import Deadline, Obligation
from ..compose.credit_table import read_sums
from ..model.credit import CreditRules, Sanction, build_rules, build_sanction
from ..model.periods import RHYTHMS, says
from ..model.profile import Company
from ..model.quantity import Duration, Money, QuantityError
from ..places import place_code
from .document import ReadBlock, ReadDocument, ReadParagraph, ReadRow, Segment
from .parties import company_of
from .sections import DEFINITION_ANCHOR, Section, sections
from .standing import Reading, Standing, standing_of
from .stated import Wordings, wordings_of
from .values import parameters_by_label, parse_date, parse_value

_TERM = re.compile(r"[“\"](?P<term>[^”\"]{1,80})[”\"]\s*(?P<text>.*)", re.DOTALL)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_SIGNATURES = ("signatures", "execution")
_BEFORE = ("contents", "key terms")  # headings that end or precede the opening
# What schedules of earlier annexes were called that are now in the handbook.
_FORMER = {
    "values chosen by the parties": "parameters",
    "reporting calendar": "calendar",
    "evidence register": "evidence",
    "description of the processing": "processing",
}
DIFFERS = (
    "clause-and-schedule",
    "other-wording",
    "missing-wording",
    "added-wording",
)  # notes on what a file says otherwise
_Said = tuple[str, str, Optional[ParameterValue]]  # where, in which words, with which value
_NO_NUMBERING = Numbering(clause=(), schedule=())


def recover_annex(
    document: ReadDocument,
    library: Library,
    sent: Annex | None = None,
    values: Mapping[str, ParameterValue] = EMPTY,
) -> tuple[Annex | None, list[Diagnostic]]:
    """The annex that a Word file holds; None when it holds no clause. `sent` is the annex that it was made from.

    `values` are those known to be agreed, whatever the schedule of values still says.
    """
    annex, _, notes = recover_with_standing(document, library, sent, values)
    return annex, notes


def recover_with_standing(
    document: ReadDocument,
    library: Library,
    sent: Annex | None = None,
    values: Mapping[str, ParameterValue] = EMPTY,
) -> tuple[Annex | None, Standing, list[Diagnostic]]:
    """The same with how its clauses stand to the library's wording, or to that of `sent`."""
    recovery = _Recovery(document, library, sent, values)
    annex = recovery.annex()
    if annex is None:
        return None, Standing(), recovery.notes
    if sent:
        wordings = Wordings()
        wordings.weigh(annex, sent)
    else:
        if not recovery.listed:
            # What the clauses say in the places of the library's values tells which wording they were made from.
            first = wordings_of(annex, library, document.name, postures_only=True)
            annex = recovery.with_said(annex, standing_of(annex, first, recovery.library))
        wordings = wordings_of(annex, library, document.name)
    standing = standing_of(annex, wordings, recovery.library)
    if not recovery.listed:
        annex = recovery.with_said(annex, standing)
    return recovery.as_said(annex, standing), standing, recovery.notes


@dataclass(frozen=True, slots=True)
class _Worth:
    value: ParameterValue


class _Recovery:
    """The working memory of one recovery."""

    def __init__(
        self, document: ReadDocument, library: Library, sent: Annex | None, values: Mapping[str, ParameterValue]
    ) -> None:
        self.values = values
        self.document = document
        self.properties = dict(document.properties)
        self.language = self.properties.get("language", "en-GB")
        self.notes: list[Diagnostic] = []
        self.sections = sections(document)
        self.listed = False  # whether a schedule of the annex lists every value
        self.law = self._law(library)
        self.library = library = spelled_library(library, self.language, self.law)
        self.sent = {p.anchor: p for p in sent.paragraphs() if p.anchor} if sent else {}
        self.sent_texts = {tidy_text(p.text): p for p in sent.paragraphs()} if sent else {}
        self.sent_annex = sent
        levels = [lvl for n in library.numberings.values() for lvl in (*n.clause, *n.schedule)]
        self.labels = parameters_by_label(library)
        self.nouns = sorted({lvl.noun for lvl in levels if lvl.noun}, key=len, reverse=True)
        self.anchors: dict[str, Reference] = {}  # of labelled paragraphs, by anchor

    def note(self, rule: str, message: str, severity: Severity = Severity.NOTE) -> None:
        """Tell what could not be found."""
        self.notes.append(
            Diagnostic(rule=rule, message=message, at=Position(file=self.document.name), severity=severity)
        )

    # -- the whole ---------------------------------------------------------------------------------------------

    def _law(self, library: Library) -> Law | None:
        """The law that the key terms name."""
        names = {law.name: law for law in library.laws.values()}
        section = self._named("key terms")
        rows = (b.texts for b in section.blocks if isinstance(b, ReadRow)) if section else ()
        return next((names[tidy_text(r[1])] for r in rows if len(r) > 1 and tidy_text(r[1]) in names), None)

    def annex(self) -> Annex | None:
        """What stands in the file, its values as the schedules list them; `as_said` does the rest."""
        clauses = tuple(self._clauses())
        if not clauses:
            self.note("no-clauses", "no clause was found: no anchor, no heading and no numbered title", Severity.ERROR)
            return None
        schedules = tuple(self._schedules())
        details = dict(self._details())
        key_terms, key_values = self._key_terms()
        terms = {row[0].text: row[1].text for row in key_terms.rows if len(row) > 1}
        parameters = self._parameters(schedules, (key_terms, *key_values))
        rules = self._rules(parameters, terms)
        # Sums of its own are those that do not follow from the shares that the key terms list.
        printed = read_sums(_tables((key_terms, *(b for s in schedules for b in s.blocks))), terms.get("Currency", ""))
        if rules:
            follows = rules.table()
            own = {name: amount for name, amount in printed.items() if amount != getattr(follows, name)}
            rules = replace(rules, own=MappingProxyType(own))
        sent = self.sent_annex
        law = next((law for law in self.library.laws.values() if law.name == terms.get("Governing law")), None)
        version, _, status = details.get("Version", "").partition(" (")
        return Annex(
            title=self._title(),
            reference=details.get("Reference", ""),
            version=version,
            date=parse_date(details.get("Date", "")) or date.min,
            status="draft" if status else "final",
            classification=details.get("Classification", ""),
            language=self.language,
            law=law.id if law else "",
            currency=terms.get("Currency", ""),
            calendar=self._calendar(terms.get("Business Days at", "")),
            time_zone=terms.get("Time zone", ""),
            page="A4",
            numbering=self.library.numberings[law.numbering] if law else _NO_NUMBERING,
            client=self._company("Client", details),
            provider=self._company("Provider", details),
            agreement=details.get("Agreement", ""),
            contacts=sent.contacts if sent else (),
            preliminaries=self._preliminaries(),
            key_terms=key_terms,
            key_values=key_values,
            testimonium=self._testimonium(),
            execution=tuple(self._execution()),
            groups=MappingProxyType(dict(self.library.headings)),
            clauses=clauses,
            definitions=tuple(self._definitions()),
            schedules=schedules,
            signatures=self._named(*_SIGNATURES) is not None,
            headings=MappingProxyType(
                {_slug(s.title): s.title for s in self.sections if s.kind == "heading"}
                | ({"signatures": signed.title} if (signed := self._named(*_SIGNATURES)) else {})
                | self._lead()
            ),
            parameters=MappingProxyType(parameters),
            obligations=(),
            sanctions=MappingProxyType({}),
            credit_rules=rules,
            coverage=tuple(self._coverage(clauses, terms.get("Frameworks", ""))),
            fingerprint=self.properties.get("identifier", "").removeprefix("sha256:"),
        )

    def as_said(self, annex: Annex, standing: Standing) -> Annex:
        """The annex with the values that its clauses say, and with the duties, credits and coverage that follow from them."""
        parameters = dict(self._as_said(annex, standing))
        terms = {row[0].text: row[1].text for row in annex.key_terms.rows if len(row) > 1}
        rules = self._rules(parameters, terms)
        if rules and annex.credit_rules:
            rules = replace(rules, own=annex.credit_rules.own)
        self._tell(standing)
        return replace(
            annex,
            parameters=MappingProxyType(parameters),
            obligations=tuple(self._obligations(annex.clauses, parameters, standing)),
            sanctions=MappingProxyType(self._sanctions(annex.clauses) if rules else {}),
            credit_rules=rules,
            coverage=tuple(replace(r, paragraphs=()) if self._open(r, standing) else r for r in annex.coverage),
        )

    def _as_said(self, annex: Annex, standing: Standing) -> Iterator[tuple[str, Entry]]:
        number = next((s.number for s in annex.schedules if s.id == "parameters"), "")
        key_terms = {n: v for t in _tables((annex.key_terms, *annex.key_values)) for n, v in self._key_values(t)}
        noun = annex.numbering.clause[1].noun if len(annex.numbering.clause) > 1 else ""
        unsaid: list[str] = []
        for name, entry in annex.parameters.items():
            readings = standing.readings.get(name, [])
            if name in self.values or not (readings or name in standing.unsaid):
                yield name, entry
                continue
            said = [(f"{noun if r.place[:1].isdigit() else ''}{r.place}", r.text, r.value) for r in readings]
            listed = [(f"{noun if number[:1].isdigit() else ''}{number}", entry.text, entry.value)] if number else []
            if name in key_terms:
                listed.append(("the key terms", *key_terms[name]))
            if not said:
                unsaid.append(f"{entry.label} ({entry.text})")
                continue
            first = said[0]
            others = [s for s in (*said[1:], *listed) if s[2] != first[2]]
            if first[2] is None:
                self._differ(entry.label, f"{first[0]} says “{first[1]}”, which is no value that can be read", listed)
                continue
            if others:
                self._differ(entry.label, f"{first[0]} says {first[1]}", others)
            parameter = self.library.parameter(name)
            # The key terms may name in full what the clause says in short: "Europe/London" and "London".
            text = self._plainly(parameter, readings[0]) if parameter else first[1]
            unit = f" {parameter.unit}" if parameter and parameter.unit else ""
            yield name, replace(entry, value=first[2], text=text.removesuffix(unit))

        if unsaid:
            places = f"{noun if number[:1].isdigit() else ''}{number} says" if number else "the key terms say"
            self.note("clause-and-schedule", f"only {places}, and no clause: {'; '.join(unsaid)}", Severity.WARNING)

    def _differ(self, label: str, said: str, others: Sequence[tuple[str, str, ParameterValue | None]]) -> None:
        """Tell that places of the annex say different things of one value, each place with what it says."""
        by_text: dict[str, list[str]] = {}
        for place, text, _ in others:
            by_text.setdefault(text, []).append(place)
        rest = "; ".join(f"{', '.join(dict.fromkeys(places))}: {text}" for text, places in by_text.items())
        self.note("clause-and-schedule", f"{label}: {said}; {rest}", Severity.WARNING)

    def _key_values(self, key_terms: Table) -> Iterator[tuple[str, tuple[str, ParameterValue]]]:
        """The values that the key terms repeat: their words without the clause that is named behind them."""
        for row in key_terms.rows:
            parameter = self.labels.get(tidy_text(row[0].text)) if len(row) > 1 else None
            if parameter is None:
                continue
            text = " ".join(row[1].text.split())
            for shown in (text, _IN_BRACKETS.sub("", text)):
                value = parse_value(shown, parameter)
                if value is not None and (parameter.type not in ("text", "list") or shown != text or "(" not in text):
                    yield parameter.name, (shown, value)
                    break

    def _tell(self, standing: Standing) -> None:
        for rule, message, places in (
            ("other-wording", "not worded as the library words it", standing.reworded),
            ("missing-wording", "missing of the library's wording", standing.missing),
            ("added-wording", "not in the library's wording", standing.added),
        ):
            if places:
                self.note(rule, f"{message}: {'; '.join(places)}", Severity.WARNING)

    def _open(self, row: CoverageRow, standing: Standing) -> bool:
        """Whether a paragraph that is to answer a requirement is missing."""
        if not standing.gone:
            return False
        return any(
            paragraph_anchor(clause.id, label) in standing.gone
            for clause in self.library.clauses.values()
            for label in clause.maps_to.get(row.framework, {}).get(row.ref, ())
        )

    # -- clauses and schedules ---------------------------------------------------------------------------------

    def _clauses(self) -> Iterator[ClauseBlock]:
        by_title = {tidy_text(c.title).casefold(): c for c in self.library.clauses.values()}
        matched = set()
        for section in self.sections:
            if section.kind != "clause":
                continue
            clause = self.library.clauses.get(section.id) or by_title.get(tidy_text(section.title).casefold())
            id_ = section.id or (clause.id if clause else _slug(section.title))
            matched.add("anchor" if section.id else "heading" if clause else "unknown")
            topic = self.library.topics.get(clause.topic) if clause else None
            yield ClauseBlock(
                id=id_,
                version=clause.version if clause else 0,
                topic=clause.topic if clause else "",
                group=topic.group if topic else "",
                number=section.number,
                title=_IN_ONE_LINE.sub(" ", section.title),
                anchor=section.anchor,
                blocks=tuple(self._blocks(section, clause, clause.title if clause else section.title)),
            )
        if "heading" in matched:
            self.note("matched-by-heading", "clauses without their anchor were found by their heading")

    def _schedules(self) -> Iterator[Schedule]:
        titles = {
            tidy_text(p.text).casefold(): p.name.removeprefix("schedule-")
            for p in self.library.frame
            if p.name.startswith("schedule-")
        } | _FORMER
        for section in self.sections:
            if section.kind == "schedule":
                id_ = section.id or titles.get(tidy_text(section.title).casefold(), _slug(section.title))
                yield Schedule(
                    id=id_,
                    number=section.number,
                    title=section.title,
                    anchor=section.anchor,
                    blocks=tuple(self._blocks(section, None, section.title)),
                )

    def _blocks(self, section: Section, clause: Clause | None, title: str) -> Iterator[Block]:
        labels = _labels(clause) if clause else {}
        rows: list[ReadRow] = []
        for block in (*section.blocks, None):
            if rows and (not isinstance(block, ReadRow) or block.table != rows[0].table):
                if any(row.cells for row in rows):
                    yield self._table(rows, title)
                rows = []
            if isinstance(block, ReadRow):
                rows.append(block)
            elif block is not None and block.text.strip():
                yield self._paragraph(block, labels)

    def _paragraph(self, read: ReadParagraph, labels: Mapping[str, str]) -> Paragraph:
        anchor = next((a for a in read.anchors if a in labels), "")
        anchor = anchor or next((a for a in read.anchors if a.startswith(("_cc_", "_cs_"))), "")
        paragraph = Paragraph(
            level=read.level if read.level > 1 else 0,
            number=read.number,
            full_number=read.full_number,
            label=labels.get(anchor, ""),
            anchor=anchor,
            inlines=self._with_values(self._inlines(read.segments), anchor),
        )
        if anchor:
            self.anchors[anchor] = Reference(anchor, "", read.full_number)
        return paragraph

    def _inlines(self, segments: tuple[Segment, ...]) -> tuple[Inline, ...]:
        """Segments as inlines; the word before a reference goes with it."""
        out: list[Inline] = []
        for segment in segments:
            if not segment.target:
                out.append(Text(segment.text))
                continue
            before = out[-1].text if out and isinstance(out[-1], Text) else ""
            noun = next((n for n in self.nouns if before.replace("\u00a0", " ").endswith(n)), "")
            if noun:
                out[-1:] = [Text(before[: -len(noun)])] if len(before) > len(noun) else []
            out.append(Reference(segment.target, noun, segment.text))
        return tuple(out)

    def _with_values(self, inlines: tuple[Inline, ...], anchor: str) -> tuple[Inline, ...]:
        """The inlines with the values of the sent paragraph found again, when one answers to this one."""
        text = tidy_text(plain_text(inlines))
        sent = self.sent_texts.get(text) or self.sent.get(anchor)
        if sent is None or not any(isinstance(i, Value) for i in sent.inlines):
            return inlines
        if tidy_text(sent.text) == text:
            return sent.inlines
        match = _pattern(sent.inlines).fullmatch(text)
        if not match:
            return inlines
        found = iter(match.groups())
        return tuple(replace(i, text=next(found)) if isinstance(i, (Value, Reference)) else i for i in sent.inlines)

    def _table(self, rows: list[ReadRow], title: str) -> Table:
        def cells(row: ReadRow) -> tuple[Cell, ...]:
            return tuple(
                Cell(
                    inlines=tuple(
                        i for n, p in enumerate(c) for i in ((Text("\n"),) if n else ()) + self._inlines(p.segments)
                    )
                )
                for c in row.cells
            )

        width = max(len(r.cells) for r in rows)
        header = rows[0].texts + ("",) * (width - len(rows[0].texts))
        body = tuple(c + (Cell(inlines=()),) * (width - len(c)) for c in map(cells, rows[1:]))
        left: Align = "left"
        return Table(title=title, header=header, rows=body, widths=(1,) * width, align=(left,) * width)

    # -- the front ---------------------------------------------------------------------------------------------

    def _front(self) -> tuple[ReadBlock, ...]:
        return self.sections[0].blocks if self.sections and self.sections[0].kind == "front" else ()

    def _title(self) -> str:
        for block in self._front():
            if isinstance(block, ReadParagraph) and block.text.strip():
                return " ".join(block.text.split())
        return self.properties.get("title", self.document.name)

    def _details(self) -> Iterator[tuple[str, str]]:
        """The lines of the title block: a label, a tab, what it says."""
        for block in self._front():
            if isinstance(block, ReadParagraph) and "\t" in block.text:
                label, _, text = block.text.partition("\t")
                yield label.strip(), " ".join(text.split())

    def _company(self, who: str, details: Mapping[str, str]) -> Company:
        signatories = self._signatories(0 if who == "Client" else 1)
        if self.sent_annex:
            party = self.sent_annex.client if who == "Client" else self.sent_annex.provider
            printed = ", ".join(" ".join(x.split()) for x in (party.name, party.registration, party.address) if x)
            if printed == details.get(who, ""):
                return replace(party, signatories=signatories)
        printed = details.get(who, "")
        described = self._described(0 if who == "Client" else 1)
        if not printed and described:
            acting = " and ".join(", ".join(filter(None, s)) for s in signatories)
            own = "" if described.represented_by == acting else described.represented_by
            return replace(described, signatories=signatories, represented_by=own)
        name = self._party_name(printed)
        address = printed[len(name) :].removeprefix(", ") if name != printed else ""
        return Company(name=name, address=address, country="", signatories=signatories)

    def _described(self, index: int) -> Company | None:
        """The party that the opening describes at that place, by the name that stands under the title."""
        names = next((n for n in map(self._names, self._front()) if n), ())
        section = self._named("parties")
        texts = [b.text for b in section.blocks if isinstance(b, ReadParagraph)] if section else []
        texts = [_TYPED_NUMBER.sub("", t) for t in texts if _TYPED_NUMBER.match(t)]
        if index >= len(texts) or index >= len(names):
            return None
        known = self.sent_annex and (self.sent_annex.client, self.sent_annex.provider)[index]
        if known and tidy_text(texts[index]) in self.sent_texts:
            return known
        return company_of(texts[index], names[index], self.library, self.law) or Company(name=names[index], country="")

    @staticmethod
    def _names(block: ReadBlock) -> tuple[str, ...]:
        """The names of both parties, from the line under the title."""
        text = " ".join(block.text.split()) if isinstance(block, ReadParagraph) else ""
        names = tuple(text.split(" – "))
        return names if len(names) == 2 else ()

    def _party_name(self, printed: str) -> str:
        """The name at the start of a party's line of the title block; the line under the title names both parties."""
        for block in self._front():
            if isinstance(block, ReadParagraph) and " – " in block.text:
                for name in " ".join(block.text.split()).split(" – "):
                    if printed == name or printed.startswith(f"{name}, "):
                        return name
        return printed

    def _signatories(self, column: int) -> tuple[tuple[str, str], ...]:
        """Who signs for a party, from its column of the signature table."""
        section = self._named(*_SIGNATURES)
        found = []
        for block in section.blocks if section else ():
            if isinstance(block, ReadRow) and column < len(block.cells):
                lines = dict(line.partition(":")[::2] for line in block.texts[column].split("\n") if ":" in line)
                witness = "Address" in lines and "Signature of witness" not in lines
                if lines.get("Name", "").strip() and not witness:
                    capacity = next((lines[c].strip() for c in _CAPACITIES if lines.get(c, "").strip()), "")
                    found.append((lines["Name"].strip(), capacity))
        return tuple(found)

    def _execution(self) -> Iterator[SignatureBlock]:
        """Where each party signs, side by side: the words over it, and its lines."""
        section = self._named(*_SIGNATURES)
        rows = [b for b in section.blocks if isinstance(b, ReadRow)] if section else []
        sides: tuple[Literal["client", "provider"], ...] = ("client", "provider")
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

    def _named(self, *titles: str) -> Section | None:
        return next((s for s in self.sections if s.kind == "heading" and s.title.casefold() in titles), None)

    def _preliminaries(self) -> tuple[Block, ...]:
        section = self._named("how to read this annex")
        if section:
            return tuple(b for b in self._blocks(section, None, "") if isinstance(b, Paragraph))
        return tuple(self._opening())

    def _opening(self) -> Iterator[Block]:
        """Date, parties, background and operative words: what stands between the contents and the key terms."""
        before = [b for b in self._front() if isinstance(b, ReadParagraph)]
        last = max((i for i, b in enumerate(before) if b.style.casefold().startswith("toc")), default=len(before))
        for block in before[last + 1 :] if self._named("parties") else ():
            if block.text.strip():
                yield self._front_paragraph(block)
        for section in self.sections:
            if section.kind not in ("front", "heading") or section.title.casefold() == "key terms":
                break
            if section.kind == "front" or section.title.casefold() in _BEFORE:
                continue
            yield Paragraph(role="heading", inlines=(Text(section.title),))
            for read in section.blocks:
                if isinstance(read, ReadParagraph) and read.text.strip():
                    yield self._front_paragraph(read)

    def _front_paragraph(self, read: ReadParagraph) -> Paragraph:
        """A paragraph of the opening; the number of a party or recital is typed before a tab."""
        match = _TYPED_NUMBER.match(read.text)
        paragraph = replace(self._paragraph(read, {}), level=0, number="", full_number="")
        if not match:
            return paragraph
        inlines = self._with_values(_after(paragraph.inlines, match.end()), "")
        return replace(paragraph, number=match["number"], full_number=match["number"], role="recital", inlines=inlines)

    def _testimonium(self) -> tuple[Block, ...]:
        section = self._named(*_SIGNATURES)
        blocks = [b for b in section.blocks if isinstance(b, ReadParagraph) and b.text.strip()] if section else []
        return tuple(self._paragraph(b, {}) for b in blocks)

    def _key_terms(self) -> tuple[Table, tuple[Block, ...]]:
        """The table of the deal, and what follows it in the key terms."""
        section = self._named("key terms")
        blocks = tuple(
            replace(b, rows=tuple(map(self._key_row, b.rows))) if isinstance(b, Table) else b
            for b in (self._blocks(section, None, "Key terms of this Annex") if section else ())
        )
        first = next((b for b in blocks if isinstance(b, Table)), None)
        if first is not None:
            return first, blocks[blocks.index(first) + 1 :]
        self.note(
            "no-key-terms", "the table of key terms was not found: law, currency, time zone and charges are unknown"
        )
        return Table(title="", header=(), rows=(), widths=(), align=()), ()

    def _key_row(self, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """A row of the key terms; what the parties chose is a value with the clause that prints it."""
        parameter = self.labels.get(tidy_text(row[0].text)) if row else None
        if parameter is None or len(row) < 2:
            return row
        if not any(isinstance(i, Reference) for i in row[1].inlines):
            if not parameter.key_terms:  # "Time zone" is a term of the deal and the label of a value too
                return row
            unit = (
                f" {parameter.unit}" if parameter.unit and tidy_text(row[1].text).endswith(f" {parameter.unit}") else ""
            )
            chosen = tidy_text(row[1].text).removesuffix(unit)
            return (row[0], Cell(inlines=(Value(parameter.name, chosen), *((Text(unit),) if unit else ()))), *row[2:])
        text, bracket, rest = plain_text(row[1].inlines).rpartition(" (")
        return (
            row[0],
            Cell(inlines=(Value(parameter.name, text if bracket else rest), Text(bracket + rest if bracket else ""))),
        )

    def _calendar(self, name: str) -> str:
        """The code of the place whose calendar counts."""
        found = place_code(name) if name else ""
        if not found:
            self.note("no-calendar", "the place of the Business Days was not found")
        return found

    # -- definitions -------------------------------------------------------------------------------------------

    def _definitions(self) -> Iterator[DefinitionBlock]:
        section = next((s for s in self.sections if s.kind == "definitions"), None)
        for block in section.blocks if section else ():
            if not isinstance(block, ReadParagraph):
                continue
            match = _TERM.fullmatch(block.text.strip())
            if match:
                anchor = next((a for a in block.anchors if a.startswith(DEFINITION_ANCHOR)), "")
                inlines = _after(
                    self._inlines(block.segments), len(block.text) - len(block.text.lstrip()) + match.start("text")
                )
                yield DefinitionBlock(term=match["term"], anchor=anchor, inlines=inlines)

    def _lead(self) -> dict[str, str]:
        """The sentence that stands before the definitions."""
        section = next((s for s in self.sections if s.kind == "definitions"), None)
        first = section.blocks[0] if section and section.blocks else None
        if not isinstance(first, ReadParagraph) or not first.text.strip() or _TERM.fullmatch(first.text.strip()):
            return {}
        return {"definitions-lead": first.text.strip()}

    # -- values, duties, credits, coverage -------------------------------------------------------------------

    def with_said(self, annex: Annex, standing: Standing) -> Annex:
        """The annex with each value that its clauses and definitions say, and that nothing lists."""
        said = {
            name: self._entry(parameter, self._plainly(parameter, reading), reading.value)
            for name, readings in standing.readings.items()
            if (parameter := self.library.parameter(name))
            and (reading := next((r for r in readings if r.value is not None), None))
            and reading.value is not None
        }
        return replace(annex, parameters=MappingProxyType({**said, **annex.parameters}))

    def _plainly(self, parameter: Parameter, reading: Reading) -> str:
        """A value as most texts print it: "12 months", where a sentence says "every 12 months"."""
        return (
            value_text(parameter, reading.value, self.language) if isinstance(reading.value, Duration) else reading.text
        )

    def _entry(self, parameter: Parameter, text: str, value: ParameterValue) -> Entry:
        owner = self.library.owner(parameter.name)
        unit = f" {parameter.unit}" if parameter.unit else ""
        return Entry(
            name=parameter.name,
            label=parameter.label,
            clause=owner.id if owner else "",
            value=value,
            text=text.removesuffix(unit),
            stricter=parameter.stricter,
        )

    def _agreed_entry(self, parameter: Parameter, text: str, value: ParameterValue) -> Entry:
        """A value as the key terms say it, unless another is known to be agreed."""
        agreed = self.values.get(parameter.name)
        if agreed is None or agreed == value:
            return self._entry(parameter, text, value)
        return self._entry(parameter, value_text(parameter, agreed, self.language), agreed)

    def _parameters(self, schedules: tuple[Schedule, ...], key_terms: tuple[Block, ...]) -> dict[str, Entry]:
        labels = self.labels
        schedule = next((s for s in schedules if s.id == "parameters"), None)
        tables = [b for b in schedule.blocks if isinstance(b, Table)] if schedule else []
        self.listed = bool(tables)
        if not tables:
            # The clauses say the values; the key terms repeat some, and those of the deal.
            return {
                name: self._agreed_entry(parameter, text, value)
                for t in _tables(key_terms)
                for name, (text, value) in self._key_values(t)
                if (parameter := self.library.parameter(name))
            }
        out: dict[str, Entry] = {}
        for row in (row for table in tables for row in table.rows):
            label, chosen = tidy_text(row[0].text), " ".join(row[1].text.split()) if len(row) > 1 else ""
            parameter = labels.get(label)
            if parameter is None:
                self.note("unknown-value", f"the value “{label}” is none that the library knows")
                continue
            value = parse_value(chosen, parameter)
            if value is None:
                self.note("unread-value", f"“{chosen}” could not be read as the value of “{label}”", Severity.WARNING)
            owner = self.library.owner(parameter.name)
            unit = f" {parameter.unit}" if parameter.unit else ""
            text = chosen.removesuffix(unit)
            agreed = self.values.get(parameter.name)
            if agreed is not None and agreed != value:
                value, text = agreed, value_text(parameter, agreed, "en-GB").removesuffix(unit)
            out[parameter.name] = Entry(
                name=parameter.name,
                label=parameter.label,
                clause=owner.id if owner else "",
                value=chosen if value is None else value,
                text=text,
                stricter=parameter.stricter,
                role=parameter.role,
            )
        return out

    def _rules(self, parameters: Mapping[str, Entry], terms: Mapping[str, str]) -> CreditRules | None:
        charges = next((text for label, text in terms.items() if label.startswith("Monthly Charges")), "")
        try:
            monthly = Money.parse(plain_sum(charges)) if charges else None
        except QuantityError:
            monthly = None
        law = next((law for law in self.library.laws.values() if law.name == terms.get("Governing law")), None)
        settings = {name: _Worth(e.value) for name, e in parameters.items()}
        fact = self.library.facts.get("seats")
        seats = terms.get(fact.label, "").replace(",", "") if fact else ""
        rules = build_rules(
            self.library.by_role(settings),
            currency=terms.get("Currency", ""),
            monthly_charges=monthly,
            seats=int(seats) if seats.isascii() and seats.isdigit() else None,
            switches=law.switches if law else {},
            damages=law.damages if law else "credited",
            credit_label=law.credit_label if law else "Service Credit",
        )
        return rules if isinstance(rules, CreditRules) else None

    def _sanctions(self, clauses: tuple[ClauseBlock, ...]) -> dict[str, Sanction]:
        """The failures that carry a credit: those of the library whose paragraph the file has."""
        return {
            name: build_sanction(spec, clause.id)
            for clause in self._known(clauses)
            for name, spec in clause.failures.items()
            if paragraph_anchor(clause.id, spec.paragraph) in self.anchors
        }

    def _known(self, clauses: tuple[ClauseBlock, ...]) -> Iterator[Clause]:
        return (self.library.clauses[c.id] for c in clauses if c.id in self.library.clauses)

    def _obligations(
        self, clauses: tuple[ClauseBlock, ...], parameters: Mapping[str, Entry], standing: Standing
    ) -> Iterator[Obligation]:
        """The library's duties that the file states: their paragraph stands in it, with their words and their period."""
        blocks = {c.id: c.blocks for c in clauses}
        for clause in self._known(clauses):
            texts = _texts_by_label(blocks[clause.id])
            counts: dict[str, int] = {}
            for duty in _stated(clause, texts, parameters, standing.duties.get(clause.id)):
                counts[duty.paragraph] = counts.get(duty.paragraph, 0) + 1
                number = counts[duty.paragraph]
                yield self._obligation(clause.id, duty, f"/{number}" if number > 1 else "", parameters)

    def _obligation(self, clause: str, duty: Duty, suffix: str, parameters: Mapping[str, Entry]) -> Obligation:
        def paragraph(label: str) -> str:
            owner, _, name = label.rpartition("#")
            reference = self.anchors.get(paragraph_anchor(owner or clause, name))
            return reference.text if reference else ""

        def period(due: Due) -> Duration | None:
            if not due or isinstance(due, FixedPeriod):
                return due.period if due else None
            value = parameters[due].value
            return value if isinstance(value, Duration) else RHYTHMS.get(str(value))

        deadline = Deadline(
            every=period(duty.every),
            within=period(duty.within),
            before=period(duty.before),
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
            failure=self.library.clauses[clause].failure_of(duty),
            kind="recurring" if deadline.every else "triggered" if deadline.within or deadline.before else "standing",
        )

    def _coverage(self, clauses: tuple[ClauseBlock, ...], printed: str) -> Iterator[CoverageRow]:
        # "UK GDPR" names the GDPR too only where both stand.
        named = set()
        for framework in sorted(self.library.frameworks.values(), key=lambda f: -len(f.short)):
            rest = re.sub(rf"(?<!\w){re.escape(framework.short)}(?!\w)", "", printed)
            if rest != printed:
                named.add(framework.id)
            printed = rest
        for framework in (f for f in self.library.frameworks.values() if f.id in named):
            for reference in framework.references.values():
                found = [
                    self.anchors[anchor]
                    for clause in self._known(clauses)
                    for label in clause.maps_to.get(framework.id, {}).get(reference.ref, ())
                    if (anchor := paragraph_anchor(clause.id, label)) in self.anchors
                ]
                yield CoverageRow(
                    framework=framework.id,
                    ref=reference.ref,
                    kind=reference.kind,
                    duty=reference.duty,
                    checked=reference.checked,
                    paragraphs=tuple(found),
                    evidence="",
                    topics=reference.topics,
                )


_IN_ONE_LINE = re.compile(r"\s+")
_TYPED_NUMBER = re.compile(r"\s*(?P<number>\((?:\d{1,2}|[A-Z])\))\t\s*")
_CAPACITIES = ("Capacity", "Position", "Title", "Designation", "Function")
_WORD = re.compile(r"[a-z]{4,}")
STATED = (
    0.6  # share of the words of a duty's object that its paragraph must have, where the library has several wordings
)


def _tables(blocks: Iterable[Block]) -> list[Table]:
    return [b for b in blocks if isinstance(b, Table)]


def _texts_by_label(blocks: tuple[Block, ...]) -> dict[str, str]:
    """For each labelled paragraph its words and those of the paragraphs below it."""
    texts: dict[str, str] = {}
    open_: list[tuple[int, str]] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            open_ = [(level, label) for level, label in open_ if level < block.level]
            for _, label in open_:
                texts[label] += f" {block.text}"
            if block.label:
                texts[block.label] = block.text
                open_.append((block.level, block.label))
    return texts


def _stated(
    clause: Clause, texts: Mapping[str, str], parameters: Mapping[str, Entry], known: Sequence[Obligation] | None
) -> Iterator[Duty]:
    """The duties of a clause that a file states; `known` are those of the wording that it was made from.

    A file holds no posture. Where its wording is not known either, of the duties that the library has for one paragraph at
    different postures, the one whose words the paragraph has is taken.
    """
    possible = [
        d
        for d in clause.duties
        if d.paragraph in texts
        and all(n in parameters for n in d.parameters)
        and all(_says(texts[d.paragraph], d, slot) for slot in ("every", "within", "before"))
        and not _ruled_out(d, parameters)
    ]
    if known is not None:
        left = Counter(map(_words_of_duty, known))
        for duty in possible:
            words = _words_of_duty(duty)
            if left[words]:
                left[words] -= 1
                yield duty
        return
    for duty in possible:
        rivals = [
            d
            for d in possible
            if d.paragraph == duty.paragraph and d.postures and not set(d.postures) & set(duty.postures)
        ]
        share = _share_said(duty, texts[duty.paragraph])
        if duty.postures and any(_share_said(r, texts[r.paragraph]) > share for r in rivals):
            continue
        alone = sum(d.paragraph == duty.paragraph for d in possible) == 1
        if alone or not (duty.postures or duty.when.parts) or share >= STATED:
            yield duty


def _words_of_duty(duty: Duty | Obligation) -> tuple[str, ...]:
    """What tells the duties of one clause apart."""
    return (duty.action, duty.object, duty.trigger, duty.evidence, *duty.parameters)


def _says(text: str, duty: Duty, slot: str) -> bool:
    """Whether a paragraph still says the period that the library's duty states itself."""
    due = getattr(duty, slot)
    return not isinstance(due, FixedPeriod) or says(text, due.period, recurs=slot == "every")


def _ruled_out(duty: Duty, parameters: Mapping[str, Entry]) -> bool:
    """Whether a choice that the file prints is another than the duty depends on."""

    def failed(test: Test | Condition) -> bool:
        if not isinstance(test, Test) or test.operator not in ("==", "!=") or test.name not in parameters:
            return False
        wanted = test.operand.text if isinstance(test.operand, Written) else None
        return OPERATORS[test.operator](parameters[test.name].value, wanted) == test.negated

    return duty.when.join == "all" and any(map(failed, duty.when.parts))


def _share_said(duty: Duty, text: str) -> float:
    """The share of the words of a duty that a text has, its period counted as one."""
    words = {word[:6] for word in _WORD.findall(f"{duty.action} {duty.object}".casefold())}
    said = text.casefold()
    return sum(word in said for word in words) / len(words) if words else 1.0


def _after(inlines: tuple[Inline, ...], start: int) -> tuple[Inline, ...]:
    """The inlines from a character on."""
    out: list[Inline] = []
    for inline in inlines:
        if start >= len(inline.text):
            start -= len(inline.text)
            continue
        out.append(replace(inline, text=inline.text[start:]) if start else inline)
        start = 0
    return tuple(out)


def _pattern(inlines: tuple[Inline, ...]) -> re.Pattern[str]:
    """A pattern of a sent paragraph: its words as they were, its values and references as anything short."""
    parts = []
    for inline in inlines:
        if isinstance(inline, Value):
            parts.append(r"(.{1,80}?)")
        elif isinstance(inline, Reference):
            parts.append(re.escape(_tidy_inside(inline.noun)) + r"(.{1,40}?)")
        else:
            parts.append(re.escape(_tidy_inside(inline.text)))
    return re.compile("".join(parts))


def _tidy_inside(text: str) -> str:
    """The text as texts are compared; what is around it stays."""
    return tidy_text(f"x{text}x")[1:-1]


def _slug(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", title.casefold()))[:36] or "part"


def _labels(clause: Clause) -> dict[str, str]:
    """The labels of a clause's paragraphs by their anchors."""
    return {paragraph_anchor(clause.id, label): label for label in labels_of(clause)}
