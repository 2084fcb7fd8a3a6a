"""An agreement that holds an annex of ours → the same agreement with another version of it in the same place."""

from __future__ import annotations

from dataclasses import replace

from ...into.host.host import Host, Refused
from ...into.host.place import find_place
from ...into.merge import Choices, spliced_in
from ...model.annex import Annex
from ...ooxml.package.package import Package
from ...ooxml.package.parse import PackageError
from ...ooxml.package.record import read_records
from ...write.word.house_style import HouseStyle
from ..merging.numbers import renumbered


def put_again(agreement: Package, annex: Annex, style: HouseStyle) -> Package:
    """The agreement with `annex` in place of the one that it holds, put in as that one was; raises `Refused`."""
    host = Host(agreement)
    record = next((r for _, r in read_records(agreement).values()), None)
    kept = record.choices if record else {}
    own, inside = record.word if record else ("", "")
    left_out = {what for what, _ in record.left_out} if record else set()
    choices = Choices(
        header=kept.get("header", "annex"),
        look=kept.get("look", "host"),
        title=bool(record) and "title" not in left_out,
        signatures=bool(record) and "signatures" not in left_out,
    )
    if own and own != inside:
        head, *below = annex.numbering.schedule
        head = replace(head, text=head.text.replace(own, inside, 1))
        annex = renumbered(replace(annex, numbering=replace(annex.numbering, schedule=(head, *below))))
    try:
        place = find_place(host, "", instead=False, tracked=False)
        return spliced_in(host, place, annex, style, choices, (own, inside) if own else (), None).package
    except PackageError as problem:
        raise Refused(str(problem)) from None
