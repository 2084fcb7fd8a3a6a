"""The parts of two sides → their changes: which part answers to which, and what changed in the paragraphs of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from ..model.annex import Entry
from ..model.findings.comparison import (
    ClauseChange,
    ClauseKind,
    ParagraphChange,
    ParagraphKind,
    ValueChange,
    WordChange,
)
from .align import Link, align, similarity
from .contents import Part, Reader, Settled, tidy_text
from .recovered import quantities, recovered_values
from .wording import change_words
from .words import longest_increasing

SAME_CLAUSE = 0.5  # share of common words from which two clauses without a common id or heading are one
SAME_REFERENCE = 0.4  # share of common words from which it is worth telling that a reference points elsewhere


@dataclass(frozen=True, slots=True)
class Sides:
    """How both sides are read, and what is known of them both."""

    old: Reader
    new: Reader
    values: Mapping[str, ValueChange]
    entries: Mapping[str, Entry] | None  # of the side that knows its values; None when both do
    old_names: Mapping[str, str]
    new_names: Mapping[str, str]
    formerly: Mapping[str, tuple[str, ...]]  # part → the earlier parts that it took over

    @property
    def exact(self) -> bool:
        """Whether numbers count too."""
        return self.old.exact


@dataclass(frozen=True, slots=True)
class _Section:
    """A part whose lines are in comparable form."""

    part: Part
    lines: tuple[Settled, ...]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


def compare_parts(before: Sequence[Part], after: Sequence[Part], sides: Sides) -> tuple[ClauseChange, ...]:
    """The parts of both sides in the order of the new one, those that are gone where they stood."""
    left = [_Section(p, tuple(map(sides.old.line, p.lines))) for p in before]
    right = [_Section(p, tuple(map(sides.new.line, p.lines))) for p in after]
    left, right = _gathered(left, right, sides.formerly), _gathered(right, left, sides.formerly)
    pairs = match_parts(
        [(s.part.id, s.part.title, s.text) for s in left], [(s.part.id, s.part.title, s.text) for s in right]
    )
    partner = {j: i for i, j in pairs}
    steady = set(longest_increasing(sorted(pairs)))
    paired = {i for i, _ in pairs}
    gone = [i for i in range(len(left)) if i not in paired]
    changes: list[ClauseChange] = []
    for j, section in enumerate(right):
        i = partner.get(j)
        while gone and i is not None and (i, j) in steady and gone[0] < i:
            changes.append(_one_sided(left[gone.pop(0)], "removed", sides))
        if i is None:
            changes.append(_one_sided(section, "added", sides))
        else:
            changes.append(_paired(left[i], section, (i, j) not in steady, sides))
    changes += [_one_sided(left[i], "removed", sides) for i in gone]
    return tuple(changes)


def _gathered(
    sections: list[_Section], others: Sequence[_Section], formerly: Mapping[str, tuple[str, ...]]
) -> list[_Section]:
    """The parts of one side, where those that a part of the other side took over are one part, so that they face it.

    A part that was divided goes to the successor with which it has most words in common.
    """
    own, there = {s.part.id for s in sections}, {s.part.id for s in others}
    successors = [s for s in others if set(formerly.get(s.part.id, ())) & (own - there)]
    if not successors:
        return sections
    counted = {s.part.id: Counter(s.text.split()) for s in successors}
    taken: dict[str, str] = {}
    for section in sections:
        of = section.part.id
        if of not in there and (now := [s.part.id for s in successors if of in formerly[s.part.id]]):
            words = Counter(section.text.split())
            taken[of] = max(now, key=lambda i: _common_share(words, counted[i]))
    out: list[_Section] = []
    for section in sections:
        goes = taken.get(section.part.id, section.part.id)
        at = next((n for n, s in enumerate(out) if goes and s.part.id == goes), None)
        if at is None:
            out.append(replace(section, part=replace(section.part, id=goes)))
        else:
            out[at] = _joined(out[at], section)
    return out


def _joined(one: _Section, other: _Section) -> _Section:
    first, second = one.part, other.part
    part = replace(first, number=f"{first.number}; {second.number}", title=f"{first.title}; {second.title}", version=0)
    return _Section(part, one.lines + other.lines)


def match_parts(before: Sequence[tuple[str, str, str]], after: Sequence[tuple[str, str, str]]) -> list[tuple[int, int]]:
    """Pairs of indices of the parts that answer to each other, each part given as id, heading and whole text.

    By id, else by heading, else by likeness of the text.
    """
    pairs: list[tuple[int, int]] = []
    left, right = set(range(len(before))), set(range(len(after)))
    for key in (lambda s: s[0], lambda s: tidy_text(s[1]).casefold()):
        places: dict[str, list[int]] = {}
        for j in sorted(right):
            if key(after[j]):
                places.setdefault(key(after[j]), []).append(j)
        for i in sorted(left):
            if places.get(key(before[i])):
                pairs.append((i, places[key(before[i])].pop(0)))
        left -= {i for i, _ in pairs}
        right -= {j for _, j in pairs}
    words = {("a", i): Counter(before[i][2].split()) for i in left} | {
        ("b", j): Counter(after[j][2].split()) for j in right
    }
    scored = []
    for i in sorted(left):
        for j in sorted(right):
            # Cheaper than the order of words, and never less.
            if _common_share(words["a", i], words["b", j]) >= SAME_CLAUSE:
                scored.append((similarity(before[i][2], after[j][2]), i, j))
    for likeness, i, j in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if likeness >= SAME_CLAUSE and i in left and j in right:
            pairs.append((i, j))
            left.discard(i)
            right.discard(j)
    return sorted(pairs)


def _common_share(a: Counter[str], b: Counter[str]) -> float:
    total = sum(a.values()) + sum(b.values())
    # Signs that cling to words make this a little smaller than the share that `similarity` tells.
    return (2 * sum((a & b).values()) / total + 0.15) if total else 0.0


def _one_sided(section: _Section, kind: ClauseKind, sides: Sides) -> ClauseChange:
    side = "after" if kind == "added" else "before"
    part = section.part
    about: dict[str, Any] = {
        f"{side}_number": part.number, f"{side}_title": part.title, f"{side}_version": part.version
    }  # fmt: skip
    return ClauseChange(
        id=part.id,
        kind=kind,
        paragraphs=tuple(_lone(line, kind == "added", sides) for line in section.lines),
        **about,
    )


def _lone(line: Settled, added: bool, sides: Sides) -> ParagraphChange:
    """A paragraph that one side alone has. A generated row only follows when what it points to is new or gone too."""
    side = "after" if added else "before"
    shown: dict[str, Any] = {side: line.text, f"{side}_number": line.number}
    words = (
        WordChange(
            kind="insert" if added else "delete", before="" if added else line.text, after=line.text if added else ""
        ),
    )
    known = sides.old_names if added else sides.new_names
    follows = line.told or (line.core is not None and any(t not in known for t in line.targets))
    return ParagraphChange(
        kind="added" if added else "removed",
        words=words,
        follows=follows,
        **shown,
    )


def _paired(before: _Section, after: _Section, moved: bool, sides: Sides) -> ClauseChange:
    old, new = before.part, after.part
    paragraphs = tuple(_within(p, new.id or new.title) for p in _paragraphs(before.lines, after.lines, sides))
    kinds: list[ClauseKind] = []
    retitled = old.title != new.title if sides.exact else tidy_text(old.title) != tidy_text(new.title)
    if retitled or any(p.kind not in ("unchanged", "renumbered") for p in paragraphs):
        kinds.append("reworded")
    if moved:
        kinds.append("moved")
    if old.number != new.number or any(p.kind == "renumbered" for p in paragraphs):
        kinds.append("renumbered")
    return ClauseChange(
        id=new.id or old.id,
        kind=kinds[0] if kinds else "unchanged",
        also=tuple(kinds[1:]),
        before_number=old.number,
        after_number=new.number,
        before_title=old.title,
        after_title=new.title,
        before_version=old.version,
        after_version=new.version,
        paragraphs=paragraphs,
    )


def _within(paragraph: ParagraphChange, part: str) -> ParagraphChange:
    """The paragraph with its values reported for the part that it is in, where nothing else tells of whom they are."""
    if not any(not v.clause for v in paragraph.values):
        return paragraph
    return replace(paragraph, values=tuple(v if v.clause else replace(v, clause=part) for v in paragraph.values))


# ------------------------------------------------------------------------------------- paragraphs


def _paragraphs(before: tuple[Settled, ...], after: tuple[Settled, ...], sides: Sides) -> tuple[ParagraphChange, ...]:
    out: list[ParagraphChange] = []
    for group in dict.fromkeys(line.group for line in (*after, *before)):
        out += _group(
            [line for line in before if line.group == group], [line for line in after if line.group == group], sides
        )
    return tuple(out)


def _group(old: Sequence[Settled], new: Sequence[Settled], sides: Sides) -> list[ParagraphChange]:
    links = align(
        [line.frame for line in old], [line.frame for line in new], may_pair=lambda i, j: _may_face(old[i], new[j])
    )
    return [_linked(old, new, link, sides) for link in links]


def _may_face(old: Settled, new: Settled) -> bool:
    """Whether two lines may answer to each other; of generated rows, those of one value, duty or paragraph."""
    if old.core is None and new.core is None:
        return True
    same = (
        set(old.values) & set(new.values) or set(old.targets) & set(new.targets) or (old.core and old.core == new.core)
    )
    return old.core is not None and new.core is not None and (bool(same) or not (old.core or new.core))


def _linked(before: Sequence[Settled], after: Sequence[Settled], link: Link, sides: Sides) -> ParagraphChange:
    old, new = before[link.a0 : link.a1], after[link.b0 : link.b1]
    if not old or not new:
        return _lone((old or new)[0], not old, sides)
    text_before, text_after = " ".join(o.text for o in old), " ".join(n.text for n in new)
    numbers: dict[str, Any] = {"before_number": old[0].number, "after_number": new[0].number}
    elsewhere = _pointing_elsewhere(old, new, sides)
    if len(old) == len(new) == 1 and text_before == text_after and not elsewhere:
        kind: ParagraphKind = "renumbered" if sides.exact and old[0].number != new[0].number else "unchanged"
        return ParagraphChange(kind=kind, before=text_before, after=text_after, **numbers)
    kind = "split" if len(new) > len(old) else "merged" if len(old) > len(new) else "reworded"
    words = change_words(text_before, text_after)
    values, only_values = _values(old, new, words, sides)
    return ParagraphChange(
        kind=kind,
        before=text_before,
        after=text_after,
        words=words,
        values=values,
        only_values=kind == "reworded" and only_values and not elsewhere,
        references=elsewhere,
        follows=kind == "reworded" and old[0].core is not None and old[0].core == new[0].core,
        **numbers,
    )


def _values(
    old: Sequence[Settled], new: Sequence[Settled], words: Sequence[WordChange], sides: Sides
) -> tuple[tuple[ValueChange, ...], bool]:
    """The values that differ in a paragraph, and whether nothing else does."""
    if sides.entries is None:
        names = {p for line in (*old, *new) for p in line.values}
        found = tuple(sides.values[n] for n in sorted(names) if n in sides.values)
        return found, old[0].frame == new[0].frame
    if len(old) != 1 or len(new) != 1 or old[0].core is not None:
        return (), False
    if not sides.entries:
        return quantities(words, old[0].text, new[0].number or old[0].number or old[0].text[:40])
    return recovered_values(old[0].spans, new[0].spans, words, sides.entries)


def _pointing_elsewhere(old: Sequence[Settled], new: Sequence[Settled], sides: Sides) -> tuple[tuple[str, str], ...]:
    """References of a paragraph that point to something else now, said by number and heading."""
    before = [t for line in old for t in line.targets]
    after = [t for line in new for t in line.targets]
    if before == after or not before or not after:
        return ()
    if similarity(" ".join(o.frame for o in old), " ".join(n.frame for n in new)) < SAME_REFERENCE:
        return ()
    out: list[tuple[str, str]] = []
    for kind, i, i_end, j, j_end in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if kind == "replace" and i_end - i == j_end - j:
            out += [
                (sides.old_names.get(b, b), sides.new_names.get(a, a)) for b, a in zip(before[i:i_end], after[j:j_end])
            ]
    return tuple(out)
