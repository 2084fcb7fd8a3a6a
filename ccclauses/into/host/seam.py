"""The seam that a place makes in an agreement: what goes, what comes before and after, and the sections there."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from ...ooxml.namespaces import w
from .host import Host, SectionAt, section_of
from .place import NEAR, Place

_WORDS = 250  # at most, under a heading that moves to the first page of the annex


@dataclass(slots=True, kw_only=True)
class Seam:
    """What stands around the annex: elements that stay in place whatever is put in or taken out."""

    start: etree._Element | None  # the first block of the annex's section; None for the end
    gone: list[etree._Element]
    after: etree._Element | None
    into: SectionAt  # whose paper and page numbers the annex takes
    before: SectionAt | None  # the section that has to be closed before the annex; None where one ends there already
    following: SectionAt | None  # the section that goes on after the annex
    continues: bool  # whether the following section began before the annex
    opening: int


def seam_of(host: Host, place: Place) -> Seam:
    """What stands around the annex at a place of an agreement."""
    first = place.gone
    into = host.section_at(place.gone if place.gone < place.seam else min(place.seam, len(host.blocks)))
    if place.seam == len(host.blocks) and place.gone == place.seam:
        into = host.sections[-1]
    head = place.heading
    if head is not None and _goes_along(host, head, first):
        first = head
    opening = place.gone - first
    into = host.section_at(first) if opening else into
    if place.older and first:
        into = host.section_at(first - 1)  # the earlier annex's own section has the annex's headers
    before = host.section_at(first - 1) if first else None
    if before is not None and before.end == first and before is not host.sections[-1]:
        before = None
    following = host.section_at(place.seam) if place.seam < len(host.blocks) else None
    if following is None and host.sections[-1].first == len(host.blocks):
        into = host.sections[-2] if len(host.sections) > 1 and into is host.sections[-1] else into
    return Seam(
        start=host.blocks[first] if first < len(host.blocks) else None,
        gone=host.blocks[place.gone : place.seam],
        after=host.blocks[place.seam] if place.seam < len(host.blocks) else None,
        into=into,
        before=before,
        following=following,
        continues=following is not None and following.first < place.seam,
        opening=opening,
    )


def _goes_along(host: Host, head: int, seam: int) -> bool:
    """Whether a heading stands so close to the annex that both have to be on one page."""
    between = host.blocks[head:seam]
    section = host.section_at(head)
    size = section.properties.find(w("pgSz"))
    wide = size is not None and size.get(w("orient")) == "landscape"
    return (
        seam - head <= NEAR
        and not any(section_of(b) is not None for b in between)
        and sum(len(host.words(at).split()) for at in range(head, seam)) <= _WORDS
        and not wide
    )
