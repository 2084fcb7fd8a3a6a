"""Redlines a container of blocks: body, cell, header, note, text box or content control.

Blocks are aligned, then each stretch is written: equal blocks as they are, paragraphs through their streams,
tables and controls by descending into them. What was written is checked at once by its own accept and reject;
a stretch that fails is written again as a plain deletion and insertion, and the reader of the redline is reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from ...compare.align import Link, align
from ...compare.words import changed_weight, diff_tokens, shared_words, slide, tidy
from ...ooxml.namespaces import R, w
from ..parts.properties import canonical
from ..parts.tables import delete_table, insert_table, redline_table
from ..verify import paragraphs_hold
from .blocks import Block, fingerprint, read_blocks
from .inline import OutParagraph, Stretch, write_content
from .paragraphs import Piece, finish_paragraphs, settle_end
from .scope import Scope
from .stream import MARK, NOTES, OBJECT, Key, Stream, has_live_fields, read_stream, section_of

MARK_WEIGHT, OBJECT_WEIGHT = 3, 4  # against 2 for a letter: keep paragraphs and objects where words allow it
# A long passage that shares fewer words than any two texts of one language do was written anew, not edited.
LONG, STRANGERS = 3_000, 0.4
# Paragraphs that hold these say little by their own bytes: what they point to must be compared.
_POINTS = etree.XPath(
    "boolean(.//@*[namespace-uri()=$r] | .//w:footnoteReference | .//w:endnoteReference | .//w:sectPr)",
    namespaces={"w": w("")[1:-1]},
)


def redline_blocks(scope: Scope, before: etree._Element, after: etree._Element) -> list[etree._Element]:
    """Return the blocks that the containers `before` and `after` become."""
    old, new, links, tail = _aligned(scope, before, after)
    pieces: list[Piece] = []
    at = 0
    while at < len(links):
        stop = at + 1
        if not links[at].matched:
            while stop < len(links) and not links[stop].matched:
                stop += 1
        link = Link(links[at].a0, links[stop - 1].a1, links[at].b0, links[stop - 1].b1)
        pieces.extend(_write_link(scope, old[link.a0 : link.a1], new[link.b0 : link.b1], last=stop == len(links)))
        at = stop
    if old and new:  # where one side is nothing at all, its owner comes or goes as a whole
        settle_end(scope, pieces)
    return finish_paragraphs(scope, pieces) + [deepcopy(anchor) for anchor in tail]


def _aligned(scope: Scope, before: etree._Element, after: etree._Element):
    """Align the blocks; content controls that find no counterpart are opened and their content aligned."""
    opened: frozenset[etree._Element] = frozenset()
    while True:
        old, _ = read_blocks(before, opened)
        new, tail = read_blocks(after, opened)
        links = align(
            [block.text for block in old],
            [block.text for block in new],
            may_pair=lambda i, j: old[i].kind == new[j].kind,
        )
        strangers = {
            block.element
            for link in links
            if not link.matched
            for block in (*old[link.a0 : link.a1], *new[link.b0 : link.b1])
            if block.kind == "sdt"
        }
        if not strangers:
            return old, new, _ends_loosened(old, new, links), tail
        scope.remarks.append("A content control that only one side has is shown by its content, without the control.")
        opened |= strangers


def _ends_loosened(old: Sequence[Block], new: Sequence[Block], links: list[Link]) -> list[Link]:
    """Part the last block from its counterpart where the end of the container could not be reported exactly.

    A paragraph mark at the very end can't come or go. So two last paragraphs must meet when a table is between
    one of them and what it was paired with; and a table that only one side has last goes and comes as a whole, since
    a mark before a table can go.
    """
    if not old or not new:
        return links
    at_b = next(i for i in reversed(range(len(links))) if links[i].a0 < links[i].a1)
    at_a = next(i for i in reversed(range(len(links))) if links[i].b0 < links[i].b1)
    kinds = old[-1].kind, new[-1].kind
    if kinds == ("p", "p"):
        loose = (
            at_b
            if any(block.kind != "p" for block in new[links[at_b].b1 :])
            else (at_a if any(block.kind != "p" for block in old[links[at_a].a1 :]) else None)
        )
    else:
        loose = {("tbl", "p"): at_b, ("p", "tbl"): at_a}.get(kinds)
    if loose is None or not links[loose].matched:
        return links
    link = links[loose]
    return [
        *links[:loose],
        Link(link.a0, link.a1, link.b0, link.b0),
        Link(link.a1, link.a1, link.b0, link.b1),
        *links[loose + 1 :],
    ]


def _write_link(scope: Scope, old: Sequence[Block], new: Sequence[Block], last: bool) -> list[Piece]:
    pieces: list[Piece] = [anchor for block in new for anchor in map(deepcopy, block.anchors)]
    pieces += [scope.carrier.carry(anchor) for block in old for anchor in block.anchors]
    if len(old) == len(new) == 1 and old[0].text == new[0].text and _same(old[0].element, new[0].element):
        return [*pieces, new[0].element if old[0].kind != "p" else _kept(new[0].element)]
    kinds = {block.kind for block in (*old, *new)}
    if old and new and kinds == {"p"}:
        return pieces + _write_paragraphs(scope, old, new)
    if len(old) == len(new) == 1 and old[0].kind == new[0].kind:
        if old[0].kind == "tbl":
            return [*pieces, redline_table(scope, old[0].element, new[0].element, redline_blocks)]
        if old[0].kind == "sdt":
            return [*pieces, _write_control(scope, old[0].element, new[0].element)]
    return pieces + _write_apart(scope, old, new, last)


def _same(old: etree._Element, new: etree._Element) -> bool:
    return not _POINTS(new, r=R) and not _POINTS(old, r=R) and fingerprint(old) == fingerprint(new, anchors=False)


def _kept(element: etree._Element) -> OutParagraph:
    return OutParagraph("equal", [], element, element)


def _write_apart(scope: Scope, old: Sequence[Block], new: Sequence[Block], last: bool) -> list[Piece]:
    """Write blocks that don't answer to each other: what goes, then what comes; paragraphs meet where they can."""
    pieces: list[Piece] = []
    end: list[Piece] = []
    if last and old and new:  # the end of a story must be a mark that stays, or a table
        if old[-1].kind == new[-1].kind == "p":
            end = _write_paragraphs(scope, old[-1:], new[-1:])
            old, new = old[:-1], new[:-1]
        elif old[-1].kind == "tbl" and new[-1].kind == "p":
            end = [delete_table(scope, old[-1].element, redline_blocks)]
            old = old[:-1]
    while old and new and old[0].kind == new[0].kind == "p":
        run_b, run_a = _leading_paragraphs(old), _leading_paragraphs(new)
        pieces += _write_paragraphs(scope, old[:run_b], new[:run_a])
        old, new = old[run_b:], new[run_a:]
    return pieces + _write_gone(scope, old) + _write_come(scope, new) + end


def _write_gone(scope: Scope, old: Sequence[Block]) -> list[Piece]:
    pieces: list[Piece] = []
    for block in old:
        if block.kind == "p":
            pieces += _write_paragraphs(scope, [block], [])
        elif block.kind == "tbl":
            pieces.append(delete_table(scope, block.element, redline_blocks))
        else:
            scope.remarks.append("Content that can't be tracked and that only the earlier file has was left out.")
    return pieces


def _write_come(scope: Scope, new: Sequence[Block]) -> list[Piece]:
    pieces: list[Piece] = []
    for block in new:
        if block.kind == "p":
            pieces += _write_paragraphs(scope, [], [block])
        elif block.kind == "tbl":
            pieces.append(insert_table(scope, block.element, redline_blocks))
        else:
            pieces.append(deepcopy(block.element))
            scope.remarks.append("Content that can't be tracked and that only the later file has is there unmarked.")
    return pieces


def _leading_paragraphs(blocks: Sequence[Block]) -> int:
    size = 0
    while size < len(blocks) and blocks[size].kind == "p":
        size += 1
    return size


def _write_control(scope: Scope, before: etree._Element, after: etree._Element) -> etree._Element:
    made = deepcopy(after)
    inside_b, inside_a, inside = (e.find(w("sdtContent")) for e in (before, after, made))
    if inside_b is not None and inside_a is not None:
        inside[:] = redline_blocks(scope, inside_b, inside_a)
    return made


# ---------------------------------------------------------------- paragraphs


def _write_paragraphs(scope: Scope, old: Sequence[Block], new: Sequence[Block]) -> list[OutParagraph]:
    before = read_stream([block.element for block in old], scope.before)
    after = read_stream([block.element for block in new], scope.after)
    if not old or not new:
        return write_content(scope, before, after, _apart(before, after), redline_blocks)
    if len(old) == len(new) == 1:
        if _same_runs(scope, before, after) or _differ_in_live_fields(scope, old[0].element, new[0].element):
            return [_reshaped(old[0].element, new[0].element)]
    written = write_content(scope, before, after, _stretches(scope, before, after), redline_blocks)
    if paragraphs_hold(scope, written, before, after):
        return written
    words = " ".join(before.text.replace(MARK, " ").split())[:60]
    scope.remarks.append(
        f"A paragraph is shown as deleted and inserted whole, as finer changes would not come back: “{words}”."
    )
    return write_content(scope, before, after, _apart(before, after), redline_blocks)


def _differ_in_live_fields(scope: Scope, old: etree._Element, new: etree._Element) -> bool:
    """Return whether two paragraphs say the same but for page numbers and the like, which are filled in anew anyway."""
    if not (has_live_fields(old) and has_live_fields(new)):
        return False
    before, after = (read_stream([e], keys, live=True) for e, keys in ((old, scope.before), (new, scope.after)))
    return _same_runs(scope, before, after)


def _same_runs(scope: Scope, before: Stream, after: Stream) -> bool:
    """Return whether one paragraph holds the same runs on both sides, so that those of AFTER can stand as they are."""
    if before.text != after.text or before.run_starts != after.run_starts or before.anchors:
        return False
    (old,), (new,) = before.marks.values(), after.marks.values()
    if section_of(old) is not None or section_of(new) is not None or _meanings(before) != _meanings(after):
        return False
    if any(special.key[0] in ("box", "equation") for special in after.specials.values()):
        return False
    if [run.key for run in before.runs] != [run.key for run in after.runs]:
        return False
    for position, special in after.specials.items():
        for mine, theirs in zip(before.specials[position].nodes, special.nodes):
            if theirs.tag in NOTES:
                scope.notes.matched(NOTES[theirs.tag], mine.get(w("id"), ""), theirs.get(w("id"), ""))
    return True


def _reshaped(old: etree._Element, new: etree._Element) -> OutParagraph:
    """Return a paragraph whose runs are the same: only its own properties may have changed."""
    if canonical(old.find(w("pPr"))) == canonical(new.find(w("pPr"))):
        return _kept(new)
    return OutParagraph("equal", [deepcopy(child) for child in new if child.tag != w("pPr")], old, new)


def _meanings(stream: Stream) -> tuple[list[tuple[int, Key]], list[tuple[int, str]]]:
    """Return what is not letters: objects, sections, and the links that runs are in."""
    meanings = [(position, special.key) for position, special in stream.specials.items()]
    meanings += [(position, ("section",)) for position, mark in stream.marks.items() if section_of(mark) is not None]
    links = [(start, "".join(wrap.key for wrap in run.wraps)) for start, run in zip(stream.run_starts, stream.runs)]
    return meanings, [link for at, link in enumerate(links) if link[1] or (at and links[at - 1][1])]


def _apart(before: Stream, after: Stream) -> list[Stretch]:
    end_b, end_a = len(before.text), len(after.text)
    return [Stretch("delete", 0, end_b, 0, 0), Stretch("insert", end_b, end_b, 0, end_a)]


def _stretches(scope: Scope, before: Stream, after: Stream) -> list[Stretch]:
    """Return what changed, as stretches of characters: exact, then tidied as far as the purse allows."""
    if before.text == after.text and _meanings(before) == _meanings(after):
        return [Stretch("equal", 0, len(before.text), 0, len(after.text))]
    space = scope.options.ignore_no_break_space
    keys_b, starts_b = before.tokens(space)
    keys_a, starts_a = after.tokens(space)
    if keys_b == keys_a:
        return [Stretch("equal", 0, len(before.text), 0, len(after.text))]
    if len(keys_b) + len(keys_a) > LONG and shared_words(keys_b, keys_a) < STRANGERS:
        return _apart(before, after)
    lengths_b = [hi - lo for lo, hi in zip(starts_b, starts_b[1:])]
    lengths_a = [hi - lo for lo, hi in zip(starts_a, starts_a[1:])]
    ops = diff_tokens(keys_b, keys_a, weights=[_weight(key, size) for key, size in zip(keys_b, lengths_b)])
    ops = slide(ops, keys_b, keys_a)
    cost = least = changed_weight(ops, lengths_b, lengths_a)
    if any(op.kind == "equal" for op in ops[1:-1]):  # islands, which may be worth giving up
        least = min(cost, changed_weight(diff_tokens(keys_b, keys_a, weights=[1] * len(keys_b)), lengths_b, lengths_a))
    allowed = scope.purse.allowance(least, cost)
    if allowed > 0:
        objects = frozenset(key for key in keys_b if isinstance(key, tuple))
        ops = tidy(ops, keys_b, lengths_b, allowed, fixed=objects)
        scope.purse.spend(changed_weight(ops, lengths_b, lengths_a) - cost)
    stretches = [Stretch(op.kind, starts_b[op.a0], starts_b[op.a1], starts_a[op.b0], starts_a[op.b1]) for op in ops]
    if scope.options.granularity == "word":
        return stretches
    return _coarsened(stretches, before.text, _ENDS[scope.options.granularity])


# Where a sentence or a clause of it ends, with the space after it; objects and paragraph marks stand by themselves.
_ENDS = {
    "sentence": re.compile(rf"[.!?][\"”’)\]]*\s+|[。！？]|[{OBJECT}{MARK}]"),
    "clause": re.compile(rf"[.!?,;:][\"”’)\]]*\s+|[。！？，；：、]|[{OBJECT}{MARK}]"),
}


def _coarsened(stretches: Sequence[Stretch], text: str, ends: re.Pattern[str]) -> list[Stretch]:
    """Replace whole sentences or clauses where anything in them changed; `text` is that of BEFORE."""
    cuts = [(0, 0)]
    for stretch in stretches:
        if stretch.status == "equal":
            for end in ends.finditer(text, stretch.b0, stretch.b1):
                edges = (end.start(), end.end()) if end[0] in (OBJECT, MARK) else (end.end(),)
                cuts += [(edge, stretch.a0 + edge - stretch.b0) for edge in edges]
    cuts.append((stretches[-1].b1, stretches[-1].a1))
    changed = [s for s in stretches if s.status != "equal"]
    out: list[Stretch] = []
    for (b0, a0), (b1, a1) in zip(cuts, cuts[1:]):
        while changed and (changed[0].b1, changed[0].a1) <= (b0, a0):
            changed.pop(0)
        if not changed or (changed[0].b0, changed[0].a0) >= (b1, a1):
            out.append(Stretch("equal", b0, b1, a0, a1))
        else:
            out += [Stretch("delete", b0, b1, a0, a0)] if b1 > b0 else []
            out += [Stretch("insert", b1, b1, a0, a1)] if a1 > a0 else []
    return [s for s in out if s.b1 > s.b0 or s.a1 > s.a0]


def _weight(key: object, size: int) -> int:
    if isinstance(key, str):
        return 1 if key.isspace() else 2 * min(size, 24)
    assert isinstance(key, tuple)
    if key[0] == "mark":
        return MARK_WEIGHT
    return OBJECT_WEIGHT if len(key) != 2 or size == 1 else 2 * min(size, 24)
