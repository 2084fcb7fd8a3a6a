"""What an annex answers of the frameworks that are on, and what is missing."""

from __future__ import annotations

import json

import pytest
from small_library import clause, framework, library, when

from ccclauses.derive.coverage import coverage
from ccclauses.model.annex import ClauseBlock, CoverageRow, Paragraph, Reference, Text


class FakeAnnex:
    """The three fields of an annex that coverage reads."""

    form = "full"

    def __init__(self, rows, clauses):
        self.coverage, self.clauses = rows, clauses


def row(ref, *paragraphs, kind="contract_term", checked="primary", lacking=(), deadline=""):
    return CoverageRow(
        framework="gdpr",
        ref=ref,
        kind=kind,
        duty=f"Duty of {ref}",
        checked=checked,
        paragraphs=paragraphs,
        evidence="Signed record" if paragraphs else "",
        topics=("access",),
        lacking=lacking,
        deadline=deadline,
        own_deadline="within 12 hours" if deadline else "",
    )


@pytest.fixture
def covered():
    block = ClauseBlock(
        id="audit",
        version=1,
        topic="access",
        group="technology",
        number="4",
        title="Audit",
        anchor="_cc_audit",
        blocks=(
            Paragraph(anchor="_cc_audit_1", inlines=(Text("One."),)),
            Paragraph(anchor="_cc_audit_2", inlines=(Text("Two."),)),
        ),
    )
    one, two = (Reference(f"_cc_audit_{n}", "clause ", f"4.{n}") for n in (1, 2))
    rows = (
        row("art 28", one, two, deadline="72 h"),
        row("art 29", lacking=("the clause on Support is left out",)),
        row("art 30", one, lacking=("“Audit” without the duty to let in",)),
        row("art 31", checked="unchecked", lacking=("no clause of the library answers it",)),
        row("art 32", kind="control"),
    )
    lib = library(
        clause("audit", maps_to={"gdpr": {"art 28": ("a",), "art 30": ("b",)}}),
        clause("support", applies_when=when("takes_payments"), maps_to={"gdpr": {"art 29": ("c",)}}),
        frameworks={"gdpr": framework("gdpr", art_28="contract_term")},
    )
    return coverage(FakeAnnex(rows, (block,)), lib)


def test_text(covered):
    assert covered.text() == (
        "GDPR: 2 of 5 references, 1 of 4 contract terms\n"
        "  art 28 (contract term): Duty of art 28\n"
        "    → Audit: clause 4.1, clause 4.2\n"
        "    evidence: Signed record\n"
        "    deadline of GDPR: 72 h; of this annex: within 12 hours\n"
        "  art 29 (contract term): Duty of art 29\n"
        "    not covered: the clause on Support is left out\n"
        "    to close it: include `support` (about 10 words)\n"
        "  art 30 (contract term): Duty of art 30\n"
        "    → Audit: clause 4.1\n"
        "    evidence: Signed record\n"
        "    partly, and lacking: “Audit” without the duty to let in\n"
        "    to close it: choose another posture for `access`, or add a clause of your own\n"
        "  art 31 (contract term): Duty of art 31\n"
        "    not covered: no clause of the library answers it\n"
        "    to close it: add a clause of your own on Access\n"
        "    (row not checked against a source)\n"
        "  art 32 (control): Duty of art 32\n"
        "    not asked: the clauses that answer it do not apply to this deal\n"
        "\n"
    )


def test_plain_values(covered):
    (found,) = json.loads(json.dumps(covered.as_dict()))["frameworks"]
    assert (found["covered"], found["references"], found["contract_terms_covered"], found["contract_terms"]) == (
        2,
        5,
        1,
        4,
    )
    assert found["rows"][0]["answers"] == [
        {"clause": "Audit", "paragraph": "clause 4.1"},
        {"clause": "Audit", "paragraph": "clause 4.2"},
    ]
    assert not covered.complete


def test_no_framework_is_complete_and_says_what_to_do():
    empty = coverage(FakeAnnex((), ()), library())
    assert empty.complete
    assert empty.text().startswith("No framework is on.")
