"""A program that is killed at any moment leaves a folder that can be read; the tool tries it 200 times, here a few are."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "endure.py"


@pytest.fixture(scope="module")
def endure():
    spec = importlib.util.spec_from_file_location("endure", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not hasattr(os, "fork") or sys.platform == "darwin", reason="needs to fork")
def test_a_killed_program_leaves_a_folder_that_can_be_read(endure, tmp_path):
    assert endure.kill(tmp_path, 12, seed=7) == (12, [])


def test_a_folder_that_is_not_whole_is_seen(endure, tmp_path):
    deal = endure._deal(tmp_path)
    assert endure._unwhole(deal, ["14,500"]) == ""
    assert "lost" in endure._unwhole(deal, ["99"])
    (deal.folder / "versions" / "0001.yaml").write_text("")
    assert "not whole" in endure._unwhole(deal, [])
