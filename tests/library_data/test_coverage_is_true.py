"""Whatever a requirement of a framework rests on: take it out, or loosen it, and the requirement is met no longer."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from full_deals import full_deal

from ccclauses.common.resources import examples_folder, library_folder
from ccclauses.compose.annex import compose_annex
from ccclauses.compose.parts.coverage import Promised, Requirements
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile
from ccclauses.model.words.quantity import Duration, Percentage
from ccclauses.resolve import resolve
from ccclauses.resolve.situation import judge_of

LIBRARY, _ = load_library(library_folder())


@pytest.fixture(scope="module")
def whole():
    """A deal with every framework, in which every fact that brings a clause in is true."""
    resolution, problems = resolve(full_deal(LIBRARY, frameworks=tuple(LIBRARY.frameworks)), LIBRARY)
    assert resolution, problems
    annex, problems = compose_annex(resolution)
    assert annex, problems
    present = {
        f"{clause.id}#{block.label}"
        for clause in annex.clauses
        for block in clause.blocks
        if getattr(block, "label", "")
    }
    return resolution, present, annex


def references(resolution):
    for name in resolution.profile.frameworks:
        for reference in resolution.library.frameworks[name].references.values():
            yield name, reference


def test_every_framework_is_tried(whole):
    assert len(whole[0].profile.frameworks) == len(LIBRARY.frameworks) == 22


def test_taking_out_any_cited_paragraph_turns_the_row(whole):
    resolution, present, _ = whole
    judge = judge_of(resolution)
    survived = []
    for name, reference in references(resolution):
        met = Requirements(resolution, judge, present).met(name, reference)
        for key in met.paragraphs:
            without = Requirements(resolution, judge, present - {key}).met(name, reference)
            if key in without.paragraphs or len(without.lacking) <= len(met.lacking):
                survived.append((name, reference.ref, key))
    assert survived == []


def test_leaving_out_any_cited_clause_turns_the_row(whole):
    resolution, present, _ = whole
    survived = []
    for clause in resolution.clauses:
        without = replace(resolution, clauses=tuple(c for c in resolution.clauses if c is not clause))
        left = {key for key in present if not key.startswith(f"{clause.clause.id}#")}
        requirements = Requirements(without, judge_of(without), left)
        for name, reference in references(resolution):
            if reference.ref in clause.clause.maps_to.get(name, {}) and not requirements.met(name, reference).lacking:
                survived.append((name, reference.ref, clause.clause.id))
    assert survived == []


def looser(value, operator):
    """A value far beyond a bound in the direction that breaks it."""
    more = operator in ("<", "<=")
    if isinstance(value, Duration):
        return Duration(90, "years") if more else Duration(0, "hours")
    if isinstance(value, Percentage):
        return Percentage(Decimal(100 if more else 0))
    return 10**6 if more else 0


def test_loosening_a_value_that_a_row_rests_on_turns_it(whole):
    resolution, present, _ = whole
    rules = {c.id: c for c in LIBRARY.constraints}
    judge, tried, survived = judge_of(resolution), 0, []
    for name, reference in references(resolution):
        for rule in (rules[r] for r in reference.rules):
            if not judge.applies(rule.when):
                continue
            for test in (rule.limit or rule.rule).tests():
                setting = resolution.settings.get(test.name)
                if setting is None:
                    continue
                choices = list(setting.parameter.choices)
                value = (
                    (choices[0] if test.operator[0] == ">" else choices[-1])
                    if choices
                    else looser(setting.value, test.operator)
                )
                beyond = replace(resolution, settings={**resolution.settings, test.name: replace(setting, value=value)})
                tried += 1
                if not any(
                    test.name in why
                    for why in Requirements(beyond, judge_of(beyond), present).met(name, reference).lacking
                ):
                    survived.append((name, reference.ref, test.name))
    assert survived == [] and tried > 50


def test_every_bound_that_a_framework_sets_is_named_by_one_of_its_rows():
    named = {rule for f in LIBRARY.frameworks.values() for r in f.references.values() for rule in r.rules}
    alone = [
        c.id
        for c in LIBRARY.constraints
        if c.limit
        and c.severity == "error"
        and [t.kind for t in c.when.tests()].count("framework") == 1
        and len(list(c.when.tests())) == 1
        and c.id not in named
    ]
    assert alone == ["breach-notice-pci-dss-4-0-1"]  # a rule of the card brands, which the standard leaves to them


def test_the_deadline_of_a_framework_is_shown_beside_that_of_the_annex(whole):
    rows = [r for r in whole[2].coverage if r.deadline]
    assert len(rows) > 40
    notice = next(r for r in rows if (r.framework, r.ref) == ("hipaa", "164.410(a)-(b)"))
    assert notice.deadline == "60 calendar days at most" and "hours" in notice.own_deadline


@pytest.mark.parametrize("form", ["full", "short"])
def test_what_the_wordings_promise_is_what_is_composed(form):
    """`check` tells what a form gives up by the wordings of the full one, without composing it."""
    for path in sorted(examples_folder().glob("*.yaml")):
        profile, problems = load_profile(path, LIBRARY)
        assert profile, problems
        resolution, problems = resolve(replace(profile, form=form), LIBRARY)
        assert resolution, problems
        annex, problems = compose_annex(resolution)
        assert annex, problems
        judge = judge_of(resolution)
        requirements = Requirements(resolution, judge, Promised(resolution, judge))
        for row in annex.coverage:
            met = requirements.met(row.framework, LIBRARY.frameworks[row.framework].references[row.ref])
            assert (len(met.paragraphs), met.lacking) == (len(row.paragraphs), row.lacking), (path.stem, row.ref)
