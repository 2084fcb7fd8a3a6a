"""Revisions, and git's own diff with ccclauses as its driver, in a real repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from ccclauses.cli.diff import diff

ROOT = Path(__file__).parent.parent.parent
BREACH = "library/security/breach.yaml"
DRIVER = f'"{sys.executable}" -m ccclauses diff'

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *arguments: str) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    environment |= {"PYTHONPATH": str(ROOT), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    environment |= {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "A"), ("EMAIL", "a@b.example"))
    }
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """A repository whose last commit holds the small library, and whose tree holds a looser one."""
    folder = tmp_path_factory.mktemp("repository")
    shutil.copytree(ROOT / "tests" / "library", folder / "library")
    shutil.copyfile(ROOT / "tests" / "profiles" / "full.yaml", folder / "deal.yaml")
    git(folder, "init", "-q")
    (folder / ".gitattributes").write_text("library/**/*.yaml diff=clause\n", encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "One")
    path = folder / BREACH
    path.write_text(
        path.read_text(encoding="utf-8").replace("standard: 24 hours", "standard: 36 hours"), encoding="utf-8"
    )
    return folder


def call(*arguments):
    return CliRunner().invoke(diff, [str(a) for a in arguments])


LOOSER = "Notice of a Security Breach (standard): 24 hours → 36 hours, looser"


def test_a_library_at_a_revision(repository):
    result = call(f"{repository / 'library'}@HEAD", repository / "library")
    assert result.exit_code == 1 and LOOSER in result.output, result.output
    assert call(f"{repository / 'library'}@HEAD", f"{repository / 'library'}@HEAD").exit_code == 0


def test_a_clause_file_at_a_revision(repository):
    result = call(f"{repository / BREACH}@HEAD", repository / BREACH)
    assert result.exit_code == 1 and LOOSER in result.output, result.output


@pytest.mark.parametrize(
    ("path", "revision", "told"),
    [
        ("library", "v9", "git knows no revision `v9` here"),
        ("library", "--output=x", "git knows no revision `--output=x` here"),
        ("elsewhere/x", "HEAD", "did not exist"),
    ],
)
def test_what_git_does_not_have_is_told(repository, path, revision, told):
    result = call(f"{repository / path}@{revision}", repository / "library")
    assert result.exit_code == 2 and told in result.output and "Traceback" not in result.output, result.output


def test_outside_a_repository(tmp_path):
    folder = tmp_path / "library"
    shutil.copytree(ROOT / "tests" / "library", folder)
    result = call(f"{folder}@HEAD", folder)
    assert result.exit_code == 2 and "[revision]" in result.output


def test_as_external_diff_driver(repository):
    told = git(repository, "-c", f"diff.clause.command={DRIVER} --git", "diff")
    assert f"a/{BREACH} → b/{BREACH}" in told and LOOSER in told and "@@" not in told


def test_as_external_diff_driver_for_files_that_come_and_go(repository):
    (repository / "library" / "money" / "credits.yaml").rename(repository / "credits.yaml")
    try:
        told = git(repository, "-c", f"diff.clause.command={DRIVER} --git", "diff")
        assert "library/money/credits.yaml: removed" in told and LOOSER in told
    finally:
        (repository / "credits.yaml").rename(repository / "library" / "money" / "credits.yaml")


def test_a_broken_file_does_not_stop_git(repository):
    path = repository / "library" / "security" / "access.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("variants:", "varients:"), encoding="utf-8")
    try:
        told = git(repository, "-c", f"diff.clause.command={DRIVER} --git", "diff")
        assert "access.yaml is compared by lines: " in told and "-variants:\n+varients:" in told and LOOSER in told
    finally:
        path.write_text(text, encoding="utf-8")


def test_as_textconv_filter(repository):
    told = git(repository, "-c", f"diff.clause.textconv={DRIVER} --textconv", "diff")
    assert "-  Notice of a Security Breach (standard): 24 hours" in told
    assert "+  Notice of a Security Breach (standard): 36 hours" in told


def test_word_files_in_git(tmp_path):
    sys.path.insert(0, str(ROOT / "tests" / "redline"))
    from redline_files import p, package

    from ccclauses.ooxml.package.package import write_package

    git(tmp_path, "init", "-q")
    (tmp_path / ".gitattributes").write_text("*.docx diff=word\n", encoding="utf-8")
    (tmp_path / "deal.docx").write_bytes(write_package(package(p("Notice is due within 24 hours.")).parts))
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "One")
    (tmp_path / "deal.docx").write_bytes(write_package(package(p("Notice is due within 48 hours.")).parts))
    told = git(tmp_path, "-c", f"diff.word.command={DRIVER} --git", "diff")
    assert "24 hours → 48 hours" in told
    told = git(tmp_path, "-c", f"diff.word.textconv={DRIVER} --textconv", "diff")
    assert "-  Notice is due within 24 hours." in told and "+  Notice is due within 48 hours." in told
    assert "24 hours → 48 hours" in call(f"{tmp_path / 'deal.docx'}@HEAD", tmp_path / "deal.docx").output
