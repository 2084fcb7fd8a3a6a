"""The examples of the pages on profiles are read as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ccclauses.common.resources import library_folder
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.layers import profile_libraries
from ccclauses.load.profile.profile import load_profile, load_profile_text
from ccclauses.model.diagnostic import errors

DOCS = Path(__file__).parents[2] / "docs"


def blocks(page):
    return re.findall(r"```yaml\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def shipped():
    return load_library(library_folder())[0]


def test_the_smallest_profile(shipped):
    profile, found = load_profile_text(blocks("reference/profile-format.md")[0], "p.yaml", shipped)
    assert profile is not None, [str(d) for d in found]


def test_the_other_blocks_join_the_smallest_profile(shipped):
    first, *others = blocks("reference/profile-format.md")
    for block in others:
        profile, found = load_profile_text(first + block, "p.yaml", shipped)
        assert profile is not None, [str(d) for d in found]


def test_the_house_position(tmp_path):
    for block in blocks("how-to/house-position.md"):
        path = tmp_path / re.match(r"# (\S+)\n", block)[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block, "utf-8")
    deal = tmp_path / "deals" / "northgate.yaml"
    folders, _ = profile_libraries(deal)
    assert folders == (tmp_path / "house" / "clauses",)
    library, found = load_library(library_folder(), *folders)
    assert not errors(found), [str(d) for d in found]
    assert library.clauses["access-control"].replaces is not None
    profile, found = load_profile(deal, library)
    assert profile is not None, [str(d) for d in found]
    assert profile.frameworks == ("uk_gdpr", "pci_dss_4_0_1")
    assert str(profile.settings["breach_notice"].value) == "8 hours"
    assert profile.postures == {"breach_handling": "strict"}
    assert set(profile.exclude) == {"insurance"}
