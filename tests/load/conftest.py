"""The small library, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccclauses.load.library.library import load_library

SMALL = Path(__file__).parent.parent / "library"

MINIMAL = """\
annex: {date: 2026-03-02}
agreement: {title: Agreement}
parties: {client: {name: A plc, country: GB}, provider: {name: B Ltd, country: GB}}
law: GB-EAW
"""


@pytest.fixture(scope="session")
def small():
    library, problems = load_library(SMALL)
    assert problems == []
    return library


@pytest.fixture
def minimal():
    return MINIMAL
