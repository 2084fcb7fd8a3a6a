"""An answer in Word read back before it may be sent: whether it says what was decided, and marks what nobody tracked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...model.findings.review import Finding, Point
from ...ooxml.package.package import Package
from ...read.word.docx import read_docx
from ...review.find.findings import review

# Told in a comment only: no tracked change of ours can put them back or show them.
_ONLY_TOLD = frozenset({"renumbered", "file", "field"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """What reading an answer back found: `problems` is empty when it may be sent."""

    problems: tuple[str, ...]
    silent: int  # edits that came back untracked
    marked: int  # of those, how many are shown, put back or told in a comment of ours
    comments: int  # of ours


def read_back(sent: Package, returned: Package, answer: Package, points: Sequence[Point], *, author: str) -> ReadBack:
    """Read an answer as Word would, and hold it against what was decided.

    Accepted, it says our text where we held, our words where we countered, and theirs nowhere else than where we let
    them; every edit that nobody tracked is a tracked change now, or is reported in a comment.
    """
    document = read_docx(answer)
    ours = [c for c in document.comments if c.author == author]
    silent = [p for p in points if p.finding.source == "silent"]
    marked = [p for p in silent if p.done in ("shown", "restored", "countered", "commented")]
    problems = [*_not_put_back(sent, answer, points), *_not_countered(answer, points)]
    problems += [
        f"{_place(p)}: this edit came back untracked, and the answer could not mark it"
        for p in silent
        if p not in marked
    ]
    untold = sum(p.done != "listed" for p in silent) - sum("came back untracked" in c.text for c in ours)
    if untold > 0:
        problems.append(f"{untold} edits that nobody tracked have no comment that says so")
    if any(c.author != author for c in _new_comments(returned, answer)):
        problems.append("a comment in the answer bears another name than yours")
    return ReadBack(problems=tuple(problems), silent=len(silent), marked=len(marked), comments=len(ours))


def _not_put_back(sent: Package, answer: Package, points: Sequence[Point]) -> Iterator[str]:
    """What still differs from our text once everything is accepted, though we held it."""
    held = {_words(p.finding): p for p in points if p.answer.decision == "refuse"}
    stays = {(p.finding.before, p.finding.after) for p in points if p.answer.decision in ("accept", "open")}
    for finding in review(sent, answer, read_as="accepted").findings:
        point = held.get(_words(finding))
        if point and finding.kind not in _ONLY_TOLD and (finding.before, finding.after) not in stays:
            yield f"{_place(point)}: our text could not be put back; the comment at that place says that it is to be"


def _words(finding: Finding) -> tuple[str, str, str]:
    return finding.section, finding.before, finding.after


def _not_countered(answer: Package, points: Sequence[Point]) -> Iterator[str]:
    said = {
        " ".join("".join(s.text for s in p.segments).split()) for p in read_docx(answer, view="accepted").paragraphs()
    }
    plain = {_plain(text) for text in said}
    for point in points:
        if point.answer.decision == "counter" and (point.done != "countered" or _plain(point.answer.text) not in plain):
            yield f"{_place(point)}: our counter is not in the answer as it was written"


def _plain(text: str) -> str:
    return "".join(text.replace("’", "'").replace("“", '"').replace("”", '"').split())


def _new_comments(returned: Package, answer: Package) -> Iterator:
    before = {(c.author, c.text) for c in read_docx(returned).comments}
    return (c for c in read_docx(answer).comments if (c.author, c.text) not in before)


def _place(point: Point) -> str:
    return f"{point.title}, {point.finding.number}".strip(", ")
