"""Countries of a deal whose law the annex does not answer: named as not judged, or with the framework that would answer it."""

from __future__ import annotations

from collections.abc import Container, Iterator

from ..common.places import in_sentence
from ..model.diagnostic import Diagnostic, Position, Severity
from ..model.library.library import Framework, Library
from ..model.profile import Profile

# The states in which Regulation (EU) 2016/679 applies: the Union's, and Iceland, Liechtenstein and Norway.
_EEA = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split())
_DATA = frozenset(("personal_data", "business_associate_terms", "service_provider_terms"))  # topics


def other_laws(profile: Profile, library: Library, suggested: Container[str]) -> Iterator[Diagnostic]:
    """A note for each country of a site, subcontractor or party on whose data protection law no framework of the deal rests.

    `suggested` are the frameworks that are put to the client anyway, for a reason of their own.
    """
    privacy = {f.id: f for f in library.frameworks.values() if _protects_data(f)}
    if not privacy:
        return
    there: dict[str, tuple[str, Position]] = {}
    for what, country, at in _places(profile):
        there.setdefault("EU" if country in _EEA else country, (f"{what} is in {in_sentence(country)}", at))
    for jurisdiction, (why, at) in there.items():
        rows = [f for f in privacy.values() if f.jurisdiction.partition("-")[0] == jurisdiction]
        if any(f.id in profile.frameworks or f.id in suggested for f in rows):
            continue
        yield Diagnostic(
            rule="law-not-judged", severity=Severity.NOTE, message=_said(why, rows), at=at, hint=_hint(rows)
        )


def _said(why: str, rows: list[Framework]) -> str:
    if not rows:
        return f"{why}, and no framework of this library states its data protection and labour law: what they ask of the deal is not judged"
    named = " and ".join(f.short for f in rows)
    return f"{why}, and {named} {'is' if len(rows) == 1 else 'are'} not among the frameworks: what the law asks of the deal is not judged"


def _hint(rows: list[Framework]) -> str:
    if not rows:
        return "have it judged by a lawyer there"
    ids = ", ".join(f.id for f in rows)
    return f"add {'one of ' if len(rows) > 1 else ''}`{ids}` to `frameworks` where it applies, or have it judged by a lawyer there"


def _protects_data(framework: Framework) -> bool:
    """Whether it asks for contract terms on personal data, and for notice of a breach within a time."""
    rows = framework.references.values()
    terms = any(r.kind == "contract_term" and _DATA & {*r.topics} for r in rows)
    return terms and any(r.kind == "deadline" and "breach_handling" in r.topics for r in rows)


def _places(profile: Profile) -> Iterator[tuple[str, str, Position]]:
    for party, company in (("client", profile.client), ("provider", profile.provider)):
        if company.country:
            yield f"the {party}", company.country, profile.at(f"parties.{party}.country")
    for site in profile.sites:
        yield f"the site {site.name}", site.country, site.at
    for sub in profile.subcontractors:
        yield f"the subcontractor {sub.name}", sub.country, sub.at
