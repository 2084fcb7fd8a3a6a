"""Pairs of units → findings: what was reworded, moved, split, merged, deleted, new, renumbered or hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from ...compare.wording import change_words, token_changes
from ...model.findings.comparison import WordChange
from ...model.findings.review import ChangeKind, Finding, Source
from .match import Pair
from .quantities import changed_quantities
from .sentences import moved_sentences
from .tables import column_changes, column_findings, whole_tables
from .units import Unit, Units

EVERYWHERE = 3  # places from which one and the same change of a name is reported as one
_STRUCK = "struck through by formatting, not deleted"
ANY_WORD = 10  # the same for any other word: "shall" made "may" in three clauses is three changes


def find_changes(
    before: Units,
    after: Units,
    pairs: Sequence[Pair],
    source: Source,
    own: Sequence[str],
    sections: Sequence[str],
    *,
    parties: Sequence[str] = (),
    numbered: bool = True,
) -> list[Finding]:
    """The differences between two readings of a document. `own` and `sections` name the section of each unit of either.

    `numbered` is whether numbers count at all: where something came or went, those after it differ.
    """
    numbered = numbered and not restructured(before, after, pairs)
    counted = 10 * sum(bool(u.typed and not u.number) for u in after.units) < sum(bool(u.number) for u in after.units)
    columns = column_changes(before, after, pairs)
    untold = set(columns)
    found: list[Finding] = []
    for pair in pairs:
        old = [before.units[i] for i in pair.a]
        new = [after.units[j] for j in pair.b]
        section = own[pair.a[0]] if pair.a else sections[pair.b[0]]
        table = (old[0].table, new[0].table) if old and new else (0, 0)
        if table in untold:
            untold.remove(table)
            found += column_findings(columns[table], before, after, source, section)
        if table in columns:
            old[0], new[0] = columns[table].facing(old[0], new[0])
        told = _pair(old, new, pair, source, section, _Numbers(numbered, counted), parties)
        found += (replace(f, faces=((pair.a, pair.b),)) for f in told)
    found = whole_tables(_whole_sections(found, pairs, own, sections), before, after)
    return moved_sentences(list(_gathered(found)))


def restructured(before: Units, after: Units, pairs: Iterable[Pair]) -> bool:
    """Whether any numbered unit came, went, moved, was split or merged."""
    return any(_restructured(before, after, p) for p in pairs)


def _restructured(before: Units, after: Units, pair: Pair) -> bool:
    """Whether a numbered unit came, went, moved, was split or merged, so that numbers after it differ."""
    units = [*(before.units[i] for i in pair.a), *(after.units[j] for j in pair.b)]
    return (len(pair.a) != 1 or len(pair.b) != 1 or pair.moved) and any(u.number or u.typed for u in units)


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Which numbers are compared: all of them, or only those typed over in a file that counts the others."""

    compared: bool
    counted: bool

    def tell(self, old: Unit, new: Unit) -> bool:
        """Whether a number that differs was changed there, and did not follow from something else."""
        return self.compared or (self.counted and bool(old.number and new.typed and not new.number))


def _pair(
    old: list[Unit],
    new: list[Unit],
    pair: Pair,
    source: Source,
    section: str,
    numbers: _Numbers,
    parties: Sequence[str],
) -> Iterator[Finding]:
    if not old or not new:
        unit = (old or new)[0]
        if unit.text or unit.hidden.strip():
            yield _lone(unit, "deleted" if old else "new", source, section)
        return
    was, now = _texts(old, new)
    kind: ChangeKind = "moved" if pair.moved else "reworded"
    if len(new) != len(old):
        kind = "split" if len(new) > len(old) else "merged"
    elif old[0].kind == "heading" and not pair.moved:
        kind = "retitled"
    hidden, struck = _hidden(old, new), _struck(old, new)
    common: dict[str, Any] = {
        "source": source,
        "section": section,
        "number": old[0].number or old[0].typed,
        "what": _what(old[0]),
    }
    if was != now and not pair.moved and _cells_joined(old, new):
        kind = "merged" if len(old[0].cells) > len(new[0].cells) else "split"
        yield Finding(kind=kind, before=was, after=now, **{**common, "what": "cells of a row"})
        return
    if was != now:
        words = change_words(was, now)
        wrong = "; ".join(w for u in new for w in u.wrong)
        yield Finding(
            kind="field" if wrong and was == " ".join(u.mended for u in new) else kind,
            before=was,
            after=now,
            words=words,
            values=changed_quantities(was, now, words, parties),
            remark="; ".join(
                filter(None, (wrong, hidden and f"hidden: “{hidden}”", struck and f"{_STRUCK}: “{struck}”"))
            ),
            **common,
        )
        return
    if pair.moved or len(new) != len(old):
        texts = ("\n".join(u.text for u in side) for side in (old, new))
        number = new[0].number or new[0].typed
        where = f"it is now at {number}" if pair.moved and number else ""
        yield Finding(kind=kind, before=next(texts), after=next(texts), remark=where, **common)
    if hidden:
        yield Finding(kind="hidden", before="", after=hidden, remark="words that can't be seen", **common)
    if struck:
        yield Finding(kind="struck through", before=struck, after=struck, remark=_STRUCK, **common)
    again: tuple[tuple[ChangeKind, str, str], ...] = (
        ("hidden", _seen_again(old, new, "faint"), "words that could not be seen before"),
        ("struck through", _seen_again(old, new, "struck"), "no longer struck through"),
    )
    for seen, words_again, remark in again:
        if words_again:
            yield Finding(kind=seen, before=words_again, after=words_again, remark=remark, **common)
    elsewhere = _pointing_elsewhere(old, new)
    if elsewhere:
        yield Finding(kind="field", before=was, after=now, remark=elsewhere, **common)
    if len(old) == len(new) == 1 and numbers.tell(old[0], new[0]) and _renumbered(old[0], new[0]):
        was, now = (u.number or u.typed or ", ".join(filter(None, u.numbers)) for u in (old[0], new[0]))
        yield Finding(kind="renumbered", before=was, after=now, **common)


def _texts(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[str, str]:
    """The texts of both sides; a typed number counts only where the other side had none to count."""
    was, now = " ".join(u.text for u in old), " ".join(u.text for u in new)
    if len(old) == len(new) == 1 and was != now:
        for one, other in ((old[0], new[0]), (new[0], old[0])):
            if one.typed and not other.typed and one.whole == other.text:
                return other.text, other.text
    if len(old) == len(new) == 1 and was == now:
        one, other = old[0], new[0]
        if other.typed and not one.number and not one.typed:
            now = other.whole
        elif one.typed and not other.number and not other.typed:
            was = one.whole
    return was, now


def _cells_joined(old: Sequence[Unit], new: Sequence[Unit]) -> bool:
    """Whether two rows say the same in another number of cells."""
    return len(old) == len(new) == 1 and len(old[0].cells) != len(new[0].cells) and _run_on(old[0]) == _run_on(new[0])


def _run_on(row: Unit) -> str:
    return " ".join(filter(None, row.cells))


def _lone(unit: Unit, kind: ChangeKind, source: Source, section: str) -> Finding:
    gone = kind == "deleted"
    remark = f"hidden: “{unit.hidden}”" if unit.hidden and not gone else ""
    return Finding(
        source=source,
        kind=kind if unit.text else "hidden",
        section=section,
        number=unit.number or unit.typed,
        what=_what(unit),
        before=unit.text if gone else "",
        after="" if gone else unit.text or unit.hidden,
        words=(
            WordChange(
                kind="delete" if gone else "insert", before=unit.text if gone else "", after="" if gone else unit.text
            ),
        ),
        remark=remark,
    )


def _what(unit: Unit) -> str:
    if unit.kind == "row":
        return "heading row of a table" if unit.header else "row of a table"
    definition = any(a.startswith("_cd_") for a in unit.anchors)
    return "definition" if definition else "heading" if unit.kind == "heading" else ""


def _hidden(old: Sequence[Unit], new: Sequence[Unit]) -> str:
    """Words that only the new side hides, by the attribute or by being too small or pale."""
    known = " ".join(f"{u.hidden} {u.faint}" for u in old)
    return "; ".join(x for u in new for x in (u.hidden, u.faint) if x.strip() and x not in known)


def _struck(old: Sequence[Unit], new: Sequence[Unit]) -> str:
    """Words that only the new side strikes through."""
    known = " ".join(u.struck for u in old)
    return "; ".join(u.struck for u in new if u.struck.strip() and u.struck not in known)


def _seen_again(old: Sequence[Unit], new: Sequence[Unit], how: Literal["faint", "struck"]) -> str:
    """Words that only the old side kept out of sight, or struck through."""
    now = " ".join(f"{u.hidden} {getattr(u, how)}" for u in new)
    return "; ".join(x for u in old if (x := getattr(u, how)).strip() and x not in now)


def _pointing_elsewhere(old: Sequence[Unit], new: Sequence[Unit]) -> str:
    before = [t for u in old for _, t in u.references]
    after = [t for u in new for _, t in u.references]
    if len(before) != len(after):
        return ""  # some were made plain text
    moved = [(shown, b) for (shown, a), b in zip((r for u in old for r in u.references), after) if a != b]
    return "; ".join(f"the reference {shown} points to something else now" for shown, _ in moved)


def _renumbered(old: Unit, new: Unit) -> bool:
    was, now = (old.number or old.typed).rstrip("."), (new.number or new.typed).rstrip(".")
    if was == now or not now:
        return old.numbers != new.numbers
    if not was:
        return bool(new.number)
    # A number that was typed is that of the paragraph alone: "(a)" for 4.2(a).
    return bool(old.number and new.number) or not (was.endswith(now) or now.endswith(was))


# ------------------------------------------------------------------------------------- whole sections


def _whole_sections(
    found: list[Finding], pairs: Sequence[Pair], own: Sequence[str], sections: Sequence[str]
) -> list[Finding]:
    """A clause that is gone, new or moved as a whole is reported once, not paragraph by paragraph."""
    out = found
    for kind, names in (("deleted", own), ("moved", own), ("new", sections)):
        for section in dict.fromkeys(names):
            members = [f for f in out if f.section == section and f.kind == kind]
            heading = next((f for f in members if f.what == "heading"), None)
            if heading is None:
                continue
            units = {i for i, name in enumerate(names) if name == section}
            touched = sum(1 for p in pairs if _is(kind, p) and not units.isdisjoint(p.b if kind == "new" else p.a))
            if touched < len(units) * (0.6 if kind == "moved" else 1):
                continue
            rest = [f for f in members if f is not heading]
            text = "\n".join(
                [
                    heading.before or heading.after,
                    *(f.before or f.after for f in rest if not (kind == "moved" and f.words)),
                ]
            )
            whole = replace(
                heading,
                what="clause" if section.partition(":")[0] not in ("front", "schedule") else "part",
                before=text if kind == "deleted" else heading.before,
                after=text if kind == "new" else heading.after,
                words=(),
                faces=tuple(x for f in members for x in f.faces),
            )
            kept = [replace(f, kind="reworded") for f in rest if kind == "moved" and f.words]
            place = out.index(heading)
            out = [f for f in out if f not in members]
            out[place:place] = [whole, *kept]  # at the end, where fewer are left
    return out


def _is(kind: str, pair: Pair) -> bool:
    return {"deleted": not pair.b, "new": not pair.a, "moved": pair.moved}[kind]


# ------------------------------------------------------------------------------------- one change in many places


def _gathered(found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, one and the same change of words made in many places told once."""
    found = list(found)
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in found:
        key = _key(finding)
        if key:
            groups.setdefault(key, []).append(finding)
    many = {key: ms for key, ms in groups.items() if len(ms) >= (EVERYWHERE if key[1][:1].isupper() else ANY_WORD)}
    for finding in found:
        members = many.get(_key(finding))
        if members is None:
            yield finding
        elif finding is members[0]:
            places = tuple(dict.fromkeys(f"{f.section} {f.number}".strip() for f in members))
            yield replace(finding, places=places, faces=tuple(x for f in members for x in f.faces))


def _key(finding: Finding) -> tuple[str, ...]:
    """What makes two findings one change: the words that it puts in place of which, wherever that is."""
    if finding.kind not in ("reworded", "retitled") or not finding.words or finding.remark:
        return ()
    changed = {
        (c.before.strip(), c.after.strip()) for c in token_changes(finding.before, finding.after) if c.kind != "equal"
    }
    changed = {_without_ending(before, after) for before, after in changed}
    if len(changed) != 1:
        return ()
    before, after = next(iter(changed))
    letters = any(c.isalpha() for c in before)
    return (finding.source, before, after) if before and after and letters else ()


def _without_ending(before: str, after: str) -> tuple[str, str]:
    """A changed word without the ending that both have: "Provider's" and "Supplier's" are Provider and Supplier."""
    for ending in ("'s", "s"):
        if before.endswith(ending) and after.endswith(ending) and len(before) > len(ending) + 2:
            return before[: -len(ending)], after[: -len(ending)]
    return before, after
