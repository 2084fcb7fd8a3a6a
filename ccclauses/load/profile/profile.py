"""A requirements profile, and the profiles that it extends, to one `Profile` whose every value is right or reported for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ...model.diagnostic import Diagnostic, Position, errors
from ...model.library.form import FULL
from ...model.library.library import Law, Library
from ...model.library.scale import in_currency
from ...model.profile import Asked, Company, Profile
from ...model.words.quantity import Money
from ...model.words.words import PARTY_TERMS
from ..defaults import calendar_of, currency_of, language_of, middle_posture, page_of, time_zone_of
from ..document.located import MappingNode, ScalarNode
from ..document.reading import BAD, Reader, is_blank, quoted
from ..failure_terms import in_money
from ..library.checks import suggest, suggest_clause
from .layers import Layer, as_written, fingerprint_of, laid_over, paths_of, places_of, read_layers, value_at
from .profile_format import ALL_SUMS, profile_record, sums_of


def load_profile(path: Path, library: Library) -> tuple[Profile | None, list[Diagnostic]]:
    """The profile at `path`, read against a library; None when it has an error."""
    return _load(path, None, library)


def load_profile_text(text: str, file: str, library: Library) -> tuple[Profile | None, list[Diagnostic]]:
    """A profile given as text; `file` is what its places name and where the paths in it start from."""
    return _load(Path(file), text, library)


def _load(path: Path, text: str | None, library: Library) -> tuple[Profile | None, list[Diagnostic]]:
    profile, found = load_as_far(path, library, text)
    return (None if errors(found) else profile), found


def load_as_far(path: Path, library: Library, text: str | None = None) -> tuple[Profile | None, list[Diagnostic]]:
    """The profile as far as it can be read, for a run that reports everything.

    What is wrong in it is left out, and named in `unread`; None only when nothing can be made of it.
    """
    reader = Reader()
    layers, whole = read_layers(path, text, reader)
    profile = None
    if whole:
        root = layers[0].root
        for layer in layers[1:]:
            root = laid_over(layer.root, root, reader)
        profile = _profile(root, layers, library, reader)
    return profile, sorted(dict.fromkeys(reader.diagnostics), key=lambda d: (d.at, d.rule))


# -- the chain of profiles ------------------------------------------------------------------------------------------


# -- the profile ----------------------------------------------------------------------------------------------------


def _profile(root: MappingNode, layers: list[Layer], library: Library, reader: Reader) -> Profile | None:
    """The profile of a root. Where there is an error it is made as far as it goes, for the checks that come after."""
    record = profile_record(in_currency(library, _written_currency(root)))
    given = record.given(root, reader)
    if given is BAD:
        return None
    record.complete(given, root, reader)
    _check_names(reader, library)
    # Checks across keys see what could be read, so that one run tells everything.
    values = {name: f.default if given.get(name, BAD) is BAD else given[name] for name, f in record.fields.items()}
    lost = {name for name in (*given, *record.required) if given.get(name, BAD) is BAD} | reader.unread
    charges = values["charges"] or {"monthly": None}
    places = MappingProxyType(dict(places_of(root)))
    _check_choices(values, library, places, reader)
    monthly: Money | None = charges["monthly"]
    parties = {**_NO_PARTIES, **{k: v for k, v in (values["parties"] or {}).items() if v}}
    client, provider = parties["client"], parties["provider"]
    law = library.laws.get(values["law"]) or _likely_law(client.country, library)
    if values["law"] and values["law"] not in library.laws:
        lost.add("law")
    annex, agreement = values["annex"] or _NO_ANNEX, values["agreement"] or _NO_AGREEMENT
    home = client.country or law.id.partition("-")[0]
    currency = "" if "currency" in lost else _currency(values, monthly, places, reader)
    open_ = {"currency"} if not currency and "currency" not in lost else set()
    currency = currency or (monthly.currency if monthly else "") or currency_of(home)
    zone = values["time_zone"] or time_zone_of(home, law)
    open_ |= {name for name, said in (("law", values["law"]), ("time_zone", zone)) if not said and name not in lost}
    term = values["term"] or {"start": None, "months": None}
    failures, found = in_money(values["failures"], monthly, currency)
    reader.diagnostics += found if "charges" not in lost else []
    return Profile(
        file=layers[0].file,
        **{key: annex[key] for key in ("title", "reference", "version", "status", "classification")},
        date=annex["date"] or date.min,
        agreement=agreement["title"] or BLANKS["agreement.title"],
        agreement_reference=agreement["reference"],
        agreement_date=agreement["date"],
        client=_named(client, "parties.client.name"),
        provider=_named(provider, "parties.provider.name"),
        law=law.id,
        language=annex["language"] or language_of(law),
        calendar=values["calendar"] or calendar_of(home, law),
        time_zone=zone or law.switches.get("time_zone", "UTC"),
        currency=currency,
        monthly_charges=Money(monthly.amount, monthly.currency or currency) if monthly else None,
        term_start=term["start"],
        term_months=term["months"],
        facts=values["facts"],
        posture=values["posture"] if values["posture"] in library.postures else middle_posture(library.postures),
        settings=_with_currency(values["settings"], currency),
        credits=_with_currency(values["credits"], currency),
        failures=failures,
        libraries=tuple(map(str, paths_of(root))),
        template=_template(root),
        page=values["page"] or page_of(law),
        confirmed=frozenset(sums_of(library) if ALL_SUMS in values["confirmed"] else values["confirmed"]),
        **_known(values, library),
        **{
            key: values[key]
            for key in ("max_pages", "approved_only", "signatures", "deed", "attach", "terms", "contacts", "sites",
                        "subcontractors", "systems", "processing")
        },
        places=places,
        open=frozenset(open_),
        unread=frozenset(lost),
        fingerprint=fingerprint_of(layers),
    )  # fmt: skip


# What is in for a part that is not written, or could not be read.
_NO_ANNEX: Mapping[str, Any] = MappingProxyType(
    {
        "title": "Security Annex",
        "reference": "",
        "version": "1.0",
        "date": None,
        "status": "draft",
        "classification": "Confidential",
        "language": "",
    }
)
_NO_AGREEMENT: Mapping[str, Any] = MappingProxyType({"title": "", "reference": "", "date": None})


_NO_PARTIES: Mapping[str, Company] = MappingProxyType(
    {"client": Company(name="", country=""), "provider": Company(name="", country="")}
)
# What an annex prints where a name is open.
BLANKS: Mapping[str, str] = MappingProxyType(
    {
        "parties.client.name": "[the client's name]",
        "parties.provider.name": "[the call centre's name]",
        "agreement.title": "[the main agreement]",
    }
)


def _written_currency(root: MappingNode) -> str:
    """The currency in which the profile states its charges, or says that the contract is; empty when it says neither."""
    charges = value_at(root, "charges")
    nodes = [value_at(root, "currency"), value_at(charges, "monthly") if isinstance(charges, MappingNode) else None]
    texts = [node.value for node in nodes if isinstance(node, ScalarNode)]
    return next((word for text in texts for word in text.split() if len(word) == 3 and word.isupper()), "")


def _named(company: Company, path: str) -> Company:
    return company if company.name else replace(company, name=BLANKS[path])


def _likely_law(country: str, library: Library) -> Law:
    """The law under which a deal is most likely made while nobody says: one of the client's country, else the first."""
    laws = library.laws.values()
    return next((law for law in laws if law.id.partition("-")[0] == country), next(iter(laws)))


def _known(values: Mapping[str, Any], library: Library) -> dict[str, Any]:
    """The names that the profile lists, without those that the library does not know, which are reported."""
    return {
        "form": values["form"] if values["form"] in library.forms else FULL,
        "frameworks": tuple(f for f in values["frameworks"] if f in library.frameworks),
        "postures": MappingProxyType(
            {t: p for t, p in values["postures"].items() if t in library.topics and p in library.postures}
        ),
        "include": MappingProxyType({c: at for c, at in values["include"].items() if c in library.clauses}),
        "exclude": MappingProxyType({c: why for c, why in values["exclude"].items() if c in library.clauses}),
    }


_TABLES = {
    "law": ("law", "laws"),
    "framework": ("framework", "frameworks"),
    "posture": ("posture", "postures"),
    "form": ("form", "forms"),
    "topic": ("topic", "topics"),
    "clause": ("clause", "clauses"),
    "failure": ("failure", "failures"),
    "term": ("term", ""),
}


def _terms(library: Library) -> Mapping[str, str]:
    """The terms that an agreement may have its own word for: the parties and the defined terms."""
    return {term: term for term in (*PARTY_TERMS, *library.terms)}


def _check_names(reader: Reader, library: Library) -> None:
    for named in reader.names:
        what, table = _TABLES[named.sort]
        known = getattr(library, table) if table else _terms(library)
        if named.name not in known:
            hint = suggest_clause(named.name, library) if what == "clause" else suggest(named.name, known)
            reader.problem(f"unknown-{what}", named.node, f"unknown {what} {quoted(named.name)}", hint)


def _check_choices(values: Mapping[str, Any], library: Library, places: Mapping[str, Position], reader: Reader) -> None:
    for old, new in values["terms"].items():
        if new != old and new in _terms(library) and new not in values["terms"]:
            message = f"{quoted(new)} is a term of the annex already, so it can't take the place of {quoted(old)}"
            at = places.get(f"terms.{old}") or places.get("terms") or Position(file="")
            reader.diagnostics.append(
                Diagnostic(rule="term-taken", message=message, at=at, hint="rename that term too")
            )
    for name in values["include"].keys() & values["exclude"].keys():
        at = values["exclude"][name][1]
        message = f"the clause {quoted(name)} is both included and excluded"
        reader.diagnostics.append(
            Diagnostic(
                rule="included-and-excluded",
                message=message,
                at=at,
                hint=f"it is included on line {values['include'][name].line}; keep one",
            )
        )


def _currency(values: Mapping[str, Any], monthly: Money | None, places: Mapping[str, Position], reader: Reader) -> str:
    """The one currency of the contract; empty when the profile names none."""
    sums = {name: asked for name, asked in values["settings"].items() if isinstance(asked.value, Money)}
    sums |= {f"credits.{name}": asked for name, asked in values["credits"].items()}
    for failure, terms in values["failures"].items():
        named_sums = (("rate", terms.rate), ("event_cap", terms.event_cap))
        sums |= {f"failures.{failure}.{k}": Asked(value=s, at=terms.at) for k, s in named_sums if isinstance(s, Money)}
    currency: str = values["currency"] or (monthly.currency if monthly else "")
    if not currency:
        currency = next((asked.value.currency for asked in sums.values() if asked.value.currency), "")
    named = [(name, asked.value, asked.at) for name, asked in sums.items()]
    if monthly:
        named.append(("charges.monthly", monthly, places["charges.monthly"]))
    for name, money, at in named:
        if money.currency and currency and money.currency != currency:
            reader.diagnostics.append(
                Diagnostic(rule="several-currencies", at=at,
                           message=f"`{name}` is in {money.currency}, and the contract is in {currency}",
                           hint="an annex has one currency; convert the sum")
            )  # fmt: skip
    return currency


def _with_currency(settings: Mapping[str, Any], currency: str) -> Mapping[str, Any]:
    return MappingProxyType(
        {
            name: replace(asked, value=Money(asked.value.amount, currency)) if isinstance(asked.value, Money) else asked
            for name, asked in settings.items()
        }
    )


def _template(root: MappingNode) -> str:
    """A house style by its name, or a Word file by its path."""
    node = value_at(root, "template")
    if not isinstance(node, ScalarNode) or is_blank(node):
        return ""
    text = node.value.strip()
    return as_written(node) if text.lower().endswith((".docx", ".dotx")) else text
