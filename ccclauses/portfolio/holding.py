"""A Word file → what it holds: ours by anchors and fingerprint, others as far as they can be read."""

from __future__ import annotations

from collections import Counter
from datetime import date

from ..compare.annexes import exposure
from ..coverage import coverage
from ..model.annex import Annex
from ..model.clause import Library
from ..model.portfolio import Holding
from ..obligations import date_obligations
from ..ooxml.namespaces import w
from ..ooxml.package import PackageError, read_package
from ..read.docx import read_docx
from ..read.recover import recover_annex
from ..resolve.judge import said


def holding_of(data: bytes, file: str, library: Library, today: date) -> Holding:
    """What a file holds; a file that can't be read is a holding with a problem."""
    try:
        package = read_package(data)
        document = read_docx(package, name=file)
        tracked = any(True for _ in package.xml(package.main_part).iter(*map(w, ("ins", "del", "moveFrom", "moveTo"))))
    except PackageError as problem:
        return Holding(file=file, problem=str(problem), clauses={}, values={}, coverage={})
    annex, _ = recover_annex(document, library)
    if annex is None:
        return Holding(
            file=file, problem="no clause of this library was found in it", clauses={}, values={}, coverage={}
        )
    posture, share = _posture(annex, library)
    money = exposure(annex)
    return Holding(
        file=file, supplier=annex.provider.name, client=annex.client.name, reference=annex.reference,
        date=annex.date.isoformat() if annex.date else "", version=annex.version, status=annex.status,
        fingerprint=annex.fingerprint,
        changed=tracked or bool(document.comments),
        clauses={c.id: str(c.version) for c in annex.clauses},
        values={name: said(entry.value) for name, entry in annex.parameters.items()},
        posture=posture, posture_share=share,
        coverage={
            f.id: "{} of {}".format(*f.share("contract_term")) for f in coverage(annex, library).frameworks
        },
        review=_review(annex, today), month=str(money.month or ""), year=str(money.year or ""),
    )  # fmt: skip


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
    if not annex.date:
        return ""
    until = date(min(today.year + 2, 2199), 12, 31)
    calendar, _ = date_obligations(annex, annex.date, until) if annex.date < until else (None, [])
    dates = [
        o.due
        for o in (calendar.occurrences if calendar else ())
        if o.due >= today and "review" in o.obligation.action.lower()
    ]
    return min(dates).isoformat() if dates else ""
