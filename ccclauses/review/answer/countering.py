"""Counters named by clause or paragraph → answers to findings, worded as a rung of the ladder words them or as we do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from ...compare.contents import tidy_text
from ...compose.annex import compose_annex
from ...compose.texts.american import spelled_library
from ...model.annex import ClauseBlock, Paragraph
from ...model.diagnostic import Diagnostic, Position, nearest
from ...model.findings.review import Answer, Finding, Review, SectionReview
from ...resolve import resolve
from ..judge.known import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """What we offer: for a clause or a paragraph of it the wording of a `rung`, or for a paragraph our own `text`."""

    place: str
    rung: str = ""
    text: str = ""


def counters(
    review: Review, known: Known, wanted: Sequence[Counter], *, reason: str = ""
) -> tuple[Mapping[int, Answer], list[Diagnostic]]:
    """The answers by finding, and every counter that can't be made: no such place, nothing changed there, no such rung."""
    out: dict[int, Answer] = {}
    problems: list[Diagnostic] = []
    for counter in wanted:
        found, problem = _answers(review, known, counter, reason)
        if problem is None and not out.keys().isdisjoint(found):
            problem = ("answered-twice", f"`{counter.place}` is countered twice", "keep one of the two")
        if problem:
            rule, message, hint = problem
            problems.append(Diagnostic(rule=rule, message=message, at=Position(file=review.returned), hint=hint))
        else:
            out.update(found)
    return out, problems


_Problem = tuple[str, str, str]


def _answers(review: Review, known: Known, counter: Counter, reason: str) -> tuple[dict[int, Answer], _Problem | None]:
    if counter.rung and counter.rung not in known.library.postures:
        rungs = known.library.postures
        return {}, (
            "unknown-posture",
            f"there is no posture `{counter.rung}`",
            nearest(counter.rung, rungs) or f"there are {', '.join(rungs)}",
        )
    section = next((s for s in review.sections if _is(counter.place, s)), None)
    numbers = {id(f): n for n, f in review.numbered()}
    found = [f for f in (section.findings if section else ()) if f.source != "comment"]
    if section is None:
        for part in review.sections:
            found += [f for f in part.findings if f.number == counter.place and f.source != "comment"]
            section = part if found else None
            if found:
                break
    if section is None:
        return {}, _nowhere(counter.place, review, known)
    if not found:
        return {}, ("nothing-to-counter", f"`{counter.place}` came back unchanged", "counter what they changed")
    if counter.text:
        if len(found) != 1 or not found[0].takes_wording:
            places = ", ".join(f.number for f in found if f.number and f.takes_wording)
            hint = f"name one of {places}" if places else "answer it in a file for `review --respond`"
            return {}, ("misplaced-counter", f"`{counter.place}` is not one changed paragraph of text", hint)
        return {numbers[id(found[0])]: Answer(decision="counter", text=counter.text, reason=reason)}, None
    there = _at_rung(known, section.id, counter.rung)
    if there is None:
        label = known.library.postures[counter.rung].label
        return {}, (
            "no-wording",
            f"the library has no {label} wording of `{counter.place}`",
            "offer wording of your own with --text",
        )
    sent = next((c for c in known.annex.clauses if c.id == section.id), None)
    return {numbers[id(f)]: _answer(f, sent, there, reason) for f in found}, None


def _answer(finding: Finding, sent: ClauseBlock | None, there: ClauseBlock, reason: str) -> Answer:
    """What the rung makes of a changed paragraph; what it does not have either may be gone, what is new may not stay."""
    labels = {tidy_text(b.text): b.label for b in _paragraphs(sent)}
    label = labels.get(finding.before, "")
    worded = next((tidy_text(b.text) for b in _paragraphs(there) if label and b.label == label), "")
    if finding.takes_wording and worded:
        if worded == finding.after:
            return Answer(decision="accept", reason=reason)
        if worded == finding.before:
            return Answer(decision="refuse", reason=reason)
        return Answer(decision="counter", text=worded, reason=reason)
    if finding.kind == "deleted" and label and not worded:
        return Answer(decision="accept", reason=reason)
    return Answer(decision="refuse", reason=reason)


def _at_rung(known: Known, section: str, rung: str) -> ClauseBlock | None:
    """A clause of this deal as a posture words it, with the values of that posture; None where it has none there."""
    library = spelled_library(known.library, known.annex.language)
    clause = library.clauses.get(section)
    if clause is None:
        return None
    kept = {n: v for n, v in known.profile.settings.items() if n not in clause.parameters}
    profile = replace(
        known.profile,
        postures=MappingProxyType({**known.profile.postures, clause.topic: rung}),
        settings=MappingProxyType(kept),
    )
    resolution, _ = resolve(profile, library)
    annex, _ = compose_annex(resolution) if resolution else (None, [])
    return next((c for c in annex.clauses if c.id == section), None) if annex else None


def _paragraphs(clause: ClauseBlock | None) -> Iterable[Paragraph]:
    return (b for b in (clause.blocks if clause else ()) if isinstance(b, Paragraph))


def _is(place: str, section: SectionReview) -> bool:
    names = (section.id, section.number, section.title, f"{section.number} {section.title}".strip())
    return tidy_text(place).rstrip(".").casefold() in {tidy_text(n).rstrip(".").casefold() for n in names if n}


def _nowhere(place: str, review: Review, known: Known) -> _Problem:
    if any(p.full_number == place for p in known.annex.paragraphs()):
        return "nothing-to-counter", f"`{place}` came back unchanged", "counter what they changed"
    names = [n for s in review.sections for n in (s.id, s.number, s.title) if n]
    return "unknown-place", f"there is no clause or paragraph `{place}`", nearest(place, names)
