"""Any subject may be left out with a reason: what remains is a whole annex in which nothing refers to it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import pytest

from ccclauses.common.resources import examples_folder
from ccclauses.lint.engine import all_rules, lint_subject
from ccclauses.lint.texts import annex_subject
from ccclauses.load.inputs import load_inputs
from ccclauses.model.diagnostic import errors
from ccclauses.pipeline import compose_profile
from ccclauses.write.plain.text import write_text

# What the rest of every annex is built on: the rules of interpretation, evidence and consent, and the data itself.
CORE = {"interpretation", "general-mechanism", "changes", "data-handling", "personal-data", "breach-handling"}
# Where a clause is left out, these words of it have no meaning in the rest.
WORDS = {
    "audit": r"\baudits?\b",
    "penalties": r"Credits?\b|Class [ABC]\b",
    "home-working": r"\bfrom home\b|\bhome working within\b",
    "step-in": r"step-in",
    "exit": "Transition Period",
    "remedies": "Data Cap|Termination Event",
    "backup-recovery": "backup of|restored data",
    "insurance": "insured|insurance cover",
}
RULES = {
    "dangling-reference",
    "undefined-term",
    "unused-term",
    "empty-slot",
    "placeholder",
    "long-sentence",
    "passive-obligor",
}
DEALS = {"full": "retail-uk.yaml", "short": "startup-baseline.yaml"}


@lru_cache(maxsize=2)
def deal(form):
    profile, library, _ = load_inputs(examples_folder() / DEALS[form])
    annex, _, _ = compose_profile(profile, library, check_form=False)
    return profile, library, annex, faults(annex)


def without(profile, library, clause):
    given = replace(profile, exclude={**profile.exclude, clause: ("Not wanted.", profile.at("exclude"))})
    annex, _, problems = compose_profile(given, library, check_form=False)
    return annex, errors(problems)


def faults(annex):
    chosen = [r for r in all_rules() if r.name in RULES]
    return {(d.rule, d.message) for d, _ in lint_subject(annex_subject(annex, "deal.yaml"), chosen)}


def clauses():
    return [(form, c.id) for form in DEALS for c in deal(form)[2].clauses]


@pytest.mark.parametrize(("form", "clause"), [c for c in clauses() if c[1] not in CORE])
def test_a_clause_left_out_leaves_an_annex_without_a_gap(form, clause):
    profile, library, before, known = deal(form)
    annex, wrong = without(profile, library, clause)
    assert not wrong, wrong[0].message
    assert {c.id for c in before.clauses} - {c.id for c in annex.clauses} == {clause}
    assert faults(annex) <= known
    if clause in WORDS:
        words = " ".join(write_text(annex).split("Execution")[0].split())
        assert not (found := re.search(WORDS[clause], words)), words[found.start() - 60 : found.end() + 60]


@pytest.mark.parametrize(("form", "clause"), [c for c in clauses() if c[1] in CORE])
def test_what_the_rest_is_built_on_is_refused_in_one_sentence(form, clause):
    profile, library, _, _ = deal(form)
    _, wrong = without(profile, library, clause)
    (problem,) = wrong
    assert problem.rule == "excluded-but-required" and len(problem.message) < 200
