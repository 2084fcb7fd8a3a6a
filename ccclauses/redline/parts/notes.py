"""Footnotes and endnotes: which answer to which, and their part in the redline.

Notes are paired by content before the text is compared, so a reference equals another when its note does, whatever
the ids. The texts are written after the story that refers to them, when it is known which references met.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from ...compare.align import align
from ...ooxml.namespaces import make, w
from ...ooxml.output import Output
from ...ooxml.package.package import Package
from ..text.blocks import plain_text
from ..text.scope import Notes, Scope
from ..text.stream import NOTES, Key

PAIR_LEAST = 0.2  # notes are short: a fifth of the words in common is an answer


class NoteLedger(Notes):
    """The notes of one redline: keys for references, and what became of each note."""

    def __init__(
        self,
        before: etree._Element,
        after: etree._Element,
        old: dict[str, etree._Element],
        new: dict[str, etree._Element],
    ):
        self.new = new  # kind -> root of the notes part
        self.roots = {"b": old, "a": new}
        self._by_id = {
            (side, kind, note.get(w("id"), "")): note
            for side, roots in (("b", old), ("a", new))
            for kind, root in roots.items()
            for note in root.iter(w(kind))
        }
        self.keys: dict[tuple[str, str, str], Key] = {}
        self._met: list[tuple[str, str | None, str]] = []
        self._gone: dict[tuple[str, str], str] = {}
        self._next: dict[str, int] = {}
        for tag, kind in NOTES.items():
            self._pair(
                kind, [r.get(w("id"), "") for r in before.iter(tag)], [r.get(w("id"), "") for r in after.iter(tag)]
            )

    def _pair(self, kind: str, ids_b: list[str], ids_a: list[str]) -> None:
        texts_b = [plain_text(note) if (note := self._note("b", kind, id_)) is not None else "" for id_ in ids_b]
        texts_a = [plain_text(note) if (note := self._note("a", kind, id_)) is not None else "" for id_ in ids_a]
        for link in align(texts_b, texts_a, split=False, least=PAIR_LEAST):
            if link.matched:
                key = ("note", kind, "both", ids_a[link.b0])
                self.keys["b", kind, ids_b[link.a0]] = self.keys["a", kind, ids_a[link.b0]] = key

    def _note(self, side: str, kind: str, id_: str) -> etree._Element | None:
        return self._by_id.get((side, kind, id_))

    def key(self, side: str, kind: str, id_: str) -> Key:
        """Return what makes a reference equal to another."""
        return self.keys.get((side, kind, id_), ("note", kind, side, id_))

    def matched(self, kind: str, before: str, after: str) -> None:
        self._met.append((kind, before, after))

    def inserted(self, kind: str, after: str) -> None:
        self._met.append((kind, None, after))

    def deleted(self, kind: str, before: str) -> str:
        if (kind, before) not in self._gone:
            taken = [self._next.get(kind, 0)]
            if self.new.get(kind) is not None:
                taken += [
                    int(n.get(w("id"), "0")) for n in self.new[kind].iter(w(kind)) if n.get(w("id"), "").isdigit()
                ]
            self._next[kind] = max(taken) + 1
            self._gone[kind, before] = str(self._next[kind])
        return self._gone[kind, before]

    def write(
        self,
        kind: str,
        root: etree._Element,
        scope: Scope,
        descend: Callable[[Scope, etree._Element, etree._Element], list[etree._Element]],
    ) -> None:
        """Write the notes of one kind into `root`, which holds AFTER's."""
        nothing = make(kind)
        here = {note.get(w("id")): note for note in root.iter(w(kind))}
        # A note that a further reference cites now is none that came: its text is what it was for the first of them.
        met = {after for of, before, after in self._met if of == kind and before is not None}
        for met_kind, before, after in self._met:
            if met_kind != kind or after not in here or (before is None and after in met):
                continue
            old = self._note("b", kind, before) if before is not None else None
            here[after][:] = descend(scope, nothing if old is None else old, self._note("a", kind, after))
        for (gone_kind, before), new_id in self._gone.items():
            old = self._note("b", kind, before)
            if gone_kind == kind and old is not None:
                note = scope.carrier.carry(old)
                note.set(w("id"), new_id)
                note[:] = descend(scope, old, nothing)
                root.append(note)

    def touched(self, kind: str) -> bool:
        """Return whether any note of this kind may have changed."""
        return any(met[0] == kind for met in self._met) or any(gone[0] == kind for gone in self._gone)


def notes_part(output: Output, before: Package, kind: str) -> str | None:
    """Return the part of the redline for notes of `kind`, made from BEFORE's frame when AFTER has none."""
    part = output.related(kind + "s")
    source = before.related(kind + "s")
    if part is not None or source is None:
        return part
    root = before.xml(source)
    for note in [n for n in root if n.get(w("type")) in (None, "normal")]:
        root.remove(note)
    row = next(r for r in before.relationships(before.main_part) if r.kind == kind + "s" and not r.external)
    part = output.add_part(source, b"", before.content_type(source))
    output.put_tree(part, deepcopy(root))
    output.relate(output.main_part, row.type, part)
    return part
