"""Clauses of a short annex that stand under another's heading: what happens to their paragraphs is judged as theirs."""

from datetime import datetime
from functools import cache

import pytest

from ccclauses.common.resources import examples_folder
from ccclauses.compare.contents import tidy_text
from ccclauses.load.inputs import load_inputs
from ccclauses.model.annex import Paragraph
from ccclauses.model.findings.review import Finding
from ccclauses.ooxml.package.package import read_package
from ccclauses.pipeline import compose_profile
from ccclauses.redline import redline
from ccclauses.review.find.findings import review
from ccclauses.review.judge.judging import Judging
from ccclauses.review.judge.known import Known
from ccclauses.sides.package import word_package


@cache
def known() -> Known:
    profile, library, _ = load_inputs(examples_folder() / "startup-baseline.yaml")
    annex, _, _ = compose_profile(profile, library)
    return Known(annex=annex, library=library, profile=profile)


def joined():
    """Each paragraph of a joined clause with the clause whose heading stands over it."""
    head = ""
    for clause in known().annex.clauses:
        head = head if clause.joined else clause.id
        if clause.joined:
            yield from ((head, clause.id, tidy_text(b.text)) for b in clause.blocks if isinstance(b, Paragraph))


@pytest.mark.parametrize("turned", (False, True), ids=("joined later", "joined no longer"))
def test_a_heading_of_joined_clauses_is_the_same_where_another_clause_comes_first(turned):
    """Everything that two postures of an annex differ in is tracked in their redline, so nothing in it is silent."""
    deal = examples_folder() / "startup-baseline.yaml"
    files = [word_package(deal, load_inputs, posture=posture)[0] for posture in ("", "strict")]
    before, after = reversed(files) if turned else files
    made = redline(before, after, date=datetime(2026, 1, 1))
    found = review(before, read_package(made.data)).findings
    assert len(found) > 20 and {f.source for f in found} == {"tracked"}


def test_what_is_deleted_under_another_heading_is_known_as_wording_of_its_own_clause():
    judging, found = Judging(known()), list(joined())
    assert len(found) > 3
    for head, own, text in found:
        finding = Finding(source="silent", kind="deleted", section=head, before=text)
        told = judging.judged(finding)
        assert told.section == head and told.judgement.verdict in ("below walk-away", "rung"), (own, text)
        assert (
            told.judgement
            == judging.judged(Finding(source="silent", kind="deleted", section=own, before=text)).judgement
        )
