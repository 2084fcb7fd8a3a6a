"""Who must be reached under an annex, and what the schedule of contacts prints where the profile does not say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..model.profile import Contact, Profile, Role

# Who starts a clock, and has to be named; each with a deputy.
NEEDED: tuple[tuple[Role, str, str], ...] = (
    ("client", "Client Security Lead", "whose instructions and consents count"),
    ("provider", "Chief Security Officer", "who answers for security"),
)
# Whom the annex replaces by one of those where nobody is named.
REPLACED: tuple[tuple[Role, str, str], ...] = (
    ("client", "24-hour contact", "the Client Security Lead takes urgent calls"),
    ("client", "Executive contact", "a request left unanswered is repeated to the Client Security Lead"),
    ("provider", "24-hour contact", "the Chief Security Officer takes urgent calls"),
)
# The party and the role of each contact on whom the annex relies.
ROLES: tuple[tuple[Role, str], ...] = tuple((party, role) for party, role, _ in (*NEEDED, *REPLACED))
_BLANKS = {"name": "[name]", "email": "[e-mail address]", "phone": "[telephone number]", "stand_in": "[deputy]"}


def contacts_with_blanks(profile: Profile) -> tuple[Contact, ...]:
    """The contacts with a bracket for all that is open of those who must be reached."""
    needed = {(party, role.casefold()) for party, role, _ in NEEDED}
    listed = [_filled(c) if any(_plays(c, p, r) for p, r in needed) else c for c in profile.contacts]
    lacking = [_filled(Contact(party=p, role=r, name="")) for p, r, _ in NEEDED if not named(profile, p, r)]
    return (*listed, *lacking)


def open_contacts(profile: Profile) -> Iterator[tuple[str, Role, str, str]]:
    """What is open of those who must be reached: the dotted key, the party, the role, and which of their particulars."""
    for party, role, _ in NEEDED:
        found = [(n, c) for n, c in enumerate(profile.contacts) if _plays(c, party, role.casefold())]
        if not found:
            yield "contacts", party, role, "name"
        for number, contact in found:
            yield from ((f"contacts.{number}.{k}", party, role, k) for k in _BLANKS if not getattr(contact, k))


def named(profile: Profile, party: Role, role: str) -> bool:
    """Whether the profile names somebody for a role of a party."""
    return any(_plays(c, party, role.casefold()) for c in profile.contacts)


def _plays(contact: Contact, party: str, role: str) -> bool:
    return contact.party == party and role in contact.role.casefold()


def _filled(contact: Contact) -> Contact:
    blanks = {key: text for key, text in _BLANKS.items() if not getattr(contact, key)}
    return replace(contact, **blanks)  # type: ignore[arg-type]  # each a text
