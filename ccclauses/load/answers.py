"""A YAML or JSON file with our answers to the findings of a review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..model.diagnostic import Diagnostic, Position, Severity
from ..model.review import Answer, Decision, Finding
from .kinds import WHOLE
from .located import decode, parse, read_bytes
from .schema import BAD, PROSE, Choice, Field, ListOf, Reader, Record

POLICIES = {
    "accept-fallbacks": "accept what stands on the ladder and breaks nothing, refuse what is below it, leave the rest open",
    "hold": "refuse every change",
    "open": "leave every change open",
}
_DECISIONS = {
    "accept": "their change stays",
    "refuse": "what was sent is put back",
    "counter": "`text` is put in its place",
    "open": "their change stays, marked as not agreed",
}


def _answer(*, finding: int, decision: Decision, reason: str, text: str, at: Position) -> tuple[int, Answer, Position]:
    return finding, Answer(decision=decision, reason=reason, text=" ".join(text.split())), at


_ANSWER = Record(
    "an answer",
    {
        "finding": Field(WHOLE, "the number of the finding in the review", required=True),
        "decision": Field(Choice(_DECISIONS, "decision"), "what we answer", required=True),
        "reason": Field(PROSE, "why, for a comment that the other side reads", default=""),
        "text": Field(PROSE, "our wording, for a counter", default=""),
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
    answers: dict[int, Answer] = {}
    for number, answer, at in values.get("answers") or ():
        problems += _wrong(number, answer, at, findings, answers)
        answers[number] = answer
    return MappingProxyType(answers), values.get("otherwise", "open"), problems


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
        message = f"the counter to finding {number} has no one paragraph of text to stand in"
        out.append(
            wrong("misplaced-counter", message, "answer `refuse` or `open`, and give your wording in its `reason`")
        )
    return out
