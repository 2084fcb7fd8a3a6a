"""`review` and `verify` as a user runs them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from ccclauses.cli import cli

PROFILE = Path(__file__).parents[1] / "profiles" / "short.yaml"


def run(*arguments):
    return CliRunner().invoke(cli, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    path = tmp_path_factory.mktemp("sent") / "sent.docx"
    assert run("build", PROFILE, "-o", path).exit_code == 0
    return path


@pytest.fixture(scope="module")
def returned(sent):
    """The file with one number changed and no mark of it."""
    path = sent.with_name("returned.docx")
    with zipfile.ZipFile(sent) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                at = data.rindex(b"72 hours", 0, data.rindex(b'w:name="_cs_')) if b"72 hours" in data else -1
                assert at > 0
                data = data[:at] + b"96" + data[at + 2 :]
            new.writestr(name, data)
    return path


def test_what_comes_back_unchanged(sent):
    for what in (sent, PROFILE):
        result = run("review", what, sent)
        assert result.exit_code == 0 and "no silent changes" in result.output
    assert run("verify", sent, "--against", PROFILE).exit_code == 0


def test_a_silent_change_is_told_first_as_a_value(sent, returned):
    result = run("review", PROFILE, returned)
    assert result.exit_code == 1
    assert "SILENT CHANGES" in result.output and "72 hours → 96 hours" in result.output
    verified = run("verify", returned, "--against", sent)
    assert verified.exit_code == 1 and "72 hours → 96 hours" in verified.output


def test_a_profile_that_has_changed_since_it_was_sent_is_told(sent, tmp_path):
    profile = tmp_path / "deal.yaml"
    profile.write_text(f"extends: {PROFILE.as_posix()}\nsettings: {{breach_notice: 48 hours}}\n", "utf-8")
    assert "was made of another annex than" in run("review", profile, sent).output
    for what in (PROFILE, sent):
        assert "another annex" not in run("review", what, sent).output


def test_as_json(sent, returned, tmp_path):
    assert run("review", sent, returned, "-o", tmp_path / "r.json").exit_code == 1
    found = json.loads((tmp_path / "r.json").read_text())
    assert {f["source"] for s in found["sections"] for f in s["findings"]} == {"silent"}
    assert run("review", sent, returned, "-o", tmp_path / "r.json").exit_code == 2


def test_what_is_no_word_file_is_refused_with_a_reason(sent, tmp_path):
    path = tmp_path / "broken.docx"
    path.write_bytes(sent.read_bytes()[:5000])
    for result in (run("review", sent, path), run("verify", path, "--against", sent)):
        assert result.exit_code == 2 and "unreadable-file" in result.output and "Traceback" not in result.output
    assert run("review", sent, PROFILE).exit_code == 2
