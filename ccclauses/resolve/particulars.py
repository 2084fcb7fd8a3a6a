"""What is reported of a profile's calendar and of its deed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..common.places import in_sentence
from ..common.workdays import REGIONAL, regional_holidays
from ..model.diagnostic import Diagnostic, Severity
from ..model.library.library import Law
from ..model.profile import Profile

_SIGNS_A_DEED = (
    "director",
    "secretary",
)  # of the company: section 44 Companies Act 2006; section 43 Companies Act 2014


def regional_calendar(profile: Profile) -> Iterator[Diagnostic]:
    """Business Days of a whole country whose parts have holidays of their own: a warning, or a note if the profile chose it."""
    country = profile.calendar
    day = profile.term_start or profile.date
    if country not in REGIONAL or {"calendar", "parties"} & profile.unread or day == date.min:
        return
    found = regional_holidays(country, day.year)
    named = "; ".join(f"{day} in {', '.join(codes[:3])}{' …' if len(codes) > 3 else ''}" for day, codes in found[:3])
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    stated = "calendar" in profile.places
    yield Diagnostic(
        rule="regional-holidays",
        severity=Severity.NOTE if stated else Severity.WARNING,
        message=(
            f"the calendar is that of {in_sentence(country)} as a whole, so that holidays of its parts count as Business "
            f"Days: {named}{more}"
        ),
        at=profile.at("calendar" if stated else "parties.client.country"),
        hint=f"write the part in which the work is done or received, such as `calendar: {min(code for _, codes in found for code in codes)}`",
    )


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
