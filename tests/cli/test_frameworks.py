"""Frameworks say where their text is published and when each requirement was last held against it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from ccclauses.cli import cli
from ccclauses.common.resources import library_folder
from ccclauses.load.library.library import load_library


@pytest.fixture(scope="module")
def shipped():
    return load_library(library_folder())[0].frameworks.values()


def stale(monkeypatch, day, months, *more):
    module = __import__("ccclauses.cli.frameworks", fromlist=["today"])
    monkeypatch.setattr(module, "today", lambda: day)
    result = CliRunner().invoke(cli, ["frameworks", *more, "--stale", str(months), "--format", "json"])
    return result.exit_code, json.loads(result.output)["stale"]


def test_every_shipped_requirement_has_a_source_and_a_day_or_is_marked_as_not_checked(shipped):
    for framework in shipped:
        assert framework.source and framework.checked_on, framework.id
        for row in framework.references.values():
            assert (framework.checked(row) is None) == (row.checked == "unchecked"), row.ref


def test_what_is_older_is_listed_and_what_was_never_checked_always(shipped, monkeypatch):
    never = {(f.id, r.ref) for f in shipped for r in f.references.values() if r.checked == "unchecked"}
    code, fresh = stale(monkeypatch, date(2026, 12, 1), 12)
    assert code == 1 and {(x["framework"], x["ref"]) for x in fresh} == never
    _, old = stale(monkeypatch, date(2027, 11, 25), 12)
    newer = {
        (f.id, r.ref)
        for f in shipped
        for r in f.references.values()
        if r.checked_on and r.checked_on > date(2026, 11, 25)
    }
    assert {(x["framework"], x["ref"]) for x in old} == {
        (f.id, r.ref) for f in shipped for r in f.references.values()
    } - newer
    assert newer == {("gdpr", "EDPB 22/2024")}


def test_laws_and_rules_that_rest_on_a_law_are_listed_too(monkeypatch):
    module = __import__("ccclauses.cli.frameworks", fromlist=["today"])
    monkeypatch.setattr(module, "today", lambda: date(2026, 12, 1))
    library = load_library(library_folder())[0]
    assert all(law.source for law in library.laws.values())
    run = CliRunner().invoke(cli, ["frameworks", "--stale", "12", "--format", "json"])
    told = json.loads(run.output)
    assert {x["law"] for x in told["laws"]} == {k for k, law in library.laws.items() if law.checked_on is None}
    listed = {x["rule"] for x in told["rules"]}
    held = {
        name for f in library.frameworks.values() for r in f.references.values() if f.checked(r) for name in r.rules
    }
    assert listed and not listed & held  # what holds a requirement was checked with it
    assert not any(c.id in listed for c in library.constraints if c.source.startswith("drafting practice"))
    text = CliRunner().invoke(cli, ["frameworks", "--stale", "12"]).output
    assert "governing laws" in text.splitlines()[-1] and "GB-EAW: no day of a check is known" in text
    one = CliRunner().invoke(cli, ["frameworks", "gdpr", "--stale", "12"]).output
    assert "governing laws" not in one
