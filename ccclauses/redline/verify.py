"""Checks what was written by its own accept and reject, before anybody else does."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from copy import deepcopy

from lxml import etree

from ..ooxml.namespaces import make, w
from ..ooxml.revisions import accept_all, reject_all
from .parts.properties import paragraph_key
from .text.inline import OutParagraph
from .text.paragraphs import finish_paragraph
from .text.scope import Scope
from .text.stream import Keys, Stream, read_stream

LOOSE = Keys(special=lambda element: (element.tag,), link=lambda element: "")
Shown = tuple[str, str, tuple[tuple[int, str], ...]]
END: Shown = ("", "", ())


def paragraphs_hold(scope: Scope, written: Sequence[OutParagraph], before: Stream, after: Stream) -> bool:
    """Return whether accepting `written` gives the paragraphs of `after`, and rejecting it those of `before`."""
    box = make("body")
    box.extend(finish_paragraph(scope, paragraph) for paragraph in written)
    box.append(make("p"))  # what the last mark runs into, should it go
    formatting = scope.options.formatting
    for resolve, stream in ((accept_all, after), (reject_all, before)):
        found = read_stream(resolve(deepcopy(box)).findall(w("p")), LOOSE)
        got, want = shown(found, formatting), [*shown(stream, formatting), END]
        if got != want and stream is before:  # the same list may have another number in the redline
            want = [*shown(stream, formatting, scope.renumber), END]
        if scope.options.ignore_no_break_space:
            got, want = ([(t.replace("\u00a0", " "), p, f) for t, p, f in lines] for lines in (got, want))
        if got != want:
            return False
    return True


def shown(
    stream: Stream, formatting: bool, adjust: Callable[[etree._Element], etree._Element] = lambda properties: properties
) -> list[Shown]:
    """Return what a reader sees of paragraphs: text, paragraph properties, formatted spans."""
    out: list[Shown] = []
    start = 0
    for end, paragraph in stream.marks.items():
        spans: tuple[tuple[int, str], ...] = ()
        if formatting and end > start:
            first = bisect_right(stream.run_starts, start) - 1
            last = bisect_left(stream.run_starts, end)
            spans = tuple(
                (max(lo - start, 0), run.key) for lo, run in zip(stream.run_starts[first:last], stream.runs[first:last])
            )
        properties = paragraph.find(w("pPr")) if formatting else None
        key = "" if properties is None else paragraph_key(adjust(deepcopy(properties)))
        out.append((stream.text[start:end], key, _joined(spans)))
        start = end + 1
    return out


def _joined(spans: tuple[tuple[int, str], ...]) -> tuple[tuple[int, str], ...]:
    """Leave out spans that look like the one before: only their surroundings differ."""
    return tuple(span for at, span in enumerate(spans) if not at or span[1] != spans[at - 1][1])
