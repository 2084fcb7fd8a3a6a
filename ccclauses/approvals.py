"""A team's own review of the clauses: what was approved, what has changed since, what is due to be looked at again.

An approval is of content: everything of a clause that an annex prints or is decided by. Purpose, summary, notes and
negotiation positions are internal; bettering them costs no approval.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from .common.workdays import add_months
from .load.approvals import APPROVALS_FILE, load_approvals
from .model.diagnostic import Diagnostic, Position, Severity, nearest
from .model.library.approval import Approval
from .model.library.clause import Clause
from .model.library.library import Library
from .model.profile import Profile, Resolution

State = Literal["approved", "due", "lost", "unknown", "none"]

# What of a clause no approval hangs on: internal words, places in files, and the version, which is recorded by itself.
_NOT_CONTENT = {
    "version", "changes", "purpose", "summary", "negotiation", "notes", "note", "allow", "review_months", "replaces", "extends",
    "at", "text_line", "text_column", "formerly",
}  # fmt: skip
_SHOWN = 8  # names of clauses in one message


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Where a clause stands with the team: its approval if there is one, and since when or until when."""

    clause: str
    state: State
    approval: Approval | None = None
    next: date | None = None  # the day of the next review, while the approval stands
    reason: str = ""  # why an approval is lost, or unknown

    @property
    def stands(self) -> bool:
        """Whether the clause is approved as it is; an approval that is due for review still stands."""
        return self.state in ("approved", "due")

    def text(self) -> str:
        """The state in one line of words."""
        given = self.approval
        if given is None:
            return "not approved"
        note = f" (note: {' '.join(given.note.split())})" if given.note else ""
        said = f"approved by {given.by} on {given.date.isoformat()}, version {given.version}{note}"
        if not self.stands:
            return f"was {said}; {self.reason}"
        return f"{said}; {'review was due on' if self.state == 'due' else 'next review'} {self.next}"

    def as_dict(self) -> dict[str, object]:
        """The review as plain JSON values."""
        given = self.approval
        return {
            "clause": self.clause,
            "state": self.state,
            "by": given.by if given else "",
            "date": given.date.isoformat() if given else "",
            "version": given.version if given else None,
            "note": given.note if given else "",
            "next_review": self.next.isoformat() if self.next else "",
            "reason": self.reason,
            "at": str(given.at) if given else "",
        }


def clause_content(clause: Clause) -> str:
    """The hash of what an annex prints of a clause or is decided by."""
    plain = json.dumps(_plain(clause), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _plain(value: object) -> object:
    """A value as JSON, without what is not a content and without defaults, so that a key added later changes no hash."""
    if is_dataclass(value):
        return {
            "": type(value).__name__,
            **{f.name: _plain(v) for f in fields(value) if f.name not in _NOT_CONTENT
               for v in (getattr(value, f.name),) if v != _default(f)},
        }  # fmt: skip
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(v) for v in value]
    if isinstance(value, Decimal):
        return str(value.normalize())
    return value if isinstance(value, (str, int)) or value is None else str(value)


def _default(field: Field[Any]) -> object:
    default, factory = field.default, field.default_factory
    return factory() if default is MISSING and factory is not MISSING else default


def review(clause: Clause, approval: Approval | None, today: date | None = None) -> Review:
    """Where a clause stands; without `today` nothing is due, so that a build does not depend on its day."""
    if approval is None:
        return Review(clause=clause.id, state="none")
    if approval.content != clause_content(clause) or approval.version != clause.version:
        return Review(clause=clause.id, state="lost", approval=approval, reason=_changed(clause, approval))
    then = add_months(approval.date, clause.review_months)
    due = today is not None and then <= today
    return Review(clause=clause.id, state="due" if due else "approved", approval=approval, next=then)


def _changed(clause: Clause, approval: Approval) -> str:
    if clause.replaces and approval.content == clause_content(clause.replaces):
        return "what was approved is the shipped clause, and a library of yours replaces it"
    if approval.version != clause.version:
        return f"it is version {clause.version} now"
    return "its content has changed"


def review_all(library: Library, approvals: Mapping[str, Approval], today: date) -> list[Review]:
    """Where each clause of a library stands, and each approval of a clause that the library does not hold."""
    found = [review(clause, approvals.get(clause.id), today) for clause in library.clauses.values()]
    for name, approval in approvals.items():
        if name not in library.clauses:
            hint = nearest(name, library.clauses)
            reason = f"the library has no such clause{f'; {hint}' if hint else ''}"
            found.append(Review(clause=name, state="unknown", approval=approval, reason=reason))
    return found


def approve(clause: Clause, *, by: str, on: date, note: str = "", file: str = APPROVALS_FILE) -> Approval:
    """The approval of a clause as it is now."""
    return Approval(
        clause=clause.id,
        version=clause.version,
        content=clause_content(clause),
        date=on,
        by=by,
        note=note,
        at=Position(file=file),
    )


def read_approvals(folders: Iterable[Path]) -> tuple[dict[str, tuple[Approval, ...]], list[Diagnostic]]:
    """All approvals of each clause in the approvals files of some folders; a folder without one is passed over."""
    found: dict[str, tuple[Approval, ...]] = {}
    problems: list[Diagnostic] = []
    for folder in dict.fromkeys(folders):
        path = folder / APPROVALS_FILE
        if path.exists():
            approvals, more = load_approvals(path)
            problems += more
            for name, approval in approvals.items():
                found[name] = (*found.get(name, ()), approval)
    return found, problems


def folders_of(profile: Profile) -> list[Path]:
    """Where the approvals for a profile are looked for: next to it, next to the base that asks for them, in its libraries."""
    asked = profile.at("approved_only").file
    return [Path(profile.file).parent, Path(asked).parent, *map(Path, profile.libraries)]


def best_review(clause: Clause, given: tuple[Approval, ...]) -> Review:
    """Where a clause stands with several approvals files: one approval that stands is enough."""
    reviews = [review(clause, approval) for approval in given] or [review(clause, None)]
    return next((r for r in reviews if r.stands), reviews[0])


def hold_to_approvals(resolution: Resolution) -> tuple[Resolution, list[Diagnostic]]:
    """The resolution as `approved_only` wants it: a draft, with what is missing told, unless all clauses are approved."""
    profile = resolution.profile
    if not profile.approved_only:
        return resolution, []
    approvals, problems = read_approvals(folders_of(profile))
    reviews = [best_review(r.clause, approvals.get(r.clause.id, ())) for r in resolution.clauses]
    missing = [r for r in reviews if not r.stands]
    if not missing:
        return resolution, problems
    lost = [r for r in missing if r.state == "lost"]
    message = f"{len(missing)} of {len(reviews)} clauses are not approved, so the annex is a draft: {_listed(missing)}"
    if lost:
        message += f"; {len(lost)} of them lost an approval: {_listed(lost)}"
    told = Diagnostic(
        rule="not-approved",
        severity=Severity.WARNING,
        message=message,
        at=profile.at("approved_only"),
        hint=f"`{_command(profile)}` records a review",
    )
    return replace(resolution, profile=replace(profile, status="draft")), [*problems, told]


def _command(profile: Profile) -> str:
    """The command that records a review where this profile finds it, of the clauses that it uses."""
    libraries = "".join(f" --library {folder}" for folder in profile.libraries)
    return f"ccclauses approve CLAUSE --by NAME --folder {Path(profile.file).parent}{libraries}"


def _listed(reviews: list[Review]) -> str:
    names = [f"`{r.clause}`" for r in reviews]
    return ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
