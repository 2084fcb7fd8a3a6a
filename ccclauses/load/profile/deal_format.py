"""Parts of a profile: companies, contacts, sites, systems, subcontractors, processing, sums of single failures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ...model.credits.credit import SUMS
from ...model.library.clause import Parameter
from ...model.library.library import Fact
from ...model.profile import Asked, Company, Contact, Processing, Site, Subcontractor, System
from ..document.kinds import (
    COUNTRY,
    WHOLE,
    Sum,
    check_range,
    kind_of,
    printed,
    would_be,
)
from ..document.located import Node, ScalarNode, SequenceNode, position
from ..document.reading import BAD, Reader, entries, is_blank, quoted
from ..document.schema import ADDRESS, LINE, Choice, Field, Json, Kind, Known, Line, ListOf, MapOf, Name, Record, Scalar
from ..library.checks import suggest

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


class Pages(Scalar):
    wanted = "a number of pages"

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        pages = WHOLE.read(node, reader)
        if pages is not BAD and not 1 <= pages <= 1000:
            message = f"the annex may have {pages} pages at most"
            return reader.problem("out-of-range", node, message, "write a number between 1 and 1000")
        return pages

    def schema(self, known: Known) -> Json:
        return {"type": "integer", "minimum": 1, "maximum": 1000}


class Include(Kind):
    """Clauses asked for, each with the place at which it was."""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        names = ListOf(Name("clause"), unique=True).read(node, reader)
        if names is BAD or not isinstance(node, SequenceNode):
            return BAD
        written = {item.value.strip(): position(item) for item in node.value if isinstance(item, ScalarNode)}
        return MappingProxyType({name: written[name] for name in names})

    def schema(self, known: Known) -> Json:
        return ListOf(Name("clause")).schema(known)


class Exclude(Kind):
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


class Terms(Kind):
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
    """Facts or parameters by name, each typed as the library says, with the place at which it is."""

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
CONTACT = Record(
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
SITE = Record(
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
SYSTEM = Record(
    "a system",
    {
        "party": Field(PARTY, "whose it is: client or provider", default="provider"),
        "name": Field(LINE, "what it is, and where", required=True),
        "keeps": Field(LINE, "the client's data that may be kept in it; absent: none", default=""),
        "backup": Field(BACKUP, "what of it is backed up", default="no"),
    },
    System,
)
SUBCONTRACTOR = Record(
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
PROCESSING = Record(
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
CREDIT_SUMS = Record(
    "the sums of the credit table",
    {name: Field(_AskedSum(), _SUM_WORDS[name]) for name in SUMS},
    lambda at, **values: MappingProxyType({name: asked for name, asked in values.items() if asked}),
    partial=True,
)
