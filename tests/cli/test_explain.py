"""`explain --why` answers for one name, `explain --set` says what a change would do; both write nothing."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from ccclauses.cli import cli
from ccclauses.common.resources import examples_folder


@pytest.fixture
def deal(tmp_path):
    path = tmp_path / "deal.yaml"
    shutil.copy(examples_folder() / "retail-uk.yaml", path)
    return path


def explain(deal, *options):
    return CliRunner().invoke(cli, ["explain", str(deal), *options])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("breach_notice", "is 12 hours: the profile sets it"),
        ("leaver_revoke", "is 4 hours"),
        ("business-associate-terms", "is not in the annex"),
        ("breach-handling", "is in the annex: always"),
        ("home_working", "is yes: the profile says so"),
        ("dora", "is off: the profile does not list it"),
    ],
)
def test_why(deal, name, words):
    result = explain(deal, "--why", name)
    assert result.exit_code == 0 and words in result.output


def test_why_of_an_unknown_name(deal):
    result = explain(deal, "--why", "breach_notise")
    assert result.exit_code == 1 and "did you mean `breach_notice`?" in result.output


def test_what_a_value_would_change(deal):
    before = sorted(p.name for p in deal.parent.iterdir())
    result = explain(deal, "--set", "breach_notice=8 hours", "--format", "json")
    assert result.exit_code == 0
    values = {v["parameter"]: (v["before"], v["after"]) for v in json.loads(result.stdout)["values"]}
    assert set(values) == {"breach_notice"}
    assert "[-12-][+8+]" in explain(deal, "--set", "breach_notice=8 hours").output
    assert sorted(p.name for p in deal.parent.iterdir()) == before


def test_what_a_fact_would_change(deal):
    assert "Home working: removed" in explain(deal, "--set", "home_working=no").output


def test_every_wrong_change_is_reported(deal):
    result = explain(deal, "--set", "breach_notice=soon", "--set", "breach_notise=8 hours", "--set", "x")
    assert result.exit_code == 1
    assert "`soon` was found where a period is expected" in result.output
    assert "did you mean `breach_notice`?" in result.output and "`x`" in result.output


def test_a_change_that_breaks_a_rule_is_refused_with_the_reason(deal):
    result = explain(deal, "--set", "rpo=1 hour", "--set", "backup_interval=12 hours")
    assert result.exit_code == 1 and "backup-within-rpo" in result.output
