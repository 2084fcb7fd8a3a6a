"""Paths stay at home: what an annex says of where a value was written names files, and no folder of this machine."""

from __future__ import annotations

from ccclauses.common.resources import examples_folder, library_folder
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile
from ccclauses.pipeline import _inside, provenance
from ccclauses.resolve import resolve


def test_the_sentences_on_hover_name_files_and_no_folder_of_this_machine():
    library, _ = load_library(library_folder())
    profile, _ = load_profile(examples_folder() / "retail-uk.yaml", library)
    resolution, _ = resolve(profile, library)
    sentences = provenance(resolution)
    assert any("(money/penalties.yaml:" in s for s in sentences.values())
    assert any("(retail-uk.yaml:" in s for s in sentences.values())
    assert not [s for s in sentences.values() if str(library_folder()) in s or "(/" in s]


def test_a_client_s_own_library_is_a_folder_that_stays_at_home_too(tmp_path):
    folders = (library_folder(), tmp_path / "own")
    assert _inside(str(tmp_path / "own" / "security" / "x.yaml"), folders) == "security/x.yaml"
    assert _inside(str(tmp_path / "deal.yaml"), folders) == "deal.yaml"
