"""The papers of a round, opened: what runs apart from the page, since a stranger wrote one of them.

Everything here takes paths and digests and gives plain frozen values, so that it can be asked of another process. What was
read is kept there by the digests of the files.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

from ...compare.contents import tidy_text
from ...compare.wording import change_words
from ...compose.annex import compose_annex
from ...load.inputs import load_inputs_of_text, shipped_library
from ...model.findings.review import Answer, Finding, Judgement, Review
from ...model.library.library import Library
from ...ooxml.package.package import Package, read_package, write_package
from ...ooxml.package.parse import PackageError
from ...read.recover import recover_annex
from ...read.within import alone
from ...read.word.document import ReadDocument, ReadParagraph
from ...read.word.docx import read_docx
from ...resolve import resolve
from ...review.answer.answering import decide
from ...review.answer.respond import respond
from ...review.find.findings import review
from ...review.find.quantities import changed_quantities
from ...review.find.units import read_units
from ...review.judge.judging import Judging, judge_review
from ...review.judge.known import Known, known_from_word, with_values
from ..folder import DealError
from .means import Meaning, judged_meanings
from .offers import offers
from .readback import ReadBack, read_back
from .rounds import Rounds
from .table import Table, make_table

ReadAs = Literal["marked", "accepted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The files of a round with their digests; `profile` is that of the paper that was sent, where it is kept.

    `base` is the profile of the deal: what the kept one names is looked for next to it.
    """

    sent: tuple[str, str]  # path, SHA-256
    returned: tuple[str, str]
    profile: tuple[str, str] = ("", "")
    base: str = ""

    @property
    def label(self) -> str:
        """A name for what they hold, the same for the same bytes."""
        return "-".join(x[1][:16] for x in (self.sent, self.returned, self.profile))


class CantRead(DealError):
    """A paper can't be read, or is not an annex of ours; the message is a sentence for people."""


def papers_of(rounds: Rounds, number: int, *, profile: Path | None = None, returned: Path | None = None) -> Papers:
    """The papers of a round that came back; `profile` is the deal's, for a first paper that keeps none of its own.

    `returned` is a file in the place of the one that came back.

    Raises CantRead when either is not there.
    """
    paths = [rounds.path(number, "sent"), returned or rounds.path(number, "returned")]
    kept = (rounds.source(number), rounds.source(rounds.all[0].number if rounds.all else number), profile)
    own = next((p for p in kept if p is not None and p.is_file()), None)
    try:
        sent, theirs, *deal = ((str(p), _digest(p)) for p in (*paths, *([own] if own else [])))
    except OSError as problem:
        raise CantRead(f"A paper of round {number} is not in the folder any more: {problem.filename}.") from None
    return Papers(sent=sent, returned=theirs, profile=deal[0] if deal else ("", ""), base=str(profile or ""))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# -- opened, and kept by their digests --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Two papers opened, reviewed and judged."""

    sent: Package
    returned: Package
    known: Known | None
    library: Library
    review: Review
    judging: Judging | None


@lru_cache(maxsize=4)
def package_of(path: str, digest: str) -> Package:
    """The Word file at a path, kept by its digest; raises CantRead."""
    data = Path(path).read_bytes()
    try:
        return read_package(data)
    except PackageError as problem:
        raise CantRead(_sentence(str(problem))) from None


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """A paper that was sent, opened, with all that is known of it."""

    package: Package
    document: ReadDocument
    known: Known | None
    library: Library
    judging: Judging | None


@lru_cache(maxsize=4)
def _sent(sent: tuple[str, str], profile: tuple[str, str], base: str) -> Ours:
    package, _ = alone(package_of(*sent))
    known, library = known_of(package, Papers(sent=sent, returned=sent, profile=profile, base=base))
    document = known.document if known and known.document else read_docx(package)
    return Ours(
        package=package, document=document, known=known, library=library, judging=Judging(known) if known else None
    )


def warm(sent: Papers | None = None) -> None:
    """Read what is ours before the first paper comes back: the library, and what was sent with our ladder composed for it."""
    shipped_library()
    if sent is not None:
        ours = _sent(sent.sent, sent.profile, sent.base)
        if ours.judging:
            ours.judging.rungs, ours.judging.other_forms  # noqa: B018 - composed when they are first asked for


@lru_cache(maxsize=4)
def opened(papers: Papers) -> Case:
    """The case of two papers; raises CantRead."""
    ours = _sent(papers.sent, papers.profile, papers.base)
    returned, around = alone(package_of(*papers.returned))
    known = ours.known
    parties = (known.annex.client.name, known.annex.provider.name) if known else ()
    names = ("sent", "returned")
    found = review(ours.package, returned, names=names, parties=[p for p in parties if p], ours=ours.document)
    found = replace(_without_our_comments(found, ours.document), notes=(*around, *found.notes))
    judged = judge_review(found, known, ours.judging) if known else found
    return Case(
        sent=ours.package,
        returned=returned,
        known=known,
        library=ours.library,
        review=judged,
        judging=ours.judging,
    )


def _without_our_comments(found: Review, sent: ReadDocument) -> Review:
    """The review without comments that stood in the paper already when we sent it, unless somebody answered there since."""
    was = {(c.author, c.text) for c in sent.comments}

    def stays(finding: Finding) -> bool:
        if finding.source != "comment" or not was:
            return True
        known = all(tuple(line.split(": ", 1)) in was for line in finding.thread)
        return not (known and (", ".join(finding.authors), finding.after) in was)

    return replace(found, sections=tuple(replace(s, findings=tuple(filter(stays, s.findings))) for s in found.sections))


def known_of(sent: Package, papers: Papers) -> tuple[Known | None, Library]:
    """What is known of a paper that was sent: all that its deal says, with the values that this paper has by now."""
    whole = _deal(*papers.profile, papers.base) if papers.profile[0] else None
    if whole is None:
        library = shipped_library()
        return known_from_word(sent, library, "sent"), library
    composed = whole.annex
    if (
        composed.fingerprint
        and composed.fingerprint.encode() in sent.parts.get("docProps/core.xml", b"")
        and not _marks(sent)
    ):
        return whole, whole.library
    # A later paper, or a library that went on since: the annex is read out of the paper, the deal stays the deal.
    document = read_docx(sent)
    annex, _ = recover_annex(document, whole.library, composed)
    if annex is None:
        return None, whole.library
    entries = composed.parameters
    changed = {n: e.value for n, e in annex.parameters.items() if n in entries and e.value != entries[n].value}
    return replace(whole, annex=annex, profile=with_values(whole.profile, changed), document=document), whole.library


def _marks(package: Package) -> bool:
    """Whether a file has tracked changes: then it is no longer what the deal alone composes."""
    data = package.parts[package.main_part]
    return b"<w:ins " in data or b"<w:del " in data


@lru_cache(maxsize=4)
def _deal(path: str, digest: str, base: str) -> Known | None:
    text = Path(path).read_text(encoding="utf-8")
    profile, library, _ = load_inputs_of_text(text, Path(base or path))
    if profile is None or library is None:
        return None
    resolution, _ = resolve(profile, library)
    annex, _ = compose_annex(resolution) if resolution else (None, [])
    return Known(annex=annex, library=library, profile=profile) if annex else None


# -- what the page asks -----------------------------------------------------------------------------------------------


def read_table(papers: Papers) -> Table:
    """The negotiating table of a round; raises CantRead when a paper can't be read."""
    case = opened(papers)
    return make_table(case.review, case.known.annex if case.known else None, case.library)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Words that somebody is typing, judged: in one line, whether they may stand, and every sentence."""

    line: str
    good: bool
    means: tuple[Meaning, ...] = ()


def judge_words(papers: Papers, number: int, text: str) -> Judged:
    """What our own words in place of a changed paragraph come to."""
    case = opened(papers)
    finding = case.review.findings[number - 1]
    said = tidy_text(" ".join(text.split()))
    if not said:
        return Judged(line="Write the words that you offer.", good=False)
    if said == finding.before:
        return Judged(line="These are our own words: the same as Hold.", good=True)
    if said == finding.after:
        return Judged(line="These are their words: the same as Accept.", good=False)
    if case.judging is None:
        return Judged(line="Not judged: nothing is known of the clauses of this file.", good=False)
    words = change_words(finding.before, said)
    now = replace(
        finding,
        kind="reworded" if finding.before else "new",
        after=said,
        words=words,
        values=changed_quantities(finding.before, said, words),
        judgement=None,
    )
    judged = case.judging.judged(now)
    return _line(judged, judged.judgement, case.library)


_STANDS = {
    "preferred": "our first choice",
    "better": "better than our first choice",
    "below walk-away": "below our limit",
}


def _line(finding: Finding, judgement: Judgement | None, library: Library) -> Judged:
    if judgement is None:
        return Judged(line="Not judged: read it yourself.", good=False)
    if judgement.verdict == "unknown":
        line = "Our ladder does not know these words: read them yourself."
        return Judged(line=line, good=False, means=tuple(judged_meanings(judgement)))
    value = next((v.after for v in finding.values if v.parameter and v.after), "")
    stands = _STANDS.get(judgement.verdict) or _on_ladder(judgement, library)
    count = len(judgement.breaks)
    breaks = f"breaks {count} rule{'s' * (count > 1)}" if count else "breaks nothing"
    line = f"{f'{value}: ' if value else ''}{stands}, {breaks}."
    return Judged(
        line=f"{line[:1].upper()}{line[1:]}", good=judgement.acceptable, means=tuple(judged_meanings(judgement))
    )


def _on_ladder(judgement: Judgement, library: Library) -> str:
    """The rung, or the two between which a value stands: "between Standard and Baseline"."""
    rungs = list(library.postures)
    place = rungs.index(judgement.rung)
    label = library.postures[judgement.rung].label
    if judgement.verdict == "between" and place:
        return f"between {library.postures[rungs[place - 1]].label} and {label}"
    return f"the {label} rung of our ladder"


def offer_words(papers: Papers, number: int) -> tuple[tuple[str, str], ...]:
    """What a counter may offer: (what it is, words), the one to begin with first."""
    case = opened(papers)
    return offers(case.review, number, case.known, case.judging)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The answer in Word with what was done about each row, and what reading it back says."""

    data: bytes
    done: tuple[tuple[int, str], ...]
    back: ReadBack


def write_answer(papers: Papers, answers: tuple[tuple[int, Answer], ...], author: str, moment: datetime) -> Written:
    """Our answer on top of their file, written and read back; what was not decided stays open in it."""
    case = opened(papers)
    decided = decide(case.review, "open", dict(answers))
    file = package_of(*papers.returned)  # an agreement, where the annex came back inside one
    package, points = respond(case.sent, file, case.review, decided, author=author, date=moment)
    data = write_package(package.parts)
    back = read_back(case.sent, case.returned, alone(read_package(data))[0], points, author=author)
    return Written(data=data, done=tuple((p.number, p.done) for p in points), back=back)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """How many of the clauses that were sent a file holds; `other` where it says that it was made for another annex."""

    clauses: int
    of: int
    other: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether it is the annex that was sent, changed; else it is another file, and nothing in it is a change."""
        return self.of > 0 and 3 * self.clauses >= self.of and not self.other


def recognise(sent: tuple[str, str], data: bytes) -> Recognised:
    """How many of the clauses that were sent a file holds, by their words in whatever order; raises CantRead."""
    try:
        returned, _ = alone(read_package(data))
    except PackageError as problem:
        raise CantRead(_sentence(str(problem))) from None
    ours, _ = alone(package_of(*sent))
    there = {s for p in read_docx(returned, view="all").paragraphs() for s in _stretches(p)}
    units = read_units(read_docx(ours))
    clauses: dict[str, set[str]] = {}
    for unit in units.units:
        part = units.parts[unit.section]
        if part.kind == "clause":
            clauses.setdefault(part.id, set()).update(_stretched(unit.text))
    held = sum(len(words & there) >= _HELD * len(words) for words in clauses.values() if words)
    made, here = _made_of(ours), _made_of(returned)
    return Recognised(clauses=held, of=len(clauses), other=bool(made and here and not made & here))


_HELD = 0.2  # share of its stretches of words by which a clause is known again
_STRETCH = 5  # words


def _stretches(paragraph: ReadParagraph) -> set[str]:
    return _stretched("".join(s.text for s in paragraph.segments))


def _stretched(text: str) -> set[str]:
    words = tidy_text(text).casefold().split()
    return {" ".join(words[n : n + _STRETCH]) for n in range(len(words) - _STRETCH + 1)}


def _made_of(package: Package) -> set[bytes]:
    """The fingerprint of the annex that a file was made of, where its properties still hold one."""
    return set(re.findall(rb"sha256:[0-9a-f]{64}", package.parts.get("docProps/core.xml", b"")))
