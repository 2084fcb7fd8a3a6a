from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccclauses.common.limits import Limits, under
from ccclauses.load.library.conditions import CONTRACT_NAMES
from ccclauses.load.library.library import load_library
from ccclauses.model.words.quantity import Duration, Money, Percentage
from ccclauses.resolve.situation import DEAL_NAMES

SMALL = Path(__file__).parent.parent / "library"


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


def test_values_are_typed(small):
    access, records, credits = (small.clauses[i] for i in ("access", "records", "credits"))
    assert access.parameters["leaver_revoke"].values["strict"] == Duration(1, "hours")
    assert access.parameters["coverage"].values["standard"] == Percentage(Decimal("99.5"))
    assert records.parameters["report_due"].maximum == Duration(15, "days", "business")
    assert records.parameters["report_period"].choices["monthly"] == "calendar month"
    assert records.parameters["signed"].values == {"strict": True, "standard": True, "baseline": False}
    assert records.parameters["countries"].values["baseline"] == ("GB", "DE")
    assert credits.parameters["late_notice_rate"].values["standard"] == Money(Decimal(1500))


def test_clauses_come_in_the_order_of_the_annex(small):
    assert list(small.clauses) == [
        "interpretation",
        "records",
        "access",
        "breach",
        "card-data",
        "open-recording",
        "credits",
    ]


def test_a_text_knows_where_it_begins(small):
    lines = (SMALL / "security/access.yaml").read_text("utf-8").splitlines()
    for text in (*small.clauses["access"].variants, *small.clauses["access"].parts):
        first = text.text.splitlines()[0]
        assert lines[text.text_line - 1][text.text_column - 1 :] == first


def test_the_settings_of_a_variant_are_typed(small):
    assert small.clauses["records"].variants[-1].settings == {"report_due": Duration(15, "days", "business")}


def test_a_single_law_may_stand_without_a_list(small):
    assert small.clauses["access"].parts[0].laws == ("civil_law",)


def test_a_term_may_be_defined_under_conditions_that_exclude_each_other(small):
    assert [d.term for d in small.definitions.values()].count("Personal Data") == 2


def test_the_fingerprint_follows_every_byte(own, small):
    copy = own / "copy"
    shutil.copytree(SMALL, copy)
    assert load_library(copy)[0].fingerprint == small.fingerprint
    facts = copy / "facts.yaml"
    facts.write_bytes(facts.read_bytes() + b"\n")
    assert load_library(copy)[0].fingerprint != small.fingerprint


def test_a_clause_of_a_client_replaces_a_shipped_one(own):
    (own / "access.yaml").write_text(
        "id: access\nextends: access\nversion: 7\ntitle: Our leavers\n"
        "parameters:\n  leaver_revoke: {type: duration, label: Ours, baseline: 2 hours, standard: 1 hour, strict: 1 hour}\n",
        "utf-8",
    )
    library, found = load_library(SMALL, own)
    assert found == []
    access = library.clauses["access"]
    assert (access.version, access.title, access.purpose) == (
        7,
        "Our leavers",
        "Access ends when the reason for it ends.",
    )
    assert access.replaces is not None
    assert (access.replaces.version, access.replaces.title) == (1, "Leavers and reviews")
    assert access.parameters["leaver_revoke"].label == "Ours"
    assert access.parameters["coverage"] == access.replaces.parameters["coverage"]
    assert access.at.file == str(own / "access.yaml")


@pytest.mark.parametrize(
    "keys, found",
    [
        ("title: Ours", [2, 3]),  # it says nothing of versions, so that those of the replaced clause count
        ("version: 5", []),  # what versions 2 and 3 were here, only the client can say
        ("version: 3\nchanges: {3: Our own reason.}", [3]),
        ("changes: {3: Our own reason.}", [3]),
    ],
)
def test_a_clause_that_counts_its_versions_gives_the_reasons_for_them(own, keys, found):
    (own / "breach.yaml").write_text(f"id: breach\nextends: breach\n{keys}\n", "utf-8")
    library, problems = load_library(SMALL, own)
    assert problems == [] and [c.version for c in library.clauses["breach"].changes] == found


def test_reasons_come_by_version(own):
    text = (SMALL / "security/breach.yaml").read_text("utf-8")
    head, _, rest = text.partition("changes:\n")
    second, third, *rest = rest.splitlines(keepends=True)
    (own / "breach.yaml").write_text("".join(("extends: breach\n", head, "changes:\n", third, second, *rest)), "utf-8")
    library, _ = load_library(SMALL, own)
    assert [c.version for c in library.clauses["breach"].changes] == [2, 3]


def test_a_client_adds_clauses_definitions_frameworks_and_laws(own):
    (own / "frameworks").mkdir()
    (own / "frameworks" / "house.yaml").write_text(
        "id: house\ntitle: House rules\nshort: House\njurisdiction: here\nreferences:\n"
        "  - {ref: '1', id: H-1, kind: control, duty: Lock the door, topics: [access], checked: unchecked}\n",
        "utf-8",
    )
    (own / "definitions.yaml").write_text(
        "- term: Door\n  text: |\n    means a door.\n- term: Agreement\n  text: |\n    means ours.\n", "utf-8"
    )
    (own / "doors.yaml").write_text(
        "id: doors\nversion: 1\ntitle: Doors\ntopic: access\npurpose: Doors are locked.\nmaps_to: {house: {'1': [lock]}}\n"
        "variants:\n  - posture: [strict, standard, baseline]\n    text: |\n      1. [#lock] The Provider shall lock each Door.\n",
        "utf-8",
    )
    library, found = load_library(SMALL, own)
    assert found == []
    assert "doors" in library.clauses
    assert library.definitions["Agreement"].text == "means ours.\n"
    assert "house" in library.frameworks


def test_every_file_is_read_and_every_problem_told(own):
    for n in range(5):
        (own / f"wrong-{n}.yaml").write_text(f"id: wrong-{n}\nversion: x\n", "utf-8")
    _, found = load_library(SMALL, own)
    assert {d.at.file for d in found} == {str(own / f"wrong-{n}.yaml") for n in range(5)}
    assert sum(d.rule == "wrong-type" for d in found) == 5


def test_a_broken_clause_is_not_told_again_by_those_who_need_it(own):
    copy = own / "copy"
    shutil.copytree(SMALL, copy)
    records = copy / "governance" / "records.yaml"
    records.write_text(records.read_text("utf-8").replace("version: 2", "version: two"), "utf-8")
    _, found = load_library(copy)
    assert [(d.rule, d.at.line) for d in found] == [("wrong-type", 2)]


@pytest.mark.parametrize("table", ["postures", "topics", "laws"])
def test_a_missing_table_is_told(own, table):
    copy = own / "copy"
    shutil.copytree(SMALL, copy)
    (copy / f"{table}.yaml").unlink()
    _, found = load_library(copy)
    assert "missing-file" in {d.rule for d in found}


@pytest.mark.parametrize("table", ["postures", "topics", "laws", "facts", "definitions", "constraints", "frame"])
def test_a_broken_table_is_told_and_nothing_else(own, table):
    copy = own / "copy"
    shutil.copytree(SMALL, copy)
    (copy / f"{table}.yaml").write_text("[", "utf-8")
    _, found = load_library(copy)
    assert [(d.rule, d.at.file) for d in found] == [("not-yaml", str(copy / f"{table}.yaml"))]


def test_a_client_can_t_change_the_postures(own):
    shutil.copy(SMALL / "postures.yaml", own / "postures.yaml")
    assert [d.rule for d in load_library(SMALL, own)[1]] == ["replaced-table"]


def test_a_file_must_bear_the_name_of_its_clause(own):
    text = (SMALL / "governance/interpretation.yaml").read_text("utf-8").replace("id: interpretation", "id: another")
    (own / "some-name.yaml").write_text(re.sub(r"parameters:.*?variants:", "variants:", text, flags=re.DOTALL), "utf-8")
    assert "file-name" in {d.rule for d in load_library(SMALL, own)[1]}


def test_no_folder_no_file_and_too_many_files_are_told(own):
    assert [d.rule for d in load_library(SMALL, own / "none")[1]] == ["unreadable-file"]
    (own / "x.yaml").write_text("a: 1", "utf-8")
    assert [d.rule for d in load_library(SMALL, own / "x.yaml")[1]] == ["unreadable-file"]
    with under(Limits(library_files=3)):
        assert "too-many-files" in {d.rule for d in load_library(SMALL)[1]}


def test_dot_files_and_other_files_are_passed_over(own):
    (own / ".hidden.yaml").write_text("[", "utf-8")
    (own / ".git").mkdir()
    (own / ".git" / "x.yaml").write_text("[", "utf-8")
    (own / "notes.txt").write_text("[", "utf-8")
    assert load_library(SMALL, own)[1] == []


def test_conditions_may_name_what_resolving_knows_of_a_deal_and_nothing_else(small):
    assert DEAL_NAMES == CONTRACT_NAMES
    assert not DEAL_NAMES & {*small.facts, *small.owners}


FILES = sorted(str(p.relative_to(SMALL)) for p in SMALL.rglob("*.yaml"))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_mutated_library_gives_diagnostics_and_never_an_exception(tmp_path, data):
    name = data.draw(st.sampled_from(FILES))
    lines = (SMALL / name).read_text("utf-8").splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    change = data.draw(st.sampled_from(["drop", "double", "swap", "cut", "word", "value", "list", "group"]))
    line = lines[at]
    key = line.partition(":")[0]
    lines[at : at + 1] = {
        "drop": [],
        "double": [line, line],
        "swap": [lines[at - 1], line],
        "cut": [line[: data.draw(st.integers(0, len(line)))]],
        "word": [line.replace(" ", data.draw(st.sampled_from([" null ", " {}", " [x]", " 8 %", " - "])), 1)],
        "value": [f"{key}: " + data.draw(st.text(max_size=12))],
        "list": [f"{key}: [[], {{}}, ~, x]"],
        "group": [f"{key}: {{a: {{b: [c]}}, ~: x}}"],
    }[change]
    copy = tmp_path / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(SMALL, copy)
    (copy / name).write_text("\n".join(lines), "utf-8", newline="\n")
    library, found = load_library(copy)
    assert all(str(d) for d in found)
    assert library.fingerprint
