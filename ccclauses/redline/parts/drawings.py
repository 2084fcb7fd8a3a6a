"""Tells drawings, objects, equations and links of one side from those of the other.

A picture equals another when it looks the same and shows the same bytes; ids and names that Word hands out anew
don't count. A drawing with a text box equals the one it was paired with, since the words inside are compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from ...compare.align import Link, align
from ...ooxml.namespaces import MC, WP, R, W, local_name, m, w
from ...ooxml.package.targets import Targets
from ..text.blocks import plain_text
from ..text.stream import NOTES, VOLATILE, Key, Keys
from .equations import EQUATIONS, build
from .notes import NoteLedger

BOX = w("txbxContent")
HOLDERS = (w("drawing"), w("pict"), w("object"), f"{{{MC}}}AlternateContent")
# Names and numbers that a program gives anew whenever it saves.
UNSTABLE = frozenset({"anchorId", "editId", "spid", "gfxdata", "paraId", "textId"})
NAMED = frozenset({f"{{{WP}}}docPr", "{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr"})


def make_keys(targets: Targets, paired: Mapping[etree._Element, Key], ledger: NoteLedger | None, side: str) -> Keys:
    """Return how one side of a story tells its specials apart."""

    def special(element: etree._Element) -> Key:
        if element.tag in NOTES and ledger is not None:
            return ledger.key(side, NOTES[element.tag], element.get(w("id"), ""))
        if element in paired:
            return paired[element]
        return ("object", local_name(element.tag), digest(element, targets))

    def link(element: etree._Element) -> str:
        anchor = VOLATILE.sub("_", element.get(w("anchor"), ""))
        id_ = element.get(f"{{{R}}}id")
        return f"{targets.of(id_) if id_ else ''}#{anchor}"

    return Keys(special=special, link=link)


def digest(element: etree._Element, targets: Targets) -> str:
    """Return a digest of what an object shows."""
    state = hashlib.sha256()
    for found, depth in _walk(element):
        state.update(f"{depth}{found.tag}".encode())
        for name, value in sorted(found.attrib.items()):
            bare = local_name(name)
            if bare in UNSTABLE or "rsid" in bare or (found.tag in NAMED and bare in ("id", "name", "descr", "title")):
                continue
            if bare == "id" and found.tag.startswith("{urn:schemas-microsoft-com:vml}"):
                continue
            state.update(
                f"{bare}={targets.of(value) if name.startswith(f'{{{R}}}') else value}".encode("utf-8", "replace")
            )
        if found.text and found.text.strip():
            state.update(found.text.encode("utf-8", "replace"))
    return state.hexdigest()


def _walk(element: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Yield elements with their depth; of alternatives only the first, which is the one that counts."""
    todo = [(element, 0)]
    while todo:
        found, depth = todo.pop()
        yield found, depth
        children = list(found)
        if found.tag == f"{{{MC}}}AlternateContent":
            children = children[:1]
        todo.extend(
            (child, depth + 1) for child in reversed(children) if child.tag not in (f"{{{W}}}lang", f"{{{W}}}noProof")
        )


def pair_objects(
    before: etree._Element, after: etree._Element
) -> tuple[dict[etree._Element, Key], dict[etree._Element, Key]]:
    """Return, for each side, the key that every text box and equation shares with its counterpart."""
    keys_b: dict[etree._Element, Key] = {}
    keys_a: dict[etree._Element, Key] = {}
    for kind, old, new, shape in (
        ("box", _holders(before), _holders(after), _shape),
        ("equation", _equations(before), _equations(after), build),
    ):
        links = align(
            [plain_text(h) for h in old],
            [plain_text(h) for h in new],
            split=False,
            least=0.15,
            may_pair=lambda i, j: shape(old[i]) == shape(new[j]),
        )
        for number, (b0, b1, a0, a1) in enumerate(_lone_pairs(links, old, new, shape)):
            if kind == "equation" and (b0 == b1 or a0 == a1 or shape(old[b0]) != shape(new[a0])):
                continue  # a lone equation is reported by what it shows
            keys_b.update((old[at], (kind, number)) for at in range(b0, b1))
            keys_a.update((new[at], (kind, number)) for at in range(a0, a1))
    return keys_b, keys_a


def _equations(root: etree._Element) -> list[etree._Element]:
    """Return the outermost equations."""
    return [e for e in root.iter(*EQUATIONS) if e.getparent().tag != m("oMathPara")]


def _lone_pairs(
    links: list[Link], old: list[etree._Element], new: list[etree._Element], shape: Callable[[etree._Element], object]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield links as bounds; one lone object on either side of a gap is one object rewritten."""
    at = 0
    while at < len(links):
        link = links[at]
        follower = links[at + 1] if at + 1 < len(links) else None
        if (
            not link.matched
            and follower is not None
            and not follower.matched
            and link.a1 > link.a0
            and follower.b1 > follower.b0
            and shape(old[link.a0]) == shape(new[follower.b0])
            and (at + 2 == len(links) or links[at + 2].matched)
            and (at == 0 or links[at - 1].matched)
        ):
            yield link.a0, link.a1, follower.b0, follower.b1
            at += 2
            continue
        yield link.a0, link.a1, link.b0, link.b1
        at += 1


def _shape(holder: etree._Element) -> tuple[str, int]:
    return holder.tag, sum(1 for _ in holder.iter(BOX))


def _holders(root: etree._Element) -> list[etree._Element]:
    """Return the elements right under a run or paragraph that hold text boxes."""
    found: dict[etree._Element, None] = {}
    for box in root.iter(BOX):
        inner = []
        for ancestor in box.iterancestors():
            if ancestor.tag == BOX:
                break
            if ancestor.tag in HOLDERS:
                inner.append(ancestor)
        if inner:
            found[inner[-1]] = None
    return list(found)
