"""What is for us only: `notes.yaml` next to the profile. Nothing of it ever goes into a file that leaves.

    unknown: {facts.takes_payments: "Priya, Finance"}   # a value that we assumed, and who could tell
    aside: {3f2a: too small for that}                   # advice that was set aside, and why
    seen: [1, 2]                                        # questions that were answered or skipped

A key of another screen may are next to these; a path has its dots, so each of these groups is one level deep.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..load.document.edit import CantEdit, said_in, set_group
from .folder import NOTES, Deal, DealError


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """The notes of a deal."""

    text: str = ""
    unknown: Mapping[str, str] = field(default_factory=dict)  # path of a value → who could tell
    aside: Mapping[str, str] = field(default_factory=dict)
    seen: tuple[str, ...] = ()


def read_notes(deal: Deal) -> Notes:
    """The notes; empty when there are none or they can't be read."""
    text = (deal.read(NOTES) or b"").decode("utf-8", "replace")
    try:
        said = said_in(text)
    except CantEdit:
        return Notes(text=text)

    def group(name: str) -> Mapping[str, str]:
        found = said.get(name)
        return found if isinstance(found, Mapping) else {}

    def listed(name: str) -> tuple[str, ...]:
        found = said.get(name)
        return found if isinstance(found, tuple) else ()

    return Notes(text=text, unknown=group("unknown"), aside=group("aside"), seen=listed("seen"))


def note(deal: Deal, **groups: Mapping[str, str] | tuple[str, ...]) -> None:
    """Put groups of the notes in place of what they were; an empty one is taken away. Comments elsewhere stay."""
    with deal.held():
        text = (deal.read(NOTES) or b"").decode("utf-8", "replace")
        try:
            for name, value in groups.items():
                text = set_group(text, name, value)
        except CantEdit as problem:
            raise DealError(f"The notes of this deal can't be changed: {problem}.") from None
        deal.write(text.encode(), NOTES)
