"""The schedules and the key-terms table: what the annex knows, laid out as tables. No clause wording lives here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from ...common.places import country_name, place_name
from ...model.annex import (
    Align,
    Block,
    Cell,
    CoverageRow,
    Emphasis,
    Entry,
    Inline,
    Paragraph,
    Reference,
    Table,
    Text,
    Value,
)
from ...model.credits.credit import CreditRules, Sanction
from ...model.credits.settlement import worked_example
from ...model.library.form import SCHEDULES
from ...model.library.library import Fact, Framework
from ...model.profile import Profile, Resolution, System
from ...resolve.contacts import contacts_with_blanks
from ...resolve.facts import assumed_facts
from ...resolve.placeholders import credits_unconfirmed
from ..texts.terms import worded
from ..texts.wording import long_date, series, typographic
from .credit_table import credit_tables, notes

LANDSCAPE = frozenset({"compliance"})
# Schedules that are left out without material: the key of the profile that gives it, and what to write there.
SOURCES = {
    "compliance": ("attach", "write `attach: [compliance_matrix]` and switch a framework on"),
}
_PARTIES = {"client": "Client", "provider": "Provider"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What the schedules are made from."""

    resolution: Resolution
    parameters: Mapping[str, Entry]
    sanctions: Mapping[str, Sanction]
    rules: CreditRules | None
    coverage: tuple[CoverageRow, ...]
    targets: Mapping[str, Reference]
    inlines: Callable[[str], tuple[Inline, ...]]
    money: Callable[[str], str]  # a text with its sums as the place of the law writes them

    def reference(self, target: str) -> Cell:
        """A cell that refers to a clause or paragraph; an empty one where its text could not be read, which is reported."""
        return Cell(inlines=(self.targets[target],) if target in self.targets else ())

    def words(self, text: str) -> Cell:
        """A cell of plain words, with the terms in them found."""
        return Cell(inlines=self.inlines(typographic(text)))


Texts = Callable[[str], tuple[Block, ...]]
NewParagraph = Callable[..., Paragraph]
Builder = Callable[[Material, Texts, NewParagraph], tuple[Block, ...]]


def wanted(resolution: Resolution) -> frozenset[str]:
    """The schedules of an annex: all but those that its profile gives nothing for."""
    profile = resolution.profile
    out = set(resolution.form.schedules or SCHEDULES)
    if not any(part.name == "schedule-systems" for part in resolution.library.frame):
        out.discard("systems")
    capping = resolution.library.owner(resolution.library.roles.get("at_risk_month", ""))
    if not any(r.clause.failures for r in resolution.clauses) or (
        capping and all(r.clause.id != capping.id for r in resolution.clauses)
    ):
        out.discard("penalties")
    if not (profile.frameworks and "compliance_matrix" in profile.attach):
        out.discard("compliance")
    texts = [r.variant.text for r in resolution.clauses] + [p.text for r in resolution.clauses for p in r.clause.parts]
    asked = any('schedule("processing")' in text for text in texts)
    if not asked and not any(processing_rows(profile).values()):
        out.discard("processing")
    return frozenset(out)


def processing_rows(profile: Profile) -> dict[str, str]:
    """The rows of the description of the processing; empty texts where the profile gives nothing."""
    processing = profile.processing
    return {
        "Subject matter": processing.subject,
        "Duration": processing.duration,
        "Nature": processing.nature,
        "Purpose": processing.purpose,
        "Types of personal data": series(processing.data) if processing.data else "",
        "Categories of persons": series(processing.persons) if processing.persons else "",
    }


def ordered(schedules: frozenset[str]) -> list[str]:
    """The schedules in the order in which they are printed."""
    return [s for s in SCHEDULES if s in schedules]


def table(
    title: str,
    header: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
    align: tuple[Align, ...] = (),
    widths: tuple[int, ...] = (),
) -> Table:
    """A table whose columns, when no widths are given, follow the length of their longest words and texts."""
    if not widths:
        lengths = [max([len(h), *(min(60, len(row[i].text)) for row in rows)]) for i, h in enumerate(header)]
        widths = tuple(max(10, length) for length in lengths)
    left: Align = "left"
    return Table(title=title, header=header, rows=rows, widths=widths, align=align or (left,) * len(header))


def plain(text: str) -> Cell:
    """A cell of words in which no term is looked for: a name that a profile gave."""
    return Cell(inlines=(Text(text),) if text else ())


def agreement_text(profile: Profile) -> str:
    """The master agreement in one line."""
    parts = [profile.agreement]
    if profile.agreement_reference:
        parts.append(f"no. {profile.agreement_reference}")
    if profile.agreement_date:
        parts.append(f"of {long_date(profile.agreement_date, profile.language)}")
    return " ".join(p for p in parts if p)


def key_terms(resolution: Resolution, parameters: Mapping[str, Entry], money: Callable[[str], str]) -> Table:
    """The terms of the deal: what the profile says of it, then the values that the library counts among them."""
    profile = resolution.profile
    frameworks = [resolution.library.frameworks[f].short for f in profile.frameworks]
    rows: list[tuple[Cell, ...]] = [
        # A short form names its agreement in the recitals and doesn't repeat it.
        *([] if resolution.form.outline else [(plain("Agreement"), plain(agreement_text(profile)))]),
        (plain("Governing law"), plain(resolution.law.name)),
        *([(plain("Frameworks"), plain(series(frameworks)))] if frameworks else []),
        (plain("Business Days at"), plain(place_name(profile.calendar))),
        (plain("Time zone"), _unless_open(profile, "time_zone", profile.time_zone)),
        (plain("Currency"), _unless_open(profile, "currency", profile.currency)),
    ]
    monthly = money(profile.monthly_charges.wording()) if profile.monthly_charges else "[the Monthly Charges]"
    rows.append((plain("Monthly Charges at the date of this Annex"), plain(monthly)))
    start = long_date(profile.term_start, profile.language) if profile.term_start else "[first day of the Services]"
    months = f"{profile.term_months}" if profile.term_months else "[number of]"
    rows.append((plain("Term"), plain(f"from {start} for {months} months")))
    assumed = set(assumed_facts(profile, resolution.library))
    for fact in (f for f in resolution.library.facts.values() if f.label):
        stated = _stated(fact, resolution.facts[fact.name])
        rows.append((plain(fact.label), plain(f"[{stated}]" if fact.name in assumed else stated)))
    rows += [
        (plain(typographic(e.label)), Cell(inlines=_chosen(resolution, e)))
        for e in _of_parts(("deal",), resolution, parameters)
    ]
    return table("The deal", ("Subject", "Term"), tuple(rows), widths=(38, 62))


def _unless_open(profile: Profile, key: str, text: str) -> Cell:
    """A text of the profile, in brackets where it represents what nobody has said."""
    return plain(f"[{text}]" if key in profile.open else text)


def _stated(fact: Fact, value: object) -> str:
    """A fact of the deal as the key terms print it."""
    if fact.type == "choice":
        return fact.choices[str(value)]
    return f"{value:,}" if fact.type == "integer" else "yes" if value else "no"


def principal_values(
    resolution: Resolution, parameters: Mapping[str, Entry], places: Mapping[str, str], targets: Mapping[str, Reference]
) -> Table:
    """The values that people negotiate, each with the paragraph that prints it.

    Rows with the groups of the clauses are between them, save in a form that has headings of its own, which prints fewer values.
    """
    parts = ("principal",) if resolution.form.outline else ("principal", "full")
    rows: list[tuple[Cell, ...]] = []
    group = ""
    order = {r.clause.id: n for n, r in enumerate(resolution.clauses)}
    for entry in sorted(_of_parts(parts, resolution, parameters), key=lambda e: order.get(e.clause, len(order))):
        clause = resolution.library.clauses[entry.clause]
        own = resolution.library.groups[resolution.library.topics[clause.topic].group]
        if own != group and not resolution.form.outline:
            group = own
            rows.append((Cell(inlines=(Emphasis(group),)), Cell(inlines=()), Cell(inlines=())))
        at = targets.get(places.get(entry.name, entry.clause))
        rows.append(
            (
                plain(typographic(entry.label)),
                Cell(inlines=_chosen(resolution, entry)),
                Cell(inlines=(at,) if at else ()),
            )
        )
    widths = (62, 25, 13) if resolution.form.outline else (54, 28, 18)  # a short form has bare numbers
    return table("Principal values", ("Subject", "Agreed", "Paragraph"), tuple(rows), widths=widths)


def _of_parts(parts: Iterable[str], resolution: Resolution, parameters: Mapping[str, Entry]) -> list[Entry]:
    return [e for e in parameters.values() if resolution.settings[e.name].parameter.key_terms in parts]


def _chosen(resolution: Resolution, entry: Entry) -> tuple[Inline, ...]:
    """A value with what it counts: "98% of Desktops"."""
    unit = resolution.settings[entry.name].parameter.unit
    return (Value(entry.name, entry.text), *((Text(f" {unit}"),) if unit else ()))


def bare(targets: Mapping[str, Reference]) -> dict[str, Reference]:
    """The references as numbers alone, for a column whose heading says that they are paragraphs."""
    return {name: replace(reference, noun="") for name, reference in targets.items()}


def in_order(sanctions: Mapping[str, Sanction], targets: Mapping[str, Reference]) -> list[Sanction]:
    """The failures as their paragraphs follow each other in the annex."""
    place = {t: index for index, t in enumerate(targets)}
    return sorted(sanctions.values(), key=lambda s: place.get(f"{s.clause}#{s.paragraph}", len(place)))


def credits_of(
    sanctions: Mapping[str, Sanction],
    rules: CreditRules,
    targets: Mapping[str, Reference],
    *,
    local: Callable[[str], str],
    short: bool = False,
    ruled: bool = False,
    open_sums: bool = False,
) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """The tables of credits and caps, and the sentences below them; `open_sums` are printed in brackets."""
    ordered = in_order(sanctions, targets)
    tables = credit_tables(ordered, rules, targets.get, local=local, short=short, open_sums=open_sums)
    return tables, notes(ordered, rules, ruled=ruled)


def _penalties(material: Material, texts: Texts, paragraph: NewParagraph) -> tuple[Block, ...]:
    if material.rules is None:
        return ()
    tables, below = credits_of(
        material.sanctions,
        material.rules,
        bare(material.targets),
        local=material.money,
        open_sums=credits_unconfirmed(material.resolution.profile),
    )
    example = worked_example(in_order(material.sanctions, material.targets), material.rules)
    return (
        *texts("intro-penalties"),
        *tables,
        *(paragraph(note, 2) for note in below),
        *texts("example-penalties"),
        *(paragraph(line, 3) for line in example),
    )


def _contacts(material: Material, texts: Texts, paragraph: NewParagraph) -> tuple[Block, ...]:
    terms = material.resolution.profile.terms
    rows = tuple(
        (
            plain(terms.get(_PARTIES[c.party], _PARTIES[c.party])),
            plain(c.role),
            plain(c.name),
            plain(c.email),
            plain(c.phone),
            plain(c.stand_in),
        )
        for c in contacts_with_blanks(material.resolution.profile)
    )
    header = ("Party", "Role", "Name", "Email", "Telephone", "Stand-in")
    return (*texts("intro-contacts"), table("Contacts of the parties", header, rows, widths=(11, 19, 18, 22, 16, 14)))


def _compliance(material: Material, texts: Texts, paragraph: NewParagraph) -> tuple[Block, ...]:
    frameworks = material.resolution.library.frameworks
    blocks: list[Block] = [*texts("intro-compliance")]
    for framework in material.resolution.profile.frameworks:
        matrix = compliance_matrix(frameworks[framework], material.coverage, material.words)
        if matrix.rows:
            blocks += [paragraph(frameworks[framework].title), matrix]
    return tuple(blocks)


def compliance_matrix(framework: Framework, coverage: Iterable[CoverageRow], words: Callable[[str], Cell]) -> Table:
    """The requirements of a framework that the annex answers, each with its paragraphs and their evidence.

    A control that no clause answers is the provider's own matter; a contract term that none answers is reported at the build.
    """
    rows = tuple(
        (
            plain(row.ref),
            plain(typographic(row.duty)),
            plain(typographic(f"{row.deadline}; here: {row.own_deadline or 'none'}") if row.deadline else ""),
            Cell(inlines=(*listed(row.paragraphs), *((Text(" (in part)"),) if row.lacking else ()))),
            words(row.evidence),
        )
        for row in coverage
        if row.framework == framework.id and row.paragraphs
    )
    header = ("Reference", "Requirement", "Its deadline, and that of this Annex", "Answered by", "Evidence")
    return table(f"Requirements of {framework.short}", header, rows, widths=(12, 29, 17, 18, 24))


def listed(references: Iterable[Reference]) -> tuple[Inline, ...]:
    """References one after the other, each once."""
    out: list[Inline] = []
    for reference in dict.fromkeys(references):
        out += [*([Text("; ")] if out else []), reference]
    return tuple(out)


def _sites(material: Material, texts: Texts, paragraph: NewParagraph) -> tuple[Block, ...]:
    rows = tuple(
        (plain(s.name), plain(s.address or "[address]"), plain(country_name(s.country)), plain(s.purpose))
        for s in material.resolution.profile.sites
    ) or (tuple(map(plain, ("[name of the site]", "[address]", "[country]", "[what is done there]"))),)
    header = ("Name", "Address", "Country", "Purpose")
    return (*texts("intro-sites"), table("Sites and locations", header, rows, widths=(20, 34, 18, 28)))


def _subcontractors(material: Material, texts: Texts, paragraph: NewParagraph) -> tuple[Block, ...]:
    subcontractors = material.resolution.profile.subcontractors
    if not subcontractors:
        return texts("none-subcontractors")
    # Opinion 22/2024 of the EDPB wants name, address and contact person of each processor in the chain at hand.
    rows = tuple(
        (
            plain("; ".join(filter(None, (s.name, s.address, s.contact)))),
            plain(s.service),
            plain(country_name(s.country)),
            plain(s.data),
        )
        for s in subcontractors
    )
    header = ("Name", "Service", "Country", "Data")
    return (*texts("intro-subcontractors"), table("Authorised subcontractors", header, rows, widths=(26, 28, 18, 28)))


_BACKED_UP = {"yes": "Yes", "no": "No", "configuration": "Configuration only"}


def _systems(material: Material, texts: Texts, paragraph: NewParagraph) -> tuple[Block, ...]:
    systems, terms = material.resolution.profile.systems, material.resolution.profile.terms
    if not systems:
        return texts("none-systems")
    rows = tuple(
        (plain(_system_name(s, terms)), plain(s.keeps or worded("No Client Data", terms)), plain(_BACKED_UP[s.backup]))
        for s in systems
    )
    header = ("System", worded("Client Data kept in it", terms), "Backup")
    return (*texts("intro-systems"), table("Systems at the start", header, rows, widths=(42, 42, 16)))


def _system_name(system: System, terms: Mapping[str, str]) -> str:
    """The system as the schedule names it; one of the client's is called a Client System unless its row says so."""
    term = worded("Client System", terms)
    named = system.party == "provider" or term in f"{system.name} {system.keeps}"
    return system.name if named else f"{system.name} {worded('(a Client System)', terms)}"


def _processing(material: Material, texts: Texts, paragraph: NewParagraph) -> tuple[Block, ...]:
    rows = tuple(
        (plain(label), plain(text or f"[{label.lower()}]"))
        for label, text in processing_rows(material.resolution.profile).items()
    )
    return (
        *texts("intro-processing"),
        table("Description of the processing", ("Subject", "Description"), rows, widths=(30, 70)),
    )


BUILDERS: Mapping[str, Builder] = {
    "penalties": _penalties,
    "contacts": _contacts,
    "compliance": _compliance,
    "sites": _sites,
    "subcontractors": _subcontractors,
    "systems": _systems,
    "processing": _processing,
}
