"""A recovered annex × the library's wordings of its deal → what its clauses say, and where they say something else.

Words are compared at every rung with the file's own values put in. Where a clause is reworded, a value is what now stands
in the place of the old one; where nothing can be read there, the value is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..compare.align import align, similarity
from ..compare.contents import printed, tidy_text
from ..compare.words import Op, diff_tokens, tokenize
from ..model.annex import Annex, ClauseBlock, Inline, Reference, Value, plain_text
from ..model.library.clause import Parameter
from ..model.library.clause import Value as ParameterValue
from ..model.library.library import Library
from ..model.obligation import Obligation
from .stated import Wordings
from .units import Unit, pattern_of, same_units, tidy_inside, units_of
from .values import parse_value

CHANGED, NOT_KNOWN, FOREIGN = "changed", "not known", "foreign"
AT_HAND = (
    0.5  # share of the clauses that must be worded as the library words them, for it to be the one they were made from
)
SAME_PLACE = 0.3  # share of common words below which an anchor is at another text
_LIKE = 0.4  # the same for texts without an anchor
_FORMED = ("duration", "money", "percentage", "date", "integer", "decimal")  # values that any text can be searched for
_WORDS_OF_VALUE = 6  # words and signs at most, when a value is looked for in reworded text


@dataclass(frozen=True, slots=True)
class Reading:
    """What a paragraph says of a parameter; `value` is None where words stand that are no value."""

    place: str
    text: str
    value: ParameterValue | None


@dataclass(slots=True)
class Standing:
    """How the clauses of an annex stand to the library. `at_hand` says whether it is the library they were made from.

    `clauses` has the state of each clause that is not worded as the library words it; `readings` what the clauses and
    definitions say of each parameter, those of its own clause first; `unsaid` are parameters whose every paragraph is gone.
    """

    at_hand: bool = False
    clauses: dict[str, str] = field(default_factory=dict)
    readings: dict[str, list[Reading]] = field(default_factory=dict)
    unsaid: set[str] = field(default_factory=set)
    duties: dict[str, tuple[Obligation, ...]] = field(default_factory=dict)  # of the nearest wording, where at hand
    gone: set[str] = field(default_factory=set)  # anchors of paragraphs that are missing
    reworded: list[str] = field(default_factory=list)  # places
    missing: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)


def standing_of(annex: Annex, wordings: Wordings, library: Library) -> Standing:
    """How an annex stands to the wordings of its deal that are nearest to it."""
    known = [c.id for c in annex.clauses if c.id in library.clauses]
    out = Standing(at_hand=bool(known) and len(wordings.fitting) >= AT_HAND * len(known))
    if out.at_hand:
        out.duties = wordings.duties
    if wordings.made:
        _Reader(annex, library, wordings, out).read()
    return out


class _Reader:
    """The working memory of one comparison."""

    def __init__(self, annex: Annex, library: Library, wordings: Wordings, out: Standing) -> None:
        self.annex, self.library, self.wordings, self.out = annex, library, wordings, out
        self.said: dict[str, set[str]] = {}  # parameter → the clauses that should print it

    def read(self) -> None:
        """Fill the standing."""
        out = self.out
        own: dict[str, list[Reading]] = {}
        for clause in self.annex.clauses:
            for name, reading in self._clause(clause):
                owner = self.library.owner(name)
                (own if owner and owner.id == clause.id else out.readings).setdefault(name, []).append(reading)
        for name, reading in self._definitions():
            out.readings.setdefault(name, []).append(reading)
        for name, found in own.items():
            out.readings[name] = found + out.readings.get(name, [])
        if out.at_hand:
            self._missing_clauses()
            out.unsaid |= set(self.said) - set(out.readings)

    # -- clauses -----------------------------------------------------------------------------------------------

    def _clause(self, clause: ClauseBlock) -> Iterator[tuple[str, Reading]]:
        out = self.out
        if clause.id not in self.library.clauses:
            out.clauses[clause.id] = FOREIGN
            if out.at_hand:
                out.added.append(f"{clause.number} {clause.title}".strip())
            return
        mine, facing = units_of(clause.blocks), self.wordings.nearest.get(clause.id)
        if facing and clause.id in self.wordings.fitting:
            for one, other in zip(units_of(facing.blocks), mine):
                yield from self._values(one, other, clause)
            return
        out.clauses[clause.id] = CHANGED if out.at_hand else NOT_KNOWN
        if not facing:
            return
        theirs = units_of(facing.blocks)
        pairs = _paired(theirs, mine)
        faced = {j for _, j in pairs}
        only_values = len(pairs) == len(theirs) == len(mine)
        for i, j in pairs:
            values = list(self._values(theirs[i], mine[j], clause))
            yield from values
            if not theirs[i].says(mine[j]) and not _frame_same(theirs[i], mine[j], values):
                only_values = False
                if out.at_hand:
                    out.reworded.append(_place(mine[j], clause))
        if only_values and out.at_hand:
            del out.clauses[clause.id]
        if out.at_hand:
            matched = {i for i, _ in pairs}
            lost = [u for i, u in enumerate(theirs) if i not in matched]
            out.gone |= {u.anchor for u in lost if u.anchor}
            out.missing += [f"{_place(u, facing)} “{_short(u)}”" for u in lost]
            out.added += [f"{_place(u, clause)} “{_short(u)}”" for j, u in enumerate(mine) if j not in faced]
            for unit in lost:
                self._expect(unit, clause.id)

    def _expect(self, unit: Unit, clause: str) -> None:
        for inline in unit.inlines:
            if isinstance(inline, Value) and inline.parameter:
                self.said.setdefault(inline.parameter, set()).add(clause)

    def _values(self, wording: Unit, unit: Unit, clause: ClauseBlock | None) -> Iterator[tuple[str, Reading]]:
        """The values of a wording with what a paragraph says in their places."""
        values = [i for i in wording.inlines if isinstance(i, Value) and i.parameter]
        if not values:
            return
        self._expect(wording, clause.id if clause else "")
        place = _place(unit, clause)
        if wording.says(unit):
            for value in values:
                yield value.parameter, Reading(place, value.text, self._worth(value))
            return
        match = pattern_of(wording.inlines).fullmatch(printed(unit.inlines))
        if match:
            slots = (i for i in wording.inlines if isinstance(i, (Value, Reference)))
            texts: list[str | None] = [t for i, t in zip(slots, match.groups()) if isinstance(i, Value)]
        elif self.out.at_hand:
            texts = _facing(wording.inlines, printed(unit.inlines))
        else:
            return
        for value, text in zip([i for i in wording.inlines if isinstance(i, Value)], texts):
            if not value.parameter or text is None:
                continue
            if text == tidy_text(value.text):
                yield value.parameter, Reading(place, text, self._worth(value))
                continue
            yield value.parameter, self._found(place, text, value.parameter, exact=bool(match))

    def _found(self, place: str, text: str, name: str, *, exact: bool) -> Reading:
        value = self._parsed(name, text)
        if value is None and not exact:
            tokens = tokenize(text)
            spans = (
                tokens[i:j]
                for i in range(len(tokens))
                for j in range(i + 1, min(i + 1 + _WORDS_OF_VALUE, len(tokens) + 1))
            )
            parameter = self.library.parameter(name)
            # Any words are a text or a list; only what has a form of its own can be found among others.
            formed = parameter is not None and parameter.type in _FORMED
            found = {
                t: v for t in ("".join(s).strip() for s in spans) if formed and (v := self._parsed(name, t)) is not None
            }
            longest = [t for t in found if not any(t != o and t in o for o in found)]
            if len(longest) == 1:
                return Reading(place, longest[0], found[longest[0]])
        return Reading(place, text, value)

    def _worth(self, value: Value) -> ParameterValue | None:
        """What a printed value is worth that a wording and a file have in common: the wording got it from the schedule.

        What has a form of its own is worth what it says: of a value that came apart, each place counts for itself.
        """
        entry, parameter = self.annex.parameters.get(value.parameter), self.library.parameter(value.parameter)
        if (
            parameter
            and parameter.type in _FORMED
            and (value_ := self._parsed(value.parameter, value.text)) is not None
        ):
            return value_
        if entry and parameter and (parameter.type in ("text", "choice") or not isinstance(entry.value, str)):
            return entry.value
        return self._parsed(value.parameter, value.text)

    def _parsed(self, name: str, text: str) -> ParameterValue | None:
        parameter: Parameter | None = self.library.parameter(name)
        return parse_value(text, parameter) if parameter else None

    def _missing_clauses(self) -> None:
        held = {c.id for c in self.annex.clauses}
        for clause in self.wordings.made[0].clauses:
            if clause.id not in held:
                self.out.missing.append(f"{clause.number} {clause.title}".strip())
                for unit in units_of(clause.blocks):
                    if unit.anchor:
                        self.out.gone.add(unit.anchor)
                    self._expect(unit, clause.id)

    # -- definitions and the front -----------------------------------------------------------------------------

    def _definitions(self) -> Iterator[tuple[str, Reading]]:
        out = self.out
        known: dict[str, list[Unit]] = {}
        for made in self.wordings.made:
            for definition in made.definitions:
                known.setdefault(definition.term, []).append(Unit(definition.anchor, "", definition.inlines))
        for definition in self.annex.definitions:
            place = f"the definition “{definition.term}”"
            unit = Unit(definition.anchor, place, definition.inlines)
            wordings = known.get(definition.term)
            if wordings is None:
                if out.at_hand:
                    out.added.append(place)
                continue
            wording = next((w for w in wordings if w.says(unit)), wordings[0])
            values = list(self._values(wording, unit, None))
            yield from values
            if out.at_hand and not wording.says(unit) and not _frame_same(wording, unit, values):
                out.reworded.append(place)
        if out.at_hand:
            held = {d.term for d in self.annex.definitions}
            always = set.intersection(*({d.term for d in m.definitions} for m in self.wordings.made))
            out.missing += [f"the definition “{t}”" for t in sorted(always - held)]
            front = units_of(self.annex.preliminaries)
            if front and not any(same_units(front, units_of(m.preliminaries)) for m in self.wordings.made):
                out.reworded.append("How to read this Annex")


def _place(unit: Unit, clause: ClauseBlock | None) -> str:
    return unit.number or (f"{clause.number} {clause.title}".strip() if clause else "")


def _short(unit: Unit) -> str:
    words = plain_text(unit.inlines).split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")


def _paired(one: list[Unit], other: list[Unit]) -> list[tuple[int, int]]:
    """Which paragraph answers to which: by anchors that are at like texts, the rest in order."""
    places = {u.anchor: j for j, u in enumerate(other) if u.anchor}
    pairs: list[tuple[int, int]] = []
    for i, unit in enumerate(one):
        j = places.get(unit.anchor) if unit.anchor else None
        if j is not None and (
            unit.says(other[j]) or similarity(*(printed(u.inlines) for u in (unit, other[j]))) >= SAME_PLACE
        ):
            pairs.append((i, j))
    left = [i for i in range(len(one)) if i not in {i for i, _ in pairs}]
    right = [j for j in range(len(other)) if j not in {j for _, j in pairs}]
    texts = [printed(one[i].inlines) for i in left], [printed(other[j].inlines) for j in right]
    for link in align(*texts, split=False, least=_LIKE) if left and right else ():
        if link.matched:
            pairs.append((left[link.a0], right[link.b0]))
    return sorted(pairs)


# -- values in their places ------------------------------------------------------------------------------------


def _frame_same(wording: Unit, unit: Unit, values: list[tuple[str, Reading]]) -> bool:
    """Whether nothing but values differs, each of which can be read."""
    return bool(pattern_of(wording.inlines).fullmatch(printed(unit.inlines))) and all(
        r.value is not None for _, r in values
    )


def _facing(inlines: tuple[Inline, ...], text: str) -> list[str | None]:
    """For each value of a wording what is in its place in a text; None where nothing does."""
    before: list[str] = []
    spans = []
    for inline in inlines:
        tokens = tokenize(tidy_inside(plain_text((inline,))))
        if isinstance(inline, Value):
            spans.append((len(before), len(before) + len(tokens)))
        before += tokens
    after = tokenize(text)
    ops = diff_tokens(before, after)
    out: list[str | None] = []
    for start, end in spans:
        kept = next((op for op in ops if op.kind == "equal" and op.a0 <= start and end <= op.a1), None)
        if kept:
            out.append("".join(before[start:end]).strip())
            continue
        low, high = _across(ops, start, first=True), _across(ops, end, first=False)
        out.append("".join(after[low:high]).strip() or None)
    return out


def _across(ops: list[Op], at: int, *, first: bool) -> int:
    """Where a boundary between words of the one side lies on the other: before what came in there, or behind it."""
    found = [
        op.b0 + (at - op.a0 if op.kind == "equal" else 0) for op in ops if op.a0 <= at <= op.a1 and op.kind == "equal"
    ]
    touched = [b for op in ops if op.a0 <= at <= op.a1 and op.kind != "equal" for b in (op.b0, op.b1)]
    return min(found + touched) if first else max(found + touched)
