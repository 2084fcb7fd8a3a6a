"""An annex whose deal provides for no credits says nothing of credits, and every other duty stays."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from full_deals import HERE, full_deal

from ccclauses.common.resources import library_folder
from ccclauses.compose.annex import compose_annex
from ccclauses.load.library.library import load_library
from ccclauses.model.annex import Table
from ccclauses.model.diagnostic import errors
from ccclauses.model.profile import Asked
from ccclauses.resolve import resolve

LIBRARY, _ = load_library(library_folder())


def annex(law: str, posture: str, *, credits: bool):
    deal = full_deal(LIBRARY, law=law, posture=posture)
    deal = replace(deal, facts={**deal.facts, "credits": Asked(value=credits, at=HERE)})
    resolution, problems = resolve(deal, LIBRARY)
    composed, more = compose_annex(resolution)
    assert errors([*problems, *more]) == []
    return composed


def words(composed) -> str:
    blocks = [b for c in composed.clauses for b in c.blocks if not isinstance(b, Table)]
    return "\n".join("".join(i.text for i in b.inlines) for b in [*blocks, *composed.definitions])


@pytest.mark.parametrize("posture", LIBRARY.postures)
@pytest.mark.parametrize("law", ["GB-EAW", "DE", "US-NY"])
def test_no_credit_is_named(law, posture):
    assert re.findall(r".{0,60}\b(?:Credits?|Class [ABC])\b.{0,30}", words(annex(law, posture, credits=False))) == []
    assert "Credit" in words(annex(law, posture, credits=True))


def test_the_other_duties_stay():
    owed = {o.id for o in annex("GB-EAW", "standard", credits=True).obligations}
    left = {o.id for o in annex("GB-EAW", "standard", credits=False).obligations}
    assert {o.partition("#")[0] for o in owed - left} <= {"penalties", "general-mechanism", "remedies"}
