"""The schedules and the key terms say what the clauses say: their values, their evidence, in the clauses' order."""

from __future__ import annotations

import pytest
from deals import HERE, full_deal

from ccclauses.compose.annex import block_inlines, compose_annex
from ccclauses.load.library import load_library
from ccclauses.model.annex import Paragraph, Reference, Table, Value
from ccclauses.model.obligation import Deadline, Obligation
from ccclauses.model.profile import Asked
from ccclauses.model.quantity import Duration, Percentage
from ccclauses.resolve import resolve
from ccclauses.resources import library_folder

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


@pytest.mark.parametrize("schedule", ["parameters", "penalties", "calendar", "evidence"])
def test_rows_follow_the_paragraphs_of_the_annex(annex, schedule):
    place = {
        anchor: n
        for n, anchor in enumerate(a for c in annex.clauses for a in (c.anchor, *(p.anchor for p in paragraphs(c))))
    }
    (table,) = tables(annex, schedule)
    printed = {i.parameter for c in annex.clauses for b in c.blocks for i in block_inlines(b) if isinstance(i, Value)}
    rows = targets(table)
    if schedule == "parameters":  # those that only a definition prints stand at the end
        rows = [target for target, name in zip(rows, annex.parameters) if name in printed]
    assert len(rows) > 20 and rows == sorted(rows, key=place.__getitem__)


def test_the_matrix_promises_no_evidence_that_the_register_lacks(annex):
    """Clauses have duties for other postures and values, whose evidence nobody owes here."""
    owed = {o.evidence for o in annex.obligations}
    assert {e for row in annex.coverage for e in row.evidence.split("; ") if e} <= {
        e for o in owed for e in o.split("; ")
    }


def test_a_key_term_says_of_what_and_stands_in_its_own_clause(annex):
    at_risk = next(row for row in annex.key_terms.rows if row[0].text.startswith("At-Risk"))
    number = next(c.number for c in annex.clauses if c.id == "penalties")
    assert at_risk[1].text == f"15% of the Monthly Charges (clause {number})"


@pytest.mark.parametrize("law", LIBRARY.laws)
def test_what_is_numbered_by_another_name_is_still_a_clause_or_a_schedule(law):
    """The text says "this clause" and "a schedule" also where the headings say Section, Article, § or Exhibit."""
    annex = built(law=law, frameworks=(), posture="baseline")
    said = any("whatever its name" in block.text for block in annex.preliminaries)
    assert said == (not str(next(s.number for s in annex.schedules)).startswith("Schedule"))


def test_a_ban_on_home_work_is_no_permission_elsewhere():
    annex = built(settings={"wfh_max_share": Asked(value=Percentage.parse("0 %"), at=HERE)})
    text = {
        p.label: p.text for c in annex.clauses if c.id in ("physical-security", "data-location") for p in paragraphs(c)
    }
    assert text["sites"].endswith("Work from a home is excluded.")
    assert not any("Home Worker" in t for t in text.values())


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
