"""A YAML or JSON file with our answers to the findings of a review.

A finding is named by its number in that very review, or by its `digest`, which stays when other findings come or go;
`clause` and `paragraph` next to a digest are for people.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..model.diagnostic import Diagnostic, Position, Severity
from ..model.findings.review import Answer, Decision, Finding, Query, digests
from .document.kinds import WHOLE
from .document.located import decode, parse, read_bytes
from .document.reading import BAD, Reader
from .document.schema import PROSE, Choice, Field, ListOf, Record

POLICIES = {
    "accept-fallbacks": "accept what is on the ladder and breaks nothing, refuse what is below it, leave the rest open",
    "hold": "refuse every change",
    "open": "leave every change open",
}
_DECISIONS = {
    "accept": "their change stays",
    "refuse": "what was sent is put back",
    "counter": "`text` replaces it",
    "open": "their change stays, marked as not agreed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """An answer as it is written, with how it names its finding."""

    number: int | None
    digest: str
    place: str
    answer: Answer
    at: Position


def _answer(
    *,
    finding: int | None,
    clause: str,
    paragraph: str,
    digest: str,
    decision: Decision,
    reason: str,
    text: str,
    only_us: str,
    ask: Query | None,
    at: Position,
) -> _Given:
    answer = Answer(decision=decision, reason=reason, text=" ".join(text.split()), only_us=only_us, ask=ask)
    return _Given(number=finding, digest=digest, place=paragraph or clause, answer=answer, at=at)


_ASK = Record(
    "a question",
    {
        "name": Field(PROSE, "who is asked", required=True),
        "question": Field(PROSE, "what", required=True),
    },
    lambda *, name, question, at: Query(name=name, question=question),
)
_ANSWER = Record(
    "an answer",
    {
        "finding": Field(WHOLE, "the number of the finding in the review", default=None),
        "clause": Field(PROSE, "where it is, for people who read the file", default=""),
        "paragraph": Field(PROSE, "the number of its paragraph, for people who read the file", default=""),
        "digest": Field(PROSE, "the finding by its digest, instead of its number", default=""),
        "decision": Field(Choice(_DECISIONS, "decision"), "what we answer", required=True),
        "reason": Field(PROSE, "why, for a comment that the other side reads", default=""),
        "text": Field(PROSE, "our wording, for a counter", default=""),
        "only_us": Field(PROSE, "why, for our own side; it is written into no file that leaves", default=""),
        "ask": Field(_ASK, "whom we ask before we answer, and what; never shown to the other side", default=None),
    },
    _answer,
)
_FILE = Record(
    "a file of answers",
    {
        "otherwise": Field(
            Choice(POLICIES, "policy"), "what is answered to findings that are not named", default="open"
        ),
        "answers": Field(ListOf(_ANSWER), "the answers", default=()),
    },
)


def load_answers(path: Path, findings: Sequence[Finding]) -> tuple[Mapping[int, Answer], str, list[Diagnostic]]:
    """The answers by finding, the policy for all others, and every problem; `findings` are the review's in order."""
    data, problems = read_bytes(path)
    text, more = ("", []) if problems else decode(data, str(path))
    root, found = (None, []) if problems or more else parse(text, str(path))
    problems = [*problems, *more, *found]
    if root is None:
        return {}, "open", problems
    reader = Reader(texts={str(path): text})
    read: Any = _FILE.read(root, reader)
    problems += reader.diagnostics
    if read is BAD:
        return {}, "open", problems
    values = read if isinstance(read, dict) else {}
    by_digest = {digest: n for n, digest in enumerate(digests(findings), 1)}
    answers: dict[int, Answer] = {}
    for given in values.get("answers") or ():
        number = by_digest.get(given.digest) if given.digest else given.number
        if number is None or (given.digest and given.number not in (None, number)):
            problems.append(_unnamed(given, number))
            continue
        problems += _wrong(number, given.answer, given.at, findings, answers)
        answers[number] = given.answer
    return MappingProxyType(answers), values.get("otherwise", "open"), problems


def answers_text(findings: Sequence[Finding], answers: Mapping[int, Answer], names: Mapping[str, str]) -> str:
    """The file of those answers, each finding named by its digest; `names` are the clauses by section."""

    def said(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)  # every JSON text is YAML

    lines = [
        "# What we answer to each change; `ccclauses review --respond` reads this file.",
        "otherwise: open",
        "answers:",
    ]
    digest = digests(findings)
    for number, answer in sorted(answers.items()):
        finding = findings[number - 1]
        rows = [
            ("clause", said(names.get(finding.section, ""))),
            ("paragraph", said(finding.number)),
            ("digest", said(digest[number - 1])),
            ("decision", answer.decision),
            *(
                (k, said(v))
                for k, v in (("reason", answer.reason), ("text", answer.text), ("only_us", answer.only_us))
                if v
            ),
        ]
        if answer.ask:
            rows.append(("ask", f"{{name: {said(answer.ask.name)}, question: {said(answer.ask.question)}}}"))
        written = [f"{key}: {value}" for key, value in rows if value != '""']
        lines += [f"  {'  ' if n else '- '}{line}" for n, line in enumerate(written)]
    if not answers:
        lines[-1] += " []"
    return "\n".join(lines) + "\n"


def _unnamed(given: _Given, number: int | None) -> Diagnostic:
    if number is not None:
        message, hint = "the answer names two findings, by number and by digest", "keep one of the two"
    elif given.digest:
        where = f" at {given.place}" if given.place else ""
        message = f"this review has no finding{where} with the digest {given.digest}"
        hint = "the answer was written for another file; answer what this one changes there"
    else:
        message, hint = "the answer names no finding", "give its number as `finding`, or its `digest`"
    return Diagnostic(rule="unknown-finding", message=message, at=given.at, hint=hint, severity=Severity.ERROR)


def _wrong(
    number: int, answer: Answer, at: Position, findings: Sequence[Finding], known: Mapping[int, Answer]
) -> list[Diagnostic]:
    def wrong(rule: str, message: str, hint: str) -> Diagnostic:
        return Diagnostic(rule=rule, message=message, at=at, hint=hint, severity=Severity.ERROR)

    out = []
    if not 1 <= number <= len(findings):
        has = f"the review has findings 1 to {len(findings)}" if findings else "the review has no findings"
        out.append(wrong("unknown-finding", f"there is no finding {number}", has))
    if number in known:
        out.append(wrong("answered-twice", f"finding {number} is answered twice", "keep one of the two"))
    if answer.decision == "counter" and not answer.text:
        out.append(
            wrong("missing-key", f"the counter to finding {number} has no `text`", "write the wording that you offer")
        )
    elif answer.decision == "counter" and 1 <= number <= len(findings) and not findings[number - 1].takes_wording:
        message = f"the counter to finding {number} has no single paragraph of text to go into"
        out.append(
            wrong("misplaced-counter", message, "answer `refuse` or `open`, and give your wording in its `reason`")
        )
    return out
