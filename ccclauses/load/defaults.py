"""What holds when nobody says otherwise: for the questions of `new`, for the page and for a profile that is silent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal

from ..model.library.library import Law
from .places import CURRENCY_OF, PLACES, TIME_ZONE_OF

# What most call centres do with personal data, in the words that are proposed for the description that the law asks for.
PROCESSING: Mapping[str, str | tuple[str, ...]] = MappingProxyType(
    {
        "subject": "Calls and messages of the Client's customers",
        "duration": "The term of the Agreement",
        "nature": "Consultation, entry and recording in the Client's systems",
        "purpose": "Answering enquiries and complaints",
        "data": ("names and contact details", "orders and accounts", "messages and calls"),
        "persons": ("customers",),
    }
)


def calendar_of(country: str, law: Law | None) -> str:
    """The place of the Business Days: that of the governing law's usual courts when it is in the client's country.

    The public holidays of a part of a country differ from those that the whole country has, and the law's own data name
    the part. Under a law of another country it is the client's country.
    """
    place = law.switches.get("calendar", law.id) if law else ""
    head, _, part = place.partition("-")
    return place if head == country and (not part or part in PLACES.get(country, ())) else country


def time_zone_of(country: str, law: Law | None) -> str:
    """The time zone of the client's country; of one with several, that of the governing law when it is there, else empty."""
    here = law is not None and law.id.partition("-")[0] == country
    return TIME_ZONE_OF.get(country, "") or (law.switches.get("time_zone", "") if law and here else "")


def language_of(law: Law) -> str:
    """The language of an annex under a governing law (BCP 47)."""
    return law.language


def page_of(law: Law) -> Literal["A4", "Letter"]:
    """The size of paper that is usual where the law comes from."""
    return law.page


def currency_of(country: str) -> str:
    """The currency of a country; empty when it has none of its own."""
    return CURRENCY_OF.get(country, "")


def middle_posture(names: Iterable[str]) -> str:
    """The posture in the middle, or the stricter one of the two there; empty without any."""
    postures = list(names)
    return postures[(len(postures) - 1) // 2] if postures else ""
