"""Redlines of profiles and annexes: what is accepted and rejected, ladders, and what is refused."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from whole_product import FEW, takes_long

from ccclauses.cli.common import load_inputs
from ccclauses.cli.redline import redline as command
from ccclauses.ooxml.namespaces import w
from ccclauses.ooxml.package.package import Package, read_package
from ccclauses.ooxml.revisions import accept_all, reject_all
from ccclauses.redline import redline
from ccclauses.sides.package import word_package

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
CHANGES = {
    "association-france": ("breach_notice: 24 hours", "breach_notice: 12 hours"),
    "bank-india": ("", "baseline"),
    "clinic-us": ("breach_notice: 24 hours", "breach_notice: 12 hours"),
    "health-plan-us": ("", "standard"),
    "insurer-germany": ("", "baseline"),
    "insurer-germany-desk": ("form: short", "form: full"),
    "retail-uk": ("breach_notice: 12 hours", "breach_notice: 6 hours"),
    "shop-india": ("", "strict"),
    "startup-baseline": ("posture: baseline", "posture: standard"),
    "startup-full": ("posture: baseline", "posture: standard"),
}


def text(package: Package, resolve=None) -> list[str]:
    """The words of each paragraph, table cells and lists included."""
    root = package.xml(package.main_part)
    if resolve:
        resolve(root)
    return ["".join(t.text or "" for t in p.iter(w("t"))) for p in root.iter(w("p"))]


@pytest.mark.parametrize("name", [path.stem for path in FEW])
def test_accepted_is_after_and_rejected_is_before(name, tmp_path):
    profile = EXAMPLES / f"{name}.yaml"
    old, new = CHANGES[name]
    other = tmp_path / profile.name
    other.write_text(
        profile.read_text(encoding="utf-8").replace(old, new) if old else profile.read_text(encoding="utf-8")
    )
    before, problems = word_package(profile, load_inputs)
    assert before is not None, problems
    after, problems = word_package(other, load_inputs, posture="" if old else new)
    assert after is not None, problems
    result = redline(before, after, author="Counsel", date=datetime(2025, 6, 30))
    assert result.changes and text(before) != text(after)
    assert text(result.package, accept_all) == text(after)
    assert text(result.package, reject_all) == text(before)


def call(*arguments) -> object:
    return CliRunner().invoke(command, [*map(str, arguments), "--date", "2025-06-30"])


@pytest.fixture(scope="module")
def annex_json(tmp_path_factory):
    from ccclauses.pipeline import build_annex

    profile, library, _ = load_inputs(EXAMPLES / "startup-full.yaml")
    built, _ = build_annex(profile, library, kind="json")
    path = tmp_path_factory.mktemp("annex") / "sent.json"
    path.write_bytes(built.data)
    return path


def test_an_annex_and_its_own_profile_do_not_differ(annex_json, tmp_path):
    result = call(annex_json, EXAMPLES / "startup-full.yaml", "-o", tmp_path / "r.docx", "--check")
    assert result.exit_code == 0 and "say the same" in result.output


@takes_long
def test_a_redline_for_each_rung_of_a_ladder(annex_json, tmp_path):
    profile = EXAMPLES / "startup-full.yaml"
    result = call(annex_json, profile, "-o", tmp_path / "r.docx", "--posture", "all", "--format", "json")
    assert result.exit_code == 0, result.output
    assert {p.name for p in tmp_path.iterdir()} == {"r-strict.docx", "r-standard.docx", "r-baseline.docx"}
    totals = {Path(r["output"]).stem: r["total"] for r in json.loads(result.output)["redlines"]}
    assert totals["r-baseline"] == 0 < totals["r-standard"] <= totals["r-strict"]
    standard, _ = word_package(profile, load_inputs, posture="standard")
    assert text(read_package(tmp_path / "r-standard.docx"), accept_all) == text(standard)


def test_a_rung_that_can_not_be_built_leaves_the_others(tmp_path):
    profile = EXAMPLES / "retail-uk.yaml"
    postures = ("--posture", "strict", "--posture", "standard")
    result = call(profile, profile, "-o", tmp_path / "r.docx", *postures)
    assert result.exit_code == 1 and "can't be built at the posture strict" in result.output
    assert [p.name for p in tmp_path.iterdir()] == ["r-standard.docx"]


def test_misuse_is_told(annex_json, tmp_path):
    profile = EXAMPLES / "startup-full.yaml"
    for after, posture, told in ((profile, "strikt", "did you mean `strict`?"), (annex_json, "strict", "this is none")):
        result = call(annex_json, after, "-o", tmp_path / "r.docx", "--posture", posture)
        assert result.exit_code == 2 and told in result.output and not list(tmp_path.iterdir())
    result = call(annex_json, annex_json, "-o", tmp_path / "r.docx", "--posture", "all")
    assert result.exit_code == 2 and "can't be read as one" in result.output


def test_another_house_style(annex_json, tmp_path):
    result = call(annex_json, annex_json, "-o", tmp_path / "r.docx", "--template", "modern")
    assert result.exit_code == 0 and "say the same" in result.output
    assert call(annex_json, annex_json, "-o", tmp_path / "x.docx", "--template", "moden").exit_code == 2
