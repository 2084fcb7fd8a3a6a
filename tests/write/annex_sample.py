"""A rich annex built by hand: 25 clauses in groups, three numbered levels, tables, definitions, schedules."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from ccclauses.compose.numbers.anchors import clause_anchor, definition_anchor, paragraph_anchor, schedule_anchor
from ccclauses.compose.numbers.numbering import Counter
from ccclauses.model.annex import (
    Annex,
    Cell,
    ClauseBlock,
    CoverageRow,
    DefinitionBlock,
    Emphasis,
    Entry,
    Paragraph,
    Reference,
    Schedule,
    Table,
    Term,
    Text,
    Value,
)
from ccclauses.model.diagnostic import Position
from ccclauses.model.library.library import Level, Numbering
from ccclauses.model.obligation import Deadline, Obligation
from ccclauses.model.profile import Company, Contact
from ccclauses.model.words.quantity import Duration


def _scheme(*levels: tuple[str, str, str]) -> tuple[Level, ...]:
    return tuple(Level(format=f, text=t, noun=n) for f, t, n in levels)  # type: ignore[arg-type]


SCHEDULE = _scheme(
    ("decimal", "Schedule %1", ""),
    ("decimal", "%2", "paragraph "),
    ("lowerLetter", "(%3)", "paragraph "),
    ("lowerRoman", "(%4)", "paragraph "),
)
SCHEMES = {
    "decimal": Numbering(
        clause=_scheme(
            ("decimal", "%1", "clause "),
            ("decimal", "%1.%2", "clause "),
            ("lowerLetter", "(%3)", "clause "),
            ("lowerRoman", "(%4)", "clause "),
        ),
        schedule=SCHEDULE,
    ),
    "section": Numbering(
        clause=_scheme(
            ("decimal", "Section %1.", ""),
            ("decimal", "Section %1.%2", ""),
            ("lowerLetter", "(%3)", ""),
            ("lowerRoman", "(%4)", ""),
        ),
        schedule=_scheme(
            ("upperLetter", "Exhibit %1", ""),
            ("decimal", "%2.", "paragraph "),
            ("lowerLetter", "(%3)", "paragraph "),
            ("lowerRoman", "(%4)", ""),
        ),
    ),
    "us": Numbering(
        clause=_scheme(
            ("decimal", "Section %1.", ""),
            ("decimal", "%1.%2", "Section "),
            ("lowerLetter", "(%3)", "Section "),
            ("lowerRoman", "(%4)", "Section "),
        ),
        schedule=_scheme(
            ("upperLetter", "Exhibit %1", ""),
            ("decimal", "%2", "paragraph "),
            ("lowerLetter", "(%3)", "paragraph "),
            ("lowerRoman", "(%4)", ""),
        ),
    ),
    "paragraph": Numbering(
        clause=_scheme(
            ("decimal", "§ %1", ""), ("decimal", "(%2)", ""), ("lowerLetter", "%3)", ""), ("lowerRoman", "(%4)", "")
        ),
        schedule=_scheme(
            ("decimal", "Anlage %1", ""),
            ("decimal", "%2.", "Ziffer "),
            ("lowerLetter", "%3)", ""),
            ("lowerRoman", "(%4)", ""),
        ),
    ),
    "article": Numbering(
        clause=_scheme(
            ("decimal", "Article %1", ""),
            ("decimal", "%1.%2", "Article "),
            ("lowerLetter", "(%3)", "Article "),
            ("lowerRoman", "(%4)", "Article "),
        ),
        schedule=_scheme(
            ("decimal", "Annex %1", ""),
            ("decimal", "%2", "point "),
            ("lowerLetter", "(%3)", "point "),
            ("lowerRoman", "(%4)", "point "),
        ),
    ),
}

GROUPS = {
    "governance": "Governance",
    "people": "People and places",
    "data": "Data",
    "incidents": "Incidents",
    "money": "Money and disputes",
}
TITLES = {
    "governance": ("Interpretation", "Security objectives", "Policies", "Chief Security Officer", "Reports"),
    "people": ("Screening", "Training", "Clean desk", "Physical security", "Leavers and movers"),
    "data": ("Classification", "Storage", "Locations", "Encryption", "Removable media"),
    "incidents": ("Incident notification", "Response plan", "Corrective procedure", "Backup", "Recovery tests"),
    "money": ("Service credits", "Audit", "Records and evidence", "Subcontracting", "Disputes"),
}
_LONG = (
    "The Provider shall keep the arrangement in force for the whole term of the Agreement, shall review it after "
    "each change to the Services, and shall send the Client the result of each review in writing."
)


def sample_annex(
    scheme: str = "decimal", *, page: str = "A4", status: str = "draft", landscape: bool = True, language: str = "en-GB"
) -> Annex:
    """The rich annex in one of the numbering schemes."""
    numbering = SCHEMES[scheme]
    counter = Counter(numbering.clause)
    ids = [(group, title, title.lower().replace(" ", "-")) for group, titles in TITLES.items() for title in titles]
    targets: dict[str, Reference] = {}
    numbers: dict[tuple[str, int], tuple[str, str]] = {}
    shape = ((2, "duty"), (2, "of"), (3, "first"), (4, "deep"), (4, ""), (3, "second"), (2, "check"))
    for _, _, clause in ids:
        own, full = counter.next(1)
        numbers[clause, -1] = own, full
        targets[clause] = Reference(clause_anchor(clause), numbering.clause[0].noun, full)
        for index, (level, label) in enumerate(shape):
            own, full = counter.next(level)
            numbers[clause, index] = own, full
            if label:
                targets[f"{clause}#{label}"] = Reference(
                    paragraph_anchor(clause, label), numbering.clause[level - 1].noun, full
                )
    schedule_counter = Counter(numbering.schedule)
    names = ("parameters", "penalties", "evidence", "compliance", "contacts")
    for name in names:
        own, full = schedule_counter.next(1)
        numbers[name, -1] = own, full
        targets[f"schedule:{name}"] = Reference(schedule_anchor(name), "", full)

    def clause_block(index: int, group: str, title: str, clause: str) -> ClauseBlock:
        other = ids[(index + 7) % len(ids)][2]
        texts = (
            (
                Text("The "),
                Term("Provider", "Provider"),
                Text(" shall notify the Client of each "),
                Term("Incident", "Incident"),
                Text(" within "),
                Value("notice_period", "24 hours"),
                Text(" of becoming aware of it."),
            ),
            (
                Text("If a notice under "),
                targets[f"{clause}#duty"],
                Text(" is late, "),
                targets[f"{other}#first"],
                Text(" applies to:"),
            ),
            (Text("each started hour of delay, in the manner of "), targets[f"{other}#deep"], Text("; or")),
            (Text("a sum under "), targets["schedule:penalties"], Text(";")),
            (Text("a remedy under "), targets[other], Text("; and")),
            (Text("any "), Emphasis("other"), Text(" right that the law gives.")),
            (Text(_LONG),),
        )
        blocks: list[Paragraph | Table] = [
            Paragraph(
                level=level,
                number=numbers[clause, i][0],
                full_number=numbers[clause, i][1],
                label=label,
                anchor=paragraph_anchor(clause, label) if label else "",
                inlines=texts[i],
                at=Position(file="clauses.yaml", line=10 + i),
            )
            for i, (level, label) in enumerate(shape)
        ]
        if index == 4:
            blocks.append(
                Paragraph(inlines=(Text("The reports of each year are these, counted from the Start Date:"),))
            )
            blocks.append(_reports())
        return ClauseBlock(
            id=clause,
            version=3,
            topic=clause,
            group=group,
            number=numbers[clause, -1][0],
            title=title,
            anchor=clause_anchor(clause),
            blocks=tuple(blocks),
        )

    def schedule(name: str, title: str, *blocks: Paragraph | Table, wide: bool = False) -> Schedule:
        return Schedule(
            id=name,
            number=numbers[name, -1][0],
            title=title,
            anchor=schedule_anchor(name),
            blocks=blocks,
            landscape=wide and landscape,
        )

    def steps(name: str, *texts: tuple[int, str]) -> tuple[Paragraph, ...]:
        counted = Counter(numbering.schedule)
        counted.counts[0] = names.index(name)
        counted.next(1)
        out = []
        for level, text in texts:
            own, full = counted.next(level)
            out.append(Paragraph(level=level, number=own, full_number=full, inlines=(Text(text),)))
        return tuple(out)

    rows = tuple(
        (
            _cell(f"Notice period {i}"),
            Cell(inlines=(Value("notice_period", f"{i} hours"),)),
            _cell("calendar hours"),
            Cell(inlines=(targets[c],)),
        )
        for i, (_, _, c) in enumerate(ids, 1)
    )
    matrix = tuple(
        (
            _cell(f"Art 3{i % 10}({i % 4 + 1})"),
            _cell("The processor notifies the controller of a breach without undue delay after becoming aware."),
            Cell(inlines=(targets[f"{c}#duty"], Text("; "), targets[f"{c}#deep"])),
            _cell("Incident register with timestamps; copy of each notice"),
        )
        for i, (_, _, c) in enumerate(ids, 1)
    )
    schedules = (
        schedule(
            "parameters",
            "Values chosen by the parties",
            *steps("parameters", (2, "The table lists each value."), (2, "A change is made in writing.")),
            _table("Values", ("Value", "Chosen", "Counted in", "Clause"), rows, (42, 24, 20, 14)),
        ),
        schedule(
            "penalties",
            "Service Credits and a worked example",
            *steps(
                "penalties",
                (2, "Amounts are reckoned in this order:"),
                (3, "the rate;"),
                (3, "the caps:"),
                (4, "for the event;"),
                (4, "for the month."),
                (2, "The example is invented."),
            ),
            _money(),
        ),
        schedule(
            "evidence",
            "Evidence register",
            *steps("evidence", (2, "The table links duty and evidence.")),
            _table(
                "Duties and their evidence", ("Reference", "Duty", "Paragraph", "Evidence"), matrix, (14, 40, 20, 26)
            ),
            wide=True,
        ),
        schedule(
            "compliance",
            "Compliance matrix",
            *steps("compliance", (2, "The table shows what answers each requirement.")),
            _table(
                "Requirements", ("Reference", "Requirement", "Answered by", "Evidence"), matrix[:6], (14, 36, 22, 28)
            ),
            wide=True,
        ),
        schedule("contacts", "Contacts", *steps("contacts", (2, "A party changes a contact by notice."))),
    )
    obligation = Obligation(
        id="incident-notification#duty",
        clause="incident-notification",
        number="16.1",
        obligor="provider",
        action="notify",
        object="each Incident",
        trigger="becoming aware",
        deadline=Deadline(within=Duration(24, "hours"), counts_from="event"),
        parameters=("notice_period",),
        evidence="Notice",
        check="16.3",
        consequence="16.2",
        failure="late_notice",
        kind="triggered",
    )
    return Annex(
        title="Security Annex for Customer Care Services",
        reference="SA-2026-014",
        version="1.2",
        date=date(2026, 12, 1),
        status=status,  # type: ignore[arg-type]
        classification="Confidential",
        language=language,
        law="GB-EAW",
        currency="GBP",
        calendar="GB-ENG",
        time_zone="Europe/London",
        page=page,  # type: ignore[arg-type]
        numbering=numbering,
        client=Company(
            name="Harbour & Sons Retail plc",
            registration="company no. 01234567",
            address="1 Quay Street, Bristol BS1 4XX",
            country="GB",
            signatories=(("Amina Okafor", "Chief Information Security Officer"), ("J. B. O'Neill", "Director")),
        ),
        provider=Company(
            name="Łódź <Contact> Centre Sp. z o.o.",
            registration="KRS 0000123456",
            country="PL",
            signatories=(("Zofia Wójcik", "Prezes"),),
        ),
        agreement="Master Services Agreement no. MSA-77 of 3 May 2025",
        contacts=(
            Contact(
                party="client",
                role="Security duty officer",
                name="Amina Okafor",
                email="duty@example.com",
                phone="+44 20 7946 0000",
            ),
        ),
        preliminaries=(
            Paragraph(
                inlines=(Text("This Annex belongs to the Agreement and states the security terms of the Services."),)
            ),
            Paragraph(
                inlines=(
                    Text("“Including” does not limit the words before it. "),
                    targets["schedule:parameters"],
                    Text(" lists each value."),
                )
            ),
        ),
        key_terms=_table(
            "Key terms of this Annex",
            ("Subject", "Term"),
            (
                (_cell("Agreement"), _cell("Master Services Agreement no. MSA-77 of 3 May 2025")),
                (_cell("Governing law"), _cell("the law of England and Wales")),
                (_cell("Monthly Charges"), _cell("GBP 85,000.00")),
                (
                    _cell("Breach notice"),
                    Cell(
                        inlines=(
                            Value("notice_period", "24 hours"),
                            Text(" ("),
                            targets["incident-notification"],
                            Text(")"),
                        )
                    ),
                ),
            ),
            (38, 62),
        ),
        groups=MappingProxyType(GROUPS),
        clauses=tuple(clause_block(i, *c) for i, c in enumerate(ids)),
        definitions=tuple(
            DefinitionBlock(
                term=term,
                anchor=definition_anchor(term),
                inlines=(Text(f"means {words} under "), targets["classification"], Text(".")),
            )
            for term, words in (
                ("Client Data", "data of the Client & its customers"),
                ("Incident", "an event"),
                ("Provider", "the party so named"),
            )
        ),
        schedules=schedules,
        signatures=True,
        headings=MappingProxyType(
            {
                "contents": "Contents",
                "how-to-read": "How to read this Annex",
                "key-terms": "Key terms",
                "definitions": "Definitions",
                "signatures": "Signatures",
            }
        ),
        parameters=MappingProxyType(
            {
                "notice_period": Entry(
                    name="notice_period",
                    label="Notice period",
                    clause="incident-notification",
                    value=Duration(24, "hours"),
                    text="24 hours",
                )
            }
        ),
        obligations=(obligation,),
        coverage=(
            CoverageRow(
                framework="gdpr",
                ref="Art 33(2)",
                kind="deadline",
                duty="Notify.",
                checked="primary",
                paragraphs=(targets["incident-notification#duty"],),
                evidence="Notice",
                topics=("incidents",),
            ),
        ),
        fingerprint="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    )


def _cell(text: str) -> Cell:
    return Cell(inlines=(Text(text),))


def _table(
    title: str,
    header: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
    widths: tuple[int, ...],
    align: tuple[str, ...] = (),
) -> Table:
    return Table(title=title, header=header, rows=rows, widths=widths, align=align or ("left",) * len(header))  # type: ignore[arg-type]


def _reports() -> Table:
    rows = tuple(
        (_cell(f"Report {i}"), _cell("Chief Security Officer"), _cell("each month"), _cell(f"{i} Business Days"))
        for i in range(1, 14)
    )
    return _table("Reports", ("Report", "Owner", "Period", "Due"), rows, (30, 30, 20, 20))


def _money() -> Table:
    rows = tuple(
        (_cell(f"Step {i}"), _cell(f"Severity {i}, before the caps"), _cell(f"GBP {i * 1250:,}.00"))
        for i in range(1, 6)
    )
    return _table("A worked example", ("Step", "Rule", "Amount"), rows, (20, 50, 30), ("left", "left", "right"))
