"""The definitions as a judge reads them: each in its place, each used, none that leads back to itself."""

from __future__ import annotations

import pytest
from full_deals import HERE, full_deal

from ccclauses.common.resources import library_folder
from ccclauses.compose.annex import compose_annex
from ccclauses.lint.rules import pointing_definition
from ccclauses.load.library.library import load_library
from ccclauses.model.annex import Term
from ccclauses.model.library.form import FULL
from ccclauses.resolve import resolve

LIBRARY, _ = load_library(library_folder())


def defined(law: str, form: str = FULL) -> dict[str, set[str]]:
    """The terms of an annex with every clause and framework, in their order, each with the terms that it rests on."""
    included = {c: HERE for c in LIBRARY.clauses if LIBRARY.forms[form].carries(c)}
    request = full_deal(LIBRARY, law=law, form=form, include=included, frameworks=tuple(LIBRARY.frameworks))
    resolution, _ = resolve(request, LIBRARY)
    annex, _ = compose_annex(resolution)
    return {d.term: {i.term for i in d.inlines if isinstance(i, Term)} - {d.term} for d in annex.definitions}


@pytest.mark.parametrize("law", ["GB-EAW", "ZA"])
def test_definitions_stand_in_the_order_of_the_alphabet(law):
    terms = list(defined(law))
    assert terms == sorted(terms, key=str.casefold)


def test_each_definition_is_used_under_some_law():
    laws = ("GB-EAW", "SG", "DE", "ZA")  # one law for each label of a credit
    used = {(term, form) for law in laws for form in LIBRARY.forms for term in defined(law, form)}
    documents = {law.switches["document"] for law in LIBRARY.laws.values()}  # under its law an annex may be an annexure
    known = {d.term for d in LIBRARY.definitions.values()} - documents
    assert {term for term, _ in used} - documents == known
    for name, definition in LIBRARY.definitions.items():  # one that holds in one form is used there
        only = [form for form in LIBRARY.forms if name.endswith(f'(form == "{form}")')]
        assert all((definition.term, form) in used for form in only), name


def test_no_definition_leads_back_to_itself():
    left = defined("GB-EAW")
    while resting := {term for term, on in left.items() if not on & left.keys()}:
        left = {term: on for term, on in left.items() if term not in resting}
    assert not left, "these terms are defined by each other"


MOST_TERMS = 45


@pytest.mark.parametrize("law", ["GB-EAW", "US-NY", "DE", "IN", "ZA"])
def test_an_annex_with_everything_has_few_definitions(law):
    assert len(defined(law)) <= MOST_TERMS


def test_no_definition_only_points_to_a_list():
    assert list(pointing_definition.check_library(LIBRARY)) == []
