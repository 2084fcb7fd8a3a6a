"""Resolution → what a deal still lacks before it can be signed, in the order in which it is asked.

A draft prints each value that is missing as a bracket; a final annex is refused with the same list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ..compose.parts.schedules import processing_rows, wanted
from ..compose.texts.local_money import local_sums
from ..load.profile.profile_format import CREDITS
from ..model.diagnostic import OPEN_RULES, Diagnostic, Severity
from ..model.profile import OpenPoint, Profile, Resolution
from ..resolve.contacts import NEEDED, REPLACED, named, open_contacts
from ..resolve.facts import assumed_facts
from ..resolve.judge import said
from ..resolve.placeholders import credits_unconfirmed, unconfirmed_sums

PARTIES = {"client": "the client", "provider": "the call centre"}
# The order of an intake: what one knows by heart, then what has to be found out, phone calls last.
_ORDER = (
    "parties.client.name", "parties.client.country", "parties.provider.name", "parties.provider.country", "law", "time_zone",
    "currency", "agreement", "annex.date", "term.start", "term.months", "charges", "facts.seats", "facts.takes_payments",
    "facts.records_calls", "facts.uses_ai", "facts.special_data", "processing", "sites", "facts.home_working",
    "facts.bcp_home_only", "facts.cameras_control", "facts.subcontractors_used", "facts.cross_border", "subcontractors",
    "facts", "settings", "confirmed", "contacts", "parties",
)  # fmt: skip
RULES = dict(zip(("missing", "assumed", "placeholder"), OPEN_RULES))


def open_points(resolution: Resolution) -> tuple[OpenPoint, ...]:
    """Everything that is open in a deal. What is written and wrong is none of it: that is a problem of its own."""
    profile = resolution.profile
    points = [
        *_particulars(resolution), *_deal(resolution), *_assumed(resolution), *_schedules(resolution),
        *_settings(resolution), *_sums(resolution),
    ]  # fmt: skip
    # What is written and wrong has been reported.
    told = [p for p in points if not (p.path.partition(".")[0] in profile.unread or _is_written(p, profile))]
    return tuple(sorted(told, key=lambda p: _place(p.path)))


def open_problems(resolution: Resolution, points: Iterable[OpenPoint]) -> Iterator[Diagnostic]:
    """The open points as diagnostics, in their order: warnings of a draft, errors of an annex that is to be final."""
    final = resolution.profile.status == "final"
    severity = Severity.ERROR if final else Severity.WARNING
    listed = list(points)
    sums = [p for p in listed if p.kind == "placeholder"]
    for point in listed:
        if point.kind == "placeholder" and point is not sums[0]:
            continue  # one diagnostic tells them all
        told = (
            _of_sums(sums, final=final) if point.kind == "placeholder" else (_message(point, final=final), _hint(point))
        )
        rule, (message, hint) = RULES[point.kind], told
        yield Diagnostic(rule=rule, severity=severity, message=message, at=point.at, hint=hint)


def _of_sums(sums: list[OpenPoint], *, final: bool) -> tuple[str, str]:
    names = ", ".join(p.path.partition(".")[2] for p in sums)
    these, it = ("this sum is a placeholder", "it") if len(sums) == 1 else ("these sums are placeholders", "them")
    shown = "; ".join(f"{p.label} {p.printed}".strip() for p in sums)
    end = ", and a final annex can't be made before" if final else ""
    message = f"{these} of the library and not of this deal until somebody has confirmed {it}{end}: {shown}"
    return message, f"write your own, or `confirmed: [{names}]` where {'it suits' if len(sums) == 1 else 'they suit'}"


def _message(point: OpenPoint, *, final: bool) -> str:
    if point.kind == "assumed":
        effect = "a final annex can't be made" if final else "the draft takes the side that protects the client"
        return f"not known yet: {point.label} {point.printed} is assumed: {effect}" + (
            f". {point.why}" if point.why else ""
        )
    effect = "a final annex can't be made" if final else f"the draft prints {point.printed}"
    return f"still open: {point.label}{f', {point.why}' if point.why else ''}; {effect}"


def _hint(point: OpenPoint) -> str:
    group, _, name = point.path.rpartition(".")
    if point.path == "contacts":
        party, role = next((p, r) for p, r, _ in NEEDED if r in point.label)
        return f"add a contact with `party: {party}`, `role: {role}` and the name"
    if point.path == "sites":
        return "write `sites:` with name, address, country and purpose of each"
    if point.path.startswith(("contacts.", "sites.")):
        return f"write `{name}` with it"
    if point.kind == "assumed":
        return f"find out, and write it in place of `{name}: unknown`"
    return f"write `{name}` under `{group}`" if group else f"write `{name}`"


def _is_written(point: OpenPoint, profile: Profile) -> bool:
    return point.kind == "missing" and point.path in profile.places and point.path != "contacts"


def _place(path: str) -> int:
    """Where a key is in the order of the questions; the longest beginning that is listed counts."""
    while path:
        if path in _ORDER:
            return _ORDER.index(path)
        path = path.rpartition(".")[0]
    return len(_ORDER)


def _missing(profile: Profile, path: str, label: str, printed: str, why: str = "") -> OpenPoint:
    group = path.rpartition(".")[0]
    at = profile.at(path if path in profile.places else group if group in profile.places else path.partition(".")[0])
    return OpenPoint(path=path, label=label, kind="missing", printed=printed, at=at, why=why)


# -- who and what -------------------------------------------------------------------------------------------------------


def _particulars(resolution: Resolution) -> Iterator[OpenPoint]:
    """What the opening of the law prints of each party."""
    profile, law = resolution.profile, resolution.law
    for role, who in PARTIES.items():
        company = profile.client if role == "client" else profile.provider
        key = f"parties.{role}"
        if company.name.startswith("["):
            yield _missing(profile, f"{key}.name", f"{who}'s name", company.name)
        if not company.country:
            yield _missing(profile, f"{key}.country", f"{who}'s country", "[country]")
        if not (company.registration or law.family == "us"):
            yield _missing(profile, f"{key}.registration", f"{who}'s register and number", "[its number]")
        if not company.address:
            yield _missing(profile, f"{key}.address", f"{who}'s registered office", "[registered office]")
        if not (company.form or (law.family != "us" and law.id != "FR")):
            yield _missing(profile, f"{key}.form", f"{who}'s legal form", "[its form]")
        acting = company.represented_by or company.signatories or not (law.family == "civil_law" or law.id == "PH")
        if not acting:
            yield _missing(profile, f"{key}.represented_by", f"who represents {who}", "[its representative]")


def _deal(resolution: Resolution) -> Iterator[OpenPoint]:
    profile = resolution.profile
    if "law" in profile.open:
        yield _missing(profile, "law", "the governing law", resolution.law.name)
    if "time_zone" in profile.open:
        yield _missing(profile, "time_zone", "the time zone of the deadlines", f"[{profile.time_zone}]")
    if "currency" in profile.open:
        yield _missing(profile, "currency", "the currency", f"[{profile.currency}]")
    if profile.agreement.startswith("["):
        yield _missing(profile, "agreement.title", "the title of the main agreement", profile.agreement)
    if profile.date == date.min:
        yield _missing(profile, "annex.date", "the date of the annex", "[date]")
    if profile.term_start is None:
        why = "from which the Services and every rhythm are counted"
        yield _missing(profile, "term.start", "the first day of the Services", "[first day of the Services]", why)
    if profile.term_months is None:
        yield _missing(profile, "term.months", "the length of the term", "[number of] months")
    if profile.monthly_charges is None:
        why = "from which the credits and their caps follow"
        yield _missing(profile, "charges.monthly", "the monthly charge", "[the Monthly Charges]", why)


def _assumed(resolution: Resolution) -> Iterator[OpenPoint]:
    profile = resolution.profile
    for name in assumed_facts(profile, resolution.library):
        fact = resolution.library.facts[name]
        yield OpenPoint(
            path=f"facts.{name}",
            label=f"“{fact.question}”",
            kind="assumed",
            printed=said(resolution.facts[name]).capitalize(),
            at=profile.facts[name].at,
            why=fact.why,
        )


# -- schedules ----------------------------------------------------------------------------------------------------------

_CALLED = {"name": "", "email": "'s e-mail address", "phone": "'s telephone number", "stand_in": "'s deputy"}
_PROCESSING = {
    "Subject matter": "subject", "Duration": "duration", "Nature": "nature", "Purpose": "purpose",
    "Types of personal data": "data", "Categories of persons": "persons",
}  # fmt: skip


def _schedules(resolution: Resolution) -> Iterator[OpenPoint]:
    profile = resolution.profile
    if "processing" in wanted(resolution):
        for label, text in processing_rows(profile).items():
            if not text:
                named_ = f"the {label.lower()} of the processing"
                yield _missing(profile, f"processing.{_PROCESSING[label]}", named_, f"[{label.lower()}]")
    if not profile.sites:
        why = "at which alone the work may be done"
        yield _missing(profile, "sites", "the list of sites", "[name of the site]", why)
    for number, site in enumerate(profile.sites):
        if not site.address:
            yield _missing(profile, f"sites.{number}.address", f"the address of {site.name}", "[address]")
    needed = {role: why for _, role, why in NEEDED}
    for path, party, role, key in open_contacts(profile):
        who = f"{PARTIES[party]}'s {role}{_CALLED[key]}"
        yield _missing(
            profile, path, who, "[name]" if key == "name" else "a bracket", needed[role] if key == "name" else ""
        )


def advised_contacts(profile: Profile) -> Iterator[Diagnostic]:
    """Contacts that nobody has to name, since the annex says who takes their place."""
    if "contacts" in profile.unread:
        return
    for party, role, instead in REPLACED:
        if not named(profile, party, role):
            yield Diagnostic(
                rule="missing-contact",
                severity=Severity.NOTE,
                message=f"the schedule of contacts names no {role} of {PARTIES[party]}; {instead}",
                at=profile.at("contacts"),
                hint=f"add a contact with `party: {party}` and `role: {role}`",
            )


# -- values -------------------------------------------------------------------------------------------------------------


def _settings(resolution: Resolution) -> Iterator[OpenPoint]:
    for name, setting in resolution.settings.items():
        if setting.source == "open":
            label = setting.parameter.label
            yield _missing(resolution.profile, f"settings.{name}", label, f"[{label[:1].lower() + label[1:]}]")


def _sums(resolution: Resolution) -> Iterator[OpenPoint]:
    profile = resolution.profile
    at = profile.at("confirmed" if "confirmed" in profile.places else "settings")
    for name, setting in unconfirmed_sums(resolution).items():
        text = local_sums(said(setting.value), resolution.law, profile.currency)
        label = setting.parameter.label
        yield OpenPoint(path=f"confirmed.{name}", label=label, kind="placeholder", printed=f"[{text}]", at=at)
    if credits_unconfirmed(profile) and any(r.clause.failures for r in resolution.clauses):
        label = "the sums of the credit table, which follow from the Monthly Charges"
        yield OpenPoint(path=f"confirmed.{CREDITS}", label=label, kind="placeholder", printed="", at=at)
