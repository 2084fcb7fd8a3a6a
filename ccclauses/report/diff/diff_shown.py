"""Comparison → what of it a reader asked to see, with the words that every report of it uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from ...compose.numbers.anchors import clause_anchor
from ...model.findings.comparison import (
    ClauseChange,
    Comparison,
    CoverageChange,
    DefinitionChange,
    ParagraphChange,
    ValueChange,
)
from ...model.words.quantity import Money

Only = Literal["substantive", "values", "all"]
ONLY: tuple[str, ...] = get_args(Only)
KIND_WORDS = {
    "added": "added",
    "removed": "removed",
    "moved": "moved",
    "renumbered": "renumbered",
    "reworded": "reworded",
    "split": "split in two",
    "merged": "merged",
}
_COUNTED = ("added", "removed", "reworded", "moved", "renumbered")


@dataclass(frozen=True)
class ShownPart:
    """A part with those of its paragraphs that are shown."""

    part: ClauseChange
    paragraphs: tuple[ParagraphChange, ...]

    @property
    def name(self) -> str:
        """Its number and heading: "4 Incident notification"."""
        return f"{self.part.number} {self.part.title}".strip()

    @property
    def happened(self) -> str:
        """What happened to it: "reworded, moved, was 7"."""
        part = self.part
        told = [KIND_WORDS[k] for k in (part.kind, *part.also) if k in KIND_WORDS]
        if part.kind == "reworded" and part.before_title == part.after_title and self.only_values:
            told[0] = "values changed"
        if part.before_number != part.after_number and part.before_number and part.after_number:
            told = [t for t in told if t != "renumbered"] + [f"was {part.before_number}"]
        if part.before_title != part.after_title and part.before_title and part.after_title:
            told.append(f"headed “{part.before_title}” before")
        if part.before_version != part.after_version and part.before_version and part.after_version:
            told.append(f"version {part.before_version} → {part.after_version}")
        return ", ".join(told)

    @property
    def only_values(self) -> bool:
        """Whether nothing but printed values differs."""
        return bool(self.paragraphs) and all(p.only_values for p in self.paragraphs)


@dataclass(frozen=True)
class Shown:
    """The differences that a reader asked for.

    `substantive` leaves out what only has another number and rows that repeat a change told elsewhere; `values` keeps
    values alone; `all` keeps everything.
    """

    comparison: Comparison
    only: Only = "substantive"

    @cached_property
    def parts(self) -> tuple[ShownPart, ...]:
        """The parts with something to show."""
        shown = tuple(self._parts(repeated=self.only == "all"))
        # Rows that repeat a change are the change where nothing else tells of it.
        nothing_else = self.only == "substantive" and not (shown or self.values or self._rest)
        return tuple(self._parts(repeated=True)) if nothing_else else shown

    def _parts(self, *, repeated: bool) -> Iterator[ShownPart]:
        for part in self.comparison.parts:
            if part.kind == "unchanged" or (part.kind == "renumbered" and self.only != "all"):
                continue
            paragraphs = tuple(p for p in part.changed if repeated or not p.follows)
            if self.only == "values":
                paragraphs = tuple(p for p in paragraphs if p.values)
            if self.only == "substantive":
                paragraphs = tuple(p for p in paragraphs if p.kind != "renumbered")
            if paragraphs or (self.only != "values" and (not part.changed or _itself_changed(part))):
                yield ShownPart(part, paragraphs)

    @cached_property
    def repeated(self) -> tuple[tuple[str, int], ...]:
        """The parts that repeat changes told elsewhere, each with the number of rows left out."""
        if self.only != "substantive":
            return ()
        shown = {id(p) for part in self.parts for p in part.paragraphs}
        counts = (
            (ShownPart(p, ()).name, sum(c.follows and id(c) not in shown for c in p.changed))
            for p in self.comparison.parts
        )
        return tuple((name, n) for name, n in counts if n)

    @property
    def values(self) -> tuple[ValueChange, ...]:
        """The values that differ."""
        return self.comparison.values

    def values_by_part(self) -> Iterator[tuple[str, tuple[ValueChange, ...]]]:
        """The values that differ under the heading of the clause that prints each."""
        titles = {p.id: p.title for p in self.comparison.parts if p.id}
        groups: dict[str, list[ValueChange]] = {}
        for value in self.values:
            groups.setdefault(
                titles.get(value.clause) or titles.get(clause_anchor(value.clause), value.clause), []
            ).append(value)
        yield from ((title, tuple(values)) for title, values in groups.items())

    @property
    def definitions(self) -> tuple[DefinitionChange, ...]:
        """The definitions that differ."""
        return () if self.only == "values" else self.comparison.definitions

    @property
    def coverage(self) -> tuple[CoverageChange, ...]:
        """The coverage that was lost or gained."""
        return () if self.only == "values" else self.comparison.coverage

    @property
    def exposure(self) -> tuple[tuple[str, str, str], ...]:
        """What the credits may come to at most, where it differs: a label, the sum before, the sum after."""
        out = []
        for period in ("month", "year"):
            was, now = getattr(self.comparison.exposure_before, period), getattr(self.comparison.exposure_after, period)
            if was != now:
                out.append((f"Most that the credits of a {period} can come to", _money(was), _money(now)))
        return tuple(out)

    @property
    def _rest(self) -> bool:
        return bool(self.definitions or self.coverage or self.exposure)

    @property
    def different(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.parts or self.values or self._rest)

    @property
    def summary(self) -> str:
        """The differences counted in a sentence."""
        kinds = [{p.part.kind, *p.part.also} for p in self.parts]
        counts = {kind: sum(kind in k for k in kinds) for kind in _COUNTED}
        told = [
            f"{n} {KIND_WORDS[kind]}"
            for kind, n in counts.items()
            if n and (kind != "renumbered" or self.only == "all")
        ]
        for name, found in (("value", self.values), ("definition", self.definitions)):
            if found:
                told.append(f"{len(found)} {name}{'s' if len(found) > 1 else ''} changed")
        told += [f"{n} covered requirement{'s' if n > 1 else ''} {kind}" for kind, n in self._coverage_counts() if n]
        return ", ".join(told) or ("other differences" if self.different else "no differences")

    def _coverage_counts(self) -> Iterator[tuple[str, int]]:
        for kind in ("lost", "gained"):
            yield kind, sum(c.kind == kind for c in self.coverage)


def _itself_changed(part: ClauseChange) -> bool:
    """Whether more than paragraphs of the part differ: its place or its heading."""
    return "moved" in (part.kind, *part.also) or bool(
        part.before_title and part.after_title and part.before_title != part.after_title
    )


def _money(amount: Money | None) -> str:
    return amount.wording() if amount else "not stated"


def number_of(paragraph: ParagraphChange) -> str:
    """The number under which a paragraph is shown."""
    gone = paragraph.kind == "removed" or (paragraph.kind == "moved" and not paragraph.after)
    return paragraph.before_number if gone else paragraph.after_number or paragraph.before_number


def told_of(paragraph: ParagraphChange) -> str:
    """What happened to a paragraph, where its words don't show it: "moved from 4.2"."""
    if paragraph.kind == "moved":
        if paragraph.place == number_of(
            paragraph
        ):  # a wording's paragraphs are reported by their label, which moves along
            return "moved here" if paragraph.after else "moved away"
        return f"moved {'from' if paragraph.after else 'to'} {paragraph.place}"
    if paragraph.kind == "renumbered":
        return f"renumbered, was {paragraph.before_number or 'without a number'}"
    return KIND_WORDS[paragraph.kind] if paragraph.kind in ("split", "merged") else ""
