"""An annex that was read → the deal that it states, as a profile, and what a library makes of that deal at each posture.

A file holds neither postures nor facts nor a choice that no text prints. So the library's wording of a clause is looked for
at every posture, then with the posture that fits each topic best, then under other answers to what its text depends on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from ..compare.contents import masked
from ..compose.annex import compose_annex
from ..compose.scope import parsed
from ..model.annex import Annex, ClauseBlock
from ..model.clause import EMPTY, Clause, Library, Value
from ..model.condition import ALWAYS
from ..model.diagnostic import Position
from ..model.profile import Asked, Processing, Profile, Site, Subcontractor
from ..resolve import resolve
from ..syntax.texts import tests_of

from .units import Unit, same_units, units_of
from .values import parse_date

_AGREEMENT = re.compile(
    r"(?P<title>.*?)(?: no\. (?P<reference>.+?))?(?: of (?P<date>\d{1,2} \w+ \d{4}|\w+ \d{1,2}, \d{4}))?", re.DOTALL
)
_UNTOLD = "–"
_PROCESSING = Processing(
    subject=_UNTOLD, duration=_UNTOLD, nature=_UNTOLD, purpose=_UNTOLD, data=(_UNTOLD,), persons=(_UNTOLD,)
)


def stated_profile(annex: Annex, library: Library, file: str) -> Profile:
    """What an annex alone tells of its deal: its law, frameworks, clauses and values."""
    at = Position(file=file)
    rules = annex.credit_rules
    postures = list(library.postures)
    schedules = {s.id for s in annex.schedules}
    frameworks = dict.fromkeys(r.framework for r in annex.coverage if r.framework in library.frameworks)
    return Profile(
        file=file,
        title=annex.title,
        reference=annex.reference,
        version=annex.version,
        date=annex.date,
        status=annex.status,
        classification=annex.classification,
        **_agreement(annex.agreement),
        client=annex.client,
        provider=annex.provider,
        law=annex.law if annex.law in library.laws else next(iter(library.laws)),
        language=annex.language,
        calendar=annex.calendar,
        time_zone=annex.time_zone,
        currency=annex.currency,
        monthly_charges=rules.monthly_charges if rules else None,
        term_start=None,
        term_months=None,
        frameworks=tuple(frameworks),
        facts=EMPTY,
        posture=postures[len(postures) // 2],
        postures=EMPTY,
        include={c.id: at for c in annex.clauses if c.id in library.clauses},
        exclude={},
        settings=MappingProxyType(dict(_settings(annex, library, at))),
        libraries=(),
        template="",
        page=annex.page,
        approved_only=False,
        signatures=annex.signatures,
        contacts=annex.contacts,
        # Clauses refer to these schedules; what stands in them is not judged.
        sites=(Site(name=_UNTOLD, country="", at=at),) if "sites" in schedules else (),
        subcontractors=(Subcontractor(name=_UNTOLD, service=_UNTOLD, country="", at=at),)
        if "subcontractors" in schedules
        else (),
        processing=_PROCESSING if "processing" in schedules else Processing(),
    )


def _agreement(text: str) -> dict[str, Any]:
    """Title, reference and date of the agreement from the line in which an annex names it."""
    match = _AGREEMENT.fullmatch(text)
    assert match
    when = parse_date(match["date"]) if match["date"] else None
    return {
        "agreement": match["title"] if when or not match["date"] else text,
        "agreement_reference": (match["reference"] or "") if when or not match["date"] else "",
        "agreement_date": when,
    }


def _settings(annex: Annex, library: Library, at: Position) -> list[tuple[str, Asked]]:
    out = []
    for name, entry in annex.parameters.items():
        parameter = library.parameter(name)
        # A value that could not be read stands as text where the library wants a number.
        if parameter and (parameter.type in ("text", "choice") or not isinstance(entry.value, str)):
            out.append((name, Asked(value=entry.value, at=at)))
    return out


@dataclass(slots=True)
class Wordings:
    """What a library makes of a deal: for each clause of an annex the wording nearest to it, and which of them it has."""

    made: list[Annex] = field(default_factory=list)
    nearest: dict[str, ClauseBlock] = field(default_factory=dict)
    fitting: set[str] = field(default_factory=set)

    def weigh(self, annex: Annex, made: Annex) -> list[str]:
        """Take what `made` has nearer to the clauses of an annex than what was made before, and say of which."""
        self.made.append(made)
        there = {c.id: c for c in made.clauses}
        nearer = []
        for clause in annex.clauses:
            wording = there.get(clause.id)
            if wording is None or clause.id in self.fitting:
                continue
            mine, theirs = units_of(clause.blocks), units_of(wording.blocks)
            known = self.nearest.get(clause.id)
            if same_units(theirs, mine):
                self.fitting.add(clause.id)
            elif known and _likeness(theirs, mine) <= _likeness(units_of(known.blocks), mine):
                continue
            self.nearest[clause.id] = wording
            nearer.append(clause.id)
        return nearer


def _likeness(wording: list[Unit], mine: list[Unit]) -> int:
    """How many paragraphs are the same, less those of the wording that stand nowhere."""
    keys = {masked(u.inlines) for u in mine}
    same = sum(masked(u.inlines) in keys for u in wording)
    return 2 * same - len(wording)


def wordings_of(annex: Annex, library: Library, file: str, *, postures_only: bool = False) -> Wordings:
    """The wordings of a library that are nearest to an annex.

    The deal has the clauses that the annex holds, those that they require, and those whose values it still lists.
    """
    search = _Search(annex, library, file)
    search.run(postures_only=postures_only)
    return search.out


class _Search:
    """The working memory of one search: under which posture and answer to all facts each clause was found nearest."""

    def __init__(self, annex: Annex, library: Library, file: str) -> None:
        self.annex, self.library = annex, library
        self.profile, self.free = _deal(annex, library, file)
        self.out = Wordings()
        self.held = {c.id for c in annex.clauses if c.id in library.clauses}
        self.postures: dict[str, str] = {}
        self.answers: dict[str, bool | None] = {}

    @property
    def left(self) -> set[str]:
        """The clauses whose wording was not found yet."""
        return self.held - self.out.fitting

    def run(self, *, postures_only: bool = False) -> None:
        """Look at every posture, then among what else a text may depend on."""
        for posture in self._likely():
            self.tried_if_left({}, posture, None)
        if postures_only or not self.out.made or not self.left:
            return
        by_topic = self._by_topic()
        left = {self.library.clauses[i].topic for i in self.left}
        open_ = {i: _conditions(self.library.clauses[i], self.library, self.annex) for i in self.left}
        answers = (None, True, False) if any(facts for facts, _ in open_.values()) else (None,)
        # The nearest postures first: where they are those of the deal, one look will do.
        for answer in answers:
            self.tried_if_left(by_topic, self.profile.posture, answer)
        for answer in answers:
            for posture in self.library.postures:
                self.tried_if_left({**by_topic, **dict.fromkeys(left, posture)}, posture, answer)
        # A choice that no text prints: one answer to each clause at a time, and the one that came nearer stays.
        for number in range(max((len(settings) for _, settings in open_.values()), default=0)):
            given = {i: s[number] for i, (_, s) in open_.items() if number < len(s) and i in self.left}
            for answer in {self.answers.get(i) for i in given}:
                self._choose({i: chosen for i, chosen in given.items() if self.answers.get(i) == answer}, answer)

    def _likely(self) -> list[str]:
        """The postures, those first whose values the annex has most of."""
        counts = Counter(
            posture
            for name, entry in self.annex.parameters.items()
            if (parameter := self.library.parameter(name))
            for posture, value in parameter.values.items()
            if value == entry.value
        )
        return sorted(self.library.postures, key=lambda p: -counts[p])

    def _choose(self, given: Mapping[str, tuple[str, Value]], answer: bool | None) -> None:
        before = self.profile
        asked = {name: Asked(value=value, at=before.at("")) for name, value in given.values()}
        self.profile = replace(before, settings=MappingProxyType({**before.settings, **asked}))
        by_topic = self._by_topic()
        nearer: set[str] = set()
        topics = {self.library.clauses[i].topic for i in given}
        for posture in self.library.postures:
            if not nearer.issuperset(given):
                nearer.update(self.tried({**by_topic, **dict.fromkeys(topics, posture)}, posture, answer))
        kept = {name: asked[name] for i, (name, _) in given.items() if i in nearer}
        self.profile = replace(before, settings=MappingProxyType({**before.settings, **kept}))

    def tried_if_left(self, postures: Mapping[str, str], posture: str, answer: bool | None) -> None:
        """Look on while there is a clause whose wording was not found."""
        if self.left:
            self.tried(postures, posture, answer)

    def tried(self, postures: Mapping[str, str], posture: str, answer: bool | None) -> list[str]:
        """The clauses that come nearer with those postures by topic and that answer to every fact; None is the default."""
        at = self.profile.at("")
        yes_or_no = [n for n, f in self.library.facts.items() if f.type == "boolean"]
        asked = {} if answer is None else {n: Asked(value=answer, at=at) for n in yes_or_no}
        profile = replace(
            self.profile,
            posture=posture,
            postures=MappingProxyType(postures),
            facts=MappingProxyType(asked),
        )
        resolution, _ = resolve(profile, self.free)
        made, _ = compose_annex(resolution) if resolution else (None, [])
        nearer = self.out.weigh(self.annex, made) if made else []
        for id_ in nearer:
            self.postures[id_] = postures.get(self.library.clauses[id_].topic, posture)
            self.answers[id_] = answer
        return nearer

    def _by_topic(self) -> dict[str, str]:
        """For each topic the posture of its clauses: that at which most were found, else that of the nearest wording."""
        votes: dict[str, Counter[str]] = {}
        for clause, posture in self.postures.items():
            weight = len(self.postures) if clause in self.out.fitting else 1
            votes.setdefault(self.library.clauses[clause].topic, Counter())[posture] += weight
        return {topic: of.most_common(1)[0][0] for topic, of in votes.items()}


def _deal(annex: Annex, library: Library, file: str) -> tuple[Profile, Library]:
    """The deal with the clauses that it speaks of, and the library without what would add others or refuse its values."""
    wanted, at = _wanted(annex, library), Position(file=file)
    profile = replace(
        stated_profile(annex, library, file),
        include={c: at for c in wanted},
        exclude={c: (_UNTOLD, at) for c in library.clauses if c not in wanted},
    )
    # Only words are looked for: neither duties nor what answers a framework.
    clauses = {
        i: replace(c, applies_when=ALWAYS, conflicts=(), duties=(), maps_to=EMPTY) for i, c in library.clauses.items()
    }
    frameworks = {i: replace(f, references=EMPTY) for i, f in library.frameworks.items()}
    free = replace(library, constraints=(), clauses=MappingProxyType(clauses), frameworks=MappingProxyType(frameworks))
    return profile, free


def _conditions(clause: Clause, library: Library, annex: Annex) -> tuple[bool, list[tuple[str, Value]]]:
    """Whether a clause's words depend on facts, and each other answer to what they depend on and the annex does not list."""
    templates = (parsed(text)[0] for text in clause.texts)
    names = dict.fromkeys(name for t in templates if t for test in tests_of(t.steps) for name in test.names)
    settings: list[tuple[str, Value]] = []
    for name in names:
        parameter = library.parameter(name)
        if parameter is None or name in annex.parameters:
            continue
        values = [*parameter.choices, *([] if parameter.choices else (*parameter.values.values(), parameter.minimum))]
        settings += [(name, value) for value in dict.fromkeys(values) if value is not None]
    return any(name in library.facts for name in names), settings


def _wanted(annex: Annex, library: Library) -> set[str]:
    waiting = [c.id for c in annex.clauses] + [e.clause for e in annex.parameters.values()]
    wanted: set[str] = set()
    while waiting:
        id_ = waiting.pop()
        if id_ in library.clauses and id_ not in wanted:
            wanted.add(id_)
            waiting += library.clauses[id_].requires
    return wanted
