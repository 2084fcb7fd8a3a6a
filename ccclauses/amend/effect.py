"""One signed file from end to end: what the new library means for it, and the files that follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from ..approvals import hold_to_approvals
from ..compare.annexes import exposure
from ..into.host.host import Refused
from ..model.annex import Annex, Block, ClauseBlock, Schedule
from ..model.diagnostic import errors
from ..model.findings.amendment import Effect, Signatory
from ..model.library.library import Library
from ..ooxml.package.package import Package, read_package, write_package
from ..ooxml.package.parse import PackageError
from ..pipeline import HOUSE_STYLES, house_style
from ..read.recover import recover_annex
from ..read.word.docx import read_docx
from ..redline import READABLE, RedlineOptions, redline
from ..write.data.annex_json import write_json
from ..write.word.docx import load_house_style, write_docx
from ..write.word.house_style import HouseStyle
from .deal import DealChange, amended_profile, changed_deal, extending, with_history
from .evidence import Unreadable
from .known import Known, read_known
from .merging.concerns import concerns
from .merging.merge import consolidate
from .merging.merged import Merged
from .merging.numbers import CHANGE_REQUEST, VARIATION, number_of
from .merging.reasons import DEAL, LIBRARY, amended_parts, left_parts
from .merging.same import block_key, printed
from .papers import Paper
from .writing.agreement import put_again
from .writing.document import Terms, write_amendment
from .writing.restate import restate, write_restatement
from .writing.splice import SpliceError, spliced

_DRAFT = "it is marked as a draft, so this may not be what was signed: make sure of it before the amendment is sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What every signed file of a run is held against."""

    old: Library | None
    new: Library
    base: Path | None  # the base profile of the batch that built the files
    template: str  # house style of amendments; empty for that of the profile
    terms: Terms
    papers: bool = True  # whether amendments and redlines are to be made
    form: str = ""  # to which the annexes are moved; empty: each keeps its own
    deal: DealChange | None = None  # where the deal changes, and not the library
    out: Path = Path()  # the folder of the papers, from which a profile names the one that it extends


def effect_of(paper: Paper, case: Case) -> tuple[Effect, dict[str, bytes]]:
    """What the new library means for a signed file, and the bytes of each file to be written, by name below `out`."""
    try:
        known = read_known(paper, case.old, case.new, case.base)
    except Unreadable as problem:
        return Effect(file=paper.name, state="unreadable", problems=(str(problem),)), {}
    signed = known.signed
    money = exposure(signed)
    draft = (_DRAFT,) if signed.status == "draft" else ()
    about = Effect(
        file=paper.name,
        state="unknown",
        problems=draft,
        went_by=known.went_by,
        supplier=signed.provider.name,
        client=signed.client.name,
        reference=signed.reference,
        date=signed.date.isoformat() if signed.date > date.min else "",
        before=money,
        after=money,
    )
    if known.old is None:
        return about, {}
    if not signed.numbering.clause:
        return replace(
            about, problems=(*draft, "its governing law, which says how clauses are numbered, was not found")
        ), {}
    if case.form and case.form != signed.form:
        return _moved(paper, known, case, about)
    to = changed_deal(known, case.deal) if case.deal else None
    merged, problems = consolidate(known, case.old, case.new, to=to)
    if merged is None:
        maker = "the changed profile makes no annex" if to else "the new library makes no annex of its profile"
        return replace(about, problems=(*draft, *(f"{maker}: {p.message}" for p in problems[:3]))), {}
    because = DEAL if to else LIBRARY
    if to and case.terms.effective:
        merged = replace(merged, annex=with_history(merged, paper, to, case.terms.effective))
    amended = amended_parts(known, merged, case.old, case.new, because)
    left = left_parts(known, merged, case.old, case.new, because)
    values = concerns(known, merged, case.old, case.new)
    decide = any(c.kind in ("unmet", "out of range") for c in values)
    files, unwritten = _files(paper, known, merged, case) if amended and case.papers else ({}, [])
    found = replace(
        about,
        state="affected" if amended or left or decide else "unaffected",
        amended=amended,
        left=left,
        concerns=values,
        after=exposure(merged.annex),
        terms=tuple(_own_terms(signed)) if amended else (),
        signatories=tuple(_signatories(signed)) if amended else (),
        problems=(*draft, *unwritten),
        files=tuple(sorted(files)),
    )
    return found, files


def _moved(paper: Paper, known: Known, case: Case, about: Effect) -> tuple[Effect, dict[str, bytes]]:
    """What it means to restate a signed annex in another form."""
    restated, problems = restate(known, case.new, case.form)
    if restated is None:
        reasons = tuple(f"the {case.form} form makes no annex of its profile: {p.message}" for p in problems[:3])
        return replace(about, problems=(*about.problems, *reasons)), {}
    annex = restated.made.annex
    files: dict[str, bytes] = {}
    told: list[str] = []
    if case.papers:
        stem = Path(paper.name).with_suffix("").as_posix()
        style, told = _style_of(known, case)
        files = {
            f"{stem}-amendment.docx": write_docx(
                write_restatement(known.signed, annex, case.terms), style, draft=False
            ),
            f"{stem}-restated.docx": write_docx(annex, style, draft=False),
            f"{stem}-restated.json": write_json(annex).encode(),
            f"{stem}-by-subject.txt": restated.by_subject.encode(),
        }
        told += [p.message for p in hold_to_approvals(restated.made.resolution)[1]]
    found = replace(
        about,
        state="affected",
        amended=restated.amended,
        left=restated.left,
        after=exposure(annex),
        terms=tuple(_own_terms(known.signed)),
        signatories=tuple(_signatories(known.signed)),
        problems=(*about.problems, *told),
        files=tuple(sorted(files)),
    )
    return found, files


# ------------------------------------------------------------------------------------- files


def _style_of(known: Known, case: Case) -> tuple[HouseStyle, list[str]]:
    """The house style of the papers, and why it is not the one that was asked for."""
    style, found = house_style(case.template or known.profile.template or HOUSE_STYLES[0], known.profile, None)
    told = [f"the amendment is in the style {HOUSE_STYLES[0]}: {p.message}" for p in errors(found)]
    if style is None or told:
        style, _ = house_style(HOUSE_STYLES[0], known.profile, None)
    assert style is not None
    return style, told


def _files(paper: Paper, known: Known, merged: Merged, case: Case) -> tuple[dict[str, bytes], list[str]]:
    stem = Path(paper.name).with_suffix("").as_posix()
    amendment = write_amendment(merged.signed, merged.annex, case.terms)
    style, told = _style_of(known, case)
    files = {
        f"{stem}-amendment.docx": write_docx(amendment, style, draft=False),
        f"{stem}-amended.json": write_json(merged.annex).encode(),
    }
    if profile := _profile(paper, known, case):
        files[f"{stem}-amended.yaml"] = profile.encode()
    try:
        whole = consolidated_word(known.package, merged.signed, merged.annex, case.new)
        before, after = known.package, read_package(whole)
        if known.agreement is not None:
            before, after = known.agreement, put_again(known.agreement, merged.annex, style)
            whole = write_package(after.parts)
        marked = redline(
            before,
            after,
            author=merged.signed.client.name or "Client",
            date=datetime(case.terms.day.year, case.terms.day.month, case.terms.day.day),
            options=RedlineOptions(tidy=READABLE),
        )
        files |= {f"{stem}-amended.docx": whole, f"{stem}-redline.docx": write_package(marked.package.parts)}
    except (SpliceError, PackageError, Refused) as problem:
        told.append(f"no redline was written: {problem}")
    told += [p.message for p in hold_to_approvals(merged.taken.resolution)[1]]
    return files, told


def consolidated_word(package: Package, signed: Annex, annex: Annex, library: Library) -> bytes:
    """The signed Word file with the consolidated text; raises `SpliceError` when it would not read as the annex."""
    style, _ = load_house_style(package)
    before, after = (read_package(write_docx(a, style, draft=False)) for a in (signed, annex))
    data = spliced(package, before, after)
    again, _ = recover_annex(read_docx(read_package(data), name="consolidated"), library, annex)
    if again is None or readable(again) != readable(annex):
        raise SpliceError(
            "the consolidated text would not read the same in the signed file, whose numbers or parts differ in form"
        )
    return data


def readable(annex: Annex) -> Mapping[str, object]:
    """All that a reader of an annex sees below its title, by part."""
    owners: tuple[ClauseBlock | Schedule, ...] = (*annex.clauses, *annex.schedules)
    return {
        "how-to-read": [block_key(b, printed) for b in annex.preliminaries],
        "key-terms": [block_key(b, printed) for b in (annex.key_terms, *annex.key_values)],
        **{o.anchor: (o.number, o.title, [_numbered(b) for b in o.blocks]) for o in owners},
        "definitions": [(d.term, printed(d.inlines)) for d in annex.definitions],
    }


def _numbered(block: Block) -> object:
    return (getattr(block, "number", ""), block_key(block, printed))


def _profile(paper: Paper, known: Known, case: Case) -> str:
    """A profile that adds to the one next to the file what the parties agreed besides; empty where it says all of it."""
    if case.deal:
        return amended_profile(known, case.deal, case.out)
    if known.made or not paper.profiles or not known.values:
        return ""
    return extending(Path(known.profile.file).name, known.values)


# ------------------------------------------------------------------------------------- what the contract says


def _own_terms(signed: Annex) -> list[str]:
    """What the signed annex says of its amendment, with the paragraph that says it."""
    noun = signed.numbering.clause[1].noun
    out = []
    if number := number_of(signed, VARIATION):
        out.append(f"{noun}{number}: the form of a variation")
    reply = signed.parameters.get(signed.playing("change_request_reply"))
    if reply and (number := number_of(signed, CHANGE_REQUEST)):
        out.append(f"{noun}{number}: the provider answers a request for change within {reply.text}")
    return out


def _signatories(signed: Annex) -> list[Signatory]:
    out = []
    for company in (signed.client, signed.provider):
        for name, capacity in company.signatories or (("", ""),):
            out.append(Signatory(party=company.name, name=name, capacity=capacity))
    return out
