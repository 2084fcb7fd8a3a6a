"""The commands that read the library and explain a profile, run on the shipped library and an example."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from ccclauses.cli import cli
from ccclauses.common.resources import library_folder
from ccclauses.derive.explain import NOT_ADVICE

EXAMPLE = str(library_folder().parent / "examples" / "retail-uk.yaml")


def run(*arguments):
    return CliRunner().invoke(cli, arguments)


def test_frameworks_lists_each_with_how_it_was_checked():
    result = run("frameworks")
    assert result.exit_code == 0
    assert "dora: Regulation (EU) 2022/2554" in result.output
    assert (
        "    33 references: 32 seen in the text of the law or standard, 1 seen in a reliable summary\n" in result.output
    )
    assert (
        "    49 references: 46 seen in the text of the law or standard, 3 seen in a reliable summary\n" in result.output
    )
    assert "    18 references: 16 seen in a reliable summary, 2 not checked against a source\n" in result.output


def test_frameworks_shows_one_with_its_rows():
    result = run("frameworks", "eu_ai_act")
    assert result.exit_code == 0
    assert "  Art 50(1) (contract term, text seen): Tell people that they are talking to AI" in result.output
    (only,) = json.loads(run("frameworks", "eu_ai_act", "--format", "json").output)["frameworks"]
    assert [r["ref"] for r in only["references"]] == ["Art 5(1)(f)", "Art 50(1)", "Art 50(3)", "Art 50(2)"]


def test_clauses_finds_by_words():
    result = run("clauses", "shred", "erasure")
    assert result.exit_code == 0
    assert result.output.splitlines()[0].strip().startswith("erasure:")
    found = json.loads(run("clauses", "shred", "erasure", "--format", "json").output)["clauses"]
    assert found[0]["id"] == "erasure"


def test_the_reasons_of_versions_are_looked_up():
    shown = run("show", "access-control").output
    (listed,) = json.loads(run("clauses", "role", "matrix", "--format", "json").output)["clauses"]
    data = json.loads(run("show", "access-control", "--format", "json").output)["changes"]
    assert data == listed["changes"] and [c["version"] for c in data] == list(range(2, data[-1]["version"] + 1))
    told = " ".join(shown[shown.index("What changed\n") :].split())
    assert told.startswith(f"What changed version 2: {data[0]['reason']}")


def test_clauses_says_when_nothing_is_found():
    result = run("clauses", "erasre")
    assert (result.exit_code, result.stderr) == (1, "No clause holds `erasre`. did you mean `erasure`?\n")


def test_show_prints_the_ladder_and_that_it_is_no_advice():
    result = run("show", "access-control")
    assert result.exit_code == 0
    assert "leaver_revoke" in result.output and result.output.rstrip().endswith(NOT_ADVICE)
    shown = json.loads(run("show", "access-control", "--posture", "strict", "--law", "DE", "--format", "json").output)
    assert all(list(p["values"]) in ([], ["strict"]) for p in shown["parameters"])


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("show", "access-contrl"), "unknown clause `access-contrl`; did you mean `access-control`?"),
        (("show", "erasure", "--posture", "strickt"), "unknown posture `strickt`; did you mean `strict`?"),
        (("show", "erasure", "--law", "GB"), "unknown law `GB`; there are GB-EAW, US-NY"),
        (("frameworks", "gdp"), "unknown framework `gdp`; did you mean `gdpr`?"),
        (("explain", "nowhere.yaml"), "there is no file `nowhere.yaml`"),
    ],
)
def test_a_name_that_is_not_known_is_misuse_with_a_suggestion(arguments, hint):
    result = run(*arguments)
    assert result.exit_code == 2
    assert hint in result.stderr


def test_explain_says_why_and_where_from():
    result = run("explain", EXAMPLE)
    assert result.exit_code == 0, result.output
    assert "breach_notice = " in result.output and "retail-uk.yaml:" in result.output
    explained = json.loads(run("explain", EXAMPLE, "--format", "json").stdout)
    assert {"clauses", "left_out", "settings", "diagnostics", "notice"} <= set(explained)


def test_explain_of_a_profile_with_an_error_tells_it_and_exits_1(tmp_path):
    text = (library_folder().parent / "examples" / "retail-uk.yaml").read_text(encoding="utf-8")
    broken = tmp_path / "deal.yaml"
    broken.write_text(text.replace("breach_notice: ", "breach_notice: 9"), encoding="utf-8")
    result = run("explain", str(broken))
    assert result.exit_code == 1
    assert "error: " in result.stderr and "Traceback" not in result.output


def test_coverage_lists_every_reference_of_the_frameworks_on():
    result = run("coverage", EXAMPLE)
    assert "UK GDPR: " in result.stdout and "PCI DSS v4.0.1: " in result.stdout
    covered = json.loads(run("coverage", EXAMPLE, "--format", "json").stdout)["frameworks"]
    assert [(f["id"], f["references"]) for f in covered] == [("uk_gdpr", 9), ("pci_dss_4_0_1", 49)]
    complete = all(f["contract_terms_covered"] == f["contract_terms"] for f in covered)
    assert result.exit_code == (0 if complete else 1)


@pytest.mark.parametrize("command", ["explain", "coverage", "clauses", "show", "frameworks"])
def test_help_gives_an_example(command):
    result = run(command, "--help")
    assert result.exit_code == 0 and f"ccclauses {command}" in result.output
