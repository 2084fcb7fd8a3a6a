"""The schedules and the key-terms table: what the annex knows, laid out as tables. No clause wording lives here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from ..model.annex import Align, Block, Cell, CoverageRow, Entry, Inline, Paragraph, Reference, Table, Text, Value
from ..model.obligation import Obligation
from ..model.penalty import CreditRules, PenaltySchedule
from ..model.profile import Profile, Resolution
from ..model.quantity import Printed
from ..model.roles import KEY_TERMS
from ..model.settlement import worked_example
from ..places import country_name, place_name
from .wording import long_date, series, typographic

ORDER = (
    "parameters",
    "penalties",
    "calendar",
    "contacts",
    "evidence",
    "compliance",
    "sites",
    "subcontractors",
    "processing",
)
LANDSCAPE = frozenset({"compliance"})
# Schedules that are left out without material: the key of the profile that gives it, and what to write there.
SOURCES = {
    "processing": ("processing", "write `processing:` with subject, duration, nature, purpose, data and persons"),
    "compliance": ("frameworks", "switch a framework on"),
}
T = TypeVar("T")
_PARTIES = {"client": "Client", "provider": "Provider"}
_OTHER = {"client": "Provider", "provider": "Client"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What the schedules are made from."""

    resolution: Resolution
    parameters: Mapping[str, Entry]
    penalties: Mapping[str, PenaltySchedule]
    rules: CreditRules | None
    obligations: tuple[Obligation, ...]
    coverage: tuple[CoverageRow, ...]
    targets: Mapping[str, Reference]
    inlines: Callable[[str], tuple[Inline, ...]]

    def reference(self, target: str) -> Cell:
        """A cell that refers to a clause or paragraph; an empty one where its text could not be read, which is told."""
        return Cell(inlines=(self.targets[target],) if target in self.targets else ())

    def in_order(self, items: Iterable[T], target: Callable[[T], str]) -> list[tuple[str, T]]:
        """The items with the paragraph that each belongs to, as the paragraphs follow each other in the annex."""
        place = {t: index for index, t in enumerate(self.targets)}
        return sorted(((target(item), item) for item in items), key=lambda pair: place.get(pair[0], len(place)))

    def words(self, text: str) -> Cell:
        """A cell of plain words, with the terms in them found."""
        return Cell(inlines=self.inlines(typographic(text)))


Texts = Callable[[str], tuple[Block, ...]]
NewParagraph = Callable[..., Paragraph]
Builder = Callable[[Material, Texts, NewParagraph], tuple[Block, ...]]


def wanted(resolution: Resolution) -> frozenset[str]:
    """The schedules of an annex: all but those that its profile gives nothing for."""
    profile = resolution.profile
    out = set(ORDER)
    if not any(r.clause.penalties for r in resolution.clauses):
        out.discard("penalties")
    if not profile.frameworks:
        out.discard("compliance")
    if not (profile.processing.subject or profile.processing.data):
        out.discard("processing")
    return frozenset(out)


def ordered(schedules: frozenset[str]) -> list[str]:
    """The schedules in the order in which they are printed."""
    return [s for s in ORDER if s in schedules]


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


def key_terms(resolution: Resolution, parameters: Mapping[str, Entry], targets: Mapping[str, Reference]) -> Table:
    """The commercial terms on one screen, then the values that a reader asks for first."""
    profile = resolution.profile
    frameworks = [resolution.library.frameworks[f].short for f in profile.frameworks]
    rows: list[tuple[Cell, ...]] = [
        (plain("Agreement"), plain(agreement_text(profile))),
        (plain("Governing law"), plain(resolution.law.name)),
        (plain("Frameworks"), plain(series(frameworks))),
        (plain("Business Days at"), plain(place_name(profile.calendar))),
        (plain("Time zone"), plain(profile.time_zone)),
        (plain("Currency"), plain(profile.currency)),
    ]
    if profile.monthly_charges:
        rows.append((plain("Monthly Charges at the date of this Annex"), plain(profile.monthly_charges.wording())))
    if profile.term_start:
        term = f" for {profile.term_months} months" if profile.term_months else ""
        rows.append((plain("Term"), plain(f"from {long_date(profile.term_start, profile.language)}{term}")))
    by_role = {e.role: e for e in parameters.values() if e.role}
    for entry in (by_role[role] for role in KEY_TERMS if role in by_role):
        noun = targets[entry.clause]
        rows.append((plain(entry.label), Cell(inlines=(*_chosen(resolution, entry), Text(" ("), noun, Text(")")))))
    return table("Key terms of this Annex", ("Subject", "Term"), tuple(rows), widths=(38, 62))


def _parameters(material: Material, texts: Texts, paragraph: NewParagraph) -> tuple[Block, ...]:
    rows = tuple(
        (
            material.words(entry.label),
            Cell(inlines=_chosen(material.resolution, entry)),
            material.reference(entry.clause),
        )
        for entry in material.parameters.values()
    )
    listed = table("Values chosen by the parties", ("Value", "Chosen", "Clause"), rows, widths=(46, 40, 14))
    return (*texts("intro-parameters"), listed)


def _chosen(resolution: Resolution, entry: Entry) -> tuple[Inline, ...]:
    """A value with what it counts: "98% of Desktops"."""
    unit = resolution.settings[entry.name].parameter.unit
    return (Value(entry.name, entry.text), *((Text(f" {unit}"),) if unit else ()))


def _penalties(material: Material, texts: Texts, paragraph: NewParagraph) -> tuple[Block, ...]:
    rows = []
    for target, schedule in material.in_order(material.penalties.values(), lambda p: f"{p.clause}#{p.paragraph}"):
        wording = tuple(Value(p.parameter, p.text) if isinstance(p, Printed) else Text(p) for p in schedule.wording())
        rows.append((material.words(schedule.label), Cell(inlines=wording), material.reference(target)))
    header = ("Failure", "Amount", "Paragraph")
    listed = table("Amounts for each failure", header, tuple(rows), widths=(30, 52, 18))
    return (*texts("intro-penalties"), listed, *texts("example-penalties"), *_worked_example(material, paragraph))


def _worked_example(material: Material, paragraph: NewParagraph) -> tuple[Block, ...]:
    """The steps of one month in which several penalties of the annex meet."""
    if material.rules is None:
        return ()
    return tuple(paragraph(step, 3) for step in worked_example(material.penalties.values(), material.rules))


def _calendar(material: Material, texts: Texts, paragraph: NewParagraph) -> tuple[Block, ...]:
    rows = tuple(
        (
            material.words(f"{o.action} {o.object}"),
            plain(_PARTIES[o.obligor]),
            plain(_OTHER[o.obligor]),
            plain(o.when()),
            material.reference(target),
        )
        for target, o in material.in_order(material.obligations, _paragraph_of)
        if o.kind == "recurring"
    )
    header = ("What", "Who", "Owed to", "When", "Paragraph")
    return (*texts("intro-calendar"), table("Duties that recur", header, rows, widths=(40, 11, 11, 25, 13)))


def _paragraph_of(obligation: Obligation) -> str:
    return obligation.id.partition("/")[0]


def _contacts(material: Material, texts: Texts, paragraph: NewParagraph) -> tuple[Block, ...]:
    contacts = material.resolution.profile.contacts
    rows = tuple(
        (plain(_PARTIES[c.party]), plain(c.role), plain(c.name), plain(c.email), plain(c.phone), plain(c.stand_in))
        for c in contacts
    )
    header = ("Party", "Role", "Name", "Email", "Telephone", "Stand-in")
    return (*texts("intro-contacts"), table("Contacts of the parties", header, rows, widths=(11, 19, 18, 22, 16, 14)))


def _evidence(material: Material, texts: Texts, paragraph: NewParagraph) -> tuple[Block, ...]:
    rows = tuple(
        (
            material.reference(target),
            material.words(f"{_PARTIES[o.obligor]}: {o.action} {o.object}"),
            plain(o.when()),
            material.words(o.evidence),
        )
        for target, o in material.in_order(material.obligations, _paragraph_of)
    )
    header = ("Paragraph", "Who and what", "When", "Evidence")
    return (*texts("intro-evidence"), table("Duties and their evidence", header, rows, widths=(15, 37, 20, 28)))


def _compliance(material: Material, texts: Texts, paragraph: NewParagraph) -> tuple[Block, ...]:
    frameworks = material.resolution.library.frameworks
    blocks: list[Block] = [*texts("intro-compliance")]
    for framework in material.resolution.profile.frameworks:
        # A control that no clause answers is the provider's own matter; a contract term that none answers is told at the build.
        rows = tuple(
            (
                plain(row.ref),
                plain(typographic(row.duty)),
                Cell(inlines=_listed(row.paragraphs)),
                material.words(row.evidence),
            )
            for row in material.coverage
            if row.framework == framework and row.paragraphs
        )
        if rows:
            title = f"Requirements of {frameworks[framework].short}"
            blocks.append(paragraph(frameworks[framework].title))
            blocks.append(
                table(title, ("Reference", "Requirement", "Answered by", "Evidence"), rows, widths=(14, 36, 22, 28))
            )
    return tuple(blocks)


def _listed(references: tuple[Reference, ...]) -> tuple[Inline, ...]:
    out: list[Inline] = []
    for reference in dict.fromkeys(references):
        out += [*([Text("; ")] if out else []), reference]
    return tuple(out)


def _sites(material: Material, texts: Texts, paragraph: NewParagraph) -> tuple[Block, ...]:
    sites = material.resolution.profile.sites
    rows = tuple((plain(s.name), plain(s.address), plain(country_name(s.country)), plain(s.purpose)) for s in sites)
    header = ("Name", "Address", "Country", "Purpose")
    return (*texts("intro-sites"), table("Sites and locations", header, rows, widths=(20, 34, 18, 28)))


def _subcontractors(material: Material, texts: Texts, paragraph: NewParagraph) -> tuple[Block, ...]:
    subcontractors = material.resolution.profile.subcontractors
    if not subcontractors:
        return texts("none-subcontractors")
    rows = tuple(
        (plain(s.name), plain(s.service), plain(country_name(s.country)), plain(s.data)) for s in subcontractors
    )
    header = ("Name", "Service", "Country", "Data")
    return (*texts("intro-subcontractors"), table("Authorised subcontractors", header, rows, widths=(26, 28, 18, 28)))


def _processing(material: Material, texts: Texts, paragraph: NewParagraph) -> tuple[Block, ...]:
    processing = material.resolution.profile.processing
    rows = tuple(
        (plain(label), plain(text))
        for label, text in (
            ("Subject matter", processing.subject),
            ("Duration", processing.duration),
            ("Nature", processing.nature),
            ("Purpose", processing.purpose),
            ("Types of personal data", series(processing.data) if processing.data else ""),
            ("Categories of persons", series(processing.persons) if processing.persons else ""),
        )
        if text
    )
    return (
        *texts("intro-processing"),
        table("Description of the processing", ("Subject", "Description"), rows, widths=(30, 70)),
    )


BUILDERS: Mapping[str, Builder] = {
    "parameters": _parameters,
    "penalties": _penalties,
    "calendar": _calendar,
    "contacts": _contacts,
    "evidence": _evidence,
    "compliance": _compliance,
    "sites": _sites,
    "subcontractors": _subcontractors,
    "processing": _processing,
}
