"""What is found in a file that came back through LibreOffice, as docx and by way of odt: the edits, and nothing of the program's."""

from __future__ import annotations

import subprocess
from collections import Counter

import pytest

from ccclauses.ooxml.package import read_package
from ccclauses.review.findings import review
from ccclauses.write import office

from . import edits
from .test_edits import whole

pytestmark = [pytest.mark.office, pytest.mark.skipif(office.find_office() is None, reason="LibreOffice is not installed")]

LOST = "Reference source not found"


def saved_as(path, kind, folder):
    """The file as LibreOffice saves it, with a profile of its own so that runs side by side don't meet."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office.find_office(), profile, "--headless", "--convert-to", kind, "--outdir", folder / kind, path]
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=120)
    return folder / kind / f"{path.stem}.{kind}"


@pytest.mark.parametrize("by_way_of_odt", (False, True), ids=("docx", "odt"))
def test_edits_are_found_after_libreoffice_saved_the_file(by_way_of_odt, tmp_path):
    draft = edits.Draft(whole("retail-uk"), seed=4)
    made = (edits.change_number, edits.delete_sentence_tracked, edits.comment, edits.edit_cell, edits.delete_paragraph)
    expected = [finding for edit in made for finding in edit(draft)]
    for name, data, wanted in (("unedited", edits.Draft(whole("retail-uk")).saved(), []), ("edited", draft.saved(), expected)):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(data)
        back = saved_as(saved_as(path, "odt", tmp_path) if by_way_of_odt else path, "docx", tmp_path)
        # Where the deleted paragraph was referred to, LibreOffice prints that it is lost, and the review tells that too.
        found = [f for f in review(whole("retail-uk"), read_package(back)).findings if LOST not in f.after]
        assert Counter((f.source, f.kind, f.section) for f in found) == Counter(wanted)

