from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ccclauses.cli.check import check
from ccclauses.cli.common import in_order, tally, write_whole
from ccclauses.model.diagnostic import Diagnostic, Position, Severity

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
MINIMAL = (
    "annex: {date: 2026-03-02}\nagreement: {title: Agreement}\nlaw: GB-EAW\ncurrency: GBP\n"
    "parties: {client: {name: A plc, country: GB}, provider: {name: B Ltd, country: GB}}\n"
)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *args: CliRunner().invoke(check, list(args))


def test_the_five_examples_hold_no_error():
    assert len(EXAMPLES) >= 5
    result = CliRunner().invoke(check, [str(p) for p in EXAMPLES])
    assert result.exit_code == 0, result.output


def test_the_problems_of_every_profile_are_told_at_once(run, tmp_path):
    (tmp_path / "one.yaml").write_text(MINIMAL + "posture: strikt\nsettings: {leaver_revoke: 8 %}\n", "utf-8")
    (tmp_path / "two.yaml").write_text("[x\n", "utf-8")
    before = sorted(p.name for p in tmp_path.iterdir())
    result = run("one.yaml", "two.yaml")
    assert result.exit_code == 1
    assert "one.yaml:6:10: error: unknown posture `strikt` [unknown-posture]" in result.output
    assert "one.yaml:7:27: error: `8 %` was found where a period is expected [wrong-type]" in result.output
    assert "two.yaml:1:1: error: a list that was opened with `[` is not closed [not-yaml]" in result.output
    assert "2 profiles checked: 3 errors, " in result.output
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_problems_as_json(run, tmp_path):
    (tmp_path / "one.yaml").write_text(MINIMAL + "posture: strikt\n", "utf-8")
    result = run("one.yaml", "--format", "json")
    assert result.exit_code == 1
    told = json.loads(result.output)
    assert told["errors"] == 1
    assert told["diagnostics"][0] == {
        "rule": "unknown-posture", "severity": "error", "message": "unknown posture `strikt`", "file": "one.yaml",
        "line": 6, "column": 10, "hint": "did you mean `strict`?",
    }  # fmt: skip


def test_a_profile_that_is_not_there_is_misuse(run):
    assert run("none.yaml").exit_code == 2
    assert run().exit_code == 2


def test_a_client_s_own_library_is_read(run, tmp_path):
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "doors.yaml").write_text("id: doors\nversion: x\n", "utf-8")
    (tmp_path / "one.yaml").write_text(MINIMAL + "libraries: [ours, theirs]\n", "utf-8")
    result = run("one.yaml")
    assert result.exit_code == 1
    assert "ours/doors.yaml:2:10: error: `x` was found where a whole number is expected [wrong-type]" in result.output
    assert "theirs:1:1: error: there is no such folder of clauses [unreadable-file]" in result.output
    assert "a path under `libraries` starts from the folder of the profile that names it" in result.output


def test_a_library_that_is_not_there_hides_no_other_problem(run, tmp_path):
    text = (
        MINIMAL
        + "libraries: [theirs]\ninclude: [their-clause]\nsettings: {their_value: 3, breach_notice: 900 hours}\ncolour: red\n"
    )
    (tmp_path / "one.yaml").write_text(text, "utf-8")
    result = run("one.yaml")
    assert "theirs:1:1: error: there is no such folder of clauses" in result.output
    assert "[out-of-range]" in result.output and "unknown key `colour`" in result.output
    assert "their_value" not in result.output and "their-clause" not in result.output and "3 errors" in result.output


def diagnostic(line, severity=Severity.ERROR):
    return Diagnostic(rule="r", message="m", at=Position(file="f", line=line), severity=severity)


def test_diagnostics_are_told_in_order_and_once():
    assert in_order([diagnostic(2), diagnostic(1), diagnostic(2)]) == [diagnostic(1), diagnostic(2)]
    assert tally([diagnostic(1), diagnostic(2), diagnostic(3, Severity.NOTE)]) == "2 errors, 1 note"
    assert tally([]) == ""


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "new" / "annex.docx"
    assert write_whole(path, b"one") is None
    refused = write_whole(path, b"two")
    assert refused is not None and "--force" in refused.hint
    assert path.read_bytes() == b"one"
    assert write_whole(path, b"two", force=True) is None
    assert path.read_bytes() == b"two"

    def fail(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    refused = write_whole(path, b"three", force=True)
    assert refused is not None and "No space left" in refused.message
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["annex.docx"]


def test_a_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "x").write_text("", "utf-8")
    assert write_whole(tmp_path / "x" / "annex.docx", b"") is not None


WRONG = """\
annex: {date: 2026-03-32}
agreement: {title: Agreement # 12}
parties:
  client: {name: Client plc, country: GB}
  provider: {name: OrderBot AI, Inc., country: US}
law: GB-EAW
currency: GBR
charges: {monthly: "EUR 240,000.00"}
frameworks: [gdpr, dorra]
facts: {seats: lots, takes_payments: yes}
settings:
  annual_cap: 120 %
  backup_interval: 12 hours
  rpo: 4 hours
  report_due: 5 Busines Days
"""


def test_one_run_reports_the_faults_of_every_stage_and_no_other(run, tmp_path):
    (tmp_path / "one.yaml").write_text(WRONG, "utf-8")
    told = json.loads(run("one.yaml", "--format", "json").output)["diagnostics"]
    errors = [(d["line"], d["rule"]) for d in told if d["severity"] == "error"]
    assert errors == [
        (1, "wrong-type"),  # no such day
        (2, "not-yaml"),  # a text with ` #` and no quotes
        (5, "unknown-key"),  # a comma inside a name
        (7, "unknown-currency"),
        (9, "unknown-framework"),
        (10, "wrong-type"),
        (12, "out-of-range"),
        (13, "backup-within-rpo"),  # a clock that breaks a rule across clauses
        (15, "wrong-type"),
    ]


def test_a_value_that_cannot_be_read_breaks_no_rule_across_clauses(run, tmp_path):
    (tmp_path / "one.yaml").write_text(MINIMAL + "settings: {rpo: 1 hour, backup_interval: often}\n", "utf-8")
    told = json.loads(run("one.yaml", "--format", "json").output)["diagnostics"]
    assert [d["rule"] for d in told if d["severity"] == "error"] == ["wrong-type"]


def test_errors_come_first_and_what_the_law_says_last(run, tmp_path):
    (tmp_path / "one.yaml").write_text(MINIMAL + "settings: {rpo: 1 hour, backup_interval: 12 hours}\n", "utf-8")
    told = json.loads(run("one.yaml", "--format", "json").output)["diagnostics"]
    weights = [0 if d["severity"] == "error" else 3 if d["rule"] == "law" else 1 for d in told]
    assert weights == sorted(weights) and {0, 1, 3} == set(weights)


def told(run, tmp_path, text):
    (tmp_path / "one.yaml").write_text(MINIMAL + text, "utf-8")
    return json.loads(run("one.yaml", "--format", "json").output)["diagnostics"]


SITE = "sites: [{name: Cape Town, country: ZA, purpose: Night team}]\n"
SUB = "subcontractors: [{name: Sub Ltd, service: Hosting, country: GB}]\n"


@pytest.mark.parametrize(
    ("text", "rule", "severity", "words"),
    [
        (f"facts: {{cross_border: no}}\n{SITE}", "contradiction", "error", "the site Cape Town in South Africa"),
        (SITE, "contradiction", "warning", "does not say that client data is seen or kept abroad"),
        (f"facts: {{subcontractors_used: no}}\n{SUB}", "contradiction", "error", "Sub Ltd as a subcontractor"),
        ("settings: {forum: arbitration, courts: the courts of Leeds}\n", "setting-without-effect", "error",
         '`courts: the courts of Leeds` and `forum: arbitration` contradict each other'),
        ("settings: {forum: court, arbitrators: three}\n", "setting-without-effect", "error", "`forum: court`"),
        ("postures: {payment_data: strict}\n", "setting-without-effect", "warning", "`postures.payment_data`"),
        ("facts: {backs_up_data: no, critical_function: yes}\n", "fact-without-effect", "warning", "`backs_up_data: no`"),
        ("exclude: {changes: too dear}\n", "excluded-but-required", "error", "`changes` can't be left out"),
    ],
)  # fmt: skip
def test_contradictions_and_what_has_no_effect(run, tmp_path, text, rule, severity, words):
    found = [d for d in told(run, tmp_path, text) if d["rule"] == rule]
    assert [d["severity"] for d in found] == [severity] and words in found[0]["message"] and found[0]["hint"]


@pytest.mark.parametrize(
    "text",
    [
        f"facts: {{cross_border: yes}}\n{SITE}",
        f"facts: {{subcontractors_used: yes}}\n{SUB}",
        "settings: {forum: court, courts: the courts of Leeds}\n",
        "settings: {breach_notice: 12 hours, forum: arbitration, seat: Geneva, arbitrators: one}\n",
        "postures: {audit: strict}\nfacts: {backs_up_data: no}\n",
    ],
)
def test_what_agrees_is_not_reported(run, tmp_path, text):
    rules = {"contradiction", "setting-without-effect", "fact-without-effect", "excluded-but-required"}
    assert not [d for d in told(run, tmp_path, text) if d["rule"] in rules]


def test_no_error_follows_from_a_clause_that_is_left_out(run, tmp_path):
    found = told(run, tmp_path, "exclude: {changes: too dear}\n")
    assert [d["rule"] for d in found if d["severity"] == "error"] == ["excluded-but-required"]
