"""An annex that was read → the deal that it states, as a profile, and what a library makes of that deal at each posture.

A file holds neither postures nor facts nor a choice that no text prints. So the library's wording of a clause is looked for
at every posture, then with the posture that fits each topic best, then under other answers to what its text depends on.
What the deal is, the clauses tell together: an answer that brings one of them nearer is kept for the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from ..common.places import place_code
from ..compare.contents import masked
from ..compose.annex import compose_annex
from ..compose.texts.scope import parsed
from ..model.annex import Annex, ClauseBlock, Table
from ..model.diagnostic import Position
from ..model.library.clause import EMPTY, Clause, Value
from ..model.library.condition import ALWAYS, Listed, Test, Written
from ..model.library.form import FULL
from ..model.library.library import Library
from ..model.obligation import Obligation
from ..model.profile import Asked, Processing, Profile, Site, Subcontractor
from ..resolve import resolve
from ..resolve.selection import brought_in
from ..syntax.texts import tests_of
from .units import Unit, same_units, units_of
from .values import parse_date

_AGREEMENT = re.compile(
    r"(?P<title>.*?)(?: no\. (?P<reference>.+?))?(?: of (?P<date>\d{1,2} \w+ \d{4}|\w+ \d{1,2}, \d{4}))?", re.DOTALL
)
_BETWEEN_SENTENCES = re.compile(r"(?<=[.;:]) (?=\S)")
_COUNTRIES = {
    "client_country": "client",
    "provider_country": "provider",
}  # names of conditions, and whose country it is
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
        form=annex.form if annex.form in library.forms else FULL,
        approved_only=False,
        signatures=annex.signatures,
        contacts=annex.contacts,
        # Clauses refer to these schedules and depend on their countries; the rest of them is not judged.
        sites=tuple(Site(name=_UNTOLD, country=c, at=at) for c in _countries(annex, "sites")),
        subcontractors=tuple(
            Subcontractor(name=_UNTOLD, service=_UNTOLD, country=c, at=at) for c in _countries(annex, "subcontractors")
        ),
        processing=_PROCESSING if "processing" in schedules else Processing(),
    )


def _countries(annex: Annex, schedule: str) -> tuple[str, ...]:
    """The countries that the tables of a schedule name; one that is not known where they name none."""
    blocks = [b for s in annex.schedules if s.id == schedule for b in s.blocks]
    cells = (cell.text for b in blocks if isinstance(b, Table) for row in b.rows for cell in row)
    found = tuple(dict.fromkeys(code[:2] for text in cells if (code := place_code(text))))
    return found or (("",) if blocks else ())


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
    """What a library makes of a deal: for each clause of an annex the wording nearest to it, and which of them it has.

    `duties` are those of the nearest wordings.
    """

    made: list[Annex] = field(default_factory=list)
    nearest: dict[str, ClauseBlock] = field(default_factory=dict)
    duties: dict[str, tuple[Obligation, ...]] = field(default_factory=dict)
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
            self.duties[clause.id] = tuple(o for o in made.obligations if o.clause == clause.id)
            nearer.append(clause.id)
        return nearer


def _likeness(wording: list[Unit], mine: list[Unit]) -> int:
    """How many sentences are the same, less those of the wording that stand nowhere."""
    keys = {sentence for unit in mine for sentence in _sentences(unit)}
    theirs = [sentence for unit in wording for sentence in _sentences(unit)]
    return 2 * sum(sentence in keys for sentence in theirs) - len(theirs)


def _sentences(unit: Unit) -> list[str]:
    return _BETWEEN_SENTENCES.split(masked(unit.inlines))


def wordings_of(annex: Annex, library: Library, file: str, *, postures_only: bool = False) -> Wordings:
    """The wordings of a library that are nearest to an annex.

    The deal has the clauses that the annex holds, those that they require, and those whose values it still lists.
    """
    search = _Search(annex, library, file)
    search.run(postures_only=postures_only)
    return search.out


class _Search:
    """The working memory of one search: under which posture each clause was found nearest, and which answers are the deal's."""

    def __init__(self, annex: Annex, library: Library, file: str) -> None:
        self.annex, self.library = annex, library
        self.profile, self.free = _deal(annex, library, file)
        self.out = Wordings()
        self.held = {c.id for c in annex.clauses if c.id in library.clauses}
        self.postures: dict[str, str] = {}
        self.answers = {**{n: f.default for n, f in library.facts.items()}, **_told_by_clauses(annex, library)}

    @property
    def left(self) -> set[str]:
        """The clauses whose wording was not found yet."""
        return self.held - self.out.fitting

    def run(self, *, postures_only: bool = False) -> None:
        """Look at every posture, then among what else a text may depend on."""
        for posture in self._likely():
            self.tried_if_left({}, posture)
        if postures_only or not self.out.made or not self.left:
            return
        by_topic = self._by_topic()
        left = {self.library.clauses[i].topic for i in self.left}
        open_ = {i: _conditions(self.library.clauses[i], self.library, self.annex) for i in self.left}
        # The nearest postures first: where they are those of the deal, one look will do.
        self.tried_if_left(by_topic, self.profile.posture)
        self._answer()
        for posture in self.library.postures:
            self.tried_if_left({**by_topic, **dict.fromkeys(left, posture)}, posture)
        self._answer()
        # A choice that no text prints: one answer to each clause at a time, and the one that came nearer stays.
        for number in range(max(map(len, open_.values()), default=0)):
            given = {i: s[number] for i, s in open_.items() if number < len(s) and i in self.left}
            self._choose(given)

    def _answer(self) -> None:
        """Change one answer at a time, and keep those that bring a clause nearer, until none does."""
        changed = True
        while changed and self.left:
            changed = False
            for name, value in self._other_answers():
                before = self.answers
                self.answers = {**before, name: value}
                if self.left and self.tried(self._by_topic(), self.profile.posture):
                    changed = True
                else:
                    self.answers = before

    def _other_answers(self) -> list[tuple[str, Value]]:
        """Each answer that the texts of the clauses not found yet tell from the one at hand."""
        out: dict[tuple[str, Value], None] = {}
        for id_ in sorted(self.left):
            for test in _tests(self.library.clauses[id_]):
                fact = self.library.facts.get(test.name) if test.kind == "name" else None
                if fact and fact.type == "boolean":
                    out[test.name, not self.answers[test.name]] = None
                elif test.kind == "name" and test.name in _COUNTRIES:
                    items = test.operand.items if isinstance(test.operand, Listed) else (test.operand,)
                    out |= {(test.name, i.text): None for i in items if isinstance(i, Written)}
        return list(out)

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

    def _choose(self, given: Mapping[str, tuple[str, Value]]) -> None:
        before = self.profile
        asked = {name: Asked(value=value, at=before.at("")) for name, value in given.values()}
        self.profile = replace(before, settings=MappingProxyType({**before.settings, **asked}))
        by_topic = self._by_topic()
        nearer: set[str] = set()
        topics = {self.library.clauses[i].topic for i in given}
        for posture in self.library.postures:
            if not nearer.issuperset(given):
                nearer.update(self.tried({**by_topic, **dict.fromkeys(topics, posture)}, posture))
        kept = {name: asked[name] for i, (name, _) in given.items() if i in nearer}
        self.profile = replace(before, settings=MappingProxyType({**before.settings, **kept}))

    def tried_if_left(self, postures: Mapping[str, str], posture: str) -> None:
        """Look on while there is a clause whose wording was not found."""
        if self.left:
            self.tried(postures, posture)

    def tried(self, postures: Mapping[str, str], posture: str) -> list[str]:
        """The clauses that come nearer with those postures by topic and the answers at hand."""
        at = self.profile.at("")
        profile = replace(
            self.profile,
            posture=posture,
            postures=MappingProxyType(postures),
            facts=MappingProxyType({n: Asked(value=v, at=at) for n, v in self.answers.items() if n not in _COUNTRIES}),
            **{
                party: replace(getattr(self.profile, party), country=self.answers[name])
                for name, party in _COUNTRIES.items()
                if name in self.answers
            },
        )
        resolution, _ = resolve(profile, self.free)
        made, _ = compose_annex(resolution) if resolution else (None, [])
        nearer = self.out.weigh(self.annex, made) if made else []
        for id_ in nearer:
            self.postures[id_] = postures.get(self.library.clauses[id_].topic, posture)
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
    # Only words and duties are looked for, not what answers a framework.
    clauses = {i: replace(c, applies_when=ALWAYS, conflicts=(), maps_to=EMPTY) for i, c in library.clauses.items()}
    frameworks = {i: replace(f, references=EMPTY) for i, f in library.frameworks.items()}
    free = replace(library, constraints=(), clauses=MappingProxyType(clauses), frameworks=MappingProxyType(frameworks))
    return profile, free


def _told_by_clauses(annex: Annex, library: Library) -> dict[str, Value]:
    """The facts that alone decide whether a clause applies, by whether the annex has it."""
    held = {c.id for c in annex.clauses}
    form = library.forms.get(annex.form, library.forms[FULL])
    conditions = {c.id: brought_in(c, form) for c in library.clauses.values() if form.carries(c.id)}
    alone = {
        id_: tests[0]
        for id_, when in conditions.items()
        if len(tests := list(when.tests())) == 1 and not tests[0].operator and tests[0].kind == "name"
    }
    return {test.name: (id_ in held) != test.negated for id_, test in alone.items() if test.name in library.facts}


def _tests(clause: Clause) -> list[Test]:
    """Each test on which the texts of a clause depend."""
    templates = (parsed(text)[0] for text in clause.texts)
    return [test for t in templates if t for test in tests_of(t.steps)]


def _conditions(clause: Clause, library: Library, annex: Annex) -> list[tuple[str, Value]]:
    """Each other answer to what a clause's words depend on and the annex does not list."""
    names = dict.fromkeys(name for test in _tests(clause) for name in test.names)
    settings: list[tuple[str, Value]] = []
    for name in names:
        parameter = library.parameter(name)
        if parameter is None or name in annex.parameters:
            continue
        values = [*parameter.choices, *([] if parameter.choices else (*parameter.values.values(), parameter.minimum))]
        settings += [(name, value) for value in dict.fromkeys(values) if value is not None]
    return settings


def _wanted(annex: Annex, library: Library) -> set[str]:
    form = library.forms.get(annex.form)
    waiting = [c.id for c in annex.clauses] + [e.clause for e in annex.parameters.values()]
    wanted: set[str] = set()
    while waiting:
        id_ = waiting.pop()
        if id_ in library.clauses and id_ not in wanted:
            wanted.add(id_)
            # What a clause requires is what its full wording refers to.
            waiting += library.clauses[id_].requires if form is None or not form.outline else ()
    return {c for c in wanted if form is None or form.carries(c)}
