"""What conditions may name beside facts and parameters, and the parameters that a profile fills without being asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..common.workdays import weekend_name
from ..model.library.clause import Value
from ..model.library.library import Law
from ..model.profile import Profile, Site, Subcontractor


def _countries(places: Iterable[Site | Subcontractor]) -> tuple[str, ...]:
    return tuple(sorted({p.country for p in places if p.country}))


def _courts(profile: Profile, law: Law) -> str | None:
    """The courts usual under a law: those of the client's own place where the law leaves the place to the parties."""
    at_home = profile.client.country == law.id.partition("-")[0]
    return (law.switches.get("home_courts") if at_home else None) or law.switches.get("courts")


def work_countries(profile: Profile) -> tuple[str, ...]:
    """The countries of all sites and subcontractors."""
    return _countries((*profile.sites, *profile.subcontractors))


# The member states of the European Economic Area, whose data protection and financial laws are one.
EEA = tuple("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split())

# Each name, what it represents (None: nothing, so that a condition with it is not judged), and the key of the profile
# at which a problem with it is shown. docs/reference/conditions.md lists the same names for authors.
NAMES: dict[str, tuple[Callable[[Profile, Law], Value | None], str]] = {
    "language": (lambda profile, law: profile.language, "language"),
    "form": (lambda profile, law: profile.form, "form"),
    "currency": (lambda profile, law: profile.currency or None, "currency"),
    "calendar": (lambda profile, law: profile.calendar or None, "calendar"),
    "weekend": (lambda profile, law: weekend_name(profile.calendar), "calendar"),
    "time_zone": (lambda profile, law: profile.time_zone or None, "time_zone"),
    "client_country": (lambda profile, law: profile.client.country, "parties.client"),
    "provider_country": (lambda profile, law: profile.provider.country, "parties.provider"),
    "site_countries": (lambda profile, law: _countries(profile.sites), "sites"),
    "subcontractor_countries": (lambda profile, law: _countries(profile.subcontractors), "subcontractors"),
    "work_countries": (lambda profile, law: work_countries(profile), "sites"),
    "eea_countries": (lambda profile, law: EEA, "parties.client"),
    "monthly_charges": (lambda profile, law: profile.monthly_charges, "monthly_charges"),
}

# Roles of parameters whose value is the contract's situation and no negotiating position: a profile's own setting comes first,
# then these. Each gives the value, the key of the profile it comes from, and the words for `explain`.
FROM_PROFILE: dict[str, tuple[Callable[[Profile, Law], Value | None], str, str]] = {
    "business_day_calendar": (lambda profile, law: profile.calendar or None, "calendar", "the calendar of the profile"),
    "time_zone": (lambda profile, law: profile.time_zone or None, "time_zone", "the time zone of the profile"),
    "allowed_countries": (
        lambda profile, law: tuple(sorted({*work_countries(profile), profile.client.country} - {""})) or None,
        "sites",
        "the countries of the client, the sites and the subcontractors",
    ),
    "courts": (lambda profile, law: _courts(profile, law), "law", "the courts usual under the governing law"),
    "seat": (lambda profile, law: law.switches.get("seat"), "law", "the seat usual under the governing law"),
    "arbitration_rules": (
        lambda profile, law: law.switches.get("institution"),
        "law",
        "the institution usual under the governing law",
    ),
    "mediation_body": (
        lambda profile, law: law.switches.get("mediation"),
        "law",
        "the mediation body usual under the governing law",
    ),
}
