"""The work that every candidate does: 25 clauses, 122 paragraphs on three numbered levels under their headings, a table
of 13 rows and 4 columns, 20 values, 6 clauses that are in on a condition; and what an annex has around them.

`library` writes so many clauses as a library with a profile for each client. Clients differ in names and in every
value, so that what a program remembers of one client's annex is no help with the next one's values.
"""

from __future__ import annotations

from pathlib import Path

VALUES = 20
FIRST = 2  # days of the first client's first value
CLIENTS = 7
TABLE_ROWS = 12  # under the header
_SENTENCE = "The Provider shall keep the record of {subject} for {value} after the end of the Reporting Period and show it on request"


def value(index: int, client: int = 0) -> str:
    """The printed value of the parameter of that index."""
    return f"{index % VALUES + FIRST + 3 * client} days"


def _levels(clause: int) -> tuple[int, ...]:
    return (2, 2, 3, 4) if clause % 8 != 7 else (2, 3, 4)


def _conditional(clause: int) -> bool:
    return clause % 4 == 3


def is_conditional(title: str) -> bool:
    """Whether the clause of that title is in on a condition."""
    return _conditional(int(title.split()[-1]) - 1)


def client_name(client: int) -> str:
    """The name of a client."""
    return f"Client {client} Ltd"


def table() -> list[list[str]]:
    """The cells of the table, its header first."""
    return [
        ["Subject", "Owner", "Period", "Sum"],
        *([f"Row {r}", "Provider", f"{r + 2} weeks", f"EUR {r * 100:,}.00"] for r in range(TABLE_ROWS)),
    ]


def library(folder: Path, clauses: int) -> list[Path]:
    """Write the work as a clause library and a profile for each client into `folder`; the profiles' paths."""
    (folder / "lib" / "bulk").mkdir(parents=True, exist_ok=True)
    (folder / "lib" / "frameworks").mkdir(exist_ok=True)
    for clause in range(clauses):
        (folder / "lib" / "bulk" / f"clause-{clause + 1}.yaml").write_text(_clause(clause))
    for name, text in _TABLES.items():
        (folder / "lib" / name).write_text(text)
    profiles = [folder / f"profile-{client}.yaml" for client in range(CLIENTS)]
    for client, profile in enumerate(profiles):
        settings = "".join(f"  value_{i}: {value(i, client)}\n" for i in range(VALUES))
        profile.write_text(_PROFILE.replace("Client Ltd", client_name(client)) + f"settings:\n{settings}")
    return profiles


def _clause(clause: int) -> str:
    lines, indents = [], {2: "", 3: "   ", 4: "      "}
    for index, level in enumerate(_levels(clause)):
        printed = f"{{{{ value_{(clause + index) % VALUES} }}}}"
        text = _SENTENCE.format(subject=f"subject {clause + 1}.{index}", value=printed)
        reference = f' under {{{{ ref("p{index - 1}") }}}}' if index == 1 else ""
        lines.append(f"{indents[level]}1. [#p{index}] {text}{reference}.")
    if clause == 0:
        header, *rows = table()
        lines += ["", f"| {' | '.join(header)} |", "|---|---|---|---:|", *(f"| {' | '.join(row)} |" for row in rows)]
    body = "\n".join(f"      {line}" for line in lines)
    condition = "applies_when: takes_payments\n" if _conditional(clause) else ""
    parameters = ""
    if clause == 0:
        parameters = "parameters:\n" + "".join(
            f"  value_{i}: {{type: duration, label: Value {i}, range: [1 day, 99 days], strict: {i + 2} days, standard: {i + 2} days, baseline: {i + 2} days}}\n"
            for i in range(VALUES)
        )
    return (
        f"id: clause-{clause + 1}\nversion: 1\ntitle: Subject {clause + 1}\ntopic: bulk\npurpose: A clause of the benchmark.\n"
        f"{condition}{parameters}variants:\n  - posture: [strict, standard, baseline]\n    text: |\n{body}\n"
    )


_LEVELS = (
    '{format: decimal, text: "%1", noun: "clause "}',
    '{format: decimal, text: "%1.%2", noun: "clause "}',
    '{format: lowerLetter, text: "(%3)", noun: "clause "}',
    '{format: lowerRoman, text: "(%4)", noun: "clause "}',
)
_SCHEDULE = '{format: decimal, text: "Schedule %1", noun: ""}'
_TABLES = {
    "topics.yaml": "- id: bulk\n  title: Bulk\n  topics:\n    - {id: bulk, title: Bulk}\n",
    "postures.yaml": "".join(
        f"- {{id: {p}, label: {p}, meaning: A position.}}\n" for p in ("strict", "standard", "baseline")
    ),
    "facts.yaml": '- {name: takes_payments, type: boolean, default: "yes", question: Payments?}\n',
    "definitions.yaml": "".join(
        f"- term: {t}\n  text: |\n    means the {t.lower()} of this document.\n"
        for t in ("Provider", "Client", "Reporting Period", "Annex")
    ),
    "constraints.yaml": "[]\n",
    "laws.yaml": "numberings:\n  decimal:\n    clause:\n"
    + "".join(f"      - {x}\n" for x in _LEVELS)
    + "    schedule:\n"
    + "".join(f"      - {x}\n" for x in (_SCHEDULE, *_LEVELS[1:]))
    + "laws:\n  - {id: GB-EAW, name: the law of England and Wales, short: England and Wales, family: common_law, numbering: decimal, page: A4,"
    " language: en-GB, credit_label: Service Credit, damages: in_addition}\n",
    "frame.yaml": (Path(__file__).resolve().parent.parent / "clause_library" / "frame.yaml").read_text(),
}
_PROFILE = """\
annex: {title: Security Annex, reference: B-1, version: "1.0", date: 2026-12-01}
agreement: {title: Master Services Agreement}
parties:
  client: {name: Client Ltd, country: GB}
  provider: {name: Provider Ltd, country: GB}
law: GB-EAW
calendar: GB-ENG
time_zone: Europe/London
currency: EUR
posture: standard
"""
