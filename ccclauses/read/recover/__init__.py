"""ReadDocument → Annex: clauses, definitions, schedules and values recovered from a Word file, as far as they can be.

Whatever cannot be found is reported. If the annex as sent is available, values inside sentences are found again too. The
clauses decide what a value is: they prevail over the schedule of values and the key terms, and a difference is reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from ...compose.parts.credit_table import read_sums
from ...model.annex import Annex
from ...model.diagnostic import Diagnostic, Severity
from ...model.library.clause import EMPTY
from ...model.library.clause import Value as ParameterValue
from ...model.library.library import Library, Numbering
from ..standing import Standing, standing_of
from ..stated import Wordings, wordings_of
from ..values import parse_date
from ..word.document import ReadDocument
from .clauses import clauses_of, definitions_lead, definitions_of, schedules_of, slug
from .coverage import as_it_stands, coverage_of, tell
from .duties import obligations_of, sanctions_of
from .front import details_of, execution_of, party, preliminaries_of, testimonium_of, title_of
from .joined import form_of
from .key_terms import calendar_of, key_terms_of
from .source import SIGNATURES, Source, tables_of
from .values import listed_parameters, rules_of, values_said, with_said

DIFFERS = (
    "clause-and-schedule",
    "other-wording",
    "missing-wording",
    "added-wording",
)  # notes on what a file says otherwise
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
    source = Source(document, library, sent, values)
    listed = annex = _as_listed(source)
    if annex is None or listed is None:
        return None, Standing(), source.notes
    if sent:
        wordings = Wordings()
        wordings.weigh(annex, sent)
    else:
        if not source.listed:
            # What the clauses say in the places of the library's values tells which wording they were made from.
            first = wordings_of(annex, library, document.name, postures_only=True)
            annex = with_said(source, annex, standing_of(annex, first, source.library))
        wordings = wordings_of(annex, library, document.name)
    standing = standing_of(annex, wordings, source.library)
    if not source.listed:
        annex = with_said(source, listed, standing)  # the wording that was found now goes before the first guess
    return _as_said(source, annex, standing), standing, source.notes


def _as_listed(source: Source) -> Annex | None:
    """What is in the file, its values as the schedules list them; `_as_said` does the rest."""
    source.form = form_of(source)
    clauses = tuple(clauses_of(source))
    if not clauses:
        source.note("no-clauses", "no clause was found: no anchor, no heading and no numbered title", Severity.ERROR)
        return None
    schedules = tuple(schedules_of(source))
    details = dict(details_of(source))
    key_terms, key_values = key_terms_of(source)
    terms = {row[0].text: row[1].text for row in key_terms.rows if len(row) > 1}
    parameters = listed_parameters(source, schedules, (key_terms, *key_values))
    # Sums of its own are those that do not follow from the shares that the annex states.
    source.sums = printed = read_sums(
        tables_of((key_terms, *key_values, *(b for s in schedules for b in s.blocks))), terms.get("Currency", "")
    )
    rules = rules_of(source, parameters, terms)
    if rules:
        follows = rules.table()
        own = {name: amount for name, amount in printed.items() if amount != getattr(follows, name)}
        rules = replace(rules, own=MappingProxyType(own))
    sent = source.sent_annex
    law = next((law for law in source.library.laws.values() if law.name == terms.get("Governing law")), None)
    version, _, status = details.get("Version", "").partition(" (")
    return Annex(
        title=title_of(source),
        reference=details.get("Reference", ""),
        version=version,
        date=parse_date(details.get("Date", "")) or date.min,
        status="draft" if status else "final",
        classification=details.get("Classification", ""),
        language=source.language,
        law=law.id if law else "",
        currency=terms.get("Currency", ""),
        calendar=calendar_of(source, terms.get("Business Days at", "")),
        time_zone=terms.get("Time zone", ""),
        page="A4",
        numbering=source.library.numberings[law.numbering] if law else _NO_NUMBERING,
        client=party(source, "Client", details),
        provider=party(source, "Provider", details),
        agreement=details.get("Agreement", ""),
        contacts=sent.contacts if sent else (),
        preliminaries=preliminaries_of(source),
        key_terms=key_terms,
        key_values=key_values,
        testimonium=testimonium_of(source),
        execution=tuple(execution_of(source)),
        groups=MappingProxyType(dict(source.library.headings)),
        clauses=clauses,
        definitions=tuple(definitions_of(source)),
        schedules=schedules,
        signatures=source.named(*SIGNATURES) is not None,
        headings=MappingProxyType(
            {slug(s.title): s.title for s in source.sections if s.kind == "heading"}
            | ({"signatures": signed.title} if (signed := source.named(*SIGNATURES)) else {})
            | definitions_lead(source)
        ),
        parameters=MappingProxyType(parameters),
        obligations=(),
        sanctions=MappingProxyType({}),
        credit_rules=rules,
        coverage=tuple(coverage_of(source, clauses, terms.get("Frameworks", ""))),
        terms=MappingProxyType(source.terms),
        fingerprint=source.properties.get("identifier", "").removeprefix("sha256:"),
        form=source.form,
    )


def _as_said(source: Source, annex: Annex, standing: Standing) -> Annex:
    """The annex with the values that its clauses say, and with the duties, credits and coverage that follow from them."""
    parameters = dict(values_said(source, annex, standing))
    terms = {row[0].text: row[1].text for row in annex.key_terms.rows if len(row) > 1}
    rules = rules_of(source, parameters, terms)
    if rules and annex.credit_rules:
        rules = replace(rules, own=annex.credit_rules.own)
    tell(source, standing)
    return replace(
        annex,
        parameters=MappingProxyType(parameters),
        obligations=tuple(obligations_of(source, annex.clauses, parameters, standing)),
        sanctions=MappingProxyType(sanctions_of(source, annex.clauses) if rules else {}),
        credit_rules=rules,
        coverage=tuple(as_it_stands(source, row, standing) for row in annex.coverage),
    )
