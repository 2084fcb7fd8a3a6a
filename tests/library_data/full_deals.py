"""Deals over the shipped library that give everything a clause may refer to, and what holds for each annex made of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from ccclauses.model.annex import Annex, Paragraph, Reference, Table, Term, Value
from ccclauses.model.diagnostic import Position
from ccclauses.model.library.library import Library
from ccclauses.model.profile import Asked, Company, Contact, Processing, Profile, Site, Subcontractor
from ccclauses.model.words.quantity import Money

HERE = Position(file="deal.yaml")
CURRENCIES = {"GB": "GBP", "US": "USD", "IN": "INR", "PH": "PHP", "SG": "SGD", "AU": "AUD", "ZA": "ZAR", "CA": "CAD"}
CALENDARS = {"GB": "GB-ENG", "US": "US", "CA": "CA"}
_FACTS = {"boolean": True, "integer": 50}
_UNTRUE = ("bcp_home_only",)  # it contradicts the postures that rule out work from home
_SPOILED = re.compile(
    r"[\ue000-\uf8ff]|[.] clause |\{[{%]|[%}]\}|\(\)|“”| [.,;:](?:\s|$)|[a-z]\.\.(?!\.)|\b(?:None|True|False)(?=[.,;]|$)|  "
)


@lru_cache(maxsize=50_000)
def _trace(text: str) -> re.Match[str] | None:
    """What no text of an annex may hold; most paragraphs are the same in hundreds of annexes."""
    return _SPOILED.search(text)


def company(name: str, country: str) -> Company:
    """A party with all the particulars that some law prints."""
    return Company(
        name=name,
        form="a company limited by shares",
        registration="no. 00000418",
        address="1 Road, Town",
        represented_by="its director, A. One",
        country=country,
        signatories=(("A. One", "Director"),),
    )


def full_deal(library: Library, **fields: object) -> Profile:
    """A deal with contacts, sites, subcontractors and a description of the processing, and with every fact true."""
    law = str(fields.get("law", "GB-EAW"))
    country = law.partition("-")[0]
    facts = {f.name: Asked(value=_FACTS[f.type], at=HERE) for f in library.facts.values() if f.name not in _UNTRUE}
    plain: dict[str, object] = {
        "file": "deal.yaml",
        "title": "Security and Data Protection Annex",
        "reference": "R-1",
        "version": "1",
        "date": date(2026, 3, 2),
        "status": "draft",
        "classification": "Confidential",
        "agreement": "Services Agreement",
        "agreement_reference": "SA-1",
        "agreement_date": date(2026, 1, 5),
        "client": company("Client plc", country),
        "provider": company("Provider Ltd", "IN"),
        "law": law,
        "language": "en-GB",
        "calendar": CALENDARS.get(country, country),
        "time_zone": "Europe/London",
        "currency": CURRENCIES.get(country, "EUR"),
        "monthly_charges": Money(Decimal(240_000), CURRENCIES.get(country, "EUR")),
        "term_start": date(2026, 4, 1),
        "term_months": 36,
        "frameworks": (),
        "facts": facts,
        "posture": "standard",
        "postures": {},
        "include": {},
        "exclude": {},
        "settings": {},
        "libraries": (),
        "template": "",
        "page": "",
        "approved_only": False,
        "signatures": True,
        "contacts": (
            Contact(
                party="client",
                role="Security contact",
                name="A. One",
                email="one@client.example",
                phone="+44 20 7946 0001",
            ),
            Contact(
                party="provider",
                role="Chief Security Officer",
                name="B. Two",
                email="two@provider.example",
                phone="+91 22 5550 0002",
            ),
        ),
        "sites": (Site(name="Mumbai", address="1 Road, Mumbai", country="IN", purpose="calls", at=HERE),),
        "subcontractors": (
            Subcontractor(name="Cloud Ltd", service="hosting", country=country, data="recordings", at=HERE),
        ),
        "processing": Processing(
            subject="support calls",
            duration="the term",
            nature="handling of calls",
            purpose="customer service",
            data=("names",),
        ),
    }
    return Profile(**{**plain, **fields})  # type: ignore[arg-type]


def faults(annex: Annex) -> Iterator[str]:
    """What no annex may hold: a reference or a term that leads nowhere, an empty slot, a trace of the template."""
    anchors = (
        {c.anchor for c in annex.clauses} | {s.anchor for s in annex.schedules} | {d.anchor for d in annex.definitions}
    )
    anchors |= {p.anchor for p in annex.paragraphs()} - {""}
    terms = {d.term for d in annex.definitions}
    for where, inlines in _pieces(annex):
        text = "".join(i.noun + i.text if isinstance(i, Reference) else i.text for i in inlines)
        spoiled = _trace(text)
        if spoiled or not text.strip():
            yield f"{where}: {text!r} ({spoiled[0]!r})" if spoiled else f"{where}: empty"
        for inline in inlines:
            if isinstance(inline, Reference) and (inline.target not in anchors or not inline.text):
                yield f"{where}: a reference to {inline.target!r} in {text!r}"
            elif isinstance(inline, Term) and inline.term not in terms:
                yield f"{where}: {inline.term!r} is not defined"
            elif isinstance(inline, Value) and not inline.text.strip():
                yield f"{where}: `{inline.parameter}` is empty in {text!r}"
    for clause in annex.clauses:
        if not clause.blocks:
            yield f"{clause.id}: no paragraph"
        for block in clause.blocks:
            if isinstance(block, Paragraph) and block.level == 2 and block.text[:1].islower():
                yield f"{clause.id} {block.full_number}: begins in lower case: {block.text!r}"
    for duty in annex.obligations:
        slots = (duty.obligor, duty.action, duty.object, duty.trigger, duty.evidence, duty.deadline.wording())
        if not all(str(slot).strip() for slot in slots):
            yield f"an empty slot in {duty}"


def _pieces(annex: Annex) -> Iterator[tuple[str, tuple]]:
    """Every run of inlines in paragraphs and definitions, with where it stands; cells of tables may be empty."""
    parts = [("preliminaries", annex.preliminaries), *((c.id, c.blocks) for c in annex.clauses)]
    parts += [(s.id, s.blocks) for s in annex.schedules]
    for name, blocks in parts:
        for block in blocks:
            if isinstance(block, Paragraph):
                yield f"{name} {block.full_number}", block.inlines
            elif isinstance(block, Table):
                yield from (
                    (f"{name}, table", cell.inlines) for row in block.rows for cell in row if cell.inlines and cell.text
                )
    for definition in annex.definitions:
        yield definition.term, definition.inlines
