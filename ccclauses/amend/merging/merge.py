"""Signed × old × new → the consolidated annex: what only the library changed comes in, what the parties changed stays.

Clauses are taken whole, definitions term by term, schedules row by row. No clause or schedule gets another number: one
that the library dropped leaves its number unused, unless a new clause took it over and takes its place. Other new ones
come after the last.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from ...compare.contents import tidy_text
from ...compose.annex import block_inlines
from ...compose.numbers.anchors import clause_anchor, paragraph_anchor, schedule_anchor
from ...model.annex import (
    Annex,
    Block,
    ClauseBlock,
    DefinitionBlock,
    Paragraph,
    Reference,
    Schedule,
    Table,
)
from ...model.credits.credit import Sanction
from ...model.diagnostic import Diagnostic
from ...model.findings.amendment import NOT_USED
from ...model.library.library import Library
from ...model.obligation import Obligation
from ...model.profile import Profile
from ...review.judge.known import with_values
from ..composing import Composed, composed, fitted
from ..known import Known
from .dangling import all_targets, anchors_in, dangling_references, lost_references
from .items import Item, blocks_of, item_with_values, items
from .merged import Merged
from .numbers import renumbered, renumbered_duties
from .same import Clash, masked, merge, same_blocks, same_clause

T = TypeVar("T")
_ROUNDS = 8  # a clause that is held can make another one dangle; longer chains don't occur


def consolidate(
    known: Known, old: Library | None, new: Library, *, to: Profile | None = None
) -> tuple[Merged | None, list[Diagnostic]]:
    """The consolidated annex of a signed one whose old wording is known; None when the new library makes none.

    With `to` the deal changes and not the library. Then negotiated clauses are merged line by line too: a line that the
    parties worded stays, and what the new profile changes next to it comes in.
    """
    assert known.old is not None
    by_line = to is not None
    before = {c.id: c for c in known.old.clauses}
    signed = {c.id: c for c in known.signed.clauses}
    negotiated = frozenset(i for i, c in signed.items() if i not in before or not same_clause(c, before[i]))
    profile = to or known.profile
    fresh, problems = composed(fitted(profile, new), new)
    if fresh is None:
        return None, problems
    undecided = _undecided(known, new, fresh, negotiated)
    held: dict[str, str] = {}
    for _ in range(_ROUNDS):
        kept = frozenset((*undecided, *held)) if by_line else frozenset((*negotiated, *undecided, *held))
        taken, problems = _with_kept(known, profile, old, new, kept) if kept else (fresh, [])
        dangling = lost_references(problems, kept, new)
        if taken is None and not dangling:
            return None, problems
        if taken is not None:
            merge_ = _Merge(known, taken, kept, frozen=old is None, by_line=negotiated if by_line else None)
            merged = merge_.merged(fresh, negotiated, held, undecided)
            dangling = dangling_references(merged, signed)
            if not dangling:
                return merged, []
        held |= dangling
    return None, problems


def _with_kept(
    known: Known, profile: Profile, old: Library | None, new: Library, kept: frozenset[str]
) -> tuple[Composed | None, list[Diagnostic]]:
    """What the new library makes of the profile when the kept clauses are as they were, with the values they print."""
    if old is not None:
        clauses = dict(new.clauses) | {i: old.clauses[i] for i in sorted(kept) if i in old.clauses}
        new = replace(new, clauses=MappingProxyType(clauses))
    values = {e.name: e.value for e in known.signed.parameters.values() if e.clause in kept}
    return composed(fitted(with_values(profile, values), new), new)


def _undecided(known: Known, new: Library, fresh: Composed, negotiated: frozenset[str]) -> dict[str, str]:
    """Clauses whose words fit several postures of a made profile that the new library words differently."""
    if not known.made:
        return {}
    made = [
        composed(fitted(replace(known.profile, posture=p, postures={}), new), new)[0] if p in new.postures else None
        for p in new.postures
    ]
    by_posture = {p: {c.id: c for c in m.annex.clauses} for p, m in zip(new.postures, made) if m}
    out = {}
    for clause in known.signed.clauses:
        fits = known.postures.get(clause.id) or (() if known.postures else tuple(by_posture))
        words = [by_posture[p][clause.id] for p in fits if p in by_posture and clause.id in by_posture[p]]
        if clause.id not in negotiated and any(not same_clause(words[0], w) for w in words[1:]):
            out[clause.id] = (
                f"its words fit several postures ({', '.join(fits)}), which the new library words differently"
            )
    return out


# ------------------------------------------------------------------------------------- merging


class _Merge:
    """One merge of a signed annex with the annex of the new library."""

    def __init__(
        self, known: Known, taken: Composed, kept: frozenset[str], frozen: bool, by_line: frozenset[str] | None = None
    ) -> None:
        assert known.old is not None
        self.lines = by_line is not None
        self.by_line = (by_line or frozenset()) - kept  # clauses that are merged line by line
        self.made = known.made
        self.signed, self.old, self.new = known.signed, known.old, taken.annex
        self.taken, self.kept = taken, kept
        # Without the old library, rows that speak of a kept clause are those of its new wording.
        self.foreign = {clause_anchor(i) for i in kept} if frozen else set()
        self.clashes: dict[str, tuple[Clash[Item], ...]] = {}
        self.contested: list[str] = []

    def merged(
        self, fresh: Composed, negotiated: frozenset[str], held: Mapping[str, str], undecided: Mapping[str, str]
    ) -> Merged:
        """The consolidated annex with numbers settled."""
        signed, new = self.signed, self.new
        annex = replace(
            signed,
            clauses=tuple(self._clauses()),
            preliminaries=self._blocks("how-to-read", self.old.preliminaries, signed.preliminaries, new.preliminaries),
            key_terms=self._key_terms(),
            key_values=self._blocks("key-values", self.old.key_values, signed.key_values, new.key_values),
            testimonium=self._blocks("testimonium", self.old.testimonium, signed.testimonium, new.testimonium),
            groups=signed.groups,
            parameters=MappingProxyType(
                {n: e for n, e in new.parameters.items() if e.clause not in self.kept}
                | {n: e for n, e in signed.parameters.items() if e.clause in self.kept or n not in self.old.parameters}
            ),
            sanctions=MappingProxyType(
                {n: p for n, p in new.sanctions.items() if p.clause not in self.kept}
                | {n: p for n, p in self._kept_sanctions() if p.clause in self.kept}
            ),
            credit_rules=new.credit_rules,
            coverage=new.coverage,
        )
        annex = renumbered(self._with_schedules(annex))
        if self.by_line:
            annex = self._as_signed(annex)
        own = {o.id for o in signed.obligations if o.clause in self.kept} | self._own_duties()
        ours = tuple(o for o in signed.obligations if o.id in own)
        theirs = tuple(o for o in new.obligations if o.clause not in self.kept and o.id not in own)
        duties = (*renumbered_duties(ours, signed, annex), *renumbered_duties(theirs, new, annex))
        order = {c.id: n for n, c in enumerate(annex.clauses)}
        annex = replace(
            annex, obligations=tuple(sorted((d for d in duties if d.clause in order), key=lambda d: order[d.clause]))
        )
        annex = replace(annex, fingerprint=_fingerprint(annex))
        return Merged(
            signed=signed,
            annex=annex,
            fresh=fresh,
            taken=self.taken,
            negotiated=negotiated,
            held=MappingProxyType(dict(held)),
            undecided=MappingProxyType(dict(undecided)),
            definitions=tuple(self.contested),
            clashes=MappingProxyType(self.clashes),
            by_line=self.lines,
        )

    def _own_duties(self) -> set[str]:
        """The duties of clauses merged line by line that the parties agreed and the new profile leaves as they are."""
        was, now = ({o.id: o for o in a.obligations} for a in (self.old, self.new))
        return {
            o.id
            for o in self.signed.obligations
            if o.clause in self.by_line and _same_duty(was.get(o.id), now.get(o.id))
        }

    def _as_signed(self, annex: Annex) -> Annex:
        """The annex with the agreed values and credits of clauses merged line by line that the new profile leaves."""

        def agreed(own: Mapping[str, T], was: Mapping[str, T], now: Mapping[str, T]) -> Mapping[str, T]:
            ours = {n: x for n, x in own.items() if x != was.get(n) and was.get(n) == now.get(n)}
            return MappingProxyType({**now, **ours})

        signed, old = self.signed, self.old
        return replace(
            annex,
            parameters=agreed(signed.parameters, old.parameters, annex.parameters),
            sanctions=agreed(signed.sanctions, old.sanctions, annex.sanctions),
        )

    def _kept_sanctions(self) -> Iterator[tuple[str, Sanction]]:
        """The sanctions of kept clauses: the old library's with the signed values, where their paragraph stands."""
        there = {b.anchor for c in self.signed.clauses for b in c.blocks if isinstance(b, Paragraph)}
        source = self.signed.sanctions if self.foreign else self.new.sanctions
        yield from ((n, p) for n, p in source.items() if paragraph_anchor(p.clause, p.paragraph) in there)

    def _clauses(self) -> Iterator[ClauseBlock]:
        before = {c.id: c for c in self.old.clauses}
        after = {c.id: c for c in self.new.clauses}
        successors = self._successors(before, after)
        for number, clause in enumerate(self.signed.clauses, 1):
            if clause.id in self.kept or clause.id not in before:
                yield clause
            elif clause.id in self.by_line and clause.id in after:
                was, now = before[clause.id], after[clause.id]
                title = now.title if clause.title == was.title else clause.title
                blocks = self._blocks(clause.id, was.blocks, clause.blocks, now.blocks)
                yield replace(clause, title=title, blocks=blocks)
            elif clause.id in self.by_line:
                if clause.id not in successors:
                    self.clashes[clause.id] = (Clash(tuple(items(clause.blocks)), ()),)
                yield clause
            elif clause.id in successors:
                yield replace(after[successors[clause.id]], group=clause.group)
            elif clause.id not in after:
                yield replace(
                    clause,
                    id=f"not-used-{number}",
                    title=NOT_USED,
                    anchor=clause_anchor(f"not-used-{number}"),
                    blocks=(),
                )
            elif same_clause(before[clause.id], after[clause.id]):
                yield clause
            else:
                yield replace(after[clause.id], group=clause.group)
        group = self.signed.clauses[-1].group
        placed = set(successors.values())
        for clause in self._inserted(before):
            if clause.id not in placed:
                yield replace(clause, group=group)

    def _inserted(self, before: Container[str]) -> Iterator[ClauseBlock]:
        signed = {c.id for c in self.signed.clauses}
        for clause in self.new.clauses:
            if clause.id not in signed and clause.id not in before and not self.waits(clause.id):
                yield clause

    def _successors(self, before: Container[str], after: Container[str]) -> dict[str, str]:
        """For clauses that are gone the new one that takes their place: of all that it took over, the first that is free."""
        gone = {c.id for c in self.signed.clauses if c.id in before and c.id not in after} - self.kept
        found: dict[str, str] = {}
        for clause in self._inserted(before):
            was = self.taken.resolution.library.clauses[clause.id].formerly
            if place := next((i for i in was if i in gone and i not in found), ""):
                found[place] = clause.id
        return found

    def waits(self, clause: str) -> bool:
        """Whether a clause that is new rests on facts which nobody knows."""
        asks = self.taken.resolution.library.clauses[clause].applies_when
        return clause in self.kept or (self.made and any(t.name in self.taken.resolution.facts for t in asks.tests()))

    def _definitions(
        self, clauses: tuple[ClauseBlock, ...], schedules: tuple[Schedule, ...]
    ) -> Iterator[DefinitionBlock]:
        self.contested.clear()
        before = {d.term: d for d in self.old.definitions}
        after = {d.term: d for d in self.new.definitions}
        found: list[DefinitionBlock] = []
        gone: list[DefinitionBlock] = []
        for own in self.signed.definitions:
            was, now = before.get(own.term), after.get(own.term)
            if was is None:
                found.append(own)
            elif masked(own.inlines) != masked(was.inlines):
                found.append(own)
                if now is not None and masked(now.inlines) not in (masked(was.inlines), masked(own.inlines)):
                    self.contested.append(own.term)
            elif now is None:
                gone.append(own)
            else:
                found.append(own if masked(now.inlines) == masked(was.inlines) else now)
        known = {d.term for d in self.signed.definitions} | set(before)
        found += [d for term, d in after.items() if term not in known]
        # A word that is still used keeps its meaning.
        owners: tuple[ClauseBlock | Schedule, ...] = (*clauses, *schedules)
        texts = [b for o in owners for b in o.blocks]
        words = tidy_text(" ".join(masked(tuple(block_inlines(b))) for b in texts))
        while gone:
            words += " ".join(masked(d.inlines) for d in found)
            used = [d for d in gone if re.search(rf"(?<!\w){re.escape(tidy_text(d.term))}", words)]
            if not used:
                break
            found += used
            gone = [d for d in gone if d not in used]
        yield from sorted(found, key=lambda d: (d.term.casefold(), d.term))

    # -- schedules, key terms, how to read ---------------------------------------------------------------------

    def _with_schedules(self, annex: Annex) -> Annex:
        """The annex with its schedules and definitions: a schedule that is gone stays if a text refers to it."""
        named: set[str] = set()
        while True:
            schedules = tuple(self._schedules(named))
            definitions = tuple(self._definitions(annex.clauses, schedules))
            found = replace(annex, schedules=schedules, definitions=definitions)
            targets = all_targets(found)
            there = {s.id for s in schedules}
            more = {s.id for s in self.signed.schedules if s.id not in there and targets & set(anchors_in(s))}
            if not more:
                return found
            named |= more

    def _schedules(self, named: Container[str]) -> Iterator[Schedule]:
        before = {s.id: s for s in self.old.schedules}
        after = {s.id: s for s in self.new.schedules}
        for number, own in enumerate(self.signed.schedules, 1):
            was, now = before.get(own.id), after.get(own.id)
            if was is not None and now is not None:
                title = now.title if own.title == was.title else own.title
                yield replace(own, title=title, blocks=self._blocks(own.id, was.blocks, own.blocks, now.blocks))
            elif was is None or self.made or own.id in named:
                yield own
            elif not same_blocks(own.blocks, was.blocks):
                self.clashes[own.id] = (Clash(tuple(items(own.blocks)), ()),)
                yield own
            else:
                id_ = f"not-used-{number}"
                yield replace(own, id=id_, title=NOT_USED, anchor=schedule_anchor(id_), blocks=(), landscape=False)
        yield from (
            s for s in self.new.schedules if s.id not in before and s.id not in {o.id for o in self.signed.schedules}
        )

    def _key_terms(self) -> Table:
        blocks = self._blocks("key-terms", (self.old.key_terms,), (self.signed.key_terms,), (self.new.key_terms,))
        return next((b for b in blocks if isinstance(b, Table)), self.signed.key_terms)

    def _blocks(self, part: str, old: Sequence[Block], own: Sequence[Block], new: Sequence[Block]) -> tuple[Block, ...]:
        was, ours, theirs = (items(blocks) for blocks in (old, own, new))
        keys = ([i.key for i in was], [i.key for i in ours], [i.key for i in theirs])
        frozen = [self._foreign(i) for i in theirs]
        found, clashes = merge(was, ours, theirs, keys, frozen, item_with_values)
        if clashes:
            self.clashes[part] = tuple(clashes)
        return blocks_of(found)

    def _foreign(self, item: Item) -> bool:
        return any(isinstance(i, Reference) and i.target.partition("__")[0] in self.foreign for i in item.inlines)


def _same_duty(was: Obligation | None, now: Obligation | None) -> bool:
    """Whether two annexes of one deal state the same duty, whatever numbers its paragraphs have."""
    unnumbered = [replace(o, number="", check="", consequence="") if o else None for o in (was, now)]
    return unnumbered[0] == unnumbered[1]


# ------------------------------------------------------------------------------------- references


def _fingerprint(annex: Annex) -> str:
    words = [
        f"{annex.fingerprint}\n",
        *(p.text for p in annex.paragraphs()),
        *(masked(d.inlines) for d in annex.definitions),
    ]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()
