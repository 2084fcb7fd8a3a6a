"""Inputs that once ended a reader with an exception, as small as they could be made; the larger ones stand with what they broke."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import fuzz_readers as fuzz  # noqa: E402

FOUND = {
    "a list as the name of a role": ("style_map", "{[a]: Normal, title: Title}"),
    "a list among what a base includes": ("base_profile", "include: [[a]]"),
    "a key of a base that is a list": ("base_profile", "exclude: {[a]: b}"),
}


@pytest.mark.parametrize("name", FOUND)
def test_it_is_read_or_told(name):
    reader, text = FOUND[name]
    fuzz.READERS[reader](text.encode())
