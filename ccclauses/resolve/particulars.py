"""What the parties' particulars lack: the annex prints a blank in brackets for each, and a note says what to write."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.clause import Law
from ..model.diagnostic import Diagnostic, Severity
from ..model.profile import Profile
from ..places import place_name
from ..workdays import REGIONAL, regional_holidays

_SIGNS_A_DEED = (
    "director",
    "secretary",
)  # of the company: section 44 Companies Act 2006; section 43 Companies Act 2014


# Who must be reached in time under the annex, and who stands in where the schedule names nobody.
_CONTACTS = (
    ("client", "Client Security Lead", ", whose instructions and consents count"),
    ("client", "24-hour contact", "; the Client Security Lead takes urgent calls"),
    ("client", "Executive contact", "; a request left unanswered is repeated to the Client Security Lead"),
    ("provider", "Chief Security Officer", ", who answers for security"),
    ("provider", "24-hour contact", "; the Chief Security Officer takes urgent calls"),
)
_WITH_DEPUTY = ("Client Security Lead", "Chief Security Officer")


def missing_particulars(profile: Profile, law: Law) -> Iterator[Diagnostic]:
    """A note for each particular of a party that the opening of its law prints, and each contact, that the profile lacks."""
    yield from _missing_contacts(profile)
    for role, company in (("client", profile.client), ("provider", profile.provider)):
        wanted = {
            "registration": ("its register and number", company.registration or law.family == "us"),
            "address": ("its registered office", company.address),
            "form": ("its legal form", company.form or (law.family != "us" and law.id != "FR")),
            "represented_by": (
                "who represents it",
                company.represented_by or company.signatories or not (law.family == "civil_law" or law.id == "PH"),
            ),
        }
        for key, (what, known) in wanted.items():
            if not known:
                yield Diagnostic(
                    rule="missing-particulars",
                    severity=Severity.NOTE,
                    message=f"the annex leaves a blank in brackets for the {role}: the profile does not give {what}",
                    at=profile.at(f"parties.{role}"),
                    hint=f"write `{key}` under `parties.{role}`",
                )


def regional_calendar(profile: Profile) -> Iterator[Diagnostic]:
    """Business Days of a whole country whose parts have holidays of their own: a warning, or a note if the profile chose it."""
    country = profile.calendar
    if country not in REGIONAL or {"calendar", "parties"} & profile.unread:
        return
    found = regional_holidays(country, (profile.term_start or profile.date).year)
    named = "; ".join(f"{day} in {', '.join(codes[:3])}{' …' if len(codes) > 3 else ''}" for day, codes in found[:3])
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    stated = "calendar" in profile.places
    yield Diagnostic(
        rule="regional-holidays",
        severity=Severity.NOTE if stated else Severity.WARNING,
        message=(
            f"the calendar is that of {place_name(country)} as a whole, so that holidays of its parts count as Business "
            f"Days: {named}{more}"
        ),
        at=profile.at("calendar" if stated else "parties.client.country"),
        hint=f"write the part in which the work is done or received, such as `calendar: {min(code for _, codes in found for code in codes)}`",
    )


def roles_called() -> tuple[tuple[str, str], ...]:
    """The party and the role of each contact on whom the annex relies."""
    return tuple((party, role) for party, role, _ in _CONTACTS)


def _missing_contacts(profile: Profile) -> Iterator[Diagnostic]:
    """A note for each contact who starts a clock and has no name or no stand-in."""
    at = profile.at("contacts")
    for party, role, instead in _CONTACTS:
        named = [c for c in profile.contacts if c.party == party and role.casefold() in c.role.casefold()]
        if not named:
            message = f"the schedule of contacts names no {role} of the {party}{instead}"
            hint = f"add a contact with `party: {party}` and `role: {role}`"
            yield Diagnostic(rule="missing-contact", severity=Severity.NOTE, message=message, at=at, hint=hint)
        elif role in _WITH_DEPUTY and not any(c.stand_in for c in named):
            message = f"the {role} of the {party} has no stand-in, on whom the annex relies as deputy"
            hint = "write `stand_in` in the contact"
            yield Diagnostic(rule="missing-contact", severity=Severity.NOTE, message=message, at=at, hint=hint)


def deed_problems(profile: Profile, law: Law) -> Iterator[Diagnostic]:
    """A deed under a law without one, and a signatory who can't execute one for a company."""
    if not profile.deed:
        return
    at = profile.at("deed")
    if law.switches.get("deed") != "yes":
        message = f"`deed: yes` has no effect under the law of {law.short}, and the annex is signed as that law does it"
        yield Diagnostic(rule="setting-without-effect", severity=Severity.WARNING, message=message, at=at)
        return
    for role, company in (("client", profile.client), ("provider", profile.provider)):
        for name, capacity in company.signatories[:1]:
            if not any(word in capacity.casefold() for word in _SIGNS_A_DEED):
                yield Diagnostic(
                    rule="deed-signatory",
                    severity=Severity.WARNING,
                    message=(
                        f"{name} ({capacity or 'no capacity'}) is to execute a deed for the {role}: a company does so by a "
                        "director before a witness, or by two authorised signatories (section 44 Companies Act 2006)"
                    ),
                    at=profile.at(f"parties.{role}"),
                    hint="name a director first among the signatories",
                )
