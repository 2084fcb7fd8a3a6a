"""Which form the facts propose, what a short one gives up, and how an annex keeps to a number of pages."""

from __future__ import annotations

import pytest
from small_forms import FORMS, PROFILE, SHORT, built, profile_of, read, write_library

from ccclauses.common.length import estimated_pages, words_of
from ccclauses.compose.annex import compose_annex
from ccclauses.derive.forms import (
    form_problems,
    offered_forms,
    optional_clauses,
    page_problems,
    proposed_form,
    said_offers,
)
from ccclauses.model.diagnostic import Severity
from ccclauses.resolve import resolve_profile


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    forms = FORMS.replace(
        "  meaning: Each clause whole.\n",
        "  meaning: Each clause whole.\n  propose:\n"
        '    - {when: framework("card_standard"), because: Cards are taken.}\n',
    )
    return read(write_library(tmp_path_factory.mktemp("forms") / "library", forms))[0]


def made(library, *lines, **about):
    resolution, problems = resolve_profile(profile_of(library, *lines, **about), library)
    assert resolution, problems
    annex, problems = compose_annex(resolution)
    assert annex, problems
    return resolution, annex


@pytest.mark.parametrize(
    ("text", "form", "because"),
    [
        (PROFILE, "short", "The team is small."),
        (PROFILE.replace("seats: 12", "seats: 31"), "full", "No fact proposes another form."),
        (PROFILE.replace("[gdpr]", "[gdpr, card_standard]"), "full", "Cards are taken."),
    ],
)
def test_the_facts_propose_a_form(library, text, form, because):
    proposal = proposed_form(profile_of(library, text=text), library)
    assert (proposal.form.id, proposal.because) == (form, because)


def test_a_short_form_says_which_requirements_fall(library):
    text = PROFILE.replace("[gdpr]", "[gdpr, card_standard]")
    assert [str(p) for p in form_problems(*made(library, text=text))] == [
        "deal.yaml:13:1: note: the short form does not answer all of GDPR: of 3 requirements that the full form answers, "
        "none falls; answered only in part: Art 32 [form-cover]\n  hint: `form: full` answers them",
        "deal.yaml:13:1: note: the short form does not answer all of Card Standard: of 2 requirements that the full form "
        "answers, 2 fall; controls and deadlines: 7.2; 3.30 [form-cover]\n  hint: `form: full` answers them",
    ]


def test_a_short_form_that_loses_a_contract_term_can_t_carry_the_framework(tmp_path):
    short = {**SHORT, "governance/records": SHORT["governance/records"].replace("#produce", "#hand-over")}
    short["governance/records"] = short["governance/records"].replace('ref("produce")', 'ref("hand-over")')
    short = {name: text.replace("records#produce", "records#hand-over") for name, text in short.items()}
    folder = write_library(tmp_path / "library", short=short)
    for path in folder.glob("*/*.yaml"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("check: records#produce", "form: full\n    check: records#produce"), "utf-8")
    library, problems = read(folder)
    assert not problems
    (problem,) = form_problems(*made(library))
    assert problem.severity is Severity.WARNING
    assert "the short form can't carry GDPR" in problem.message and "contract terms: Art 28(3)(h)" in problem.message


def test_the_full_form_gives_up_nothing(library):
    assert not list(form_problems(*made(library, form="full")))


def test_a_value_that_the_short_wording_does_not_print_is_told(library):
    problems = list(form_problems(*made(library, "settings: {leaver_revoke: 4 hours, access_review: 90 days}")))
    assert [(p.rule, p.at.line) for p in problems if p.rule == "setting-without-effect"] == [
        ("setting-without-effect", 14)
    ]
    assert "the short wording of `access` does not print it" in problems[0].message


def test_an_annex_that_is_too_long_names_what_could_go(library):
    resolution, annex = made(library, "max_pages: 1")
    pages = round(estimated_pages(annex))
    (problem,) = page_problems(resolution, annex, counted=3)
    (option,) = optional_clauses(resolution, annex)
    assert option.clause == "card-data" and option.words == 7
    assert problem.severity is Severity.WARNING
    assert problem.message.startswith(f"the annex has 3 pages and {words_of(annex):,} words, and `max_pages` is 1")
    assert "`card-data` (7 words)" in problem.hint
    assert bool(list(page_problems(resolution, annex))) == (pages > 1)


def test_enough_pages_are_no_problem(library):
    resolution, annex = made(library, "max_pages: 30")
    assert not list(page_problems(resolution, annex))


def test_words_are_those_of_the_text(library):
    _, annex = made(library)
    counted = sum(len(p.text.split()) for p in annex.paragraphs())
    assert counted < words_of(annex) < 2 * counted + 400


def test_pages_are_counted_only_when_asked(library):
    assert built(library).pages is None


def test_the_forms_are_offered_with_their_lengths(library):
    proposal, offers = offered_forms(profile_of(library), library)
    assert [o.form.id for o in offers] == ["full", "short"] and offers[1].words < offers[0].words
    lines = list(said_offers(proposal, offers))
    assert lines[0] == "Proposed: the short form. The team is small."
    assert lines[2] == f"  short: about {offers[1].pages} pages, {offers[1].words} words"


def test_a_form_that_can_not_be_composed_is_not_proposed(tmp_path):
    forms = FORMS[: FORMS.index("  schedules:")]
    library, _ = read(write_library(tmp_path / "library", forms, short={}))
    proposal, offers = offered_forms(profile_of(library), library)
    assert (proposal.form.id, [o.form.id for o in offers]) == ("full", ["full"])
