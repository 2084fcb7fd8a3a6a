"""The few words that a writer adds of its own; an annex may bring its own for any of them in `headings`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import zip_longest
from types import MappingProxyType

from ..model.annex import Annex, Paragraph, SignatureBlock
from ..model.profile import Company, Role
from ..model.words.words import MONTHS

_ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "contents": "Contents",
        "how-to-read": "How to read this Annex",
        "key-terms": "Key terms",
        "definitions": "Definitions",
        "signatures": "Signatures",
        "schedules": "Schedules",
        "client": "Client",
        "provider": "Provider",
        "agreement": "Agreement",
        "reference": "Reference",
        "version": "Version",
        "date": "Date",
        "classification": "Classification",
        "status": "Status",
        "draft": "Draft",
        "final": "Final",
        "watermark": "DRAFT",
        "signed-for": "Signed for",
        "signature": "Signature",
        "name": "Name",
        "capacity": "Capacity",
        "signed-on": "Date",
        "place": "Place",
    }
)
_LINES = ("signature", "name", "capacity", "place", "signed-on")


def label(annex: Annex, name: str) -> str:
    """The word or heading of that name."""
    return annex.headings.get(name) or _ENGLISH[name]


def written_date(day: date, language: str) -> str:
    """A date in words as the language of the annex writes it; ISO 8601 for a language that isn't English."""
    if day == date.min:
        return "[date]"  # open
    month = MONTHS[day.month - 1]
    if language == "en-US":
        return f"{month} {day.day}, {day.year}"
    return f"{day.day} {month} {day.year}" if language.split("-")[0] == "en" else day.isoformat()


def has_opening(annex: Annex) -> bool:
    """Whether an annex opens with its parties and background; others have how to read them there."""
    return any(isinstance(b, Paragraph) and b.role == "heading" for b in annex.preliminaries)


def signature_blocks(annex: Annex) -> tuple[SignatureBlock, ...]:
    """Where each party signs; an annex that doesn't say gets a block for each signatory."""
    if annex.execution:
        return annex.execution
    sides: tuple[tuple[Role, Company], ...] = (
        ("client", annex.client),
        ("provider", annex.provider),
    )
    return tuple(
        SignatureBlock(
            side=side,
            lead=f"{label(annex, 'signed-for')} {company.name}",
            lines=tuple((label(annex, key), {"name": name, "capacity": capacity}.get(key, "")) for key in _LINES),
        )
        for side, company in sides
        for name, capacity in company.signatories or (("", ""),)
    )


def signature_rows(annex: Annex) -> list[tuple[SignatureBlock | None, SignatureBlock | None]]:
    """The signature blocks as rows of two: the client's on the left, the provider's on the right."""
    blocks = signature_blocks(annex)
    client, provider = ([b for b in blocks if b.side == side] for side in ("client", "provider"))
    return list(zip_longest(client, provider))


def _described(company: Company) -> str:
    return ", ".join(p for p in (company.name, company.registration, company.address) if p)


def title_details(annex: Annex) -> tuple[tuple[str, str], ...]:
    """The lines of the title block, each a label and what it says; those with nothing to say are left out."""
    version = f"{annex.version} ({label(annex, 'draft').lower()})" if annex.status == "draft" else annex.version
    # An annex that opens with its parties doesn't describe them a second time.
    parties = (
        () if has_opening(annex) else (("client", _described(annex.client)), ("provider", _described(annex.provider)))
    )
    lines = (
        *parties,
        ("agreement", annex.agreement),
        ("reference", annex.reference),
        ("version", version),
        ("date", written_date(annex.date, annex.language)),
        ("classification", annex.classification),
    )
    return tuple((label(annex, name), text) for name, text in lines if text)
