"""A Word file → what it holds: ours by anchors and fingerprint, others as far as they can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from ..compare.annexes import exposure
from ..derive.coverage import coverage
from ..derive.obligations import date_obligations
from ..model.annex import Annex, ClauseBlock
from ..model.findings.portfolio import Holding
from ..model.library.library import Library
from ..model.words.plurals import counted
from ..ooxml.namespaces import w
from ..ooxml.package.package import read_package
from ..ooxml.package.parse import PackageError
from ..read.recover import DIFFERS, recover_with_standing
from ..read.standing import Standing
from ..read.within import alone
from ..read.word.docx import read_docx
from ..resolve.judge import said

HEADINGS = 3  # clauses at least, where a file has no anchors and is known by headings only

_OTHER = "no clause of this library was found in it"
_TRACKED = "holds tracked changes or comments"


def holding_of(data: bytes, file: str, library: Library, today: date, earlier: Sequence[Library] = ()) -> Holding:
    """What a file holds; a file that can't be read is a holding with a problem.

    Of the library and the earlier ones that which words most of its clauses is the one that it was made with.
    """
    try:
        package, _ = alone(read_package(data))
        document = read_docx(package, name=file)
        tracked = any(True for _ in package.xml(package.main_part).iter(*map(w, ("ins", "del", "moveFrom", "moveTo"))))
    except PackageError as problem:
        return unreadable(file, str(problem))
    annex, standing, notes = recover_with_standing(document, library)
    for other in earlier:
        if annex is None or not standing.clauses:
            break
        found = recover_with_standing(document, other)
        if found[0] is not None and len(found[1].clauses) < len(standing.clauses):
            (annex, standing, notes), library = found, other
    if annex is None or not _is_ours(annex, library):
        return Holding(file=file, kind="contract", problem=_OTHER, clauses={}, values={}, coverage={})
    remarks = ([_TRACKED] if tracked or document.comments else []) + [n.message for n in notes if n.rule in DIFFERS]
    if not standing.at_hand:
        fit = len(annex.clauses) - len(standing.clauses)
        remarks.append(
            f"{fit} of {counted(len(annex.clauses), 'clause')} are worded as the library words them; of the others neither "
            "the version nor what was changed is known"
        )
    posture, share = _posture(annex, library)
    money = exposure(annex)
    return Holding(
        file=file, supplier=annex.provider.name, client=annex.client.name, reference=annex.reference,
        date=annex.date.isoformat() if annex.date > date.min else "", version=annex.version, status=annex.status,
        fingerprint=annex.fingerprint,
        changed=bool(remarks),
        remarks=tuple(remarks),
        clauses={c.id: _version(c, standing) for c in annex.clauses},
        values={name: said(entry.value) for name, entry in annex.parameters.items()},
        posture=posture, posture_share=share,
        coverage={
            f.id: "{} of {}".format(*f.share("contract_term")) for f in coverage(annex, library).frameworks
        },
        review=_review(annex, today), month=str(money.month or ""), year=str(money.year or ""),
    )  # fmt: skip


def unreadable(file: str, problem: str) -> Holding:
    """A file that can't be read, and why."""
    return Holding(file=file, kind="unreadable", problem=problem, clauses={}, values={}, coverage={})


def _is_ours(annex: Annex, library: Library) -> bool:
    known = [c for c in annex.clauses if c.id in library.clauses]
    return any(c.anchor for c in known) or len(known) >= HEADINGS


def _version(clause: ClauseBlock, standing: Standing) -> str:
    match standing.clauses.get(clause.id):
        case None:
            return str(clause.version)
        case "changed":
            return f"{clause.version}, changed"
        case "foreign":
            return "?"
    return "not known"


def _posture(annex: Annex, library: Library) -> tuple[str, str]:
    """The posture whose values an annex holds most often; a file never says with which it was made."""
    counts: Counter[str] = Counter()
    told = 0
    for clause in library.clauses.values():
        for parameter in clause.parameters.values():
            entry = annex.parameters.get(parameter.name)
            by_posture = {p: v for p, v in parameter.values.items() if p in library.postures}
            # A value that is the same in every posture tells nothing.
            if entry is None or len({said(v) for v in by_posture.values()}) < 2:
                continue
            told += 1
            counts.update(p for p, v in by_posture.items() if said(v) == said(entry.value))
    if not counts:
        return "", ""
    posture, number = max(((p, counts[p]) for p in library.postures), key=lambda found: found[1])
    return posture, f"{number} of {told} values"


def _review(annex: Annex, today: date) -> str:
    """The day of the next review that an annex asks for, counted from its date as the start of the Services."""
    if annex.date == date.min:
        return ""
    until = date(min(today.year + 2, 2199), 12, 31)
    calendar, _ = date_obligations(annex, annex.date, until) if annex.date < until else (None, [])
    dates = [
        o.due
        for o in (calendar.occurrences if calendar else ())
        if o.due >= today and "review" in o.obligation.action.lower()
    ]
    return min(dates).isoformat() if dates else ""
