"""What two documents are compared by: parts with their lines, definitions, values, coverage and money.

An annex, a clause library, a single clause and a Word file that came back all become `Contents`; see `annexes`,
`libraries` and `sides`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from ..model.annex import Entry, Inline, Reference, Value, plain_text
from ..model.findings.comparison import Exposure

NO_EXPOSURE = Exposure(month=None, year=None)

_PLAIN = {
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‚", "'"),
    **dict.fromkeys("–—‑", "-"),
    **dict.fromkeys("\u00a0\u202f\u2009", " "),
    **dict.fromkeys("\u00ad\u200b\ufeff", ""),  # soft hyphens and zero-width signs
}
_NOT_PLAIN = re.compile(f"[{''.join(_PLAIN)}]")
_MARKS = re.compile("[\x01\x03]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph or a table row of one side, with its number.

    `core` is for rows that the annex generates from its clauses: those of its words that are said nowhere else. `told`
    is for such rows when their coming or going is reported elsewhere too.
    """

    number: str = ""
    inlines: tuple[Inline, ...]
    group: str = ""  # lines face only lines of their own group: the wording of one posture, say
    core: str | None = None
    told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A clause, schedule or other part under a heading."""

    id: str  # empty when a part is known by its heading only
    number: str = ""
    title: str
    version: int = 0
    kind: Literal["front", "clause", "schedule"] = "clause"
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """One side of a comparison. `names` says in words what the target of a reference is.

    A Word file holds words only: its `values`, `coverage` and `exposure` are None, and not compared.
    """

    parts: tuple[Part, ...]
    definitions: Mapping[str, tuple[Inline, ...]] = field(default_factory=dict)
    values: Mapping[str, Entry] | None = field(default_factory=dict)
    coverage: Mapping[tuple[str, str], str] | None = field(default_factory=dict)  # framework and reference → its duty
    exposure: Exposure | None = NO_EXPOSURE
    references: Mapping[str, Reference] = field(default_factory=dict)  # target → how this side refers to it
    names: Mapping[str, str] = field(default_factory=dict)

    def of_kind(self, kind: str) -> list[Part]:
        """The parts of that kind, in order."""
        return [p for p in self.parts if p.kind == kind]


@dataclass(frozen=True, slots=True)
class Settled:
    """A line in comparable form. `frame` is its text with each printed value replaced by its parameter's name."""

    number: str
    text: str
    frame: str
    values: tuple[str, ...]
    spans: tuple[tuple[str, int, int], ...]  # each printed value and where it is in the text
    targets: tuple[str, ...]
    group: str
    core: str | None
    told: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Puts lines in comparable form; a reference that `renamed` knows is printed as the other side prints it.

    Lines are paired by their frames where both sides know their values (`framed`), else by their texts.
    """

    renamed: Mapping[str, Reference]
    exact: bool
    framed: bool = True

    def clean(self, text: str) -> str:
        """The text as it is compared: as it is when comparing exactly, else tidied."""
        return text if self.exact else tidy_text(text)

    def text(self, inlines: tuple[Inline, ...]) -> str:
        """The words of some inlines as they are compared."""
        return self.clean(plain_text(self._settled(inlines)))

    def line(self, line: Line) -> Settled:
        """A line as it is compared."""
        inlines = self._settled(line.inlines)
        text, spans = _spanned(self.clean("".join(_marked(i) for i in inlines)))
        return Settled(
            number=line.number,
            text=text,
            frame=self.clean("".join(_framed(i) for i in inlines)) if self.framed else text,
            spans=spans,
            values=tuple(i.parameter for i in inlines if isinstance(i, Value)),
            targets=tuple(i.target for i in inlines if isinstance(i, Reference)),
            group=line.group,
            core=None if line.core is None else self.clean(line.core),
            told=line.told,
        )

    def _settled(self, inlines: Iterable[Inline]) -> tuple[Inline, ...]:
        return tuple(self._reference(i) if isinstance(i, Reference) else i for i in inlines)

    def _reference(self, reference: Reference) -> Reference:
        other = self.renamed.get(reference.target)
        # A noun is taken only where there was one: a table cell or a client's own wording may print a bare number.
        return replace(reference, text=other.text, noun=other.noun if reference.noun else "") if other else reference


def _marked(inline: Inline) -> str:
    """The words of an inline, a value between signs that no text holds."""
    text = plain_text((inline,))
    return f"\x01{inline.parameter}\x02{text}\x03" if isinstance(inline, Value) else text


def _spanned(marked: str) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """The text without those signs, and where each value is in it."""
    text = ""
    spans: list[tuple[str, int, int]] = []
    for piece in _MARKS.split(marked):
        name, value, shown = piece.partition("\x02")
        if value:
            spans.append((name, len(text), len(text) + len(shown)))
            text += shown
        else:
            text += piece
    return text, tuple(spans)


def _framed(inline: Inline) -> str:
    return f"\x00{inline.parameter}\x00" if isinstance(inline, Value) else plain_text((inline,))


@lru_cache(maxsize=50_000)
def masked(inlines: tuple[Inline, ...]) -> str:
    """The words with each reference as what it points to, so that a number is not a difference."""
    return tidy_text(
        "".join(f"⟦{i.target}⟧" if isinstance(i, Reference) and i.target else plain_text((i,)) for i in inlines)
    )


@lru_cache(maxsize=50_000)
def printed(inlines: tuple[Inline, ...]) -> str:
    """The words as a reader sees them, with one kind of space and quotation mark."""
    return tidy_text(plain_text(inlines))


def tidy_text(text: str) -> str:
    """A text with one kind of quotation mark, dash and space."""
    # Texts are tidied by the ten thousand, and most hold none of these.
    plain = text if text.isascii() else _NOT_PLAIN.sub(lambda found: _PLAIN[found[0]], text)
    return " ".join(plain.split())
