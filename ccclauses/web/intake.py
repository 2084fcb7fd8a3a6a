"""Library → the fields of the intake form, in the order of a meeting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..compose.wording import value_text
from ..model.clause import Clause, Library, Parameter
from ..model.condition import Written
from ..model.form import FULL
from ..resolve.judge import said

NUMBERS = ("breach_notice", "audits", "at_risk_month", "annual_cap", "transition", "access_removal")  # roles
_OPERATORS = {"<=": "at most", ">=": "at least", "<": "less than", ">": "more than", "==": "exactly"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One control: its field, label, kind and what it may hold."""

    name: str
    label: str
    kind: str = "text"  # text, lines, date, choice, number
    hint: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    fallback: str = ""  # what an empty choice means


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A list of groups: each column a control whose name lacks the number of its row."""

    name: str
    label: str
    add: str
    columns: tuple[Control, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What a rule does to a value, and the frameworks that bring it; none for a rule that always holds."""

    frameworks: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterControl:
    """A parameter of a clause with its range, the values of the postures, and what rules do to it."""

    control: Control
    unit: str
    values: tuple[tuple[str, str], ...]
    limits: tuple[Limit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicBoard:
    """A topic: its posture, its clauses and their parameters."""

    id: str
    title: str
    group: str
    clauses: tuple[tuple[Clause, tuple[ParameterControl, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """The whole form."""

    sections: tuple[tuple[str, str, tuple[Control | Rows, ...]], ...]  # id, heading, controls
    facts: tuple[Control, ...]
    frameworks: tuple[tuple[str, str, str], ...]  # id, short name, title
    postures: tuple[tuple[str, str, str], ...]  # id, label, meaning
    numbers: tuple[tuple[str, tuple[str, ...]], ...]  # label of a value, its values by posture
    topics: tuple[TopicBoard, ...]
    people: tuple[Rows, ...]
    processing: tuple[Control, ...]


def intake(library: Library) -> Intake:
    """The form of a library."""
    laws = tuple((law.id, law.name) for law in library.laws.values())
    return Intake(
        sections=(
            ("annex", "The annex", (*_ANNEX, *_form(library))),
            ("client", "The client", _party("client", "The company whose customers call")),
            ("provider", "The call centre", _party("provider", "The provider")),
            ("deal", "The agreement, the money, the term", _DEAL),
            (
                "law",
                "The law and the calendar",
                (Control(name="law", label="Governing law", kind="choice", required=True, choices=laws), *_LAW),
            ),
        ),
        facts=tuple(_facts(library)),
        frameworks=tuple((f.id, f.short, f.title) for f in library.frameworks.values()),
        postures=tuple((p.id, p.label, p.meaning) for p in library.postures.values()),
        numbers=tuple(_numbers(library)),
        topics=tuple(_topics(library)),
        people=_PEOPLE,
        processing=_PROCESSING,
    )


def _party(who: str, hint: str) -> tuple[Control | Rows, ...]:
    at = f"parties.{who}"
    return (
        Control(name=f"{at}.name", label="Full name, with its form", hint=hint, required=True),
        Control(name=f"{at}.country", label="Country (two letters)", hint="GB, US, IN …", required=True),
        Control(name=f"{at}.registration", label="Register and number"),
        Control(name=f"{at}.address", label="Registered address", kind="lines"),
        Rows(
            name=f"{at}.signatories",
            label="Who signs",
            add="Add a signatory",
            columns=(Control(name="name", label="Name"), Control(name="capacity", label="Capacity")),
        ),
    )


_STATUS = (("draft", "draft, with a watermark"), ("final", "final, ready to be signed"))
_ANNEX = (
    Control(name="annex.title", label="Title", hint="Security Annex"),
    Control(name="annex.date", label="Date", kind="date", required=True),
    Control(name="annex.reference", label="Your reference"),
    Control(name="annex.version", label="Version", hint="1.0"),
    Control(name="annex.status", label="Status", kind="choice", choices=_STATUS, fallback="not said (draft)"),
    Control(name="annex.classification", label="Classification", hint="Confidential"),
    Control(
        name="template",
        label="House style",
        kind="choice",
        choices=(("legal", "legal"), ("modern", "modern")),
        fallback="not said (legal)",
    ),
)
_DEAL = (
    Control(name="agreement.title", label="Title of the master agreement", required=True),
    Control(name="agreement.date", label="Its date", kind="date"),
    Control(name="agreement.reference", label="Its reference"),
    Control(name="charges.monthly", label="Monthly Charges", hint="GBP 240,000.00"),
    Control(name="currency", label="Currency", hint="as the charges"),
    Control(name="term.start", label="First day of the services", kind="date"),
    Control(name="term.months", label="Length in months", kind="number"),
)
_LAW = (
    Control(name="calendar", label="Place whose Business Days count", hint="GB-ENG; the client's when empty"),
    Control(name="time_zone", label="Time zone", hint="Europe/London; the client's when empty"),
    Control(name="annex.language", label="Language", hint="en-GB; that of the law when empty"),
    Control(
        name="page",
        label="Paper",
        kind="choice",
        choices=(("A4", "A4"), ("Letter", "Letter")),
        fallback="as the law has it",
    ),
)
_PARTY = (("client", "client"), ("provider", "call centre"))
_BACKUP = (("yes", "all of it"), ("configuration", "its configuration"), ("no", "nothing"))
_PEOPLE = (
    Rows(
        name="contacts",
        label="Contacts",
        add="Add a contact",
        columns=(
            Control(name="party", label="Party", kind="choice", choices=_PARTY, fallback="choose"),
            Control(name="role", label="Role", hint="Chief Security Officer"),
            Control(name="name", label="Name"),
            Control(name="email", label="Email"),
            Control(name="phone", label="Phone"),
            Control(name="stand_in", label="Stand-in"),
        ),
    ),
    Rows(
        name="sites",
        label="Sites",
        add="Add a site",
        columns=(
            Control(name="name", label="Name"),
            Control(name="address", label="Address", kind="lines"),
            Control(name="country", label="Country (two letters)"),
            Control(name="purpose", label="What is done there"),
        ),
    ),
    Rows(
        name="subcontractors",
        label="Subcontractors",
        add="Add a subcontractor",
        columns=(
            Control(name="name", label="Name"),
            Control(name="service", label="What it does"),
            Control(name="country", label="Country (two letters)"),
            Control(name="data", label="Data that it can reach"),
        ),
    ),
    Rows(
        name="systems",
        label="Systems in use at the start",
        add="Add a system",
        columns=(
            Control(
                name="party", label="Whose it is", kind="choice", choices=_PARTY, fallback="not said (call centre)"
            ),
            Control(name="name", label="What it is, and where"),
            Control(name="keeps", label="Client data kept in it", hint="none when empty"),
            Control(name="backup", label="Backed up", kind="choice", choices=_BACKUP, fallback="not said (nothing)"),
        ),
    ),
)
_PROCESSING = (
    Control(name="processing.subject", label="Subject matter of the processing"),
    Control(name="processing.duration", label="How long it lasts"),
    Control(name="processing.nature", label="What is done with the data"),
    Control(name="processing.purpose", label="What for"),
    Control(name="processing.data", label="Kinds of personal data, one a line", kind="lines"),
    Control(name="processing.persons", label="Kinds of persons, one a line", kind="lines"),
)


def _form(library: Library) -> Iterator[Control]:
    """The form of the annex, where the library has several, and how long it may be."""
    if len(library.forms) > 1:
        choices = tuple((form.id, f"{form.id}: {form.meaning}") for form in library.forms.values())
        yield Control(name="form", label="Form", kind="choice", choices=choices, fallback=f"not said ({FULL})")
    yield Control(name="max_pages", label="Pages at most", kind="number", hint="no limit")


def _facts(library: Library) -> Iterator[Control]:
    for fact in library.facts.values():
        name, usual = f"facts.{fact.name}", said(fact.default)
        if fact.type == "integer":
            yield Control(name=name, label=fact.question, kind="number", hint=usual)
        else:
            choices = tuple(fact.choices.items()) if fact.type == "choice" else (("yes", "yes"), ("no", "no"))
            yield Control(
                name=name, label=fact.question, kind="choice", choices=choices, fallback=f"not said ({usual})"
            )


def _numbers(library: Library) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a posture means in a few numbers that everybody asks for."""
    for role in NUMBERS:
        parameter = library.parameter(library.roles.get(role, ""))
        if parameter:
            yield (
                parameter.label,
                tuple(
                    value_text(parameter, parameter.values[p], "en-GB")
                    for p in library.postures
                    if p in parameter.values
                ),
            )


def _topics(library: Library) -> Iterator[TopicBoard]:
    limits = _limits(library)
    for topic in sorted(library.topics.values(), key=lambda t: (list(library.groups).index(t.group), t.order)):
        clauses = tuple(
            (clause, tuple(_parameter(p, library, limits.get(p.name, ())) for p in clause.parameters.values()))
            for clause in library.clauses.values()
            if clause.topic == topic.id
        )
        if clauses:
            yield TopicBoard(id=topic.id, title=topic.title, group=library.groups[topic.group], clauses=clauses)


def _parameter(parameter: Parameter, library: Library, limits: Sequence[Limit]) -> ParameterControl:
    choices: tuple[tuple[str, str], ...] = tuple(parameter.choices.items())
    if parameter.type == "boolean":
        choices = (("yes", "yes"), ("no", "no"))
    bounds = ""
    if parameter.minimum is not None and parameter.maximum is not None:
        bounds = f"{said(parameter.minimum)} to {said(parameter.maximum)}"
    elif parameter.type in ("list", "countries"):
        bounds = "with commas between them"
    control = Control(
        name=f"settings.{parameter.name}", label=parameter.label, kind="choice" if choices else "text", hint=bounds, choices=choices,
        fallback="as the posture has it",
    )  # fmt: skip
    values = tuple((library.postures[p].label, said(v)) for p, v in parameter.values.items() if p in library.postures)
    return ParameterControl(control=control, unit=parameter.unit, values=values, limits=tuple(limits))


def _limits(library: Library) -> Mapping[str, list[Limit]]:
    """What rules do to single values, in words: "DORA: at most 24 hours"."""
    out: dict[str, list[Limit]] = {}
    for constraint in library.constraints:
        for test in constraint.limit.tests() if constraint.limit else ():
            on = tuple(
                dict.fromkeys(
                    t.name for t in constraint.when.tests() if t.kind == "framework" and t.name in library.frameworks
                )
            )
            whose = ", ".join(dict.fromkeys(library.frameworks[name].short for name in on)) or "Rule"
            operand = test.operand.text if isinstance(test.operand, Written) else test.operand
            bound = f"{_OPERATORS.get(test.operator, test.operator)} {operand}"
            weight = "" if constraint.severity == "error" else " (advice)"
            words = f"{whose}: {bound}{weight}. {constraint.reason} Source: {constraint.source}"
            out.setdefault(test.name, []).append(Limit(frameworks=on, words=words))
    return out
