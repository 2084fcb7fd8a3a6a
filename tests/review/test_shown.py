"""`verify` tells whatever a reader sees to differ, and stays silent about what nobody sees."""

import pytest
from word_siblings import ALIKE, DIFFERENT, HARDLY

from ccclauses.review.find.findings import review


@pytest.mark.parametrize("way", DIFFERENT)
def test_what_a_reader_sees_to_differ_is_told(way):
    assert review(*DIFFERENT[way](), all_open=True).findings


@pytest.mark.parametrize("way", DIFFERENT)
def test_a_file_differs_in_nothing_from_itself(way):
    for package in DIFFERENT[way]():
        assert review(package, package, all_open=True).findings == ()


@pytest.mark.parametrize("way", ALIKE | HARDLY)
def test_what_nobody_sees_is_not_told(way):
    assert [(f.kind, f.before, f.after) for f in review(*(ALIKE | HARDLY)[way](), all_open=True).findings] == []
