"""Annexes of the example profiles, composed once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from ccclauses.cli.common import load_inputs
from ccclauses.compose.annex import compose_annex
from ccclauses.model.annex import Annex
from ccclauses.resolve import resolve

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))


@lru_cache
def annex_of(path: Path) -> Annex:
    profile, library, problems = load_inputs(path)
    assert profile and library, problems
    resolution, problems = resolve(profile, library)
    assert resolution, problems
    annex, problems = compose_annex(resolution)
    assert annex, problems
    return annex


@pytest.fixture(scope="session")
def annex() -> Annex:
    return annex_of(next(p for p in EXAMPLES if p.name == "retail-uk.yaml"))
