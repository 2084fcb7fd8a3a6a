"""Reads paragraphs into one stream of characters: words, and one character for each note, drawing, field or mark.

The stream is what is compared. Beside the characters it knows, by position, the run each belongs to, what
non-text represents a character, what has no width (bookmarks, comment anchors), and where paragraphs end.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from ...compare.words import UNSPACED, WORD
from ...ooxml.namespaces import MC, XML_SPACE, local_name, m, make, w
from ...ooxml.shown.shown import form_choice, text_of
from ..parts.properties import canonical

OBJECT, MARK = "\ufffc", "\u2029"  # stand-ins; only positions decide what is meant
# A number with its separators is one word, so that a changed number is one change.
TOKEN = re.compile(rf"\d+(?:[.,]\d+)+|{UNSPACED}|{WORD}|\s|[^\w\s]")
WRAPPERS = frozenset(w(name) for name in ("hyperlink", "smartTag", "sdt", "customXml", "dir", "bdo"))
NO_WIDTH = frozenset(
    w(name) for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd")
)
DROPPED = frozenset(
    {
        w("proofErr"),
        w("lastRenderedPageBreak"),
        w("rPr"),
        w("pPr"),
        w("sdtPr"),
        w("sdtEndPr"),
        w("smartTagPr"),
        w("customXmlPr"),
    }
)
NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
# Bookmarks that Word renames whenever contents or references are refreshed.
VOLATILE = re.compile(r"\b_(?:Toc|Ref|Hlk)\d+\b")
# Fields that a program fills in anew by itself; what they last showed is not a change.
LIVE = re.compile(
    r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF|DATE|TIME|SAVEDATE|PRINTDATE|FILENAME|NUMWORDS|NUMCHARS)\b",
    re.IGNORECASE,
)
# Names looked at for every element, spelled once.
RUN, RPR, T, COMMENT = w("r"), w("rPr"), w("t"), w("commentReference")
FIELD_CHAR, INSTRUCTION, SIMPLE_FIELD = w("fldChar"), w("instrText"), w("fldSimple")
CONTROL, LINK = w("sdt"), w("hyperlink")

Key = tuple  # what makes a non-text character equal to another


@dataclass(slots=True, eq=False)
class Wrap:
    """An element around runs; `key` is set when it changes what the words mean (the target of a link)."""

    element: etree._Element
    key: str


@dataclass(slots=True, eq=False)
class Run:
    """The formatting and the surroundings of a stretch of characters."""

    properties: etree._Element | None
    key: str
    wraps: tuple[Wrap, ...]


@dataclass(slots=True, eq=False)
class Special:
    """What represents one character that is not text."""

    key: Key
    kind: str  # "child" of a run, whole "runs", or "inline" in the paragraph
    nodes: list[etree._Element]
    shown: str = ""  # for reports


@dataclass(slots=True, eq=False)
class Stream:
    """Paragraphs as characters."""

    text: str = ""
    specials: dict[int, Special] = field(default_factory=dict)
    anchors: dict[int, list[etree._Element]] = field(default_factory=dict)
    marks: dict[int, etree._Element] = field(default_factory=dict)  # position of a mark -> its w:p
    run_starts: list[int] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    cuts: list[int] = field(default_factory=list)  # where a piece of output must end

    def run_at(self, position: int) -> Run:
        """Return the run of the character at `position`."""
        return self.runs[bisect_right(self.run_starts, position) - 1]

    def tokens(self, same_space: bool = False) -> tuple[list[object], list[int]]:
        """Return the keys of all tokens and where each starts, ending with the length of the text."""
        text = self.text.replace("\u00a0", " ") if same_space else self.text
        linked = any(wrap.key for run in self.runs for wrap in run.wraps)
        words: list[str] = TOKEN.findall(text)
        keys: list[object] = [*words]
        starts: list[int] = [0]
        for word in words:
            starts.append(starts[-1] + len(word))
        for position, special in self.specials.items():
            keys[bisect_left(starts, position)] = special.key
        for position, paragraph in self.marks.items():
            keys[bisect_left(starts, position)] = ("mark", section_of(paragraph) is not None)
        if linked:
            for at, key in enumerate(keys):
                wrap = next((wrap.key for wrap in self.run_at(starts[at]).wraps if wrap.key), "")
                if wrap and isinstance(key, str):
                    keys[at] = (key, wrap)
        return keys, starts


def section_of(paragraph: etree._Element) -> etree._Element | None:
    """Return the section that ends with this paragraph."""
    return paragraph.find(f"{w('pPr')}/{w('sectPr')}")


@dataclass(frozen=True, slots=True)
class Keys:
    """How one side tells its notes, drawings, links and anchors apart; the pairing of both sides is behind it."""

    special: Callable[[etree._Element], Key]  # w:drawing and kin, note references, equations
    link: Callable[[etree._Element], str]  # w:hyperlink


def has_live_fields(paragraph: etree._Element) -> bool:
    """Return whether a paragraph holds a field that a program fills in anew by itself, such as a page number."""
    codes = (e.text or "" for e in paragraph.iter(INSTRUCTION))
    return any(map(LIVE.match, codes)) or any(LIVE.match(e.get(w("instr"), "")) for e in paragraph.iter(SIMPLE_FIELD))


def read_stream(paragraphs: Iterable[etree._Element], keys: Keys, *, live: bool = False) -> Stream:
    """Return the stream of some paragraphs of one story; `live` takes a field that fills itself in as one character, whatever it last showed."""
    reader = _Reader(keys, live)
    for paragraph in paragraphs:
        reader.paragraph(paragraph)
    return reader.finish()


class _Reader:
    def __init__(self, keys: Keys, live: bool = False):
        self.keys, self.live = keys, live
        self.stream = Stream()
        self.chunks: list[str] = []
        self.length = 0
        self.cuts: set[int] = set()
        self.head: Special | None = None  # the instruction of a field that is being read
        self.depth = 0
        self.open_fields: list[str] = []

    def finish(self) -> Stream:
        self.stream.text = "".join(self.chunks)
        self.stream.cuts = sorted(self.cuts)
        return self.stream

    # ------------------------------------------------------------- characters

    def _run(self, properties: etree._Element | None, wraps: tuple[Wrap, ...]) -> None:
        """Open a run for the next character unless the last one goes on."""
        key = canonical(properties)
        runs = self.stream.runs
        if runs and runs[-1].key == key and runs[-1].wraps == wraps:
            return
        if self.stream.run_starts and self.stream.run_starts[-1] == self.length:
            self.stream.run_starts.pop()
            runs.pop()
        self.stream.run_starts.append(self.length)
        runs.append(Run(properties, key, wraps))
        self.cuts.add(self.length)

    def _text(self, text: str) -> None:
        self.chunks.append(text)
        self.length += len(text)

    def _special(self, special: Special) -> None:
        self.stream.specials[self.length] = special
        self.cuts.update((self.length, self.length + 1))
        self._text(OBJECT)

    def _anchor(self, element: etree._Element, properties: etree._Element | None = None) -> None:
        if element.tag == COMMENT:
            element = _as_run(element, properties)
        self.stream.anchors.setdefault(self.length, []).append(element)
        self.cuts.add(self.length)

    # --------------------------------------------------------------- elements

    def paragraph(self, paragraph: etree._Element) -> None:
        self._children(paragraph, ())
        self._close_head()
        self._run(None, ())
        self.stream.marks[self.length] = paragraph
        self.cuts.update((self.length, self.length + 1))
        self._text(MARK)

    def _children(self, parent: etree._Element, wraps: tuple[Wrap, ...]) -> None:
        for child in parent:
            tag = child.tag
            if tag == RUN:
                self._run_children(child, wraps)
            elif tag in DROPPED:
                continue
            elif tag in NO_WIDTH:
                self._anchor(child)
            elif tag in WRAPPERS:
                inside = child.find(w("sdtContent")) if tag == CONTROL else child
                if inside is not None:
                    link = self.keys.link(child) if tag == LINK else ""
                    self._children(inside, (*wraps, Wrap(child, link)))
            elif tag == SIMPLE_FIELD:
                self._simple_field(child, wraps)
            else:
                self._close_head()
                self._run(None, wraps)
                self._special(Special(self.keys.special(child), "inline", [child], _shown(child)))

    def _run_children(self, run: etree._Element, wraps: tuple[Wrap, ...]) -> None:
        properties = run.find(RPR)
        for child in run:
            tag = child.tag
            if tag in DROPPED:
                continue
            if tag in (FIELD_CHAR, INSTRUCTION) or self.head is not None:
                self._field(child, properties, wraps)
            elif tag == T:
                text = text_of(child)
                if text:
                    self._run(properties, wraps)
                    self._text(text)
            elif tag == COMMENT:
                self._anchor(child, properties)
            else:
                self._run(properties, wraps)
                self._special(Special(self._key(child), "child", [child], _shown(child)))

    def _key(self, child: etree._Element) -> Key:
        if len(child) or child.tag in NOTES or child.tag.startswith(f"{{{MC}}}"):
            return self.keys.special(child)
        return (local_name(child.tag), *sorted(child.attrib.items()))

    # ----------------------------------------------------------------- fields

    def _field(self, child: etree._Element, properties: etree._Element | None, wraps: tuple[Wrap, ...]) -> None:
        """Take a field's instruction, from begin to separate, as one character and its end as another."""
        kind = child.get(w("fldCharType"), "") if child.tag == FIELD_CHAR else ""
        if self.head is None and kind == "begin":
            self._run(properties, wraps)
            self.head, self.depth = Special((), "runs", []), 0
        if self.head is None:
            self._run(properties, wraps)
            if kind == "end":
                key: Key = ("field-end", self.open_fields.pop() if self.open_fields else "")
            else:
                key = ("field-part", kind or (child.text or "").strip())
            self._special(Special(key, "runs", [_as_run(child, properties)]))
            return
        self.head.nodes.append(_as_run(child, properties))
        self.depth += {"begin": 1, "end": -1}.get(kind, 0)
        if (
            kind == "separate" and self.depth == 1 and not (self.live and LIVE.match(_instruction(self.head)))
        ) or self.depth == 0:
            self._close_head(opened=kind == "separate")

    def _close_head(self, opened: bool = True) -> None:
        if self.head is None:
            return
        head, self.head = self.head, None
        said = " ".join(_instruction(head).split())
        chosen = "".join(form_choice(mark) for node in head.nodes for mark in node.iter(FIELD_CHAR))
        instruction = VOLATILE.sub("_", said) + chosen
        head.key = ("field", instruction, opened)
        head.shown = chosen
        if opened:
            self.open_fields.append(instruction)
        self._special(head)

    def _simple_field(self, element: etree._Element, wraps: tuple[Wrap, ...]) -> None:
        """Read w:fldSimple as the runs it represents: only those can be deleted and inserted."""
        for kind in ("begin", "instr", "separate"):
            self._field(_field_child(kind, element), None, wraps)
        self._children(element, wraps)
        self._field(_field_child("end", element), None, wraps)


def _instruction(head: Special) -> str:
    return "".join(t.text or "" for node in head.nodes for t in node.iter(INSTRUCTION))


def _field_child(kind: str, element: etree._Element) -> etree._Element:
    if kind == "instr":
        child = make("instrText")
        child.text = element.get(w("instr"), "")
        child.set(XML_SPACE, "preserve")
        return child
    child = make("fldChar")
    child.set(w("fldCharType"), kind)
    if kind == "begin":
        for name in ("fldLock", "dirty"):
            if element.get(w(name)) is not None:
                child.set(w(name), element.get(w(name)))
    return child


def _as_run(child: etree._Element, properties: etree._Element | None) -> etree._Element:
    run = make("r")
    if properties is not None:
        run.append(deepcopy(properties))
    run.append(deepcopy(child))
    return run


def _shown(element: etree._Element) -> str:
    """Return a few words for reports: the text of an equation, or what kind of thing it is."""
    if element.tag in (w("tab"), w("ptab")):
        return "\t"
    if element.tag in (w("br"), w("cr")):
        return "\n"
    if element.tag in (w("noBreakHyphen"),):
        return "\u2011"
    if element.tag in (m("oMath"), m("oMathPara")):
        return "".join(t.text or "" for t in element.iter(m("t")))
    return ""
