"""A library and a profile of a few clauses, made by hand, for the tests of the resolver."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ccclauses.model.diagnostic import Diagnostic, Position
from ccclauses.model.library.clause import Clause, Parameter, Variant
from ccclauses.model.library.condition import Condition
from ccclauses.model.library.library import (
    Constraint,
    Definition,
    Fact,
    Framework,
    FrameworkReference,
    Law,
    Level,
    Library,
    Numbering,
    Posture,
    Topic,
)
from ccclauses.model.library.roles import ROLES
from ccclauses.model.profile import Asked, Company, Processing, Profile, Resolution
from ccclauses.model.words.quantity import Duration, Money, Percentage
from ccclauses.resolve import resolve
from ccclauses.syntax.conditions import read_condition

POSTURES = ("strict", "standard", "baseline")


def at(file: str, line: int = 1) -> Position:
    return Position(file=file, line=line)


def when(*tests: str) -> Condition:
    condition, problems = read_condition(" and ".join(tests))
    assert condition, problems
    return condition


def hours(*amounts: int) -> dict[str, Any]:
    """The values of the three postures in hours, strict first."""
    return {p: Duration(n, "hours") for p, n in zip(POSTURES, amounts, strict=False)}


def parameter(name: str, values: Mapping[str, Any], **fields: Any) -> Parameter:
    defaults = {"type": "duration", "label": name.replace("_", " ").capitalize(), "at": at(f"{name}.yaml", 9)}
    return Parameter(name=name, values=values, role=name if name in ROLES else "", **{**defaults, **fields})


def variant(*postures: str, **fields: Any) -> Variant:
    defaults = {"text": "1. The Provider shall act.\n", "text_line": 20, "at": at("variant.yaml", 20)}
    return Variant(postures=postures or POSTURES, **{**defaults, **fields})


def clause(id_: str, *parameters: Parameter, **fields: Any) -> Clause:
    mapped = [label for refs in fields.get("maps_to", {}).values() for labels in refs.values() for label in labels]
    text = "".join(f"1. [#{label}] The Provider shall act.\n" for label in mapped or ["act"])
    defaults = {
        "version": 1,
        "title": id_.replace("-", " ").capitalize(),
        "topic": "access",
        "purpose": "To test.",
        "variants": (variant(text=text),),
        "at": at(f"{id_}.yaml"),
    }
    return Clause(id=id_, parameters={p.name: p for p in parameters}, **{**defaults, **fields})


def framework(id_: str, **kinds: str) -> Framework:
    """A framework whose references have these kinds: `framework("gdpr", art_28="contract_term")`."""
    references = {
        ref.replace("_", " "): FrameworkReference(
            id=f"{id_}-{ref}",
            ref=ref.replace("_", " "),
            kind=kind,
            duty="Do it",
            topics=("access",),
            checked="primary",
            at=at(id_),
        )
        for ref, kind in kinds.items()
    }
    return Framework(
        id=id_, title=id_, short=id_.upper(), jurisdiction="EU", note="", references=references, at=at(id_)
    )


def law(id_: str, family: str, **fields: Any) -> Law:
    defaults = {
        "name": f"the law of {id_}",
        "short": id_,
        "numbering": "decimal",
        "page": "A4",
        "language": "en-GB",
        "credit_label": "Service Credit",
        "damages": "credited",
        "at": at("laws.yaml"),
    }
    return Law(id=id_, family=family, **{**defaults, **fields})


def constraint(id_: str, **fields: Any) -> Constraint:
    defaults = {"severity": "error", "reason": f"{id_} says so", "source": "Art 1", "at": at("constraints.yaml", 7)}
    return Constraint(id=id_, **{**defaults, **fields})


def fact(name: str, default: bool | int = False) -> Fact:
    kind = "boolean" if isinstance(default, bool) else "integer"
    return Fact(name=name, type=kind, question=f"{name}?", default=default, at=at("facts.yaml"))


def library(*clauses: Clause, **fields: Any) -> Library:
    level = Level(format="decimal", text="%1", noun="clause ")
    defaults = {
        "topics": {
            "access": Topic(id="access", title="Access", group="technology", order=0),
            "incidents": Topic(id="incidents", title="Incidents", group="response", order=1),
        },
        "groups": {"technology": "Technology", "response": "Incidents"},
        "headings": {},
        "postures": {p: Posture(id=p, label=p, meaning=p, order=n) for n, p in enumerate(POSTURES)},
        "definitions": {},
        "frameworks": {},
        "laws": {"GB-EAW": law("GB-EAW", "common_law"), "DE": law("DE", "civil_law"), "FR": law("FR", "civil_law")},
        "numberings": {"decimal": Numbering(clause=(level,) * 4, schedule=(level,) * 4)},
        "facts": {f.name: f for f in (fact("takes_payments"), fact("records_calls", True), fact("seats", 50))},
        "constraints": (),
        "fingerprint": "0",
    }
    return Library(clauses={c.id: c for c in clauses}, **{**defaults, **fields})


def definition(term: str, **fields: Any) -> Definition:
    return Definition(term=term, text="means it.\n", text_line=2, **{"at": at("definitions.yaml"), **fields})


def asked(value: Any, line: int = 14) -> Asked:
    return Asked(value=value, at=at("deal.yaml", line))


def profile(**fields: Any) -> Profile:
    defaults: dict[str, Any] = {
        "file": "deal.yaml",
        "title": "Security annex",
        "reference": "SEC-1",
        "version": "1",
        "date": date(2026, 3, 1),
        "status": "draft",
        "classification": "Confidential",
        "agreement": "Master agreement",
        "agreement_reference": "",
        "agreement_date": None,
        "client": Company(name="Client Ltd", country="GB"),
        "provider": Company(name="Provider Ltd", country="IN"),
        "law": "GB-EAW",
        "language": "en-GB",
        "calendar": "GB-ENG",
        "time_zone": "Europe/London",
        "currency": "GBP",
        "monthly_charges": Money(Decimal(100_000), "GBP"),
        "term_start": None,
        "term_months": None,
        "frameworks": (),
        "facts": {},
        "posture": "standard",
        "postures": {},
        "include": {},
        "exclude": {},
        "settings": {},
        "libraries": (),
        "template": "",
        "page": "",
        "approved_only": False,
        "signatures": True,
        "contacts": (),
        "sites": (),
        "subcontractors": (),
        "processing": Processing(),
    }
    return Profile(**{**defaults, **fields})


def resolved(profile: Profile, library: Library) -> Resolution:
    """The resolution of a profile that has no error."""
    resolution, problems = resolve(profile, library)
    assert resolution, [str(p) for p in problems]
    return resolution


def told(profile: Profile, library: Library) -> list[Diagnostic]:
    return resolve(profile, library)[1]


def percent(number: str) -> Percentage:
    return Percentage(Decimal(number))
