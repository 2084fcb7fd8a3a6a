"""What is true of the deal: as the profile says, as follows from what it lists, or as is assumed while nobody knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ..model.diagnostic import Position
from ..model.library.clause import Value
from ..model.library.library import Library
from ..model.profile import Profile

Place = tuple[str, str, Position]  # what it is called, its country, where it is written


def facts_in_force(profile: Profile, library: Library) -> Mapping[str, Value]:
    """The value of every fact. One that is not known follows from what is listed, else it takes the protective side."""
    facts = {
        name: profile.facts[name].value if name in profile.facts else fact.default
        for name, fact in library.facts.items()
    }
    facts |= {name: True for name, _ in _following(profile) if name in facts}
    return MappingProxyType(facts)


def assumed_facts(profile: Profile, library: Library) -> Iterator[str]:
    """The facts that the profile says are not known, and that nothing it lists answers."""
    following = dict(_following(profile))
    yield from (n for n, asked in profile.facts.items() if asked.unknown and n not in following and n in library.facts)


def abroad(profile: Profile) -> list[Place]:
    """The sites and subcontractors outside the client's country."""
    places = [(f"the site {s.name}", s.country, s.at) for s in profile.sites]
    places += [(f"the subcontractor {s.name}", s.country, s.at) for s in profile.subcontractors]
    home = profile.client.country
    return [place for place in places if home and place[1] != home]


def _following(profile: Profile) -> Iterator[tuple[str, Position]]:
    """Facts that are said not to be known and are answered by what the profile lists."""
    listed = {
        "cross_border": [at for _, _, at in abroad(profile)],
        "subcontractors_used": [s.at for s in profile.subcontractors],
    }
    for name, places in listed.items():
        asked = profile.facts.get(name)
        if places and asked is not None and asked.unknown:
            yield name, places[0]
