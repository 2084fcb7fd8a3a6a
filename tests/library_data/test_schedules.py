"""The schedules and the key terms say what the clauses say: their values, their evidence, in the clauses' order."""

from __future__ import annotations

import re

import pytest
from full_deals import HERE, full_deal

from ccclauses.common.resources import library_folder
from ccclauses.compose.annex import block_inlines, compose_annex
from ccclauses.derive.handbook import handbook_of
from ccclauses.load.library.library import load_library
from ccclauses.model.annex import Paragraph, Reference, Table, Value
from ccclauses.model.obligation import Deadline, Obligation
from ccclauses.model.profile import Asked
from ccclauses.model.words.quantity import Duration
from ccclauses.resolve import resolve

LIBRARY, _ = load_library(library_folder())


def built(**fields):
    resolution, _ = resolve(full_deal(LIBRARY, **fields), LIBRARY)
    return compose_annex(resolution)[0]


@pytest.fixture(scope="module")
def annex():
    return built(include={c: HERE for c in LIBRARY.clauses}, frameworks=("pci_dss_4_0_1", "gdpr"))


def tables(annex, schedule):
    return [b for s in annex.schedules if s.id == schedule for b in s.blocks if isinstance(b, Table)]


def paragraphs(clause):
    return [b for b in clause.blocks if isinstance(b, Paragraph)]


def targets(table):
    """What each row refers to."""
    return [next(i.target for cell in row for i in cell.inlines if isinstance(i, Reference)) for row in table.rows]


@pytest.mark.parametrize("name", ["values", "credits", "calendar", "evidence", "clocks"])
def test_rows_of_the_handbook_follow_the_paragraphs_of_the_annex(annex, name):
    place = {
        anchor: n
        for n, anchor in enumerate(a for c in annex.clauses for a in (c.anchor, *(p.anchor for p in paragraphs(c))))
    }
    table = next(r.table for r in handbook_of(annex, LIBRARY).registers if r.id == name)
    printed = {i.parameter for c in annex.clauses for b in c.blocks for i in block_inlines(b) if isinstance(i, Value)}
    rows = targets(table)
    if name == "values":  # those that only a definition prints stand at the end
        rows = [target for target, value in zip(rows, annex.parameters) if value in printed]
    assert len(rows) > 20 and rows == sorted(rows, key=place.__getitem__)


def test_the_matrix_promises_no_evidence_that_the_register_lacks(annex):
    """Clauses have duties for other postures and values, whose evidence nobody owes here."""
    owed = {o.evidence for o in annex.obligations}
    assert {e for row in annex.coverage for e in row.evidence.split("; ") if e} <= {
        e for o in owed for e in o.split("; ")
    }


def test_a_key_term_says_of_what_and_names_the_paragraph_that_prints_it(annex):
    (table,) = [b for b in annex.key_values if isinstance(b, Table)]
    texts = {p.anchor: p.text for p in annex.paragraphs() if p.anchor} | {
        c.anchor: " ".join(p.text for p in paragraphs(c)) for c in annex.clauses
    }
    named = [row for row in table.rows if row[1].inlines]
    at_home = next(row for row in named if row[0].text == "Home working at once")
    assert at_home[1].text == "20% of the contracted seats"
    assert len(named) > 20
    for row in named:
        value = next(i for i in row[1].inlines if isinstance(i, Value))
        target = next(i.target for i in row[2].inlines if isinstance(i, Reference))
        entry = annex.parameters[value.parameter]
        printed = {
            i.parameter
            for c in annex.clauses
            if c.id == entry.clause
            for b in c.blocks
            for i in block_inlines(b)
            if isinstance(i, Value)
        }
        assert target in texts
        if value.parameter in printed and target != next(c.anchor for c in annex.clauses if c.id == entry.clause):
            below = _with_those_below(annex, target)
            assert value.parameter in below, row[0].text


def _with_those_below(annex, anchor):
    """The parameters that a paragraph and those below it print, in its table too."""
    for clause in annex.clauses:
        for index, block in enumerate(clause.blocks):
            if isinstance(block, Paragraph) and block.anchor == anchor:
                below = [block]
                for other in clause.blocks[index + 1 :]:
                    if isinstance(other, Paragraph) and other.level and other.level <= block.level:
                        break
                    below.append(other)
                return {i.parameter for b in below for i in block_inlines(b) if isinstance(i, Value)}
    return set()


def test_a_deal_without_home_working_allows_none_elsewhere():
    annex = built(facts={"home_working": Asked(value=False, at=HERE)})
    text = {p.label: p.text for c in annex.clauses if c.id == "workplace" for p in paragraphs(c)}
    assert "only in the work areas of Sites." in text["work-at-sites"]
    assert not any(re.search(r"home working|from home", p.text) for c in annex.clauses for p in paragraphs(c))


def test_a_document_on_a_recurring_act_is_due_after_the_act():
    def when(trigger, counts_from):
        within = Duration(5, "days", "business")
        deadline = Deadline(every=Duration(3, "months"), within=within, counts_from=counts_from)
        return Obligation(
            id="c#p", clause="c", number="1.1", obligor="provider", action="send", object="minutes", trigger=trigger,
            deadline=deadline, parameters=(), evidence="Minutes", check="1.2", consequence="1.3", kind="recurring",
        ).when()  # fmt: skip

    assert (
        when("the end of each Reporting Period", "calendar_period")
        == "every 3 months, within 5 Business Days of its end"
    )
    assert when("the review meeting", "previous_act") == "every 3 months, then within 5 Business Days"
