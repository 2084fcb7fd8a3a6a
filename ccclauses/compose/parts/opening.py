"""What the texts of the opening and of the execution may print of a profile: the document, the agreement, the parties.

Each detail is printed as a value under its own name ("client.office"), so that it is never taken for markup and is found
again when an annex is read back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from ...common.places import in_sentence
from ...model.profile import Company, Profile
from ...model.words.words import MONTHS
from ..texts import marks
from ..texts.wording import long_date

# The names that a text of the frame may print or test, by what they belong to.
DETAILS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "annex": frozenset({"title", "date", "day"}),
        "agreement": frozenset({"name", "date", "earlier"}),
        "party": frozenset({"role", "name", "form", "register", "number", "office", "represented", "country"}),
        "signing": frozenset({"party", "name", "capacity"}),
    }
)
DETAIL_NAMES = frozenset(f"{space}.{key}" for space, keys in DETAILS.items() for key in keys)
ROLES = {"client": "Client", "provider": "Provider"}
_REGISTER = re.compile(r"(?P<register>.+?),? (?:no\.?|number|company number|under) (?P<number>\S+)")


def opening_details(profile: Profile) -> dict[str, str]:
    """What the opening may print of the document and of the agreement, by name; empty where the profile doesn't say."""
    date = profile.agreement_date
    reference = f" no. {profile.agreement_reference}" if profile.agreement_reference else ""
    return {
        "annex.title": profile.title,
        "annex.date": long_date(profile.date, profile.language),
        "annex.day": "[day]"
        if profile.date == type(profile.date).min
        else f"{_ordinal(profile.date.day)} day of {MONTHS[profile.date.month - 1]} {profile.date.year}",
        "agreement.name": f"{profile.agreement}{reference}",
        "agreement.date": long_date(date, profile.language) if date else "",
        "agreement.earlier": "yes" if date and (profile.date == type(date).min or date < profile.date) else "",
    }


def party_details(role: str, company: Company, terms: Mapping[str, str]) -> dict[str, str]:
    """What the opening may print of a party; `role` is client or provider, `terms` the agreement's own."""
    registration = " ".join(company.registration.split())
    match = _REGISTER.fullmatch(registration)
    signing = [", ".join(filter(None, s)) for s in company.signatories]
    return {
        "party.role": terms.get(ROLES[role], ROLES[role]),
        "party.name": company.name,
        "party.form": company.form,
        "party.register": match["register"] if match else "",
        "party.number": match["number"] if match else registration,
        "party.office": ", ".join(filter(None, (line.strip() for line in company.address.splitlines()))),
        "party.represented": company.represented_by or " and ".join(signing),
        "party.country": in_sentence(company.country) if company.country else "[country]",
    }


def signing_details(company: Company, index: int) -> dict[str, str]:
    """What a signature block may print of the signatory at that place."""
    name, capacity = company.signatories[index] if index < len(company.signatories) else ("", "")
    return {"signing.party": company.name, "signing.name": name, "signing.capacity": capacity}


def printed_detail(name: str, text: str, role: str) -> str:
    """A detail as a template prints it; that of a party is filed under the party's own name."""
    space, _, key = name.partition(".")
    if name == "party.role":
        return text
    own = f"{role}.{key}" if role and space == "party" else name
    return marks.value(own, text=" ".join(text.split())) if text else ""


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
