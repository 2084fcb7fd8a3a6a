"""Two annexes of the small library: values, references, definitions, coverage and money."""

from __future__ import annotations

import shutil

import pytest
from comparing import SMALL, annex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccclauses.compare.annexes import compare_annexes
from ccclauses.report.diff.diff_shown import Shown
from ccclauses.report.diff.diff_text import write_diff_text

LOOSER = ("leaver_revoke: 4 hours", "leaver_revoke: 8 hours")


@pytest.fixture
def before(tmp_path):
    return annex(tmp_path)


def changed_library(folder, name, *changes):
    """A copy of the small library with replacements in one of its files."""
    copy = folder / "library"
    shutil.copytree(SMALL, copy)
    path = next(copy.rglob(name))
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return copy


def test_an_annex_is_equal_to_itself(before):
    comparison = compare_annexes(before, before)
    assert comparison.empty and not Shown(comparison, "all").different
    assert compare_annexes(before, before, exact=True).empty


def test_a_value_is_told_with_its_direction(tmp_path, before):
    comparison = compare_annexes(before, annex(tmp_path, LOOSER))
    assert [str(v) for v in comparison.values] == ["Revocation of a leaver's access: 4 hours → 8 hours, looser"]
    assert [str(v) for v in compare_annexes(annex(tmp_path, LOOSER), before).values] == [
        "Revocation of a leaver's access: 8 hours → 4 hours, stricter"
    ]


def test_a_changed_value_is_one_change_where_it_is_printed(tmp_path, before):
    comparison = compare_annexes(before, annex(tmp_path, LOOSER))
    (shown,) = Shown(comparison).parts
    assert shown.happened == "values changed" and "[-4-][+8+] hours" in write_diff_text(comparison)


def test_generated_schedules_only_repeat(tmp_path, before):
    comparison = compare_annexes(before, annex(tmp_path, LOOSER))
    assert {p.part.id for p in Shown(comparison).parts} == {"access"}


def test_values_alone(tmp_path, before):
    after = annex(tmp_path, LOOSER, ("title: Test Annex", "title: Other Annex"))
    assert "[-Test-][+Other+] Annex" in write_diff_text(compare_annexes(before, after))
    report = write_diff_text(compare_annexes(before, after), "values")
    assert "[+Other+]" not in report and "4 hours → 8 hours, looser" in report


def test_money_before_and_after(tmp_path, before):
    after = annex(tmp_path, ("GBP 240,000.00", "GBP 120,000.00"))
    comparison = compare_annexes(before, after)
    table = before.credit_rules.table()
    month = table.month + table.month_notice
    assert comparison.exposure_before.month.amount == month
    assert comparison.exposure_after.month.amount == month / 2
    assert "Most that the credits of a month can come to: GBP" in write_diff_text(comparison)


def test_a_year_of_capped_months_bounds_the_year(before):
    exposure = compare_annexes(before, before).exposure_before
    assert exposure.year.amount <= exposure.month.amount * 12


def test_coverage_lost_and_gained(tmp_path, before):
    after = annex(tmp_path, ("frameworks: [gdpr, card_standard]", "frameworks: [gdpr]"))
    lost = compare_annexes(before, after).coverage
    gained = compare_annexes(after, before).coverage
    assert lost and {c.kind for c in lost} == {"lost"} and {c.framework for c in lost} == {"card_standard"}
    assert {(c.framework, c.ref) for c in lost} == {(c.framework, c.ref) for c in gained}
    assert {c.kind for c in gained} == {"gained"}


def test_a_definition_that_changed(tmp_path, before):
    copy = changed_library(tmp_path, "definitions.yaml", ("means", "shall mean"))
    definitions = compare_annexes(before, annex(tmp_path, library=copy)).definitions
    assert definitions and all(d.kind == "reworded" for d in definitions)
    assert "[+shall mean+]" in write_diff_text(compare_annexes(before, annex(tmp_path, library=copy)))


def test_a_clause_put_in_front_renumbers_and_changes_nothing_else(tmp_path):
    extra = (
        "id: aaa-first\nversion: 1\ntitle: First of all\ntopic: interpretation\npurpose: To be first.\n"
        "variants:\n  - posture: [strict, standard, baseline]\n    text: |\n      1. [#first] The Provider shall act.\n"
    )
    topic = next(c for c in annex(tmp_path).clauses).topic
    copy = tmp_path / "more"
    shutil.copytree(SMALL, copy)
    (copy / "governance" / "aaa-first.yaml").write_text(extra.replace("interpretation", topic), encoding="utf-8")
    before = annex(tmp_path)
    after = annex(tmp_path, ("include: [access]", "include: [access, aaa-first]"), library=copy)
    assert [c.id for c in after.clauses][0] == "aaa-first"
    comparison = compare_annexes(before, after)
    assert {c.id: c.kind for c in comparison.clauses if c.kind not in ("renumbered", "unchanged")} == {
        "aaa-first": "added"
    }
    assert [p.part.id for p in Shown(comparison).parts if p.part.id.startswith("schedule")] == []


def test_a_reference_that_points_elsewhere_is_told_by_heading(tmp_path, before):
    text = (SMALL / "security" / "breach.yaml").read_text(encoding="utf-8")
    first = 'agrees under {{ ref("notify") }}.\n'
    one = changed_library(tmp_path / "1", "breach.yaml", ("agrees.\n", first))
    other = changed_library(tmp_path / "2", "breach.yaml", ("agrees.\n", first.replace("notify", "credit")))
    assert "agrees.\n" in text
    comparison = compare_annexes(annex(tmp_path, library=one), annex(tmp_path, library=other))
    (change,) = [p for c in comparison.clauses for p in c.changed]
    ((was, now),) = change.references
    assert was.endswith("(Breach notice)") and now.endswith("(Breach notice)") and was != now
    assert f"now refers to {now}, before to {was}" in write_diff_text(comparison)


SETTINGS = {
    "posture: standard": ("posture: strict", "posture: baseline"),
    "leaver_revoke: 4 hours": ("leaver_revoke: 8 hours", "leaver_revoke: 24 hours"),
    "frameworks: [gdpr, card_standard]": ("frameworks: [gdpr]", "frameworks: []"),
    "countries: [GB, IE]": ("countries: [GB]",),
    "law: GB-EAW": ("law: DE",),
    "title: Test Annex": ("title: Another Annex",),
    "takes_payments: yes": ("takes_payments: no",),
}
drawn = st.lists(st.sampled_from(sorted(SETTINGS)), unique=True, max_size=3).flatmap(
    lambda keys: st.tuples(*(st.tuples(st.just(k), st.sampled_from(SETTINGS[k])) for k in keys))
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn, drawn)
def test_laws_of_comparison(tmp_path, one, other):
    first, second = annex(tmp_path, *one), annex(tmp_path, *other)
    assert compare_annexes(first, first).empty
    forth, back = compare_annexes(first, second), compare_annexes(second, first)
    assert forth.empty == back.empty
    assert {(v.parameter, v.before, v.after) for v in forth.values} == {
        (v.parameter, v.after, v.before) for v in back.values
    }
    turned = {"stricter": "looser", "looser": "stricter", "different": "different"}
    assert {v.parameter: v.direction for v in forth.values} == {v.parameter: turned[v.direction] for v in back.values}
    for part in (*forth.parts, *back.parts):
        for p in part.paragraphs:
            if p.words and p.kind not in ("moved",):
                assert "".join(w.before for w in p.words if w.kind != "moved_to") == p.before
