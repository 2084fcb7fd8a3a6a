"""A short form: which clauses it has, how they are joined and counted, and what of a clause holds in it."""

from __future__ import annotations

import pytest
from small_forms import FORMS, PROFILE, SHORT, profile_of, read, write_library

from ccclauses.compose.annex import compose_annex
from ccclauses.compose.library import text_problems
from ccclauses.model.diagnostic import errors
from ccclauses.resolve import resolve_profile


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    library, problems = read(write_library(tmp_path_factory.mktemp("forms") / "library"))
    assert not problems
    assert not text_problems(library)
    return library


def composed(library, *lines, form="short", **about):
    resolution, problems = resolve_profile(profile_of(library, *lines, form=form, **about), library)
    assert resolution, problems
    annex, problems = compose_annex(resolution)
    assert annex, problems
    return annex


def numbers(annex):
    return [(c.id, c.number, c.title, c.joined, [b.full_number for b in c.blocks]) for c in annex.clauses]


def test_the_clauses_of_a_heading_are_joined_and_counted_on(library):
    assert numbers(composed(library)) == [
        ("interpretation", "1", "Rules and records", False, ["1.1"]),
        ("records", "1", "Rules and records", True, ["1.2", "1.3"]),
        ("access", "2", "Protection", False, ["2.1", "2.2"]),
        ("card-data", "2", "Protection", True, ["2.3"]),
        ("breach", "2", "Protection", True, ["2.4", "2.5"]),
        ("credits", "3", "Credits", False, ["3.1"]),
    ]


def test_a_reference_to_a_joined_clause_names_its_heading_and_one_to_a_paragraph_its_bare_number(library):
    access = composed(library).clauses[2]
    assert access.blocks[1].text == "Late revocation is a failure under clause 3; clause 1 and 1.3 apply."


def test_a_condition_of_the_outline_takes_the_place_of_the_clause_s_own(library):
    few = composed(library, text=_seats(5))
    assert "card-data" not in {c.id for c in few.clauses}
    assert "card-data" in {c.id for c in composed(library, form="full").clauses}


def _seats(seats):
    return PROFILE.replace("seats: 12", f"seats: {seats}")


def test_a_clause_that_is_left_out_takes_no_number(library):
    annex = composed(library, "exclude: {access: Not here.}")
    assert [(c.id, c.joined, c.blocks[0].full_number) for c in annex.clauses][2:4] == [
        ("card-data", False, "2.1"),
        ("breach", True, "2.2"),
    ]


def test_what_a_short_wording_does_not_print_does_not_hold(library):
    short, full = composed(library), composed(library, form="full")
    assert {o.id for o in short.obligations} == {"records#produce", "access#revoke", "breach#notify"}
    assert set(short.sanctions) == {"late_revocation", "late_notice"} < set(full.sanctions)
    assert {"access_review", "coverage", "report_due"}.isdisjoint(short.parameters)
    assert {"access_review", "coverage", "report_due"} <= set(full.parameters)
    answered = {r.ref: [p.text for p in r.paragraphs] for r in short.coverage}
    assert answered["Art 32"] == ["2.1"]  # of `revoke`; `review` is not printed
    assert [s.id for s in short.schedules] == ["sites"]


def test_the_full_form_is_what_it_was(library):
    annex = composed(library, form="full")
    assert not any(c.joined for c in annex.clauses)
    assert [c.title for c in annex.clauses] == [library.clauses[c.id].title for c in annex.clauses]


def test_a_clause_without_a_short_wording_can_t_be_asked_for(library):
    resolution, problems = resolve_profile(profile_of(library, "include: [open-recording]"), library)
    assert resolution is None
    assert [str(p) for p in errors(problems)] == [
        "deal.yaml:14:11: error: the profile includes `open-recording`, and the short form has no wording of it "
        "[not-in-form]\n  hint: take it out, or choose another `form`; the short form holds interpretation, records, access, "
        "card-data, breach, credits"
    ]


def test_every_reason_why_a_clause_is_out_is_given(library):
    resolution, _ = resolve_profile(profile_of(library, text=_seats(5)), library)
    assert {c.clause.id: c.because for c in resolution.left_out} == {
        "card-data": "applies only when takes_payments and seats > 5: `takes_payments` is yes; `seats` is 5",
        "open-recording": "the short form has no wording of it",
    }


@pytest.mark.parametrize(
    ("forms", "short", "told"),
    [
        (FORMS.replace("      of: [access", "      of: [access, records"), SHORT, "the outline has `records` twice"),
        (
            FORMS.replace("of: [access", "of: [access, open-recording"),
            SHORT,
            "`open-recording` has no wording for the short form",
        ),
        (
            FORMS.replace("of: [interpretation, records]", "of: [interpretation]"),
            SHORT,
            "`records` has a wording for the short form and no place in its outline",
        ),
        (FORMS.replace("of: [access", "of: [acess"), SHORT, "unknown clause `acess`"),
        (FORMS.replace("seats <= 30", "seat <= 30"), SHORT, "unknown name `seat` in a condition"),
        (FORMS.replace("[sites]", "[penaltys]"), SHORT, "unknown choice `penaltys`"),
        (
            FORMS,
            {**SHORT, "governance/records": SHORT["governance/records"].replace("[#redo] ", "")},
            "the short form prints the duty `produce` and no paragraph `redo`, its `consequence`",
        ),
        (FORMS.replace("- id: short", "- id: small"), SHORT, "unknown form `short`"),
    ],
)
def test_what_is_wrong_with_a_form_is_told(tmp_path, forms, short, told):
    _, problems = read(write_library(tmp_path / "library", forms, short))
    assert any(told in p for p in problems), problems


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{{ ref("open-recording") }}', "there is no clause `open-recording` in the short form"),
        ('{{ ref("records#report") }}', "no paragraph of `records` is labelled `report` in the short form"),
        ('{{ ref("review") }}', "no paragraph of `access` is labelled `review` in the short form"),
    ],
)
def test_a_short_wording_refers_to_what_its_form_has(tmp_path, text, told):
    short = {**SHORT, "security/access": SHORT["security/access"] + f"3. See {text}.\n"}
    library, problems = read(write_library(tmp_path / "library", short=short))
    assert not problems
    (problem,) = text_problems(library)
    assert told in problem.message
