"""Annex × Annex → Comparison: which clause answers to which, and what changed in each, in a lawyer's terms.

Numbers are no part of a text here: a reference that points to the same paragraph under another number is no change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..model.annex import Annex, Block, Entry, Inline, Paragraph, Reference, Table, Value, plain_text
from ..model.comparison import (
    ClauseChange,
    ClauseKind,
    Comparison,
    CoverageChange,
    DefinitionChange,
    Direction,
    Exposure,
    ParagraphChange,
    ValueChange,
    WordChange,
)
from ..model.condition import comparable
from ..model.quantity import Money
from .align import Link, align, similarity
from .words import diff_words, longest_increasing

MOVED_WORDS = 5  # words that a stretch must have for its reappearance elsewhere to be a move
SAME_CLAUSE = 0.5  # share of common words from which two clauses without a common id or heading are one
MOVED_LIKENESS = 0.8

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " ", "\u202f": " "})
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph or table row in comparable form. `frame` is its text with each printed value replaced by its name."""

    number: str
    text: str
    frame: str
    values: tuple[tuple[str, str], ...]
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Section:
    """A clause, schedule or other part of one side."""

    id: str
    number: str
    title: str
    version: int
    lines: tuple[_Line, ...]


def compare_annexes(before: Annex, after: Annex, *, names: tuple[str, str] = ("before", "after"), exact: bool = False) -> Comparison:
    """What changed from one annex to the other. `exact` also counts whitespace, quotation marks and dashes as changes."""
    clean: Callable[[str], str] = (lambda text: text) if exact else tidy_text
    numbers_after = {r.target: r.text for r in _references(after)}
    old, new = _reader(clean, numbers_after), _reader(clean, {})
    values = _values(before.parameters, after.parameters)
    by_parameter = {v.parameter: v for v in values}
    return Comparison(
        before=names[0],
        after=names[1],
        clauses=_sections(_clauses(before, old), _clauses(after, new), by_parameter),
        schedules=_sections(_schedules(before, old), _schedules(after, new), by_parameter),
        front=_sections(_front(before, old), _front(after, new), by_parameter),
        definitions=_definitions(before, after, old, new),
        values=values,
        coverage=_coverage(before, after),
        exposure_before=exposure(before),
        exposure_after=exposure(after),
    )


def tidy_text(text: str) -> str:
    """A text with one kind of quotation mark, dash and space."""
    return _SPACES.sub(" ", text.translate(_QUOTES)).strip()


def exposure(annex: Annex) -> Exposure:
    """The most that the credits of an annex can come to in a month and in a year of twelve like months."""
    rules = annex.credit_rules
    if rules is None or rules.monthly_charges is None:
        return Exposure(month=None, year=None)
    charges = rules.monthly_charges.amount
    month, year = rules.at_risk_month.of(charges), rules.annual_cap.of(charges * 12)
    return Exposure(month=Money(month, rules.currency), year=Money(min(year, month * 12), rules.currency))


# ------------------------------------------------------------------------------------- reading one side


def _references(annex: Annex) -> Iterable[Reference]:
    for section in (*annex.clauses, *annex.schedules):
        yield Reference(section.anchor, "", section.number.rstrip("."))
    for paragraph in annex.paragraphs():
        if paragraph.anchor:
            yield Reference(paragraph.anchor, "", paragraph.full_number)


Reader = Callable[[str, tuple[Inline, ...]], _Line]


def _reader(clean: Callable[[str], str], numbers: Mapping[str, str]) -> Reader:
    """A function that puts inlines in comparable form, references under the number that `numbers` gives them."""

    def read(number: str, inlines: tuple[Inline, ...]) -> _Line:
        settled = tuple(
            replace(i, text=numbers.get(i.target, i.text)) if isinstance(i, Reference) else i for i in inlines
        )
        return _Line(
            number=number,
            text=clean(plain_text(settled)),
            frame=clean("".join(f"\x00{i.parameter}\x00" if isinstance(i, Value) else plain_text((i,)) for i in settled)),
            values=tuple((i.parameter, i.text) for i in inlines if isinstance(i, Value)),
            targets=tuple(i.target for i in inlines if isinstance(i, Reference)),
        )

    return read


def _lines(blocks: Iterable[Block], read: Reader) -> tuple[_Line, ...]:
    out: list[_Line] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            out.append(read(block.full_number, block.inlines))
        else:
            out += _rows(block, read)
    return tuple(out)


def _rows(table: Table, read: Reader) -> list[_Line]:
    from ..model.annex import Text

    lines = [read("", (Text(" | ".join(table.header)),))]
    for row in table.rows:
        inlines: list[Inline] = []
        for index, cell in enumerate(row):
            inlines += [*([Text(" | ")] if index else []), *cell.inlines]
        lines.append(read("", tuple(inlines)))
    return lines


def _clauses(annex: Annex, read: Reader) -> list[_Section]:
    return [_Section(c.id, c.number, c.title, c.version, _lines(c.blocks, read)) for c in annex.clauses]


def _schedules(annex: Annex, read: Reader) -> list[_Section]:
    return [_Section(f"schedule:{s.id}", s.number, s.title, 0, _lines(s.blocks, read)) for s in annex.schedules]


def _front(annex: Annex, read: Reader) -> list[_Section]:
    from ..model.annex import Text

    facts = (
        annex.title,
        f"Reference {annex.reference}",
        f"Version {annex.version}",
        f"Date {annex.date.isoformat()}",
        f"Agreement {annex.agreement}",
        *(" ".join(x for x in (who, p.name, p.registration, p.address) if x) for who, p in (("Client", annex.client), ("Provider", annex.provider))),
    )
    title = tuple(read("", (Text(fact),)) for fact in facts)
    return [
        _Section("front:title", "", "Title page", 0, title),
        _Section("front:how-to-read", "", annex.headings.get("how-to-read", "How to read"), 0, _lines(annex.preliminaries, read)),
        _Section("front:key-terms", "", annex.headings.get("key-terms", "Key terms"), 0, _lines((annex.key_terms,), read)),
    ]


# ------------------------------------------------------------------------------------- sections


def _sections(before: list[_Section], after: list[_Section], values: Mapping[str, ValueChange]) -> tuple[ClauseChange, ...]:
    """The parts of both sides in the order of the new one, those that are gone where they stood."""
    pairs = match_sections([(s.id, s.title, _whole(s)) for s in before], [(s.id, s.title, _whole(s)) for s in after])
    partner = {j: i for i, j in pairs}
    steady = set(longest_increasing(sorted(pairs)))
    changes: list[ClauseChange] = []
    gone = [i for i in range(len(before)) if i not in {i for i, _ in pairs}]
    for j, section in enumerate(after):
        i = partner.get(j)
        while gone and i is not None and gone[0] < i:
            changes.append(_one_sided(before[gone.pop(0)], "removed"))
        if i is None:
            changes.append(_one_sided(section, "added"))
        else:
            changes.append(_paired(before[i], section, (i, j) not in steady, values))
    changes += [_one_sided(before[i], "removed") for i in gone]
    return tuple(changes)


def _whole(section: _Section) -> str:
    return " ".join(line.text for line in section.lines)


def match_sections(before: Sequence[tuple[str, str, str]], after: Sequence[tuple[str, str, str]]) -> list[tuple[int, int]]:
    """Pairs of indices of the parts that answer to each other, each part given as id, heading and whole text.

    By id, else by heading, else by likeness of the text.
    """
    pairs: list[tuple[int, int]] = []
    left, right = set(range(len(before))), set(range(len(after)))
    for key in (lambda s: s[0], lambda s: tidy_text(s[1]).casefold()):
        index = {key(after[j]): j for j in sorted(right, reverse=True) if key(after[j])}
        for i in sorted(left):
            j = index.pop(key(before[i]), None)
            if j is not None:
                pairs.append((i, j))
        left -= {i for i, _ in pairs}
        right -= {j for _, j in pairs}
    scored = sorted(((similarity(before[i][2], after[j][2]), i, j) for i in left for j in right), key=lambda s: (-s[0], s[1], s[2]))
    for likeness, i, j in scored:
        if likeness >= SAME_CLAUSE and i in left and j in right:
            pairs.append((i, j))
            left.discard(i)
            right.discard(j)
    return sorted(pairs)


def _one_sided(section: _Section, kind: ClauseKind) -> ClauseChange:
    added = kind == "added"
    side = "after" if added else "before"
    paragraphs = tuple(
        ParagraphChange(
            kind="added" if added else "removed",
            words=(WordChange(kind="insert" if added else "delete", before="" if added else line.text, after=line.text if added else ""),),
            **{side: line.text, f"{side}_number": line.number},
        )
        for line in section.lines
    )
    return ClauseChange(
        id=section.id,
        kind=kind,
        paragraphs=paragraphs,
        **{f"{side}_number": section.number, f"{side}_title": section.title, f"{side}_version": section.version},
    )


def _paired(before: _Section, after: _Section, moved: bool, values: Mapping[str, ValueChange]) -> ClauseChange:
    paragraphs = _paragraphs(before.lines, after.lines, values)
    kinds: list[ClauseKind] = []
    if any(p.kind != "unchanged" for p in paragraphs) or tidy_text(before.title) != tidy_text(after.title):
        kinds.append("reworded")
    if moved:
        kinds.append("moved")
    if before.number != after.number:
        kinds.append("renumbered")
    substantive = [k for k in kinds if k != "renumbered"]
    return ClauseChange(
        id=after.id,
        kind=substantive[0] if substantive else "renumbered" if kinds else "unchanged",
        also=tuple(k for k in kinds if k != (substantive or kinds or [""])[0]),
        before_number=before.number,
        after_number=after.number,
        before_title=before.title,
        after_title=after.title,
        before_version=before.version,
        after_version=after.version,
        paragraphs=paragraphs,
    )


# ------------------------------------------------------------------------------------- paragraphs


def _paragraphs(before: tuple[_Line, ...], after: tuple[_Line, ...], values: Mapping[str, ValueChange]) -> tuple[ParagraphChange, ...]:
    links = align([line.frame for line in before], [line.frame for line in after])
    changes = [_linked(before, after, link, values) for link in links]
    return _with_moves(changes)


def _linked(before: tuple[_Line, ...], after: tuple[_Line, ...], link: Link, values: Mapping[str, ValueChange]) -> ParagraphChange:
    old, new = before[link.a0 : link.a1], after[link.b0 : link.b1]
    text_before, text_after = " ".join(o.text for o in old), " ".join(n.text for n in new)
    numbers = {"before_number": old[0].number if old else "", "after_number": new[0].number if new else ""}
    if not old or not new:
        kind = "removed" if old else "added"
        words = (WordChange(kind="delete" if old else "insert", before=text_before, after=text_after),)
        return ParagraphChange(kind=kind, before=text_before, after=text_after, words=words, **numbers)
    targets = _moved_targets(old, new)
    if len(old) == len(new) == 1 and old[0].text == new[0].text and not targets:
        return ParagraphChange(kind="unchanged", before=text_before, after=text_after, **numbers)
    kind = "split" if len(new) > len(old) else "merged" if len(old) > len(new) else "reworded"
    names = {p for line in (*old, *new) for p, _ in line.values}
    return ParagraphChange(
        kind=kind,
        before=text_before,
        after=text_after,
        words=tuple(WordChange(kind=w.kind, before=w.before, after=w.after) for w in diff_words(text_before, text_after)),
        values=tuple(values[n] for n in sorted(names) if n in values),
        only_values=kind == "reworded" and old[0].frame == new[0].frame and not targets,
        references=targets,
        **numbers,
    )


def _moved_targets(old: tuple[_Line, ...], new: tuple[_Line, ...]) -> tuple[tuple[str, str], ...]:
    """References that point elsewhere now, where both sides hold as many of them."""
    before = [t for line in old for t in line.targets]
    after = [t for line in new for t in line.targets]
    return tuple((b, a) for b, a in zip(before, after) if b != a) if len(before) == len(after) else ()


def _with_moves(changes: list[ParagraphChange]) -> tuple[ParagraphChange, ...]:
    """The changes, with paragraphs and sentences that only changed their place told as moves."""
    removed = [i for i, c in enumerate(changes) if c.kind == "removed"]
    added = [i for i, c in enumerate(changes) if c.kind == "added"]
    for i in removed:
        for j in added:
            long_enough = len(changes[i].before.split()) >= MOVED_WORDS
            if changes[j].kind == "added" and long_enough and similarity(changes[i].before, changes[j].after) >= MOVED_LIKENESS:
                words = tuple(
                    WordChange(kind=w.kind, before=w.before, after=w.after) for w in diff_words(changes[i].before, changes[j].after)
                )
                changes[j] = replace(
                    changes[j], kind="moved", before=changes[i].before, before_number=changes[i].before_number, words=words
                )
                changes[i] = replace(changes[i], kind="moved", after="", after_number=changes[j].after_number)
                break
    return tuple(_moved_sentences(changes))


def _moved_sentences(changes: list[ParagraphChange]) -> list[ParagraphChange]:
    """Mark a stretch that was deleted here and inserted there as moved, on both sides."""
    gone = {tidy_text(w.before) for c in changes for w in c.words if w.kind in ("delete", "replace") and c.kind != "moved"}
    come = {tidy_text(w.after) for c in changes for w in c.words if w.kind in ("insert", "replace") and c.kind != "moved"}
    moved = {text for text in gone & come if len(text.split()) >= MOVED_WORDS}
    if not moved:
        return changes

    def marked(word: WordChange) -> WordChange:
        if word.kind == "delete" and tidy_text(word.before) in moved:
            return replace(word, kind="moved_from")
        if word.kind == "insert" and tidy_text(word.after) in moved:
            return replace(word, kind="moved_to")
        return word

    return [replace(c, words=tuple(map(marked, c.words))) for c in changes]


# ------------------------------------------------------------------------------------- the rest


def _values(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> tuple[ValueChange, ...]:
    changes = []
    for name in dict.fromkeys((*after, *before)):
        old, new = before.get(name), after.get(name)
        if old and new and old.text == new.text:
            continue
        entry = new or old
        assert entry is not None
        changes.append(
            ValueChange(
                parameter=name,
                label=entry.label,
                clause=entry.clause,
                before=old.text if old else "",
                after=new.text if new else "",
                direction=_direction(old, new) if old and new else "different",
            )
        )
    return tuple(changes)


def _direction(old: Entry, new: Entry) -> Direction:
    stricter = new.stricter if new.stricter != "none" else old.stricter
    one, other = comparable(old.value), comparable(new.value)
    if stricter == "none" or type(one) is not type(other) or isinstance(one, (str, tuple)) or one == other:
        return "different"
    fell = other < one  # type: ignore[operator]
    return "stricter" if fell == (stricter == "lower") else "looser"


def _definitions(before: Annex, after: Annex, old: Reader, new: Reader) -> tuple[DefinitionChange, ...]:
    left = {d.term: old("", d.inlines).text for d in before.definitions}
    right = {d.term: new("", d.inlines).text for d in after.definitions}
    changes = []
    for term in sorted({*left, *right}, key=str.casefold):
        was, now = left.get(term), right.get(term)
        if was == now:
            continue
        kind = "added" if was is None else "removed" if now is None else "reworded"
        words = diff_words(was or "", now or "")
        changes.append(
            DefinitionChange(
                term=term,
                kind=kind,
                before=was or "",
                after=now or "",
                words=tuple(WordChange(kind=w.kind, before=w.before, after=w.after) for w in words),
            )
        )
    return tuple(changes)


def _coverage(before: Annex, after: Annex) -> tuple[CoverageChange, ...]:
    left = {(r.framework, r.ref): r for r in before.coverage if r.paragraphs}
    right = {(r.framework, r.ref): r for r in after.coverage if r.paragraphs}
    return tuple(
        CoverageChange(framework=framework, ref=ref, duty=row.duty, kind=kind)
        for kind, rows, others in (("lost", left, right), ("gained", right, left))
        for (framework, ref), row in rows.items()
        if (framework, ref) not in others
    )
