"""What the reader sees of a Word file, as values: paragraphs and rows in reading order, with changes, comments and fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Union

View = Literal["accepted", "rejected", "all"]
SegmentKind = Literal["plain", "inserted", "deleted"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a paragraph. `target` is the bookmark that a reference field points to, `hidden` hidden text.

    `field` is the keyword of the innermost field that shows it: REF, PAGE, TOC; `faint` is text too small, too pale or
    too far out to be seen, `struck` text that formatting strikes through, `raised` a superscript or a subscript. A
    picture or an object has no text; `object` says what it is and tells it from others by what it holds.

    In the view of all changes, `kind`, `author` and `date` say who inserted or deleted it, and when.
    """

    text: str
    kind: SegmentKind = "plain"
    author: str = ""
    date: str = ""
    target: str = ""
    hidden: bool = False
    field: str = ""
    faint: bool = False
    struck: bool = False
    raised: str = ""
    object: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadParagraph:
    """A paragraph. `number` is what Word counts for it, `full_number` in full context; `heading` its outline level from 1."""

    story: str  # body, header, footer, footnote, endnote, comment, text box, drawing
    segments: tuple[Segment, ...]
    style: str = ""  # the style's id
    number: str = ""
    full_number: str = ""
    level: int = 0  # of its list, from 1; 0 when it is not counted
    heading: int = 0
    anchors: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()  # ids of the comments that are anchored here
    contents: bool = False  # whether it is an entry of a contents list
    about: str = ""  # of a note or a box: the words before it, from the start of their paragraph

    @property
    def text(self) -> str:
        """Its words, without its number."""
        return "".join(s.text for s in self.segments)

    @property
    def shown(self) -> str:
        """Its words with its pictures and objects in their places."""
        return "".join(f"[{s.object}]" if s.object else s.text for s in self.segments)

    @property
    def hidden(self) -> str:
        """Those of its words that are hidden."""
        return "".join(s.text for s in self.segments if s.hidden)

    @property
    def faint(self) -> str:
        """Those of its words that are too small or too pale to be seen."""
        return "".join(s.text for s in self.segments if s.faint and not s.hidden)

    @property
    def struck(self) -> str:
        """Those of its words that are struck through, though nobody deleted them."""
        return "".join(s.text for s in self.segments if s.struck and not s.hidden)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A table row: for each cell its paragraphs; `header` when it repeats on each page."""

    cells: tuple[tuple[ReadParagraph, ...], ...]
    table: int  # which table of the document
    header: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of each cell."""
        return tuple("\n".join(p.text for p in cell) for cell in self.cells)


ReadBlock = Union[ReadParagraph, ReadRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadComment:
    """A comment: who says what about which words, in answer to which other comment."""

    id: str
    author: str
    date: str
    text: str
    about: str = ""
    answers: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadField:
    """A field and the text that it shows; `now` is what it would show once it is brought up to date, where that is known.

    `rests_on` are the words of the bookmarks that it computes with, where its result is not known.
    """

    code: str
    shown: str
    now: str = ""
    rests_on: str = ""

    @property
    def is_stale(self) -> bool:
        """Whether it shows something else than it will."""
        return bool(self.now) and " ".join(self.now.split()).casefold() != " ".join(self.shown.split()).casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDrawing:
    """A picture, an object or a text box: what it is, from where its place is measured, and its measures by their names.

    Lengths are in English metric units (914,400 to an inch), shares in thousandths of a percent, turns in 60,000ths of a degree.
    """

    what: str
    measured_from: str
    measures: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """A whole Word file as the reader sees it in one view. `notes` says plainly what was passed over, and why."""

    name: str
    view: View
    blocks: tuple[ReadBlock, ...]  # of the body, in order
    stories: tuple[ReadParagraph, ...]  # headers, footers, notes, text boxes and drawings, in order
    comments: tuple[ReadComment, ...]
    fields: tuple[ReadField, ...]
    links: tuple[tuple[str, str], ...]  # what each link shows, and the words or the address that it leads to
    external: tuple[str, ...]  # addresses that the file points to; never fetched
    settings: tuple[str, ...]  # what the file's settings ask for: protection, tracked changes, attached template
    properties: tuple[tuple[str, str], ...]
    drawings: tuple[ReadDrawing, ...] = ()
    notes: tuple[str, ...] = ()
    approximate: tuple[str, ...] = ()  # what a person would see otherwise in Word, as far as the file tells

    def paragraphs(self) -> Iterator[ReadParagraph]:
        """Every paragraph of the body, those of tables included."""
        for block in self.blocks:
            if isinstance(block, ReadRow):
                for cell in block.cells:
                    yield from cell
            else:
                yield block
