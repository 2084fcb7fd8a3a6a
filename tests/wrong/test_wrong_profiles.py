"""Wrong profiles: `check` tells each of four faults of different stages in one run, and calls nothing wrong that is right."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ccclauses import api
from ccclauses.common.resources import examples_folder
from ccclauses.model.diagnostic import errors

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_every_fault_is_told_in_one_run_and_no_other(case, tmp_path):
    path = tmp_path / "deal.yaml"
    path.write_text(case["profile"].replace("extends: ", f"extends: {examples_folder()}/"), encoding="utf-8")
    found = errors(api.check(path))
    rest = [str(p) for p in found]
    for told in case["told"]:
        line, words = told.split(" ", 1)
        hits = [
            p for p in found if p.at.line == int(line) and p.at.file == str(path) and words in f"{p.message} {p.hint}"
        ]
        assert hits, f"not told: line {line}, {words}\n" + "\n".join(rest)
        assert all(not p.message.startswith("internal") for p in hits)
    assert len(found) == len(case["told"]), "\n".join(rest)
