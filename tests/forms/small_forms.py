"""The small library of the tests with a short form: four clauses under two headings, and one that a fact brings in."""

from __future__ import annotations

import shutil
from pathlib import Path

from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile_text
from ccclauses.model.library.library import Library
from ccclauses.model.profile import Profile
from ccclauses.pipeline import Built, build_annex

SMALL = Path(__file__).parents[1] / "library"

FORMS = """\
- id: full
  title: Full form
  meaning: Each clause whole.
- id: short
  title: Short form
  meaning: A few clauses for a small deal.
  propose:
    - {when: seats <= 30, because: The team is small.}
  schedules: [sites]
  outline:
    - title: Rules and records
      of: [interpretation, records]
    - title: Protection
      of: [access, {clause: card-data, when: takes_payments and seats > 5}, breach]
    - {title: Credits, of: credits}
"""
SHORT = {
    "governance/interpretation": "1. [#order] Between the Agreement and this Annex, {{ precedence }} prevails.\n",
    "governance/records": (
        "1. [#produce] The Provider shall produce its records within {{ produce_due }} of each request.\n"
        '2. [#redo] The Provider shall correct at no charge what is wrong in records under {{ ref("produce") }}.\n'
    ),
    "security/access": (
        "1. [#revoke] The Provider shall revoke the Access Rights of a leaver within {{ leaver_revoke }} of the last shift.\n"
        '2. [#revoke-credit] Late revocation is a failure under {{ ref("credits") }}; {{ ref("records") }} and\n'
        '   {{ ref("records#redo") }} apply.\n'
    ),
    "security/card-data": "1. [#cards] The Provider shall not record card numbers.\n",
    "security/breach": (
        "1. [#notify] The Provider shall notify the Client of each Security Breach within {{ breach_notice }} of learning of it.\n"
        "2. [#credit] Late notice is a failure.\n"
    ),
    "money/credits": (
        "1. [#caps] The Provider's credits end at {{ at_risk_month }} of the Monthly Charges in a month and at\n"
        "   {{ annual_cap }} of the charges of a year.\n"
    ),
}


def write_library(folder: Path, forms: str = FORMS, short: dict[str, str] = SHORT) -> Path:
    """The small library in a folder, with these forms and these short wordings."""
    shutil.copytree(SMALL, folder)
    (folder / "forms.yaml").write_text(forms, "utf-8")
    facts = folder / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("How many seats?}", "How many seats?, label: Seats}"), "utf-8")
    for name, text in short.items():
        path = folder / f"{name}.yaml"
        wording = "".join(f"      {line}" for line in text.splitlines(keepends=True))
        variant = f"  - posture: [strict, standard, baseline]\n    form: short\n    text: |\n{wording}"
        head, variants, rest = path.read_text("utf-8").partition("\nvariants:\n")
        wordings, duties, after = rest.partition("\nduties:\n")
        if not duties:
            wordings, duties, after = rest.partition("\nallow:\n")
        path.write_text(head + variants + wordings.rstrip("\n") + "\n" + variant.rstrip("\n") + duties + after, "utf-8")
    return folder


def read(folder: Path) -> tuple[Library, list[str]]:
    """The library of a folder, and its problems as a person reads them, without the folder's own path."""
    library, problems = load_library(folder)
    return library, [str(p).replace(f"{folder}/", "") for p in problems]


PROFILE = """\
annex: {title: Test Annex, date: 2026-03-02}
agreement: {title: Test Agreement}
parties:
  client: {name: Client plc, country: GB}
  provider: {name: Provider Ltd, country: GB}
law: GB-EAW
currency: GBP
charges: {monthly: "GBP 2,000.00"}
term: {start: 2026-04-01, months: 12}
frameworks: [gdpr]
facts: {takes_payments: yes, seats: 12}
posture: standard
"""


def profile_of(library: Library, *lines: str, form: str = "short", text: str = PROFILE) -> Profile:
    """A small deal in a form, with more lines."""
    profile, problems = load_profile_text("\n".join((f"{text}form: {form}", *lines)), "deal.yaml", library)
    assert profile, problems
    return profile


def built(library: Library, *lines: str, **about: str) -> Built:
    """The Word annex of a small deal."""
    found, problems = build_annex(profile_of(library, *lines, **about), library)
    assert found, problems
    return found
