from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator

from ccclauses.cli.schema import schema
from ccclauses.common.resources import library_folder
from ccclauses.load.document.json_schema import json_schema
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile_format import profile_record

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def library():
    return load_library(library_folder())[0]


@pytest.fixture(scope="module")
def profile_schema(library):
    return Draft7Validator(json_schema("profile", library))


def as_editors_read(text):
    """YAML as an editor hands it to a validator: words typed, dates as text."""

    def plain(value):
        if isinstance(value, dict):
            return {str(k): plain(v) for k, v in value.items()}
        if isinstance(value, list):
            return [plain(v) for v in value]
        return value.isoformat() if isinstance(value, datetime.date) else value

    return plain(yaml.load(text, yaml.SafeLoader))


def test_both_are_json_schemas(library):
    for what in ("profile", "clause"):
        Draft7Validator.check_schema(json_schema(what, library))


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda p: p.stem)
def test_the_examples_are_valid(path, profile_schema):
    assert [e.message for e in profile_schema.iter_errors(as_editors_read(path.read_text("utf-8")))] == []


def test_the_clauses_are_valid():
    validator = Draft7Validator(json_schema("clause", load_library(ROOT / "tests/library")[0]))
    for path in (ROOT / "tests/library").glob("*/*.yaml"):
        if path.parent.name != "frameworks":
            errors = [e.message for e in validator.iter_errors(as_editors_read(path.read_text("utf-8")))]
            assert errors == [], path


@pytest.mark.parametrize(
    "change",
    [
        ("law: GB-EAW", "law: GB-EAV"),
        ("posture: standard", "posture: strikt"),
        ("country: GB", "country: UK"),
        ("takes_payments: yes", "takes_payments: maybe"),
        ("date: 2026-03-02", "date: 2 March 2026"),
        ("leaver_revoke: 4 hours", "leaver_revoke: 4 %"),
        ("frameworks: [", "framework: ["),
        ("law: GB-EAW\n", ""),
    ],
    ids=lambda c: c[1].strip() or "nothing",
)
def test_an_editor_marks_what_is_wrong(change, profile_schema):
    text = (ROOT / "examples" / "retail-uk.yaml").read_text("utf-8")
    assert change[0] in text
    assert list(profile_schema.iter_errors(as_editors_read(text.replace(*change))))


def test_a_profile_that_extends_another_may_leave_keys_out(profile_schema):
    assert list(profile_schema.iter_errors({"extends": "house.yaml", "parties": {"provider": {"name": "B Ltd"}}})) == []
    assert list(profile_schema.iter_errors({"posture": "strict"}))


def test_every_key_of_the_profile_is_documented(library):
    page = (ROOT / "docs/reference/profile-format.md").read_text("utf-8")
    for name, field in profile_record(library).fields.items():
        assert re.search(rf"`{name}`", page), name
        for inner in getattr(field.kind, "fields", {}):
            assert re.search(rf"`{inner}`", page), f"{name}.{inner}"


def test_the_schema_of_the_examples_knows_every_key(library):
    stored = json.loads((ROOT / "examples" / "profile.schema.json").read_text("utf-8"))
    fresh = json_schema("profile", library)
    hint = "run: ccclauses schema profile -o examples/profile.schema.json --force"
    assert list(stored["properties"]) == list(fresh["properties"]), hint
    assert set(stored["properties"]["facts"]["anyOf"][0]["properties"]) == set(library.facts), hint


def test_the_command_prints_and_writes(tmp_path):
    printed = CliRunner().invoke(schema, ["clause"])
    assert printed.exit_code == 0
    assert json.loads(printed.output)["title"] == "A clause of ccclauses"
    target = tmp_path / "p.json"
    assert CliRunner().invoke(schema, ["profile", "-o", str(target)]).exit_code == 0
    assert CliRunner().invoke(schema, ["profile", "-o", str(target)]).exit_code == 1
    assert CliRunner().invoke(schema, ["profile", "-o", str(target), "--force"]).exit_code == 0
    assert CliRunner().invoke(schema, ["annex"]).exit_code == 2
