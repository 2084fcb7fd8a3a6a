"""What a requirements profile may hold, key by key; docs/reference/profile-format.md says the same to people."""

from __future__ import annotations

from typing import Any

from ...model.library.clause import EMPTY
from ...model.library.form import FULL
from ...model.library.library import Library
from ...model.profile import Processing
from ..document.kinds import (
    CURRENCY,
    DATE,
    PLACE,
    TIME_ZONE,
    YES_NO,
    Language,
)
from ..document.located import ScalarNode
from ..document.reading import Reader, listed, quoted
from ..document.schema import LINE, Field, Json, Known, ListOf, MapOf, Name, Record, Scalar
from ..failure_terms import FAILURE
from ..library.checks import suggest
from .deal_format import (
    ATTACHED,
    COMPANY,
    CONTACT,
    CREDIT_SUMS,
    MONEY,
    PAGE,
    PROCESSING,
    SITE,
    STATUS,
    SUBCONTRACTOR,
    SYSTEM,
    Exclude,
    Include,
    MonthsKind,
    Pages,
    Terms,
    Values,
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
            "max_pages": Field(Pages(), "how many pages the annex may have; `check` says what would have to go"),
            "include": Field(Include(), "clauses that you want whatever the facts are", default=EMPTY),
            "exclude": Field(Exclude(), "clauses that you don't want, each with the reason", default=EMPTY),
            "settings": Field(
                Values("parameter", parameters), "values that differ from those of the posture", default=EMPTY
            ),
            "credits": Field(CREDIT_SUMS, "sums of the credit table that differ from those that follow", default=EMPTY),
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
            "terms": Field(Terms(), "terms of the agreement that take the place of ours", default=EMPTY),
            "contacts": Field(ListOf(CONTACT), "persons to reach", default=()),
            "sites": Field(ListOf(SITE), "the places of work", default=()),
            "subcontractors": Field(ListOf(SUBCONTRACTOR), "subcontractors that the client authorises", default=()),
            "systems": Field(ListOf(SYSTEM), "the systems in use at the start of the Services", default=()),
            "processing": Field(
                PROCESSING, "what data protection law asks a contract to describe", default=Processing()
            ),
        },
    )
