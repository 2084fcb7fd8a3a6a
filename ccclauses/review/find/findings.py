"""Two Word files → the review: what was changed silently, what was tracked by whom, what was remarked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from ...model.findings.review import Finding, Match, Review, SectionReview, state
from ...ooxml.package.package import Package
from ...ooxml.revisions import PROPERTY_CHANGES
from ...read.word.document import ReadComment, ReadDocument
from ...read.word.docx import known_changes, read_docx, read_views
from .attribution import Attribution
from .changes import find_changes, restructured
from .match import Pair, match_units
from .outside import SECTION, carried_notes, file_changes, stale_fields, stories
from .units import Part, Units, entry_title, read_units


def review(
    sent: Package,
    returned: Package,
    *,
    names: tuple[str, str] = ("sent", "returned"),
    parties: Sequence[str] = (),
    read_as: Literal["marked", "accepted", "rejected"] = "marked",
    all_open: bool = False,
    ours: ReadDocument | None = None,
) -> Review:
    """What came back, without judging it. A sent file counts with its changes accepted.

    A change that was tracked in the sent file already is not theirs; `all_open` tells it too, since it is still open.
    `read_as` accepted or rejected reads the returned file with all its tracked changes made final or undone.
    `ours` is the sent file where it has been read already.
    """
    ours = ours or read_docx(sent, name=names[0])
    known = frozenset() if all_open else known_changes(sent)
    theirs = read_views(returned, name=names[1], known=known)
    if read_as != "marked":
        theirs["accepted"] = theirs["rejected"] = theirs[read_as]
    first = read_units(ours)
    rejected, accepted = read_units(theirs["rejected"], first), read_units(theirs["accepted"], first)
    silent_pairs = _without_contents(match_units(first.units, rejected.units), first, rejected)
    tracked_pairs = _without_contents(match_units(rejected.units, accepted.units), first, accepted)

    own = [first.parts[u.section].id for u in first.units]
    parts: list[Part] = list(first.parts)
    middle = _sections(rejected, silent_pairs, own, parts)
    last = _sections(accepted, tracked_pairs, middle, parts)
    steady = not restructured(rejected, accepted, tracked_pairs)
    silent = find_changes(first, rejected, silent_pairs, "silent", own, middle, parties=parties, numbered=steady)
    # What was changed silently is answered where it is in the file as it reads accepted.
    onward = {i: p.b for p in tracked_pairs for i in p.a}
    silent = [replace(f, faces=tuple((of, _through(onward, at)) for of, at in f.faces)) for f in silent]
    tracked = find_changes(rejected, accepted, tracked_pairs, "tracked", middle, last, parties=parties)
    back = {j: p.a for p in silent_pairs for j in p.b}
    tracked = [replace(f, faces=tuple((_through(back, of), at) for of, at in f.faces)) for f in tracked]
    silent += stories(ours, theirs["rejected"], "silent", first.numbers)
    silent += carried_notes(ours, theirs["rejected"], "silent")
    tracked += carried_notes(theirs["rejected"], theirs["accepted"], "tracked")
    # A note that nothing refers to once tracked changes are accepted is reported as what those changes delete.
    silent += file_changes(ours, replace(theirs["accepted"], notes=theirs["rejected"].notes), sent, returned)
    silent += stale_fields(ours, theirs["rejected"])
    tracked += stories(theirs["rejected"], theirs["accepted"], "tracked", first.numbers)
    attribution = Attribution(theirs["all"], returned, known)
    if read_as == "accepted":
        silent = [replace(attribution.attributed(f), source="tracked") if attribution.holds(f) else f for f in silent]
    found = [*silent, *(attribution.attributed(f) for f in tracked), *_comments(theirs["accepted"], accepted, last)]
    found += _lost_numbers(first, rejected, silent_pairs)
    notes = [*theirs["all"].notes, *_formatting(returned)]
    sections = _assembled(parts, found, first, accepted, silent_pairs, last)
    return Review(
        sent=names[0],
        returned=names[1],
        sections=sections,
        notes=tuple(notes),
        standing=_standing(len(first.units), silent_pairs, tracked_pairs),
    )


def _through(ways: Mapping[int, tuple[int, ...]], units: Iterable[int]) -> tuple[int, ...]:
    """Where the ways lead from some units, each place once."""
    return tuple(dict.fromkeys(k for j in units for k in ways.get(j, ())))


def _standing(count: int, silent: Iterable[Pair], tracked: Iterable[Pair]) -> tuple[int, ...]:
    """For each unit of the sent file the returned one in its place; -1 where it is gone or was carried elsewhere."""
    steady = {i: p.b for p in tracked if not p.moved for i in p.a}
    now = {i: _through(steady, p.b) for p in silent if not p.moved for i in p.a}
    return tuple(now[i][-1] if now.get(i) else -1 for i in range(count))


def _without_contents(pairs: Iterable[Pair], sent: Units, units: Units) -> list[Pair]:
    """The pairs without entries of a contents list that became plain text; one line alone may be a title with a number."""
    pairs = list(pairs)
    titles = {*sent.contents, *(u.text.casefold() for u in units.units if u.kind == "heading")}
    entries = {
        p.b[0]
        for p in pairs
        if not p.a
        and len(p.b) == 1
        and (unit := units.units[p.b[0]]).kind == "paragraph"
        and not unit.hidden
        and entry_title(unit.whole) in titles
    }
    listed = {
        j
        for j in entries
        if entries & {j - 1, j + 1}
        or (j and sent.contents_heading and units.units[j - 1].text == sent.contents_heading)
    }
    return [p for p in pairs if p.a or not listed.issuperset(p.b)]


def _sections(units: Units, pairs: Sequence[Pair], own: Sequence[str], parts: list[Part]) -> list[str]:
    """The section of each unit: that of its counterpart, else of the unit before, else a new one of its own."""
    known = {j: own[p.a[0]] for p in pairs for j in p.b if p.a}
    out: list[str] = []
    current = "front:title"
    for j, unit in enumerate(units.units):
        if j in known:
            current = known[j]
        elif unit.kind == "heading" and unit.text:
            part = units.parts[unit.section]
            taken = {p.id for p in parts}
            id_ = part.id if part.id not in taken else f"{part.id} (new)"
            parts.append(replace(part, id=id_))
            current = id_
        out.append(current)
    return out


def _comments(document: ReadDocument, units: Units, sections: Sequence[str]) -> Iterable[Finding]:
    """Each thread of comments as one finding, at the paragraph that it is about."""
    answers: dict[str, list[ReadComment]] = {}
    for comment in document.comments:
        if comment.answers:
            answers.setdefault(comment.answers, []).append(comment)
    places = {id_: j for j, unit in reversed(list(enumerate(units.units))) for id_ in unit.comments}
    for comment in document.comments:
        if comment.answers and any(c.id == comment.answers for c in document.comments):
            continue
        at = places.get(comment.id)
        unit = units.units[at] if at is not None else None
        yield Finding(
            source="comment",
            kind="comment",
            section=sections[at] if at is not None else SECTION,
            number=(unit.number or unit.typed) if unit else "",
            before=" ".join((comment.about or (unit.text if unit else "")).split()),
            after=comment.text,
            authors=(comment.author,) if comment.author else (),
            dates=(comment.date[:10],) if comment.date else (),
            thread=tuple(f"{c.author}: {c.text}" for c in answers.get(comment.id, ())),
            done=comment.done,
            faces=(((), (at,)),) if at is not None else (),
        )


def _lost_numbers(sent: Units, rejected: Units, pairs: Sequence[Pair]) -> Iterable[Finding]:
    """Numbers that are no longer there at all, told once."""
    lost = [
        sent.units[p.a[0]]
        for p in pairs
        if len(p.a) == len(p.b) == 1
        and sent.units[p.a[0]].number
        and not (rejected.units[p.b[0]].number or rejected.units[p.b[0]].typed)
    ]
    if lost:
        told = (
            f"{len(lost)} paragraph{'s' if len(lost) > 1 else ''} that had a number has none, from {lost[0].number} on"
        )
        yield Finding(
            source="silent",
            kind="file",
            section=SECTION,
            what="numbers",
            after=told,
            remark="references by number can't be followed",
        )


def _formatting(package: Package) -> Iterable[str]:
    count = sum(1 for _ in package.xml(package.main_part).iter(*PROPERTY_CHANGES))
    if count:
        yield f"{count} tracked change{'s' if count > 1 else ''} of formatting only"


def _assembled(
    parts: Sequence[Part],
    found: Sequence[Finding],
    sent: Units,
    accepted: Units,
    pairs: Sequence[Pair],
    last: Sequence[str],
) -> tuple[SectionReview, ...]:
    """The sections in the order of the sent annex, new ones after it, what concerns the file last."""
    by_section: dict[str, list[Finding]] = {}
    also: dict[str, set[str]] = {}
    for finding in found:
        by_section.setdefault(finding.section, []).append(finding)
        for place in finding.places:
            also.setdefault(place.partition(" ")[0], set()).add(state(finding))
    matched: dict[str, Match] = {}
    for pair in pairs:
        if pair.a and pair.b:
            unit = sent.units[pair.a[0]]
            section = sent.parts[unit.section].id
            if unit.kind == "heading" or section not in matched:
                matched[section] = pair.how
    numbers: dict[str, str] = {}
    for unit, section in zip(accepted.units, last):
        if unit.kind == "heading":
            numbers.setdefault(section, unit.number or unit.typed)
    out = []
    for part in dict.fromkeys((*parts, Part(id=SECTION, kind="front", number="", title="The file"))):
        review = SectionReview(
            id=part.id,
            kind=part.kind,
            number=part.number,
            title=part.title,
            after_number=numbers.get(part.id, ""),
            matched=matched.get(part.id, "none"),
            findings=tuple(sorted(by_section.get(part.id, ()), key=_order)),
            also=tuple(sorted(also.get(part.id, ()))),
        )
        is_empty = not review.findings and (part.id == SECTION or part.id not in matched)
        if not is_empty:
            out.append(review)
    return tuple(out)


def _order(finding: Finding) -> int:
    return ("silent", "tracked", "comment").index(finding.source)
