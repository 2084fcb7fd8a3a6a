"""ReadDocument → text and Markdown: the words with their numbers, changes as [-old-] and [+new+], and all that is next to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..read.word.document import ReadDocument, ReadParagraph, ReadRow, Segment

_PLAIN = {"inserted": "[+{}+]", "deleted": "[-{}-]"}
_PLACE = 40  # characters of a paragraph before the reference to a note
_MARKED = {"inserted": "**{}**", "deleted": "~~{}~~"}


def read_text(document: ReadDocument) -> str:
    """The document as plain text."""
    return _written(document, _plain_segment, _plain_paragraph, "== {} ==")


def read_markdown(document: ReadDocument) -> str:
    """The document in Markdown: insertions in bold, deletions struck through."""
    return _written(document, _marked_segment, _marked_paragraph, "## {}\n")


def _written(
    document: ReadDocument,
    segment: Callable[[Segment], str],
    paragraph: Callable[[ReadParagraph, str], str],
    section: str,
) -> str:
    def words(p: ReadParagraph) -> str:
        return "".join(map(segment, p.segments))

    out = [line for block in document.blocks if (line := _block(block, words, paragraph))]
    for heading, lines in _beside(document, words):
        out += ["", section.format(heading), *lines]
    return "\n".join(out) + "\n"


def _block(
    block: ReadParagraph | ReadRow,
    words: Callable[[ReadParagraph], str],
    paragraph: Callable[[ReadParagraph, str], str],
) -> str:
    if isinstance(block, ReadRow):
        cells = (" / ".join(f"{p.number} {words(p)}".lstrip() for p in cell if p.shown.strip()) for cell in block.cells)
        return f"| {' | '.join(cells)} |"
    return paragraph(block, words(block)) if block.shown.strip() else ""


def _beside(document: ReadDocument, words: Callable[[ReadParagraph], str]) -> Iterator[tuple[str, list[str]]]:
    """Each kind of thing next to the body, with its lines."""
    stories = [f"{p.story}{_place(p)}: {words(p)}" for p in document.stories]
    comments = [
        f"{c.author or 'somebody'}{f', {c.date}' if c.date else ''}, on “{c.about}”: {c.text}"
        + (" (done)" if c.done else "")
        for c in document.comments
    ]
    everywhere = [*document.paragraphs(), *document.stories]
    hidden = [p.hidden for p in everywhere if p.hidden.strip()]
    unseen = [p.faint for p in everywhere if p.faint.strip()]
    struck = [p.struck for p in everywhere if p.struck.strip()]
    for heading, lines in (
        ("Headers, footers, notes, text boxes and drawings", stories),
        ("Comments", comments),
        ("Hidden text", hidden),
        ("Text that can't be seen: its colour, its size or its place", unseen),
        ("Text struck through by formatting", struck),
        ("Points outside the file (not fetched)", list(document.external)),
        ("Settings", list(document.settings)),
        ("Not read", list(document.notes)),
        ("Shown otherwise in Word", list(document.approximate)),
    ):
        if lines:
            yield heading, lines


def _place(note: ReadParagraph) -> str:
    """Where the reference to a note stands: behind which words."""
    about = " ".join(note.about.split())
    return f" on “{'…' if len(about) > _PLACE else ''}{about[-_PLACE:]}”" if about else ""


def _plain_segment(segment: Segment) -> str:
    return _PLAIN.get(segment.kind, "{}").format(_seen(segment))


def _seen(segment: Segment) -> str:
    """The words of a segment; of a picture or an object what it is, without the sign that tells it from others."""
    return f"[{segment.object.partition(' ')[0]}]" if segment.object else segment.text


def _plain_paragraph(paragraph: ReadParagraph, words: str) -> str:
    indent = "   " * max(0, paragraph.level - 2)
    return f"{indent}{paragraph.number} {words}" if paragraph.number else words


def _marked_segment(segment: Segment) -> str:
    text = _seen(segment)
    for sign in "\\`*_[]<>|#~":
        text = text.replace(sign, f"\\{sign}")
    return _MARKED.get(segment.kind, "{}").format(text) if text.strip() else text


def _marked_paragraph(paragraph: ReadParagraph, words: str) -> str:
    number = f"{paragraph.number} " if paragraph.number else ""
    return f"\n{'#' * min(6, paragraph.heading)} {number}{words}\n" if paragraph.heading else f"{number}{words}\n"
