"""The questions of an intake meeting, and the commented profile that their answers make."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from ...model.library.form import FULL
from ...model.library.library import Fact, Law, Library
from ..defaults import PROCESSING, calendar_of, currency_of, middle_posture, time_zone_of
from ..document.kinds import printed
from .by_hand import read_by_hand
from .typed import Habits, Typed
from .typed.reading import one, unread

Answers = Mapping[str, str]  # of questions by name, as they were given; an empty answer leaves the key out


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its name (also of its option), what is asked, the key that it fills, and what is proposed."""

    name: str
    text: str
    path: str  # the dotted key of the profile, which says what an answer may be
    propose: Callable[[Answers], str] = lambda answers: ""
    optional: bool = False
    choices: Mapping[str, str] | None = None
    why: str = ""  # why it is asked, in one sentence
    suggest: Callable[[Answers], Iterable[str]] = lambda answers: ()  # what the answers suggest, and why


def questions(
    library: Library,
    today: str,
    propose_form: Callable[[Answers], str] = lambda answers: FULL,
    suggest: Callable[[Answers], Iterable[str]] = lambda answers: (),
) -> tuple[Question, ...]:
    """Every question in the order of the meeting. `today` is proposed as the date of the annex.

    `propose_form` receives all the other answers, because they decide which form to propose, and `suggest` those before the
    frameworks, some of which they suggest.
    """
    laws = {law.id: law.name for law in library.laws.values()}
    postures = {p.id: p.meaning for p in library.postures.values()}
    frameworks = {f.id: f.short for f in library.frameworks.values()}
    return (
        Question("client-name", "The client's full name, with its form", "parties.client.name"),
        Question("client-address", "The client's registered address", "parties.client.address", optional=True),
        Question("client-country", "The client's country", "parties.client.country"),
        Question("provider-name", "The call centre's full name, with its form", "parties.provider.name"),
        Question("provider-address", "The call centre's registered address", "parties.provider.address", optional=True),
        Question(
            "provider-country",
            "The call centre's country",
            "parties.provider.country",
            lambda a: a.get("client-country", ""),
        ),
        Question(
            "agreement", "The title of the master agreement", "agreement.title", lambda a: "Master Services Agreement"
        ),
        Question("agreement-date", "Its date", "agreement.date", optional=True),
        Question("date", "The date of the annex", "annex.date", lambda a: today),
        Question("reference", "Your reference for the annex", "annex.reference", optional=True),
        Question("law", "The governing law", "law", lambda a: _law(a, laws), choices=laws),
        Question(
            "calendar",
            "The place whose Business Days count",
            "calendar",
            lambda a: calendar_of(_country(a), _law_of(a, library)),
        ),
        Question(
            "time-zone",
            "The time zone of the deadlines",
            "time_zone",
            lambda a: time_zone_of(_country(a), _law_of(a, library)),
        ),
        Question("currency", "The currency", "currency", lambda a: currency_of(_country(a))),
        Question("charges", "The Monthly Charges", "charges.monthly", optional=True),
        Question("start", "The first day of the services", "term.start", optional=True),
        Question("months", "The length of the term in months", "term.months", lambda a: "36", optional=True),
        *(
            Question(
                f"fact-{fact.name}",
                fact.question,
                f"facts.{fact.name}",
                partial(_default_of, fact),
                choices=fact.choices or None,
                why=fact.why,
            )
            for fact in library.facts.values()
        ),
        Question(
            "frameworks",
            "Laws and standards that the annex must answer (names with commas between them)",
            "frameworks",
            optional=True,
            choices=frameworks,
            suggest=suggest,
        ),
        Question(
            "posture",
            "The negotiating position",
            "posture",
            lambda a: middle_posture(postures),
            choices=postures,
        ),
        Question("status", "Draft or final", "annex.status", lambda a: "draft"),
        Question(
            "form",
            "The form of the annex",
            "form",
            propose_form,
            choices={f.id: f.meaning for f in library.forms.values()},
        ),
    )


def _default_of(fact: Fact, answers: Answers) -> str:
    return printed(fact.default)


def _law(answers: Answers, laws: Mapping[str, str]) -> str:
    return next((id_ for id_ in laws if id_.partition("-")[0] == _country(answers)), "")


def _country(answers: Answers) -> str:
    return answers.get("client-country", "")


def _law_of(answers: Answers, library: Library) -> Law | None:
    return library.laws.get(answers.get("law", ""))


def understood(question: Question, answer: str, answers: Answers, library: Library, today: str) -> Typed:
    """What an answer means to a question, after the answers that are known already; an optional one may be empty."""
    if not answer.strip():
        return one(answer, "") if question.optional else unread(answer, "an answer is needed", "")
    law = _law_of(answers, library)
    habits = Habits(
        currency=answers.get("currency", ""),
        country=answers.get("client-country", ""),
        language=law.language if law else "",
        today=date.fromisoformat(today),
    )
    return read_by_hand(question.path, answer, library, habits)


# -- the profile ----------------------------------------------------------------------------------------------------


def profile_text(answers: Answers, library: Library) -> str:
    """The commented profile that the answers make."""
    return "\n".join(_lines(answers, library)) + "\n"


# Plain YAML that every reader takes as the text it is; all else is quoted.
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 .&/()'-]*[A-Za-z0-9.)]|[A-Za-z]")


def scalar(text: str) -> str:
    """A text as YAML writes it on one line."""
    text = " ".join(text.split())
    return (
        text if PLAIN.fullmatch(text) and text.lower() not in ("null", "none") else json.dumps(text, ensure_ascii=False)
    )


def _lines(answers: Answers, library: Library) -> Iterator[str]:
    def line(key: str, name: str, indent: str = "", note: str = "") -> Iterator[str]:
        value = answers.get(name, "").strip()
        if value:
            yield f"{indent}{key}: {value if BARE.fullmatch(value) else scalar(value)}{note}"

    yield "# A requirements profile: what the client asks for. `ccclauses check` tells what is wrong with it,"
    yield "# `ccclauses explain` what it comes to, and `ccclauses build` writes the annex."
    yield "# Every key is explained in docs/reference/profile-format.md."
    yield "# For an editor that completes and checks: ccclauses schema profile -o profile.schema.json"
    yield "# yaml-language-server: $schema=profile.schema.json"
    yield ""
    yield "annex:"
    yield from line("reference", "reference", "  ")
    yield '  version: "1.0"'
    yield from line("date", "date", "  ")
    yield from line("status", "status", "  ", "    # final takes the watermark away")
    yield ""
    yield "agreement:"
    yield from line("title", "agreement", "  ")
    yield from line("date", "agreement-date", "  ")
    yield ""
    yield "parties:"
    for party in ("client", "provider"):
        yield f"  {party}:"
        yield from line("name", f"{party}-name", "    ")
        yield from line("address", f"{party}-address", "    ")
        yield from line("country", f"{party}-country", "    ")
        yield "    # registration: register and number"
        yield "    # signatories: [{name: Who signs, capacity: Director}]"
    yield ""
    law = library.laws[answers["law"]]
    yield f"# {law.name[:1].upper()}{law.name[1:]}"
    yield from line("law", "law")
    yield from line("calendar", "calendar", note="    # Business Days leave out the public holidays of this place")
    yield from line("time_zone", "time-zone")
    yield from line("currency", "currency")
    if answers.get("charges", "").strip():
        yield ""
        yield "charges:"
        yield from line("monthly", "charges", "  ", "    # shares and caps are calculated from it")
    if answers.get("start", "").strip() or answers.get("months", "").strip():
        yield ""
        yield "term:"
        yield from line("start", "start", "  ")
        yield from line("months", "months", "  ")
    yield from _choices(answers, library)


BARE = re.compile(r"[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}|yes|no")


def _choices(answers: Answers, library: Library) -> Iterator[str]:
    chosen = [name.strip() for name in re.split("[;,]", answers.get("frameworks", "")) if name.strip()]
    yield ""
    yield "# Laws and standards that the annex must answer. There are also:"
    others = [f"{f.id} ({f.short})" for f in library.frameworks.values() if f.id not in chosen]
    yield from _wrapped(", ".join(others) or "no others")
    yield f"frameworks: [{', '.join(dict.fromkeys(chosen))}]"
    yield ""
    yield "# What is true of the deal; it decides which clauses apply."
    yield "facts:"
    for fact in library.facts.values():
        value = answers.get(f"fact-{fact.name}", "").strip()
        if value:
            yield f"  {fact.name}: {value if BARE.fullmatch(value) else scalar(value)}    # {fact.question}"
    yield ""
    yield "# The negotiating position for the whole:"
    for posture in library.postures.values():
        yield from _wrapped(f"{posture.id}: {posture.meaning}")
    yield f"posture: {answers['posture'].strip()}"
    yield ""
    if form := answers.get("form", "").strip():
        yield "# The form of the annex:"
        for known in library.forms.values():
            yield from _wrapped(f"{known.id}: {known.meaning}")
        yield f"form: {form}"
        yield "# max_pages: 12    # `check` then says what would have to go"
        yield ""
    yield "# Another position for single topics, values that differ, clauses asked for and left out:"
    topic = next(iter(library.topics), "topic")
    yield "# postures:"
    yield f"#   {topic}: {answers['posture'].strip()}"
    parameter = next((p for clause in library.clauses.values() for p in clause.parameters.values()), None)
    if parameter:
        yield "# settings:"
        yield f"#   {parameter.name}: {printed(parameter.values[answers['posture'].strip()])}"
    if library.clauses:
        yield "# include:"
        yield f"#   - {next(iter(library.clauses))}"
        yield "# exclude:"
        yield f"#   {next(reversed(list(library.clauses)))}: the reason, which is kept"
    yield ""
    yield "# Whom to call, where the work is done, and who else does it. These fill schedules of the annex:"
    yield "# contacts:"
    yield "#   - party: provider"
    yield "#     role: Chief Security Officer"
    yield "#     name: Full Name"
    yield "#     email: cso@provider.example"
    yield '#     phone: "+44 20 7946 0000"'
    yield "# sites:"
    country = answers["provider-country"].strip()
    yield f"#   - {{name: Main site, address: Street and town, country: {country}, purpose: All calls}}"
    yield "# subcontractors:"
    yield "#   - {name: Full name, service: What it does, country: GB, data: What it can reach}"
    yield ""
    yield "# What data protection law asks a contract to describe. Make these words those of the deal:"
    yield "processing:"
    for key, words in PROCESSING.items():
        yield f"  {key}: {words if isinstance(words, str) else _listed(words)}"


def _listed(words: tuple[str, ...]) -> str:
    return f"[{', '.join(words)}]"


def _wrapped(text: str) -> Iterator[str]:
    yield from (f"#   {line}" for line in textwrap.wrap(text, 112))
