"""The few words that a writer adds of its own; an annex may bring its own for any of them in `headings`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from ..model.annex import Annex
from ..model.words import MONTHS

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


def label(annex: Annex, name: str) -> str:
    """The word or heading of that name."""
    return annex.headings.get(name) or _ENGLISH[name]


def written_date(day: date, language: str) -> str:
    """A date in words as the language of the annex writes it; ISO 8601 for a language that isn't English."""
    month = MONTHS[day.month - 1]
    if language == "en-US":
        return f"{month} {day.day}, {day.year}"
    return f"{day.day} {month} {day.year}" if language.split("-")[0] == "en" else day.isoformat()


def title_details(annex: Annex) -> tuple[tuple[str, str], ...]:
    """The lines of the title block, each a label and what it says; those with nothing to say are left out."""
    version = f"{annex.version} ({label(annex, 'draft').lower()})" if annex.status == "draft" else annex.version
    lines = (
        ("client", ", ".join(p for p in (annex.client.name, annex.client.registration, annex.client.address) if p)),
        (
            "provider",
            ", ".join(p for p in (annex.provider.name, annex.provider.registration, annex.provider.address) if p),
        ),
        ("agreement", annex.agreement),
        ("reference", annex.reference),
        ("version", version),
        ("date", written_date(annex.date, annex.language)),
        ("classification", annex.classification),
    )
    return tuple((label(annex, name), text) for name, text in lines if text)
