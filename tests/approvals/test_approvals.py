"""What an approval hangs on, when it is due, and what a profile that demands approvals gets."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ccclauses.approvals import approve, best_review, clause_content, hold_to_approvals, review, review_all
from ccclauses.load.approvals import approvals_text
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile
from ccclauses.model.diagnostic import Position, Severity
from ccclauses.model.library.clause import Change, Clause, Parameter, Variant
from ccclauses.model.words.quantity import Duration, Percentage
from ccclauses.resolve import resolve

SMALL = Path(__file__).parents[1] / "library"
DAY = date(2026, 1, 31)
PROFILE = """\
annex: {date: 2026-03-02, status: final}
agreement: {title: Agreement}
parties: {client: {name: A plc, country: GB}, provider: {name: B Ltd, country: GB}}
law: GB-EAW
currency: GBP
charges: {monthly: "240,000.00"}
approved_only: yes
"""


@pytest.fixture(scope="module")
def library():
    found, problems = load_library(SMALL)
    assert problems == []
    return found


@pytest.fixture
def clause(library):
    return library.clauses["breach"]


# Of each key of a clause, whether an approval hangs on it. A key added later has to be put on one side.
INTERNAL = {
    "changes",
    "purpose",
    "summary",
    "negotiation",
    "notes",
    "allow",
    "review_months",
    "replaces",
    "at",
    "extends",
    "formerly",
}
CONTENT = {
    "id", "title", "topic", "applies_when", "requires", "conflicts", "maps_to", "parameters", "failures", "parts",
    "variants", "duties",
}  # fmt: skip


def test_each_key_of_a_clause_is_content_or_internal():
    assert INTERNAL | CONTENT | {"version"} == {f.name for f in fields(Clause)}


def test_internal_words_and_places_change_no_hash(clause):
    moved = replace(
        clause,
        purpose="Better said.", summary="Better.", notes="More.", review_months=3, at=Position(file="elsewhere", line=9),
        changes=(Change(version=2, reason="It was worded anew."),),
        variants=tuple(replace(v, note="Give way.", text_line=v.text_line + 7, at=Position(file="x")) for v in clause.variants),
        parameters={n: replace(p, note="Hm.", at=Position(file="x")) for n, p in clause.parameters.items()},
    )  # fmt: skip
    assert clause_content(moved) == clause_content(clause)


def test_words_values_duties_and_references_change_the_hash(clause):
    first = clause.variants[0]
    name, parameter = next(iter(clause.parameters.items()))
    changed = [
        replace(clause, title="Other"),
        replace(clause, variants=(replace(first, text=first.text + "More."), *clause.variants[1:])),
        replace(clause, variants=(replace(first, laws=("DE",)), *clause.variants[1:])),
        replace(clause, parameters={**clause.parameters, name: replace(parameter, label="Other")}),
        replace(clause, parameters={n: p for n, p in clause.parameters.items() if n != name}),
        replace(clause, duties=clause.duties[:-1]),
        replace(clause, maps_to={"gdpr": {}}),
        replace(clause, requires=("other",)),
    ]
    hashes = {clause_content(c) for c in [clause, *changed]}
    assert len(hashes) == len(changed) + 1


def test_the_hash_of_a_clause_stays_as_it_was():
    """A hash that changes with a release would take every team's approvals away; change it for a reason only."""
    place = Position(file="a.yaml")
    values = {"strict": Percentage(Decimal("0.50")), "baseline": Duration(3, "days", "business")}
    parameter = Parameter(name="p", type="percentage", label="P", values=values, at=place)
    text = Variant(postures=("strict", "baseline"), text="1. The Provider shall act.\n", text_line=9, at=place)
    clause = Clause(
        id="a", version=1, title="A", topic="t", purpose="P.", parameters={"p": parameter}, variants=(text,), at=place
    )
    assert clause_content(clause) == "024c9bd4f7de27d3ca96179b821ae1c7f96f5215d939b34bb667fe438734a8d5"


def test_an_approval_is_due_after_the_months_of_its_clause_and_still_stands(clause):
    clause = replace(clause, review_months=1)
    given = approve(clause, by="Ada", on=DAY)
    early, late = review(clause, given, date(2026, 2, 27)), review(clause, given, date(2026, 2, 28))
    assert (early.state, late.state) == ("approved", "due")
    assert early.stands and late.stands
    assert "next review 2026-02-28" in early.text() and "review was due on 2026-02-28" in late.text()
    assert review(clause, given).state == "approved"  # without a day nothing is due


def test_a_changed_clause_loses_its_approval(clause):
    given = approve(clause, by="Ada", on=DAY, note="Deed 14")
    words = review(replace(clause, title="Other"), given, DAY)
    version = review(replace(clause, version=clause.version + 1), given, DAY)
    assert words.state == version.state == "lost" and not words.stands
    assert "its content has changed" in words.text() and "Deed 14" in words.text()
    assert f"it is version {clause.version + 1} now" in version.text()


def test_an_approval_of_the_shipped_clause_is_none_of_its_replacement(clause):
    own = replace(clause, title="Ours", replaces=clause)
    assert "replaces it" in review(own, approve(clause, by="Ada", on=DAY)).reason


def test_an_approval_of_a_clause_that_is_gone(library, clause):
    given = approve(replace(clause, id="breech"), by="Ada", on=DAY)
    states = {r.clause: r for r in review_all(library, {"breech": given}, DAY)}
    assert states["breech"].state == "unknown" and "did you mean `breach`?" in states["breech"].text()
    assert states["breach"].state == "none"


def test_one_standing_approval_of_several_is_enough(clause):
    old = approve(replace(clause, title="Old"), by="Ada", on=DAY)
    assert best_review(clause, (old, approve(clause, by="Bo", on=DAY))).stands
    assert best_review(clause, (old,)).state == "lost"
    assert best_review(clause, ()).state == "none"


def resolved(tmp_path, library, text=PROFILE):
    (tmp_path / "deal.yaml").write_text(text)
    profile, problems = load_profile(tmp_path / "deal.yaml", library)
    assert profile, problems
    resolution, problems = resolve(profile, library)
    assert resolution, problems
    return resolution


def approve_all(folder, resolution, without=""):
    given = [approve(r.clause, by="Ada", on=DAY) for r in resolution.clauses if r.clause.id != without]
    (folder / "approvals.yaml").write_text(approvals_text(given))


def test_unapproved_clauses_make_a_draft_and_are_listed(tmp_path, library):
    resolution = resolved(tmp_path, library)
    held, problems = hold_to_approvals(resolution)
    assert held.profile.status == "draft"
    (told,) = problems
    assert told.hint == f"`ccclauses approve CLAUSE --by NAME --folder {tmp_path}` records a review"
    assert (told.rule, told.severity, told.at.line) == ("not-approved", Severity.WARNING, 7)
    assert all(f"`{r.clause.id}`" in told.message for r in resolution.clauses)


def test_approved_clauses_make_it_final(tmp_path, library):
    resolution = resolved(tmp_path, library)
    approve_all(tmp_path, resolution)
    held, problems = hold_to_approvals(resolution)
    assert held == resolution and held.profile.status == "final" and problems == []


def test_one_that_is_missing_is_named_alone(tmp_path, library):
    resolution = resolved(tmp_path, library)
    approve_all(tmp_path, resolution, without="records")
    _, (told,) = hold_to_approvals(resolution)
    assert "`records`" in told.message and "`interpretation`" not in told.message


def test_a_profile_that_asks_for_nothing_reads_no_approvals(tmp_path, library):
    (tmp_path / "approvals.yaml").write_text("no: good")
    resolution = resolved(tmp_path, library, PROFILE.replace("approved_only: yes\n", ""))
    assert hold_to_approvals(resolution) == (resolution, [])


def test_approvals_beside_the_base_that_asks_for_them(tmp_path, library):
    house = tmp_path / "house"
    house.mkdir()
    (house / "base.yaml").write_text("approved_only: yes\n")
    text = "extends: house/base.yaml\n" + PROFILE.replace("approved_only: yes\n", "")
    resolution = resolved(tmp_path, library, text)
    assert hold_to_approvals(resolution)[0].profile.status == "draft"
    approve_all(house, resolution)
    assert hold_to_approvals(resolution)[0].profile.status == "final"


def test_mistakes_of_the_approvals_file_are_told(tmp_path, library):
    resolution = resolved(tmp_path, library)
    (tmp_path / "approvals.yaml").write_text("approvals:\n  breach: {version: 1}\n")
    held, problems = hold_to_approvals(resolution)
    assert held.profile.status == "draft"
    assert "missing-key" in {p.rule for p in problems}
