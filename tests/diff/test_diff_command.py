"""`ccclauses diff`: what it takes, prints, writes and refuses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from ccclauses.cli.diff import diff

ROOT = Path(__file__).parent.parent.parent
SMALL = ROOT / "tests" / "library"
PROFILE = ROOT / "examples" / "startup-full.yaml"
SCHEMA = ROOT / "examples" / "profile.schema.json"


def call(*arguments):
    return CliRunner().invoke(diff, [str(a) for a in arguments])


@pytest.fixture
def library(tmp_path):
    """A copy of the small library with a looser value, another duty and another wording."""
    copy = tmp_path / "library"
    shutil.copytree(SMALL, copy)
    path = copy / "security" / "breach.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("standard: 24 hours", "standard: 36 hours"),
        ("range: [1 hour, 72 hours]", "range: [1 hour, 96 hours]"),
        ("shall tell nobody else", "shall inform nobody else"),
        ("evidence: Email with timestamp", "evidence: Signed email"),
        ("class: notice", "class: A"),
        ("version: 3", "version: 4"),
        ('"Art 33(2)": [notify]', '"Art 28(3)(h)": [notify]'),
    ):
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return copy


def test_two_libraries_clause_by_clause(library):
    result = call(SMALL, library)
    assert result.exit_code == 1, result.output
    for told in (
        "Notice of a Security Breach (standard): 24 hours → 36 hours, looser",
        "Notice of a Security Breach (range): 1 hour to 72 hours → 1 hour to 96 hours",
        "Breach notice: reworded, version 3 → 4",
        "strict #prevent  The Provider shall [-tell-][+inform+] nobody else",
        "baseline #prevent  The Provider shall",
        "duty  #notify: provider to notify the Client of each Security Breach; on learning of it; counts from event; "
        "within breach_notice; evidence: [-Email with timestamp-][+Signed email+]",
        "failure  late_notice: Late notice, #notify, class [-notice-][+A+], Security Breach",
        "lost: gdpr Art 33(2)",
    ):
        assert told in result.output, told


@pytest.mark.parametrize(
    "kind, told",
    [
        ("text", "Breach notice: reworded, version 2 → 4\n  version 3:  [+{}+]\n  version 4:  [+{}+]\n"),
        ("md", "- version 3: **{}**\n- version 4: **{}**\n"),
        (
            "html",
            "<ins>{}</ins>",
        ),
        ("json", '"after": "{}"'),
    ],
)
def test_the_reason_of_each_new_version_stands_with_its_clause(tmp_path, kind, told):
    reasons = ("Nobody else is told.", "The notice is in writing.")
    path = Path("security", "breach.yaml")
    text = (SMALL / path).read_text(encoding="utf-8")
    head = text[text.index("version:") : text.index("title:")]
    for name, version in (
        ("before", "version: 2\nchanges: {2: A contact is named.}\n"),
        ("after", f"version: 4\nchanges:\n  4: {reasons[1]}\n  3: {reasons[0]}\n  2: A contact is named.\n"),
    ):
        shutil.copytree(SMALL, tmp_path / name)
        (tmp_path / name / path).write_text(text.replace(head, version), encoding="utf-8")
    output = call(tmp_path / "before", tmp_path / "after", "--to", kind).output
    if told.count("{}") == 2:
        assert told.format(*reasons) in output
    else:
        assert all(told.format(reason) in output for reason in reasons), output
    assert "A contact is named" not in output


def test_equal_sides_exit_with_0(library):
    for side in (SMALL, PROFILE, "breach-handling@strict"):
        result = call(side, side)
        assert result.exit_code == 0 and "No differences" in result.output, result.output


def test_two_wordings_of_a_clause():
    result = call("breach-handling@strict", "breach-handling@baseline,DE")
    assert result.exit_code == 1
    assert "4 hours → 72 hours, looser" in result.output and "1 reworded" in result.output
    assert call("breach-handling@strict,GB-EAW", "breach-handling@strict").exit_code == 0


def test_a_clause_file_and_a_clause_by_its_id(library):
    both = SMALL / "security" / "breach.yaml", library / "security" / "breach.yaml"
    result = call(*both)
    assert result.exit_code == 1 and "24 hours → 36 hours, looser" in result.output
    shipped = next((ROOT / "clause_library").rglob("breach-handling.yaml"))
    assert call("breach-handling", shipped).exit_code == 0


def test_formats(library, tmp_path):
    data = json.loads(call(SMALL, library, "--to", "json").output)
    assert data["different"] and data["values"][0]["direction"] == "looser"
    assert {p["id"] for p in data["parts"]} == {"breach"}
    assert json.loads(call(SMALL, library, "--format", "json").output) == data
    assert (
        "| Notice of a Security Breach (standard) | 24 hours | 36 hours | looser |"
        in call(SMALL, library, "--to", "md").output
    )
    page = tmp_path / "changes.html"
    result = call(SMALL, library, "-o", page)
    assert result.exit_code == 1 and result.output == f"Wrote {page}.\n"
    text = page.read_text(encoding="utf-8")
    assert (
        text.startswith("<!doctype html>")
        and "<del>24 hours</del>" in text
        and "://" not in text
        and "<script" not in text
    )
    assert call(SMALL, library, "-o", page).exit_code == 2 and page.read_text(encoding="utf-8") == text


def test_values_alone(library):
    result = call(SMALL, library, "--only", "values")
    assert result.exit_code == 1 and "looser" in result.output and "nobody else" not in result.output


def test_plain_unless_a_terminal(library, monkeypatch):
    monkeypatch.setenv("GIT_PAGER_IN_USE", "true")
    assert (
        "\x1b[" in call(SMALL, library).output
        or "\x1b[" in CliRunner().invoke(diff, [str(SMALL), str(library)], color=True).output
    )
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in CliRunner().invoke(diff, [str(SMALL), str(library)], color=True).output
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.delenv("GIT_PAGER_IN_USE")
    assert "\x1b[" not in CliRunner().invoke(diff, [str(SMALL), str(library)], color=True).output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere", "nowhere"), "there is no file, folder or clause `nowhere`"),
        (("breach-handlin", "breach-handling"), "did you mean `breach-handling`?"),
        (("breach-handling@strikt", "breach-handling"), "did you mean `strict`?"),
        (("breach-handling@strict,XX", "breach-handling"), "there is no law `XX`"),
        (("breach-handling@strict", PROFILE), "compare two of a kind"),
        ((ROOT / "README.md", PROFILE), "can't be compared"),
        ((ROOT / "setup.cfg", PROFILE), "a .cfg can't be compared"),
        ((PROFILE,), "Missing argument"),
        ((PROFILE, PROFILE, PROFILE), "one too many"),
        ((PROFILE, PROFILE, "-o", PROFILE), "one of the sides"),
        ((SCHEMA, PROFILE, "-o", SCHEMA), "one of the sides"),
        ((PROFILE, PROFILE, "--posture", "strikt"), "did you mean `strict`?"),
        ((SCHEMA, PROFILE), "not an annex"),
        (("docs/nowhere.yaml@HEAD", PROFILE), "error"),
    ],
)
def test_misuse_is_told_plainly(arguments, told):
    result = call(*arguments)
    assert result.exit_code == 2 and told in result.output and "Traceback" not in result.output, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_a_broken_clause_file_is_told_by_line(tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text("id: broken\ntopic: breach_handling\nvariants: 3\npurpose: x\n", encoding="utf-8")
    result = call(path, path)
    assert result.exit_code == 2 and f"{path}:" in result.output and "error" in result.output
