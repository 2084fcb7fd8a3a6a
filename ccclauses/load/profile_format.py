"""What a requirements profile may hold, key by key; docs/reference/profile-format.md says the same to people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ..model.clause import EMPTY, Fact, Library, Parameter
from ..model.credit import SUMS
from ..model.form import FULL
from ..model.profile import Asked, Company, Contact, Processing, Site, Subcontractor, System
from .checks import suggest
from .failure_terms import FAILURE
from .kinds import (
    COUNTRY,
    CURRENCY,
    DATE,
    PLACE,
    TIME_ZONE,
    WHOLE,
    YES_NO,
    Language,
    Sum,
    check_range,
    kind_of,
    printed,
    would_be,
)
from .located import Node, ScalarNode, SequenceNode, position
from .schema import (
    ADDRESS,
    BAD,
    LINE,
    Choice,
    Field,
    Json,
    Kind,
    Known,
    Line,
    ListOf,
    MapOf,
    Name,
    Reader,
    Record,
    Scalar,
    entries,
    is_blank,
    listed,
    quoted,
)

MONEY = Sum(True)
STATUS = Choice({"draft": "the annex carries a watermark", "final": "ready to be signed"}, "status")
PARTY = Choice({"client": "the client", "provider": "the call centre"}, "party")
ATTACHED = Choice({"compliance_matrix": "which paragraph answers each requirement"}, "table of the handbook")
PAGE = Choice({"A4": "210 by 297 mm", "Letter": "8.5 by 11 inches"}, "size of paper")


class _Email(Scalar):
    wanted = "an email address"

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        if re.fullmatch(r"[^\s@]+@[^\s@]+", text):
            return text
        hint = would_be(self.wanted, text) or "write it as `name@example.com`"
        return reader.problem("wrong-type", node, f"{quoted(text)} is not an email address", hint)

    def schema(self, known: Known) -> Json:
        return {"type": "string", "pattern": "^[^\\s@]+@[^\\s@]+$"}


class MonthsKind(Scalar):
    wanted = "a number of months"

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        if not text.isdecimal() and (hint := would_be(self.wanted, text)):
            message = f"{quoted(text)} was found where {self.wanted} is expected"
            return reader.problem("wrong-type", node, message, hint)
        months = WHOLE.read(node, reader)
        if months is not BAD and not 1 <= months <= 1200:
            return reader.problem(
                "out-of-range", node, f"the term is {months} months", "write a number between 1 and 1200"
            )
        return months

    def schema(self, known: Known) -> Json:
        return {"type": "integer", "minimum": 1, "maximum": 1200}


class _Pages(Scalar):
    wanted = "a number of pages"

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        pages = WHOLE.read(node, reader)
        if pages is not BAD and not 1 <= pages <= 1000:
            message = f"the annex may have {pages} pages at most"
            return reader.problem("out-of-range", node, message, "write a number between 1 and 1000")
        return pages

    def schema(self, known: Known) -> Json:
        return {"type": "integer", "minimum": 1, "maximum": 1000}


class _Include(Kind):
    """Clauses asked for, each with the place at which it was."""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        names = ListOf(Name("clause"), unique=True).read(node, reader)
        if names is BAD or not isinstance(node, SequenceNode):
            return BAD
        written = {item.value.strip(): position(item) for item in node.value if isinstance(item, ScalarNode)}
        return MappingProxyType({name: written[name] for name in names})

    def schema(self, known: Known) -> Json:
        return ListOf(Name("clause")).schema(known)


class _Exclude(Kind):
    """Clauses left out, each with its reason and place."""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        result = {}
        for key, value in entries(node, reader, "clauses with the reason why each is left out"):
            name = reader.name("clause", key.value, key)
            if is_blank(value):
                hint = f"write `{name}: why it is left out`; the reason is kept"
                reader.problem("missing-reason", key, f"{quoted(name)} is left out without a reason", hint)
                continue
            reason = Line(join=" ").read(value, reader)
            result[name] = ("" if reason is BAD else reason, position(key))
        return MappingProxyType(result)

    def schema(self, known: Known) -> Json:
        return MapOf(Name("clause"), LINE).schema(known)


class _Terms(Kind):
    """Terms of the agreement by those of the library; no two become one."""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        result: dict[str, str] = {}
        fine = True
        for key, value in entries(node, reader, "our terms, each with that of the agreement"):
            old, new = reader.name("term", key.value, key), LINE.read(value, reader)
            if old is BAD or new is BAD:
                fine = False
                continue
            if not re.fullmatch(r"[^\W\d_][^=;,{}\[\]\n]{0,58}", new) or not new[0].isupper():
                hint = "write it as the agreement does, with a capital: Supplier"
                fine = reader.problem("wrong-term", value, f"{quoted(new)} is not a defined term", hint) is not BAD
            elif new in result.values():
                hint = "two terms of ours would become one"
                fine = (
                    reader.problem("term-twice", value, f"{quoted(new)} takes the place of two terms", hint) is not BAD
                )
            result[old] = new
        return MappingProxyType(result) if fine or result else BAD

    def schema(self, known: Known) -> Json:
        return MapOf(Name("term"), LINE).schema(known)


class Values(Kind):
    """Facts or parameters by name, each typed as the library says, with the place at which it stands."""

    def __init__(self, sort: str, table: Mapping[str, Fact | Parameter]) -> None:
        self.sort, self.table = sort, table

    def of(self, entry: Fact | Parameter) -> Kind:
        """The kind of the values of one of them."""
        return kind_of(entry.type, entry.choices, with_currency=True)

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        result = {}
        for key, value in entries(node, reader):
            known = self.table.get(key.value)
            if known is None:
                reader.problem(
                    f"unknown-{self.sort}",
                    key,
                    f"unknown {self.sort} {quoted(key.value)}",
                    suggest(key.value, self.table),
                )
            elif isinstance(known, Fact) and _is_unknown(value, known):
                result[key.value] = Asked(value=known.assumed, at=position(value), unknown=True)
            elif not is_blank(value):
                typed = self.of(known).read(value, reader)
                minimum, maximum = (known.minimum, known.maximum) if isinstance(known, Parameter) else (None, None)
                if isinstance(known, Fact) and known.type == "integer":
                    minimum = 0
                if typed is not BAD and check_range(key.value, typed, minimum, maximum, value, reader):
                    result[key.value] = Asked(value=typed, at=position(value))
                else:
                    reader.unread.add(key.value)
        return MappingProxyType(result)

    def schema(self, known: Known) -> Json:
        properties = {}
        for name, entry in self.table.items():
            schemas = [self.of(entry).schema(known), {"type": "null"}]
            schemas += [{"const": UNKNOWN}] if isinstance(entry, Fact) else []
            properties[name] = {"description": _explained(entry), "anyOf": schemas}
        return {"type": "object", "properties": properties, "additionalProperties": False}


UNKNOWN = "unknown"  # how a profile says that a fact is not known


def _is_unknown(node: Node, fact: Fact) -> bool:
    return isinstance(node, ScalarNode) and node.value.strip() == UNKNOWN and UNKNOWN not in fact.choices


def _explained(entry: Fact | Parameter) -> str:
    if isinstance(entry, Fact):
        return entry.question
    unit = f" ({entry.unit})" if entry.unit else ""
    between = f". Between {printed(entry.minimum)} and {printed(entry.maximum)}" if entry.minimum is not None else ""
    values = ", ".join(f"{posture} {printed(value)}" for posture, value in entry.values.items())
    return f"{entry.label}{unit}{between}. {values}"


def _company(at: Any, **values: Any) -> Company:
    return Company(**values)


_SIGNATORY = Record(
    "a signatory",
    {
        "name": Field(LINE, "who signs", required=True),
        "capacity": Field(LINE, "as what, such as Director", default=""),
    },
    lambda at, name, capacity: (name, capacity),
)

COMPANY = Record(
    "a party",
    {
        "name": Field(LINE, "its full name with its form, such as Example Retail plc", default="", awaited=True),
        "form": Field(LINE, "its legal form where the name doesn't tell, such as a Delaware corporation", default=""),
        "registration": Field(LINE, "register and number", default=""),
        "address": Field(ADDRESS, "its registered office", default=""),
        "represented_by": Field(LINE, "who represents it, such as its Managing Director, Eva Braun", default=""),
        "country": Field(COUNTRY, "its country, ISO 3166 with two letters", default="", awaited=True),
        "signatories": Field(ListOf(_SIGNATORY), "who signs for it", default=()),
    },
    _company,
    partial=True,
)

_CONTACT = Record(
    "a contact",
    {
        "party": Field(PARTY, "client or provider", required=True),
        "role": Field(LINE, "what for, such as Chief Security Officer", required=True),
        "name": Field(LINE, "the person or desk", required=True),
        "email": Field(_Email(), "email address", default=""),
        "phone": Field(LINE, "telephone number, in quotes", default=""),
        "stand_in": Field(LINE, "who stands in", default=""),
    },
    lambda at, **values: Contact(**values),
    partial=True,
)

_SITE = Record(
    "a site",
    {
        "name": Field(LINE, "what it is called", required=True),
        "address": Field(ADDRESS, "where it is", default=""),
        "country": Field(COUNTRY, "its country", required=True),
        "purpose": Field(LINE, "what is done there", default=""),
    },
    Site,
    partial=True,
)

BACKUP = Choice(
    {"yes": "all of it", "no": "nothing of it", "configuration": "its configuration only"}, "what is backed up"
)

_SYSTEM = Record(
    "a system",
    {
        "party": Field(PARTY, "whose it is: client or provider", default="provider"),
        "name": Field(LINE, "what it is, and where", required=True),
        "keeps": Field(LINE, "the client's data that may be kept in it; absent: none", default=""),
        "backup": Field(BACKUP, "what of it is backed up", default="no"),
    },
    System,
)

_SUBCONTRACTOR = Record(
    "a subcontractor",
    {
        "name": Field(LINE, "its full name", required=True),
        "service": Field(LINE, "what it does", required=True),
        "country": Field(COUNTRY, "where it does it", required=True),
        "data": Field(LINE, "the data that it can reach", default=""),
        "address": Field(ADDRESS, "its address", default=""),
        "contact": Field(LINE, "the person to reach, such as Ana Ruiz, ana@sub.example", default=""),
    },
    Subcontractor,
    partial=True,
)

_PROCESSING = Record(
    "the description of the processing",
    {
        "subject": Field(LINE, "its subject matter", default=""),
        "duration": Field(LINE, "how long it lasts", default=""),
        "nature": Field(LINE, "what is done with the data", default=""),
        "purpose": Field(LINE, "what for", default=""),
        "data": Field(ListOf(LINE, single=True), "the kinds of personal data", default=()),
        "persons": Field(ListOf(LINE, single=True), "the kinds of persons", default=()),
    },
    lambda at, **values: Processing(**values),
    partial=True,
)


class _AskedSum(Kind):
    """A sum of money with the place at which it is written."""

    wanted = MONEY.wanted

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        money = MONEY.read(node, reader)
        return BAD if money is BAD else Asked(value=money, at=position(node))

    def schema(self, known: Known) -> Json:
        return MONEY.schema(known)


_SUM_WORDS = {
    "a_base": "Class A: base", "a_hour": "Class A: each started hour", "a_act": "Class A: an act, each calendar month",
    "a_most": "Class A by the hour: at most", "b_base": "Class B: base", "b_person": "Class B: each person and day",
    "b_other": "Class B: any other unit and day", "b_most": "Class B: at most", "c_base": "Class C: base",
    "c_day": "Class C: each Business Day", "c_most": "Class C: at most", "month_notice": "monthly cap of late notice",
    "month": "monthly cap of all other credits", "year_notice": "yearly cap of late notice",
    "year": "yearly cap of all other credits",
}  # fmt: skip
_CREDITS = Record(
    "the sums of the credit table",
    {name: Field(_AskedSum(), _SUM_WORDS[name]) for name in SUMS},
    lambda at, **values: MappingProxyType({name: asked for name, asked in values.items() if asked}),
    partial=True,
)

CREDITS = "credits"  # the sums of the credit table, which follow from the charges
ALL_SUMS = "sums"


def sums_of(library: Library) -> tuple[str, ...]:
    """The sums of a library that are placeholders until a client confirms them or writes its own."""
    names = [n for clause in library.clauses.values() for n, p in clause.parameters.items() if p.type == "money"]
    return (*names, CREDITS)


class _Confirmed(Scalar):
    wanted = "the name of a sum"

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        if text in (*self.names, ALL_SUMS):
            return text
        hint = suggest(text, dict.fromkeys(self.names)) or f"write `{ALL_SUMS}`, or one of {listed(self.names)}"
        return reader.problem("unknown-sum", node, f"{quoted(text)} is not a sum of the library", hint)

    def schema(self, known: Known) -> Json:
        return {"enum": [ALL_SUMS, *self.names]}


def profile_record(library: Library) -> Record:
    """A profile that is read against a library."""
    parameters = {name: p for clause in library.clauses.values() for name, p in clause.parameters.items()}
    posture = Name("posture")
    return Record(
        "a profile",
        {
            "extends": Field(LINE, "a profile that this one builds on, as a path from here", default=""),
            "annex": Field(
                Record(
                    "the annex",
                    {
                        "title": Field(LINE, "its title", default="Security Annex"),
                        "reference": Field(LINE, "your reference for it", default=""),
                        "version": Field(LINE, "its version, such as `1.0`", default="1.0"),
                        "date": Field(DATE, "its date, year-month-day", awaited=True),
                        "status": Field(STATUS, "draft or final", default="draft"),
                        "classification": Field(LINE, "as printed in the header", default="Confidential"),
                        "language": Field(
                            Language(library.languages),
                            "its language, as `en-GB`; that of the law when absent",
                            default="",
                        ),
                    },
                    partial=True,
                ),
                "the document itself",
                awaited=True,
            ),
            "agreement": Field(
                Record(
                    "the agreement",
                    {
                        "title": Field(LINE, "its title", default="", awaited=True),
                        "reference": Field(LINE, "its reference", default=""),
                        "date": Field(DATE, "its date, year-month-day"),
                    },
                    partial=True,
                ),
                "the master agreement to which the annex belongs",
                awaited=True,
            ),
            "parties": Field(
                Record(
                    "the parties",
                    {
                        "client": Field(COMPANY, "the company whose customers call", awaited=True),
                        "provider": Field(COMPANY, "the call centre", awaited=True),
                    },
                    partial=True,
                ),
                "client and provider",
                awaited=True,
            ),
            "law": Field(Name("law"), "the governing law, such as GB-EAW", default="", awaited=True),
            "calendar": Field(PLACE, "the place whose Business Days count; that of the client when absent", default=""),
            "time_zone": Field(
                TIME_ZONE, "the time zone of the deadlines, such as Europe/London; the client's when absent", default=""
            ),
            "currency": Field(CURRENCY, "the currency of every sum; that of the charges when absent", default=""),
            "charges": Field(
                Record("the charges", {"monthly": Field(MONEY, "the Monthly Charges, such as `GBP 240,000.00`")}),
                "what the client pays; shares and caps are calculated from it",
            ),
            "term": Field(
                Record(
                    "the term",
                    {
                        "start": Field(DATE, "its first day, year-month-day"),
                        "months": Field(MonthsKind(), "its length in months"),
                    },
                    partial=True,
                ),
                "how long the services run; dates in the calendar start from it",
            ),
            "frameworks": Field(
                ListOf(Name("framework"), unique=True), "laws and standards that the annex must answer", default=()
            ),
            "facts": Field(
                Values("fact", library.facts), "what is true of the deal; decides which clauses apply", default=EMPTY
            ),
            "posture": Field(posture, "the negotiating position for the whole", default=""),
            "postures": Field(MapOf(Name("topic"), posture), "another position for single topics", default=EMPTY),
            "form": Field(Name("form"), "full, or a shorter form; `ccclauses new` proposes one", default=FULL),
            "max_pages": Field(_Pages(), "how many pages the annex may have; `check` says what would have to go"),
            "include": Field(_Include(), "clauses that you want whatever the facts are", default=EMPTY),
            "exclude": Field(_Exclude(), "clauses that you don't want, each with the reason", default=EMPTY),
            "settings": Field(
                Values("parameter", parameters), "values that differ from those of the posture", default=EMPTY
            ),
            "credits": Field(_CREDITS, "sums of the credit table that differ from those that follow", default=EMPTY),
            "failures": Field(MapOf(Name("failure"), FAILURE), "what is agreed for single failures", default=EMPTY),
            "confirmed": Field(
                ListOf(_Confirmed(sums_of(library)), single=True, unique=True),
                "sums of the library that suit this deal as they are: their names, or `sums` for all",
                default=(),
            ),
            "libraries": Field(
                ListOf(LINE, unique=True), "folders with clauses of your own, as paths from here", default=()
            ),
            "template": Field(LINE, "a house style by name, or a Word file as a path from here", default=""),
            "page": Field(PAGE, "the size of paper; that of the law when absent", default=""),
            "approved_only": Field(
                YES_NO, "the annex is a draft until your team has approved every clause in it", default=False
            ),
            "signatures": Field(YES_NO, "whether a signature block is printed", default=True),
            "deed": Field(YES_NO, "whether the parties execute it as a deed, where the law has deeds", default=False),
            "attach": Field(
                ListOf(ATTACHED, single=True, unique=True),
                "tables of the handbook that become part of the contract",
                default=(),
            ),
            "terms": Field(_Terms(), "terms of the agreement that take the place of ours", default=EMPTY),
            "contacts": Field(ListOf(_CONTACT), "persons to reach", default=()),
            "sites": Field(ListOf(_SITE), "the places of work", default=()),
            "subcontractors": Field(ListOf(_SUBCONTRACTOR), "subcontractors that the client authorises", default=()),
            "systems": Field(ListOf(_SYSTEM), "the systems in use at the start of the Services", default=()),
            "processing": Field(
                _PROCESSING, "what data protection law asks a contract to describe", default=Processing()
            ),
        },
    )
