"""Signed × consolidated annex → the amendment that makes one of the other, itself in the form of an annex.

What it replaces is found by comparing what the two print, so that nothing that changes is left unsaid. Quoted numbers
and references are those of the annex. It holds words of the annex only: no reason, posture or note of the library.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from types import MappingProxyType

from ...model.annex import Annex, Block, Cell, ClauseBlock, Paragraph, Schedule, Table, Text, plain_text
from ...model.findings.amendment import AMENDMENT_ANCHOR, NOT_USED
from ...write.labels import written_date
from ..merging.numbers import VARIATION, anchors_of, number_of, renumbered
from ..merging.same import block_key, printed, row_key
from .row_changes import capital, row_changes, words_alone

REASON = "The security terms on which the Annex rests have changed since the parties signed it."
DEAL_REASON = "The parties agreed to change what the Annex says, as this Amendment states."
_HEADINGS = {"how-to-read": "Background", "key-terms": "This Amendment in short", "version": "Version of the Annex"}


@dataclass(frozen=True, slots=True)
class Terms:
    """What the reader of an amendment decides: its date, when it takes effect, and the reason that it gives."""

    day: date
    effective: date | None = None  # None: when the last party signs
    reason: str = ""
    deal: bool = False  # whether the parties change their deal, and not their library its words


def write_amendment(signed: Annex, annex: Annex, terms: Terms) -> Annex:
    """The amendment by which `signed` becomes `annex`."""
    speaker = _Speaker(signed, annex)
    parts = [
        ("Amendment of this Annex", list(_opening(signed, terms))),
        ("Clauses", list(speaker.clauses())),
        ("Definitions", list(speaker.definitions())),
        ("Key terms and schedules", list(speaker.rest())),
        ("What stays as it is", list(_closing(terms))),
    ]
    rows = [(what, "; ".join(names)) for what, names in speaker.changed().items() if names]
    return named_part(signed, terms, parts, opening_recitals(signed, terms), in_short(signed, terms, rows))


def named_part(
    signed: Annex,
    terms: Terms,
    parts: Iterable[tuple[str, Sequence[Block]]],
    recitals: Iterator[Paragraph],
    short: Table,
) -> Annex:
    """An amendment as a document in the form of an annex; `parts` are its titles with their blocks, empty ones left out."""
    clauses = tuple(
        ClauseBlock(
            id=f"part-{n}",
            version=0,
            topic="",
            group="",
            number="",
            title=title,
            anchor=f"{AMENDMENT_ANCHOR}{n}",
            blocks=tuple(blocks),
        )
        for n, (title, blocks) in enumerate(((t, b) for t, b in parts if b), 1)
    )
    return renumbered(
        replace(
            signed,
            title=f"Amendment of the {signed.title}",
            reference=f"Amendment of {signed.reference}" if signed.reference else "Amendment",
            date=terms.day,
            status="final",
            preliminaries=tuple(recitals),
            key_terms=short,
            key_values=(),
            testimonium=(_plain("The parties sign this Amendment below."),),
            groups=MappingProxyType({}),
            clauses=clauses,
            definitions=(),
            schedules=(),
            signatures=True,
            headings=MappingProxyType({**signed.headings, **_HEADINGS}),
            parameters=MappingProxyType({}),
            obligations=(),
            sanctions=MappingProxyType({}),
            credit_rules=None,
            coverage=(),
            fingerprint="",
        )
    )


def in_short(signed: Annex, terms: Terms, rows: Sequence[tuple[str, str]]) -> Table:
    """The amendment on a few lines: of which annex, when, and what the rows say."""
    first = [("Annex", annex_named(signed)), ("Takes effect", capital(_effect(signed, terms)))]
    return _table("This Amendment in short", [*first, *rows], ("Subject", "Content"), (28, 72))


def _effect(signed: Annex, terms: Terms) -> str:
    return effect_words(signed, terms) if terms.effective else f"on {effect_words(signed, terms)}"


def annex_named(annex: Annex) -> str:
    """The annex as an amendment cites it."""
    reference = f", {annex.reference}" if annex.reference else ""
    version = f", version {annex.version}" if annex.version else ""
    day = f", of {written_date(annex.date, annex.language)}" if annex.date > date.min else ""
    return f"{annex.title}{reference}{version}{day}"


def opening_recitals(signed: Annex, terms: Terms) -> Iterator[Paragraph]:
    """Which annex is amended, why, and what it says of its variation."""
    agreement = f", which belongs to the {signed.agreement}" if signed.agreement else ""
    yield _plain(
        f"{signed.client.name} and {signed.provider.name} agreed the {annex_named(signed)} (the “Annex”){agreement}."
    )
    yield _plain(terms.reason.strip() or (DEAL_REASON if terms.deal else REASON))
    if number := number_of(signed, VARIATION):
        noun = signed.numbering.clause[1].noun
        yield _plain(
            f"{capital(noun + number)} of the Annex states the form of its variation, which this amendment observes."
        )


def effect_words(signed: Annex, terms: Terms) -> str:
    """The day from which an amendment counts."""
    return (
        written_date(terms.effective, signed.language) if terms.effective else "the date on which the last party signs"
    )


def _opening(signed: Annex, terms: Terms) -> Iterator[Block]:
    yield numbered(
        f"With effect from {effect_words(signed, terms)}, the parties amend the Annex as this Amendment says."
    )
    yield numbered(
        "A word that the Annex defines has the same meaning in this Amendment. In a quoted text, a number or a "
        "reference is that of the Annex."
    )


def _closing(terms: Terms) -> Iterator[Block]:
    yield numbered(
        "Every other provision of the Annex continues unchanged. No other clause, paragraph or schedule changes its "
        "number."
    )
    yield numbered("Rights and duties that arose before this Amendment takes effect follow the Annex as it then was.")
    if terms.deal:
        yield from map(numbered, _OF_A_DEAL)
    yield numbered("This Amendment is part of the Annex and is governed by the same law.")


# What the calendar and the credit calculator rest on (obligations.date_obligations, penalties.read_events, penalties.calculate).
_OF_A_DEAL = (
    "A failure that begins before this Amendment takes effect follows the Annex as it then was until the failure ends, the "
    "sums that it carries included. So does a duty whose period an event began before that day.",
    "What recurs is next due as amended. A period that this Amendment adds and that the Annex counts from the start of the "
    "services or from its own date runs from the day on which this Amendment takes effect.",
    "Sums for earlier and later failures count together towards each cap. For later failures they are due as far as those "
    "for earlier ones leave room in the caps as amended.",
)


def _plain(text: str) -> Paragraph:
    return Paragraph(inlines=(Text(text),), role="recital")


def numbered(text: str, level: int = 2) -> Paragraph:
    """A paragraph of an amendment."""
    return Paragraph(level=level, inlines=(Text(text),))


def dropped(own: ClauseBlock | Schedule, now: ClauseBlock | Schedule) -> bool:
    """Whether a clause or schedule is gone and its number stays unused."""
    return now.title == NOT_USED and not now.blocks and own.title != NOT_USED


def printed_schedule(schedule: Schedule) -> tuple[str, list[object]]:
    """A schedule as its reader sees it."""
    return schedule.title, [block_key(b, printed) for b in schedule.blocks]


class _Speaker:
    """Says what changes from one annex to the other."""

    def __init__(self, signed: Annex, annex: Annex) -> None:
        self.signed, self.annex = signed, annex
        self.numbers = anchors_of(annex)
        self.noun = annex.numbering.clause[0].noun
        self.schedule_noun = annex.numbering.schedule[0].noun

    def clause(self, clause: ClauseBlock) -> str:
        """A clause as a sentence names it: "clause 33 (Breach handling)"."""
        number = self.numbers.get(clause.anchor, clause.number)
        return f"{self.noun}{number} ({clause.title})"

    def schedule(self, schedule: Schedule) -> str:
        """A schedule as a sentence names it."""
        return f"{self.schedule_noun}{self.numbers[schedule.anchor]} ({schedule.title})"

    # -- clauses -----------------------------------------------------------------------------------------------

    def clauses(self) -> Iterator[Block]:
        """A paragraph for each clause that changes, with the new words in a table."""
        signed, last = self.signed.clauses, self.signed.clauses[-1]
        for own, now in zip(signed, self.annex.clauses):
            if dropped(own, now):
                yield numbered(f"{capital(self._old(own))} is deleted. Its number stays unused.")
            elif own.title != now.title or _shape(own.blocks) != _shape(now.blocks):
                yield numbered(f"{capital(self._old(own))} is replaced by:")
                yield from self._whole(now)
            else:
                yield from self._changed(
                    f"{capital(self.clause(now))}: the paragraphs below replace those with the same numbers.",
                    own.blocks,
                    now.blocks,
                )
        for new in self.annex.clauses[len(signed) :]:
            yield numbered(f"After {self.clause(last)}, {self.noun}{self.numbers[new.anchor]} is inserted:")
            yield from self._whole(new)
            last = new

    def changed(self) -> dict[str, list[str]]:
        """What changes, named by kind."""
        found: dict[str, list[str]] = {
            "Clauses replaced": [],
            "Clauses deleted": [],
            "Clauses inserted": [],
            "Definitions": [],
            "Schedules": [],
        }
        for own, now in zip(self.signed.clauses, self.annex.clauses):
            if dropped(own, now):
                found["Clauses deleted"].append(f"{anchors_of(self.signed)[own.anchor]} ({own.title})")
            elif own.title != now.title or [block_key(b, printed) for b in own.blocks] != [
                block_key(b, printed) for b in now.blocks
            ]:
                found["Clauses replaced"].append(f"{self.numbers[now.anchor]} ({now.title})")
        found["Clauses inserted"] = [
            f"{self.numbers[c.anchor]} ({c.title})" for c in self.annex.clauses[len(self.signed.clauses) :]
        ]
        was, now_ = ({d.term: printed(d.inlines) for d in a.definitions} for a in (self.signed, self.annex))
        found["Definitions"] = [f"“{t}”" for t in sorted({*was, *now_}, key=str.casefold) if was.get(t) != now_.get(t)]
        for before, schedule in zip_longest(self.signed.schedules, self.annex.schedules):
            number = self.numbers[schedule.anchor]
            if before is not None and dropped(before, schedule):
                found["Schedules"].append(f"{number} ({before.title}), deleted")
            elif before is None or printed_schedule(before) != printed_schedule(schedule):
                found["Schedules"].append(f"{number} ({schedule.title})")
        return found

    def _old(self, clause: ClauseBlock) -> str:
        number = anchors_of(self.signed)[clause.anchor]
        return f"{self.noun}{number} ({clause.title})"

    def _whole(self, clause: ClauseBlock) -> Iterator[Block]:
        number = self.numbers[clause.anchor]
        yield from _quoted([(number, clause.title)], clause.blocks, f"Wording of {self.noun}{number}")

    def _changed(self, lead: str, own: Sequence[Block], now: Sequence[Block]) -> Iterator[Block]:
        pairs = [(a, b) for a, b in zip(own, now) if isinstance(a, Paragraph) and isinstance(b, Paragraph)]
        rows = [(b.full_number, b.text) for a, b in pairs if printed(a.inlines) != printed(b.inlines)]
        if rows:
            yield numbered(lead)
            yield _table("Replaced paragraphs", rows)

    # -- definitions -------------------------------------------------------------------------------------------

    def definitions(self) -> Iterator[Block]:
        """What is defined anew, added or taken out."""
        was = {d.term: printed(d.inlines) for d in self.signed.definitions}
        now = {d.term: d for d in self.annex.definitions}
        changed = [(d.term, plain_text(d.inlines)) for t, d in now.items() if t in was and was[t] != printed(d.inlines)]
        added = [(d.term, plain_text(d.inlines)) for t, d in now.items() if t not in was]
        if changed:
            yield numbered("The definitions below replace those of the same terms.")
            yield _table("Replaced definitions", changed, ("Term", "Meaning"))
        if added:
            yield numbered("The definitions below are added in the order of the alphabet.")
            yield _table("Added definitions", added, ("Term", "Meaning"))
        if gone := [t for t in was if t not in now]:
            listed = ", ".join(f"“{t}”" for t in gone)
            yield numbered(
                f"The definition{'s' if len(gone) > 1 else ''} of {listed} {'are' if len(gone) > 1 else 'is'} deleted."
            )

    # -- key terms, how to read, schedules ---------------------------------------------------------------------

    def rest(self) -> Iterator[Block]:
        """What changes outside the clauses and definitions."""
        one, other = self.signed, self.annex
        if [block_key(b, printed) for b in one.preliminaries] != [block_key(b, printed) for b in other.preliminaries]:
            title = other.headings.get("how-to-read", "How to read this Annex")
            yield numbered(f"The text under “{title}” is replaced by:")
            yield from _quoted([], other.preliminaries, title)
        title = other.headings.get("key-terms", "Key terms")
        yield from self._table(f"the table “{title}”", one.key_terms, other.key_terms)
        # What follows the deal in the key terms.
        yield from self._part(
            one.key_values, other.key_values, title, f"the text below the first table of “{title}”", f"“{title}”", 2
        )
        yield from self._part(
            one.testimonium, other.testimonium, "Signatures", "the text before the signatures", "it", 1
        )
        for own, schedule in zip(one.schedules, other.schedules):
            named = self.schedule(schedule)
            was = f"{self.schedule_noun}{anchors_of(one)[own.anchor]} ({own.title})"
            if dropped(own, schedule):
                yield numbered(f"{was} is deleted. Its number stays unused.")
            else:
                if own.title != schedule.title:
                    yield numbered(f"The heading of {was} is replaced by “{schedule.title}”.")
                yield from self._part(own.blocks, schedule.blocks, schedule.title, f"the text of {named}", named, 1)

        for schedule in other.schedules[len(one.schedules) :]:
            yield numbered(f"{self.schedule(schedule)} is added after the last schedule:")
            yield from _quoted([], schedule.blocks, schedule.title)

    def _part(
        self, own: Sequence[Block], now: Sequence[Block], title: str, whole: str, named: str, first: int
    ) -> Iterator[Block]:
        """What changes in the blocks of a part; its tables are counted from `first`."""
        if _shape(own, by_row=True) != _shape(now, by_row=True):
            yield numbered(f"{capital(whole)} is replaced by:")
            yield from _quoted([], now, title)
            return
        yield from self._changed(f"{named}: the paragraphs below replace those with the same numbers.", own, now)
        tables = [(a, b) for a, b in zip(own, now) if isinstance(a, Table) and isinstance(b, Table)]
        several = len(tables) + first > 2
        for place, (a, b) in enumerate(tables, first):
            yield from self._table(f"table {place} of {named}" if several else named, a, b)

    def _table(self, where: str, own: Table, now: Table) -> Iterator[Block]:
        """Rows by the words that tell them apart; the whole table where no words do."""
        if [row_key(r, printed) for r in own.rows] == [row_key(r, printed) for r in now.rows]:
            return
        changes = row_changes(own, now)
        if changes is None:
            yield numbered(f"In {where}, the table is replaced by:")
            yield replace(now, rows=tuple(map(words_alone, now.rows)))
            return
        columns = " and ".join(f"“{now.header[c]}”" for c in changes.columns)
        same = f"the column {columns}" if len(changes.columns) == 1 else f"the columns {columns}"
        for rows, said in (
            (changes.replaced, f"In {where}, the rows below replace those with the same words in {same}."),
            (changes.added, f"In {where}, the rows below are added."),
            (changes.deleted, f"In {where}, the rows below are deleted."),
        ):
            if rows:
                yield numbered(said)
                yield replace(now, title=said, rows=tuple(map(words_alone, rows)))


def _shape(blocks: Sequence[Block], *, by_row: bool = False) -> list[object]:
    """What must be equal for paragraphs to be replaced one by one: their numbers, the words of those that no number of
    their own names, and tables to the letter, unless those are replaced row by row."""
    numbers = Counter(b.full_number for b in blocks if isinstance(b, Paragraph))
    out: list[object] = []
    for block in blocks:
        if isinstance(block, Table):
            out.append("table" if by_row else block_key(block, printed))
        else:
            named = block.full_number and numbers[block.full_number] == 1
            out.append((block.level, block.full_number, "" if named else block.text))
    return out


def _quoted(rows: list[tuple[str, str]], blocks: Sequence[Block], title: str) -> Iterator[Table]:
    """Blocks of the annex as a table of numbers and words, broken by the tables that are between them."""
    for block in blocks:
        if isinstance(block, Paragraph):
            rows.append((block.full_number, block.text))
            continue
        if rows:
            yield _table(title, rows)
        rows = []
        yield replace(block, rows=tuple(map(words_alone, block.rows)))
    if rows:
        yield _table(title, rows)


def _table(
    title: str,
    rows: Sequence[tuple[str, str]],
    header: tuple[str, str] = ("Number", "Wording"),
    widths: tuple[int, int] = (18, 82),
) -> Table:
    cells = tuple(tuple(Cell(inlines=(Text(text),)) for text in row) for row in rows)
    return Table(title=title, header=header, rows=cells, widths=widths, align=("left", "left"))
