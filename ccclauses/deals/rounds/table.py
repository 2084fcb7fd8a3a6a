"""The negotiating table: every change of a round as a row, with both wordings, what it means and what must be decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ...model.annex import Annex
from ...model.findings.comparison import WordChange
from ...model.findings.review import Answer, Finding, Review, digests
from ...model.library.library import Library
from .means import Meaning, meanings

Flag = Literal["not tracked", "below limit", "breaks a rule", "not judged", "deleted", "on our ladder"]
State = Literal["held", "countered", "accepted", "asked", "replied", "undecided"]
Show = Literal["needs-you", "not-tracked", "below-limit", "breaks-a-rule", "not-judged", "asked", "decided", "all"]
SHOWN: Mapping[Show, str] = {
    "needs-you": "Needs you",
    "not-tracked": "Not tracked",
    "below-limit": "Below limit",
    "breaks-a-rule": "Breaks a rule",
    "not-judged": "Not judged",
    "asked": "Asked",
    "decided": "Decided",
    "all": "All",
}
# Words that can't be seen or read two ways, references that point elsewhere: nobody accepts these by a list.
_NEVER_BY_LIST = frozenset({"deleted", "hidden", "struck through", "field", "comment", "file"})
_WORST: tuple[Flag, ...] = ("below limit", "breaks a rule", "deleted", "not judged", "not tracked")
_KINDS = {
    "reworded": "Reworded",
    "retitled": "Heading changed",
    "deleted": "Deleted",
    "new": "New",
    "moved": "Moved",
    "split": "Split in two",
    "merged": "Made one",
    "renumbered": "Renumbered",
    "field": "Reference changed",
    "hidden": "Hidden words",
    "struck through": "Struck through by formatting",
    "comment": "Their comment",
    "file": "The file itself",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One change. `key` names it in answers and addresses; `number` is that of the review."""

    key: str
    number: int
    section: str
    clause: str  # number and heading, as we sent it
    paragraph: str
    kind: str  # in words
    what: str
    source: Literal["silent", "tracked", "comment"]
    before: str
    after: str
    words: tuple[WordChange, ...]
    means: tuple[Meaning, ...]
    flags: tuple[Flag, ...]
    authors: tuple[str, ...]
    thread: tuple[str, ...]
    takes_wording: bool  # whether other words can be put in its place
    can_be_held: bool  # whether what we sent can be put back
    by_list: bool  # whether it is on our ladder, breaks nothing and deletes nothing
    shareable: str  # why we hold it, as the other side may be reported

    @property
    def place(self) -> str:
        """Where it is, in a few words: "28.1", "Row of a table"."""
        return self.paragraph or (f"{self.what[:1].upper()}{self.what[1:]}" if self.what else self.clause)

    @property
    def weight(self) -> tuple[int, int]:
        """Its place when the worst comes first."""
        found = [_WORST.index(f) for f in self.flags if f in _WORST]
        return (min(found, default=len(_WORST)), -len(found))

    @property
    def hold_first(self) -> bool:
        """Whether holding is what the table proposes."""
        return self.can_be_held and bool({"below limit", "breaks a rule", "deleted"}.intersection(self.flags))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Every row of a round, with the notes on the whole file; `clauses` and `recognised` tell how much of ours is in it."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    clauses: int = 0
    recognised: int = 0
    names: Mapping[str, str]  # section → number and heading, for the file of answers
    findings: tuple[Finding, ...]  # the same, as the review has them

    def row(self, key: str) -> Row | None:
        """The row of that name."""
        return next((r for r in self.rows if r.key == key), None)


def make_table(review: Review, annex: Annex | None, library: Library) -> Table:
    """The rows of a judged review in the order of the contract."""
    names = {s.id: f"{s.number} {s.title}".strip() or "The file" for s in review.sections}
    keys = {id(f): (n, k) for (n, f), k in zip(review.numbered(), digests(review.findings))}
    rows = []
    for section in review.sections:
        for finding in section.findings:
            number, key = keys[id(finding)]
            means = tuple(meanings(finding, annex, library, review.notes)) if annex else ()
            rows.append(_row(finding, number, key, names[section.id], means))
    told = {m.text.removesuffix(". They disagree.") for r in rows for m in r.means if m.kind == "note"}
    clauses = [s for s in review.sections if s.kind == "clause" and not s.id.endswith(" (new)")]
    return Table(
        rows=tuple(rows),
        notes=tuple(n for n in review.notes if n not in told),
        clauses=len(clauses),
        recognised=sum(s.matched != "none" for s in clauses),
        names=names,
        findings=review.findings,
    )


def _row(finding: Finding, number: int, key: str, clause: str, means: tuple[Meaning, ...]) -> Row:
    judged, words = finding.judgement, finding.source != "comment"
    flags: list[Flag] = []
    if finding.source == "silent":
        flags.append("not tracked")
    if judged and judged.verdict == "below walk-away":
        flags.append("below limit")
    if judged and judged.breaks:
        flags.append("breaks a rule")
    if finding.kind == "deleted":
        flags.append("deleted")
    if words and finding.kind != "renumbered" and (judged is None or judged.verdict == "unknown"):
        flags.append("not judged")
    by_list = bool(judged and judged.acceptable and finding.kind not in _NEVER_BY_LIST) or finding.kind == "renumbered"
    if by_list and finding.kind != "renumbered":
        flags.append("on our ladder")
    return Row(
        key=key,
        number=number,
        section=finding.section,
        clause=clause,
        paragraph=finding.number,
        kind=_KINDS[finding.kind],
        what=finding.what,
        source=finding.source,
        before=finding.before,
        after=finding.after,
        words=finding.words,
        means=means,
        flags=tuple(flags),
        authors=finding.authors,
        thread=finding.thread,
        takes_wording=words and finding.takes_wording,
        can_be_held=words and finding.kind not in ("renumbered",),
        by_list=by_list,
        shareable=judged.shareable if judged else "",
    )


# -- what was decided -------------------------------------------------------------------------------------------------

Answers = Mapping[int, Answer]


def state(row: Row, answers: Answers) -> State:
    """What we decided about a row so far; a question to somebody leaves it open."""
    answer = answers.get(row.number)
    if answer is None:
        return "undecided"
    if answer.decision == "open":
        return "asked" if answer.ask else "replied" if answer.reason else "undecided"
    return {"refuse": "held", "counter": "countered", "accept": "accepted"}[answer.decision]  # type: ignore[return-value]  # three of its words


def is_decided(row: Row, answers: Answers) -> bool:
    """Whether nothing is left to decide about a row: held, countered, accepted, or a comment that we answered."""
    return state(row, answers) in ("held", "countered", "accepted", "replied")


def shown(rows: Iterable[Row], show: Show, answers: Answers) -> list[Row]:
    """The rows that a filter lets through."""
    test = {
        "needs-you": lambda r: state(r, answers) == "undecided",
        "not-tracked": lambda r: "not tracked" in r.flags,
        "below-limit": lambda r: "below limit" in r.flags,
        "breaks-a-rule": lambda r: "breaks a rule" in r.flags,
        "not-judged": lambda r: "not judged" in r.flags,
        "asked": lambda r: state(r, answers) == "asked",
        "decided": lambda r: is_decided(r, answers),
        "all": lambda r: True,
    }[show]
    return [r for r in rows if test(r)]


def by_clause(rows: Sequence[Row], *, worst_first: bool) -> list[tuple[str, list[Row]]]:
    """The rows by clause: in the order of the contract, or the clause with the worst row first and it on top."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.clause, []).append(row)
    if not worst_first:
        return list(groups.items())
    ordered = [(name, sorted(group, key=lambda r: r.weight)) for name, group in groups.items()]
    return sorted(ordered, key=lambda g: g[1][0].weight)


def on_ladder(rows: Iterable[Row], answers: Answers) -> list[Row]:
    """The open rows that may be accepted by one button, after they were listed."""
    return [r for r in rows if r.by_list and state(r, answers) == "undecided"]
