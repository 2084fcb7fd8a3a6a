"""Briefs in clients' own words, played from the docs: what each client may expect stands in the text, the sums and the check."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from ccclauses import api
from ccclauses.model.diagnostic import errors
from ccclauses.write.plain.text import write_text

HERE = Path(__file__).parent
BRIEFS = [b for path in sorted(HERE.glob("*.yaml")) for b in yaml.safe_load(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("brief", BRIEFS, ids=[b["name"] for b in BRIEFS])
def test_what_the_client_may_expect_is_there(brief, tmp_path):
    path = tmp_path / "deal.yaml"
    path.write_text(brief["profile"].replace("HOUSE", str(HERE / "house")), encoding="utf-8")
    missing = list(faults_of(brief, path))
    assert not missing, "\n".join(missing)


def faults_of(brief, path):
    problems = api.check(path)
    said = "\n".join(f"{p} {p.hint}" for p in problems)
    yield from (f"check does not say {w!r}" for w in brief.get("check", ()) if not re.search(w, said))
    yield from (f"check says {w!r}" for w in brief.get("quiet", ()) if re.search(w, said))
    if brief.get("refused"):
        assert errors(problems)
        return
    yield from (f"refused: {p}" for p in errors(problems))
    if errors(problems):
        return
    text = write_text(api.read_deal(path).annex)
    words = " ".join(text.split())
    yield from (f"the annex lacks {w!r}" for w in brief.get("annex", ()) if not re.search(w, words))
    for pattern in brief.get("absent", ()):
        if hit := re.search(pattern, words):
            yield f"the annex has {pattern!r}: …{words[max(0, hit.start() - 70) : hit.end() + 50]}…"
    if len(text.split()) > brief.get("words", 10**6):
        yield f"the annex has {len(text.split())} words"
    for case in brief.get("sums", ()):
        statement = api.penalties(path, events=[case["event"]], as_of=date(2027, 3, 31))
        if (is_ := statement.money(statement.total)).split()[-1] != case["is"]:
            yield f"{case['event']} costs {is_}, not {case['is']}"
